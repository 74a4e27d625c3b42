//! The scorer against figures that the reference scorer computed on the same files.
#![allow(clippy::unwrap_used)]

mod common;

use common::{chancery, printed};
use serde_json::Value;

#[test]
fn agrees_with_the_reference_scorer() {
    let file = |name: &str| format!("{}/tests/score/{name}", env!("CARGO_MANIFEST_DIR"));
    let [gold, docs, predicted] = ["gold.jsonl", "docs.jsonl", "predicted.jsonl"].map(file);
    let arguments = ["score", &gold, &docs, "--predicted", &predicted, "--json", "--show", "events"];
    let out = printed(&chancery(&arguments));
    let (figures, differences) = out.split_once('\n').unwrap();
    let expected = std::fs::read_to_string(file("expected.json")).unwrap();
    let [figures, expected] = [figures, &expected].map(|json| serde_json::from_str::<Value>(json).unwrap());
    assert_eq!(figures, expected);
    assert_eq!(differences.lines().filter(|line| line.starts_with("MISS")).count(), 2);
    assert_eq!(differences.lines().filter(|line| line.starts_with("EXTRA")).count(), 4);
}

#[test]
fn codes_the_documents_where_no_annotations_are_given() {
    let file = |name: &str| format!("{}/tests/score/{name}", env!("CARGO_MANIFEST_DIR"));
    let out = printed(&chancery(&["score", &file("gold.jsonl"), &file("docs.jsonl")]));
    assert!(out.contains("precision  recall      F1"), "{out}");
    assert!(out.lines().any(|line| line.starts_with("meetings") && line.ends_with("of 3")), "{out}");
}

#[test]
fn a_broken_line_is_named() {
    let folder = common::Folder::new("broken-gold");
    let gold = folder.write("gold.jsonl", "{\"id\": \"a\"}\n{\"id\": \n");
    let run = chancery(&["score", &gold, &gold]);
    assert_eq!(run.status.code(), Some(1));
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains("gold.jsonl:2: broken JSON; write one object a line"), "{said}");
}
