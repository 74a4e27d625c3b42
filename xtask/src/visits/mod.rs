//! `cargo xtask visits`: does the coder find the meetings that others have listed?
//!
//! What a readout ought to give is decided without the coder: by a list of visits and trips that the State Department's historians
//! keep, and by the states that the headlines of the Kremlin name.

mod list;
mod states;
mod texts;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use list::{Visit, visits};
use states::States;
use texts::{Met, Text};

/// Files of the White House, by the ending of their names.
const WHITE_HOUSE: &[&str] = &["readout", "bilateral_remarks", "joint_statement"];

/// What was to be found, what was, and a line for each miss.
struct Check {
    title: String,
    rule: &'static str,
    counts: Vec<(String, usize, usize)>,
    misses: Vec<String>,
}

/// Beside the repository, where there are readouts.
fn data() -> PathBuf {
    crate::root().join("../shared/data")
}

/// The checks with their misses; of each set at most `limit` texts, taken evenly.
pub(crate) fn run(limit: Option<usize>) -> Result<String, String> {
    let checks = checks(&crate::chancery()?, limit)?;
    let mut out = String::new();
    for check in &checks {
        let _ = write!(out, "{}{}\n\n", check.table(), check.misses.join("\n"));
    }
    Ok(if checks.is_empty() { "skipped: there are no readouts in ../shared/data".to_owned() } else { out })
}

/// The figures alone, as a section of docs/scores.md; empty where there are no readouts.
pub(crate) fn section(chancery: &Path) -> Result<String, String> {
    let checks = checks(chancery, None)?;
    let tables: String = checks.iter().map(Check::table).collect();
    Ok(if tables.is_empty() {
        tables
    } else {
        format!("\n## Meetings that others list\n\n{}\n", tables.trim_end())
    })
}

fn checks(chancery: &Path, limit: Option<usize>) -> Result<Vec<Check>, String> {
    if !data().join("meetings_gold").is_dir() {
        return Ok(Vec::new());
    }
    let states = States::read()?;
    Ok(vec![white_house(chancery, &states, limit)?, kremlin(chancery, &states, limit)?])
}

impl Check {
    fn table(&self) -> String {
        let mut out =
            format!("{}. {}\n\n| | reported | found | share |\n|---|---|---|---|\n", self.title, self.rule);
        for (what, all, found) in &self.counts {
            let share = 100.0 * *found as f64 / (*all).max(1) as f64;
            let _ = writeln!(out, "| {what} | {all} | {found} | {share:.1} % |");
        }
        out + "\n"
    }
}

/// At most `limit` of the texts, taken evenly.
fn thinned(texts: Vec<Text>, limit: Option<usize>) -> Vec<Text> {
    let step = texts.len().div_ceil(limit.unwrap_or(texts.len()).max(1)).max(1);
    texts.into_iter().step_by(step).collect()
}

fn white_house(chancery: &Path, states: &States, limit: Option<usize>) -> Result<Check, String> {
    let mut readouts = Vec::new();
    for kind in WHITE_HOUSE {
        let path = data().join(format!("readouts/whitehouse_{kind}_2021_2023.jsonl"));
        readouts.extend(texts::read(&path, "2021-01-01", "2022-12-31")?);
    }
    let readouts = thinned(readouts, limit);
    let visits = visits(
        &data().join("meetings_gold/us_visits_and_trips_to_2022.jsonl"),
        states,
        "2021",
        "2022-12-31",
    )?;
    // Each visit with the readouts that report it, and the words that show so.
    let reported: Vec<(&Visit, Vec<(&Text, &str)>)> = visits
        .iter()
        .map(|visit| {
            let reports =
                readouts.iter().filter_map(|t| visit.reported_in(t, states).map(|words| (t, words)));
            (visit, reports.collect::<Vec<_>>())
        })
        .filter(|(_, reports)| !reports.is_empty())
        .collect();
    let mut reports: BTreeMap<&str, &Text> = BTreeMap::new();
    reports.extend(reported.iter().flat_map(|(_, reports)| reports).map(|(t, _)| (t.id.as_str(), *t)));
    let coded = texts::meetings(chancery, &reports.into_values().collect::<Vec<_>>())?;
    let (mut misses, mut found, mut told, mut all) = (Vec::new(), 0, 0, 0);
    for (visit, reports) in &reported {
        let tells =
            |text: &Text| coded.get(&text.id).is_some_and(|met| met.iter().any(|m| visit.is_told_by(m)));
        let right = reports.iter().filter(|(text, _)| tells(text)).count();
        let word = if right == 0 { "MISS" } else { "not in" };
        for (text, words) in reports.iter().filter(|(text, _)| !tells(text)) {
            let met = coded.get(&text.id).map_or(&[][..], Vec::as_slice);
            let why = why(met, |m| visit.between(m));
            let words: String = words.trim().chars().take(120).collect();
            misses.push(format!("{word} {} | {} | {why} | {words}", visit.label, text.id));
        }
        (told, all, found) = (told + right, all + reports.len(), found + usize::from(right > 0));
    }
    Ok(Check {
        title: "Visits to the United States and trips of its presidents and secretaries of state, 2021–2022"
            .to_owned(),
        rule: "A readout reports one if it is published within its dates or a day beside, and its headline or one of its \
               sentences has a word of encounter, names the visitor with his state (of a trip: the headline names the state) \
               and one who meets him. It is found if a meeting has both states, the visitor (or no names), and a date within.",
        counts: vec![
            ("visits and trips".to_owned(), reported.len(), found),
            ("each readout of each".to_owned(), all, told),
        ],
        misses,
    })
}

fn kremlin(chancery: &Path, states: &States, limit: Option<usize>) -> Result<Check, String> {
    let path = data().join("readouts/kremlin_meetings_to_2019-06.jsonl");
    let reports = thinned(texts::read(&path, "0", "9")?, limit);
    let foreign =
        |text: &Text| states.named(&text.title).into_iter().filter(|c| c != "RUS").collect::<Vec<_>>();
    let (named, others): (Vec<_>, Vec<_>) =
        reports.iter().map(|t| (t, foreign(t))).partition(|(_, states)| !states.is_empty());
    let coded = texts::meetings(chancery, &named.iter().map(|(t, _)| *t).collect::<Vec<_>>())?;
    let mut misses = Vec::new();
    for (text, wanted) in &named {
        let met = coded.get(&text.id).map_or(&[][..], Vec::as_slice);
        let main = || met.iter().filter(|m| m.main).flat_map(|m| &m.parties).map(|(code, _)| code);
        if !wanted.iter().all(|state| main().any(|code| code == state)) || !main().any(|code| code == "RUS") {
            let why = why(met, |m| m.main);
            misses.push(format!("MISS {} | {} | {why} | {}", wanted.join("+"), text.id, text.title));
        }
    }
    Ok(Check {
        title: format!(
            "Meetings and calls that the Kremlin reports, to June 2019 ({} headlines name no state)",
            others.len()
        ),
        rule: "The states that the headline names must all be parties of a main meeting, with Russia.",
        counts: vec![("reports".to_owned(), named.len(), named.len() - misses.len())],
        misses,
    })
}

/// Why nothing fits: what the coder found instead.
fn why(met: &[Met], near: impl Fn(&Met) -> bool) -> String {
    let sides = |m: &Met| m.parties.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>().join("+");
    match (met.iter().find(|m| near(m)), met.first()) {
        (Some(m), _) => format!("has {}, but not the rest", sides(m)),
        (None, Some(m)) => format!("has {} instead", sides(m)),
        (None, None) => "no meeting".to_owned(),
    }
}
