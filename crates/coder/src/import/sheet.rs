//! Plain CSV of actors: any of the columns of [`COLUMNS`], in any order, `name` among them.

use chancery_model::Date;

use super::cameo::Cameo;
use super::found::{AS_IMPORTED, Found, Organization, Person, Term, What};
use super::{Trouble, words};

/// The columns that are understood.
pub(super) const COLUMNS: &[&str] = &[
    "name",
    "aliases",
    "code",
    "country",
    "kind",
    "sector",
    "office",
    "organization",
    "from",
    "to",
    "surname",
    "gender",
    "adjectives",
    "body",
    "cameo",
];

/// Kinds of organisations, and those that are none.
const KINDS: &[&str] =
    &["armed_force", "armed_group", "body", "company", "igo", "party", "person", "state", "seat"];

/// Whether a file is a sheet: by its name, or by a first line of words parted by commas, semicolons or tabs, `name` among them.
pub(super) fn is_sheet(file: &str, text: &str) -> bool {
    file.to_lowercase().ends_with(".csv") || separator(text).is_some()
}

/// What stands between the cells.
fn separator(text: &str) -> Option<u8> {
    let header = text.lines().find(|line| !line.trim().is_empty())?.to_lowercase();
    let has_name = |by: &u8| {
        let mut cells = header.split(char::from(*by)).map(|cell| cell.trim().trim_matches('"'));
        cells.any(|cell| cell == "name")
    };
    [b',', b';', b'\t'].into_iter().filter(has_name).max_by_key(|by| header.split(char::from(*by)).count())
}

/// Everything that the rows name, and what is wrong in others.
pub(super) fn read(text: &str, cameo: &Cameo) -> (Vec<Found>, Vec<Trouble>) {
    let (mut found, mut troubles) = (Vec::new(), Vec::new());
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.delimiter(separator(text).unwrap_or(b',')).flexible(true).has_headers(false);
    let mut records = reader.from_reader(text.as_bytes()).into_records().filter_map(Result::ok);
    let line =
        |record: &csv::StringRecord| record.position().map_or(1, |p| usize::try_from(p.line()).unwrap_or(1));
    let header: Vec<String> = records.next().map_or_else(Vec::new, |row| {
        row.iter().map(|cell| cell.trim().to_lowercase().replace([' ', '-'], "_")).collect()
    });
    if !header.iter().any(|name| name == "name") {
        let message = "no column is called 'name'; call the one with the names so".to_owned();
        return (found, vec![Trouble { line: 1, what: "no column of names", message }]);
    }
    for unknown in header.iter().filter(|name| !COLUMNS.contains(&name.as_str())) {
        let near = crate::knowledge::table::nearest(unknown, COLUMNS.iter().copied());
        let hint = near.map_or_else(
            || format!("known are {}", COLUMNS.join(", ")),
            |near| format!("did you mean '{near}'?"),
        );
        let message = format!("column '{unknown}' is not read; {hint}");
        troubles.push(Trouble { line: 1, what: "an unknown column", message });
    }
    for record in records {
        let number = line(&record);
        let mut trouble = |what, message| troubles.push(Trouble { line: number, what, message });
        if record.len() != header.len() {
            let message = format!("{} cells where the header has {}", record.len(), header.len());
            trouble("a row of another width", message);
            continue;
        }
        let row = Row { header: &header, record: &record, line: number };
        match row.found(cameo) {
            Ok((one, remark)) => {
                found.push(one);
                if let Some(remark) = remark {
                    trouble("taken without an unknown role", remark);
                }
            }
            Err((what, message)) => trouble(what, message),
        }
    }
    (found, troubles)
}

struct Row<'a> {
    header: &'a [String],
    record: &'a csv::StringRecord,
    line: usize,
}

type Wrong = (&'static str, String);

impl Row<'_> {
    fn cell(&self, column: &str) -> &str {
        let place = self.header.iter().position(|name| name == column);
        place.and_then(|i| self.record.get(i)).unwrap_or_default().trim()
    }

    fn date(&self, column: &str) -> Result<Option<Date>, Wrong> {
        let said = self.cell(column);
        let wrong = || {
            ("a malformed date", format!("'{column}' {said} is no date; write YYYY-MM-DD, YYYY-MM or YYYY"))
        };
        if said.is_empty() { Ok(None) } else { said.parse().map(Some).map_err(|_| wrong()) }
    }

    /// What the row names, and what was left out of it.
    fn found(&self, cameo: &Cameo) -> Result<(Found, Option<String>), Wrong> {
        let (name, kind, code) = (self.cell("name"), self.cell("kind").to_lowercase(), self.cell("code"));
        if name.is_empty() {
            return Err(("a row without a name", "'name' is empty; write one".to_owned()));
        }
        if !kind.is_empty() && !KINDS.contains(&kind.as_str()) {
            return Err((
                "an unknown kind",
                format!("kind '{kind}' is unknown; write one of {}", KINDS.join(", ")),
            ));
        }
        let (from, to) = (self.date("from")?, self.date("to")?);
        if let (Some(from), Some(to)) = (from, to)
            && to.last() < from.first()
        {
            return Err((
                "a malformed date",
                format!("'to' {to} lies before 'from' {from}; swap or mend them"),
            ));
        }
        let of = |letters: &str| cameo.code(letters).map_err(|message| ("an unknown code", message));
        let own = code.starts_with("IGO:") || code.starts_with("ORG:");
        let meant = if own || code.is_empty() { None } else { Some(of(code)?) };
        let country = match self.cell("country") {
            "" => meant.as_ref().map(|code| code.country.clone()).unwrap_or_default(),
            said => of(said)?.country,
        };
        let role = meant.as_ref().and_then(|code| code.role.clone());
        let left = meant.as_ref().map(|code| code.unknown.join(", ")).filter(|unknown| !unknown.is_empty());
        let remark = left.map(|unknown| format!("'{code}': CAMEO has no role {unknown}; taken without it"));
        let what = if kind == "person" || !self.cell("office").is_empty() {
            if country.is_empty() {
                return Err((
                    "a person of no state",
                    "'country' is empty; write the code of a state".to_owned(),
                ));
            }
            let neutral = role.map(|role| role.office).filter(|office| !office.is_empty());
            let office = match self.cell("office") {
                "" => neutral.unwrap_or_else(|| "official".to_owned()),
                said => said.to_lowercase(),
            };
            let organization = if own { code.to_owned() } else { self.cell("organization").to_owned() };
            let gender = self.cell("gender").to_lowercase().chars().next().filter(|c| "fm".contains(*c));
            What::Person(Person {
                surname: self.cell("surname").to_owned(),
                country,
                gender: gender.map(String::from).unwrap_or_default(),
                neutral: self.cell("office").is_empty(),
                terms: vec![Term { office, organization, from, to }],
            })
        } else if own
            || KINDS[..6].contains(&kind.as_str())
            || role.as_ref().is_some_and(|r| !r.organization.is_empty())
        {
            let role = role.unwrap_or_default();
            let or =
                |said: &str, else_: &str| if said.is_empty() { else_.to_owned() } else { said.to_owned() };
            let plain = if code.starts_with("IGO:") { "igo" } else { "body" };
            What::Organization(Organization {
                code: if own { code.to_owned() } else { String::new() },
                kind: or(&or(&kind, &role.organization), plain),
                country,
                adjectives: self.cell("adjectives").to_owned(),
                sector: or(&self.cell("sector").to_uppercase(), &role.sector),
                cameo: or(self.cell("cameo"), if own { "" } else { code }),
                from,
                to,
            })
        } else if country.is_empty() {
            let message = "neither code, country, kind nor office says what it is; fill one in".to_owned();
            return Err(("no code", message));
        } else {
            let body = if self.cell("body").is_empty() { AS_IMPORTED } else { self.cell("body") };
            What::Alias { code: country, body: body.to_owned() }
        };
        let aliases = self.cell("aliases").split('|').map(str::trim).filter(|alias| !alias.is_empty());
        let usual = if matches!(what, What::Person(_)) { words::person } else { words::name };
        let names = std::iter::once(name).chain(aliases).map(|name| (self.line, usual(name))).collect();
        Ok((Found { line: self.line, names, what }, remark))
    }
}
