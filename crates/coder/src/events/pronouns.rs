//! Whom a pronoun means where nothing before its sentence tells, who speaks or of whom the clause above does; and clauses without a subject.

use chancery_model::{Participant, Upos};

use super::who::At;
use crate::relations::rel;
use crate::resolve::state;
use crate::tree::Tree;

/// How far up a subject is shared: "we stand ready to help and to train".
const UP: usize = 3;

/// Whether a word tells in a sentence of its own, without a subject: "Condemns the attack and calls for an inquiry".
pub(super) fn lacks_a_subject(tree: &Tree, word: usize) -> bool {
    let finite = tree.token(word).xpos.starts_with("VB") && !tree.token(word).xpos.starts_with("VBN");
    let joined = |&w: &usize| matches!(tree.relation(w), "conj" | "parataxis");
    let top = std::iter::once(word).chain(tree.ancestors(word)).find(|w| !joined(w));
    let mut verbs = std::iter::once(word).chain(tree.ancestors(word));
    finite
        && top.is_some_and(|top| tree.head(top).is_none())
        && verbs.all(|verb| tree.child(verb, rel!["nsubj"]).is_none())
}

impl At<'_> {
    /// Whether a word is "I" or "we", in whatever case.
    pub(super) fn is_first_person(&self, word: usize) -> bool {
        self.reader.words.first_person.contains(self.reader.trees[self.s].lower(word))
    }

    /// Whether "I" or "we" does what a word tells.
    pub(super) fn is_by_a_speaker(&self, word: usize) -> bool {
        let tree = &self.reader.trees[self.s];
        let verbs = std::iter::once(word).chain(tree.ancestors(word));
        let mut subjects = verbs.take(1 + UP).map_while(|verb| {
            let subject = tree.child(verb, rel!["nsubj"]);
            let shared = matches!(tree.relation(verb), "conj" | "xcomp");
            (shared || subject.is_some()).then_some(subject)
        });
        subjects.find_map(|subject| subject).is_some_and(|subject| self.is_first_person(subject))
    }

    /// Whom "I" and "we" mean: whose turn it is to speak, of whom the sentence says that they speak, else the publisher.
    pub(super) fn speaking(&self, pronoun: usize) -> Vec<Participant> {
        let tree = &self.reader.trees[self.s];
        let says = |verb: &usize| self.pages.realis.told.contains(tree.lemma(*verb));
        let above = tree.ancestors(pronoun);
        // "Johnson said that we welcome"; "we welcome it, said Johnson".
        let verbs = above.flat_map(|a| std::iter::once(a).chain(tree.all(a, rel!["parataxis"])));
        let speaker = verbs.filter(says).find_map(|verb| {
            tree.child(verb, rel!["nsubj"]).filter(|&s| s != pronoun && !self.is_first_person(s))
        });
        if let Some(speaker) = speaker {
            return self.actors(speaker).to_vec();
        }
        if let Some(person) = self.reader.turn(self.s) {
            return vec![self.reader.person(person)];
        }
        self.reader.cast.publisher.iter().map(|code| state(code)).collect()
    }

    /// Whom a pronoun means within its sentence: the subject of the clause above, "North Korea said it …".
    pub(super) fn spoken_of(&self, pronoun: usize) -> Vec<Participant> {
        let tree = &self.reader.trees[self.s];
        let form = tree.lower(pronoun);
        if !matches!(form, "he" | "she" | "it" | "they" | "him" | "her" | "them" | "his" | "its" | "their") {
            return Vec::new();
        }
        let many = matches!(form, "they" | "them" | "their");
        let own =
            |verb: usize| tree.child(verb, rel!["nsubj"]).filter(|&s| s < pronoun && !tree.below(pronoun, s));
        // "Ruto condemned them" is not of himself; "his" and a subject may be of any above.
        let inside = tree.relation(pronoun) != "nsubj" && tree.deprel(pronoun) != "nmod:poss";
        let verbs = tree.ancestors(pronoun).filter(|&a| tree.upos(a) == Upos::VERB).skip(usize::from(inside));
        let subject = verbs.filter_map(own).find(|&s| tree.upos(s) != Upos::PRON);
        let who = subject.map_or_else(Vec::new, |s| self.actors(s).to_vec());
        // "Suspended aid to Rwanda, accusing it of …": not of the one who accuses, but the one named last.
        let own_subject = tree.ancestors(pronoun).find(|&a| tree.upos(a) == Upos::VERB);
        let shared = inside && own_subject.is_some_and(|v| tree.child(v, rel!["nsubj"]).is_none());
        // "She thanked Viet Nam for the vaccines that it sent": a person is not "it".
        let person = form == "it" && subject.is_some_and(|s| self.reader.cast.at(self.s, s).is_some());
        if shared && matches!(form, "it" | "them") || person {
            let named = (0..pronoun).rev().filter(|&w| {
                tree.upos(w) == Upos::PROPN
                    && Some(w) != subject
                    && !matches!(tree.relation(w), "compound" | "flat")
            });
            let mut other = named.map(|w| self.actors(w)).filter(|a| a.iter().any(|p| !p.code.is_empty()));
            let other = other.find(|a| !a.iter().any(|p| who.contains(p)));
            let other = other.map(|a| a.to_vec());
            return other.unwrap_or_else(|| if person { who } else { Vec::new() });
        }
        // "They" are many, or of a noun in the plural.
        let agrees = !many || who.len() > 1 || subject.is_some_and(|s| tree.plural(s));
        if agrees { who } else { Vec::new() }
    }
}
