//! Deciding: these accounts are of one meeting, this one is not.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, Result as SqlResult, TransactionBehavior, params};

use super::Stale;
use super::account::accounts;
use super::decision::{Decision, Named, Ruling, decisions};
use crate::{Corpus, CorpusError, Trouble};

impl Corpus {
    /// Every decision on links, in the order in which they were made.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn decisions(&self) -> Result<Vec<Decision>, CorpusError> {
        let read = || decisions(&self.connection, &accounts(&self.connection)?);
        read().map_err(self.wrong())
    }

    /// Say that these meetings (`M1`) or accounts of them (`d3.m2`) are one, and link anew; the number of the decision.
    ///
    /// # Errors
    /// An id is of nothing here, all are one account, or the record cannot be written.
    pub fn unite(&mut self, ids: &[String], decided: &str) -> Result<u32, CorpusError> {
        let mut members: Vec<String> = Vec::new();
        for id in ids {
            members.extend(self.members_of(id)?);
        }
        let mut seen = BTreeSet::new();
        members.retain(|id| seen.insert(id.clone()));
        if members.len() < 2 {
            return Err(CorpusError::new(&self.path, Trouble::AlreadyOne(ids.join(", "))));
        }
        let sides = members.into_iter().map(|id| (1, id)).collect();
        self.decide(Ruling::One, sides, decided)
    }

    /// Say that this account (`d3.m2`) is not of this meeting (`M1`), and link anew; the number of the decision.
    ///
    /// # Errors
    /// An id is of nothing here, the account is of another meeting or the only one, or the record cannot be written.
    pub fn split(&mut self, meeting: &str, account: &str, decided: &str) -> Result<u32, CorpusError> {
        self.members_of(account)?;
        let members = self.members_of(meeting)?;
        if !members.iter().any(|member| member == account) || members.len() < 2 {
            let trouble =
                Trouble::NotAmong { account: account.to_owned(), meeting: meeting.to_owned(), members };
            return Err(CorpusError::new(&self.path, trouble));
        }
        let sides = members.into_iter().map(|id| (if id == account { 1 } else { 2 }, id)).collect();
        self.decide(Ruling::Apart, sides, decided)
    }

    /// Take a decision back, and link anew.
    ///
    /// # Errors
    /// There is none of this number, or the record cannot be written.
    pub fn undo(&mut self, number: u32) -> Result<(), CorpusError> {
        let known = self.decisions()?.iter().any(|decision| decision.number == number);
        if !known {
            return Err(CorpusError::new(&self.path, Trouble::NoDecision(number)));
        }
        self.rewrite(|connection| {
            connection.execute("DELETE FROM decision_account WHERE decision = ?1", [number])?;
            connection.execute("DELETE FROM decision WHERE number = ?1", [number])
        })?;
        self.link()
    }

    /// Add decisions that another record, or this one before, was given, and link anew; how many were new.
    ///
    /// # Errors
    /// The record cannot be written.
    pub fn take_decisions(&mut self, decisions: &[Decision]) -> Result<usize, CorpusError> {
        let bare = |decision: &Decision| {
            let accounts = decision.accounts.iter().cloned().map(|a| Named { account: None, ..a });
            (decision.ruling.word(), decision.decided.clone(), accounts.collect::<Vec<_>>())
        };
        let known: Vec<_> = self.decisions()?.iter().map(bare).collect();
        let new: Vec<&Decision> =
            decisions.iter().filter(|decision| !known.contains(&bare(decision))).collect();
        self.rewrite(|connection| {
            new.iter().try_for_each(|d| keep(connection, d.ruling, &d.decided, &d.accounts).map(|_| ()))
        })?;
        self.link()?;
        Ok(new.len())
    }

    /// The meeting (`M1`) that this account (`d3.m2`) is of.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn meeting_of(&self, account: &str) -> Result<Option<String>, CorpusError> {
        let read = "SELECT 'M' || encounter FROM encounter_member WHERE meeting = ?1";
        self.connection.query_row(read, [account], |row| row.get(0)).optional().map_err(self.wrong())
    }

    fn decide(
        &mut self,
        ruling: Ruling,
        sides: Vec<(u8, String)>,
        decided: &str,
    ) -> Result<u32, CorpusError> {
        let all = accounts(&self.connection).map_err(self.wrong())?;
        let named: Vec<Named> = sides
            .iter()
            .filter_map(|(side, id)| Some(Named::new(*side, all.iter().find(|account| account.id == *id)?)))
            .collect();
        let number = self.rewrite(|connection| keep(connection, ruling, decided, &named))?;
        self.link()?;
        Ok(number)
    }

    /// Change decisions, in one transaction; the links must then be made anew.
    fn rewrite<T>(&mut self, change: impl FnOnce(&Connection) -> SqlResult<T>) -> Result<T, CorpusError> {
        let wrong = self.wrong();
        let write = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let changed = change(&transaction)?;
            Stale::Meetings.mark(&transaction)?;
            transaction.commit()?;
            Ok(changed)
        };
        write().map_err(wrong)
    }

    /// The accounts of a meeting, or the account itself.
    fn members_of(&self, id: &str) -> Result<Vec<String>, CorpusError> {
        if id.starts_with('M') {
            return Ok(self.encounter(id)?.members);
        }
        let found: Option<String> = self
            .connection
            .query_row("SELECT id FROM meeting WHERE id = ?1", [id], |row| row.get(0))
            .optional()
            .map_err(self.wrong())?;
        let found = found.ok_or_else(|| CorpusError::new(&self.path, Trouble::NoSuch(id.to_owned())))?;
        Ok(vec![found])
    }
}

fn keep(connection: &Connection, ruling: Ruling, decided: &str, accounts: &[Named]) -> SqlResult<u32> {
    connection.execute(
        "INSERT INTO decision VALUES ((SELECT ifnull(max(number), 0) + 1 FROM decision), ?1, ?2)",
        (ruling.word(), decided),
    )?;
    let number = u32::try_from(connection.last_insert_rowid()).expect("fewer than 2^32 decisions");
    let mut insert =
        connection.prepare_cached("INSERT INTO decision_account VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
    for a in accounts {
        insert.execute(params![number, a.side, a.key, a.name, a.date_from, a.date_to, a.parties, a.quote])?;
    }
    Ok(number)
}
