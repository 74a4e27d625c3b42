//! What holds between words and sentences beyond the tree: who is meant, and who says what.
//!
//! Heads of their own over the encoder's word vectors, trained after it by `training/discourse.py`.

mod attribution;
mod coreference;
mod mentions;
#[cfg(test)]
mod tests;
mod tree;

use chancery_model::{Analysis, Discourse, Document};

use self::attribution::Attributions;
use self::coreference::Coreference;
use self::mentions::Candidate;
use self::tree::Tree;
use crate::network::{Matrix, Sequence};
use crate::weights::{Weights, WeightsError};
use crate::{Analyser, Exit, Stretch};

/// The heads of this module.
pub(crate) struct Heads {
    coreference: Coreference,
    attributions: Attributions,
}

impl Heads {
    /// The heads of a weights file; none if it was made without them.
    pub(crate) fn read(weights: &Weights) -> Result<Option<Self>, WeightsError> {
        if !weights.has("coref.left") {
            return Ok(None);
        }
        let heads =
            Self { coreference: Coreference::read(weights)?, attributions: Attributions::read(weights)? };
        Ok(Some(heads))
    }
}

impl Analyser {
    /// Who is meant and who says what in a document, given its analysis by this or any other analyser.
    ///
    /// Reads all sentences once more, at [`Exit::Accurate`]: these heads know no other vectors. Finds nothing if the weights were made
    /// without them.
    #[must_use]
    pub fn discourse(&self, document: &Document, analysis: &Analysis) -> Discourse {
        let Some(heads) = &self.discourse else { return Discourse::default() };
        let trees: Vec<Tree> = analysis.sentences.iter().map(|s| Tree::new(document, s)).collect();
        let vectors: Vec<Matrix> = trees.iter().map(|tree| self.vectors(tree)).collect();
        let all: Vec<Candidate> =
            trees.iter().enumerate().flat_map(|(i, tree)| mentions::candidates(tree, i)).collect();
        let chains = heads.coreference.chains(&self.network, &trees, &vectors, &all);
        let mentions = all.iter().zip(chains).map(|(m, chain)| m.mention(chain));
        let sentences = trees.iter().zip(&vectors).enumerate();
        let attributions =
            sentences.map(|(i, (tree, vectors))| heads.attributions.find(&self.network, tree, vectors, i));
        Discourse { mentions: mentions.collect(), attributions: attributions.flatten().collect() }
    }

    /// The vectors of the words of a sentence, one row each.
    fn vectors(&self, tree: &Tree) -> Matrix {
        let words: Vec<&str> = tree.words.iter().map(|w| w.form).collect();
        let pieces: Vec<_> = words.iter().map(|w| self.vocabulary.pieces(w)).collect();
        let mut all = Matrix::default();
        for range in (Stretch { words: &words, starts: None }).cut(&pieces) {
            let (words, pieces) = (&words[range.clone()], &pieces[range]);
            let sequence = Sequence::new(&self.vocabulary, &self.gazetteer, words, pieces);
            all.extend_without_first(&self.network.vectors(Exit::Accurate, &sequence));
        }
        all
    }
}
