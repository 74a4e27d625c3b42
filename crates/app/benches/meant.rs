//! What it costs to tell who is meant, beside the parse:
//!
//!     cargo bench -p chancery --bench meant
//!
//! The examples, each sentence computed anew. What the coder does about who is meant is taken with all that it does on the way there (times,
//! meetings, statements), so that the ratio errs against it. Each time is the best of some rounds.
#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use chancery::coder::Coder;
use chancery::model::{Analysis, Document};
use chancery::nlp::Analyser;

const ROUNDS: usize = 10;

fn main() -> anyhow::Result<()> {
    let documents = examples()?;
    let (analyser, coder) = (Analyser::embedded()?.forgetful(), Coder::embedded());
    let parse = best(|| documents.iter().map(|d| analyser.analyse(d)).collect::<Vec<_>>());
    let analyses: Vec<Analysis> = documents.iter().map(|d| analyser.analyse(d)).collect();
    let each = || documents.iter().zip(&analyses);
    let record = best(|| each().map(|(d, a)| coder.code(d, a)).collect::<Vec<_>>());
    let references = best(|| each().map(|(d, a)| coder.references(d, a)).collect::<Vec<_>>());
    let discourse = best(|| each().map(|(d, a)| analyser.discourse(d, a)).collect::<Vec<_>>());
    let sentences: usize = analyses.iter().map(|a| a.sentences.len()).sum();
    println!("{} documents, {sentences} sentences", documents.len());
    let line = |what: &str, time: Duration| {
        println!("{what:58} {time:>10.2?} {:>8.3}", time.as_secs_f64() / parse.as_secs_f64());
    };
    line("parse (words, sentences, trees, names)", parse);
    line("record: cast, identities, resolution, and all rows", record);
    line("references: the same without events, each phrase resolved", references);
    line("chains of mentions for other tools (code --format discourse)", discourse);
    Ok(())
}

fn examples() -> anyhow::Result<Vec<Document>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/readouts");
    let mut paths = std::fs::read_dir(folder)?.map(|e| Ok(e?.path())).collect::<anyhow::Result<Vec<_>>>()?;
    paths.sort();
    let mut documents = Vec::new();
    for path in paths {
        let readings = chancery::formats::read(&path.to_string_lossy(), &std::fs::read(&path)?);
        documents.extend(readings.into_iter().filter_map(|reading| reading.outcome.ok()));
    }
    Ok(documents)
}

/// The shortest time of some rounds.
fn best<T>(mut work: impl FnMut() -> T) -> Duration {
    let round = |_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..ROUNDS).map(round).min().unwrap_or_default()
}
