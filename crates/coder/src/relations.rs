//! Relations of Universal Dependencies as sets: rules ask of every word whether its relation is among some.

/// The universal relations (universaldependencies.org/u/dep), without subtypes.
const ALL: [&str; 37] = [
    "acl",
    "advcl",
    "advmod",
    "amod",
    "appos",
    "aux",
    "case",
    "cc",
    "ccomp",
    "clf",
    "compound",
    "conj",
    "cop",
    "csubj",
    "dep",
    "det",
    "discourse",
    "dislocated",
    "expl",
    "fixed",
    "flat",
    "goeswith",
    "iobj",
    "list",
    "mark",
    "nmod",
    "nsubj",
    "nummod",
    "obj",
    "obl",
    "orphan",
    "parataxis",
    "punct",
    "reparandum",
    "root",
    "vocative",
    "xcomp",
];

/// A set of relations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Relations(u64);

/// Relations by name: `rel!["nmod", "amod"]`. The program is not built where one is misspelt.
macro_rules! rel {
    ($($name:literal),+ $(,)?) => {
        const { $crate::relations::Relations::of(&[$($name),+]) }
    };
}
pub(crate) use rel;

/// Places in which each relation is found without a search, by [`slot`]; no two share one.
const SLOTS: [u8; 128] = {
    let (mut slots, mut i) = ([u8::MAX; 128], 0);
    while i < ALL.len() {
        let slot = slot(ALL[i].as_bytes());
        assert!(slots[slot] == u8::MAX, "two relations in one place");
        slots[slot] = i as u8;
        i += 1;
    }
    slots
};

/// A number for a name by its length and its ends.
const fn slot(name: &[u8]) -> usize {
    match name {
        [first, .., last] => (*first as usize + 4 * *last as usize + 30 * name.len()) % SLOTS_LEN,
        _ => 0,
    }
}

const SLOTS_LEN: usize = 128;

impl Relations {
    pub(crate) const NONE: Self = Self(0);

    /// The relation of a word; of one that is not universal nothing.
    pub(crate) fn one(name: &str) -> Self {
        let known = usize::from(SLOTS[slot(name.as_bytes())]);
        Self(ALL.get(known).map_or(0, |all| u64::from(*all == name) << known))
    }

    /// A set by its names.
    pub(crate) const fn of(names: &[&str]) -> Self {
        let (mut set, mut i) = (0, 0);
        while i < names.len() {
            let name = names[i].as_bytes();
            let known = SLOTS[slot(name)] as usize;
            assert!(known < ALL.len() && is(ALL[known].as_bytes(), name), "no universal relation");
            set |= 1 << known;
            i += 1;
        }
        Self(set)
    }

    /// Whether the two have a relation in common.
    #[inline]
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

const fn is(one: &[u8], other: &[u8]) -> bool {
    let mut i = 0;
    while i < one.len() && i < other.len() && one[i] == other[i] {
        i += 1;
    }
    i == one.len() && i == other.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_relation_is_told_from_all_others() {
        assert!(ALL.is_sorted());
        for name in ALL {
            let same = ALL.iter().filter(|other| Relations::one(name).meets(Relations::of(&[other])));
            assert_eq!(same.collect::<Vec<_>>(), [&name]);
        }
        assert!(["", "x", "nsubj:pass", "obliq"].iter().all(|name| Relations::one(name) == Relations(0)));
    }
}
