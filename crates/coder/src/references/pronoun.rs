//! Pronouns: who is spoken of where they stand.

use chancery_model::{Referent, Upos};

use super::focus::{Focus, Mentioned};
use super::{Told, referent};
use crate::resolve::{Reader, Scene};
use crate::tree::Tree;

/// How far back, in sentences, a pronoun looks.
const NEAR: usize = 2;

/// Whether a word is a pronoun that may stand for an actor.
pub(super) fn is_one(tree: &Tree, at: usize) -> bool {
    const FORMS: &str = "he him his himself she her hers herself they them their theirs themselves we us our ours ourselves \
                         it its itself both each i me my you your";
    // "Both sides": part of a phrase of its own.
    let alone = !tree.is(at, &["both", "each"])
        || !matches!(tree.relation(at), "det" | "cc" | "advmod" | "nummod" | "amod");
    alone && FORMS.split_whitespace().any(|form| form == tree.form(at).to_lowercase())
}

/// Whom a pronoun means.
pub(super) fn pronoun(reader: &Reader, scene: &Scene, focus: &Focus, s: usize, at: usize) -> Told {
    let tree = &reader.trees[s];
    let found = match tree.form(at).to_lowercase().as_str() {
        "he" | "him" | "his" | "himself" | "she" | "her" | "hers" | "herself" => person(reader, focus, s, at),
        "it" | "its" | "itself" => side(reader, focus, s, at),
        "they" | "them" | "their" | "theirs" | "themselves" | "both" | "each" => several(focus, s, tree, at),
        "you" | "your" => addressed(reader, s),
        "we" | "us" | "our" | "ours" | "ourselves" => parties(reader, scene, focus, s, at),
        "i" | "me" | "my" => reader.turn(s).map(|p| (vec![referent(reader, reader.person(p))], "speaker")),
        _ => None,
    };
    if let Some(found) = found {
        return found;
    }
    match reader.single(scene, s, at) {
        Some(found) if !tree.is(at, &["it", "its", "itself"]) => {
            (found.who.into_iter().map(|p| referent(reader, p)).collect(), found.rule)
        }
        _ => (Vec::new(), "a pronoun"),
    }
}

/// "He": a person mentioned before in the sentence or in the last, rather one who acts, never one on whom the same verb acts.
fn person(reader: &Reader, focus: &Focus, s: usize, at: usize) -> Option<Told> {
    let tree = &reader.trees[s];
    let form = tree.form(at).to_lowercase();
    let female = form.starts_with("she") || form.starts_with("her");
    let reflexive = form.ends_with("self");
    let possessive = tree.deprel(at) == "nmod:poss";
    let clause = clause(tree, at);
    let mut best: Option<(i32, &Mentioned)> = None;
    for (back, m) in focus.all.iter().rev().filter(|m| m.is_person()).enumerate() {
        if m.sentence + NEAR < s || reader.other_gender(m.who.person.as_deref(), female) {
            continue;
        }
        let mut score = -(i32::try_from(back.min(20)).unwrap_or(20));
        if m.sentence == s {
            let own = self::clause(tree, m.head) == clause;
            if own && !possessive && !reflexive {
                // "Li told him": the two are not one.
                if !within_possessive(tree, m.head) {
                    continue;
                }
            }
            score += if m.subject { 14 } else { 6 };
            if own && reflexive {
                score += if m.subject { 20 } else { 0 };
            }
            // "Thanked the president for his hospitality": whose it is for which someone is thanked.
            if possessive && own && !m.subject && thanks(tree, clause) && tree.relation(m.head) == "obj" {
                score += 12;
            }
        } else {
            score += if m.subject { 8 } else { 0 };
            score -= 4 * i32::try_from(s - m.sentence).unwrap_or(0);
        }
        if m.pronoun {
            score += 3;
        }
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, m));
        }
    }
    let (_, m) = best?;
    Some((vec![m.who.clone()], "pronoun"))
}

/// "It": a state or organisation that is the subject of a clause around, or that was that of the last sentence.
fn side(reader: &Reader, focus: &Focus, s: usize, at: usize) -> Option<Told> {
    let tree = &reader.trees[s];
    if tree.relation(at) == "expl"
        || tree.children(tree.head(at)?).iter().any(|&c| {
            matches!(tree.relation(c), "csubj" | "ccomp")
                && c > at
                && tree.relation(at) == "nsubj"
                && tree.passive(tree.head(at).unwrap_or(at))
        })
    {
        return None;
    }
    let side = |m: &&Mentioned| !m.is_person() && !m.place && !m.who.code.is_empty();
    let own = clause(tree, at);
    let possessive = tree.deprel(at) == "nmod:poss";
    let here = focus
        .all
        .iter()
        .rev()
        .filter(side)
        .find(|m| m.sentence == s && m.subject && (possessive || clause(tree, m.head) != own));
    let before = || {
        let subject = tree.relation(at) == "nsubj" || possessive;
        let last: Vec<&Mentioned> =
            focus.all.iter().filter(side).filter(|m| m.sentence + 1 == s && m.subject).collect();
        if subject { last.last().copied() } else { None }
    };
    let found = here.or_else(before)?;
    let _ = reader;
    Some((vec![found.who.clone()], "pronoun-side"))
}

/// "They": the group mentioned last, in this sentence or the last.
fn several(focus: &Focus, s: usize, tree: &Tree, at: usize) -> Option<Told> {
    let near = focus.groups.iter().rev().find(|(sentence, _)| sentence + 1 >= s);
    if let Some((_, members)) = near {
        return Some((members.clone(), "pronoun-group"));
    }
    if !tree.is(at, &["both"]) {
        return None;
    }
    let last: Vec<Referent> =
        focus.last(|m| m.is_person() && m.sentence + 1 >= s).iter().rev().map(|m| m.who.clone()).collect();
    (last.len() == 2).then_some((last, "pronoun-group"))
}

/// "You" in a transcript of two: the one whose turn it is not.
fn addressed(reader: &Reader, s: usize) -> Option<Told> {
    let speaker = reader.turn(s)?;
    let mut others: Vec<usize> =
        (0..reader.trees.len()).filter_map(|s| reader.turn(s)).filter(|p| *p != speaker).collect();
    others.sort_unstable();
    others.dedup();
    match others.as_slice() {
        [one] => Some((vec![referent(reader, reader.person(*one))], "addressed")),
        _ => None,
    }
}

/// "We, the Governments of Finland and Sweden": those named beside it, there and later; in a turn those for whom the speaker acts.
fn parties(reader: &Reader, scene: &Scene, focus: &Focus, s: usize, at: usize) -> Option<Told> {
    let tree = &reader.trees[s];
    if let Some(&beside) = tree.all(at, &["appos"]).first()
        && let Some(found) = reader.resolve(scene, s, beside)
    {
        return Some((found.who.into_iter().map(|p| referent(reader, p)).collect(), "named-beside"));
    }
    if !focus.we.is_empty() {
        return Some((focus.we.clone(), "named-beside"));
    }
    let code = reader.cast.persons[reader.turn(s)?].code();
    (!code.is_empty()).then(|| (vec![Referent { code, ..Referent::default() }], "speaker-side"))
}

/// The verb, or other head of a clause, that a word belongs to.
fn clause(tree: &Tree, at: usize) -> Option<usize> {
    let mut word = at;
    loop {
        let verb = matches!(tree.upos(word), Upos::VERB | Upos::AUX);
        // A verb joined to another without a subject of its own is of one clause with it, and so is an infinitive.
        let own = match tree.relation(word) {
            "root" | "ccomp" | "acl" | "csubj" | "parataxis" => true,
            "advcl" => tree.child(word, &["nsubj"]).is_some(),
            "conj" => verb && tree.child(word, &["nsubj"]).is_some(),
            _ => false,
        };
        if own {
            return Some(word);
        }
        word = tree.head(word)?;
    }
}

/// Whether a word belongs to another, as "China" in "China's president".
fn within_possessive(tree: &Tree, at: usize) -> bool {
    tree.deprel(at) == "nmod:poss"
}

fn thanks(tree: &Tree, clause: Option<usize>) -> bool {
    clause.is_some_and(|verb| {
        tree.is(
            verb,
            &["thank", "praise", "congratulate", "commend", "applaud", "salute", "welcome", "credit"],
        )
    })
}
