//! From what words say to days: everything is counted from the day of the text, or from the day told of last.

use jiff::civil;

use super::calendar::{
    Days, Unit, counted, date, months, nth_weekday, part_of_year, period, plus_days, plus_months, week,
    week_of_year, years,
};
use super::expression::{Expression, Fields, Length, Piece, Start};
use super::holidays::Holiday;
use super::lengths::{duration, every, iso};
use super::reading::{Kind, Modifier, Reading, value};
use super::tense::Tense;

/// What an expression is counted from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Context<'a> {
    /// The day of dateline or publication.
    pub(super) today: Option<civil::Date>,
    /// The last day told of before.
    pub(super) before: Option<civil::Date>,
    pub(super) tense: Tense,
    pub(super) holidays: &'a [Holiday],
    /// The state of the publisher, whose own holidays need no other name.
    pub(super) home: Option<&'a str>,
}

/// A date without a year that lies so near to the day of the text is that one, whatever the tense.
const NEAR: i64 = 31;

impl Context<'_> {
    /// What an expression comes to; nothing if it says nothing.
    pub(super) fn resolve(&self, expression: &Expression) -> Option<Reading> {
        match expression {
            Expression::Fields(fields) => self.fields(*fields),
            Expression::Duration { length, modifier } => Some(duration(*length, *modifier)),
            Expression::Every(often) => Some(every(*often)),
            Expression::Years { first, count } => {
                let unit = if *count == 100 { Unit::Century } else { Unit::Decade };
                years(*first, *count).map(|d| Reading::of(unit, d))
            }
            Expression::Fiscal { school, step, year } => {
                let year = year.or_else(|| Some(i64::from(self.today?.year()) + step));
                let year = year.map_or("XXXX".to_owned(), |y| y.to_string());
                let name = if *school { "SY" } else { "FY" };
                Some(Reading::without_days(Kind::Date, format!("{name}{year}")))
            }
            Expression::Third { part, of, .. } => self.third(*part, of),
            Expression::Nth { n, count, piece, of } => self.nth(*n, *count, *piece, of),
            Expression::PartOfYear { unit, n, step, of } => {
                self.part_of_year(*unit, *n, *step, of.as_deref())
            }
            Expression::WeekOf(of) => {
                let day = self.resolve(of).filter(|r| r.unit == Unit::Day)?.from?;
                week(day).map(|d| Reading::of(Unit::Week, d))
            }
            Expression::WeekNumber { n, of } => {
                let year = match of {
                    Some(of) => self.resolve(of).filter(|r| r.unit == Unit::Year)?.from?,
                    None => self.today?,
                };
                let fits = (1..=53).contains(n);
                week_of_year(i64::from(year.year()), *n).filter(|_| fits).map(|d| Reading::of(Unit::Week, d))
            }
            Expression::Holiday { index, step, of, weekend } => {
                self.holiday(*index, *step, of.as_deref(), *weekend)
            }
            Expression::Join(a, b) => self.join(a, b),
            Expression::Open { bound, of } => self.open(*bound, of),
            Expression::Stretch { length, from } => {
                let from = self.resolve(from)?.from?;
                let to = plus_days(counted(from, length.thousandths, length.unit)?, -1)?;
                (to >= from).then(|| Reading::of(Unit::Day, Days { from, to }).valued(iso(*length)))
            }
            Expression::Offset { length, back, start, weekday } => {
                self.offset(*length, *back, start, *weekday)
            }
            Expression::In { length, .. } if self.tense == Tense::Past => Some(duration(*length, 0)),
            Expression::In { length, weekday } => self.offset(*length, false, &Start::Today(0), *weekday),
            Expression::Same { unit, step } => self.same(*unit, *step),
            relative => match self.today {
                Some(today) => self.relative(relative, today),
                None => Some(Reading::without_days(Kind::Date, "XXXX".to_owned())),
            },
        }
    }

    /// Expressions that are counted from the day of the text and nothing else.
    fn relative(&self, expression: &Expression, today: civil::Date) -> Option<Reading> {
        let unit_of = |unit: Unit| if unit == Unit::Fortnight { Unit::Week } else { unit };
        match expression {
            Expression::Today { days } => Some(Reading::day(plus_days(today, *days)?).back(*days < 0)),
            Expression::Weekday { weekday, step, near } => {
                let day = if *near {
                    let week = Days { from: plus_days(today, *step)?, to: plus_days(today, 7 * step)? };
                    let week = if week.to < week.from { Days { from: week.to, to: week.from } } else { week };
                    nth_weekday(week, *weekday, 1)?
                } else {
                    nth_weekday(period(Unit::Week, today, *step)?, *weekday, 1)?
                };
                Some(Reading::day(day).back(*step < 0))
            }
            Expression::DayOfMonth { day, step } => {
                let month = period(Unit::Month, today, *step)?;
                let day = plus_days(month.from, day - 1).filter(|d| month.holds(*d))?;
                Some(Reading::day(day).back(*step < 0))
            }
            Expression::Period { unit, step, part } => {
                let reading = Reading::of(unit_of(*unit), period(*unit, today, *step)?);
                let reading = reading.back(*step < 0 || *part < 0);
                Some(match part {
                    -1 => reading.modified(Modifier::Start),
                    1 => reading.modified(Modifier::End),
                    _ => reading,
                })
            }
            Expression::Periods { length, back } => self.periods(*length, *back, today),
            Expression::Month { month, step, of_year } => {
                let year = i64::from(today.year());
                let of = |year: i64| months(year, *month, 1);
                let days = if *of_year || *step == 0 {
                    of(year + step)?
                } else if *step < 0 {
                    of(year).filter(|d| d.to < today).or_else(|| of(year - 1))?
                } else {
                    of(year).filter(|d| d.from > today).or_else(|| of(year + 1))?
                };
                Some(Reading::of(Unit::Month, days).back(*step < 0))
            }
            Expression::Rest(of) => {
                let whole = self.resolve(of)?;
                let days = whole.days()?;
                days.holds(today).then_some(())?;
                Some(Reading { from: Some(today), unit: Unit::Day, ..whole }.modified(Modifier::End))
            }
            Expression::Weekend => {
                let weekends =
                    [-1, 0, 1].into_iter().filter_map(|n| period(Unit::Weekend, today, n)).collect();
                self.pick(weekends, today, Tense::Past).map(|d| Reading::of(Unit::Weekend, d))
            }
            Expression::Turn(unit) => {
                let around = |year: i64| match unit {
                    Unit::Century => Some(Days {
                        from: date(year / 100 * 100 - 5, 1, 1)?,
                        to: date(year / 100 * 100 + 4, 12, 31)?,
                    }),
                    _ => Some(Days { from: date(year - 1, 12, 16)?, to: date(year, 1, 15)? }),
                };
                let year = i64::from(today.year());
                let turns = [year, year + 1].into_iter().filter_map(around).collect();
                let days = self.pick(turns, today, Tense::Open)?;
                let unit = if *unit == Unit::Century { Unit::Year } else { Unit::Day };
                Some(Reading::of(unit, days).valued(format!("{}/{}", days.from, days.to)))
            }
            Expression::Within(length) => {
                let to = counted(today, length.thousandths, length.unit)?;
                let days = Days { from: today, to };
                Some(Reading::of(Unit::Day, days).valued(iso(*length)).modified(Modifier::OnOrBefore))
            }
            Expression::ToDate(unit) => {
                let from = period(*unit, today, 0)?.from;
                Some(
                    Reading::of(Unit::Day, Days { from, to: today })
                        .valued(value(*unit, Days::one(today)))
                        .back(true),
                )
            }
            _ => None,
        }
    }

    /// Of several periods of one name, the one that is meant. Where the tense does not tell, `otherwise` does.
    fn pick(&self, candidates: Vec<Days>, today: civil::Date, otherwise: Tense) -> Option<Days> {
        let nearest = candidates.iter().copied().min_by_key(|d| (d.distance(today), d.from > today))?;
        let tense = if self.tense == Tense::Open { otherwise } else { self.tense };
        let found = match tense {
            Tense::Past => candidates.iter().copied().filter(|d| d.from <= today).max_by_key(|d| d.from),
            Tense::Future => candidates.iter().copied().filter(|d| d.to >= today).min_by_key(|d| d.from),
            Tense::Open => None,
        };
        Some(found.unwrap_or(nearest))
    }

    /// The same, where one near by is meant whatever the tense.
    pub(super) fn pick_year(&self, of: impl Fn(i64) -> Option<Days>, today: civil::Date) -> Option<Days> {
        let year = i64::from(today.year());
        let candidates: Vec<Days> = (year - 1..=year + 1).filter_map(&of).collect();
        let candidates =
            if candidates.is_empty() { (year - 8..=year + 8).filter_map(of).collect() } else { candidates };
        let near = candidates.iter().copied().min_by_key(|d| (d.distance(today), d.from > today))?;
        if near.from == near.to && near.distance(today) <= NEAR {
            return Some(near);
        }
        self.pick(candidates, today, Tense::Open)
    }

    pub(super) fn fields(&self, fields: Fields) -> Option<Reading> {
        let Fields { weekday, day, month, year, .. } = fields;
        let written = || {
            let two = |n: Option<i64>| n.map_or("XX".to_owned(), |n| format!("{n:02}"));
            let year = year.map_or("XXXX".to_owned(), |y| format!("{y:04}"));
            match (weekday, day, month) {
                (_, Some(day), _) => format!("{year}-{}-{day:02}", two(month)),
                (Some(weekday), None, None) => format!("XXXX-WXX-{weekday}"),
                (_, _, Some(month)) => format!("{year}-{month:02}"),
                _ => year,
            }
        };
        let open = || Some(Reading::without_days(Kind::Date, written()));
        match (day, month, year, weekday) {
            (Some(day), Some(month), year, weekday) => {
                let at = |month: i64, day: i64| match (year, self.today) {
                    (Some(year), _) => date(year, month, day),
                    (None, Some(today)) => {
                        self.pick_year(|y| date(y, month, day).map(Days::one), today).map(|d| d.from)
                    }
                    (None, None) => None,
                };
                let fits = |d: &civil::Date| {
                    weekday.is_none_or(|w| w == i64::from(d.weekday().to_monday_one_offset()))
                };
                let first = at(month, day);
                let other = at(day, month).filter(|d| fields.either && fits(d));
                match first.filter(fits).or(other).or(first) {
                    Some(found) => {
                        Some(Reading { note: contradiction(found, weekday), ..Reading::day(found) })
                    }
                    None if date(year.unwrap_or(2024), month, day).is_none() => Some(Reading {
                        note: Some("there is no such day".to_owned()),
                        ..Reading::without_days(Kind::Date, written())
                    }),
                    None => open(),
                }
            }
            (None, Some(month), Some(year), _) => months(year, month, 1).map(|d| Reading::of(Unit::Month, d)),
            (None, Some(month), None, _) => match self.today {
                Some(today) => {
                    self.pick_year(|y| months(y, month, 1), today).map(|d| Reading::of(Unit::Month, d))
                }
                None => open(),
            },
            (None, None, Some(year), _) => years(year, 1).map(|d| Reading::of(Unit::Year, d)),
            (Some(day), None, _, weekday) => match self.today {
                Some(today) => self.day_alone(day, weekday, today),
                None => open(),
            },
            (None, None, None, Some(weekday)) => {
                let Some(today) = self.today else { return open() };
                let around = Days { from: plus_days(today, -6)?, to: plus_days(today, 6)? };
                let days = [1, 2]
                    .into_iter()
                    .filter_map(|n| nth_weekday(around, weekday, n))
                    .map(Days::one)
                    .collect();
                self.pick(days, today, Tense::Past).map(|d| Reading::day(d.from))
            }
            (None, None, None, None) => None,
        }
    }

    /// "the 13th", "Friday the 13th": of the nearest month in which it can be.
    fn day_alone(&self, day: i64, weekday: Option<i64>, today: civil::Date) -> Option<Reading> {
        let fits =
            |d: &civil::Date| weekday.is_none_or(|w| w == i64::from(d.weekday().to_monday_one_offset()));
        let first = period(Unit::Month, today, 0)?.from;
        let of = |n: i64| {
            let month = plus_months(first, n)?;
            date(i64::from(month.year()), i64::from(month.month()), day).filter(fits).map(Days::one)
        };
        let reach = if weekday.is_some() { 14 } else { 2 };
        let days: Vec<Days> = (-reach..=reach).filter_map(of).collect();
        self.pick(days, today, Tense::Open).map(|d| Reading::day(d.from))
    }

    /// "the past three months": up to the day of the text, or from the day after it; quarters and longer by the calendar.
    fn periods(&self, length: Length, back: bool, today: civil::Date) -> Option<Reading> {
        let n = length.thousandths / 1000;
        let unit = length.unit;
        let days = if matches!(unit, Unit::Quarter | Unit::Decade | Unit::Century | Unit::Weekend) {
            let step = |k: i64| period(unit, today, k);
            if back {
                Days { from: step(-n)?.from, to: step(-1)?.to }
            } else {
                Days { from: step(1)?.from, to: step(n)?.to }
            }
        } else if unit.of_the_clock() {
            Days::one(today)
        } else if back {
            Days { from: counted(today, -length.thousandths, unit)?, to: plus_days(today, -1)? }
        } else {
            let from = plus_days(today, 1)?;
            Days { from, to: plus_days(counted(from, length.thousandths, unit)?, -1)? }
        };
        let precision = if unit >= Unit::Quarter && !unit.of_the_clock() { unit } else { Unit::Day };
        let reading = Reading::of(precision, days).valued(iso(length)).back(back);
        Some(if length.vague { reading.modified(Modifier::Approx) } else { reading })
    }

    fn third(&self, part: i64, of: &Expression) -> Option<Reading> {
        let whole = self.resolve(of)?;
        let Days { from, to } = whole.days()?;
        let month = |skip: i64, count: i64| {
            let first = plus_months(from, skip)?;
            months(i64::from(first.year()), i64::from(first.month()), count)
        };
        let year = i64::from(from.year());
        let cut = |a: i64, b: i64| Some(Days { from: plus_days(from, a)?, to: plus_days(from, b)? });
        let (unit, days) = match (whole.unit, part) {
            (Unit::Week, 1) => (Unit::Day, cut(0, 2)?),
            (Unit::Week, 2) => (Unit::Day, cut(1, 3)?),
            (Unit::Week, _) => (Unit::Day, cut(3, 6)?),
            (Unit::Month, 1) => (Unit::Day, cut(0, 14)?),
            (Unit::Month, 2) => (Unit::Day, cut(9, 19)?),
            (Unit::Month, _) => (Unit::Day, Days { from: plus_days(from, 15)?, to }),
            (Unit::Quarter | Unit::Season, n) => (Unit::Month, month(n - 1, 1)?),
            (Unit::Half, n) => (Unit::Month, month(2 * (n - 1), 2)?),
            (Unit::Year, n) => (Unit::Month, month(4 * (n - 1), 4)?),
            (Unit::Decade, 1) => (Unit::Year, years(year, 4)?),
            (Unit::Decade, 2) => (Unit::Year, years(year + 4, 3)?),
            (Unit::Decade, _) => (Unit::Year, years(year + 7, 3)?),
            (Unit::Century, n) => (Unit::Year, years(year + 33 * (n - 1), if n == 3 { 34 } else { 33 })?),
            (unit, _) => (unit, Days { from, to }),
        };
        let modifier =
            [Modifier::Start, Modifier::Mid, Modifier::End][usize::try_from(part - 1).ok()?.min(2)];
        let note = whole.note.clone();
        let reading = Reading { note, ..Reading::of(unit, days) };
        Some(reading.valued(whole.value).modified(modifier).back(whole.back))
    }

    fn nth(&self, n: i64, count: i64, piece: Piece, of: &Expression) -> Option<Reading> {
        let whole = self.resolve(of)?;
        let days = whole.days()?;
        let unit = match piece {
            Piece::Weekday(weekday) => {
                return nth_weekday(days, weekday, n).map(|d| Reading::day(d).back(whole.back));
            }
            Piece::Unit(unit) => unit,
        };
        (unit < whole.unit || whole.unit == Unit::Day && unit == Unit::Day).then_some(())?;
        let one = |n: i64| match unit {
            // A week belongs to the month or year that holds its Thursday, as in ISO 8601.
            Unit::Week => week(nth_weekday(days, 4, n)?),
            Unit::Weekend => {
                let saturday = nth_weekday(days, 6, n)?;
                Some(Days { from: saturday, to: plus_days(saturday, 1)? })
            }
            _ if n > 0 => period(unit, days.from, n - 1).filter(|d| d.to <= days.to),
            _ => period(unit, days.to, n + 1).filter(|d| d.from >= days.from),
        };
        if count == 1 {
            return one(n).map(|d| Reading::of(unit, d).back(whole.back));
        }
        let ends = if n > 0 { (one(n)?, one(n + count - 1)?) } else { (one(n - count + 1)?, one(n)?) };
        let days = Days { from: ends.0.from, to: ends.1.to };
        let length = Length { thousandths: count * 1000, unit, more: None, vague: false };
        Some(Reading::of(unit, days).valued(iso(length)).back(whole.back))
    }

    fn part_of_year(
        &self,
        unit: Unit,
        n: i64,
        step: Option<i64>,
        of: Option<&Expression>,
    ) -> Option<Reading> {
        if let Some(of) = of {
            let whole = self.resolve(of)?;
            let days = whole.days()?;
            if whole.unit == Unit::Year {
                return part_of_year(unit, i64::from(days.from.year()), n).map(|d| Reading::of(unit, d));
            }
            (unit == Unit::Half).then_some(())?;
            let middle = match whole.unit {
                Unit::Month => plus_days(days.from, 15)?,
                Unit::Decade => date(i64::from(days.from.year()) + 5, 1, 1)?,
                Unit::Century => date(i64::from(days.from.year()) + 50, 1, 1)?,
                Unit::Quarter | Unit::Season | Unit::Week | Unit::Half => {
                    plus_days(days.from, super::calendar::between(days.from, days.to) / 2 + 1)?
                }
                _ => return None,
            };
            let half = if n == 1 {
                Days { from: days.from, to: plus_days(middle, -1)? }
            } else {
                Days { from: middle, to: days.to }
            };
            let unit = if whole.unit >= Unit::Decade { Unit::Year } else { Unit::Day };
            let modifier = if n == 1 { Modifier::Start } else { Modifier::End };
            return Some(Reading::of(unit, half).valued(whole.value).modified(modifier));
        }
        let value = match unit {
            Unit::Season => {
                ["XXXX-SP", "XXXX-SU", "XXXX-FA", "XXXX-WI"][usize::try_from(n - 1).ok()?.min(3)].to_owned()
            }
            _ => format!("XXXX-{}{n}", if unit == Unit::Quarter { 'Q' } else { 'H' }),
        };
        let Some(today) = self.today else { return Some(Reading::without_days(Kind::Date, value)) };
        let year = i64::from(today.year());
        let around = || (year - 2..=year + 2).filter_map(|y| part_of_year(unit, y, n));
        let days = match step {
            Some(-1) => around().filter(|d| d.to < today).max_by_key(|d| d.from)?,
            Some(1) => around().filter(|d| d.from > today).min_by_key(|d| d.from)?,
            Some(_) => around().min_by_key(|d| d.distance(today))?,
            None => self.pick(around().collect(), today, Tense::Open)?,
        };
        Some(Reading::of(unit, days).back(step == Some(-1)))
    }

    fn holiday(
        &self,
        index: usize,
        step: Option<i64>,
        of: Option<&Expression>,
        weekend: bool,
    ) -> Option<Reading> {
        let holiday = self.holidays.get(index)?;
        if !holiday.state.is_empty() && self.home.is_some_and(|home| home != holiday.state) {
            return None;
        }
        let in_year = |year: i64| holiday.day(year).map(Days::one);
        let days = match (of, self.today) {
            (Some(of), _) => in_year(i64::from(self.resolve(of)?.from?.year()))?,
            (None, None) => return Some(Reading::without_days(Kind::Date, "XXXX-XX-XX".to_owned())),
            (None, Some(today)) => {
                let year = i64::from(today.year());
                let around = || (year - 1..=year + 1).filter_map(in_year);
                match step {
                    Some(-1) => around().filter(|d| d.to < today).max_by_key(|d| d.from)?,
                    Some(1) => around().filter(|d| d.from > today).min_by_key(|d| d.from)?,
                    Some(_) => in_year(year)?,
                    None => self.pick_year(in_year, today)?,
                }
            }
        };
        if !weekend {
            return Some(Reading::day(days.from).back(step == Some(-1)));
        }
        // The weekend nearest to it, the holiday and the days between counted in.
        let near = [-1, 0].into_iter().filter_map(|n| period(Unit::Weekend, days.from, n));
        let near = near.min_by_key(|d| d.distance(days.from))?;
        let long = Days { from: near.from.min(days.from), to: near.to.max(days.to) };
        Some(Reading::of(Unit::Weekend, long))
    }

    fn same(&self, unit: Unit, step: i64) -> Option<Reading> {
        let forward = step != 0 && self.tense != Tense::Past;
        match self.before.or(self.today.filter(|_| forward)) {
            Some(day) => period(unit, day, step).map(|d| Reading::of(unit, d)),
            None => {
                let value = match unit {
                    Unit::Day => "XXXX-XX-XX",
                    Unit::Week => "XXXX-WXX",
                    Unit::Weekend => "XXXX-WXX-WE",
                    Unit::Month => "XXXX-XX",
                    _ => "XXXX",
                };
                Some(Reading::without_days(Kind::Date, value.to_owned()))
            }
        }
    }

    fn offset(&self, length: Length, back: bool, start: &Start, weekday: Option<i64>) -> Option<Reading> {
        let sign = if back { -1 } else { 1 };
        let from = match start {
            Start::Today(days) => self.today.and_then(|t| plus_days(t, *days)),
            Start::Before => self.before.or(self.today.filter(|_| self.tense == Tense::Future)),
            Start::Date(of) => {
                let whole = self.resolve(of)?;
                if whole.unit != Unit::Day {
                    (whole.unit == length.unit).then_some(())?;
                    let days = period(length.unit, whole.from?, sign * length.thousandths / 1000)?;
                    return Some(Reading::of(length.unit, days));
                }
                whole.from
            }
        };
        let Some(from) = from else { return Some(Reading::without_days(Kind::Date, iso(length))) };
        let day = counted(from, sign * length.thousandths, length.unit)?;
        let day = match (length.more, weekday) {
            (Some((more, unit)), _) => counted(day, sign * more, unit)?,
            (None, Some(weekday)) if length.unit >= Unit::Month && !length.unit.of_the_clock() => {
                nth_weekday(Days { from: day, to: plus_days(day, 6)? }, weekday, 1)?
            }
            (None, Some(weekday)) => nth_weekday(week(day)?, weekday, 1)?,
            (None, None) => day,
        };
        let exact = weekday.is_some() || matches!(start, Start::Date(_)) || length.unit.of_the_clock();
        let unit = match (exact, length.unit, length.thousandths % 1000) {
            (true, ..) => Unit::Day,
            (_, Unit::Fortnight | Unit::Weekend, _) => Unit::Week,
            (_, Unit::Year, 1..) => Unit::Month,
            (_, Unit::Month, 1..) => Unit::Week,
            (_, unit, _) => unit,
        };
        let reading = Reading::of(unit, period(unit, day, 0)?).back(back && matches!(start, Start::Today(_)));
        let reading = Reading { counted: Some(day), ..reading };
        Some(if length.vague { reading.modified(Modifier::Approx) } else { reading })
    }
}

/// A weekday that is not that of its date.
fn contradiction(day: civil::Date, weekday: Option<i64>) -> Option<String> {
    let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let name = |n: i64| names[usize::try_from(n - 1).unwrap_or_default() % 7];
    let is = i64::from(day.weekday().to_monday_one_offset());
    weekday.filter(|w| *w != is).map(|w| format!("{day} is a {}, not a {}", name(is), name(w)))
}
