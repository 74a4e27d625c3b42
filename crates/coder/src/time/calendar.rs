//! Periods of the calendar as intervals of days, both ends inclusive.

use jiff::{ToSpan as _, civil};

/// A unit of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Day,
    Week,
    Fortnight,
    Weekend,
    Month,
    Quarter,
    Half,
    Season,
    Year,
    Decade,
    Century,
    Hour,
    Minute,
    Second,
}

impl Unit {
    pub(super) const ALL: [Self; 14] = [
        Self::Day,
        Self::Week,
        Self::Fortnight,
        Self::Weekend,
        Self::Month,
        Self::Quarter,
        Self::Half,
        Self::Season,
        Self::Year,
        Self::Decade,
        Self::Century,
        Self::Hour,
        Self::Minute,
        Self::Second,
    ];

    /// What it is called in the data and in a precision.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Fortnight => "fortnight",
            Self::Weekend => "weekend",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half",
            Self::Season => "season",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
            Self::Hour => "hour",
            Self::Minute => "minute",
            Self::Second => "second",
        }
    }

    pub(super) fn at(index: i64) -> Option<Self> {
        Self::ALL.get(usize::try_from(index).ok()?).copied()
    }

    /// Whether it is shorter than a day.
    pub(super) fn of_the_clock(self) -> bool {
        matches!(self, Self::Hour | Self::Minute | Self::Second)
    }
}

/// Days in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Days {
    pub(super) from: civil::Date,
    pub(super) to: civil::Date,
}

impl Days {
    pub(super) fn one(day: civil::Date) -> Self {
        Self { from: day, to: day }
    }

    pub(super) fn holds(self, day: civil::Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// How far a day lies from it.
    pub(super) fn distance(self, day: civil::Date) -> i64 {
        if self.holds(day) { 0 } else { between(day, self.from).abs().min(between(day, self.to).abs()) }
    }
}

/// Days from one day to another.
pub(super) fn between(a: civil::Date, b: civil::Date) -> i64 {
    a.until(b).map_or(0, |s| i64::from(s.get_days()))
}

pub(super) fn plus_days(day: civil::Date, n: i64) -> Option<civil::Date> {
    day.checked_add(jiff::Span::new().try_days(n).ok()?).ok()
}

pub(super) fn plus_months(day: civil::Date, n: i64) -> Option<civil::Date> {
    day.checked_add(jiff::Span::new().try_months(n).ok()?).ok()
}

pub(super) fn date(year: i64, month: i64, day: i64) -> Option<civil::Date> {
    civil::Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Whole years.
pub(super) fn years(first: i64, count: i64) -> Option<Days> {
    Some(Days { from: date(first, 1, 1)?, to: date(first + count - 1, 12, 31)? })
}

/// Whole months from one on.
pub(super) fn months(year: i64, month: i64, count: i64) -> Option<Days> {
    let from = date(year, month, 1)?;
    Some(Days { from, to: plus_days(plus_months(from, count)?, -1)? })
}

/// A quarter (of 3), a half (of 6 months) or a season of a year. Winter begins in the year that names it.
pub(super) fn part_of_year(unit: Unit, year: i64, n: i64) -> Option<Days> {
    match unit {
        Unit::Quarter => months(year, n * 3 - 2, 3),
        Unit::Half => months(year, n * 6 - 5, 6),
        Unit::Season => months(year, n * 3, 3),
        _ => None,
    }
}

/// Monday to Sunday.
pub(super) fn week(day: civil::Date) -> Option<Days> {
    let from = plus_days(day, -i64::from(day.weekday().to_monday_zero_offset()))?;
    Some(Days { from, to: plus_days(from, 6)? })
}

/// The week by its number of ISO 8601 in a year; the last if negative.
pub(super) fn week_of_year(year: i64, n: i64) -> Option<Days> {
    if n > 0 {
        return week(plus_days(date(year, 1, 4)?, 7 * (n - 1))?);
    }
    week(plus_days(date(year, 12, 28)?, 7 * (n + 1))?)
}

/// The period of a unit that holds a day, or one so many before or after it.
pub(super) fn period(unit: Unit, day: civil::Date, step: i64) -> Option<Days> {
    let year = i64::from(day.year());
    let month = i64::from(day.month());
    match unit {
        Unit::Day => plus_days(day, step).map(Days::one),
        Unit::Week => week(plus_days(day, 7 * step)?),
        Unit::Fortnight => {
            let from = week(plus_days(day, 14 * step)?)?.from;
            Some(Days { from, to: plus_days(from, 13)? })
        }
        Unit::Weekend => {
            let week = week(plus_days(day, 7 * step)?)?;
            Some(Days { from: plus_days(week.to, -1)?, to: week.to })
        }
        Unit::Month => whole_months(year * 12 + month - 1 + step, 1),
        Unit::Quarter => whole_months((year * 12 + month - 1).div_euclid(3) * 3 + 3 * step, 3),
        Unit::Half => whole_months((year * 12 + month - 1).div_euclid(6) * 6 + 6 * step, 6),
        Unit::Season => whole_months((year * 12 + month).div_euclid(3) * 3 - 1 + 3 * step, 3),
        Unit::Year => years(year + step, 1),
        Unit::Decade => years(year.div_euclid(10) * 10 + 10 * step, 10),
        Unit::Century => years(year.div_euclid(100) * 100 + 100 * step, 100),
        Unit::Hour | Unit::Minute | Unit::Second => Some(Days::one(day)),
    }
}

/// Months counted from the year 0.
fn whole_months(first: i64, count: i64) -> Option<Days> {
    months(first.div_euclid(12), first.rem_euclid(12) + 1, count)
}

/// The day so many units after one (before, if negative); `thousandths` of the unit.
pub(super) fn counted(day: civil::Date, thousandths: i64, unit: Unit) -> Option<civil::Date> {
    let whole = thousandths / 1000;
    let months = |each: i64| plus_months(day, thousandths * each / 1000);
    match unit {
        Unit::Day => plus_days(day, whole),
        Unit::Week | Unit::Weekend => plus_days(day, thousandths * 7 / 1000),
        Unit::Fortnight => plus_days(day, thousandths * 14 / 1000),
        Unit::Month => months(1),
        Unit::Quarter | Unit::Season => months(3),
        Unit::Half => months(6),
        Unit::Year => months(12),
        Unit::Decade => day.checked_add((whole * 10).years()).ok(),
        Unit::Century => day.checked_add((whole * 100).years()).ok(),
        Unit::Hour | Unit::Minute | Unit::Second => Some(day),
    }
}

/// Easter Sunday of the Gregorian calendar (Meeus, Jones, Butcher).
pub(super) fn easter(year: i64) -> Option<civil::Date> {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let l = (32 + 2 * e + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    date(year, n / 31, n % 31 + 1)
}

/// The n-th of a weekday (1 Monday) in a stretch of days, the last if n is -1.
pub(super) fn nth_weekday(within: Days, weekday: i64, n: i64) -> Option<civil::Date> {
    let of = |day: civil::Date| i64::from(day.weekday().to_monday_one_offset());
    let found = if n > 0 {
        let first = plus_days(within.from, (weekday - of(within.from)).rem_euclid(7))?;
        plus_days(first, 7 * (n - 1))?
    } else {
        let last = plus_days(within.to, -(of(within.to) - weekday).rem_euclid(7))?;
        plus_days(last, 7 * (n + 1))?
    };
    within.holds(found).then_some(found)
}
