//! The pattern language and the pages.

use super::pattern::{Classes, Filler, Pattern, Predicate};
use super::{FILES, Listed, Page, Pages};

fn classes() -> Classes {
    Classes::from([("treaty".to_owned(), vec!["treaty".to_owned(), "pact".to_owned()])])
}

fn pattern(line: &str) -> Pattern {
    Pattern::parse(line, 1, &classes()).expect("a pattern")
}

fn wrong(line: &str) -> String {
    Pattern::parse(line, 1, &classes()).expect_err("no pattern")
}

#[test]
fn a_pattern_has_a_subject_a_verb_and_places() {
    let p = pattern("ACTOR impose|clamp {treaty}|ban [on|against RECIPIENT:REB|SEP] => 163 boycott");
    assert_eq!(p.predicate, Predicate::Verb);
    assert_eq!(p.lemmas, [("impose".to_owned(), None), ("clamp".to_owned(), None)]);
    assert_eq!(
        p.places[0].filler,
        Filler::Words(Listed::nouns(vec!["treaty".into(), "pact".into(), "ban".into()]))
    );
    assert_eq!(p.places[1].prepositions, ["on", "against"]);
    assert_eq!(p.places[1].filler, Filler::Recipient(vec!["REB".into(), "SEP".into()]));
    assert!(p.places[1].optional && !p.places[0].optional);
    let code = p.code.expect("a code");
    assert_eq!((code.cameo.as_deref(), code.mode.as_deref()), (Some("163"), Some("boycott")));
}

#[test]
fn particles_negation_nouns_and_adjectives_are_told_apart() {
    assert_eq!(pattern("ACTOR call_off talks").lemmas, [("call".to_owned(), Some("off".to_owned()))]);
    assert!(pattern("ACTOR will not recognize RECIPIENT").negated);
    assert!(pattern("ACTOR will not recognize RECIPIENT").ahead);
    assert_eq!(pattern("the raid by ACTOR on RECIPIENT").predicate, Predicate::Noun);
    assert_eq!(pattern("the war_game of ACTOR").lemmas, [("game".to_owned(), Some("war".to_owned()))]);
    assert_eq!(pattern("ACTOR be ready|willing to DO").predicate, Predicate::Adjective);
    assert_eq!(pattern("ACTOR demand that RECIPIENT CLAUSE").places[0].filler, Filler::ClauseOf);
    assert_eq!(pattern("ACTOR vow to DO:attack|bomb RECIPIENT").places.len(), 2);
}

#[test]
fn what_is_wrong_with_a_pattern_is_said_in_an_editors_words() {
    assert!(wrong("ACTOR sign {pacts}").contains("there is no class {pacts}"));
    assert!(wrong("ACTOR").contains("ends before its verb"));
    assert!(wrong("SOMETHING rain").contains("names neither ACTOR"));
    assert!(wrong("ACTOR attack [RECIPIENT").contains("a bracket is not closed"));
    assert!(wrong("ACTOR attack TARGET").contains("'TARGET' is no place"));
    assert!(wrong("ACTOR attack RECIPIENT => x99").contains("'x99' is no CAMEO code"));
}

#[test]
fn more_named_words_weigh_more() {
    let general = pattern("ACTOR attack RECIPIENT");
    let special = pattern("ACTOR attack RECIPIENT with bombs");
    let open = pattern("ACTOR:REB attack SOMETHING");
    assert!(special.weight() > general.weight() && general.weight() > open.weight());
}

#[test]
fn a_page_that_lacks_something_says_what_and_where() {
    let text = "# ACCUSE\n\n## Rules\n\n### blame\n\n```rules\nACTOR blame RECIPIENT\nACTOR {none} x\n```\n\nFires:\n\n- Chad blamed Sudan.\n";
    let (page, faults) = Page::read(text, &classes());
    assert_eq!(page.rules[0].patterns.len(), 1);
    let said: Vec<String> = faults.iter().map(|(line, what)| format!("{line}: {what}")).collect();
    assert!(said[0].starts_with("9: this pattern there is no class {none}"), "{said:?}");
    assert!(said.iter().any(|s| s.starts_with("5: ") && s.contains("no 'Silent:' example")), "{said:?}");
    assert!(said.iter().any(|s| s.contains("without '→ ACTOR > RECIPIENT'")), "{said:?}");
}

#[test]
fn the_pages_of_the_program_are_whole() {
    let (pages, faults) = Pages::read(&FILES);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(pages.pages.len(), 16);
}

#[test]
fn a_page_of_ones_own_takes_the_place_of_the_programs() {
    let own = "# AID\n\n## Rules\n\n### give\n\n```rules\nACTOR bestow {aid} on RECIPIENT\n```\n\nFires:\n\n- Chad bestowed grain on Sudan. → TCD > SDN\n\nSilent:\n\n- Chad slept.\n";
    let pages = Pages::with(&[("mine/aid.md".to_owned(), own.to_owned())]).expect("a good page");
    assert_eq!(pages.pages.iter().find(|p| p.plover == "AID").map(|p| p.rules.len()), Some(1));
    assert!(!pages.at("bestow").is_empty());
    assert!(Pages::with(&[("aid.md".to_owned(), "# AID\n\n## Rules\n\n### x\n".to_owned())]).is_err());
}
