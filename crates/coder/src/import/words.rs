//! Names of a dictionary in usual capitals: `ZOE_VAN_DER_DAHL_` is "Zoe van der Dahl".

use crate::knowledge::key::fold;

/// Words that stand in lower case inside a name.
const SMALL: &[&str] = &[
    "al", "and", "at", "bin", "da", "de", "del", "der", "di", "do", "dos", "du", "el", "for", "in", "la",
    "of", "on", "the", "to", "van", "von",
];

/// The longest word that may be an abbreviation.
const ABBREVIATION: usize = 5;

/// The words of a name that is written with underscores; what has small letters already keeps its case.
///
/// A name of one short word stays in capitals (`FPN`), and so does a short word without a vowel (`FPN_COUNCIL`).
pub(super) fn name(raw: &str) -> String {
    let words: Vec<&str> = words(raw).collect();
    let shouted = !raw.chars().any(char::is_lowercase);
    if !shouted || words.len() == 1 && words[0].chars().count() <= ABBREVIATION {
        return words.join(" ");
    }
    capitals(&words, true)
}

/// The same for a name that is a person's: none of its words is an abbreviation.
pub(super) fn person(raw: &str) -> String {
    let words: Vec<&str> = words(raw).collect();
    if raw.chars().any(char::is_lowercase) { words.join(" ") } else { capitals(&words, false) }
}

/// The part of a full name by which a text calls the person again: "van der Dahl".
pub(super) fn surname(name: &str) -> &str {
    let mut start = name.rfind(' ').map_or(0, |space| space + 1);
    while start > 0 {
        let before = &name[..start - 1];
        let word = before.rfind(' ').map_or(0, |space| space + 1);
        if word == 0 || !SMALL.contains(&&before[word..]) {
            break;
        }
        start = word;
    }
    &name[start..]
}

/// The key of a person: "zoe-van-der-dahl".
pub(super) fn id(name: &str) -> String {
    let words: Vec<String> = name.split([' ', '-']).map(fold).filter(|word| !word.is_empty()).collect();
    words.join("-")
}

fn words(raw: &str) -> impl Iterator<Item = &str> {
    raw.split(|c: char| c == '_' || c.is_whitespace()).filter(|word| !word.is_empty())
}

fn capitals(words: &[&str], abbreviations: bool) -> String {
    let one = |(i, word): (usize, &&str)| {
        let lower = word.to_lowercase();
        let spoken = lower.chars().any(|c| "aeiouy".contains(c) || !c.is_ascii());
        if i > 0 && SMALL.contains(&lower.as_str()) {
            lower
        } else if abbreviations && !spoken && word.chars().count() <= ABBREVIATION {
            (*word).to_owned()
        } else {
            capital(&lower)
        }
    };
    words.iter().enumerate().map(one).collect::<Vec<_>>().join(" ")
}

/// A capital at the beginning, after a hyphen, and after an apostrophe behind one letter: "Al-Dahl", "O'Dahl", "People's".
fn capital(word: &str) -> String {
    let (mut out, mut since) = (String::with_capacity(word.len()), 0);
    for c in word.chars() {
        if since == 0 {
            out.extend(c.to_uppercase())
        } else {
            out.push(c)
        }
        since = if c == '-' || c == '\'' && since == 1 { 0 } else { since + 1 };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn underscores_become_words_in_usual_capitals() {
        assert_eq!(name("COUNCIL_OF_THE_NORTH_"), "Council of the North");
        assert_eq!(name("PEOPLE'S_HARBOUR-GUARD_"), "People's Harbour-Guard");
        assert_eq!(person("ZOE_O'DAHL_"), "Zoe O'Dahl");
        assert_eq!(person("ZOE"), "Zoe");
        assert_eq!(name("Fjord_Council"), "Fjord Council");
    }

    #[test]
    fn abbreviations_stay_in_capitals() {
        assert_eq!(name("FPN_"), "FPN");
        assert_eq!(name("FPN_COUNCIL"), "FPN Council");
    }

    #[test]
    fn a_surname_has_its_particles() {
        assert_eq!(surname("Zoe van der Dahl"), "van der Dahl");
        assert_eq!(surname("Dahl"), "Dahl");
        assert_eq!(id("Zoé van der Dahl-Rojas"), "zoe-van-der-dahl-rojas");
    }
}
