//! What was said in most of the last comparable texts and is not said now, with what it used to be and in how many texts it was looked for.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Result as SqlResult;

use super::{Account, Claim, Vocabulary};
use crate::name::same_person;
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
    /// Whether those are on meetings of the same persons; else of the same parties only.
    pub same_persons: bool,
    /// Topics of at least so many of those before that the text does not word at all, the commonest first.
    pub topics: Vec<Omission>,
    /// Bytes of all texts that were searched.
    pub bytes: usize,
}

impl Corpus {
    /// Who is named on either side of the meetings that a text reports.
    fn who(&self, document: &str) -> SqlResult<Vec<(String, String)>> {
        let number: u32 = document.trim_start_matches('d').parse().unwrap_or_default();
        let mut select = self.connection.prepare_cached(
            "SELECT DISTINCT p.code, p.name FROM meeting m JOIN participant p ON p.\"row\" = m.id AND p.part = 'party'
             WHERE m.document = ?1 AND m.told = 'main' AND p.name IS NOT NULL",
        )?;
        let rows = select.query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect()
    }

    /// The other texts that report the meeting which a text reports.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn beside(&self, document: &str) -> Result<Vec<String>, CorpusError> {
        let number: Option<u32> = document.strip_prefix('d').and_then(|n| n.parse().ok());
        let sql = "SELECT DISTINCT 'd' || o.document FROM meeting m JOIN encounter_member x ON x.meeting = m.id
             JOIN encounter_member y ON y.encounter = x.encounter JOIN meeting o ON o.id = y.meeting AND o.told = 'main'
             WHERE m.document = ?1 AND m.told = 'main' AND o.document <> ?1 ORDER BY o.document DESC";
        self.all(sql, [number], |row| row.get(0)).map_err(self.wrong())
    }

    /// What the last text of a series (or the one of this id) leaves out that at least `least` of the `last` texts before it say. A series
    /// is the texts on meetings of the same parties, and persons where they are named, by the outlet of the text; those on the same persons alone
    /// where there are any.
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
        // Comparable are texts on the same persons, where there are such: a summit is no call of advisers.
        let who = self.who(&now.id).map_err(self.wrong())?;
        let sides: BTreeSet<&String> = who.iter().map(|w| &w.0).collect();
        let is_same = |id: &String| -> Result<bool, CorpusError> {
            let others = self.who(id).map_err(self.wrong())?;
            let met = |(code, name): &(String, String)| {
                others.iter().any(|o| o.0 == *code && same_person(&o.1, name))
            };
            Ok(sides.iter().all(|side| who.iter().filter(|w| w.0 == **side).any(met)))
        };
        // From the last back, so that a long series is not read where its end suffices.
        let mut same_persons = false;
        for persons in [true, false].into_iter().skip(usize::from(who.is_empty())) {
            for id in ids.iter().rev() {
                if persons && !is_same(id)? {
                    continue;
                }
                same_persons = persons;
                let account = Account::of(&self.document(id)?, vocabulary);
                if account.publisher == now.publisher {
                    before.push(account);
                }
                if before.len() == last {
                    break;
                }
            }
            if same_persons {
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
        Ok(Some(Omissions { now, before, same_persons, topics, bytes }))
    }
}
