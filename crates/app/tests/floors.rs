//! Scores on annotated readouts do not fall under their floors (`docs/floors.csv`), and the two seeds give exactly their three meetings.
//!
//! The texts are not part of the project: where `../shared` is missing, the tests say so and pass.
#![allow(clippy::unwrap_used)]

mod common;

use std::path::{Path, PathBuf};

use common::{Folder, chancery, printed};
use serde_json::Value;

fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(name);
    if !path.exists() {
        eprintln!("skipped: ../shared/{name} is not there");
        return None;
    }
    Some(path)
}

fn check(set: &str) {
    let (Some(gold), Some(docs)) =
        (shared(&format!("gold/{set}_gold.jsonl")), shared(&format!("gold/{set}_docs.jsonl")))
    else {
        return;
    };
    let run = chancery(&["score", gold.to_str().unwrap(), docs.to_str().unwrap(), "--json"]);
    common::hold(set, &serde_json::from_str(&printed(&run)).unwrap());
}

#[test]
fn the_seeds_are_read_as_their_annotators_read_them() {
    check("seeds");
}

#[test]
fn development_readouts_keep_their_scores() {
    check("dev");
}

#[test]
fn the_seeds_tell_of_exactly_three_meetings_one_of_them_twice() {
    let Some(seeds) = shared("seeds").or_else(|| shared("data/seeds")) else { return };
    let folder = Folder::new("seeds");
    let record = folder.path("record.db");
    printed(&chancery(&["add", seeds.to_str().unwrap(), "--record", &record]));
    let listed = printed(&chancery(&["meetings", "--format", "jsonl", "--record", &record]));
    let rows: Vec<Value> = listed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<(&str, &str, &str)> = rows
        .iter()
        .map(|r| {
            (r["date"].as_str().unwrap(), r["place"].as_str().unwrap(), r["documents"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("2025-09", "Beijing", "d1, d2"),
            ("2025-09-29", "Beijing", "d2"),
            ("2025-10-09", "Pyongyang", "d1"),
        ]
    );
}
