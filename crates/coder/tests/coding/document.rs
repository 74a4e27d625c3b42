//! A document written down with its blocks: `[kind] words`, one block between blank lines.

use chancery_model::{Block, BlockKind, Document, Source, Span};

const KINDS: [BlockKind; 9] = [
    BlockKind::Headline,
    BlockKind::Byline,
    BlockKind::Caption,
    BlockKind::Credit,
    BlockKind::Dateline,
    BlockKind::Paragraph,
    BlockKind::ListItem,
    BlockKind::Speaker,
    BlockKind::Debris,
];

/// The document that `marked` writes down. A first block `[source]` holds the day and place of publication, a field a line.
pub(crate) fn document(id: &str, marked: &str) -> Document {
    let mut out =
        Document { id: id.to_owned(), source: Source::default(), text: String::new(), blocks: Vec::new() };
    for block in marked.split("\n\n").map(str::trim).filter(|b| !b.is_empty()) {
        let marked = block.strip_prefix('[').and_then(|b| b.split_once(']'));
        let (mark, words) = marked.expect("a block begins with its kind in square brackets");
        let words = words.trim();
        if mark == "source" {
            out.source = source(words);
            continue;
        }
        let kind = KINDS.into_iter().find(|k| k.name() == mark);
        let kind = kind.expect("the kind of a block is one of those of the model");
        if !out.text.is_empty() {
            out.text += "\n\n";
        }
        let start = out.text.len();
        out.text += words;
        out.blocks.push(Block { kind, span: Span::new(start, out.text.len()), reason: None });
    }
    out
}

fn source(lines: &str) -> Source {
    let mut out = Source::default();
    for (field, value) in lines.lines().filter_map(|line| line.split_once(": ")) {
        let date = || Some(value.parse().expect("a date of the source is YYYY-MM-DD"));
        let words = || Some(value.to_owned());
        match field {
            "published" => out.published = date(),
            "dateline" => out.dateline = date(),
            "dateline place" => out.dateline_place = words(),
            "place" => out.place = words(),
            "publisher" => out.publisher = words(),
            _ => panic!("'{field}' is no field of the source"),
        }
    }
    out
}
