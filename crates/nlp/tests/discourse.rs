//! Who is meant and who says what, in invented texts.
#![allow(clippy::unwrap_used)]

use std::collections::HashSet;
use std::sync::LazyLock;

use chancery_model::{Analysis, Block, BlockKind, Discourse, Document, Source, Span, conllu};
use chancery_nlp::Analyser;
use proptest::prelude::*;

static ANALYSER: LazyLock<Analyser> = LazyLock::new(|| Analyser::embedded().unwrap());

fn document(text: &str) -> Document {
    let blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), reason: None }];
    Document { id: "test".to_owned(), source: Source::default(), text: text.to_owned(), blocks }
}

fn read(text: &str) -> (Document, Analysis, Discourse) {
    let document = document(text);
    let analysis = ANALYSER.analyse(&document);
    let discourse = ANALYSER.discourse(&document, &analysis);
    (document, analysis, discourse)
}

/// The heads of the mentions of each chain.
fn chains(text: &str) -> Vec<Vec<String>> {
    let (document, analysis, discourse) = read(text);
    let mut chains: Vec<Vec<String>> = Vec::new();
    for mention in &discourse.mentions {
        let Some(number) = mention.chain else { continue };
        chains.resize(chains.len().max(number + 1), Vec::new());
        let token = &analysis.sentences[mention.sentence].tokens[mention.head];
        chains[number].push(document.slice(token.span).to_owned());
    }
    chains
}

/// Cue, source and content of each attribution.
fn attributions(text: &str) -> Vec<[String; 3]> {
    let (document, analysis, discourse) = read(text);
    let word = |sentence: usize, at: Option<usize>| {
        let token = at.map(|at| &analysis.sentences[sentence].tokens[at]);
        token.map_or("-", |t| document.slice(t.span)).to_owned()
    };
    let each = discourse.attributions.iter();
    each.map(|a| [Some(a.cue), a.source, a.content].map(|at| word(a.sentence, at))).collect()
}

#[test]
fn a_pronoun_stands_for_the_one_just_named() {
    let chains =
        chains("Queen Flavia arrived in Zenda on Monday. She thanked the minister for his invitation.");
    assert!(chains.iter().any(|c| c.contains(&"She".to_owned()) && c.len() == 2), "{chains:?}");
    assert!(!chains.iter().any(|c| c.contains(&"She".to_owned()) && c.contains(&"his".to_owned())));
}

#[test]
fn a_surname_stands_for_the_full_name() {
    let chains = chains("Anna Kowalski visited Sylvania. The talks were long. Kowalski left on Friday.");
    assert!(chains.iter().any(|c| c.len() == 2 && c[1] == "Kowalski"), "{chains:?}");
}

#[test]
fn who_says_what_is_found_before_and_after_the_words() {
    let found = attributions("The minister said that the talks had failed.");
    assert_eq!(found, [["said", "minister", "failed"].map(str::to_owned)]);
    let found = attributions("“The talks have failed,” she told reporters.");
    assert_eq!(found, [["told", "she", "failed"].map(str::to_owned)]);
}

#[test]
fn a_sentence_that_tells_nothing_on_another_s_word_has_no_attribution() {
    assert!(attributions("The two ministers signed the agreement in Strelsau.").is_empty());
}

fn check(text: &str) {
    let (_, analysis, discourse) = read(text);
    let (mut last, mut sizes) = ((0, 0), Vec::new());
    for mention in &discourse.mentions {
        let words = analysis.sentences[mention.sentence].tokens.len();
        assert!(mention.first <= mention.head && mention.head < mention.end && mention.end <= words);
        assert!(last <= (mention.sentence, mention.head), "mentions are in order");
        last = (mention.sentence, mention.head);
        if let Some(chain) = mention.chain {
            assert!(chain <= sizes.len(), "chains are numbered in the order of their beginnings");
            sizes.resize(sizes.len().max(chain + 1), 0);
            sizes[chain] += 1;
        }
    }
    assert!(sizes.iter().all(|size| *size > 1), "a chain has two mentions or more");
    for a in &discourse.attributions {
        let words = analysis.sentences[a.sentence].tokens.len();
        assert!([Some(a.cue), a.source, a.content].into_iter().flatten().all(|at| at < words));
        assert!(a.source != Some(a.cue) && a.content != Some(a.cue));
    }
    assert_eq!(read(text).2, discourse);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_a_discourse_that_fits_its_analysis(text in any::<String>()) {
        check(&text);
    }

    #[test]
    fn any_mixture_of_mentions_and_cues_has_a_discourse_that_fits_its_analysis(
        parts in prop::collection::vec(prop::sample::select(vec![
            "He", " she", "İstanbul", " said", " the king’s", " “", "” ", ". ", " that", "\u{a0}U.N.", " United Nations", " 李强",
            " according to", ", ", " who", "'em", " Anna Kowalski", "\n",
        ]), 0..40)
    ) {
        check(&parts.concat());
    }
}

#[test]
fn a_text_without_sentences_has_no_discourse() {
    assert_eq!(read("").2, Discourse::default());
}

#[test]
fn chains_and_attributions_do_not_depend_on_the_cache() {
    let (document, analysis, discourse) = read("The envoy said he would stay. He stayed.");
    assert_eq!(Analyser::embedded().unwrap().forgetful().discourse(&document, &analysis), discourse);
}

type Tree = Vec<(String, String, String, String, i64, String)>;

#[derive(serde::Deserialize)]
struct Parity {
    sentences: Vec<Tree>,
    mentions: Vec<(usize, usize, usize, usize, String, Option<usize>)>,
    attributions: Vec<(usize, usize, Option<usize>, Option<usize>)>,
}

/// `testdata/discourse.json` holds what the float heads find (written by `training/export.py`).
#[test]
fn the_int8_heads_find_what_the_float_heads_find() {
    let want: Parity = serde_json::from_str(include_str!("../testdata/discourse.json")).unwrap();
    let mut text = String::new();
    let mut rows = String::new();
    for tree in &want.sentences {
        for ((form, upos, xpos, feats, head, deprel), number) in tree.iter().zip(1..) {
            text += &format!("{form} ");
            let lemma = form.to_lowercase();
            rows += &format!(
                "{number}\t{form}\t{lemma}\t{upos}\t{xpos}\t{feats}\t{}\t{deprel}\t_\t_\n",
                head + 1
            );
        }
        rows.push('\n');
    }
    let document = document(&text);
    let analysis = conllu::read(&document, &rows).unwrap();
    let found = ANALYSER.discourse(&document, &analysis);
    let mentions: Vec<_> =
        found.mentions.iter().map(|m| (m.sentence, m.first, m.end, m.head, m.kind.name())).collect();
    let wanted: Vec<_> = want.mentions.iter().map(|m| (m.0, m.1, m.2, m.3, m.4.as_str())).collect();
    assert_eq!(mentions, wanted);
    let links = |chains: Vec<Option<usize>>| {
        let before = |i: usize| (0..i).rev().find(|k| chains[*k].is_some() && chains[*k] == chains[i]);
        (0..chains.len()).filter_map(|i| Some((before(i)?, i))).collect::<HashSet<_>>()
    };
    let got = links(found.mentions.iter().map(|m| m.chain).collect());
    let expected = links(want.mentions.iter().map(|m| m.5).collect());
    assert!(got.symmetric_difference(&expected).count() <= 2, "{got:?} for {expected:?}");
    let got: HashSet<_> =
        found.attributions.iter().map(|a| (a.sentence, a.cue, a.source, a.content)).collect();
    let expected: HashSet<_> = want.attributions.into_iter().collect();
    assert!(got.symmetric_difference(&expected).count() <= 2, "{got:?} for {expected:?}");
}
