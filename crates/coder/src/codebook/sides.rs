//! What speaks for somebody as actor or recipient of an event, and how much: `data/codebook/en/sides.csv`, learnt by `training/sides.py`.

use std::fmt::Write as _;

use super::page::Fault;
use crate::words::WordMap;

/// A place of an event that somebody fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Actor,
    Recipient,
}

impl Side {
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
    actor: WordMap<f32>,
    recipient: WordMap<f32>,
}

impl Default for Sides {
    fn default() -> Self {
        Self { fill: u8::MAX, replace: u8::MAX, actor: WordMap::default(), recipient: WordMap::default() }
    }
}

impl Sides {
    /// Read the table; what is wrong in it is told.
    pub(super) fn read(text: &str, (fill, replace): (u8, u8)) -> (Self, Vec<Fault>) {
        let (mut out, mut faults) = (Self { fill, replace, ..Self::default() }, Vec::new());
        for (i, line) in text.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty()) {
            let cells: Vec<&str> = line.split(',').collect();
            let row = match cells[..] {
                ["actor", seen, weight] => weight.parse().ok().map(|w| (&mut out.actor, seen, w)),
                ["recipient", seen, weight] => weight.parse().ok().map(|w| (&mut out.recipient, seen, w)),
                _ => None,
            };
            match row {
                Some((weights, seen, weight)) => {
                    weights.insert(seen.to_owned(), weight);
                }
                None => faults.push((
                    i + 1,
                    "no row of side,seen,weight, as in 'recipient,case to after,0.52'".to_owned(),
                )),
            }
        }
        (out, faults)
    }

    /// Nothing seen as yet of one who bids for a side.
    pub(crate) fn tally(&self, side: Side) -> Tally<'_> {
        let weights = match side {
            Side::Actor => &self.actor,
            Side::Recipient => &self.recipient,
        };
        Tally { weights, sum: 0.0, seen: String::with_capacity(512) }
    }
}

/// What is seen of one who bids for a place of an event, counted up.
#[derive(Debug, Clone)]
pub(crate) struct Tally<'w> {
    weights: &'w WordMap<f32>,
    /// The sum of the weights of what is seen: the logarithm of a share that is still to be divided by those of all.
    pub(crate) sum: f32,
    /// All that is seen, by name, a line each.
    pub(crate) seen: String,
}

impl Tally<'_> {
    /// Count in what is seen, by its name in the table; what the table does not name counts nothing.
    pub(crate) fn see(&mut self, name: std::fmt::Arguments<'_>) {
        let start = self.seen.len();
        // Writing to a string cannot fail.
        let _ = self.seen.write_fmt(name);
        self.sum += self.weights.get(&self.seen[start..]).copied().unwrap_or_default();
        self.seen.push('\n');
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
        let mut tally = sides.tally(Side::Recipient);
        tally.see(format_args!("case {} after", "to"));
        tally.see(format_args!("never counted"));
        assert!((tally.sum - 0.5).abs() < 1e-6);
        assert_eq!(tally.seen, "case to after\nnever counted\n");
    }

    #[test]
    fn a_row_that_is_none_is_told_with_its_line() {
        let (_, faults) = Sides::read("side,seen,weight\nrecipient,case to,much\nwho,case,1\n", (50, 70));
        assert_eq!(faults.iter().map(|f| f.0).collect::<Vec<_>>(), [2, 3]);
    }
}
