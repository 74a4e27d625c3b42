//! Two texts compared claim by claim: two readouts of one meeting, or two of a series.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Result as SqlResult;

use super::align::{align, stems};
use super::lists::{ListChange, changes};
use super::{Account, Claim, Pair, Vocabulary};
use crate::wording::{Phrase, Plain, plain};
use crate::{Corpus, CorpusError, Trouble};

/// How many texts before it a text is held against to tell what is new in it.
const HISTORY: usize = 12;

/// How two texts belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Relation {
    /// Two publishers on one meeting.
    TwoSides,
    /// One publisher, or an unknown one, twice on one meeting.
    Twice,
    /// Meetings of the same parties, one after the other.
    Series {
        /// Whether one outlet tells both.
        one_outlet: bool,
        /// Days from the first to the second, where both have a day.
        days: Option<i64>,
    },
    /// Neither a meeting nor parties in common.
    Unrelated,
}

/// What two texts say and do not say.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// How they belong together.
    pub relation: Relation,
    /// The meetings that they report, as people read them.
    pub meetings: [Vec<String>; 2],
    /// The earlier text, or the first that was asked for.
    pub a: Account,
    /// The other.
    pub b: Account,
    /// Claims that both make, in the order of the first.
    pub pairs: Vec<Pair>,
    /// Numbers of the claims that only the one makes, with ids of the other's claims on the same topics.
    pub only: [Vec<(usize, Vec<String>)>; 2],
    /// Topics by their numbers with the wordings of each text, in the order of the first text, then of the second.
    pub topics: Vec<(usize, [Vec<String>; 2])>,
    /// Lists in another order, longer or shorter.
    pub lists: Vec<ListChange>,
    /// Words that go with one and the same word of strength: unwavering policy, stance, position.
    pub families: Vec<Family>,
    /// For each claim of the second text in how many earlier texts on meetings of its parties it is made.
    pub before: Vec<usize>,
    /// How many those texts are.
    pub texts_before: usize,
    /// Phrases that were looked for and how often each text has them.
    pub sought: Vec<Absence>,
}

/// One idea in several wordings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// The word in common: "unwavering".
    pub shared: String,
    /// What it goes with, in whose name, and the claim.
    pub members: Vec<(String, String, String)>,
}

/// A phrase and how often each text has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// As it was asked for; a trailing `*` allows any ending.
    pub phrase: String,
    /// Uses in each text.
    pub uses: [usize; 2],
}

/// Meetings and parties of a text as comparisons ask for them.
struct Occasion {
    meetings: BTreeSet<u32>,
    parties: BTreeSet<String>,
    shown: Vec<String>,
}

impl Corpus {
    /// Compare two texts, each given as a document (`d1`, its name) or as a meeting (`M2`) that one text reports; the earlier comes first.
    ///
    /// # Errors
    /// There is no such document or meeting, a meeting is only mentioned, or the record cannot be read.
    pub fn compare(
        &self,
        (one, other): (&str, &str),
        sought: &[String],
        vocabulary: &Vocabulary,
    ) -> Result<Comparison, CorpusError> {
        let account = |id: &str| self.reported(id, vocabulary);
        let (mut a, mut b) = (account(one)?, account(other)?);
        if b.date < a.date {
            std::mem::swap(&mut a, &mut b);
        }
        let occasion = |account: &Account| self.occasion(&account.id).map_err(self.wrong());
        let (first, second) = (occasion(&a)?, occasion(&b)?);
        let same_outlet = a.publisher.is_some() && a.publisher == b.publisher;
        let relation = if !first.meetings.is_disjoint(&second.meetings) {
            let two = a.publisher.is_some() && b.publisher.is_some() && !same_outlet;
            if two { Relation::TwoSides } else { Relation::Twice }
        } else if !first.parties.is_empty() && first.parties == second.parties {
            Relation::Series {
                one_outlet: same_outlet,
                days: a.date.zip(b.date).map(|(a, b)| b.days_since(a)),
            }
        } else {
            Relation::Unrelated
        };
        let pairs = align(&a.claims, &b.claims);
        let only = [
            alone(&a, &b, &pairs.iter().map(|p| p.a).collect()),
            alone(&b, &a, &pairs.iter().map(|p| p.b).collect()),
        ];
        let parties = first.parties.union(&second.parties).cloned().collect();
        let watched = vocabulary.watched(&parties).into_iter().filter(|w| !sought.iter().any(|s| s == w));
        let count =
            |phrase: &str| Absence { phrase: phrase.to_owned(), uses: [uses(&a, phrase), uses(&b, phrase)] };
        let looked_for: Vec<Absence> = sought.iter().map(String::as_str).chain(watched).map(count).collect();
        let (before, texts_before) = self.history(&b, &second.parties, vocabulary)?;
        Ok(Comparison {
            before,
            texts_before,
            relation,
            meetings: [first.shown, second.shown],
            only,
            topics: topics(&a, &b, vocabulary),
            lists: changes(&a, &b),
            families: families(&a, &b, vocabulary),
            sought: looked_for,
            pairs,
            a,
            b,
        })
    }

    /// The text of a document (`d1`, its name), or the first that reports a meeting (`M2`).
    pub(super) fn reported(&self, id: &str, vocabulary: &Vocabulary) -> Result<Account, CorpusError> {
        let is_meeting = id.strip_prefix('M').is_some_and(|n| n.parse::<u32>().is_ok());
        let document = if is_meeting { self.reports_of(id)?.swap_remove(0) } else { id.to_owned() };
        Ok(Account::of(&self.document(&document)?, vocabulary))
    }

    /// How many of the last texts before the second that report meetings of its parties make each of its claims, and how many
    /// those texts are.
    fn history(
        &self,
        now: &Account,
        parties: &BTreeSet<String>,
        vocabulary: &Vocabulary,
    ) -> Result<(Vec<usize>, usize), CorpusError> {
        let parties: Vec<String> = parties.iter().filter(|c| !c.is_empty()).cloned().collect();
        let mut ids = if parties.is_empty() {
            Vec::new()
        } else {
            self.reports(&parties, &[]).map_err(self.wrong())?
        };
        ids.truncate(ids.iter().position(|id| *id == now.id).unwrap_or(0));
        let (mut counts, mut texts) = (vec![0; now.claims.len()], 0);
        for id in ids.iter().rev().take(HISTORY) {
            let before = Account::of(&self.document(id)?, vocabulary);
            texts += 1;
            align(&before.claims, &now.claims).iter().for_each(|p| counts[p.b] += 1);
        }
        Ok((counts, texts))
    }

    /// The documents that report a meeting (`M2`), in order.
    ///
    /// # Errors
    /// There is no such meeting, or it is only mentioned, or the record cannot be read.
    pub fn reports_of(&self, id: &str) -> Result<Vec<String>, CorpusError> {
        let number = id.strip_prefix('M').and_then(|n| n.parse::<u32>().ok());
        let read = || -> SqlResult<Vec<(String, String)>> {
            let mut select = self.connection.prepare(
                "SELECT 'd' || m.document, m.told FROM meeting m JOIN encounter_member e ON e.meeting = m.id
                 WHERE e.encounter = ?1 ORDER BY m.told <> 'main', m.document",
            )?;
            let rows = select.query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        };
        let told = read().map_err(self.wrong())?;
        let by = |main: bool| {
            told.iter().filter(|t| (t.1 == "main") == main).map(|t| t.0.clone()).collect::<Vec<_>>()
        };
        match (told.is_empty(), by(true)) {
            (true, _) => Err(CorpusError::new(&self.path, Trouble::NoSuch(id.to_owned()))),
            (_, main) if main.is_empty() => {
                Err(CorpusError::new(&self.path, Trouble::OnlyMentioned(id.to_owned(), by(false))))
            }
            (_, mut main) => {
                main.dedup();
                Ok(main)
            }
        }
    }

    fn occasion(&self, document: &str) -> SqlResult<Occasion> {
        let mut select = self.connection.prepare_cached(
            "SELECT e.encounter, m.shown, m.date_from, p.code FROM meeting m
             JOIN encounter_member e ON e.meeting = m.id JOIN participant p ON p.\"row\" = m.id AND p.part = 'party'
             WHERE m.document = ?1 AND m.told = 'main'",
        )?;
        let number: u32 = document.trim_start_matches('d').parse().unwrap_or_default();
        let mut rows = select.query([number])?;
        let mut out = Occasion { meetings: BTreeSet::new(), parties: BTreeSet::new(), shown: Vec::new() };
        while let Some(row) = rows.next()? {
            let encounter: u32 = row.get(0)?;
            if out.meetings.insert(encounter) {
                let day: Option<String> = row.get(2)?;
                let parties: String = row.get(1)?;
                out.shown.push(format!("M{encounter} {} {parties}", day.unwrap_or_default()));
            }
            out.parties.insert(row.get(3)?);
        }
        Ok(out)
    }
}

/// The claims that are in no pair, with the other's claims on the same topics.
fn alone(own: &Account, other: &Account, paired: &BTreeSet<usize>) -> Vec<(usize, Vec<String>)> {
    let near = |claim: &Claim| {
        let on_topic = other.claims.iter().filter(|c| c.topics.iter().any(|t| claim.topics.contains(t)));
        on_topic.map(|c| c.id.clone()).collect()
    };
    let alone = own.claims.iter().enumerate().filter(|(i, _)| !paired.contains(i));
    alone.map(|(i, claim)| (i, near(claim))).collect()
}

/// The topics of both texts with the wordings of each.
fn topics(a: &Account, b: &Account, vocabulary: &Vocabulary) -> Vec<(usize, [Vec<String>; 2])> {
    let mut out: Vec<(usize, [Vec<String>; 2])> = Vec::new();
    for (side, account) in [a, b].into_iter().enumerate() {
        for worded in vocabulary.find(&account.text) {
            let words = worded.span.slice(&account.text).split_whitespace().collect::<Vec<_>>().join(" ");
            let row = out.iter().position(|r| r.0 == worded.topic).unwrap_or_else(|| {
                out.push((worded.topic, [Vec::new(), Vec::new()]));
                out.len() - 1
            });
            let wordings = &mut out[row].1[side];
            if !wordings.iter().any(|w| plain(w) == plain(&words)) {
                wordings.push(words);
            }
        }
    }
    out
}

/// Words that follow one and the same word of strength in several claims.
fn families(a: &Account, b: &Account, vocabulary: &Vocabulary) -> Vec<Family> {
    let claims: Vec<&Claim> = a.claims.iter().chain(&b.claims).collect();
    let mut pairs: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
    for (i, claim) in claims.iter().enumerate() {
        let plain = plain(&claim.words);
        let words: Vec<&str> = plain.split(' ').collect();
        for two in words.windows(2) {
            let whole = |w: &str| w.chars().all(char::is_alphabetic) && stems(w).len() == 1;
            let second = two[1].trim_end_matches([',', '.']);
            if whole(two[0]) && whole(second) && vocabulary.shifts(two[0]) {
                let known = pairs.entry(two[0].to_owned()).or_default();
                if !known.iter().any(|k| k == &(second.to_owned(), i)) {
                    known.push((second.to_owned(), i));
                }
            }
        }
    }
    let mut out = Vec::new();
    for (shared, followers) in pairs {
        let kinds: BTreeSet<&String> = followers.iter().map(|m| &m.0).collect();
        if kinds.len() > 1 {
            let row =
                |(w, i): &(String, usize)| (w.clone(), claims[*i].holder.clone(), claims[*i].id.clone());
            out.push(Family { shared, members: followers.iter().map(row).collect() });
        }
    }
    out
}

/// How often a text has a phrase.
fn uses(account: &Account, phrase: &str) -> usize {
    phrase.parse().map_or(0, |phrase: Phrase| phrase.spans(&Plain::of(&account.text)).len())
}
