//! Dates that may be vague but not invalid.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An ISO 8601 calendar date of day, month or year precision: `2025-10-09`, `2025-09`, `2025`.
///
/// Invariant: the day exists in the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    year: i16,
    month: u8,
    day: u8,
}

/// What is wrong with a written date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateError(String);

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is no date; write YYYY-MM-DD, YYYY-MM or YYYY", self.0)
    }
}

impl std::error::Error for DateError {}

impl Date {
    /// A day.
    #[must_use]
    pub fn day(year: i16, month: u8, day: u8) -> Option<Self> {
        (day >= 1 && (1..=12).contains(&month) && day <= days_in(year, month)).then_some(Self {
            year,
            month,
            day,
        })
    }

    /// A month, its day left open.
    #[must_use]
    pub fn month(year: i16, month: u8) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self { year, month, day: 0 })
    }

    /// A year, its month left open.
    #[must_use]
    pub fn year(year: i16) -> Self {
        Self { year, month: 0, day: 0 }
    }

    /// Year, then month and day where they are known.
    #[must_use]
    pub fn parts(self) -> (i16, Option<u8>, Option<u8>) {
        (self.year, (self.month > 0).then_some(self.month), (self.day > 0).then_some(self.day))
    }

    /// Whether it names one day.
    #[must_use]
    pub fn is_day(self) -> bool {
        self.day > 0
    }

    /// The first day it may mean.
    #[must_use]
    pub fn first(self) -> Self {
        Self { year: self.year, month: self.month.max(1), day: self.day.max(1) }
    }

    /// The last day it may mean.
    #[must_use]
    pub fn last(self) -> Self {
        let month = if self.month == 0 { 12 } else { self.month };
        let day = if self.day == 0 { days_in(self.year, month) } else { self.day };
        Self { year: self.year, month, day }
    }

    /// How many days this is after the other, negative if it is before; of vague dates, from first day to first day.
    #[must_use]
    pub fn days_since(self, other: Self) -> i64 {
        self.first().number() - other.first().number()
    }

    /// Days since a day of the year 0 (the civil calendar, counted from March).
    fn number(self) -> i64 {
        let (year, month, day) = (i64::from(self.year), i64::from(self.month), i64::from(self.day));
        let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
        365 * year + year.div_euclid(4) - year.div_euclid(100)
            + year.div_euclid(400)
            + (153 * month + 2) / 5
            + day
    }
}

fn days_in(year: i16, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.parts() {
            (y, Some(m), Some(d)) => write!(f, "{y:04}-{m:02}-{d:02}"),
            (y, Some(m), None) => write!(f, "{y:04}-{m:02}"),
            (y, ..) => write!(f, "{y:04}"),
        }
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        read(text).ok_or_else(|| DateError(text.to_owned()))
    }
}

/// The date of "2025-10-09", "2025-10" or "2025".
fn read(text: &str) -> Option<Date> {
    let two = |tens: u8, ones: u8| {
        (tens.is_ascii_digit() && ones.is_ascii_digit()).then(|| 10 * (tens - b'0') + (ones - b'0'))
    };
    let [a, b, c, d, ref rest @ ..] = *text.as_bytes() else { return None };
    let year = 100 * i16::from(two(a, b)?) + i16::from(two(c, d)?);
    match *rest {
        [] => Some(Date::year(year)),
        [b'-', a, b] => Date::month(year, two(a, b)?),
        [b'-', a, b, b'-', c, d] => Date::day(year, two(a, b)?, two(c, d)?),
        _ => None,
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_may_be_vague_but_not_invalid() {
        for good in ["2025-10-09", "2024-02-29", "2025-09", "1999"] {
            assert_eq!(good.parse::<Date>().expect("valid").to_string(), good);
        }
        for bad in ["2023-02-29", "2025-13", "25-01-01", "2025-1-1", "", "2025-01-01-01", "20x5"] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_vague_date_spans_first_to_last_day() {
        let month: Date = "2024-02".parse().expect("valid");
        assert_eq!(
            (month.first().to_string(), month.last().to_string()),
            ("2024-02-01".into(), "2024-02-29".into())
        );
    }

    #[test]
    fn days_are_counted_across_leap_years() {
        let d = |s: &str| s.parse::<Date>().expect("valid");
        assert_eq!(d("2024-03-01").days_since(d("2024-02-28")), 2);
        assert_eq!(d("2025-01-01").days_since(d("2024-01-01")), 366);
        assert_eq!(d("2025-01-02").days_since(d("2025-01-03")), -1);
    }
}
