//! What somebody said on a topic, in order of time.

use std::collections::HashMap;

use chancery_model::{Act, Date, Polarity};
use rusqlite::{Result as SqlResult, Statement, named_params};

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

/// Of some positions how many are of each stance, and the last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Stances {
    pub support: usize,
    pub neutral: usize,
    pub oppose: usize,
    pub last: String,
}

/// The positions in one name by the years in which they were said; without a year those without a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// In whose name.
    pub holder: String,
    /// How many there are.
    pub of: usize,
    /// In order of time.
    pub years: Vec<(Option<i16>, Stances)>,
}

/// Some positions out of many, and an outline of all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PositionSheet {
    /// In order of time.
    pub rows: Vec<Position>,
    /// How many there are.
    pub of: usize,
    /// Statements that were searched: those that the filter lets pass.
    pub searched: usize,
    /// In each name, the most positions first.
    pub held: Vec<Held>,
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
        let read = || {
            let mut found = self.read_positions(filter, topics, vocabulary, None)?;
            if self.knows(filter, vocabulary)? {
                found.searched = self.searched(filter)?;
            }
            Ok(found)
        };
        read().map_err(self.wrong())
    }

    /// So many of them after the first ones, with an outline of all.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn position_sheet(
        &self,
        filter: &Filter,
        topics: &[usize],
        vocabulary: &Vocabulary,
        (after, most): (usize, usize),
    ) -> Result<PositionSheet, CorpusError> {
        let mut sheet = PositionSheet::default();
        let mut outline = Outline::default();
        let mut read = || -> SqlResult<()> {
            if !self.knows(filter, vocabulary)? {
                let found = self.read_positions(filter, topics, vocabulary, None)?;
                for one in &found.rows {
                    outline.put(one.date.map(|date| date.parts().0), &one.holder, &one.polarity, &one.id);
                }
                (sheet.of, sheet.searched) = (found.rows.len(), found.searched);
                sheet.rows = found.rows.into_iter().skip(after).take(most).collect();
                return Ok(());
            }
            // One topic is kept in this order.
            let of = if topics.len() == 1 { "=" } else { "IN" };
            let mut select = self.connection.prepare(&format!(
                "SELECT t.statement, t.date, t.holder, t.polarity FROM stance t
                 WHERE t.topic {of} (SELECT value FROM json_each(:topics))
                   AND (:code IS NULL OR t.statement IN
                        (SELECT p.\"row\" FROM participant p WHERE p.code = :code AND p.part = 'holder'))
                   AND (:from IS NULL OR NOT t.undated AND t.date >= :from)
                   AND (:to IS NULL OR NOT t.undated AND t.date <= :to)
                 ORDER BY t.undated, t.date, t.document, t.place"
            ))?;
            bind(&mut select, filter, &names(topics, vocabulary), &[])?;
            let (mut rows, mut shown, mut last) = (select.raw_query(), Vec::new(), String::new());
            while let Some(row) = rows.next()? {
                let (id, date) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
                // On several of the topics it comes several times, one after the other.
                if id == last {
                    continue;
                }
                id.clone_into(&mut last);
                let year = date.parse::<Date>().ok().map(|date| date.parts().0);
                outline.put(year, row.get_ref(2)?.as_str()?, row.get_ref(3)?.as_str()?, id);
                if (after..after.saturating_add(most)).contains(&sheet.of) {
                    shown.push(id.to_owned());
                }
                sheet.of += 1;
            }
            sheet.rows = self.read_positions(&Filter::default(), topics, vocabulary, Some(&shown))?.rows;
            sheet.searched = self.searched(filter)?;
            Ok(())
        };
        read().map_err(self.wrong())?;
        Ok(PositionSheet { held: outline.held(), ..sheet })
    }

    /// Whether topics are known beforehand; but for whom a person is meant is read in each statement.
    fn knows(&self, filter: &Filter, vocabulary: &Vocabulary) -> SqlResult<bool> {
        Ok(filter.person.is_none() && self.has_topics(vocabulary)?)
    }

    /// All that the filter lets pass, or only some statements.
    fn read_positions(
        &self,
        filter: &Filter,
        topics: &[usize],
        vocabulary: &Vocabulary,
        only: Option<&[String]>,
    ) -> SqlResult<Positions> {
        let known = self.knows(filter, vocabulary)?;
        let on_topic = match (known, only) {
            (true, Some(_)) => "s.id IN (SELECT value FROM json_each(:only)) AND",
            (true, None) => {
                "s.id IN (SELECT t.statement FROM stance t WHERE t.topic IN (SELECT value FROM json_each(:topics))) AND"
            }
            _ => "",
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
        bind(&mut select, filter, &names(topics, vocabulary), only.unwrap_or_default())?;
        let mut rows = select.raw_query();
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
            let strength = strength.and_then(|(a, p)| vocabulary.strength(a, p, &format!("{cue} {words}")));
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
    }
}

fn names(topics: &[usize], vocabulary: &Vocabulary) -> Vec<String> {
    topics.iter().map(|t| vocabulary.topics()[*t].id.clone()).collect()
}

/// Give a question the values of those parameters that it has.
fn bind(select: &mut Statement<'_>, filter: &Filter, topics: &[String], only: &[String]) -> SqlResult<()> {
    for (name, value) in named_params! {
        ":code": filter.country,
        ":from": filter.from.map(|d| d.first().to_string()),
        ":to": filter.to.map(|d| d.last().to_string()),
        ":topics": json(&topics),
        ":only": json(&only),
    } {
        if let Some(at) = select.parameter_index(name)? {
            select.raw_bind_parameter(at, value)?;
        }
    }
    Ok(())
}

/// Positions by holder and year, while they are read in order of time.
#[derive(Default)]
struct Outline {
    numbers: HashMap<String, usize>,
    held: Vec<Held>,
}

impl Outline {
    fn put(&mut self, year: Option<i16>, holder: &str, polarity: &str, id: &str) {
        let at = match self.numbers.get(holder) {
            Some(&at) => at,
            None => {
                self.numbers.insert(holder.to_owned(), self.held.len());
                self.held.push(Held { holder: holder.to_owned(), of: 0, years: Vec::new() });
                self.held.len() - 1
            }
        };
        let held = &mut self.held[at];
        held.of += 1;
        if held.years.last().is_none_or(|(last, _)| *last != year) {
            held.years.push((year, Stances::default()));
        }
        let Some((_, stances)) = held.years.last_mut() else { return };
        match polarity {
            "support" => stances.support += 1,
            "neutral" => stances.neutral += 1,
            "oppose" => stances.oppose += 1,
            _ => {}
        }
        stances.last.clear();
        stances.last.push_str(id);
    }

    fn held(mut self) -> Vec<Held> {
        self.held.sort_by_key(|held| std::cmp::Reverse(held.of));
        self.held
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
