//! Names that a user brings: taken in by `import`, looked up with `--actors`.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Folder, chancery, printed};

const DICTIONARY: &str = "\
FROSTMARK_LEAGUE_ [NORPTY]
+FML_
TORVALD_ISHAVN_
\t[SWEGOV >300101]
BROKEN_ [NOR
ICEFALL_ [ROM]
";

const TEXT: &str = "STOCKHOLM, March 4, 2031 -- Norwegian Foreign Minister Zoë Dahl met with Torvald Ishavn in Stockholm on \
                    March 4, 2031.\n\nDahl said that Norway welcomes the proposal. Ishavn said that Icefall is ready to talk.\n";

#[test]
fn a_text_is_coded_with_the_names_of_a_dictionary() {
    let folder = Folder::new("import-code");
    let (dictionary, text) = (folder.write("my.actors", DICTIONARY), folder.write("readout.txt", TEXT));
    let into = folder.path("own");
    let said = printed(&chancery(&["import", "actors", &dictionary, "--into", &into]));
    assert!(
        said.contains(
            "my.actors: 6 lines, 4 names taken, 0 known to the program, 0 there already, 1 line to look at"
        ),
        "{said}"
    );
    assert!(said.contains("my.actors:5: '[NOR' is not closed"), "{said}");
    assert!(printed(&chancery(&["check", &into])).contains("nothing wrong"));

    let without = record(&["code", &text]);
    let with = record(&["code", &text, "--actors", &into]);
    assert_eq!(without["meetings"].as_array().unwrap().len(), 0, "nobody knows Ishavn");
    let met = &with["meetings"][0]["parties"][1];
    assert_eq!((&met["code"], &met["persons"][0]), (&"SWE".into(), &"Torvald Ishavn".into()));
    assert_ne!(without["coder"], with["coder"], "another coder: records are made anew");
}

fn record(arguments: &[&str]) -> serde_json::Value {
    serde_json::from_str::<serde_json::Value>(&printed(&chancery(arguments))).unwrap()["record"].take()
}

#[test]
fn a_second_import_changes_no_byte() {
    let folder = Folder::new("import-again");
    let (dictionary, into) = (folder.write("my.actors", DICTIONARY), folder.path("own"));
    let import = || printed(&chancery(&["import", "actors", &dictionary, "--into", &into]));
    let tables = || {
        ["organizations.csv", "people.csv", "seats.csv"]
            .map(|t| std::fs::read(format!("{into}/{t}")).unwrap())
    };
    import();
    let before = tables();
    assert!(import().contains("0 names taken, 0 known to the program, 4 there already"));
    assert_eq!(before, tables());
}

#[test]
fn what_gives_nothing_is_said_and_fails() {
    let folder = Folder::new("import-nothing");
    let (empty, good) = (folder.write("no.actors", "NAME_\n"), folder.write("my.actors", DICTIONARY));
    let (into, report) = (folder.path("own"), folder.path("report.txt"));
    let failed = |files: &[&str]| {
        let run = chancery(&[&["import", "actors", "--into", &into, "--report", &report], files].concat());
        run.status.code()
    };
    assert_eq!(failed(&[&empty]), Some(1));
    assert!(!std::path::Path::new(&into).exists());
    assert_eq!(failed(&[&good, &folder.path("missing")]), Some(1), "a file could not be read");
    assert!(std::path::Path::new(&into).join("people.csv").exists(), "the others were");
    assert_eq!(failed(&[&good, &empty]), Some(0));
    assert!(std::fs::read_to_string(&report).unwrap().contains("no.actors:1: 'NAME_' has no code"));
    assert_eq!(chancery(&["code", &good, "--actors", &folder.path("nowhere")]).status.code(), Some(1));
}
