//! "The two presidents", "both guests", "the three countries": as many as the phrase counts, of those mentioned last.

use chancery_model::Referent;

use super::focus::{Focus, same};
use super::holder::{holder, stands};
use super::pronoun::clause;
use super::{Told, home};
use crate::fold::fold_words;
use crate::knowledge::OrganizationKind;
use crate::relations::rel;
use crate::resolve::Reader;
use crate::scan::Kind;
use crate::tree::Tree;

/// How far back, in sentences, the members of a group may have been mentioned.
const NEAR: usize = 3;

/// Whether a noun may mean a body or a group.
pub(super) fn may_be(reader: &Reader, s: usize, at: usize) -> bool {
    let (tree, words) = (&reader.trees[s], reader.words);
    let lemma = tree.lemma(at);
    let lists = [&words.persons, &words.sides, &words.bodies, &words.organizations, &words.roles];
    let phrases = reader.phrases;
    lists.iter().any(|list| list.contains(lemma))
        || phrases.of_state.contains(lemma)
        || phrases.kinds.contains_key(lemma)
        || phrases.others.contains(lemma)
        || tree.plural(at) && tree.children(at).iter().any(|&c| amount(tree.form(c)).is_some())
        || reader.words.regions.iter().any(|line| line.split(' ').next() == Some(lemma))
        || tree.children(at).iter().any(|&c| tree.is(c, &["the"]))
            && tree.form(at).starts_with(char::is_uppercase)
}

/// A number that stands alone: "the four".
pub(super) fn number(tree: &Tree, at: usize) -> bool {
    let the = |&c: &usize| tree.is(c, &["the", "all"]);
    amount(tree.form(at)).is_some()
        && tree.relation(at) != "nummod"
        && tree.children(at).iter().any(the)
        && tree.child(at, rel!["nmod"]).is_none()
}

fn amount(word: &str) -> Option<usize> {
    match word.to_lowercase().as_str() {
        "two" | "both" => Some(2),
        "three" => Some(3),
        "four" => Some(4),
        "five" => Some(5),
        _ => None,
    }
}

/// The members of a group, counted ("the two presidents", "the four") or told by their state ("the Indian ministers").
pub(super) fn group(reader: &Reader, focus: &Focus, s: usize, head: usize) -> Option<Told> {
    let (tree, words) = (&reader.trees[s], reader.words);
    if number(tree, head) {
        return the_four(focus, s, amount(tree.form(head))?);
    }
    if !tree.plural(head) {
        return None;
    }
    let lemma = tree.lemma(head);
    let Some(count) = tree.children(head).iter().find_map(|&c| amount(tree.form(c))) else {
        return guests(reader, focus, s, head)
            .or_else(|| compatriots(reader, focus, s, head))
            .or_else(|| of_each(reader, focus, s, head));
    };
    if tree.form(head).starts_with(char::is_uppercase)
        && let Some(states) = states_named(reader, lemma, count)
    {
        return Some((states, "states-of-a-name"));
    }
    if lemma == "party"
        && tree.form(head).starts_with(char::is_uppercase)
        && let Some(parties) = parties(reader, focus, s, count)
    {
        return Some((parties, "parties-of-leaders"));
    }
    let title = title_words(reader, s, head);
    let office = reader.knowledge.office(&title.iter().map(String::as_str).collect::<Vec<_>>()).is_some();
    let persons = words.persons.contains(lemma)
        || words.roles.contains(lemma)
        || office
        || reader.phrases.titles.contains_key(lemma);
    let part = part_of_world(reader, s, head);
    let lies = |code: &str| part.is_none_or(|codes| codes.iter().any(|c| c == code));
    let mut members: Vec<Referent> = if persons {
        let stays = words.roles.contains(lemma);
        persons_near(reader, focus, s, head, &title, stays)
            .into_iter()
            .filter(|who| lies(&who.code))
            .collect()
    } else if words.sides.contains(lemma) {
        let mut sides: Vec<Referent> = Vec::new();
        for mentioned in focus.last(|m| m.sentence + NEAR > s && !m.place && !m.who.code.is_empty()) {
            let side = home::state(&mentioned.who.code);
            if !sides.iter().any(|s| same(s, &side))
                && (lemma == "side" || lemma == "party" || !side.code.contains(':'))
                && lies(&side.code)
            {
                sides.push(side);
            }
        }
        sides
    } else {
        return None;
    };
    // Guests are not at home.
    let away = |who: &Referent| home::sent_from(reader) != Some(who.code.as_str());
    if matches!(lemma, "guest" | "visitor") && members.iter().filter(|who| away(who)).count() >= count {
        members.retain(away);
    }
    // "Xi arrived in Moscow …, the two presidents": the other is the host.
    if office
        && members.len() + 1 == count
        && let Some(host) = home::sent_from(reader).and_then(|code| holder(reader, code, &title))
        && lies(&host.code)
        && !members.iter().any(|m| same(m, &host))
    {
        members.insert(0, host);
    }
    if members.len() < count {
        return None;
    }
    members.truncate(count);
    members.reverse();
    Some((members, "counted-group"))
}

/// "The four": as many as were mentioned together, else as many persons as were mentioned last.
fn the_four(focus: &Focus, s: usize, count: usize) -> Option<Told> {
    let near = |sentence: usize| sentence + NEAR > s;
    let group = focus.groups.iter().rev().find(|g| near(g.sentence) && g.members.len() == count);
    if let Some(group) = group {
        return Some((group.members.clone(), "counted-group"));
    }
    let last = focus.last(|m| m.is_person() && near(m.sentence));
    (last.len() == count).then(|| (last.iter().rev().map(|m| m.who.clone()).collect(), "counted-group"))
}

/// The words of a title in the plural, as one of its holders bears it: "general secretary".
fn title_words(reader: &Reader, s: usize, head: usize) -> Vec<String> {
    let tree = &reader.trees[s];
    let mut words: Vec<&str> = tree
        .all(head, rel!["amod", "compound"])
        .filter(|&c| c < head && !matches!(reader.cast.item(s, c).map(|i| &i.kind), Some(Kind::Actor { .. })))
        .map(|c| tree.lower(c))
        .collect();
    words.push(tree.lemma(head));
    let office = reader.knowledge.office(&words).is_some_and(|(n, _)| n == words.len());
    if !office {
        words = vec![tree.lemma(head)];
    }
    words.into_iter().map(str::to_owned).collect()
}

/// Persons mentioned shortly before who bear a title, the last first; guests are none of those whom the clause names beside them.
fn persons_near(
    reader: &Reader,
    focus: &Focus,
    s: usize,
    head: usize,
    title: &[String],
    apart: bool,
) -> Vec<Referent> {
    const ANY: [&str; 9] =
        ["leader", "official", "diplomat", "two", "head", "counterpart", "guest", "host", "visitor"];
    let tree = &reader.trees[s];
    let own = clause(tree, head);
    let beside: Vec<&Referent> = focus
        .all
        .iter()
        .filter(|m| apart && m.sentence == s && clause(tree, m.head) == own)
        .map(|m| &m.who)
        .collect();
    let any = matches!(title, [word] if ANY.contains(&word.as_str()));
    focus
        .last(|m| m.is_person() && m.sentence + NEAR > s && (any || holds_office(reader, &m.who, title)))
        .iter()
        .map(|m| m.who.clone())
        .filter(|who| !beside.iter().any(|other| same(other, who)))
        .collect()
}

/// "His guests": those mentioned together last who are not of his side; "his Chinese hosts": that side.
fn guests(reader: &Reader, focus: &Focus, s: usize, head: usize) -> Option<Told> {
    if !reader.words.roles.contains(reader.trees[s].lemma(head)) {
        return None;
    }
    let tree = &reader.trees[s];
    let possessed = tree.children(head).iter().any(|&c| tree.deprel(c) == "nmod:poss");
    if let Some(code) = people_of(reader, s, head).filter(|_| possessed) {
        return Some((vec![home::state(&code)], "body-of-state"));
    }
    let owner = home::owner(reader, focus, s, head)?;
    let others = |sentence: usize| -> Vec<Referent> {
        let found = focus.last(|m| m.is_person() && m.sentence == sentence && m.who.code != owner.code);
        found.iter().rev().map(|m| m.who.clone()).collect()
    };
    let found = (s.saturating_sub(NEAR - 1)..=s).rev().map(others).find(|found| found.len() > 1)?;
    Some((found, "guests"))
}

/// "The Indian ministers": those of them who have been spoken of, if they are several.
fn compatriots(reader: &Reader, focus: &Focus, s: usize, head: usize) -> Option<Told> {
    let tree = &reader.trees[s];
    let definite = tree.children(head).iter().any(|&c| tree.is(c, &["the"]));
    if !definite || !reader.words.persons.contains(tree.lemma(head)) {
        return None;
    }
    let code = people_of(reader, s, head)?;
    let mut found = persons_near(reader, focus, s, head, &title_words(reader, s, head), true);
    found.retain(|who| who.code == code);
    found.reverse();
    (found.len() > 1).then_some((found, "compatriots"))
}

/// "Their foreign ministers": those who hold the office for each of several; nobody where that is not known of each.
fn of_each(reader: &Reader, focus: &Focus, s: usize, head: usize) -> Option<Told> {
    let tree = &reader.trees[s];
    let possessor = tree.children(head).iter().copied().find(|&c| tree.deprel(c) == "nmod:poss")?;
    let owners = focus.groups.iter().rev().find(|g| (g.sentence, g.head) == (s, possessor))?;
    if !reader.words.persons.contains(tree.lemma(head)) {
        return None;
    }
    let title = title_words(reader, s, head);
    let held: Option<Vec<Referent>> =
        owners.members.iter().map(|o| holder(reader, &o.code, &title)).collect();
    Some((held.unwrap_or_default(), "holders-for-each"))
}

/// Code of the people that an adjective at a noun names.
fn people_of(reader: &Reader, s: usize, head: usize) -> Option<String> {
    let tree = &reader.trees[s];
    tree.all(head, rel!["amod", "compound"]).find_map(|c| match reader.cast.item(s, c).map(|i| &i.kind) {
        Some(Kind::Actor { code, .. }) if code.len() == 3 => Some(code.clone()),
        _ => None,
    })
}

/// "The two Asian leaders": the states of the part of the world that stands before a noun.
fn part_of_world<'a>(reader: &'a Reader, s: usize, head: usize) -> Option<&'a [String]> {
    let tree = &reader.trees[s];
    let first = tree.subtree(head).first().copied().filter(|&first| first < head)?;
    let before = tree.words(tree.span(first).cover(tree.span(head)));
    let named = reader.phrases.parts.iter().filter(|(part, _)| before.contains(part.as_str()));
    named.max_by_key(|(part, _)| part.len()).map(|(_, codes)| codes.as_slice())
}

/// "The two Parties" of leaders each of whom has an office of one.
fn parties(reader: &Reader, focus: &Focus, s: usize, count: usize) -> Option<Vec<Referent>> {
    let date = reader.document.reference_date()?;
    let mut parties: Vec<Referent> = Vec::new();
    for m in focus.last(|m| m.is_person() && m.sentence + NEAR > s) {
        let person = m.who.person.as_ref().and_then(|id| reader.knowledge.person_of(id))?;
        let party = person.held(date).map(|term| term.organization).find(|code| {
            reader.knowledge.organization(code).is_some_and(|o| o.kind == OrganizationKind::Party)
        });
        parties.extend(party.map(home::state));
    }
    parties.dedup_by(|a, b| a.code == b.code);
    parties.reverse();
    (parties.len() == count).then_some(parties)
}

/// "The two Koreas": all the states that share the word in their names, if they are so many.
fn states_named(reader: &Reader, lemma: &str, count: usize) -> Option<Vec<Referent>> {
    let word = lemma.strip_suffix('s').unwrap_or(lemma);
    let named = |name: &str| fold_words(name).iter().any(|w| w == word);
    let states = reader.knowledge.states().filter(|state| named(state.name));
    let found: Vec<Referent> =
        states.map(|state| Referent { code: state.code.to_owned(), ..Referent::default() }).collect();
    (found.len() == count).then_some(found)
}

/// "The North": the state that the word stands for where it or its other is spoken of.
pub(super) fn region(reader: &Reader, focus: &Focus, s: usize, head: usize) -> Option<Told> {
    let tree = &reader.trees[s];
    let lemma = tree.lemma(head);
    let definite = tree.children(head).iter().any(|&c| tree.is(c, &["the"]));
    let (code, other) = reader.words.regions.iter().find_map(|line| {
        let mut parts = line.split(' ');
        (parts.next() == Some(lemma)).then(|| (parts.next().unwrap_or(""), parts.next().unwrap_or("")))
    })?;
    let own = reader.cast.home.as_deref().is_some_and(|home| home == code || home == other);
    let from = home::sent_from(reader).is_some_and(|from| from == code || from == other);
    let spoken = from || focus.all.iter().any(|m| m.who.code == other || m.who.code == code);
    (definite && !tree.plural(head) && (own || spoken)).then(|| (vec![home::state(code)], "region"))
}

/// Whether someone holds an office on the day of the document, as it or the tables tell.
pub(super) fn holds_office(reader: &Reader, who: &Referent, office: &[String]) -> bool {
    let is = |known: Option<&str>| who.person.is_none() || known == who.person.as_deref();
    let stated = reader.cast.persons.iter().filter(|p| Some(&p.full) == who.name.as_ref() && is(p.id()));
    let held = |office_held: &str| stands(reader, &fold_words(office_held), office);
    if stated.clone().any(|p| p.offices.iter().any(|o| held(&o.office))) {
        return true;
    }
    let Some(date) = reader.document.reference_date() else { return false };
    let known = who.person.as_ref().and_then(|id| reader.knowledge.person_of(id));
    known.is_some_and(|p| p.held(date).any(|term| held(term.office)))
}
