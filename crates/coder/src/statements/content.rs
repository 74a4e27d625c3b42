//! Which words are said.

use chancery_model::Upos;

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
    let mut found: Vec<(usize, String)> = Vec::new();
    for &w in words {
        if !matches!(tree.upos(w), Upos::NOUN | Upos::PROPN)
            || tree.relation(w) == "compound"
            || tree.relation(w) == "flat"
        {
            continue;
        }
        let mut parts: Vec<usize> = tree
            .all(w, rel!["amod", "compound"])
            .filter(|&c| words.contains(&c) && c + 3 > w && c < w)
            .collect();
        parts.push(w);
        parts.sort_unstable();
        let (a, b) = (parts[0], w);
        let span = tree.span(a).cover(tree.span(b));
        let depth = tree.ancestors(w).take_while(|&x| x != root).count();
        let weight = depth * 2 + usize::from(parts.len() == 1) * 3;
        found.push((weight, tree.words(span).to_lowercase()));
    }
    found.sort_by_key(|f| f.0);
    let mut out: Vec<String> = Vec::new();
    for (_, topic) in found {
        if out.len() < 3 && !out.contains(&topic) && topic.split(' ').count() < 5 {
            out.push(topic);
        }
    }
    out
}
