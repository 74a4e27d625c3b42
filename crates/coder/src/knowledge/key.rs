//! How names are compared: without accents, spaces and punctuation, so that "Workers' Party" and "Workers’ Party" are one.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// A way to write names as keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    /// As [`squeeze`] does.
    Squeezed,
    /// As [`fold`] does.
    Folded,
}

impl Spelling {
    /// A name of which [`Self::letters`] are the letters of its key: nearly always as it is written.
    pub(crate) fn plain(self, name: &str) -> Cow<'_, str> {
        match (name.is_ascii(), self) {
            (true, _) => Cow::Borrowed(name),
            (false, Self::Squeezed) => Cow::Owned(squeeze(name)),
            (false, Self::Folded) => Cow::Owned(fold(name)),
        }
    }

    /// The letters of its key, one byte after the other.
    pub(crate) fn letters(self, plain: &str) -> impl Iterator<Item = u8> {
        let letters = plain.bytes().filter(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
        letters.map(move |byte| self.letter(byte))
    }

    /// An ASCII letter as keys have it.
    pub(crate) fn letter(self, letter: u8) -> u8 {
        match self {
            Self::Squeezed => letter,
            Self::Folded => letter.to_ascii_lowercase(),
        }
    }
}

/// The letters and digits of a name without accents, their case kept: "Côte d’Ivoire" gives "CotedIvoire".
pub(crate) fn squeeze(name: &str) -> String {
    key_of(name, push_squeezed)
}

/// [`squeeze`] in lower case.
pub(crate) fn fold(name: &str) -> String {
    key_of(name, push_folded)
}

fn key_of(name: &str, push: fn(&mut String, &str)) -> String {
    let mut key = String::with_capacity(name.len());
    push(&mut key, name);
    key
}

/// [`squeeze`] a name onto the end of a key.
fn push_squeezed(key: &mut String, name: &str) {
    if name.is_ascii() {
        name.bytes().filter(u8::is_ascii_alphanumeric).for_each(|byte| key.push(char::from(byte)));
        return;
    }
    for c in name.nfkd().filter(|c| c.is_alphanumeric() && !('\u{2b0}'..='\u{2ff}').contains(c)) {
        match plain(c) {
            "" => key.push(c),
            letters => key.push_str(letters),
        }
    }
}

/// [`fold`] a name onto the end of a key.
fn push_folded(key: &mut String, name: &str) {
    if name.is_ascii() {
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        letters.for_each(|byte| key.push(char::from(byte.to_ascii_lowercase())));
    } else {
        key.push_str(&squeeze(name).to_lowercase());
    }
}

/// The folded words of a name in alphabetical order, so that "Kishida Fumio" and "Fumio Kishida" are one.
///
/// It begins with a space, which no [`fold`] does.
pub(crate) fn unordered(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut words: Vec<Range<usize>> = Vec::with_capacity(4);
    for word in name.split([' ', '\u{a0}', '-']) {
        let start = folded.len();
        push_folded(&mut folded, word);
        words.extend((start < folded.len()).then_some(start..folded.len()));
    }
    words.sort_unstable_by(|a, b| folded[a.clone()].cmp(&folded[b.clone()]));
    let mut key = String::with_capacity(folded.len() + words.len());
    for word in words {
        key.push(' ');
        key.push_str(&folded[word]);
    }
    // Of no word, too, the key begins so.
    if key.is_empty() { " ".to_owned() } else { key }
}

/// With what [`unordered`] of a name begins, if that is plain from the first of its words in that order.
pub(crate) fn unordered_start(name: &str) -> Option<impl Iterator<Item = u8>> {
    if !name.is_ascii() {
        return None;
    }
    fn letters(word: &[u8]) -> impl Iterator<Item = u8> {
        word.iter().filter(|letter| letter.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase)
    }
    let words = name.as_bytes().split(|byte| matches!(byte, b' ' | b'-'));
    let words = words.filter(|word| letters(word).next().is_some());
    let first = words.min_by(|a, b| letters(a).cmp(letters(b)))?;
    (letters(first).count() >= 5).then(|| std::iter::once(b' ').chain(letters(first)))
}

/// What Latin letters that Unicode does not take apart are written as without their strokes.
fn plain(c: char) -> &'static str {
    match c {
        'ø' => "o",
        'Ø' => "O",
        'ł' => "l",
        'Ł' => "L",
        'đ' | 'ð' => "d",
        'Đ' | 'Ð' => "D",
        'ı' => "i",
        'ə' => "a",
        'Ə' => "A",
        'ß' => "ss",
        'æ' => "ae",
        'Æ' => "Ae",
        'œ' => "oe",
        'þ' => "th",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn apostrophes_accents_and_spaces_do_not_part_names() {
        assert_eq!(squeeze("Côte\u{a0}d’Ivoire"), squeeze("Cote d'Ivoire"));
        assert_eq!(fold("Türkiye"), "turkiye");
        assert_eq!(fold("Erdoğan"), fold("Erdogan"));
        assert_eq!(fold("Lars Løkke Rasmussen"), "larslokkerasmussen");
        assert_eq!(unordered("Kishida Fumio"), unordered("FUMIO KISHIDA"));
        assert_eq!(squeeze("李强"), "李强");
    }
}
