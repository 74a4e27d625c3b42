//! Values by number, where every bit of the numbers tells: hashes, of which the few that are known stand among many that are not.

/// A mark of each number with its value: in the slot that its upper half says, or the next that was free. As many as a power of two, half
/// of them free: those have no mark.
#[derive(Debug, Clone)]
pub(super) struct Slots<V>(Vec<(u32, V)>);

impl<V: Copy + Default> Slots<V> {
    /// Room for so many.
    pub(super) fn with_room(values: usize) -> Self {
        Self(vec![(0, V::default()); (2 * values).next_power_of_two().max(64)])
    }

    /// The value of a number, the default one where it has none.
    #[inline]
    pub(super) fn get(&self, number: u64) -> V {
        let first = self.first(number);
        let (known, value) = self.0[first];
        if known == mark(number) || known == 0 { value } else { self.0[self.behind(first, number)].1 }
    }

    /// Give a number a value; whether it had none.
    pub(super) fn insert(&mut self, number: u64, value: V) -> bool {
        let last = self.0.len() - 1;
        let slot = self.behind(self.first(number).wrapping_sub(1) & last, number);
        let free = self.0[slot].0 == 0;
        self.0[slot] = (mark(number), value);
        free
    }

    /// The first slot of a number.
    #[inline]
    fn first(&self, number: u64) -> usize {
        let upper = (number >> 32) as usize;
        upper & (self.0.len() - 1)
    }

    /// The slot of a number behind this one, or the free one where it would be.
    #[inline(never)]
    fn behind(&self, mut slot: usize, number: u64) -> usize {
        loop {
            slot = (slot + 1) & (self.0.len() - 1);
            let known = self.0[slot].0;
            if known == mark(number) || known == 0 {
                return slot;
            }
        }
    }
}

/// What tells apart numbers that share a slot: the lower half, but for its first bit, which says that there is a number.
#[inline]
fn mark(number: u64) -> u32 {
    #[expect(clippy::cast_possible_truncation, reason = "the lower half is meant")]
    let lower = number as u32;
    lower | 1 << 31
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
