//! Whatever the text, every span of every record slices the words it claims, and annotations quote them exactly.
#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;

use chancery::Pipeline;
use chancery::formats::read;
use chancery::formats::write::{annotations, parse_record, record_json};
use chancery::model::{Document, Record, Span};
use proptest::prelude::*;
use serde_json::Value;

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| Pipeline::embedded().unwrap());

const PIECES: &[&str] = &[
    "OSLO, March 4, 2031 (Fjord Wire) -- ",
    "Norwegian Foreign Minister Zoë Dahl met with Chilean President José Rojas in Oslo on Monday. ",
    "“Chile supports the harbour treaty,” Rojas said. ",
    "Dahl thanked the president\u{a0}for last month’s visit and ",
    "called on both sides to\nkeep the fjord open. ",
    "The two sides agreed to meet again next week. ",
    "Norway, she said, is willing to work with Chile. ",
    "挪威外长达尔会见了智利总统。",
    "Ž\u{301}\u{200d}🦀 ",
    "\r\n\r\n",
    "\n\n",
    "he added. ",
];

fn spans(value: &Value, found: &mut Vec<Span>) {
    if let Ok(span) = serde_json::from_value::<Span>(value.clone()) {
        found.push(span);
        return;
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| spans(item, found)),
        Value::Object(fields) => fields.values().for_each(|item| spans(item, found)),
        _ => {}
    }
}

fn check(document: &Document, record: &Record) {
    let written = record_json(document, record);
    let mut found = Vec::new();
    spans(&written["record"], &mut found);
    for span in found {
        let words = document.text.get(span.start as usize..span.end as usize);
        assert!(words.is_some_and(|words| !words.is_empty()), "{span:?} of {:?}", document.text);
    }
    assert_eq!(&parse_record(&written).unwrap().1, record);
    let annotated = annotations(document, record);
    for (layer, field) in [
        ("roles", "quote"),
        ("meetings", "quote"),
        ("events", "quote"),
        ("statements", "cue"),
        ("statements", "content"),
    ] {
        for row in annotated[layer].as_array().unwrap() {
            let one = row[field].as_str().map(|words| vec![words]);
            let many =
                || row[field].as_array().unwrap().iter().map(|words| words.as_str().unwrap()).collect();
            for words in one.unwrap_or_else(many) {
                assert!(document.text.contains(words), "{layer} quote {words:?} not in {:?}", document.text);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_span_slices_the_text_it_claims(pieces in prop::collection::vec(0..PIECES.len(), 1..9), noise in ".{0,12}") {
        let text: String = pieces.iter().map(|&at| PIECES[at]).chain([noise.as_str()]).collect();
        for reading in read("a.txt", text.as_bytes()) {
            if let Ok(document) = reading.outcome {
                let once = PIPELINE.code(&document).record;
                check(&document, &once);
                prop_assert_eq!(&PIPELINE.code(&document).record, &once, "coded twice");
            }
        }
    }
}
