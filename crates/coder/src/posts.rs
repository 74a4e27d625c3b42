//! Offices beneath their spellings, and what the tables say of who held them.

use std::collections::BTreeSet;

use chancery_model::{Date, Identity, Post, Role, Standing, Term};

use crate::cast::Cast;
use crate::fold::{fold, words_of};
use crate::knowledge::{self, Knowledge, Person};

impl Knowledge {
    /// The office that a role states, beneath its spelling.
    #[must_use]
    pub fn post_of(&self, role: &Role) -> Post {
        post(self, &role.office, served(role.organization.as_deref(), &role.country))
    }
}

/// The office that words name, held for a state or body: "Acting Minister for Foreign Affairs" of CHL is its foreign minister, acting.
///
/// Only what serves a state, or of the offices of international organisations one of those, may be single: the president of a company
/// is none.
pub(crate) fn post(knowledge: &Knowledge, office: &str, code: &str) -> Post {
    let folded = fold(office);
    let (words, standing) = own_words(&folded);
    // "Principal Deputy Budget Director": of the last words at least the sector is known.
    let known = (0..words.len()).find_map(|i| {
        let (n, office) = knowledge.office(&words[i..])?;
        (i + n == words.len()).then_some((i, office))
    });
    let (name, sector) = match known {
        Some((0, office)) => (office.post, office.sector),
        Some((_, office)) => ("", office.sector),
        None => ("", ""),
    };
    let fits = if sector == "IGO" { code.starts_with("IGO:") } else { is_state(code) };
    Post {
        name: if name.is_empty() { words.join(" ") } else { name.to_owned() },
        single: !name.is_empty() && fits,
        sector: sector.to_owned(),
        standing,
    }
}

/// The folded words of an office that say which it is, and what the others say of its standing.
fn own_words(folded: &str) -> (Vec<&str>, Standing) {
    let mut standing = Standing::Held;
    let own = |word: &&str| {
        let told = match *word {
            "former" | "late" | "ex" | "then" => Standing::Former,
            "elect" | "designate" | "incoming" => Standing::Designate,
            "acting" | "interim" | "caretaker" | "transitional" => Standing::Acting,
            "the" | "new" | "current" | "ad" => Standing::Held,
            _ => return true,
        };
        standing = standing.max(told);
        false
    };
    let words = words_of(folded).filter(own).collect();
    (words, standing)
}

/// Whether this is the name of the office that words name, as [`post`] tells it.
fn is_of_post(knowledge: &Knowledge, office: &str, name: &str) -> bool {
    let folded = fold(office);
    let (words, _) = own_words(&folded);
    let known = knowledge.title(&words).filter(|(n, _)| *n == words.len()).map(|(_, title)| title.post());
    let known = known.filter(|post| !post.is_empty());
    known.map_or_else(|| words.iter().copied().eq(name.split(' ')), |post| post == name)
}

fn is_state(code: &str) -> bool {
    code.len() == 3
}

/// Whom an office is held for: the body that is named with it, else the state.
pub(crate) fn served<'a>(organization: Option<&'a str>, country: &'a str) -> &'a str {
    organization.unwrap_or(country)
}

/// The persons of the tables whom the names of a document mean.
pub(crate) fn identities(cast: &Cast) -> Vec<Identity> {
    let known = cast
        .persons
        .iter()
        .filter_map(|person| Some(Identity { name: person.full.clone(), person: person.id()?.to_owned() }));
    let mut out: Vec<Identity> = known.collect();
    out.sort_by(|a, b| (&a.name, &a.person).cmp(&(&b.name, &b.person)));
    // One name that means two persons tells of none.
    let twice = |one: &Identity| out.iter().filter(|other| other.name == one.name).count() > 1;
    let unsure: Vec<String> = out.iter().filter(|one| twice(one)).map(|one| one.name.clone()).collect();
    out.retain(|one| !unsure.contains(&one.name));
    out
}

/// What the tables say of these persons, and of who held on the day the single offices that are stated.
pub(crate) fn terms(
    knowledge: &Knowledge,
    (cast, people): (&Cast, &[Identity]),
    roles: &[Role],
    day: Option<Date>,
) -> Vec<Term> {
    let mut out = Vec::new();
    let mut taken = BTreeSet::new();
    for id in people.iter().map(|known| known.person.as_str()) {
        let mut known = cast.persons.iter().filter_map(|person| person.known.as_ref());
        if taken.insert(id)
            && let Some(person) = known.find(|known| known.id == id)
        {
            out.extend(person.offices.iter().map(|term| row(knowledge, person, term)));
        }
    }
    let Some(day) = day else { return out };
    let mut asked = BTreeSet::new();
    for role in roles {
        let code = served(role.organization.as_deref(), &role.country);
        let Some(post) = role.post.as_ref().filter(|post| post.single) else { continue };
        if !asked.insert((&post.name, code)) {
            continue;
        }
        let of_post = |office: &str| is_of_post(knowledge, office, &post.name);
        for person in knowledge.people_holding(code, day, of_post).filter(|p| !taken.contains(p.id)) {
            let held = person.held(day).filter(|term| term.from.is_some() && code_of(&person, term) == code);
            out.extend(held.filter(|term| of_post(term.office)).map(|term| row(knowledge, &person, term)));
        }
    }
    out.sort_by(|a, b| (&a.person, &a.place).cmp(&(&b.person, &b.place)));
    out.dedup();
    out
}

/// Whom a term was served for: the body, else the state.
fn code_of<'a>(person: &Person<'a>, term: &knowledge::Term<'a>) -> &'a str {
    if term.organization.is_empty() { person.country } else { term.organization }
}

fn row(knowledge: &Knowledge, person: &Person, term: &knowledge::Term) -> Term {
    let code = code_of(person, term);
    Term {
        person: person.id.to_owned(),
        name: person.name.to_owned(),
        office: term.office.to_owned(),
        post: post(knowledge, term.office, code).name,
        code: code.to_owned(),
        from: term.from,
        to: term.to,
        source: term.source.to_owned(),
        checked: term.checked,
        place: format!("{}:{}", knowledge.table_of(person.id), term.line),
    }
}

/// Which row of the tables says who the holder of a role is: of the same office on the day, else of that office, else of the day.
pub(crate) fn reason(known: &Identity, role: &Role, terms: &[Term], day: Option<Date>) -> Option<String> {
    let post = role.post.as_ref().map(|post| post.name.as_str());
    let of_day = |term: &Term| {
        day.is_none_or(|day| {
            term.from.is_none_or(|from| from.first() <= day.last())
                && term.to.is_none_or(|to| day.first() <= to.last())
        })
    };
    let term = terms
        .iter()
        .filter(|term| term.person == known.person)
        .min_by_key(|term| (Some(term.post.as_str()) != post, !of_day(term)))?;
    let date = |date: Option<Date>| date.map(|d| d.to_string()).unwrap_or_default();
    let checked = term.checked.map(|d| format!("; checked {d}")).unwrap_or_default();
    Some(format!(
        "{} is {} in {}: {} of {}, {}/{} ({}{checked})",
        role.person,
        term.name,
        term.place,
        term.office,
        term.code,
        date(term.from),
        date(term.to),
        term.source,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(office: &str, code: &str, name: &str, single: bool, standing: Standing) {
        let post = post(&Knowledge::embedded(), office, code);
        assert_eq!(
            (post.name.as_str(), post.single, post.standing),
            (name, single, standing),
            "{office} of {code}"
        );
    }

    #[test]
    fn spellings_of_one_office_have_one_name() {
        for office in
            ["Foreign Minister", "Minister of Foreign Affairs", "minister for foreign affairs and trade"]
        {
            check(office, "CHL", "foreign minister", true, Standing::Held);
        }
        check("Premier", "CHN", "prime minister", true, Standing::Held);
    }

    #[test]
    fn what_is_said_of_the_standing_is_no_part_of_the_office() {
        check("Former Prime Minister", "ISR", "prime minister", true, Standing::Former);
        check("Acting President", "RUS", "president", true, Standing::Acting);
        check("President-Elect", "COL", "president", true, Standing::Designate);
        check("Minister of Foreign Affairs ad interim", "PER", "foreign minister", true, Standing::Acting);
    }

    #[test]
    fn an_office_that_several_hold_is_not_single() {
        check("Deputy Foreign Minister", "CHL", "deputy foreign minister", false, Standing::Held);
        check("Vice President-Elect", "COL", "vice president", false, Standing::Designate);
        check("President", "ORG:Transneft", "president", false, Standing::Held);
        check("Secretary General", "MDV", "secretary-general", false, Standing::Held);
        check("Secretary-General", "IGO:UN", "secretary-general", true, Standing::Held);
    }
}
