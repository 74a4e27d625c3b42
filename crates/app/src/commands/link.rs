//! `link`, `split`, `links`: what users decide of meetings over documents.

use std::path::Path;

use anyhow::{Context as _, Result};
use chancery_corpus::{Corpus, Decision, Named, Ruling, decisions_from_csv, decisions_to_csv};
use chancery_formats::write::{TableFormat, write_rows};
use serde_json::Value;

use crate::Ended;
use crate::cli::ListFormat;
use crate::clock::now;
use crate::output::{Output, complain, harmless};

/// Say that meetings or accounts are one.
pub(super) fn link(ids: &[String], record: &Path) -> Result<Ended> {
    let mut corpus = open(record)?;
    let number = corpus.unite(ids, &now())?;
    say(&corpus, number)
}

/// Say that an account is not of a meeting.
pub(super) fn split(meeting: &str, account: &str, record: &Path) -> Result<Ended> {
    let mut corpus = open(record)?;
    let number = corpus.split(meeting, account, &now())?;
    say(&corpus, number)
}

pub(super) fn undo(number: u32, record: &Path) -> Result<Ended> {
    open(record)?.undo(number)?;
    printed(&format!("decision {number} is taken back\n"))
}

/// Take up decisions from a file that `links --format csv` wrote.
pub(super) fn import(file: &Path, record: &Path) -> Result<Ended> {
    let shown = file.display();
    let text = std::fs::read_to_string(file).with_context(|| shown.to_string())?;
    let decisions = decisions_from_csv(&text).map_err(|wrong| anyhow::anyhow!("{shown}: {wrong}"))?;
    let new = open(record)?.take_decisions(&decisions)?;
    let count = u32::try_from(decisions.len()).unwrap_or(u32::MAX);
    printed(&format!("{}, {new} of them new\n", crate::answers::count(count, "decision", "decisions")))
}

/// List the decisions.
pub(super) fn links(format: ListFormat, record: &Path) -> Result<Ended> {
    let decisions = Corpus::read(record)?.decisions()?;
    let mut out = Output::new();
    let format = match format {
        ListFormat::Csv => {
            out.write(&decisions_to_csv(&decisions))?;
            out.finish()?;
            return Ok(Ended::Well);
        }
        ListFormat::Jsonl => TableFormat::Jsonl,
        ListFormat::Table => TableFormat::Table,
    };
    if decisions.is_empty() && format == TableFormat::Table {
        complain("no decisions on links; 'chancery link' and 'chancery split' make some");
    } else {
        let rows: Vec<Vec<Value>> = decisions.iter().map(row).collect();
        out.write(&write_rows(&["number", "ruling", "decided", "accounts"], &rows, format, out.width()))?;
    }
    out.finish()?;
    Ok(Ended::Well)
}

fn row(decision: &Decision) -> Vec<Value> {
    vec![
        decision.number.into(),
        decision.ruling.word().into(),
        decision.decided.clone().into(),
        accounts(decision).into(),
    ]
}

/// "d1.m1, d4.m2", or of what is apart "d3.m2, not with d1.m1".
fn accounts(decision: &Decision) -> String {
    let side = |side: u8| -> String {
        let accounts = decision.accounts.iter().filter(|account| account.side == side);
        accounts.map(called).collect::<Vec<_>>().join(", ")
    };
    match decision.ruling {
        Ruling::One => side(1),
        Ruling::Apart => format!("{}, not with {}", side(1), side(2)),
    }
}

/// Its id, or where the record does not have it, what it was.
fn called(account: &Named) -> String {
    account.account.clone().unwrap_or_else(|| {
        let day = account.date_from.as_deref().unwrap_or("undated");
        format!("{} of {day} (not in the record)", account.name)
    })
}

/// What a new decision did.
fn say(corpus: &Corpus, number: u32) -> Result<Ended> {
    let decisions = corpus.decisions()?;
    let Some(decision) = decisions.iter().find(|decision| decision.number == number) else {
        return Ok(Ended::Well);
    };
    let mut said = format!("decision {number}, {}: {}\n", decision.ruling.word(), accounts(decision));
    let mut meetings: Vec<String> = Vec::new();
    for account in decision.accounts.iter().filter_map(|account| account.account.as_deref()) {
        meetings.extend(corpus.meeting_of(account)?.filter(|meeting| !meetings.contains(meeting)));
    }
    for meeting in meetings {
        let members = corpus.encounter(&meeting)?.members.join(", ");
        said += &format!("{meeting} now has {members}\n");
    }
    printed(&harmless(&said))
}

pub(super) fn printed(text: &str) -> Result<Ended> {
    let mut out = Output::new();
    out.write(text)?;
    out.finish()?;
    Ok(Ended::Well)
}

/// A record that is there already.
pub(super) fn open(record: &Path) -> Result<Corpus> {
    drop(Corpus::read(record)?);
    Ok(Corpus::open(record)?)
}
