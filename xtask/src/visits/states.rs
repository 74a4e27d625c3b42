//! Which states a text names, by the names and adjectives of data/actors/states.csv and nothing else.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Names and adjectives of states, each as its folded words.
pub(super) struct States {
    codes: BTreeMap<Vec<String>, String>,
    longest: usize,
}

impl States {
    /// Those of the table.
    pub(super) fn read() -> Result<Self, String> {
        let path = crate::root().join("data/actors/states.csv");
        let told = |error: csv::Error| format!("{}: {error}", path.display());
        let mut table = csv::Reader::from_path(&path).map_err(told)?;
        let head = table.headers().map_err(told)?.clone();
        let mut codes = BTreeMap::new();
        for row in table.records() {
            let row = row.map_err(told)?;
            let field =
                |name: &str| head.iter().position(|h| h == name).and_then(|i| row.get(i)).unwrap_or("");
            for name in
                ["name", "official_name", "aliases", "demonyms"].into_iter().flat_map(|f| field(f).split('|'))
            {
                if !name.is_empty() {
                    codes.entry(words(name)).or_insert_with(|| field("code").to_owned());
                }
            }
        }
        let longest = codes.keys().map(Vec::len).max().unwrap_or_default();
        Ok(Self { codes, longest })
    }

    /// The state of this name: "Korea, South", "Congo, Republic of", "Denmark (Greenland)".
    pub(super) fn code(&self, name: &str) -> Option<&String> {
        let name = name.split(" (").next().unwrap_or(name);
        let turned = name.split_once(", ").map(|(last, first)| format!("{first} {last}"));
        self.codes.get(&words(name)).or_else(|| self.codes.get(&words(&turned?)))
    }

    /// The states that a text names, in order, each once.
    pub(super) fn named(&self, text: &str) -> Vec<String> {
        let (said, folded) = (raw_words(text), words(text));
        let (mut found, mut at) = (Vec::new(), 0);
        while at < folded.len() {
            let capital = said[at].starts_with(char::is_uppercase);
            let end = folded.len().min(at + self.longest);
            let name = (at + 1..=end).rev().find(|&end| capital && self.codes.contains_key(&folded[at..end]));
            if let Some(code) = name.map(|end| &self.codes[&folded[at..end]])
                && !found.contains(code)
            {
                found.push(code.clone());
            }
            at = name.unwrap_or(at + 1);
        }
        found
    }
}

fn raw_words(text: &str) -> Vec<String> {
    let plain = text.nfd().filter(|c| !is_combining_mark(*c)).collect::<String>();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// The words of a text in lower case, without accents.
pub(super) fn words(text: &str) -> Vec<String> {
    raw_words(text).iter().map(|w| w.to_lowercase()).collect()
}
