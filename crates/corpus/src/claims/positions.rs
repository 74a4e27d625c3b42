//! What somebody said on a topic, in order of time.

use chancery_model::{Act, Date, Polarity};
use rusqlite::{Result as SqlResult, named_params};

use super::{Strength, Vocabulary};
use crate::name::answers_to;
use crate::store::json;
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
            let wanted: Vec<&str> = topics.iter().map(|t| vocabulary.topics()[*t].id.as_str()).collect();
            // Topics are known beforehand, but for whom a person is meant is read in each statement.
            let known = filter.person.is_none() && self.has_topics(vocabulary)?;
            let on_topic = match known {
                true => {
                    "s.id IN (SELECT t.statement FROM topical t WHERE t.topic IN (SELECT value FROM json_each(:topics))) AND"
                }
                false => "",
            };
            // Dates and publishers of texts stand apart from the texts, which are long.
            let (from, number, publisher) = match known {
                true => ("imprint", "document", "nullif(d.outlet, '')"),
                false => ("document", "number", "d.source ->> 'publisher'"),
            };
            let mut select = self.connection.prepare(&format!(
                "SELECT s.id, d.date, s.speaker, s.holder, s.addressee, s.act, s.polarity, s.content, s.cue, {publisher}
                 FROM statement s JOIN {from} d ON d.{number} = s.document
                 WHERE {on_topic} (:code IS NULL OR s.id IN
                        (SELECT p.\"row\" FROM participant p WHERE p.code = :code AND p.part = 'holder'))
                   AND (:from IS NULL OR d.date >= :from) AND (:to IS NULL OR d.date <= :to)
                 ORDER BY d.date IS NULL, d.date, s.document, s.rowid",
            ))?;
            for (name, value) in named_params! {
                ":code": filter.country,
                ":from": filter.from.map(|d| d.first().to_string()),
                ":to": filter.to.map(|d| d.last().to_string()),
                ":topics": json(&wanted),
            } {
                if let Some(at) = select.parameter_index(name)? {
                    select.raw_bind_parameter(at, value)?;
                }
            }
            let mut rows = select.raw_query();
            let glance = vocabulary.glance(topics);
            let mut out = Positions::default();
            if known {
                out.searched = self.searched(filter)?;
            }
            while let Some(row) = rows.next()? {
                let speaker: String = row.get(2)?;
                if filter
                    .person
                    .as_ref()
                    .is_some_and(|wanted| !speaker.split(", ").any(|s| answers_to(s, wanted)))
                {
                    continue;
                }
                out.searched += usize::from(!known);
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

impl Corpus {
    /// How many statements a filter without a person lets pass.
    fn searched(&self, filter: &Filter) -> SqlResult<usize> {
        if *filter == Filter::default() {
            let sql = "SELECT number FROM total WHERE name = 'statements'";
            return self.connection.query_row(sql, [], |row| Ok(row.get::<_, u32>(0)? as usize));
        }
        let dated = filter.from.is_some() || filter.to.is_some();
        let mut sql = match &filter.country {
            Some(_) => "SELECT count(DISTINCT p.\"row\") FROM participant p{} WHERE p.code = ?1 AND p.part = 'holder'",
            None => "SELECT count(*) FROM statement p{} WHERE ?1 IS NULL",
        }
        .replace("{}", if dated { " JOIN imprint d ON d.document = p.document" } else { "" });
        if dated {
            sql += " AND (?2 IS NULL OR d.date >= ?2) AND (?3 IS NULL OR d.date <= ?3)";
        }
        let (from, to) =
            (filter.from.map(|d| d.first().to_string()), filter.to.map(|d| d.last().to_string()));
        let mut select = self.connection.prepare(&sql)?;
        select.raw_bind_parameter(1, &filter.country)?;
        if dated {
            select.raw_bind_parameter(2, from)?;
            select.raw_bind_parameter(3, to)?;
        }
        let mut rows = select.raw_query();
        rows.next()?.map_or(Ok(0), |row| Ok(row.get::<_, u32>(0)? as usize))
    }
}

/// A value by the name that the record gives it.
fn named<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}
