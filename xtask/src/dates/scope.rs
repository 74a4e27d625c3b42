//! Which expressions of the suite a news text would not contain, by their form.

use serde_json::Value;

/// Words of commands, queries and chats.
const JARGON: &[&str] = &["tmrw", "otd", "eod", "eom", "eoy", "ooo", "w/c", "tmr"];

/// Why an expression is left out, if it is.
pub(super) fn left_out(input: &str, result: &Value) -> Option<&'static str> {
    let text = result["Text"].as_str().unwrap_or_default().to_lowercase();
    let words = || text.split_whitespace();
    if text.contains(['<', '>', '=', '~']) || text.contains("greater") {
        return Some("a comparison in the signs or words of a query");
    }
    if words().any(|w| JARGON.contains(&w)) || words().any(letters_for_a_unit) {
        return Some("an abbreviation of chats and calendars");
    }
    if matches!(text.as_str(), "the day" | "the week" | "the month" | "the year" | "the weekend") {
        return Some("a bare period: in a news text the one told of before, in the suite the present one");
    }
    if inside_a_word(input, result) {
        return Some("part of an address or of a name of a file");
    }
    None
}

/// "10d", "sy18": digits and one or two letters in one word, no ordinal, decade or quarter.
fn letters_for_a_unit(word: &str) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    digits > 0
        && !word.starts_with('q')
        && digits + letters.len() == word.len()
        && (1..=2).contains(&letters.len())
        && !matches!(letters.as_str(), "st" | "nd" | "rd" | "th" | "s")
}

/// Whether letters, digits or a path go on before or after it.
fn inside_a_word(input: &str, result: &Value) -> bool {
    let at = |end: &str| result[end].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or_default();
    let (start, end) = (at("Start"), at("End"));
    let chars: Vec<char> = input.chars().collect();
    let before = start.checked_sub(1).and_then(|k| chars.get(k));
    let after = chars.get(end + 1);
    before.is_some_and(|c| matches!(c, '-' | '/' | '_')) || after.is_some_and(|c| c.is_alphanumeric())
}
