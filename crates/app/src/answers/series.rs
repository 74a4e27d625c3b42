//! The texts of a series, and one topic through them.

use chancery_corpus::{Said, Series as Told, Turn, Vocabulary};
use serde_json::{Value, json};

use super::comparison::{claim, pieces};

/// The texts on meetings of the same parties, and of some persons where they are named.
pub(crate) struct Series<'a> {
    pub(crate) parties: &'a [String],
    pub(crate) persons: &'a [String],
}

impl Series<'_> {
    /// What to say where no text belongs to it.
    pub(crate) fn unknown(&self) -> anyhow::Error {
        let codes = self.parties;
        let with = if self.persons.is_empty() {
            String::new()
        } else {
            format!(" with {}", self.persons.join(" and "))
        };
        anyhow::anyhow!(
            "no text reports a meeting of {} alone{with}; 'chancery ledger {}' lists those with others",
            codes.join(" and "),
            codes.join(" ")
        )
    }
}

/// How often a topic is said, in how many texts and bytes.
pub(crate) fn summary(series: &Told, topics: &[usize], vocabulary: &Vocabulary) -> String {
    let labels: Vec<&str> = topics.iter().map(|t| vocabulary.topics()[*t].label.as_str()).collect();
    let silent = series.turns.iter().filter(|t| t.said.is_empty()).count();
    let bytes: usize = series.turns.iter().map(|t| t.bytes).sum();
    let (all, labels) = (series.turns.len(), labels.join("; "));
    format!("{labels}: said in {} of {all} texts, absent in {silent} ({bytes} bytes searched)", all - silent)
}

/// All of it for programs.
pub(crate) fn object(series: &Told, topics: &[usize], vocabulary: &Vocabulary) -> Value {
    let turn = |turn: &Turn| {
        let said = |s: &Said| json!({ "claim": claim(&s.claim, vocabulary), "redline": pieces(&s.pieces) });
        json!({
            "document": turn.document,
            "date": turn.date,
            "title": turn.title,
            "publisher": turn.publisher,
            "bytes": turn.bytes,
            "absent": turn.said.is_empty(),
            "said": turn.said.iter().map(said).collect::<Vec<_>>(),
        })
    };
    json!({
        "topics": topics.iter().map(|t| &vocabulary.topics()[*t].id).collect::<Vec<_>>(),
        "turns": series.turns.iter().map(turn).collect::<Vec<_>>(),
    })
}
