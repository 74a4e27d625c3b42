//! Lengths of time and what comes again, as values of TIMEX3.

use super::calendar::Unit;
use super::expression::{Length, Often};
use super::reading::{Kind, Modifier, Reading};

/// "for three years".
pub(super) fn duration(length: Length, modifier: i64) -> Reading {
    let reading = Reading { unit: length.unit, ..Reading::without_days(Kind::Duration, iso(length)) };
    match modifier {
        1 => reading.modified(Modifier::MoreThan),
        -1 => reading.modified(Modifier::LessThan),
        2 => reading.modified(Modifier::Approx),
        _ if length.vague => reading.modified(Modifier::Approx),
        _ => reading,
    }
}

/// An ISO 8601 duration: `P1.5Y`, `PT1H30M`.
pub(super) fn iso(length: Length) -> String {
    let one = |thousandths: i64, unit: Unit| {
        let (each, letter) = match unit {
            Unit::Day => (1, "D"),
            Unit::Week => (1, "W"),
            Unit::Fortnight => (2, "W"),
            Unit::Weekend => (1, "WE"),
            Unit::Month => (1, "M"),
            Unit::Quarter | Unit::Season => (3, "M"),
            Unit::Half => (6, "M"),
            Unit::Year => (1, "Y"),
            Unit::Decade => (10, "Y"),
            Unit::Century => (100, "Y"),
            Unit::Hour => (1, "H"),
            Unit::Minute => (1, "M"),
            Unit::Second => (1, "S"),
        };
        let n = thousandths * each;
        let part = format!("{:03}", n % 1000);
        match part.trim_end_matches('0') {
            "" => format!("{}{letter}", n / 1000),
            part => format!("{}.{part}{letter}", n / 1000),
        }
    };
    let clock = |unit: Unit| if unit.of_the_clock() { "T" } else { "" };
    let first = one(length.thousandths, length.unit);
    let second = length.more.map_or(String::new(), |(n, unit)| {
        let between = if length.unit.of_the_clock() { "" } else { clock(unit) };
        format!("{between}{}", one(n, unit))
    });
    format!("P{}{first}{second}", clock(length.unit))
}

/// "every Monday".
pub(super) fn every(often: Often) -> Reading {
    let value = match often {
        Often::Unit(n, unit) => iso(Length { thousandths: n * 1000, unit, more: None, vague: false }),
        Often::Weekday(weekday) => format!("XXXX-WXX-{weekday}"),
        Often::Workday => "P1WD".to_owned(),
        Often::Daypart(part) => {
            let part =
                ["MO", "AF", "EV", "NI", "MI", "NI"][usize::try_from(part - 1).unwrap_or_default() % 6];
            format!("T{part}")
        }
        Often::MonthDay(day) => format!("XXXX-XX-{day:02}"),
    };
    Reading::without_days(Kind::Set, value)
}
