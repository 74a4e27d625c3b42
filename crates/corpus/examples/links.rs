//! Scores the links of a record against pairs of texts that were judged by reading them: `links RECORD PAIRS.csv [--anew]`.
//!
//! A row of pairs holds the keys of two documents (the first twelve digits of the SHA-256 of a name), codes and day of a meeting, whether both texts tell of it, and a note in one's own words.
//! A pair counts as linked where one meeting of the record holds accounts of both texts, of these parties and near these days.
//! `--anew` drops all links first and tells how long it takes to make them.
#![allow(clippy::print_stdout)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Instant;

use chancery_corpus::{Corpus, Filter, Kind};
use rusqlite::Connection;

type Trouble = Box<dyn std::error::Error>;

/// An account as far as it is needed here.
struct Account {
    parties: BTreeSet<String>,
    days: (String, String),
    meeting: String,
}

/// What came of the pairs.
#[derive(Default)]
struct Score {
    right: u32,
    wrong: u32,
    missed: u32,
    apart: u32,
    /// Of the missed, those of which one text has no account of the meeting at all.
    untold: u32,
}

fn main() -> Result<(), Trouble> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [record, pairs, rest @ ..] = arguments.as_slice() else {
        return Err("links RECORD PAIRS.csv [--anew]".into());
    };
    if rest.iter().any(|argument| argument == "--anew") {
        Connection::open(record)?.execute("UPDATE setting SET value = 0 WHERE name = 'linked'", [])?;
        let began = Instant::now();
        Corpus::open(Path::new(record))?.link()?;
        println!("linked in {:.1} s", began.elapsed().as_secs_f32());
    }
    let accounts = accounts(&Corpus::read(Path::new(record))?)?;
    let mut score = Score::default();
    for row in csv::Reader::from_path(pairs)?.records() {
        let row = row?;
        let (codes, days) = row[2].rsplit_once(' ').ok_or("a meeting is CODES DAY")?;
        let codes: BTreeSet<String> = codes.split('-').map(str::to_owned).collect();
        let days = days.split_once('/').unwrap_or((days, days));
        let of = |text: &str| -> BTreeSet<&str> {
            let told = accounts.get(text).into_iter().flatten();
            let meant = told
                .filter(|a| a.parties == codes && a.days.0.as_str() <= days.1 && a.days.1.as_str() >= days.0);
            meant.map(|account| account.meeting.as_str()).collect()
        };
        let (one, other) = (of(&row[0]), of(&row[1]));
        let linked = one.intersection(&other).next().is_some();
        let what = match (&row[3] == "yes", linked) {
            (true, true) => &mut score.right,
            (false, false) => &mut score.apart,
            (false, true) => {
                println!("false link   {} = {}: {} ({})", &row[0], &row[1], &row[2], &row[4]);
                &mut score.wrong
            }
            (true, false) if one.is_empty() || other.is_empty() => {
                println!("no account   {} = {}: {} ({})", &row[0], &row[1], &row[2], &row[4]);
                score.untold += 1;
                &mut score.missed
            }
            (true, false) => {
                println!("missed link  {} = {}: {} ({})", &row[0], &row[1], &row[2], &row[4]);
                &mut score.missed
            }
        };
        *what += 1;
    }
    report("links between accounts", &Score { missed: score.missed - score.untold, ..score });
    report("with the meetings that were not read", &score);
    Ok(())
}

fn report(of: &str, score: &Score) {
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1));
    let (precision, recall) =
        (share(score.right, score.right + score.wrong), share(score.right, score.right + score.missed));
    let f1 = share(2 * score.right, 2 * score.right + score.wrong + score.missed);
    println!(
        "{of}: P {precision:.3} R {recall:.3} F1 {f1:.3} ({} right, {} wrong, {} missed, {} rightly apart)",
        score.right, score.wrong, score.missed, score.apart
    );
}

/// The accounts of each document, by the key of its name.
fn accounts(corpus: &Corpus) -> Result<BTreeMap<String, Vec<Account>>, Trouble> {
    let documents = corpus.table(Kind::Documents, &Filter::default())?;
    let name: BTreeMap<String, String> =
        documents.rows.iter().map(|row| (text(&row[0]), text(&row[1]))).collect();
    let table = corpus.table(Kind::Accounts, &Filter::default())?;
    let at = |column: &str| table.columns.iter().position(|c| c == column).ok_or("no such column");
    let (from, to, parties) = (at("date_from")?, at("date_to")?, at("parties")?);
    let (meeting, document) = (at("meeting")?, at("document")?);
    let mut accounts: BTreeMap<String, Vec<Account>> = BTreeMap::new();
    for row in &table.rows {
        let account = Account {
            parties: text(&row[parties]).split(" – ").map(code).collect(),
            days: (text(&row[from]), format!("{}~", text(&row[to]))),
            meeting: text(&row[meeting]),
        };
        let name = name.get(&text(&row[document])).cloned().unwrap_or_default();
        accounts.entry(chancery_corpus::key(&name)[..12].to_owned()).or_default().push(account);
    }
    Ok(accounts)
}

/// "Ana Rego (CHL)" is CHL, and so is "CHL".
fn code(party: &str) -> String {
    let inside = party.rsplit_once('(').map_or(party, |(_, code)| code);
    inside.trim_end_matches(')').to_owned()
}

fn text(value: &serde_json::Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
