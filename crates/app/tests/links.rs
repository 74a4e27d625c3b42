//! What joins the accounts of a meeting, and what users decide of them.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Folder, chancery, printed, readout};

/// A second outlet on the meeting of the same day, by surnames only.
fn second(day: u8) -> String {
    format!(
        "SANTIAGO, March {day}, 2031 (Andes Wire) -- Chilean President Rojas met with Norwegian Foreign Minister Dahl in Oslo on \
         March {day}, 2031.\n\nRojas said that Chile values the fjords.\n"
    )
}

#[test]
fn why_of_a_meeting_tells_what_joins_its_accounts_and_what_they_dispute() {
    let folder = Folder::new("why-link");
    let record = folder.path("r.db");
    for (name, text) in [("oslo.txt", readout(4)), ("andes.txt", second(4)), ("later.txt", second(5))] {
        printed(&chancery(&["add", &folder.write(name, text), "--record", &record]));
    }
    let why = printed(&chancery(&["why", "M1", "--record", &record]));
    assert!(why.contains("link         date agrees: 2031-03-04"), "{why}");
    assert!(
        why.contains("link         persons agrees: Rojas – Dahl; José Rojas – Zoë Dahl in d1.m1"),
        "{why}"
    );
    assert!(!why.contains("disputed"), "{why}");
    let said = printed(&chancery(&["link", "M1", "M2", "--record", &record]));
    assert_eq!(said, "decision 1, one: d1.m1, d2.m1, d3.m1\nM1 now has d1.m1, d2.m1, d3.m1\n");
    let why = printed(&chancery(&["why", "M1", "date", "--record", &record]));
    assert!(why.contains("disputed     date of d3.m1: 2031-03-05 against 2031-03-04 in d1.m1"), "{why}");
    assert!(!why.contains("persons"), "{why}");
}

#[test]
fn links_are_split_listed_exported_and_undone() {
    let folder = Folder::new("split");
    let record = folder.path("r.db");
    let run = |arguments: &[&str]| chancery(&[arguments, &["--record", &record]].concat());
    for (name, text) in [("oslo.txt", readout(4)), ("andes.txt", second(4))] {
        printed(&run(&["add", &folder.write(name, text)]));
    }
    assert!(String::from_utf8_lossy(&run(&["links"]).stderr).contains("no decisions on links"));
    let said = printed(&run(&["split", "M1", "d2.m1"]));
    assert_eq!(said, "decision 1, apart: d2.m1, not with d1.m1\nM2 now has d2.m1\nM1 now has d1.m1\n");
    assert!(printed(&run(&["links"])).contains("d2.m1, not with d1.m1"));
    let sheet = folder.write("mine.csv", printed(&run(&["links", "--format", "csv"])));
    assert_eq!(printed(&run(&["link", "--undo", "1"])), "decision 1 is taken back\n");
    assert_eq!(printed(&run(&["meetings", "--format", "csv"])).lines().count(), 2);
    assert_eq!(printed(&run(&["link", "--import", &sheet])), "1 decision, 1 of them new\n");
    assert_eq!(printed(&run(&["meetings", "--format", "csv"])).lines().count(), 3);
    for (arguments, wrong) in [
        (&["split", "M1", "d2.m1"][..], "d2.m1 is not of M1, which has d1.m1"),
        (&["link", "M1", "M1"], "M1, M1 is one account"),
        (&["link", "M1", "M9"], "nothing here has the id 'M9'"),
        (&["link", "--undo", "7"], "no decision has the number 7"),
        (&["link", "--import", "none.csv"], "none.csv"),
    ] {
        let run = run(arguments);
        assert_eq!(run.status.code(), Some(1), "{arguments:?}");
        assert!(String::from_utf8_lossy(&run.stderr).contains(wrong), "{run:?}");
    }
    let elsewhere = chancery(&["link", "M1", "M2", "--record", &folder.path("none.db")]);
    assert!(String::from_utf8_lossy(&elsewhere.stderr).contains("no record here"), "{elsewhere:?}");
}
