//! What each format gives, what is refused, and how it is said.

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;

fn one(name: &str, bytes: &[u8]) -> (Document, Vec<String>) {
    let mut readings = read(name, bytes);
    assert_eq!(readings.len(), 1);
    let reading = readings.remove(0);
    (reading.outcome.unwrap(), reading.suspects)
}

fn skipped(name: &str, bytes: &[u8]) -> Skip {
    read(name, bytes).remove(0).outcome.unwrap_err()
}

#[test]
fn each_file_of_this_folder_is_in_the_table() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/read");
    for entry in std::fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let name = name.strip_suffix(".rs").unwrap();
        let listed = formats().iter().any(|format| format.name == name);
        assert!(listed || ["mod", "tests"].contains(&name), "{name} is not in FORMATS");
    }
}

#[test]
fn plain_text_is_read_character_for_character() {
    let text = "\n Envoy Meets Queen’s Guard\r\n\r\nNORTHHAVEN, Dec. 30 (Nordwire) -- “Ça va,” he said.\u{a0}\n\nJanuary 2, 2031\n";
    let (document, suspects) = one("news/007_abc.v2.txt", text.as_bytes());
    assert_eq!(document.text, text);
    assert_eq!((document.id.as_str(), document.source.path.as_str()), ("007_abc.v2", "news/007_abc.v2.txt"));
    assert_eq!(document.source.published.unwrap().to_string(), "2031-01-02");
    assert_eq!(document.source.dateline.unwrap().to_string(), "2030-12-30");
    assert_eq!(document.source.dateline_place.as_deref(), Some("NORTHHAVEN"));
    assert_eq!(document.source.publisher.as_deref(), Some("Nordwire"));
    assert_eq!(document.source.raw_sha256.len(), 64);
    assert!(suspects.is_empty(), "{suspects:?}");
}

#[test]
fn front_matter_gives_the_fields_of_a_markdown_text() {
    let text = "---\ntitle: \"Readout of Queen\\_Ása\\u2019s Call\"\ndate: 2031-05-06 10:00:00-05:00\nsource_url: https://www.court.example/a\n---\n\n\
                Queen Ása spoke with the envoy.\n";
    let (document, _) = one("a.md", text.as_bytes());
    assert_eq!(document.source.published.unwrap().to_string(), "2031-05-06");
    assert_eq!(document.source.url.as_deref(), Some("https://www.court.example/a"));
    assert_eq!(document.source.publisher.as_deref(), Some("court.example"));
    let own = &document.text[document.source.text_offset as usize..];
    assert_eq!(own, "\nQueen Ása spoke with the envoy.\n");
    assert_eq!(document.blocks[0].kind, chancery_model::BlockKind::Headline);
}

#[test]
fn json_lines_are_documents_and_a_broken_one_keeps_the_others() {
    let lines = r#"{"id": "a-1", "published": "2031-01-02", "title": "Call with Queen\\_Ása", "text": "Call with Queen Ása\n\nThey spoke.", "place": "Northhaven", "source": "Court", "url": "https://court.example/1", "language": "en"}
{"id": "broken

{"date": "2031-01-03", "title": "Call", "text": "The two spoke."}
{"title": "No text"}
{"id": 7, "published": "soon", "text": "Ö"}"#;
    let readings = read("in/calls.jsonl", lines.as_bytes());
    let places: Vec<&str> = readings.iter().map(|r| r.place.as_str()).collect();
    assert_eq!(
        places,
        ["in/calls.jsonl:1", "in/calls.jsonl:2", "in/calls.jsonl:4", "in/calls.jsonl:5", "in/calls.jsonl:6"]
    );
    let document = readings[0].outcome.as_ref().unwrap();
    assert_eq!((document.id.as_str(), document.source.text_offset), ("a-1", 0));
    assert_eq!(document.text, "Call with Queen Ása\n\nThey spoke.");
    assert_eq!(document.source.place.as_deref(), Some("Northhaven"));
    assert_eq!(document.source.publisher.as_deref(), Some("Court"));
    assert!(readings[1].outcome.as_ref().unwrap_err().failed);
    let document = readings[2].outcome.as_ref().unwrap();
    assert_eq!((document.id.as_str(), document.text.as_str()), ("calls-4", "Call\n\nThe two spoke."));
    assert_eq!((document.source.text_offset, document.code_point(6)), (6, 0));
    assert_eq!(readings[3].outcome.as_ref().unwrap_err().why, "no field 'text'");
    assert_eq!(readings[4].outcome.as_ref().unwrap().id, "7");
    assert_eq!(readings[4].suspects, ["published 'soon' is no date; write YYYY-MM-DD", "no date found"]);
}

#[test]
fn one_object_or_one_array_is_read_as_well() {
    let (document, _) = one("x.json", b"{\n \"text\": \"The two spoke.\",\n \"date\": \"2031-01-03\"\n}");
    assert_eq!((document.id.as_str(), document.source.path.as_str()), ("x", "x.json"));
    let readings = read("-", "[{\"text\": \"Å\"}, 3]".as_bytes());
    assert_eq!(readings[0].outcome.as_ref().unwrap().id, "stdin-1");
    assert_eq!(readings[1].outcome.as_ref().unwrap_err().why, "item 2 of the array is no object");
}

#[test]
fn a_web_page_gives_its_article_without_the_page_around_it() {
    let filler = "The two ministers spoke about the fish of the northern lake, and they agreed to meet again there in spring.";
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>Envoy Meets Queen Ása - Court</title>\
         <meta property=\"article:published_time\" content=\"2031-05-06T10:00:00Z\"><meta property=\"og:site_name\" content=\"Court\"></head>\
         <body><nav><a href=\"/\">Home</a></nav><article><h1>Envoy Meets Queen Ása</h1><p>{filler}</p><p>{filler}</p><p>“{filler}”</p></article>\
         <footer>Imprint</footer></body></html>"
    );
    let (document, suspects) = one("page", page.as_bytes());
    assert_eq!(document.source.published.unwrap().to_string(), "2031-05-06");
    assert_eq!(document.source.publisher.as_deref(), Some("Court"));
    assert_eq!(document.source.title.as_deref(), Some("Envoy Meets Queen Ása"));
    let kinds: Vec<&str> = document.blocks.iter().map(|b| b.kind.name()).collect();
    assert_eq!(kinds, ["headline", "paragraph", "paragraph", "paragraph"]);
    assert!(!document.text.contains("Imprint") && !document.text.contains('<'));
    assert!(suspects.is_empty(), "{suspects:?}");
    let (document, _) =
        one("s.htm", "<!doctype html><h1>Queen Ása speaks</h1><p>The queen spoke.</p>".as_bytes());
    assert_eq!(document.text, "Queen Ása speaks\n\nThe queen spoke.");
    let nested = format!("<html><body>{}The queen spoke.", "<div>".repeat(1_900));
    assert_eq!(one("nested.html", nested.as_bytes()).0.text.trim(), "The queen spoke.");
    let deep = format!("<html><body>{}", "<div>".repeat(100_000));
    assert!(skipped("deep.html", deep.as_bytes()).failed);
}

#[test]
fn encodings_are_detected_and_said() {
    let text = "Queen Ása’s envoy spoke — at length — about the “blue border” of the Élan bay. Où est-il? Über die Brücke.";
    let (bytes, ..) = encoding_rs::WINDOWS_1252.encode(text);
    let (document, suspects) = one("a.txt", &bytes);
    assert_eq!(document.text, text);
    assert_eq!(suspects[0], "decoded as windows-1252, not UTF-8");
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let (document, suspects) = one("a.txt", &utf16);
    assert_eq!(document.text, text);
    assert_eq!(suspects[0], "decoded as UTF-16LE, not UTF-8");
    let marked = format!("\u{feff}{text}");
    assert_eq!(one("a.txt", marked.as_bytes()).0.text, text);
    let mut damaged = text.repeat(3).into_bytes();
    damaged.push(0xFF);
    assert_eq!(one("a.txt", &damaged).1[0], "decoded as UTF-8 with characters lost; save it as UTF-8");
}

#[test]
fn what_is_no_text_is_skipped_with_a_reason() {
    assert_eq!(skipped("a.txt", b"").why, "empty");
    assert_eq!(skipped("a.txt", " \n\u{a0}\n".as_bytes()).why, "empty");
    assert_eq!(skipped("a.bin", b"MZ\0\0\x01").why, "not text: it holds NUL bytes");
    assert_eq!(skipped("a.txt", b"%PDF-1.7 ...").why, "not text but a PDF");
    assert!(!skipped("a.txt", b"").failed);
}

#[test]
fn a_huge_single_line_is_skipped_quickly() {
    let huge = "Fish and trade. ".repeat(3_200_000);
    let skip = skipped("huge.txt", huge.as_bytes());
    assert_eq!(skip.why, "51 MB in one document; up to 20 MB are read, cut it into its articles");
    let line = format!("{{\"text\": \"{huge}\"}}\n{{\"text\": \"The two spoke.\"}}");
    let readings = read("huge.jsonl", line.as_bytes());
    assert!(readings[0].outcome.is_err() && readings[1].outcome.is_ok());
}

#[test]
fn dates_far_apart_and_missing_dates_are_suspect() {
    let text = "NORTHHAVEN, Aug. 1 (Nordwire) -- They spoke.";
    let line = format!("{{\"published\": \"2031-10-10\", \"text\": \"{text}\"}}");
    let reading = read("-", line.as_bytes()).remove(0);
    assert_eq!(reading.suspects, ["published 2031-10-10 but dateline 2031-08-01, 70 days apart"]);
    assert_eq!(read("-", b"They spoke.").remove(0).suspects, ["no date found"]);
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_skipped(bytes in prop::collection::vec(any::<u8>(), 0..400), name in "[a-z]{0,3}(\\.(txt|md|html|jsonl|json))?") {
        for reading in read(&name, &bytes) {
            if let Ok(document) = reading.outcome {
                prop_assert!(document.blocks.iter().all(|b| !document.slice(b.span).is_empty()));
            }
        }
    }

    #[test]
    fn any_marked_up_text_is_read_or_skipped(text in "(<[/]?[a-z!]{0,6}( [a-z]{1,4}=\"[^<]{0,6}\")?>|[{}\\[\\]\":,]|---\n|title: |\\PC{0,8}|\n){0,40}", name in "a\\.(txt|md|html|jsonl|json)") {
        let _ = read(&name, text.as_bytes());
    }

    #[test]
    fn plain_text_is_never_changed(text in "\\PC{1,80}\n\\PC{0,80}") {
        for reading in read("a.txt", text.as_bytes()) {
            if let Ok(document) = reading.outcome && document.source.title.is_none() && !text.contains(['{', '[', '<']) {
                prop_assert_eq!(&document.text, &text);
            }
        }
    }
}
