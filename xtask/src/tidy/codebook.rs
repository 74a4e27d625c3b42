//! Rules carry their own tests.

use super::{File, Finding};

const ASKED: &[(&str, &str)] = &[
    ("fires", "a sentence in which it must find something"),
    ("silent", "a sentence in which it must find nothing"),
];

pub(super) fn rules_have_examples(files: &[File]) -> Vec<Finding> {
    let pages = files.iter().filter(|file| file.path.starts_with("data/codebook/") && file.is(".toml"));
    pages.flat_map(of_one_page).collect()
}

fn of_one_page(page: &File) -> Vec<Finding> {
    let table = match page.text().parse::<toml::Table>() {
        Ok(table) => table,
        Err(error) => return vec![page.finding(1, format!("is no TOML: {}", error.message()))],
    };
    let rules = table.values().filter_map(toml::Value::as_array).flatten().filter_map(toml::Value::as_table);
    let mut findings = Vec::new();
    for rule in rules {
        let string = |field: &str| rule.get(field).and_then(toml::Value::as_str).unwrap_or_default().trim();
        let name = string("name");
        for (field, ask) in ASKED.iter().filter(|(field, _)| string(field).is_empty()) {
            let line = page.line_of(&format!("name = \"{name}\""));
            findings.push(page.finding(line, format!("rule '{name}' has no '{field}'; give {ask}")));
        }
    }
    findings
}
