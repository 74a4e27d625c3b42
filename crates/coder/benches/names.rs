//! How soon names can be looked up, and how many a second:
//!
//!     cargo bench -p chancery-coder --bench names
//!
//! First the tables that the program carries, then a million invented places, compiled and written to a file. To load is to be ready
//! for look-ups; a second figure adds the reading of the file. Each time is the best of
//! some rounds. A text for the longest match is ordinary words with a known name now and then, asked for at every word.
#![allow(clippy::print_stdout)]

use std::borrow::Cow;
use std::error::Error;
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};
use std::{env, fs};

use chancery_coder::knowledge::{Knowledge, Names};

const MILLION: usize = 1_000_000;
const LOOK_UPS: usize = 200_000;

fn main() -> Result<(), Box<dyn Error>> {
    let time = best(20, Knowledge::embedded);
    println!("{:44} {:>12}", "the program's tables: load", shown(time));
    let known = Knowledge::embedded();
    let text = "The President met with the Foreign Minister of the United Arab Emirates in Abu Dhabi on Tuesday to discuss trade";
    rate("the program's tables: longest name, words/s", &known, text);
    rate_of("the program's tables: places/s", LOOK_UPS, |i| {
        known.places(["Geneva", "Kyiv", "Nowhere", "San Jose"][i % 4]).next().map(|place| place.country.len())
    });

    let start = Instant::now();
    let names =
        Names::of_tables(&[("places.csv".to_owned(), table())]).map_err(|p| format!("{:?}", p.first()))?;
    println!("{:44} {:>12}", "a million names: compile (once)", shown(start.elapsed()));
    println!("{:44} {:>9.1} MB", "a million names: size", names.bytes().len() as f64 / 1e6);
    let path = env::temp_dir().join("chancery-bench.names");
    fs::write(&path, names.bytes())?;
    let bytes: &'static [u8] = fs::read(&path)?.leak();
    let time = best(20, || Names::of_bytes(Cow::Borrowed(bytes)).map(Knowledge::of));
    println!("{:44} {:>12}", "a million names: load", shown(time));
    let time = best(10, || Names::of_bytes(fs::read(&path).unwrap_or_default().into()).map(Knowledge::of));
    println!("{:44} {:>12}", "a million names: read the file and load", shown(time));
    fs::remove_file(&path)?;
    let known = Knowledge::of(Names::of_bytes(Cow::Borrowed(bytes))?);
    let text =
        format!("They spoke at length in {} and at {} about what had been said", name(77), name(424_242));
    rate("a million names: longest name, words/s", &known, &text);
    let wanted: Vec<String> = (0..1000).map(|i| name(i * 997 * 997 % (2 * MILLION))).collect();
    rate_of("a million names: places/s, half of them known", LOOK_UPS, |i| {
        known.places(&wanted[i % wanted.len()]).next().map(|place| place.country.len())
    });
    Ok(())
}

/// A place's name, another one for each number.
fn name(number: usize) -> String {
    const PARTS: [&str; 16] = [
        "ar", "bel", "cor", "dun", "el", "fir", "gal", "hol", "is", "kar", "lin", "mor", "nar", "os", "per",
        "sul",
    ];
    // Multiplied by an odd number, so that neighbours differ in every part.
    let mut rest = number.wrapping_mul(0x9e_3779) & 0xff_ffff;
    let mut word = String::new();
    for _ in 0..6 {
        word += PARTS[rest % 16];
        rest /= 16;
    }
    word[..1].to_uppercase() + &word[1..] + " Hall"
}

/// A table of a million venues.
fn table() -> String {
    let mut out = "name,country,admin,kind,population,latitude,longitude,aliases,found,source\n".to_owned();
    for number in 0..MILLION {
        let (latitude, longitude) = (number % 180, number % 360);
        let _ = writeln!(
            out,
            "{},NOR,Agder,venue,{number},{:.1},{:.1},,,invented",
            name(number),
            latitude as f64 - 90.0,
            longitude as f64 - 180.0
        );
    }
    out
}

/// Words a second at which the longest name is looked for.
fn rate(what: &str, known: &Knowledge, text: &str) {
    let words: Vec<&str> = text.split(' ').collect();
    rate_of(what, LOOK_UPS, |i| known.longest(&words[i % words.len()..]).map(|found| found.0));
}

fn rate_of(what: &str, count: usize, look_up: impl Fn(usize) -> Option<usize>) {
    let time = best(5, || (0..count).filter_map(&look_up).sum::<usize>());
    println!("{what:44} {:>12.0}", count as f64 / time.as_secs_f64());
}

/// The shortest time of some rounds.
fn best<T>(rounds: usize, mut work: impl FnMut() -> T) -> Duration {
    let round = |_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..rounds).map(round).min().unwrap_or_default()
}

fn shown(time: Duration) -> String {
    format!("{time:.2?}")
}
