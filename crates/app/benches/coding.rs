//! What it costs to code events once the text is parsed:
//!
//!     cargo bench -p chancery --bench coding
//!
//! The sentences of `tests/events`, parsed beforehand, coded with the whole codebook on one thread; and what is read at the start. Each time is
//! the best of some rounds. With the environment variable `PETRARCH2` naming a command that reads sentences from its standard input and
//! codes them, its time over the same sentences is printed beside.
#![allow(clippy::print_stdout)]

use std::hint::black_box;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use chancery::coder::Coder;
use chancery::model::{Analysis, Document};
use chancery::nlp::Analyser;

const ROUNDS: usize = 10;

#[allow(clippy::cast_precision_loss)]
fn main() -> anyhow::Result<()> {
    let texts: Vec<&str> = [
        include_str!("../tests/events/dev.txt"),
        include_str!("../tests/events/dev2.txt"),
        include_str!("../tests/events/held.txt"),
    ]
    .iter()
    .flat_map(|set| {
        set.split("\n\n").filter(|item| item.starts_with("### ")).filter_map(|item| item.lines().nth(1))
    })
    .collect();
    let documents: Vec<Document> = texts
        .iter()
        .filter_map(|text| {
            let line = serde_json::json!({ "id": "item", "published": "2015-06-01", "text": text });
            chancery::formats::read("item.jsonl", line.to_string().as_bytes()).pop()?.outcome.ok()
        })
        .collect();
    let analyser = Analyser::embedded()?.forgetful();
    let coder = Coder::embedded();
    let analyses: Vec<Analysis> = documents.iter().map(|d| analyser.analyse(d)).collect();
    let sentences: usize = analyses.iter().map(|a| a.sentences.len()).sum();
    let parse = best(|| documents.iter().map(|d| analyser.analyse(d)).collect::<Vec<_>>());
    let code = best(|| documents.iter().zip(&analyses).map(|(d, a)| coder.code(d, a)).collect::<Vec<_>>());
    let start = best(Coder::embedded);
    let rate = |time: Duration| sentences as f64 / time.as_secs_f64();
    println!("{sentences} sentences of news");
    println!("parse                              {:>9.0} sentences a second", rate(parse));
    println!(
        "code: all rows, whole codebook     {:>9.0} sentences a second, {:.3} of the parse",
        rate(code),
        code.as_secs_f64() / parse.as_secs_f64()
    );
    println!("tables, codebook and rules loaded  {start:>9.2?}");
    if let Ok(command) = std::env::var("PETRARCH2") {
        let time = best(|| beside(&command, &texts));
        println!("PETRARCH2, as '{command}'          {:>9.0} sentences a second", rate(time));
    }
    Ok(())
}

/// Run another coder over the sentences, one a line.
fn beside(command: &str, texts: &[&str]) -> std::io::Result<()> {
    let mut child =
        Command::new("sh").args(["-c", command]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(texts.join("\n").as_bytes())?;
    }
    child.wait().map(|_| ())
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
