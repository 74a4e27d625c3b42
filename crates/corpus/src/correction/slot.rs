//! Which corrections are of which row.

use chancery_model::Record;

use super::alike::{is_one, likeness};
use super::row::rows;
use super::{Correction, Layer, Row};

/// A row that somebody judged: one of the machine's, or one that is there by people's word only.
#[derive(Debug)]
pub(super) struct Slot<'a> {
    /// The machine's row, where it has one.
    pub(super) machine: Option<Row>,
    /// All that was said of it, by number; also what was taken back.
    pub(super) corrections: Vec<&'a Correction>,
}

impl<'a> Slot<'a> {
    /// The correction that counts: the last that settles, else the last, of each person's last that is not taken back.
    pub(super) fn effective(&self) -> Option<&'a Correction> {
        self.opinions().into_iter().max_by_key(|c| (c.settles, &c.made, c.number))
    }

    /// The last word of each person, in the order of their names.
    pub(super) fn opinions(&self) -> Vec<&'a Correction> {
        let mut live: Vec<&Correction> = self.corrections.iter().filter(|c| c.is_live()).copied().collect();
        live.sort_by(|a, b| (&a.who, &b.made, b.number).cmp(&(&b.who, &a.made, a.number)));
        live.dedup_by(|later, first| later.who == first.who);
        live
    }

    fn is_live(&self) -> bool {
        self.corrections.iter().any(|c| c.is_live())
    }

    fn anchor(&self) -> &'a Row {
        self.corrections[0].anchor()
    }

    /// Whether one person judged both, and so knew them as two.
    fn is_known_beside(&self, other: &Self) -> bool {
        self.corrections.iter().any(|one| other.corrections.iter().any(|other| one.who == other.who))
    }
}

/// The judged rows of a record, by layer and the first of their corrections.
pub(super) fn slots<'a>(record: &Record, corrections: &'a [Correction]) -> Vec<Slot<'a>> {
    Layer::ALL.into_iter().flat_map(|layer| of_layer(rows(record, layer), layer, corrections)).collect()
}

fn of_layer(machine: Vec<Row>, layer: Layer, corrections: &[Correction]) -> Vec<Slot<'_>> {
    let mut slots = by_anchor(layer, corrections);
    let mut rows: Vec<Option<Row>> = machine.into_iter().map(Some).collect();
    // What was taken back has no claim on a row that somebody still speaks of.
    for live in [true, false] {
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        for (s, slot) in slots.iter().enumerate().filter(|(_, slot)| slot.is_live() == live) {
            for (r, row) in rows.iter().enumerate() {
                let like = row.as_ref().map_or(0.0, |row| likeness(slot.anchor(), row));
                pairs.extend((like > 0.0).then_some((like, s, r)));
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
        for (_, s, r) in pairs {
            if slots[s].machine.is_none() && rows[r].is_some() {
                slots[s].machine = rows[r].take();
            }
        }
    }
    joined(slots)
}

/// One slot for each row as it was when it was judged.
fn by_anchor(layer: Layer, corrections: &[Correction]) -> Vec<Slot<'_>> {
    let mut slots: Vec<Slot<'_>> = Vec::new();
    let mut all: Vec<&Correction> = corrections.iter().filter(|c| c.layer() == layer).collect();
    all.sort_by_key(|c| c.number);
    for correction in all {
        let fields = correction.anchor().fields();
        match slots.iter_mut().find(|slot| slot.anchor().fields() == fields) {
            Some(slot) => slot.corrections.push(correction),
            None => slots.push(Slot { machine: None, corrections: vec![correction] }),
        }
    }
    slots
}

/// Join what two persons said of one row in other words: of what two coders read, or what both added.
fn joined(slots: Vec<Slot<'_>>) -> Vec<Slot<'_>> {
    let mut joined: Vec<Slot<'_>> = Vec::new();
    for slot in slots {
        let one = |other: &&mut Slot<'_>| {
            (slot.machine.is_none() || other.machine.is_none())
                && !slot.is_known_beside(other)
                && is_one(slot.anchor(), other.anchor())
        };
        match joined.iter_mut().find(one) {
            Some(other) => {
                other.machine = other.machine.take().or(slot.machine);
                other.corrections.extend(slot.corrections);
                other.corrections.sort_by_key(|c| c.number);
            }
            None => joined.push(slot),
        }
    }
    joined
}
