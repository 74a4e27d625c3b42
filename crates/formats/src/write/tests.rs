//! What is written: records, annotations and tables.

#![allow(clippy::unwrap_used)]

use chancery_model::*;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const TITLE: &str = "Ása’s call";
const OWN: &str =
    "Freedonia, she said, will sell fish. Freedonia, Olsen said, is ready. Peña said Freedonia is ready.";

fn document() -> Document {
    let text = format!("{TITLE}\n\n{OWN}");
    let offset = u32::try_from(TITLE.len() + 2).unwrap();
    let source = Source { text_offset: offset, published: "2031-05-06".parse().ok(), ..Source::default() };
    Document { id: "d-1".into(), source, text, blocks: Vec::new() }
}

/// The `nth` place where the words stand in the document's text.
fn span(words: &str, nth: usize) -> Span {
    let document = document();
    let (at, _) = document.text.match_indices(words).nth(nth).unwrap();
    Span::new(at, at + words.len())
}

fn person(name: &str, code: &str) -> Participant {
    Participant { name: Some(name.into()), code: code.into(), sector: None }
}

fn state(code: &str) -> Participant {
    Participant { name: None, code: code.into(), sector: None }
}

fn statement(cue: Vec<Span>, content: Vec<Span>) -> Statement {
    Statement {
        id: "s1".into(),
        act: Act::Commitment,
        speaker: vec![person("Ása Olsen", "FRE")],
        holder: vec![state("FRE"), state("RUR")],
        addressee: vec![state("RUR")],
        polarity: Polarity::Support,
        topics: vec!["fish".into()],
        cue,
        content,
        manner: Manner::Paraphrased,
        continues: None,
        provenance: Vec::new(),
    }
}

fn record() -> Record {
    let day = When { from: "2031-05-06".parse().unwrap(), to: "2031-05".parse().unwrap() };
    let interrupted = vec![span("Freedonia", 1), span("is ready", 0)];
    Record {
        schema: SCHEMA,
        document: "d-1".into(),
        coder: "test".into(),
        roles: vec![Role {
            id: "r1".into(),
            person: "Ása Olsen".into(),
            office: "premier".into(),
            organization: None,
            country: "FRE".into(),
            post: None,
            quote: span("Olsen", 0),
            provenance: vec![Provenance {
                field: "row".into(),
                sentence: 1,
                spans: vec![span("Olsen", 0)],
                rule: "apposition".into(),
                why: None,
            }],
        }],
        people: vec![],
        terms: vec![],
        meetings: vec![Meeting {
            id: "m1".into(),
            format: Format::InPerson,
            when: Some(day),
            place: None,
            country: Some("FRE".into()),
            parties: vec![
                Party { code: "FRE".into(), persons: vec!["Ása Olsen".into()], host: true },
                Party { code: "RUR".into(), persons: Vec::new(), host: false },
            ],
            told: Told::Background,
            planned: true,
            quote: span(TITLE, 0),
            provenance: Vec::new(),
        }],
        statements: vec![
            statement(vec![span("said", 1)], interrupted),
            statement(Vec::new(), vec![span("is ready", 1)]),
        ],
        events: vec![Event {
            id: "e1".into(),
            plover: "AGREE".into(),
            mode: None,
            contexts: vec![],
            cameo: Some("030".into()),
            actor: vec![state("FRE")],
            recipient: Vec::new(),
            when: None,
            place: None,
            modality: Modality::Planned,
            said_in: Some("s1".into()),
            meeting: None,
            quote: span("is ready", 0),
            confidence: None,
            disputed: None,
            provenance: Vec::new(),
        }],
        silent: vec![Silence { sentence: 2, span: span("Peña", 0), why: "nothing".into() }],
        notes: vec![Note { span: None, text: "odd".into() }],
    }
}

#[test]
fn annotations_are_what_the_guide_describes() {
    let written = annotations(&document(), &record());
    let code_point = |words: &str, nth: usize| {
        let (byte, _) = OWN.match_indices(words).nth(nth).unwrap();
        OWN[..byte].chars().count()
    };
    assert_eq!(
        written,
        json!({
            "id": "d-1",
            "published": "2031-05-06",
            "roles": [{"person": "Ása Olsen", "office": "premier", "country": "FRE", "quote": "Olsen", "at": code_point("Olsen", 0)}],
            "meetings": [{
                "format": "in_person", "from": "2031-05-06", "to": "2031-05", "country": "FRE",
                "parties": [{"code": "FRE", "persons": ["Ása Olsen"], "host": true}, {"code": "RUR", "persons": []}],
                "told": "background", "planned": true, "quote": TITLE,
            }],
            "statements": [
                {
                    "act": "commitment", "speaker": {"name": "Ása Olsen", "code": "FRE"},
                    "holder": [{"code": "FRE"}, {"code": "RUR"}], "addressee": [{"code": "RUR"}], "polarity": "support",
                    "topics": ["fish"], "cue": "said", "cue_at": code_point("said", 1), "content": ["Freedonia", "is ready"],
                    "at": code_point("Freedonia", 1), "manner": "paraphrased",
                },
                {
                    "act": "commitment", "speaker": {"name": "Ása Olsen", "code": "FRE"},
                    "holder": [{"code": "FRE"}, {"code": "RUR"}], "addressee": [{"code": "RUR"}], "polarity": "support",
                    "topics": ["fish"], "cue": "", "content": "is ready", "at": code_point("is ready", 1), "manner": "paraphrased",
                },
            ],
            "events": [{
                "plover": "AGREE", "cameo": "030", "actor": [{"code": "FRE"}], "recipient": [], "modality": "planned",
                "quote": "is ready", "at": code_point("is ready", 0),
            }],
        })
    );
}

#[test]
fn at_locates_the_part_that_a_reader_would_look_for_in_the_wrong_place() {
    let mut record = record();
    record.statements =
        vec![statement(vec![span("Olsen", 0), span("said", 1)], vec![span("Olsen", 0), span("is ready", 1)])];
    let written = annotations(&document(), &record);
    let row = &written["statements"][0];
    let own: Vec<char> = OWN.chars().collect();
    let at = usize::try_from(row["at"].as_u64().unwrap()).unwrap();
    assert_eq!(own[at..at + 8].iter().collect::<String>(), "is ready");
    assert!(at > 80);
    assert_eq!(row["cue"], "Olsen said");
}

#[test]
fn a_record_reads_back_as_it_was_written() {
    let (document, record) = (document(), record());
    let line = record_json(&document, &record).to_string();
    assert!(!line.contains('\n'));
    let (source, again) = parse_record(&serde_json::from_str(&line).unwrap()).unwrap();
    assert_eq!((source, again), (document.source, record));
}

#[test]
fn a_record_that_cannot_be_read_says_why() {
    assert_eq!(parse_record(&json!({})).unwrap_err(), "no 'source'");
    let mut newer = record_json(&document(), &record());
    newer["record"]["schema"] = json!(SCHEMA + 1);
    assert!(parse_record(&newer).unwrap_err().ends_with("update it"));
    newer["record"] = json!({"schema": SCHEMA});
    assert!(parse_record(&newer).unwrap_err().starts_with("in 'record': missing field"));
}

fn rows() -> Vec<Vec<Value>> {
    vec![
        vec![
            json!("d-1"),
            json!("Queen Ása said that the fish\tof the lake\nare ready"),
            json!(["FRE", "RUR"]),
        ],
        vec![json!(7), json!("李强会见"), Value::Null],
    ]
}

#[test]
fn a_table_is_aligned_and_wrapped_to_its_width() {
    let table = write_rows(&["id", "words", "who"], &rows(), TableFormat::Table, 34);
    let expected = "\
id   words                who
---  -------------------  --------
d-1  Queen Ása said that  FRE; RUR
     the fish of the
     lake are ready
7    李强会见
";
    assert_eq!(table, expected);
    let wide = write_rows(&["id", "words", "who"], &rows(), TableFormat::Table, 0);
    assert_eq!(wide.lines().count(), 4);
}

#[test]
fn csv_quotes_cells_and_defuses_formulas() {
    let rows = vec![vec![json!("=1+1"), json!("a \"b\",\nc")], vec![json!(-3), Value::Null]];
    let csv = write_rows(&["x", "y"], &rows, TableFormat::Csv, 10);
    assert_eq!(csv, "x,y\r\n'=1+1,\"a \"\"b\"\",\nc\"\r\n-3,\r\n");
}

#[test]
fn json_lines_keep_columns_in_order() {
    let lines = write_rows(&["id", "words", "who"], &rows(), TableFormat::Jsonl, 10);
    assert_eq!(lines.lines().nth(1), Some("{\"id\":7,\"words\":\"李强会见\",\"who\":null}"));
}

proptest! {
    #[test]
    fn no_table_cell_breaks_its_row(cells in prop::collection::vec(any::<String>(), 1..4), width in 0_usize..60) {
        let columns: Vec<String> = (0..cells.len()).map(|i| format!("c{i}")).collect();
        let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        let row: Vec<Value> = cells.iter().map(|c| json!(c)).collect();
        let table = write_rows(&columns, std::slice::from_ref(&row), TableFormat::Table, width);
        let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace() && !c.is_control()).count();
        let rule = table.lines().nth(1).unwrap().matches('-').count();
        prop_assert!(!table.contains('\t'));
        prop_assert_eq!(letters(&table), letters(&cells.concat()) + letters(&columns.concat()) + rule);
        let csv = write_rows(&columns, &[row], TableFormat::Csv, width);
        let read = csv::Reader::from_reader(csv.as_bytes()).records().next().unwrap().unwrap();
        for (cell, read) in cells.iter().zip(read.iter()) {
            prop_assert_eq!(read.strip_prefix('\'').filter(|_| !cell.starts_with('\'')).unwrap_or(read), cell);
        }
    }
}
