//! Every rule of the codebook fires on its own example and stays silent on its counter-example.

use chancery_coder::Coder;
use chancery_model::{Document, Record};
use chancery_nlp::Analyser;

fn document(text: &str) -> Document {
    let line = serde_json::json!({ "id": "example", "published": "2024-05-15", "text": text });
    let mut readings = chancery_formats::read("example.jsonl", line.to_string().as_bytes());
    readings.remove(0).outcome.expect("an example is readable")
}

fn rules(record: &Record) -> Vec<String> {
    let rows = record.meetings.iter().flat_map(|r| &r.provenance);
    let rows = rows.chain(record.statements.iter().flat_map(|r| &r.provenance));
    rows.chain(record.events.iter().flat_map(|r| &r.provenance)).map(|p| p.rule.clone()).collect()
}

#[test]
fn every_rule_fires_on_its_example_and_stays_silent_on_its_counter_example() {
    let (analyser, coder) = (Analyser::embedded().expect("the weights are sound"), Coder::embedded());
    let mut wrong = Vec::new();
    for example in coder.examples() {
        let fired = |text: &str| {
            let document = document(text);
            let analysis = analyser.analyse(&document);
            let times = coder.times(&document, &analysis).into_iter().map(|time| time.rule);
            rules(&coder.code(&document, &analysis)).into_iter().chain(times).collect::<Vec<_>>()
        };
        for text in &example.fires {
            let yes = fired(text);
            if !yes.contains(&example.rule) {
                wrong.push(format!("{} does not fire on: {text} (fired: {yes:?})", example.rule));
            }
        }
        for text in example.silent.iter().filter(|text| fired(text).contains(&example.rule)) {
            wrong.push(format!("{} fires on: {text}", example.rule));
        }
    }
    assert!(wrong.is_empty(), "{} rules are not as their examples say:\n{}", wrong.len(), wrong.join("\n"));
}
