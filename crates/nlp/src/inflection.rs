//! Dictionary forms of regular English words that no lexicon has, from their ending and their Penn tag.

/// The dictionary form of a word with this Penn tag. `known` tells which candidates are words; a known one is preferred.
pub(crate) fn lemma(word: &str, xpos: &str, known: impl Fn(&str) -> bool) -> String {
    let acronym = word.chars().count() > 1 && !word.contains(char::is_lowercase);
    let keeps_case = acronym || xpos.starts_with('J') || xpos.starts_with("NNP");
    let lower = if keeps_case { word.to_owned() } else { word.to_lowercase() };
    let candidates = match xpos {
        "NNS" | "NNPS" | "VBZ" => without_s(&lower),
        "VBD" | "VBN" => without_vowel_ending(&lower, "ed"),
        "VBG" => without_vowel_ending(&lower, "ing"),
        "JJR" | "RBR" => without_vowel_ending(&lower, "er"),
        "JJS" | "RBS" => without_vowel_ending(&lower, "est"),
        _ => Vec::new(),
    };
    candidates.iter().find(|c| known(c)).or(candidates.first()).cloned().unwrap_or(lower)
}

/// What `-s` may have been added to, the likeliest first.
fn without_s(word: &str) -> Vec<String> {
    let Some(stem) = word.strip_suffix('s').filter(|stem| stem.len() > 1 && !stem.ends_with('s')) else {
        return Vec::new();
    };
    if let Some(stem) = stem.strip_suffix("ie").filter(|stem| stem.len() > 1) {
        return vec![format!("{stem}y"), format!("{stem}ie")];
    }
    match stem.strip_suffix('e') {
        Some(short) if short.ends_with('s') && !short.ends_with("ss") => {
            vec![stem.to_owned(), short.to_owned(), format!("{short}is")]
        }
        Some(short) if short.ends_with(['s', 'x', 'z']) || short.ends_with("ch") || short.ends_with("sh") => {
            vec![short.to_owned(), stem.to_owned()]
        }
        Some(short) => vec![stem.to_owned(), short.to_owned()],
        None => vec![stem.to_owned()],
    }
}

/// What an ending that begins with a vowel may have been added to, the likeliest first.
fn without_vowel_ending(word: &str, ending: &str) -> Vec<String> {
    let has_vowel = |stem: &&str| stem.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let Some(stem) = word.strip_suffix(ending).filter(has_vowel) else { return Vec::new() };
    let (plain, silent) = (stem.to_owned(), format!("{stem}e"));
    if let Some(short) = stem.strip_suffix('i').filter(|_| ending != "ing") {
        return vec![format!("{short}y"), silent];
    }
    let mut letters = stem.chars().rev();
    let (last, before) = (letters.next(), letters.next());
    let single = || stem[..stem.len() - last.map_or(0, char::len_utf8)].to_owned();
    if last == before && !matches!(last, Some('l' | 's' | 'f' | 'z' | 'e')) {
        return vec![single(), plain];
    }
    // "patrolled": one that is no word in full may be one with its last letter doubled.
    if last == before && last == Some('l') {
        return vec![plain, single(), silent];
    }
    let soft = [
        "at", "iz", "is", "v", "c", "rg", "dg", "ng", "u", "z", "ous", "ur", "as", "bl", "tl", "dl", "pl",
        "ot",
    ];
    let silent_first = soft.iter().any(|end| stem.ends_with(end)) && !stem.ends_with("eat");
    if silent_first { vec![silent, plain] } else { vec![plain, silent] }
}

#[cfg(test)]
mod tests {
    use super::lemma;

    #[test]
    fn regular_endings_come_off() {
        let cases = [
            ("policies", "NNS", "policy"),
            ("truces", "NNS", "truce"),
            ("launches", "VBZ", "launch"),
            ("doses", "NNS", "dose"),
            ("Reiterated", "VBD", "reiterate"),
            ("rebuffed", "VBD", "rebuff"),
            ("co-chaired", "VBD", "co-chair"),
            ("demarcating", "VBG", "demarcate"),
            ("refitting", "VBG", "refit"),
            ("ratified", "VBN", "ratify"),
            ("truce", "NN", "truce"),
            ("sung", "VBN", "sung"),
            ("Ruritanian", "JJ", "Ruritanian"),
            ("NGOs", "NNS", "ngo"),
            ("WTO", "NN", "WTO"),
            ("Ruritanians", "NNPS", "Ruritanian"),
            ("Securities", "NNPS", "Security"),
            ("Supreme", "NNP", "Supreme"),
        ];
        for (word, xpos, want) in cases {
            assert_eq!(lemma(word, xpos, |_| false), want, "{word}");
        }
    }

    #[test]
    fn a_known_word_is_preferred() {
        assert_eq!(lemma("pledging", "VBG", |w| w == "pledge"), "pledge");
        assert_eq!(lemma("crises", "NNS", |w| w == "crisis"), "crisis");
        assert_eq!(lemma("airlifting", "VBG", |w| w == "airlift"), "airlift");
        assert_eq!(lemma("enabling", "VBG", |w| w == "enable"), "enable");
    }
}
