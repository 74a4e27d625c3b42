//! What an expression comes to: an interval, how precise it is, and its TIMEX3 value.

use chancery_model::Date;
use jiff::civil;

use super::calendar::{Days, Unit};

/// The types of TIMEX3 that a text without a clock needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Date,
    Duration,
    Set,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// How the value is meant: the modifiers of TIMEX3.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Modifier {
    Before,
    After,
    OnOrBefore,
    OnOrAfter,
    LessThan,
    MoreThan,
    Start,
    Mid,
    End,
    Approx,
}

impl Modifier {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Before => "BEFORE",
            Self::After => "AFTER",
            Self::OnOrBefore => "ON_OR_BEFORE",
            Self::OnOrAfter => "ON_OR_AFTER",
            Self::LessThan => "LESS_THAN",
            Self::MoreThan => "MORE_THAN",
            Self::Start => "START",
            Self::Mid => "MID",
            Self::End => "END",
            Self::Approx => "APPROX",
        }
    }
}

/// An expression resolved, as far as it can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reading {
    pub(super) kind: Kind,
    pub(super) from: Option<civil::Date>,
    pub(super) to: Option<civil::Date>,
    /// Its precision.
    pub(super) unit: Unit,
    pub(super) value: String,
    pub(super) modifier: Option<Modifier>,
    /// Whether it looks back by itself.
    pub(super) back: bool,
    /// The day that was counted to, before it was made as vague as the words are.
    pub(super) counted: Option<civil::Date>,
    /// Something odd about it.
    pub(super) note: Option<String>,
}

impl Reading {
    /// A period.
    pub(super) fn of(unit: Unit, days: Days) -> Self {
        Self {
            kind: Kind::Date,
            from: Some(days.from),
            to: Some(days.to),
            unit,
            value: value(unit, days),
            modifier: None,
            back: false,
            counted: None,
            note: None,
        }
    }

    pub(super) fn day(day: civil::Date) -> Self {
        Self::of(Unit::Day, Days::one(day))
    }

    /// Words that stand for no days of their own, or for days that cannot be told.
    pub(super) fn without_days(kind: Kind, value: String) -> Self {
        Self {
            kind,
            from: None,
            to: None,
            unit: Unit::Day,
            value,
            modifier: None,
            back: false,
            counted: None,
            note: None,
        }
    }

    pub(super) fn back(self, back: bool) -> Self {
        Self { back, ..self }
    }

    pub(super) fn valued(self, value: impl Into<String>) -> Self {
        Self { value: value.into(), ..self }
    }

    pub(super) fn modified(self, modifier: Modifier) -> Self {
        Self { modifier: Some(modifier), ..self }
    }

    /// Its days, where both ends are known.
    pub(super) fn days(&self) -> Option<Days> {
        Some(Days { from: self.from?, to: self.to? })
    }

    /// First and last date, as vague as it is.
    pub(super) fn ends(&self) -> (Option<Date>, Option<Date>) {
        let starts_year = self.from.is_none_or(|d| d.day_of_year() == 1);
        let ends_year = self.to.is_none_or(|d| (d.month(), d.day()) == (12, 31));
        let starts_month = self.from.is_none_or(|d| d.day() == 1);
        let ends_month = self.to.is_none_or(|d| d.day() == d.days_in_month());
        let vague: fn(civil::Date) -> Option<Date> = if self.unit >= Unit::Year && starts_year && ends_year {
            |d| Some(Date::year(d.year()))
        } else if self.unit >= Unit::Month && starts_month && ends_month {
            |d| Date::month(d.year(), u8::try_from(d.month()).ok()?)
        } else {
            model
        };
        (self.from.and_then(vague), self.to.and_then(vague))
    }
}

/// A day as the model writes it.
pub(super) fn model(day: civil::Date) -> Option<Date> {
    Date::day(day.year(), u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?)
}

/// The TIMEX3 value of a period.
pub(super) fn value(unit: Unit, days: Days) -> String {
    let (from, year, month) = (days.from, days.from.year(), days.from.month());
    let week = from.iso_week_date();
    match unit {
        Unit::Day => from.to_string(),
        Unit::Week => format!("{}-W{:02}", week.year(), week.week()),
        Unit::Weekend => format!("{}-W{:02}-WE", week.year(), week.week()),
        Unit::Month => format!("{year:04}-{month:02}"),
        Unit::Quarter => format!("{year:04}-Q{}", (month + 2) / 3),
        Unit::Half => format!("{year:04}-H{}", (month + 5) / 6),
        Unit::Season => format!("{year:04}-{}", season(month)),
        Unit::Year => format!("{year:04}"),
        Unit::Decade => format!("{:03}", year / 10),
        Unit::Century => format!("{:02}", year / 100),
        _ => format!("{}/{}", days.from, days.to),
    }
}

fn season(month: i8) -> &'static str {
    match month {
        3..=5 => "SP",
        6..=8 => "SU",
        9..=11 => "FA",
        _ => "WI",
    }
}
