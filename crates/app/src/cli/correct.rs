//! What `correct` and `corrections` understand.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::RecordFile;

/// What is said of a row.
#[derive(Debug, Args)]
#[group(id = "sentence", required = true, multiple = true)]
pub(crate) struct Sentence {
    /// The row is right
    #[arg(long, conflicts_with_all = ["reject", "add", "undo"])]
    pub(crate) accept: bool,
    /// There is no such row
    #[arg(long, conflicts_with_all = ["add", "undo"])]
    pub(crate) reject: bool,
    /// The document has a row of this kind that is missing
    #[arg(long, value_enum, value_name = "KIND", requires = "fields", conflicts_with = "undo")]
    pub(crate) add: Option<RowKind>,
    /// Take back what you said last of the row
    #[arg(long)]
    pub(crate) undo: bool,
}

/// Who speaks.
#[derive(Debug, Args)]
pub(crate) struct Person {
    /// Who says so [default: the user that is logged in]
    #[arg(long, value_name = "NAME")]
    pub(crate) coder: Option<String>,
}

/// Which corrections.
#[derive(Debug, Args)]
pub(crate) struct Which {
    /// Only of this document (d1) or row (d1.s3)
    #[arg(long, value_name = "ID")]
    pub(crate) of: Option<String>,
    /// Only by this person
    #[arg(long, value_name = "NAME")]
    pub(crate) coder: Option<String>,
    /// Only of rows of this kind
    #[arg(long, value_enum, value_name = "KIND")]
    pub(crate) layer: Option<RowKind>,
    /// Also those that were taken back
    #[arg(long)]
    pub(crate) undone: bool,
}

/// What `corrections` does but list.
#[derive(Debug, Subcommand)]
pub(crate) enum Corrections {
    /// Write all that people said, and what they decided of links, as JSON lines
    Export {
        /// The file, or - for standard output
        file: PathBuf,
        #[command(flatten)]
        record: RecordFile,
    },
    /// Take up what 'export' wrote, or what somebody made of texts of the record: annotations, doccano, Label Studio, INCEpTION
    Import {
        /// The files; their content tells what they are
        #[arg(required = true)]
        file: Vec<PathBuf>,
        /// A row that a reading does not have is rejected
        #[arg(long)]
        complete: bool,
        #[command(flatten)]
        person: Person,
        #[command(flatten)]
        record: RecordFile,
    },
    /// Take a correction back; it stays in the list of what was taken back
    Undo {
        /// Its number
        number: u32,
        #[command(flatten)]
        record: RecordFile,
    },
}

/// A kind of row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum RowKind {
    /// Who held which office
    Role,
    /// Who met whom
    Meeting,
    /// Who said what
    Statement,
    /// Who did what to whom
    Event,
}

/// How corrections are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CorrectionFormat {
    /// For reading
    Table,
    /// One JSON object a row
    Jsonl,
    /// For spreadsheets
    Csv,
    /// Their texts with all rows as corrected, one JSON object a text
    Annotations,
}
