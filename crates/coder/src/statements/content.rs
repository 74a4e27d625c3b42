//! Which words are said.

use chancery_model::{Span, Upos};

use crate::relations::rel;
use crate::tree::Tree;

/// The words of a clause without the conjunction that opens it and without branches that are not part of it.
pub(super) fn clause(tree: &Tree, root: usize, cut: &[usize]) -> Vec<usize> {
    let mut words = tree.subtree_without(root, cut);
    if let Some(&first) = words.first()
        && tree.relation(first) == "mark"
        && tree.form(first).eq_ignore_ascii_case("that")
    {
        words.remove(0);
    }
    let that = |w: &usize| {
        tree.relation(*w) == "mark"
            && tree.head(*w) == Some(root)
            && tree.form(*w).eq_ignore_ascii_case("that")
    };
    if let Some(at) = words.iter().position(that).filter(|&at| at < 2) {
        words.drain(..=at);
    }
    words
}

/// A few noun phrases that say what it is about: the longest compounds and modified nouns, in lower case.
pub(super) fn topics(tree: &Tree, words: &[usize], root: usize) -> Vec<String> {
    let mut found: Vec<(usize, Span)> = Vec::new();
    for &w in words {
        if !matches!(tree.upos(w), Upos::NOUN | Upos::PROPN)
            || tree.relation(w) == "compound"
            || tree.relation(w) == "flat"
        {
            continue;
        }
        let modifier =
            tree.all(w, rel!["amod", "compound"]).find(|&c| c + 3 > w && c < w && words.contains(&c));
        let span = tree.span(modifier.unwrap_or(w)).cover(tree.span(w));
        let depth = tree.ancestors(w).take_while(|&x| x != root).count();
        let weight = depth * 2 + usize::from(modifier.is_none()) * 3;
        found.push((weight, span));
    }
    found.sort_by_key(|f| f.0);
    let mut out: Vec<String> = Vec::with_capacity(3);
    for (_, span) in found {
        if out.len() == 3 {
            break;
        }
        let topic = tree.spaced(span).to_lowercase();
        if !out.contains(&topic) && topic.split(' ').count() < 5 {
            out.push(topic);
        }
    }
    out
}
