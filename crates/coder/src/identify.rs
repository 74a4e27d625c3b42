//! Which person of the tables a name means, by what the text says of offices and by the day.

use chancery_model::Date;

use crate::cast::stands_for;
use crate::fold::fold_words;
use crate::knowledge::{Knowledge, Person, Term};

/// A name as a text gives it, with what stands beside it.
pub(crate) struct Named<'a> {
    pub(crate) text: &'a str,
    /// Its folded words that count.
    pub(crate) words: &'a [String],
    /// Folded words of the offices stated with it.
    pub(crate) offices: Vec<Vec<String>>,
    /// Code of the state stated with it.
    pub(crate) country: Option<&'a str>,
    /// What "Mrs." or "Mr." says.
    pub(crate) female: Option<bool>,
}

/// The person of the tables who is meant, if it can only be one.
pub(crate) fn identify<'a>(
    knowledge: &'a Knowledge,
    named: &Named,
    date: Option<Date>,
) -> Option<Person<'a>> {
    let found = full_name(knowledge, named, date)
        .or_else(|| initials(knowledge, named, date))
        .or_else(|| surname(knowledge, named, date))?;
    Some(knowledge.foremost(found))
}

/// Whether a term includes some day of a date; any does where there is none.
fn held(term: &Term, date: Option<Date>) -> bool {
    date.is_none_or(|day| term.includes(day))
}

impl Named<'_> {
    fn may_be(&self, person: &Person) -> bool {
        self.country.is_none_or(|code| code == person.country)
            && !matches!((self.female, person.female), (Some(a), Some(b)) if a != b)
    }

    /// Whether the person held an office stated here on the day.
    fn as_stated(&self, person: &Person, date: Option<Date>) -> bool {
        let stated =
            |term: &Term| self.offices.iter().any(|office| stands_for(&fold_words(term.office), office));
        person.offices.iter().any(|term| held(term, date) && stated(term))
    }
}

/// Of all with this full name one who held the stated office on the day, else one who held any, else the first.
fn full_name<'a>(knowledge: &'a Knowledge, named: &Named, date: Option<Date>) -> Option<Person<'a>> {
    let mut all: Vec<Person> = knowledge.people_named(named.text).collect();
    if all.is_empty()
        && let [first, _, last] = named.text.split_whitespace().collect::<Vec<_>>().as_slice()
    {
        // "Sergei Kuzhugetovich Shoigu".
        all.extend(knowledge.people_named(&format!("{first} {last}")));
    }
    if all.len() > 1 {
        all.sort_by_key(|p| {
            let in_office = p.offices.iter().any(|term| held(term, date));
            (!named.as_stated(p, date), !named.may_be(p), !in_office)
        });
    }
    all.into_iter().next()
}

/// "Yu. Ushakov": the only one of this surname in office on the day whose name begins so.
fn initials<'a>(knowledge: &'a Knowledge, named: &Named, date: Option<Date>) -> Option<Person<'a>> {
    let (given, last) = named.text.rsplit_once(' ')?;
    let first =
        given.split('.').next().filter(|i| given.ends_with('.') && matches!(i.chars().count(), 1 | 2))?;
    let fits = |p: &Person| {
        let begins = |name: &str| name.starts_with(first) && name.ends_with(last);
        let in_office = p.offices.iter().any(|term| term.from.is_some() && held(term, date));
        named.may_be(p) && in_office && p.names().any(begins)
    };
    let mut found = knowledge.people_with_surname(last).into_iter().filter(fits);
    found.next().filter(|_| found.next().is_none())
}

/// One of this surname who held the stated office; without an office, one who led a state or an international organisation on the day,
/// else the only one in office.
fn surname<'a>(knowledge: &'a Knowledge, named: &Named, date: Option<Date>) -> Option<Person<'a>> {
    let all: Vec<Person> =
        knowledge.people_with_surname(named.words.last()?).into_iter().filter(|p| named.may_be(p)).collect();
    let stated: Vec<&Person> = all.iter().filter(|p| named.as_stated(p, date)).collect();
    if let [first, rest @ ..] = stated.as_slice() {
        return rest.iter().all(|p| p.id == first.id).then(|| (*first).clone());
    }
    if named.words.len() > 1 || date.is_none() {
        return None;
    }
    if !named.offices.is_empty() {
        // "Cardinal Parolin": the tables have another office of his, but nobody else of the name.
        return match all.as_slice() {
            [one] if one.offices.iter().any(|term| term.from.is_some() && held(term, date)) => {
                Some(one.clone())
            }
            _ => None,
        };
    }
    // Leaders of states go before those of bodies: "Kim" is no president of a presidium.
    let of_level = |(level, of_state): (u8, bool)| -> Vec<&Person> {
        let high = |term: &Term| {
            let office = knowledge.office(&term.office.split(' ').collect::<Vec<_>>());
            term.from.is_some()
                && held(term, date)
                && (!of_state || term.organization.is_empty())
                && office.is_some_and(|(_, o)| o.level <= level)
        };
        all.iter().filter(|p| p.offices.iter().any(high)).collect()
    };
    [(1, true), (1, false), (2, false)].into_iter().map(of_level).find(|found| !found.is_empty()).and_then(
        |found| match found.as_slice() {
            [one] => Some((*one).clone()),
            _ => None,
        },
    )
}
