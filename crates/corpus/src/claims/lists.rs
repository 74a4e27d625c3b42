//! Lists that two texts tell in another order: "Taiwan, Xinjiang, Xizang and Hong Kong", "Hong Kong, Xinjiang and Xizang".

use super::{Account, Claim};
use crate::wording::plain;

/// A list of one text and what became of it in the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListChange {
    /// Id of the first text's claim.
    pub a: String,
    /// Id of the second text's claim.
    pub b: String,
    /// The list as the first has it.
    pub list_a: Vec<String>,
    /// The list as the second has it.
    pub list_b: Vec<String>,
    /// Whether what stands in both stands in another order.
    pub reordered: bool,
    /// What only the first has.
    pub left_out: Vec<String>,
    /// What only the second has.
    pub added: Vec<String>,
}

/// Longest item of a list, in words.
const LONGEST: usize = 5;

/// Lists of which at least two items stand in both texts and that differ; each of the first against the likest of the second.
pub(super) fn changes(a: &Account, b: &Account) -> Vec<ListChange> {
    let (ours, theirs) = (lists(a), lists(b));
    let mut out: Vec<ListChange> = Vec::new();
    for (claim, list) in &ours {
        let shared = |other: &[String]| list.iter().filter(|x| place(other, x).is_some()).count();
        let best = theirs.iter().max_by_key(|(_, other)| (shared(other), std::cmp::Reverse(other.len())));
        let Some((other_claim, other)) = best.filter(|(_, other)| shared(other) > 1) else { continue };
        let places: Vec<usize> = list.iter().filter_map(|x| place(other, x)).collect();
        let change = ListChange {
            a: claim.id.clone(),
            b: other_claim.id.clone(),
            reordered: !places.is_sorted(),
            left_out: list.iter().filter(|x| place(other, x).is_none()).cloned().collect(),
            added: other.iter().filter(|x| place(list, x).is_none()).cloned().collect(),
            list_a: list.clone(),
            list_b: other.clone(),
        };
        if change.reordered || !change.left_out.is_empty() || !change.added.is_empty() {
            out.push(change);
        }
    }
    out
}

fn place(list: &[String], item: &str) -> Option<usize> {
    let wanted = plain(item);
    list.iter().position(|x| plain(x) == wanted)
}

/// The lists of three and more short items in the claims of a text.
fn lists(account: &Account) -> Vec<(&Claim, Vec<String>)> {
    let all = account.claims.iter().chain(account.silent());
    all.flat_map(|claim| lists_in(&claim.words).into_iter().map(move |list| (claim, list))).collect()
}

/// Lists of names, three and more, in a text; of the words around the first and the last item only the names count.
fn lists_in(text: &str) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    let mut list: Vec<String> = Vec::new();
    let parts: Vec<&str> = text.split(", ").collect();
    for (i, part) in parts.iter().enumerate() {
        // "Xizang and Hong Kong" closes a list.
        let joined = part
            .strip_prefix("and ")
            .map(|last| vec![last])
            .unwrap_or_else(|| part.splitn(2, " and ").collect());
        let mut closed = false;
        for (k, item) in joined.iter().enumerate() {
            let first = list.is_empty() && k == 0;
            let last = joined.len() > 1 && k == 1 || part.starts_with("and ");
            match name(item, first, last) {
                Some(name) => list.push(name),
                None => {
                    if list.len() > 2 {
                        out.push(std::mem::take(&mut list));
                    }
                    list.clear();
                }
            }
            closed = last;
        }
        if closed || i + 1 == parts.len() {
            if list.len() > 2 {
                out.push(std::mem::take(&mut list));
            }
            list.clear();
        }
    }
    out
}

/// The name that an item of a list is: all of it; of the first its end, of the last its beginning.
fn name(item: &str, first: bool, last: bool) -> Option<String> {
    let words: Vec<&str> = item.split_whitespace().collect();
    let capital = |w: &&str| w.chars().next().is_some_and(char::is_uppercase);
    let chosen: Vec<&str> = match (first, last) {
        (true, _) => {
            let from = words.iter().rposition(|w| !capital(w)).map_or(0, |p| p + 1);
            words[from..].to_vec()
        }
        (_, true) => words.into_iter().take_while(capital).collect(),
        _ if words.iter().all(capital) => words,
        _ => Vec::new(),
    };
    let name = chosen.join(" ").trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    (!name.is_empty() && chosen.len() <= LONGEST).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_begins_and_ends_with_names() {
        let text = "issues of core interest, including those related to Ruritania, Strelsau, Zenda and Upper Tarlenheim";
        assert_eq!(lists_in(text), [["Ruritania", "Strelsau", "Zenda", "Upper Tarlenheim"]]);
    }

    #[test]
    fn two_names_are_no_list() {
        assert!(lists_in("relations between Ruritania and Graustark, he said").is_empty());
    }
}
