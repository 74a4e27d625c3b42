//! What is wrong in the tables of actors.

use std::collections::BTreeMap;

use super::names::{SCHEMAS, Table};
use super::table::{Codes, Problem, Row, Schema, check as check_table, read};
use super::{Knowledge, key, organizations, people, places, states};

/// Every problem in the given tables, by file and line; files that are no table of actors are passed over.
///
/// A file is told by the end of its path (`…/states.csv`). Codes are those of the given tables, else of the known ones.
#[must_use]
pub fn check(files: &[(String, String)], known: &Knowledge) -> Vec<Problem> {
    let codes = codes(files, known);
    let mut problems = Vec::new();
    for schema in &SCHEMAS {
        let Some((path, text)) = files.iter().find(|(path, _)| schema.is_of(path)) else { continue };
        let (rows, mut found) = read(schema, text);
        found.extend(check_table(schema, &rows, &codes));
        if schema.file == people::PEOPLE.file {
            found.extend(people::check(&rows));
        }
        if schema.file == places::PLACES.file {
            found.extend(places::check(&rows));
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

/// The codes that the tables define. Tables without states add to those that are known.
fn codes(files: &[(String, String)], known: &Knowledge) -> Codes {
    let file = |schema: &Schema| files.iter().find(|(path, _)| schema.is_of(path));
    let firsts = |schema: &Schema, table: Table| -> Vec<String> {
        let given = file(schema).map(|(_, text)| read(schema, text).0).unwrap_or_default();
        let given = given.into_iter().map(|row| row.fields[0].clone());
        match (file(schema), file(&states::STATES)) {
            (Some(_), Some(_)) => given.collect(),
            _ => known.rows(table).map(|row| row.cell(0).to_owned()).chain(given).collect(),
        }
    };
    Codes {
        states: firsts(&states::STATES, Table::States),
        organizations: firsts(&organizations::ORGANIZATIONS, Table::Organizations),
    }
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
