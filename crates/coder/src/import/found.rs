//! What an entry of a dictionary is in the tables.

use chancery_model::Date;

use super::cameo::{Cameo, Code, Role};
use super::dictionary::{Dated, Entry};
use super::{Trouble, words};
use crate::knowledge::Knowledge;

/// Something that was named: the usual name first, each with its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) line: usize,
    pub(super) names: Vec<(usize, String)>,
    pub(super) what: What,
}

/// What it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// Another name of a state, its government or a known organisation: code and what the name stands for.
    Alias {
        code: String,
        body: String,
    },
    Organization(Organization),
    Person(Person),
    /// A word for holders of an office, and its sector.
    Office(String),
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Organization {
    /// Empty where it is to be made from the name.
    pub(super) code: String,
    pub(super) kind: String,
    pub(super) country: String,
    pub(super) adjectives: String,
    pub(super) sector: String,
    pub(super) cameo: String,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Person {
    /// Empty where it is the end of the name.
    pub(super) surname: String,
    pub(super) country: String,
    pub(super) gender: String,
    /// The source tells no office: those of the terms are what CAMEO's roles are called.
    pub(super) neutral: bool,
    pub(super) terms: Vec<Term>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Term {
    pub(super) office: String,
    pub(super) organization: String,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
}

/// What an alias stands for where nothing more is told.
pub(super) const AS_IMPORTED: &str = "as imported";

/// What somebody is who is in no office.
const PUBLIC_FIGURE: &str = "public figure";

/// A code that could be read, and when it held.
struct Meant<'a> {
    dated: &'a Dated,
    code: Code,
}

/// What an entry is; nothing where no code of it can be used.
pub(super) fn of(
    entry: &Entry,
    cameo: &Cameo,
    known: &Knowledge,
    troubles: &mut Vec<Trouble>,
) -> Option<Found> {
    let raw: Vec<(usize, &str)> = entry.names.iter().map(|(line, name)| (*line, name.as_str())).collect();
    let usual =
        |name: fn(&str) -> String| raw.iter().map(|(line, raw)| (*line, name(raw))).collect::<Vec<_>>();
    if entry.codes[0].code.starts_with('~') {
        let names = raw.iter().map(|(line, raw)| (*line, words::name(raw).to_lowercase())).collect();
        let sector = agent(entry, cameo, troubles)?;
        return Some(Found { line: entry.line, names, what: What::Office(sector) });
    }
    let meant: Vec<Meant> = entry.codes.iter().filter_map(|dated| meant(dated, cameo, troubles)).collect();
    let first = meant.first()?;
    let dates = |m: &Meant| m.dated.from.is_some() || m.dated.to.is_some();
    let personal = |m: &Meant| m.code.role.as_ref().is_some_and(|role| !role.office.is_empty());
    if meant.iter().any(|m| dates(m) && personal(m)) {
        let country = meant.iter().rev().map(|m| &m.code.country).find(|country| !country.is_empty());
        let Some(country) = country.cloned() else {
            let message = "no code of this person names a state; write one, such as NORGOV";
            troubles.push(Trouble {
                line: entry.line,
                what: "a person of no state",
                message: message.to_owned(),
            });
            return None;
        };
        let terms = meant.iter().filter_map(|m| term(m, &country, known, troubles)).collect();
        let person = Person { country, terms, neutral: true, ..Person::default() };
        return Some(Found { line: entry.line, names: usual(words::person), what: What::Person(person) });
    }
    for other in meant[1..].iter().filter(|m| m.code != first.code) {
        let message = format!(
            "'{}' beside '{}': a name that is no person's stands for one code; write one",
            other.dated.code, first.dated.code
        );
        troubles.push(Trouble { line: other.dated.line, what: "a second code", message });
    }
    let what = match &first.code.role {
        None => {
            for m in meant.iter().filter(|m| dates(m)) {
                let message = "names of states have no dates here; the name is taken for all times";
                let what = "taken without its dates";
                troubles.push(Trouble { line: m.dated.line, what, message: message.to_owned() });
            }
            What::Alias { code: first.code.country.clone(), body: AS_IMPORTED.to_owned() }
        }
        Some(role) if role.organization.is_empty() => {
            What::Alias { code: first.code.country.clone(), body: format!("government, {AS_IMPORTED}") }
        }
        Some(role) => What::Organization(organization(first, role)),
    };
    Some(Found { line: entry.line, names: usual(words::name), what })
}

fn organization(meant: &Meant, role: &Role) -> Organization {
    Organization {
        kind: role.organization.clone(),
        country: meant.code.country.clone(),
        sector: role.sector.clone(),
        cameo: meant.dated.code.clone(),
        from: meant.dated.from,
        to: meant.dated.to,
        ..Organization::default()
    }
}

/// What a code means, where it can be used.
fn meant<'a>(dated: &'a Dated, cameo: &Cameo, troubles: &mut Vec<Trouble>) -> Option<Meant<'a>> {
    let mut trouble = |what, message| troubles.push(Trouble { line: dated.line, what, message });
    let code = match cameo.code(&dated.code) {
        Ok(code) => code,
        Err(message) => {
            trouble("an unknown code", message);
            return None;
        }
    };
    if let Some(region) = &code.region {
        trouble(
            "a region",
            format!("'{}' is {region}, which acts for nobody; write the code of a state", dated.code),
        );
        return None;
    }
    if !code.unknown.is_empty() {
        let message =
            format!("'{}': CAMEO has no role {}; taken without it", dated.code, code.unknown.join(", "));
        trouble("taken without an unknown role", message);
    }
    Some(Meant { dated, code })
}

/// A term of a person of this country. One that served another state or an organisation of states names it.
fn term(meant: &Meant, country: &str, known: &Knowledge, troubles: &mut Vec<Trouble>) -> Option<Term> {
    let code = &meant.code;
    let office = code.role.as_ref().map(|role| role.office.as_str()).filter(|office| !office.is_empty());
    let organization = if code.country == country {
        String::new()
    } else if code.country.is_empty() {
        let Some(body) = known.organization_of_cameo(&code.rest) else {
            let message = format!(
                "'{}' names no organisation that the tables know; write the term into people.csv",
                meant.dated.code
            );
            troubles.push(Trouble { line: meant.dated.line, what: "an unknown code", message });
            return None;
        };
        body.to_owned()
    } else {
        code.country.clone()
    };
    let office = match office {
        Some(office) => office,
        None if organization.starts_with("IGO:") => "official",
        None => PUBLIC_FIGURE,
    };
    Some(Term { office: office.to_owned(), organization, from: meant.dated.from, to: meant.dated.to })
}

/// The sector of an agent's code.
fn agent(entry: &Entry, cameo: &Cameo, troubles: &mut Vec<Trouble>) -> Option<String> {
    let letters = entry.codes[0].code.trim_start_matches('~');
    let role = letters.get(..3).and_then(|three| cameo.role(&three.to_uppercase()));
    let mut trouble = |what, message| troubles.push(Trouble { line: entry.codes[0].line, what, message });
    match role {
        None => trouble("an unknown code", format!("CAMEO has no role '{letters}'; write one such as ~GOV")),
        Some(role) if role.agent.is_empty() => {
            let message = format!("'~{letters}' is of groups; the tables know offices of persons only");
            trouble("no office", message);
        }
        Some(role) => return Some(role.agent),
    }
    None
}
