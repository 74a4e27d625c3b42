//! Who is meant: each mention is given to the best of those before it, or to none.

use std::collections::HashMap;

use super::mentions::{self, Candidate, Pronoun};
use super::tree::Tree;
use crate::network::{Matrix, Network, Pair, Sides};
use crate::weights::{Weights, WeightsError};

/// How many mentions back an antecedent is looked for.
const WINDOW: usize = 60;
/// How many farther ones are looked at, that share a word with the head or the name.
const FARTHER: usize = 20;
/// By how much an antecedent must be better than none: set for precision.
const MARGIN: f32 = 1.0;

/// The head of coreference: left a mention, right an antecedent, each its head's vector and its first word's.
pub(super) struct Coreference {
    pair: Pair,
}

impl Coreference {
    pub(super) fn read(weights: &Weights) -> Result<Self, WeightsError> {
        Ok(Self { pair: Pair::read(weights, "coref", 2 * weights.width()?, mentions::ROWS)? })
    }

    /// The number of each mention's chain, counted in the order of their first mentions; none for what is mentioned once.
    pub(super) fn chains(
        &self,
        network: &Network,
        trees: &[Tree],
        vectors: &[Matrix],
        all: &[Candidate],
    ) -> Vec<Option<usize>> {
        if all.is_empty() {
            return Vec::new();
        }
        let rows = all.iter().map(|m| {
            let sentence = &vectors[m.sentence];
            [sentence.row(m.head), sentence.row(m.first)].concat()
        });
        let sides = self.pair.sides(network, &Matrix::of(&rows.collect::<Vec<_>>()));
        let mut known: HashMap<&str, Vec<usize>> = HashMap::new();
        let mut chains: Vec<Chain> = Vec::new();
        let mut chain_of: Vec<usize> = Vec::with_capacity(all.len());
        for (j, mention) in all.iter().enumerate() {
            let before = antecedents(&known, mention, j);
            let ranked = self.ranked(&sides, &trees[mention.sentence], all, j, &before);
            let fits = |i: &usize| chains[chain_of[*i]].takes(mention.pronoun);
            let chain = ranked.into_iter().find(fits).map_or(chains.len(), |i| chain_of[i]);
            if chain == chains.len() {
                chains.push(Chain::default());
            }
            chains[chain].mentions += 1;
            chains[chain].pronoun = chains[chain].pronoun.or(mention.pronoun);
            chain_of.push(chain);
            mention.keys().into_iter().for_each(|key| known.entry(key).or_default().push(j));
        }
        numbered(&chain_of, &chains)
    }

    /// The antecedents that are better than none by the margin, the best first.
    fn ranked(
        &self,
        sides: &Sides,
        tree: &Tree,
        all: &[Candidate],
        j: usize,
        before: &[usize],
    ) -> Vec<usize> {
        let mut seen = 0;
        let mut scored: Vec<(f32, usize)> = Vec::with_capacity(before.len());
        for i in before {
            let alike = all[j].likeness(&all[*i]);
            seen = seen.max(mentions::seen(alike));
            let rows = mentions::pair_rows(tree, &all[*i], &all[j], j - i, alike);
            scored.push((self.pair.score(sides, j, *i, &rows), *i));
        }
        let least = self.pair.alone(sides, j, &mentions::new_rows(&all[j], seen)) + MARGIN;
        scored.retain(|(score, _)| *score >= least);
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        scored.into_iter().map(|(_, i)| i).collect()
    }
}

/// Mentions of the same.
#[derive(Default)]
struct Chain {
    mentions: usize,
    /// Which pronoun stands for it.
    pronoun: Option<Pronoun>,
}

impl Chain {
    /// Whether a mention with this pronoun may be one of it: nobody is both "he" and "she".
    fn takes(&self, pronoun: Option<Pronoun>) -> bool {
        pronoun.is_none() || self.pronoun.is_none() || pronoun == self.pronoun
    }
}

/// The places of the mentions that may be meant by mention `j`, in order.
fn antecedents(known: &HashMap<&str, Vec<usize>>, mention: &Candidate, j: usize) -> Vec<usize> {
    let near = j.saturating_sub(WINDOW);
    let keys = mention.keys();
    let mut far: Vec<usize> = keys
        .iter()
        .filter_map(|key| known.get(key))
        .flat_map(|places| places.iter().copied().take_while(|i| *i < near))
        .collect();
    far.sort_unstable();
    far.dedup();
    far.drain(..far.len().saturating_sub(FARTHER));
    far.extend(near..j);
    far
}

/// Numbers for the chains of two mentions or more.
fn numbered(chain_of: &[usize], chains: &[Chain]) -> Vec<Option<usize>> {
    let mut next = 0;
    let numbers: Vec<Option<usize>> = chains
        .iter()
        .map(|chain| {
            let number = (chain.mentions > 1).then_some(next);
            next += usize::from(number.is_some());
            number
        })
        .collect();
    chain_of.iter().map(|chain| numbers[*chain]).collect()
}
