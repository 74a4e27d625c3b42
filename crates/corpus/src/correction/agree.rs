//! Whether people who judged the same rows say the same of them, field by field.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Participant, Record, When};
use rusqlite::{OptionalExtension, Result as SqlResult};

use super::keep::read;
use super::slot::{Slot, slots};
use super::{Correction, Layer, Row};
use crate::load::parse;
use crate::name::fold;
use crate::rows::{shown, word};
use crate::{Corpus, CorpusError};

/// How far people agree in one field.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Of which rows.
    pub layer: Layer,
    /// `act`, `holder` and the like; `row`: whether there is such a row.
    pub field: &'static str,
    /// Krippendorff's alpha for names; none where all said the same of everything, so that nothing could be told from chance.
    pub alpha: Option<f64>,
    /// How many rows two or more judged.
    pub units: usize,
    /// In how many of them all said the same.
    pub agreed: usize,
}

/// A field in which people do not agree, and nobody has settled it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Id of the row (`d3.s2`), where its text is in the record.
    pub row: Option<String>,
    /// Name of the document.
    pub name: String,
    /// Of which rows.
    pub layer: Layer,
    /// The field, or `row`.
    pub field: &'static str,
    /// Who says what, by name.
    pub values: Vec<(String, String)>,
    /// How many fields of the row are in conflict.
    pub of_row: usize,
}

/// There is such a row, or there is none.
const THERE: &str = "there";
const NOT_THERE: &str = "rejected";

impl Corpus {
    /// How far these people agree, or all where none are named, and where they do not: the worst first.
    ///
    /// Only what two or more judged counts; what settles conflicts does not.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn agreement(&self, who: &[String]) -> Result<(Vec<Agreement>, Vec<Conflict>), CorpusError> {
        self.agreed(who).map_err(self.wrong())
    }

    /// Where people do not agree on rows of these documents (`d3`), and nobody has settled it.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn conflicts_of(&self, documents: &[String]) -> Result<Vec<Conflict>, CorpusError> {
        let numbers: Vec<&str> = documents.iter().filter_map(|id| id.strip_prefix('d')).collect();
        let read = || -> SqlResult<Vec<Conflict>> {
            let texts: Vec<(String, Record)> = self.all(
                "SELECT d.\"key\", d.record FROM json_each(?1) w JOIN document d ON d.number = w.value
                 WHERE (SELECT count(DISTINCT c.who) FROM correction c WHERE c.\"key\" = d.\"key\") > 1",
                [format!("[{}]", numbers.join(","))],
                |row| Ok((row.get(0)?, parse(row, 1)?)),
            )?;
            let mut conflicts = Vec::new();
            for (key, record) in texts {
                let corrections = read(&self.connection, "\"key\" = ?1", [key])?;
                for slot in slots(&record, &corrections) {
                    conflicts.extend(in_conflict(&slot, &said(&slot, &[])));
                }
            }
            Ok(conflicts)
        };
        read().map_err(self.wrong())
    }

    fn agreed(&self, who: &[String]) -> SqlResult<(Vec<Agreement>, Vec<Conflict>)> {
        let mut texts: BTreeMap<String, Vec<Correction>> = BTreeMap::new();
        for correction in read(&self.connection, "undone IS NULL", [])? {
            texts.entry(correction.key.clone()).or_default().push(correction);
        }
        let mut fields: BTreeMap<(Layer, usize), Vec<Vec<String>>> = BTreeMap::new();
        let mut conflicts = Vec::new();
        for (key, corrections) in &texts {
            let people: BTreeSet<&str> = corrections.iter().map(|c| c.who.as_str()).collect();
            if people.len() < 2 {
                continue;
            }
            let machine: Option<Record> = self
                .connection
                .query_row("SELECT record FROM document WHERE \"key\" = ?1", [key], |row| parse(row, 0))
                .optional()?;
            for slot in slots(&machine.unwrap_or_else(|| Record::empty("")), corrections) {
                let said = said(&slot, who);
                for (at, values) in said.iter().enumerate().filter(|(_, values)| values.len() > 1) {
                    let values = values.iter().map(|(_, value)| value.clone()).collect();
                    fields.entry((slot.corrections[0].layer(), at)).or_default().push(values);
                }
                conflicts.extend(in_conflict(&slot, &said));
            }
        }
        conflicts
            .sort_by_key(|c| (c.field != "row", std::cmp::Reverse(c.of_row), c.name.clone(), c.row.clone()));
        let agreement = |((layer, at), units): ((Layer, usize), Vec<Vec<String>>)| Agreement {
            layer,
            field: names(layer)[at],
            alpha: alpha(&units),
            units: units.len(),
            agreed: units.iter().filter(|values| values.windows(2).all(|pair| pair[0] == pair[1])).count(),
        };
        Ok((fields.into_iter().map(agreement).collect(), conflicts))
    }
}

/// The fields that are compared, `row` first.
fn names(layer: Layer) -> &'static [&'static str] {
    match layer {
        Layer::Role => &["row", "person", "office", "organization", "country"],
        Layer::Meeting => &["row", "parties", "date", "place", "format", "told"],
        Layer::Statement => &["row", "act", "speaker", "holder", "addressee", "polarity"],
        Layer::Event => &["row", "type", "mode", "cameo", "actor", "recipient", "date", "place", "modality"],
    }
}

/// Who says what of each field of a row.
fn said(slot: &Slot<'_>, who: &[String]) -> Vec<Vec<(String, String)>> {
    let open: Vec<&Correction> = slot.corrections.iter().filter(|c| !c.settles).copied().collect();
    let judged = Slot { machine: None, corrections: open }.opinions();
    let mut said = vec![Vec::new(); names(slot.corrections[0].layer()).len()];
    for opinion in judged.into_iter().filter(|c| who.is_empty() || who.contains(&c.who)) {
        let of_row = if opinion.given.is_some() { THERE } else { NOT_THERE };
        let values = opinion.given.iter().flat_map(values);
        for (field, value) in said.iter_mut().zip([of_row.to_owned()].into_iter().chain(values)) {
            field.push((opinion.who.clone(), value));
        }
    }
    said
}

fn in_conflict(slot: &Slot<'_>, said: &[Vec<(String, String)>]) -> Vec<Conflict> {
    if slot.effective().is_some_and(|c| c.settles) {
        return Vec::new();
    }
    let last = slot.corrections[slot.corrections.len() - 1];
    let differ =
        said.iter().enumerate().filter(|(_, values)| values.windows(2).any(|pair| pair[0].1 != pair[1].1));
    let differ: Vec<_> = differ.collect();
    let conflict = |(at, values): &(usize, &Vec<(String, String)>)| Conflict {
        row: last.row.clone(),
        name: last.name.clone(),
        layer: last.layer(),
        field: names(last.layer())[*at],
        values: (*values).clone(),
        of_row: differ.len(),
    };
    differ.iter().map(conflict).collect()
}

/// The values of the fields in [`names`] but the first, as names that are the same or not.
fn values(row: &Row) -> Vec<String> {
    let lower = |text: &Option<String>| text.as_deref().unwrap_or_default().to_lowercase();
    match row {
        Row::Role(row) => vec![
            fold(&row.person).join(" "),
            row.office.to_lowercase(),
            row.organization.clone().unwrap_or_default(),
            row.country.clone(),
        ],
        Row::Meeting(row) => vec![
            sorted(row.parties.iter().map(|party| party.code.clone()).collect()),
            date(row.when),
            lower(&row.place),
            word(row.format),
            word(row.told),
        ],
        Row::Statement(row) => vec![
            word(row.act),
            sorted(row.speaker.iter().map(|who| shown(who.name.as_deref(), &who.code)).collect()),
            codes(&row.holder),
            codes(&row.addressee),
            word(row.polarity),
        ],
        Row::Event(row) => vec![
            row.plover.clone(),
            row.mode.clone().unwrap_or_default(),
            row.cameo.clone().unwrap_or_default(),
            codes(&row.actor),
            codes(&row.recipient),
            date(row.when),
            lower(&row.place),
            word(row.modality),
        ],
    }
}

fn sorted(mut values: Vec<String>) -> String {
    values.sort();
    values.dedup();
    values.join("; ")
}

fn codes(participants: &[Participant]) -> String {
    let code = |p: &Participant| match &p.sector {
        Some(sector) => format!("{}.{sector}", p.code),
        None => p.code.clone(),
    };
    sorted(participants.iter().map(code).filter(|code| !code.is_empty()).collect())
}

fn date(when: Option<When>) -> String {
    match when {
        None => String::new(),
        Some(When { from, to }) if from == to => from.to_string(),
        Some(When { from, to }) => format!("{from}/{to}"),
    }
}

/// Krippendorff's alpha for nominal data: 1 less the disagreement that is there over the disagreement that chance would make.
///
/// Each unit has the values that were given to it, by however many; one with a single value says nothing. None where all values
/// are the same, or there are none.
#[must_use]
pub fn alpha<T: Ord>(units: &[Vec<T>]) -> Option<f64> {
    let paired = || units.iter().filter(|values| values.len() > 1);
    let mut totals: BTreeMap<&T, f64> = BTreeMap::new();
    let (mut all, mut observed) = (0.0, 0.0);
    for values in paired() {
        let others = (values.len() - 1) as f64;
        let differ = |value: &T| values.iter().filter(|other| *other != value).count() as f64;
        observed += values.iter().map(differ).sum::<f64>() / others;
        all += values.len() as f64;
        values.iter().for_each(|value| *totals.entry(value).or_default() += 1.0);
    }
    let by_chance: f64 = totals.values().map(|n| n * (all - n)).sum::<f64>() / (all - 1.0);
    (by_chance > 0.0).then(|| 1.0 - observed / by_chance)
}
