//! Time expressions: "on Thursday", "Oct. 9, 2025", "earlier this month", "July 4–5", each an interval with its reasoning.
//!
//! Every expression is resolved against the document's reference day (dateline, else publication). A date without a year is
//! the one nearest to that day. Source for the inventory: TimeML's TIMEX3 guidelines, types DATE and (in part) SET.

use chancery_model::{Date, Span, When};
use jiff::civil;

use crate::tree::Tree;

/// A time expression of a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Time {
    /// First and last word.
    pub(crate) words: (usize, usize),
    pub(crate) span: Span,
    pub(crate) when: When,
    /// `"last month" + 2025-10-09 -> 2025-09`.
    pub(crate) why: String,
    /// Whether it looks back by itself ("last month", "earlier this year", "yesterday").
    pub(crate) back: bool,
}

/// TEMP
#[derive(Debug, Clone)]
pub struct TimeExpression {
    /// TEMP
    pub span: Span,
    /// TEMP
    pub kind: &'static str,
    /// TEMP
    pub value: String,
    /// TEMP
    pub modifier: Option<&'static str>,
    /// TEMP
    pub from: Option<Date>,
    /// TEMP
    pub to: Option<Date>,
    /// TEMP
    pub day: Option<Date>,
    /// TEMP
    pub note: Option<String>,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// What a reading of the words amounts to, before it is written down.
struct Reading {
    length: usize,
    from: Date,
    to: Date,
    back: bool,
}

/// All time expressions of a sentence, in order. Nothing is resolved without a reference day, save dates that give their year.
pub(crate) fn times(tree: &Tree, reference: Option<Date>) -> Vec<Time> {
    let words: Vec<String> = (0..tree.len()).map(|i| tree.form(i).to_lowercase()).collect();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < words.len() {
        match read(tree, &words, at, reference.and_then(civil_day)) {
            Some(r) if r.length > 0 => {
                let last = at + r.length - 1;
                let span = tree.span(at).cover(tree.span(last));
                let when = When { from: r.from, to: r.to };
                let base = reference.map_or(String::new(), |d| format!(" + {d}"));
                let value =
                    if r.from == r.to { r.from.to_string() } else { format!("{} to {}", r.from, r.to) };
                let why = format!("\"{}\"{base} -> {value}", tree.words(span));
                out.push(Time { words: (at, last), span, when, why, back: r.back });
                at = last + 1;
            }
            _ => at += 1,
        }
    }
    out
}

fn civil_day(date: Date) -> Option<civil::Date> {
    match date.parts() {
        (y, Some(m), Some(d)) => civil::Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok(),
        _ => None,
    }
}

fn day(date: civil::Date) -> Option<Date> {
    Date::day(date.year(), u8::try_from(date.month()).ok()?, u8::try_from(date.day()).ok()?)
}

fn month(word: &str) -> Option<u8> {
    let word = word.trim_end_matches('.');
    if word.len() < 3 {
        return None;
    }
    let at = MONTHS
        .iter()
        .position(|m| *m == word || ((word.len() == 3 || word == "sept") && m.starts_with(word)))?;
    u8::try_from(at + 1).ok()
}

fn year(word: &str) -> Option<i16> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|y| (1800..2200).contains(y))
}

fn day_number(word: &str) -> Option<u8> {
    let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
    (digits.len() <= 2).then(|| digits.parse().ok()).flatten().filter(|d| (1..=31).contains(d))
}

fn read(tree: &Tree, words: &[String], at: usize, reference: Option<civil::Date>) -> Option<Reading> {
    let word = |k: usize| words.get(at + k).map_or("", String::as_str);
    let upper = |i: usize| tree.form(i).chars().next().is_some_and(char::is_uppercase);
    let capital = upper(at);
    if capital && WEEKDAYS.contains(&word(0)) {
        return weekday(words, at, reference);
    }
    if capital && month(word(0)).is_some() {
        return named_month(words, at, reference);
    }
    if let (Some(d), Some(m)) = (day_number(word(0)), month(word(1)))
        && upper(at + 1)
    {
        let (y, length) = match year(word(2)) {
            Some(y) => (y, 3),
            None => (nearest(reference, m, Some(d))?, 2),
        };
        return single(Date::day(y, m, d)?, length);
    }
    if let Some(y) = year(word(0))
        .filter(|_| at > 0 && matches!(words[at - 1].as_str(), "in" | "since" | "of" | "during" | "by"))
    {
        return single(Date::year(y), 1);
    }
    relative(words, at, reference?)
}

fn single(date: Date, length: usize) -> Option<Reading> {
    Some(Reading { length, from: date, to: date, back: false })
}

/// "Thursday", "Wednesday, September 7, 2022", "last Friday", "next Monday".
fn weekday(words: &[String], at: usize, reference: Option<civil::Date>) -> Option<Reading> {
    let mut next = at + 1;
    if words.get(next).is_some_and(|w| w == ",") {
        next += 1;
    }
    if let Some(dated) =
        words.get(next).and_then(|w| month(w)).and_then(|_| named_month(words, next, reference))
    {
        return Some(Reading { length: next - at + dated.length, ..dated });
    }
    let wanted = WEEKDAYS.iter().position(|w| *w == words[at])?;
    let reference = reference?;
    let today = usize::try_from(reference.weekday().to_monday_zero_offset()).ok()?;
    let forward = at > 0 && words[at - 1] == "next";
    let offset = if forward {
        i64::try_from((wanted + 7 - today - 1) % 7 + 1).ok()?
    } else {
        -i64::try_from((today + 7 - wanted) % 7).ok()?
    };
    let date = day(reference.checked_add(jiff::Span::new().days(offset)).ok()?)?;
    single(date, 1)
}

/// "Oct. 9, 2025", "October 2025", "July 4–5", "November", "September 29 to October 1".
fn named_month(words: &[String], at: usize, reference: Option<civil::Date>) -> Option<Reading> {
    let word = |k: usize| words.get(at + k).map_or("", String::as_str);
    let m = month(word(0))?;
    if let Some(d) = day_number(word(1)) {
        let mut length = 2;
        let mut last = (m, d);
        if matches!(word(2), "-" | "–" | "to" | "and") {
            if let Some(d2) = day_number(word(3)).filter(|d2| *d2 > d) {
                (last, length) = ((m, d2), 4);
            } else if let (Some(m2), Some(d2)) = (month(word(3)), day_number(word(4)))
                && (m2 != m || d2 > d)
            {
                (last, length) = ((m2, d2), 5);
            }
        }
        let mut y = None;
        for skip in [0, 1] {
            if (skip == 0 || word(length) == ",")
                && y.is_none()
                && let Some(found) = year(word(length + skip))
            {
                y = Some(found);
                length += skip + 1;
            }
        }
        // "December 30 to January 2, 2026": the year given is that of the last day.
        let over = i16::from(last.0 < m);
        let y = match y {
            Some(y) => y - over,
            None => nearest(reference, m, Some(d))?,
        };
        return Some(Reading {
            length,
            from: Date::day(y, m, d)?,
            to: Date::day(y + over, last.0, last.1)?,
            back: false,
        });
    }
    let skip = usize::from(word(1) == "," || word(1) == "of");
    if let Some(y) = year(word(1 + skip)) {
        return part(words, at, Date::month(y, m)?, 2 + skip);
    }
    let before = at.checked_sub(1).map_or("", |k| words[k].as_str());
    if matches!(before, "in" | "of" | "since" | "this" | "last" | "next" | "until" | "late" | "early" | "by")
    {
        return part(words, at, Date::month(nearest(reference, m, None)?, m)?, 1);
    }
    None
}

/// A month, narrowed by "the first half of" before it.
fn part(words: &[String], at: usize, date: Date, length: usize) -> Option<Reading> {
    let before: Vec<&str> = words[at.saturating_sub(3)..at].iter().map(String::as_str).collect();
    if let (&[half, "half", "of"], (y, Some(m), _)) = (before.as_slice(), date.parts()) {
        let (from, to) = if half == "first" { (1, 15) } else { (16, date.last().parts().2?) };
        return Some(Reading { length, from: Date::day(y, m, from)?, to: Date::day(y, m, to)?, back: false });
    }
    single(date, length)
}

/// The year in which month (and day) fall nearest to the reference day.
fn nearest(reference: Option<civil::Date>, m: u8, d: Option<u8>) -> Option<i16> {
    let reference = reference?;
    let distance = |y: i16| {
        civil::Date::new(y, i8::try_from(m).ok()?, i8::try_from(d.unwrap_or(15)).ok()?)
            .ok()
            .and_then(|c| reference.until(c).ok())
            .map(|s| s.get_days().abs())
    };
    let y = reference.year();
    [y, y - 1, y + 1]
        .into_iter()
        .filter_map(|y| Some((distance(y)?, y)))
        .min_by_key(|(n, _)| *n)
        .map(|(_, y)| y)
}

/// "today", "yesterday", "last month", "earlier this year", "next week".
fn relative(words: &[String], at: usize, reference: civil::Date) -> Option<Reading> {
    let word = |k: usize| words.get(at + k).map_or("", String::as_str);
    let shifted = |days: i64| reference.checked_add(jiff::Span::new().days(days)).ok().and_then(day);
    match word(0) {
        "today" | "tonight" => return single(shifted(0)?, 1),
        "yesterday" => return Some(Reading { back: true, ..single(shifted(-1)?, 1)? }),
        "tomorrow" => return single(shifted(1)?, 1),
        "earlier" | "later" if matches!(word(1), "this" | "today") => {
            let inner = relative(words, at + 1, reference)?;
            let back = word(0) == "earlier" && word(1) == "this";
            return Some(Reading { length: inner.length + 1, back, ..inner });
        }
        _ => {}
    }
    let step = match word(0) {
        "this" => 0,
        "last" => -1,
        "next" => 1,
        _ => return None,
    };
    let (from, to) = match word(1) {
        "morning" | "afternoon" | "evening" | "night" if step == 0 => (shifted(0)?, shifted(0)?),
        "week" | "weekend" => {
            let monday = -i64::from(reference.weekday().to_monday_zero_offset()) + 7 * i64::from(step);
            let first = if word(1) == "week" { monday } else { monday + 5 };
            (shifted(first)?, shifted(monday + 6)?)
        }
        "month" => {
            let months = i32::from(reference.year()) * 12 + i32::from(reference.month()) - 1 + step;
            let date = Date::month(i16::try_from(months / 12).ok()?, u8::try_from(months % 12 + 1).ok()?)?;
            (date, date)
        }
        "year" => {
            let date = Date::year(reference.year() + i16::try_from(step).ok()?);
            (date, date)
        }
        _ => return None,
    };
    Some(Reading { length: 2, from, to, back: step < 0 })
}

#[cfg(test)]
mod tests;
