//! What speaks for somebody as actor or recipient of an event, and how much: `data/codebook/en/sides.csv`, learnt by `training/sides.py`.

use super::page::Fault;

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
    actor: Weights,
    recipient: Weights,
}

/// Weights by the hash of the name of what is seen. Most that is seen has none: its slot, or one soon after it, is free.
#[derive(Debug, Clone, Default)]
struct Weights {
    /// As many as a power of two, half of them free; no weight is zero.
    slots: Vec<(u64, f32)>,
    taken: usize,
}

impl Weights {
    /// The slot of a hash, or the free one where it would be.
    fn slot(&self, hash: u64) -> usize {
        let last = self.slots.len() - 1;
        #[expect(clippy::cast_possible_truncation, reason = "only the lowest bits count")]
        let mut slot = hash as usize & last;
        while self.slots[slot].0 != hash && self.slots[slot].1 != 0.0 {
            slot = (slot + 1) & last;
        }
        slot
    }

    fn of(&self, hash: u64) -> f32 {
        if self.slots.is_empty() { 0.0 } else { self.slots[self.slot(hash)].1 }
    }

    /// Whether there is none as yet.
    fn insert(&mut self, hash: u64, weight: f32) -> bool {
        if 2 * self.taken >= self.slots.len() {
            let slots = vec![(0, 0.0); (2 * self.slots.len()).max(64)];
            for (hash, weight) in std::mem::replace(&mut self.slots, slots) {
                let slot = self.slot(hash);
                self.slots[slot] = (hash, weight);
            }
        }
        let slot = self.slot(hash);
        let free = self.slots[slot].1 == 0.0;
        self.slots[slot] = (hash, weight);
        self.taken += usize::from(free);
        free
    }
}

/// A part of the name of what is seen. Its letters are the digits of a number, so that the number of a name is told by those of its
/// parts, each spelt out once.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'t> {
    text: &'t str,
    number: u64,
    /// What the number of all that stands before it is multiplied by.
    shift: u64,
}

impl<'t> Part<'t> {
    /// The base of the digits: any odd number that spreads them.
    const BASE: u64 = 0x0100_0000_01b3_c0d5;

    pub(crate) const fn of(text: &'t str) -> Self {
        let (letters, mut at) = (text.as_bytes(), 0);
        let (mut number, mut shift) = (0_u64, 1_u64);
        while at < letters.len() {
            number = number.wrapping_mul(Self::BASE).wrapping_add(letters[at] as u64);
            shift = shift.wrapping_mul(Self::BASE);
            at += 1;
        }
        Self { text, number, shift }
    }
}

/// A part that is put together from others; it is spelt out only where it is learnt from.
#[derive(Debug)]
pub(crate) struct Spelt {
    number: u64,
    shift: u64,
    text: Option<String>,
}

impl Spelt {
    pub(crate) fn new(learning: bool) -> Self {
        Self { number: 0, shift: 1, text: learning.then(String::new) }
    }

    pub(crate) fn push(&mut self, part: Part) {
        self.number = self.number.wrapping_mul(part.shift).wrapping_add(part.number);
        self.shift = self.shift.wrapping_mul(part.shift);
        self.text.iter_mut().for_each(|text| text.push_str(part.text));
    }

    pub(crate) fn part(&self) -> Part<'_> {
        Part { text: self.text.as_deref().unwrap_or_default(), number: self.number, shift: self.shift }
    }
}

/// The hash of a name, given in the parts between which blanks stand.
#[inline]
fn hash(name: &[Part]) -> u64 {
    let blank = |number: u64| number.wrapping_mul(Part::BASE).wrapping_add(u64::from(b' '));
    let join = |number: u64, part: &Part| number.wrapping_mul(part.shift).wrapping_add(part.number);
    let Some((first, rest)) = name.split_first() else { return 0 };
    let number = rest.iter().fold(first.number, |number, part| join(blank(number), part));
    // Tables look at the first bits as well.
    number ^ number.rotate_left(29)
}

impl Default for Sides {
    fn default() -> Self {
        Self { fill: u8::MAX, replace: u8::MAX, actor: Weights::default(), recipient: Weights::default() }
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
                    if !weights.insert(hash(&[Part::of(seen)]), weight) {
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

    /// Nothing seen as yet of one who bids for a side; the names of what is seen are kept where they are learnt from.
    pub(crate) fn tally(&self, side: Side, learning: bool) -> Tally<'_> {
        let weights = match side {
            Side::Actor => &self.actor,
            Side::Recipient => &self.recipient,
        };
        Tally { weights, sum: 0.0, seen: learning.then(Vec::new) }
    }
}

/// What is seen of one who bids for a place of an event, counted up.
#[derive(Debug, Clone)]
pub(crate) struct Tally<'w> {
    weights: &'w Weights,
    /// The sum of the weights of what is seen: the logarithm of a share that is still to be divided by those of all.
    pub(crate) sum: f32,
    /// All that is seen, by name, where it is learnt from.
    pub(crate) seen: Option<Vec<String>>,
}

impl Tally<'_> {
    /// Count in what is seen, by its name in the table; what the table does not name counts nothing.
    #[inline]
    pub(crate) fn see<const PARTS: usize>(&mut self, name: &[Part; PARTS]) {
        self.count(hash(name));
        if self.seen.is_some() {
            self.keep(name);
        }
    }

    #[inline(never)]
    fn count(&mut self, hash: u64) {
        self.sum += self.weights.of(hash);
    }

    #[cold]
    fn keep(&mut self, name: &[Part]) {
        if let Some(seen) = &mut self.seen {
            seen.push(name.iter().map(|part| part.text).collect::<Vec<_>>().join(" "));
        }
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
        let mut tally = sides.tally(Side::Recipient, true);
        tally.see(&["case", "to", "after"].map(Part::of));
        tally.see(&["never", "counted"].map(Part::of));
        assert!((tally.sum - 0.5).abs() < 1e-6);
        assert_eq!(tally.seen.expect("kept"), ["case to after", "never counted"]);
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
