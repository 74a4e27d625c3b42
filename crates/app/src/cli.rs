//! What the command line understands; `docs/cli.md` says it at more length.

mod correct;
mod print;

use std::path::PathBuf;

use crate::serve::Door;
use chancery_model::Date;
use chancery_nlp::Exit;
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::actors::Actors;
use crate::codes::{Codes, code};
use crate::corrections::Field;

pub(crate) use correct::{CorrectionFormat, Corrections, Person, RowKind, Sentence, Which};
pub(crate) use print::{BriefFormat, CodeFormat, ExportFormat, ListFormat, PageFormat, PanelUnit};

/// Keeps the diplomatic record: reads readouts and tells who met whom, who said what in whose name, and the words behind
/// each row.
#[derive(Debug, Parser)]
#[command(
    name = "chancery",
    version,
    after_help = "Examples:\n  chancery add readouts/                       read a folder into chancery.db\n  \
                  chancery meetings --country NOR              who met whom\n  \
                  chancery statements --person \"Zoë Dahl\"      who said what\n  \
                  chancery people Dahl                         who she was, when, by which documents\n  \
                  chancery why d1.s3                           the words and the rule behind a row\n  \
                  chancery code letter.txt --format record     the same without a record"
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// The command line as clap describes it, for whoever documents it.
#[must_use]
pub fn command() -> clap::Command {
    Cli::command()
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Read texts, code them and keep them in the record
    #[command(
        after_help = "Files may be plain text, Markdown, HTML, JSON or JSON lines. Adding a text again changes \
                            nothing; after an interruption, the same command goes on where it stopped."
    )]
    Add {
        /// Files, folders, or - for standard input
        #[arg(required = true)]
        path: Vec<PathBuf>,
        /// Print a line for every input, however many
        #[arg(long, short)]
        verbose: bool,
        /// Threads to work on [default: one for each processor]
        #[arg(long, value_name = "N")]
        threads: Option<usize>,
        #[command(flatten)]
        depth: Depth,
        #[command(flatten)]
        actors: Actors,
        /// After the report, print all rows of this kind that the record holds
        #[arg(long, value_name = "KIND")]
        list: Option<Listed>,
        #[command(flatten)]
        record: RecordFile,
    },
    /// Who met whom: one row for each meeting, however many documents tell of it
    Meetings(List),
    /// Who said what in whose name
    Statements(List),
    /// Who did what to whom, in PLOVER and CAMEO codes
    Events {
        /// The least sure first, with what the second opinion says instead: those to check by eye
        #[arg(long)]
        doubtful: bool,
        #[command(flatten)]
        list: List,
    },
    /// Who held which office
    Roles(List),
    /// Everyone who is named; one of them through time; who succeeded whom
    People {
        /// One person through time: offices as stated and as the tables have them, meetings, first and last naming
        name: Option<String>,
        /// Who followed whom in an office, who is said to hold it beside another, and what the tables speak against
        #[arg(long)]
        changes: bool,
        #[command(flatten)]
        list: List,
    },
    /// The texts in the record
    Documents(List),
    /// Who used which words when, and out of how many chances
    #[command(
        after_help = "Words are looked for as they are, but for case, blanks, quotes and dashes. A * after letters stands for the \
                            rest of the word, by itself for any word: 'denuclear*', 'unwavering *'. It is no regular expression."
    )]
    Phrase {
        /// Words to look for, each phrase in quotes; several stand side by side
        #[arg(required = true)]
        phrase: Vec<String>,
        /// Only what this person says; a part of the name will do. Or the code of a state that speaks without a person
        #[arg(long, value_name = "NAME")]
        speaker: Option<String>,
        #[command(flatten)]
        texts: Texts,
        /// Only from this day, month or year on: 2025-10-09, 2025-10, 2025
        #[arg(long, value_name = "DATE")]
        from: Option<Date>,
        /// Only up to this day, month or year
        #[arg(long, value_name = "DATE")]
        to: Option<Date>,
        /// The phrase with one word changed: each form with its first and last use
        #[arg(long)]
        variants: bool,
        /// Every use with its sentence
        #[arg(long, conflicts_with = "variants")]
        list: bool,
        /// So many rows of a kind at most [default: 10, of a list all]
        #[arg(long, value_name = "N")]
        limit: Option<usize>,
        /// How to print
        #[arg(long, value_enum, default_value_t = ListFormat::Table)]
        format: ListFormat,
        #[command(flatten)]
        record: RecordFile,
    },
    /// Formulae that come up in a period: never said before, said again, or said more
    New {
        /// The first day of the period; a month or year begins on its first
        #[arg(long, value_name = "DATE")]
        since: Date,
        #[command(flatten)]
        formulae: Formulae,
    },
    /// Formulae that were said before a period and are not, or less, in it
    Vanished {
        /// The first day of the period [default: its last sixth]
        #[arg(long, value_name = "DATE")]
        since: Option<Date>,
        #[command(flatten)]
        formulae: Formulae,
    },
    /// Two texts claim by claim: the readouts of two sides on one meeting, or two texts of a series; what both say, what one leaves out
    #[command(
        after_help = "Examples:\n  chancery compare M3                          the texts that report one meeting\n  \
                      chancery compare M2 M3                       what changed from one meeting to the next\n  \
                      chancery compare d1 d2 d3                    whose clause is it: a joint text and two sides\n  \
                      chancery compare d1 d2 --seek \"denuclear*\"   is it said, in either?\n  \
                      chancery compare --series USA-CHN --topic taiwan"
    )]
    Compare {
        /// Documents (d1) or meetings (M2); of three the first is a joint text, the others are what its sides tell alone
        #[arg(num_args = 0..=3)]
        texts: Vec<String>,
        /// Phrases to look for in both; a trailing * allows any ending
        #[arg(long, value_name = "PHRASE")]
        seek: Vec<String>,
        /// All texts on meetings of these parties instead, in order of time: USA-CHN
        #[arg(long, value_name = "CODES", conflicts_with = "texts")]
        series: Option<Codes>,
        /// Of a series only meetings of this person; may be given again
        #[arg(long, value_name = "NAME", requires = "series")]
        person: Vec<String>,
        /// Of a series what is said on this topic: taiwan, trade, \"arms control\"
        #[arg(long, value_name = "TOPIC")]
        topic: Option<String>,
        /// How to print
        #[arg(long, value_enum, default_value_t = PageFormat::Text)]
        format: PageFormat,
        #[command(flatten)]
        record: RecordFile,
    },
    /// Meetings of two sides in order: who took part, in which office then, how long after the one before
    Ledger {
        /// States and organisations by code, persons by name: CHN PRK, Sullivan "Wang Yi"
        #[arg(required = true, num_args = 1..=4)]
        who: Vec<String>,
        /// How to print
        #[arg(long, value_enum, default_value_t = ListFormat::Table)]
        format: ListFormat,
        #[command(flatten)]
        record: RecordFile,
    },
    /// What somebody said on a topic, in order of time
    Positions {
        /// The topic: taiwan, trade, "arms control"
        #[arg(long, value_name = "TOPIC")]
        topic: String,
        #[command(flatten)]
        list: List,
    },
    /// What the last text of a series does not say, though most of those before it do
    Absent {
        /// The parties whose meetings make the series: USA-CHN
        #[arg(value_name = "CODES")]
        series: Codes,
        /// Only meetings of this person; may be given again
        #[arg(long, value_name = "NAME")]
        person: Vec<String>,
        /// The text to look at [default: the last]
        #[arg(long, value_name = "ID")]
        text: Option<String>,
        /// How many texts before it to hold it against
        #[arg(long, value_name = "N", default_value_t = 6)]
        last: usize,
        /// In how many of them it must be said [default: half of them]
        #[arg(long, value_name = "K")]
        least: Option<usize>,
        /// How to print
        #[arg(long, value_enum, default_value_t = ListFormat::Table)]
        format: ListFormat,
        #[command(flatten)]
        record: RecordFile,
    },
    /// Commitments through a series of texts: repeated, strengthened, weakened, reported on, or not heard of again
    Commitments {
        /// The parties whose meetings make the series: USA-CHN
        #[arg(value_name = "CODES")]
        series: Codes,
        /// Only meetings of this person; may be given again
        #[arg(long, value_name = "NAME")]
        person: Vec<String>,
        /// How to print
        #[arg(long, value_enum, default_value_t = ListFormat::Table)]
        format: ListFormat,
        #[command(flatten)]
        record: RecordFile,
    },
    /// One cited page on two parties: meetings, what the last text says, what changed, what is missing, what was promised
    Brief {
        /// The parties: CHN-PRK
        #[arg(value_name = "CODES")]
        series: Codes,
        /// Only meetings of this person; may be given again
        #[arg(long, value_name = "NAME")]
        person: Vec<String>,
        /// How to print
        #[arg(long, value_enum, default_value_t = BriefFormat::Markdown)]
        format: BriefFormat,
        #[command(flatten)]
        record: RecordFile,
    },
    /// A text with what was found marked in it, and the sentences that gave nothing
    Show {
        /// Id (d1) or name of a document
        document: String,
        #[command(flatten)]
        record: RecordFile,
    },
    /// The words, the rule and the reasoning behind a row
    Why {
        /// Id of a row (d1.s3) or of a meeting (M1)
        id: String,
        /// One field only: date, holder, place …
        field: Option<String>,
        #[command(flatten)]
        record: RecordFile,
    },
    /// Say that meetings of the record are one
    #[command(after_help = "Examples:\n  chancery link M1 M4              these are one meeting\n  \
                      chancery link d1.m1 d4.m2        so are these accounts\n  \
                      chancery link --undo 3           take decision 3 back\n  \
                      chancery link --import mine.csv  take up what 'chancery links --format csv' wrote")]
    Link {
        /// Meetings (M1) or accounts of them (d1.m2)
        #[arg(num_args = 2.., required_unless_present_any = ["undo", "import"])]
        id: Vec<String>,
        /// Take this decision, of link or split, back
        #[arg(long, value_name = "N", conflicts_with_all = ["id", "import"])]
        undo: Option<u32>,
        /// Take up the decisions of this CSV
        #[arg(long, value_name = "FILE", conflicts_with = "id")]
        import: Option<PathBuf>,
        #[command(flatten)]
        record: RecordFile,
    },
    /// Say that an account is not of a meeting
    Split {
        /// The meeting (M1)
        meeting: String,
        /// The account (d3.m2) that is not of it
        account: String,
        #[command(flatten)]
        record: RecordFile,
    },
    /// What was decided of links, and when
    Links {
        /// How to print; csv can be imported again
        #[arg(long, value_enum, default_value_t = ListFormat::Table)]
        format: ListFormat,
        #[command(flatten)]
        record: RecordFile,
    },
    /// Say what is right or wrong with a row; what the machine found is kept beside it
    #[command(
        after_help = "Examples:\n  chancery correct d1.s3 --accept                          it is right\n  \
                      chancery correct d1.s3 --set act=request --set holder=CHN  it is otherwise\n  \
                      chancery correct d1.e2 --reject                          there is no such row\n  \
                      chancery correct d1 --add statement --set act=report --set \"speaker=Li Qiang (CHN)\" --set \"content=it rained\""
    )]
    Correct {
        /// Id of a row (d1.s3); of a row to add, that of its document (d1)
        id: String,
        #[command(flatten)]
        what: Sentence,
        /// Set this field to this value; may be given again. Nothing after = empties it
        #[arg(long = "set", value_name = "FIELD=VALUE", group = "sentence", conflicts_with_all = ["accept", "reject", "undo"])]
        fields: Vec<Field>,
        /// What else there is to say
        #[arg(long, value_name = "TEXT")]
        note: Option<String>,
        /// Settle what others do not agree on
        #[arg(long)]
        settle: bool,
        #[command(flatten)]
        person: Person,
        #[command(flatten)]
        record: RecordFile,
    },
    /// What people said of rows: listed, written to a file, taken up from one, taken back
    #[command(
        args_conflicts_with_subcommands = true,
        after_help = "Examples:\n  chancery corrections --coder ada            what ada said\n  \
                      chancery corrections --format annotations   corrected texts with all their rows, as gold for 'chancery score'\n  \
                      chancery corrections export mine.jsonl      all that was said, for another record\n  \
                      chancery corrections import theirs.jsonl    take it up; annotations are one person's reading\n  \
                      chancery corrections undo 3                 take correction 3 back"
    )]
    Corrections {
        #[command(subcommand)]
        what: Option<Corrections>,
        #[command(flatten)]
        which: Which,
        /// How to print
        #[arg(long, value_enum, default_value_t = CorrectionFormat::Table)]
        format: CorrectionFormat,
        #[command(flatten)]
        record: RecordFile,
    },
    /// How far people who judged the same rows agree, field by field (Krippendorff's alpha), and where they do not
    Agree {
        /// Only these people [default: all]
        coder: Vec<String>,
        /// The fields in which they do not agree instead, the worst first
        #[arg(long)]
        conflicts: bool,
        /// How to print
        #[arg(long, value_enum, default_value_t = ListFormat::Table)]
        format: ListFormat,
        #[command(flatten)]
        record: RecordFile,
    },
    /// The record as files that other programs load, with a codebook and checksums
    Export {
        /// What to write
        #[arg(value_enum)]
        format: ExportFormat,
        /// The folder to write; one that holds other things is refused
        out: PathBuf,
        /// Only where this state or organisation takes part: CHN, IGO:UN
        #[arg(long, value_name = "CODE", value_parser = code)]
        country: Option<String>,
        /// Only from this day, month or year on: 2025-10-09, 2025-10, 2025
        #[arg(long, value_name = "DATE")]
        from: Option<Date>,
        /// Only up to this day, month or year
        #[arg(long, value_name = "DATE")]
        to: Option<Date>,
        /// Of a panel: what a row is
        #[arg(long, value_enum, default_value_t = PanelUnit::DyadMonth)]
        unit: PanelUnit,
        /// Write beside other things in the folder, and over files of the same names
        #[arg(long)]
        overwrite: bool,
        #[command(flatten)]
        record: RecordFile,
    },
    /// Code texts to standard output, without a record
    Code {
        /// Files, folders, or - for standard input
        #[arg(required = true)]
        path: Vec<PathBuf>,
        /// What to write: one JSON object a document, or CoNLL-U
        #[arg(long, value_enum, default_value_t = CodeFormat::Record)]
        format: CodeFormat,
        /// Threads to work on [default: one for each processor]
        #[arg(long, value_name = "N")]
        threads: Option<usize>,
        #[command(flatten)]
        depth: Depth,
        #[command(flatten)]
        actors: Actors,
    },
    /// Precision, recall and F1 against annotated documents
    Score {
        /// Annotations to measure against, one JSON object a line
        gold: PathBuf,
        /// The texts, one JSON object a line; they are coded and compared
        docs: PathBuf,
        /// Compare these annotations instead of coding the texts
        #[arg(long, value_name = "FILE")]
        predicted: Option<PathBuf>,
        /// Print one JSON object
        #[arg(long)]
        json: bool,
        /// Also print what was missed and what was too much in a layer
        #[arg(long, value_enum, value_name = "LAYER")]
        show: Option<Layer>,
        #[command(flatten)]
        depth: Depth,
        #[command(flatten)]
        actors: Actors,
    },
    /// Take up names that others have listed, as tables for --actors
    Import {
        #[command(subcommand)]
        what: Import,
    },
    /// The record as pages in a browser, on this machine only: read, look for, compare, check
    Serve {
        #[command(flatten)]
        door: Door,
        #[command(flatten)]
        record: RecordFile,
    },
    /// Check the data files: names, rules, codes
    Check {
        /// A folder of data files, a part of it or one page [default: the files in this program]
        path: Option<PathBuf>,
        /// Take remarks for problems: words that no text holds, patterns that others always forestall
        #[arg(long)]
        strict: bool,
    },
}

/// What `import` reads.
#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// Dictionaries of actors and agents (TABARI, PETRARCH) and CSV
    Actors {
        /// Dictionaries
        #[arg(required = true)]
        file: Vec<PathBuf>,
        /// The folder of tables; what is in it stays
        #[arg(long, value_name = "FOLDER", default_value = "actors")]
        into: PathBuf,
        /// Write every line that was not used to this file
        #[arg(long, value_name = "FILE")]
        report: Option<PathBuf>,
    },
}

/// How deep the language network reads.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Depth {
    /// Read with the first half of the network: nearly twice as fast, with more mistakes
    #[arg(long)]
    pub(crate) fast: bool,
}

impl From<Depth> for Exit {
    fn from(depth: Depth) -> Self {
        if depth.fast { Self::Fast } else { Self::Accurate }
    }
}

/// Which record.
#[derive(Debug, Args)]
pub(crate) struct RecordFile {
    /// The record
    #[arg(id = "record", long = "record", value_name = "FILE", default_value = "chancery.db")]
    pub(crate) path: PathBuf,
}

/// Which rows, and how.
#[derive(Debug, Args)]
pub(crate) struct List {
    /// Only where this state or organisation takes part: CHN, IGO:UN
    #[arg(long, value_name = "CODE", value_parser = code)]
    pub(crate) country: Option<String>,
    /// Only where this person takes part; a part of the name will do
    #[arg(long, value_name = "NAME")]
    pub(crate) person: Option<String>,
    /// Only from this day, month or year on: 2025-10-09, 2025-10, 2025
    #[arg(long, value_name = "DATE")]
    pub(crate) from: Option<Date>,
    /// Only up to this day, month or year
    #[arg(long, value_name = "DATE")]
    pub(crate) to: Option<Date>,
    /// How to print
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub(crate) format: ListFormat,
    #[command(flatten)]
    pub(crate) record: RecordFile,
}

/// Which texts wordings are looked for in.
#[derive(Debug, Args)]
pub(crate) struct Texts {
    /// Only what this publisher brought out
    #[arg(long, value_name = "NAME")]
    pub(crate) outlet: Option<String>,
    /// Only texts on a meeting of this state or organisation; given twice, of both
    #[arg(long, value_name = "CODE", value_parser = code)]
    pub(crate) country: Vec<String>,
}

/// Which formulae, and how.
#[derive(Debug, Args)]
pub(crate) struct Formulae {
    /// The last day of the period [default: that of the last text]
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<Date>,
    #[command(flatten)]
    pub(crate) texts: Texts,
    /// So many rows at most
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub(crate) limit: usize,
    /// How to print
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub(crate) format: ListFormat,
    #[command(flatten)]
    pub(crate) record: RecordFile,
}

/// What `add --list` prints.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Listed {
    /// Who met whom
    Meetings,
    /// Who said what in whose name
    Statements,
    /// Who did what to whom
    Events,
    /// Who held which office
    Roles,
    /// Everyone who is named
    People,
    /// The texts
    Documents,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Layer {
    /// Who held which office
    Roles,
    /// Who met whom
    Meetings,
    /// Who said what
    Statements,
    /// Who did what to whom
    Events,
}
