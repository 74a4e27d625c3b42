//! Dates in figures: "2025-10-09", "10/9/2025", "9.10.2025", "10/9".
//!
//! A year first is followed by month and day. Else the month comes first, as in American English, unless the first figure is no month
//! or the weekday before it says otherwise; where full stops part the figures and the year is given, the day comes first, as in the
//! languages that write so.

use super::atoms::Atom;
use super::calendar::date;
use super::numbers::century_of;

/// A date in figures, its year and day where they are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figures {
    pub(super) year: Option<i64>,
    pub(super) month: i64,
    pub(super) day: Option<i64>,
    /// The other reading, if month and day could change places: both are 12 at most.
    pub(super) either: bool,
}

/// Three figures: a full date.
pub(super) fn full(atoms: &[Atom], at: usize) -> Option<(usize, Figures)> {
    let (numbers, sign) = run::<3>(atoms, at)?;
    let [(a, long_a), (b, _), (c, long_c)] = numbers;
    let end = at + 5;
    if long_a == 4 {
        return Some((end, Figures { year: Some(a), month: b, day: Some(c), either: false }))
            .filter(|f| valid(f.1));
    }
    let year = match long_c {
        4 => c,
        2 if long_a <= 2 && sign == '/' => century_of(c),
        _ => return None,
    };
    two(a, b, sign == '.').map(|f| (end, Figures { year: Some(year), ..f }))
}

/// Two figures: month and day.
pub(super) fn short(atoms: &[Atom], at: usize) -> Option<(usize, Figures)> {
    let ([(a, long_a), (b, long_b)], _) = run::<2>(atoms, at)?;
    (long_a <= 2 && long_b <= 2).then_some(())?;
    two(a, b, false).map(|f| (at + 3, f))
}

/// "2025-10", "10/2025": year and month.
pub(super) fn month(atoms: &[Atom], at: usize) -> Option<(usize, Figures)> {
    let ([(a, long_a), (b, long_b)], sign) = run::<2>(atoms, at)?;
    let (year, month) = match (long_a, long_b) {
        (4, 1 | 2) => (a, b),
        (1 | 2, 4) => (b, a),
        _ => return None,
    };
    let fits = (1..=12).contains(&month) && (1000..2200).contains(&year) && sign != '.';
    fits.then_some((at + 3, Figures { year: Some(year), month, day: None, either: false }))
}

fn two(a: i64, b: i64, day_first: bool) -> Option<Figures> {
    let (month, day) = if day_first && b <= 12 || a > 12 { (b, a) } else { (a, b) };
    let either = a <= 12 && b <= 12;
    let figures = Figures { year: None, month, day: Some(day), either };
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(figures)
}

fn valid(f: Figures) -> bool {
    (1..=12).contains(&f.month)
        && f.day.is_some_and(|d| (1..=31).contains(&d))
        && date(f.year.unwrap_or(2000), 1, 1).is_some()
}

/// Figures with one and the same sign between them, nothing parting them.
fn run<const N: usize>(atoms: &[Atom], at: usize) -> Option<([(i64, usize); N], char)> {
    let sign = atoms.get(at + 1)?.sign.filter(|s| matches!(s, '-' | '/' | '.'))?;
    let mut numbers = [(0, 0); N];
    for (k, number) in numbers.iter_mut().enumerate() {
        let atom = atoms.get(at + 2 * k)?;
        *number = atom.digits.filter(|_| !atom.ordinal)?;
        if k > 0 && (atoms[at + 2 * k - 1].sign != Some(sign) || !atoms[at + 2 * k - 1].glued || !atom.glued)
        {
            return None;
        }
    }
    Some((numbers, sign))
}
