//! `chancery export` writes whole folders that other programs can read, or nothing.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::{Folder, chancery, printed, readout};

const FORMATS: [&str; 8] = ["plover", "polecat", "icews", "gdelt", "csv", "jsonl", "graph", "panel"];

fn record(folder: &Folder) -> String {
    let record = folder.path("r.db");
    for (name, day) in [("oslo.txt", 4), ("santiago.txt", 4), ("later.txt", 5)] {
        let text = readout(day).replace("deepen", if name == "santiago.txt" { "broaden" } else { "deepen" });
        printed(&chancery(&["add", &folder.write(name, text), "--record", &record]));
    }
    record
}

fn files(folder: &str) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let file = |path: std::path::PathBuf| {
        (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(path).unwrap())
    };
    entries.map(file).collect()
}

#[test]
fn every_format_comes_with_a_codebook_and_checksums_and_is_the_same_twice() {
    let folder = Folder::new("export-all");
    let record = record(&folder);
    for format in FORMATS {
        let out = folder.path(format);
        let once = printed(&chancery(&["export", format, &out, "--record", &record]));
        assert!(once.contains(" row") || once.contains(" edge"), "{once}");
        let first = files(&out);
        printed(&chancery(&["export", format, &out, "--record", &record]));
        assert_eq!(first, files(&out), "{format}");
        let package: serde_json::Value = serde_json::from_slice(&first["datapackage.json"]).unwrap();
        let listed = package["resources"].as_array().unwrap();
        assert_eq!(listed.len() + 2, first.len(), "every file is listed: {format}");
        for resource in listed {
            let bytes = &first[resource["path"].as_str().unwrap()];
            assert_eq!(resource["bytes"], bytes.len());
            let sum = chancery::corpus::Raw::new(bytes.clone());
            assert_eq!(resource["hash"], format!("sha256:{}", sum.sha256()));
        }
        let book = String::from_utf8(first["codebook.md"].clone()).unwrap();
        assert!(book.starts_with("# ") && !book.contains("|  |"), "{book}");
    }
}

#[test]
fn one_meeting_in_two_documents_is_one_event_with_two_mentions() {
    let folder = Folder::new("export-one");
    let record = record(&folder);
    let out = folder.path("csv");
    printed(&chancery(&["export", "csv", &out, "--record", &record]));
    let read = |name: &str| {
        let bytes = files(&out).remove(name).unwrap();
        let mut reader = csv(&bytes);
        let columns = reader.remove(0);
        let at = move |name: &str| columns.iter().position(|c| c == name).unwrap();
        (reader, at)
    };
    let (happenings, column) = read("happenings.csv");
    let meetings: Vec<_> = happenings.iter().filter(|row| row[column("plover")] == "CONSULT").collect();
    assert_eq!(meetings.len(), 2, "two days: {happenings:?}");
    assert_eq!(meetings[0][column("mentions")], "2");
    let (mentions, at) = read("event_mentions.csv");
    assert_eq!(mentions.iter().filter(|row| row[at("happening")] == meetings[0][column("id")]).count(), 2);
}

/// The cells of a CSV file in which no cell has a comma inside quotes at its ends only.
fn csv(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = std::str::from_utf8(bytes).unwrap();
    let cells = |line: &str| {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        for letter in line.chars() {
            match letter {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                _ => cells.last_mut().unwrap().push(letter),
            }
        }
        cells
    };
    text.lines().map(cells).collect()
}

#[test]
fn a_filter_narrows_and_the_codebook_says_so() {
    let folder = Folder::new("export-filter");
    let record = record(&folder);
    let out = folder.path("polecat");
    printed(&chancery(&[
        "export",
        "polecat",
        &out,
        "--record",
        &record,
        "--from",
        "2031-03-05",
        "--country",
        "chl",
    ]));
    let files = files(&out);
    let events = String::from_utf8(files["events.tsv"].clone()).unwrap();
    assert!(events.lines().skip(1).all(|line| line.contains("2031-03-05")), "{events}");
    assert!(events.lines().count() > 1);
    assert!(
        String::from_utf8_lossy(&files["codebook.md"]).contains("Narrowed to: country CHL, from 2031-03-05.")
    );
}

#[test]
fn a_folder_that_holds_other_things_is_refused_unless_told() {
    let folder = Folder::new("export-other");
    let record = record(&folder);
    let note = folder.write("out/note.txt", "mine");
    let out = folder.path("out");
    let refused = chancery(&["export", "icews", &out, "--record", &record]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&refused.stderr).contains("holds other things (note.txt)"),
        "{refused:?}"
    );
    assert_eq!(files(&out).len(), 1);
    printed(&chancery(&["export", "icews", &out, "--record", &record, "--overwrite"]));
    assert_eq!(std::fs::read_to_string(note).unwrap(), "mine");
    assert!(Path::new(&folder.path("out/events.tsv")).exists());
    std::fs::remove_file(folder.path("out/note.txt")).unwrap();
    printed(&chancery(&["export", "gdelt", &out, "--record", &record]));
    assert!(!files(&out).contains_key("events.tsv"), "an earlier export makes room");
    let file = folder.write("file", "x");
    assert_eq!(chancery(&["export", "csv", &file, "--record", &record]).status.code(), Some(1));
}

#[test]
fn nothing_is_left_of_an_export_that_fails() {
    let folder = Folder::new("export-fails");
    let missing = chancery(&["export", "csv", &folder.path("out"), "--record", &folder.path("none.db")]);
    assert_eq!(missing.status.code(), Some(1));
    if !cfg!(feature = "parquet") {
        let record = record(&folder);
        let run = chancery(&["export", "parquet", &folder.path("out"), "--record", &record]);
        assert!(String::from_utf8_lossy(&run.stderr).contains("--features parquet"), "{run:?}");
    }
    assert!(!folder.0.join("out").exists());
    assert!(!folder.0.join(".out.unfinished").exists());
}
