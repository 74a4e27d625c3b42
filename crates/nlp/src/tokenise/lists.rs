//! Word lists of `data/languages/en`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What an abbreviation says about the end of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A name follows.
    Title,
    /// An abbreviation only before a figure.
    Number,
    /// A sentence ends here only if a usual first word follows.
    Word,
    /// A sentence ends here if any capital follows.
    End,
}

static ABBREVIATIONS: LazyLock<HashMap<&str, Kind>> = LazyLock::new(|| {
    let lines = lines(include_str!("../../../../data/languages/en/abbreviations.txt"));
    let entries = lines.filter_map(|line| {
        let (form, kind) = line.split_once(' ')?;
        let kind = match kind.trim() {
            "title" => Kind::Title,
            "number" => Kind::Number,
            "end" => Kind::End,
            _ => Kind::Word,
        };
        Some((form, kind))
    });
    entries.collect()
});

static STARTS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| lines(include_str!("../../../../data/languages/en/sentence_starts.txt")).collect());

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The kind of an abbreviation, given with its full stop; none if the list does not have it.
pub(super) fn abbreviation(form: &str) -> Option<Kind> {
    if let Some(kind) = ABBREVIATIONS.get(form) {
        return Some(*kind);
    }
    let letters = form.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 2 || form.chars().any(char::is_lowercase) {
        return None;
    }
    let mut chars = form.chars();
    let first = chars.next()?;
    ABBREVIATIONS.get(format!("{first}{}", chars.as_str().to_lowercase()).as_str()).copied()
}

/// Whether the word usually begins a sentence when it has a capital.
pub(super) fn starts_sentence(word: &str) -> bool {
    STARTS.contains(word)
}

/// Whether the word names a day of the week or a month.
pub(super) fn is_day_or_month(word: &str) -> bool {
    const NAMES: [&str; 19] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES.contains(&word)
}

/// Short forms that hold a slash.
pub(super) const SLASHED: [&str; 8] = ["w/out", "w/o", "b/c", "b/t", "s/he", "l/c", "i/c", "i/s"];

/// Whether a hyphen after this prefix stays inside the word: `co-chair`, but `long - term` and `UN - led`.
pub(super) fn keeps_hyphen(prefix: &str) -> bool {
    const PREFIXES: [&str; 33] = [
        "anti", "arch", "co", "counter", "cross", "de", "e", "ex", "extra", "hyper", "inter", "intra", "mid",
        "micro", "mini", "mis", "multi", "neo", "non", "over", "pan", "post", "pre", "pro", "pseudo",
        "psycho", "re", "semi", "socio", "sub", "super", "trans", "un",
    ];
    let acronym = prefix.len() > 1 && !prefix.contains(char::is_lowercase);
    !acronym && PREFIXES.contains(&prefix.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_abbreviation_has_a_known_kind_and_a_full_stop() {
        for line in lines(include_str!("../../../../data/languages/en/abbreviations.txt")) {
            let (form, kind) = line.split_once(' ').unwrap_or_else(|| panic!("'{line}' has no kind"));
            assert!(form.ends_with('.'), "'{form}' has no full stop");
            assert!(["title", "number", "word", "end"].contains(&kind), "'{kind}' is no kind");
        }
    }

    #[test]
    fn abbreviations_are_found_in_capitals_but_not_in_lower_case() {
        assert_eq!(abbreviation("Gen."), Some(Kind::Title));
        assert_eq!(abbreviation("GEN."), Some(Kind::Title));
        assert_eq!(abbreviation("sat."), None);
    }
}
