//! How a row is cited: a footnote, BibTeX, and a link to the words on the page they come from.

use chancery_corpus::Stored;
use chancery_model::{BlockKind, Span};
use percent_encoding::utf8_percent_encode;

/// A row's words and where they come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Citation {
    /// `Nordwire, “Dahl meets Roy”, 2031-03-04, https://…: “words” (d1.s3, bytes 120–164)`.
    pub(super) footnote: String,
    /// An entry for a bibliography.
    pub(super) bibtex: String,
    /// The page with the words marked, where an address is known.
    /// Source: URL Fragment Text Directives, WICG draft.
    pub(super) fragment: Option<String>,
}

impl Citation {
    /// Of these spans of a text, joined by an ellipsis; `id` is the row's.
    pub(super) fn of(stored: &Stored, id: &str, spans: &[Span]) -> Self {
        let source = &stored.document.source;
        let words: Vec<String> = spans.iter().map(|&s| one_line(stored.document.slice(s))).collect();
        let place = match (spans.first(), spans.last()) {
            (Some(first), Some(last)) => {
                format!(", bytes {}–{}", first.start, last.end)
            }
            _ => String::new(),
        };
        let date = source.published.or(stored.document.reference_date()).map(|d| d.to_string());
        let publisher = source.publisher.as_deref().map(one_line);
        let title = one_line(title(stored));
        let said = [publisher.clone(), Some(format!("“{title}”")), date.clone(), source.url.clone()];
        let footnote = format!(
            "{}: “{}” ({id}{place})",
            said.into_iter().flatten().collect::<Vec<_>>().join(", "),
            words.join(" … "),
        );
        let field = |name: &str, value: Option<&str>| {
            value
                .map(|v| format!("  {name} = {{{}}},\n", v.replace(['{', '}', '\\'], "")))
                .unwrap_or_default()
        };
        let fields = [
            field("author", publisher.as_deref()),
            field("title", Some(&title)),
            field("date", date.as_deref()),
            field("url", source.url.as_deref()),
            field("note", Some(&format!("“{}” ({id}{place})", words.join(" … ")))),
        ];
        let bibtex = format!("@misc{{{},\n{}}}", key(&stored.document.id), fields.concat());
        let fragment = source.url.as_ref().filter(|url| url.starts_with("http")).and_then(|url| {
            let page = url.split('#').next()?;
            Some(format!("{page}#:~:text={}", directive(words.first()?)))
        });
        Self { footnote, bibtex, fragment }
    }
}

/// What a text is called: its title, else its headline, else its name in the record.
pub(super) fn title(stored: &Stored) -> &str {
    let document = &stored.document;
    let headline =
        document.blocks.iter().find(|b| b.kind == BlockKind::Headline).map(|b| document.slice(b.span));
    document.source.title.as_deref().or(headline).unwrap_or(&document.id)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Of long words the first and the last few.
fn directive(words: &str) -> String {
    const ENDS: usize = 4;
    let encoded =
        |text: &[&str]| utf8_percent_encode(&text.join(" "), percent_encoding::NON_ALPHANUMERIC).to_string();
    let all: Vec<&str> = words.split(' ').collect();
    match all.len() > 3 * ENDS {
        true => format!("{},{}", encoded(&all[..ENDS]), encoded(&all[all.len() - ENDS..])),
        false => encoded(&all),
    }
}

/// A name that BibTeX takes.
fn key(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_are_found_by_their_ends() {
        let long = "one two three four five six seven eight nine ten eleven twelve thirteen";
        assert_eq!(directive(long), "one%20two%20three%20four,ten%20eleven%20twelve%20thirteen");
        assert_eq!(directive("Zoë agreed, again"), "Zo%C3%AB%20agreed%2C%20again");
    }
}
