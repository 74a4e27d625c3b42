//! Datelines: "PYONGYANG, Oct. 9 (Xinhua) -- ", "MOSCOW, 3 March /TASS/. ", "LONDON (Reuters) - ".

use std::sync::LazyLock;

use regex::Regex;

use super::agency::is_agency;
use super::{Dateline, debris};
use crate::dates::{DAY, find, has_figure, pattern};

static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    let day = &*DAY;
    let caps = r"\p{Lu}[\p{Lu}'’.-]+(?:[ \x{a0}][\p{Lu}'’.-]+){0,4}";
    let mixed = r"\p{Lu}[\p{L}'’.-]+(?:[ \x{a0}][\p{L}'’.-]+){0,3}";
    let region = r"(?:,\s?(?:the\s)?\p{Lu}[\p{L}.]*(?:\s\p{Lu}[\p{L}.]*){0,2}?){0,2}?";
    let agency = r"(?:\s*\([^()\n]{2,60}\))";
    let slashed = r"(?:\s*/[^/\n]{2,30}/)";
    let dash = r"\s*(?:--+|[—–―]|-)\s+";
    let marks = r"[*_]{0,3}";
    let front = r"(?:[*_]{1,3}|\([^()\n]{2,40}\)\s+)?";
    let tight = r"\s*(?:--+|—)\s*";
    pattern(
        &format!(
            r#"^{front}(?:(?<a>{caps}{region}){marks}(?:,?\s*{day})?,?{agency}?[.,:]?(?:{dash}|{tight})
            |(?<b>{mixed}{region}),?\s*{agency}[.,:]?(?:{dash}|{tight})
            |(?<c>{mixed}{region}),\s*{day},?{agency}?[.,:]?(?:{dash}|{tight})
            |(?<d>{mixed}{region}),?\s*{day},?{agency}[.,:]?\s+
            |(?<e>{mixed}{region})(?:,?\s*{day})?[.,]?{slashed}[.,:]?(?:{dash}|{tight}|\s+)
            |(?<f>(?:{mixed},\s){{0,2}}{mixed}),\s*{day}(?:,?\s+\d{{1,2}}[.:]\d{{2}}(?:\s*[ap]\.?m\.?)?)?\.?$
            )"#
        )
        .replace("\n            ", ""),
    )
});

static AGENCY: LazyLock<Regex> = LazyLock::new(|| pattern(r"[(/]\s*([^()/]{2,60}?)\s*[)/]"));

/// Words in capitals before a dash that are no place.
#[rustfmt::skip]
const NO_PLACES: &[&str] = &[
    "THE", "PRESIDENT", "VICE", "PRIME", "MR.", "MRS.", "MS.", "DR.", "QUESTION", "ANSWER", "END", "I", "A",
    "Q",
];

/// Words before a date that name a text, not where it was written.
const NO_RECORDS: &[&str] =
    &["statement", "communiqu", "readout", "remarks", "declaration", "meeting", "report", "note", "letter"];

/// The length of the dateline that a piece opens with, and what it says.
pub(super) fn prefix(piece: &str) -> Option<(usize, Dateline)> {
    let head = debris::head(piece);
    // Each has a dash, an agency or a day.
    if !has_figure(head) && !head.contains(['-', '—', '–', '―', '/', '(']) {
        return None;
    }
    let found = DATELINE.captures(head)?;
    let place = ["a", "b", "c", "d", "e", "f"].iter().find_map(|g| found.name(g))?;
    let whole = found.get(0)?;
    if whole.end() == head.len() && head.len() < piece.len() {
        return None;
    }
    let after = &head[place.end()..whole.end()];
    let day = find(after);
    let agency = AGENCY
        .captures(&head[..whole.end()])
        .map(|c| c[1].split(',').next().unwrap_or_default().trim().to_owned());
    let first = place.as_str().split_whitespace().next().unwrap_or_default();
    if found.name("f").is_some() && NO_RECORDS.iter().any(|w| place.as_str().to_lowercase().contains(w)) {
        return None;
    }
    let loose = found.name("b").is_some() || found.name("d").is_some();
    let known = |name: &String| is_agency(name) || !name.contains(char::is_lowercase);
    if loose && !agency.as_ref().is_some_and(known) {
        return None;
    }
    let bare = day.is_none() && agency.is_none();
    let opens = |c: char| c.is_uppercase() || c.is_numeric() || "\"“‘'«(".contains(c);
    let rest = &piece[whole.end()..];
    if bare && (NO_PLACES.contains(&first) || place.len() < 4 || !rest.starts_with(opens)) {
        return None;
    }
    Some((whole.end(), Dateline { place: place.as_str().to_owned(), day, agency }))
}
