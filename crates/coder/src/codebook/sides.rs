//! What speaks for somebody as actor or recipient of an event, and how much: `data/codebook/en/sides.csv`, learnt by `training/sides.py`.

use super::page::Fault;
use super::slots::Slots;

/// A place of an event that somebody fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Actor,
    Recipient,
}

impl Side {
    pub(crate) fn other(self) -> Self {
        match self {
            Self::Actor => Self::Recipient,
            Self::Recipient => Self::Actor,
        }
    }

    /// The field of the record.
    pub(crate) fn field(self) -> &'static str {
        match self {
            Self::Actor => "actor",
            Self::Recipient => "recipient",
        }
    }
}

/// The weights, and how sure they must make us; by default they are not asked.
#[derive(Debug, Clone)]
pub(crate) struct Sides {
    /// How sure a bid must be to fill a place that no pattern fills, in hundredths.
    pub(crate) fill: u8,
    /// How sure it must be to be put in the place of another, in hundredths.
    pub(crate) replace: u8,
    actor: Weights,
    recipient: Weights,
}

/// Weights by the number of the name of what is seen.
type Weights = Slots<f32>;

/// A part of the name of what is seen, with the blank before it. Its letters are the digits of a number, so that the number of a name is
/// told by those of its parts, each spelt out once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'t> {
    text: &'t str,
    number: u64,
    /// What the number of all that stands before it is multiplied by.
    shift: u64,
}

/// The base of the digits: any odd number that spreads them.
const BASE: u64 = 0x0100_0000_01b3_c0d5;

impl<'t> Part<'t> {
    pub(crate) const fn of(text: &'t str) -> Self {
        let (letters, mut at) = (text.as_bytes(), 0);
        let (mut number, mut shift) = (b' ' as u64, BASE);
        while at < letters.len() {
            number = number.wrapping_mul(BASE).wrapping_add(letters[at] as u64);
            shift = shift.wrapping_mul(BASE);
            at += 1;
        }
        Self { text, number, shift }
    }
}

/// A part that is put together from others; it is spelt out only where it is learnt from.
#[derive(Debug, Clone)]
pub(crate) struct Spelt {
    number: u64,
    shift: u64,
    text: Option<String>,
}

impl Spelt {
    pub(crate) fn new(learning: bool) -> Self {
        let Part { number, shift, .. } = Part::of("");
        Self { number, shift, text: learning.then(String::new) }
    }

    pub(crate) fn of(text: &str, learning: bool) -> Self {
        let mut spelt = Self::new(learning);
        spelt.push(text);
        spelt
    }

    pub(crate) fn push(&mut self, text: &str) {
        for letter in text.bytes() {
            self.number = self.number.wrapping_mul(BASE).wrapping_add(letter.into());
            self.shift = self.shift.wrapping_mul(BASE);
        }
        self.text.iter_mut().for_each(|spelt| spelt.push_str(text));
    }

    pub(crate) fn part(&self) -> Part<'_> {
        Part { text: self.text.as_deref().unwrap_or_default(), number: self.number, shift: self.shift }
    }
}

/// The number of a name, given in its parts.
#[inline(always)]
fn number<const PARTS: usize>(name: &[Part; PARTS]) -> u64 {
    name.iter().fold(0, |all, part| all.wrapping_mul(part.shift).wrapping_add(part.number))
}

impl Default for Sides {
    fn default() -> Self {
        let none = || Weights::with_room(0);
        Self { fill: u8::MAX, replace: u8::MAX, actor: none(), recipient: none() }
    }
}

impl Sides {
    /// Read the table; what is wrong in it is told.
    pub(super) fn read(text: &str, (fill, replace): (u8, u8)) -> (Self, Vec<Fault>) {
        let room =
            |side: &str| Weights::with_room(text.lines().filter(|line| line.starts_with(side)).count());
        let mut out = Self { fill, replace, actor: room("actor"), recipient: room("recipient") };
        let mut faults = Vec::new();
        for (i, line) in text.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty()) {
            let cells: Vec<&str> = line.split(',').collect();
            let row = match cells[..] {
                ["actor", seen, weight] => weight.parse().ok().map(|w| (&mut out.actor, seen, w)),
                ["recipient", seen, weight] => weight.parse().ok().map(|w| (&mut out.recipient, seen, w)),
                _ => None,
            };
            match row {
                Some((weights, seen, weight)) => {
                    if !weights.insert(number(&[Part::of(seen)]), weight) {
                        faults.push((i + 1, format!("'{seen}' has a weight above already")));
                    }
                }
                None => faults.push((
                    i + 1,
                    "no row of side,seen,weight, as in 'recipient,case to after,0.52'".to_owned(),
                )),
            }
        }
        (out, faults)
    }

    fn of(&self, side: Side) -> &Weights {
        match side {
            Side::Actor => &self.actor,
            Side::Recipient => &self.recipient,
        }
    }
}

/// What is seen of one who bids for a place of an event.
pub(crate) trait Sight<'w> {
    /// Nothing seen as yet.
    fn of(sides: &'w Sides, side: Side) -> Self;

    /// Count in what is seen, by its name in the table, in parts.
    fn see<const PARTS: usize>(&mut self, name: &[Part; PARTS]);
}

/// The weights of all that is seen, counted up; what the table does not name counts nothing.
#[derive(Debug, Clone)]
pub(crate) struct Tally<'w> {
    weights: &'w Weights,
    /// Their sum: the logarithm of a share that is still to be divided by those of all.
    pub(crate) sum: f32,
}

impl<'w> Sight<'w> for Tally<'w> {
    fn of(sides: &'w Sides, side: Side) -> Self {
        Self { weights: sides.of(side), sum: 0.0 }
    }

    #[inline(always)]
    fn see<const PARTS: usize>(&mut self, name: &[Part; PARTS]) {
        self.sum += self.weights.get(number(name));
    }
}

/// The names of all that is seen, to learn weights from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Names(pub(crate) Vec<String>);

impl<'w> Sight<'w> for Names {
    fn of(_: &'w Sides, _: Side) -> Self {
        Self::default()
    }

    fn see<const PARTS: usize>(&mut self, name: &[Part; PARTS]) {
        self.0.push(name.iter().map(|part| part.text).collect::<Vec<_>>().join(" "));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_is_summed_by_the_weights_of_its_side() {
        let (sides, faults) =
            Sides::read("side,seen,weight\nrecipient,case to after,0.5\nactor,case to after,-2\n", (50, 70));
        assert!(faults.is_empty());
        let (mut tally, mut names) = (Tally::of(&sides, Side::Recipient), Names::of(&sides, Side::Recipient));
        for seen in [["case", "to", "after"], ["never", "counted", "here"]].map(|name| name.map(Part::of)) {
            tally.see(&seen);
            names.see(&seen);
        }
        assert!((tally.sum - 0.5).abs() < 1e-6);
        assert_eq!(names.0, ["case to after", "never counted here"]);
    }

    #[test]
    fn a_row_that_is_none_is_told_with_its_line() {
        let (_, faults) = Sides::read(
            "side,seen,weight\nrecipient,case to,much\nwho,case,1\nactor,far,1\nactor,far,2\n",
            (50, 70),
        );
        assert_eq!(faults.iter().map(|f| f.0).collect::<Vec<_>>(), [2, 3, 5]);
    }
}
