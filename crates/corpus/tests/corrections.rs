//! What people say of rows stands: through undoing, linking, another coder, another record.
#![allow(clippy::unwrap_used)]

mod common;

use chancery_corpus::{
    Added, Corpus, Correction, Filter, Judged, Judgement, Kind, Row, Scope, Trouble, Verdict, key,
};
use chancery_model::{Act, Record, Span};
use common::{Folder, add, sample};
use rusqlite::Connection;

fn judgement(verdict: Verdict, given: Option<Row>) -> Judgement {
    Judgement {
        verdict,
        given,
        who: "ada".into(),
        made: "2031-06-01 10:00".into(),
        note: None,
        settles: false,
    }
}

fn open(folder: &Folder, days: &[&str]) -> Corpus {
    let mut corpus = Corpus::open(&folder.file()).unwrap();
    days.iter().for_each(|day| drop(add(&mut corpus, &sample(day, day))));
    corpus.link().unwrap();
    corpus
}

fn statement(corpus: &Corpus, change: impl FnOnce(&mut chancery_model::Statement)) -> Row {
    let mut row = corpus.document("d1").unwrap().record.statements.remove(0);
    change(&mut row);
    Row::Statement(row)
}

fn column(corpus: &Corpus, kind: Kind, name: &str) -> Vec<String> {
    let table = corpus.table(kind, &Filter::default()).unwrap();
    let at = table.columns.iter().position(|column| column == name).unwrap();
    table.rows.iter().map(|row| row[at].as_str().unwrap_or("-").to_owned()).collect()
}

fn is_linked(folder: &Folder) -> bool {
    let connection = Connection::open(folder.file()).unwrap();
    let wrong: i64 =
        connection.query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |r| r.get(0)).unwrap();
    assert_eq!(wrong, 0, "nothing refers to what is gone");
    connection.query_row("SELECT value = 1 FROM setting WHERE name = 'linked'", [], |r| r.get(0)).unwrap()
}

fn request(corpus: &mut Corpus) -> Correction {
    let given = statement(corpus, |row| row.act = Act::Request);
    corpus.correct("d1.s1", judgement(Verdict::Edit, Some(given))).unwrap()
}

#[test]
fn an_edited_row_is_listed_as_the_person_gave_it_and_the_machine_is_remembered() {
    let folder = Folder::new("edit");
    let mut corpus = open(&folder, &["2031-03-04", "2031-03-05"]);
    let made = request(&mut corpus);
    assert_eq!((made.number, made.row.as_deref(), made.counts), (1, Some("d1.s1"), true));
    assert_eq!(column(&corpus, Kind::Statements, "act"), ["request", "commitment"]);
    let stored = corpus.document("d1").unwrap();
    assert_eq!(stored.found.unwrap().statements[0].act, Act::Commitment);
    assert_eq!(stored.record.statements[0].act, Act::Request);
    assert!(column(&corpus, Kind::Evidence, "rule").contains(&"correction by ada".to_owned()));
    assert!(is_linked(&folder), "an act is of no concern to links");
    assert!(corpus.document("d2").unwrap().found.is_none());
}

#[test]
fn what_is_taken_back_is_as_the_machine_found_it() {
    let folder = Folder::new("undo");
    let mut corpus = open(&folder, &["2031-03-04"]);
    let before = corpus.document("d1").unwrap().record;
    request(&mut corpus);
    let undone = corpus.undo_last("d1.s1", Some("ada"), "2031-06-02").unwrap();
    assert_eq!(undone.undone.as_deref(), Some("2031-06-02"));
    assert_eq!(corpus.document("d1").unwrap().record, before);
    assert_eq!(corpus.corrections(&Judged::default()).unwrap(), []);
    assert_eq!(corpus.corrections(&Judged { undone: true, ..Judged::default() }).unwrap(), [undone]);
    for trouble in [corpus.undo_correction(1, "later"), corpus.undo_last("d1.s1", None, "later")] {
        assert!(matches!(trouble.unwrap_err().trouble, Trouble::NoCorrection(_)));
    }
}

#[test]
fn a_rejected_meeting_is_gone_from_what_is_linked() {
    let folder = Folder::new("reject");
    let mut corpus = open(&folder, &["2031-03-04", "2031-03-05"]);
    corpus.correct("d1.m1", judgement(Verdict::Reject, None)).unwrap();
    assert!(!is_linked(&folder));
    assert_eq!(column(&corpus, Kind::Meetings, "date"), ["2031-03-05"], "the rest stands");
    assert_eq!(column(&corpus, Kind::Happenings, "id"), ["d1.e1", "d2.e1"]);
    corpus.correct("d1.e1", judgement(Verdict::Reject, None)).unwrap();
    assert!(!is_linked(&folder), "still");
    assert_eq!(column(&corpus, Kind::Happenings, "id"), ["d2.e1"]);
    corpus.link().unwrap();
    assert_eq!(column(&corpus, Kind::Meetings, "id"), ["M2"], "what stays keeps its id");
    corpus.undo_last("d1.m1", None, "later").unwrap();
    corpus.link().unwrap();
    assert_eq!(column(&corpus, Kind::Meetings, "date"), ["2031-03-04", "2031-03-05"]);
}

#[test]
fn sentences_without_a_row_tell_that_it_was_rejected() {
    let folder = Folder::new("silent");
    let mut corpus = open(&folder, &["2031-03-04"]);
    corpus.correct("d1.s1", judgement(Verdict::Reject, None)).unwrap();
    let connection = Connection::open(folder.file()).unwrap();
    let silent = |number: u32| -> Option<String> {
        let sql = "SELECT silent FROM sentence WHERE number = ?1";
        connection.query_row(sql, [number], |row| row.get(0)).unwrap()
    };
    // The statement's reasons are of the first sentence, its words of the second.
    assert_eq!((silent(1), silent(2).as_deref()), (None, Some("its row was rejected by ada")));
    corpus.undo_correction(1, "later").unwrap();
    assert_eq!(silent(2), None);
}

#[test]
fn a_row_is_added_judged_again_and_taken_back() {
    let folder = Folder::new("add");
    let mut corpus = open(&folder, &["2031-03-04"]);
    let new = statement(&corpus, |row| {
        row.content = vec![Span::new(0, 14)];
        row.provenance.clear();
    });
    let added = corpus.correct("d1", judgement(Verdict::Add, Some(new))).unwrap();
    assert_eq!(added.row.as_deref(), Some("d1.s2"));
    let given = Row::Statement(chancery_model::Statement {
        act: Act::Report,
        ..corpus.document("d1").unwrap().record.statements[1].clone()
    });
    let ben = Judgement { who: "ben".into(), ..judgement(Verdict::Edit, Some(given)) };
    assert_eq!(corpus.correct("d1.s2", ben).unwrap().row.as_deref(), Some("d1.s2"));
    assert_eq!(column(&corpus, Kind::Statements, "act"), ["commitment", "report"]);
    corpus.undo_last("d1.s2", Some("ben"), "later").unwrap();
    assert_eq!(column(&corpus, Kind::Statements, "act"), ["commitment", "commitment"]);
    corpus.undo_last("d1.s2", None, "later").unwrap();
    assert_eq!(column(&corpus, Kind::Statements, "act"), ["commitment"]);
}

/// The same text by another coder, who reads another act and finds one role more before.
fn another_coder(day: &str) -> (chancery_model::Document, chancery_model::Analysis, Record) {
    let (document, analysis, mut record) = sample(day, day);
    record.coder = "test 2".to_owned();
    record.statements[0].act = Act::Report;
    record.statements[0].id = "s7".to_owned();
    (document, analysis, record)
}

#[test]
fn corrections_outlive_another_coder() {
    let folder = Folder::new("recode-corrected");
    let mut corpus = open(&folder, &["2031-03-04"]);
    request(&mut corpus);
    assert_eq!(add(&mut corpus, &another_coder("2031-03-04")), Added::Recoded { id: "d1".to_owned() });
    corpus.link().unwrap();
    assert_eq!(column(&corpus, Kind::Statements, "act"), ["request"]);
    let kept = corpus.corrections(&Judged::default()).unwrap();
    assert_eq!(kept[0].row.as_deref(), Some("d1.s7"), "the id that the row has now");
    corpus.undo_correction(1, "later").unwrap();
    assert_eq!(column(&corpus, Kind::Statements, "act"), ["report"]);
}

#[test]
fn corrections_wait_for_their_text_and_twice_is_once() {
    let (folder, elsewhere) = (Folder::new("from"), Folder::new("into"));
    let mut corpus = open(&folder, &["2031-03-04"]);
    request(&mut corpus);
    corpus.correct("d1.r1", judgement(Verdict::Reject, None)).unwrap();
    let all = |corpus: &Corpus| corpus.corrections(&Judged { undone: true, ..Judged::default() }).unwrap();
    let mut other = Corpus::open(&elsewhere.file()).unwrap();
    assert_eq!(other.take_corrections(&all(&corpus)).unwrap(), 2);
    assert_eq!(other.take_corrections(&all(&corpus)).unwrap(), 0);
    assert_eq!(all(&other)[0].row, None);
    add(&mut other, &sample("b", "2031-03-05"));
    add(&mut other, &sample("renamed", "2031-03-04"));
    other.link().unwrap();
    assert_eq!(column(&other, Kind::Statements, "act"), ["request", "commitment"]);
    assert_eq!(column(&other, Kind::Roles, "id"), ["d1.r1"]);
    assert_eq!(all(&other)[0].row.as_deref(), Some("d2.s1"));
    corpus.undo_correction(1, "later").unwrap();
    assert_eq!(other.take_corrections(&all(&corpus)).unwrap(), 0);
    assert_eq!(
        column(&other, Kind::Statements, "act"),
        ["commitment"; 2],
        "taken back there is taken back here"
    );
}

#[test]
fn what_does_not_fit_is_refused_and_changes_nothing() {
    let folder = Folder::new("unfit");
    let mut corpus = open(&folder, &["2031-03-04"]);
    let before = corpus.document("d1").unwrap();
    let beyond = statement(&corpus, |row| row.content = vec![Span::new(3, 4000)]);
    let inside = statement(&corpus, |row| row.content = vec![Span::new(16, 18)]);
    let none = statement(&corpus, |row| row.content.clear());
    let role = Row::Role(before.record.roles[0].clone());
    for (given, wrong) in [
        (Some(beyond), "bytes 3 to 4000 are no words of the text"),
        (Some(inside), "bytes 16 to 18 are no words of the text"),
        (Some(none), "no words of the text are given"),
        (Some(role), "a row of the layer 'statement' cannot become one of 'role'"),
        (None, "'edit' gives no row"),
    ] {
        let error = corpus.correct("d1.s1", judgement(Verdict::Edit, given)).unwrap_err();
        assert_eq!(error.trouble, Trouble::Unfit(wrong.to_owned()));
    }
    for id in ["d1.s9", "d7.s1", "d1", "M1", "x"] {
        let error = corpus.correct(id, judgement(Verdict::Reject, None)).unwrap_err();
        assert_eq!(error.trouble, Trouble::NoSuch(id.to_owned()));
    }
    assert_eq!(corpus.document("d1").unwrap(), before);
    assert_eq!(corpus.corrections(&Judged { undone: true, ..Judged::default() }).unwrap(), []);
}

#[test]
fn corrections_are_listed_by_row_document_person_and_layer() {
    let folder = Folder::new("listed");
    let mut corpus = open(&folder, &["2031-03-04", "2031-03-05"]);
    for (id, who) in [("d1.s1", "ada"), ("d1.r1", "ben"), ("d2.s1", "ada")] {
        let judgement = Judgement { who: who.into(), ..judgement(Verdict::Accept, None) };
        corpus.correct(id, judgement).unwrap();
    }
    let rows = |which: Judged| -> Vec<String> {
        corpus.corrections(&which).unwrap().into_iter().filter_map(|c| c.row).collect()
    };
    let of = |id: &str| Judged { of: Some(id.to_owned()), ..Judged::default() };
    assert_eq!(rows(of("d1.s1")), ["d1.s1"]);
    assert_eq!(rows(of("d1")), ["d1.s1", "d1.r1"]);
    assert_eq!(rows(of("2031-03-05")), ["d2.s1"]);
    assert_eq!(rows(Judged { who: Some("ben".into()), ..Judged::default() }), ["d1.r1"]);
    let layer = Some(chancery_corpus::Layer::Statement);
    assert_eq!(rows(Judged { layer, ..Judged::default() }), ["d1.s1", "d2.s1"]);
}

#[test]
fn a_reading_of_a_whole_text_accepts_edits_adds_and_where_it_is_complete_rejects() {
    let folder = Folder::new("review");
    let mut corpus = open(&folder, &["2031-03-04"]);
    let (document, _, mut reading) = sample("a", "2031-03-04");
    reading.statements[0].act = Act::Request;
    reading.roles.clear();
    let mut new = reading.events[0].clone();
    (new.plover, new.id) = ("AGREE".to_owned(), "e2".to_owned());
    reading.events.push(new);
    let by_ben = Judgement { who: "ben".into(), ..judgement(Verdict::Accept, None) };
    let mut review = |complete| {
        let text = key(&document.text);
        corpus.review(&text, &reading, complete, &by_ben, &|_, given| Some(given.clone())).unwrap()
    };
    let first = review(false);
    assert_eq!((first.accepted, first.edited, first.added, first.rejected, first.known), (2, 1, 1, 0, 0));
    let again = review(true);
    assert_eq!((again.rejected, again.known), (1, 4));
    assert_eq!(review(true).known, 5);
    assert_eq!(column(&corpus, Kind::Roles, "id"), [""; 0]);
    assert_eq!(column(&corpus, Kind::Events, "plover"), ["CONSULT", "AGREE"]);
    assert_eq!(column(&corpus, Kind::Statements, "act"), ["request"]);
}

#[test]
fn two_people_agree_or_not_field_by_field_until_it_is_settled() {
    let folder = Folder::new("agree");
    let mut corpus = open(&folder, &["2031-03-04", "2031-03-05"]);
    request(&mut corpus);
    let by_ben = |verdict| Judgement { who: "ben".into(), ..judgement(verdict, None) };
    for id in ["d2.s1", "d1.r1"] {
        corpus.correct(id, judgement(Verdict::Accept, None)).unwrap();
        corpus.correct(id, by_ben(Verdict::Accept)).unwrap();
    }
    let mut machine = corpus.document("d1").unwrap().found.unwrap().statements.remove(0);
    machine.provenance.clear();
    let as_found = Judgement { given: Some(Row::Statement(machine)), ..by_ben(Verdict::Edit) };
    corpus.correct("d1.s1", as_found).unwrap();
    corpus.correct("d2.r1", judgement(Verdict::Accept, None)).unwrap();
    corpus.correct("d2.r1", by_ben(Verdict::Reject)).unwrap();
    let (agreement, conflicts) = corpus.agreement(&[]).unwrap();
    let of = |field: &str, layer| {
        let found = agreement.iter().find(|a| a.field == field && a.layer == layer).unwrap();
        (found.units, found.agreed, found.alpha)
    };
    let (statement, role) = (chancery_corpus::Layer::Statement, chancery_corpus::Layer::Role);
    assert_eq!(of("act", statement), (2, 1, Some(0.0)));
    assert_eq!(of("polarity", statement), (2, 2, None));
    assert_eq!(of("row", role), (2, 1, Some(0.0)));
    assert_eq!(of("person", role), (1, 1, None));
    let where_: Vec<(&str, &str)> = conflicts.iter().map(|c| (c.row.as_deref().unwrap(), c.field)).collect();
    assert_eq!(where_, [("d2.r1", "row"), ("d1.s1", "act")]);
    let values = [("ada".to_owned(), "request".to_owned()), ("ben".to_owned(), "commitment".to_owned())];
    assert_eq!(conflicts[1].values, values);
    let of_first = corpus.conflicts_of(&["d1".to_owned()]).unwrap();
    assert_eq!(of_first, [conflicts[1].clone()], "of some texts, theirs alone");
    let settled = Judgement { settles: true, ..judgement(Verdict::Accept, None) };
    corpus.correct("d2.r1", settled).unwrap();
    assert_eq!(corpus.agreement(&[]).unwrap().1.len(), 1);
    assert_eq!(corpus.agreement(&["ada".to_owned()]).unwrap(), (vec![], vec![]));
    assert_eq!(column(&corpus, Kind::Roles, "id"), ["d1.r1", "d2.r1"]);
}

#[test]
fn what_is_said_and_decided_reads_back_from_json() {
    let folder = Folder::new("json");
    let mut corpus = open(&folder, &["2031-03-04", "2031-03-05"]);
    request(&mut corpus);
    corpus.correct("d2.s1", judgement(Verdict::Reject, None)).unwrap();
    corpus.undo_correction(2, "later").unwrap();
    corpus.unite(&["M1".to_owned(), "M2".to_owned()], "2031-06-03").unwrap();
    for said in corpus.corrections(&Judged { undone: true, ..Judged::default() }).unwrap() {
        let line = said.to_json();
        let bare = Correction { number: 0, row: None, words: None, counts: false, ..said };
        assert_eq!(Correction::from_json(&line).unwrap(), bare);
    }
    for decision in corpus.decisions().unwrap() {
        let again = chancery_corpus::Decision::from_json(&decision.to_json()).unwrap();
        assert_eq!(corpus.take_decisions(&[again]).unwrap(), 0, "it is known");
    }
    let mut line = corpus.corrections(&Judged::default()).unwrap()[0].to_json();
    for (key, value, wrong) in [
        ("given", serde_json::Value::Null, "'edit' needs 'found' and 'given'"),
        ("found", serde_json::json!({"id": 3}), "'found' is no statement: invalid type"),
        ("verdict", "maybe".into(), "'verdict' is 'maybe'; it is one of accept"),
        ("layer", "word".into(), "'layer' is 'word'; it is one of role"),
        ("key", "x".into(), "'key' is no SHA-256"),
    ] {
        line[key] = value;
        assert!(Correction::from_json(&line).unwrap_err().starts_with(wrong), "{line}");
    }
}

#[test]
fn a_correction_that_does_not_fit_its_text_is_kept_and_does_nothing() {
    let (folder, elsewhere) = (Folder::new("fit"), Folder::new("unfitting"));
    let mut corpus = open(&folder, &["2031-03-04"]);
    let mut said = request(&mut corpus);
    let Some(Row::Statement(row)) = &mut said.given else { panic!() };
    row.content = vec![Span::new(5, 9000)];
    assert!(matches!(corpus.fits(&said).unwrap_err().trouble, Trouble::Unfit(_)));
    let mut other = Corpus::open(&elsewhere.file()).unwrap();
    assert_eq!(other.take_corrections(&[said]).unwrap(), 1);
    add(&mut other, &sample("a", "2031-03-04"));
    other.link().unwrap();
    assert_eq!(column(&other, Kind::Statements, "act"), ["commitment"]);
}

/// All that is derived, row by row.
fn derived(folder: &Folder) -> Vec<String> {
    let connection = Connection::open(folder.file()).unwrap();
    let mut all = Vec::new();
    for view in [
        "meetings",
        "accounts",
        "links",
        "people",
        "appearances",
        "tenures",
        "careers",
        "changes",
        "happenings",
        "event_mentions",
        "person",
        "total",
        "extent",
        "side",
        "dyad",
        "report",
        "imprint",
        "stance",
    ] {
        let mut select = connection.prepare(&format!("SELECT * FROM {view}")).unwrap();
        let width = select.column_count();
        let mut rows = select.query([]).unwrap();
        let mut of_view = Vec::new();
        while let Some(row) = rows.next().unwrap() {
            let cells: String = (0..width).map(|at| format!("{:?}|", row.get_ref(at).unwrap())).collect();
            of_view.push(format!("{view}: {cells}"));
        }
        of_view.sort();
        all.extend(of_view);
    }
    // Who says what.
    let uses =
        Corpus::look(&folder.file()).unwrap().track(&["is".parse().unwrap()], &Scope::default()).unwrap();
    all.push(format!("{uses:?}"));
    all
}

#[test]
fn what_is_derived_after_a_correction_is_what_deriving_all_gives() {
    let folder = Folder::new("stale");
    let mut corpus = open(&folder, &["2031-03-04", "2031-03-05"]);
    let role = |corpus: &Corpus| {
        let mut row = corpus.document("d2").unwrap().record.roles.remove(0);
        row.office = "premier".into();
        Row::Role(row)
    };
    let meeting = |corpus: &Corpus| {
        let mut row = corpus.document("d2").unwrap().record.meetings.remove(0);
        row.when = corpus.document("d1").unwrap().record.meetings[0].when;
        Row::Meeting(row)
    };
    let event = |corpus: &Corpus| {
        let mut row = corpus.document("d2").unwrap().record.events.remove(0);
        row.plover = "AGREE".into();
        Row::Event(row)
    };
    let speaker = |corpus: &Corpus| statement(corpus, |row| row.speaker[0].name = Some("José Rojas".into()));
    let stranger = |corpus: &Corpus| statement(corpus, |row| row.speaker[0].name = Some("Eva Sol".into()));
    type Change<'a> = (&'a str, &'a dyn Fn(&Corpus) -> Row);
    let changes: [Change<'_>; 5] =
        [("d1.s1", &speaker), ("d1.s1", &stranger), ("d2.e1", &event), ("d2.m1", &meeting), ("d2.r1", &role)];
    let same = |corpus: &mut Corpus, what: &str| {
        corpus.link().unwrap();
        let partly = derived(&folder);
        let connection = Connection::open(folder.file()).unwrap();
        connection.execute("UPDATE setting SET value = 0 WHERE name = 'linked'", []).unwrap();
        corpus.link().unwrap();
        assert_eq!(partly, derived(&folder), "{what}");
    };
    for (id, change) in changes {
        let given = change(&corpus);
        let number = corpus.correct(id, judgement(Verdict::Edit, Some(given))).unwrap().number;
        same(&mut corpus, id);
        corpus.undo_correction(number, "later").unwrap();
        same(&mut corpus, &format!("{id} undone"));
    }
    // The same deed of the same day in two texts is one.
    let mut deed = corpus.document("d1").unwrap().record.events.remove(0);
    (deed.plover, deed.quote) = ("AID".into(), Span::new(0, 2));
    for id in ["d1", "d2"] {
        corpus.correct(id, judgement(Verdict::Add, Some(Row::Event(deed.clone())))).unwrap();
        assert!(is_linked(&folder), "events of one text are seen to at once");
        same(&mut corpus, id);
    }
    assert_eq!(column(&corpus, Kind::Happenings, "plover").iter().filter(|p| *p == "AID").count(), 1);
    for id in ["d1.e2", "d1.e1"] {
        corpus.correct(id, judgement(Verdict::Reject, None)).unwrap();
        same(&mut corpus, id);
    }
    assert_eq!(column(&corpus, Kind::Happenings, "id"), ["d2.e2", "d2.e1"]);
}
