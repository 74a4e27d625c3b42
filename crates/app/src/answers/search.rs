//! What is typed into a search: words, words in quotes, and fields with values.

use chancery_corpus::{Sought, Vocabulary, Who, Word, words};
use chancery_model::Date;

use super::positions::meant;
use crate::codes::code;

/// Fields, in the order in which they are explained.
const FIELDS: [&str; 9] =
    ["speaker", "holder", "addressee", "topic", "act", "polarity", "country", "from", "to"];
const ACTS: [&str; 6] = ["position", "commitment", "request", "courtesy", "report", "agreement"];
const STANCES: [&str; 3] = ["support", "oppose", "neutral"];

/// What may be asked, by example.
pub(crate) const EXAMPLES: [(&str, &str); 11] = [
    ("harbour treaty", "both words, anywhere in the text or statement"),
    ("\"core interests\"", "words that stand together"),
    ("denuclear*", "any ending"),
    ("speaker:\"Wang Yi\"", "who says it: a name, a part of it, or a code"),
    ("holder:CHN", "in whose name: a code or a name"),
    ("addressee:Japan", "to whom"),
    ("topic:taiwan", "on a topic of the codebook"),
    ("act:commitment", "position, commitment, request, courtesy, report or agreement"),
    ("polarity:oppose", "support, oppose or neutral"),
    ("country:PRK", "texts that name a state or organisation"),
    ("from:2025-09 to:2025", "texts of a period: days, months or years"),
];

/// What is sought, or what is wrong with it and what would be right.
pub(crate) fn sought(typed: &str, vocabulary: &Vocabulary) -> Result<Sought, String> {
    let mut out = Sought::default();
    for (field, value) in parts(typed) {
        let who = || Some(Who { name: value.clone(), code: code(&value).ok() });
        match field.as_deref() {
            None => {
                let phrase = phrase(&value);
                if !phrase.is_empty() {
                    out.phrases.push(phrase);
                }
            }
            Some("speaker") => out.speaker = who(),
            Some("holder") => out.holder = who(),
            Some("addressee") => out.addressee = who(),
            Some("topic") => {
                out.topics = meant(vocabulary, &value).map_err(|wrong| format!("topic: {wrong}"))?;
            }
            Some("act") => out.act = Some(one_of("act", &value, &ACTS)?),
            Some("polarity") => out.polarity = Some(one_of("polarity", &value, &STANCES)?),
            Some("country") => out.country = Some(code(&value).map_err(|wrong| format!("country: {wrong}"))?),
            Some("from") => out.from = Some(date("from", &value)?),
            Some("to") => out.to = Some(date("to", &value)?),
            Some(other) => {
                return Err(format!("'{other}:' is no field; the nearest is '{}:'", nearest(other, &FIELDS)));
            }
        }
    }
    Ok(out)
}

/// Each field with its value, and what stands without a field; quotes hold words together.
fn parts(typed: &str) -> Vec<(Option<String>, String)> {
    let mut out = Vec::new();
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        // A field is letters before a colon: "12:30" and "https://" are none.
        let named = rest.split_once(':').filter(|(name, value)| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase()) && !value.starts_with("//")
        });
        let (field, from) = match named {
            Some((name, value)) if !value.is_empty() => (Some(name.to_owned()), value.trim_start()),
            _ => (None, rest),
        };
        let (value, after) = value(from);
        if !value.trim().is_empty() {
            out.push((field, value.trim().to_owned()));
        }
        rest = after.trim_start();
    }
    out
}

/// The words in quotes that stand first, or the first word; and what comes after. A quote that is not closed goes to the end.
fn value(text: &str) -> (&str, &str) {
    for (open, close) in [('"', '"'), ('“', '”')] {
        if let Some(inside) = text.strip_prefix(open) {
            let end = inside.find(close).unwrap_or(inside.len());
            let after = inside[end..].strip_prefix(close).unwrap_or_default();
            // "denuclear"* asks for any ending, too.
            return (&inside[..end], after.strip_prefix('*').unwrap_or(after));
        }
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    text.split_at(end)
}

/// The words of a phrase; a star after one allows any ending.
fn phrase(text: &str) -> Vec<Word> {
    let found = words(text).into_iter().filter(|(folded, _)| !folded.is_empty());
    found.map(|(folded, span)| Word { folded, open: text[span.end as usize..].starts_with('*') }).collect()
}

fn one_of(field: &str, value: &str, all: &[&str]) -> Result<String, String> {
    let value = value.to_lowercase();
    match all.contains(&value.as_str()) {
        true => Ok(value),
        false => Err(format!(
            "{field}: '{value}' is not one of {}; the nearest is '{}'",
            all.join(", "),
            nearest(&value, all)
        )),
    }
}

fn date(field: &str, value: &str) -> Result<Date, String> {
    value.parse().map_err(|_| {
        format!(
            "{field}: '{value}' is no date; a day, month or year is meant, as 2025-10-09, 2025-10 or 2025"
        )
    })
}

/// The one that is most like a word, or begins most like it.
fn nearest<'a>(word: &str, all: &[&'a str]) -> &'a str {
    let far = |other: &&&str| {
        let begin: String = other.chars().take(word.chars().count()).collect();
        let alike = word.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
        (
            chancery_corpus::distance(word, &begin),
            std::cmp::Reverse(alike),
            chancery_corpus::distance(word, other),
        )
    };
    all.iter().min_by_key(far).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn read(typed: &str) -> Result<Sought, String> {
        sought(typed, Vocabulary::embedded())
    }

    #[test]
    fn words_quotes_stars_and_fields_are_told_apart() {
        let found =
            read("harbour \"Open Café\" demin* speaker:\"Zoë Dahl\" act:request from:2031-03").unwrap();
        let shown: Vec<String> = found
            .phrases
            .iter()
            .map(|p| {
                p.iter()
                    .map(|w| format!("{}{}", w.folded, if w.open { "*" } else { "" }))
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect();
        assert_eq!(shown, ["harbour", "open cafe", "demin*"]);
        assert_eq!(found.speaker.map(|s| s.name), Some("Zoë Dahl".to_owned()));
        assert_eq!(found.act.as_deref(), Some("request"));
        assert_eq!(found.from.map(|d| d.to_string()).as_deref(), Some("2031-03"));
    }

    #[test]
    fn what_is_wrong_says_what_would_be_right() {
        let wrong = |typed: &str| read(typed).unwrap_err();
        assert!(wrong("act:comit").contains("the nearest is 'commitment'"));
        assert!(wrong("speeker:x").contains("the nearest is 'speaker:'"));
        assert!(wrong("from:yesterday").contains("2025-10"));
        assert!(wrong("country:Zzz").contains("no state or organisation"));
        assert!(wrong("topic:zzzz").contains("no topic"));
    }

    #[test]
    fn any_text_can_be_typed() {
        for typed in [
            "",
            "\"",
            "*",
            ":",
            "a:",
            "\" \"",
            "https://example.org/x",
            "12:30",
            "“",
            "NEAR(",
            "' OR 1=1",
            "\0",
        ] {
            let found = read(typed);
            assert!(found.is_ok() || typed == "a:", "{typed}: {found:?}");
        }
    }
}
