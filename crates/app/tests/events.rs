//! What events news sentences tell, in sets that say so: `tests/events/`.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeSet;
use std::fmt::Write as _;

use chancery::Pipeline;
use chancery::formats::read;
use chancery::model::{Document, Modality, Participant};

const TYPES: [&str; 16] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];

/// A type, with those who act and those toward whom.
type Event = (String, BTreeSet<String>, BTreeSet<String>);

struct Item {
    date: String,
    text: String,
    gold: Vec<Event>,
}

/// How many were found right, how many are told, how many were found.
#[derive(Default, Clone, Copy)]
struct Tally {
    right: usize,
    gold: usize,
    found: usize,
}

impl Tally {
    fn count<T: Ord + Clone>(&mut self, gold: &[T], found: &[T]) {
        let mut rest = gold.to_vec();
        for one in found {
            if let Some(i) = rest.iter().position(|g| g == one) {
                rest.swap_remove(i);
                self.right += 1;
            }
        }
        self.gold += gold.len();
        self.found += found.len();
    }

    #[allow(clippy::cast_precision_loss)]
    fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.gold + self.found).max(1) as f64
    }

    #[allow(clippy::cast_precision_loss)]
    fn shown(self) -> String {
        let share = |of: usize| self.right as f64 / of.max(1) as f64;
        format!("{:.3} {:.3} {:.3}", share(self.found), share(self.gold), self.f1())
    }
}

/// F1 of class and of the full record that must be reached; they only rise.
fn check(name: &str, text: &str, floors: (f64, f64)) {
    let pipeline = Pipeline::embedded().unwrap();
    let mut by_type = [[Tally::default(); 3]; TYPES.len()];
    let mut silent = [0, 0];
    for item in items(text) {
        let record = pipeline.code(&document(&item)).record;
        let told =
            record.events.iter().filter(|e| matches!(e.modality, Modality::Happened | Modality::Planned));
        let found: Vec<Event> =
            told.map(|e| (e.plover.clone(), codes(&e.actor), codes(&e.recipient))).collect();
        for (t, tallies) in TYPES.iter().zip(&mut by_type) {
            let of = |events: &[Event]| events.iter().filter(|e| e.0 == **t).cloned().collect::<Vec<_>>();
            let (gold, found) = (of(&item.gold), of(&found));
            tallies[0].count(&vec![(); gold.len()], &vec![(); found.len()]);
            tallies[1].count(&bare(&gold), &bare(&found));
            tallies[2].count(&gold, &found);
        }
        if item.gold.is_empty() {
            silent[0] += usize::from(found.is_empty());
            silent[1] += 1;
        }
    }
    let mut all = [Tally::default(); 3];
    let mut said = format!("{name}: precision, recall, F1 of class, full record, full record with sectors\n");
    for (t, tallies) in TYPES.iter().zip(by_type) {
        let _ = writeln!(said, "{t:10} {}", tallies.map(Tally::shown).join("   "));
        for (sum, tally) in all.iter_mut().zip(tallies) {
            sum.right += tally.right;
            sum.gold += tally.gold;
            sum.found += tally.found;
        }
    }
    let _ = writeln!(said, "{:10} {}", "all", all.map(Tally::shown).join("   "));
    let _ = writeln!(said, "{} of {} sentences without an event give none", silent[0], silent[1]);
    println!("{said}");
    assert!(all[0].f1() >= floors.0 && all[1].f1() >= floors.1, "below the floors {floors:?}\n{said}");
}

#[test]
fn events_of_the_half_that_the_rules_were_written_with() {
    check("dev", include_str!("events/dev.txt"), (0.88, 0.66));
}

#[test]
fn events_of_the_second_set_for_breadth() {
    check("dev2", include_str!("events/dev2.txt"), (0.88, 0.65));
}

#[test]
fn events_of_the_half_that_nobody_reads() {
    check("held", include_str!("events/held.txt"), (0.78, 0.58));
}

/// The records with states and organisations alone.
fn bare(events: &[Event]) -> Vec<Event> {
    let strip = |codes: &BTreeSet<String>| {
        codes
            .iter()
            .map(|c| if c.contains(':') { c.clone() } else { c.split('.').next().unwrap_or(c).to_owned() })
            .collect()
    };
    events.iter().map(|e| (e.0.clone(), strip(&e.1), strip(&e.2))).collect()
}

fn codes(who: &[Participant]) -> BTreeSet<String> {
    let code = |p: &Participant| {
        let code = if p.code.is_empty() { "-" } else { &p.code };
        p.sector.as_ref().map_or_else(|| code.to_owned(), |sector| format!("{code}.{sector}"))
    };
    who.iter().map(code).collect()
}

fn document(item: &Item) -> Document {
    let line = serde_json::json!({ "id": "item", "published": item.date, "text": item.text });
    read("item.jsonl", line.to_string().as_bytes()).remove(0).outcome.unwrap()
}

fn items(text: &str) -> impl Iterator<Item = Item> + '_ {
    text.split("\n\n").filter_map(|block| {
        let mut lines = block.trim().lines();
        let date = lines.next()?.strip_prefix("### ")?.split(' ').next()?.to_owned();
        let text = lines.next()?.to_owned();
        Some(Item { date, text, gold: lines.filter_map(event).collect() })
    })
}

/// `SANCTION/expel USA > RUS CHN [planned]`.
fn event(line: &str) -> Option<Event> {
    let (kind, rest) = line.split_once(' ')?;
    let rest = rest.split(" [").next()?;
    let (actors, recipients) = rest.split_once(" > ")?;
    Some((kind.split('/').next()?.to_owned(), side(actors), side(recipients)))
}

/// Codes parted by blanks; the name of an organisation may hold some.
fn side(text: &str) -> BTreeSet<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let own = word.contains(':')
            || word.starts_with("-.")
            || word.split('.').all(|p| p.len() == 3 && p.bytes().all(|b| b.is_ascii_uppercase()));
        match out.last_mut() {
            Some(last) if !own && word != "-" => *last = format!("{last} {word}"),
            _ if word == "-" => {}
            _ => out.push(word.to_owned()),
        }
    }
    out.into_iter().collect()
}
