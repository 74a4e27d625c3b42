//! `compare --series`: one topic through the texts of a series.

use std::path::Path;

use anyhow::{Result, bail};
use chancery_corpus::{Corpus, Piece, Said, Series, Turn, Vocabulary};

use super::compare::redlined;
use super::marks::{Style, styled};
use crate::Ended;
use crate::answers;
use crate::answers::series::{object, summary};
use crate::cli::PageFormat;
use crate::output::{Output, harmless};

pub(super) fn series(
    parties: &[String],
    persons: &[String],
    topic: Option<&str>,
    format: PageFormat,
    record: &Path,
) -> Result<Ended> {
    let vocabulary = Vocabulary::embedded();
    let Some(wanted) = topic else { bail!("name a topic, as in --topic taiwan") };
    let topics = answers::positions::meant(vocabulary, wanted)?;
    let asked = answers::series::Series { parties, persons };
    let corpus = Corpus::read(record)?;
    let series = corpus.series(parties, persons, &topics, vocabulary)?;
    if series.turns.is_empty() {
        return Err(asked.unknown());
    }
    let mut out = Output::new();
    let colour = out.is_terminal();
    match format {
        PageFormat::Text => out.write(&page(&series, &topics, vocabulary, colour))?,
        PageFormat::Json => out.line(&object(&series, &topics, vocabulary).to_string())?,
    }
    out.finish()?;
    Ok(Ended::Well)
}

fn page(series: &Series, topics: &[usize], vocabulary: &Vocabulary, colour: bool) -> String {
    let mut page = format!("{}\n", summary(series, topics, vocabulary));
    for turn in &series.turns {
        page += &format!("\n{}\n", styled(&harmless(&heading(turn)), &[Style::Strong], colour));
        if turn.said.is_empty() {
            page += "  absent\n";
        }
        for said in &turn.said {
            page += &format!("  {}\n", line(said, colour));
        }
    }
    page
}

fn heading(turn: &Turn) -> String {
    let date = turn.date.map(|d| d.to_string()).unwrap_or_default();
    let publisher = turn.publisher.as_deref().unwrap_or_default();
    format!("{date:10}  {}  {publisher}  {}", turn.document, turn.title.as_deref().unwrap_or_default())
}

fn line(said: &Said, colour: bool) -> String {
    let claim = &said.claim;
    let holder = if claim.holder.is_empty() { String::new() } else { format!("  {}:", claim.holder) };
    let words = match &said.pieces[..] {
        [Piece::Both(words) | Piece::B(words)] => harmless(words),
        pieces => redlined(pieces, colour),
    };
    format!("{}{holder} {words}", claim.id)
}
