//! What speaks for and against two accounts being of one meeting, field by field.

use chancery_model::{Format, Told};

use super::account::{Account, Person};
use crate::name::fold;
use crate::rows::word;

/// How many days two dates may have in common at most: what shares a quarter of a year tells nothing.
const COMMON: i64 = 31;
/// Over more days than this, half a year, a date is believed only where all persons, or the place, agree.
const VAGUE: i64 = 186;
/// Over more days than this it is no date.
const HOPELESS: i64 = 366;

/// What a field says of two accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// Both tell the same, or one more than the other.
    Agrees,
    /// One of them, or both, do not tell.
    Missing,
    /// They tell different things, as two accounts of one meeting may.
    Differs,
    /// They tell different things, as no two accounts of one meeting do.
    Contradicts,
    /// Other encounters would fit too.
    Rival,
}

impl Verdict {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Missing => "missing",
            Self::Differs | Self::Contradicts => "contradicts",
            Self::Rival => "rival",
        }
    }
}

/// One field of two accounts: the verdict, and what each tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Evidence {
    pub(super) field: &'static str,
    pub(super) verdict: Verdict,
    pub(super) words: String,
}

/// What a field says of two accounts.
type Compare = fn(&Account, &Account) -> Verdict;

/// The compared fields, in the order of their weight.
const FIELDS: [(&str, Compare); 6] = [
    ("parties", parties),
    ("date", date),
    ("persons", persons),
    ("format", format),
    ("place", place),
    ("planned", planned),
];

/// Whether nothing keeps the accounts apart.
pub(super) fn may_be_one(one: &Account, other: &Account) -> bool {
    one.document != other.document
        && date(one, other) != Verdict::Contradicts
        && !told_twice(one, other)
        && [parties, format, persons, place].iter().all(|field| field(one, other) != Verdict::Contradicts)
}

/// Whether what they share is enough to take them for one: a vague date joins only what other fields join too.
pub(super) fn is_enough(one: &Account, other: &Account) -> bool {
    let vaguer = if one.extent() >= other.extent() { one } else { other };
    let days = vaguer.extent();
    if days == 0 {
        return true;
    }
    if common(one, other).is_none_or(|common| common > COMMON)
        || one_sided(one, other)
        || one_sided(other, one)
    {
        return false;
    }
    let town = same_town(one, other);
    if days <= COMMON {
        true
    } else if days <= VAGUE {
        vaguer.names() && named_alike(one, other)
    } else {
        days <= HOPELESS
            && town != Some(false)
            && (town == Some(true) || persons(one, other) == Verdict::Agrees)
    }
}

/// A report that names one side only is of nobody whom a mention would name: "met with business leaders".
fn one_sided(report: &Account, mention: &Account) -> bool {
    let named = |(code, persons): (&String, &Vec<Person>)| {
        persons.is_empty() && mention.named.get(code).is_some_and(|others| !others.is_empty())
    };
    report.told == Told::Main && report.names() && report.named.iter().any(named)
}

/// How much speaks for it beyond what must: persons first, then the town.
pub(super) fn weight(one: &Account, other: &Account) -> u8 {
    let persons = u8::from(persons(one, other) == Verdict::Agrees);
    2 * persons + u8::from(same_town(one, other) == Some(true))
}

/// Every field that tells anything, of `one` against `other`.
pub(super) fn weigh(one: &Account, other: &Account) -> Vec<Evidence> {
    let evidence = FIELDS.iter().map(|(field, compare)| {
        let verdict = compare(one, other);
        let (here, there) = (told(field, one), told(field, other));
        let there = format!("{there} in {}", other.id);
        let words = match verdict {
            Verdict::Agrees if told(field, one) == told(field, other) => here,
            Verdict::Missing if told(field, one) == told(field, other) => format!("{here} in either"),
            Verdict::Agrees | Verdict::Missing => format!("{here}; {there}"),
            _ => format!("{here} against {there}"),
        };
        Evidence { field, verdict, words }
    });
    evidence.filter(|e| e.field != "planned" || e.verdict != Verdict::Missing).collect()
}

/// What the account tells of the field, for people.
fn told(field: &str, account: &Account) -> String {
    match field {
        "parties" => account.codes().join(" – "),
        "date" => account.when.map_or_else(
            || "nothing told".to_owned(),
            |when| {
                let published = if account.dated { "" } else { " (of publication)" };
                let to = if when.from == when.to { String::new() } else { format!("/{}", when.to) };
                format!("{}{to}{published}", when.from)
            },
        ),
        "persons" => {
            let side = |(code, persons): (&String, &Vec<Person>)| {
                let names: Vec<&str> = persons.iter().map(|person| person.name.as_str()).collect();
                if names.is_empty() { format!("{code} unnamed") } else { names.join(", ") }
            };
            account.named.iter().map(side).collect::<Vec<_>>().join(" – ")
        }
        "format" => word(account.format),
        "place" => match (&account.place, &account.state) {
            (Some(place), Some(state)) => format!("{place} ({state})"),
            (Some(told), None) | (None, Some(told)) => told.clone(),
            (None, None) => "nothing told".to_owned(),
        },
        _ => if account.planned { "planned" } else { "held" }.to_owned(),
    }
}

fn parties(one: &Account, other: &Account) -> Verdict {
    if one.codes() == other.codes() { Verdict::Agrees } else { Verdict::Contradicts }
}

fn date(one: &Account, other: &Account) -> Verdict {
    if common(one, other).is_some() { Verdict::Agrees } else { Verdict::Contradicts }
}

/// How many days lie between the first and the last that both dates may mean, if there are any.
fn common(one: &Account, other: &Account) -> Option<i64> {
    let (a, b) = one.days.zip(other.days)?;
    let days = a.1.min(b.1) - a.0.max(b.0);
    (days >= 0).then_some(days)
}

fn on_one_day(one: &Account, other: &Account) -> bool {
    one.extent() == 0 && one.days == other.days
}

/// Party by party: one side names nobody whom the other does not name too. Of delegations of one day the first named will do.
fn persons(one: &Account, other: &Account) -> Verdict {
    // Two of one state: who else was there is another meeting.
    let domestic = one.parties.len() > one.named.len() || other.parties.len() > other.named.len();
    let delegations = on_one_day(one, other) && !domestic;
    let sides = one.named.iter().filter_map(|(code, persons)| Some((persons, other.named.get(code)?)));
    let side = |(some, others): (&Vec<Person>, &Vec<Person>)| match side(some, others) {
        Verdict::Differs if !delegations => Verdict::Contradicts,
        Verdict::Agrees if domestic && some.len() != others.len() => Verdict::Contradicts,
        verdict => verdict,
    };
    sides.map(side).max().unwrap_or(Verdict::Missing)
}

/// Whether no party names more persons here than there, where both name any.
fn named_alike(one: &Account, other: &Account) -> bool {
    let count = |persons: &Vec<Person>| persons.len();
    one.named.iter().all(|(code, persons)| {
        let others = other.named.get(code).map_or(0, count);
        persons.is_empty() || others == 0 || persons.len() == others
    })
}

fn side(some: &[Person], others: &[Person]) -> Verdict {
    let is_in = |person: &Person, all: &[Person]| all.iter().any(|candidate| person.may_be(candidate));
    let within = |some: &[Person], all: &[Person]| some.iter().all(|person| is_in(person, all));
    match (some, others) {
        ([], _) | (_, []) => Verdict::Missing,
        _ if within(some, others) || within(others, some) => Verdict::Agrees,
        ([first, ..], [other, ..]) if first.may_be(other) => Verdict::Differs,
        _ => Verdict::Contradicts,
    }
}

/// A call is no meeting; over video both words are used.
fn format(one: &Account, other: &Account) -> Verdict {
    match (one.format, other.format) {
        (one, other) if one == other && one != Format::Unstated => Verdict::Agrees,
        (Format::Unstated, _) | (_, Format::Unstated) => Verdict::Missing,
        (Format::Video, _) | (_, Format::Video) => Verdict::Differs,
        _ => Verdict::Contradicts,
    }
}

/// Two states are two meetings, unless the same persons met on the same day; within a state "White House" and "Washington" may be one.
fn place(one: &Account, other: &Account) -> Verdict {
    let states = one.state.as_ref().zip(other.state.as_ref()).map(|(one, other)| one == other);
    let same_persons_that_day = || on_one_day(one, other) && persons(one, other) == Verdict::Agrees;
    match (same_town(one, other), states) {
        (Some(true), _) => Verdict::Agrees,
        (_, Some(false)) if same_persons_that_day() => Verdict::Differs,
        (_, Some(false)) => Verdict::Contradicts,
        (Some(false), _) => Verdict::Differs,
        (None, Some(true)) => Verdict::Agrees,
        (None, None) => Verdict::Missing,
    }
}

/// Whether a word of the places is the same, where both are told.
fn same_town(one: &Account, other: &Account) -> Option<bool> {
    let (one, other) = (fold(one.place.as_ref()?), fold(other.place.as_ref()?));
    Some(one.iter().any(|part| part.chars().count() > 3 && other.contains(part)))
}

fn planned(one: &Account, other: &Account) -> Verdict {
    match (one.planned, other.planned) {
        (false, false) => Verdict::Missing,
        (true, true) => Verdict::Agrees,
        _ => Verdict::Differs,
    }
}

/// One publisher reports a call once: two reports of a day are of two calls.
fn told_twice(one: &Account, other: &Account) -> bool {
    let reported = |account: &Account| account.told == Told::Main && account.format == Format::Call;
    reported(one) && reported(other) && one.publisher.is_some() && one.publisher == other.publisher
}
