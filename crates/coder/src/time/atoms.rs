//! The smallest pieces that rules look at: runs of letters, runs of digits, single signs.

use std::borrow::Cow;

use chancery_model::Upos;

use super::vocabulary::{Class, Vocabulary};
use crate::tree::{Tree, lower};

/// A piece of a sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Atom {
    /// Number in the vocabulary, 0 if it is not there.
    pub(super) id: u16,
    /// The number that it writes, and in how many digits.
    pub(super) digits: Option<(i64, usize)>,
    /// Whether it ends in "st", "nd", "rd" or "th".
    pub(super) ordinal: bool,
    /// Whether no white space parts it from the one before.
    pub(super) glued: bool,
    pub(super) capital: bool,
    /// Whether it is part of a longer number ("6,107.31") or an amount of money.
    pub(super) amount: bool,
    /// Whether a word of the vocabulary is a verb: "may", "to last".
    pub(super) verb: bool,
    /// Whether it counts things ("2018 ships").
    pub(super) counts: bool,
    pub(super) sign: Option<char>,
    /// The word of the sentence that it lies in.
    pub(super) word: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The atoms of a sentence.
pub(super) fn atoms(tree: &Tree, vocabulary: &Vocabulary) -> Vec<Atom> {
    let mut out: Vec<Atom> = Vec::with_capacity(tree.len() + 4);
    for word in 0..tree.len() {
        let base = tree.span(word).start as usize;
        let form = tree.form(word);
        let before = out.last().filter(|before| before.end == base);
        // Most words are letters and nothing else; behind a figure they may end it: "3rd".
        let plain = !form.is_empty() && form.bytes().all(|byte| byte.is_ascii_alphabetic());
        if plain && before.is_none_or(|before| before.digits.is_none()) {
            let id = vocabulary.id(tree.lower(word));
            out.push(Atom {
                id,
                glued: before.is_some(),
                capital: form.as_bytes()[0].is_ascii_uppercase(),
                verb: id != 0 && is_verb(tree, word),
                word,
                start: base,
                end: base + form.len(),
                ..Atom::default()
            });
            continue;
        }
        let mut rest = form;
        while let Some(first) = rest.chars().next() {
            let start = base + form.len() - rest.len();
            let length = known_with_digits(rest, vocabulary).unwrap_or_else(|| length(rest, first));
            let text = &rest[..length];
            rest = &rest[length..];
            if first.is_whitespace() {
                continue;
            }
            let glued = out.last().is_some_and(|a| a.end == start);
            if ends_ordinal(text, out.last(), glued)
                && let Some(last) = out.last_mut()
            {
                (last.ordinal, last.end) = (true, start + length);
                continue;
            }
            // The full stop of "Oct."
            if text == "."
                && length == 1
                && rest.is_empty()
                && let Some(last) = out.last_mut()
                && last.word == word
                && vocabulary
                    .entry(last.id)
                    .senses
                    .iter()
                    .any(|s| matches!(s.0, Class::Month | Class::Weekday))
            {
                last.end = start + 1;
                continue;
            }
            let lower = match length == form.len() {
                true => Cow::Borrowed(tree.lower(word)),
                false => lower(text),
            };
            let id = if !lower.is_ascii() && lower.contains('’') {
                vocabulary.id(&lower.replace('’', "'"))
            } else {
                vocabulary.id(&lower)
            };
            let figures = first.is_ascii_digit() && text.len() < 10;
            let digits = figures.then(|| text.parse().ok()).flatten();
            out.push(Atom {
                id,
                digits: digits.map(|n| (n, text.len())),
                ordinal: false,
                glued,
                capital: first.is_uppercase(),
                amount: false,
                verb: id != 0 && is_verb(tree, word),
                counts: digits.is_some() && counts_things(tree, word, vocabulary),
                sign: (!first.is_alphanumeric()).then_some(first),
                word,
                start,
                end: start + length,
            });
        }
    }
    mark_amounts(&mut out);
    out
}

/// Whether a word is a verb, and no participle.
fn is_verb(tree: &Tree, word: usize) -> bool {
    matches!(tree.upos(word), Upos::VERB | Upos::AUX)
        && !tree.token(word).has("VerbForm=Part")
        && !tree.token(word).has("VerbForm=Ger")
}

/// How far a run of one kind goes. "'s" is one piece.
fn length(rest: &str, first: char) -> usize {
    if first.is_ascii_digit() {
        return rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    }
    if first.is_alphabetic() {
        let end = rest.bytes().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(rest.len());
        return match rest.as_bytes().get(end) {
            Some(byte) if !byte.is_ascii() => rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len()),
            _ => end,
        };
    }
    let after = &rest[first.len_utf8()..];
    let clitic = matches!(first, '\'' | '’')
        && after.starts_with(['s', 'S'])
        && !after[1..].starts_with(|c: char| c.is_alphanumeric());
    first.len_utf8() + usize::from(clitic)
}

/// "Q3", "H1": a letter and a digit that make a word.
fn known_with_digits(rest: &str, vocabulary: &Vocabulary) -> Option<usize> {
    rest.as_bytes().get(1).filter(|byte| byte.is_ascii_digit())?;
    let word = rest.get(..2)?;
    let ends = !rest[2..].starts_with(|c: char| c.is_alphanumeric());
    (ends && vocabulary.id(&word.to_lowercase()) != 0).then_some(2)
}

fn ends_ordinal(text: &str, before: Option<&Atom>, glued: bool) -> bool {
    glued
        && before.is_some_and(|a| a.digits.is_some_and(|d| d.1 <= 2))
        && matches!(text.to_ascii_lowercase().as_str(), "st" | "nd" | "rd" | "th")
}

/// "2018 ships", "12 envoys": a figure that counts the noun it hangs on.
fn counts_things(tree: &Tree, word: usize, vocabulary: &Vocabulary) -> bool {
    let Some(head) = tree.head(word).filter(|h| *h > word && tree.relation(word) == "nummod") else {
        return false;
    };
    tree.upos(head) == Upos::NOUN
        && tree.token(head).has("Number=Plur")
        && vocabulary.entry(vocabulary.id(tree.lower(head))).senses.is_empty()
}

/// "6,107.31", "$12": neither a day nor a year.
fn mark_amounts(atoms: &mut [Atom]) {
    for i in 0..atoms.len() {
        if atoms[i].digits.is_none() {
            continue;
        }
        let joined = |a: &Atom, b: &Atom| a.glued && matches!(a.sign, Some('.' | ',' | ':')) && b.glued;
        let after = i >= 2 && atoms[i - 2].digits.is_some() && joined(&atoms[i - 1], &atoms[i]);
        let before =
            i + 2 < atoms.len() && atoms[i + 2].digits.is_some() && joined(&atoms[i + 1], &atoms[i + 2]);
        let money = i >= 1 && matches!(atoms[i - 1].sign, Some('$' | '€' | '£' | '¥' | '#'));
        let percent = atoms.get(i + 1).is_some_and(|a| a.sign == Some('%'));
        atoms[i].amount = after || before || money || percent;
    }
}
