//! The layers one by one, summed over documents.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::compare::{codes, content, greedy, jaccard, meetings, names, person, roles};
use super::{Counts, Scores, share};
use crate::cli::Layer;

/// What has been counted so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    show: Option<Layer>,
    roles: Counts,
    meetings: Counts,
    span: Counts,
    strict: Counts,
    class: Counts,
    full: Counts,
    /// Sums of agreement by field, in the order in which they were first met.
    fields: Vec<(&'static str, f64)>,
    differences: Vec<String>,
}

impl Tally {
    pub(super) fn new(show: Option<Layer>) -> Self {
        Self { show, ..Self::default() }
    }

    /// Count one document in.
    pub(super) fn document(&mut self, id: &str, gold: &Value, predicted: &Value, text: &str) {
        let rows = |layer: &str| (rows(gold, layer), rows(predicted, layer));
        self.roles(id, rows("roles"));
        self.meetings(id, rows("meetings"));
        self.statements(id, rows("statements"), text);
        self.events(id, rows("events"));
    }

    fn roles(&mut self, id: &str, (gold, predicted): (&[Value], &[Value])) {
        let pairs = greedy(gold.len(), predicted.len(), |i, j| roles(&gold[i], &predicted[j]));
        self.roles.add(pairs.len(), predicted.len(), gold.len());
        self.unpaired(Layer::Roles, id, (gold, predicted), &pairs);
    }

    fn meetings(&mut self, id: &str, (gold, predicted): (&[Value], &[Value])) {
        let pairs = greedy(gold.len(), predicted.len(), |i, j| meetings(&gold[i], &predicted[j]));
        self.meetings.add(pairs.len(), predicted.len(), gold.len());
        for &(i, j) in &pairs {
            let (g, p) = (&gold[i], &predicted[j]);
            self.agree("meetings.format", g["format"] == p["format"]);
            self.agree("meetings.dates", g["from"] == p["from"] && g["to"] == p["to"]);
            self.sum("meetings.persons", f_measure(&persons(g), &persons(p)));
        }
        self.unpaired(Layer::Meetings, id, (gold, predicted), &pairs);
    }

    fn statements(&mut self, id: &str, (gold, predicted): (&[Value], &[Value]), text: &str) {
        let text: Vec<char> = text.chars().collect();
        let places = |rows: &[Value]| rows.iter().map(|row| content(&text, row)).collect::<Vec<_>>();
        let (of_gold, of_predicted) = (places(gold), places(predicted));
        let pairs = greedy(gold.len(), predicted.len(), |i, j| {
            let likeness = jaccard(&of_gold[i], &of_predicted[j]);
            if likeness >= 0.5 { likeness } else { 0.0 }
        });
        let mut strict = Vec::new();
        for &(i, j) in &pairs {
            let (g, p) = (&gold[i], &predicted[j]);
            let act = g["act"] == p["act"];
            let same = |part: &str| codes(&g[part]) == codes(&p[part]);
            let holder = same("holder");
            self.agree("statements.act", act);
            self.agree("statements.holder", holder);
            self.agree("statements.speaker", names(&g["speaker"]) == names(&p["speaker"]) && same("speaker"));
            self.agree("statements.polarity", g["polarity"] == p["polarity"]);
            if act && holder {
                strict.push((i, j));
            }
        }
        self.span.add(pairs.len(), predicted.len(), gold.len());
        self.strict.add(strict.len(), predicted.len(), gold.len());
        self.unpaired(Layer::Statements, id, (gold, predicted), &pairs);
        if self.show == Some(Layer::Statements) {
            for &(i, j) in pairs.iter().filter(|pair| !strict.contains(pair)) {
                let both = json!({ "gold": gold[i], "predicted": predicted[j] });
                self.differences.push(format!("DIFFERS {id} {both}"));
            }
        }
    }

    fn events(&mut self, id: &str, (gold, predicted): (&[Value], &[Value])) {
        let class = |event: &Value| event["plover"].as_str().unwrap_or_default().to_owned();
        let full = |event: &Value| (class(event), codes(&event["actor"]), codes(&event["recipient"]));
        let (of_class, of_full) = (surplus(gold, predicted, class), surplus(gold, predicted, full));
        self.class.add(gold.len() - missed(&of_class), predicted.len(), gold.len());
        self.full.add(gold.len() - missed(&of_full), predicted.len(), gold.len());
        if self.show == Some(Layer::Events) {
            for ((class, actor, recipient), number) in of_full {
                let word = if number > 0 { "MISS" } else { "EXTRA" };
                for _ in 0..number.unsigned_abs() {
                    self.differences.push(format!("{word} {id} {}", json!([class, actor, recipient])));
                }
            }
        }
    }

    fn agree(&mut self, field: &'static str, agrees: bool) {
        self.sum(field, f64::from(u8::from(agrees)));
    }

    fn sum(&mut self, field: &'static str, part: f64) {
        match self.fields.iter_mut().find(|(name, _)| *name == field) {
            Some((_, sum)) => *sum += part,
            None => self.fields.push((field, part)),
        }
    }

    fn unpaired(
        &mut self,
        layer: Layer,
        id: &str,
        (gold, predicted): (&[Value], &[Value]),
        pairs: &[(usize, usize)],
    ) {
        if self.show != Some(layer) {
            return;
        }
        let missed = (0..gold.len()).filter(|i| pairs.iter().all(|pair| pair.0 != *i));
        self.differences.extend(missed.map(|i| format!("MISS {id} {}", gold[i])));
        let extra = (0..predicted.len()).filter(|j| pairs.iter().all(|pair| pair.1 != *j));
        self.differences.extend(extra.map(|j| format!("EXTRA {id} {}", predicted[j])));
    }

    pub(super) fn finish(self) -> Scores {
        let matched = |field: &str| {
            if field.starts_with("meetings") { self.meetings.matched } else { self.span.matched }
        };
        let of_matched = self.fields.iter().map(|(name, sum)| (*name, share(*sum, matched(name)))).collect();
        let layers = vec![
            ("roles", self.roles),
            ("meetings", self.meetings),
            ("statements.span", self.span),
            ("statements.strict", self.strict),
            ("events.class", self.class),
            ("events.full", self.full),
        ];
        Scores { layers, of_matched, differences: self.differences }
    }
}

fn rows<'a>(document: &'a Value, layer: &str) -> &'a [Value] {
    document[layer].as_array().map_or(&[], Vec::as_slice)
}

fn persons(meeting: &Value) -> BTreeSet<BTreeSet<String>> {
    rows(meeting, "parties").iter().flat_map(|party| rows(party, "persons")).map(person).collect()
}

fn f_measure<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> f64 {
    match one.len() + other.len() {
        0 => 1.0,
        all => 2.0 * one.intersection(other).count() as f64 / all as f64,
    }
}

/// How many more of each key gold has than predicted; fewer is negative.
fn surplus<K: Ord>(gold: &[Value], predicted: &[Value], key: impl Fn(&Value) -> K) -> BTreeMap<K, isize> {
    let mut surplus = BTreeMap::new();
    gold.iter().for_each(|event| *surplus.entry(key(event)).or_default() += 1);
    predicted.iter().for_each(|event| *surplus.entry(key(event)).or_default() -= 1);
    surplus
}

/// How many of gold have no counterpart.
fn missed<K>(surplus: &BTreeMap<K, isize>) -> usize {
    surplus.values().filter(|&&number| number > 0).map(|number| number.unsigned_abs()).sum()
}
