//! What is wrong in the tables of actors.

use std::collections::BTreeMap;

use super::table::{Codes, Problem, Row, Schema, check as check_table, read};
use super::{key, offices, organizations, people, places, states};

/// The tables of this module, in the order in which they are checked.
pub(crate) const SCHEMAS: [Schema; 6] = [
    states::STATES,
    organizations::ORGANIZATIONS,
    states::SEATS,
    offices::OFFICES,
    people::PEOPLE,
    places::PLACES,
];

/// The embedded tables of actors: path below `data/` and text.
#[must_use]
pub fn data_files() -> Vec<(&'static str, &'static str)> {
    vec![
        (states::STATES.file, include_str!("../../../../data/actors/states.csv")),
        (organizations::ORGANIZATIONS.file, include_str!("../../../../data/actors/organizations.csv")),
        (states::SEATS.file, include_str!("../../../../data/actors/seats.csv")),
        (offices::OFFICES.file, include_str!("../../../../data/actors/offices.csv")),
        (people::PEOPLE.file, include_str!("../../../../data/actors/people.csv")),
        (places::PLACES.file, include_str!("../../../../data/actors/places.csv")),
    ]
}

/// Every problem in the given tables, by file and line; files that are no table of actors are passed over.
///
/// A file is told by the end of its path (`…/states.csv`). Codes are those of the given tables, else of the embedded ones.
#[must_use]
pub fn check(files: &[(String, String)]) -> Vec<Problem> {
    let codes = codes(files);
    let mut problems = Vec::new();
    for schema in &SCHEMAS {
        let Some((path, text)) = files.iter().find(|(path, _)| is_table(path, schema)) else { continue };
        let (rows, mut found) = read(schema, text);
        found.extend(check_table(schema, &rows, &codes));
        if schema.file == people::PEOPLE.file {
            found.extend(people::check(&rows));
        }
        if schema.file == states::STATES.file {
            found.extend(repeated_names(schema, &rows, &[1, 2, 3, 4]));
        }
        if schema.file == organizations::ORGANIZATIONS.file {
            found.extend(repeated_names(schema, &rows, &[1, 2, 5]));
        }
        problems.extend(found.into_iter().map(|p| Problem { file: path.clone(), ..p }));
    }
    problems.sort();
    problems
}

/// The codes that the tables define.
#[must_use]
pub fn codes(files: &[(String, String)]) -> Codes {
    let embedded = data_files();
    let firsts = |schema: &Schema| -> Vec<String> {
        let given = files.iter().find(|(path, _)| is_table(path, schema)).map(|(_, text)| text.as_str());
        let text =
            given.or_else(|| embedded.iter().find(|(path, _)| *path == schema.file).map(|(_, text)| *text));
        let rows = text.map(|text| read(schema, text).0).unwrap_or_default();
        rows.into_iter().map(|row| row.fields[0].clone()).collect()
    };
    Codes { states: firsts(&states::STATES), organizations: firsts(&organizations::ORGANIZATIONS) }
}

fn is_table(path: &str, schema: &Schema) -> bool {
    let name = |p: &str| p.rsplit(['/', '\\']).next().map(str::to_owned);
    name(path) == name(schema.file)
}

/// Names that two rows claim: the program could not tell which is meant.
fn repeated_names(schema: &Schema, rows: &[Row], columns: &[usize]) -> Vec<Problem> {
    let mut owner: BTreeMap<String, &Row> = BTreeMap::new();
    let mut problems = Vec::new();
    for row in rows {
        for name in columns.iter().flat_map(|&column| row.list(column)) {
            let first = *owner.entry(key::squeeze(name)).or_insert(row);
            if first.line != row.line {
                let message = format!("'{name}' names {} on line {} already", first.fields[0], first.line);
                problems.push(Problem { file: schema.file.to_owned(), line: row.line, message });
            }
        }
    }
    problems
}
