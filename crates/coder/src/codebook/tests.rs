//! The pattern language and the pages.

use super::pattern::{Classes, Filler, Pattern, Predicate};
use super::{Agents, FILES, Lexis, Listed, Page, Pages};
use crate::ontology::Ontology;

fn classes(lexis: &mut Lexis) -> Classes {
    Classes::from([("treaty".to_owned(), ["treaty", "pact"].map(|word| lexis.add(word)).to_vec())])
}

fn read(line: &str, lexis: &mut Lexis) -> Result<Pattern, String> {
    Pattern::parse(line, 1, &classes(lexis), lexis)
}

fn pattern(line: &str) -> Pattern {
    read(line, &mut Lexis::default()).expect("a pattern")
}

fn wrong(line: &str) -> String {
    read(line, &mut Lexis::default()).expect_err("no pattern")
}

/// The words of which one tells an event, each with its particle or other half.
fn lemmas(line: &str) -> Vec<(String, Option<String>)> {
    let mut lexis = Lexis::default();
    let pattern = read(line, &mut lexis).expect("a pattern");
    let text = |word| lexis.text(word).to_owned();
    pattern.lemmas.iter().map(|(lemma, half)| (text(*lemma), half.map(text))).collect()
}

#[test]
fn a_pattern_has_a_subject_a_verb_and_places() {
    let line = "ACTOR impose|clamp {treaty}|ban [on|against RECIPIENT:REB|SEP] => 163 boycott";
    let mut lexis = Lexis::default();
    let p = read(line, &mut lexis).expect("a pattern");
    assert_eq!(p.predicate, Predicate::Verb);
    assert_eq!(lemmas(line), [("impose".to_owned(), None), ("clamp".to_owned(), None)]);
    let nouns = ["treaty", "pact", "ban"].map(|word| lexis.word(word));
    assert_eq!(p.places[0].filler, Filler::Words(Listed::nouns(&nouns, &mut lexis)));
    assert_eq!(*p.places[1].prepositions, ["on", "against"]);
    assert_eq!(p.places[1].filler, Filler::Recipient(vec!["REB".into(), "SEP".into()]));
    assert!(p.places[1].optional && !p.places[0].optional);
    let code = p.code.expect("a code");
    assert_eq!((code.cameo.as_deref(), code.mode.as_deref()), (Some("163"), Some("boycott")));
}

#[test]
fn particles_negation_nouns_and_adjectives_are_told_apart() {
    assert_eq!(lemmas("ACTOR call_off talks"), [("call".to_owned(), Some("off".to_owned()))]);
    assert!(pattern("ACTOR will not recognize RECIPIENT").negated);
    assert!(pattern("ACTOR will not recognize RECIPIENT").ahead);
    assert_eq!(pattern("the raid by ACTOR on RECIPIENT").predicate, Predicate::Noun);
    assert_eq!(lemmas("the war_game of ACTOR"), [("game".to_owned(), Some("war".to_owned()))]);
    assert_eq!(pattern("ACTOR be ready|willing to DO").predicate, Predicate::Adjective);
    assert_eq!(pattern("ACTOR demand that RECIPIENT CLAUSE").places[0].filler, Filler::ClauseOf);
    assert_eq!(pattern("ACTOR vow to DO:attack|bomb RECIPIENT").places.len(), 2);
}

#[test]
fn what_is_wrong_with_a_pattern_is_said_in_an_editors_words() {
    assert!(wrong("ACTOR sign {treaties}").contains("there is no class {treaties}"));
    assert!(wrong("ACTOR sign {treety}").ends_with("; did you mean 'treaty'?"));
    assert_eq!(
        wrong("ACTOR sign {treaty [on RECIPIENT]"),
        "a brace of '{treaty' is not closed; write '{treaty}'"
    );
    assert!(
        wrong("ACTOR oust RECIPIENT:GOV|king")
            .starts_with("sectors and words do not mix in 'RECIPIENT:GOV|king'")
    );
    assert_eq!(wrong("ACTORS:REB meet"), "ACTORS takes no sectors or words; write 'ACTORS'");
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
    let mut lexis = Lexis::default();
    assert_eq!(Page::read(text, &classes(&mut lexis), &mut lexis).0.rules[0].patterns.len(), 1);
    let expect = [
        "5: the rule 'blame' has no 'Silent:' example",
        "5: the rule 'blame' has no sentence on what it is for; write one before its patterns",
        "9: there is no class {none}, neither on this page nor in classes.toml",
        "14: this example does not say who acts; write '→ ACTOR > RECIPIENT' behind it",
    ];
    assert_eq!(told(text), expect);
}

/// What is wrong with a page: `line: what`.
fn told(page: &str) -> Vec<String> {
    let mut lexis = Lexis::default();
    let (page, mut faults) = Page::read(page, &classes(&mut lexis), &mut lexis);
    faults.extend(page.unknown_codes(&Ontology::embedded()));
    faults.into_iter().map(|(line, what)| format!("{line}: {what}")).collect()
}

/// A whole page but for what is in place of some of its words. The rule begins on line 11, its pattern stands on line 18.
fn changed(from: &str, to: &str) -> Vec<String> {
    let page = "# CONCEDE\n\nGiving way.\n\n## Words\n\n- {ban}: ban, curb\n\n## Rules\n\n### lift\n\nCode: 081\n\nA ban is lifted.\n\n\
        ```rules\nACTOR lift {ban} on RECIPIENT\n```\n\nFires:\n\n- Chad lifted the ban on Sudan. → TCD > SDN\n\n\
        Silent:\n\n- Chad lifted a stone.\n";
    assert!(told(page).is_empty() && page.contains(from));
    told(&page.replace(from, to))
}

#[test]
fn a_misspelt_field_or_section_is_told_with_the_right_one() {
    assert_eq!(changed("Code: 081", "Kode: 081"), ["13: a rule has no field 'Kode:'; did you mean 'Code:'?"]);
    assert_eq!(changed("Fires:", "Fire:"), ["21: a rule has no field 'Fire:'; did you mean 'Fires:'?"]);
    assert_eq!(changed("Silent:", "silent:"), ["25: a rule has no field 'silent:'; did you mean 'Silent:'?"]);
    assert_eq!(
        changed("Giving way.", "Partys: together"),
        ["3: a page has no field 'Partys:'; did you mean 'Parties:'?"]
    );
    assert_eq!(
        changed("Giving way.", "Parties: all"),
        ["3: 'all' is nothing that Parties may be; write 'Parties: together'"]
    );
    assert_eq!(changed("## Rules", "## Rule"), ["9: '## Rule' is no section; did you mean '## Rules'?"]);
    assert_eq!(changed("Code: 081", "Note: a ban is more than a curb."), [""; 0]);
    assert_eq!(
        changed("Code: 081", "Mode: economic"),
        ["13: a rule has no field 'Mode:'; write it as 'Code: 1222, mode …'"]
    );
}

#[test]
fn a_block_that_is_not_closed_is_told_once() {
    let wrong = "the block that begins here is not closed; end it with ```";
    assert_eq!(changed("RECIPIENT\n```\n", "RECIPIENT\n"), [format!("17: {wrong} before line 20")]);
    let at_end = told("# CONCEDE\n\n## Rules\n\n### x\n\n```rules\nACTOR lift ban\n");
    assert!(at_end.contains(&format!("7: {wrong}")), "{at_end:?}");
}

#[test]
fn one_mistake_is_not_told_as_two() {
    assert_eq!(changed("on RECIPIENT", "[on RECIPIENT"), ["18: a bracket is not closed"]);
    assert_eq!(changed("- {ban}:", "- {ban"), ["7: write '- {name}: word, word'"]);
    assert_eq!(
        changed("→ TCD > SDN", ""),
        ["23: this example does not say who acts; write '→ ACTOR > RECIPIENT' behind it"]
    );
}

#[test]
fn unknown_codes_modes_contexts_and_sectors_are_told_with_the_nearest() {
    assert_eq!(changed("081", "0819"), ["13: there is no CAMEO code 0819; did you mean '081'?"]);
    assert_eq!(changed("081", "081, mode ease"), ["13: CONCEDE has no modes; take 'mode ease' out"]);
    assert_eq!(
        changed("081", "081, context millitary"),
        ["13: there is no context 'millitary'; did you mean 'military'?"]
    );
    assert_eq!(changed("081", "081, context"), ["13: nothing stands behind 'context'"]);
    assert_eq!(
        changed("ACTOR lift", "ACTOR:GVO lift"),
        ["18: there is no sector 'GVO'; did you mean 'GOV'?"]
    );
    assert_eq!(
        changed("ACTOR lift", "ACTOR:gov lift"),
        ["18: there is no sector 'gov'; did you mean 'GOV'?"]
    );
    assert_eq!(changed("ACTOR lift", "[ACTOR:NOBODY] lift"), [""; 0]);
    let modes = told("# SANCTION\n\n## Rules\n\n### x\n\nCode: 163, mode expell\n");
    assert!(
        modes.iter().any(|m| m == "7: SANCTION has no mode 'expell'; did you mean 'expel'?"),
        "{modes:?}"
    );
    assert!(told("# ACUSE\n").iter().any(|m| m == "1: 'ACUSE' is no type of PLOVER; did you mean 'ACCUSE'?"));
}

#[test]
fn rows_of_agents_and_groups_are_checked() {
    let agents =
        "word,sector,of_state,notes\nrebel,REB,no,\nminer,LAB,maybe,\nsailor,MLI,yes,\nRebel,REB,no,\n";
    let groups = "word,kind,country,notes\nKurd,ETN,,\n";
    let (_, [agents, groups]) = Agents::read(agents, groups, &Ontology::embedded(), &mut Lexis::default());
    let said: Vec<String> =
        agents.iter().chain(&groups).map(|(line, what)| format!("{line}: {what}")).collect();
    let expect = [
        "5: 'Rebel' stands on line 2 already",
        "3: 'of_state' is 'maybe'; write yes or no",
        "4: there is no sector 'MLI'; did you mean 'MIL'?",
        "2: there is no kind 'ETN' of groups; did you mean 'ETH'?",
    ];
    assert_eq!(said, expect);
}

#[test]
fn the_pages_of_the_program_are_whole() {
    let (pages, faults) = Pages::read(&FILES);
    assert!(faults.is_empty(), "{faults:?}");
    assert_eq!(pages.pages.len(), 16);
}

#[test]
fn a_page_of_ones_own_takes_the_place_of_the_programs() {
    let own = "# AID\n\n## Rules\n\n### give\n\nAid is given.\n\n```rules\nACTOR bestow {aid} on RECIPIENT\n```\n\nFires:\n\n- Chad bestowed grain on Sudan. → TCD > SDN\n\nSilent:\n\n- Chad slept.\n";
    let pages = Pages::with(&[("mine/aid.md".to_owned(), own.to_owned())]).expect("a good page");
    assert_eq!(pages.pages.iter().find(|p| p.plover == "AID").map(|p| p.rules.len()), Some(1));
    assert!(!pages.at(pages.lexis.word("bestow")).is_empty());
    assert!(Pages::with(&[("aid.md".to_owned(), "# AID\n\n## Rules\n\n### x\n".to_owned())]).is_err());
}
