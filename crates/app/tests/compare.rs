//! Texts held against each other: compare, series, ledger, positions, absent, commitments, brief.
#![allow(clippy::unwrap_used)]

mod common;

use common::{Folder, chancery, printed};

const MARCH: &str = "\
Dahl and Rojas meet in Oslo

OSLO, March 4, 2031 (Fjord Wire) -- Norwegian Foreign Minister Zoë Dahl met with Chilean Foreign Minister José Rojas in Oslo on Tuesday.

Norway is willing to work with Chile to deepen cooperation on fisheries, Dahl said. She called for an immediate ceasefire in the Strait of Magellan dispute.

Rojas said that friendship with Norway is Chile’s unwavering policy. Chile firmly supports Norway’s position on issues related to Svalbard, Bouvet and Jan Mayen, he added.
";

const MAY: &str = "\
Rojas receives Dahl

SANTIAGO, May 12, 2031 (Fjord Wire) -- Chilean Foreign Minister José Rojas met with Norwegian Foreign Minister Zoë Dahl in Santiago on Monday.

Norway stands ready to work with Chile to deepen cooperation on fisheries and to build two research ships, Dahl said.

Rojas said that friendship with Norway is Chile’s unwavering stance. Chile supports Norway’s position on issues related to Jan Mayen, Bouvet and Svalbard, he added. He thanked Norway for <b>the seeds</b>.
";

const GAZETTE: &str = "\
Visit of the Norwegian minister

SANTIAGO, May 13, 2031 (Andes Gazette) -- Foreign Minister José Rojas of Chile met with Foreign Minister Zoë Dahl of Norway in Santiago on May 12, 2031.

Rojas said that Chile opposes any ban on whaling research.
";

fn record(folder: &Folder, texts: &[&str]) -> String {
    let record = folder.path("r.db");
    for (n, text) in texts.iter().enumerate() {
        let path = folder.write(&format!("text{n}.txt"), text);
        printed(&chancery(&["add", &path, "--record", &record]));
    }
    record
}

#[test]
fn two_texts_of_one_outlet_are_a_series_and_not_two_sides() {
    let folder = Folder::new("compare-series");
    let record = record(&folder, &[MAY, MARCH]);
    let page = printed(&chancery(&[
        "compare", "d1", "d2", "--seek", "nuclear*", "--seek", "seeds", "--record", &record,
    ]));
    assert!(page.starts_with("d2   2031-03-04  Fjord Wire"), "the earlier comes first: {page}");
    assert!(
        page.contains("successive readouts of one outlet on meetings of the same parties, 69 days apart"),
        "{page}"
    );
    assert!(page.contains("not two sides of one meeting"), "{page}");
    assert!(page.contains("friendship with Norway is Chile’s unwavering [-policy-] {+stance+}"), "{page}");
    assert!(page.contains("[strength: firmly supports → supports]"), "{page}");
    assert!(page.contains("Svalbard, Bouvet, Jan Mayen → ") && page.contains("in another order"), "{page}");
    assert!(page.contains("unwavering: policy (José Rojas, d2."), "one idea in two wordings: {page}");
    assert!(page.contains("in neither: nuclear*"), "{page}");
    let bytes = MARCH.len() + MAY.len();
    assert!(page.contains(&format!("(2 texts, {bytes} bytes searched)")), "{page}");
    assert!(page.contains("seeds: 0 in d2, 1 in d1"), "{page}");
}

#[test]
fn texts_of_two_outlets_on_one_meeting_are_two_sides() {
    let folder = Folder::new("compare-sides");
    let record = record(&folder, &[MAY, GAZETTE]);
    let page = printed(&chancery(&["compare", "M1", "--record", &record]));
    assert!(page.contains("Two readouts of one meeting: by Fjord Wire and by Andes Gazette."), "{page}");
    assert!(page.contains("Chile opposes any ban on whaling research"), "{page}");
}

#[test]
fn a_comparison_for_programs_cites_its_spans() {
    let folder = Folder::new("compare-json");
    let record = record(&folder, &[MARCH, MAY]);
    let json = printed(&chancery(&["compare", "M1", "M2", "--format", "json", "--record", &record]));
    let found: serde_json::Value = serde_json::from_str(&json).unwrap();
    for pair in found["both"].as_array().unwrap() {
        for (side, text) in [("a", MARCH), ("b", MAY)] {
            let claim = &pair[side];
            let spans = claim["spans"].as_array().unwrap();
            let words: Vec<&str> = spans
                .iter()
                .map(|s| {
                    let at = |n: usize| usize::try_from(s[n].as_u64().unwrap()).unwrap();
                    &text[at(0)..at(1)]
                })
                .collect();
            assert_eq!(claim["words"].as_str().unwrap(), words.join(" … "));
        }
    }
    assert!(!found["both"].as_array().unwrap().is_empty());
}

#[test]
fn a_topic_through_a_series_tells_where_it_is_absent() {
    let folder = Folder::new("series");
    let record = record(&folder, &[MARCH, MAY]);
    let series = |topic: &str| {
        printed(&chancery(&["compare", "--series", "NOR-CHL", "--topic", topic, "--record", &record]))
    };
    let page = series("ceasefire");
    assert!(page.contains("said in 1 of 2 texts, absent in 1"), "{page}");
    assert!(page.contains("2031-05-12") && page.contains("\n  absent\n"), "{page}");
}

#[test]
fn what_is_not_said_any_more_comes_with_what_it_was_and_how_much_was_searched() {
    let folder = Folder::new("absent");
    let record = record(&folder, &[MARCH, MAY]);
    let run = chancery(&["absent", "NOR-CHL", "--record", &record]);
    let note = String::from_utf8_lossy(&run.stderr).into_owned();
    let table = printed(&run);
    assert!(table.contains("an immediate ceasefire in the Strait of Magellan dispute"), "{table}");
    assert!(note.contains(&format!("in {} bytes", MARCH.len() + MAY.len())), "{note}");
    let first = chancery(&["absent", "NOR-CHL", "--text", "d1", "--record", &record]);
    assert_eq!(first.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&first.stderr).contains("the only text of the series"), "{first:?}");
}

#[test]
fn a_ledger_counts_the_days_between_meetings_and_gives_the_offices_of_the_day() {
    let folder = Folder::new("ledger");
    let record = record(&folder, &[MARCH, MAY]);
    let csv = printed(&chancery(&["ledger", "NOR", "Rojas", "--format", "csv", "--record", &record]));
    let rows: Vec<&str> = csv.lines().collect();
    assert_eq!(rows.len(), 3, "{csv}");
    assert!(rows[1].starts_with("M1,2031-03-04,,2,in_person,Oslo,NOR,"), "{csv}");
    assert!(rows[2].starts_with("M2,2031-05-12,69,2,in_person,Santiago,CHL,"), "{csv}");
    assert!(rows[1].contains("Zoë Dahl (NOR, Foreign Minister)"), "{csv}");
}

#[test]
fn positions_are_listed_with_their_strength() {
    let folder = Folder::new("positions");
    let record = record(&folder, &[MARCH, MAY]);
    let run = chancery(&[
        "positions",
        "--topic",
        "ceasefire",
        "--country",
        "NOR",
        "--format",
        "jsonl",
        "--record",
        &record,
    ]);
    let row: serde_json::Value = serde_json::from_str(printed(&run).lines().next().unwrap()).unwrap();
    assert_eq!(row["date"], "2031-03-04");
    assert_eq!(row["ladder"], "request 4");
}

#[test]
fn a_commitment_is_followed_to_the_text_that_repeats_it() {
    let folder = Folder::new("commitments");
    let record = record(&folder, &[MARCH, MAY]);
    let csv = printed(&chancery(&["commitments", "NOR-CHL", "--format", "csv", "--record", &record]));
    assert!(csv.contains("1,2031-03-04,made,d1.") && csv.contains("\n1,2031-05-12,"), "{csv}");
}

#[test]
fn a_brief_cites_every_claim_and_lets_no_markup_through() {
    let folder = Folder::new("brief");
    let record = record(&folder, &[MARCH, MAY]);
    let page = printed(&chancery(&["brief", "NOR-CHL", "--record", &record]));
    let cited = page.matches("[^1]").count();
    assert!(cited >= 2, "a mark and its note: {page}");
    assert!(page.contains("## What changed") && page.contains("## Commitments"), "{page}");
    let html = printed(&chancery(&["brief", "NOR-CHL", "--format", "html", "--record", &record]));
    assert!(!html.contains("<b>"), "{html}");
}

#[test]
fn what_cannot_be_compared_is_said_in_a_line() {
    let folder = Folder::new("compare-wrong");
    let record = record(&folder, &[MARCH]);
    for (arguments, wrong) in [
        (&["compare", "d1"][..], "name two texts or meetings"),
        (&["compare", "d1", "d1"], "are in one text, d1"),
        (&["compare", "M1"], "M1 is reported by one text only (d1)"),
        (&["compare", "M7", "d1"], "nothing here has the id 'M7'"),
        (&["compare", "d1", "d9"], "nothing here has the id 'd9'"),
        (&["compare", "--series", "NOR-CHL"], "name a topic"),
        (&["compare", "--series", "NOR-CHL", "--topic", "zzz"], "no topic is named 'zzz'"),
        (
            &["compare", "--series", "PER-BOL", "--topic", "trade"],
            "no text reports a meeting of PER and BOL alone",
        ),
        (&["absent", "PER-BOL"], "no text reports a meeting of PER and BOL alone"),
        (&["absent", "NOR-CHL", "--last", "0"], "count texts: 1 or more"),
        (&["commitments", "PER"], "no text reports a meeting of PER alone"),
        (&["brief", "PER-BOL"], "the record has no meeting of PER and BOL"),
        (&["positions", "--topic", "\u{1b}[31m"], "no topic is named"),
    ] {
        let run = chancery(&[arguments, &["--record", &record]].concat());
        assert_eq!(run.status.code(), Some(1), "{arguments:?}");
        let said = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(said.contains(wrong) && !said.contains('\u{1b}'), "{arguments:?}: {said}");
    }
}
