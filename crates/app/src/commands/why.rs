//! `why`: the words, the rule and the reasoning behind a row.

use std::path::Path;

use anyhow::{Result, bail};
use chancery_corpus::{Bond, Corpus, Stored};
use chancery_model::{Provenance, Span};
use serde_json::Value;

use super::marks::{Mark, Style, marked, styled};
use super::show::one_line;
use crate::Ended;
use crate::output::{Output, harmless};

pub(super) fn why(id: &str, field: Option<&str>, record: &Path) -> Result<Ended> {
    let corpus = Corpus::read(record)?;
    let mut out = Output::new();
    let colour = out.is_terminal();
    let page = if id.starts_with('M') {
        meeting(&corpus, id, field, colour)?
    } else {
        let row = row(&corpus, id, field, colour)?;
        if let Some(field) = field.filter(|field| !row.has(field)) {
            bail!("{id} has no field '{field}'; it has {}", row.fields.join(", "));
        }
        row.text
    };
    out.write(&page)?;
    out.finish()?;
    Ok(Ended::Well)
}

/// A meeting over documents: what it is, then what each document says.
fn meeting(corpus: &Corpus, id: &str, field: Option<&str>, colour: bool) -> Result<String> {
    let encounter = corpus.encounter(id)?;
    let names: Vec<&str> = encounter.fields.iter().map(|(name, _)| name.as_str()).collect();
    if let Some(field) = field.filter(|field| !names.contains(field)) {
        bail!("{id} has no field '{field}'; it has {}", names.join(", "));
    }
    let mut page = String::new();
    for (name, value) in encounter.fields.iter().filter(|(name, _)| field.is_none_or(|f| f == name)) {
        page += &format!("{name:12} {}\n", harmless(value));
    }
    let of_field =
        |bond: &Bond| if bond.field == "persons" { "parties" } else { bond.field.as_str() }.to_owned();
    let asked = |bond: &&Bond| field.is_none_or(|field| in_member(field) == of_field(bond));
    for bond in encounter.bonds.iter().filter(|bond| bond.verdict == "contradicts").filter(asked) {
        page += &format!("{:12} {} of {}: {}\n", "disputed", bond.field, bond.account, harmless(&bond.words));
    }
    for member in &encounter.members {
        // Its fields are joined from those of its members, under other names here and there.
        let field = field.map(in_member);
        let row = row(corpus, member, field, colour)?;
        if field.is_none_or(|field| row.has(field)) {
            page += &format!("\n{}", row.text);
            for bond in encounter.bonds.iter().filter(|bond| bond.account == *member).filter(asked) {
                page +=
                    &format!("{:12} {} {}: {}\n", "link", bond.field, bond.verdict, harmless(&bond.words));
            }
        }
    }
    Ok(page)
}

fn in_member(field: &str) -> &str {
    match field {
        "precision" | "date_from" | "date_to" => "date",
        other => other,
    }
}

/// What is said of a row, and which fields it has.
struct Explained {
    text: String,
    fields: Vec<String>,
}

impl Explained {
    fn has(&self, field: &str) -> bool {
        self.fields.iter().any(|name| name == field)
    }
}

/// A row of one document, or one field of it.
fn row(corpus: &Corpus, id: &str, field: Option<&str>, colour: bool) -> Result<Explained> {
    let stored = corpus.document(id)?;
    let Some((kind, fields, provenance)) = id.split_once('.').and_then(|(_, row)| find(&stored, row)) else {
        bail!(
            "nothing here has the id '{id}'; ids look like d1.s3 or M1, and 'chancery statements' lists them"
        );
    };
    let mut text = format!("{id}  {kind} in {}\n", harmless(&stored.document.id));
    let wanted = |name: &str| field.is_none_or(|f| f == name);
    for (name, value) in fields.iter().filter(|(name, _)| wanted(name)) {
        text += &format!("{name:12} {}\n", harmless(&one_line(&shown(value, &stored))));
        for reason in provenance.iter().filter(|p| p.field == *name) {
            text += &reasons(reason, &stored, colour);
        }
    }
    // A field without words of its own rests on those of the row.
    if let Some(field) = field.filter(|f| *f != "row" && !provenance.iter().any(|p| p.field == *f)) {
        for reason in
            provenance.iter().filter(|p| p.field == "row" && fields.iter().any(|(name, _)| name == field))
        {
            text += &reasons(reason, &stored, colour);
        }
    }
    let mut names: Vec<String> = fields.into_iter().map(|(name, _)| name).collect();
    for reason in provenance.iter().filter(|p| !names.contains(&p.field)).collect::<Vec<_>>() {
        if wanted(&reason.field) {
            text += &format!("{}\n{}", reason.field, reasons(reason, &stored, colour));
        }
        names.push(reason.field.clone());
    }
    names.dedup();
    Ok(Explained { text, fields: names })
}

type Row = (&'static str, Vec<(String, Value)>, Vec<Provenance>);

fn find(stored: &Stored, id: &str) -> Option<Row> {
    let record = serde_json::to_value(&stored.record).expect("the nouns have string keys only");
    for (kind, list) in
        [("role", "roles"), ("meeting", "meetings"), ("statement", "statements"), ("event", "events")]
    {
        let Some(row) = record[list].as_array().into_iter().flatten().find(|row| row["id"] == id) else {
            continue;
        };
        let provenance = serde_json::from_value(row["provenance"].clone()).unwrap_or_default();
        let fields = row.as_object().into_iter().flatten();
        let fields = fields.filter(|(name, value)| !is_hidden(name, value));
        return Some((kind, fields.map(|(name, v)| (called(name), v.clone())).collect(), provenance));
    }
    None
}

/// What provenance and the views call the field: an interval is a date to people.
fn called(field: &str) -> String {
    if field == "when" { "date".to_owned() } else { field.to_owned() }
}

fn is_hidden(name: &str, value: &Value) -> bool {
    name == "id" || name == "provenance" || value.is_null() || value.as_array().is_some_and(Vec::is_empty)
}

/// A value in words: spans as the text they stand for, participants by name.
fn shown(value: &Value, stored: &Stored) -> String {
    let list = |items: &[Value]| items.iter().map(|v| shown(v, stored)).collect::<Vec<_>>().join("; ");
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => list(items),
        Value::Object(fields) => {
            if let Ok(span) = serde_json::from_value::<Span>(value.clone()) {
                return format!("\"{}\"", stored.document.slice(span));
            }
            let text = |key: &str| fields.get(key).and_then(Value::as_str).unwrap_or_default();
            let persons =
                fields.get("persons").and_then(Value::as_array).map(|p| list(p)).unwrap_or_default();
            let host = if fields.contains_key("host") { ", host" } else { "" };
            match (text("from"), text("to"), format!("{}{persons}", text("name"))) {
                ("", _, name) if name.is_empty() => format!("{}{host}", text("code")),
                ("", _, name) if text("code").is_empty() => name,
                ("", _, name) => format!("{name} ({}{host})", text("code")),
                (from, to, _) if from == to => from.to_owned(),
                (from, to, _) => format!("{from} to {to}"),
            }
        }
        other => other.to_string(),
    }
}

/// The sentence with the words marked in it, the rule, and the reasoning.
fn reasons(reason: &Provenance, stored: &Stored, colour: bool) -> String {
    let dim = |words: &str| styled(words, &[Style::Dim], colour);
    let mut lines = String::new();
    let marks: Vec<Mark> = reason
        .spans
        .iter()
        .map(|&span| Mark { span, before: "[".to_owned(), after: "]", style: Style::Strong })
        .collect();
    // The words may stand in other sentences than the row.
    for (number, &sentence) in (1..).zip(&stored.sentences) {
        if reason.spans.iter().any(|&span| sentence.contains(span)) {
            let words = one_line(&marked(&stored.document.text, sentence, &marks, colour));
            lines += &format!("  {} {words}\n", dim(&format!("sentence {number}:")));
        }
    }
    let outside = |span: &&Span| !stored.sentences.iter().any(|sentence| sentence.contains(**span));
    for &span in reason.spans.iter().filter(outside) {
        let words = one_line(&harmless(stored.document.slice(span)));
        lines += &format!("  {} [{words}]\n", dim("words:"));
    }
    lines += &format!("  {} {}\n", dim("rule:"), harmless(&reason.rule));
    if let Some(why) = &reason.why {
        lines += &format!("  {} {}\n", dim("because:"), harmless(why));
    }
    lines
}
