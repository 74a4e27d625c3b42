//! Whether a title given beside a text also opens it.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::dates::pattern;

/// What may stand before the headline on its own line.
static BEFORE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*(?:date\s+\d{4}-\d{2}-\d{2}\b)?\s*(?:#{1,6}\s)?\s*"));

/// The bytes of `text` that the title takes up, where the text opens with it as a line of its own.
///
/// White space, case, shapes of quotes and dashes, and literal escapes (`\_`, `\u2019`, `\xF3`) are folded first. A title
/// may go on with the name of the site where the line of the text ends.
pub(crate) fn opening(text: &str, title: &str) -> Option<Range<usize>> {
    let words = text.trim_start();
    let start = match words.starts_with("date") || words.starts_with('#') {
        true => BEFORE.find(text).map_or(0, |m| m.end()),
        false => text.len() - words.len(),
    };
    whole(&text[start..], title).or_else(|| most(&text[start..], title)).map(|length| start..start + length)
}

/// The length of the title at the start of the text.
fn whole(text: &str, title: &str) -> Option<usize> {
    let mut wanted = fold(title).peekable();
    wanted.peek()?;
    let mut end = 0;
    let mut found = fold(text);
    for letter in wanted {
        (_, end) = found.next().filter(|(c, _)| *c == letter.0)?;
    }
    let rest = text[end..].lines().next().unwrap_or_default();
    (!rest.contains(char::is_alphanumeric)).then(|| end + rest.trim_end().len())
}

/// The length of the first line, where the title opens with it and three fifths of the title are in it.
fn most(text: &str, title: &str) -> Option<usize> {
    let line = text.lines().next()?.trim_end();
    let letters = |s: &str| fold(s).map(|(c, _)| c).collect::<Vec<_>>();
    let title = letters(title);
    if line.len() > 8 * title.len() {
        return None;
    }
    let opens = letters(line);
    (opens.len() >= 12 && opens.len() * 5 >= title.len() * 3 && title.starts_with(&opens))
        .then_some(line.len())
}

/// The letters of a text that count, each with the byte after it.
fn fold(text: &str) -> impl Iterator<Item = (char, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = &text[at..];
            let first = rest.chars().next()?;
            let (letter, length) = escape(rest).unwrap_or((first, first.len_utf8()));
            at += length;
            let letter = match letter {
                '‘' | '’' | '‚' | 'ʼ' | '`' => '\'',
                '“' | '”' | '„' | '«' | '»' => '"',
                '–' | '—' | '‑' | '−' | '‐' => '-',
                c if c.is_whitespace() || "\u{200b}\u{feff}\u{ad}*\\".contains(c) => continue,
                c => c.to_lowercase().next().unwrap_or(c),
            };
            return Some((letter, at));
        }
    })
}

/// A literal escape at the start of the text, as bad YAML leaves it: the letter it stands for and its length.
fn escape(text: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix('\\')?;
    let kind = rest.chars().next()?;
    let digits = match kind {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        '_' | 'n' | 't' | 'N' => return Some((' ', 2)),
        '"' | '\'' | '\\' | '/' => return Some((kind, 2)),
        _ => return None,
    };
    let code = u32::from_str_radix(rest.get(1..=digits)?, 16).ok()?;
    Some((char::from_u32(code)?, digits + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opens(text: &str, title: &str) -> Option<String> {
        opening(text, title).map(|range| text[range].to_owned())
    }

    #[test]
    fn a_title_opens_the_text_whatever_its_spaces_quotes_and_escapes() {
        let headline = "Readout of Chancellor Peña’s Call with Prime Minister  Óskar";
        let text = format!("{headline}\n\nThe two spoke.");
        for title in [
            headline,
            "Readout of Chancellor\\_Pe\\xF1a\\u2019s Call with Prime Minister Óskar",
            "READOUT of Chancellor Peña's call\u{a0}with Prime Minister Óskar",
        ] {
            assert_eq!(opens(&text, title).as_deref(), Some(headline), "{title}");
        }
    }

    #[test]
    fn a_title_that_goes_on_in_the_same_line_is_no_headline() {
        assert_eq!(
            opens("Call with Prime Minister Ó was held on Monday.", "Call with Prime Minister Ó"),
            None
        );
        assert_eq!(opens("Another thing", "Call"), None);
        assert_eq!(opens("Call", "  "), None);
        assert_eq!(opens("Cal", "Call"), None);
    }

    #[test]
    fn a_title_may_go_on_with_the_name_of_the_site() {
        let text = "Envoy Meets Queen Ása\n\nThey spoke.";
        assert_eq!(opens(text, "Envoy Meets Queen Ása | Court").as_deref(), Some("Envoy Meets Queen Ása"));
        assert_eq!(opens(text, "Envoy Meets Queen Ása and the Whole of Her Family at the Lake"), None);
    }

    #[test]
    fn a_date_stamp_or_heading_mark_before_it_does_not_hide_a_headline() {
        assert_eq!(
            opens(" date 2025-09-30 Envoy Meets Queen\nOn", "Envoy meets queen").as_deref(),
            Some("Envoy Meets Queen")
        );
        assert_eq!(
            opens("# Envoy Meets Queen.\nOn", "Envoy meets queen").as_deref(),
            Some("Envoy Meets Queen.")
        );
    }
}
