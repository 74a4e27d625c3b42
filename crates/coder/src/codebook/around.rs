//! What stands around a word, as far as it can be told at a glance: most patterns are ruled out by it.

use std::ops::Deref;

use super::pattern::{Filler, Pattern, Place};

/// Prepositions that open what follows a predicate, sorted.
const PREPOSITIONS: [&str; 77] = [
    "aboard",
    "about",
    "above",
    "across",
    "after",
    "against",
    "ahead of",
    "along",
    "along with",
    "alongside",
    "amid",
    "among",
    "around",
    "as",
    "at",
    "atop",
    "away from",
    "because of",
    "before",
    "behind",
    "below",
    "beneath",
    "beside",
    "besides",
    "between",
    "beyond",
    "by",
    "concerning",
    "despite",
    "due to",
    "during",
    "except",
    "following",
    "for",
    "from",
    "in",
    "in favor of",
    "in favour of",
    "in front of",
    "in protest at",
    "inside",
    "instead of",
    "into",
    "like",
    "near",
    "next to",
    "of",
    "off",
    "on",
    "on behalf of",
    "onto",
    "opposite",
    "out of",
    "outside",
    "outside of",
    "over",
    "past",
    "regarding",
    "round",
    "since",
    "than",
    "through",
    "throughout",
    "till",
    "to",
    "together with",
    "toward",
    "towards",
    "under",
    "until",
    "up to",
    "upon",
    "versus",
    "via",
    "with",
    "within",
    "without",
];

/// Where those begin that open with each letter.
const INITIALS: [usize; 27] = {
    let mut starts = [0; 27];
    let mut at = 0;
    while at < PREPOSITIONS.len() {
        let mut later = (PREPOSITIONS[at].as_bytes()[0] - b'a') as usize + 1;
        while later < starts.len() {
            starts[later] += 1;
            later += 1;
        }
        at += 1;
    }
    starts
};

/// The number of a preposition that patterns know.
fn known(words: &str) -> Option<usize> {
    let initial = usize::from(words.bytes().next()?.checked_sub(b'a')?);
    let (first, last) = (*INITIALS.get(initial)?, *INITIALS.get(initial + 1)?);
    PREPOSITIONS[first..last].iter().position(|known| *known == words).map(|at| first + at)
}

/// Whether patterns know a preposition.
pub(super) fn is_preposition(words: &str) -> bool {
    known(words).is_some()
}

/// The prepositions of which one stands before a place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Prepositions {
    words: Vec<String>,
    set: Around,
}

impl Prepositions {
    pub(super) fn of(words: Vec<String>) -> Self {
        let set = words.iter().map(|word| Around::right_behind(word)).collect();
        Self { words, set }
    }

    /// Whether something behind these may fill the place. "Pulled out of Mali": what the parser takes for one preposition may be a
    /// particle and one.
    #[inline]
    pub(crate) fn open(&self, behind: Around) -> bool {
        self.set.meets(behind)
    }
}

impl Deref for Prepositions {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.words
    }
}

/// A set of what may stand around a word: a subject, an object, something behind a certain preposition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Around(u128);

impl Around {
    /// The word itself, which is always there.
    pub(crate) const WORD: Self = Self(1 << 122);
    pub(crate) const SUBJECT: Self = Self(1 << 123);
    pub(crate) const OBJECT: Self = Self(1 << 124);
    pub(crate) const CLAUSE: Self = Self(1 << 125);
    pub(crate) const INFINITIVE: Self = Self(1 << 126);
    pub(crate) const DOING: Self = Self(1 << 127);

    pub(crate) const BY: Self = Self::short(*b"by");
    pub(crate) const OF: Self = Self::short(*b"of");

    /// Something behind a preposition of two letters, which patterns know.
    const fn short(letters: [u8; 2]) -> Self {
        let mut at = 0;
        while let known = PREPOSITIONS[at].as_bytes()
            && (known.len() != 2 || known[0] != letters[0] || known[1] != letters[1])
        {
            at += 1;
        }
        Self(1 << at)
    }

    /// Something behind just this preposition.
    fn right_behind(preposition: &str) -> Self {
        known(preposition).map_or_else(Self::default, |number| Self(1 << number))
    }

    /// Something behind a preposition; of two that stand together ("out of") also behind the second.
    pub(crate) fn behind(preposition: &str) -> Self {
        let tails = std::iter::successors(Some(preposition), |p| p.split_once(' ').map(|(_, tail)| tail));
        tails.map(Self::right_behind).collect()
    }

    #[inline]
    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// What must stand around a word for a pattern to fit: something of each set. Three sets rule out nearly all that can be ruled out.
    pub(super) fn needed(pattern: &Pattern) -> [Self; 3] {
        let subject = pattern.subject.iter().filter(|s| !s.optional).map(|_| Self::SUBJECT);
        // What stands behind another verb belongs to that.
        let other_verb = |p: &&Place| matches!(p.filler, Filler::Do(_) | Filler::Doing(_));
        let own = pattern.places.iter().position(|p| other_verb(&p)).map_or(pattern.places.len(), |i| i + 1);
        let places = pattern.places[..own].iter().filter(|p| !p.optional).filter_map(Self::of_place);
        let mut all = subject.chain(places);
        std::array::from_fn(|_| all.next().unwrap_or(Self::WORD))
    }

    fn of_place(place: &Place) -> Option<Self> {
        // Who acts or owns may be told in other ways.
        let loose = place.prepositions.iter().any(|p| matches!(p.as_str(), "by" | "of"));
        Some(match &place.filler {
            Filler::Do(_) => Self::INFINITIVE,
            Filler::Doing(_) => Self::DOING,
            Filler::Clause | Filler::ClauseOf => Self::CLAUSE,
            _ if loose => return None,
            filler if place.prepositions.is_empty() && filler.is_recipient() => {
                [Self::OBJECT, Self::behind("to"), Self::behind("for")].into_iter().collect()
            }
            _ if place.prepositions.is_empty() => Self::OBJECT,
            _ => place.prepositions.iter().map(|p| Self::behind(p)).collect(),
        })
    }
}

impl FromIterator<Self> for Around {
    fn from_iter<T: IntoIterator<Item = Self>>(sets: T) -> Self {
        Self(sets.into_iter().fold(0, |all, set| all | set.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prepositions_are_sorted_and_known_by_their_last_word_too() {
        assert!(PREPOSITIONS.is_sorted());
        assert!(Around::behind("out of").meets(Around::behind("of")));
        assert!(!Around::behind("of").meets(Around::behind("off")));
        assert!(!Around::behind("notwithstanding").meets(Around(u128::MAX)));
    }
}
