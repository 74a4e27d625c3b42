//! Which formula gave way to which: the same words but for one.

use std::collections::BTreeMap;

use super::formula::{Counts, LEAST, LENGTHS, Side};
use super::formulary::{BySide, Formulary};
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

/// The counts of a formula, and of those that differ from it in one word.
pub(super) type Variants = (Counts, BTreeMap<Vec<u32>, Counts>);

/// For each formula, the one that differs in one word and went the other way the most clearly, with its counts.
pub(super) fn rivals(
    counts: &[Variants],
    texts: Counts,
    side: Side,
    formulae: &[&[u32]],
) -> Vec<Option<(Vec<u32>, Counts)>> {
    let rival = |at: usize| {
        let (words, own) = (formulae[at], counts[at].0);
        let mut best: Option<(&Vec<u32>, Counts, f64)> = None;
        for (variant, of) in &counts[at].1 {
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

/// As all texts tell it.
pub(super) fn counted(stream: &Stream, sides: &[Option<Side>], formulae: &[&[u32]]) -> Vec<Variants> {
    let mut all: Vec<Variants> = formulae.iter().map(|_| Default::default()).collect();
    let mut last: Vec<BTreeMap<Vec<u32>, usize>> = vec![BTreeMap::new(); formulae.len()];
    each(stream, formulae, |of, here, text| {
        let Some(side) = sides[text] else { return };
        if last[of].get(here) != Some(&text) {
            last[of].insert(here.to_vec(), text);
            match here == formulae[of] {
                true => all[of].0.add(side),
                false => all[of].1.entry(here.to_vec()).or_default().add(side),
            }
        }
    });
    all
}

/// As the lists of the formulary tell it, but for those that stand in too few texts for it: what is a part of some of its
/// formulae stands in the texts of the commonest of them.
pub(super) fn known(formulary: &Formulary, sides: &BySide, formulae: &[&[u32]]) -> Vec<Variants> {
    let mut commonest: Vec<BTreeMap<Vec<u32>, usize>> = vec![BTreeMap::new(); formulae.len()];
    each(formulary.stream(), formulae, |of, here, at| {
        let best = commonest[of].entry(here.to_vec()).or_insert(at);
        if formulary.of(at) > formulary.of(*best) {
            *best = at;
        }
    });
    let counted = |(variants, own): (BTreeMap<Vec<u32>, usize>, &&[u32])| {
        let mut counts: BTreeMap<Vec<u32>, Counts> =
            variants.into_iter().map(|(words, at)| (words, formulary.counts(at, sides))).collect();
        (counts.remove(*own).unwrap_or_default(), counts)
    };
    commonest.into_iter().zip(formulae).map(counted).collect()
}

/// Each place of each formula, or of one that differs from it in a word: which formula, the words, and in which text.
fn each(stream: &Stream, formulae: &[&[u32]], mut found: impl FnMut(usize, &[u32], usize)) {
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
    for (text, (_, place)) in stream.texts.iter().enumerate() {
        for at in place.clone().filter(|at| is_anchor[stream.words[*at] as usize]) {
            for family in &families[&stream.words[at]] {
                let words = formulae[family.of];
                let start = at.checked_sub(family.anchor).filter(|start| *start >= place.start);
                let here = start.and_then(|start| stream.words[..place.end].get(start..start + words.len()));
                if let Some(here) = here.filter(|here| differ_in(words, here, family.slot, stream)) {
                    found(family.of, here, text);
                }
            }
        }
    }
}

/// Whether all but the open word agree, and that is one that says something.
fn differ_in(words: &[u32], here: &[u32], slot: usize, stream: &Stream) -> bool {
    let agree = (0..words.len()).all(|at| at == slot || words[at] == here[at]);
    agree && here[slot] != 0 && stream.parts[here[slot] as usize] == stream.parts[words[slot] as usize]
}
