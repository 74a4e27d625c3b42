//! The texts that two programs are compared on: always the same.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

/// Sets of sentences that may be read; the third is kept for scores alone.
const SENTENCES: [&str; 2] = ["dev", "dev2"];

/// Of the real readouts each so-manieth is taken.
const EVERY: usize = 40;

/// Files and folders that `chancery code` reads, and what they are.
pub(super) struct Sample {
    pub(super) paths: Vec<PathBuf>,
    pub(super) about: String,
}

/// The examples, the sentences and, where there are any, real readouts; files are written in the folder.
pub(super) fn sample(folder: &Path) -> Result<Sample, String> {
    let root = crate::root();
    let mut sentences = String::new();
    for name in SENTENCES {
        let path = root.join(format!("crates/app/tests/events/{name}.txt"));
        sentences += &self::sentences(name, &read(&path)?);
    }
    let (examples, file) = (root.join("examples/readouts"), folder.join("sentences.jsonl"));
    write(&file, &sentences)?;
    let mut about = format!("the examples, {} sentences", sentences.lines().count());
    let mut paths = vec![examples, file];
    match readouts(&root.join("../shared/data/readouts"))? {
        Some(readouts) => {
            let file = folder.join("readouts.jsonl");
            write(&file, &readouts)?;
            let _ = write!(about, ", {} readouts", readouts.lines().count());
            paths.push(file);
        }
        None => about += "; no readouts: there are none in ../shared/data",
    }
    Ok(Sample { paths, about })
}

/// Each sentence of a set as a document `dev-17`, after its place in the set.
fn sentences(name: &str, text: &str) -> String {
    let blocks = text.split("\n\n").filter_map(|block| {
        let mut lines = block.trim().lines();
        let date = lines.next()?.strip_prefix("### ")?.split(' ').next()?;
        Some((date, lines.next()?))
    });
    let line = |(number, (date, text)): (usize, (&str, &str))| {
        format!("{}\n", json!({ "id": format!("{name}-{number}"), "published": date, "text": text }))
    };
    (1..).zip(blocks).map(line).collect()
}

/// Lines of the files in a folder, taken evenly from each; none where there is no folder.
fn readouts(folder: &Path) -> Result<Option<String>, String> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(None) };
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|kind| kind == "jsonl"));
    files.sort();
    let mut out = String::new();
    for file in files {
        out.extend(read(&file)?.lines().step_by(EVERY).flat_map(|line| [line, "\n"]));
    }
    Ok(Some(out))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_sentence_of_a_set_is_a_document_of_its_day() {
        let set = "# About\n\n## AGREE\n\n### 2004-06-17 AFP\nChad met Sudan.\nCONSULT TCD SDN > -\n\n### 2005-01-02 AP\nIt rained.\n-\n";
        let lines: Vec<String> = super::sentences("dev", set).lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0], r#"{"id":"dev-1","published":"2004-06-17","text":"Chad met Sudan."}"#);
        assert!(lines[1].contains("dev-2"));
    }
}
