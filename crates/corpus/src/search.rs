//! Documents and statements that answer to words and fields.

use std::collections::BTreeSet;

use chancery_model::{Date, Span};
use rusqlite::types::Value;
use rusqlite::{Result as SqlResult, params_from_iter};

use crate::claims::Vocabulary;
use crate::name::{distance, fold};
use crate::{Corpus, CorpusError, Trouble};

/// So many statements and documents are read at most to find statements.
const READ: usize = 6_000;

/// So many documents are counted at most.
const DOCUMENTS: usize = 1_000;

/// Who has a code or answers to a name; names are found among their spellings.
const NAMED: &str = "(p.code = ? OR p.name IN (SELECT v.name FROM spelling v WHERE answers_to(v.name, ?)))";

/// A word to look for: without accents and capitals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As it is compared.
    pub folded: String,
    /// Any ending will do.
    pub open: bool,
}

/// Who speaks, or in whose name, or to whom: by name or code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// As it was asked; every word must be a part of the name.
    pub name: String,
    /// The code that it stands for, if it does.
    pub code: Option<String>,
}

/// What is looked for: what meets every condition that is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sought {
    /// Words, and words that stand together.
    pub phrases: Vec<Vec<Word>>,
    /// Who says it.
    pub speaker: Option<Who>,
    /// In whose name.
    pub holder: Option<Who>,
    /// To whom.
    pub addressee: Option<Who>,
    /// What is done by saying it, as the record names it.
    pub act: Option<String>,
    /// Stance, as the record names it.
    pub polarity: Option<String>,
    /// Numbers of topics; any of them will do.
    pub topics: Vec<usize>,
    /// Code of a state or organisation that some row of the document names.
    pub country: Option<String>,
    /// Date of the document: not before this begins.
    pub from: Option<Date>,
    /// Not after this ends.
    pub to: Option<Date>,
}

/// Words, some of them marked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mark {
    /// The words.
    pub text: String,
    /// What is marked, as bytes of the text; in order, none overlaps another.
    pub marks: Vec<Span>,
}

/// A document or statement that answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// `d3`, `d3.s2`.
    pub id: String,
    /// Of the document.
    pub date: Option<String>,
    /// Of a document its publisher, of a statement who says it in whose name.
    pub who: String,
    /// Of a document its title, of a statement what is done by saying it.
    pub what: String,
    /// The sentence, or what is said.
    pub words: Mark,
}

/// What answers, and how much there is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    /// The best first, as many as were wanted.
    pub documents: Vec<Hit>,
    /// How many there are; at least so many where not all were counted.
    pub of_documents: usize,
    /// The latest first, as many as were wanted.
    pub statements: Vec<Hit>,
    /// How many there are; at least so many where not all were read.
    pub of_statements: usize,
    /// Whether all statements were read.
    pub all_read: bool,
    /// Whether all documents were counted.
    pub all_found: bool,
}

/// The words of a text as they are compared, with their bytes.
#[must_use]
pub fn words(text: &str) -> Vec<(String, Span)> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        // A combining accent stands inside a word.
        match (c.is_alphanumeric() || start.is_some() && ('\u{300}'..='\u{36f}').contains(&c), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push((fold(&text[from..at]).concat(), Span::new(from, at)));
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// Where the phrase stands among words.
fn places(phrase: &[Word], words: &[(String, Span)]) -> Vec<Span> {
    let fits = |word: &Word, other: &str| {
        if word.open { other.starts_with(&word.folded) } else { other == word.folded }
    };
    let windows = words.windows(phrase.len().max(1));
    let found =
        windows.filter(|w| w.len() == phrase.len() && phrase.iter().zip(*w).all(|(p, w)| fits(p, &w.0)));
    found.map(|w| Span { start: w[0].1.start, end: w[w.len() - 1].1.end }).collect()
}

/// Where any of the phrases stands; nothing where one is missing and all are wanted.
fn marks(phrases: &[Vec<Word>], text: &str, all: bool) -> Option<Vec<Span>> {
    let words = words(text);
    let mut out = Vec::new();
    for phrase in phrases {
        let found = places(phrase, &words);
        if found.is_empty() && all {
            return None;
        }
        out.extend(found);
    }
    out.sort_unstable();
    let mut apart: Vec<Span> = Vec::new();
    for span in out {
        match apart.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => apart.push(span),
        }
    }
    Some(apart)
}

/// Conditions of SQL with their values.
#[derive(Default)]
struct Conditions {
    sql: String,
    values: Vec<Value>,
}

impl Conditions {
    /// `?` stands for each value.
    fn and(&mut self, condition: &str, values: impl IntoIterator<Item = String>) {
        self.sql += &format!(" AND {condition}");
        self.values.extend(values.into_iter().map(Value::Text));
    }
}

impl Sought {
    /// The words as FTS5 asks for them.
    fn full_text(&self) -> Option<String> {
        let word = |w: &Word| w.folded.clone();
        let phrase = |phrase: &Vec<Word>| {
            let open = if phrase.last().is_some_and(|w| w.open) { "*" } else { "" };
            format!("\"{}\"{open}", phrase.iter().map(word).collect::<Vec<_>>().join(" "))
        };
        let phrases: Vec<String> = self.phrases.iter().filter(|p| !p.is_empty()).map(phrase).collect();
        (!phrases.is_empty()).then(|| phrases.join(" AND "))
    }

    /// Whether it asks for something that only statements have.
    fn asks_statements(&self) -> bool {
        self.speaker.is_some()
            || self.holder.is_some()
            || self.addressee.is_some()
            || self.act.is_some()
            || self.polarity.is_some()
            || !self.topics.is_empty()
    }

    fn when_and_where(&self, out: &mut Conditions) {
        if let Some(from) = self.from {
            out.and("d.date >= ?", [from.first().to_string()]);
        }
        if let Some(to) = self.to {
            out.and("d.date <= ?", [to.last().to_string()]);
        }
        if let Some(code) = &self.country {
            out.and("d.document IN (SELECT p.document FROM participant p WHERE p.code = ?)", [code.clone()]);
        }
    }

    /// What a document must have to hold such a statement.
    fn of_documents(&self) -> Conditions {
        let mut out = Conditions::default();
        if let Some(words) = self.full_text() {
            out.and("d.document IN (SELECT rowid FROM passage WHERE passage MATCH ?)", [words]);
        }
        self.when_and_where(&mut out);
        self.named(&mut out);
        out
    }

    /// A document must name those who are asked for; the names are found by their index.
    fn named(&self, out: &mut Conditions) {
        for who in [&self.speaker, &self.holder, &self.addressee].into_iter().flatten() {
            let named = format!("d.document IN (SELECT p.document FROM participant p WHERE {NAMED})");
            out.and(&named, [who.code.clone().unwrap_or_else(|| who.name.clone()), who.name.clone()]);
        }
    }

    fn of_statements(&self) -> Conditions {
        let mut out = Conditions::default();
        for (part, who) in
            [("speaker", &self.speaker), ("holder", &self.holder), ("addressee", &self.addressee)]
        {
            let Some(who) = who else { continue };
            let named = format!(
                "EXISTS (SELECT 1 FROM participant p WHERE p.\"row\" = s.id AND p.part = '{part}'
                         AND (p.code = ? OR answers_to(p.name, ?)))"
            );
            out.and(&named, [who.code.clone().unwrap_or_else(|| who.name.clone()), who.name.clone()]);
        }
        for (column, value) in [("act", &self.act), ("polarity", &self.polarity)] {
            if let Some(value) = value {
                out.and(&format!("s.{column} = ?"), [value.clone()]);
            }
        }
        out
    }
}

impl Corpus {
    /// The documents and statements that answer, so many of each.
    ///
    /// # Errors
    /// The record cannot be read, or nobody in it is called so.
    pub fn search(
        &self,
        sought: &Sought,
        limit: usize,
        vocabulary: &Vocabulary,
    ) -> Result<Hits, CorpusError> {
        for (what, part, who) in [
            ("speaker", "speaker", &sought.speaker),
            ("holder", "holder", &sought.holder),
            ("addressee", "addressee", &sought.addressee),
        ] {
            if let Some(who) = who {
                self.is_named(what, part, who)?;
            }
        }
        let read = || -> SqlResult<Hits> {
            let mut hits = Hits { all_read: true, all_found: true, ..Hits::default() };
            self.statements_of(sought, limit, vocabulary, &mut hits)?;
            self.documents_of(sought, limit, vocabulary, &mut hits)?;
            Ok(hits)
        };
        read().map_err(self.wrong())
    }

    fn is_named(&self, what: &'static str, part: &str, who: &Who) -> Result<(), CorpusError> {
        let known = format!("SELECT 1 FROM participant p WHERE {NAMED} AND p.part = ? LIMIT 1");
        let code = who.code.as_ref().unwrap_or(&who.name);
        let found = self.all(&known, (code, &who.name, part), |_| Ok(()));
        if !found.map_err(self.wrong())?.is_empty() {
            return Ok(());
        }
        let names: Vec<String> = self
            .all(
                "SELECT DISTINCT name FROM participant WHERE part = ?1 AND name IS NOT NULL",
                [part],
                |row| row.get(0),
            )
            .map_err(self.wrong())?;
        let wanted = fold(&who.name).join(" ");
        let far = |name: &&String| {
            let parts = fold(name);
            let whole = parts.join(" ");
            parts.iter().chain([&whole]).map(|p| distance(p, &wanted)).min().unwrap_or(usize::MAX)
        };
        let nearest = names.iter().collect::<BTreeSet<_>>().into_iter().min_by_key(far).cloned();
        let name = who.name.clone();
        Err(CorpusError::new(&self.path, Trouble::Unknown { what, name, nearest }))
    }

    /// Where the dates of texts stand: apart from the texts, which are long, where that is kept.
    fn dates(&self) -> SqlResult<&'static str> {
        Ok(if self.is_linked()? { "imprint" } else { "(SELECT number AS document, date FROM document)" })
    }

    /// The statements of the latest documents first; those read beyond the wanted ones only count, up to a bound.
    fn statements_of(
        &self,
        sought: &Sought,
        limit: usize,
        vocabulary: &Vocabulary,
        hits: &mut Hits,
    ) -> SqlResult<()> {
        let Conditions { sql, values } = sought.of_documents();
        let mut documents = self.connection.prepare(&format!(
            "SELECT d.document, d.date FROM {} d WHERE 1{sql} ORDER BY ifnull(d.date, '') DESC, d.document DESC",
            self.dates()?
        ))?;
        let Conditions { sql: own, values: given } = sought.of_statements();
        let mut statements = self.connection.prepare(&format!(
            "SELECT s.id, s.speaker, s.holder, s.act, s.content FROM statement s WHERE s.document = ?{own} ORDER BY s.rowid"
        ))?;
        let mut read = 0;
        let mut rows = documents.query(params_from_iter(values))?;
        while let Some(document) = rows.next()? {
            if read >= READ {
                hits.all_read = false;
                break;
            }
            let number: i64 = document.get(0)?;
            let date: Option<String> = document.get(1)?;
            let values = [Value::Integer(number)].into_iter().chain(given.iter().cloned());
            let mut rows = statements.query(params_from_iter(values))?;
            read += 1;
            while let Some(row) = rows.next()? {
                read += 1;
                let content = row.get_ref(4)?.as_str()?;
                if !is_on(&sought.topics, content, vocabulary) {
                    continue;
                }
                let Some(marks) = marks(&sought.phrases, content, true) else { continue };
                hits.of_statements += 1;
                if hits.statements.len() == limit {
                    continue;
                }
                let (speaker, holder): (String, String) = (row.get(1)?, row.get(2)?);
                let who = if speaker == holder { speaker } else { format!("{speaker}, for {holder}") };
                hits.statements.push(Hit {
                    id: row.get(0)?,
                    date: date.clone(),
                    who,
                    what: row.get(3)?,
                    words: Mark { text: content.to_owned(), marks },
                });
            }
        }
        Ok(())
    }

    /// Documents by how well they answer; without words the latest first.
    fn documents_of(
        &self,
        sought: &Sought,
        limit: usize,
        vocabulary: &Vocabulary,
        hits: &mut Hits,
    ) -> SqlResult<()> {
        let dates = self.dates()?;
        let (from, order) = match sought.full_text() {
            Some(_) => {
                (format!("passage f CROSS JOIN {dates} d ON d.document = f.rowid"), "f.rank, d.document")
            }
            None => (format!("{dates} d"), "ifnull(d.date, '') DESC, d.document DESC"),
        };
        let mut conditions = Conditions::default();
        if let Some(words) = sought.full_text() {
            conditions.and("f.passage MATCH ?", [words]);
        }
        sought.when_and_where(&mut conditions);
        if sought.asks_statements() {
            sought.named(&mut conditions);
            let of = sought.of_statements();
            conditions.and(
                &format!("EXISTS (SELECT 1 FROM statement s WHERE s.document = d.document{})", of.sql),
                [],
            );
            conditions.values.extend(of.values);
        }
        let Conditions { sql, values } = conditions;
        let mut select = self.connection.prepare(&format!(
            "SELECT d.document FROM {from} WHERE 1{sql} ORDER BY {order} LIMIT {DOCUMENTS}"
        ))?;
        let mut rows = select.query(params_from_iter(values))?;
        let mut read = 0;
        while let Some(row) = rows.next()? {
            read += 1;
            let number: u32 = row.get(0)?;
            // Topics are told by the words of statements, which the condition above could not see.
            if !sought.topics.is_empty() && !self.speaks_of(number, &sought.topics, vocabulary)? {
                continue;
            }
            hits.of_documents += 1;
            if hits.documents.len() < limit {
                hits.documents.push(self.hit(number, sought)?);
            }
        }
        hits.all_found = read < DOCUMENTS;
        Ok(())
    }

    fn hit(&self, number: u32, sought: &Sought) -> SqlResult<Hit> {
        let mut select = self.connection.prepare_cached(
            "SELECT date, coalesce(source ->> 'publisher', ''), coalesce(title, name), text FROM document
             WHERE number = ?1",
        )?;
        select.query_row([number], |row| {
            Ok(Hit {
                id: format!("d{number}"),
                date: row.get(0)?,
                who: row.get(1)?,
                what: row.get(2)?,
                words: self.passage(number, row.get_ref(3)?.as_str()?, sought)?,
            })
        })
    }

    /// The sentence of the first of the words, with all of them marked.
    fn passage(&self, number: u32, text: &str, sought: &Sought) -> SqlResult<Mark> {
        let first = marks(&sought.phrases, text, false).and_then(|marks| marks.first().copied());
        let words = match first {
            Some(span) => self.around(number, text, span)?,
            None => {
                let begin: String = text.chars().take(200).collect();
                begin.split_whitespace().collect::<Vec<_>>().join(" ")
            }
        };
        let marks = marks(&sought.phrases, &words, false).unwrap_or_default();
        Ok(Mark { text: words, marks })
    }

    fn speaks_of(&self, document: u32, topics: &[usize], vocabulary: &Vocabulary) -> SqlResult<bool> {
        let mut select =
            self.connection.prepare_cached("SELECT content FROM statement WHERE document = ?1")?;
        let mut rows = select.query([document])?;
        while let Some(row) = rows.next()? {
            if is_on(topics, row.get_ref(0)?.as_str()?, vocabulary) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn is_on(topics: &[usize], words: &str, vocabulary: &Vocabulary) -> bool {
    topics.is_empty() || vocabulary.find(words).iter().any(|worded| topics.contains(&worded.topic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrase(words: &[&str]) -> Vec<Word> {
        let word = |w: &&str| Word { folded: w.trim_end_matches('*').to_owned(), open: w.ends_with('*') };
        words.iter().map(word).collect()
    }

    #[test]
    fn words_are_found_whatever_their_accents_and_capitals() {
        let text = "Zoë's CAFÉ, cafe\u{301}s and cafés";
        let found = |words: &[&str]| -> Vec<&str> {
            places(&phrase(words), &super::words(text)).iter().map(|s| s.slice(text)).collect()
        };
        assert_eq!(found(&["cafe"]), ["CAFÉ"]);
        assert_eq!(found(&["cafe*"]), ["CAFÉ", "cafe\u{301}s", "cafés"]);
        assert_eq!(found(&["zoe", "s", "cafe"]), ["Zoë's CAFÉ"]);
        assert!(found(&["caf"]).is_empty() && found(&[]).is_empty());
    }

    #[test]
    fn marks_that_overlap_are_one() {
        let phrases = [phrase(&["open", "harbour"]), phrase(&["harbour", "treaty"])];
        assert_eq!(marks(&phrases, "the open harbour treaty", true), Some(vec![Span::new(4, 23)]));
        assert_eq!(marks(&phrases, "the open harbour", true), None);
    }
}
