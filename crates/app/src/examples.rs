//! Do the rules of the codebook do what their examples say?

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use anyhow::{Context as _, Result};
use chancery_coder::{Coder, Example, Sample};
use chancery_model::{Analysis, Document, Record};
use chancery_nlp::Analyser;
use indicatif::ProgressBar;

use crate::ordered::ordered;
use crate::sentences::{codes, side};

/// An example that a rule does not live up to.
pub struct Failure {
    /// The rule as provenance names it: `accuse#blame`.
    pub rule: String,
    /// 1-based line of the example in its page; 0 where it is not known.
    pub line: usize,
    /// What it does instead.
    pub message: String,
}

/// The examples of a coder's rules that are not as they say.
///
/// # Errors
/// If the program was built with damaged weights, or an example is no text.
pub fn failures(coder: &Coder) -> Result<Vec<Failure>> {
    let analyser = Analyser::embedded().context("the weights in this program are damaged; build it again")?;
    failures_of(coder, &analyser, &coder.examples(), &ProgressBar::hidden())
}

/// Those of these examples that are not as they say; the bar counts the sentences.
pub(crate) fn failures_of(
    coder: &Coder,
    analyser: &Analyser,
    examples: &[Example],
    bar: &ProgressBar,
) -> Result<Vec<Failure>> {
    let mut out = Vec::new();
    let mut ended = Ok(());
    let of = |example| move |(sample, fires)| Job { example, sample, fires };
    let jobs = examples.iter().flat_map(|example| {
        let fires = example.fires.iter().map(|sample| (sample, true));
        fires.chain(example.silent.iter().map(|sample| (sample, false))).map(of(example))
    });
    let jobs: Vec<Job> = jobs.collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    ordered(
        threads,
        |next| {
            let _ = (0..jobs.len()).all(next);
        },
        |job| failure(analyser, coder, &jobs[job]),
        |failure| {
            bar.inc(1);
            match failure {
                Ok(failure) => out.extend(failure),
                Err(error) => {
                    ended = Err(error);
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        },
    );
    bar.finish_and_clear();
    ended.map(|()| out)
}

/// An example to try: a sentence of a rule that must fire or be silent on it.
struct Job<'e> {
    example: &'e Example,
    sample: &'e Sample,
    fires: bool,
}

fn failure(analyser: &Analyser, coder: &Coder, job: &Job) -> Result<Option<Failure>> {
    let Job { example: Example { rule, .. }, sample, fires } = job;
    let text = &sample.text;
    let found = read(analyser, coder, text)?;
    let fired = found.rules.contains(rule);
    let message = match &sample.record {
        _ if !fires => fired.then(|| format!("fires on: {text}")),
        _ if !fired => {
            let why = coder.unfired(&found.document, &found.analysis, rule);
            let why = why.map(|why| format!("\n    {why}")).unwrap_or_default();
            Some(format!("does not fire on: {text} (fired: {}){why}", found.fired()))
        }
        Some(record) if !found.events(rule).any(|e| e == parties(record)) => {
            let got: Vec<String> = found.events(rule).map(|e| shown(&e)).collect();
            Some(format!("gives {} instead of {record} on: {text}", got.join(", ")))
        }
        _ => None,
    };
    Ok(message.map(|message| Failure { rule: rule.clone(), line: sample.line, message }))
}

/// Actors and recipients by their codes.
type Parties = [BTreeSet<String>; 2];

struct Found {
    document: Document,
    analysis: Analysis,
    rules: Vec<String>,
    record: Record,
}

impl Found {
    fn events<'a>(&'a self, rule: &'a str) -> impl Iterator<Item = Parties> + 'a {
        let by = move |e: &&chancery_model::Event| e.provenance.iter().any(|p| p.rule == rule);
        self.record.events.iter().filter(by).map(move |e| [codes(&e.actor), codes(&e.recipient)])
    }

    fn fired(&self) -> String {
        let rules: BTreeSet<&str> = self.rules.iter().map(String::as_str).collect();
        if rules.is_empty() { "nothing".to_owned() } else { rules.into_iter().collect::<Vec<_>>().join(", ") }
    }
}

fn read(analyser: &Analyser, coder: &Coder, text: &str) -> Result<Found> {
    let document = document(text)?;
    let mut analysis = analyser.analyse(&document);
    // What patterns find is tried, not what the reader of events thinks of it.
    analysis.asked = false;
    analysis.sentences.iter_mut().flat_map(|s| &mut s.tokens).for_each(|t| t.tells.clear());
    let record = coder.code(&document, &analysis);
    let rows = record.meetings.iter().flat_map(|r| &r.provenance);
    let rows = rows.chain(record.statements.iter().flat_map(|r| &r.provenance));
    let rows = rows.chain(record.events.iter().flat_map(|r| &r.provenance)).map(|p| p.rule.clone());
    let times = coder.times(&document, &analysis).into_iter().map(|time| time.rule.clone());
    let rules = rows.chain(times).collect();
    Ok(Found { document, analysis, rules, record })
}

fn document(text: &str) -> Result<Document> {
    let line = serde_json::json!({ "id": "example", "published": "2024-05-15", "text": text });
    let mut readings = chancery_formats::read("example.jsonl", line.to_string().as_bytes());
    readings.pop().and_then(|r| r.outcome.ok()).with_context(|| format!("no text: {text}"))
}

/// `TCD ORG:Boko Haram > -` as sets of codes.
fn parties(record: &str) -> Parties {
    let (actors, recipients) = record.split_once('>').unwrap_or((record, ""));
    [side(actors), side(recipients)]
}

fn shown(parties: &Parties) -> String {
    let side = |codes: &BTreeSet<String>| {
        if codes.is_empty() { "-".to_owned() } else { codes.iter().cloned().collect::<Vec<_>>().join(" ") }
    };
    format!("{} > {}", side(&parties[0]), side(&parties[1]))
}
