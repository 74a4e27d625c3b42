//! Names by the hashes of their letters: the longest one that starts a run of words is found word by word, one look at each, and of most
//! words one bit tells that they begin none.

use super::key::{Spelling, words};

/// A run of letters by its hash, a number whose digits they are, so that those of words in a row are told from those of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Letters {
    hash: u64,
    /// What a number is multiplied by that these letters are put behind.
    shift: u64,
}

impl Letters {
    /// No letters.
    pub(crate) const NONE: Self = Self { hash: 0, shift: 1 };
    const BASE: u64 = 0x5851_f42d_4c95_7f2d;

    fn and_letter(self, letter: u8) -> Self {
        self.and(Self { hash: letter.into(), shift: Self::BASE })
    }

    /// With further letters behind.
    #[inline]
    pub(crate) fn and(self, more: Self) -> Self {
        let hash = self.hash.wrapping_mul(more.shift).wrapping_add(more.hash);
        Self { hash, shift: self.shift.wrapping_mul(more.shift) }
    }

    /// Those of a word.
    pub(crate) fn of(word: &str, spelling: Spelling) -> Self {
        let spelt = || spelling.letters(&spelling.plain(word)).fold(Self::NONE, Self::and_letter);
        Self::of_plain(word.as_bytes(), spelling).unwrap_or_else(spelt)
    }

    /// The same of a plain word.
    #[inline]
    fn of_plain(word: &[u8], spelling: Spelling) -> Option<Self> {
        let (mut letters, table) = (Self::NONE, spelling.table());
        for &byte in word {
            let letter = table[usize::from(byte)];
            if letter > Spelling::OTHER {
                letters = letters.and_letter(letter);
            } else if letter == Spelling::OTHER {
                return None;
            }
        }
        Some(letters)
    }

    /// Those of a key; of its words in whatever order.
    fn of_key(key: &str) -> Self {
        let words = key.as_bytes().split(|&byte| byte == b' ');
        Self::of_words(words.map(|word| word.iter().copied().fold(Self::NONE, Self::and_letter)))
    }

    /// Those of a name as [`fold`](super::key::fold) has it, and as [`unordered`](super::key::unordered) does.
    pub(crate) fn of_name(name: &str) -> (Self, Self) {
        let plain = || {
            let mut words = name.as_bytes().split(|byte| matches!(byte, b' ' | b'-'));
            words.try_fold((Self::NONE, Self::of_words([])), |(whole, unordered), word| {
                let word = Self::of_plain(word, Spelling::Folded)?;
                Some((whole.and(word), Self::of_words([unordered, word])))
            })
        };
        plain().unwrap_or_else(|| {
            let each = words(name).map(|word| Self::of(word, Spelling::Folded));
            (Self::of(name, Spelling::Folded), Self::of_words(each))
        })
    }

    fn of_words(words: impl IntoIterator<Item = Self>) -> Self {
        Self { hash: words.into_iter().fold(0, |sum, word| sum.wrapping_add(word.hash)), ..Self::NONE }
    }

    /// One of as many places as a power of two.
    fn place(self, places: usize) -> usize {
        let mixed = (self.hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize;
        mixed & places.wrapping_sub(1)
    }
}

/// A slot: a hash and one more than the number that its name leads to; zeros where it is free.
type Slot = [u8; 12];

/// Names as bytes of a compiled file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hashed<'a> {
    /// One bit for each place: whether the letters of a name lead to it, all or, where names have slots, the first ones.
    begun: &'a [u8],
    /// As many as a power of two, half of them free; or none.
    slots: &'a [Slot],
}

impl<'a> Hashed<'a> {
    /// The names that open these bytes, and what follows them.
    pub(crate) fn split_from(bytes: &'a [u8]) -> Option<(Self, &'a [u8])> {
        let (begun, rest) = counted(bytes)?;
        let (slots, rest) = counted(rest)?;
        let sound = |length: usize| length == 0 || length.is_power_of_two();
        let slots = slots.as_chunks().0;
        (sound(begun.len()) && sound(slots.len())).then_some((Self { begun, slots }, rest))
    }

    /// Whether a name with a slot may begin with these letters, or any may be them.
    #[inline]
    pub(crate) fn may_begin(self, letters: Letters) -> bool {
        let place = letters.place(8 * self.begun.len());
        self.begun.get(place / 8).is_some_and(|bits| bits >> (place % 8) & 1 == 1)
    }

    /// What the name of these letters leads to.
    pub(crate) fn get(self, letters: Letters) -> Option<u64> {
        let places = self.slots.len();
        let mut place = letters.place(places);
        for _ in 0..places {
            let (hash, value) = read(self.slots[place]);
            if hash == letters.hash || value == 0 {
                return value.checked_sub(1);
            }
            place = (place + 1) & (places - 1);
        }
        None
    }

    /// Whether this may be the key of a name.
    pub(crate) fn may_have(self, key: &str) -> bool {
        self.may_begin(Letters::of_key(key))
    }

    /// Names, each once and with the number that it leads to, as bytes.
    pub(crate) fn compile<'k>(names: impl Iterator<Item = (&'k str, u64)>) -> Vec<u8> {
        let (mut begun, mut whole) = (Vec::new(), Vec::new());
        for (name, value) in names {
            let mut letters = Letters::NONE;
            for letter in name.bytes() {
                letters = letters.and_letter(letter);
                begun.push(letters);
            }
            whole.push((letters, value));
        }
        let mut slots: Vec<Slot> = vec![[0; 12]; (2 * whole.len()).next_power_of_two()];
        for (letters, value) in whole {
            let mut slot = letters.place(slots.len());
            while read(slots[slot]).1 != 0 {
                slot = (slot + 1) % slots.len();
            }
            let value = u32::try_from(value + 1).expect("tables have fewer rows");
            slots[slot][..8].copy_from_slice(&letters.hash.to_le_bytes());
            slots[slot][8..].copy_from_slice(&value.to_le_bytes());
        }
        bytes_of(&begun, begun.len().next_power_of_two() / 2, &slots)
    }

    /// Keys of names without slots, as bytes.
    pub(crate) fn compile_keys<'k>(keys: impl Iterator<Item = &'k str>) -> Vec<u8> {
        let whole: Vec<Letters> = keys.map(Letters::of_key).collect();
        bytes_of(&whole, whole.len().next_power_of_two(), &[])
    }
}

/// The bits of letters in so many bytes, and slots.
fn bytes_of(begun: &[Letters], bytes: usize, slots: &[Slot]) -> Vec<u8> {
    let mut bits = vec![0_u8; bytes.max(1)];
    for letters in begun {
        let place = letters.place(8 * bits.len());
        bits[place / 8] |= 1 << (place % 8);
    }
    let slots = slots.as_flattened();
    let length = |bytes: &[u8]| (bytes.len() as u64).to_le_bytes();
    [&length(&bits), &bits[..], &length(slots), slots].concat()
}

/// The bytes that open these, after their number, and the rest.
fn counted(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    rest.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)
}

/// The hash in a slot, and the number.
fn read(slot: Slot) -> (u64, u64) {
    let [hash @ .., a, b, c, d] = slot;
    (u64::from_le_bytes(hash), u32::from_le_bytes([a, b, c, d]).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> Letters {
        text.bytes().fold(Letters::NONE, Letters::and_letter)
    }

    #[test]
    fn a_name_leads_to_its_number_and_its_letters_to_it() {
        let bytes = Hashed::compile([("Peru", 0), ("UnitedNations", 7), ("EU", 3)].into_iter());
        let (names, rest) = Hashed::split_from(&bytes).expect("as many bytes as are told");
        assert!(rest.is_empty());
        let found = ["Peru", "UnitedNations", "EU", "Per", "Chad"].map(|name| names.get(letters(name)));
        assert_eq!(found, [Some(0), Some(7), Some(3), None, None]);
        assert!(["P", "Peru", "United", "E"].iter().all(|begun| names.may_begin(letters(begun))));
        assert!(!["Peruvian", "C", "chad"].iter().all(|begun| names.may_begin(letters(begun))));
    }

    #[test]
    fn letters_of_words_in_a_row_are_those_of_their_text() {
        let [given, last] = ["Côte-", "d’Ivoire"].map(|word| Letters::of(word, Spelling::Squeezed));
        assert_eq!(given.and(last), Letters::of("Côte d'Ivoire", Spelling::Squeezed));
        assert_eq!(given.and(Letters::NONE), letters("Cote"));
    }

    #[test]
    fn a_key_is_known_whole_and_in_any_order_of_its_words() {
        let bytes = Hashed::compile_keys([" fumio kishida", "turkiye"].into_iter());
        let (keys, _) = Hashed::split_from(&bytes).expect("as many bytes as are told");
        assert!([" fumio kishida", "turkiye"].iter().all(|key| keys.may_have(key)));
        assert!(["fumiokishida", "fumio", "turk", ""].iter().any(|key| !keys.may_have(key)));
        assert!(
            ["KISHIDA Fumio", "Fumio-Kíshida"].iter().all(|name| keys.may_begin(Letters::of_name(name).1))
        );
        assert!(["Tur-kiye", "Türkiye"].iter().all(|name| keys.may_begin(Letters::of_name(name).0)));
    }

    #[test]
    fn no_names_are_found_among_none() {
        let bytes = Hashed::compile(std::iter::empty());
        let (names, _) = Hashed::split_from(&bytes).expect("as many bytes as are told");
        assert!(names.get(letters("Peru")).is_none() && !names.may_begin(letters("Peru")));
    }
}
