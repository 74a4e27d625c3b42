//! Commitments followed through a series of texts: repeated, strengthened, weakened, reported on, or not heard of again.

use chancery_model::{Act, Date};

use super::align::align;
use super::{Account, Claim, Vocabulary};
use crate::{Corpus, CorpusError};

/// How alike a later claim must be to be of the same commitment, and a report that may be of anything.
const SURE: f64 = 0.31;
const SURE_OF_REPORT: f64 = 0.45;

/// After how many texts without it a commitment is taken for a new one when it is heard again.
const FORGOTTEN: usize = 24;

/// A commitment and what became of it.
#[derive(Debug, Clone)]
pub struct Thread {
    /// The texts that speak of it, in order: date, what they do with it, and the claim.
    pub steps: Vec<(Option<Date>, Step, Claim)>,
    /// Texts of the series after the last of these.
    pub silent_for: usize,
}

/// What a text does with a commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// It is made.
    Made,
    /// It is made again in as strong words.
    Repeated,
    /// In stronger words.
    Strengthened,
    /// In weaker words.
    Weakened,
    /// It is told as a fact or past event.
    Reported,
}

/// The threads of a series.
#[derive(Debug, Clone, Default)]
pub struct Threads {
    /// In the order in which they begin.
    pub threads: Vec<Thread>,
    /// Texts of the series.
    pub texts: usize,
    /// Their bytes.
    pub bytes: usize,
}

impl Corpus {
    /// The commitments of a series of texts and what later texts of it do with them.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn threads(
        &self,
        parties: &[String],
        persons: &[String],
        vocabulary: &Vocabulary,
    ) -> Result<Threads, CorpusError> {
        let mut out = Threads::default();
        for id in self.reports(parties, persons).map_err(self.wrong())? {
            out.take(&Account::of(&self.document(&id)?, vocabulary));
        }
        Ok(out)
    }
}

impl Threads {
    /// The commitments of these texts, which are in order of time.
    #[must_use]
    pub fn of(accounts: &[Account]) -> Self {
        let mut out = Self::default();
        accounts.iter().for_each(|account| out.take(account));
        out
    }

    fn take(&mut self, account: &Account) {
        self.texts += 1;
        self.bytes += account.bytes;
        follow(&mut self.threads, account);
    }
}

/// Take one more text of the series into its threads.
fn follow(threads: &mut Vec<Thread>, account: &Account) {
    let live: Vec<usize> = (0..threads.len()).filter(|t| threads[*t].silent_for < FORGOTTEN).collect();
    let last: Vec<Claim> =
        live.iter().filter_map(|t| threads[*t].steps.last().map(|s| s.2.clone())).collect();
    let mut pairs = align(&last, &account.claims);
    let reported = |at: usize| account.claims[at].act == Some(Act::Report);
    pairs.retain(|p| p.alike >= if reported(p.b) { SURE_OF_REPORT } else { SURE });
    threads.iter_mut().for_each(|t| t.silent_for += 1);
    for pair in &pairs {
        let claim = &account.claims[pair.b];
        let step = match claim.act {
            Some(Act::Report) => Step::Reported,
            Some(Act::Commitment | Act::Agreement | Act::Position) => strength(&last[pair.a], claim),
            _ => continue,
        };
        let thread = &mut threads[live[pair.a]];
        thread.steps.push((account.date, step, claim.clone()));
        thread.silent_for = 0;
    }
    let known = |at: usize| pairs.iter().any(|p| p.b == at);
    let new =
        account.claims.iter().enumerate().filter(|(at, c)| !known(*at) && c.act == Some(Act::Commitment));
    for (_, claim) in new {
        threads.push(Thread { steps: vec![(account.date, Step::Made, claim.clone())], silent_for: 0 });
    }
}

fn strength(before: &Claim, now: &Claim) -> Step {
    match (&before.strength, &now.strength) {
        (Some(a), Some(b)) if a.ladder == b.ladder && a.step < b.step => Step::Strengthened,
        (Some(a), Some(b)) if a.ladder == b.ladder && a.step > b.step => Step::Weakened,
        _ => Step::Repeated,
    }
}
