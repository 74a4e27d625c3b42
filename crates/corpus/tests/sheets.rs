//! Sheets of rows: put together they are the whole list, whatever is asked for.
#![allow(clippy::unwrap_used)]

#[path = "../benches/desk/made.rs"]
mod made;

use std::collections::BTreeSet;

use chancery_corpus::{Corpus, Filter, Kind, Raw, Vocabulary};
use serde_json::Value;

const KINDS: [Kind; 7] = [
    Kind::Documents,
    Kind::Meetings,
    Kind::People,
    Kind::Statements,
    Kind::Events,
    Kind::Roles,
    Kind::Doubts,
];

/// A record of made-up texts that is gone with the test.
fn made_up(name: &str, texts: usize) -> (Corpus, impl Drop) {
    struct Gone(std::path::PathBuf);
    impl Drop for Gone {
        fn drop(&mut self) {
            let _ = std::fs::remove_dir_all(&self.0);
        }
    }
    let folder = std::env::temp_dir().join(format!("chancery-sheets-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let mut corpus = Corpus::open(&folder.join("r.db")).unwrap();
    for n in 0..texts {
        let (document, analysis, record) = made::text(n, 3, 4);
        corpus.add(&document, &analysis, &record, &Raw::new(document.text.clone().into_bytes())).unwrap();
    }
    corpus.link().unwrap();
    (corpus, Gone(folder))
}

/// All rows, sheet by sheet.
fn leafed(corpus: &Corpus, kind: Kind, filter: &Filter, size: usize) -> Vec<Vec<Value>> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let sheet = corpus.sheet(kind, filter, after.as_deref(), size).unwrap();
        assert!(sheet.listing.rows.len() <= size);
        rows.extend(sheet.listing.rows);
        match sheet.next {
            Some(next) => after = Some(next),
            None => return rows,
        }
    }
}

fn filters() -> Vec<Filter> {
    let of = |country: Option<&str>, person: Option<&str>, from: Option<&str>, to: Option<&str>| Filter {
        country: country.map(str::to_owned),
        person: person.map(str::to_owned),
        from: from.map(|d| d.parse().unwrap()),
        to: to.map(|d| d.parse().unwrap()),
    };
    vec![
        Filter::default(),
        of(Some("USA"), None, None, None),
        of(Some("VAT"), None, None, None),
        of(None, Some("dahl"), None, None),
        of(None, Some("Nobody At All"), None, None),
        of(None, None, Some("2000-01-02"), None),
        of(None, None, None, Some("2000-01-01")),
        of(Some("CHN"), Some("roy"), Some("2000-01"), Some("2000")),
        of(Some("CHN"), None, Some("2000-01-02"), Some("2000-01-03")),
        of(None, Some("dahl"), Some("2000-01-02"), None),
        of(None, None, Some("1999"), Some("1999-12-31")),
    ]
}

#[test]
fn sheets_together_hold_the_rows_of_the_list_each_once() {
    let (corpus, _gone) = made_up("all", 100);
    for kind in KINDS {
        for filter in filters() {
            let whole = corpus.list(kind, &filter).unwrap().rows;
            let leafed = leafed(&corpus, kind, &filter, 7);
            assert_eq!(leafed.len(), whole.len(), "{kind:?} {filter:?}");
            let set = |rows: &[Vec<Value>]| rows.iter().map(|r| format!("{r:?}")).collect::<BTreeSet<_>>();
            assert_eq!(set(&leafed), set(&whole), "{kind:?} {filter:?}");
        }
    }
}

#[test]
fn the_parts_of_a_ledger_are_the_ledger() {
    let (corpus, _gone) = made_up("ledger", 200);
    let of = |codes: &[&str], persons: &[&str]| {
        let owned = |all: &[&str]| all.iter().map(|&one| one.to_owned()).collect::<Vec<_>>();
        (owned(codes), owned(persons))
    };
    for (codes, persons) in [of(&["CHN", "USA"], &[]), of(&["USA"], &["roy"]), of(&[], &["dahl"])] {
        let whole = corpus.ledger(&codes, &persons).unwrap();
        assert!(whole.len() > 3, "{codes:?} {persons:?}");
        let (mut parts, mut after) = (Vec::new(), 0);
        loop {
            let part = corpus.ledger_part(&codes, &persons, after, 3).unwrap();
            assert_eq!(part.of, whole.len());
            after += part.entries.len();
            match part.entries.is_empty() {
                true => break,
                false => parts.splice(0..0, part.entries).for_each(drop),
            }
        }
        assert_eq!(parts, whole);
    }
}

#[test]
fn the_parts_of_a_series_are_the_series() {
    let (corpus, _gone) = made_up("series", 400);
    let (parties, vocabulary) = (["CHN".to_owned(), "USA".to_owned()], Vocabulary::embedded());
    let topics: Vec<usize> = (0..vocabulary.topics().len()).collect();
    let whole = corpus.series(&parties, &[], &topics, vocabulary).unwrap();
    assert_eq!((whole.turns.len(), whole.of), (10, 10));
    let mut after = 0;
    for turns in whole.turns.rchunks(4) {
        let part = corpus.series_part(&parties, &[], &topics, vocabulary, (after, 4)).unwrap();
        let shown = |turns: &[chancery_corpus::Turn]| format!("{turns:?}");
        assert_eq!(shown(&part.turns), shown(turns));
        after += turns.len();
    }
}

#[test]
fn what_is_counted_beforehand_is_what_there_is() {
    let (mut corpus, _gone) = made_up("counted", 80);
    let totals = corpus.totals().unwrap();
    let all = |kind| corpus.list(kind, &Filter::default()).unwrap().rows.len() as u32;
    assert_eq!((totals.statements, all(Kind::Statements)), (240, 240));
    assert_eq!((totals.events, totals.roles), (all(Kind::Events), all(Kind::Roles)));
    let vocabulary = Vocabulary::embedded();
    let (counts, on_any) = corpus.topic_counts(vocabulary).unwrap();
    let topics: Vec<usize> = (0..counts.len()).collect();
    let found = corpus.positions(&Filter::default(), &topics, vocabulary).unwrap();
    assert_eq!((on_any, found.searched), (found.rows.len(), 240));
    for topic in topics {
        let on_topic = corpus.positions(&Filter::default(), &[topic], vocabulary).unwrap();
        assert_eq!(on_topic.rows.len(), counts[topic]);
    }
    let met: u32 = corpus.dyads(1000).unwrap().iter().map(|dyad| dyad.meetings).sum();
    assert_eq!(met, totals.meetings, "each made-up meeting is of two sides");

    // Until links are made anew nothing is taken from before.
    let (document, analysis, record) = made::text(80, 3, 4);
    corpus.add(&document, &analysis, &record, &Raw::new(document.text.clone().into_bytes())).unwrap();
    assert_eq!(corpus.totals().unwrap().statements, 243);
    let all: Vec<usize> = (0..vocabulary.topics().len()).collect();
    let asked = |corpus: &Corpus| -> Vec<_> {
        let found = filters().into_iter().map(|filter| corpus.positions(&filter, &all, vocabulary).unwrap());
        found.map(|found| (found.searched, found.rows)).collect()
    };
    let read = asked(&corpus);
    corpus.link().unwrap();
    assert_eq!(asked(&corpus), read);
}

#[test]
fn the_size_of_a_sheet_does_not_change_the_order() {
    let (corpus, _gone) = made_up("order", 60);
    for kind in KINDS {
        let one = leafed(&corpus, kind, &Filter::default(), 1000);
        assert_eq!(leafed(&corpus, kind, &Filter::default(), 3), one, "{kind:?}");
    }
    let dates: Vec<String> =
        leafed(&corpus, Kind::Documents, &Filter::default(), 9).iter().map(|r| r[2].to_string()).collect();
    assert!(dates.is_sorted_by(|a, b| a >= b), "the latest text comes first");
}

#[test]
fn a_sheet_after_a_row_that_is_gone_or_never_was_is_no_error() {
    let (corpus, _gone) = made_up("gone", 5);
    for kind in KINDS {
        for after in ["d99", "d99.e1", "M99", "nonsense", "'; DROP TABLE event; --"] {
            corpus.sheet(kind, &Filter::default(), Some(after), 5).unwrap();
        }
    }
    assert_eq!(corpus.totals().unwrap().events, 20);
}
