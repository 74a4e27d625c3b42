//! Titles without a name: who held the office on the day.

use std::collections::BTreeMap;

use chancery_model::{Date, Referent};

use super::focus::{Focus, Mentioned, same};
use super::pronoun::clause;
use super::{Phrase, PhraseWords, Told, home};
use crate::cast::stands_for;
use crate::fold::fold_words;
use crate::knowledge::{Person, Term};
use crate::relations::rel;
use crate::resolve::Reader;
use crate::scan::{Kind, Office};
use crate::tree::Tree;

/// Whether a title may stand for a held office, under this or another name: "monarch" for "king".
pub(super) fn stands(reader: &Reader, held: &[String], title: &[String]) -> bool {
    stands_for(held, title)
        || by_another_name(&reader.phrases.titles, title).any(|words| is_called(held, words))
}

/// The offices that a title is another name for, each as the words that stand in it.
fn by_another_name<'a>(
    names: &'a BTreeMap<String, Vec<String>>,
    title: &[String],
) -> impl Iterator<Item = &'a str> + use<'a> {
    let all = names.get(&title.join(" ").replace("defense", "defence"));
    all.into_iter().flatten().map(String::as_str)
}

/// Whether these words stand in an office, in their order, and it is no deputy's.
fn is_called(held: &[String], words: &str) -> bool {
    let mut rest = held.iter().map(|w| if w == "defense" { "defence" } else { w.as_str() });
    let deputy = |w: &String| matches!(w.as_str(), "vice" | "deputy" | "under" | "assistant" | "former");
    !held.iter().any(deputy) && words.split(' ').all(|word| rest.any(|w| w == word))
}

/// The one person of the tables who held an office of a state or body on the day of the document.
pub(super) fn holder(reader: &Reader, code: &str, office: &[String]) -> Option<Referent> {
    let same = one_holder(reader, code, |held| held == office);
    let plain = || one_holder(reader, code, |held| stands_for(held, office));
    let PhraseWords { titles, counterparts, .. } = reader.phrases;
    let mut others = by_another_name(titles, office).chain(by_another_name(counterparts, office));
    same.or_else(plain)
        .or_else(|| others.find_map(|words| one_holder(reader, code, |held| is_called(held, words))))
}

fn one_holder(reader: &Reader, code: &str, fits: impl Fn(&[String]) -> bool) -> Option<Referent> {
    let date = reader.document.reference_date()?;
    let mut found = reader.knowledge.people_serving(code).filter(|person| {
        person.held(date).any(|term| {
            serves(person, term) == code
                && (term.from.is_some() || term.to.is_some())
                && fits(&fold_words(term.office))
        })
    });
    let one = found.next()?;
    found.next().is_none().then(|| known(code, &one))
}

/// Code of whom an office serves.
fn serves<'a>(person: &Person<'a>, term: &Term<'a>) -> &'a str {
    if term.organization.is_empty() { person.country } else { term.organization }
}

fn known(code: &str, person: &Person) -> Referent {
    Referent { code: code.to_owned(), name: None, person: Some(person.id.to_owned()) }
}

/// "Her predecessor": who of the tables held her office last before her.
fn predecessor(reader: &Reader, owner: &Referent) -> Option<Referent> {
    let date = reader.document.reference_date()?;
    let person = reader.knowledge.person_of(owner.person.as_deref()?)?;
    person.held(date).find_map(|own| {
        let (code, from, office) = (serves(&person, own), own.from?, fold_words(own.office));
        let terms = reader.knowledge.people_serving(code).filter(|p| p.id != person.id).flat_map(|p| {
            let ended = |t: &&Term| {
                let same = serves(&p, t) == code && fold_words(t.office) == office;
                same && t.to.is_some_and(|to| to.first() <= from.last())
            };
            let last = p.offices.iter().filter(ended).filter_map(|t| t.to).map(Date::last).max();
            last.map(|to| (to, known(code, &p)))
        });
        terms.max_by_key(|(to, _)| *to).map(|(_, who)| who)
    })
}

/// A title, given those it means as far as the document alone tells.
pub(super) fn title(
    reader: &Reader,
    focus: &Focus,
    s: usize,
    phrase: &Phrase,
    who: Vec<Referent>,
    rule: &'static str,
) -> Told {
    let tree = &reader.trees[s];
    let Some(Kind::Office(office)) = reader.cast.item(s, phrase.head).map(|i| &i.kind) else {
        return (who, rule);
    };
    if office.former || tree.plural(office.head) {
        return (who, rule);
    }
    let words = words(reader, s, without_body(reader, s, office));
    let holds = |m: &Mentioned| m.is_person() && super::group::holds_office(reader, &m.who, &words);
    if let Some(code) = office.country.as_ref().or(office.body.as_ref()) {
        if who.iter().any(|w| w.name.is_some() || w.person.is_some()) {
            return (who, rule);
        }
        let spoken = focus.last(|m| m.who.code == *code && holds(m));
        let held = holder(reader, code, &words).or_else(|| spoken.first().map(|m| m.who.clone()));
        return held.map_or((who, rule), |person| (vec![person], "holder-of-the-day"));
    }
    // "Your president", "the island's leader".
    if let Some(owner) = home::owner(reader, focus, s, office.head).filter(|owner| !owner.code.is_empty()) {
        let theirs = focus.last(|m| holds(m) && m.who.code == owner.code && !same(&m.who, &owner));
        let theirs = theirs.first().map(|m| m.who.clone());
        if let Some(person) = theirs.or_else(|| holder(reader, &owner.code, &words)) {
            return (vec![person], "holder-of-owner");
        }
    }
    if !tree.children(office.head).iter().any(|&c| tree.is(c, &["the"])) {
        return (who, rule);
    }
    bare(reader, focus, (s, office.head), &words, office.level, (who, rule))
}

/// "The prime minister", of no state that is told.
fn bare(
    reader: &Reader,
    focus: &Focus,
    (s, head): (usize, usize),
    words: &[String],
    level: u8,
    (who, rule): Told,
) -> Told {
    let tree = &reader.trees[s];
    let own = clause(tree, head);
    let beside: Vec<&Referent> = focus
        .all
        .iter()
        .filter(|m| m.sentence == s && clause(tree, m.head) == own && tree.deprel(m.head) != "nmod:poss")
        .map(|m| &m.who)
        .collect();
    let mut holders = focus.last(|m| m.is_person() && super::group::holds_office(reader, &m.who, words));
    holders.retain(|m| !beside.iter().any(|other| same(other, &m.who)));
    let of_publisher = |code: &str| reader.cast.own.as_deref() == Some(code);
    // "The visiting foreign minister" is not the host's.
    if tree.children(head).iter().any(|&c| tree.is(c, &["visiting", "visit"])) {
        let host = home::sent_from(reader).or(reader.cast.home.as_deref());
        let guest = holders.iter().find(|m| host != Some(&m.who.code));
        return guest.map_or((who, rule), |m| (vec![m.who.clone()], "title-last-spoken-of"));
    }
    match holders.as_slice() {
        // Nobody of whom the text has spoken yet: that of the publisher's state, of the speaker's, of the one where the text was
        // sent from, else of the state spoken of last.
        [] => {
            let codes = home::states(reader, focus, s, head);
            let later = who.iter().all(|w| codes.first().is_some_and(|code| *code != w.code));
            let found = codes.iter().find_map(|code| holder(reader, code, words));
            match found.filter(|_| later && level <= 2) {
                Some(person) => (vec![person], "holder-of-the-day"),
                None => (who, rule),
            }
        }
        [one] if who.iter().all(|w| w.name == one.who.name) => {
            (vec![one.who.clone()], "title-last-spoken-of")
        }
        [_] => (who, rule),
        [last, others @ ..] if !holders.iter().any(|m| of_publisher(&m.who.code)) => {
            // Of several the last spoken of; of two spoken of together neither.
            let together = others.iter().any(|m| m.sentence == last.sentence);
            if together {
                (Vec::new(), "a title that fits several")
            } else {
                (vec![last.who.clone()], "title-last-spoken-of")
            }
        }
        _ => (who, rule),
    }
}

/// The words of an office without the "of the United Nations" that some tables count in.
fn without_body(reader: &Reader, s: usize, office: &Office) -> (usize, usize) {
    let (first, last) = office.words;
    let body = office.named.iter().map(|n| n.0).find(|at| (first..=last).contains(at));
    let of = body.and_then(|body| (first + 1..body).rev().find(|&i| reader.trees[s].form(i) == "of"));
    (first, of.map_or(last, |of| of - 1))
}

/// Folded words of an office.
pub(super) fn words(reader: &Reader, s: usize, (first, last): (usize, usize)) -> Vec<String> {
    let tree = &reader.trees[s];
    let words = fold_words(&tree.words(tree.span(first).cover(tree.span(last))));
    words.into_iter().filter(|w| w != "the" && w != "new" && w != "visiting").collect()
}

/// "Her Chinese counterpart": who holds for that state the office that she holds; "his counterpart": the other of two.
pub(super) fn counterpart(reader: &Reader, focus: &Focus, s: usize, head: usize) -> Option<Told> {
    let tree = &reader.trees[s];
    let opposite =
        tree.is(head, &["number"]) && tree.all(head, rel!["amod"]).any(|c| tree.is(c, &["opposite"]));
    if tree.plural(head)
        || !(opposite
            || tree.is(head, &["counterpart", "colleague", "host", "guest", "visitor", "predecessor"]))
    {
        return None;
    }
    if tree.is(head, &["predecessor"]) {
        let found = predecessor(reader, &home::owner(reader, focus, s, head)?)?;
        return Some((vec![found], "predecessor"));
    }
    let code = tree.all(head, rel!["amod", "compound", "nmod"]).find_map(|c| {
        match reader.cast.item(s, c).map(|i| &i.kind) {
            Some(Kind::Actor { code, .. }) => Some(code.clone()),
            _ => None,
        }
    });
    let persons = focus.last(|m| m.is_person());
    let owner = home::owner(reader, focus, s, head);
    if let Some(code) = code {
        let beside = |m: &&&super::Mentioned| m.who.code == code && m.sentence + 2 >= s;
        let owner = owner.or_else(|| {
            let subject = persons.iter().find(|m| m.sentence == s && m.who.code != code)?;
            Some(subject.who.clone())
        })?;
        let offices = offices(reader, &owner);
        let held = offices.iter().find_map(|office| holder(reader, &code, office));
        let known = persons.iter().find(beside).map(|m| m.who.clone());
        // A president's host, where prime ministers lead, is one.
        let leader = [String::from("leader")];
        let leads = super::group::holds_office(reader, &owner, &leader);
        let leader = || holder(reader, &code, &leader).filter(|_| leads);
        return Some((vec![held.or(known).or_else(leader)?], "counterpart"));
    }
    if tree.is(head, &["colleague"]) {
        return None;
    }
    if owner.is_none() && tree.is(head, &["host", "guest", "visitor"]) {
        return stranger(reader, focus, s, head);
    }
    // "Their host": neither of them.
    if tree.is(head, &["host"]) && owner.is_some() && (owners(focus, s, tree, head) > 1 || persons.len() < 2)
    {
        return stranger(reader, focus, s, head);
    }
    // Of two persons the other; a guest or host without an owner is of the two the one spoken of less.
    match (persons.as_slice(), owner) {
        ([a, b, ..], Some(owner)) => {
            let near = [a, b].into_iter().filter(|m| !super::focus::same(&m.who, &owner));
            let other: Vec<_> = near.collect();
            (other.len() == 1).then(|| (vec![other[0].who.clone()], "counterpart"))
        }
        _ => None,
    }
}

/// How many own what a word stands for: two in "their host".
fn owners(focus: &Focus, s: usize, tree: &Tree, head: usize) -> usize {
    let whose = |m: &&Mentioned| m.sentence == s && tree.head(m.head) == Some(head);
    focus.all.iter().filter(whose).filter(|m| tree.deprel(m.head) == "nmod:poss").count()
}

/// "The visitor", "the host": the one person spoken of shortly before, beside whom the clause names, who is not, or is, of the place
/// where the text was sent from; of a host who has not been spoken of, who leads that state.
fn stranger(reader: &Reader, focus: &Focus, s: usize, head: usize) -> Option<Told> {
    let tree = &reader.trees[s];
    let here = home::sent_from(reader)?;
    let own = clause(tree, head);
    let beside = |who: &Referent| {
        focus.all.iter().any(|m| m.sentence == s && clause(tree, m.head) == own && same(&m.who, who))
    };
    let found = focus.last(|m| {
        m.is_person()
            && m.sentence + 3 > s
            && (m.who.code == here) == tree.is(head, &["host"])
            && !beside(&m.who)
    });
    match found.as_slice() {
        [one] => Some((vec![one.who.clone()], "counterpart")),
        [] if tree.is(head, &["host"]) => {
            Some((vec![holder(reader, here, &["leader".to_owned()])?], "holder-of-the-day"))
        }
        _ => None,
    }
}

/// The offices that someone holds, as the text states them and as the tables have them for the day.
fn offices(reader: &Reader, who: &Referent) -> Vec<Vec<String>> {
    let stated = reader.cast.persons.iter().filter(|p| Some(&p.full) == who.name.as_ref());
    let mut out: Vec<Vec<String>> = stated.flat_map(|p| &p.offices).map(|o| fold_words(&o.office)).collect();
    if let (Some(id), Some(date)) = (&who.person, reader.document.reference_date()) {
        let person = reader.knowledge.person_of(id);
        out.extend(person.iter().flat_map(|p| p.held(date)).map(|term| fold_words(term.office)));
    }
    out
}
