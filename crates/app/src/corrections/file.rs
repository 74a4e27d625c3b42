//! Files of corrections, decisions and readings, line by line.

use std::cell::RefCell;

use chancery_corpus::{
    Corpus, CorpusError, Correction, Decision, Judgement, Reviewed, Row, Trouble, Verdict, key,
};
use chancery_formats::exchange::{LAYERS, Reading, Said, readings, rows as set_into};
use chancery_model::Document;
use serde_json::{Map, Value};

use super::{Valid, merged};

/// What one line of a file says.
#[derive(Debug)]
pub(crate) enum Line {
    /// One correction.
    Correction(Box<Correction>),
    /// A decision on links.
    Decision(Decision),
    /// A person's rows of a text.
    Reading(Reading),
}

impl Line {
    /// What the object says.
    pub(crate) fn of(value: &Value) -> Result<Vec<Self>, String> {
        if !value.is_object() {
            return Err("is no JSON object; write one object a line".to_owned());
        }
        if !value["verdict"].is_null() && !value["layer"].is_null() {
            return Correction::from_json(value)
                .map(|correction| vec![Self::Correction(Box::new(correction))]);
        }
        if !value["link"].is_null() {
            return Decision::from_json(value).map(|decision| vec![Self::Decision(decision)]);
        }
        readings(value).map(|readings| readings.into_iter().map(Self::Reading).collect())
    }
}

/// Takes lines up into a record.
#[derive(Debug)]
pub(crate) struct Import<'a> {
    pub(crate) corpus: &'a mut Corpus,
    /// Whoever a line does not name.
    pub(crate) who: Option<String>,
    /// When, where a line does not tell.
    pub(crate) when: String,
    /// Whether what a reading does not have is rejected.
    pub(crate) complete: bool,
    pub(crate) valid: Valid,
    /// What is taken up when all lines are read.
    pub(crate) corrections: Vec<Correction>,
    pub(crate) decisions: Vec<Decision>,
}

impl Import<'_> {
    /// Take one line up, of a reading at once, with the rows of it that could not be; what is wrong with it otherwise.
    pub(crate) fn take(&mut self, line: Line) -> Result<Option<(Reviewed, Vec<String>)>, String> {
        match line {
            Line::Correction(correction) => {
                correction.found.iter().chain(&correction.given).try_for_each(|row| self.valid.row(row))?;
                self.corpus.fits(&correction).map_err(|error| match error.trouble {
                    Trouble::Unfit(why) => why,
                    _ => error.to_string(),
                })?;
                self.corrections.push(*correction);
                Ok(None)
            }
            Line::Decision(decision) => {
                self.decisions.push(decision);
                Ok(None)
            }
            Line::Reading(reading) => self.reading(&reading).map(Some),
        }
    }

    fn reading(&mut self, reading: &Reading) -> Result<(Reviewed, Vec<String>), String> {
        let who = reading.who.clone().or_else(|| self.who.clone());
        let who = who.ok_or("nobody is named; write \"who\" into the line, or --coder NAME")?;
        let document = self.document(reading)?;
        let mut record = set_into(&document, &reading.rows).map_err(|faults| faults.join("; "))?;
        for role in &mut record.roles {
            if let Row::Role(whole) = self.valid.completed(Row::Role(role.clone())) {
                *role = whole;
            }
        }
        let judgement = Judgement {
            verdict: Verdict::Accept,
            given: None,
            who,
            made: reading.when.clone().unwrap_or_else(|| self.when.clone()),
            note: None,
            settles: false,
        };
        let said = Said::of(&document);
        let faults = RefCell::new(Vec::new());
        let merge = |base: Option<&Row>, given: &Row| {
            let new = match base.zip(fields(reading, given)) {
                Some((base, fields)) => self.valid.completed(merged(&said, base, given, fields)),
                None => given.clone(),
            };
            // What the machine found is not held against the person.
            let wrong = if base == Some(&new) { None } else { self.valid.row(&new).err() };
            if let Some(wrong) = wrong {
                let place = format!("{}, row {}", super::list(given.layer()), &given.id()[1..]);
                faults.borrow_mut().push(format!("{place}: {wrong}"));
                return None;
            }
            Some(new)
        };
        let complete = self.complete || reading.complete;
        let reviewed = self.corpus.review(&key(&document.text), &record, complete, &judgement, &merge);
        let reviewed = reviewed.map_err(|error| error.to_string())?;
        Ok((reviewed, faults.into_inner()))
    }

    /// The text that a reading is of.
    fn document(&self, reading: &Reading) -> Result<Document, String> {
        let found = match &reading.key {
            Some(key) => self.corpus.document_of(key),
            None => self.corpus.document(&reading.id),
        };
        match found {
            Ok(stored) => Ok(stored.document),
            Err(CorpusError { trouble: Trouble::NoSuch(_), .. }) => {
                let all = self.corpus.known().map_err(|error| error.to_string())?;
                Err(format!(
                    "the record has no text '{}' among its {}; 'chancery documents' lists them, 'chancery add' adds it",
                    reading.id,
                    all.len()
                ))
            }
            Err(error) => Err(error.to_string()),
        }
    }
}

/// The row of annotations that a row was read from.
fn fields<'a>(reading: &'a Reading, row: &Row) -> Option<&'a Map<String, Value>> {
    let (letter, number) = row.id().split_at_checked(1)?;
    let (layer, _) = LAYERS.iter().find(|(_, of)| *of == letter)?;
    let number: usize = number.parse().ok()?;
    reading.rows[*layer].get(number.checked_sub(1)?)?.as_object()
}
