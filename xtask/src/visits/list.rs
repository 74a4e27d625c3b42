//! Visits and trips as historians list them, and which of them a readout reports.

use std::path::Path;

use serde_json::Value;

use super::states::{States, words};
use super::texts::{Met, Text, first_day};

/// Words that tell of an encounter.
const ENCOUNTER: &[&str] = &[
    "met",
    "meet",
    "meets",
    "meeting",
    "meetings",
    "host",
    "hosted",
    "hosts",
    "welcome",
    "welcomed",
    "welcomes",
    "received",
    "visit",
    "visited",
    "visits",
    "talks",
    "summit",
    "conference",
];
/// Those whom a visitor meets, by surname.
const HOSTS: &[&str] = &["biden", "harris", "blinken", "sullivan", "yellen", "austin"];
/// Words of a visitor's name that are none of it.
const TITLES: &[&str] = &[
    "president",
    "prime",
    "minister",
    "king",
    "queen",
    "sheikh",
    "sultan",
    "amir",
    "emir",
    "chancellor",
    "taoiseach",
    "crown",
    "prince",
    "prime",
    "general",
    "jr",
    "ibn",
    "bin",
];

/// One visit to the United States, or one trip of its president or secretary of state.
pub(super) struct Visit {
    /// Dates, who and where, for the reader.
    pub(super) label: String,
    days: (i64, i64),
    /// Code of the other state.
    state: String,
    /// The visitor to the United States; of a trip nobody.
    visitor: Option<Vec<String>>,
    /// Surnames of which a report names one.
    hosts: &'static [&'static str],
}

/// The visits and trips of a list within some time, each once.
pub(super) fn visits(path: &Path, states: &States, from: &str, to: &str) -> Result<Vec<Visit>, String> {
    let content = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut visits: Vec<Visit> = Vec::new();
    for row in content.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        let field = |name: &str| row[name].as_str().unwrap_or_default();
        let (start, end) = (field("start"), field("end"));
        let known = states.code(field("country")).zip(first_day(start).zip(first_day(end)));
        let Some((state, days)) = known.filter(|_| end >= from && start <= to) else { continue };
        let name =
            words(field("visitor")).into_iter().filter(|w| w.len() > 3 && !TITLES.contains(&w.as_str()));
        let visitor = (field("kind") == "visit_to_us").then(|| name.collect());
        let label = format!("{start}/{end} {}, {}", field("visitor"), field("country"));
        let hosts = match field("kind") {
            "visit_to_us" => HOSTS,
            "president_trip" => &["biden"],
            _ => &["blinken"],
        };
        if !visits.iter().any(|v| v.label == label) {
            visits.push(Visit { label, days, state: state.clone(), visitor, hosts });
        }
    }
    Ok(visits)
}

impl Visit {
    /// The sentence of a text that reports it, judged by words alone.
    pub(super) fn reported_in<'t>(&self, text: &'t Text, states: &States) -> Option<&'t str> {
        let published = first_day(&text.date)?;
        if !(self.days.0 - 1..=self.days.1 + 1).contains(&published) {
            return None;
        }
        let headline = states.named(&text.title).contains(&self.state);
        text.sentences().enumerate().find_map(|(at, sentence)| {
            let said = words(sentence);
            let has = |list: &[&str]| said.iter().any(|word| list.contains(&word.as_str()));
            let state =
                || if at == 0 { headline } else { headline || states.named(sentence).contains(&self.state) };
            let named = match &self.visitor {
                Some(name) => {
                    let surname = name.last().is_some_and(|n| said.iter().any(|w| alike(w, n)));
                    (surname || at == 0) && state()
                }
                None => at == 0 && headline,
            };
            (has(ENCOUNTER) && has(self.hosts) && named).then_some(sentence)
        })
    }

    /// Whether a meeting is between the two states.
    pub(super) fn between(&self, met: &Met) -> bool {
        let side = |code: &str| met.parties.iter().any(|(c, _)| c == code);
        side("USA") && side(&self.state)
    }

    /// Whether a meeting is one of the visit: the states, the visitor or nobody by name, a date within.
    pub(super) fn is_told_by(&self, met: &Met) -> bool {
        let (first, last) = (self.days.0 - 1, self.days.1 + 1);
        let within = met.days.is_some_and(|(from, to)| from <= last && to >= first);
        let who = self.visitor.as_ref().is_none_or(|name| {
            let same = |person: &String| words(person).iter().any(|w| name.iter().any(|n| alike(w, n)));
            met.parties
                .iter()
                .any(|(c, persons)| *c == self.state && (persons.is_empty() || persons.iter().any(same)))
        });
        self.between(met) && within && who
    }
}

/// Whether two spellings are of one name: "Zelensky", "Zelenskyy".
fn alike(a: &str, b: &str) -> bool {
    a.len() > 3 && b.len() > 3 && (a.starts_with(b) || b.starts_with(a))
}
