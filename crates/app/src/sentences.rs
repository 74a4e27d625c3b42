//! News sentences that say which events they tell, as in `tests/events`: how many of those does the coder find?

use std::collections::BTreeSet;
use std::fmt;

use anyhow::{Context as _, Result};
use chancery_model::{Document, Modality, Participant};
use serde_json::Value;

use crate::Pipeline;
use crate::score::{Counts, Scores};

/// PLOVER's types, in its order.
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

/// What is counted: the type; the type with the states and organisations of both sides; the same with their sectors.
const LAYERS: [&str; 3] = ["events.class", "events.full", "events.sectors"];

/// A type, with those who act and those toward whom.
type Event = (String, BTreeSet<String>, BTreeSet<String>);

/// What the coder finds in a set of sentences.
pub struct Score {
    /// Of each type, in each layer.
    by_type: [[Counts; 3]; TYPES.len()],
    /// How many sentences tell no event, and of how many of them none is told.
    silent: (usize, usize),
}

/// Code the sentences of a set and count what is right.
///
/// # Errors
/// If a sentence is no text.
pub fn score(pipeline: &Pipeline, set: &str) -> Result<Score> {
    let mut score = Score { by_type: Default::default(), silent: (0, 0) };
    for item in items(set) {
        let record = pipeline.code(&document(&item)?).record;
        let told =
            record.events.iter().filter(|e| matches!(e.modality, Modality::Happened | Modality::Planned));
        let found: Vec<Event> =
            told.map(|e| (e.plover.clone(), codes(&e.actor), codes(&e.recipient))).collect();
        for (kind, counts) in TYPES.iter().zip(&mut score.by_type) {
            let of = |events: &[Event]| events.iter().filter(|e| e.0 == **kind).cloned().collect::<Vec<_>>();
            let (gold, found) = (of(&item.gold), of(&found));
            count(&mut counts[0], &vec![(); gold.len()], &vec![(); found.len()]);
            count(&mut counts[1], &bare(&gold), &bare(&found));
            count(&mut counts[2], &gold, &found);
        }
        if item.gold.is_empty() {
            score.silent.0 += 1;
            score.silent.1 += usize::from(found.is_empty());
        }
    }
    Ok(score)
}

impl Score {
    /// The figures of all types together, as `chancery score --json` writes them.
    #[must_use]
    pub fn json(&self) -> Value {
        let layers = LAYERS.into_iter().zip(self.all()).collect();
        Scores { layers, ..Scores::default() }.json()
    }

    fn all(&self) -> [Counts; 3] {
        let mut all = [Counts::default(); 3];
        for counts in &self.by_type {
            for (sum, one) in all.iter_mut().zip(counts) {
                sum.add(one.matched, one.predicted, one.gold);
            }
        }
        all
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "precision, recall, F1 of class, full record, full record with sectors")?;
        let shown = |c: Counts| format!("{:.3} {:.3} {:.3}", c.precision(), c.recall(), c.f1());
        let all = self.all();
        for (name, counts) in TYPES.iter().zip(&self.by_type).chain([(&"all", &all)]) {
            writeln!(f, "{name:10} {}", counts.map(shown).join("   "))?;
        }
        write!(f, "{} of {} sentences without an event give none", self.silent.1, self.silent.0)
    }
}

/// Codes parted by blanks; the name of an organisation may hold some: `TCD ORG:Boko Haram SDN.REB`, `-` for nobody.
pub(crate) fn side(text: &str) -> BTreeSet<String> {
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

/// Participants as a set writes them: `SDN.REB`.
pub(crate) fn codes(who: &[Participant]) -> BTreeSet<String> {
    let code = |p: &Participant| {
        let code = if p.code.is_empty() { "-" } else { &p.code };
        p.sector.as_ref().map_or_else(|| code.to_owned(), |sector| format!("{code}.{sector}"))
    };
    who.iter().map(code).collect()
}

fn count<T: Ord + Clone>(counts: &mut Counts, gold: &[T], found: &[T]) {
    let mut rest = gold.to_vec();
    for one in found {
        if let Some(i) = rest.iter().position(|g| g == one) {
            rest.swap_remove(i);
        }
    }
    counts.add(gold.len() - rest.len(), found.len(), gold.len());
}

/// The records with states and organisations alone.
fn bare(events: &[Event]) -> Vec<Event> {
    let strip = |codes: &BTreeSet<String>| {
        let bare = |c: &String| {
            if c.contains(':') { c.clone() } else { c.split('.').next().unwrap_or(c).to_owned() }
        };
        codes.iter().map(bare).collect()
    };
    events.iter().map(|e| (e.0.clone(), strip(&e.1), strip(&e.2))).collect()
}

/// A sentence with its day, its publisher and the events that it tells.
struct Item {
    date: String,
    publisher: String,
    text: String,
    gold: Vec<Event>,
}

fn items(set: &str) -> impl Iterator<Item = Item> + '_ {
    set.split("\n\n").filter_map(|block| {
        let mut lines = block.trim().lines();
        let (date, publisher) = lines.next()?.strip_prefix("### ")?.split_once(' ')?;
        let (date, publisher) = (date.to_owned(), publisher.to_owned());
        let text = lines.next()?.to_owned();
        Some(Item { date, publisher, text, gold: lines.filter_map(event).collect() })
    })
}

/// `SANCTION/expel USA > RUS CHN [planned]`; the sets to learn from add ` @ ` and the word that tells it.
fn event(line: &str) -> Option<Event> {
    let (kind, rest) = line.split_once(' ')?;
    let rest = rest.split(" @ ").next()?.split(" [").next()?;
    let (actors, recipients) = rest.split_once(" > ")?;
    Some((kind.split('/').next()?.to_owned(), side(actors), side(recipients)))
}

fn document(item: &Item) -> Result<Document> {
    let Item { date, publisher, text, .. } = item;
    let line = serde_json::json!({ "id": "item", "published": date, "source": publisher, "text": text });
    let mut readings = chancery_formats::read("item.jsonl", line.to_string().as_bytes());
    readings.pop().and_then(|r| r.outcome.ok()).with_context(|| format!("no text: {}", item.text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_of_a_set_is_a_type_and_two_sides() {
        let set = |codes: &[&str]| codes.iter().map(|c| (*c).to_owned()).collect::<BTreeSet<_>>();
        let told = event("SANCTION/expel USA ORG:Boko Haram > RUS.MIL CHN [planned] @ expelled");
        assert_eq!(
            told,
            Some(("SANCTION".to_owned(), set(&["USA", "ORG:Boko Haram"]), set(&["RUS.MIL", "CHN"])))
        );
        assert_eq!(event("AID FRA > -").map(|e| e.2), Some(set(&[])));
        assert_eq!(event("-"), None);
    }

    #[test]
    fn each_event_is_found_once() {
        let mut counts = Counts::default();
        count(&mut counts, &["a", "a", "b"], &["a", "c", "a", "a"]);
        assert_eq!(counts, Counts { matched: 2, predicted: 4, gold: 3 });
    }
}
