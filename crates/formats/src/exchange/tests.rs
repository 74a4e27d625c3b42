//! Rows that people wrote, set into the text.
#![allow(clippy::unwrap_used)]

use chancery_model::{Act, Document, Source};
use serde_json::{Value, json};

use super::*;
use crate::write::annotations;

const TITLE: &str = "Ása’s call";
const OWN: &str =
    "Freedonia 𝄞, she said, will sell fish. Freedonia, Olsen said, is ready. Peña said Freedonia is ready.";

fn document() -> Document {
    let text = format!("{TITLE}\n\n{OWN}");
    let offset = u32::try_from(TITLE.len() + 2).unwrap();
    let source = Source { text_offset: offset, ..Source::default() };
    Document { id: "d-1".into(), source, text, blocks: Vec::new() }
}

fn statements(rows: Value) -> Result<Vec<chancery_model::Statement>, Vec<String>> {
    super::rows(&document(), &json!({ "statements": rows })).map(|record| record.statements)
}

fn said(content: Value) -> Value {
    json!({"act": "request", "speaker": {"name": "Olsen", "code": "FRE"}, "content": content})
}

fn words(spans: &[chancery_model::Span]) -> Vec<String> {
    let document = document();
    spans
        .iter()
        .map(|span| format!("{}:{}", span.start as usize - TITLE.len() - 2, document.slice(*span)))
        .collect()
}

#[test]
fn what_is_left_out_has_its_plain_value() {
    let row = &statements(json!([said(json!("is ready"))])).unwrap()[0];
    assert_eq!((row.id.as_str(), row.act, &row.holder), ("s1", Act::Request, &row.speaker));
    assert!(row.cue.is_empty() && row.topics.is_empty() && row.addressee.is_empty());
}

#[test]
fn words_are_found_where_they_are_said_to_be_and_the_parts_around_them() {
    let of = |row: Value| words(&statements(json!([row])).unwrap()[0].content);
    assert_eq!(of(said(json!("is ready"))), ["65:is ready"]);
    let mut row = said(json!(["Freedonia", "is ready"]));
    assert_eq!(of(row.clone()), ["0:Freedonia", "65:is ready"]);
    row["at"] = json!(39);
    assert_eq!(of(row.clone()), ["42:Freedonia", "65:is ready"], "by code points: 𝄞 is one");
    row["content"] = json!([{"start": 0, "end": 11}, {"start": 62, "end": 64}]);
    assert_eq!(of(row), ["0:Freedonia 𝄞", "65:is"]);
}

#[test]
fn a_cue_is_the_nearest_unless_it_says_where() {
    let mut row = said(json!(["Freedonia", "is ready"]));
    (row["at"], row["cue"]) = (json!(39), json!("said"));
    let cue = |row: &Value| words(&statements(json!([row])).unwrap()[0].cue);
    assert_eq!(cue(&row), ["59:said"]);
    row["cue_at"] = json!(17);
    assert_eq!(cue(&row), ["20:said"]);
}

#[test]
fn each_fault_names_its_row_what_is_wrong_and_what_would_be_right() {
    let faults = super::rows(
        &document(),
        &json!({
            "roles": [{"person": "Olsen"}, 7],
            "statements": [
                {"act": "positon", "speaker": "FRE", "content": "is steady", "polarity": "for"},
                {"act": "request", "speaker": [{"name": 1}], "content": []},
            ],
            "events": [{"plover": "AGREE", "actor": [], "quote": "fish", "from": "2031-13", "to": 3}],
            "meetings": [{"parties": [{"persons": []}], "quote": "she said", "planned": "no", "from": "2031", "to": "2030"}],
        }),
    )
    .unwrap_err();
    assert_eq!(
        faults,
        [
            "roles, row 1: no 'office'; it needs person, office, quote",
            "roles, row 1: no 'quote'; it needs person, office, quote",
            "roles, row 2: is no object; write {\"person\": …}",
            "meetings, row 1: 'parties': missing field `code`; write [{\"code\": \"CHN\", \"persons\": [\"Li Qiang\"]}, …]",
            "meetings, row 1: 'to' is 2030, before 'from', 2031",
            "meetings, row 1: 'planned' is \"no\"; write true or false",
            "statements, row 1: 'act' is 'positon'; it is one of position, commitment, request, courtesy, report, agreement",
            "statements, row 1: 'polarity' is 'for'; it is one of support, oppose, neutral",
            "statements, row 1: 'content': 'is steady' is not in the text, word for word",
            "statements, row 2: 'speaker': invalid type: integer `1`, expected a string; write {\"name\": \"Li Qiang\", \"code\": \"CHN\"}",
            "statements, row 2: 'content' is neither words of the text nor a list of such",
            "events, row 1: 'from' is '2031-13', no date; write YYYY-MM-DD, YYYY-MM or YYYY",
            "events, row 1: 'to' is 3; write words in quotation marks",
        ]
    );
}

#[test]
fn what_annotations_say_alike_is_the_same() {
    let document = document();
    let record =
        super::rows(&document, &json!({"statements": [said(json!(["Freedonia", "is ready"]))]})).unwrap();
    let mut base = record.statements[0].clone();
    base.cue = vec![chancery_model::Span::new(30, 34), chancery_model::Span::new(50, 54)];
    let mut own = record.clone();
    own.statements = vec![base.clone()];
    let written = annotations(&document, &own);
    let again = super::rows(&document, &written).unwrap();
    let row = |n: usize| written["statements"][n].as_object().unwrap().clone();
    assert_ne!(again.statements[0].cue, base.cue, "annotations hold one stretch");
    assert_eq!(Said::of(&document).statement(&base, &again.statements[0], &row(0)), base);
    let mut other = row(0);
    other.insert("act".into(), json!("report"));
    other.remove("topics");
    let given = &super::rows(&document, &json!({"statements": [other.clone()]})).unwrap().statements[0];
    let merged = Said::of(&document).statement(&base, given, &other);
    assert_eq!((merged.act, &merged.cue), (Act::Report, &base.cue));
}

/// A record of rows at these places, as bounds in characters, with names of any letters.
fn record(
    document: &Document,
    places: &[(usize, usize)],
    name: &str,
    topics: &[String],
) -> chancery_model::Record {
    use chancery_model::*;
    let bounds: Vec<usize> =
        document.text.char_indices().map(|(at, _)| at).chain([document.text.len()]).collect();
    let span = |n: usize| {
        let (one, other) = places[n % places.len()];
        let start = one % (bounds.len() - 1);
        Span::new(bounds[start], bounds[start + 1 + other % (bounds.len() - 1 - start)])
    };
    let who = |code: &str, sector: Option<&str>| Participant {
        name: Some(name.to_owned()).filter(|_| sector.is_none()),
        code: code.to_owned(),
        sector: sector.map(str::to_owned),
    };
    let day = When { from: "2031-05".parse().unwrap(), to: "2031-05-09".parse().unwrap() };
    let mut record = super::rows(document, &json!({})).unwrap();
    for n in 0..places.len() {
        record.roles.push(Role {
            id: format!("r{}", n + 1),
            person: format!("{name}{n}"),
            office: "envoy".into(),
            organization: (n % 2 == 0).then(|| format!("ORG:{name}")),
            country: if n % 2 == 0 { String::new() } else { "FRE".into() },
            post: None,
            quote: span(n),
            provenance: vec![],
        });
        record.meetings.push(Meeting {
            id: format!("m{}", n + 1),
            format: Format::Call,
            when: (n % 2 == 0).then_some(day),
            place: (n % 3 == 0).then(|| name.to_owned()),
            country: None,
            parties: vec![
                Party { code: "FRE".into(), persons: vec![name.to_owned(), "B".into()], host: n % 2 == 0 },
                Party { code: "RUR".into(), persons: vec![], host: n % 2 == 1 },
            ],
            told: Told::Background,
            planned: n % 2 == 0,
            quote: span(n + 1),
            provenance: vec![],
        });
        record.statements.push(Statement {
            id: format!("s{}", n + 1),
            act: Act::Commitment,
            speaker: vec![who("FRE", None)],
            holder: vec![who("FRE", Some("REB")), who("", None)],
            addressee: vec![],
            polarity: Polarity::Oppose,
            topics: topics.to_vec(),
            cue: (0..n % 3).map(|k| span(n + k)).collect(),
            content: (0..1 + n % 3).map(|k| span(n + k + 2)).collect(),
            manner: Manner::Quoted,
            continues: None,
            provenance: vec![],
        });
        record.events.push(Event {
            id: format!("e{}", n + 1),
            plover: "AGREE".into(),
            mode: (n % 2 == 0).then(|| "visit".into()),
            cameo: None,
            contexts: vec![],
            actor: vec![who("FRE", None)],
            recipient: vec![],
            when: Some(day),
            place: None,
            modality: if n % 2 == 0 { Modality::Happened } else { Modality::Planned },
            said_in: None,
            meeting: None,
            quote: span(n + 3),
            confidence: Some(7),
            disputed: None,
            provenance: vec![],
        });
    }
    record
}

/// The record as it is after a tool's file was read back and held against it.
fn back(document: &Document, record: &chancery_model::Record, page: &Value) -> chancery_model::Record {
    let page: Value = serde_json::from_str(&page.to_string()).unwrap();
    let reading = readings(&page).unwrap().pop().unwrap();
    assert_eq!(reading.id, document.id);
    let given = super::rows(document, &reading.rows).unwrap();
    let (said, mut again) = (Said::of(document), record.clone());
    let fields = |layer: &str, n: usize| reading.rows[layer][n].as_object().unwrap().clone();
    assert_eq!(
        (given.roles.len(), given.meetings.len(), given.statements.len(), given.events.len()),
        (record.roles.len(), record.meetings.len(), record.statements.len(), record.events.len())
    );
    for n in 0..record.roles.len() {
        again.roles[n] = said.role(&record.roles[n], &given.roles[n], &fields("roles", n));
        again.meetings[n] = said.meeting(&record.meetings[n], &given.meetings[n], &fields("meetings", n));
        again.statements[n] =
            said.statement(&record.statements[n], &given.statements[n], &fields("statements", n));
        again.events[n] = said.event(&record.events[n], &given.events[n], &fields("events", n));
        assert_eq!(given.statements[n].content, record.statements[n].content);
        assert_eq!(given.events[n].quote, record.events[n].quote);
    }
    again
}

type Tool = fn(&Document, &chancery_model::Record) -> Value;
const TOOLS: [Tool; 3] = [doccano, label_studio, inception];

proptest::proptest! {
    #[test]
    fn what_goes_through_a_tool_unchanged_is_unchanged(
        text in "[a-zé𝄞🇳 \\n\"]{2,40}",
        places in proptest::collection::vec((0_usize..60, 0_usize..60), 1..5),
        name in "[A-Z𝄞](\\PC{0,6})",
        topics in proptest::collection::vec("\\PC{1,8}", 0..3),
    ) {
        let offset = text.char_indices().nth(1).map_or(0, |(at, _)| u32::try_from(at).unwrap());
        let source = Source { text_offset: offset, ..Source::default() };
        let document = Document { id: "d-1".into(), source, text, blocks: vec![] };
        let record = record(&document, &places, &name, &topics);
        for tool in TOOLS {
            proptest::prop_assert_eq!(&back(&document, &record, &tool(&document, &record)), &record);
        }
        let written = annotations(&document, &record);
        proptest::prop_assert_eq!(written["events"].as_array().unwrap().len(), record.events.len());
    }
}

#[test]
fn tools_count_in_their_own_units() {
    let document = document();
    let at = document.text.find("she said").unwrap();
    let mut record = super::rows(&document, &json!({})).unwrap();
    record.roles =
        super::rows(&document, &json!({"roles": [{"person": "A", "office": "b", "quote": "she said"}]}))
            .unwrap()
            .roles;
    let before = &document.text[..at];
    let (points, units) = (before.chars().count(), before.encode_utf16().count());
    assert_eq!(units, points + 1);
    assert_eq!(doccano(&document, &record)["entities"][0]["start_offset"], points);
    assert_eq!(label_studio(&document, &record)["annotations"][0]["result"][0]["value"]["start"], units);
    assert_eq!(inception(&document, &record)["%FEATURE_STRUCTURES"][2]["begin"], units);
}

#[test]
fn what_was_changed_in_a_tool_is_what_changes() {
    let document = document();
    let record =
        super::rows(&document, &json!({"statements": [said(json!(["Freedonia", "is ready"]))]})).unwrap();
    let change = |mut page: Value, at: &str, to: Value| {
        *page.pointer_mut(at).unwrap() = to;
        let reading = readings(&page).unwrap().pop().unwrap();
        let given = super::rows(&document, &reading.rows).unwrap().statements.remove(0);
        let fields = reading.rows["statements"][0].as_object().unwrap().clone();
        Said::of(&document).statement(&record.statements[0], &given, &fields)
    };
    let row = change(doccano(&document, &record), "/entities/0/label", json!("statement report neutral"));
    assert_eq!((row.act, &row.speaker), (Act::Report, &record.statements[0].speaker));
    let page = label_studio(&document, &record);
    let holder =
        page["annotations"][0]["result"].as_array().unwrap().iter().position(|i| i["from_name"] == "holder");
    let at = format!("/annotations/0/result/{}/value/text", holder.unwrap());
    let row = change(page, &at, json!(["RUR; Olsen (FRE)"]));
    assert_eq!((row.holder.len(), row.holder[1].name.as_deref()), (2, Some("Olsen")));
    let row = change(inception(&document, &record), "/%FEATURE_STRUCTURES/2/end", json!(48 + 17));
    assert_eq!(row.content.len(), 2);
    assert_ne!(row.content, record.statements[0].content);
}

#[test]
fn what_a_tool_cannot_have_written_is_named() {
    for (page, wrong) in [
        (
            json!({"text": "a", "label": [[0, 1, "x"]]}),
            "no 'entities'; export from doccano as JSONL with relations",
        ),
        (
            json!({"text": "a", "entities": [{"label": "person", "start_offset": 0, "end_offset": 1}]}),
            "entity 1: 'person' is no kind of row; a label begins with role, meeting, statement, event, cue",
        ),
        (
            json!({"text": "a", "entities": [{"label": "cue", "start_offset": 0, "end_offset": 2}]}),
            "entity 1: it is not within 'text'",
        ),
        (
            json!({"data": {"text": "𝄞"}, "annotations": [{"result": [{"id": "x", "type": "labels", "value": {"start": 0, "end": 1, "labels": ["cue"]}}]}]}),
            "region 'x': it is not within 'data.text'",
        ),
        (json!({"data": {}, "annotations": []}), "no 'data.text'; export from Label Studio as JSON"),
        (json!({"%FEATURE_STRUCTURES": []}), "no text; export from INCEpTION as UIMA CAS JSON 0.4"),
    ] {
        assert_eq!(readings(&page).unwrap_err(), wrong);
    }
}
