//! Words that are written as one: `do|n't`, `Li|'s`, `can|not`.

use chancery_model::Span;

/// Put a word, parted before its clitics.
pub(super) fn part(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    let word = &text[start..end];
    let lower = word.to_lowercase();
    let cut = if lower.len() == word.len() { joint(&lower).or_else(|| clitic(&lower)) } else { None };
    match cut.filter(|cut| *cut > 0 && *cut < word.len() && word.is_char_boundary(*cut)) {
        Some(cut) => {
            part(text, start, start + cut, out);
            out.push(Span::new(start + cut, end));
        }
        None => out.push(Span::new(start, end)),
    }
}

/// Whether a word after an apostrophe leans on the one before.
pub(super) fn is_clitic(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "s" | "m" | "re" | "ve" | "ll" | "d")
}

/// Where the second word of two written without a mark between them begins.
fn joint(word: &str) -> Option<usize> {
    match word {
        "cannot" | "gonna" | "gotta" | "wanna" | "outta" => Some(3),
        "alot" | "im" | "ive" => Some(1),
        "thats" | "whats" => Some(4),
        "theres" => Some(5),
        "dunno" => Some(3),
        "youre" | "youll" | "youve" => Some(3),
        "theyre" | "theyve" => Some(4),
        "dont" | "doesnt" | "didnt" | "isnt" | "arent" | "wasnt" | "werent" | "havent" | "hasnt"
        | "hadnt" | "wouldnt" | "couldnt" | "shouldnt" | "cant" | "wont" | "aint" => Some(word.len() - 2),
        "dun" => Some(2),
        _ => None,
    }
}

/// Where the last clitic of a word begins.
fn clitic(word: &str) -> Option<usize> {
    let (apostrophe, mark) = word.char_indices().rev().find(|(_, c)| matches!(c, '\'' | '’' | '`'))?;
    let after = &word[apostrophe + mark.len_utf8()..];
    if word[..apostrophe].bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    if after == "t" && word[..apostrophe].ends_with('n') {
        return Some(apostrophe - 1);
    }
    is_clitic(after).then_some(apostrophe)
}
