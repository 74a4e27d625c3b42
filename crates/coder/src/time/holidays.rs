//! Holidays by name: `data/languages/en/holidays.csv`.

use jiff::civil;

use super::calendar::{date, easter, months, nth_weekday, plus_days};

/// A day of the year that goes by a name.
#[derive(Debug, Clone)]
pub(super) struct Holiday {
    /// Its name in lower case.
    pub(super) words: Vec<String>,
    rule: Rule,
    /// The state whose day it is; of many if empty.
    pub(super) state: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// `12-25`: month and day.
    Fixed(i64, i64),
    /// `easter-2`: days from Easter Sunday.
    Easter(i64),
    /// `4 thursday 11+1`: which weekday of which month, and days from it.
    Weekday(i64, i64, i64, i64),
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

impl Holiday {
    /// The day in a year.
    pub(super) fn day(&self, year: i64) -> Option<civil::Date> {
        match self.rule {
            Rule::Fixed(month, day) => date(year, month, day),
            Rule::Easter(days) => plus_days(easter(year)?, days),
            Rule::Weekday(n, weekday, month, days) => {
                plus_days(nth_weekday(months(year, month, 1)?, weekday, n)?, days)
            }
        }
    }
}

/// The table, or where it is wrong: line and message.
pub(super) fn read(text: &str) -> Result<Vec<Holiday>, (usize, String)> {
    let mut rows = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let mut holidays = Vec::new();
    for (line, row) in (2..).zip(rows.records()) {
        let row = row.map_err(|error| (line, error.to_string()))?;
        let cell = |k: usize| row.get(k).unwrap_or_default().trim();
        let wrong = || (line, format!("'{}' is no day; write 12-25, easter-2 or 4 thursday 11", cell(1)));
        let rule = rule(cell(1)).ok_or_else(wrong)?;
        let words = cell(0).split_whitespace().map(str::to_lowercase).collect();
        holidays.push(Holiday { words, rule, state: cell(2).to_owned() });
    }
    Ok(holidays)
}

fn rule(text: &str) -> Option<Rule> {
    if let Some(days) = text.strip_prefix("easter") {
        return Some(Rule::Easter(if days.is_empty() { 0 } else { days.parse().ok()? }));
    }
    let parts: Vec<&str> = text.split_whitespace().collect();
    if let [n, weekday, month] = parts[..] {
        let (month, days) = month.split_once('+').unwrap_or((month, "0"));
        let weekday = i64::try_from(WEEKDAYS.iter().position(|w| *w == weekday)?).ok()? + 1;
        return Some(Rule::Weekday(n.parse().ok()?, weekday, month.parse().ok()?, days.parse().ok()?));
    }
    let (month, day) = text.split_once('-')?;
    let fixed = Rule::Fixed(month.parse().ok()?, day.parse().ok()?);
    Some(fixed).filter(|_| date(2024, month.parse().unwrap_or(0), day.parse().unwrap_or(0)).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(rule_text: &str, year: i64) -> String {
        let holiday = Holiday { words: vec![], rule: rule(rule_text).expect("a rule"), state: String::new() };
        holiday.day(year).expect("a day").to_string()
    }

    #[test]
    fn easter_is_that_of_the_western_churches() {
        assert_eq!(day("easter", 2025), "2025-04-20");
        assert_eq!(day("easter", 2024), "2024-03-31");
        assert_eq!(day("easter-2", 2008), "2008-03-21");
        assert_eq!(day("easter+49", 2038), "2038-06-13");
    }

    #[test]
    fn a_weekday_of_a_month_is_counted_from_either_end() {
        assert_eq!(day("4 thursday 11", 2023), "2023-11-23");
        assert_eq!(day("4 thursday 11+1", 2023), "2023-11-24");
        assert_eq!(day("-1 monday 5", 2024), "2024-05-27");
    }

    #[test]
    fn a_day_that_is_none_is_reported_with_its_line() {
        assert_eq!(read("name,when,state,source\nx,13-41,,y\n").expect_err("no such day").0, 2);
    }
}
