//! The record as a whole: what goes in comes out, twice is once, and trouble leaves it as it was.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod common;

use chancery_corpus::{Added, Corpus, Filter, Ingest, Kind, Outcome, Trouble, VERSION};
use chancery_model::{Silence, Span};
use common::{Folder, add, raw, sample};
use rusqlite::Connection;

fn first_column(corpus: &Corpus, kind: Kind, filter: &Filter) -> Vec<String> {
    let rows = corpus.list(kind, filter).unwrap().rows;
    rows.iter().map(|row| row[0].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_goes_in_comes_out() {
    let folder = Folder::new("out");
    let mut corpus = Corpus::open(&folder.file()).unwrap();
    let sample = sample("oslo", "2031-03-04");
    assert_eq!(add(&mut corpus, &sample), Added::New { id: "d1".to_owned(), name: "oslo".to_owned() });
    corpus.link().unwrap();
    for id in ["d1", "oslo", "d1.s1"] {
        let stored = corpus.document(id).unwrap();
        assert_eq!((stored.document, stored.record), (sample.0.clone(), sample.2.clone()));
        assert_eq!(stored.sentences.len(), 2);
    }
    let encounter = corpus.encounter("M1").unwrap();
    assert_eq!(encounter.members, ["d1.m1"]);
    assert!(
        encounter.fields.contains(&("parties".to_owned(), "Zoë Dahl (NOR) – José Rojas (CHL)".to_owned()))
    );
    let statements = corpus.list(Kind::Statements, &Filter::default()).unwrap();
    let row: Vec<String> = statements.rows[0].iter().map(|v| v.as_str().unwrap_or("-").to_owned()).collect();
    assert_eq!(
        row,
        [
            "d1.s1",
            "2031-03-04",
            "Zoë Dahl",
            "NOR",
            "NOR",
            "",
            "commitment",
            "support",
            "Norway is ready to help",
            "said",
            "d1",
            "-"
        ]
    );
    assert_eq!(statements.rows[0][11], 2);
    assert!(matches!(corpus.document("d7").unwrap_err().trouble, Trouble::NoSuch(_)));
    assert!(matches!(corpus.encounter("M7").unwrap_err().trouble, Trouble::NoSuch(_)));
}

#[test]
fn the_same_text_again_changes_nothing() {
    let folder = Folder::new("again");
    let mut corpus = Corpus::open(&folder.file()).unwrap();
    add(&mut corpus, &sample("a", "2031-03-04"));
    corpus.link().unwrap();
    let before = dump(&folder);
    assert_eq!(add(&mut corpus, &sample("renamed", "2031-03-04")), Added::Already { id: "d1".to_owned() });
    corpus.link().unwrap();
    assert_eq!(dump(&folder), before);
}

fn dump(folder: &Folder) -> Vec<String> {
    let connection = Connection::open(folder.file()).unwrap();
    let mut rows = Vec::new();
    for table in ["document", "sentence", "role", "meeting", "statement", "event", "participant", "encounter"]
    {
        let mut select = connection.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let width = select.column_count();
        let mut found = select.query([]).unwrap();
        while let Some(row) = found.next().unwrap() {
            rows.push((0..width).map(|at| format!("{:?}|", row.get_ref(at).unwrap())).collect());
        }
    }
    rows
}

#[test]
fn another_coder_replaces_the_rows() {
    let folder = Folder::new("recode");
    let mut corpus = Corpus::open(&folder.file()).unwrap();
    let mut sample = sample("a", "2031-03-04");
    add(&mut corpus, &sample);
    corpus.link().unwrap();
    sample.2.coder = "test 2".to_owned();
    sample.2.roles.clear();
    sample.2.silent = vec![Silence { sentence: 1, span: Span::new(0, 2), why: "no cue".to_owned() }];
    assert_eq!(add(&mut corpus, &sample), Added::Recoded { id: "d1".to_owned() });
    corpus.link().unwrap();
    let totals = corpus.totals().unwrap();
    assert_eq!((totals.documents, totals.meetings, totals.roles, totals.silent), (1, 1, 0, 1));
    assert_eq!(corpus.known().unwrap().values().next().unwrap().coder, "test 2");
}

#[test]
fn another_text_of_the_same_name_gets_a_name_of_its_own() {
    let folder = Folder::new("names");
    let mut corpus = Corpus::open(&folder.file()).unwrap();
    add(&mut corpus, &sample("a", "2031-03-04"));
    let other = add(&mut corpus, &sample("a", "2031-03-05"));
    assert_eq!(other, Added::New { id: "d2".to_owned(), name: "a~2".to_owned() });
    assert_eq!(corpus.document("a~2").unwrap().id, "d2");
}

#[test]
fn rows_are_found_by_country_person_and_date() {
    let folder = Folder::new("filter");
    let mut corpus = Corpus::open(&folder.file()).unwrap();
    for day in ["2031-03-04", "2031-04-01"] {
        add(&mut corpus, &sample(day, day));
    }
    corpus.link().unwrap();
    let by = |country: &str, person: &str, from: &str, to: &str| {
        let text = |t: &str| (!t.is_empty()).then(|| t.to_owned());
        let (from, to) = (from.parse().ok(), to.parse().ok());
        Filter { country: text(country), person: text(person), from, to }
    };
    let meetings = |filter| first_column(&corpus, Kind::Meetings, &filter);
    assert_eq!(meetings(by("CHL", "rojas", "", "")), ["M1", "M2"]);
    assert_eq!(meetings(by("PER", "", "", "")), [""; 0]);
    assert_eq!(meetings(by("", "Rojas Dahl", "", "")), [""; 0], "both names of one person");
    assert_eq!(meetings(by("", "", "2031-04", "")), ["M2"]);
    assert_eq!(meetings(by("", "", "", "2031-03")), ["M1"]);
    assert_eq!(meetings(by("", "", "2031", "2031")), ["M1", "M2"]);
    for kind in [Kind::Statements, Kind::Events, Kind::Roles, Kind::Documents] {
        assert_eq!(
            first_column(&corpus, kind, &by("NOR", "zoe", "2031-03-05", "2031-04-01")).len(),
            1,
            "{kind:?}"
        );
    }
    assert_eq!(first_column(&corpus, Kind::People, &by("", "", "", "")), ["José Rojas", "Zoë Dahl"]);
    assert_eq!(first_column(&corpus, Kind::People, &by("CHL", "", "", "")), ["José Rojas"]);
}

#[test]
fn full_text_search_follows_every_change() {
    let folder = Folder::new("fts");
    let mut corpus = Corpus::open(&folder.file()).unwrap();
    let mut sample = sample("a", "2031-03-04");
    add(&mut corpus, &sample);
    sample.2.coder = "test 2".to_owned();
    add(&mut corpus, &sample);
    let connection = Connection::open(folder.file()).unwrap();
    connection.execute("INSERT INTO passage (passage, rank) VALUES ('integrity-check', 1)", []).unwrap();
    let found: i64 = connection
        .query_row("SELECT rowid FROM passage WHERE passage MATCH 'jose'", [], |r| r.get(0))
        .unwrap();
    assert_eq!(found, 1);
}

#[test]
fn the_last_word_on_a_place_counts() {
    let folder = Folder::new("ingest");
    let mut corpus = Corpus::open(&folder.file()).unwrap();
    let mut line = Ingest {
        place: "a.txt".to_owned(),
        outcome: Outcome::Skipped,
        why: Some("empty".to_owned()),
        document: None,
    };
    corpus.report(&line).unwrap();
    line.outcome = Outcome::Suspect;
    corpus.report(&line).unwrap();
    let connection = Connection::open(folder.file()).unwrap();
    let outcomes: String =
        connection.query_row("SELECT group_concat(outcome) FROM ingest", [], |r| r.get(0)).unwrap();
    assert_eq!(outcomes, "suspect");
}

#[test]
fn a_full_disk_leaves_whole_documents_only() {
    let folder = Folder::new("full");
    let mut corpus = Corpus::open(&folder.file()).unwrap();
    add(&mut corpus, &sample("a", "2031-03-04"));
    let held = corpus.limit_pages(1).unwrap();
    corpus.limit_pages(held + 30).unwrap();
    let mut added = 1;
    let error = loop {
        let (mut document, analysis, mut record) = sample("b", &format!("20{:02}-03-05", 32 + added));
        document.text += &"Nothing else was said. ".repeat(500);
        record.document = document.id.clone();
        match corpus.add(&document, &analysis, &record, &raw(&document)) {
            Ok(_) => added += 1,
            Err(error) => break error,
        }
    };
    assert_eq!(error.trouble, Trouble::Full);
    assert!(error.to_string().contains("the disk is full"), "{error}");
    drop(corpus);
    let corpus = Corpus::read(&folder.file()).unwrap();
    assert_eq!(corpus.totals().unwrap().documents, added);
    assert_eq!(corpus.totals().unwrap().statements, added);
    let connection = Connection::open(folder.file()).unwrap();
    let check: String = connection.query_row("PRAGMA integrity_check", [], |r| r.get(0)).unwrap();
    assert_eq!(check, "ok");
}

#[test]
fn other_files_and_records_of_another_version_are_refused_and_left_alone() {
    let folder = Folder::new("refuse");
    let path = folder.file();
    let trouble = || (Corpus::read(&path).unwrap_err().trouble, Corpus::open(&path).unwrap_err().trouble);
    assert_eq!(Corpus::read(&path).unwrap_err().trouble, Trouble::Missing);

    std::fs::write(&path, "these are minutes, not a database; ".repeat(40)).unwrap();
    assert_eq!(trouble(), (Trouble::NotARecord, Trouble::NotARecord));
    assert!(std::fs::read_to_string(&path).unwrap().starts_with("these are minutes"));

    std::fs::remove_file(&path).unwrap();
    Connection::open(&path).unwrap().execute("CREATE TABLE other (a)", []).unwrap();
    assert_eq!(trouble(), (Trouble::NotARecord, Trouble::NotARecord));

    std::fs::remove_file(&path).unwrap();
    drop(Corpus::open(&path).unwrap());
    Connection::open(&path).unwrap().pragma_update(None, "user_version", VERSION + 1).unwrap();
    let newer = || Trouble::Newer { found: VERSION + 1 };
    assert_eq!(trouble(), (newer(), newer()));
    assert!(Corpus::read(&path).unwrap_err().to_string().contains("use the newer Chancery"));

    Connection::open(&path).unwrap().pragma_update(None, "user_version", VERSION - 1).unwrap();
    let older = || Trouble::Older { found: VERSION - 1 };
    assert_eq!(trouble(), (older(), older()));
}

#[test]
fn a_record_that_another_program_writes_to_is_locked() {
    let folder = Folder::new("locked");
    let mut corpus = Corpus::open(&folder.file()).unwrap();
    let other = Connection::open(folder.file()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let (document, analysis, record) = sample("a", "2031-03-04");
    let error = corpus.add(&document, &analysis, &record, &raw(&document)).unwrap_err();
    assert_eq!(error.trouble, Trouble::Locked);
}

#[test]
fn links_left_undone_by_a_killed_run_are_made_on_reading() {
    let folder = Folder::new("undone");
    let mut corpus = Corpus::open(&folder.file()).unwrap();
    add(&mut corpus, &sample("a", "2031-03-04"));
    drop(corpus);
    let corpus = Corpus::read(&folder.file()).unwrap();
    assert_eq!(first_column(&corpus, Kind::Meetings, &Filter::default()), ["M1"]);
}

#[test]
fn every_view_and_column_is_documented() {
    let folder = Folder::new("views");
    drop(Corpus::open(&folder.file()).unwrap());
    let connection = Connection::open(folder.file()).unwrap();
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/schema.md")).unwrap();
    let mut views =
        connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY 1").unwrap();
    let views: Vec<String> = views.query_map([], |r| r.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(views.len() >= 8, "{views:?}");
    for view in views {
        let section = page.split("\n## ").find(|s| s.starts_with(&format!("{view}\n"))).expect(&view);
        let documented: Vec<&str> =
            section.lines().filter_map(|l| l.strip_prefix("| `")?.split('`').next()).collect();
        let select = connection.prepare(&format!("SELECT * FROM {view}")).unwrap();
        let columns: Vec<&str> = select.column_names().collect();
        assert_eq!(columns, documented, "columns of {view}, in their order");
    }
}

#[test]
fn events_of_one_meeting_are_one_happening_with_its_mentions() {
    let folder = Folder::new("happenings");
    let mut corpus = Corpus::open(&folder.file()).unwrap();
    for (id, day) in [("a", "2031-03-04"), ("b", "2031-03-04"), ("c", "2031-03-05")] {
        let (mut document, analysis, record) = sample(id, day);
        document.text += &format!("{id}\n");
        add(&mut corpus, &(document, analysis, record));
    }
    corpus.link().unwrap();
    let happenings = corpus.happenings(&Filter::default()).unwrap();
    assert_eq!(happenings.len(), 2);
    assert_eq!((happenings[0].id.as_str(), happenings[0].meeting.as_deref()), ("d1.e1", Some("M1")));
    let told: Vec<&str> = happenings[0].mentions.iter().map(|m| m.event.as_str()).collect();
    assert_eq!(told, ["d1.e1", "d2.e1"]);
    assert_eq!(happenings[0].mentions[0].offset, Some(24));
    assert_eq!(happenings[0].actor[0].title.as_deref(), Some("minister"));
    assert_eq!(happenings[0].place.as_deref(), Some("Oslo"));
    let from = Filter { from: "2031-03-05".parse().ok(), ..Filter::default() };
    assert_eq!(corpus.happenings(&from).unwrap().len(), 1);
    for kind in Kind::ALL {
        let all = corpus.table(kind, &Filter::default()).unwrap();
        assert!(
            !all.rows.is_empty() && kind.integers().iter().all(|c| all.columns.contains(&(*c).to_owned())),
            "{kind:?}"
        );
        assert!(corpus.table(kind, &from).unwrap().rows.len() <= all.rows.len(), "{kind:?}");
    }
    assert_eq!(corpus.months().unwrap().into_iter().collect::<Vec<_>>(), [("2031-03".to_owned(), 3)]);
    let connection = Connection::open(folder.file()).unwrap();
    connection.execute("DELETE FROM happening_member", []).unwrap();
    connection.execute("DELETE FROM happening", []).unwrap();
    connection.execute("UPDATE setting SET value = 0 WHERE name = 'linked'", []).unwrap();
    corpus.link().unwrap();
    assert_eq!(corpus.happenings(&Filter::default()).unwrap(), happenings, "dropped and rebuilt");
}
