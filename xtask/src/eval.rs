//! `cargo xtask eval`: how well does the coder do?

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::floors::{self, Scores};

/// Sets of annotated texts: what they are called in docs/scores.md, and how their files begin.
const SETS: &[(&str, &str)] = &[("The two seeds", "seeds"), ("Development readouts", "dev")];

/// Sets of sentences with the events that they tell: what they are called, in docs/floors.csv, and their files in the tests.
const SENTENCES: &[(&str, &str, &str)] = &[
    ("Sentences that the rules were written with", "sentences-dev", "dev.txt"),
    ("Sentences for breadth", "sentences-dev2", "dev2.txt"),
    ("Sentences that nobody reads", "sentences-held", "held.txt"),
    ("More that nobody reads, written later", "sentences-held2", "held2.txt"),
    ("Sentences from official texts that nobody reads", "sentences-official", "held-official.txt"),
];

const HEAD: &str = "\
# Scores

Written by `cargo xtask eval --write`, against annotated texts that lie outside this repository, with `chancery score`, and against the
sentences of `crates/app/tests/events`. The rules were written with these texts in view, but for the sentences that nobody reads: expect
less on others. What no score may fall under stands in `floors.csv`.

A meeting matches if its parties do and its dates intersect; a statement's span if it overlaps the annotated one by half (intersection
over union), `strict` if act and holder agree as well; an event's `class` is its PLOVER type, `full` adds who did it to whom (of the
sentences: which states and organisations), `sectors` whether a government, rebels or others.
";

/// Beside the repository, where there are annotated texts.
fn gold() -> PathBuf {
    crate::root().join("../shared/gold")
}

pub(crate) fn run(write: bool) -> Result<String, String> {
    let annotated = gold().is_dir();
    if write && !annotated {
        return Err(
            "docs/scores.md needs the annotated texts in ../shared/gold, which are not there".to_owned()
        );
    }
    let mut page = HEAD.to_owned();
    let mut scores = Scores::new();
    if annotated {
        page += &readouts(&mut scores)?;
    } else {
        page += "\nskipped: there are no annotated texts in ../shared/gold\n";
    }
    page += &sentences(&mut scores)?;
    if annotated {
        page += &crate::visits::section(&crate::chancery()?)?;
        page += &language()?;
    }
    floors::hold(&scores, write).map_err(|below| format!("{page}\n{below}"))?;
    if write {
        let path = crate::root().join("docs/scores.md");
        std::fs::write(&path, &page).map_err(|error| format!("docs/scores.md: {error}"))?;
    }
    Ok(page)
}

/// What the coder reaches on annotated readouts.
fn readouts(all: &mut Scores) -> Result<String, String> {
    let chancery = crate::chancery()?;
    let (mut out, mut halves) = (String::new(), String::new());
    for (title, name) in SETS {
        let (scores, half) = (score(&chancery, name, &[])?, score(&chancery, name, &["--fast"])?);
        halves += &compared(name, &scores, &half);
        let documents = lines(&gold().join(format!("{name}_gold.jsonl")))?;
        let _ = write!(out, "\n## {title} ({documents} documents)\n\n{}", table(&scores));
        all.insert((*name).to_owned(), scores);
    }
    let _ = write!(
        out,
        "\n## What half the network costs\n\nF1 with the whole network, and with `--fast`.\n\n\
         | set | layer | accurate | fast |\n|---|---|---|---|\n{halves}"
    );
    Ok(out)
}

/// What it reaches on sentences that say what events they tell.
fn sentences(all: &mut Scores) -> Result<String, String> {
    let example = ["run", "--release", "-p", "chancery", "--example", "sentences", "--"];
    let files = SENTENCES.iter().map(|(_, _, file)| format!("crates/app/tests/events/{file}"));
    let scored = crate::run(Command::new(env!("CARGO")).args(example).args(files))?;
    let said = String::from_utf8_lossy(&scored.stdout);
    let mut out = String::new();
    for ((title, name, _), line) in SENTENCES.iter().zip(said.lines()) {
        let scores: Value = serde_json::from_str(line).map_err(|error| format!("sentences: {error}"))?;
        let _ = write!(out, "\n## {title}\n\n{}", table(&scores));
        all.insert((*name).to_owned(), scores);
    }
    Ok(out)
}

/// What the analysis of language reaches on a treebank, where there is one.
fn language() -> Result<String, String> {
    let treebank = crate::root().join("../shared/data/ud/en_ewt-ud-dev.conllu");
    if !treebank.is_file() {
        return Ok(String::new());
    }
    let evaluate = ["run", "--release", "-p", "chancery-nlp", "--example", "evaluate", "--"];
    let mut out = "\n## Language analysis (UD English-EWT, dev)\n".to_owned();
    for exit in ["accurate", "fast"] {
        let command = &mut Command::new(env!("CARGO"));
        let evaluated = crate::run(command.args(evaluate).arg(&treebank).args(["--exit", exit]))?;
        let said = String::from_utf8_lossy(&evaluated.stdout);
        let figures = said.lines().filter(|line| !line.contains("loaded in"));
        // How long it took is the machine's.
        let figures: Vec<&str> = figures.map(|line| line.split(" in ").next().unwrap_or_default()).collect();
        let _ = write!(out, "\nExit `{exit}`:\n\n```\n{}\n```\n", figures.join("\n"));
    }
    Ok(out)
}

/// One row a layer: F1 of two runs.
fn compared(name: &str, accurate: &Value, fast: &Value) -> String {
    let layers = accurate.as_object().into_iter().flatten().filter(|(_, score)| score["f1"].is_number());
    let f1 = |scores: &Value, layer: &str| scores[layer]["f1"].as_f64().unwrap_or_default();
    let rows = layers.map(|(layer, _)| {
        format!("| {name} | {layer} | {:.3} | {:.3} |\n", f1(accurate, layer), f1(fast, layer))
    });
    rows.collect()
}

fn score(chancery: &Path, name: &str, options: &[&str]) -> Result<Value, String> {
    let file = |kind: &str| gold().join(format!("{name}_{kind}.jsonl"));
    let command = &mut Command::new(chancery);
    command.args(["score", "--json"]).args(options).arg(file("gold")).arg(file("docs"));
    let scored = crate::run(command)?;
    serde_json::from_slice(&scored.stdout).map_err(|error| format!("chancery score: {error}"))
}

fn lines(path: &Path) -> Result<usize, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(text.lines().filter(|line| !line.trim().is_empty()).count())
}

fn table(scores: &Value) -> String {
    let mut table =
        "| layer | precision | recall | F1 | right | found | annotated |\n|---|---|---|---|---|---|---|\n"
            .to_owned();
    let layers = scores.as_object().into_iter().flatten();
    for (layer, score) in layers.clone().filter(|(_, score)| score["f1"].is_number()) {
        let share = |field: &str| score[field].as_f64().unwrap_or_default();
        let [p, r, f1] = ["p", "r", "f1"].map(share);
        let [tp, pred, gold] = ["tp", "pred", "gold"].map(|field| score[field].as_u64().unwrap_or_default());
        let _ = writeln!(table, "| {layer} | {p:.3} | {r:.3} | {f1:.3} | {tp} | {pred} | {gold} |");
    }
    let matched = layers.filter_map(|(_, part)| part.as_object()).flatten();
    let matched =
        matched.filter_map(|(name, share)| share.as_f64().filter(|_| name.contains('.')).map(|s| (name, s)));
    let shares: Vec<String> = matched.map(|(name, share)| format!("{name} {share:.3}")).collect();
    if !shares.is_empty() {
        let _ = writeln!(table, "\nOf the matched: {}.", shares.join(", "));
    }
    table
}
