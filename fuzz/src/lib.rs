//! What must hold of the analysis of any bytes whatever.
//!
//! The network that answers is a tiny one with weights drawn by lot: it takes the same path as the real one, thousands of times a
//! second, and its trees are odder.

mod weights;

use std::sync::LazyLock;

use chancery_model::{Analysis, Document, Sentence, conllu};
use chancery_nlp::{Analyser, Exit};

static ANALYSERS: LazyLock<[Analyser; 2]> = LazyLock::new(|| {
    let bytes: &'static [u8] = weights::tiny().leak();
    [Exit::Fast, Exit::Accurate]
        .map(|exit| Analyser::from_bytes(bytes).expect("the weights are whole").at(exit))
});

/// Names that hint at each of the formats, and one that hints at none.
const NAMES: [&str; 5] = ["a.txt", "a.md", "a.html", "a.jsonl", "-"];

/// Read the bytes and analyse what they hold; the first byte chooses the name that the input goes by, and the exit.
///
/// # Panics
/// If anything does not hold that should.
pub fn front_end(bytes: &[u8]) {
    let Some((choice, bytes)) = bytes.split_first() else { return };
    let choice = usize::from(*choice);
    let analyser = &ANALYSERS[choice / NAMES.len() % 2];
    for reading in chancery_formats::read(NAMES[choice % NAMES.len()], bytes) {
        let Ok(document) = reading.outcome else { continue };
        check_blocks(&document);
        let analysis = analyser.analyse(&document);
        check_words(&document, &analysis);
        analysis.sentences.iter().for_each(check_tree);
        let written = conllu::write(&document, &analysis);
        assert_eq!(conllu::read(&document, &written).as_ref(), Ok(&analysis), "{written}");
    }
}

/// Blocks stand in order, share nothing, and hold every character that is not white space.
fn check_blocks(document: &Document) {
    let mut at = 0;
    for block in &document.blocks {
        assert!(document.text[at..block.span.start as usize].trim().is_empty(), "text outside blocks");
        assert!(!document.slice(block.span).trim().is_empty(), "an empty block");
        at = block.span.end as usize;
    }
    assert!(document.text[at..].trim().is_empty(), "text outside blocks");
}

/// Words stand in order inside their sentence and its block, and together hold what the blocks that are read hold.
fn check_words(document: &Document, analysis: &Analysis) {
    let mut words = analysis.sentences.iter().flat_map(|s| s.tokens.iter().map(move |t| (s, t)));
    for (number, block) in document.blocks.iter().enumerate().filter(|(_, b)| b.kind.is_read()) {
        let mut at = block.span.start;
        while !document.text[at as usize..block.span.end as usize].trim_start().is_empty() {
            let (sentence, word) = words.next().expect("words hold what the blocks hold");
            let slice =
                document.text.get(word.span.start as usize..word.span.end as usize).expect("slices the text");
            assert!(!slice.is_empty() && !slice.contains(char::is_whitespace), "'{slice}' is no word");
            assert!(
                document.text[at as usize..word.span.start as usize].trim().is_empty(),
                "'{slice}' skips text"
            );
            assert_eq!(sentence.block, number, "'{slice}' is in another block");
            assert!(
                block.span.contains(sentence.span) && sentence.span.contains(word.span),
                "'{slice}' is outside"
            );
            at = word.span.end;
        }
    }
    assert!(words.next().is_none(), "words that no block holds");
}

/// The heads make one tree, and no column is empty.
fn check_tree(sentence: &Sentence) {
    let tokens = &sentence.tokens;
    let (first, last) = (tokens.first().expect("a sentence has words"), &tokens[tokens.len() - 1]);
    assert_eq!(sentence.span, first.span.cover(last.span));
    assert_eq!(tokens.iter().filter(|t| t.head == 0).count(), 1, "one root");
    for (i, token) in tokens.iter().enumerate() {
        assert_eq!(token.head == 0, token.deprel == "root", "the root and no other is called so");
        let (mut at, mut steps) = (i, 0);
        while tokens[at].head > 0 {
            at = tokens[at].head - 1;
            steps += 1;
            assert!(steps <= tokens.len(), "heads run in a circle");
        }
        for column in [&token.lemma, &token.xpos, &token.feats, &token.deprel, &token.name] {
            assert!(!column.is_empty() && !column.contains(char::is_whitespace), "'{column}' is no column");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_pass_by_every_name_and_exit() {
        let text = "ZENDA, Oct. 9 (RNA) -- “We don’t,” Gen. Sapt said.\n\n• to meet (甘图拉嘎)\n\n1. The U.S. side... Yes!";
        for choice in 0..10 {
            front_end(&[&[choice], text.as_bytes()].concat());
        }
    }
}
