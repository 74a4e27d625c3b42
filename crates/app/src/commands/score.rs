//! `score`: how well does the coder do against annotated documents?

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use chancery_formats::write::annotations;
use serde_json::Value;

use super::{Reading, threads};
use crate::Ended;
use crate::cli::Layer;
use crate::ordered::ordered;
use crate::output::{Output, complain};
use crate::score::{Annotated, Scores, score as compare};

pub(super) fn score(
    gold: &Path,
    docs: &Path,
    predicted: Option<&Path>,
    json: bool,
    show: Option<Layer>,
    reading: &Reading,
) -> Result<Ended> {
    let (gold, texts) = (load(gold)?, load(docs)?);
    let (predicted, ended) = match predicted {
        Some(file) => (load(file)?, Ended::Well),
        None => code(docs, reading)?,
    };
    let scores = compare(&gold, &predicted, &texts, show);
    let mut out = Output::new();
    out.write(&if json { format!("{}\n", scores.json()) } else { table(&scores) })?;
    for difference in &scores.differences {
        out.line(difference)?;
    }
    out.finish()?;
    Ok(ended)
}

fn table(scores: &Scores) -> String {
    let mut table =
        format!("{:18} {:>9} {:>7} {:>7}   matched of predicted, of gold\n", "", "precision", "recall", "F1");
    for (name, layer) in &scores.layers {
        table += &format!(
            "{name:18} {:>9.3} {:>7.3} {:>7.3}   {} of {}, of {}\n",
            layer.precision(),
            layer.recall(),
            layer.f1(),
            layer.matched,
            layer.predicted,
            layer.gold
        );
    }
    if !scores.of_matched.is_empty() {
        table += "of the matched:\n";
    }
    for (name, share) in &scores.of_matched {
        table += &format!("  {name:25} {share:>9.3}\n");
    }
    table
}

/// One JSON object a line, by its `id`; the last of an id counts.
fn load(path: &Path) -> Result<Annotated> {
    let place = || path.display().to_string();
    let text = fs::read_to_string(path).with_context(place)?;
    let mut documents = Annotated::default();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let value: Value = serde_json::from_str(line)
            .with_context(|| format!("{}:{number}: broken JSON; write one object a line", path.display()))?;
        let Some(id) = value["id"].as_str() else {
            bail!("{}:{number}: no 'id'; each document needs one", path.display());
        };
        documents.insert(id.to_owned(), value);
    }
    Ok(documents)
}

/// Code the texts as `code --format annotations` does.
fn code(docs: &Path, reading: &Reading) -> Result<(Annotated, Ended)> {
    let pipeline = reading.pipeline()?;
    let bytes = fs::read(docs).with_context(|| docs.display().to_string())?;
    let readings = chancery_formats::read(&docs.to_string_lossy(), &bytes);
    let (mut predicted, mut ended) = (Annotated::default(), Ended::Well);
    ordered(
        threads(None),
        |job| {
            readings.into_iter().all(job);
        },
        |reading| {
            let document = reading.outcome.map_err(|skip| skip.why);
            let coded = document.and_then(|document| {
                let coded = pipeline.try_code(&document)?;
                Ok((document.id.clone(), annotations(&document, &coded.record)))
            });
            (reading.place, coded)
        },
        |(place, coded)| {
            match coded {
                Ok((id, value)) => predicted.insert(id, value),
                Err(why) => {
                    complain(&format!("skipped  {place}: {why}"));
                    ended = Ended::WithFailures;
                }
            }
            ControlFlow::Continue(())
        },
    );
    Ok((predicted, ended))
}
