//! Stamps of the page ("Xinhua) 08:03, October 10, 2025"), times of a record ("4:16 P.M. EST") and by-lines.

use std::sync::LazyLock;

use chancery_model::Date;
use regex::Regex;

use super::agency::is_agency;
use crate::dates::{DAY, find, has_figure, holds, pattern};

/// No stamp is longer, in bytes.
const LONGEST: usize = 160;

/// What a stamp tells.
#[derive(Debug)]
pub(super) struct Stamp {
    pub(super) length: usize,
    pub(super) date: Option<Date>,
    pub(super) publisher: Option<String>,
}

static TIME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\W*(?i:end)?\W*\d{1,2}[:.]\d{2}(?::\d{2})?\s*(?i:[ap]\.?\s?m\.?)?(?:\s*\(?[A-Z]{2,5}\)?)?(?:\s*[+-]\d{1,2}:?\d{0,2})?\W*$",
    )
});

/// What a stamp is made of beside its date and its publisher.
static FILLING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\b(?:\d{1,2}[:.]\d{2}(?::\d{2})?(?:\.\d+)?(?:\s*[ap]\.?m\b\.?)?|(?:UTC|GMT|EST|EDT|CET|CEST|MSK|BST|JST|KST|Z|T)?[+-]\d{2}:?\d{2}
        |UTC|GMT|EST|EDT|CET|CEST|MSK|BST|JST|KST
        |published|updated?|posted|released?|modified|created|issued|date|time|source|pubdate|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|on|at|from|by)\b",
    )
});

static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:published|updated?|posted|released?|modified|date|time|source|issued)\b|\d{1,2}:\d{2}")
});

static PREFIX: LazyLock<Regex> = LazyLock::new(|| {
    let day = &*DAY;
    pattern(&format!(
        r"^\s*(?:date\s+\d{{4}}-\d{{2}}-\d{{2}}|[\p{{L}}' ]{{0,24}}\)\s*\d{{1,2}}:\d{{2}},?\s+{day})\s+\S"
    ))
});

/// A piece that is nothing but a stamp.
pub(super) fn whole(piece: &str) -> Option<Stamp> {
    if piece.len() > LONGEST {
        return None;
    }
    if is_time(piece) {
        return Some(Stamp { length: piece.len(), date: None, publisher: None });
    }
    let day = find(piece).filter(|day| day.year.is_some())?;
    let rest = format!("{} {}", &piece[..day.place.start], &piece[day.place.end..]);
    let rest = FILLING.replace_all(&rest, " ");
    let rest = rest.replace(|c: char| !c.is_alphabetic() && !"'’.-&".contains(c), " ");
    let words: Vec<&str> = rest.split_whitespace().filter(|w| w.contains(char::is_alphabetic)).collect();
    let name = words.join(" ");
    let named = words.len() <= 3 && words.iter().all(|w| w.starts_with(char::is_uppercase));
    if words.is_empty() || is_agency(&name) || (named && WORDS.is_match(piece)) {
        let publisher = (!words.is_empty()).then_some(name);
        return Some(Stamp { length: piece.len(), date: day.date(None), publisher });
    }
    None
}

/// A stamp fused before the words of a piece.
pub(super) fn prefix(piece: &str) -> Option<Stamp> {
    let head = super::debris::head(piece);
    let found = PREFIX.find(Some(head).filter(|h| has_figure(h) && holds(h, &["date", ":"]))?)?;
    let length = piece[..found.end()].char_indices().next_back()?.0;
    let stamp = whole(piece[..length].trim())?;
    Some(Stamp { length, ..stamp })
}

/// A piece that is a time of day, as a record of remarks begins and ends with.
pub(super) fn is_time(piece: &str) -> bool {
    piece.len() <= 40 && has_figure(piece) && TIME.is_match(piece) && piece.contains([':', 'm', 'M'])
}

static BYLINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:(?:By|BY)\s+\p{Lu}[\p{L}.'’-]*(?:(?:,|\s+and|\s+in)?\s+\p{Lu}[\p{L}.'’-]*){1,8}|(?:by\s+)?(?:Xinhua|TASS|Yonhap) (?:writers?|correspondents?|staff) .{3,80}|(?:From|Author|Authors|Issued by|Published by)\s?: .{3,100}|(?:Reporting|Written|Compiled|Additional reporting) by .{3,100})$",
    )
});

/// How by-lines open.
const OPENINGS: [&str; 14] = [
    "By",
    "BY",
    "by",
    "Xinhua",
    "TASS",
    "Yonhap",
    "From",
    "Author",
    "Issued by",
    "Published by",
    "Reporting",
    "Written",
    "Compiled",
    "Additional reporting",
];

/// A piece that names the writer.
pub(super) fn is_byline(piece: &str) -> bool {
    let opens = OPENINGS.iter().any(|words| piece.starts_with(words));
    piece.len() <= LONGEST && opens && BYLINE.is_match(piece)
}
