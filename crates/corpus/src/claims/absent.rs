//! What was said in most of the last comparable texts and is not said now, with what it used to be and in how many texts it was looked for.

use std::collections::BTreeMap;

use super::{Account, Claim, Vocabulary};
use crate::{Corpus, CorpusError};

/// A topic that a text is silent on.
#[derive(Debug, Clone, PartialEq)]
pub struct Omission {
    /// Number of the topic.
    pub topic: usize,
    /// Texts of those before that speak of it: id, date and the sentence or claim, the latest first.
    pub said: Vec<(String, Claim)>,
}

/// What a text leaves out, and what it was held against.
#[derive(Debug, Clone)]
pub struct Omissions {
    /// The text.
    pub now: Account,
    /// The comparable texts before it, the latest first.
    pub before: Vec<Account>,
    /// Topics of at least so many of those before that the text does not word at all, the commonest first.
    pub topics: Vec<Omission>,
    /// Bytes of all texts that were searched.
    pub bytes: usize,
}

impl Corpus {
    /// What the last text of a series (or the one of this id) leaves out that at least `least` of the `last` texts before it say. A series
    /// is the texts on meetings of the same parties, and persons where they are named, by the outlet of the text.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn omissions(
        &self,
        (parties, persons): (&[String], &[String]),
        text: Option<&str>,
        (least, last): (usize, usize),
        vocabulary: &Vocabulary,
    ) -> Result<Option<Omissions>, CorpusError> {
        let mut ids = self.reports(parties, persons).map_err(self.wrong())?;
        if let Some(text) = text {
            let own = self.document(text)?.id;
            let Some(at) = ids.iter().position(|id| *id == own) else { return Ok(None) };
            ids.truncate(at + 1);
        }
        let Some(now) = ids.pop() else { return Ok(None) };
        let now = Account::of(&self.document(&now)?, vocabulary);
        let mut before = Vec::new();
        for id in ids.iter().rev() {
            let account = Account::of(&self.document(id)?, vocabulary);
            if account.publisher == now.publisher {
                before.push(account);
            }
            if before.len() == last {
                break;
            }
        }
        let worded = |account: &Account| -> Vec<usize> {
            vocabulary.find(&account.text).into_iter().map(|w| w.topic).collect()
        };
        let here = worded(&now);
        let mut said: BTreeMap<usize, Vec<(String, Claim)>> = BTreeMap::new();
        for account in &before {
            for topic in 0..vocabulary.topics().len() {
                let tells = |c: &&Claim| c.topics.contains(&topic);
                let all = account.claims.iter().chain(&account.sentences);
                if let Some(claim) = all.filter(|_| !here.contains(&topic)).find(tells) {
                    said.entry(topic).or_default().push((account.id.clone(), claim.clone()));
                }
            }
        }
        let mut topics: Vec<Omission> =
            said.into_iter().map(|(topic, said)| Omission { topic, said }).collect();
        topics.retain(|o| o.said.len() >= least);
        topics.sort_by_key(|o| std::cmp::Reverse(o.said.len()));
        let bytes = now.bytes + before.iter().map(|a| a.bytes).sum::<usize>();
        Ok(Some(Omissions { now, before, topics, bytes }))
    }
}
