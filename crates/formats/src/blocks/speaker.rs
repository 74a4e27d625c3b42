//! Labels of a transcript's turns: "President of Freedonia Anna Lindh:", "PRESIDENT LINDH:", "Question:".

/// No label is longer, in words.
const LONGEST: usize = 14;

/// Labels of one word that name no one but a turn.
#[rustfmt::skip]
const TURNS: &[&str] = &[
    "Q", "A", "Question", "Answer", "Remark", "Response", "Reply", "Moderator", "Reporter", "Journalist",
    "Interpreter", "Voice", "Correspondent", "Host", "Presenter",
];

/// Heads of sections, which look like labels.
#[rustfmt::skip]
const HEADS: &[&str] = &[
    "Background", "ANNEX", "Note", "Notes", "Update", "Participants", "Attendees", "Summary", "Annex",
    "Contact", "FACT", "Subject", "Date", "Place", "Time", "Photo", "Source", "RE", "NOTE", "BACKGROUND",
    "Topic", "Present", "PRESENT",
];

/// Words that stand in lower case inside names and offices.
#[rustfmt::skip]
const SMALL: &[&str] = &[
    "of", "the", "and", "for", "to", "in", "on", "at", "von", "van", "der", "den", "de", "del", "della",
    "da", "dos", "di", "la", "le", "el", "al", "bin", "ibn", "bint", "ben", "und", "with", "y", "e",
];

/// Words that open a sentence, not a name.
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "a", "and", "as", "at", "but", "for", "from", "i", "in", "it", "on", "or", "so", "the", "they", "this",
    "to", "we", "with",
];

/// Words of offices: a label that holds one is surely a label.
#[rustfmt::skip]
const OFFICES: &[&str] = &[
    "president", "minister", "chancellor", "king", "queen", "emir", "prince", "secretary", "ambassador",
    "governor", "chairman", "chairwoman", "chair", "speaker", "ceo", "mayor", "commissioner", "general",
    "mr", "mrs", "ms", "director", "premier", "adviser", "advisor", "spokesperson", "spokesman",
    "spokeswoman", "taoiseach", "sultan", "representative", "head", "deputy", "senator",
];

/// What may be the label of a turn: capitalised words and a colon, with text after it in the same piece.
pub(super) fn candidate(piece: &str) -> Option<&str> {
    let head = super::debris::head(piece);
    let colon = head.find(':')?;
    let mut after = colon + 1;
    after += head[after..].len() - head[after..].trim_start_matches(['*', '_']).len();
    let label = &piece[..after];
    let words = label.trim_matches(['*', '_', ':', ' ']);
    let follows = piece[after..].starts_with(char::is_whitespace) && !piece[after..].trim().is_empty();
    let plain = strip_brackets(words)?;
    let count = plain.split_whitespace().count();
    let named = plain.split_whitespace().all(|word| {
        let word = word.trim_start_matches(['\'', '’', '"', '“', '‘']);
        let prefixed = word.split(['-', '’', '\'']).any(|part| part.starts_with(char::is_uppercase));
        SMALL.contains(&word) || prefixed || (word.ends_with('.') && word.len() <= 4)
    });
    let first = plain.split_whitespace().next()?;
    let starts = first.starts_with(char::is_uppercase)
        && !HEADS.contains(&first)
        && (first == "THE" || !OPENERS.contains(&first.to_lowercase().as_str()));
    let ended = plain.contains(['!', '?', ';', '“', '”', '"', '\n']);
    (follows && count <= LONGEST && named && starts && !ended).then_some(label)
}

/// Whether a candidate needs no second turn to be believed.
pub(super) fn is_sure(label: &str) -> bool {
    let plain = label.trim_matches(['*', '_', ':', ' ']);
    let words = || plain.split_whitespace();
    let capitals = plain.chars().filter(|c| c.is_alphabetic()).count() >= 3
        && plain.split('(').next().is_some_and(|name| !name.contains(char::is_lowercase));
    let office = words().any(|w| OFFICES.contains(&w.trim_matches(['.', ',']).to_lowercase().as_str()));
    let turn = TURNS.contains(&words().next().unwrap_or_default());
    turn || capitals || (office && words().nth(1).is_some())
}

/// Whether a candidate is all capitalised words, which is enough among labelled turns.
pub(super) fn is_name(label: &str) -> bool {
    let plain = strip_brackets(label.trim_matches(['*', '_', ':', ' '])).unwrap_or_default();
    let words = || plain.split_whitespace();
    words().nth(1).is_some() && words().nth(4).is_none() && words().all(|w| w.starts_with(char::is_uppercase))
}

/// The length of the "Q" that opens a question in a record whose turns are labelled.
pub(super) fn question(piece: &str) -> Option<usize> {
    let rest = piece.strip_prefix('Q')?;
    let opens = |c: char| c.is_uppercase() || "(“\"—–-…".contains(c);
    (rest.starts_with(char::is_whitespace) && rest.trim_start().starts_with(opens)).then_some(1)
}

/// A label without its remarks in brackets; `None` where brackets do not close.
fn strip_brackets(label: &str) -> Option<String> {
    let mut out = String::new();
    let mut rest = label;
    while let Some((before, inside)) = rest.split_once('(') {
        out.push_str(before);
        rest = inside.split_once(')')?.1;
    }
    out.push_str(rest);
    Some(out)
}
