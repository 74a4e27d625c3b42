//! When an expression and its time are those of the suite.

use serde_json::Value;

/// Words before an expression that one grammar counts in and another leaves out.
const BEFORE: &[&str] =
    &["the", "a", "an", "in", "on", "at", "of", "for", "from", "during", "over", "between", "within"];

/// Whether both name the same words.
pub(super) fn same_words(input: &str, result: &Value, time: &Value) -> bool {
    let number = |value: &Value| value.as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or_default();
    let byte = |n: usize| input.char_indices().nth(n).map_or(input.len(), |(at, _)| at);
    let theirs = (byte(number(&result["Start"])), byte(number(&result["End"]) + 1));
    bare(input, theirs) == bare(input, (number(&time["start"]), number(&time["end"])))
}

fn bare(input: &str, (mut start, end): (usize, usize)) -> (usize, usize) {
    let text = input.get(start..end).unwrap_or_default();
    let mut rest = text;
    while let Some((first, after)) = rest.split_once(' ')
        && BEFORE.contains(&first.to_lowercase().as_str())
    {
        rest = after.trim_start();
    }
    start += text.len() - rest.len();
    (start, start + rest.trim_end_matches(['.', ',', ' ']).len())
}

/// Whether the time is one that the suite allows.
pub(super) fn same_time(result: &Value, time: &Value) -> bool {
    let values = result["Resolution"]["values"].as_array().map(Vec::as_slice).unwrap_or_default();
    values.iter().any(|wanted| {
        let text = |key: &str| wanted[key].as_str();
        if same_modifier(text("Mod"), time) && text("timex").is_some_and(|timex| same_value(timex, time)) {
            return true;
        }
        // A day that does not exist.
        if text("value") == Some("not resolved") && time["kind"] == "DATE" && text("type") != Some("set") {
            return time["from"].is_null() && time["to"].is_null();
        }
        match (text("value"), text("start"), text("end")) {
            (Some(day), ..) => same_day(day, time),
            (None, None, None) => false,
            (None, start, end) => same_interval(start, end, time),
        }
    })
}

/// The TIMEX values agree: of a duration, a set, or a period whose part ("early", "mid") each grammar cuts in its own way.
fn same_value(timex: &str, time: &Value) -> bool {
    let ours = time["value"].as_str().unwrap_or_default();
    ours == timex && !ours.contains('/')
}

/// The same modifier; "earlier this month" has none in the suite.
fn same_modifier(theirs: Option<&str>, time: &Value) -> bool {
    let ours = time["modifier"].as_str();
    match theirs {
        None => matches!(ours, None | Some("START" | "END" | "APPROX")),
        Some("ref_undef") => ours.is_none(),
        Some("less") => ours == Some("LESS_THAN"),
        Some("more") => ours == Some("MORE_THAN"),
        Some("before" | "until") => matches!(ours, Some("BEFORE" | "ON_OR_BEFORE")),
        Some("after" | "since") => matches!(ours, Some("AFTER" | "ON_OR_AFTER")),
        Some(theirs) => ours.is_some_and(|ours| ours.eq_ignore_ascii_case(theirs)),
    }
}

/// One day: ours, or the one that was counted to before it was made as vague as "two months ago" is.
fn same_day(day: &str, time: &Value) -> bool {
    let one = time["from"].as_str().filter(|from| time["to"].as_str() == Some(from));
    one == Some(day) || time["day"].as_str() == Some(day)
}

/// An interval; where it is open, the end that is given.
fn same_interval(start: Option<&str>, end: Option<&str>, time: &Value) -> bool {
    let from = time["from"].as_str().map(first);
    let to = time["to"].as_str();
    // The suite ends "from May to July" where July begins, and does not tell "after the 3rd" from "since the 3rd".
    let joined = time["value"].as_str().is_some_and(|value| value.contains('/'));
    let open = start.is_none() || end.is_none();
    let starts = start.is_none_or(|s| from.as_deref().is_some_and(|f| f == s || open && f == after(s)));
    let ends = end.is_none_or(|e| {
        to.is_some_and(|t| after(&last(t)) == e || (joined && first(t) == e) || (open && last(t) == e))
    });
    starts && ends
}

/// The first day of what a date of any precision may mean.
fn first(date: &str) -> String {
    match date.len() {
        4 => format!("{date}-01-01"),
        7 => format!("{date}-01"),
        _ => date.to_owned(),
    }
}

/// The last day of what a date of any precision may mean.
fn last(date: &str) -> String {
    match date.len() {
        4 => format!("{date}-12-31"),
        7 => format!("{date}-{:02}", days_in(date)),
        _ => date.to_owned(),
    }
}

fn days_in(date: &str) -> u32 {
    let number =
        |range: std::ops::Range<usize>| date.get(range).and_then(|n| n.parse::<u32>().ok()).unwrap_or(1);
    let (year, month) = (number(0..4), number(5..7));
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The day after a day.
fn after(date: &str) -> String {
    let number =
        |range: std::ops::Range<usize>| date.get(range).and_then(|n| n.parse::<u32>().ok()).unwrap_or(1);
    let (year, month, day) = (number(0..4), number(5..7), number(8..10));
    match (month, day) {
        (12, 31) => format!("{:04}-01-01", year + 1),
        _ if day == days_in(date) => format!("{year:04}-{:02}-01", month + 1),
        _ => format!("{year:04}-{month:02}-{:02}", day + 1),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn time(value: &str, from: &str, to: &str) -> Value {
        json!({ "value": value, "from": from, "to": to })
    }

    #[test]
    fn an_inclusive_interval_ends_the_day_before_a_half_open_one() {
        assert!(same_interval(
            Some("2024-02-01"),
            Some("2024-03-01"),
            &time("2024-02", "2024-02", "2024-02")
        ));
        assert!(same_interval(
            Some("2023-12-25"),
            Some("2024-01-01"),
            &time("2023-W52", "2023-12-25", "2023-12-31")
        ));
        assert!(!same_interval(
            Some("2024-02-01"),
            Some("2024-02-29"),
            &time("2024-02", "2024-02", "2024-02")
        ));
    }

    #[test]
    fn a_range_of_two_dates_may_end_where_its_last_begins() {
        assert!(same_interval(Some("2007-01-01"), Some("2009-01-01"), &time("2007/2009", "2007", "2009")));
    }

    #[test]
    fn prepositions_and_articles_before_an_expression_do_not_count() {
        let result = json!({ "Start": 10, "End": 18 });
        assert!(same_words(
            "They left in the spring.",
            &json!({ "Start": 17, "End": 22 }),
            &json!({ "start": 10, "end": 23 })
        ));
        assert!(!same_words("They left in the spring.", &result, &json!({ "start": 17, "end": 23 })));
    }
}
