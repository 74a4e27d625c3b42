//! What users decide of links: it outlives a rebuild, new ids, and the record itself.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use chancery_corpus::{
    Corpus, Filter, Kind, Raw, Ruling, Trouble, decisions_from_csv, decisions_to_csv, key,
};
use chancery_model::{
    Analysis, Document, Format, Meeting, Party, Provenance, Record, Source, Span, Told, When,
};

/// A folder of its own for one test, removed with it.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("chancery-links-{test}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn corpus(&self, name: &str) -> Corpus {
        Corpus::open(&self.0.join(name)).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A text of some outlet that tells of a meeting of Norway and Chile on a day.
fn add(corpus: &mut Corpus, outlet: &str, day: &str, coder: &str) {
    let text = format!("{outlet}: Dahl met Rojas on {day}.\n");
    let words = text.find("Dahl met Rojas").unwrap();
    let quote = Span::new(words, words + 14);
    let party = |code: &str, person: &str| Party {
        code: code.to_owned(),
        persons: vec![person.to_owned()],
        host: false,
    };
    let why = |field: &str| Provenance {
        field: field.to_owned(),
        sentence: 1,
        spans: vec![quote],
        rule: "test#met".to_owned(),
        why: None,
    };
    let when = When { from: day.parse().unwrap(), to: day.parse().unwrap() };
    let meeting = Meeting {
        id: if coder == "test 1" { "m1" } else { "m7" }.to_owned(),
        format: Format::InPerson,
        when: Some(when),
        place: None,
        country: None,
        parties: vec![party("NOR", "Dahl"), party("CHL", "Rojas")],
        told: Told::Main,
        planned: false,
        quote,
        provenance: vec![why("row"), why("date")],
    };
    let record = Record {
        schema: 1,
        document: outlet.to_owned(),
        coder: coder.to_owned(),
        roles: vec![],
        people: vec![],
        terms: vec![],
        meetings: vec![meeting],
        statements: vec![],
        events: vec![],
        silent: vec![],
        notes: vec![],
    };
    let source = Source { published: Some(when.from), raw_sha256: key(&text), ..Source::default() };
    let raw = Raw::new(text.clone().into_bytes());
    let document = Document { id: outlet.to_owned(), source, text, blocks: vec![] };
    corpus.add(&document, &Analysis::default(), &record, &raw).unwrap();
    corpus.link().unwrap();
}

/// The documents of each meeting.
fn meetings(corpus: &Corpus) -> Vec<String> {
    let listing = corpus.list(Kind::Meetings, &Filter::default()).unwrap();
    let at = listing.columns.iter().position(|column| *column == "documents").unwrap();
    listing.rows.iter().map(|row| row[at].as_str().unwrap().to_owned()).collect()
}

fn unite(corpus: &mut Corpus, ids: &[&str]) -> Result<u32, Trouble> {
    let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
    corpus.unite(&ids, "2031-12-31 10:00").map_err(|e| e.trouble)
}

#[test]
fn meetings_said_to_be_one_are_one_and_undoing_it_restores_them() {
    let folder = Folder::new("one");
    let mut corpus = folder.corpus("r.db");
    add(&mut corpus, "fjord", "2031-03-04", "test 1");
    add(&mut corpus, "andes", "2031-03-05", "test 1");
    assert_eq!(meetings(&corpus), ["d1", "d2"]);
    assert_eq!(unite(&mut corpus, &["M1", "M2"]), Ok(1));
    assert_eq!(meetings(&corpus), ["d1, d2"]);
    let bonds = corpus.encounter("M1").unwrap().bonds;
    let against: Vec<(&str, &str)> = bonds
        .iter()
        .filter(|bond| bond.verdict == "contradicts")
        .map(|bond| (bond.account.as_str(), bond.words.as_str()))
        .collect();
    assert_eq!(against, [("d2.m1", "2031-03-05 against 2031-03-04 in d1.m1")]);
    corpus.undo(1).unwrap();
    assert_eq!(meetings(&corpus), ["d1", "d2"]);
    assert_eq!(corpus.undo(1).unwrap_err().trouble, Trouble::NoDecision(1));
}

#[test]
fn an_account_that_is_split_off_stays_apart_when_texts_are_added() {
    let folder = Folder::new("apart");
    let mut corpus = folder.corpus("r.db");
    for outlet in ["fjord", "andes"] {
        add(&mut corpus, outlet, "2031-03-04", "test 1");
    }
    assert_eq!(meetings(&corpus), ["d1, d2"]);
    assert_eq!(corpus.split("M1", "d2.m1", "2031-12-31 10:00").unwrap(), 1);
    assert_eq!(meetings(&corpus), ["d1", "d2"]);
    add(&mut corpus, "earlier", "2031-01-01", "test 1");
    assert_eq!(meetings(&corpus), ["d3", "d1", "d2"]);
}

#[test]
fn a_decision_holds_for_the_same_words_under_new_ids() {
    let folder = Folder::new("ids");
    let mut corpus = folder.corpus("r.db");
    add(&mut corpus, "fjord", "2031-03-04", "test 1");
    add(&mut corpus, "andes", "2031-03-05", "test 1");
    unite(&mut corpus, &["d1.m1", "d2.m1"]).unwrap();
    add(&mut corpus, "andes", "2031-03-05", "test 2");
    assert_eq!(meetings(&corpus), ["d1, d2"]);
    let decisions = corpus.decisions().unwrap();
    let accounts: Vec<_> = decisions[0].accounts.iter().map(|a| a.account.as_deref()).collect();
    assert_eq!(accounts, [Some("d1.m1"), Some("d2.m7")]);
}

#[test]
fn decisions_go_to_another_record_as_csv_and_wait_for_their_texts() {
    let folder = Folder::new("csv");
    let (mut one, mut other) = (folder.corpus("one.db"), folder.corpus("other.db"));
    for outlet in ["fjord", "andes"] {
        add(&mut one, outlet, "2031-03-04", "test 1");
    }
    one.split("M1", "d2.m1", "2031-12-31 10:00").unwrap();
    let sheet = decisions_to_csv(&one.decisions().unwrap());
    assert!(
        sheet.starts_with("number,ruling,decided,side,key,name,date_from,date_to,parties,quote\n1,apart,")
    );
    let decisions = decisions_from_csv(&sheet).unwrap();
    add(&mut other, "andes", "2031-03-04", "test 1");
    assert_eq!(other.take_decisions(&decisions).unwrap(), 1);
    assert_eq!(other.take_decisions(&decisions).unwrap(), 0, "twice is once");
    let waiting = &other.decisions().unwrap()[0];
    assert_eq!(waiting.ruling, Ruling::Apart);
    assert_eq!(waiting.accounts.iter().filter(|a| a.account.is_none()).count(), 1);
    add(&mut other, "fjord", "2031-03-04", "test 1");
    assert_eq!(meetings(&other), ["d1", "d2"]);
}

#[test]
fn odd_decisions_are_refused_in_words() {
    let folder = Folder::new("odd");
    let mut corpus = folder.corpus("r.db");
    add(&mut corpus, "fjord", "2031-03-04", "test 1");
    add(&mut corpus, "andes", "2031-03-05", "test 1");
    assert!(matches!(unite(&mut corpus, &["M1", "M9"]), Err(Trouble::NoSuch(_))));
    assert!(matches!(unite(&mut corpus, &["M1", "d1.m1"]), Err(Trouble::AlreadyOne(_))));
    let mut split = |meeting, account| corpus.split(meeting, account, "").unwrap_err().to_string();
    assert!(split("M1", "d2.m1").contains("d2.m1 is not of M1, which has d1.m1"));
    assert!(split("M1", "d1.m1").contains("d1.m1 is all there is of M1"));
    for (sheet, wrong) in [
        ("a,b\n1,2\n", "no column 'number'"),
        (
            "number,ruling,decided,side,key,name,date_from,date_to,parties,quote\n1,maybe,,1,,,,,,\n",
            "line 2: 'ruling'",
        ),
        (
            "number,ruling,decided,side,key,name,date_from,date_to,parties,quote\nx,one,,1,,,,,,\n",
            "line 2: 'number'",
        ),
        (
            "number,ruling,decided,side,key,name,date_from,date_to,parties,quote\n1,one,,2,,,,,,\n",
            "line 2: 'side'",
        ),
    ] {
        assert!(decisions_from_csv(sheet).unwrap_err().contains(wrong), "{sheet}");
    }
}
