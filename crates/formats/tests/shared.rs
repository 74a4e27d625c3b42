//! Real readouts, where they lie beside the repository: they fall into the parts that a reader sees.
#![allow(clippy::unwrap_used, clippy::print_stderr)]

use std::path::PathBuf;

use chancery_formats::{Reading, read};
use chancery_model::{BlockKind, Document};

fn shared(path: &str) -> Option<PathBuf> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    if !path.exists() {
        eprintln!("skipped: no {}", path.display());
    }
    path.exists().then_some(path)
}

fn documents(path: PathBuf) -> Vec<(Document, Vec<String>)> {
    let bytes = std::fs::read(&path).unwrap();
    let made = |r: Reading| (r.outcome.unwrap(), r.suspects);
    read(path.to_str().unwrap(), &bytes).into_iter().map(made).collect()
}

#[test]
fn the_seeds_fall_into_headline_stamp_caption_credit_dateline_and_paragraphs() {
    let Some(folder) = shared("data/seeds") else { return };
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    files.sort();
    for (path, (debris, paragraphs, dates)) in
        files.into_iter().zip([(0, 13, ("2025-10-10", "2025-10-09")), (1, 8, ("2025-09-30", "2025-09-29"))])
    {
        let (document, suspects) = documents(path).remove(0);
        let kinds: Vec<BlockKind> = document.blocks.iter().map(|b| b.kind).collect();
        let mut expected = vec![BlockKind::Debris; debris];
        expected.extend([
            BlockKind::Headline,
            BlockKind::Byline,
            BlockKind::Caption,
            BlockKind::Credit,
            BlockKind::Dateline,
        ]);
        expected.extend(vec![BlockKind::Paragraph; paragraphs]);
        assert_eq!(kinds, expected);
        assert_eq!(document.source.published.unwrap().to_string(), dates.0);
        assert_eq!(document.source.dateline.unwrap().to_string(), dates.1);
        assert_eq!(document.source.publisher.as_deref(), Some("Xinhua"));
        assert_eq!(suspects, [""; 0]);
    }
}

#[test]
fn every_annotated_readout_opens_with_its_headline_once() {
    let Some(path) = shared("gold/dev_docs.jsonl") else { return };
    for (document, suspects) in documents(path) {
        let headlines = document.blocks.iter().filter(|b| b.kind == BlockKind::Headline).count();
        assert_eq!((headlines, document.source.text_offset), (1, 0), "{}", document.id);
        assert_eq!(document.blocks[0].kind, BlockKind::Headline, "{}", document.id);
        assert!(suspects.is_empty(), "{}: {suspects:?}", document.id);
    }
}
