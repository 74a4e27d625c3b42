//! What lies beside an export: `datapackage.json` for programs (Frictionless Data) and `codebook.md` for people.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::dialect::Dialect;
use super::table::{Column, Kind, Table};

/// A file of an export.
#[derive(Debug, Clone, PartialEq)]
pub struct Resource {
    /// Its name, in lower case.
    pub name: String,
    /// The file.
    pub path: String,
    /// What a row is.
    pub title: String,
    /// The table's columns; empty for a graph.
    pub columns: Vec<Column>,
    /// How a table is written.
    pub dialect: Option<Dialect>,
    /// Whether it is texts with their rows, rather than a table or a graph.
    pub texts: bool,
    /// How many rows, or edges of a graph.
    pub rows: usize,
    /// How many bytes.
    pub bytes: usize,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
}

impl Resource {
    /// A table that was written as these bytes.
    #[must_use]
    pub fn of_table(table: &Table, dialect: Dialect, path: &str, bytes: &[u8]) -> Self {
        let (columns, title) = (table.columns.clone(), table.title.clone());
        let plain = Self::of_graph(&table.name, path, &title, table.rows.len(), bytes);
        Self { columns, dialect: Some(dialect), ..plain }
    }

    /// Texts, so many, that were written as these bytes.
    #[must_use]
    pub fn of_texts(name: &str, path: &str, title: &str, texts: usize, bytes: &[u8]) -> Self {
        Self { texts: true, ..Self::of_graph(name, path, title, texts, bytes) }
    }

    /// A graph of so many edges that was written as these bytes.
    #[must_use]
    pub fn of_graph(name: &str, path: &str, title: &str, edges: usize, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            path: path.to_owned(),
            title: title.to_owned(),
            columns: Vec::new(),
            dialect: None,
            texts: false,
            rows: edges,
            bytes: bytes.len(),
            sha256: Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect(),
        }
    }
}

/// Codes that the tables use, and what they mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeList {
    /// "Types of PLOVER".
    pub title: String,
    /// Code and meaning.
    pub codes: Vec<(String, String)>,
}

/// An export as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Package {
    /// `polecat`.
    pub format: String,
    /// What it is, in a sentence.
    pub title: String,
    /// Version of Chancery.
    pub version: String,
    /// Program, version and data that coded the documents.
    pub coders: Vec<String>,
    /// What the export was narrowed to: `country`, `from`, `to`.
    pub filter: Vec<(String, String)>,
    /// What a user must know before counting.
    pub notes: Vec<String>,
    /// Its files.
    pub resources: Vec<Resource>,
    /// The codes that they use.
    pub codes: Vec<CodeList>,
}

/// `datapackage.json`.
#[must_use]
pub fn datapackage(package: &Package) -> String {
    let filter: Map<String, Value> = package.filter.iter().map(|(k, v)| (k.clone(), json!(v))).collect();
    let value = json!({
        "profile": "data-package",
        "name": format!("chancery-{}", package.format),
        "title": package.title,
        "description": "See codebook.md.",
        "version": package.version,
        "chancery": {"version": package.version, "format": package.format, "coders": package.coders, "filter": filter},
        "resources": package.resources.iter().map(resource).collect::<Vec<_>>(),
    });
    serde_json::to_string_pretty(&value).unwrap_or_default() + "\n"
}

fn resource(resource: &Resource) -> Value {
    let (format, mediatype) = match resource.dialect {
        Some(Dialect::Csv) => ("csv", "text/csv"),
        Some(Dialect::Tsv { .. }) => ("tsv", "text/tab-separated-values"),
        Some(Dialect::Jsonl) => ("jsonl", "application/x-ndjson"),
        #[cfg(feature = "parquet")]
        Some(Dialect::Parquet) => ("parquet", "application/vnd.apache.parquet"),
        None => ("xml", "application/xml"),
    };
    let mut value = json!({
        "name": resource.name,
        "path": resource.path,
        "title": resource.title,
        "format": format,
        "mediatype": mediatype,
        "encoding": "utf-8",
        "bytes": resource.bytes,
        "hash": format!("sha256:{}", resource.sha256),
        "rows": resource.rows,
    });
    let Some(fields) = value.as_object_mut() else { return value };
    match resource.dialect {
        Some(Dialect::Csv) => {
            fields.insert(
                "dialect".into(),
                json!({"delimiter": ",", "header": true, "lineTerminator": "\r\n"}),
            );
        }
        Some(Dialect::Tsv { header, .. }) => {
            let dialect =
                json!({"delimiter": "\t", "header": header, "quoteChar": null, "lineTerminator": "\n"});
            fields.insert("dialect".into(), dialect);
        }
        _ => {}
    }
    if resource.dialect.is_some() {
        fields.insert("profile".into(), json!("tabular-data-resource"));
        let schema = json!({
            "fields": resource.columns.iter().map(field).collect::<Vec<_>>(),
            "missingValues": [missing(resource.dialect)],
        });
        fields.insert("schema".into(), schema);
    }
    value
}

/// What stands for an absent value.
fn missing(dialect: Option<Dialect>) -> &'static str {
    match dialect {
        Some(Dialect::Tsv { missing, .. }) => missing,
        _ => "",
    }
}

fn field(column: &Column) -> Value {
    json!({"name": column.name, "type": word(column.kind), "description": column.about})
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Json => "any",
    }
}

/// `codebook.md`.
#[must_use]
pub fn codebook(package: &Package) -> String {
    let mut out = format!("# {}\n\nWritten by Chancery {}", package.title, package.version);
    match &package.coders[..] {
        [] => out += ".\n",
        coders => out += &format!("; the documents were coded by {}.\n", coders.join(", ")),
    }
    if !package.filter.is_empty() {
        let each: Vec<String> = package.filter.iter().map(|(k, v)| format!("{k} {v}")).collect();
        out += &format!("\nNarrowed to: {}.\n", each.join(", "));
    }
    if !package.notes.is_empty() {
        out.push('\n');
        out.extend(package.notes.iter().map(|note| format!("- {note}\n")));
    }
    for resource in &package.resources {
        out += &format!("\n## {}\n\n{}", resource.path, resource.title);
        out += &match resource.dialect {
            None if resource.texts => format!(" {} texts, {} bytes.\n", resource.rows, resource.bytes),
            None => format!(" {} edges, {} bytes.\n", resource.rows, resource.bytes),
            Some(Dialect::Tsv { missing: "", .. }) | Some(Dialect::Csv) => {
                format!(" {} rows, {} bytes; an absent value is empty.\n", resource.rows, resource.bytes)
            }
            Some(Dialect::Tsv { missing, .. }) => {
                format!(
                    " {} rows, {} bytes; an absent value is `{missing}`.\n",
                    resource.rows, resource.bytes
                )
            }
            Some(_) => {
                format!(" {} rows, {} bytes; an absent value is null.\n", resource.rows, resource.bytes)
            }
        };
        if !resource.columns.is_empty() {
            out += "\n| column | type | what it holds |\n|---|---|---|\n";
            out.extend(
                resource.columns.iter().map(|c| {
                    format!("| `{}` | {} | {} |\n", c.name, word(c.kind), c.about.replace('|', "\\|"))
                }),
            );
        }
    }
    for list in &package.codes {
        out += &format!("\n## {}\n\n| code | what it means |\n|---|---|\n", list.title);
        out.extend(
            list.codes
                .iter()
                .map(|(code, meaning)| format!("| `{code}` | {} |\n", meaning.replace('|', "\\|"))),
        );
    }
    out
}
