//! No tree, however wrong, makes the coder fall or quote what is not there.

use chancery_model::{Analysis, Sentence, conllu};

use crate::record::check_spans;
use crate::testdata::{CODED, CODER};

const RELATIONS: [&str; 16] = [
    "nsubj",
    "nsubj:pass",
    "obj",
    "obl",
    "nmod",
    "nmod:poss",
    "ccomp",
    "xcomp",
    "advcl",
    "parataxis",
    "acl:relcl",
    "conj",
    "appos",
    "flat",
    "case",
    "punct",
];

/// Numbers that look random and are the same on every run (Knuth's MMIX generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// Hang a few words elsewhere, under other relations.
fn damage(sentence: &mut Sentence, numbers: &mut Numbers) {
    let words = sentence.tokens.len();
    for _ in 0..1 + words / 4 {
        let word = numbers.below(words);
        let head = 1 + numbers.below(words);
        let relation = RELATIONS[numbers.below(RELATIONS.len())];
        let mut at = head;
        while at > 0 && at != word + 1 {
            at = sentence.tokens[at - 1].head;
        }
        let token = &mut sentence.tokens[word];
        if at == 0 && token.head > 0 {
            (token.head, token.deprel) = (head, relation.to_owned());
        }
    }
}

#[test]
fn a_damaged_tree_still_gives_a_record_whose_spans_slice_the_text() {
    let mut numbers = Numbers(1648);
    for (name, coded) in CODED.iter() {
        for _ in 0..60 {
            let mut analysis: Analysis = coded.analysis.clone();
            for sentence in &mut analysis.sentences {
                damage(sentence, &mut numbers);
            }
            let written = conllu::write(&coded.document, &analysis);
            assert_eq!(conllu::read(&coded.document, &written).as_ref(), Ok(&analysis), "{name}");
            check_spans(name, &coded.document.text, &CODER.code(&coded.document, &analysis));
        }
    }
}

#[test]
fn a_sentence_left_out_is_no_harm() {
    for (name, coded) in CODED.iter() {
        for left_out in 0..coded.analysis.sentences.len() {
            let mut analysis = coded.analysis.clone();
            analysis.sentences.remove(left_out);
            check_spans(name, &coded.document.text, &CODER.code(&coded.document, &analysis));
        }
    }
}
