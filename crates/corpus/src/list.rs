//! Rows of the documented views, asked for by country, person and date.

use chancery_model::Date;
use rusqlite::types::ValueRef;
use rusqlite::{Result as SqlResult, named_params};
use serde_json::Value;

use crate::{Corpus, CorpusError};

/// The date of the document of a row of evidence.
const DATE_OF_DOCUMENT: &str =
    "(SELECT d.date FROM document d WHERE d.number = CAST(substr(document, 2) AS INTEGER))";
const BY_DOCUMENT_AND_ID: &str =
    "CAST(substr(document, 2) AS INTEGER), CAST(substr(id, instr(id, '.') + 2) AS INTEGER)";

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
    Accounts,
    Happenings,
    EventMentions,
    /// Events by how little sure they are.
    Doubts,
    Evidence,
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
    /// Every view.
    pub const ALL: [Self; 10] = [
        Self::Meetings,
        Self::Accounts,
        Self::Statements,
        Self::Happenings,
        Self::EventMentions,
        Self::Events,
        Self::Roles,
        Self::People,
        Self::Documents,
        Self::Evidence,
    ];

    /// Its columns that hold whole numbers; all others hold text.
    #[must_use]
    pub fn integers(self) -> &'static [&'static str] {
        match self {
            Self::Meetings => &["planned", "number"],
            Self::Accounts => &["planned"],
            Self::Statements | Self::EventMentions | Self::Evidence => &["sentence"],
            Self::Happenings => &["mentions", "documents"],
            Self::People => &["meetings", "statements", "documents", "number"],
            Self::Careers => &["documents", "number"],
            Self::Changes => &["number"],
            Self::Documents => {
                &["meetings", "roles", "statements", "events", "sentences", "silent", "number"]
            }
            Self::Events => &["confidence"],
            Self::Doubts => &["confidence"],
            Self::Roles => &[],
        }
    }

    /// The columns that are listed for reading.
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
            Self::Doubts => {
                &["id", "confidence", "disputed", "plover", "actor", "recipient", "quote", "rule", "document"]
            }
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
            Self::Accounts => &["id", "date_from", "date_to", "place", "parties", "format", "told", "quote"],
            Self::Happenings => &[
                "id",
                "date",
                "plover",
                "mode",
                "cameo",
                "actor",
                "recipient",
                "place",
                "modality",
                "mentions",
            ],
            Self::EventMentions => &["happening", "event", "document", "publisher", "sentence", "quote"],
            Self::Evidence => &["id", "field", "sentence", "words", "rule", "why"],
        }
    }

    /// Its name in the record.
    #[must_use]
    pub fn view(self) -> &'static str {
        match self {
            Self::Meetings => "meetings",
            Self::Statements => "statements",
            Self::Events => "events",
            Self::Doubts => "doubts",
            Self::Roles => "roles",
            Self::People => "people",
            Self::Careers => "careers",
            Self::Changes => "changes",
            Self::Documents => "documents",
            Self::Accounts => "accounts",
            Self::Happenings => "happenings",
            Self::EventMentions => "event_mentions",
            Self::Evidence => "evidence",
        }
    }

    /// Which column of the view names what a participant `p` takes part in, and as what.
    fn key(self) -> (&'static str, &'static str) {
        match self {
            Self::Meetings => {
                ("number", "(SELECT m.encounter FROM encounter_member m WHERE m.meeting = p.\"row\")")
            }
            Self::Statements
            | Self::Events
            | Self::Doubts
            | Self::Roles
            | Self::Accounts
            | Self::Evidence => ("id", "p.\"row\""),
            Self::Happenings => (
                "id",
                "(SELECT h.event FROM happening_member m JOIN happening h ON h.number = m.happening
                  WHERE m.event = p.\"row\")",
            ),
            Self::EventMentions => ("event", "p.\"row\""),
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
            Self::Meetings
            | Self::Events
            | Self::Doubts
            | Self::Accounts
            | Self::Happenings
            | Self::EventMentions => ("date_from", "date_to"),
            Self::Statements | Self::Roles | Self::Documents => ("date", "date"),
            Self::People => ("first_date", "last_date"),
            Self::Evidence => (DATE_OF_DOCUMENT, DATE_OF_DOCUMENT),
            Self::Careers => ("\"from\"", "\"to\""),
            Self::Changes => ("before_from", "coalesce(after_to, before_to)"),
        }
    }

    fn order(self) -> &'static str {
        match self {
            Self::Documents => "number",
            Self::Statements | Self::Events | Self::Roles | Self::Accounts => BY_DOCUMENT_AND_ID,
            Self::People => "name, number",
            Self::Meetings
            | Self::Happenings
            | Self::EventMentions
            | Self::Doubts
            | Self::Evidence
            | Self::Careers
            | Self::Changes => self.export_order(),
        }
    }

    /// By date, document and id.
    pub(crate) fn export_order(self) -> &'static str {
        match self {
            Self::Meetings => {
                "date_from IS NULL, date_from || substr('-01-01', length(date_from) - 3), date_to, number"
            }
            Self::Documents => "date IS NULL, date, CAST(substr(id, 2) AS INTEGER)",
            Self::People => "name, number",
            Self::Statements | Self::Roles => {
                "date IS NULL, date, CAST(substr(document, 2) AS INTEGER), CAST(substr(id, instr(id, '.') + 2) AS INTEGER)"
            }
            Self::Events | Self::Accounts => {
                "date_from IS NULL, date_from, CAST(substr(document, 2) AS INTEGER),
                 CAST(substr(id, instr(id, '.') + 2) AS INTEGER)"
            }
            Self::Happenings => {
                "date_from IS NULL, date_from, CAST(substr(id, 2) AS INTEGER),
                 CAST(substr(id, instr(id, '.') + 2) AS INTEGER)"
            }
            Self::EventMentions => {
                "date_from IS NULL, date_from, CAST(substr(happening, 2) AS INTEGER), happening,
                 CAST(substr(document, 2) AS INTEGER), CAST(substr(event, instr(event, '.') + 2) AS INTEGER)"
            }
            Self::Evidence => {
                "CAST(substr(document, 2) AS INTEGER), substr(id, instr(id, '.') + 1, 1),
                 CAST(substr(id, instr(id, '.') + 2) AS INTEGER), field, sentence, spans, rule, why"
            }
            Self::Careers => {
                "person, number, instr('stated tables meetings named', basis), office IS NULL, \"from\", \"to\", office, evidence"
            }
            Self::Changes => "number",
            // The least sure first; of equals those that are disputed.
            Self::Doubts => {
                "confidence IS NULL, confidence, disputed IS NULL, CAST(substr(document, 2) AS INTEGER),
                 CAST(substr(id, instr(id, '.') + 2) AS INTEGER)"
            }
        }
    }

    /// Dates are compared to the precision that both have, so that 2025-09 is met by 2025-09-15.
    fn sql(self, columns: &str, filter: &Filter, order: &str) -> String {
        let ((key, part), (first, last)) = (self.key(), self.dates());
        let mut sql = format!("SELECT {columns} FROM {} WHERE 1", self.view());
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
        sql + " ORDER BY " + order
    }
}

impl Corpus {
    /// The rows that meet the filter, in the order of the record: meetings by date, people by name, others as added.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn list(&self, kind: Kind, filter: &Filter) -> Result<Listing, CorpusError> {
        let columns = kind.columns();
        let quoted: Vec<String> = columns.iter().map(|name| format!("\"{name}\"")).collect();
        let (_, rows) = self.select(&quoted.join(", "), kind, filter, kind.order()).map_err(self.wrong())?;
        Ok(Listing { columns, rows })
    }

    /// Columns of a view's rows that meet the filter, with their names.
    pub(crate) fn select(
        &self,
        columns: &str,
        kind: Kind,
        filter: &Filter,
        order: &str,
    ) -> SqlResult<(Vec<String>, Vec<Vec<Value>>)> {
        let mut select = self.connection.prepare(&kind.sql(columns, filter, order))?;
        let names: Vec<String> = select.column_names().map(str::to_owned).collect();
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
            let values = (0..names.len()).map(|at| row.get_ref(at).map(value));
            rows.push(values.collect::<SqlResult<_>>()?);
        }
        Ok((names, rows))
    }
}

pub(crate) fn value(cell: ValueRef<'_>) -> Value {
    match cell {
        ValueRef::Null | ValueRef::Blob(_) => Value::Null,
        ValueRef::Integer(number) => number.into(),
        ValueRef::Real(number) => number.into(),
        ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned().into(),
    }
}
