//! Titles without a name: who held the office on the day.

use chancery_model::Referent;

use super::focus::Focus;
use super::{Phrase, Told};
use crate::cast::stands_for;
use crate::fold::fold_words;
use crate::resolve::Reader;
use crate::scan::Kind;

/// The one person of the tables who held an office of a state or body on the day of the document.
pub(super) fn holder(reader: &Reader, code: &str, office: &[String]) -> Option<Referent> {
    let date = reader.document.reference_date()?;
    let mut found = reader.knowledge.people_serving(code).filter(|person| {
        person.held(date).any(|term| {
            let serves = if term.organization.is_empty() { person.country } else { term.organization };
            serves == code
                && (term.from.is_some() || term.to.is_some())
                && stands_for(&fold_words(term.office), office)
        })
    });
    let one = found.next()?;
    found.next().is_none().then(|| Referent {
        code: code.to_owned(),
        name: None,
        person: Some(one.id.to_owned()),
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
    let words = words(reader, s, office.words);
    // "The visiting foreign minister" is not the host's; of several who hold the office none of whom is at home, the last spoken of.
    if office.country.is_none() && office.body.is_none() && who.len() == 1 {
        let visiting = tree.children(office.head).iter().any(|&c| tree.is(c, &["visiting", "visit"]));
        let home = |code: &str| reader.cast.home.as_deref() == Some(code);
        let holders = focus.last(|m| m.is_person() && super::group::holds_office(reader, &m.who, &words));
        let chosen = if visiting {
            holders.iter().find(|m| !home(&m.who.code))
        } else if holders.len() > 1 && !holders.iter().any(|m| home(&m.who.code)) {
            holders.first()
        } else {
            None
        };
        if let Some(chosen) = chosen {
            return (vec![chosen.who.clone()], "title-last-spoken-of");
        }
    }
    if let [only] = who.as_slice()
        && only.name.is_none()
        && only.person.is_none()
    {
        return match holder(reader, &only.code, &words) {
            Some(person) => (vec![person], "holder-of-the-day"),
            None => (who, rule),
        };
    }
    let definite = tree.children(office.head).iter().any(|&c| tree.is(c, &["the"]));
    if !who.is_empty() || !definite || office.country.is_some() || office.body.is_some() || office.level > 2 {
        return (who, rule);
    }
    // "The prime minister" of whom nobody has spoken: that of the publisher's state, of the one where the text was sent from, else of
    // the state spoken of last.
    let last = focus.last(|m| !m.who.code.is_empty() && !m.who.code.contains(':'));
    let from = reader.document.source.dateline_place.as_deref().and_then(|place| sent_from(reader, place));
    let codes =
        reader.cast.home.as_deref().into_iter().chain(from).chain(last.first().map(|m| m.who.code.as_str()));
    match codes.into_iter().find_map(|code| holder(reader, code, &words)) {
        Some(person) => (vec![person], "holder-of-the-day"),
        None => (who, rule),
    }
}

/// The state of the place where a text was sent from.
fn sent_from<'a>(reader: &'a Reader, place: &str) -> Option<&'a str> {
    let title: String = place
        .split(' ')
        .map(|word| {
            let mut letters = word.chars();
            letters
                .next()
                .map(|first| first.to_string() + &letters.as_str().to_lowercase())
                .unwrap_or_default()
        })
        .collect::<Vec<_>>()
        .join(" ");
    reader.knowledge.places(&title).next().map(|place| place.country).filter(|code| !code.is_empty())
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
        tree.is(head, &["number"]) && tree.all(head, &["amod"]).iter().any(|&c| tree.is(c, &["opposite"]));
    if tree.plural(head)
        || !(opposite
            || tree.is(head, &["counterpart", "colleague", "host", "guest", "visitor", "predecessor"]))
    {
        return None;
    }
    let code = tree.all(head, &["amod", "compound", "nmod"]).into_iter().find_map(|c| {
        match reader.cast.item(s, c).map(|i| &i.kind) {
            Some(Kind::Actor { code, .. }) => Some(code.clone()),
            _ => None,
        }
    });
    let persons = focus.last(|m| m.is_person());
    let possessor = tree.children(head).iter().copied().find(|&c| tree.deprel(c) == "nmod:poss");
    let owner = possessor.and_then(|poss| {
        let mentioned = focus.all.iter().rev().find(|m| m.sentence == s && m.head == poss)?;
        Some(mentioned.who.clone())
    });
    if let Some(code) = code {
        let beside = |m: &&&super::Mentioned| m.who.code == code && m.sentence + 2 >= s;
        let owner = owner.or_else(|| {
            let subject = persons.iter().find(|m| m.sentence == s && m.who.code != code)?;
            Some(subject.who.clone())
        })?;
        let offices = offices(reader, &owner);
        let held = offices.iter().find_map(|office| holder(reader, &code, office));
        let known = persons.iter().find(beside).map(|m| m.who.clone());
        return Some((vec![held.or(known)?], "counterpart"));
    }
    if tree.is(head, &["predecessor", "colleague"]) {
        return None;
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
