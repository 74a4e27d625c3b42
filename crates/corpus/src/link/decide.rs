//! What users decide of links: these accounts are of one meeting, this one is not.
//!
//! Decisions are kept apart from all that is derived and go before it. They name accounts by their text and words, so that they
//! outlive new ids; an account that is not in the record is waited for. Of two decisions the later one counts.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Result as SqlResult, TransactionBehavior, params};

use super::account::{Account, accounts};
use crate::{Corpus, CorpusError, Trouble};

/// What was decided of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ruling {
    /// They are of one meeting.
    One,
    /// Those of the first side are not of the meeting of the second.
    Apart,
}

impl Ruling {
    /// `one` or `apart`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Apart => "apart",
        }
    }

    pub(super) fn of(word: &str) -> Option<Self> {
        [Self::One, Self::Apart].into_iter().find(|ruling| ruling.word() == word)
    }
}

/// A decision of a user, and when it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Counted from 1; of two the greater counts.
    pub number: u32,
    /// What was decided.
    pub ruling: Ruling,
    /// When, as the caller tells time.
    pub decided: String,
    /// Of what.
    pub accounts: Vec<Named>,
}

/// An account as a decision names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// 1, or 2 for those that side 1 is set apart from.
    pub side: u8,
    /// [`crate::key`] of the document's text.
    pub key: String,
    /// Name of the document, when it was decided.
    pub name: String,
    /// First day, month or year told.
    pub date_from: Option<String>,
    /// Last day, month or year told.
    pub date_to: Option<String>,
    /// Codes of the parties.
    pub parties: String,
    /// The words that state the meeting best.
    pub quote: String,
    /// Its id in the record as it is now (`d3.m2`), where the record has it.
    pub account: Option<String>,
}

impl Named {
    fn new(side: u8, account: &Account) -> Self {
        Self {
            side,
            key: account.key.clone(),
            name: account.name.clone(),
            date_from: account.when.map(|when| when.from.to_string()),
            date_to: account.when.map(|when| when.to.to_string()),
            parties: account.codes().join("; "),
            quote: account.quote.clone(),
            account: Some(account.id.clone()),
        }
    }

    /// The account of the document that is meant: the same in all, else the only one of these words, else the only one of these parties.
    fn find<'a>(&self, among: &[&'a Account]) -> Option<&'a Account> {
        let dates = |a: &Account| {
            let date = |told: Option<String>, kept: &Option<String>| told == *kept;
            date(a.when.map(|w| w.from.to_string()), &self.date_from)
                && date(a.when.map(|w| w.to.to_string()), &self.date_to)
        };
        let parties = |a: &Account| a.codes().join("; ") == self.parties;
        let words = |a: &Account| a.quote == self.quote;
        let only = |fits: &dyn Fn(&Account) -> bool| {
            let mut fitting = among.iter().filter(|account| fits(account));
            fitting.next().filter(|_| fitting.next().is_none()).copied()
        };
        let same = among.iter().find(|account| dates(account) && parties(account) && words(account)).copied();
        same.or_else(|| only(&|a| words(a) && parties(a))).or_else(|| only(&words)).or_else(|| only(&parties))
    }
}

/// Decisions as they bear on the accounts of the record.
#[derive(Debug, Default)]
pub(super) struct Decided {
    group: BTreeMap<String, usize>,
    /// The number of the decision that put an account into its group.
    one: BTreeMap<String, u32>,
    apart: BTreeSet<(String, String)>,
}

impl Decided {
    /// The group of the account, where users said it to be one with others.
    pub(super) fn group(&self, account: &str) -> Option<usize> {
        self.group.get(account).copied()
    }

    /// The decision behind its group.
    pub(super) fn one(&self, account: &str) -> Option<u32> {
        self.one.get(account).copied()
    }

    /// Whether users set the accounts apart.
    pub(super) fn apart(&self, one: &str, other: &str) -> bool {
        self.apart.contains(&pair(one, other))
    }

    /// Put the accounts of the decisions into groups, the latest first: an earlier one that contradicts it is passed over.
    pub(super) fn of(decisions: &[Decision]) -> Self {
        let mut decided = Self::default();
        for decision in decisions.iter().rev() {
            let side = |side: u8| {
                decision.accounts.iter().filter(move |a| a.side == side).filter_map(|a| a.account.as_deref())
            };
            match decision.ruling {
                Ruling::One => {
                    let accounts: Vec<&str> = side(1).collect();
                    for other in accounts.iter().skip(1) {
                        decided.unite(accounts[0], other, decision.number);
                    }
                }
                Ruling::Apart => {
                    for (one, other) in side(1).flat_map(|one| side(2).map(move |other| (one, other))) {
                        if decided.group(one).is_none() || decided.group(one) != decided.group(other) {
                            decided.apart.insert(pair(one, other));
                        }
                    }
                }
            }
        }
        decided
    }

    fn unite(&mut self, one: &str, other: &str, number: u32) {
        let members = |group: Option<usize>, account: &str| -> Vec<String> {
            let all = self.group.iter().filter(|(_, g)| group == Some(**g)).map(|(a, _)| a.clone());
            all.chain([account.to_owned()]).collect()
        };
        let (group, joining) = (self.group(one), self.group(other));
        let (these, those) = (members(group, one), members(joining, other));
        if these.iter().any(|one| those.iter().any(|other| self.apart(one, other))) {
            return;
        }
        let new = self.group.values().max().map_or(0, |last| last + 1);
        for account in these.into_iter().chain(those) {
            self.group.insert(account.clone(), group.unwrap_or(new));
            self.one.entry(account).or_insert(number);
        }
    }
}

fn pair(one: &str, other: &str) -> (String, String) {
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    (first.to_owned(), second.to_owned())
}

/// The decisions of the record, as they bear on its accounts.
pub(super) fn pairs(connection: &Connection, accounts: &[Account]) -> SqlResult<Decided> {
    Ok(Decided::of(&decisions(connection, accounts)?))
}

fn decisions(connection: &Connection, accounts: &[Account]) -> SqlResult<Vec<Decision>> {
    let mut select = connection.prepare(
        "SELECT number, ruling, decided, side, \"key\", name, date_from, date_to, parties, quote FROM decisions
         ORDER BY number, side",
    )?;
    let rows = select.query_map([], |row| {
        let named = Named {
            side: row.get(3)?,
            key: row.get(4)?,
            name: row.get(5)?,
            date_from: row.get(6)?,
            date_to: row.get(7)?,
            parties: row.get(8)?,
            quote: row.get(9)?,
            account: None,
        };
        Ok((row.get(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?, named))
    })?;
    let rows: Vec<(u32, String, String, Named)> = rows.collect::<SqlResult<_>>()?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut of_text: BTreeMap<&str, Vec<&Account>> = BTreeMap::new();
    for account in accounts {
        of_text.entry(&account.key).or_default().push(account);
    }
    let mut decisions: Vec<Decision> = Vec::new();
    for (number, ruling, decided, mut named) in rows {
        let among = of_text.get(named.key.as_str()).map(Vec::as_slice).unwrap_or_default();
        named.account = named.find(among).map(|account| account.id.clone());
        if decisions.last().is_none_or(|last| last.number != number) {
            let ruling = Ruling::of(&ruling).unwrap_or(Ruling::Apart);
            decisions.push(Decision { number, ruling, decided, accounts: Vec::new() });
        }
        decisions.last_mut().expect("one was pushed").accounts.push(named);
    }
    Ok(decisions)
}

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
        let gone = self.rewrite(|connection| {
            connection.execute("DELETE FROM decision_account WHERE decision = ?1", [number])?;
            connection.execute("DELETE FROM decision WHERE number = ?1", [number])
        })?;
        if gone == 0 {
            return Err(CorpusError::new(&self.path, Trouble::NoDecision(number)));
        }
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
            transaction.execute("UPDATE setting SET value = 0 WHERE name = 'linked'", [])?;
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
