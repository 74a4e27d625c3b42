//! Persons whom no office places: the wife beside a president, a premier's father, one who ruled a state.

use crate::cast::Cast;
use crate::knowledge::EntryKind;
use crate::references::PhraseWords;
use crate::relations::rel;
use crate::scan::Kind;
use crate::tree::Tree;

/// Give those of the cast who have no state the state that the text tells by what they were to it or to another.
pub(crate) fn place(cast: &mut Cast, trees: &[Tree], phrases: &PhraseWords) {
    for (s, tree) in trees.iter().enumerate() {
        for (first, last, p) in cast.names[s].clone() {
            let person = &cast.persons[p];
            if person.known.is_some() || !person.code().is_empty() || person.words.len() < 2 {
                continue;
            }
            let head =
                (first..=last).find(|&i| tree.head(i).is_none_or(|h| h < first || h > last)).unwrap_or(first);
            let told = ruled(cast, tree, s, head, phrases)
                .map(|code| (code, "the state that the text says was led"))
                .or_else(|| spouse(cast, tree, s, first, head).map(|code| (code, "the state of a spouse")))
                .or_else(|| {
                    relative(cast, tree, s, head, phrases).map(|code| (code, "the state of a relative"))
                });
            if let Some((code, why)) = told {
                cast.persons[p].country = code;
                cast.persons[p].why = why.to_owned();
            }
        }
    }
}

/// "Ferdinand Marcos ruled the Philippines".
fn ruled(cast: &Cast, tree: &Tree, s: usize, head: usize, phrases: &PhraseWords) -> Option<String> {
    // "Trudeau's father, Pierre Trudeau, had led Canada".
    let subject = if tree.relation(head) == "appos" { tree.head(head)? } else { head };
    let verb = tree.head(subject).filter(|_| tree.relation(subject) == "nsubj")?;
    if !phrases.rule.contains(tree.lemma(verb)) {
        return None;
    }
    let object = tree.child(verb, rel!["obj"])?;
    match cast.item(s, object).map(|i| &i.kind) {
        Some(Kind::Actor { code, entry: EntryKind::State, .. }) => Some(code.clone()),
        _ => None,
    }
}

/// "President Yoon and Mrs. Kim Keon Hee".
fn spouse(cast: &Cast, tree: &Tree, s: usize, first: usize, head: usize) -> Option<String> {
    let lady = ["mrs.", "mrs", "madam", "madame"];
    let called = first.checked_sub(1).is_some_and(|i| lady.contains(&tree.lower(i)));
    let beside = tree.head(head).filter(|_| called && tree.relation(head) == "conj")?;
    // Only one other stands with her.
    let leader = &cast.persons[cast.at(s, beside)?];
    (tree.all(beside, rel!["conj"]).count() == 1 && !leader.offices.is_empty() && !leader.country.is_empty())
        .then(|| leader.country.clone())
}

/// "Trudeau's father, Pierre Trudeau", "Yoon's wife Kim Keon Hee".
fn relative(cast: &Cast, tree: &Tree, s: usize, head: usize, phrases: &PhraseWords) -> Option<String> {
    let noun = tree.head(head).filter(|_| matches!(tree.relation(head), "appos" | "flat" | "nmod"));
    let noun = noun.filter(|&noun| phrases.kin.contains(tree.lemma(noun)))?;
    let owner = tree.children(noun).iter().copied().find(|&c| tree.deprel(c) == "nmod:poss")?;
    let country = &cast.persons[cast.at(s, owner)?].country;
    (!country.is_empty()).then(|| country.clone())
}
