//! What has been mentioned before a word of a text.

use chancery_model::Referent;

use super::{Phrase, What};
use crate::fold::fold_words;
use crate::resolve::Reader;

/// One who was mentioned.
#[derive(Debug, Clone)]
pub(super) struct Mentioned {
    pub(super) who: Referent,
    pub(super) sentence: usize,
    pub(super) head: usize,
    /// Whether the phrase is the subject of a clause.
    pub(super) subject: bool,
    /// Whether it was a pronoun.
    pub(super) pronoun: bool,
    /// Whether it only says where: "in Singapore".
    pub(super) place: bool,
}

impl Mentioned {
    pub(super) fn is_person(&self) -> bool {
        self.who.name.is_some() || self.who.person.is_some()
    }
}

/// All that has been mentioned so far, in order.
#[derive(Debug, Default)]
pub(super) struct Focus {
    pub(super) all: Vec<Mentioned>,
    /// Sentence and members of each phrase that meant several.
    pub(super) groups: Vec<(usize, Vec<Referent>)>,
    /// Those who speak together as "we".
    pub(super) we: Vec<Referent>,
}

impl Focus {
    pub(super) fn add(&mut self, reader: &Reader, s: usize, phrase: &Phrase, who: &[Referent]) {
        let tree = &reader.trees[s];
        let head = phrase.head;
        // A second conjunct is a subject where the first is.
        let mut top = head;
        while tree.relation(top) == "conj"
            && let Some(above) = tree.head(top)
        {
            top = above;
        }
        let subject = matches!(tree.relation(top), "nsubj" | "csubj");
        let pronoun = phrase.what == What::Pronoun;
        let place = phrase.what == What::Actor
            && tree.relation(head) != "nmod"
            && matches!(tree.case(head).as_deref(), Some("in" | "at" | "to" | "from" | "near"));
        for who in who {
            self.all.push(Mentioned { who: who.clone(), sentence: s, head, subject, pronoun, place });
        }
        if who.len() > 1 {
            if pronoun && self.we.is_empty() && tree.is(head, &["we"]) {
                self.we = who.to_vec();
            }
            self.groups.push((s, who.to_vec()));
        }
    }

    /// Those who fulfil a condition, the last mentioned first, each once.
    pub(super) fn last(&self, fits: impl Fn(&Mentioned) -> bool) -> Vec<&Mentioned> {
        let mut out: Vec<&Mentioned> = Vec::new();
        for mentioned in self.all.iter().rev().filter(|m| fits(m)) {
            if !out.iter().any(|m| same(&m.who, &mentioned.who)) {
                out.push(mentioned);
            }
        }
        out
    }

    /// Someone begins to speak.
    pub(super) fn begin(&mut self, s: usize, who: &[Referent]) {
        for who in who {
            self.all.push(Mentioned {
                who: who.clone(),
                sentence: s,
                head: 0,
                subject: true,
                pronoun: false,
                place: false,
            });
        }
    }

    /// "The bloc", "the Agency", "the Fund": the organisation mentioned last that goes by this word, or by none but is of the kind.
    pub(super) fn organization(&self, reader: &Reader, s: usize, head: usize) -> Option<Referent> {
        let tree = &reader.trees[s];
        let definite = tree.children(head).iter().any(|&c| tree.is(c, &["the"]));
        if !definite || tree.plural(head) {
            return None;
        }
        let lemma = tree.lemma(head);
        let found = self.last(|m| !m.is_person() && m.who.code.contains(':'));
        let named = |m: &&&Mentioned| {
            let organization = reader.knowledge.organization(&m.who.code);
            organization.is_some_and(|o| {
                std::iter::once(o.name).chain(o.aliases).any(|name| fold_words(name).contains(&lemma))
            })
        };
        let chosen = found
            .iter()
            .find(named)
            .or_else(|| reader.words.organizations.contains(&lemma).then(|| found.first()).flatten())?;
        Some(chosen.who.clone())
    }
}

/// Whether two are the same.
pub(super) fn same(a: &Referent, b: &Referent) -> bool {
    match (&a.person, &b.person) {
        (Some(a), Some(b)) => a == b,
        _ => a.name == b.name && a.code == b.code,
    }
}
