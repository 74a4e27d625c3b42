//! Nouns and adjectives that tell who acts without a name: "rebels", "riot police", "Kurdish"; `data/actors/agents.csv`, `groups.csv`.

use std::collections::BTreeMap;

use super::Fault;
use crate::knowledge::table::did_you_mean;
use crate::ontology::Ontology;
use crate::words::{WordList, WordMap};

/// What a noun says of the one that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Agent {
    /// PLOVER sector: `REB`; or the one organisation that is so called: `IGO:UN`.
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

/// A state that is meant by its part of the compass where another is named: "the North" beside South Korea.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Half {
    pub(crate) beside: String,
    pub(crate) meant: String,
}

/// Who may be told by a common noun.
#[derive(Debug, Clone, Default)]
pub(crate) struct Agents {
    nouns: WordMap<Agent>,
    groups: WordMap<Group>,
    halves: WordMap<Vec<Half>>,
    /// States that one word means together, "the two Koreas", or one that a person stands for, "the pope".
    pairs: WordMap<Vec<String>>,
    /// The states in which a people lives besides the one that is called after it: "Serbs" in Bosnia.
    kin: WordMap<Vec<String>>,
    /// By the state of a place that has no army of its own the state whose soldiers are there.
    armies: WordMap<Vec<String>>,
    /// The states that call an organ of their own so: "the Security Council" in Moscow.
    organs: WordMap<Vec<String>>,
    /// The last words of those that are of several words.
    last: WordList,
}

impl Agents {
    /// Read the two tables; rows that cannot be read are left out and told.
    pub(crate) fn read(agents: &str, groups: &str, ontology: &Ontology) -> (Self, [Vec<Fault>; 2]) {
        let mut out = Self::default();
        let (rows, mut wrong_agents) = rows(agents, 3);
        for (line, row) in rows {
            if !row[1].starts_with("IGO:") && !row[1].starts_with("ORG:") {
                wrong_agents.extend(ontology.unknown_sector(&row[1]).map(|wrong| (line, wrong)));
            }
            if !matches!(row[2].as_str(), "yes" | "no") {
                wrong_agents.push((line, format!("'of_state' is '{}'; write yes or no", row[2])));
            }
            let agent = Agent { sector: row[1].clone(), of_state: row[2] == "yes" };
            out.insert_last(&row[0]);
            out.nouns.insert(row[0].to_lowercase(), agent);
        }
        let (rows, mut wrong_groups) = self::rows(groups, 3);
        let unknown = rows.iter().filter(|(_, row)| !KINDS.contains(&row[1].as_str())).map(|(line, row)| {
            let hint = did_you_mean(&row[1].to_uppercase(), KINDS.into_iter());
            let hint = hint.unwrap_or_else(|| format!("; there are {}", KINDS.join(", ")));
            (*line, format!("there is no kind '{}' of groups{hint}", row[1]))
        });
        wrong_groups.extend(unknown);
        // Regions and states are told by the tables of places and states.
        for (_, row) in rows.iter().filter(|(_, row)| row[1] == "HALF") {
            let half = |pair: &str| pair.split_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned()));
            let halves = row[2].split('|').filter_map(half).map(|(beside, meant)| Half { beside, meant });
            out.halves.insert(row[0].to_lowercase(), halves.collect());
        }
        let lists = [
            ("PAIR", &mut out.pairs),
            ("KIN", &mut out.kin),
            ("ARMY", &mut out.armies),
            ("OWN", &mut out.organs),
        ];
        for (kind, map) in lists {
            for (_, row) in rows.iter().filter(|(_, row)| row[1] == kind) {
                let word = if kind == "ARMY" { row[0].clone() } else { row[0].to_lowercase() };
                map.insert(word, row[2].split(' ').map(str::to_owned).collect());
            }
        }
        for (_, row) in rows.into_iter().filter(|(_, row)| matches!(row[1].as_str(), "ETH" | "REL")) {
            out.insert_last(&row[0]);
            out.groups
                .insert(row[0].to_lowercase(), Group { sector: row[1].clone(), country: row[2].clone() });
        }
        (out, [wrong_agents, wrong_groups])
    }

    /// What a noun of one or several words (lemmas, lower case) says.
    pub(crate) fn noun(&self, words: &str) -> Option<&Agent> {
        self.nouns.get(words)
    }

    fn insert_last(&mut self, name: &str) {
        if let Some((_, last)) = name.to_lowercase().rsplit_once(' ') {
            self.last.insert(last.strip_suffix('s').unwrap_or(last).to_owned());
            self.last.insert(last.to_owned());
        }
    }

    /// Whether the name of any of several words may end so.
    pub(crate) fn may_end_with(&self, word: &str) -> bool {
        self.last.contains(word) || word.strip_suffix('s').is_some_and(|word| self.last.contains(word))
    }

    /// The states that a word such as "north" may mean, with those beside which it does.
    pub(crate) fn halves(&self, word: &str) -> Option<&[Half]> {
        self.halves.get(word).map(Vec::as_slice)
    }

    /// The states that a word means together.
    pub(crate) fn pair(&self, word: &str) -> &[String] {
        self.pairs.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether a word stands for states or for a people that lives in several: most sentences have none, and are asked no more.
    pub(crate) fn is_of_states(&self, word: &str) -> bool {
        !self.pair(word).is_empty() || !self.kin(word).is_empty()
    }

    /// The states in which a people lives besides its own.
    pub(crate) fn kin(&self, word: &str) -> &[String] {
        let kin = || self.kin.get(word).or_else(|| self.kin.get(word.strip_suffix('s')?));
        kin().map_or(&[], Vec::as_slice)
    }

    /// Whose soldiers are meant in places of a state that has none.
    pub(crate) fn army(&self, state: &str) -> Option<&str> {
        self.armies.get(state)?.first().map(String::as_str)
    }

    /// Whether a state calls an organ of its own so, as another body is called elsewhere.
    pub(crate) fn is_own_organ(&self, words: &str, state: &str) -> bool {
        self.organs.get(words).is_some_and(|states| states.iter().any(|s| s == state))
    }

    /// The people or faith of this name.
    pub(crate) fn group(&self, word: &str) -> Option<&Group> {
        self.groups.get(word).or_else(|| self.groups.get(word.strip_suffix('s')?))
    }
}

/// What a group may be: a people, a faith, a half of two states, states of one name, a people called as a state is and living in others too, whose
/// soldiers are in a place; what other tables tell stands there for the reader only.
const KINDS: [&str; 10] = ["ETH", "REL", "REG", "STATE", "ORG", "HALF", "PAIR", "KIN", "ARMY", "OWN"];

/// The rows of a table below its heading with their lines, each with at least so many cells and a first one of its own.
fn rows(text: &str, cells: usize) -> (Vec<(usize, Vec<String>)>, Vec<Fault>) {
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let (mut out, mut faults) = (Vec::new(), Vec::new());
    let mut first: BTreeMap<String, usize> = BTreeMap::new();
    for record in reader.records() {
        let at = |record: &csv::StringRecord| {
            record.position().map_or(1, |p| usize::try_from(p.line()).unwrap_or(1))
        };
        match record {
            Ok(record) if record.len() >= cells && !record[0].is_empty() => {
                let line = at(&record);
                let above = *first.entry(record[0].trim().to_lowercase()).or_insert(line);
                if above != line {
                    faults.push((line, format!("'{}' stands on line {above} already", &record[0])));
                }
                out.push((line, record.iter().map(|c| c.trim().to_owned()).collect()));
            }
            Ok(record) => {
                let line = at(&record);
                faults.push((line, format!("a row has at least {cells} cells, and the first is not empty")));
            }
            Err(wrong) => faults.push((1, format!("not valid CSV: {wrong}"))),
        }
    }
    (out, faults)
}
