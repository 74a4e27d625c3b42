//! What a person asks of wordings on the command line, and what wrong questions get.
#![allow(clippy::unwrap_used)]

mod common;

use std::path::Path;
use std::process::Output;

use chancery_corpus::{Corpus, Filter, Phrase, Scope, Vocabulary, Wanted};
use rusqlite::Connection;

use common::{Folder, chancery, printed};

/// Three readouts of one ministry over three months.
fn record(folder: &Folder) -> String {
    let text = |month: u8, stance: &str| {
        format!(
            "OSLO, March 4, 2031 (Fjord Wire) -- Norwegian Foreign Minister Zoë Dahl met with Chilean President José Rojas in \
             Oslo on 2031-0{month}-04.\n\nDahl said that Norway keeps to its “unwavering {stance}” on open\u{a0}harbours.\n"
        )
    };
    let line = |month: u8, stance: &str| {
        let text = text(month, stance);
        serde_json::json!({"id": format!("r{month}"), "date": format!("2031-0{month}-05"), "publisher": "Fjord Wire", "text": text}).to_string()
    };
    let lines = [line(3, "policy"), line(4, "stance"), line(5, "stance")].join("\n");
    let (texts, record) = (folder.write("texts.jsonl", lines), folder.path("r.db"));
    printed(&chancery(&["add", &texts, "--record", &record]));
    record
}

fn ask(record: &str, arguments: &[&str]) -> Output {
    chancery(&[arguments, &["--record", record]].concat())
}

#[test]
fn a_phrase_comes_with_first_last_and_what_was_searched() {
    let folder = Folder::new("phrase");
    let record = record(&folder);
    let page = printed(&ask(&record, &["phrase", "Unwavering stance"]));
    assert!(
        page.starts_with("\"unwavering stance\"  2 of 3 texts · 2 uses\nsearched: 3 texts of 2031-03-0"),
        "{page}"
    );
    assert!(page.contains(" bytes\n") && page.contains("its “[unwavering stance]” on open"), "{page}");
    for by in ["\nyear  ", "\nby month  ", "\nspeaker ", "\noutlet ", "\ndyad ", "CHL-NOR"] {
        assert!(page.contains(by), "{by}: {page}");
    }
    let none = printed(&ask(&record, &["phrase", "(a+)+$"]));
    assert!(none.starts_with("\"(a+)+$\"  0 of 3 texts") && none.ends_with("nothing matched\n"), "{none}");
    let both = printed(&ask(&record, &["phrase", "unwavering *", "open harbours"]));
    assert!(both.contains("unwavering *   3      3   3 "), "{both}");
}

#[test]
fn uses_and_variants_are_rows() {
    let folder = Folder::new("phrase-rows");
    let record = record(&folder);
    let csv = printed(&ask(&record, &["phrase", "open harbours", "--list", "--format", "csv"]));
    assert!(csv.starts_with("phrase,id,date,speaker,start,stop,sentence\r\nopen harbours,d1,"), "{csv}");
    assert_eq!(csv.lines().count(), 4);
    let lines = printed(&ask(&record, &["phrase", "unwavering policy", "--variants", "--format", "jsonl"]));
    let row: serde_json::Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&row["family"], &row["words"], &row["texts"]),
        (&"* policy".into(), &"unwavering policy".into(), &1.into())
    );
    assert!(lines.contains("\"words\":\"unwavering stance\",\"texts\":2,\"of\":3"), "{lines}");
    let tidy = printed(&ask(&record, &["phrase", "open harbours", "--format", "csv"]));
    assert!(
        tidy.starts_with("phrase,by,key,texts,of,uses,first,last,bytes,undated\r\nopen harbours,all,,3,3,3,"),
        "{tidy}"
    );
}

#[test]
fn formulae_of_a_period_come_with_their_counts() {
    let folder = Folder::new("formulae");
    let line = |n: u8| {
        let words = if n > 40 { "a lasting harbour truce" } else { "the calm open sea" };
        let text = format!("The two ministers want {words}, they said in their talks about the number {n}.");
        serde_json::json!({"id": format!("r{n}"), "date": format!("20{n:02}-05-05"), "text": text})
            .to_string()
    };
    let lines: Vec<String> = (20..50).map(line).collect();
    let (texts, record) = (folder.write("texts.jsonl", lines.join("\n")), folder.path("r.db"));
    printed(&chancery(&["add", &texts, "--record", &record]));
    let new = printed(&ask(&record, &["new", "--since", "2041"]));
    assert!(new.starts_with("2041-01-01 to 2049-05-05: 9 texts against 21 texts before\n"), "{new}");
    assert!(
        new.contains("lasting harbour truce  new ")
            && new.contains("The [two ministers want a lasting harbour truce], they"),
        "{new}"
    );
    let vanished = printed(&ask(&record, &["vanished", "--since", "2041", "--format", "jsonl"]));
    let row: serde_json::Value = serde_json::from_str(vanished.lines().next().unwrap()).unwrap();
    assert_eq!((&row["trend"], &row["before"], &row["before_of"]), (&"gone".into(), &21.into(), &21.into()));
    assert!(row["formula"].as_str().unwrap().contains("calm open sea"), "{row}");
}

#[test]
fn a_wrong_question_gets_a_clear_line_at_once() {
    let folder = Folder::new("phrase-wrong");
    let record = record(&folder);
    let long = "harbour ".repeat(10_000);
    for (arguments, wrong) in [
        (&["phrase", ""][..], "an empty phrase; give the words to look for, in quotes"),
        (&["phrase", "*"], "a phrase of '*' alone"),
        (&["phrase", &long], "a phrase of 10000 words; 200 are the most"),
        (
            &["phrase", "open", "--speaker", "Zoe Dal"],
            "no speaker 'Zoe Dal' in the record; the nearest is 'Zoë Dahl'",
        ),
        (
            &["phrase", "open", "--outlet", "Fjord"],
            "no outlet 'Fjord' in the record; the nearest is 'Fjord Wire'",
        ),
        (
            &["phrase", "open", "--country", "chn"],
            "no party to a meeting 'CHN' in the record; the nearest is 'CHL'",
        ),
        (&["phrase", "open", "--from", "2032", "--to", "2031"], "--from 2032 is after --to 2031"),
        (
            &["phrase", "open", "--from", "2040"],
            "no text of the record meets these conditions; its texts are of 2031-",
        ),
        (&["phrase", "open", "--variants"], "a phrase of one word has no variants"),
        (&["new", "--since", "2040"], "the period from 2040-01-01 to "),
        (&["vanished", "--until", "1999"], "the period from "),
    ] {
        let run = ask(&record, arguments);
        let said = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(1), "{said}");
        assert!(
            said.starts_with("chancery: ") && said.contains(wrong) && said.lines().count() == 1,
            "{said}"
        );
    }
    let nonsense = ask(&record, &["new", "--since", "2031-02-30"]);
    assert_eq!(nonsense.status.code(), Some(2));
    let nowhere = chancery(&["phrase", "open", "--record", &folder.path("none.db")]);
    assert!(String::from_utf8_lossy(&nowhere.stderr).contains("no record here"));
    let nothing = folder.write("none.txt", "");
    chancery(&["add", &nothing, "--record", &folder.path("empty.db")]);
    for arguments in [&["phrase", "open"][..], &["new", "--since", "2031"], &["vanished"]] {
        let run = ask(&folder.path("empty.db"), arguments);
        assert!(String::from_utf8_lossy(&run.stderr).contains("the record holds no text"), "{run:?}");
        assert_eq!(run.status.code(), Some(1));
    }
}

/// What is kept with the links answers as the texts of the examples themselves do.
#[test]
fn the_examples_answer_alike_with_and_without_what_is_kept() {
    let folder = Folder::new("kept");
    let (record, bare) = (folder.path("r.db"), folder.path("bare.db"));
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/readouts");
    printed(&chancery(&["add", examples, "--record", &record]));
    Connection::open(&record).unwrap().execute("VACUUM INTO ?1", [&bare]).unwrap();
    Connection::open(&bare).unwrap().execute("UPDATE setting SET value = 0", []).unwrap();
    let [kept, bare] = [record, bare].map(|path| Corpus::look(Path::new(&path)).unwrap());
    let (mut uses, mut told) = (0, 0);
    for words in
        ["cooperation", "the * minister", "met with", "* sides", "both sides agreed", "\"", "support*"]
    {
        let phrase: Phrase = words.parse().unwrap();
        let ask = |corpus: &Corpus| {
            corpus.track_with_forms(&phrase, &phrase.families(), &Scope::default()).unwrap()
        };
        let (answer, plainly) = (ask(&kept), ask(&bare));
        uses += answer.tracks[0].uses.len();
        assert_eq!(answer, plainly, "{words}");
    }
    for (wanted, since) in [
        (Wanted::New, "2031-03"),
        (Wanted::New, "2031-09"),
        (Wanted::Vanished, "2031-05"),
        (Wanted::Vanished, "2031-10"),
    ] {
        let ask = |corpus: &Corpus| {
            let period = (since.parse().ok(), None);
            corpus.news(wanted, period, &Scope::default(), 200).map_err(|wrong| wrong.trouble)
        };
        told += usize::from(ask(&kept).is_ok());
        assert_eq!(ask(&kept), ask(&bare), "{since}");
    }
    let vocabulary = Vocabulary::embedded();
    let all: Vec<usize> = (0..vocabulary.topics().len()).collect();
    let sheet =
        |corpus: &Corpus| corpus.position_sheet(&Filter::default(), &all, vocabulary, (1, 9)).unwrap();
    assert_eq!(sheet(&kept), sheet(&bare));
    assert!(uses > 5 && told > 0 && sheet(&kept).of > 5, "{uses} {told} {}", sheet(&kept).of);
}
