//! Words by which phrases mean someone; see `data/codebook/references.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::words::WordList;

/// The page of words, by path below `data/`.
pub(crate) const PAGE: (&str, &str) =
    ("codebook/references.toml", include_str!("../../../../data/codebook/references.toml"));

/// Lists of the page.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PhraseWords {
    /// Nouns that only one who acts can own: decision, greeting.
    pub(crate) acts: WordList,
    /// Bodies that are those of the state that a text is from: army.
    pub(crate) of_state: WordList,
    /// Those who belong to someone else and are not that one: partner.
    pub(crate) others: WordList,
    /// Verbs whose "it" is the weather.
    pub(crate) weather: WordList,
    /// People who act for no state: scientist.
    pub(crate) people: WordList,
    /// Verbs whose subject has just been spoken to: reply.
    pub(crate) answers: WordList,
    /// Verbs of governing: rule.
    pub(crate) rule: WordList,
    /// Relatives: father.
    pub(crate) kin: WordList,
    /// Parts of a state: province.
    pub(crate) units: WordList,
    /// Parts of a state too, but only in names: territory.
    pub(crate) named_units: WordList,
    /// Those who head a part of a state: governor.
    pub(crate) of_units: WordList,
    /// Rivers that states are named after.
    pub(crate) rivers: WordList,
    /// Codes of those whom everyone calls so: "world body".
    pub(crate) known_as: BTreeMap<String, String>,
    /// Of what kinds an organisation is that is called so: charity.
    pub(crate) kinds: BTreeMap<String, Vec<String>>,
    /// Titles by another name, each with the words of the title meant: monarch.
    pub(crate) titles: BTreeMap<String, Vec<String>>,
    /// Offices that are one in different states, each with the words of the others: "foreign secretary" for "foreign minister".
    pub(crate) counterparts: BTreeMap<String, Vec<String>>,
    /// States of a part of the world: Nordic.
    pub(crate) parts: BTreeMap<String, Vec<String>>,
}

impl PhraseWords {
    /// The words that are part of the program.
    pub(crate) fn embedded() -> Self {
        toml::from_str(PAGE.1).expect("the embedded words are valid: a test checks it")
    }

    /// What is wrong with the page: line (1-based) and message, if anything.
    pub(crate) fn check(text: &str) -> Option<(usize, String)> {
        let error = toml::from_str::<Self>(text).err()?;
        let line = error.span().map_or(1, |s| text[..s.start.min(text.len())].matches('\n').count() + 1);
        Some((line, error.message().lines().next().unwrap_or("not valid TOML").to_owned()))
    }
}
