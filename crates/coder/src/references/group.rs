//! "The two presidents", "both guests", "the three countries": as many as the phrase counts, of those mentioned last.

use chancery_model::Referent;

use super::Told;
use super::focus::{Focus, same};
use crate::cast::stands_for;
use crate::fold::fold_words;
use crate::resolve::Reader;

/// How far back, in sentences, the members of a group may have been mentioned.
const NEAR: usize = 3;

/// Whether a noun may mean a body or a group.
pub(super) fn may_be(reader: &Reader, s: usize, at: usize) -> bool {
    let (tree, words) = (&reader.trees[s], reader.words);
    let lemma = tree.lemma(at);
    let lists = [&words.persons, &words.sides, &words.bodies, &words.organizations, &words.roles];
    lists.iter().any(|list| list.contains(&lemma))
        || reader.words.regions.iter().any(|line| line.split(' ').next() == Some(lemma.as_str()))
        || tree.children(at).iter().any(|&c| tree.is(c, &["the"]))
            && tree.form(at).starts_with(char::is_uppercase)
}

/// The members of a counted group.
pub(super) fn group(reader: &Reader, focus: &Focus, s: usize, head: usize) -> Option<Told> {
    let (tree, words) = (&reader.trees[s], reader.words);
    let lemma = tree.lemma(head);
    let count = tree.children(head).iter().find_map(|&c| match tree.form(c).to_lowercase().as_str() {
        "two" | "both" => Some(2),
        "three" => Some(3),
        "four" => Some(4),
        "five" => Some(5),
        _ => None,
    });
    let count = count.filter(|_| tree.plural(head))?;
    if tree.form(head).starts_with(char::is_uppercase)
        && let Some(states) = states_named(reader, &lemma, count)
    {
        return Some((states, "states-of-a-name"));
    }
    let specific: Vec<String> = vec![lemma.clone()];
    let persons = words.persons.contains(&lemma) || words.roles.contains(&lemma);
    let near = |sentence: usize| sentence + NEAR > s;
    let mut members: Vec<Referent> = if persons {
        let holds = |who: &Referent| {
            let general = ["leader", "official", "two", "head", "counterpart", "guest", "host"]
                .contains(&lemma.as_str());
            general || holds_office(reader, who, &specific)
        };
        focus
            .last(|m| m.is_person() && near(m.sentence) && holds(&m.who))
            .iter()
            .map(|m| m.who.clone())
            .collect()
    } else if words.sides.contains(&lemma) {
        let mut sides: Vec<Referent> = Vec::new();
        for mentioned in focus.last(|m| near(m.sentence) && !m.place && !m.who.code.is_empty()) {
            let side = Referent { code: mentioned.who.code.clone(), ..Referent::default() };
            if !sides.iter().any(|s| same(s, &side))
                && (lemma == "side" || lemma == "party" || !side.code.contains(':'))
            {
                sides.push(side);
            }
        }
        sides
    } else {
        return None;
    };
    if members.len() < count {
        return None;
    }
    members.truncate(count);
    members.reverse();
    Some((members, "counted-group"))
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
        (parts.next() == Some(lemma.as_str()))
            .then(|| (parts.next().unwrap_or(""), parts.next().unwrap_or("")))
    })?;
    let home = reader.cast.home.as_deref().is_some_and(|home| home == code || home == other);
    let spoken = focus.all.iter().any(|m| m.who.code == other || m.who.code == code);
    let told = Referent { code: code.to_owned(), ..Referent::default() };
    (definite && !tree.plural(head) && (home || spoken)).then(|| (vec![told], "region"))
}

pub(super) fn holds_office(reader: &Reader, who: &Referent, office: &[String]) -> bool {
    let stated = reader.cast.persons.iter().filter(|p| Some(&p.full) == who.name.as_ref());
    if stated.clone().any(|p| p.holds(office)) {
        return true;
    }
    let Some(date) = reader.document.reference_date() else { return false };
    let known = who.person.as_ref().and_then(|id| reader.knowledge.person_of(id));
    known.is_some_and(|p| p.held(date).any(|term| stands_for(&fold_words(term.office), office)))
}
