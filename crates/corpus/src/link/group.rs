//! Accounts that are of one encounter, brought together.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Format, Told};

use super::account::Account;
use super::decision::Decided;
use super::weigh::{Evidence, Verdict, is_enough, may_be_one, weigh, weight};

/// The accounts of one encounter; the one with the most precise date leads.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) members: Vec<Account>,
    /// What speaks for and against each member but the first, by its id.
    pub(super) bonds: Vec<(String, Evidence)>,
}

/// The encounters in the order of their dates.
pub(super) fn group(mut accounts: Vec<Account>, decided: &Decided) -> Vec<Group> {
    // The most precise first, so that a vague account finds what it may mean; the nameless after the named.
    accounts.sort_by_key(|a| {
        let rank = (a.told != Told::Main, a.format == Format::Unstated, a.planned);
        (a.extent(), a.unnamed(), rank, a.document)
    });
    let mut encounters = Encounters::default();
    let (said_to_be_one, rest): (Vec<Account>, Vec<Account>) =
        accounts.into_iter().partition(|account| decided.group(&account.id).is_some());
    for account in said_to_be_one {
        encounters.put(decided.group(&account.id), account);
    }
    for account in rest {
        let (at, rivals) = encounters.place(&account, decided);
        if !rivals.is_empty() {
            let rivals = rivals.join(" and ");
            let words = match at {
                Some(_) => format!("fits {rivals} too, with less that agrees"),
                None => format!("fits {rivals} alike, and stays alone"),
            };
            let evidence = Evidence { field: "link", verdict: Verdict::Rival, words };
            encounters.rivals.insert(account.id.clone(), evidence);
        }
        encounters.add(at.unwrap_or(encounters.members.len()), account);
    }
    encounters.in_order(decided)
}

/// The encounters while they grow.
#[derive(Default)]
struct Encounters {
    members: Vec<Vec<Account>>,
    of_parties: BTreeMap<Vec<String>, Vec<usize>>,
    /// Where the accounts went that users said to be one, by their group.
    of_group: BTreeMap<usize, usize>,
    /// What else accounts would fit, by their ids.
    rivals: BTreeMap<String, Evidence>,
}

impl Encounters {
    fn put(&mut self, group: Option<usize>, account: Account) {
        let new = self.members.len();
        let at = group.map_or(new, |group| *self.of_group.entry(group).or_insert(new));
        self.add(at, account);
    }

    fn add(&mut self, at: usize, account: Account) {
        let among = self.of_parties.entry(account.codes()).or_default();
        if !among.contains(&at) {
            among.push(at);
        }
        if at == self.members.len() {
            self.members.push(Vec::new());
        }
        self.members[at].push(account);
    }

    /// The one encounter that the account fits best, none where several fit alike; and the first accounts of the others that fit.
    fn place(&self, account: &Account, decided: &Decided) -> (Option<usize>, Vec<String>) {
        let among = self.of_parties.get(&account.codes()).map(Vec::as_slice).unwrap_or_default();
        let fit = |at: &usize| {
            let members = &self.members[*at];
            let apart = members.iter().any(|member| decided.apart(&account.id, &member.id));
            // What users put together may contradict itself: one member that fits will do.
            let joined = members.iter().any(|member| decided.group(&member.id).is_some());
            let fits = |member: &Account| may_be_one(account, member) && is_enough(account, member);
            let all = || joined || members.iter().all(|member| may_be_one(account, member));
            !apart && all() && members.iter().any(fits)
        };
        let fitting: Vec<usize> = among.iter().copied().filter(|at| fit(at)).collect();
        let weight = |at: usize| self.members[at].iter().map(|member| weight(account, member)).max();
        let best = fitting.iter().map(|&at| weight(at)).max();
        let mut best = fitting.iter().copied().filter(|&at| Some(weight(at)) == best);
        let at = best.next().filter(|_| best.next().is_none());
        let rivals = fitting.into_iter().filter(|rival| Some(*rival) != at);
        (at, rivals.map(|rival| self.members[rival][0].id.clone()).collect())
    }

    fn in_order(self, decided: &Decided) -> Vec<Group> {
        let mut rivals = self.rivals;
        let mut groups: Vec<Group> = Vec::new();
        for members in self.members {
            let mut bonds: Vec<(String, Evidence)> = Vec::new();
            for (at, member) in members.iter().enumerate().skip(1) {
                bonds.extend(
                    bond(member, &members[..at], decided).into_iter().map(|e| (member.id.clone(), e)),
                );
            }
            for member in &members {
                bonds.extend(rivals.remove(&member.id).map(|evidence| (member.id.clone(), evidence)));
            }
            groups.push(Group { members, bonds });
        }
        groups.sort_by_cached_key(|group| {
            let lead = &group.members[0];
            let when = lead.when.map(|w| (w.from.first(), w.to.last()));
            (when.is_none(), when, lead.document, lead.id.clone())
        });
        groups
    }
}

/// What speaks for and against the account: against the first that joins it, and what contradicts any other.
fn bond(account: &Account, others: &[Account], decided: &Decided) -> Vec<Evidence> {
    let mut bond: Vec<Evidence> = Vec::new();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for other in others {
        for evidence in weigh(account, other) {
            let against = evidence.verdict >= Verdict::Differs;
            let known = bond.iter().position(|e| e.field == evidence.field);
            match known {
                None => bond.push(evidence),
                // What the first does not tell, another may.
                Some(at) if bond[at].verdict == Verdict::Missing && evidence.verdict != Verdict::Missing => {
                    bond[at] = evidence;
                }
                Some(_) if against && told.insert(evidence.field) => bond.push(evidence),
                Some(_) => {}
            }
        }
    }
    bond.dedup();
    bond.extend(decided.one(&account.id).map(|number| Evidence {
        field: "decision",
        verdict: Verdict::Agrees,
        words: format!("said to be of it in decision {number}"),
    }));
    bond
}
