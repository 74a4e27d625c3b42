//! What an editor of the codebook is told: what is wrong, where, why an example is silent, and what does nothing.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Folder, chancery, printed};

/// A page with one rule: these patterns, and examples on which it must fire.
fn page(plover: &str, patterns: &str, fires: &[&str]) -> String {
    let fires: String = fires.iter().map(|sentence| format!("- {sentence} → -\n")).collect();
    format!(
        "# {plover}\n\n## Rules\n\n### own\n\nA rule.\n\n```rules\n{patterns}\n```\n\nFires:\n\n{fires}\nSilent:\n\n- Chad left Sudan.\n"
    )
}

const BLAMED: &str = "Chad accused Sudan of the raid.";

#[test]
fn check_finds_nothing_wrong_with_the_data_in_the_program() {
    let run = printed(&chancery(&["check"]));
    let last = run.lines().last().unwrap();
    assert!(last.contains(" data files, nothing wrong"), "{last}");
}

#[test]
fn check_remarks_on_what_does_nothing_and_fails_for_it_only_where_asked() {
    let folder = Folder::new("check-remarks");
    let text = page("ACCUSE", "ACTOR accuse|blamed RECIPIENT", &[BLAMED]).replace("→ -", "→ TCD > SDN");
    folder.write("accuse.md", text);
    let said = "accuse.md:10: remark: words are compared in their dictionary forms, so these never match: 'blamed' (line 10: \
                write 'blame')\n1 data file, nothing wrong, 1 remark\n";
    assert_eq!(printed(&chancery(&["check", &folder.path("")])), said);
    let strict = chancery(&["check", "--strict", &folder.path("")]);
    assert_eq!((strict.status.code(), String::from_utf8_lossy(&strict.stdout).as_ref()), (Some(1), said));
}

#[test]
fn a_page_or_a_folder_is_checked_within_the_whole_codebook() {
    let folder = Folder::new("check-part");
    let accuse = page("ACCUSE", "ACTOR accuse {folk}", &[BLAMED]).replace("{folk}", "RECIPIENT");
    let accuse = accuse.replace("→ -", "→ TCD > SDN");
    let page_of_accuse = folder.write("data/codebook/en/accuse.md", &accuse);
    folder.write("data/codebook/en/aid.md", page("AID", "ACTOR feed RECIPIENT", &["Chad sang."]));
    folder.write("data/actors/states.csv", "no table\n");
    assert_eq!(printed(&chancery(&["check", &page_of_accuse])), "1 data file, nothing wrong\n");
    let run = chancery(&["check", &folder.path("data/codebook/en")]);
    let said = String::from_utf8_lossy(&run.stdout);
    assert_eq!(run.status.code(), Some(1));
    assert!(said.starts_with("codebook/en/aid.md:15: 'aid#own' does not fire on: Chad sang."), "{said}");
    assert!(said.ends_with("\n1 problem\n"), "{said}");
    let whole = chancery(&["check", &folder.path("data")]);
    assert!(String::from_utf8_lossy(&whole.stdout).starts_with("actors/states.csv:1: "), "{whole:?}");
}

#[test]
fn what_is_wrong_on_another_page_is_told_where_no_example_can_be_tried_for_it() {
    let folder = Folder::new("check-other");
    let text = page("ACCUSE", "ACTOR accuse RECIPIENT", &[BLAMED]);
    let accuse = folder.write("data/codebook/en/accuse.md", text);
    folder.write("data/codebook/en/aid.md", page("AID", "ACTOR feed [RECIPIENT", &["Chad fed Sudan."]));
    let run = chancery(&["check", &accuse]);
    let said = "codebook/en/aid.md:10: a bracket is not closed\n1 problem; examples are tried when nothing else is wrong\n";
    assert_eq!((run.status.code(), String::from_utf8_lossy(&run.stdout).as_ref()), (Some(1), said));
}

#[test]
fn a_page_that_there_is_not_is_told_with_the_one_that_was_meant() {
    let folder = Folder::new("check-name");
    folder.write("accuse.md", page("ACCUSE", "ACTOR accuse RECIPIENT", &[BLAMED]));
    let run = chancery(&["check", &folder.path("ACCUSE.md")]);
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(said.contains("no such file or folder; did you mean ") && said.contains("accuse.md?"), "{said}");
}

#[test]
fn a_silent_example_says_why() {
    let cases = [
        (
            "ACTOR accuse RECIPIENT",
            "The cook accused Sudan.",
            "'The cook' is nobody known, so 'ACTOR' stays empty",
        ),
        (
            "ACTOR accuse RECIPIENT",
            "Chad accused the cook.",
            "'the cook' is nobody known, so 'RECIPIENT' stays empty",
        ),
        ("ACTOR:REB accuse RECIPIENT", BLAMED, "'Chad' is GOV, not REB"),
        (
            "ACTOR accuse RECIPIENT before court|judge",
            BLAMED,
            "nothing at 'accused' fills 'before court|judge'",
        ),
        (
            "ACTOR lay blame|fault on RECIPIENT",
            "Chad laid eggs on Sudan.",
            "'eggs', read as 'egg', is not listed in 'blame|fault'",
        ),
        ("the accuse by ACTOR", BLAMED, "'accused' is read as a verb; "),
        ("ACTOR accuse RECIPIENT", "Chad did not accuse Sudan.", "'accuse' is negated"),
        (
            "ACTOR accuse RECIPIENT",
            "Chad may accuse Sudan.",
            "'accuse' is told as something that has not happened",
        ),
        ("ACTOR write_off RECIPIENT", "Chad wrote to Sudan.", "'wrote' stands without 'off'"),
        (
            "ACTOR rifle RECIPIENT",
            "Chad rifled Sudan.",
            "'rifled' is read as 'rifl', not 'rifle'; list that too",
        ),
        ("ACTOR tut RECIPIENT", "Chad hushed Sudan.", "its verbs are 'hush', which no line of ACCUSE has"),
        ("ACTOR accuse SOMETHING", BLAMED, "of 'accuse#rule 0' says more"),
    ];
    let rule = |(number, (pattern, sentence, _)): (usize, &(&str, &str, &str))| {
        let rule = page("ACCUSE", pattern, &[sentence]);
        rule.split_once("### own").unwrap().1.replacen('\n', &format!("\n### rule {number}\n"), 1)
    };
    let rules: Vec<String> = cases.iter().enumerate().map(rule).collect();
    let folder = Folder::new("check-why");
    let path = folder.write("accuse.md", format!("# ACCUSE\n\n## Rules\n{}", rules.join("\n")));
    let run = chancery(&["check", &path]);
    let said = String::from_utf8(run.stdout).unwrap();
    for (number, (_, sentence, why)) in cases.iter().enumerate() {
        let problem = format!("'accuse#rule {number}' does not fire on: {sentence}");
        let told = said.lines().skip_while(|line| !line.contains(&problem)).nth(1).unwrap_or_default();
        assert!(told.contains(why), "{problem}\n{said}");
    }
}

#[test]
fn tables_of_topics_and_strength_are_checked_by_line() {
    let folder = Folder::new("check-topics");
    folder.write("topics.csv", "topic,label,wording,source\nbells,Bells,church bell,editors\nbells,Chimes,chime,editors\nfish,,trout,editors\n");
    folder.write("strength.csv", "ladder,step,wording,part,source\nsupport,high,back,cue,editors\n");
    let run = chancery(&["check", folder.0.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert_eq!(run.status.code(), Some(1), "{said}");
    assert!(said.contains("topics.csv:3: 'bells' is labelled 'Bells' above, 'Chimes' here"), "{said}");
    assert!(said.contains("topics.csv:4: needs 3 filled columns"), "{said}");
    assert!(said.contains("strength.csv:2: 'high' is no step"), "{said}");
}
