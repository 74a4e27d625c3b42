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

    /// What a byte that [`Self::table`] leaves out of keys is there.
    pub(crate) const NONE: u8 = 0;
    /// What a byte is there of which more must be known; letters come behind.
    pub(crate) const OTHER: u8 = 1;

    /// Each byte of a word as keys have it, as far as it is told by itself.
    pub(crate) fn table(self) -> &'static [u8; 256] {
        static TABLES: [[u8; 256]; 2] = [table(Spelling::Squeezed), table(Spelling::Folded)];
        &TABLES[self as usize]
    }

    /// An ASCII letter as keys have it.
    const fn letter(self, letter: u8) -> u8 {
        match self {
            Self::Squeezed => letter,
            Self::Folded => letter.to_ascii_lowercase(),
        }
    }
}

/// What [`Spelling::table`] gives.
const fn table(spelling: Spelling) -> [u8; 256] {
    let mut table = [Spelling::OTHER; 256];
    let mut byte: u8 = 0;
    while byte.is_ascii() {
        table[byte as usize] =
            if byte.is_ascii_alphanumeric() { spelling.letter(byte) } else { Spelling::NONE };
        byte += 1;
    }
    table
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
    let mut ordered: Vec<Range<usize>> = Vec::with_capacity(4);
    for word in words(name) {
        let start = folded.len();
        push_folded(&mut folded, word);
        ordered.extend((start < folded.len()).then_some(start..folded.len()));
    }
    ordered.sort_unstable_by(|a, b| folded[a.clone()].cmp(&folded[b.clone()]));
    let mut key = String::with_capacity(folded.len() + ordered.len());
    for word in ordered {
        key.push(' ');
        key.push_str(&folded[word]);
    }
    // Of no word, too, the key begins so.
    if key.is_empty() { " ".to_owned() } else { key }
}

/// The words of a name that [`unordered`] puts in order.
pub(crate) fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split([' ', '\u{a0}', '-'])
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
