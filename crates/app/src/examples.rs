//! Do the rules of the codebook do what their examples say?

use std::collections::BTreeSet;

use anyhow::{Context as _, Result};
use chancery_coder::{Coder, Sample};
use chancery_model::{Document, Record};
use chancery_nlp::Analyser;

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
    let mut out = Vec::new();
    for example in coder.examples() {
        let mut fail = |sample: &Sample, message: String| {
            out.push(Failure { rule: example.rule.clone(), line: sample.line, message });
        };
        for sample in &example.fires {
            let found = read(&analyser, coder, &sample.text)?;
            if !found.rules.contains(&example.rule) {
                fail(sample, format!("does not fire on: {} (fired: {})", sample.text, found.fired()));
            } else if let Some(record) = &sample.record
                && !found.events(&example.rule).any(|e| e == parties(record))
            {
                let got: Vec<String> = found.events(&example.rule).map(|e| shown(&e)).collect();
                fail(sample, format!("gives {} instead of {record} on: {}", got.join(", "), sample.text));
            }
        }
        for sample in &example.silent {
            if read(&analyser, coder, &sample.text)?.rules.contains(&example.rule) {
                fail(sample, format!("fires on: {}", sample.text));
            }
        }
    }
    Ok(out)
}

/// Actors and recipients by their codes.
type Parties = [BTreeSet<String>; 2];

struct Found {
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
    let analysis = analyser.analyse(&document);
    let record = coder.code(&document, &analysis);
    let rows = record.meetings.iter().flat_map(|r| &r.provenance);
    let rows = rows.chain(record.statements.iter().flat_map(|r| &r.provenance));
    let rows = rows.chain(record.events.iter().flat_map(|r| &r.provenance)).map(|p| p.rule.clone());
    let times = coder.times(&document, &analysis).into_iter().map(|time| time.rule.clone());
    Ok(Found { rules: rows.chain(times).collect(), record })
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
