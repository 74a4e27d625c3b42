//! Rows of the documented views, asked for by country, person and date.

use chancery_model::Date;
use rusqlite::types::ValueRef;
use rusqlite::{Result as SqlResult, named_params};
use serde_json::Value;

use crate::{Corpus, CorpusError};

/// What to list; each is a view of the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Kind {
    Meetings,
    Statements,
    Events,
    Roles,
    People,
    /// Persons through time.
    Careers,
    /// Successions and contradictions in an office.
    Changes,
    Documents,
}

/// Which rows to list: those that meet every condition that is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// A state or organisation that takes part, by its code.
    pub country: Option<String>,
    /// A person who takes part; every word must be a part of the name, without regard to case and accents.
    pub person: Option<String>,
    /// Not over before this date begins.
    pub from: Option<Date>,
    /// Not begun after this date ends.
    pub to: Option<Date>,
}

/// Rows under the names of their columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Names of the view's columns.
    pub columns: &'static [&'static str],
    /// One value a column; texts, numbers and nulls only.
    pub rows: Vec<Vec<Value>>,
}

impl Kind {
    /// The view and its columns that are listed.
    #[must_use]
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Meetings => &["id", "date", "precision", "place", "parties", "format", "told", "documents"],
            Self::Statements => &[
                "id",
                "date",
                "speaker",
                "speaker_code",
                "holder",
                "addressee",
                "act",
                "polarity",
                "content",
                "cue",
                "document",
                "sentence",
            ],
            Self::Events => &[
                "id",
                "date",
                "plover",
                "mode",
                "cameo",
                "actor",
                "recipient",
                "place",
                "modality",
                "quote",
                "document",
            ],
            Self::Roles => &["id", "date", "person", "office", "organization", "country", "document"],
            Self::People => {
                &["name", "code", "offices", "meetings", "statements", "documents", "first_date", "last_date"]
            }
            Self::Careers => {
                &["person", "basis", "office", "code", "sector", "from", "to", "documents", "evidence"]
            }
            Self::Changes => &[
                "kind",
                "office",
                "code",
                "before",
                "before_from",
                "before_to",
                "before_words",
                "after",
                "after_from",
                "after_to",
                "after_words",
                "tables",
            ],
            Self::Documents => &[
                "id",
                "name",
                "date",
                "publisher",
                "place",
                "title",
                "meetings",
                "roles",
                "statements",
                "events",
                "sentences",
                "silent",
            ],
        }
    }

    fn view(self) -> &'static str {
        match self {
            Self::Meetings => "meetings",
            Self::Statements => "statements",
            Self::Events => "events",
            Self::Roles => "roles",
            Self::People => "people",
            Self::Careers => "careers",
            Self::Changes => "changes",
            Self::Documents => "documents",
        }
    }

    /// Which column of the view names what a participant `p` takes part in, and as what.
    fn key(self) -> (&'static str, &'static str) {
        match self {
            Self::Meetings => {
                ("id", "(SELECT 'M' || m.encounter FROM encounter_member m WHERE m.meeting = p.\"row\")")
            }
            Self::Statements | Self::Events | Self::Roles => ("id", "p.\"row\""),
            Self::People | Self::Careers => (
                "number",
                "(SELECT n.person FROM naming n WHERE n.document = p.document AND n.name = p.name)",
            ),
            // A change has no participants: it is asked by its own columns.
            Self::Changes => ("number", "p.document"),
            Self::Documents => ("id", "'d' || p.document"),
        }
    }

    /// The columns that bound the dates of a row.
    fn dates(self) -> (&'static str, &'static str) {
        match self {
            Self::Meetings | Self::Events => ("date_from", "date_to"),
            Self::Statements | Self::Roles | Self::Documents => ("date", "date"),
            Self::People => ("first_date", "last_date"),
            Self::Careers => ("\"from\"", "\"to\""),
            Self::Changes => ("before_from", "coalesce(after_to, before_to)"),
        }
    }

    fn order(self) -> &'static str {
        match self {
            Self::Meetings | Self::Documents => "CAST(substr(id, 2) AS INTEGER)",
            Self::Statements | Self::Events | Self::Roles => {
                "CAST(substr(document, 2) AS INTEGER), CAST(substr(id, instr(id, '.') + 2) AS INTEGER)"
            }
            Self::People => "name",
            Self::Careers => {
                "person, number, instr('stated tables meetings named', basis), office IS NULL, \"from\", \"to\", office, evidence"
            }
            Self::Changes => "number",
        }
    }

    /// Dates are compared to the precision that both have, so that 2025-09 is met by 2025-09-15.
    fn sql(self, filter: &Filter) -> String {
        let ((key, part), (first, last)) = (self.key(), self.dates());
        let columns: Vec<String> = self.columns().iter().map(|name| format!("\"{name}\"")).collect();
        let mut sql = format!("SELECT {} FROM {} WHERE 1", columns.join(", "), self.view());
        let mut takes_part = |condition: &str, own: &str| {
            sql += &match self {
                Self::Changes => format!(" AND ({own})"),
                _ => format!(" AND {key} IN (SELECT {part} FROM participant p WHERE {condition})"),
            };
        };
        if filter.country.is_some() {
            takes_part("p.code = :country", "code = :country");
        }
        if filter.person.is_some() {
            takes_part(
                "answers_to(p.name, :person)",
                "answers_to(before, :person) OR answers_to(after, :person)",
            );
        }
        if filter.from.is_some() {
            sql += &format!(" AND {last} >= substr(:from, 1, length({last}))");
        }
        if filter.to.is_some() {
            sql += &format!(" AND substr({first}, 1, length(:to)) <= substr(:to, 1, length({first}))");
        }
        sql + " ORDER BY " + self.order()
    }
}

impl Corpus {
    /// The rows that meet the filter, in the order of the record: meetings by date, people by name, others as added.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn list(&self, kind: Kind, filter: &Filter) -> Result<Listing, CorpusError> {
        let read = || -> SqlResult<Vec<Vec<Value>>> {
            let mut select = self.connection.prepare(&kind.sql(filter))?;
            let (from, to) = (filter.from.map(|d| d.to_string()), filter.to.map(|d| d.to_string()));
            for (name, value) in named_params! {
                ":country": filter.country, ":person": filter.person, ":from": from, ":to": to
            } {
                if let Some(at) = select.parameter_index(name)? {
                    select.raw_bind_parameter(at, value)?;
                }
            }
            let mut found = select.raw_query();
            let mut rows = Vec::new();
            while let Some(row) = found.next()? {
                let values = (0..kind.columns().len()).map(|at| row.get_ref(at).map(value));
                rows.push(values.collect::<SqlResult<_>>()?);
            }
            Ok(rows)
        };
        Ok(Listing { columns: kind.columns(), rows: read().map_err(self.wrong())? })
    }
}

fn value(cell: ValueRef<'_>) -> Value {
    match cell {
        ValueRef::Null | ValueRef::Blob(_) => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
    }
}
