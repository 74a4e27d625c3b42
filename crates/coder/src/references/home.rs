//! Whose a phrase is: of whom "his country", whose "the army", where the text was sent from.

use chancery_model::Referent;

use super::Told;
use super::focus::Focus;
use super::pronoun::clause;
use crate::knowledge::EntryKind;
use crate::resolve::Reader;
use crate::scan::Kind;

/// The state with this code.
pub(super) fn state(code: &str) -> Referent {
    Referent { code: code.to_owned(), ..Referent::default() }
}

fn is_state(code: &str) -> bool {
    code.len() == 3
}

/// Who owns what a word stands for: "her" in "her government", "the island" in "the island's leader".
pub(super) fn owner(reader: &Reader, focus: &Focus, s: usize, head: usize) -> Option<Referent> {
    let tree = &reader.trees[s];
    let possessor = tree.children(head).iter().copied().find(|&c| tree.deprel(c) == "nmod:poss")?;
    let mentioned = focus.all.iter().rev().find(|m| m.sentence == s && m.head == possessor)?;
    Some(mentioned.who.clone())
}

/// The states whose own a bare title or body may be, the likeliest first: the publisher's; that of whoever speaks of it in the
/// sentence, which is not the one whom its clause is about; that of the place where the text was sent from; the one spoken of last.
pub(super) fn states(reader: &Reader, focus: &Focus, s: usize, head: usize) -> Vec<String> {
    let tree = &reader.trees[s];
    let own = clause(tree, head);
    let here = |m: &&super::Mentioned| m.sentence == s && m.subject && is_state(&m.who.code);
    let speaker = focus.all.iter().rev().filter(here).find(|m| clause(tree, m.head) != own);
    let beside = focus.all.iter().filter(here).filter(|m| clause(tree, m.head) == own && m.head != head);
    let beside: Vec<&str> = beside.map(|m| m.who.code.as_str()).collect();
    let last = focus.last(|m| is_state(&m.who.code) && !beside.contains(&m.who.code.as_str()));
    let all = reader.cast.own.as_deref().into_iter();
    let all = all.chain(speaker.map(|m| m.who.code.as_str())).chain(sent_from(reader));
    all.chain(last.first().map(|m| m.who.code.as_str())).map(str::to_owned).collect()
}

/// The state of the place where the text was sent from.
pub(super) fn sent_from<'a>(reader: &'a Reader) -> Option<&'a str> {
    let place = reader.document.source.dateline_place.as_deref()?;
    let title: Vec<String> = place
        .split(' ')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map(|c| c.to_string() + &letters.as_str().to_lowercase()).unwrap_or_default()
        })
        .collect();
    reader.knowledge.places(&title.join(" ")).next().map(|place| place.country).filter(|code| is_state(code))
}

/// A noun that stands for a state by whose it is: "his country", "the army".
pub(super) fn of_state(reader: &Reader, focus: &Focus, s: usize, head: usize) -> Option<Told> {
    let (tree, words) = (&reader.trees[s], reader.words);
    let lemma = tree.lemma(head);
    let possessed = tree.children(head).iter().any(|&c| tree.deprel(c) == "nmod:poss");
    if possessed && reader.phrases.others.contains(lemma) {
        return Some((Vec::new(), "another's"));
    }
    if tree.plural(head) {
        return None;
    }
    // "Its own Peace and Security Council".
    let organ = words.organizations.contains(lemma) && tree.form(head).starts_with(char::is_uppercase);
    if possessed && (organ || words.bodies.contains(lemma) || words.sides.contains(lemma)) {
        let code = owner(reader, focus, s, head)?.code;
        return (!code.is_empty()).then(|| (vec![state(&code)], "body-of-owner"));
    }
    None
}

/// "The army", "the Ministry of Commerce", of which no state is told.
pub(super) fn bare_body(reader: &Reader, focus: &Focus, s: usize, head: usize) -> Option<Told> {
    let tree = &reader.trees[s];
    let definite = tree.children(head).iter().any(|&c| tree.is(c, &["the"]));
    if !definite || tree.plural(head) || !reader.phrases.of_state.contains(tree.lemma(head)) {
        return None;
    }
    let code = states(reader, focus, s, head).into_iter().next()?;
    Some((vec![state(&code)], "body-at-home"))
}

/// "The greetings of Manama", "President Obiang of Malabo", "the Australian decision": a capital or an adjective by which a government acts.
pub(super) fn by_act(reader: &Reader, s: usize, head: usize) -> Option<Told> {
    let tree = &reader.trees[s];
    let Kind::Actor { code, entry, .. } = &reader.cast.item(s, head)?.kind else { return None };
    let above = tree.head(head)?;
    let act = reader.phrases.acts.contains(tree.lemma(above));
    let of = tree.case(head).as_deref() == Some("of") && tree.relation(head) == "nmod";
    let acts = match entry {
        EntryKind::Demonym => act && tree.relation(head) == "amod" && above > head,
        EntryKind::Capital | EntryKind::Seat => of && (act || reader.cast.at(s, above).is_some()),
        _ => false,
    };
    acts.then(|| (vec![state(code)], "government-by-act"))
}

/// "Met in Singapore": a state that is a city, spoken of as a place.
pub(super) fn city_state(reader: &Reader, s: usize, head: usize) -> bool {
    let tree = &reader.trees[s];
    let Some(Kind::Actor { code, entry: EntryKind::State, .. }) = reader.cast.item(s, head).map(|i| &i.kind)
    else {
        return false;
    };
    let state = reader.knowledge.state(code);
    let city = state.is_some_and(|state| state.capital() == Some(state.name));
    city && matches!(tree.case(head).as_deref(), Some("in" | "at" | "near" | "outside"))
}

/// "The Russian": the one person of that people who has been spoken of.
pub(super) fn countryman(reader: &Reader, focus: &Focus, s: usize, head: usize) -> Option<Told> {
    let tree = &reader.trees[s];
    let Kind::Actor { code, entry: EntryKind::Demonym, .. } = &reader.cast.item(s, head)?.kind else {
        return None;
    };
    let definite = tree.children(head).iter().any(|&c| tree.is(c, &["the"]));
    let one = tree.form(head).ends_with(['n', 'i', 'k']) && !tree.plural(head);
    if !definite || !one || matches!(tree.relation(head), "amod" | "compound") {
        return None;
    }
    let persons = focus.last(|m| m.is_person() && m.who.code == *code && m.sentence + 3 > s);
    match persons.as_slice() {
        [one] => Some((vec![one.who.clone()], "countryman")),
        _ => None,
    }
}
