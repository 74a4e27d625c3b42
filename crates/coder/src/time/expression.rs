//! What the words of a time expression say, before it is counted from any day.

use std::rc::Rc;

use super::calendar::Unit;
use super::figures::Figures;

/// So much of one or two units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Length {
    pub(super) thousandths: i64,
    pub(super) unit: Unit,
    /// "and 30 minutes".
    pub(super) more: Option<(i64, Unit)>,
    /// Whether the number is left open ("several").
    pub(super) vague: bool,
}

/// The fields of a calendar date that are given.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Fields {
    pub(super) weekday: Option<i64>,
    pub(super) day: Option<i64>,
    pub(super) month: Option<i64>,
    pub(super) year: Option<i64>,
    /// Whether day and month could change places.
    pub(super) either: bool,
}

impl Fields {
    pub(super) fn of(figures: Figures) -> Self {
        Self {
            weekday: None,
            day: figures.day,
            month: Some(figures.month),
            year: figures.year,
            either: figures.either,
        }
    }
}

/// Where counting begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Start {
    /// So many days after the day of the text.
    Today(i64),
    /// The day told of last.
    Before,
    Date(Rc<Expression>),
}

/// A part of a larger period that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    Unit(Unit),
    Weekday(i64),
}

/// A side of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bound {
    /// "before": without the date itself.
    Before,
    /// "until", "by".
    Until,
    /// "since", "starting on".
    Since,
    /// "after": without the date itself.
    After,
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Often {
    Unit(i64, Unit),
    Weekday(i64),
    Workday,
    /// A part of each day, as in the data: 1 morning.
    Daypart(i64),
    MonthDay(i64),
}

/// What a time expression says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Expression {
    /// "Thursday, October 9, 2025", in whole or in part.
    Fields(Fields),
    /// "yesterday": so many days after the day of the text.
    Today { days: i64 },
    /// "next Thursday": of which week, or the nearest on that side.
    Weekday { weekday: i64, step: i64, near: bool },
    /// "the 9th of this month".
    DayOfMonth { day: i64, step: i64 },
    /// "last month"; "earlier this month": `part` -1, "later": 1.
    Period { unit: Unit, step: i64, part: i64 },
    /// "the past three months".
    Periods { length: Length, back: bool },
    /// "last March", "March last year".
    Month { month: i64, step: i64, of_year: bool },
    /// "the same day", "the following month": counted from the day told of last.
    Same { unit: Unit, step: i64 },
    /// "two weeks ago", "three days after Christmas".
    Offset { length: Length, back: bool, start: Start, weekday: Option<i64> },
    /// "in two weeks": to come, unless it is told as past ("built in two weeks").
    In { length: Length, weekday: Option<i64> },
    /// "the last week of July", "the first four months of 2021".
    Nth { n: i64, count: i64, piece: Piece, of: Rc<Expression> },
    /// "Q3 2022", "the second half of February", "summer 2012", "last spring": a part of a year or of another period.
    PartOfYear { unit: Unit, n: i64, step: Option<i64>, of: Option<Rc<Expression>> },
    /// "early 2024": 1 start, 2 middle, 3 end; `edge` in "the end of 2024", which may also be a point.
    Third { part: i64, of: Rc<Expression>, edge: bool },
    /// "the rest of the year".
    Rest(Rc<Expression>),
    /// "the weekend": which one, tense tells.
    Weekend,
    /// "the week of October 20".
    WeekOf(Rc<Expression>),
    /// "week 31 of 2025".
    WeekNumber { n: i64, of: Option<Rc<Expression>> },
    /// "the turn of the year".
    Turn(Unit),
    /// "the 1990s", "the 15th century": first year and how many.
    Years { first: i64, count: i64 },
    /// "fiscal year 2024": which states count in different ways.
    Fiscal { school: bool, step: i64, year: Option<i64> },
    /// A day with a name, by its number in the table.
    Holiday { index: usize, step: Option<i64>, of: Option<Rc<Expression>>, weekend: bool },
    /// "from May to September".
    Join(Rc<Expression>, Rc<Expression>),
    /// "since 2018".
    Open { bound: Bound, of: Rc<Expression> },
    /// "within two weeks".
    Within(Length),
    /// "for 3 days starting next Monday".
    Stretch { length: Length, from: Rc<Expression> },
    /// "the year to date".
    ToDate(Unit),
    /// "for three years"; more (1) or less (-1) than that, or about (2).
    Duration { length: Length, modifier: i64 },
    /// "every Monday".
    Every(Often),
}
