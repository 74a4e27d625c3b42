//! What the tests of the record share.
#![allow(dead_code, clippy::unwrap_used)]

use std::path::PathBuf;

use chancery_corpus::{Added, Corpus, Raw};
use chancery_model::{
    Act, Analysis, Document, Event, Format, Manner, Meeting, Modality, Participant, Party, Polarity,
    Provenance, Record, Role, Sentence, Source, Span, Statement, Told, When,
};

/// A folder of its own for one test, removed with it.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("chancery-corpus-{test}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.0.join("chancery.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// "Zoë Dahl of Norway said …": one row of each kind over a text with accents and curly quotes.
pub(crate) fn sample(id: &str, day: &str) -> (Document, Analysis, Record) {
    let text = format!("On {day}, Zoë Dahl met José Rojas in Oslo. “Norway is ready to help,” she said.\n");
    let span = |words: &str| {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let when = When { from: day.parse().unwrap(), to: day.parse().unwrap() };
    let dahl = Participant { name: Some("Zoë Dahl".to_owned()), code: "NOR".to_owned(), sector: None };
    let why = |field: &str, words: &str| Provenance {
        field: field.to_owned(),
        sentence: 1,
        spans: vec![span(words)],
        rule: "test#rule".to_owned(),
        why: None,
    };
    let party = |code: &str, person: &str| Party {
        code: code.to_owned(),
        persons: vec![person.to_owned()],
        host: code == "NOR",
    };
    let record = Record {
        schema: 1,
        document: id.to_owned(),
        coder: "test 1".to_owned(),
        roles: vec![Role {
            id: "r1".to_owned(),
            person: "Zoë Dahl".to_owned(),
            office: "minister".to_owned(),
            organization: None,
            country: "NOR".to_owned(),
            post: None,
            quote: span("Zoë Dahl"),
            provenance: vec![why("row", "Zoë Dahl")],
        }],
        people: vec![],
        terms: vec![],
        meetings: vec![Meeting {
            id: "m1".to_owned(),
            format: Format::InPerson,
            when: Some(when),
            place: Some("Oslo".to_owned()),
            country: Some("NOR".to_owned()),
            parties: vec![party("NOR", "Zoë Dahl"), party("CHL", "José Rojas")],
            told: Told::Main,
            planned: false,
            quote: span("met José Rojas"),
            provenance: vec![why("row", "met"), why("place", "Oslo")],
        }],
        statements: vec![Statement {
            id: "s1".to_owned(),
            act: Act::Commitment,
            speaker: vec![dahl.clone()],
            holder: vec![Participant { name: None, code: "NOR".to_owned(), sector: None }],
            addressee: vec![],
            polarity: Polarity::Support,
            topics: vec!["help".to_owned()],
            cue: vec![span("said")],
            content: vec![span("Norway is ready to help")],
            manner: Manner::Quoted,
            continues: None,
            provenance: vec![why("cue", "said")],
        }],
        events: vec![Event {
            id: "e1".to_owned(),
            plover: "CONSULT".to_owned(),
            mode: None,
            cameo: Some("040".to_owned()),
            contexts: vec![],
            actor: vec![dahl],
            recipient: vec![],
            when: Some(when),
            place: None,
            modality: Modality::Happened,
            said_in: None,
            meeting: Some("m1".to_owned()),
            quote: span("met"),
            confidence: None,
            disputed: None,
            provenance: vec![why("row", "met")],
        }],
        silent: vec![],
        notes: vec![],
    };
    let break_at = text.find(" “").unwrap();
    let sentence = |start, end| Sentence { span: Span::new(start, end), block: 0, tokens: vec![] };
    let end = text.trim_end().len();
    let analysis =
        Analysis { sentences: vec![sentence(0, break_at), sentence(break_at + 1, end)], asked: false };
    let source =
        Source { published: Some(when.from), raw_sha256: chancery_corpus::key(&text), ..Source::default() };
    (Document { id: id.to_owned(), source, text, blocks: vec![] }, analysis, record)
}

pub(crate) fn add(corpus: &mut Corpus, (document, analysis, record): &(Document, Analysis, Record)) -> Added {
    corpus.add(document, analysis, record, &raw(document)).unwrap()
}

pub(crate) fn raw(document: &Document) -> Raw {
    Raw::new(document.text.clone().into_bytes())
}
