//! What is printed and written, and how.

use clap::ValueEnum;

/// How a brief is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BriefFormat {
    /// With footnotes
    Markdown,
    /// One page that needs nothing else
    Html,
}

/// How a page is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageFormat {
    /// For reading
    Text,
    /// One JSON object
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For reading
    Table,
    /// One JSON object a row
    Jsonl,
    /// For spreadsheets
    Csv,
}

/// What `export` writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// Events as PLOVER records, one JSON object a line
    Plover,
    /// Events in the 40 columns of POLECAT
    Polecat,
    /// Events in the 20 columns of ICEWS
    Icews,
    /// Events in the 61 columns of GDELT 2.0, and its mentions
    Gdelt,
    /// Every view of the record as CSV
    Csv,
    /// Every view of the record as JSON lines
    Jsonl,
    /// Every view of the record as Parquet
    Parquet,
    /// Who met whom as GEXF and GraphML
    Graph,
    /// Counts of events for each dyad or country and month
    Panel,
    /// Texts and rows for doccano, to be corrected there
    Doccano,
    /// Texts and rows for Label Studio, to be corrected there
    LabelStudio,
    /// Texts and rows for INCEpTION, to be corrected there
    Inception,
}

/// What a row of a panel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PanelUnit {
    /// An actor, a recipient and a month
    DyadMonth,
    /// A state and a month
    CountryMonth,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CodeFormat {
    /// Everything that was read, with its provenance
    Record,
    /// The words themselves, for scoring
    Annotations,
    /// Sentences, words and trees
    Conllu,
    /// The same, with who is meant and who says what; takes twice as long
    Discourse,
    /// Names, titles, pronouns and groups, each with those it means, one JSON object a line
    References,
}
