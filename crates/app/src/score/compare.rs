//! When two rows are the same, and which rows are paired.

use std::collections::BTreeSet;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// The words of a text, lower-case and without accents.
pub(super) fn fold(value: &Value) -> Vec<String> {
    let decomposed: String = value.as_str().unwrap_or_default().nfkd().collect();
    let plain: String =
        decomposed.to_lowercase().chars().filter(|&c| canonical_combining_class(c) == 0).collect();
    let is_word = |c: char| c == '_' || (c.is_alphanumeric() && !is_combining_mark(c));
    plain.split(|c| !is_word(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The last two parts of a name, in any order.
pub(super) fn person(name: &Value) -> BTreeSet<String> {
    fold(name).into_iter().rev().take(2).collect()
}

/// The codes of a participant or a list of them: three letters of a state, all of an organisation.
pub(super) fn codes(participants: &Value) -> BTreeSet<String> {
    let state = |code: &str| {
        let whole = code.starts_with("IGO:") || code.starts_with("ORG:");
        if whole { code.to_owned() } else { code.chars().take(3).collect() }
    };
    let codes = each(participants).map(|p| p["code"].as_str().unwrap_or_default());
    codes.filter(|code| !code.is_empty()).map(state).collect()
}

/// The persons among a participant or a list of them.
pub(super) fn names(participants: &Value) -> BTreeSet<BTreeSet<String>> {
    let named = each(participants).filter(|p| p["name"].as_str().is_some_and(|name| !name.is_empty()));
    named.map(|p| person(&p["name"])).collect()
}

fn each(participants: &Value) -> impl Iterator<Item = &Value> {
    let one = participants.is_object().then_some(participants);
    one.into_iter().chain(participants.as_array().into_iter().flatten())
}

/// Pairs of rows, one to one, the best first; of equals the earlier first.
pub(super) fn greedy(
    gold: usize,
    predicted: usize,
    score: impl Fn(usize, usize) -> f64,
) -> Vec<(usize, usize)> {
    let all = (0..gold).flat_map(|i| (0..predicted).map(move |j| (i, j)));
    let mut pairs: Vec<(f64, usize, usize)> =
        all.map(|(i, j)| (score(i, j), i, j)).filter(|pair| pair.0 > 0.0).collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut taken_gold, mut taken_predicted) = (vec![false; gold], vec![false; predicted]);
    pairs.retain(|&(_, i, j)| {
        let free = !taken_gold[i] && !taken_predicted[j];
        if free {
            (taken_gold[i], taken_predicted[j]) = (true, true);
        }
        free
    });
    pairs.into_iter().map(|(_, i, j)| (i, j)).collect()
}

/// The same person and state or organisation, and half of the office's words.
pub(super) fn roles(gold: &Value, predicted: &Value) -> f64 {
    if gold["country"] != predicted["country"] && gold["organization"] != predicted["organization"] {
        return 0.0;
    }
    let (a, b) = (person(&gold["person"]), person(&predicted["person"]));
    let words = |role: &Value| fold(&role["office"]).into_iter().collect::<BTreeSet<_>>();
    let likeness = jaccard(&words(gold), &words(predicted));
    if a.is_disjoint(&b) || likeness < 0.5 { 0.0 } else { likeness + f64::from(u8::from(a == b)) }
}

/// The same parties, and dates that intersect.
pub(super) fn meetings(gold: &Value, predicted: &Value) -> f64 {
    let apart = match [(gold, "from"), (gold, "to"), (predicted, "from"), (predicted, "to")].map(bound) {
        [Some(gold_from), gold_to, Some(from), to] => {
            to.is_some_and(|to| gold_from > to) || gold_to.is_some_and(|gold_to| from > gold_to)
        }
        _ => false,
    };
    if apart || codes(&gold["parties"]) != codes(&predicted["parties"]) {
        return 0.0;
    }
    let same = ["from", "to", "told"].into_iter().filter(|field| gold[*field] == predicted[*field]);
    1.0 + same.count() as f64
}

/// The first or the last day that a date may mean.
fn bound((meeting, field): (&Value, &str)) -> Option<String> {
    let date = meeting[field].as_str().filter(|date| !date.is_empty())?;
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next(), parts.next());
    let open = if field == "to" { ("12", "31") } else { ("01", "01") };
    let or = |part: Option<&str>, open: &str| part.filter(|p| !p.is_empty()).unwrap_or(open).to_owned();
    Some(format!("{year}-{}-{}", or(month, open.0), or(day, open.1)))
}

/// The places of the characters of a statement's content that are not white space, counted in code points.
pub(super) fn content(text: &[char], statement: &Value) -> BTreeSet<usize> {
    let content = &statement["content"];
    let one = (!content.is_array()).then_some(content);
    let mut places = BTreeSet::new();
    for part in one.into_iter().chain(content.as_array().into_iter().flatten()) {
        let range = if part.is_object() {
            let bound = |key: &str| part[key].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
            Some(bound("start")..bound("end").min(text.len()))
        } else {
            let words: Vec<char> = part.as_str().unwrap_or_default().chars().collect();
            let at = statement["at"].as_u64().and_then(|at| usize::try_from(at).ok());
            let at = at.filter(|&at| text.get(at..).is_some_and(|rest| rest.starts_with(&words)));
            at.or_else(|| find(text, &words)).map(|start| start..start + words.len())
        };
        places.extend(range.into_iter().flatten().filter(|&at| !is_space(text[at])));
    }
    places
}

fn find(text: &[char], words: &[char]) -> Option<usize> {
    if words.is_empty() { Some(0) } else { text.windows(words.len()).position(|window| window == words) }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// How much two sets share, of all that they hold.
pub(super) fn jaccard<T: Ord>(one: &BTreeSet<T>, other: &BTreeSet<T>) -> f64 {
    let shared = one.intersection(other).count();
    super::share(shared as f64, one.len() + other.len() - shared)
}
