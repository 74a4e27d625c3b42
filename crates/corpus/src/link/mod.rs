//! One encounter, told in several documents: meetings linked across documents.
//!
//! Two accounts of different documents are one encounter where the same parties met and neither date, persons, format nor place speak
//! against it ([`weigh`]). An account that would fit several encounters alike stays alone: silence beats a guess. What users decide
//! ([`decision`]) goes before.

mod account;
mod decide;
mod decision;
mod group;
mod number;
mod sheet;
#[cfg(test)]
mod tests;
mod weigh;

use chancery_model::{Format, Party, Told};
use rusqlite::{Connection, Result as SqlResult, TransactionBehavior, params};

use self::account::{Account, accounts};
use self::group::{Group, group};
use crate::claims::topical;
use crate::name::{fold, same_person};
use crate::rows::{parties, word};
use crate::{Corpus, CorpusError, happening, people, tally, tenure, wording};

pub use decision::{Decision, Named, Ruling};
pub use sheet::{decisions_from_csv, decisions_to_csv};

/// Drops all that is derived.
pub(crate) const UNLINK: &str = "DELETE FROM happening_member; DELETE FROM happening;
    DELETE FROM bond; DELETE FROM encounter_member; DELETE FROM encounter;";

/// What of all that is derived must be derived anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stale {
    /// Everything.
    All,
    /// Nothing, though something was derived for one document.
    Nothing,
    /// What events are one.
    Events,
    /// What meetings are one, and what rests on it.
    Meetings,
}

impl Stale {
    /// As the record keeps it: of two that are not everything the greater counts.
    fn value(self) -> i64 {
        match self {
            Self::All => 0,
            Self::Nothing => 1,
            Self::Events => 2,
            Self::Meetings => 3,
        }
    }

    /// Say so in the record, beside what is stale already.
    pub(crate) fn mark(self, connection: &Connection) -> SqlResult<()> {
        let mark = "UPDATE setting SET value = CASE WHEN value = 0 OR ?1 = 0 THEN 0 ELSE max(value, ?1) END
                    WHERE name = 'linked'";
        connection.execute(mark, [self.value()]).map(|_| ())
    }

    /// What the record says of it.
    pub(crate) fn of(connection: &Connection) -> SqlResult<Self> {
        let sql = "SELECT value FROM setting WHERE name = 'linked'";
        let value: i64 = connection.query_row(sql, [], |row| row.get(0))?;
        let all = [Self::Nothing, Self::Events, Self::Meetings];
        Ok(all.into_iter().find(|stale| stale.value() == value).unwrap_or(Self::All))
    }
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
        relink(&mut self.connection).map_err(wrong)?;
        self.keep_news()
    }

    pub(crate) fn is_linked(&self) -> SqlResult<bool> {
        let sql = "SELECT value = 1 FROM setting WHERE name = 'linked'";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))? && tally::is_kept(&self.connection)?)
    }
}

fn relink(connection: &mut Connection) -> SqlResult<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let stale = if tally::is_kept(&transaction)? { Stale::of(&transaction)? } else { Stale::All };
    transaction.execute_batch(tally::TABLES)?;
    match stale {
        Stale::Nothing => {}
        Stale::Events => happening::relink(&transaction)?,
        Stale::Meetings => {
            meetings(&transaction)?;
            wording::met_anew(&transaction)?;
            tally::met(&transaction)?;
        }
        Stale::All => {
            transaction.execute_batch(UNLINK)?;
            transaction.execute("DELETE FROM news", [])?;
            people::derive(&transaction)?;
            tenure::derive(&transaction)?;
            meetings(&transaction)?;
            wording::derive(&transaction)?;
            tally::derive(&transaction)?;
            topical::derive(&transaction)?;
        }
    }
    transaction.execute("UPDATE setting SET value = 1 WHERE name = 'linked'", [])?;
    transaction.commit()
}

/// Meetings over documents and what rests on them; the people must be told apart before.
fn meetings(connection: &Connection) -> SqlResult<()> {
    connection.execute_batch(UNLINK)?;
    let accounts = accounts(connection)?;
    let decided = decision::decided(connection, &accounts)?;
    let groups = group(accounts, &decided);
    for (number, group) in number::numbers(&groups, &number::kept(connection)?).into_iter().zip(&groups) {
        write(connection, number, group)?;
    }
    number::keep(connection)?;
    people::count(connection, None)?;
    happening::relink(connection)
}

fn write(connection: &Connection, number: u32, group: &Group) -> SqlResult<()> {
    let members = &group.members;
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
    let mut bond = connection.prepare_cached("INSERT INTO bond VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for (account, evidence) in &group.bonds {
        bond.execute(params![number, account, evidence.field, evidence.verdict.word(), evidence.words])?;
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

/// "reported in d1", or where no document reports it, "mentioned in 2 documents", "mentioned in 1 document, as planned".
fn told(members: &[Account]) -> String {
    let planned = if members.iter().all(|m| m.planned) { ", as planned" } else { "" };
    let mut reports: Vec<u32> = members.iter().filter(|m| m.told == Told::Main).map(|m| m.document).collect();
    reports.sort_unstable();
    match (reports.is_empty(), members.len()) {
        (false, _) => format!("reported in {}", numbered(&reports)),
        (true, 1) => format!("mentioned in 1 document{planned}"),
        (true, count) => format!("mentioned in {count} documents{planned}"),
    }
}

fn numbered(documents: &[u32]) -> String {
    documents.iter().map(|n| format!("d{n}")).collect::<Vec<_>>().join(", ")
}
