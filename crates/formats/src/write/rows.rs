//! Rows for reading: an aligned table, CSV, or JSON lines.

use serde_json::{Map, Value};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// Aligned columns for a terminal.
    Table,
    /// One JSON object a line.
    Jsonl,
    /// CSV as RFC 4180 has it, with a header line.
    Csv,
}

/// Between two columns of a table.
const GAP: usize = 2;
/// A column is not made narrower than this to fit the width.
const NARROWEST: usize = 6;

/// Write rows of as many values as there are columns.
///
/// A table's cells are wrapped to fit `width` terminal columns (0: as wide as need be); a list is parted by "; ", an absent
/// value is empty. In CSV a text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`) gets a
/// leading apostrophe.
#[must_use]
pub fn write_rows(columns: &[&str], rows: &[Vec<Value>], format: TableFormat, width: usize) -> String {
    match format {
        TableFormat::Table => table(columns, rows, width),
        TableFormat::Jsonl => jsonl(columns, rows),
        TableFormat::Csv => csv(columns, rows),
    }
}

fn jsonl(columns: &[&str], rows: &[Vec<Value>]) -> String {
    let object = |row: &Vec<Value>| {
        let fields = columns.iter().map(|c| (*c).to_owned()).zip(row.iter().cloned());
        format!("{}\n", Value::Object(fields.collect::<Map<_, _>>()))
    };
    rows.iter().map(object).collect()
}

fn csv(columns: &[&str], rows: &[Vec<Value>]) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let sure = "a vector takes all that is written to it";
    writer.write_record(columns).expect(sure);
    for row in rows {
        let cell = |value: &Value| match value {
            Value::String(s) if s.starts_with(['=', '+', '-', '@', '\t', '\r']) => format!("'{s}"),
            other => words(other),
        };
        let cells: Vec<String> =
            (0..columns.len()).map(|i| row.get(i).map(cell).unwrap_or_default()).collect();
        writer.write_record(cells).expect(sure);
    }
    String::from_utf8(writer.into_inner().expect(sure)).expect("fields and separators are UTF-8")
}

/// A value as plain words.
fn words(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(s) => s.clone(),
        Value::Array(items) => items.iter().map(words).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

fn table(columns: &[&str], rows: &[Vec<Value>], width: usize) -> String {
    let clean = |text: &str| {
        let shown: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        shown.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            (0..columns.len()).map(|i| row.get(i).map(|v| clean(&words(v))).unwrap_or_default()).collect()
        })
        .collect();
    let natural =
        |i: usize| cells.iter().map(|row| row[i].width()).chain([columns[i].width()]).max().unwrap_or(0);
    let widths = fit((0..columns.len()).map(natural).collect(), width);
    let header: Vec<String> = columns.iter().map(|c| clean(c)).collect();
    let rule: Vec<String> = widths.iter().map(|w| "-".repeat(*w)).collect();
    let mut out = String::new();
    for row in [&header, &rule].into_iter().chain(&cells) {
        line(&mut out, row, &widths);
    }
    out
}

/// Take from the widest columns until all fit, no column going below [`NARROWEST`].
fn fit(mut widths: Vec<usize>, width: usize) -> Vec<usize> {
    let gaps = GAP * widths.len().saturating_sub(1);
    while width > 0 && widths.iter().sum::<usize>() + gaps > width {
        let over = widths.iter().sum::<usize>() + gaps - width;
        let widest = widths.iter().copied().max().unwrap_or(0);
        if widest <= NARROWEST {
            break;
        }
        let next = widths.iter().copied().filter(|w| *w < widest).max().unwrap_or(0).max(NARROWEST);
        let many = widths.iter().filter(|w| **w == widest).count();
        let cut = (widest - next).min(over.div_ceil(many)).max(1);
        widths.iter_mut().filter(|w| **w == widest).for_each(|w| *w -= cut);
    }
    widths
}

fn line(out: &mut String, row: &[String], widths: &[usize]) {
    let wrapped: Vec<Vec<String>> = row.iter().zip(widths).map(|(cell, w)| wrap(cell, *w)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    for level in 0..height {
        let mut text = String::new();
        for (cell, width) in wrapped.iter().zip(widths) {
            let part = cell.get(level).map_or("", String::as_str);
            text += part;
            text += &" ".repeat(width.saturating_sub(part.width()) + GAP);
        }
        out.push_str(text.trim_end());
        out.push('\n');
    }
}

/// Break at white space, and inside words that are longer than a line.
fn wrap(cell: &str, width: usize) -> Vec<String> {
    let width = width.max(1);
    let mut lines = vec![String::new()];
    for word in cell.split_whitespace() {
        let used = lines.last().map_or(0, |l| l.width());
        if used > 0 && used + 1 + word.width() <= width {
            push(&mut lines, ' ');
        } else if used > 0 {
            lines.push(String::new());
        }
        for letter in word.chars() {
            let used = lines.last().map_or(0, |l| l.width());
            if used > 0 && used + letter.width().unwrap_or(0) > width {
                lines.push(String::new());
            }
            push(&mut lines, letter);
        }
    }
    lines
}

fn push(lines: &mut [String], letter: char) {
    lines.last_mut().expect("a cell has at least one line").push(letter);
}
