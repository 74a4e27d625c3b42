//! Formulae: sequences of words that come more often, or more seldom, in one period than in another.
//!
//! What counts is how many texts have a formula, never how often: a text that repeats itself is one text. Formulae are
//! found from short to long: one of n words can only be as frequent as both of n - 1 words in it.

use std::sync::Arc;

use super::stream::{FEWEST, Part, Stream};
use super::words::{QuickMap, mix};

/// Lengths in words.
pub(super) const LENGTHS: std::ops::RangeInclusive<usize> = 2..=8;

/// The least surprise that is worth a row: 1 in 20 by chance.
pub(super) const LEAST: f64 = 3.84;

/// Of nested formulae the longer is told where it stands in this share of the texts of the shorter.
const MOSTLY: f64 = 0.65;

/// When a text is of, if it takes part in the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    Within,
}

/// In how many texts of either side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) before: u32,
    pub(super) within: u32,
}

impl Counts {
    pub(super) fn of(self, side: Side) -> u32 {
        match side {
            Side::Before => self.before,
            Side::Within => self.within,
        }
    }

    pub(super) fn add(&mut self, side: Side) {
        match side {
            Side::Before => self.before += 1,
            Side::Within => self.within += 1,
        }
    }
}

/// A formula with what it counts.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) words: Vec<u32>,
    pub(super) counts: Counts,
    pub(super) surprise: f64,
}

/// What is known of a sequence of words while it is counted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Entry {
    pub(super) counts: Counts,
    /// The last text that was counted, from 1.
    last: u32,
    /// Where it stands in the stream.
    pub(super) at: u32,
}

/// The hash of a formula.
pub(super) fn key(words: &[u32]) -> u64 {
    words.iter().fold(0, |hash, &word| mix(hash, u64::from(word)))
}

/// How surprising it is to find a formula in `counts` of all `texts`, if it were as common on both sides: the logarithm
/// of the likelihood ratio (Dunning's G²), 0 where it is not commoner on the side that was asked for.
pub(super) fn surprise(counts: Counts, texts: Counts, side: Side) -> f64 {
    let share = |k: u32, n: u32| if n == 0 { 0.0 } else { f64::from(k) / f64::from(n) };
    let (before, within) = (share(counts.before, texts.before), share(counts.within, texts.within));
    let commoner = match side {
        Side::Before => before > within,
        Side::Within => within > before,
    };
    if !commoner {
        return 0.0;
    }
    let all = share(counts.before + counts.within, texts.before + texts.within);
    let term = |k: u32, n: u32, own: f64| {
        let part = |count: u32, own: f64, all: f64| {
            if count == 0 { 0.0 } else { f64::from(count) * (own / all).ln() }
        };
        part(k, own, all) + part(n - k, 1.0 - own, 1.0 - all)
    };
    2.0 * (term(counts.before, texts.before, before) + term(counts.within, texts.within, within))
}

/// The formulae that are surprisingly common on a side, the most surprising first; of nested ones in mostly the same texts the longest.
pub(super) fn formulae(stream: &Stream, sides: &[Option<Side>], texts: Counts, side: Side) -> Vec<Found> {
    let fewest = fewest(texts, side);
    let mut search = Search::new(stream, sides, side, fewest);
    let worth = |entry: &Entry, length: usize| {
        let words = &stream.words[entry.at as usize..entry.at as usize + length];
        worth(words, entry.counts, texts, side, fewest).filter(|_| is_formula(words, &stream.parts))
    };
    // Those of one length are counted exactly while the next are looked for.
    let found = std::thread::scope(|scope| {
        let count = |length| {
            if length > *LENGTHS.start() {
                search.lengthen(length);
            }
            let places = search.places();
            scope.spawn(move || -> QuickMap<u64, Found> {
                let entries = exactly(stream, sides, side, &places, length);
                entries.iter().filter_map(|(key, entry)| Some((*key, worth(entry, length)?))).collect()
            })
        };
        let counted: Vec<_> = LENGTHS.map(count).collect();
        counted.into_iter().map(|thread| thread.join().expect("counting does not panic")).collect()
    });
    longest(found, side)
}

/// What is found, if its counts are worth a row.
pub(super) fn worth(words: &[u32], counts: Counts, texts: Counts, side: Side, fewest: u32) -> Option<Found> {
    if counts.of(side) < fewest {
        return None;
    }
    let surprise = surprise(counts, texts, side);
    (surprise >= LEAST).then(|| Found { words: words.to_vec(), counts, surprise })
}

/// The places of all sequences of one length that may be frequent enough, grown word by word.
pub(super) struct Search<'a> {
    stream: &'a Stream,
    sides: &'a [Option<Side>],
    side: Side,
    fewest: u32,
    alive: Arc<Vec<Place>>,
    /// For each place, how many words from there on stand together in enough texts, as far as `cells` tell.
    reach: Vec<u8>,
    /// For each hash, cut short: the last text counted, and how many. As hashes may share a cell, never too few.
    cells: Vec<u32>,
}

/// Where a sequence of words begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    start: u32,
    /// Which of the texts, from 0.
    text: u32,
    key: u64,
}

impl<'a> Search<'a> {
    const CELLS: usize = 1 << 20;

    /// With all places of two words that are frequent enough.
    pub(super) fn new(stream: &'a Stream, sides: &'a [Option<Side>], side: Side, fewest: u32) -> Self {
        let (reach, cells) = (vec![0; stream.words.len() + 1], vec![0; Self::CELLS]);
        let mut alive = Vec::new();
        let mut search =
            Self { stream, sides, side, fewest: fewest.min(0xffff), alive: Arc::default(), reach, cells };
        let key = |pair: &[u32]| mix(mix(0, u64::from(pair[0])), u64::from(pair[1]));
        let texts = || (0_u32..).zip(stream.texts.iter().zip(sides));
        for (text, ((_, at), _)) in texts().filter(|(_, (_, of))| **of == Some(side)) {
            for pair in stream.words[at.clone()].windows(2).filter(|pair| !pair.contains(&0)) {
                search.count(key(pair), text);
            }
        }
        for (text, ((_, at), _)) in texts().filter(|(_, (_, of))| of.is_some()) {
            for (start, pair) in at.clone().zip(stream.words[at.clone()].windows(2)) {
                let key = key(pair);
                if !pair.contains(&0) && search.may_be_frequent(key) {
                    search.reach[start] = 2;
                    alive.push(Place { start: u32::try_from(start).unwrap_or(u32::MAX), text, key });
                }
            }
        }
        search.alive = Arc::new(alive);
        search
    }

    /// Those of the length that was reached.
    pub(super) fn places(&self) -> Arc<Vec<Place>> {
        Arc::clone(&self.alive)
    }

    fn count(&mut self, key: u64, text: u32) {
        let (mark, cell) = ((text + 1) << 16, &mut self.cells[Self::cell(key)]);
        if *cell & 0xffff_0000 != mark {
            *cell = mark | ((*cell & 0xffff) + 1).min(0xffff);
        }
    }

    fn may_be_frequent(&self, key: u64) -> bool {
        self.cells[Self::cell(key)] & 0xffff >= self.fewest
    }

    fn cell(key: u64) -> usize {
        (key >> 44) as usize % Self::CELLS
    }

    fn is_own(&self, place: &Place) -> bool {
        self.sides[place.text as usize] == Some(self.side)
    }

    /// Keep the places at which one word more still is frequent enough.
    pub(super) fn lengthen(&mut self, length: usize) {
        let whole = u8::try_from(length).expect("at most eight");
        // Each text ends with a break, which reaches nothing.
        let longer = |place: &&Place| self.reach[place.start as usize + 1] + 1 >= whole;
        let mut alive: Vec<Place> = self.alive.iter().filter(longer).copied().collect();
        self.cells.fill(0);
        for place in &mut alive {
            place.key = mix(place.key, u64::from(self.stream.words[place.start as usize + length - 1]));
            if self.is_own(place) {
                self.count(place.key, place.text);
            }
        }
        alive.retain(|place| self.may_be_frequent(place.key));
        alive.iter().for_each(|place| self.reach[place.start as usize] = whole);
        self.alive = Arc::new(alive);
    }
}

/// The exact counts of all that may be told: the ends say something.
pub(super) fn exactly(
    stream: &Stream,
    sides: &[Option<Side>],
    side: Side,
    places: &[Place],
    length: usize,
) -> QuickMap<u64, Entry> {
    let mut entries: QuickMap<u64, Entry> = QuickMap::default();
    entries.reserve(places.len() / 16);
    let telling = |at: usize| stream.parts[stream.words[at] as usize] != Part::Edge;
    for own in [true, false] {
        for place in places.iter().filter(|place| (sides[place.text as usize] == Some(side)) == own) {
            let start = place.start as usize;
            if !telling(start) || !telling(start + length - 1) {
                continue;
            }
            let entry =
                if own { Some(entries.entry(place.key).or_default()) } else { entries.get_mut(&place.key) };
            if let (Some(entry), Some(side)) = (entry, sides[place.text as usize])
                && entry.last != place.text + 1
            {
                entry.last = place.text + 1;
                entry.at = place.start;
                entry.counts.add(side);
            }
        }
    }
    entries
}

/// In how many texts of the side at least, to be worth a row if there is none on the other.
pub(super) fn fewest(texts: Counts, side: Side) -> u32 {
    let all = texts.of(side);
    let alone = |k: u32| {
        let mut counts = Counts::default();
        match side {
            Side::Before => counts.before = k,
            Side::Within => counts.within = k,
        }
        surprise(counts, texts, side)
    };
    (FEWEST..=all).find(|&k| alone(k) >= LEAST).unwrap_or(all + 1)
}

/// Two words at least that say something, one of them more than a name, and no word at either end that says nothing.
pub(super) fn is_formula(words: &[u32], parts: &[Part]) -> bool {
    let part = |word: &u32| parts[*word as usize];
    let telling = words.iter().filter(|word| part(word) != Part::Edge).count();
    let ends = [words.first(), words.last()];
    telling > 1
        && ends.iter().flatten().all(|word| part(word) != Part::Edge)
        && words.iter().any(|word| part(word) == Part::Content)
}

pub(super) fn longest(found: Vec<QuickMap<u64, Found>>, side: Side) -> Vec<Found> {
    let mut found = found;
    for at in (1..found.len()).rev() {
        let longer: Vec<(Vec<u32>, u32)> =
            found[at].values().map(|one| (one.words.clone(), one.counts.of(side))).collect();
        for (words, count) in longer {
            for shorter in LENGTHS.take_while(|length| *length < words.len()) {
                for part in words.windows(shorter) {
                    let key = key(part);
                    let within = &mut found[shorter - LENGTHS.start()];
                    let mostly = |one: &Found| f64::from(count) >= MOSTLY * f64::from(one.counts.of(side));
                    if within.get(&key).is_some_and(mostly) {
                        within.remove(&key);
                    }
                }
            }
        }
    }
    let mut all: Vec<Found> = found.into_iter().flat_map(QuickMap::into_values).collect();
    all.sort_by(|a, b| b.surprise.total_cmp(&a.surprise).then_with(|| a.words.cmp(&b.words)));
    all
}
