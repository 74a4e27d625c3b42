//! Which formula gave way to which: the same words but for one.

use super::formula::{Counts, LEAST, LENGTHS, Side, key};
use super::stream::{FEWEST, Part, Stream};
use super::words::QuickMap;

/// A formula with one of its words left open.
struct Family {
    /// Which of the formulae.
    of: usize,
    slot: usize,
    /// Its rarest word other than the open one, and the place of that in the formula.
    anchor: usize,
}

/// For each formula, the one that differs in one word and went the other way the most clearly, with its counts.
pub(super) fn rivals(
    stream: &Stream,
    sides: &[Option<Side>],
    texts: Counts,
    side: Side,
    formulae: &[&[u32]],
) -> Vec<Option<(Vec<u32>, Counts)>> {
    let counts = counts(stream, sides, formulae);
    let rival = |at: usize| {
        let (words, own) = (formulae[at], counts[at].0);
        let mut best: Option<(&Vec<u32>, Counts, f64)> = None;
        for (variant, (of, _)) in &counts[at].1 {
            let other = match side {
                Side::Before => Side::Within,
                Side::Within => Side::Before,
            };
            let clear = super::formula::surprise(*of, texts, other);
            let enough =
                of.of(other) >= FEWEST && 4 * of.of(other) >= own.of(side) && of.of(side) < own.of(side);
            let better = best.as_ref().is_none_or(|(_, _, known)| clear > *known);
            if enough && clear > 0.0 && better && variant.as_slice() != words {
                best = Some((variant, *of, clear));
            }
        }
        best.filter(|(_, _, clear)| *clear >= LEAST).map(|(words, of, _)| (words.clone(), of))
    };
    (0..formulae.len()).map(rival).collect()
}

type Variants = std::collections::BTreeMap<Vec<u32>, (Counts, u32)>;

/// The counts of each formula, and of those that differ from it in one word.
fn counts(stream: &Stream, sides: &[Option<Side>], formulae: &[&[u32]]) -> Vec<(Counts, Variants)> {
    let mut families: QuickMap<u32, Vec<Family>> = QuickMap::default();
    for (of, words) in formulae.iter().enumerate() {
        let part = |at: usize| stream.parts[words[at] as usize];
        let telling = (0..words.len()).filter(|&at| part(at) != Part::Edge).count();
        // With one word left to hold it together, only a name may take the place of a name: "the war in …".
        for slot in
            (0..words.len()).filter(|&at| part(at) == Part::Name || part(at) == Part::Content && telling > 2)
        {
            // Words are numbered by how common they are.
            let anchor = (0..words.len()).filter(|at| *at != slot).max_by_key(|at| words[*at]);
            if let Some(anchor) = anchor.filter(|_| words.len() > *LENGTHS.start()) {
                families.entry(words[anchor]).or_default().push(Family { of, slot, anchor });
            }
        }
    }
    let mut is_anchor = vec![false; stream.parts.len()];
    formulae.iter().flat_map(|words| words.iter()).for_each(|word| {
        is_anchor[*word as usize] = families.contains_key(word);
    });
    let mut all: Vec<(Counts, Variants)> = formulae.iter().map(|_| Default::default()).collect();
    let mut last_own = vec![0_u32; formulae.len()];
    for (number, ((_, place), of)) in (1_u32..).zip(stream.texts.iter().zip(sides)) {
        let Some(side) = of else { continue };
        for at in place.clone().filter(|at| is_anchor[stream.words[*at] as usize]) {
            for family in &families[&stream.words[at]] {
                let words = formulae[family.of];
                let start = at.checked_sub(family.anchor).filter(|start| *start >= place.start);
                let here = start.and_then(|start| stream.words.get(start..start + words.len()));
                let Some(here) = here.filter(|here| differ_in(words, here, family.slot, stream)) else {
                    continue;
                };
                if key(here) == key(words) {
                    if last_own[family.of] != number {
                        last_own[family.of] = number;
                        all[family.of].0.add(*side);
                    }
                    continue;
                }
                let (counts, last) = all[family.of].1.entry(here.to_vec()).or_default();
                if *last != number {
                    *last = number;
                    counts.add(*side);
                }
            }
        }
    }
    all
}

/// Whether all but the open word agree, and that is one that says something.
fn differ_in(words: &[u32], here: &[u32], slot: usize, stream: &Stream) -> bool {
    let agree = (0..words.len()).all(|at| at == slot || words[at] == here[at]);
    agree && here[slot] != 0 && stream.parts[here[slot] as usize] == stream.parts[words[slot] as usize]
}
