//! Nouns and adjectives that tell who acts without a name: "rebels", "riot police", "Kurdish"; `data/actors/agents.csv`, `groups.csv`.

use super::Fault;
use crate::words::WordMap;

/// What a noun says of the one that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Agent {
    /// PLOVER sector: `REB`.
    pub(crate) sector: String,
    /// Whether such a one acts for its state: a court does, a rebel does not.
    pub(crate) of_state: bool,
}

/// A people or faith: "Kurdish", "Tamils".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    /// PLOVER sector: `ETH`, `REL`.
    pub(crate) sector: String,
    /// The state, where the name alone settles it; else empty.
    pub(crate) country: String,
}

/// Who may be told by a common noun.
#[derive(Debug, Clone, Default)]
pub(crate) struct Agents {
    nouns: WordMap<Agent>,
    groups: WordMap<Group>,
    regions: WordMap<String>,
}

impl Agents {
    /// Read the two tables; rows that cannot be read are left out and told.
    pub(crate) fn read(agents: &str, groups: &str) -> (Self, [Vec<Fault>; 2]) {
        let mut out = Self::default();
        let (rows, wrong_agents) = rows(agents, 3);
        for row in rows {
            let agent = Agent { sector: row[1].clone(), of_state: row[2] == "yes" };
            out.nouns.insert(row[0].to_lowercase(), agent);
        }
        let (rows, wrong_groups) = self::rows(groups, 3);
        // Regions and states are told by the tables of places and states.
        for row in rows.into_iter().filter(|r| matches!(r[1].as_str(), "ETH" | "REL")) {
            out.groups
                .insert(row[0].to_lowercase(), Group { sector: row[1].clone(), country: row[2].clone() });
        }
        (out, [wrong_agents, wrong_groups])
    }

    /// What a noun of one or several words (lemmas, lower case) says.
    pub(crate) fn noun(&self, words: &str) -> Option<&Agent> {
        self.nouns.get(words)
    }

    /// The state of the part of a country of this name: "darfur".
    pub(crate) fn region(&self, name: &str) -> Option<&str> {
        self.regions.get(name).map(String::as_str).filter(|c| !c.is_empty())
    }

    /// The people or faith of this name.
    pub(crate) fn group(&self, word: &str) -> Option<&Group> {
        self.groups.get(word).or_else(|| self.groups.get(word.strip_suffix('s')?))
    }
}

/// The rows of a table below its heading, each with at least so many cells.
fn rows(text: &str, cells: usize) -> (Vec<Vec<String>>, Vec<Fault>) {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let (mut out, mut faults) = (Vec::new(), Vec::new());
    for record in reader.records() {
        match record {
            Ok(record) if record.len() >= cells && !record[0].is_empty() => {
                out.push(record.iter().map(|c| c.trim().to_owned()).collect());
            }
            Ok(record) => {
                let line = record.position().map_or(1, |p| usize::try_from(p.line()).unwrap_or(1));
                faults.push((line, format!("a row has at least {cells} cells, and the first is not empty")));
            }
            Err(wrong) => faults.push((1, format!("not valid CSV: {wrong}"))),
        }
    }
    (out, faults)
}
