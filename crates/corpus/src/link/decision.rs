//! What users decide of links, and how it bears on the accounts of the record.
//!
//! Decisions are kept apart from all that is derived and go before it. They name accounts by their text and words, so that they
//! outlive new ids; an account that is not in the record is waited for. Of two decisions the later one counts.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Result as SqlResult};

use super::account::Account;

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

    pub(crate) fn of(word: &str) -> Option<Self> {
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
    pub(super) fn new(side: u8, account: &Account) -> Self {
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
pub(super) fn decided(connection: &Connection, accounts: &[Account]) -> SqlResult<Decided> {
    Ok(Decided::of(&decisions(connection, accounts)?))
}

pub(super) fn decisions(connection: &Connection, accounts: &[Account]) -> SqlResult<Vec<Decision>> {
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
