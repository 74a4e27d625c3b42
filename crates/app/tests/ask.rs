//! What a person asks of a record: the text with its marks, and the words behind a row.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Folder, chancery, printed, readout};

fn record(folder: &Folder) -> String {
    let (text, record) = (folder.write("oslo.txt", readout(4)), folder.path("r.db"));
    printed(&chancery(&["add", &text, "--record", &record]));
    record
}

#[test]
fn show_marks_what_was_found_and_what_was_set_aside() {
    let folder = Folder::new("show");
    let record = record(&folder);
    for id in ["d1", "oslo"] {
        let shown = printed(&chancery(&["show", id, "--record", &record]));
        assert!(shown.starts_with("d1 oslo · "), "{shown}");
        assert!(shown.contains("~OSLO, March 4, 2031 (Fjord Wire) --~ (dateline: "), "{shown}");
        assert!(
            shown.contains("Dahl *said* that [s1 Norway is ready to deepen cooperation with Chile]"),
            "{shown}"
        );
        assert!(shown.contains(" sentences gave "), "{shown}");
        assert!(!shown.contains('\u{1b}'), "no colours but on a terminal");
    }
}

#[test]
fn why_gives_the_words_the_rule_and_the_reasoning() {
    let folder = Folder::new("why");
    let record = record(&folder);
    let why = |arguments: &[&str]| chancery(&[&["why", "--record", &record][..], arguments].concat());
    let statement = printed(&why(&["d1.s1"]));
    assert!(statement.starts_with("d1.s1  statement in oslo\n"), "{statement}");
    assert!(
        statement.contains("content      \"Norway is ready to deepen cooperation with Chile\""),
        "{statement}"
    );
    assert!(statement.contains("  rule: "), "{statement}");
    let holder = printed(&why(&["d1.s1", "holder"]));
    assert!(
        holder.contains("NOR") && holder.contains("  rule: ") && !holder.contains("polarity"),
        "{holder}"
    );
    let meeting = printed(&why(&["M1"]));
    assert!(meeting.contains("parties      Zoë Dahl (NOR) – José Rojas (CHL)"), "{meeting}");
    assert!(meeting.contains("\nd1.m1  meeting in oslo\n"), "{meeting}");
    for (arguments, wrong) in [
        (["d1.s1", "colour"], "d1.s1 has no field 'colour'; it has act, "),
        (["d1.s99", "act"], "nothing here has the id 'd1.s99'"),
        (["M9", "date"], "nothing here has the id 'M9'"),
        (["M1", "weather"], "M1 has no field 'weather'; it has id, date"),
    ] {
        let run = why(&arguments);
        assert_eq!(run.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&run.stderr).contains(wrong), "{run:?}");
    }
}

#[test]
fn lists_come_as_tables_lines_of_json_and_csv() {
    let folder = Folder::new("lists");
    let record = record(&folder);
    let list = |format: &str| printed(&chancery(&["meetings", "--record", &record, "--format", format]));
    assert!(list("table").starts_with("id  date "), "{}", list("table"));
    let row: serde_json::Value = serde_json::from_str(list("jsonl").trim()).unwrap();
    assert_eq!(
        (&row["id"], &row["date"], &row["place"]),
        (&"M1".into(), &"2031-03-04".into(), &"Oslo".into())
    );
    assert!(
        list("csv")
            .starts_with("id,date,precision,place,parties,format,told,documents\r\nM1,2031-03-04,day,Oslo,")
    );
    let nobody = chancery(&["people", "--record", &record, "--person", "Nobody"]);
    assert_eq!((printed(&nobody).as_str(), nobody.stderr.is_empty()), ("", false));
}

#[test]
fn check_finds_nothing_wrong_with_the_data_in_the_program() {
    let run = printed(&chancery(&["check"]));
    assert!(run.ends_with(" data files, nothing wrong\n"), "{run}");
}
