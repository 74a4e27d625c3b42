//! Who is who over documents, what they held when, and where that changes or does not agree.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use chancery_corpus::{Corpus, Filter, Kind, Raw};
use chancery_model::{
    Analysis, Document, Identity, Post, Provenance, Record, Role, Source, Span, Standing, Term,
};

/// A record of texts that state offices, removed with its folder.
struct Told {
    folder: PathBuf,
    corpus: Corpus,
}

impl Told {
    fn new(test: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("chancery-people-{test}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        let corpus = Corpus::open(&folder.join("chancery.db")).unwrap();
        Self { folder, corpus }
    }

    /// A text of a day that gives persons an office: "Premier Ana Lima CHL". `known` are those whom the tables know.
    fn text(&mut self, day: &str, roles: &[(&str, &str, &str)], known: &[(&str, &str)], terms: &[Term]) {
        let text = format!("{day}: {roles:?}\n");
        let id = format!("{day}-{}", text.len());
        let source = Source {
            published: Some(day.parse().unwrap()),
            raw_sha256: chancery_corpus::key(&text),
            ..Source::default()
        };
        let roles = (1..).zip(roles).map(|(number, role)| stated(number, &text, role)).collect();
        let record = Record {
            schema: 1,
            document: id.clone(),
            coder: "test 1".to_owned(),
            roles,
            people: known
                .iter()
                .map(|(name, key)| Identity { name: (*name).to_owned(), person: (*key).to_owned() })
                .collect(),
            terms: terms.to_vec(),
            meetings: vec![],
            statements: vec![],
            events: vec![],
            silent: vec![],
            notes: vec![],
        };
        let raw = Raw::new(text.clone().into_bytes());
        let document = Document { id, source, text, blocks: vec![] };
        self.corpus.add(&document, &Analysis::default(), &record, &raw).unwrap();
        self.corpus.link().unwrap();
    }

    fn rows(&self, kind: Kind, columns: &[&str]) -> Vec<String> {
        let listing = self.corpus.list(kind, &Filter::default()).unwrap();
        let at: Vec<usize> =
            columns.iter().map(|c| listing.columns.iter().position(|name| name == c).unwrap()).collect();
        let cell = |value: &serde_json::Value| value.as_str().map_or(value.to_string(), str::to_owned);
        listing
            .rows
            .iter()
            .map(|row| at.iter().map(|&i| cell(&row[i])).collect::<Vec<_>>().join(" | "))
            .collect()
    }

    fn changes(&self) -> Vec<String> {
        self.rows(Kind::Changes, &["kind", "code", "before", "before_to", "after", "after_from"])
    }

    fn careers(&self) -> Vec<String> {
        self.rows(Kind::Careers, &["person", "basis", "office", "code", "from", "to"])
    }
}

impl Drop for Told {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn stated(number: u32, text: &str, (person, office, country): &(&str, &str, &str)) -> Role {
    let standing = match office.split(' ').next() {
        Some("former") => Standing::Former,
        Some("acting") => Standing::Acting,
        _ => Standing::Held,
    };
    let name = office.trim_start_matches("former ").trim_start_matches("acting ").to_owned();
    let start = text.find(person).unwrap();
    let quote = Span::new(start, start + person.len());
    Role {
        id: format!("r{number}"),
        person: (*person).to_owned(),
        office: (*office).to_owned(),
        organization: None,
        country: (*country).to_owned(),
        post: Some(Post { single: name != "adviser", name, sector: "GOV".to_owned(), standing }),
        quote,
        provenance: vec![Provenance {
            field: "row".to_owned(),
            sentence: 1,
            spans: vec![quote],
            rule: "test#rule".to_owned(),
            why: None,
        }],
    }
}

fn term(person: &str, name: &str, from: &str, to: &str) -> Term {
    Term {
        person: person.to_owned(),
        name: name.to_owned(),
        office: "premier".to_owned(),
        post: "premier".to_owned(),
        code: "CHL".to_owned(),
        from: from.parse().ok(),
        to: to.parse().ok(),
        source: "editors".to_owned(),
        checked: "2031-01-01".parse().ok(),
        place: "people.csv:7".to_owned(),
    }
}

#[test]
fn a_new_premier_follows_the_last() {
    let mut told = Told::new("succession");
    told.text("2031-01-05", &[("Ana Lima", "premier", "CHL")], &[], &[]);
    told.text("2031-03-05", &[("Ana Lima", "premier", "CHL")], &[], &[]);
    told.text("2031-04-09", &[("Juan Rojas", "premier", "CHL")], &[], &[]);
    assert_eq!(told.changes(), ["succession | CHL | Ana Lima | 2031-03-05 | Juan Rojas | 2031-04-09"]);
    let words = told.rows(Kind::Changes, &["before_words", "after_words"]);
    assert_eq!(words, ["d2.r1 \"Ana Lima\" | d3.r1 \"Juan Rojas\""]);
}

#[test]
fn two_who_hold_one_office_at_a_time_contradict_each_other_and_both_stay() {
    let mut told = Told::new("overlap");
    told.text("2031-01-05", &[("Ana Lima", "premier", "CHL")], &[], &[]);
    told.text("2031-02-05", &[("Juan Rojas", "premier", "CHL")], &[], &[]);
    told.text("2031-03-05", &[("Ana Lima", "premier", "CHL")], &[], &[]);
    assert_eq!(told.changes(), ["overlap | CHL | Ana Lima | 2031-03-05 | Juan Rojas | 2031-02-05"]);
    assert_eq!(
        told.careers().iter().filter(|row| row.contains("stated")).count(),
        2,
        "each keeps what is stated"
    );
}

#[test]
fn who_returns_after_another_had_the_office_has_two_tenures() {
    let mut told = Told::new("return");
    for (day, who) in
        [("01-05", "Ana Lima"), ("02-05", "Juan Rojas"), ("02-09", "Juan Rojas"), ("03-05", "Ana Lima")]
    {
        told.text(&format!("2031-{day}"), &[(who, "premier", "CHL")], &[], &[]);
    }
    let changes = told.changes();
    assert_eq!(changes.len(), 2, "{changes:?}");
    assert!(changes.iter().all(|change| change.starts_with("succession")), "{changes:?}");
}

#[test]
fn namesakes_of_two_states_are_two() {
    let mut told = Told::new("namesakes");
    told.text("2031-01-05", &[("Ana Lima", "premier", "CHL")], &[], &[]);
    told.text("2031-01-06", &[("Ana Lima", "adviser", "PER")], &[], &[]);
    told.text("2031-01-07", &[("ANA LIMA", "premier", "CHL")], &[], &[]);
    let named = told.careers().into_iter().filter(|row| row.contains("named")).collect::<Vec<_>>();
    assert_eq!(
        named,
        [
            "Ana Lima | named | null | CHL | 2031-01-05 | 2031-01-07",
            "Ana Lima | named | null | PER | 2031-01-06 | 2031-01-06"
        ]
    );
}

#[test]
fn spellings_that_the_tables_know_are_one_person() {
    let mut told = Told::new("spellings");
    let terms = [term("ana-lima", "Ana Lima", "2030-01-01", "")];
    told.text("2031-01-05", &[("Lima", "premier", "CHL")], &[("Lima", "ana-lima")], &terms);
    told.text("2031-01-06", &[("Ana M. Lima", "premier", "CHL")], &[("Ana M. Lima", "ana-lima")], &terms);
    told.text("2031-01-07", &[("Ana Lyma", "premier", "CHL")], &[], &terms);
    assert!(told.changes().is_empty(), "{:?}", told.changes());
    assert_eq!(
        told.careers(),
        [
            "Ana Lima | stated | premier | CHL | 2031-01-05 | 2031-01-07",
            "Ana Lima | tables | premier | CHL | 2030-01-01 | null",
            "Ana Lima | named | null | CHL | 2031-01-05 | 2031-01-07",
        ]
    );
}

#[test]
fn a_former_or_acting_holder_contradicts_nobody() {
    let mut told = Told::new("former");
    told.text("2031-01-05", &[("Ana Lima", "premier", "CHL")], &[], &[]);
    told.text(
        "2031-02-05",
        &[("Juan Rojas", "former premier", "CHL"), ("Eva Sol", "acting premier", "CHL")],
        &[],
        &[],
    );
    told.text("2031-03-05", &[("Ana Lima", "premier", "CHL")], &[], &[]);
    assert!(told.changes().is_empty(), "{:?}", told.changes());
    assert!(told.careers().iter().any(|row| row.starts_with("Juan Rojas | stated | former premier")));
}

#[test]
fn what_the_tables_speak_against_is_shown_beside_what_they_say() {
    let mut told = Told::new("tables");
    let terms = [
        term("ana-lima", "Ana Lima", "2028-01-01", "2030-01-01"),
        term("juan-rojas", "Juan Rojas", "2030-01-02", ""),
    ];
    told.text("2031-01-05", &[("Ana Lima", "premier", "CHL")], &[("Ana Lima", "ana-lima")], &terms);
    told.text("2031-01-06", &[("Eva Sol", "premier", "CHL")], &[], &terms);
    told.text("2031-01-07", &[("Rojas", "premier", "CHL")], &[], &terms);
    let changes = told.rows(Kind::Changes, &["kind", "before", "before_words", "tables"]);
    let [lima, sol] = changes.as_slice() else { panic!("{changes:?}") };
    assert!(lima.starts_with("tables | Ana Lima | d1.r1"), "{lima}");
    assert!(
        lima.contains("Ana Lima premier 2028-01-01/2030-01-01 (people.csv:7: editors; checked 2031-01-01)")
    );
    assert!(lima.contains("Juan Rojas premier 2030-01-02/"), "{lima}");
    assert!(sol.starts_with("tables | Eva Sol | d2.r1"), "{sol}");
}

#[test]
fn linking_anew_changes_nothing() {
    let mut told = Told::new("anew");
    told.text("2031-01-05", &[("Ana Lima", "premier", "CHL")], &[], &[]);
    told.text("2031-04-09", &[("Juan Rojas", "premier", "CHL")], &[], &[]);
    let before = (told.changes(), told.careers());
    let roles = told.rows(Kind::Roles, &["id", "person", "office"]);
    let bare = rusqlite::Connection::open(told.folder.join("chancery.db")).unwrap();
    bare.execute_batch(
        "DELETE FROM change; DELETE FROM tenure; DELETE FROM spelling; DELETE FROM naming; DELETE FROM person;
         UPDATE setting SET value = 0 WHERE name = 'linked'",
    )
    .unwrap();
    told.corpus.link().unwrap();
    assert_eq!((told.changes(), told.careers()), before);
    assert_eq!(told.rows(Kind::Roles, &["id", "person", "office"]), roles);
}
