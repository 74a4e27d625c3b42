//! What the machine found and what people say of it, put together.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Event, Provenance, Record, Silence, Span};
use serde_json::Value;

use super::alike::{codes, may_meet};
use super::row::{find, push, rows};
use super::slot::{Slot, slots};
use super::{Correction, Layer, Row, Verdict};

/// What the rule of a reason begins with that a person gave.
pub(super) const BY: &str = "correction by ";

/// The record with the corrections that count: rows replaced, left out and added; ids of all other rows as they were.
///
/// `sentences` are those of the text. A row that people changed keeps its id and the words that it rests on; one that they left out
/// leaves a gap; one that they added follows after the last. What they said of a row that the machine no longer reads still holds.
#[must_use]
pub fn corrected(record: &Record, sentences: &[Span], corrections: &[Correction]) -> Record {
    apply(record, sentences, corrections).record
}

/// A record as people have it, and which row each correction bears on.
#[derive(Debug)]
pub(super) struct Applied {
    pub(super) record: Record,
    /// By number: the id within the record (`s3`), and whether it counts.
    pub(super) bearing: BTreeMap<u32, (String, bool)>,
}

pub(super) fn apply(record: &Record, sentences: &[Span], corrections: &[Correction]) -> Applied {
    let slots = slots(record, corrections);
    let mut applied = Applied { record: emptied(record), bearing: BTreeMap::new() };
    for layer in Layer::ALL {
        let here = || slots.iter().filter(|slot| slot.corrections[0].layer() == layer);
        let machine = rows(record, layer);
        let mut next = 1 + machine.iter().filter_map(|row| number(row.id())).max().unwrap_or(0);
        for row in machine {
            let judged = here().find(|slot| slot.machine.as_ref().is_some_and(|m| m.id() == row.id()));
            let id = row.id().to_owned();
            let kept = match judged {
                Some(slot) => applied.judge(slot, &id, Some(row), sentences),
                None => Some(row),
            };
            kept.into_iter().for_each(|row| push(&mut applied.record, row));
        }
        for slot in here().filter(|slot| slot.machine.is_none()) {
            // A number that was given once is not given to another row while this coder's rows stand.
            let id = format!("{}{next}", layer.letter());
            next += u32::from(slot.corrections.iter().any(|c| c.given.is_some()));
            let row = applied.judge(slot, &id, None, sentences);
            row.into_iter().for_each(|row| push(&mut applied.record, row));
        }
    }
    refer(&mut applied.record);
    applied.record.silent = silent(record, &applied.record, &slots, sentences);
    applied
}

impl Applied {
    /// The row of a slot as people have it, if they leave one.
    fn judge(&mut self, slot: &Slot<'_>, id: &str, machine: Option<Row>, sentences: &[Span]) -> Option<Row> {
        let counts = slot.effective();
        for correction in &slot.corrections {
            let counted = counts.is_some_and(|c| c.number == correction.number);
            self.bearing.insert(correction.number, (id.to_owned(), counted));
        }
        match counts {
            Some(correction) => given(correction, id, machine, sentences),
            None => machine,
        }
    }
}

/// All but the rows.
fn emptied(record: &Record) -> Record {
    let mut emptied = record.clone();
    emptied.roles.clear();
    emptied.meetings.clear();
    emptied.statements.clear();
    emptied.events.clear();
    emptied
}

/// The number in an id of a row: 3 of `s3`.
fn number(id: &str) -> Option<u32> {
    id.get(1..)?.parse().ok()
}

/// The row that a correction gives in place of the machine's.
fn given(correction: &Correction, id: &str, machine: Option<Row>, sentences: &[Span]) -> Option<Row> {
    let mut row = correction.given.clone()?;
    let base = machine.as_ref().or(correction.found.as_ref());
    let reasons = reasons(correction, base.unwrap_or(&row), &row, sentences);
    match (&mut row, base) {
        (Row::Role(row), Some(Row::Role(base))) if row.office != base.office && row.post == base.post => {
            row.post = None;
        }
        _ => {}
    }
    // What a row refers to is told by ids, which hold among the rows of one coding only.
    match (&mut row, machine) {
        (Row::Event(row), Some(Row::Event(machine))) => {
            (row.said_in, row.meeting) = (machine.said_in, machine.meeting);
        }
        (Row::Statement(row), Some(Row::Statement(machine))) => row.continues = machine.continues,
        (Row::Event(row), _) => (row.said_in, row.meeting) = (None, None),
        (Row::Statement(row), _) => row.continues = None,
        _ => {}
    }
    // A person looked: neither the figure nor the second opinion holds of it any more.
    if let Row::Event(row) = &mut row {
        (row.confidence, row.disputed) = (None, None);
    }
    id.clone_into(row.id_mut());
    *row.provenance_mut() = reasons;
    Some(row)
}

/// Why each field is so: as the machine tells it, but for those that the person changed.
fn reasons(correction: &Correction, base: &Row, row: &Row, sentences: &[Span]) -> Vec<Provenance> {
    let (before, after) = (base.fields(), row.fields());
    let changed: Vec<&String> =
        before.keys().chain(after.keys()).filter(|name| before.get(*name) != after.get(*name)).collect();
    let changed: BTreeSet<&str> = changed.into_iter().map(String::as_str).collect();
    let own = |p: &&Provenance| !changed.contains(p.field.as_str()) && !p.rule.starts_with(BY);
    let mut reasons: Vec<Provenance> = base.provenance().iter().filter(own).cloned().collect();
    let words = row.words();
    let sentence = of_sentence(sentences, &words).next().unwrap_or(1);
    let reason = |field: &str, sentence: u32, spans: Vec<Span>, why: String| Provenance {
        field: field.to_owned(),
        sentence,
        spans,
        rule: format!("{BY}{}", correction.who),
        why: Some(why),
    };
    for field in changed {
        let old: Vec<&Provenance> = base.provenance().iter().filter(|p| p.field == field).collect();
        let mut spans: Vec<Span> = old.iter().flat_map(|p| p.spans.clone()).collect();
        if spans.is_empty() || ["quote", "content", "cue"].contains(&field) {
            spans.clone_from(&words);
        }
        let was = before.get(field).map_or_else(|| "nothing".to_owned(), shown);
        let sentence = old.first().map_or(sentence, |p| p.sentence);
        reasons.push(reason(field, sentence, spans, format!("{}: was {was}", correction.made)));
    }
    let note = correction.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
    let done = match correction.verdict {
        Verdict::Accept => "accepted",
        Verdict::Add => "added",
        Verdict::Edit | Verdict::Reject => "edited",
    };
    reasons.push(reason("row", sentence, words, format!("{}: {done}{note}", correction.made)));
    reasons
}

/// A value for people; words of the text are told elsewhere.
fn shown(value: &Value) -> String {
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    match value {
        Value::Null => "nothing".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "nobody".to_owned(),
        Value::Array(items) => items.iter().map(shown).collect::<Vec<_>>().join("; "),
        Value::Object(fields) if fields.contains_key("start") => "other words".to_owned(),
        Value::Object(fields) if fields.contains_key("from") => {
            let (from, to) = (text(value, "from"), text(value, "to"));
            if from == to { from } else { format!("{from} to {to}") }
        }
        Value::Object(fields) => {
            let persons = fields.get("persons").and_then(Value::as_array).into_iter().flatten();
            let names: Vec<String> =
                persons.map(shown).chain(fields.get("name").map(shown)).filter(|n| !n.is_empty()).collect();
            let name = (!names.is_empty()).then(|| names.join(", "));
            crate::rows::shown(name.as_deref(), &text(value, "code"))
        }
        other => other.to_string(),
    }
}

/// Drop what refers to a row that is gone, and let an added event be of the meeting in its words.
fn refer(record: &mut Record) {
    let ids = |layer| rows(record, layer).iter().map(|row| row.id().to_owned()).collect::<BTreeSet<_>>();
    let (statements, meetings) = (ids(Layer::Statement), ids(Layer::Meeting));
    for row in &mut record.statements {
        row.continues = row.continues.take().filter(|id| statements.contains(id));
    }
    let told = record.meetings.clone();
    let met = |event: &Event| {
        let one = |m: &&chancery_model::Meeting| {
            m.quote.overlaps(event.quote)
                && may_meet(m.when, event.when)
                && codes(&event.actor).iter().map(|code| code.0).collect::<BTreeSet<_>>()
                    == m.parties.iter().map(|party| party.code.as_str()).collect()
        };
        told.iter().find(one).map(|m| m.id.clone())
    };
    for row in &mut record.events {
        row.said_in = row.said_in.take().filter(|id| statements.contains(id));
        row.meeting = row.meeting.take().filter(|id| meetings.contains(id));
        let by_people = row.provenance.iter().any(|p| p.rule.starts_with(BY));
        if row.meeting.is_none() && row.plover == "CONSULT" && by_people {
            row.meeting = met(row);
        }
    }
}

/// The numbers of the sentences that hold some of these words.
fn of_sentence(sentences: &[Span], words: &[Span]) -> impl Iterator<Item = u32> {
    let touched = move |sentence: &Span| words.iter().any(|span| span.overlaps(*sentence));
    (1..).zip(sentences).filter(move |(_, sentence)| touched(sentence)).map(|(number, _)| number)
}

/// The sentences that give no row, and why: also those that spoke only for what was rejected.
fn silent(machine: &Record, record: &Record, slots: &[Slot<'_>], sentences: &[Span]) -> Vec<Silence> {
    let spoken = |row: &Row| -> BTreeSet<u32> {
        row.provenance().iter().map(|p| p.sentence).chain(of_sentence(sentences, &row.words())).collect()
    };
    let all: Vec<Row> = Layer::ALL.into_iter().flat_map(|layer| rows(record, layer)).collect();
    let by_people = |row: &&Row| row.provenance().iter().any(|p| p.rule.starts_with(BY));
    let added: BTreeSet<u32> = all.iter().filter(by_people).flat_map(&spoken).collect();
    let mut silent: BTreeMap<u32, Silence> = machine
        .silent
        .iter()
        .filter(|s| !added.contains(&s.sentence))
        .map(|s| (s.sentence, s.clone()))
        .collect();
    let speaking: BTreeSet<u32> = all.iter().flat_map(spoken).collect();
    for slot in slots {
        let Some((machine, correction)) = slot.machine.as_ref().zip(slot.effective()) else { continue };
        if find(record, machine.id()).is_some() {
            continue;
        }
        for sentence in spoken(machine).difference(&speaking) {
            let Some(span) = sentences.get(*sentence as usize - 1) else { continue };
            let why = format!("its row was rejected by {}", correction.who);
            silent.entry(*sentence).or_insert(Silence { sentence: *sentence, span: *span, why });
        }
    }
    silent.into_values().collect()
}
