//! Precision, recall and F1 of annotations, layer by layer.
//!
//! A port of the project's reference scorer: the same pairs in the same order, so that both print the same figures.

mod compare;
mod layers;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::cli::Layer;

/// Annotated documents by their `id`, in the order of the file.
#[derive(Debug, Default)]
pub(crate) struct Annotated {
    order: Vec<String>,
    by_id: BTreeMap<String, Value>,
}

impl Annotated {
    /// Add a document; a later one of the same id takes the place of the earlier.
    pub(crate) fn insert(&mut self, id: String, document: Value) {
        if self.by_id.insert(id.clone(), document).is_none() {
            self.order.push(id);
        }
    }

    fn get(&self, id: &str) -> Option<&Value> {
        self.by_id.get(id)
    }
}

/// How many rows were matched, predicted, and annotated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) matched: usize,
    pub(crate) predicted: usize,
    pub(crate) gold: usize,
}

impl Counts {
    pub(crate) fn add(&mut self, matched: usize, predicted: usize, gold: usize) {
        self.matched += matched;
        self.predicted += predicted;
        self.gold += gold;
    }

    pub(crate) fn precision(self) -> f64 {
        share(self.matched as f64, self.predicted)
    }

    pub(crate) fn recall(self) -> f64 {
        share(self.matched as f64, self.gold)
    }

    pub(crate) fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

fn share(part: f64, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part / whole as f64 }
}

/// To three places, as the reference scorer rounds.
fn rounded(number: f64) -> f64 {
    format!("{number:.3}").parse().expect("a number that was just written")
}

/// What came of a comparison.
#[derive(Debug, Default)]
pub(crate) struct Scores {
    pub(crate) layers: Vec<(&'static str, Counts)>,
    /// Of the matched rows, the share that agrees in a field too.
    pub(crate) of_matched: Vec<(&'static str, f64)>,
    /// Rows missed, too much, or different, in the layer that was asked for.
    pub(crate) differences: Vec<String>,
}

impl Scores {
    /// The figures as the reference scorer writes them with `--json`.
    pub(crate) fn json(&self) -> Value {
        let mut all = Map::new();
        for (name, layer) in &self.layers {
            let figures = json!({
                "p": rounded(layer.precision()), "r": rounded(layer.recall()), "f1": rounded(layer.f1()),
                "tp": layer.matched, "pred": layer.predicted, "gold": layer.gold,
            });
            all.insert((*name).to_owned(), figures);
        }
        if !self.of_matched.is_empty() {
            let shares =
                self.of_matched.iter().map(|(name, share)| ((*name).to_owned(), rounded(*share).into()));
            all.insert("of the matched".to_owned(), Value::Object(shares.collect()));
        }
        Value::Object(all)
    }
}

/// Compare predicted with gold annotations; `texts` place contents, `show` asks for the differences in a layer.
pub(crate) fn score(
    gold: &Annotated,
    predicted: &Annotated,
    texts: &Annotated,
    show: Option<Layer>,
) -> Scores {
    let mut tally = layers::Tally::new(show);
    for id in &gold.order {
        let annotated = &gold.by_id[id];
        let text = texts.get(id).and_then(|d| d["text"].as_str()).filter(|text| !text.is_empty());
        let text = text.or_else(|| annotated["text"].as_str()).unwrap_or_default();
        tally.document(id, annotated, predicted.get(id).unwrap_or(&Value::Null), text);
    }
    tally.finish()
}

#[cfg(test)]
mod tests;
