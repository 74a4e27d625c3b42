//! Nouns and adjectives that tell who acts without a name: "rebels", "riot police", "Kurdish"; `data/actors/agents.csv`, `groups.csv`.

use std::collections::BTreeMap;

use super::Fault;
use super::lexis::{Lexis, Word, WordSet};
use crate::knowledge::table::did_you_mean;
use crate::ontology::Ontology;
use crate::words::WordMap;

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
    /// What words may tell, so that most are not looked up.
    may: May,
}

/// Words by what they may tell, in the plural too.
#[derive(Debug, Clone, Default)]
struct May {
    /// As nouns by themselves.
    alone: WordSet,
    /// As the last of a name of several words.
    end: WordSet,
    /// Before the last.
    stand_before: WordSet,
    /// As states that one word means, or a people that lives in several.
    mean_states: WordSet,
}

impl May {
    fn of(agents: &Agents, lexis: &mut Lexis) -> Self {
        let mut numbers = |words: &mut dyn Iterator<Item = &str>| -> WordSet {
            let forms = |word: &str| [lexis.add(word), lexis.add(&[word, "s"].concat())];
            words.flat_map(forms).collect()
        };
        let names =
            || agents.nouns.keys().chain(agents.groups.keys()).filter_map(|name| name.rsplit_once(' '));
        Self {
            alone: numbers(&mut agents.nouns.keys().map(String::as_str).filter(|noun| !noun.contains(' '))),
            // The tables may have the plural and a text the singular.
            end: numbers(&mut names().flat_map(|(_, last)| [last, last.strip_suffix('s').unwrap_or(last)])),
            stand_before: numbers(&mut names().flat_map(|(before, _)| before.split(' '))),
            mean_states: numbers(&mut agents.pairs.keys().chain(agents.kin.keys()).map(String::as_str)),
        }
    }
}

impl Agents {
    /// Read the two tables; rows that cannot be read are left out and told.
    pub(crate) fn read(
        agents: &str,
        groups: &str,
        ontology: &Ontology,
        lexis: &mut Lexis,
    ) -> (Self, [Vec<Fault>; 2]) {
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
            out.groups
                .insert(row[0].to_lowercase(), Group { sector: row[1].clone(), country: row[2].clone() });
        }
        out.may = May::of(&out, lexis);
        (out, [wrong_agents, wrong_groups])
    }

    /// What a noun of one or several words (lemmas, lower case) says.
    pub(crate) fn noun(&self, words: &str) -> Option<&Agent> {
        self.nouns.get(words)
    }

    /// Whether a word may be a noun that tells who acts.
    pub(crate) fn may_be(&self, word: Word) -> bool {
        self.may.alone.has(word)
    }

    /// Whether the name of any of several words may end so.
    pub(crate) fn may_end_with(&self, word: Word) -> bool {
        self.may.end.has(word)
    }

    /// Whether a word may stand in a name of several before the last.
    pub(crate) fn may_stand_before(&self, word: Word) -> bool {
        self.may.stand_before.has(word)
    }

    /// The states that a word such as "north" may mean, with those beside which it does.
    pub(crate) fn halves(&self, word: &str) -> Option<&[Half]> {
        self.halves.get(word).map(Vec::as_slice)
    }

    /// The states that a word means together.
    pub(crate) fn pair(&self, word: &str) -> &[String] {
        self.pairs.get(word).map_or(&[], Vec::as_slice)
    }

    /// Whether a word may stand for states or for a people that lives in several: most sentences have none, and are asked no more.
    pub(crate) fn may_mean_states(&self, word: Word) -> bool {
        self.may.mean_states.has(word)
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
/// soldiers are in a place, whose own organ is called so; what other tables tell stands there for the reader only.
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
