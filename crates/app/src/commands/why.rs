//! `why`: the words, the rule and the reasoning behind a row.

use std::path::Path;

use anyhow::{Result, bail};
use chancery_corpus::{Bond, Corpus, Stored};
use chancery_model::{Provenance, Span};

use super::marks::{Mark, Style, marked, styled};
use super::show::one_line;
use crate::Ended;
use crate::explain::Explained;
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
struct Told {
    text: String,
    fields: Vec<String>,
}

impl Told {
    fn has(&self, field: &str) -> bool {
        self.fields.iter().any(|name| name == field)
    }
}

/// A row of one document, or one field of it.
fn row(corpus: &Corpus, id: &str, field: Option<&str>, colour: bool) -> Result<Told> {
    let stored = corpus.document(id)?;
    let Some(row) = id.split_once('.').and_then(|(_, row)| Explained::of(&stored, row)) else {
        bail!(
            "nothing here has the id '{id}'; ids look like d1.s3 or M1, and 'chancery statements' lists them"
        );
    };
    let mut text = format!("{id}  {} in {}\n", row.kind, harmless(&stored.document.id));
    for one in row.fields.iter().filter(|f| field.is_none_or(|name| name == f.name)) {
        text += &match &one.value {
            Some(value) => format!("{:12} {}\n", one.name, harmless(&one_line(value))),
            None => format!("{}\n", one.name),
        };
        // Asked for by itself, a field without words of its own rests on those of the row.
        let reasons = if field.is_some() { row.reasons(one) } else { &one.reasons };
        reasons.iter().for_each(|reason| text += &reasons_of(reason, &stored, colour));
    }
    Ok(Told { text, fields: row.fields.into_iter().map(|f| f.name).collect() })
}

/// The sentence with the words marked in it, the rule, and the reasoning.
fn reasons_of(reason: &Provenance, stored: &Stored, colour: bool) -> String {
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
