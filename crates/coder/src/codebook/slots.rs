//! Values by number, where every bit of the numbers tells: hashes, of which the few that are known stand among many that are not.

/// The lower half of each number with its value: in the slot that its upper half says, or the next that was free. As many as a power of
/// two, half of them free; no value is the default one.
#[derive(Debug, Clone)]
pub(super) struct Slots<V>(Vec<(u32, V)>);

impl<V: Copy + Default + PartialEq> Slots<V> {
    /// Room for so many.
    pub(super) fn with_room(values: usize) -> Self {
        Self(vec![(0, V::default()); (2 * values).next_power_of_two().max(64)])
    }

    /// For how many there is room.
    pub(super) fn room(&self) -> usize {
        self.0.len() / 2
    }

    /// The value of a number, the default one where it has none.
    #[inline]
    pub(super) fn get(&self, number: u64) -> V {
        self.0[self.slot(number)].1
    }

    /// Give a number a value; whether it had none.
    pub(super) fn insert(&mut self, number: u64, value: V) -> bool {
        let slot = self.slot(number);
        let free = self.0[slot].1 == V::default();
        self.0[slot] = (lower(number), value);
        free
    }

    /// The slot of a number, or the free one where it would be.
    #[inline]
    fn slot(&self, number: u64) -> usize {
        #[expect(clippy::cast_possible_truncation, reason = "there are fewer slots than that")]
        let first = (number >> 32) as usize & (self.0.len() - 1);
        if self.is_of(first, number) { first } else { self.behind(first, number) }
    }

    /// The same behind a slot that has another number.
    #[inline(never)]
    fn behind(&self, mut slot: usize, number: u64) -> usize {
        loop {
            slot = (slot + 1) & (self.0.len() - 1);
            if self.is_of(slot, number) {
                return slot;
            }
        }
    }

    /// Whether a slot has the value of a number, or is free.
    #[inline]
    fn is_of(&self, slot: usize, number: u64) -> bool {
        let (known, value) = self.0[slot];
        known == lower(number) || value == V::default()
    }
}

/// The half of a number by which those that share a slot are told apart.
#[inline]
fn lower(number: u64) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
    let lower = number as u32;
    lower
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_share_a_slot_have_their_own_values() {
        let mut slots = Slots::with_room(3);
        let [one, other, third] = [0x7_0000_0001, 0x7_0000_0002, 0x8_0000_0001];
        assert!(slots.insert(one, 1) && slots.insert(other, 2) && slots.insert(third, 3));
        assert!(!slots.insert(other, 4));
        let told = [one, other, third, 0x7_0000_0003].map(|number| slots.get(number));
        assert_eq!(told, [1, 4, 3, 0]);
    }
}
