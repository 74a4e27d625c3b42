//! The tables of a folder, and how what is found joins them: what is there stays, and nothing stands twice.

use std::collections::{BTreeMap, BTreeSet};

use super::found::{AS_IMPORTED, Found, Organization, Person, What};
use super::{Trouble, words};
use crate::knowledge::key::{fold, squeeze};
use crate::knowledge::names::{SCHEMAS, Table};
use crate::knowledge::table::{Problem, read};
use crate::knowledge::{EntryKind, Knowledge};

/// The tables that names are taken into.
const TABLES: [Table; 4] = [Table::Organizations, Table::Seats, Table::Offices, Table::People];

/// Rows of each of [`TABLES`], in the order in which they are written.
pub(super) struct Tables<'a> {
    known: &'a Knowledge,
    rows: BTreeMap<usize, BTreeSet<Vec<String>>>,
    /// Whose a name is, by its letters.
    owners: BTreeMap<String, Owner>,
    /// Where the people and offices of this run stand, by id and phrase.
    places: BTreeMap<String, (String, usize)>,
}

struct Owner {
    code: String,
    /// File and line; none where the folder had the name.
    place: Option<(String, usize)>,
}

/// The file that is taken in, and what has come of it.
pub(super) struct Source<'a> {
    pub(super) file: &'a str,
    pub(super) taken: usize,
    pub(super) known: usize,
    pub(super) there: usize,
    pub(super) troubles: Vec<Trouble>,
}

impl Source<'_> {
    fn trouble(&mut self, line: usize, what: &'static str, message: String) {
        self.troubles.push(Trouble { line, what, message });
    }
}

impl<'a> Tables<'a> {
    /// The tables of a folder, as path and text.
    pub(super) fn of(files: &[(String, String)], known: &'a Knowledge) -> Result<Self, Vec<Problem>> {
        let mut tables =
            Self { known, rows: BTreeMap::new(), owners: BTreeMap::new(), places: BTreeMap::new() };
        let mut problems = Vec::new();
        for table in TABLES {
            let schema = &SCHEMAS[table as usize];
            let Some((path, text)) = files.iter().find(|(path, _)| schema.is_of(path)) else { continue };
            let (rows, found) = read(schema, text);
            problems.extend(found.into_iter().map(|problem| Problem { file: path.clone(), ..problem }));
            for row in rows {
                let (names, code) = match table {
                    Table::Organizations => {
                        ([1, 2, 5].iter().flat_map(|&c| row.list(c)).collect(), &row.fields[0])
                    }
                    Table::Seats => (vec![row.fields[0].as_str()], &row.fields[1]),
                    _ => (Vec::new(), &row.fields[0]),
                };
                for name in names {
                    let owner = Owner { code: code.clone(), place: None };
                    tables.owners.entry(squeeze(name)).or_insert(owner);
                }
                tables.rows.entry(table as usize).or_default().insert(row.fields);
            }
        }
        if problems.is_empty() { Ok(tables) } else { Err(problems) }
    }

    /// The tables as CSV: name of the file and text.
    pub(super) fn write(&self) -> Vec<(String, String)> {
        let text = |(table, rows): (&usize, &BTreeSet<Vec<String>>)| {
            let schema = &SCHEMAS[*table];
            let rows: Vec<Vec<&str>> =
                rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
            (schema.file.trim_start_matches("actors/").to_owned(), schema.write(&rows))
        };
        self.rows.iter().map(text).collect()
    }

    /// Take up what a line of a file names.
    pub(super) fn take(&mut self, found: Found, source: &mut Source) {
        match found.what {
            What::Alias { code, body } => {
                for name in self.unclaimed(&found.names, &code, source) {
                    self.seat(name, &code, &body, source);
                }
            }
            What::Organization(organization) => self.organization(&found.names, organization, source),
            What::Person(person) => self.person(found.line, found.names, person, source),
            What::Office(sector) => self.office(found.line, &found.names[0].1, sector, source),
        }
    }

    fn rows(&mut self, table: Table) -> &mut BTreeSet<Vec<String>> {
        self.rows.entry(table as usize).or_default()
    }

    fn seat(&mut self, name: String, code: &str, body: &str, source: &mut Source) {
        let row = vec![name, code.to_owned(), body.to_owned(), source.file.to_owned()];
        self.rows(Table::Seats).insert(row);
        source.taken += 1;
    }

    /// Those of the names that nobody has; from now on they are this code's.
    fn unclaimed(&mut self, names: &[(usize, String)], code: &str, source: &mut Source) -> Vec<String> {
        let mut new = Vec::new();
        for (line, name) in names {
            let letters = squeeze(name);
            if letters.is_empty() {
                source.trouble(
                    *line,
                    "a name without letters",
                    format!("'{name}' has no letters; write a name"),
                );
            } else if let Some(owner) = self.owners.get(&letters) {
                let place = owner.place.as_ref().map_or_else(
                    || "in the folder".to_owned(),
                    |(file, line)| format!("on line {line} of {file}"),
                );
                if owner.code != code {
                    let message =
                        format!("'{name}' stands for {} {place} already; a name has one meaning", owner.code);
                    source.trouble(*line, "a name with two meanings", message);
                } else if owner.place.as_ref().is_some_and(|(file, _)| file == source.file) {
                    let message = format!("'{name}' stands {place} already; take one out");
                    source.trouble(*line, "a name that stands twice", message);
                } else {
                    source.there += 1;
                }
            } else if self.entry(name).is_some_and(|(_, known)| known == code) {
                source.known += 1;
            } else {
                let place = Some((source.file.to_owned(), *line));
                self.owners.insert(letters, Owner { code: code.to_owned(), place });
                new.push(name.clone());
            }
        }
        new
    }

    /// What the program takes a name for as a whole.
    fn entry(&self, name: &str) -> Option<(EntryKind, &str)> {
        let words: Vec<&str> = name.split(' ').collect();
        let (n, entry) = self.known.longest(&words)?;
        (n == words.len()).then_some((entry.kind, entry.code))
    }

    /// A row of its own where neither the folder nor the program knows the organisation, else further names of it.
    fn organization(&mut self, names: &[(usize, String)], of: Organization, source: &mut Source) {
        let head = &names[0].1;
        let prefix = if of.kind == "igo" { "IGO" } else { "ORG" };
        let there = self.owners.get(&squeeze(head)).map(|owner| owner.code.clone());
        let known = self.entry(head).filter(|(kind, _)| *kind == EntryKind::Organization);
        let code = Some(of.code.clone())
            .filter(|code| !code.is_empty())
            .or(there.filter(|code| code.contains(':')))
            .or(known.map(|(_, code)| code.to_owned()))
            .unwrap_or_else(|| format!("{prefix}:{head}"));
        let mut new = self.unclaimed(names, &code, source);
        let listed = self.known.organization(&code).is_some()
            || self.rows(Table::Organizations).iter().any(|row| row[0] == code);
        if listed {
            for name in new {
                self.seat(name, &code, AS_IMPORTED, source);
            }
        } else if !new.is_empty() {
            source.taken += new.len();
            let name = new.remove(0);
            let date = |date: Option<chancery_model::Date>| date.map(|d| d.to_string()).unwrap_or_default();
            let (from, to) = (date(of.from), date(of.to));
            let aliases = new.join("|");
            let file = source.file.to_owned();
            let row = vec![
                code,
                name,
                aliases,
                of.kind,
                of.country,
                of.adjectives,
                of.sector,
                of.cameo,
                from,
                to,
                file,
            ];
            self.rows(Table::Organizations).insert(row);
        }
    }

    fn person(&mut self, line: usize, names: Vec<(usize, String)>, person: Person, source: &mut Source) {
        let name = names[0].1.clone();
        let mut id = words::id(&name);
        if id.is_empty() {
            return source.trouble(
                line,
                "a name without letters",
                format!("'{name}' has no letters; write a name"),
            );
        }
        let mut known = self.known.people_named(&name);
        if person.neutral && known.any(|known| known.country == person.country) {
            source.known += 1;
            return;
        }
        drop(known);
        let other = self.rows(Table::People).iter().any(|row| row[0] == id && row[8] != person.country);
        if other || self.known.person_of(&id).is_some() {
            id = format!("{id}-{}", person.country.to_lowercase());
        }
        let mut rows: Vec<Vec<String>> =
            self.rows(Table::People).iter().filter(|row| row[0] == id).cloned().collect();
        self.rows(Table::People).retain(|row| row[0] != id);
        let before = (rows.len(), rows.first().map(|row| row[7].clone()));
        let surname = if person.surname.is_empty() { words::surname(&name) } else { &person.surname };
        let usual = rows.first().map_or_else(
            || [name.clone(), surname.to_owned(), String::new(), person.country, person.gender],
            |row| [5, 6, 7, 8, 9].map(|column| row[column].clone()),
        );
        for term in person.terms {
            let date = |date: Option<chancery_model::Date>| date.map(|d| d.to_string()).unwrap_or_default();
            let key = [
                id.clone(),
                term.office,
                self.body(line, term.organization, source),
                date(term.from),
                date(term.to),
            ];
            if !rows.iter().any(|row| row[..5] == key) {
                let source = [source.file.to_owned(), String::new()];
                rows.push([&key[..], &usual[..], &source[..]].concat());
            }
        }
        let aliases = aliases(&usual, names.into_iter().map(|(_, name)| name));
        for row in &mut rows {
            row[7].clone_from(&aliases);
        }
        let place = self.places.insert(id, (source.file.to_owned(), line));
        if before != (rows.len(), rows.first().map(|row| row[7].clone())) {
            source.taken += 1;
        } else if let Some((file, first)) = place.filter(|(file, _)| file == source.file) {
            let message = format!("'{name}' stands on line {first} of {file} already; take one out");
            source.trouble(line, "a name that stands twice", message);
        } else {
            source.there += 1;
        }
        self.rows(Table::People).extend(rows);
    }

    /// A body that a person served, if it is one.
    fn body(&mut self, line: usize, code: String, source: &mut Source) -> String {
        let own = self.rows(Table::Organizations).iter().any(|row| row[0] == code);
        if code.is_empty() || own || self.known.name_of(&code).is_some() {
            return code;
        }
        let message = format!("organization '{code}' is in no table; taken without it: write its row first");
        source.trouble(line, "taken without an unknown organization", message);
        String::new()
    }

    /// An office whose last word ends one that the program knows: "harbour warden" is one, "harbour crowd" may be a group.
    fn office(&mut self, line: usize, phrase: &str, sector: String, source: &mut Source) {
        let words: Vec<&str> = phrase.split(' ').collect();
        let whole = self.known.office(&words).is_some_and(|(n, _)| n == words.len());
        let last = words.last().is_some_and(|last| self.known.office(&[*last]).is_some());
        if let Some((file, first)) = self.places.get(phrase).filter(|(file, _)| file == source.file) {
            let message = format!("'{phrase}' stands on line {first} of {file} already; take one out");
            return source.trouble(line, "a name that stands twice", message);
        }
        if whole {
            source.known += 1;
        } else if self.rows(Table::Offices).iter().any(|row| fold(&row[0]) == fold(phrase)) {
            source.there += 1;
        } else if last {
            let row = [phrase, &sector, "5", "any", "office", "", "", source.file].map(str::to_owned);
            self.rows(Table::Offices).insert(row.to_vec());
            source.taken += 1;
        } else {
            let message = format!(
                "'{phrase}' may be a group rather than an office; if it is one, write it into offices.csv"
            );
            return source.trouble(line, "no office", message);
        }
        self.places.insert(phrase.to_owned(), (source.file.to_owned(), line));
    }
}

/// The other names of a person, those that the row had and new ones; the surname alone is none.
fn aliases(usual: &[String; 5], names: impl Iterator<Item = String>) -> String {
    let mut seen = BTreeSet::from([fold(&usual[0]), fold(&usual[1])]);
    let had: Vec<String> = usual[2].split('|').map(str::to_owned).collect();
    let new = had.into_iter().chain(names).filter(|name| !name.is_empty() && seen.insert(fold(name)));
    new.collect::<Vec<_>>().join("|")
}
