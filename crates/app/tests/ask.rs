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
fn a_person_is_shown_through_time_with_what_the_tables_say() {
    let folder = Folder::new("people");
    let header = "id,office,organization,from,to,name,surname,aliases,country,gender,source,checked\n";
    let rows = "liv-aune,foreign minister,,2030-01-05,,Liv Aune,Aune,,NOR,f,Gazette,2031-02-01\n";
    folder.write("own/people.csv", format!("{header}{rows}"));
    let told = |day: u8, who: &str| {
        let text = format!(
            "OSLO, March {day}, 2031 (Fjord Wire) -- Norwegian {who} met Chilean Minister of Mines Eva Prado in Oslo on Tuesday.\n"
        );
        folder.write(&format!("{day}.txt"), text)
    };
    let (first, then) =
        (told(4, "Foreign Minister Liv Aune"), told(11, "Minister of Foreign Affairs Kari Moe"));
    let (record, own) = (folder.path("r.db"), folder.path("own"));
    printed(&chancery(&["add", &first, &then, "--record", &record, "--actors", &own]));

    let people = |arguments: &[&str]| {
        printed(&chancery(&[&["people", "--record", &record, "--format", "csv"][..], arguments].concat()))
    };
    let aune = people(&["aune"]);
    assert!(
        aune.contains("Liv Aune,stated,foreign minister,NOR,GOV,2031-03-04,2031-03-04,1,d1.r1"),
        "{aune}"
    );
    let table =
        "Liv Aune,tables,foreign minister,NOR,,2030-01-05,,,people.csv:2: Gazette; checked 2031-02-01";
    assert!(aune.contains(table), "{aune}");
    assert!(aune.contains("Liv Aune,meetings,,,,2031-03-04,2031-03-04,1,1 meeting"), "{aune}");
    let prado = people(&["Prado"]);
    assert!(
        prado.contains("Eva Prado,named,,CHL,GOV,2031-03-04,2031-03-11,2,Eva Prado"),
        "no table knows her: {prado}"
    );
    let changes = people(&["--changes", "--country", "NOR"]);
    assert!(changes.contains("tables,foreign minister,NOR,Kari Moe,2031-03-11,2031-03-11,"), "{changes}");
    assert!(changes.contains("Minister of Foreign Affairs Kari Moe"), "{changes}");

    let why = printed(&chancery(&["why", "d1.r1", "person", "--record", &record]));
    let because = "because: Liv Aune is Liv Aune in people.csv:2: foreign minister of NOR, 2030-01-05/ (Gazette; checked 2031-02-01)";
    assert!(why.contains(because), "{why}");
}
