//! Pieces that pages share.

use chancery_corpus::Listing;
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

/// The page of a row, a document or a meeting: `d1`, `d1.s3`, `M2`.
pub(super) fn address(id: &str) -> String {
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
                                td data-label=(heading(column)) { (cell(column, value)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// `first_date` for people: `first date`.
pub(super) fn heading(column: &str) -> String {
    column.replace('_', " ")
}

/// A value by the column it stands in: ids and names are links.
pub(super) fn cell(column: &str, value: &Value) -> Markup {
    let text = plain(value);
    match column {
        "id" | "document" | "account" | "meeting" if !text.is_empty() => link(&text),
        "name" | "person" if !text.is_empty() => person(&text),
        _ => html! { (clean(&text)) },
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
    let field = |name: &str, label: &str, hint: &str| {
        html! {
            label { span { (label) } input type="text" name=(name) value=(asked.get(name).unwrap_or_default()) placeholder=(hint); }
        }
    };
    html! {
        form.filter action=(asked.path) method="get" aria-label="Narrow the list" {
            (field("country", "Country", "CHN"))
            (field("person", "Person", "Wang Yi"))
            (field("from", "From", "2025-09"))
            (field("to", "To", "2025"))
            button type="submit" { "Show" }
        }
    }
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
    fn ids_lead_to_where_they_are() {
        assert_eq!(address("d1.s3"), "/documents/d1#d1.s3");
        assert_eq!(address("M2"), "/meetings/M2");
        assert_eq!(address("d12"), "/documents/d12");
        assert_eq!(
            cell("person", &Value::from("Zoë Dahl")).into_string(),
            "<a href=\"/people/Zo%C3%AB%20Dahl\">Zoë Dahl</a>"
        );
    }
}
