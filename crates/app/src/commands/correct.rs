//! `correct`: a person's word on a row.

use std::path::Path;

use anyhow::{Context as _, Result, bail};
use chancery_corpus::{Corpus, Correction, Judgement, Layer, Row, Stored, Verdict};

use super::link::{open, printed};
use crate::Ended;
use crate::cli::{Person, RowKind, Sentence};
use crate::clock::now;
use crate::corrections::{Field, Valid, changes, fresh, set};
use crate::output::harmless;

impl From<RowKind> for Layer {
    fn from(kind: RowKind) -> Self {
        match kind {
            RowKind::Role => Self::Role,
            RowKind::Meeting => Self::Meeting,
            RowKind::Statement => Self::Statement,
            RowKind::Event => Self::Event,
        }
    }
}

/// Who speaks: who is named, else whoever is logged in.
pub(super) fn who(person: &Person) -> Result<String> {
    let named = person.coder.clone().or_else(|| std::env::var("USER").ok());
    named
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .context("nobody says so; name yourself with --coder NAME")
}

pub(super) fn correct(
    id: &str,
    what: &Sentence,
    fields: &[Field],
    person: &Person,
    (note, settle): (Option<String>, bool),
    record: &Path,
) -> Result<Ended> {
    let who = who(person)?;
    let mut corpus = open(record)?;
    let stored = corpus.document(id)?;
    let (verdict, given) = match (what.add, what.accept, what.reject) {
        (Some(layer), ..) => (Verdict::Add, Some(added(&stored, layer.into(), fields)?)),
        (_, true, _) => (Verdict::Accept, None),
        (_, _, true) => (Verdict::Reject, None),
        _ => (Verdict::Edit, Some(edited(&stored, id, fields)?)),
    };
    let before = row(&stored, id);
    let said = corpus.correct(id, Judgement { verdict, given, who, made: now(), note, settles: settle })?;
    corpus.link()?;
    printed(&harmless(&told(&said, &stored, before.as_ref())))
}

fn added(stored: &Stored, layer: Layer, fields: &[Field]) -> Result<Row> {
    fresh(&stored.document, layer, fields, &Valid::embedded()).map_err(anyhow::Error::msg)
}

fn edited(stored: &Stored, id: &str, fields: &[Field]) -> Result<Row> {
    let Some(row) = row(stored, id) else {
        if id.contains('.') {
            bail!("{id} is no row that is there; 'chancery corrections' tells whether it was rejected");
        }
        bail!("'{id}' is no row; to add one, name its kind: chancery correct {id} --add statement --set …");
    };
    set(&stored.document, &row, fields, &Valid::embedded()).map_err(anyhow::Error::msg)
}

/// The row of this id as it is now.
fn row(stored: &Stored, id: &str) -> Option<Row> {
    let (_, id) = id.split_once('.')?;
    crate::corrections::rows(&stored.record).into_iter().find(|row| row.id() == id)
}

/// What was said, and what it changed.
fn told(said: &Correction, stored: &Stored, before: Option<&Row>) -> String {
    let row = said.row.as_deref().unwrap_or(&said.name);
    let mut told = format!("correction {}, {} of {row} by {}\n", said.number, said.verdict.word(), said.who);
    if let (Some(before), Some(given)) = (before, &said.given) {
        changes(Some(&stored.document), before, given)
            .iter()
            .for_each(|change| told += &format!("  {change}\n"));
    }
    if !said.counts {
        told += "  it does not count: another correction settles this row\n";
    }
    told
}

/// Take a correction back.
pub(super) fn undo(number: u32, record: &Path) -> Result<Ended> {
    let mut corpus = open(record)?;
    let said = corpus.undo_correction(number, &now())?;
    corpus.link()?;
    let row = said.row.as_deref().unwrap_or(&said.name);
    printed(&harmless(&format!(
        "correction {number}, {} of {row} by {}, is taken back\n",
        said.verdict.word(),
        said.who
    )))
}

/// Take the last correction of a row back, by whoever asks.
pub(super) fn undo_last(id: &str, person: &Person, record: &Path) -> Result<Ended> {
    let corpus = Corpus::read(record)?;
    let which = chancery_corpus::Judged {
        of: Some(id.to_owned()),
        who: Some(who(person)?),
        ..chancery_corpus::Judged::default()
    };
    let Some(last) =
        corpus.corrections(&which)?.into_iter().max_by(|a, b| (&a.made, a.number).cmp(&(&b.made, b.number)))
    else {
        bail!(
            "{} said nothing of {id} that holds; 'chancery corrections' lists who did",
            which.who.unwrap_or_default()
        );
    };
    drop(corpus);
    undo(last.number, record)
}
