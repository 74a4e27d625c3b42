//! What one sentence of a text teaches of names in the others.

use chancery_model::Upos;

use crate::knowledge::{EntryKind, Knowledge};
use crate::scan::{Item, Kind};
use crate::tree::Tree;

/// "Lima praised the pact" after "Foreign Minister Ana Lima": a surname given in full goes before a capital or a body of that name.
pub(crate) fn know_surnames(trees: &[Tree], items: &mut [Vec<Item>]) {
    let mut surnames: Vec<&str> = Vec::new();
    for (tree, items) in trees.iter().zip(items.iter()) {
        let full = items.iter().filter(|i| i.kind == Kind::Name && i.words.0 < i.words.1);
        surnames.extend(full.map(|i| tree.form(i.words.1)));
    }
    for (tree, items) in trees.iter().zip(items) {
        for item in items.iter_mut().filter(|i| i.words.0 == i.words.1) {
            let capital =
                matches!(&item.kind, Kind::Actor { entry: EntryKind::Capital | EntryKind::Organization, .. });
            let word = item.words.0;
            if capital && tree.token(word).name.ends_with("PER") && surnames.contains(&tree.form(word)) {
                item.kind = Kind::Name;
            }
        }
    }
}

/// A state or body that no table knows, once an office has named it ("the Chancellor of Ruritania"), is an actor wherever it stands.
pub(crate) fn know_bodies(trees: &[Tree], items: &mut [Vec<Item>], knowledge: &Knowledge) {
    let mut bodies: Vec<String> = Vec::new();
    for item in items.iter().flatten() {
        if let Kind::Office(office) = &item.kind
            && let Some(body) = office.body.as_ref().and_then(|b| b.strip_prefix("ORG:"))
            && !bodies.iter().any(|b| b == body)
        {
            bodies.push(body.to_owned());
        }
    }
    // "Chancellor Rudolf Sapt of Ruritania": a place after a titled name.
    for (tree, items) in trees.iter().zip(items.iter()) {
        for pair in
            items.windows(2).filter(|p| matches!(p[0].kind, Kind::Office(_)) && p[1].kind == Kind::Name)
        {
            let of = pair[1].words.1 + 1;
            let high = matches!(&pair[0].kind, Kind::Office(o) if o.level <= 2);
            let proper = |i: usize| {
                tree.upos(i) == Upos::PROPN && tree.form(i).chars().next().is_some_and(char::is_uppercase)
            };
            if of + 1 < tree.len()
                && tree.form(of) == "of"
                && (tree.token(of + 1).name == "B-LOC" || high && proper(of + 1))
            {
                let end = (of + 2..tree.len())
                    .take_while(|&i| tree.token(i).name == "I-LOC" || high && proper(i))
                    .last()
                    .unwrap_or(of + 1);
                let covered =
                    items.iter().any(|i| i.words.0 <= of + 1 && of < i.words.1 && i.kind != Kind::Name);
                let name = tree.words(tree.span(of + 1).cover(tree.span(end)));
                if !covered && !bodies.contains(&name) {
                    bodies.push(name);
                }
            }
        }
    }
    // The governor of an American Georgia makes no other Georgia a body.
    bodies.retain(|body| knowledge.longest(&[body.as_str()]).is_none());
    if bodies.is_empty() {
        return;
    }
    for (tree, items) in trees.iter().zip(items.iter_mut()) {
        let text = |a: usize, b: usize| tree.words(tree.span(a).cover(tree.span(b)));
        items.retain(|i| i.kind != Kind::Name || !bodies.contains(&text(i.words.0, i.words.1)));
        for at in 0..tree.len() {
            if items.iter().any(|i| (i.words.0..=i.words.1).contains(&at)) {
                continue;
            }
            let named = (at..tree.len().min(at + 8)).rev().find(|&end| bodies.contains(&text(at, end)));
            if let Some(end) = named {
                let name = text(at, end);
                let kind = Kind::Actor { code: format!("ORG:{name}"), entry: EntryKind::Organization, name };
                items.push(Item { words: (at, end), kind });
            }
        }
        items.sort_by_key(|i| i.words);
    }
}
