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
