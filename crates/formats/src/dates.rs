//! Written dates, as pages stamp them: `2025-10-09`, `Oct. 9, 2025`, `9 October`.

use std::ops::Range;
use std::sync::LazyLock;

use chancery_model::Date;
use regex::Regex;

const MONTH: &str = "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?\
                     |Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)";

/// A day in words or figures, without groups, to build patterns with.
pub(crate) static DAY: LazyLock<String> = LazyLock::new(|| {
    format!(
        r"(?i:\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|{MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}}\b)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}\b\.?(?:,?\s+\d{{4}}\b)?)"
    )
});

static ANY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?ix)\b(?: (?<y1>\d{{4}})[-/.](?<m1>\d{{1,2}})[-/.](?<d1>\d{{1,2}})
        | (?<m2>{MONTH})\.?\s+(?<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s+(?<y2>\d{{4}})\b)?
        | (?<d3>\d{{1,2}})(?:st|nd|rd|th)?\s+(?<m3>{MONTH})\b\.?(?:,?\s+(?<y3>\d{{4}})\b)? )"
    ))
});

/// Whether a text holds one of these, which are in lower case; letters of ASCII may be capitals. To look for what a pattern cannot do
/// without takes far less than to compile it, which a short text pays for as a long one does.
pub(crate) fn holds(text: &str, any: &[&str]) -> bool {
    let lower = text.to_ascii_lowercase();
    any.iter().any(|words| lower.contains(words))
}

/// Whether a text holds a figure.
pub(crate) fn has_figure(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Compile a pattern that is written in this crate. Its digits are those of ASCII, which dates are read from; with those of all scripts it
/// takes many times as long.
pub(crate) fn pattern(source: &str) -> Regex {
    Regex::new(&source.replace(r"\d", "[0-9]")).expect("patterns are constants, each run by a test")
}

/// A day as found: its year may be left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Day {
    pub(crate) place: Range<usize>,
    pub(crate) year: Option<i16>,
    month: u8,
    day: u8,
}

impl Day {
    /// The date, a missing year being the one that brings it nearest to the day of publication.
    pub(crate) fn date(&self, published: Option<Date>) -> Option<Date> {
        if let Some(year) = self.year {
            return Date::day(year, self.month, self.day);
        }
        let published = published?;
        let (year, ..) = published.parts();
        (year - 1..=year + 1)
            .filter_map(|y| Date::day(y, self.month, self.day))
            .min_by_key(|d| d.days_since(published).abs())
    }
}

/// The first day named in the text, if the calendar has it.
pub(crate) fn find(text: &str) -> Option<Day> {
    if !has_figure(text) {
        return None;
    }
    ANY.captures_iter(text).find_map(|found| {
        let group = |names: [&str; 3]| names.iter().find_map(|n| found.name(n)).map(|g| g.as_str());
        let year = group(["y1", "y2", "y3"]).and_then(|y| y.parse().ok());
        let month = month(group(["m1", "m2", "m3"])?)?;
        let day = group(["d1", "d2", "d3"])?.parse().ok()?;
        Date::day(year.unwrap_or(2000), month, day)?;
        Some(Day { place: found.get(0)?.range(), year, month, day })
    })
}

/// The date that a field holds: ISO 8601 with whatever follows the day, or a day in words.
pub(crate) fn field(value: &str) -> Option<Date> {
    let value = value.trim();
    let iso = value.get(..10).filter(|_| !value[10..].starts_with(|c: char| c.is_ascii_digit()));
    iso.and_then(|d| d.parse().ok())
        .or_else(|| value.parse().ok())
        .or_else(|| find(value).and_then(|day| day.date(None)))
}

fn month(word: &str) -> Option<u8> {
    if let Ok(number) = word.parse() {
        return Some(number);
    }
    const NAMES: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let start = word.get(..3)?.to_ascii_lowercase();
    let index = NAMES.iter().position(|n| *n == start)?;
    u8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn days_are_found_as_pages_write_them() {
        for (text, date) in [
            ("08:03, October 10, 2025", "2025-10-10"),
            (" date 2025-09-30 Minister", "2025-09-30"),
            ("17 September 1938, 6.15 p.m.", "1938-09-17"),
            ("Sept. 29, 2025", "2025-09-29"),
            ("MARCH 3RD 2024", "2024-03-03"),
            ("2025/1/2 10:00", "2025-01-02"),
            ("31 June 2024 but 1 July 2024", "2024-07-01"),
        ] {
            assert_eq!(find(text).unwrap().date(None).unwrap().to_string(), date, "{text}");
        }
        assert_eq!(find("in May the 40 delegates"), None);
    }

    #[test]
    fn a_missing_year_is_the_nearest_to_publication() {
        let near = |text, published: &str| {
            find(text).unwrap().date(Some(published.parse().unwrap())).unwrap().to_string()
        };
        assert_eq!(near("Oct. 9", "2025-10-10"), "2025-10-09");
        assert_eq!(near("Dec. 31", "2026-01-02"), "2025-12-31");
        assert_eq!(near("Jan. 1", "2025-12-31"), "2026-01-01");
        assert_eq!(find("Oct. 9").unwrap().date(None), None);
    }

    #[test]
    fn fields_hold_dates_with_or_without_times() {
        for (value, date) in [
            ("2021-02-23 18:08:30-05:00", Some("2021-02-23")),
            ("2021-02-23T18:08:30Z", Some("2021-02-23")),
            (" 2021-02 ", Some("2021-02")),
            ("October 9, 2025", Some("2025-10-09")),
            ("2021-02-30", None),
            ("soon — peut-être", None),
            ("20251009", None),
        ] {
            assert_eq!(field(value).map(|d| d.to_string()).as_deref(), date, "{value}");
        }
    }
}
