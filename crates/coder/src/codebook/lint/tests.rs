//! What is remarked on pages, and what is not.

use chancery_model::Upos;

use super::super::Pages;
use super::Vocabulary;
use crate::ontology::Ontology;

/// A small lexicon: verbs and nouns, each with a form of it.
struct Words;

const VERBS: [(&str, &str); 4] =
    [("accuse", "accused"), ("blame", "blamed"), ("bestow", "bestowed"), ("launch", "launched")];
const NOUNS: [(&str, &str); 4] =
    [("soldier", "soldiers"), ("strike", "strikes"), ("air", "airs"), ("troops", "troops")];

impl Vocabulary for Words {
    fn lemmas(&self, word: &str, upos: Upos, xpos: &str) -> Vec<String> {
        let list = if upos == Upos::VERB { VERBS } else { NOUNS };
        let listed = list.iter().find(|(_, form)| *form == word).map(|(lemma, _)| *lemma);
        let ending = match xpos {
            "VBD" => "ed",
            "VBG" => "ing",
            _ => "s",
        };
        vec![listed.or(word.strip_suffix(ending)).unwrap_or(word).to_owned()]
    }

    fn has_lemma(&self, word: &str, upos: Upos) -> bool {
        let list = if upos == Upos::VERB { VERBS } else { NOUNS };
        list.iter().any(|(lemma, _)| *lemma == word)
    }

    fn cut(&self, word: &str) -> Vec<String> {
        word.split_inclusive('-')
            .flat_map(|p| p.strip_suffix('-').map_or(vec![p], |w| vec![w, "-"]))
            .map(str::to_owned)
            .collect()
    }
}

/// The remarks on a page with these classes and patterns: `line: what`. Patterns stand from line 100 on.
fn remarks(classes: &str, patterns: &[&str]) -> Vec<String> {
    let head = format!("# AID\n\n## Words\n\n{classes}\n\n## Rules\n\n### give\n\n```rules\n");
    let blank = "\n".repeat(99 - head.matches('\n').count());
    let page = format!(
        "{head}{blank}{}\n```\n\nFires:\n\n- A. → TCD > SDN\n\nSilent:\n\n- B.\n",
        patterns.join("\n")
    );
    let files = [("mine/aid.md", page.as_str())];
    let found = super::remarks(&Pages::read(&files).0, &files, (&Words, &Ontology::embedded()));
    found
        .into_iter()
        .map(|(path, (line, what))| {
            assert_eq!(path, "mine/aid.md");
            format!("{line}: {what}")
        })
        .collect()
}

#[track_caller]
fn check(patterns: &[&str], expect: &[&str]) {
    let found = remarks("", patterns);
    assert!(
        found.len() == expect.len() && found.iter().zip(expect).all(|(f, e)| f.contains(e)),
        "{found:#?}"
    );
}

#[test]
fn an_inflected_form_where_a_lemma_is_due_is_remarked() {
    check(
        &["ACTOR accused RECIPIENT", "ACTOR launch air on RECIPIENT", "ACTOR accused RECIPIENT of air"],
        &[
            "100: words are compared in their dictionary forms, so these patterns never match: 'accused' (lines 100, 102: write 'accuse')",
        ],
    );
    check(
        &["ACTOR bestow soldiers|troops|strikes on RECIPIENT"],
        &[
            "so these never match: 'soldiers' (line 100: write 'soldier'), 'strikes' (line 100: write 'strike')",
        ],
    );
    check(&["ACTOR vow to DO:accused RECIPIENT"], &["'accused' (line 100: write 'accuse')"]);
}

#[test]
fn a_verb_of_no_list_whose_forms_are_read_as_another_is_remarked() {
    check(
        &["ACTOR strafe|harry|bestow RECIPIENT"],
        &[
            "their past is read as another word; list it too: 'harry' (line 100: write 'harri'), 'strafe' (line 100: write 'straf')",
        ],
    );
    check(&["ACTOR bomb RECIPIENT"], &[]);
}

#[test]
fn a_word_that_is_cut_or_has_too_many_parts_or_capitals_is_remarked() {
    check(
        &["ACTOR launch air-strike on RECIPIENT"],
        &["read as several, so these patterns never match: 'air-strike' (line 100: write 'air_strike')"],
    );
    check(&["ACTOR launch air_strike on RECIPIENT"], &[]);
    check(
        &["the bomb_air_strike by ACTOR"],
        &["one word before it, so these patterns never match: 'bomb_air_strike' (line 100)"],
    );
    let found = remarks("- {gun}: AK", &["ACTOR launch {gun} on RECIPIENT"]);
    assert_eq!(
        found,
        ["5: words are compared in lower case, so these never match: 'AK' (line 5: write 'ak')"]
    );
}

#[test]
fn what_stands_where_something_else_is_expected_is_remarked() {
    check(
        &["ACTOR launch toward|towards|astride air"],
        &["those beside them are read as nouns, so these patterns never match: 'astride' (line 100)"],
    );
    check(
        &["soldier by ACTOR blame RECIPIENT"],
        &["before it there is one place, such as ACTOR, so these patterns never match: 'by' (line 100)"],
    );
    check(&["ACTOR launch air|RECIPIENT"], &["places cannot stand among words; write a line for each"]);
}

#[test]
fn a_form_beside_the_right_one_is_not_remarked() {
    check(&["ACTOR accused|accuse RECIPIENT", "ACTOR strafe|straf RECIPIENT"], &[]);
    assert!(remarks("- {force}: Soldiers, soldiers, soldier", &["ACTOR launch {force}|soldiers"]).is_empty());
}

#[test]
fn a_class_is_remarked_where_it_stands_and_for_what_it_is_looked_for() {
    let found =
        remarks("- {none}:\n- {force}: soldiers, troops", &["ACTOR launch {force}|{none} on RECIPIENT"]);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].starts_with("5: the class {none} is empty"));
    assert!(found[1].starts_with("6: words are compared in their dictionary forms"));
    // As a verb it is none of the lexicon's forms.
    assert!(remarks("- {do}: accuse, blame", &["ACTOR {do} RECIPIENT"]).is_empty());
}

#[test]
fn a_pattern_all_of_whose_alternatives_stand_above_is_remarked() {
    check(&["ACTOR accuse|blame RECIPIENT", "ACTOR blame RECIPIENT"], &["forestalled by line 100;"]);
    check(
        &[
            "ACTOR bestow air on|against RECIPIENT",
            "ACTOR bestow strike on RECIPIENT",
            "ACTOR bestow air|strike on RECIPIENT",
        ],
        &["forestalled by line 100, line 101;"],
    );
    check(&["ACTOR blame RECIPIENT [for air]", "ACTOR blame RECIPIENT"], &["101: "]);
}

#[test]
fn a_pattern_that_says_more_or_otherwise_is_not_remarked() {
    check(&["ACTOR blame RECIPIENT", "ACTOR:REB blame RECIPIENT"], &[]);
    check(&["ACTOR blame RECIPIENT", "[ACTOR] blame RECIPIENT"], &[]);
    check(&["ACTOR blame RECIPIENT", "ACTOR blame RECIPIENT [for air]"], &[]);
    check(&["ACTOR blame RECIPIENT", "ACTOR not blame RECIPIENT"], &[]);
    check(&["ACTOR bestow air on RECIPIENT", "ACTOR bestow air|strike on RECIPIENT"], &[]);
}

#[test]
fn a_code_of_another_type_is_remarked_but_not_that_of_a_promise() {
    check(
        &["ACTOR bestow air on RECIPIENT => 055", "ACTOR bestow strike on RECIPIENT => 0331 planned"],
        &["100: CAMEO 055 (Apologize) is CONCEDE in cameo.csv; near it AID has 075"],
    );
}
