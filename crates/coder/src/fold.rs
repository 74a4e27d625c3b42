//! Folding of words for comparison: accents and case off, punctuation out.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text in lower case without accents.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The folded words of a text.
pub(crate) fn fold_words(text: &str) -> Vec<String> {
    words_of(&fold(text)).map(str::to_owned).collect()
}

/// The words of a text that is folded.
pub(crate) fn words_of(folded: &str) -> impl Iterator<Item = &str> {
    let mut rest = folded;
    std::iter::from_fn(move || {
        rest = &rest[run(rest, false)..];
        let word;
        (word, rest) = rest.split_at(run(rest, true));
        (!word.is_empty()).then_some(word)
    })
}

/// How long the letters and digits are that begin a text, or what comes before any.
fn run(text: &str, letters: bool) -> usize {
    let other = |byte: u8| !byte.is_ascii() || byte.is_ascii_alphanumeric() != letters;
    match text.bytes().position(other) {
        // Of what is not plain more must be known.
        Some(at) if !text.as_bytes()[at].is_ascii() => {
            text.find(|c: char| c.is_alphanumeric() != letters).unwrap_or(text.len())
        }
        at => at.unwrap_or(text.len()),
    }
}
