//! Each format reads back as it was written, whatever its cells hold.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use chancery_model::{Date, Modality};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const TSV: Dialect = Dialect::Tsv { header: true, missing: "None" };
const HOSTILE: &str = "\"Zoë\"\tO'Hara;\r\nعلي <&> ]]> =1+1\u{2028}\u{0}李强";

fn actor(name: &str, code: &str) -> Actor {
    Actor {
        name: name.to_owned(),
        raw: name.to_owned(),
        code: code.to_owned(),
        country: Some(code.to_owned()),
        country_name: Some(code.to_lowercase()),
        cow: Some(385),
        sector: "GOV".to_owned(),
        sector_name: "Government".to_owned(),
        title: Some("minister".to_owned()),
        person: true,
        ..Actor::default()
    }
}

fn event(number: u64, day: &str, name: &str) -> Event {
    let date: Date = day.parse().unwrap();
    let (year, month, _) = date.parts();
    Event {
        id: format!("d1.e{number}"),
        number: 100_000 + number,
        meeting: Some(format!("M{number}")),
        from: Some(date.first()),
        to: Some(date.last()),
        month: month.map(|month| (year, month)),
        plover: "CONSULT".to_owned(),
        mode: Some("visit".to_owned()),
        contexts: vec!["military".to_owned(), "legal".to_owned()],
        quad: Some(1),
        score: Some(2.1),
        cameo: Some("042".to_owned()),
        modality: Modality::Happened,
        actors: vec![actor(name, "NOR"), actor("Ada Li", "NOR"), actor("José Rojas", "CHL")],
        recipients: Vec::new(),
        site: Site {
            raw: Some(name.to_owned()),
            city: Some("Oslo".to_owned()),
            country: Some("NOR".to_owned()),
            country_name: Some("Norway".to_owned()),
            coordinates: Some((59.91, -10.75)),
            ..Site::default()
        },
        quote: name.to_owned(),
        mentions: vec![Mention {
            event: format!("d1.e{number}"),
            document: "d1".to_owned(),
            date: Some(date),
            publisher: Some(name.to_owned()),
            quote: name.to_owned(),
            sentence: Some(2),
            offset: Some(7),
            length: 99,
            ..Mention::default()
        }],
        people: vec![name.to_owned(), "None".to_owned()],
        organizations: vec!["UN".to_owned()],
        places: Vec::new(),
    }
}

fn every_table(events: &[Event]) -> Vec<(Table, Dialect)> {
    let (gdelt, mentions) = gdelt(events, &|_| Some((1, 1.9)));
    let bare = Dialect::Tsv { header: false, missing: "" };
    vec![
        (plover(events, "coder", "1"), Dialect::Jsonl),
        (polecat(events, "1"), TSV),
        (
            icews(events, &|_| Some(("Make a visit".to_owned(), 1.9))),
            Dialect::Tsv { header: true, missing: "NULL" },
        ),
        (gdelt, bare),
        (mentions, bare),
        (dyads_by_month(events, &months(&["2031-03"])), Dialect::Csv),
    ]
}

fn months(covered: &[&str]) -> BTreeMap<String, u32> {
    covered.iter().map(|&month| (month.to_owned(), 1)).collect()
}

fn dyads_by_month(events: &[Event], documents: &BTreeMap<String, u32>) -> Table {
    let types = [("AGREE".to_owned(), 1), ("CONSULT".to_owned(), 1)];
    panel(events, Unit::DyadMonth, &Frame { documents, types: &types, cow: &|_, _| Some(385) })
}

fn by_name<'a>(table: &'a Table, row: usize, column: &str) -> &'a Value {
    &table.rows[row][table.columns.iter().position(|c| c.name == column).unwrap()]
}

#[test]
fn every_format_reads_back_as_it_was_written() {
    let events =
        [event(1, "2031-03-04", HOSTILE), event(2, "2031-03-05", "None"), event(3, "2031-04", "NULL")];
    for (table, dialect) in every_table(&events) {
        let bytes = encode(&table, dialect).unwrap();
        assert_eq!(bytes, encode(&table, dialect).unwrap(), "the same twice");
        let read = decode(&bytes, &table, dialect).unwrap();
        assert_eq!(difference(&table, dialect, &read), None, "{}", table.name);
        let cells = |row: &Vec<Value>| {
            row.iter().all(|c| c.as_str().is_none_or(|t| !t.chars().any(char::is_control)))
        };
        assert!(table.rows.iter().all(cells), "{}", table.name);
    }
}

#[test]
fn columns_are_those_of_the_datasets() {
    let tables = every_table(&[event(1, "2031-03-04", "Zoë Dahl")]);
    let widths: Vec<usize> = tables.iter().map(|(table, _)| table.columns.len()).collect();
    assert_eq!(widths[..5], [23, 40, 20, 61, 16]);
    let text = |at: usize| String::from_utf8(encode(&tables[at].0, tables[at].1).unwrap()).unwrap();
    assert!(text(1).starts_with(
        "Event ID\tEvent Date\tEvent Type\tEvent Mode\tIntensity\tQuad Code\tContexts\tActor Name\t"
    ));
    assert!(text(2).starts_with(
        "Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\t"
    ));
    assert!(
        text(3).starts_with("10000100000\t20310304\t203103\t2031\t2031.1753\tNORGOV\tZOË DAHL\tNOR\t"),
        "{}",
        text(3)
    );
    assert!(!text(4).contains("GLOBALEVENTID"), "GDELT has no header");
}

#[test]
fn a_meeting_has_all_its_parties_in_actor_and_no_recipient() {
    let events = [event(1, "2031-03-04", "Zoë Dahl")];
    let table = plover(&events, "coder", "1");
    assert_eq!(by_name(&table, 0, "actor").as_array().unwrap().len(), 3);
    assert_eq!(by_name(&table, 0, "recipient"), &Value::Null);
    assert_eq!(by_name(&table, 0, "link"), "M1");
    let table = polecat(&events, "1");
    assert_eq!(by_name(&table, 0, "Actor Name"), "Zoë Dahl; Ada Li; José Rojas");
    assert_eq!(by_name(&table, 0, "Recipient Name"), &Value::Null);
    assert_eq!(by_name(&table, 0, "Quad Code"), "VERBAL COOPERATION");
}

#[test]
fn a_meeting_stands_once_in_each_direction_and_the_host_hosts() {
    let table = icews(&[event(1, "2031-03-04", "Zoë Dahl")], &|code| Some((code.to_owned(), 1.0)));
    let row = |n: usize| {
        ["Source Name", "CAMEO Code", "Target Name"]
            .map(|column| by_name(&table, n, column).as_str().unwrap().to_owned())
    };
    assert_eq!(table.rows.len(), 2, "two sides, however many persons");
    assert_eq!(row(0), ["Zoë Dahl", "043", "José Rojas"]);
    assert_eq!(row(1), ["José Rojas", "042", "Zoë Dahl"]);
    assert_ne!(by_name(&table, 0, "Event ID"), by_name(&table, 1, "Event ID"));
}

#[test]
fn what_did_not_happen_is_marked_or_left_out() {
    let planned = Event { modality: Modality::Planned, ..event(1, "2031-03-04", "Zoë Dahl") };
    let table = polecat(std::slice::from_ref(&planned), "1");
    assert_eq!(by_name(&table, 0, "Contexts"), "military; legal; future");
    assert!(icews(&[planned], &|_| None).rows.is_empty());
}

#[test]
fn an_accusation_by_two_is_not_mutual() {
    let accusation =
        Event { plover: "ACCUSE".to_owned(), meeting: None, ..event(1, "2031-03-04", "Zoë Dahl") };
    let table = icews(&[accusation], &|_| None);
    assert_eq!(table.rows.len(), 2);
    assert_eq!(by_name(&table, 0, "Target Name"), &Value::Null);
}

#[test]
fn a_true_zero_is_told_from_no_coverage() {
    let events = [
        event(1, "2031-03-04", "Zoë Dahl"),
        event(2, "2031-06-04", "Zoë Dahl"),
        event(3, "2031", "Zoë Dahl"),
    ];
    let table = dyads_by_month(&events, &months(&["2031-03", "2031-05"]));
    let cells = |row: usize| {
        ["month", "coverage", "events", "consult", "agree"].map(|c| by_name(&table, row, c).clone())
    };
    assert_eq!(table.rows.len(), 8, "two directions, March to June; no month is known for 2031");
    assert_eq!(cells(0), [json!("2031-03"), json!(1), json!(1), json!(1), json!(0)]);
    assert_eq!(
        cells(1),
        [json!("2031-04"), json!(0), Value::Null, Value::Null, Value::Null],
        "nobody looked"
    );
    assert_eq!(cells(2), [json!("2031-05"), json!(1), json!(0), json!(0), json!(0)], "a true zero");
    assert_eq!(cells(3), [json!("2031-06"), json!(0), json!(1), json!(1), Value::Null], "told of later");
}

#[test]
fn a_graph_reads_back_from_both_formats() {
    let graph = graph(&[event(1, "2031-12-31", HOSTILE), event(2, "2031-12-30", HOSTILE)]);
    assert_eq!(graph.size(), (3, 2), "those of one side did not meet each other");
    for format in [GraphFormat::Gexf, GraphFormat::Graphml] {
        let xml = write_graph(&graph, format);
        assert_eq!(read_graph(&xml, format).as_ref(), Ok(&graph), "{xml}");
    }
    let xml = write_graph(&graph, GraphFormat::Gexf);
    assert!(xml.contains("<spell start=\"2031-12-31\" end=\"2032-01-01\"/>"), "{xml}");
    assert!(xml.contains("weight=\"2\""), "{xml}");
}

#[test]
fn a_damaged_file_does_not_pass() {
    let table = polecat(&[event(1, "2031-03-04", "Zoë Dahl")], "1");
    let text = String::from_utf8(encode(&table, TSV).unwrap()).unwrap();
    let fewer = text.lines().next().unwrap().to_owned() + "\n";
    let rows = decode(fewer.as_bytes(), &table, TSV).unwrap();
    assert_eq!(difference(&table, TSV, &rows).unwrap(), "1 rows were written and 0 read back");
    assert!(
        decode(text.replace("\tNOR", "").as_bytes(), &table, TSV).unwrap_err().contains("columns, not 40")
    );
    let other = decode(text.replace("visit", "phone").as_bytes(), &table, TSV).unwrap();
    assert!(difference(&table, TSV, &other).unwrap().contains("'Event Mode'"));
    assert!(
        decode(text.replace("Event Mode", "Mode").as_bytes(), &table, TSV).unwrap_err().contains("header")
    );
}

#[test]
fn the_codebook_and_the_package_tell_of_every_column() {
    let table = polecat(&[event(1, "2031-03-04", "Zoë Dahl")], "1");
    let bytes = encode(&table, TSV).unwrap();
    let package = Package {
        format: "polecat".to_owned(),
        title: "Events".to_owned(),
        version: "1".to_owned(),
        coders: vec!["coder".to_owned()],
        filter: vec![("from".to_owned(), "2031".to_owned())],
        notes: vec!["Note.".to_owned()],
        resources: vec![Resource::of_table(&table, TSV, "events.tsv", &bytes)],
        codes: vec![CodeList {
            title: "Types".to_owned(),
            codes: vec![("CONSULT".to_owned(), "meets".to_owned())],
        }],
    };
    let book = codebook(&package);
    assert_eq!(book.matches("| `").count(), 41, "40 columns and a code: {book}");
    assert!(!book.contains("|  |"), "every column has its sentence");
    let described: Value = serde_json::from_str(&datapackage(&package)).unwrap();
    let resource = &described["resources"][0];
    assert_eq!(resource["bytes"], bytes.len());
    assert_eq!(resource["rows"], 1);
    assert_eq!(resource["schema"]["missingValues"], json!(["None"]));
    assert_eq!(resource["schema"]["fields"][4]["type"], "number");
    assert_eq!(resource["hash"].as_str().unwrap().len(), "sha256:".len() + 64);
}

proptest! {
    #[test]
    fn no_cell_breaks_its_row(cells in prop::collection::vec(any::<String>(), 1..5), number in any::<f64>()) {
        let columns = (0..=cells.len()).map(|i| {
            Column::new(&format!("c{i}"), if i == cells.len() { Kind::Number } else { Kind::Text }, "about")
        });
        let row = cells.iter().map(|c| json!(c)).chain([json!(number)]).collect();
        let table = Table::new("t", "T.", columns.collect(), vec![row]);
        let mut dialects = vec![Dialect::Csv, Dialect::Jsonl, TSV];
        #[cfg(feature = "parquet")]
        dialects.push(Dialect::Parquet);
        dialects.retain(|_| cells.iter().any(|c| !c.trim().is_empty()));
        for dialect in dialects {
            let read = decode(&encode(&table, dialect).unwrap(), &table, dialect);
            prop_assert_eq!(difference(&table, dialect, &read.unwrap()), None);
        }
    }

    #[test]
    fn places_in_bytes_still_hold(text in any::<String>()) {
        prop_assert_eq!(clean(&text).len(), text.len());
    }
}
