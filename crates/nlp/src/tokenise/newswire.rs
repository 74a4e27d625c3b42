//! Sentences of newswire and readouts, found by the rules alone.

use std::collections::BTreeSet;

use chancery_model::Span;

use super::{sentences, stretches};

/// The paragraphs of the set, each its sentences.
fn paragraphs() -> Vec<Vec<&'static str>> {
    let text = include_str!("../../testdata/newswire.txt");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let lines: Vec<&str> = lines.map(|line| if line.starts_with("===") { "" } else { line }).collect();
    lines.split(|line| line.is_empty()).filter(|p| !p.is_empty()).map(<[_]>::to_vec).collect()
}

/// Where the sentences stand when spaces join them.
fn places(paragraph: &[&str]) -> BTreeSet<Span> {
    let mut at = 0;
    let place = |sentence: &&str| {
        at += sentence.len() + 1;
        Span::new(at - 1 - sentence.len(), at - 1)
    };
    paragraph.iter().map(place).collect()
}

#[test]
fn sentences_of_newswire_are_found_with_exact_bounds() {
    let (mut right, mut ours, mut gold) = (0, 0, 0);
    let mut wrong = String::new();
    for paragraph in paragraphs() {
        let text = paragraph.join(" ");
        let wanted = places(&paragraph);
        let found = sentences(&text);
        let found: Vec<Span> = found.iter().map(|s| s[0].cover(s[s.len() - 1])).collect();
        for span in found.iter().filter(|span| !wanted.contains(span)) {
            wrong += &format!("\n{}", span.slice(&text));
        }
        right += found.iter().filter(|span| wanted.contains(span)).count();
        ours += found.len();
        gold += wanted.len();
    }
    let f1 = 200.0 * right as f64 / (ours + gold) as f64;
    assert!(gold >= 250, "{gold} sentences");
    assert!(f1 >= 99.0, "F1 {f1:.2}; these are not the set's:{wrong}");
}

#[test]
fn a_sure_boundary_parts_two_sentences_of_the_set() {
    for paragraph in paragraphs() {
        let text = paragraph.join(" ");
        let starts: BTreeSet<u32> = places(&paragraph).iter().map(|span| span.start).collect();
        for stretch in stretches(&text) {
            assert!(starts.contains(&stretch.words[0].start), "{}", stretch.words[0].slice(&text));
        }
    }
}

#[test]
fn words_of_newswire_hold_the_text_save_its_spaces() {
    for paragraph in paragraphs() {
        let text = paragraph.join(" ");
        let words: String = sentences(&text).concat().iter().map(|w| w.slice(&text)).collect();
        assert_eq!(words, text.split_whitespace().collect::<String>());
    }
}
