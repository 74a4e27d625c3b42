//! What has been mentioned before a word of a text.

use chancery_model::Referent;

use super::pronoun::clause;
use super::{Phrase, What, home};
use crate::fold::fold_words;
use crate::relations::rel;
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

/// Several who were mentioned together.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub(super) members: Vec<Referent>,
    pub(super) sentence: usize,
    pub(super) head: usize,
    /// Whether the phrase is the subject of a clause.
    pub(super) subject: bool,
}

/// All that has been mentioned so far, in order.
#[derive(Debug, Default)]
pub(super) struct Focus {
    pub(super) all: Vec<Mentioned>,
    /// The phrases that meant several.
    pub(super) groups: Vec<Group>,
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
            self.groups.push(Group { members: who.to_vec(), sentence: s, head, subject });
        } else if top != head {
            self.join(s, tree.coordinated(top).collect(), top, subject);
        }
    }

    /// "China and Japan": those named together are several.
    fn join(&mut self, s: usize, heads: Vec<usize>, head: usize, subject: bool) {
        let mut members: Vec<Referent> = Vec::new();
        for m in self.all.iter().filter(|m| m.sentence == s && heads.contains(&m.head) && !m.place) {
            if !members.iter().any(|who| same(who, &m.who)) {
                members.push(m.who.clone());
            }
        }
        if members.len() > 1 {
            self.groups.retain(|g| (g.sentence, g.head) != (s, head));
            self.groups.push(Group { members, sentence: s, head, subject });
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

    /// "The bloc", "the Agency", "the Fund": who is called so by everyone; else the organisation mentioned last that goes by this word,
    /// or is of the kind; never one that the clause names beside it.
    pub(super) fn organization(&self, reader: &Reader, s: usize, head: usize) -> Option<Referent> {
        let tree = &reader.trees[s];
        let definite = tree.children(head).iter().any(|&c| tree.is(c, &["the"]));
        let lemma = tree.lemma(head);
        let first = tree.child(head, rel!["amod", "compound"]);
        let words = first.map(|first| tree.words(tree.span(first).cover(tree.span(head))));
        let kinds = &reader.phrases.kinds;
        let kinds = words.as_ref().and_then(|words| kinds.get(words)).or_else(|| kinds.get(lemma));
        if !definite
            || tree.plural(head) && !kinds.is_some_and(|kinds| kinds.contains(&"armed_group".to_owned()))
        {
            return None;
        }
        // "The Security Council" may be that of the publisher's state.
        let own = |words: &str| {
            reader.cast.own.is_some() && words.contains(' ') && words.starts_with(char::is_uppercase)
        };
        let known_as = |words: &str| {
            reader.phrases.known_as.get(words).filter(|_| !own(words)).map(|code| home::state(code))
        };
        if let Some(known) = words.as_deref().and_then(known_as) {
            return Some(known);
        }
        let own = clause(tree, head);
        let beside = |m: &Mentioned| {
            m.sentence == s
                && m.head != head
                && (clause(tree, m.head) == own && tree.deprel(m.head) != "nmod:poss")
        };
        let beside: Vec<&str> = self.all.iter().filter(|m| beside(m)).map(|m| m.who.code.as_str()).collect();
        let found = self
            .last(|m| !m.is_person() && m.who.code.contains(':') && !beside.contains(&m.who.code.as_str()));
        let named = |m: &&&Mentioned| {
            let organization = reader.knowledge.organization(&m.who.code);
            organization.is_some_and(|o| {
                std::iter::once(o.name)
                    .chain(o.aliases())
                    .any(|name| fold_words(name).iter().any(|word| word == lemma))
            })
        };
        let of_kind = |m: &&&Mentioned| {
            let organization = reader.knowledge.organization(&m.who.code);
            kinds.is_some_and(|kinds| {
                organization.is_some_and(|o| kinds.iter().any(|kind| kind == o.kind.name()))
            })
        };
        let any = || reader.words.organizations.contains(lemma).then(|| found.first()).flatten();
        let chosen = found.iter().find(named).or_else(|| found.iter().find(of_kind)).or_else(any);
        chosen.map(|m| m.who.clone()).or_else(|| known_as(tree.form(head)))
    }
}

/// Whether two are the same.
pub(super) fn same(a: &Referent, b: &Referent) -> bool {
    match (&a.person, &b.person) {
        (Some(a), Some(b)) => a == b,
        _ => a.name == b.name && a.code == b.code,
    }
}
