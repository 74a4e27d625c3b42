//! Two dates joined, and one side of a date: "from May to October", "since 2018".

use jiff::civil;

use super::calendar::{Days, Unit, between, date, months, nth_weekday, period, plus_days};
use super::expression::{Bound, Expression, Fields};
use super::reading::{Kind, Modifier, Reading};
use super::resolve::Context;
use super::tense::Tense;

impl Context<'_> {
    /// "since 2018", "by the end of the year": one side, and the day of the text where it is the other.
    pub(super) fn open(&self, bound: Bound, of: &Expression) -> Option<Reading> {
        let whole = self.resolve(of)?;
        let modifier = match bound {
            Bound::Before => Modifier::Before,
            Bound::Until => Modifier::OnOrBefore,
            Bound::Since => Modifier::OnOrAfter,
            Bound::After => Modifier::After,
        };
        let (from, to) = (whole.from, whole.to);
        let unit =
            if whole.unit == Unit::Year || whole.unit == Unit::Decade { Unit::Year } else { whole.unit };
        // What began in the past goes on till the day of the text, unless it is said to come; what is to end begins there.
        let until_today = |from: Option<civil::Date>| {
            self.today.filter(|t| self.tense != Tense::Future && from.is_some_and(|f| f <= *t))
        };
        let from_today = |to: Option<civil::Date>| {
            self.today.filter(|t| self.tense != Tense::Past && to.is_some_and(|e| e >= *t))
        };
        let edge = matches!(of, Expression::Third { edge: true, .. });
        let (from, to) = match bound {
            Bound::Before => {
                let to = if edge {
                    self.ended_at_edge(of, whole.clone())?.to
                } else {
                    from.and_then(|f| plus_days(f, -1))
                };
                (from_today(to), to)
            }
            Bound::Until => (from_today(to), to),
            Bound::Since => (from, until_today(from)),
            Bound::After => {
                let from = if edge {
                    self.begun_at_edge(of, whole.clone())?.from
                } else {
                    to.and_then(|t| plus_days(t, 1))
                };
                (from, until_today(from))
            }
        };
        Some(Reading { from, to, unit, ..whole }.modified(modifier).back(bound == Bound::Since))
    }

    /// Two ends, the fields that one lacks taken from the other.
    pub(super) fn join(&self, a: &Expression, b: &Expression) -> Option<Reading> {
        let (first, last) = match (a, b) {
            (Expression::Fields(a), Expression::Fields(b)) => self.ends(*a, *b)?,
            _ => {
                let (first, last) = (self.resolve(a)?, self.resolve(b)?);
                match (first.days(), last.days()) {
                    (Some(f), Some(l)) if f.from > l.to => self.set_right(a, b, first, last)?,
                    _ => (first, last),
                }
            }
        };
        let (first, last) = (self.begun_at_edge(a, first)?, self.ended_at_edge(b, last)?);
        let value = format!("{}/{}", first.value, last.value);
        let note = first.note.clone().or(last.note.clone());
        let (Some(f), Some(l)) = (first.days(), last.days()) else {
            return Some(Reading { note, ..Reading::without_days(Kind::Date, value) });
        };
        (f.from <= l.to).then_some(())?;
        let unit = first.unit.min(last.unit);
        let days = Days { from: f.from, to: l.to };
        Some(Reading { note, ..Reading::of(unit, days) }.valued(value).back(first.back))
    }

    /// "from this Friday 5/12 to next Sunday 5/20", "May to today": an end without a year goes to the right side of the other.
    fn set_right(
        &self,
        a: &Expression,
        b: &Expression,
        first: Reading,
        last: Reading,
    ) -> Option<(Reading, Reading)> {
        let with = |tense: Tense, today: Option<civil::Date>| Self { tense, today, ..*self };
        if without_year(a) {
            return Some((with(Tense::Past, last.from).resolve(a)?, last));
        }
        let last = with(Tense::Future, first.to).resolve(b).filter(|_| without_year(b))?;
        Some((first, last))
    }

    /// "from the end of March": at the end of a period that is named by its edge, the next one begins.
    fn begun_at_edge(&self, expression: &Expression, reading: Reading) -> Option<Reading> {
        let Expression::Third { part, of, edge: true } = expression else { return Some(reading) };
        let whole = self.whole(of, &reading)?;
        let from = match part {
            1 => whole.from,
            2 => middle(whole),
            _ => plus_days(whole.to, 1)?,
        };
        Some(Reading { from: Some(from), to: reading.to.map(|to| to.max(from)), unit: Unit::Day, ..reading })
    }

    /// "to the start of 2008": where a period that is named by its edge begins, the one before has ended.
    fn ended_at_edge(&self, expression: &Expression, reading: Reading) -> Option<Reading> {
        let Expression::Third { part, of, edge: true } = expression else { return Some(reading) };
        let whole = self.whole(of, &reading)?;
        let to = match part {
            1 => plus_days(whole.from, -1)?,
            2 => plus_days(middle(whole), -1)?,
            _ => whole.to,
        };
        Some(Reading {
            to: Some(to),
            from: reading.from.map(|from| from.min(to)),
            unit: Unit::Day,
            ..reading
        })
    }

    /// The period that a part of it was read from.
    fn whole(&self, of: &Expression, part: &Reading) -> Option<Days> {
        let unit = self.resolve(of)?.unit;
        period(unit, part.from?, 0)
    }

    fn ends(&self, mut a: Fields, mut b: Fields) -> Option<(Reading, Reading)> {
        if a.weekday.is_some() && b.weekday.is_some() && a.day.or(b.day).is_none() {
            let last = self.fields(b)?;
            let Some(to) = last.from else { return Some((self.fields(a)?, last)) };
            let future = self.tense == Tense::Future;
            if future {
                let first = self.fields(a)?;
                let from = first.from?;
                let to = nth_weekday(Days { from, to: plus_days(from, 6)? }, b.weekday?, 1)?;
                return Some((first, Reading::day(to)));
            }
            let from = nth_weekday(Days { from: plus_days(to, -6)?, to }, a.weekday?, 1)?;
            return Some((Reading::day(from), last));
        }
        if a.month.is_none() && a.day.is_some() && b.month.is_some() {
            let over = a.day > b.day;
            a.month = b.month.map(|m| if over { (m + 10) % 12 + 1 } else { m });
            a.year = a.year.or(b.year.map(|y| y - i64::from(over && b.month == Some(1))));
        }
        if b.month.is_none() && b.day.is_some() && a.month.is_some() {
            (a.day < b.day).then_some(())?;
            b.month = a.month;
        }
        let order = |f: Fields| (f.month, f.day);
        let over = a.month.is_some() && b.month.is_some() && order(a) > order(b);
        // "2007 to 2009" lacks nothing; "May to October 2020" does.
        match (a.year, b.year) {
            (None, Some(year)) if a.month.is_some() && b.month.is_some() => {
                a.year = Some(year - i64::from(over))
            }
            (Some(year), None) if b.month.is_some() => b.year = Some(year + i64::from(over)),
            (None, None) if a.month.is_some() && b.month.is_some() => {
                if let Some(today) = self.today {
                    let both = |y: i64| {
                        let first = Self::closed(Fields { year: Some(y), ..a })?;
                        let last = Self::closed(Fields { year: Some(y + i64::from(over)), ..b })?;
                        Some(Days { from: first.from, to: last.to })
                    };
                    let year = self.pick_year(both, today)?.from.year();
                    (a.year, b.year) = (Some(i64::from(year)), Some(i64::from(year) + i64::from(over)));
                }
            }
            _ => {}
        }
        Some((self.fields(a)?, self.fields(b)?))
    }

    fn closed(f: Fields) -> Option<Days> {
        match f.day {
            Some(day) => date(f.year?, f.month?, day).map(Days::one),
            None => months(f.year?, f.month?, 1),
        }
    }
}

/// Whether the year of an expression is left open.
fn without_year(expression: &Expression) -> bool {
    match expression {
        Expression::Fields(fields) => fields.year.is_none(),
        Expression::Third { of, .. } => without_year(of),
        _ => false,
    }
}

/// The day in the middle: the 16th of a month, the 2nd of July.
fn middle(days: Days) -> civil::Date {
    plus_days(days.from, (between(days.from, days.to) + 1) / 2).unwrap_or(days.from)
}
