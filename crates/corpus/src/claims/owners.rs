//! Whose clause it is: each claim of a joint text held against what either side tells alone.

use super::align::align;
use super::{Account, Pair, Vocabulary};
use crate::{Corpus, CorpusError};

/// A joint text with the texts of two sides.
#[derive(Debug, Clone)]
pub struct Owners {
    /// The joint text.
    pub joint: Account,
    /// The texts of the sides.
    pub sides: [Account; 2],
    /// For each claim of the joint text the pair with a claim of either side, if there is one.
    pub claims: Vec<[Option<Pair>; 2]>,
}

impl Corpus {
    /// Hold each claim of a joint text against the texts of two sides.
    ///
    /// # Errors
    /// There is no such document, or the record cannot be read.
    pub fn owners(
        &self,
        joint: &str,
        sides: [&str; 2],
        vocabulary: &Vocabulary,
    ) -> Result<Owners, CorpusError> {
        let account = |id: &str| self.reported(id, vocabulary);
        let (joint, sides) = (account(joint)?, [account(sides[0])?, account(sides[1])?]);
        let pairs = sides.each_ref().map(|side| align(&joint.claims, &side.claims));
        let of = |at: usize| pairs.each_ref().map(|pairs| pairs.iter().find(|p| p.a == at).cloned());
        let claims = (0..joint.claims.len()).map(of).collect();
        Ok(Owners { joint, sides, claims })
    }
}
