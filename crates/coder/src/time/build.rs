//! From the filled slots of a rule to what they say: the ways to read that rules name.

use std::rc::Rc;

use super::calendar::Unit;
use super::expression::{Bound, Expression, Fields, Length, Often, Piece, Start};
use super::grammar::Rule;
use super::matching::{Filled, Value};

/// The ways to read.
pub(super) const READS: &[&str] = &[
    "fields",
    "dated",
    "day_of_month",
    "which_weekday",
    "today",
    "which_month",
    "period",
    "periods",
    "rest",
    "the_weekend",
    "week_of",
    "nth_week",
    "nth",
    "quarter",
    "half",
    "season",
    "part",
    "part_of_period",
    "turn",
    "decade",
    "century",
    "fiscal",
    "holiday",
    "holiday_weekend",
    "offset",
    "in",
    "counted_on",
    "same",
    "days",
    "join",
    "years",
    "open",
    "within",
    "stretch",
    "to_date",
    "length",
    "duration",
    "whole",
    "every",
    "every_weekday",
    "every_workday",
    "every_daypart",
    "every_month_day",
    "often",
];

/// The filled slots of a rule, and what it says where its words do not.
struct Slots<'f> {
    filled: Option<&'f Filled<'f>>,
    with: &'f [(String, i64)],
}

impl Slots<'_> {
    fn value(&self, label: &str) -> Option<&Value> {
        self.filled?.value(label)
    }

    fn number(&self, label: &str) -> Option<i64> {
        match self.value(label) {
            Some(Value::Number(n)) => Some(*n),
            Some(_) => None,
            None => self.with.iter().find(|(l, _)| l == label).map(|(_, n)| *n),
        }
    }

    fn expression(&self, label: &str) -> Option<Rc<Expression>> {
        match self.value(label)? {
            Value::Expression(e) => Some(Rc::clone(e)),
            _ => None,
        }
    }

    fn unit(&self) -> Option<Unit> {
        Unit::at(self.number("unit")?)
    }

    /// The length that is named, or one made of count and unit.
    fn length(&self) -> Option<Length> {
        if let Some(Value::Length(length)) = self.value("length") {
            return Some(*length);
        }
        let vague = self.number("vague_count");
        let count = self.number("count").or(vague.map(|n| n * 1000)).unwrap_or(1000);
        let second = self.number("unit2").and_then(Unit::at).and_then(|u| Some((self.number("count2")?, u)));
        Some(Length {
            thousandths: count + self.number("more").unwrap_or(0),
            unit: self.unit()?,
            more: second,
            vague: vague.is_some() || self.number("vague").is_some(),
        })
    }

    /// The step to take: 0 is this one.
    fn step(&self) -> Option<i64> {
        self.number("step").or_else(|| self.number("near"))
    }

    fn fields(&self) -> Fields {
        Fields {
            weekday: self.number("weekday"),
            day: self.number("day"),
            month: self.number("month"),
            year: self.number("year"),
            either: false,
        }
    }

    /// The year that a part of a year belongs to.
    fn of_year(&self) -> Option<Rc<Expression>> {
        let year = |year| Rc::new(Expression::Fields(Fields { year: Some(year), ..Fields::default() }));
        self.expression("date").or_else(|| self.number("year").map(year))
    }
}

/// What a rule makes of its slots, if it is anything.
pub(super) fn build(rule: &Rule, filled: Option<&Filled>) -> Option<Value> {
    let slots = Slots { filled, with: &rule.with };
    if rule.reads == "length" {
        return slots.length().map(Value::Length);
    }
    expression(&rule.reads, &slots).map(|e| Value::Expression(Rc::new(e)))
}

fn expression(reads: &str, slots: &Slots) -> Option<Expression> {
    let whose = |step: i64| Rc::new(Expression::Period { unit: Unit::Year, step, part: 0 });
    Some(match reads {
        "fields" => Expression::Fields(slots.fields()),
        "dated" => {
            let figures = slots.expression("figures").or(slots.expression("short"));
            let figures = figures.or(slots.expression("month_in_figures"))?;
            let Expression::Fields(fields) = *figures else { return None };
            Expression::Fields(Fields { weekday: slots.number("weekday"), ..fields })
        }
        "day_of_month" => Expression::DayOfMonth { day: slots.number("n")?, step: slots.step()? },
        "which_weekday" => Expression::Weekday {
            weekday: slots.number("weekday")?,
            step: slots.step()?,
            near: slots.number("near").is_some(),
        },
        "today" => Expression::Today { days: slots.number("n")? },
        "which_month" => Expression::Month {
            month: slots.number("month")?,
            step: slots.step()?,
            of_year: slots.number("of_year").is_some(),
        },
        "period" => Expression::Period {
            unit: slots.unit().filter(|u| !u.of_the_clock())?,
            step: slots.step()?,
            part: slots.number("late_or_early").unwrap_or(0),
        },
        "periods" => Expression::Periods { length: slots.length()?, back: slots.step()? < 0 },
        "rest" => Expression::Rest(slots.expression("date")?),
        "the_weekend" => Expression::Weekend,
        "week_of" => Expression::WeekOf(match slots.number("n") {
            Some(day) => Rc::new(Expression::Fields(Fields { day: Some(day), ..Fields::default() })),
            None => slots.expression("date")?,
        }),
        "nth_week" => Expression::WeekNumber { n: slots.number("n")?, of: slots.expression("date") },
        "nth" => Expression::Nth {
            n: slots.number("n")?,
            count: slots.number("count").unwrap_or(1000) / 1000,
            piece: match slots.number("weekday") {
                Some(weekday) => Piece::Weekday(weekday),
                None => Piece::Unit(slots.unit()?),
            },
            of: slots.expression("date")?,
        },
        "quarter" => {
            part_of_year(slots, Unit::Quarter, slots.number("quarter").filter(|q| (1..=4).contains(q))?)
        }
        "half" => part_of_year(slots, Unit::Half, slots.number("half")?),
        "season" => part_of_year(slots, Unit::Season, slots.number("season")?),
        "part" => Expression::Third {
            part: slots.number("part")?,
            of: slots.expression("date")?,
            edge: slots.number("edge").is_some(),
        },
        "part_of_period" => Expression::Third {
            part: slots.number("part")?,
            of: Rc::new(Expression::Period { unit: slots.unit()?, step: 0, part: 0 }),
            edge: true,
        },
        "turn" => Expression::Turn(slots.unit()?),
        "decade" => Expression::Years { first: slots.number("decade")?, count: 10 },
        "century" => Expression::Years { first: (slots.number("n")? - 1) * 100, count: 100 },
        "fiscal" => Expression::Fiscal {
            school: slots.number("fiscal")? == 2,
            step: slots.step().unwrap_or(0),
            year: slots.number("year"),
        },
        "holiday" | "holiday_weekend" => Expression::Holiday {
            index: usize::try_from(slots.number("holiday")?).ok()?,
            step: slots.step().filter(|_| slots.number("of_year").is_none()),
            of: match (slots.number("of_year"), slots.step()) {
                (Some(_), Some(step)) => Some(whose(step)),
                _ => slots.of_year(),
            },
            weekend: reads == "holiday_weekend",
        },
        "offset" | "counted_on" => Expression::Offset {
            length: slots.length()?,
            back: slots.number("sign")? < 0,
            start: match (slots.expression("date"), slots.number("today")) {
                (Some(date), _) => Start::Date(date),
                (None, _) if reads == "counted_on" => Start::Before,
                (None, today) => Start::Today(today.unwrap_or(0)),
            },
            weekday: slots.number("weekday"),
        },
        "in" => Expression::In { length: slots.length()?, weekday: slots.number("weekday") },
        "same" => Expression::Same { unit: slots.unit().unwrap_or(Unit::Day), step: slots.number("step")? },
        "days" => {
            let fields = |label| Fields { day: slots.number(label), weekday: None, ..slots.fields() };
            Expression::Join(
                Rc::new(Expression::Fields(Fields { weekday: slots.number("weekday"), ..fields("a") })),
                Rc::new(Expression::Fields(fields("b"))),
            )
        }
        "join" => {
            let (a, b) = (slots.expression("a")?, slots.expression("b")?);
            Expression::Join(a, with_year(b, slots.number("year")))
        }
        "years" => {
            let year = |label| Fields { year: slots.number(label), ..Fields::default() };
            let (a, b) = (year("c"), year("d"));
            (a.year < b.year).then_some(())?;
            Expression::Join(Rc::new(Expression::Fields(a)), Rc::new(Expression::Fields(b)))
        }
        "open" => Expression::Open {
            bound: match slots.number("bound")? {
                -2 => Bound::Before,
                -1 => Bound::Until,
                1 => Bound::Since,
                _ => Bound::After,
            },
            of: slots.expression("date")?,
        },
        "within" => Expression::Within(slots.length()?),
        "stretch" => Expression::Stretch { length: slots.length()?, from: slots.expression("date")? },
        "to_date" => Expression::ToDate(slots.unit()?),
        "duration" => {
            Expression::Duration { length: slots.length()?, modifier: slots.number("mod").unwrap_or(0) }
        }
        "whole" => Expression::Duration { length: slots.length()?, modifier: 0 },
        "every" => {
            Expression::Every(Often::Unit(slots.number("count").unwrap_or(1000) / 1000, slots.unit()?))
        }
        "every_weekday" => Expression::Every(Often::Weekday(slots.number("weekday")?)),
        "every_workday" => Expression::Every(Often::Workday),
        "every_daypart" => Expression::Every(Often::Daypart(slots.number("daypart")?)),
        "every_month_day" => Expression::Every(Often::MonthDay(slots.number("day")?)),
        "often" => {
            let often = slots.number("often")?;
            Expression::Every(Often::Unit(often / 100, Unit::at(often % 100)?))
        }
        _ => return None,
    })
}

fn part_of_year(slots: &Slots, unit: Unit, n: i64) -> Expression {
    match (slots.number("of_year"), slots.step()) {
        (Some(_), Some(step)) => {
            let year = Expression::Period { unit: Unit::Year, step, part: 0 };
            Expression::PartOfYear { unit, n, step: None, of: Some(Rc::new(year)) }
        }
        (_, step) => Expression::PartOfYear { unit, n, step, of: slots.of_year() },
    }
}

/// "from 5/1 to 5/7, 2020": the year at the end is that of the last date.
fn with_year(date: Rc<Expression>, year: Option<i64>) -> Rc<Expression> {
    match (&*date, year) {
        (Expression::Fields(fields), Some(_)) if fields.year.is_none() => {
            Rc::new(Expression::Fields(Fields { year, ..*fields }))
        }
        _ => date,
    }
}
