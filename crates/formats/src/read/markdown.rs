//! Markdown with YAML front matter: flat `key: value` lines between two `---` lines.
//!
//! Front matter met in the wild is often bad YAML (`title: "Call with President\_X"`), so it is read by line, and what a
//! YAML parser would refuse is kept as written.

use super::{Format, Input, Reading};
use crate::assemble::Given;

pub(super) const FORMAT: Format = Format {
    name: "markdown",
    description: "Markdown, with title, date, url and so on in YAML front matter between two --- lines",
    endings: &["md", "markdown"],
    sniff: |input| input.ends(&["md", "markdown"]) || front_matter(input.text).is_some(),
    read,
};

fn read(input: &Input) -> Vec<Reading> {
    let (fields, body) = front_matter(input.text).unwrap_or((Vec::new(), input.text));
    let field = |key: &str| fields.iter().find(|(k, _)| k.eq_ignore_ascii_case(key)).map(|(_, v)| v.clone());
    input.document(Given::from_fields(body.to_owned(), field))
}

type Fields = Vec<(String, String)>;

fn front_matter(text: &str) -> Option<(Fields, &str)> {
    let mut lines = text.split_inclusive('\n');
    let opening = lines.next()?;
    if opening.trim_end() != "---" {
        return None;
    }
    let (mut fields, mut length) = (Vec::new(), opening.len());
    for line in lines {
        length += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return (!fields.is_empty()).then_some((fields, &text[length..]));
        }
        if let Some((key, value)) = line.split_once(':')
            && !key.is_empty()
            && key.chars().all(|c| c.is_alphanumeric() || "_- ".contains(c))
        {
            fields.push((key.trim().to_owned(), scalar(value)));
        }
    }
    None
}

fn scalar(value: &str) -> String {
    let value = value.trim();
    let inner = |quote| value.strip_prefix(quote).and_then(|v| v.strip_suffix(quote));
    match (inner('"'), inner('\'')) {
        (Some(double), _) => double.replace("\\\"", "\""),
        (_, Some(single)) => single.replace("''", "'"),
        _ => value.to_owned(),
    }
}
