//! A record of made-up texts, as large as is wanted, for trying what pages and questions cost:
//!
//!     cargo run --release -p chancery-corpus --example made -- RECORD [TEXTS]
//!
//! 100,000 texts unless another number is given, each with a meeting, two roles, five statements and ten events.
#![allow(clippy::unwrap_used)]

#[path = "../benches/desk/made.rs"]
mod made;

use std::path::Path;

use chancery_corpus::{Corpus, Raw};

const STATEMENTS: usize = 5;
const EVENTS: usize = 10;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().expect("name the record to make");
    let texts: usize =
        arguments.next().map_or(100_000, |n| n.parse().expect("the second is a number of texts"));
    let mut corpus = Corpus::open(Path::new(&path)).unwrap();
    for n in 0..texts {
        let (document, analysis, record) = made::text(n, STATEMENTS, EVENTS);
        corpus.add(&document, &analysis, &record, &Raw::new(document.text.clone().into_bytes())).unwrap();
        if n % 10_000 == 9_999 {
            eprintln!("{} texts", n + 1);
        }
    }
    corpus.link().unwrap();
}
