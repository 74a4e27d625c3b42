//! What the pages find in each sentence of some texts, word by word, a line of JSON a sentence: `training/events.py` learns from it.
//!
//!     cargo run --release -p chancery --example sketches -- [data/codebook/en] TEXTS.jsonl
//!
//! A folder among the arguments holds the pages, in place of those that are part of the program.
#![allow(clippy::print_stdout)]

use chancery::coder::{Coder, SideBid, Sided, Sketch};
use chancery::formats::read;
use chancery::model::{Document, Participant, Sentence};
use chancery::nlp::Analyser;
use serde_json::{Value, json};

fn main() -> anyhow::Result<()> {
    let (analyser, mut coder) = (Analyser::embedded()?, Coder::embedded());
    for path in std::env::args().skip(1) {
        let folder = std::path::Path::new(&path);
        if folder.is_dir() {
            coder = coder
                .with_codebook(&chancery::files(folder, &["md", "toml", "csv"])?)
                .map_err(|wrong| anyhow::anyhow!("{path}: {}", wrong[0]))?;
            continue;
        }
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
    json!({
        "document": document.id,
        "words": sentence.tokens.iter().map(|t| document.slice(t.span)).collect::<Vec<_>>(),
        "tags": sentence.tokens.iter().map(|t| t.xpos.as_str()).collect::<Vec<_>>(),
        "told": sketch.told,
        "sides": sketch.sides.iter().map(sided).collect::<Vec<_>>(),
    })
}

fn sided(sided: &Sided) -> Value {
    let event = &sided.event;
    let bid = |bid: &SideBid| json!({ "who": codes(&bid.who), "words": bid.words, "seen": bid.seen });
    let [actors, recipients] = sided.bids.each_ref().map(|bids| bids.iter().map(bid).collect::<Vec<_>>());
    json!({
        "word": sided.word,
        "type": event.plover,
        "modality": event.modality,
        "actor": codes(&event.actor),
        "recipient": codes(&event.recipient),
        "actors": actors,
        "recipients": recipients,
    })
}

fn codes(who: &[Participant]) -> Vec<String> {
    who.iter()
        .map(|p| p.sector.as_ref().map_or_else(|| p.code.clone(), |s| format!("{}.{s}", p.code)))
        .collect()
}
