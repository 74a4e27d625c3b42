//! Pieces that pages share.

use chancery_coder::knowledge::Knowledge;
use chancery_corpus::{Listing, Piece};
use chancery_model::Span;
use maud::{Markup, html};
use serde_json::Value;

use super::asked::{Asked, part};
use super::page::Twin;

/// Text with nothing in it that a page would obey: no control, no mark that turns the direction of what follows.
pub(super) fn clean(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    let safe = |c: char| if c.is_control() && c != '\n' && c != '\t' || turns(c) { '\u{fffd}' } else { c };
    text.chars().map(safe).collect()
}

/// The page of a row, a document, a sentence without a row or a meeting: `d1.s3`, `d1`, `d1#7`, `M2`.
pub(super) fn address(id: &str) -> String {
    if let Some((document, _)) = id.split_once('#') {
        return format!("/documents/{}#silent", part(document));
    }
    match (id.starts_with('M'), id.split_once('.')) {
        (true, _) => format!("/meetings/{}", part(id)),
        (_, Some((document, _))) => format!("/documents/{}#{}", part(document), part(id)),
        _ => format!("/documents/{}", part(id)),
    }
}

/// A link to what an id names.
pub(super) fn link(id: &str) -> Markup {
    html! { a href=(address(id)) { (id) } }
}

/// A link to a person's page.
pub(super) fn person(name: &str) -> Markup {
    html! { a href=(format!("/people/{}", part(name))) { (clean(name)) } }
}

/// A table; the cell of each column is made by `cell`.
pub(super) fn table(
    caption: &str,
    columns: &[&str],
    rows: &[Vec<Value>],
    cell: impl Fn(&str, &Value) -> Markup,
) -> Markup {
    html! {
        div.scroll tabindex="0" role="region" aria-label=(caption) {
            table.rows {
                thead { tr { @for column in columns { th scope="col" { (heading(column)) } } } }
                tbody {
                    @for row in rows {
                        tr {
                            @for (column, value) in columns.iter().zip(row) {
                                td class=[style(column, value)] data-label=(heading(column)) { (cell(column, value)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What a cell looks like: a number, a date, words of a text.
fn style(column: &str, value: &Value) -> Option<&'static str> {
    match column {
        _ if value.is_number() => Some("number"),
        "date" | "from" | "to" | "first" | "last" | "first_date" | "last_date" => Some("date"),
        "words" | "content" | "quote" | "sentence" => Some("words"),
        _ => None,
    }
}

/// `first_date` for people: `first date`.
pub(super) fn heading(column: &str) -> String {
    match column {
        "disputed" => "second opinion".to_owned(),
        "plover" => "type".to_owned(),
        "polarity" => "stance".to_owned(),
        other => other.replace('_', " "),
    }
}

/// A value by the column it stands in: ids and names are links.
pub(super) fn cell(column: &str, value: &Value) -> Markup {
    let text = plain(value);
    match column {
        "id" | "document" | "account" | "meeting" if !text.is_empty() => link(&text),
        "documents" if text.starts_with('d') => {
            links(&text.split(", ").map(str::to_owned).collect::<Vec<_>>())
        }
        "told" => linked(&text),
        "name" | "person" if !text.is_empty() => person(&text),
        _ => html! { (clean(&text)) },
    }
}

/// Links to what ids name, a blank between.
pub(super) fn links(ids: &[String]) -> Markup {
    html! { @for (n, id) in ids.iter().enumerate() { @if n > 0 { " " } (link(id)) } }
}

/// Our own words with the ids among them as links: `reported in d3, d7`. Not for words of texts, in which `M777` is a howitzer.
pub(super) fn linked(text: &str) -> Markup {
    let is_id = |word: &str| {
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        word.strip_prefix(['M', 'd']).is_some_and(digits)
    };
    let word = |c: char| c.is_ascii_alphanumeric();
    let mut rest = text;
    let mut pieces = Vec::new();
    while !rest.is_empty() {
        let end = match rest.chars().next().is_some_and(word) {
            true => rest.find(|c| !word(c)),
            false => rest.find(word),
        };
        let (piece, after) = rest.split_at(end.unwrap_or(rest.len()));
        pieces.push(piece);
        rest = after;
    }
    html! { @for piece in pieces { @if is_id(piece) { (link(piece)) } @else { (clean(piece)) } } }
}

/// A code of a state or organisation with its name, where it has one.
pub(super) fn side(code: &str) -> Markup {
    let known = Knowledge::embedded();
    html! { abbr title=[known.name_of(code).map(clean)] { (clean(code)) } }
}

/// A part of a page under its heading.
pub(super) fn section(id: &str, title: &str, body: &Markup) -> Markup {
    html! { section id=(id) { h2 { (title) } (body) } }
}

/// A table, or in its place that there is nothing.
pub(super) fn rows(caption: &str, columns: &[&str], rows: &[Vec<Value>], nothing: &str) -> Markup {
    html! { @if rows.is_empty() { p.empty { (nothing) } } @else { (table(caption, columns, rows, cell)) } }
}

/// A field of a form: its name, its label and what may be written there.
pub(super) fn field(asked: &Asked, name: &str, label: &str, hint: &str) -> Markup {
    given(name, label, hint, asked.get(name).unwrap_or_default())
}

/// The same with what stands in it.
pub(super) fn given(name: &str, label: &str, hint: &str, value: &str) -> Markup {
    html! { label { span { (label) } input type="text" name=(name) value=(clean(value)) placeholder=(hint); } }
}

/// A form that asks a page.
pub(super) fn form(path: &str, label: &str, press: &str, fields: &Markup) -> Markup {
    html! { form.filter action=(path) method="get" aria-label=(label) { (fields) button type="submit" { (press) } } }
}

/// A redline: what is gone and what is new.
pub(super) fn redline(pieces: &[Piece]) -> Markup {
    html! {
        @for (n, piece) in pieces.iter().enumerate() {
            @if n > 0 { " " }
            @match piece {
                Piece::Both(words) => (clean(words)),
                Piece::A(words) => del { (clean(words)) },
                Piece::B(words) => ins { (clean(words)) },
            }
        }
    }
}

/// Words with some of them marked; the spans are in order, and none overlaps another.
pub(super) fn marked(text: &str, marks: &[Span]) -> Markup {
    let ends = [0].into_iter().chain(marks.iter().map(|span| span.end as usize));
    let begins = marks.iter().map(|span| span.start as usize).chain([text.len()]);
    let between: Vec<&str> = ends.zip(begins).map(|(from, to)| &text[from..to]).collect();
    html! {
        @for (before, span) in between.iter().zip(marks) { (clean(before)) mark { (clean(span.slice(text))) } }
        (clean(between[marks.len()]))
    }
}

/// A value as text; an absent one is empty.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// The rows of a listing for programs.
pub(super) fn twin(listing: &Listing) -> Twin {
    Twin::new(listing.columns, listing.rows.clone())
}

/// The fields by which lists are narrowed, as they are now.
pub(super) fn filter(asked: &Asked) -> Markup {
    let fields = html! {
        (field(asked, "country", "Country", "CHN"))
        (field(asked, "person", "Person", "Wang Yi"))
        (field(asked, "from", "From", "2025-09"))
        (field(asked, "to", "To", "2025"))
    };
    form(&asked.path, "Narrow the list", "Show", &fields)
}

/// The way to the rows that follow.
pub(super) fn onward(next: Option<&str>) -> Markup {
    html! { @if let Some(next) = next { p.onward { a rel="next" href=(next) { "More rows" } } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_turn_the_page_around() {
        assert_eq!(clean("a\u{202e}b\0c\nd"), "a\u{fffd}b\u{fffd}c\nd");
        assert_eq!(cell("quote", &Value::from("<script>")).into_string(), "&lt;script&gt;");
    }

    #[test]
    fn ids_among_our_words_are_links() {
        let text = linked("reported in d3, d7; of 2031-03-04 <b> d").into_string();
        assert_eq!(
            text,
            "reported in <a href=\"/documents/d3\">d3</a>, <a href=\"/documents/d7\">d7</a>; of 2031-03-04 &lt;b&gt; d"
        );
    }

    #[test]
    fn ids_lead_to_where_they_are() {
        assert_eq!(address("d1.s3"), "/documents/d1#d1.s3");
        assert_eq!(address("M2"), "/meetings/M2");
        assert_eq!(address("d12"), "/documents/d12");
        assert_eq!(address("d12#7"), "/documents/d12#silent");
        assert_eq!(
            cell("person", &Value::from("Zoë Dahl")).into_string(),
            "<a href=\"/people/Zo%C3%AB%20Dahl\">Zoë Dahl</a>"
        );
    }
}
