//! The time expressions of texts, as the tagger reads them: `cargo xtask dates` asks it.
//!
//! From standard input a JSON object a line, `{"text", "date"}`; to standard output a line of expressions for each, `[{"start",
//! "end", "kind", "value", "modifier", "from", "to", "day", "note"}]`, offsets in bytes of the text.
#![expect(clippy::print_stdout, reason = "a filter prints")]

use std::io::{self, BufRead as _};

use chancery::coder::{Coder, TimeExpression};
use chancery::nlp::Analyser;
use serde_json::{Value, json};

fn main() -> anyhow::Result<()> {
    let (analyser, coder) = (Analyser::embedded()?, Coder::embedded());
    for line in io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line?)?;
        let written =
            json!({ "id": "times", "published": asked["date"], "text": asked["text"], "title": Value::Null });
        let mut readings = chancery::formats::read("times.jsonl", written.to_string().as_bytes());
        let found = match readings.pop().map(|reading| reading.outcome) {
            Some(Ok(document)) => {
                let analysis = analyser.analyse(&document);
                let offset = document.source.text_offset;
                coder.times(&document, &analysis).iter().map(|t| described(t, offset as usize)).collect()
            }
            _ => Vec::new(),
        };
        println!("{}", Value::Array(found));
    }
    Ok(())
}

fn described(time: &TimeExpression, offset: usize) -> Value {
    json!({
        "start": (time.span.start as usize).saturating_sub(offset),
        "end": (time.span.end as usize).saturating_sub(offset),
        "kind": time.kind,
        "value": time.value,
        "modifier": time.modifier,
        "precision": time.precision,
        "rule": time.rule,
        "from": time.from,
        "to": time.to,
        "day": time.day,
        "note": time.note,
    })
}
