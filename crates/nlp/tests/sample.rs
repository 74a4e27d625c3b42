//! The project's own newswire, through the whole front end: where its sentences end, and what each analysis is.
//!
//! The analyses on file are those of every machine. New weights or rules change them: write them anew with `UPDATE_EXPECT=1`, and the
//! difference in version control shows what changed.
#![allow(clippy::unwrap_used)]

use std::collections::HashSet;
use std::fs;

use chancery_model::{Block, BlockKind, Document, Source, Span, conllu};
use chancery_nlp::{Analyser, Exit};

/// A document of the sample, and where its sentences are.
struct Sample {
    document: Document,
    sentences: HashSet<Span>,
}

/// The sample: `=== name` before each document, a blank line between paragraphs, one sentence a line.
fn sample() -> Vec<Sample> {
    let text = include_str!("../testdata/newswire.txt");
    let documents = text.split("\n=== ").skip(1).map(|part| {
        let (id, body) = part.split_once('\n').unwrap();
        let mut document = Document {
            id: id.to_owned(),
            source: Source::default(),
            text: String::new(),
            blocks: Vec::new(),
        };
        let mut sentences = HashSet::new();
        for paragraph in body.split("\n\n").map(str::trim).filter(|p| !p.is_empty()) {
            let start = document.text.len();
            for line in paragraph.lines() {
                if document.text.len() > start {
                    document.text.push(' ');
                }
                let first = document.text.len();
                document.text.push_str(line);
                sentences.insert(Span::new(first, document.text.len()));
            }
            let span = Span::new(start, document.text.len());
            document.blocks.push(Block { kind: BlockKind::Paragraph, span, reason: None });
            document.text.push_str("\n\n");
        }
        Sample { document, sentences }
    });
    documents.collect()
}

#[test]
fn ninety_nine_sentences_of_a_hundred_have_their_exact_bounds_at_both_exits() {
    let sample = sample();
    for exit in [Exit::Fast, Exit::Accurate] {
        let analyser = Analyser::embedded().unwrap().at(exit);
        let (mut right, mut found, mut wanted) = (0, 0, 0);
        for Sample { document, sentences } in &sample {
            let analysis = analyser.analyse(document);
            wanted += sentences.len();
            found += analysis.sentences.len();
            for sentence in &analysis.sentences {
                if sentences.contains(&sentence.span) {
                    right += 1;
                } else {
                    eprintln!("{}: {:?}", exit.name(), document.slice(sentence.span));
                }
            }
        }
        let f1 = 200.0 * f64::from(right) / (found + wanted) as f64;
        assert!(f1 >= 99.0, "{}: F1 {f1:.2}", exit.name());
    }
}

#[test]
fn the_analyses_are_those_on_file() {
    let analyser = Analyser::embedded().unwrap();
    let written: String =
        sample().iter().map(|s| conllu::write(&s.document, &analyser.analyse(&s.document))).collect();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/newswire.conllu");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        return fs::write(path, written).unwrap();
    }
    let filed = fs::read_to_string(path).unwrap();
    let changed = filed.lines().zip(written.lines()).filter(|(a, b)| a != b);
    for (filed, now) in changed.clone().take(20) {
        eprintln!("- {filed}\n+ {now}");
    }
    let count = changed.count();
    assert!(count == 0 && filed == written, "{count} lines differ; see the head of this file");
}
