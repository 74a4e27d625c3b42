//! The ontologies of events and the crosswalk between them: `data/codebook/plover.csv`, `cameo.csv`, `sectors.csv` and
//! `contexts.csv`.
//!
//! One table carries both ways: a CAMEO code tells the PLOVER type and mode that it is, and a PLOVER type the CAMEO root that stands
//! for it where nothing more is known.

use crate::knowledge::table::{Cell, Codes, Problem, Row, Schema, check as check_table, did_you_mean, read};

const CAMEO: Schema = Schema {
    file: "codebook/cameo.csv",
    columns: &[
        ("code", Cell::Required),
        ("name", Cell::Required),
        ("level", Cell::OneOf(&["root", "base", "leaf"])),
        ("root", Cell::Required),
        ("base", Cell::Text),
        ("quad", Cell::OneOf(&["1", "2", "3", "4"])),
        ("goldstein", Cell::Required),
        ("plover", Cell::Text),
        ("mode", Cell::Text),
        ("contexts", Cell::Text),
        ("source", Cell::Required),
        ("checked", Cell::Text),
    ],
    key: 1,
};

const PLOVER: Schema = Schema {
    file: "codebook/plover.csv",
    columns: &[
        ("type", Cell::Required),
        ("quad", Cell::OneOf(&["1", "2", "3", "4"])),
        ("recipient", Cell::OneOf(&["yes", "no"])),
        ("modes", Cell::Text),
        ("cameo", Cell::Required),
        ("score", Cell::Required),
        ("definition", Cell::Required),
        ("source", Cell::Required),
        ("checked", Cell::Text),
    ],
    key: 1,
};

const SECTORS: Schema = Schema {
    file: "codebook/sectors.csv",
    columns: &[("code", Cell::Required), ("name", Cell::Required), ("source", Cell::Required)],
    key: 1,
};

const CONTEXTS: Schema = Schema {
    file: "codebook/contexts.csv",
    columns: &[("context", Cell::Required), ("meaning", Cell::Required), ("source", Cell::Required)],
    key: 1,
};

/// The tables, by path below `data/`.
pub(crate) const FILES: [(&str, &str); 4] = [
    (CAMEO.file, include_str!("../../../data/codebook/cameo.csv")),
    (PLOVER.file, include_str!("../../../data/codebook/plover.csv")),
    (SECTORS.file, include_str!("../../../data/codebook/sectors.csv")),
    (CONTEXTS.file, include_str!("../../../data/codebook/contexts.csv")),
];

/// A code of CAMEO.
#[derive(Debug, Clone, PartialEq)]
pub struct CameoCode {
    /// Two digits for a root, three for a base, four for a leaf: `08`, `087`, `0871`.
    pub code: String,
    /// What CAMEO calls it.
    pub name: String,
    /// Its root: the code itself or the first two digits.
    pub root: String,
    /// Its base: the code itself or the first three digits; empty for a root.
    pub base: String,
    /// CAMEO's quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub quad: u8,
    /// Place on Goldstein's scale, from -10 (conflict) to 10 (cooperation).
    pub goldstein: f64,
    /// The PLOVER type that it is; none for statements (root 01), which PLOVER does not code.
    pub plover: Option<String>,
    /// The mode of that type.
    pub mode: Option<String>,
    /// The contexts that it implies.
    pub contexts: Vec<String>,
}

/// A type of event of PLOVER.
#[derive(Debug, Clone, PartialEq)]
pub struct EventType {
    /// `CONSULT`.
    pub name: String,
    /// PLOVER's quad class, numbered as CAMEO's.
    pub quad: u8,
    /// Whether there is always one toward whom it is done.
    pub recipient: bool,
    /// Its modes.
    pub modes: Vec<String>,
    /// The CAMEO root that stands for it where an event has no CAMEO code.
    pub cameo: String,
    /// PLOVER's score of conflict and cooperation, from -10 to 10.
    pub score: f64,
    /// What it is.
    pub definition: String,
}

/// Both ontologies.
#[derive(Debug, Clone, PartialEq)]
pub struct Ontology {
    cameo: Vec<CameoCode>,
    plover: Vec<EventType>,
    sectors: Vec<(String, String)>,
    contexts: Vec<String>,
}

impl Ontology {
    /// The tables that are part of the program.
    #[must_use]
    pub fn embedded() -> Self {
        Self::with(&[])
    }

    /// The tables of the program, those among these files (path and content) taking the place of its own.
    #[must_use]
    pub(crate) fn with(files: &[(String, String)]) -> Self {
        let rows = |schema: &'static Schema| match given(files, schema) {
            Some((_, text)) => read(schema, text).0,
            None => embedded(schema),
        };
        let [cameo, plover, sectors, contexts] = [&CAMEO, &PLOVER, &SECTORS, &CONTEXTS].map(rows);
        Self {
            cameo: cameo.iter().map(cameo_code).collect(),
            plover: plover.iter().map(event_type).collect(),
            sectors: sectors.iter().map(|row| (row.fields[0].clone(), row.fields[1].clone())).collect(),
            contexts: contexts.iter().map(|row| row.fields[0].clone()).collect(),
        }
    }

    /// The CAMEO code, if it is one.
    #[must_use]
    pub fn cameo(&self, code: &str) -> Option<&CameoCode> {
        let at = self.cameo.binary_search_by(|c| c.code.as_str().cmp(code)).ok()?;
        self.cameo.get(at)
    }

    /// The PLOVER type of this name, if it is one.
    #[must_use]
    pub fn plover(&self, name: &str) -> Option<&EventType> {
        self.plover.iter().find(|t| t.name == name)
    }

    /// The CAMEO code that stands for a PLOVER type where an event has none: `030` for `AGREE`.
    ///
    /// It is the root's residual code ("not specified below"), since data in CAMEO have three digits or more.
    #[must_use]
    pub fn default_cameo(&self, plover: &str) -> Option<&CameoCode> {
        self.cameo(&format!("{}0", self.plover(plover)?.cameo))
    }

    /// What a sector of PLOVER is called: `Government` for `GOV`.
    #[must_use]
    pub fn sector(&self, code: &str) -> Option<&str> {
        self.sectors.iter().find(|sector| sector.0 == code).map(|sector| sector.1.as_str())
    }

    /// What is wrong with a sector that there is not, and the nearest that there is.
    pub(crate) fn unknown_sector(&self, code: &str) -> Option<String> {
        let codes = || self.sectors.iter().map(|sector| sector.0.as_str());
        let hint = || did_you_mean(&code.to_uppercase(), codes());
        let hint = || hint().unwrap_or_else(|| "; codebook/sectors.csv lists them".to_owned());
        (!codes().any(|sector| sector == code)).then(|| format!("there is no sector '{code}'{}", hint()))
    }

    /// The CAMEO codes of a PLOVER type, in order.
    pub(crate) fn codes_of<'a>(&'a self, plover: &'a str) -> impl Iterator<Item = &'a str> + Clone {
        self.cameo.iter().filter(move |c| c.plover.as_deref() == Some(plover)).map(|c| c.code.as_str())
    }

    /// The contexts of PLOVER: `military`.
    pub fn contexts(&self) -> impl Iterator<Item = &str> {
        self.contexts.iter().map(String::as_str)
    }

    /// Whether there is such a context.
    pub(crate) fn has_context(&self, context: &str) -> bool {
        self.contexts().any(|known| known == context)
    }

    /// All CAMEO codes, in order.
    #[must_use]
    pub fn codes(&self) -> &[CameoCode] {
        &self.cameo
    }

    /// All PLOVER types, by name.
    #[must_use]
    pub fn types(&self) -> &[EventType] {
        &self.plover
    }
}

/// The rows of a table that is part of the program.
fn embedded(schema: &Schema) -> Vec<Row> {
    let text = FILES.iter().find(|file| file.0 == schema.file).map_or("", |file| file.1);
    read(schema, text).0
}

fn filled(field: &str) -> Option<String> {
    (!field.is_empty()).then(|| field.to_owned())
}

fn cameo_code(row: &Row) -> CameoCode {
    let field = |column: usize| row.fields[column].clone();
    CameoCode {
        code: field(0),
        name: field(1),
        root: field(3),
        base: field(4),
        quad: field(5).parse().unwrap_or_default(),
        goldstein: field(6).parse().unwrap_or_default(),
        plover: filled(&row.fields[7]),
        mode: filled(&row.fields[8]),
        contexts: row.list(9).map(str::to_owned).collect(),
    }
}

fn event_type(row: &Row) -> EventType {
    let field = |column: usize| row.fields[column].clone();
    EventType {
        name: field(0),
        quad: field(1).parse().unwrap_or_default(),
        recipient: row.fields[2] == "yes",
        modes: row.list(3).map(str::to_owned).collect(),
        cameo: field(4),
        score: field(5).parse().unwrap_or_default(),
        definition: field(6),
    }
}

/// Whether a file is one of these tables. `data/dictionaries` has another table of CAMEO's, told by its header.
pub(crate) fn is_of(path: &str, text: &str) -> bool {
    schema_of(path, text).is_some()
}

fn schema_of(path: &str, text: &str) -> Option<&'static Schema> {
    [&CAMEO, &PLOVER, &SECTORS, &CONTEXTS].into_iter().find(|schema| {
        let first = format!("{},{},", schema.columns[0].0, schema.columns[1].0);
        path.ends_with(schema.file) || schema.is_of(path) && text.starts_with(&first)
    })
}

/// The file among these that is such a table.
fn given<'f>(files: &'f [(String, String)], schema: &Schema) -> Option<&'f (String, String)> {
    files.iter().find(|(path, text)| schema_of(path, text).is_some_and(|s| s.file == schema.file))
}

/// What is wrong in the tables, by file and line. A table that is not given is taken from the program.
pub(crate) fn check(files: &[(String, String)]) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut table = |schema: &'static Schema| -> (Option<String>, Vec<Row>) {
        let Some((path, text)) = given(files, schema) else {
            return (None, embedded(schema));
        };
        let (rows, mut found) = read(schema, text);
        found.extend(check_table(schema, &rows, &Codes::default()));
        problems.extend(found.into_iter().map(|p| Problem { file: path.clone(), ..p }));
        (Some(path.clone()), rows)
    };
    let (cameo_path, cameo) = table(&CAMEO);
    let (plover_path, plover) = table(&PLOVER);
    table(&SECTORS);
    let (_, contexts) = table(&CONTEXTS);
    if let Some(path) = cameo_path {
        problems
            .extend(cameo.iter().flat_map(|row| cameo_problems(row, &cameo, (&plover, &contexts), &path)));
    }
    if let Some(path) = plover_path {
        problems.extend(plover.iter().flat_map(|row| plover_problems(row, &cameo, &path)));
    }
    problems.sort();
    problems
}

fn cameo_problems(
    row: &Row,
    cameo: &[Row],
    (plover, contexts): (&[Row], &[Row]),
    path: &str,
) -> Vec<Problem> {
    let [code, level, root, base] = [0, 2, 3, 4].map(|column| row.fields[column].as_str());
    let (ty, mode) = (row.fields[7].as_str(), row.fields[8].as_str());
    let mut wrong = Vec::new();
    let expected = ["root", "base", "leaf"].get(code.len().wrapping_sub(2)).copied();
    if expected != Some(level) || !code.bytes().all(|b| b.is_ascii_digit()) {
        wrong.push(format!("'{code}' is no {level}; a root has two digits, a base three, a leaf four"));
    }
    for (name, part, length) in [("root", root, 2), ("base", base, 3)] {
        let is_part = if code.len() < length { part.is_empty() } else { code.get(..length) == Some(part) };
        if !is_part {
            wrong.push(format!("'{part}' is not the {name} of {code}"));
        } else if !part.is_empty() && !cameo.iter().any(|other| other.fields[0] == part) {
            wrong.push(format!("there is no row for {part}, the {name} of {code}"));
        }
    }
    wrong.extend(off_scale("goldstein", &row.fields[6]));
    match plover.iter().find(|t| t.fields[0] == ty) {
        None if ty.is_empty() && mode.is_empty() => {}
        None => wrong.push(format!("'plover' '{ty}' is no type of plover.csv")),
        Some(t) if mode.is_empty() || t.list(3).any(|m| m == mode) => {}
        Some(_) => wrong.push(format!("'mode' '{mode}' is no mode of {ty}")),
    }
    for context in row.list(9).filter(|context| !contexts.iter().any(|c| c.fields[0] == *context)) {
        wrong.push(format!("'contexts' '{context}' is no context of contexts.csv"));
    }
    at(row, path, wrong)
}

fn plover_problems(row: &Row, cameo: &[Row], path: &str) -> Vec<Problem> {
    let root = row.fields[4].as_str();
    let mut wrong: Vec<String> = off_scale("score", &row.fields[5]).into_iter().collect();
    for code in [root.to_owned(), format!("{root}0")] {
        if !cameo.iter().any(|c| c.fields[0] == code && c.fields[3] == root) {
            wrong.push(format!("'cameo' {root}: there is no code {code} in cameo.csv"));
        }
    }
    at(row, path, wrong)
}

fn off_scale(column: &str, value: &str) -> Option<String> {
    let on = value.parse::<f64>().is_ok_and(|v| (-10.0..=10.0).contains(&v));
    (!on).then(|| format!("'{column}' {value} is off the scale; write a number from -10 to 10"))
}

fn at(row: &Row, path: &str, wrong: Vec<String>) -> Vec<Problem> {
    wrong.into_iter().map(|message| Problem { file: path.to_owned(), line: row.line, message }).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_crosswalk_goes_both_ways() {
        let ontology = Ontology::embedded();
        assert!(ontology.codes().len() > 300);
        assert_eq!(ontology.types().len(), 16);
        let visit = ontology.cameo("042").unwrap();
        assert_eq!((visit.plover.as_deref(), visit.mode.as_deref()), (Some("CONSULT"), Some("visit")));
        assert_eq!((visit.root.as_str(), visit.quad, visit.goldstein), ("04", 1, 1.9));
        assert_eq!(ontology.default_cameo("AGREE").unwrap().code, "030");
        assert_eq!(ontology.cameo("010").unwrap().plover, None);
        for t in ontology.types() {
            assert!(ontology.default_cameo(&t.name).is_some(), "{}", t.name);
            assert!(ontology.codes().iter().any(|c| c.plover.as_deref() == Some(&t.name)), "{}", t.name);
        }
    }

    #[test]
    fn the_tables_have_nothing_wrong() {
        let files = FILES.map(|(path, text)| (path.to_owned(), text.to_owned()));
        assert_eq!(check(&files), Vec::new());
    }

    #[test]
    fn what_is_wrong_is_said_with_file_and_line() {
        let header = FILES[0].1.lines().next().unwrap();
        let rows = "04,Consult,root,04,,1,1.0,CONSULT,,,test,\n\
                    042,Make a visit,base,04,042,1,11,CONSULT,walk,,test,\n\
                    0591,Nothing,leaf,05,059,1,0,NOTHING,,,test,\n";
        let problems = check(&[("codebook/cameo.csv".to_owned(), format!("{header}\n{rows}"))]);
        let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                "codebook/cameo.csv:3: 'goldstein' 11 is off the scale; write a number from -10 to 10",
                "codebook/cameo.csv:3: 'mode' 'walk' is no mode of CONSULT",
                "codebook/cameo.csv:4: 'plover' 'NOTHING' is no type of plover.csv",
                "codebook/cameo.csv:4: there is no row for 05, the root of 0591",
                "codebook/cameo.csv:4: there is no row for 059, the base of 0591",
            ]
        );
    }

    #[test]
    fn the_dictionary_of_actors_is_another_table() {
        assert!(!is_of("dictionaries/cameo.csv", "code,kind,means\n"));
        assert!(is_of("cameo.csv", "code,name,level\n"));
    }
}
