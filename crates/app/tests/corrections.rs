//! People correct rows, and what they say goes from record to record.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Folder, chancery, command, printed, readout};
use serde_json::Value;

/// A record of one readout, and a way to ask it.
struct Desk {
    folder: Folder,
    record: String,
}

impl Desk {
    fn new(test: &str) -> Self {
        let folder = Folder::new(test);
        let record = folder.path("r.db");
        printed(&chancery(&["add", &folder.write("oslo.txt", readout(4)), "--record", &record]));
        Self { folder, record }
    }

    fn run(&self, arguments: &[&str]) -> std::process::Output {
        chancery(&[arguments, &["--record", &self.record]].concat())
    }

    fn say(&self, arguments: &[&str]) -> String {
        printed(&self.run(arguments))
    }

    fn wrong(&self, arguments: &[&str]) -> String {
        let run = self.run(arguments);
        assert_eq!(run.status.code(), Some(1), "{run:?}");
        String::from_utf8(run.stderr).unwrap()
    }

    fn acts(&self) -> Vec<String> {
        let rows = self.say(&["statements", "--format", "jsonl"]);
        let act =
            |line: &str| serde_json::from_str::<Value>(line).unwrap()["act"].as_str().unwrap().to_owned();
        rows.lines().map(act).collect()
    }
}

#[test]
fn a_row_is_set_right_listed_and_taken_back() {
    let desk = Desk::new("correct");
    assert_eq!(desk.acts(), ["commitment", "position"]);
    let said = desk.say(&[
        "correct",
        "d1.s1",
        "--set",
        "act=Request",
        "--set",
        "addressee=Chile",
        "--coder",
        "ada",
        "--note",
        "seen",
    ]);
    assert!(said.starts_with("correction 1, edit of d1.s1 by ada\n  act: commitment → request\n"), "{said}");
    assert_eq!(desk.acts(), ["request", "position"]);
    let why = desk.say(&["why", "d1.s1", "act"]);
    assert!(why.contains("rule: correction by ada") && why.contains(": was commitment"), "{why}");
    assert!(desk.say(&["why", "d1.s1"]).contains(": edited: seen"));
    let listed = desk.say(&["corrections", "--format", "csv"]);
    assert!(
        listed.contains("d1.s1,statement,edit,ada,") && listed.contains("act: commitment → request"),
        "{listed}"
    );
    assert_eq!(
        desk.say(&["correct", "d1.s1", "--undo", "--coder", "ada"]),
        "correction 1, edit of d1.s1 by ada, is taken back\n"
    );
    assert_eq!(desk.acts(), ["commitment", "position"]);
    assert!(desk.say(&["corrections", "--undone"]).contains("taken back"));
    assert_eq!(
        desk.say(&["correct", "d1.s2", "--reject", "--coder", "ada"]),
        "correction 2, reject of d1.s2 by ada\n"
    );
    assert_eq!(desk.acts(), ["commitment"]);
    assert!(desk.say(&["show", "d1"]).contains("its row was rejected by ada"));
    desk.say(&["corrections", "undo", "2"]);
    assert_eq!(desk.acts(), ["commitment", "position"]);
}

#[test]
fn a_missing_row_is_added_by_its_words() {
    let desk = Desk::new("correct-add");
    let add = [
        "correct",
        "d1",
        "--add",
        "statement",
        "--coder",
        "ada",
        "--set",
        "act=courtesy",
        "--set",
        "speaker=José Rojas (CHL)",
    ];
    let said = desk.say(&[&add[..], &["--set", "content=met with Chilean President"]].concat());
    assert!(said.starts_with("correction 1, add of d1.s3 by ada"), "{said}");
    assert_eq!(desk.acts(), ["commitment", "position", "courtesy"]);
    let wrong = desk.wrong(&[&add[..], &["--set", "content=met with nobody"]].concat());
    assert!(wrong.contains("'content': 'met with nobody' is not in the text, word for word"), "{wrong}");
}

#[test]
fn what_cannot_be_set_is_refused_with_what_can() {
    let desk = Desk::new("correct-wrong");
    for (arguments, wrong) in [
        (&["d1.s1", "--set", "act=demand"][..], "it is one of position, commitment"),
        (&["d1.e1", "--set", "type=CONSLT"], "did you mean 'CONSULT'?"),
        (&["d1.e1", "--set", "date=2031-2"], "write YYYY-MM-DD"),
        (&["d1.s1", "--set", "holder=Norwey"], "no state or organisation is called 'Norwey'"),
        (&["d1.s9", "--accept"], "nothing here has the id 'd1.s9'"),
        (&["d1.s9", "--set", "act=report"], "d1.s9 is no row that is there"),
        (&["d1", "--set", "act=report"], "'d1' is no row; to add one"),
        (&["d1.s1", "--undo"], "ada said nothing of d1.s1 that holds"),
    ] {
        let said = desk.wrong(&[&["correct"], arguments, &["--coder", "ada"]].concat());
        assert!(said.contains(wrong), "{said}");
    }
    assert!(desk.wrong(&["corrections", "undo", "7"]).contains("no correction of '7' holds"));
    for arguments in
        [&["d1.s1"][..], &["d1.s1", "--accept", "--reject"], &["d1.s1", "--accept", "--set", "act=report"]]
    {
        assert_eq!(desk.run(&[&["correct"], arguments].concat()).status.code(), Some(2), "{arguments:?}");
    }
    let nobody = command()
        .args(["correct", "d1.s1", "--accept", "--record", &desk.record])
        .env_remove("USER")
        .output();
    assert!(String::from_utf8(nobody.unwrap().stderr).unwrap().contains("name yourself with --coder NAME"));
    let someone = command()
        .args(["correct", "d1.s1", "--accept", "--record", &desk.record])
        .env("USER", "eve")
        .output();
    assert!(printed(&someone.unwrap()).ends_with("by eve\n"));
}

#[test]
fn corrections_go_from_record_to_record_and_twice_is_once() {
    let (desk, other) = (Desk::new("export-said"), Desk::new("import-said"));
    desk.say(&["correct", "d1.s1", "--set", "act=request", "--coder", "ada"]);
    desk.say(&["correct", "d1.s2", "--reject", "--coder", "ben"]);
    desk.say(&["corrections", "undo", "2"]);
    let file = desk.folder.path("said.jsonl");
    assert!(desk.say(&["corrections", "export", &file]).ends_with("2 corrections, 0 decisions on links\n"));
    assert_eq!(other.say(&["corrections", "import", &file]), "2 corrections, 2 of them new\n");
    assert_eq!(other.say(&["corrections", "import", &file]), "2 corrections, 0 of them new\n");
    assert_eq!(other.acts(), ["request", "position"]);
    assert_eq!(other.say(&["corrections", "export", "-"]), std::fs::read_to_string(&file).unwrap());
    let lines = std::fs::read_to_string(&file).unwrap();
    let broken = desk.folder.write(
        "broken.jsonl",
        format!("{{\n{}\n{{\"verdict\": 3, \"layer\": 1}}\n[]\n", lines.lines().next().unwrap()),
    );
    let third = Desk::new("import-broken");
    let run = third.run(&["corrections", "import", &broken]);
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(1));
    for wrong in [
        "broken.jsonl:1: broken JSON",
        "broken.jsonl:3: no 'key'",
        "broken.jsonl:4: is no JSON object; write one object a line",
    ] {
        assert!(said.contains(wrong), "{said}");
    }
    assert_eq!(third.acts(), ["request", "position"], "a bad line leaves the others");
}

#[test]
fn corrected_texts_are_gold_for_score_and_read_back_as_accepted() {
    let desk = Desk::new("gold");
    desk.say(&["correct", "d1.s1", "--set", "act=request", "--coder", "ada"]);
    let gold = desk.folder.write("gold.jsonl", desk.say(&["corrections", "--format", "annotations"]));
    let text = std::fs::read_to_string(&gold).unwrap();
    let line: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (&line["statements"][0]["verdict"], &line["statements"][0]["who"]),
        (&"edit".into(), &"ada".into())
    );
    assert!(line["statements"][1]["verdict"].is_null());
    let docs =
        desk.folder.write("docs.jsonl", serde_json::json!({"id": "oslo", "text": readout(4)}).to_string());
    let scores = printed(&chancery(&["score", &gold, &docs, "--predicted", &gold, "--json"]));
    let scores: Value = serde_json::from_str(&scores).unwrap();
    assert_eq!(scores["statements.strict"]["f1"], 1.0);
    let taken = desk.say(&["corrections", "import", &gold, "--coder", "ben", "--complete"]);
    assert!(taken.contains("1 edited, 0 added, 0 rejected; 0 of these"), "{taken}");
    let again = desk.say(&["corrections", "import", &gold, "--coder", "ben", "--complete"]);
    let (all, known) = (again.split(' ').nth(2).unwrap(), again.rsplit("; ").next().unwrap());
    assert_eq!(known, format!("{} of these were said before\n", all.parse::<u32>().unwrap() + 1));
    let agreed = desk.say(&["agree", "--format", "csv"]);
    assert!(agreed.contains("statement,act,,1.000,1\r\n"), "{agreed}");
}

#[test]
fn a_reading_says_what_is_wrong_with_it_by_line_and_row() {
    let desk = Desk::new("reading");
    let lines = [
        r#"{"id": "oslo", "who": "ben", "statements": [{"act": "report", "speaker": {"name": "Zoë Dahl", "code": "NOR"}, "content": "Norway is ready to deepen cooperation with Chile"}]}"#,
        r#"{"id": "bergen", "statements": []}"#,
        r#"{"id": "oslo", "events": [{"plover": "MEET", "actor": [{"code": "NOR"}], "quote": "met"}]}"#,
        r#"{"id": "oslo", "roles": [{"person": "Dahl", "office": "minister", "country": "NRW", "quote": "Minister Zoë"}]}"#,
        r#"{"id": "oslo", "meetings": [{"parties": [{"code": "NOR", "persons": []}], "quote": "meets"}]}"#,
        r#"{"id": "oslo"}"#,
    ];
    let file = desk.folder.write("reading.jsonl", lines.join("\n"));
    let run = desk.run(&["corrections", "import", &file, "--coder", "ada"]);
    let said = String::from_utf8(run.stderr).unwrap();
    for wrong in [
        "reading.jsonl:2: the record has no text 'bergen' among its 1",
        "reading.jsonl:3: events, row 1: there is no type 'MEET'; ",
        "reading.jsonl:4: roles, row 1: there is no state 'NRW'; did you mean 'N",
        "reading.jsonl:5: meetings, row 1: 'quote': 'meets' is not in the text, word for word",
        "reading.jsonl:6: no rows; give 'roles'",
    ] {
        assert!(said.contains(wrong), "{said}");
    }
    assert_eq!(
        String::from_utf8(run.stdout).unwrap(),
        "3 texts: 0 accepted, 1 edited, 0 added, 0 rejected; 0 of these were said before\n"
    );
    assert_eq!(desk.acts(), ["report", "position"]);
    assert!(desk.say(&["corrections"]).contains("ben"), "who a line names goes before --coder");
}

#[test]
fn people_disagree_until_one_settles_it() {
    let desk = Desk::new("agree");
    desk.say(&["correct", "d1.s1", "--set", "act=request", "--coder", "ada"]);
    desk.say(&["correct", "d1.s1", "--set", "act=report", "--coder", "ben"]);
    desk.say(&["correct", "d1.s2", "--accept", "--coder", "ada"]);
    desk.say(&["correct", "d1.s2", "--accept", "--coder", "ben"]);
    let csv = desk.say(&["agree", "--format", "csv"]);
    assert!(
        csv.contains("statement,act,0.400,0.500,2\r\n") && csv.contains("statement,row,,1.000,2\r\n"),
        "{csv}"
    );
    let conflicts = desk.say(&["agree", "--conflicts", "--format", "csv"]);
    assert!(conflicts.ends_with("d1.s1,statement,act,ada: request; ben: report\r\n"), "{conflicts}");
    desk.say(&["correct", "d1.s1", "--set", "act=request", "--settle", "--coder", "cy"]);
    assert_eq!(desk.say(&["agree", "--conflicts", "--format", "csv"]).lines().count(), 1);
    let later = desk.say(&["correct", "d1.s1", "--set", "act=courtesy", "--coder", "ben"]);
    assert!(later.ends_with("it does not count: another correction settles this row\n"), "{later}");
    assert_eq!(desk.acts(), ["request", "position"]);
}
