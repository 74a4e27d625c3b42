//! Words and stretches held against the treebanks, where they are at hand.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use super::{stretches, words};

/// One paragraph of a treebank: its text, and where its words and sentences are.
#[derive(Default)]
struct Paragraph {
    text: String,
    words: Vec<(usize, usize)>,
    /// Places of the words that begin a sentence.
    starts: BTreeSet<usize>,
}

fn paragraphs(name: &str) -> Option<Vec<Paragraph>> {
    let path = format!("{}/../../../shared/data/ud/{name}.conllu", env!("CARGO_MANIFEST_DIR"));
    let Ok(conllu) = std::fs::read_to_string(&path) else {
        eprintln!("skipped: no treebank at {path}");
        return None;
    };
    let mut out = vec![Paragraph::default()];
    let (mut rest, mut until, mut first) = (String::new(), 0, true);
    for line in conllu.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        if line.starts_with("# newdoc") || line.starts_with("# newpar") {
            if !out.last().unwrap().text.is_empty() {
                out.push(Paragraph::default());
            }
        } else if line.is_empty() {
            first = true;
            until = 0;
        } else if !line.starts_with('#') && !columns[0].contains('.') {
            let here = out.last_mut().unwrap();
            let space = if columns[9].contains("SpaceAfter=No") { "" } else { " " };
            if let Some((_, last)) = columns[0].split_once('-') {
                rest = format!("{}{space}", columns[1]);
                until = last.parse().unwrap();
                continue;
            }
            let number: usize = columns[0].parse().unwrap();
            let start = here.text.len();
            if std::mem::take(&mut first) {
                here.starts.insert(start);
            }
            here.words.push((start, start + columns[1].len()));
            if number > until {
                here.text += &format!("{}{space}", columns[1]);
            } else {
                assert!(rest.starts_with(columns[1]), "{rest} {}", columns[1]);
                here.text += columns[1];
                rest.drain(..columns[1].len());
                if number == until {
                    here.text += &rest;
                }
            }
        }
    }
    Some(out)
}

#[test]
fn words_agree_with_the_treebanks() {
    for (name, floor) in [("en_ewt-ud-dev", 99.4), ("en_ewt-ud-train", 99.5), ("en_gum_by-train", 99.6)] {
        let Some(paragraphs) = paragraphs(name) else { return };
        let (mut hits, mut total) = (0, 0);
        for paragraph in &paragraphs {
            let ours: BTreeSet<(usize, usize)> =
                words(&paragraph.text).iter().map(|w| (w.start as usize, w.end as usize)).collect();
            let gold: BTreeSet<(usize, usize)> = paragraph.words.iter().copied().collect();
            hits += ours.intersection(&gold).count();
            total += ours.len() + gold.len();
        }
        let f1 = 200.0 * hits as f64 / total as f64;
        assert!(f1 >= floor, "{name}: words F1 {f1:.2} is under {floor}");
    }
}

#[test]
fn sure_boundaries_are_the_treebanks() {
    for (name, floor) in [("en_ewt-ud-dev", 99.9), ("en_ewt-ud-train", 99.9), ("en_gum_by-train", 99.9)] {
        let Some(paragraphs) = paragraphs(name) else { return };
        let (mut right, mut sure) = (0_usize, 0);
        for paragraph in &paragraphs {
            let stretches = stretches(&paragraph.text);
            // A cut of what is too long is not sure, and no sure boundary stands near it.
            for pair in stretches.windows(2).filter(|pair| pair[0].words.len() <= 75) {
                sure += 1;
                right += usize::from(paragraph.starts.contains(&(pair[1].words[0].start as usize)));
            }
        }
        let precision = 100.0 * right as f64 / f64::from(sure);
        assert!(sure > 500 && precision >= floor, "{name}: {right} of {sure} sure boundaries are right");
    }
}
