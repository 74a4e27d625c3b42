//! What was claimed, by whom and in whose name, compared across texts.

mod absent;
mod align;
mod compare;
mod dyad;
mod ledger;
mod lists;
mod owners;
mod positions;
mod series;
mod threads;
pub(crate) mod topical;
mod vocabulary;

use std::collections::BTreeSet;

use chancery_model::{Act, Date, Participant, Polarity, Span};

use crate::Stored;
use crate::rows::word;

pub use absent::{Omission, Omissions};
pub use align::{Change, Pair, Piece};
pub use compare::{Absence, Comparison, Family, Relation};
pub use dyad::{Dyad, Grid, Report, Square};
pub use ledger::{Entry, Ledger};
pub use lists::ListChange;
pub use owners::Owners;
pub use positions::{Held, Position, PositionSheet, Positions, Stances};
pub use series::{Said, Series, Turn};
pub use threads::{Step, Thread, Threads};
pub use vocabulary::{Fault, Strength, Topic, Vocabulary};

/// A statement as comparisons look at it.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// `d1.s3`; of a sentence that gave no statement, `d1#7`.
    pub id: String,
    /// Who says it, for people: "Kim Jong Un".
    pub speaker: String,
    /// In whose name, for people: "PRK".
    pub holder: String,
    /// Codes of the states and organisations in whose name it is.
    pub sides: BTreeSet<String>,
    /// What is done by saying it; none of a sentence that gave no statement.
    pub act: Option<Act>,
    /// Stance toward the matter.
    pub polarity: Polarity,
    /// What is said, joined by " … " where the cue interrupts it.
    pub words: String,
    /// Bytes of the document's text, half-open.
    pub spans: Vec<Span>,
    /// The words that attribute it.
    pub cue: String,
    /// Numbers of its topics in the vocabulary, in the order of its words, each once.
    pub topics: Vec<usize>,
    /// How strongly it is worded.
    pub strength: Option<Strength>,
}

impl Claim {
    /// The act as the record names it: `commitment`; empty of a sentence that gave no statement.
    #[must_use]
    pub fn act_name(&self) -> String {
        self.act.map(word).unwrap_or_default()
    }
}

/// A text with its claims in order.
#[derive(Debug, Clone)]
pub struct Account {
    /// `d1`.
    pub id: String,
    /// Name in the record.
    pub name: String,
    /// The headline.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The dateline's, else of publication.
    pub date: Option<Date>,
    /// Its claims, in the order of the text.
    pub claims: Vec<Claim>,
    /// Its sentences in the form of claims, for what no claim tells; those that gave none are [`Account::silent`].
    pub sentences: Vec<Claim>,
    /// Bytes of its text.
    pub bytes: usize,
    /// The text.
    pub text: String,
}

impl Account {
    /// The claims of a document of the record.
    #[must_use]
    pub fn of(stored: &Stored, vocabulary: &Vocabulary) -> Self {
        let (document, record) = (&stored.document, &stored.record);
        let words = |spans: &[Span]| {
            let parts =
                spans.iter().map(|s| document.slice(*s).split_whitespace().collect::<Vec<_>>().join(" "));
            parts.collect::<Vec<_>>().join(" … ")
        };
        let claim = |s: &chancery_model::Statement| {
            let (said, cue) = (words(&s.content), words(&s.cue));
            let strength = vocabulary.strength(s.act, s.polarity, &format!("{cue} {said}"));
            Claim {
                id: format!("{}.{}", stored.id, s.id),
                speaker: shown(&s.speaker),
                holder: shown(&s.holder),
                sides: s.holder.iter().map(|p| p.code.clone()).filter(|c| !c.is_empty()).collect(),
                act: Some(s.act),
                polarity: s.polarity,
                topics: topics(vocabulary, &said),
                words: said,
                spans: s.content.clone(),
                cue,
                strength,
            }
        };
        let claims: Vec<Claim> = record.statements.iter().map(claim).collect();
        let sentence = |(number, span): (usize, &Span)| Claim {
            id: format!("{}#{number}", stored.id),
            speaker: String::new(),
            holder: String::new(),
            sides: BTreeSet::new(),
            act: None,
            polarity: Polarity::Neutral,
            topics: Vec::new(),
            words: words(&[*span]),
            spans: vec![*span],
            cue: String::new(),
            strength: None,
        };
        let mut sentences: Vec<Claim> = (1..).zip(&stored.sentences).map(sentence).collect();
        // A sentence has the topics that are worded outside its claims.
        for worded in vocabulary.find(&document.text) {
            let told = record.statements.iter().any(|s| s.content.iter().any(|c| c.contains(worded.span)));
            let own = sentences.iter_mut().find(|s| !told && s.spans[0].contains(worded.span));
            if let Some(own) = own.filter(|s| !s.topics.contains(&worded.topic)) {
                own.topics.push(worded.topic);
            }
        }
        Self {
            id: stored.id.clone(),
            name: document.id.clone(),
            title: document.source.title.clone(),
            publisher: document.source.publisher.clone(),
            date: document.reference_date(),
            sentences,
            claims,
            bytes: document.text.len(),
            text: document.text.clone(),
        }
    }
}

impl Account {
    /// The sentences that gave no claim.
    pub fn silent(&self) -> impl Iterator<Item = &Claim> {
        let spans = |s: &Claim| s.spans[0];
        let told = move |s: &&Claim| self.claims.iter().any(|c| c.spans.iter().any(|x| x.overlaps(spans(s))));
        self.sentences.iter().filter(move |s| !told(s))
    }
}

/// The topics of some words, each once, in order.
fn topics(vocabulary: &Vocabulary, words: &str) -> Vec<usize> {
    let mut out = Vec::new();
    for found in vocabulary.find(words) {
        if !out.contains(&found.topic) {
            out.push(found.topic);
        }
    }
    out
}

/// Participants for people: names with codes, codes alone for states.
fn shown(who: &[Participant]) -> String {
    let one = |p: &Participant| match (&p.name, p.code.is_empty()) {
        (Some(name), _) => name.clone(),
        (None, false) => p.code.clone(),
        (None, true) => String::new(),
    };
    who.iter().map(one).filter(|n| !n.is_empty()).collect::<Vec<_>>().join(", ")
}
