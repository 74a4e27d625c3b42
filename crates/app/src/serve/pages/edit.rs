//! A row to be changed, or to be added.

use chancery_corpus::{Corpus, Layer, Row, Stored};
use maud::{Markup, html};
use serde_json::json;

use crate::corrections::{Filled, blank, filled, rows};
use crate::serve::asked::Asked;
use crate::serve::fault::Fault;
use crate::serve::page::{Page, Twin};
use crate::serve::parts::{clean, link};
use crate::serve::words::{label, plain};

/// All fields of a row.
pub(in crate::serve) fn edit(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let stored = corpus.document(&asked.id)?;
    let own = asked.id.split_once('.').map(|(_, row)| row);
    let row = rows(&stored.record).into_iter().find(|row| Some(row.id()) == own);
    let row = row.ok_or_else(|| Fault::missing(format!("{} is no row that is there", asked.id)))?;
    let fields = filled(&stored.document, &row);
    let mut hidden = vec![("row", asked.id.as_str()), ("verdict", "edit")];
    hidden.extend(asked.get("settles").map(|_| ("settles", "1")));
    let title = format!("Edit {} {}", row.layer().word(), asked.id);
    page(title, &asked.who, &stored, row.layer(), &hidden, &fields, "Keep")
}

/// The fields of a row that was missed.
pub(in crate::serve) fn add(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let stored = corpus.document(&asked.id)?;
    let word = asked.get("layer").unwrap_or("statement");
    let layer = Layer::of(word).ok_or_else(|| {
        Fault::asked(format!("'{word}' is no kind of row; role, meeting, statement and event are"))
    })?;
    let hidden = [("row", stored.id.as_str()), ("verdict", "add"), ("layer", layer.word())];
    page(
        format!("Add a {} to {}", layer.word(), stored.id),
        &asked.who,
        &stored,
        layer,
        &hidden,
        &blank(layer),
        "Add",
    )
}

fn page(
    title: String,
    who: &str,
    stored: &Stored,
    layer: Layer,
    hidden: &[(&str, &str)],
    fields: &[Filled],
    button: &str,
) -> Result<Page, Fault> {
    let there: Vec<Row> = match button {
        "Add" => rows(&stored.record).into_iter().filter(|row| row.layer() == layer).collect(),
        _ => Vec::new(),
    };
    let main = html! {
        p.about { "Words are those of the text, to the letter, with “ … ” where something stands between; who is written as in Zoë Dahl (NOR); NOR. Of somebody whom the text names, a part of the name will do. What is marked * must be there." }
        form.edit action="/corrections" method="post" data-correct data-done="Kept" {
            @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
            @for one in fields { (field(layer, one)) }
            label { span { "note" } input type="text" name="note"; }
            @if who.is_empty() { label { span { "your name" } input type="text" name="who" required; } }
            @if !there.is_empty() {
                details {
                    summary { "There already: " (there.len()) " " (layer.word()) @if there.len() > 1 { "s" } }
                    ul {
                        @for row in &there {
                            li {
                                (link(&format!("{}.{}", stored.id, row.id()))) " "
                                q { (clean(&row.words().iter().map(|w| stored.document.slice(*w)).collect::<Vec<_>>().join(" … "))) }
                            }
                        }
                    }
                }
                label { input type="checkbox" name="again" value="1"; span { "add it even where its sentence has such a row" } }
            }
            button type="submit" { (button) }
        }
        p.back { (link(hidden[0].1)) }
        details open { summary { "The text" } p.text { (clean(&stored.document.text)) } }
    };
    let rows = fields.iter().map(|f| vec![json!(f.name), json!(f.text), json!(f.choices)]).collect();
    Ok(Page { title, main, twin: Twin::new(&["field", "value", "choices"], rows) })
}

fn field(layer: Layer, field: &Filled) -> Markup {
    let name = format!("set.{}", field.name);
    html! {
        label {
            span { (label(layer, field.name)) @if field.required { " *" } }
            @if !field.choices.is_empty() {
                select name=(name) required[field.required] {
                    @if !field.choices.contains(&field.text.as_str()) {
                        option value=(field.text) selected { (plain(field.name, &field.text)) }
                    }
                    @for choice in field.choices {
                        option value=(choice) selected[*choice == field.text] { (plain(field.name, choice)) }
                    }
                }
            } @else if field.long {
                textarea name=(name) rows="2" required[field.required] { (clean(&field.text)) }
            } @else {
                input type="text" name=(name) value=(clean(&field.text)) required[field.required];
            }
        }
    }
}
