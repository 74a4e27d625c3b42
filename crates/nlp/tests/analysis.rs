//! What holds of the analysis of any text, and what the int8 network owes to the float network that it was made from.
#![allow(clippy::unwrap_used)]

use std::sync::LazyLock;

use chancery_model::{Analysis, Block, BlockKind, Document, Sentence, Source, Span, conllu};
use chancery_nlp::{Analyser, Exit, Kernel};
use proptest::prelude::*;

static ANALYSER: LazyLock<Analyser> = LazyLock::new(|| Analyser::embedded().unwrap());

/// A document of these blocks, parted by blank lines.
fn document(blocks: &[(BlockKind, &str)]) -> Document {
    let mut document = Document {
        id: "test".to_owned(),
        source: Source::default(),
        text: String::new(),
        blocks: Vec::new(),
    };
    for (kind, text) in blocks {
        let start = document.text.len();
        document.text += text;
        document.blocks.push(Block {
            kind: *kind,
            span: Span::new(start, document.text.len()),
            reason: None,
        });
        document.text += "\n\n";
    }
    document
}

fn paragraph(text: &str) -> (Document, Analysis) {
    let document = document(&[(BlockKind::Paragraph, text)]);
    let analysis = ANALYSER.analyse(&document);
    (document, analysis)
}

fn words<'a>(document: &'a Document, sentence: &Sentence) -> Vec<&'a str> {
    sentence.tokens.iter().map(|t| document.slice(t.span)).collect()
}

fn assert_tree(sentence: &Sentence) {
    let roots = sentence.tokens.iter().filter(|t| t.head == 0).count();
    assert_eq!(roots, 1, "one root");
    for (i, token) in sentence.tokens.iter().enumerate() {
        assert_eq!(token.head == 0, token.deprel == "root");
        let (mut at, mut steps) = (i + 1, 0);
        while at != 0 {
            at = sentence.tokens[at - 1].head;
            steps += 1;
            assert!(steps <= sentence.tokens.len(), "a ring of heads");
        }
    }
}

fn check(text: &str) {
    let (document, analysis) = paragraph(text);
    let mut covered = vec![false; document.text.len()];
    let mut last = 0;
    for sentence in &analysis.sentences {
        assert_tree(sentence);
        assert!(document.blocks[sentence.block].span.contains(sentence.span));
        for token in &sentence.tokens {
            assert!(token.span.start >= last && !token.span.is_empty(), "tokens are in order");
            last = token.span.end;
            assert!(!document.slice(token.span).contains(char::is_whitespace));
            assert!(!token.lemma.is_empty());
            covered[token.span.start as usize..token.span.end as usize].fill(true);
        }
    }
    for (at, c) in document.text.char_indices() {
        assert_eq!(covered[at], !c.is_whitespace(), "{c:?} at {at} of {text:?}");
    }
    let written = conllu::write(&document, &analysis);
    assert_eq!(conllu::read(&document, &written).unwrap().sentences.len(), analysis.sentences.len());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_becomes_trees_of_words_that_cover_it(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_mixture_of_hard_cases_becomes_trees_of_words_that_cover_it(
        parts in prop::collection::vec(prop::sample::select(vec![
            "U.S.", "’s", "n't", "'", "“", "”", " ", "\u{a0}", "\n", "\u{ad}", "\u{200b}", "\u{301}", "İ", "ſ", "(", ")", ".", "...",
            "?!", "Gen.", "9/11", "2021-22", "$1.5", "www.", "@", "a@b.cd", "https://x.org/", "李强", "é", "-", "–", "co-", "The",
            "cannot", "S.p.A", "'90s", "K", "No.", "7", "😀", "\u{fe0f}", "ﷺ", "₂", "½",
        ]), 0..24)
    ) {
        check(&parts.concat());
    }
}

#[test]
fn the_same_text_gives_the_same_analysis() {
    let text =
        "The king of Ruritania, Rudolf V, received the envoy’s letter. It was long.\nHe didn’t read it.";
    let (document, analysis) = paragraph(text);
    assert_eq!(Analyser::embedded().unwrap().analyse(&document), analysis);
}

#[test]
fn a_sentence_has_the_same_analysis_in_any_company() {
    let sentence = "Ms. Flavia thanked the Sylvanian government for its hospitality.";
    let (_, alone) = paragraph(sentence);
    let many = format!("{sentence} {}", "Both sides agreed to meet again in Zenda next spring. ".repeat(30));
    assert_eq!(paragraph(&many).1.sentences[0], alone.sentences[0]);
}

#[test]
fn only_blocks_that_are_read_have_sentences() {
    let document = document(&[
        (BlockKind::Byline, "By A. Reporter"),
        (BlockKind::Headline, "Premier meets envoy"),
        (BlockKind::Debris, "Share this page."),
        (BlockKind::Paragraph, "They met. They parted."),
    ]);
    let blocks: Vec<usize> = ANALYSER.analyse(&document).sentences.iter().map(|s| s.block).collect();
    assert_eq!(blocks, [1, 3, 3]);
}

#[test]
fn a_readout_sentence_is_understood() {
    let (document, analysis) =
        paragraph("Prime Minister Anna Kowalski met President Hentzau in Strelsau on Monday.");
    let sentence = &analysis.sentences[0];
    let token = |form: &str| sentence.tokens.iter().find(|t| document.slice(t.span) == form).unwrap();
    assert_eq!((token("met").head, token("met").upos.name()), (0, "VERB"));
    assert_eq!(words(&document, sentence)[token("Strelsau").head - 1], "met");
    assert_eq!(token("Strelsau").relation(), "obl");
    assert_eq!(token("Kowalski").name, "I-PER");
    assert_eq!(token("met").lemma, "meet");
}

#[test]
fn a_sentence_of_a_thousand_words_is_one_tree() {
    let text = "the ministers of Ruritania, who had met before, agreed and ".repeat(100) + "left.";
    let (_, analysis) = paragraph(&text);
    assert_eq!(analysis.sentences.len(), 1);
    assert!(analysis.sentences[0].tokens.len() > 1000);
    assert_tree(&analysis.sentences[0]);
}

#[test]
fn words_given_as_such_keep_their_number() {
    let tokens = ANALYSER.analyse_words(&["They", "met", "", "here", "."]);
    assert_eq!(tokens.len(), 5);
    assert_eq!(tokens[1].span, Span::new(5, 8));
    assert!(ANALYSER.analyse_words(&[]).is_empty());
}

#[test]
fn bytes_that_are_no_weights_are_refused_in_words() {
    let message = |bytes: &'static [u8]| Analyser::from_bytes(bytes).err().unwrap().to_string();
    assert!(message(b"").contains("no weights file of version 2"));
    assert!(message(b"CHNLP\x02\0\0\xff\xff\0\0{}").contains("cut short in its header"));
    assert!(message(b"CHNLP\x02\0\0\x02\0\0\0{}").contains("header: missing field"));
}

/// `testdata/parity.json` holds what the float network says (written by `training/export.py`).
#[test]
fn the_int8_network_agrees_with_the_float_network() {
    let fixture: serde_json::Value = serde_json::from_str(include_str!("../testdata/parity.json")).unwrap();
    for exit in [Exit::Fast, Exit::Accurate] {
        let analyser = Analyser::embedded().unwrap().at(exit);
        let (mut right, mut total) = (0, 0);
        for sentence in fixture.as_array().unwrap() {
            let (words, said) = (strings(&sentence["words"]), &sentence[exit.name()]);
            let list = |key: &str| strings(&said[key]);
            for (i, token) in analyser.analyse_words(&words).iter().enumerate() {
                let kind = |name: &str| name.trim_start_matches(['B', 'I']).to_owned();
                let same = [
                    said["heads"][i].as_u64().unwrap() as usize == token.head,
                    list("deprel")[i] == token.deprel,
                    list("upos")[i] == token.upos.name(),
                    list("xpos")[i] == token.xpos,
                    list("feats")[i] == token.feats,
                    kind(list("name")[i]) == kind(&token.name),
                ];
                right += same.iter().filter(|s| **s).count();
                total += same.len();
            }
        }
        assert!(total > 500 && right * 100 >= total * 98, "{}: {right} of {total} agree", exit.name());
    }
}

fn strings(list: &serde_json::Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect()
}

#[test]
fn a_sentence_seen_before_has_the_same_analysis() {
    let text = "Both sides agreed to meet again. The premier thanked his host.\n".repeat(3);
    let (document, analysis) = paragraph(&text);
    let (again, forgetful) = (ANALYSER.analyse(&document), Analyser::embedded().unwrap().forgetful());
    assert_eq!(again, analysis);
    assert_eq!(forgetful.analyse(&document), analysis);
}

#[test]
fn every_kernel_gives_the_same_analysis() {
    let text = "On 5 May, President Ilke Varga of Borduria (\u{201c}our friend\u{201d}) met a delegation of 12. He thanked Zoë.\n";
    let (document, analysis) =
        paragraph(&(text.repeat(2) + &"It rains, he said, and ".repeat(9) + "nobody minds."));
    for kernel in Kernel::available() {
        let analyser = Analyser::embedded().unwrap().with_kernel(kernel);
        assert_eq!(analyser.analyse(&document), analysis, "{kernel}");
    }
}
