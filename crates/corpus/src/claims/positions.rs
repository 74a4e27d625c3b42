//! What somebody said on a topic, in order of time.

use chancery_model::{Act, Date, Polarity};
use rusqlite::{Result as SqlResult, named_params};

use super::{Strength, Vocabulary};
use crate::name::answers_to;
use crate::{Corpus, CorpusError, Filter};

/// A statement on a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Position {
    /// `d3.s2`.
    pub id: String,
    /// Of the document.
    pub date: Option<Date>,
    /// Who says it.
    pub speaker: String,
    /// In whose name.
    pub holder: String,
    /// To whom.
    pub addressee: String,
    /// What is done by saying it.
    pub act: String,
    /// Stance toward the matter.
    pub polarity: String,
    /// How strongly it is worded.
    pub strength: Option<Strength>,
    /// Numbers of its topics among those asked for.
    pub topics: Vec<usize>,
    /// What is said.
    pub words: String,
    /// Who published it.
    pub publisher: Option<String>,
}

/// What was found and in how much.
#[derive(Debug, Clone, Default)]
pub struct Positions {
    /// In order of time.
    pub rows: Vec<Position>,
    /// Statements that were searched: those that the filter lets pass.
    pub searched: usize,
}

impl Corpus {
    /// The statements in the name of a state, or by a person, on some topics.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn positions(
        &self,
        filter: &Filter,
        topics: &[usize],
        vocabulary: &Vocabulary,
    ) -> Result<Positions, CorpusError> {
        let read = || -> SqlResult<Positions> {
            let mut select = self.connection.prepare(
                "SELECT s.id, d.date, s.speaker, s.holder, s.addressee, s.act, s.polarity, s.content, s.cue,
                        d.source ->> 'publisher'
                 FROM statement s JOIN document d ON d.number = s.document
                 WHERE (:code IS NULL OR s.id IN
                        (SELECT p.\"row\" FROM participant p WHERE p.code = :code AND p.part = 'holder'))
                   AND (:from IS NULL OR d.date >= :from) AND (:to IS NULL OR d.date <= :to)
                 ORDER BY d.date IS NULL, d.date, s.document, s.rowid",
            )?;
            let mut rows = select.query(named_params! {
                ":code": filter.country,
                ":from": filter.from.map(|d| d.first().to_string()),
                ":to": filter.to.map(|d| d.last().to_string()),
            })?;
            let glance = vocabulary.glance(topics);
            let mut out = Positions::default();
            while let Some(row) = rows.next()? {
                let speaker: String = row.get(2)?;
                if filter
                    .person
                    .as_ref()
                    .is_some_and(|wanted| !speaker.split(", ").any(|s| answers_to(s, wanted)))
                {
                    continue;
                }
                out.searched += 1;
                let words = row.get_ref(7)?.as_str()?;
                if !glance.may_hold(words) {
                    continue;
                }
                let mut own: Vec<usize> = vocabulary.find(words).into_iter().map(|w| w.topic).collect();
                own.retain(|t| topics.contains(t));
                own.dedup();
                if own.is_empty() {
                    continue;
                }
                let (act, polarity): (String, String) = (row.get(5)?, row.get(6)?);
                let cue: String = row.get(8)?;
                let strength = named::<Act>(&act).zip(named::<Polarity>(&polarity));
                let strength =
                    strength.and_then(|(a, p)| vocabulary.strength(a, p, &format!("{cue} {words}")));
                out.rows.push(Position {
                    id: row.get(0)?,
                    date: row.get::<_, Option<String>>(1)?.and_then(|d| d.parse().ok()),
                    holder: row.get(3)?,
                    addressee: row.get(4)?,
                    words: words.to_owned(),
                    publisher: row.get(9)?,
                    topics: own,
                    strength,
                    speaker,
                    act,
                    polarity,
                });
            }
            Ok(out)
        };
        read().map_err(self.wrong())
    }
}

/// A value by the name that the record gives it.
fn named<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}
