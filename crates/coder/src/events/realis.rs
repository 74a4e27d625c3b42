//! Whether what a word tells has happened: tense, negation, condition, and the verbs and nouns above it. The words are in `realis.toml`.

use chancery_model::{Modality, Upos};

use super::frame::infinitive;
use crate::codebook::Realis;
use crate::relations::rel;
use crate::tree::Tree;
use crate::words::WordList;

/// How what is told stands to the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Real(Modality),
    Negated,
    /// Conditional, possible, asked for, feared: it has not happened.
    Unreal,
}

const HAPPENED: Status = Status::Real(Modality::Happened);
const PLANNED: Status = Status::Real(Modality::Planned);

impl Status {
    /// What holds of both: the less real of the two.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Unreal, _) | (_, Self::Unreal) => Self::Unreal,
            (Self::Negated, _) | (_, Self::Negated) => Self::Negated,
            (HAPPENED, other) => other,
            (this, _) => this,
        }
    }
}

impl Realis {
    /// The status of a verb, or of an adjective with *be*.
    pub(crate) fn of_verb(&self, tree: &Tree, verb: usize) -> Status {
        self.own(tree, verb, 5).and(self.outer(tree, verb, 5))
    }

    /// What the verb's own form says.
    fn own(&self, tree: &Tree, verb: usize, depth: usize) -> Status {
        let auxiliaries = tree.auxiliaries(verb);
        let has = |list: &WordList| auxiliaries.iter().any(|a| list.contains(a));
        // "Nobody was hurt", "no shelter was given".
        let none = |s: usize| {
            self.negative_subjects.contains(tree.lower(s))
                || tree.all(s, rel!["det"]).any(|d| self.negative_subjects.contains(tree.lower(d)))
        };
        if tree.negated(verb) || tree.child(verb, rel!["nsubj"]).is_some_and(none) {
            return Status::Negated;
        }
        let reported = tree.relation(verb) == "ccomp";
        if has(&self.planned_auxiliaries) || reported && auxiliaries.contains(&"would") {
            return PLANNED;
        }
        if has(&self.unreal_auxiliaries) {
            return Status::Unreal;
        }
        let bare = tree.token(verb).xpos == "VB" && auxiliaries.is_empty();
        match tree.head(verb) {
            Some(head)
                if tree.relation(verb) == "conj"
                    && depth > 0
                    && !finite(tree, verb)
                    && !infinitive(tree, verb) =>
            {
                self.own(tree, head, depth - 1)
            }
            // A headline's "Chad to send troops".
            None if bare && infinitive(tree, verb) => PLANNED,
            _ => HAPPENED,
        }
    }

    /// What stands above the verb says.
    fn outer(&self, tree: &Tree, verb: usize, depth: usize) -> Status {
        let Some(head) = tree.head(verb).filter(|_| depth > 0) else {
            let last = tree.form(tree.len() - 1);
            return if last == "?" { Status::Unreal } else { HAPPENED };
        };
        let above = |h: usize| self.own(tree, h, depth - 1).and(self.outer(tree, h, depth - 1));
        let lemma = tree.lemma(head);
        let marks = || tree.all(verb, rel!["mark", "advmod"]).map(|m| tree.lower(m));
        match tree.relation(verb) {
            "conj" => self.outer(tree, head, depth - 1),
            "xcomp" | "advcl" | "ccomp" | "acl" | "csubj" if infinitive(tree, verb) => {
                if tree.head(head).is_none() && tree.upos(head) == Upos::PROPN {
                    PLANNED
                } else if self.done.contains(lemma) {
                    above(head)
                } else if self.planned.contains(lemma) {
                    above(head).and(PLANNED)
                } else {
                    Status::Unreal
                }
            }
            "advcl" | "acl" if marks().any(|m| self.conditions.contains(m)) => Status::Unreal,
            "xcomp" | "advcl" | "ccomp" | "obj" if self.denied.contains(lemma) => Status::Negated,
            "xcomp" | "advcl" | "acl" if tree.token(verb).xpos == "VBG" => match tree.case(verb).as_deref() {
                Some("without") => Status::Negated,
                _ if self.told.contains(lemma) => above(head),
                Some("from" | "of" | "for" | "against" | "about") if self.unreal.contains(lemma) => {
                    Status::Unreal
                }
                Some("from" | "instead of" | "before" | "against" | "about") => Status::Unreal,
                _ if tree.relation(verb) == "xcomp" && !self.done.contains(lemma) => Status::Unreal,
                _ if tree.relation(verb) == "acl" => HAPPENED,
                _ => above(head),
            },
            "ccomp" if self.told.contains(lemma) => match above(head) {
                Status::Real(_) => HAPPENED,
                other => other,
            },
            "ccomp" => Status::Unreal,
            _ => HAPPENED,
        }
    }

    /// The status of a noun that tells an event, and of the verb that says little above it.
    pub(crate) fn of_noun(&self, tree: &Tree, noun: usize) -> Status {
        let beside = |list: &WordList| tree.children(noun).iter().any(|&c| list.contains(tree.lemma(c)));
        if tree.children(noun).iter().any(|&c| matches!(tree.lower(c), "no" | "without")) {
            return Status::Negated;
        }
        if beside(&self.unreal_modifiers) || beside(&self.past_modifiers) {
            return Status::Unreal;
        }
        let own = if beside(&self.planned_modifiers) { PLANNED } else { HAPPENED };
        let Some(head) = tree.head(noun) else { return own };
        if matches!(tree.relation(noun), "conj" | "appos") {
            return own.and(self.of_noun(tree, head));
        }
        let lemma = tree.lemma(head);
        let core = matches!(tree.deprel(noun), "obj" | "nsubj:pass" | "iobj");
        let above = match tree.upos(head) {
            Upos::VERB if tree.deprel(noun) != "nsubj" && self.denied.contains(lemma) => Status::Negated,
            Upos::VERB if tree.deprel(noun) != "nsubj" && self.unreal.contains(lemma) => Status::Unreal,
            Upos::VERB if tree.deprel(noun) != "nsubj" && self.planned.contains(lemma) => PLANNED,
            Upos::VERB if core => self.of_verb(tree, head),
            // "An armed attack would invoke the treaty": what is spoken of in general has not happened.
            Upos::VERB => match self.of_verb(tree, head) {
                Status::Unreal | PLANNED
                    if tree.deprel(noun) == "nsubj"
                        && tree.all(noun, rel!["det"]).any(|d| tree.is(d, &["a", "an", "any"])) =>
                {
                    Status::Unreal
                }
                Status::Unreal if tree.relation(head) == "xcomp" => Status::Unreal,
                _ => HAPPENED,
            },
            _ if self.denied.contains(lemma) => Status::Negated,
            _ if self.unreal.contains(lemma) => Status::Unreal,
            _ if self.planned.contains(lemma) && tree.relation(noun) == "nmod" => PLANNED,
            _ => HAPPENED,
        };
        own.and(above)
    }
}

fn finite(tree: &Tree, verb: usize) -> bool {
    matches!(tree.token(verb).xpos.as_str(), "VBD" | "VBZ" | "VBP")
        || tree.child(verb, rel!["aux", "cop"]).is_some()
}
