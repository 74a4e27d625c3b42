//! How fast one core analyses raw text, with each instruction set that the machine has:
//!
//!     cargo bench -p chancery-nlp --bench speed -- [KERNEL ...]
//!     cargo bench -p chancery-nlp --bench speed -- DOCUMENTS.jsonl
//!
//! The second reads 10,000 documents (`text`), those of the file again and again, and tells what it gains that sentences seen before are not
//! computed again: once over the file's own documents, which repeat themselves, and over all 10,000.
//!
//! The text is invented, each sentence 24 words long and none twice. Each figure is the best of some rounds. `products` is the share of
//! the peak at which the whole analysis multiplies bytes; the peak is measured with the same instruction on registers alone.
#![allow(clippy::print_stdout)]

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use chancery_model::{Block, BlockKind, Document, Source, Span};
use chancery_nlp::{Analyser, Exit, Kernel, WeightsError};

const DOCUMENTS: usize = 20;
const SENTENCES: usize = 10;

fn main() -> Result<(), WeightsError> {
    if let Some(file) = std::env::args().find(|a| a.ends_with(".jsonl")) {
        return repeated(&file);
    }
    let documents: Vec<Document> = (0..DOCUMENTS).map(document).collect();
    println!(
        "{:24} {:9} {:>11} {:>9} {:>9} {:>9}",
        "kernel", "exit", "sentences/s", "GOPS", "peak", "products"
    );
    let chosen: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let is_chosen = |k: &Kernel| chosen.is_empty() || chosen.iter().any(|name| name == k.name());
    for kernel in Kernel::available().into_iter().filter(is_chosen) {
        let peak = peak(kernel);
        for exit in [Exit::Fast, Exit::Accurate] {
            let analyser = Analyser::embedded()?.at(exit).forgetful().with_kernel(kernel);
            let (mut sentences, mut products) = (0, 0);
            let time = best(|| {
                let before = analyser.multiplications();
                sentences = documents.iter().map(|d| analyser.analyse(d).sentences.len()).sum();
                products = analyser.multiplications() - before;
            });
            let speed = 2.0 * products as f64 / time.as_secs_f64();
            println!(
                "{kernel:24} {:9} {:11.0} {:9.0} {:9.0} {:8.1}%",
                exit.name(),
                sentences as f64 / time.as_secs_f64(),
                speed / 1e9,
                peak / 1e9,
                100.0 * speed / peak
            );
        }
    }
    Ok(())
}

/// Documents a second with and without the cache, over those of a file and over 10,000.
fn repeated(file: &str) -> Result<(), WeightsError> {
    let lines = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{file}: {error}"));
    let values = lines.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let documents: Vec<Document> = values
        .filter_map(|value| {
            let text = value["text"].as_str()?.to_owned();
            let span = Span::new(0, text.trim_end().len());
            let blocks = vec![Block { kind: BlockKind::Paragraph, span, reason: None }];
            Some(Document { id: String::new(), source: Source::default(), text, blocks })
        })
        .collect();
    let run = |analyser: &Analyser, count: usize| {
        let start = used();
        let read = documents.iter().cycle().take(count);
        let sentences: usize = read.map(|d| analyser.analyse(d).sentences.len()).sum();
        let seconds = (used() - start).as_secs_f64();
        println!("{count:9} {sentences:9} {seconds:9.1} {:11.0}", sentences as f64 / seconds);
    };
    for (name, analyser) in [("without", Analyser::embedded()?.forgetful()), ("with", Analyser::embedded()?)]
    {
        println!(
            "{name} a cache\n{:>9} {:>9} {:>9} {:>11}",
            "documents", "sentences", "seconds", "sentences/s"
        );
        run(&analyser, documents.len());
        if name == "with" {
            run(&Analyser::embedded()?, 10_000);
        }
    }
    Ok(())
}

/// The shortest of the rounds that fit in a second, one at least.
fn best(mut round: impl FnMut()) -> Duration {
    let start = Instant::now();
    let mut shortest = Duration::MAX;
    while start.elapsed() < Duration::from_secs(1) {
        let before = used();
        round();
        shortest = shortest.min(used() - before);
    }
    shortest
}

/// The time that this process has had a core for, where the system tells; else the time that has passed.
fn used() -> Duration {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/self/schedstat").ok();
    let nanoseconds = told.and_then(|t| t.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.elapsed(), Duration::from_nanos)
}

/// Operations on bytes a second, two a multiplication.
fn peak(kernel: Kernel) -> f64 {
    let mut rounds = 1000;
    loop {
        let mut products = 0;
        let time = best(|| products = kernel.spin(rounds));
        if time > Duration::from_millis(100) {
            return 2.0 * products as f64 / time.as_secs_f64();
        }
        rounds *= 10;
    }
}

const FIRST: [&str; 13] = [
    "Anna", "Peter", "Maria", "Thomas", "Elena", "David", "Laura", "Henry", "Clara", "Simon", "Julia",
    "Oscar", "Ruth",
];
const LAST: [&str; 17] = [
    "Weber", "Silva", "Larsen", "Novak", "Moreau", "Costa", "Murphy", "Keller", "Brandt", "Olsen", "Ferrari",
    "Young", "Reyes", "Carter", "Ivanov", "Walsh", "Stone",
];
const STATE: [&str; 11] = [
    "Ruritania",
    "Norway",
    "Latvia",
    "Kenya",
    "Strelsau",
    "Jordan",
    "Grenada",
    "Borduria",
    "Mongolia",
    "Austria",
    "Peru",
];
const TOPIC: [&str; 7] = ["grain", "transit", "fisheries", "energy", "border", "customs", "water"];

/// A document whose sentences have 24 words each, the full stop among them.
fn document(number: usize) -> Document {
    let mut text = String::new();
    for sentence in 0..SENTENCES {
        let n = number * SENTENCES + sentence;
        let pick = |list: &[&'static str], step: usize| list[(n * step + n / list.len()) % list.len()];
        let (first, last, other) = (pick(&FIRST, 1), pick(&LAST, 1), pick(&LAST, 5));
        let (state, partner, topic) = (pick(&STATE, 1), pick(&STATE, 3), pick(&TOPIC, 1));
        let day = 1 + n % 28;
        text += &match n % 3 {
            0 => format!(
                "Foreign Minister {first} {last} of {state} met Ambassador {other} on {day} March and said that both sides would \
                 resume talks on the {topic} agreement . "
            ),
            1 => format!(
                "During the call the president of {partner} thanked {first} {last} for the aid that {state} had sent after the {topic} \
                 crisis in district {n} . "
            ),
            _ => format!(
                "{state} strongly condemned the decision of {partner} to close {day} crossings , and {first} {other} urged its \
                 government to honour every {topic} commitment now . "
            ),
        }
        .replace(" ,", ",")
        .replace(" .", ".");
    }
    let span = Span::new(0, text.trim_end().len());
    let blocks = vec![Block { kind: BlockKind::Paragraph, span, reason: None }];
    Document { id: number.to_string(), source: Source::default(), text, blocks }
}
