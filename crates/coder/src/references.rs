//! Whom each phrase of a document means, as the meetings, statements and events understand it.

use chancery_model::{Participant, Reference, Referent, Upos};

use crate::resolve::{Reader, Scene};
use crate::scan::Kind;

/// The references of a document in the order of their words. `scenes` holds what the reader has in mind at each sentence.
pub(crate) fn references(reader: &Reader, scenes: &[Scene]) -> Vec<Reference> {
    let mut out = Vec::new();
    for (s, scene) in scenes.iter().enumerate() {
        let tree = &reader.trees[s];
        for (first, last, head, kind) in phrases(reader, scene, s) {
            let resolved = reader.single(scene, s, head);
            let (who, rule) = match resolved {
                Some(found) => (found.who, found.rule),
                None => (Vec::new(), kind),
            };
            out.push(Reference {
                sentence: u32::try_from(s + 1).unwrap_or(u32::MAX),
                span: tree.span(first).cover(tree.span(last)),
                head: tree.span(head),
                who: who.into_iter().map(|p| referent(reader, p)).collect(),
                rule: rule.to_owned(),
            });
        }
    }
    out
}

/// First word, last word, head and kind of the phrases of a sentence that may mean an actor.
fn phrases(reader: &Reader, scene: &Scene, s: usize) -> Vec<(usize, usize, usize, &'static str)> {
    let tree = &reader.trees[s];
    let mut out = Vec::new();
    let mut at = 0;
    while at < tree.len() {
        if let Some(item) = reader.cast.item(s, at) {
            let (first, last) = item.words;
            let kind = match &item.kind {
                Kind::Honorific => None,
                Kind::Name => Some(("a name", head(reader, s, first, last))),
                Kind::Actor { .. } => Some(("a state or organisation", head(reader, s, first, last))),
                // A title is part of the phrase of the name beside it.
                Kind::Office(office) => {
                    reader.named(s, office.head).is_none().then_some(("a title", office.head))
                }
            };
            out.extend(kind.map(|(kind, head)| (first, last, head, kind)));
            at = last.max(at) + 1;
            continue;
        }
        let lemma = tree.lemma(at);
        let words = reader.words;
        if tree.upos(at) == Upos::PRON && PRONOUNS.contains(&tree.form(at).to_lowercase().as_str()) {
            out.push((at, at, at, "a pronoun"));
        } else if tree.upos(at) == Upos::NOUN
            && [&words.persons, &words.sides, &words.bodies].iter().any(|list| list.contains(&lemma))
            && reader.single(scene, s, at).is_some()
        {
            out.push((at, at, at, "a body or group"));
        }
        at += 1;
    }
    out
}

/// Pronouns that stand for persons or sides.
const PRONOUNS: [&str; 18] = [
    "he",
    "him",
    "his",
    "himself",
    "she",
    "her",
    "hers",
    "herself",
    "they",
    "them",
    "their",
    "theirs",
    "themselves",
    "we",
    "us",
    "our",
    "ours",
    "both",
];

/// The word on which the others of a stretch depend.
fn head(reader: &Reader, s: usize, first: usize, last: usize) -> usize {
    let tree = &reader.trees[s];
    (first..=last).find(|&i| tree.head(i).is_none_or(|h| h < first || h > last)).unwrap_or(first)
}

fn referent(reader: &Reader, participant: Participant) -> Referent {
    let known = participant.name.as_ref().and_then(|name| {
        let person = reader.cast.persons.iter().find(|p| p.full == *name)?;
        Some(reader.knowledge.person(person.known.as_ref()?)?.id.to_owned())
    });
    Referent { code: participant.code, name: participant.name, person: known }
}
