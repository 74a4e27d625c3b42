//! What questions over many texts cost, on records that are made up here:
//!
//!     cargo bench -p chancery-corpus --bench desk [-- STATEMENTS_A_TEXT]
//!
//! 10,000 texts of forty pairs of states, with 12 statements each unless another number is given (100 make a million). Each time is the best of some rounds.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::time::{Duration, Instant};

use chancery_corpus::{Corpus, Filter, Raw, Vocabulary};
use chancery_model::{
    Act, Analysis, Date, Document, Format, Manner, Meeting, Participant, Party, Polarity, Provenance, Record,
    Sentence, Source, Span, Statement, Told, When,
};

const TEXTS: usize = 10_000;
const ROUNDS: usize = 5;
const STATES: [&str; 41] = [
    "CHN", "USA", "RUS", "PRK", "KOR", "JPN", "IND", "DEU", "FRA", "GBR", "ITA", "ESP", "POL", "UKR", "TUR",
    "IRN", "ISR", "EGY", "SAU", "ZAF", "NGA", "KEN", "ETH", "BRA", "ARG", "CHL", "MEX", "CAN", "AUS", "NZL",
    "IDN", "VNM", "THA", "PHL", "PAK", "KAZ", "MNG", "SRB", "GRC", "NOR", "SWE",
];
const SAID: [&str; 12] = [
    "is willing to work with the other side to deepen cooperation on fisheries",
    "stands ready to open a second freight line",
    "firmly supports the one-China principle",
    "opposes any unilateral change of the status quo in the South China Sea",
    "calls for an immediate ceasefire",
    "will send relief to the flooded provinces",
    "notes the growth of bilateral trade",
    "hopes for progress in talks on climate change",
    "attaches great importance to high-level exchanges",
    "is concerned at the expansion of settlements",
    "thanks its neighbour for the return of the bells",
    "supports a two-state solution",
];

fn main() {
    let each = std::env::args().skip(1).find_map(|a| a.parse().ok()).unwrap_or(12);
    let path = std::env::temp_dir().join(format!("chancery-desk-{}.db", std::process::id()));
    let start = Instant::now();
    let mut corpus = Corpus::open(&path).unwrap();
    for n in 0..TEXTS {
        let (document, analysis, record) = made(n, each);
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

/// Text number `n` with its record.
fn made(n: usize, each: usize) -> (Document, Analysis, Record) {
    let pair = n % 40;
    let (one, other) = (STATES[pair], STATES[pair + 1]);
    let day = n / 40;
    let date = Date::day(
        i16::try_from(2000 + day / 336).unwrap(),
        u8::try_from(1 + day / 28 % 12).unwrap(),
        u8::try_from(1 + day % 28).unwrap(),
    );
    let (mut text, mut statements, mut sentences) =
        (format!("The ministers of {one} and {other} met on {}.\n\n", date.unwrap()), Vec::new(), Vec::new());
    for k in 0..each {
        let holder = if k % 2 == 0 { one } else { other };
        let start = text.len();
        let content = format!("{holder} {}", SAID[(n * 7 + k * 5 + n / 13) % SAID.len()]);
        text += &content;
        let span = Span::new(start, text.len());
        let cue = Span::new(text.len() + 14, text.len() + 18);
        text += &format!(", the minister said in round {n} of {k}. ");
        sentences.push(Sentence { span: Span::new(start, text.len() - 1), block: 0, tokens: vec![] });
        let who = |name: Option<&str>| Participant {
            name: name.map(str::to_owned),
            code: holder.to_owned(),
            sector: None,
        };
        statements.push(Statement {
            id: format!("s{}", k + 1),
            act: [Act::Commitment, Act::Position, Act::Request][k % 3],
            speaker: vec![who(Some("Zoë Dahl"))],
            holder: vec![who(None)],
            addressee: vec![],
            polarity: if content.contains("oppose") { Polarity::Oppose } else { Polarity::Support },
            topics: vec![],
            cue: vec![cue],
            content: vec![span],
            manner: Manner::Paraphrased,
            continues: None,
            provenance: vec![why(k + 1, cue)],
        });
    }
    let when = date.map(|d| When { from: d, to: d });
    let party = |code: &str| Party { code: code.to_owned(), persons: vec![], host: false };
    let meeting = Meeting {
        id: "m1".to_owned(),
        format: Format::InPerson,
        when,
        place: None,
        country: None,
        parties: vec![party(one), party(other)],
        told: Told::Main,
        planned: false,
        quote: Span::new(0, 20),
        provenance: vec![why(1, Span::new(0, 20))],
    };
    let source = Source {
        published: date,
        raw_sha256: chancery_corpus::key(&text),
        publisher: Some("Bench Wire".to_owned()),
        ..Source::default()
    };
    let id = format!("made-{n}");
    let record = Record {
        schema: 1,
        document: id.clone(),
        coder: "bench 1".to_owned(),
        roles: vec![],
        people: vec![],
        terms: vec![],
        meetings: vec![meeting],
        statements,
        events: vec![],
        silent: vec![],
        notes: vec![],
    };
    (Document { id, source, text, blocks: vec![] }, Analysis { sentences }, record)
}

fn why(sentence: usize, span: Span) -> Provenance {
    Provenance {
        field: "row".to_owned(),
        sentence: u32::try_from(sentence).unwrap(),
        spans: vec![span],
        rule: "bench#rule".to_owned(),
        why: None,
    }
}
