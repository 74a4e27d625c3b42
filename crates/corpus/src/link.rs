//! One encounter, told in several documents: meetings linked across documents.
//!
//! Two rows of different documents are one encounter when the same parties met, the dates intersect, the persons do not
//! contradict each other and the formats agree. A row that would fit several encounters stays alone: silence beats a guess.

use std::collections::BTreeMap;

use chancery_model::{Date, Format, Party, Told, When};
use rusqlite::{Connection, Result as SqlResult, TransactionBehavior, params};

use crate::name::{fold, same_person};
use crate::rows::{parties, word};
use crate::{Corpus, CorpusError, happening, people, tenure, wording};

/// Drops all that is derived.
pub(crate) const UNLINK: &str = "DELETE FROM happening_member; DELETE FROM happening;
    DELETE FROM encounter_member; DELETE FROM encounter;";

/// A meeting as one document tells it.
#[derive(Debug, Clone)]
struct Account {
    id: String,
    document: u32,
    when: Option<When>,
    place: Option<String>,
    country: Option<String>,
    parties: Vec<Party>,
    format: Format,
    told: Told,
    planned: bool,
}

impl Corpus {
    /// Link the meetings and the people of all documents anew, unless nothing was added since they were linked.
    ///
    /// # Errors
    /// The record cannot be written.
    pub fn link(&mut self) -> Result<(), CorpusError> {
        let wrong = self.wrong();
        if self.is_linked().map_err(&wrong)? {
            return Ok(());
        }
        relink(&mut self.connection).map_err(wrong)
    }

    pub(crate) fn is_linked(&self) -> SqlResult<bool> {
        // A record of an earlier build of this version has not all that is derived.
        self.connection.query_row(
            "SELECT value = 1 AND EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'wording')
             FROM setting WHERE name = 'linked'",
            [],
            |row| row.get(0),
        )
    }
}

fn relink(connection: &mut Connection) -> SqlResult<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(UNLINK)?;
    people::derive(&transaction)?;
    tenure::derive(&transaction)?;
    let encounters = link(accounts(&transaction)?);
    for (number, members) in (1..).zip(&encounters) {
        write(&transaction, number, members)?;
    }
    happening::relink(&transaction)?;
    wording::derive(&transaction)?;
    transaction.execute("UPDATE setting SET value = 1 WHERE name = 'linked'", [])?;
    transaction.commit()
}

fn accounts(connection: &Connection) -> SqlResult<Vec<Account>> {
    let mut select = connection.prepare(
        "SELECT id, document, date_from, date_to, place, country, parties, format, told, planned
         FROM meeting ORDER BY document, rowid",
    )?;
    let rows = select.query_map([], |row| {
        let date = |column| {
            Ok::<_, rusqlite::Error>(row.get::<_, Option<String>>(column)?.and_then(|d| d.parse().ok()))
        };
        let when = date(2)?.zip(date(3)?).map(|(from, to): (Date, Date)| When { from, to });
        Ok(Account {
            id: row.get(0)?,
            document: row.get(1)?,
            when,
            place: row.get(4)?,
            country: row.get(5)?,
            parties: parse(&row.get::<_, String>(6)?),
            format: parse(&format!("\"{}\"", row.get::<_, String>(7)?)),
            told: parse(&format!("\"{}\"", row.get::<_, String>(8)?)),
            planned: row.get(9)?,
        })
    })?;
    rows.collect()
}

fn parse<T: serde::de::DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).expect("only this crate writes the column")
}

/// The encounters in the order of their dates; the members of each begin with the account that tells most.
fn link(mut accounts: Vec<Account>) -> Vec<Vec<Account>> {
    // The most precise first, so that a vague account finds what it may mean.
    accounts.sort_by_key(|a| (extent(a.when), a.document));
    let mut encounters: Vec<Vec<Account>> = Vec::new();
    let mut of_parties: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for account in accounts {
        let among = of_parties.entry(party_codes(&account)).or_default();
        let fitting: Vec<usize> = among
            .iter()
            .copied()
            .filter(|&at| encounters[at].iter().all(|other| may_be_one(&account, other)))
            .collect();
        if let [at] = fitting[..] {
            encounters[at].push(account);
        } else {
            among.push(encounters.len());
            encounters.push(vec![account]);
        }
    }
    encounters.sort_by_cached_key(|members| {
        let when = members[0].when.map(|w| (w.from.first(), w.to.last()));
        (when.is_none(), when, members[0].document, members[0].id.clone())
    });
    encounters
}

fn party_codes(account: &Account) -> Vec<String> {
    let mut codes: Vec<String> = account.parties.iter().map(|p| p.code.clone()).collect();
    codes.sort();
    codes.dedup();
    codes
}

/// How many days the date may mean, roughly; a missing date means any.
fn extent(when: Option<When>) -> i32 {
    let days = |date: Date| {
        let (year, month, day) = date.parts();
        i32::from(year) * 372 + i32::from(month.unwrap_or(1)) * 31 + i32::from(day.unwrap_or(1))
    };
    when.map_or(i32::MAX, |w| days(w.to.last()) - days(w.from.first()))
}

fn may_be_one(one: &Account, other: &Account) -> bool {
    let intersect = one
        .when
        .zip(other.when)
        .is_some_and(|(a, b)| a.from.first() <= b.to.last() && b.from.first() <= a.to.last());
    let formats = one.format == other.format || [one.format, other.format].contains(&Format::Unstated);
    one.document != other.document && intersect && formats && persons_agree(one, other)
}

/// Party by party, one side names nobody, or nobody whom the other does not name too.
fn persons_agree(one: &Account, other: &Account) -> bool {
    one.parties.iter().all(|party| {
        let counterpart = other.parties.iter().find(|p| p.code == party.code);
        counterpart.is_none_or(|counterpart| {
            let within = |some: &[String], all: &[String]| {
                some.iter().all(|person| all.iter().any(|candidate| same_person(person, candidate)))
            };
            within(&party.persons, &counterpart.persons) || within(&counterpart.persons, &party.persons)
        })
    })
}

fn write(connection: &Connection, number: u32, members: &[Account]) -> SqlResult<()> {
    let best = members.iter().find(|m| m.told == Told::Main).unwrap_or(&members[0]);
    let first = |of: fn(&Account) -> Option<&String>| of(best).or_else(|| members.iter().find_map(of));
    let when = members[0].when;
    let stated = |m: &&Account| m.format != Format::Unstated;
    let format = members.iter().find(stated).map_or(Format::Unstated, |m| m.format);
    let mut documents: Vec<u32> = members.iter().map(|m| m.document).collect();
    documents.sort_unstable();
    connection.execute(
        "INSERT INTO encounter VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            number,
            when.map(|w| w.from.to_string()),
            when.map(|w| w.to.to_string()),
            first(|m| m.place.as_ref()),
            first(|m| m.country.as_ref()),
            parties(&named(best, members)),
            word(format),
            told(members),
            members.iter().all(|m| m.planned),
            numbered(&documents),
        ],
    )?;
    for member in members {
        connection.execute("INSERT INTO encounter_member VALUES (?1, ?2)", params![number, member.id])?;
    }
    Ok(())
}

/// The parties in the order of the best account, each with the most persons and the fullest names that any account gives.
fn named(best: &Account, members: &[Account]) -> Vec<Party> {
    let mut named = best.parties.clone();
    for party in &mut named {
        let told = || members.iter().flat_map(|m| &m.parties).filter(|p| p.code == party.code);
        let fullest = |name: &String| {
            let same = told().flat_map(|p| &p.persons).filter(|other| same_person(name, other));
            same.max_by_key(|other| (fold(other).len(), *other == name)).unwrap_or(name).clone()
        };
        let most = told().max_by_key(|p| (p.persons.len(), p.persons == party.persons));
        party.persons = most.map_or(&party.persons, |p| &p.persons).iter().map(fullest).collect();
    }
    named
}

/// "reported in d1", or where no document reports it, "mentioned in 2 documents".
fn told(members: &[Account]) -> String {
    let mut reports: Vec<u32> = members.iter().filter(|m| m.told == Told::Main).map(|m| m.document).collect();
    reports.sort_unstable();
    match (reports.is_empty(), members.len()) {
        (false, _) => format!("reported in {}", numbered(&reports)),
        (true, 1) => "mentioned in 1 document".to_owned(),
        (true, count) => format!("mentioned in {count} documents"),
    }
}

fn numbered(documents: &[u32]) -> String {
    documents.iter().map(|n| format!("d{n}")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn account(document: u32, dates: &str, parties: &[(&str, &[&str])]) -> Account {
        let (from, to) = dates.split_once('/').unwrap_or((dates, dates));
        let when = from.parse().ok().map(|from| When { from, to: to.parse().unwrap() });
        let parties = parties.iter().map(|(code, persons)| Party {
            code: (*code).to_owned(),
            persons: persons.iter().map(|p| (*p).to_owned()).collect(),
            host: false,
        });
        Account {
            id: format!("d{document}.m1"),
            document,
            when,
            place: None,
            country: None,
            parties: parties.collect(),
            format: Format::Unstated,
            told: Told::Background,
            planned: false,
        }
    }

    fn sizes(accounts: Vec<Account>) -> Vec<usize> {
        link(accounts).iter().map(Vec::len).collect()
    }

    #[test]
    fn a_vague_account_joins_the_precise_one() {
        let precise = account(1, "2031-03-04", &[("NOR", &["Kari Nes"]), ("CHL", &["José Rojas"])]);
        let vague = account(2, "2031-03", &[("CHL", &["Rojas"]), ("NOR", &[])]);
        let linked = link(vec![vague, precise]);
        assert_eq!(linked.len(), 1);
        assert_eq!(linked[0][0].document, 1, "the precise account leads");
        assert_eq!(parties(&named(&linked[0][1], &linked[0])), "José Rojas (CHL) – Kari Nes (NOR)");
    }

    #[test]
    fn other_parties_persons_dates_or_formats_keep_meetings_apart() {
        let base = || account(1, "2031-03-04", &[("NOR", &["Kari Nes"]), ("CHL", &[])]);
        let call = Account { format: Format::Call, ..account(2, "2031-03", &[("NOR", &[]), ("CHL", &[])]) };
        for other in [
            account(2, "2031-03-04", &[("NOR", &[]), ("PER", &[])]),
            account(2, "2031-03-04", &[("NOR", &["Ola Dahl"]), ("CHL", &[])]),
            account(2, "2031-03-05", &[("NOR", &[]), ("CHL", &[])]),
            account(2, "-", &[("NOR", &[]), ("CHL", &[])]),
            account(1, "2031-03-04", &[("NOR", &[]), ("CHL", &[])]),
        ] {
            assert_eq!(sizes(vec![base(), other.clone()]), [1, 1], "{other:?}");
        }
        let in_person = Account { format: Format::InPerson, ..base() };
        assert_eq!(sizes(vec![in_person, call.clone()]), [1, 1]);
        assert_eq!(sizes(vec![base(), call]), [2], "an unstated format agrees with any");
    }

    #[test]
    fn an_account_that_fits_two_encounters_stays_alone() {
        let on = |document, date| account(document, date, &[("NOR", &[]), ("CHL", &[])]);
        assert_eq!(sizes(vec![on(1, "2031-03-04"), on(2, "2031-03-09"), on(3, "2031-03")]), [1, 1, 1]);
    }

    #[test]
    fn told_names_the_reports() {
        let mention = account(2, "2031", &[]);
        let report = Account { told: Told::Main, ..account(1, "2031", &[]) };
        assert_eq!(told(&[mention.clone(), report]), "reported in d1");
        assert_eq!(told(std::slice::from_ref(&mention)), "mentioned in 1 document");
        assert_eq!(told(&[mention.clone(), mention]), "mentioned in 2 documents");
    }
}
