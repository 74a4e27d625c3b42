//! A page and the same rows for programs.

use chancery_formats::write::export::{Graph, GraphFormat, write_graph};
use chancery_formats::write::{TableFormat, write_rows};
use maud::Markup;
use serde_json::{Map, Value, json};

/// What a page function gives.
pub(super) struct Page {
    /// What the page is called, in the browser and in its heading.
    pub(super) title: String,
    /// What stands between head and foot.
    pub(super) main: Markup,
    /// The same for programs.
    pub(super) twin: Twin,
}

/// The rows of a page for programs, as JSON and CSV.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Twin {
    /// Names of the columns.
    pub(super) columns: Vec<String>,
    /// One value a column.
    pub(super) rows: Vec<Vec<Value>>,
    /// The address of the rows that follow, without ending.
    pub(super) next: Option<String>,
    /// What stands beside the rows in JSON.
    pub(super) beside: Map<String, Value>,
    /// The same as a network, where it is one.
    pub(super) graph: Option<Graph>,
}

impl Twin {
    /// These rows under the names of their columns.
    pub(super) fn new(columns: &[&str], rows: Vec<Vec<Value>>) -> Self {
        Self { columns: columns.iter().map(|&c| c.to_owned()).collect(), rows, ..Self::default() }
    }

    /// Something beside the rows, in JSON.
    pub(super) fn beside(mut self, name: &str, value: Value) -> Self {
        self.beside.insert(name.to_owned(), value);
        self
    }

    /// `{"title", "rows": [{column: value}], "next"}` and what stands beside.
    pub(super) fn json(&self, title: &str) -> String {
        let row = |row: &Vec<Value>| -> Value {
            Value::Object(self.columns.iter().cloned().zip(row.iter().cloned()).collect())
        };
        let mut all = json!({
            "title": title,
            "rows": self.rows.iter().map(row).collect::<Vec<_>>(),
            "next": self.next,
        });
        if let Value::Object(all) = &mut all {
            all.extend(self.beside.clone());
        }
        all.to_string()
    }

    /// The network as GEXF; nothing where it is none.
    pub(super) fn gexf(&self) -> Option<String> {
        self.graph.as_ref().map(|graph| write_graph(graph, GraphFormat::Gexf))
    }

    /// CSV as the commands write it; a list in a cell is parted by `; `.
    pub(super) fn csv(&self) -> String {
        let columns: Vec<&str> = self.columns.iter().map(String::as_str).collect();
        write_rows(&columns, &self.rows, TableFormat::Csv, 0)
    }
}
