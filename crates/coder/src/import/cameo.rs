//! What CAMEO's letters mean: three for a state, a region or a kind of international body, then three for each role.

use std::collections::BTreeMap;

use crate::knowledge::Knowledge;

/// Where CAMEO differs from ISO 3166-1, its regions, kinds of international bodies and roles.
const LETTERS: &str = include_str!("../../../../data/dictionaries/cameo.csv");

/// What three letters mean.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Letters {
    kind: String,
    means: String,
    state: String,
    role: Role,
}

/// What somebody of a role is in the tables.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Role {
    /// Kind of organisation; empty where a name of the role is a name of the government.
    pub(super) organization: String,
    /// Sector, as PLOVER names it.
    pub(super) sector: String,
    /// What a person of the role is called, whose office a dictionary does not tell; empty where a name of it is no person's.
    pub(super) office: String,
    /// Sector of an office of the role; empty where its words are of groups.
    pub(super) agent: String,
}

/// What a code means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Code {
    /// ISO code of the state; empty for regions and international bodies.
    pub(super) country: String,
    /// What it is besides; nothing for a bare state.
    pub(super) role: Option<Role>,
    /// The letters after state or kind.
    pub(super) rest: String,
    /// A region and nothing besides.
    pub(super) region: Option<String>,
    /// Letters that CAMEO does not have.
    pub(super) unknown: Vec<String>,
}

/// CAMEO's letters.
pub(super) struct Cameo<'a> {
    letters: BTreeMap<String, Letters>,
    known: &'a Knowledge,
}

impl<'a> Cameo<'a> {
    pub(super) fn new(known: &'a Knowledge) -> Self {
        let mut letters = BTreeMap::new();
        let mut reader = csv::Reader::from_reader(LETTERS.as_bytes());
        for row in reader.records().filter_map(Result::ok) {
            let cell = |i: usize| row.get(i).unwrap_or_default().to_owned();
            let role = Role { organization: cell(4), sector: cell(5), office: cell(6), agent: cell(7) };
            letters.insert(cell(0), Letters { kind: cell(1), means: cell(2), state: cell(3), role });
        }
        Self { letters, known }
    }

    /// What a code means.
    ///
    /// # Errors
    ///
    /// What is wrong where its first three letters are neither a state nor a kind of body.
    pub(super) fn code(&self, code: &str) -> Result<Code, String> {
        let code = code.to_uppercase();
        if code.len() < 3 || !code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()) {
            return Err(format!("'{code}' is no CAMEO code; write letters in threes, such as NORGOV"));
        }
        let (head, rest) = code.split_at(3);
        let threes: Vec<&str> =
            rest.as_bytes().chunks(3).filter_map(|three| str::from_utf8(three).ok()).collect();
        let known = |three: &&&str| self.role(three).is_some();
        let role = threes.iter().find(known).and_then(|three| self.role(three));
        let unknown =
            |of: &[&str]| of.iter().filter(|three| !known(three)).map(|three| (*three).to_owned()).collect();
        let mut out = Code {
            country: String::new(),
            role,
            rest: rest.to_owned(),
            region: None,
            unknown: unknown(&threes),
        };
        match self.letters.get(head) {
            Some(letters) if letters.kind == "state" => out.country.clone_from(&letters.state),
            _ if self.known.state(head).is_some() => head.clone_into(&mut out.country),
            Some(letters) if letters.kind == "region" => {
                out.region = threes.is_empty().then(|| letters.means.clone());
            }
            Some(letters) => {
                // "IGOUNO": what follows the kind names the body.
                out.role = Some(letters.role.clone());
                out.unknown.clear();
            }
            None => return Err(self.no_state(head)),
        }
        if !threes.is_empty() && out.role.is_none() {
            out.role = Some(Role { organization: "body".to_owned(), ..Role::default() });
        }
        Ok(out)
    }

    /// The role of an agent's code, its letters without those of a state: "~GOV".
    pub(super) fn role(&self, letters: &str) -> Option<Role> {
        let found = self.letters.get(letters)?;
        matches!(found.kind.as_str(), "role" | "international").then(|| found.role.clone())
    }

    fn no_state(&self, head: &str) -> String {
        let codes: Vec<&str> = self.known.states().map(|state| state.code).collect();
        let near = crate::knowledge::table::nearest(head, codes.into_iter());
        let hint = near.map(|near| format!("; did you mean '{near}'?")).unwrap_or_default();
        format!("'{head}' is neither a state nor a kind of body{hint}")
    }
}
