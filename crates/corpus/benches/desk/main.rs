//! What questions over many texts cost, on records that are made up here:
//!
//!     cargo bench -p chancery-corpus --bench desk [-- STATEMENTS_A_TEXT]
//!
//! 10,000 texts of forty pairs of states, with 12 statements each unless another number is given (100 make a million). Each time is the best of some rounds.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

mod made;

use std::time::{Duration, Instant};

use chancery_corpus::{Corpus, Filter, Raw, Vocabulary};

const TEXTS: usize = 10_000;
const ROUNDS: usize = 5;
fn main() {
    let each = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(12);
    let path = std::env::temp_dir().join(format!("chancery-desk-{}.db", std::process::id()));
    let start = Instant::now();
    let mut corpus = Corpus::open(&path).unwrap();
    for n in 0..TEXTS {
        let (document, analysis, record) = made::text(n, each, 0);
        corpus.add(&document, &analysis, &record, &Raw::new(document.text.clone().into_bytes())).unwrap();
    }
    println!("{TEXTS} texts, {} statements; stored in {:.1?}", TEXTS * each, start.elapsed());
    let start = Instant::now();
    corpus.link().unwrap();
    println!("linked in {:.1?}", start.elapsed());
    let vocabulary = Vocabulary::embedded();
    let codes = |codes: &[&str]| codes.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
    let two = codes(&["CHN", "USA"]);
    let taiwan = vocabulary.meant("taiwan");
    let of = |country: Option<&str>| Filter { country: country.map(str::to_owned), ..Filter::default() };
    line("ledger of two states", || corpus.ledger(&two, &[]).unwrap().len());
    line("positions of one state on a topic", || {
        corpus.positions(&of(Some("USA")), &taiwan, vocabulary).unwrap().rows.len()
    });
    line("positions of all on a topic", || {
        corpus.positions(&of(None), &taiwan, vocabulary).unwrap().rows.len()
    });
    line("compare two texts", || corpus.compare(("d1", "d41"), &[], vocabulary).unwrap().pairs.len());
    line("a topic through a series", || corpus.series(&two, &[], &taiwan, vocabulary).unwrap().turns.len());
    line("absent", || corpus.omissions((&two, &[]), None, (1, 6), vocabulary).unwrap().unwrap().topics.len());
    line("commitments of a series", || corpus.threads(&two, &[], vocabulary).unwrap().threads.len());
    drop(corpus);
    for end in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{end}", path.display()));
    }
}

fn line(what: &str, mut ask: impl FnMut() -> usize) {
    let mut best = Duration::MAX;
    let mut found = 0;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        found = ask();
        best = best.min(start.elapsed());
    }
    println!("{what:36} {best:>10.2?}   {found} rows");
}
