//! What pages and tables know of each sentence of some texts, word by word, a line of JSON a sentence: `training/events.py` learns from it.
//!
//!     cargo run --release -p chancery --example sketches -- TEXTS.jsonl
#![allow(clippy::print_stdout)]

use chancery::coder::{Coder, Sketch};
use chancery::formats::read;
use chancery::model::{Document, Participant, Sentence};
use chancery::nlp::Analyser;
use serde_json::{Value, json};

fn main() -> anyhow::Result<()> {
    let (analyser, coder) = (Analyser::embedded()?, Coder::embedded());
    for path in std::env::args().skip(1) {
        for reading in read(&path, &std::fs::read(&path)?) {
            let Ok(document) = reading.outcome else { continue };
            let analysis = analyser.analyse(&document);
            for (sentence, sketch) in analysis.sentences.iter().zip(coder.sketches(&document, &analysis)) {
                println!("{}", line(&document, sentence, &sketch));
            }
        }
    }
    Ok(())
}

fn line(document: &Document, sentence: &Sentence, sketch: &Sketch) -> Value {
    let code =
        |p: &Participant| p.sector.as_ref().map_or_else(|| p.code.clone(), |s| format!("{}.{s}", p.code));
    let codes = |who: &[Participant]| who.iter().map(code).collect::<Vec<_>>();
    let named = |(word, who): &(usize, Vec<Participant>)| json!([word, codes(who)]);
    json!({
        "document": document.id,
        "words": sentence.tokens.iter().map(|t| document.slice(t.span)).collect::<Vec<_>>(),
        "tags": sentence.tokens.iter().map(|t| t.xpos.as_str()).collect::<Vec<_>>(),
        "heads": sentence.tokens.iter().map(|t| t.head).collect::<Vec<_>>(),
        "relations": sentence.tokens.iter().map(|t| t.deprel.as_str()).collect::<Vec<_>>(),
        "named": sketch.named.iter().map(named).collect::<Vec<_>>(),
        "told": sketch.told.iter().map(|(w, t, by, to)| json!([w, t, codes(by), codes(to)])).collect::<Vec<_>>(),
        "places": sketch.places,
    })
}
