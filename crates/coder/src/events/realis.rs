//! Whether what a word tells has happened: tense, negation, condition, and the verbs and nouns above it. The words are in `realis.toml`.

use chancery_model::{Modality, Upos};

use super::frame::infinitive;
use crate::codebook::Realis;
use crate::tree::Tree;

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

fn listed(list: &[String], word: &str) -> bool {
    list.iter().any(|w| w == word)
}

impl Realis {
    /// The status of a verb, or of an adjective with *be*.
    pub(crate) fn of_verb(&self, tree: &Tree, verb: usize) -> Status {
        self.own(tree, verb, 5).and(self.outer(tree, verb, 5))
    }

    /// What the verb's own form says.
    fn own(&self, tree: &Tree, verb: usize, depth: usize) -> Status {
        let auxiliaries = tree.auxiliaries(verb);
        let has = |list: &[String]| auxiliaries.iter().any(|a| listed(list, a));
        if tree.negated(verb) {
            return Status::Negated;
        }
        let reported = tree.relation(verb) == "ccomp";
        if has(&self.planned_auxiliaries) || reported && auxiliaries.iter().any(|a| a == "would") {
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
        let marks = || tree.all(verb, &["mark", "advmod"]).into_iter().map(|m| tree.form(m).to_lowercase());
        match tree.relation(verb) {
            "conj" => self.outer(tree, head, depth - 1),
            "xcomp" | "advcl" | "ccomp" | "acl" | "csubj" if infinitive(tree, verb) => {
                if tree.head(head).is_none() && tree.upos(head) == Upos::PROPN {
                    PLANNED
                } else if listed(&self.done, &lemma) {
                    above(head)
                } else if listed(&self.planned, &lemma) {
                    above(head).and(PLANNED)
                } else {
                    Status::Unreal
                }
            }
            "advcl" | "acl" if marks().any(|m| listed(&self.conditions, &m)) => Status::Unreal,
            "xcomp" | "advcl" | "ccomp" | "obj" if listed(&self.denied, &lemma) => Status::Negated,
            "xcomp" | "advcl" | "acl" if tree.token(verb).xpos == "VBG" => match tree.case(verb).as_deref() {
                Some("without") => Status::Negated,
                _ if listed(&self.told, &lemma) => above(head),
                Some("from" | "of" | "for" | "against" | "about") if listed(&self.unreal, &lemma) => {
                    Status::Unreal
                }
                Some("from" | "instead of" | "before" | "against" | "about") => Status::Unreal,
                _ if tree.relation(verb) == "xcomp" && !listed(&self.done, &lemma) => Status::Unreal,
                _ if tree.relation(verb) == "acl" => HAPPENED,
                _ => above(head),
            },
            "ccomp" if listed(&self.told, &lemma) => match above(head) {
                Status::Real(_) => HAPPENED,
                other => other,
            },
            "ccomp" => Status::Unreal,
            _ => HAPPENED,
        }
    }

    /// The status of a noun that tells an event, and of the verb that says little above it.
    pub(crate) fn of_noun(&self, tree: &Tree, noun: usize) -> Status {
        let beside = |list: &[String]| tree.children(noun).iter().any(|&c| listed(list, &tree.lemma(c)));
        if tree
            .children(noun)
            .iter()
            .any(|&c| matches!(tree.form(c).to_lowercase().as_str(), "no" | "without"))
        {
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
            Upos::VERB if tree.deprel(noun) != "nsubj" && listed(&self.denied, &lemma) => Status::Negated,
            Upos::VERB if tree.deprel(noun) != "nsubj" && listed(&self.unreal, &lemma) => Status::Unreal,
            Upos::VERB if tree.deprel(noun) != "nsubj" && listed(&self.planned, &lemma) => PLANNED,
            Upos::VERB if core => self.of_verb(tree, head),
            // "An armed attack would invoke the treaty": what is spoken of in general has not happened.
            Upos::VERB => match self.of_verb(tree, head) {
                Status::Unreal | PLANNED
                    if tree.deprel(noun) == "nsubj"
                        && tree.all(noun, &["det"]).iter().any(|&d| tree.is(d, &["a", "an", "any"])) =>
                {
                    Status::Unreal
                }
                Status::Unreal if tree.relation(head) == "xcomp" => Status::Unreal,
                _ => HAPPENED,
            },
            _ if listed(&self.denied, &lemma) => Status::Negated,
            _ if listed(&self.unreal, &lemma) => Status::Unreal,
            _ if listed(&self.planned, &lemma) && tree.relation(noun) == "nmod" => PLANNED,
            _ => HAPPENED,
        };
        own.and(above)
    }
}

fn finite(tree: &Tree, verb: usize) -> bool {
    matches!(tree.token(verb).xpos.as_str(), "VBD" | "VBZ" | "VBP")
        || !tree.all(verb, &["aux", "cop"]).is_empty()
}
