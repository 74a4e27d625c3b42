//! Words that are written as one: `do|n't`, `Li|'s`, `can|not`.

use chancery_model::Span;

/// Put a word, parted before its clitics. Only the last few part from it: who'd|n't|'ve.
pub(super) fn part(text: &str, start: usize, end: usize, out: &mut Vec<Span>) {
    const MOST: usize = 3;
    let lower = text[start..end].to_lowercase();
    let mut ends = vec![end];
    while lower.len() == end - start && ends.len() <= MOST {
        let last = ends[ends.len() - 1];
        let word = &lower[..last - start];
        let cut = joint(word).or_else(|| clitic(word)).filter(|cut| (1..word.len()).contains(cut));
        let Some(cut) = cut.filter(|cut| text.is_char_boundary(start + cut)) else { break };
        ends.push(start + cut);
    }
    let mut from = start;
    for end in ends.into_iter().rev() {
        out.push(Span::new(from, end));
        from = end;
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
