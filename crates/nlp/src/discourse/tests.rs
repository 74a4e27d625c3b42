//! What the heads of this module are told of trees made by hand.
#![allow(clippy::unwrap_used)]

use chancery_model::{Analysis, Block, BlockKind, Document, MentionKind, Source, Span, conllu};

use super::mentions::{Candidate, Likeness, candidates};
use super::tree::Tree;

/// A document of one sentence and its tree. Each word is `form/UPOS/head/relation`, with the features after another stroke.
fn analysed(words: &str) -> (Document, Analysis) {
    let fields: Vec<Vec<&str>> = words.split(' ').map(|w| w.split('/').collect()).collect();
    let text = fields.iter().map(|f| f[0]).collect::<Vec<_>>().join(" ");
    let lines = fields.iter().zip(1..).map(|(f, i)| {
        let (form, xpos, feats) = (f[0], if f[1] == "PRON" { "DT" } else { "_" }, f.get(4).unwrap_or(&"_"));
        format!("{i}\t{form}\t{form}\t{}\t{xpos}\t{feats}\t{}\t{}\t_\t_\n", f[1], f[2], f[3])
    });
    let conllu = lines.collect::<String>();
    let blocks = vec![Block { kind: BlockKind::Paragraph, span: Span::new(0, text.len()), reason: None }];
    let document = Document { id: "test".to_owned(), source: Source::default(), text, blocks };
    let analysis = conllu::read(&document, &conllu).unwrap();
    (document, analysis)
}

fn phrases(words: &str) -> Vec<(String, MentionKind)> {
    let (document, analysis) = analysed(words);
    let tree = Tree::new(&document, &analysis.sentences[0]);
    let text =
        |m: &Candidate| tree.words[m.first..m.end].iter().map(|w| w.form).collect::<Vec<_>>().join(" ");
    candidates(&tree, 0).map(|m| (text(&m), m.kind)).collect()
}

fn likeness(words: &str) -> Likeness {
    let (document, analysis) = analysed(words);
    let tree = Tree::new(&document, &analysis.sentences[0]);
    let all: Vec<Candidate> = candidates(&tree, 0).collect();
    all[1].likeness(&all[0])
}

#[test]
fn phrases_are_found_with_the_way_they_refer() {
    let found = phrases(
        "The/DET/2/det king/NOUN/6/nsubj of/ADP/4/case Élphia/PROPN/2/nmod himself/PRON/2/nmod asked/VERB/0/root \
         our/PRON/8/nmod:poss envoy/NOUN/6/obj for/ADP/10/case that/PRON/6/obl ./PUNCT/6/punct",
    );
    let kinds = [
        ("The king of Élphia himself", MentionKind::Definite),
        ("Élphia", MentionKind::Name),
        ("himself", MentionKind::Pronoun),
        ("our", MentionKind::Speaker),
        ("our envoy", MentionKind::Definite),
        ("that", MentionKind::Demonstrative),
    ];
    assert_eq!(found, kinds.map(|(text, kind)| (text.to_owned(), kind)));
}

#[test]
fn a_phrase_ends_before_what_stands_beside_it() {
    let found = phrases(
        "Talks/NOUN/7/nsubj ,/PUNCT/3/punct which/DET/4/nsubj failed/VERB/1/acl:relcl and/CCONJ/6/cc meetings/NOUN/1/conj \
         ended/VERB/0/root ./PUNCT/7/punct",
    );
    assert_eq!(found.iter().map(|f| f.0.as_str()).collect::<Vec<_>>(), ["Talks", "meetings"]);
}

#[test]
fn titles_parts_of_names_and_parts_of_conjunctions_are_no_phrases() {
    let found = phrases(
        "Queen/PROPN/2/nmod:desc Anna/PROPN/4/nsubj Flavia/PROPN/2/flat left/VERB/0/root New/PROPN/7/compound \
         Zenda/PROPN/5/flat talks/NOUN/4/obj because/ADP/10/case of/ADP/8/fixed rain/NOUN/4/obl",
    );
    let texts: Vec<&str> = found.iter().map(|f| f.0.as_str()).collect();
    assert_eq!(texts, ["Queen Anna Flavia", "New Zenda", "New Zenda talks", "rain"]);
}

#[test]
fn a_surname_is_part_of_a_name_and_an_acronym_stands_for_one() {
    let pair = |first: &str, second: &str| likeness(&format!("{first} met/VERB/0/root {second}"));
    let anna = "Anna/PROPN/3/nsubj Kowalski/PROPN/1/flat";
    assert_eq!(pair(anna, "Kowalski/PROPN/3/obj"), Likeness::Part);
    assert_eq!(pair(anna, "Anna/PROPN/3/obj Kowalski/PROPN/4/flat"), Likeness::Same);
    assert_eq!(pair(anna, "Hentzau/PROPN/3/obj"), Likeness::Unlike);
    assert_eq!(pair("United/PROPN/2/compound Nations/PROPN/3/nsubj", "U.N./PROPN/3/obj"), Likeness::Acronym);
}

#[test]
fn pronouns_are_alike_whatever_their_case() {
    assert_eq!(likeness("He/PRON/2/nsubj met/VERB/0/root him/PRON/2/obj"), Likeness::SamePronoun);
    assert_eq!(likeness("He/PRON/2/nsubj met/VERB/0/root her/PRON/2/obj"), Likeness::Unlike);
}
