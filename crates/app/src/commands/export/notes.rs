//! What the codebook of an export says beside its columns.

use std::collections::BTreeSet;

use chancery_coder::ontology::Ontology;
use chancery_formats::write::export::{Actor, CodeList, Event, Graph};

use crate::cli::ExportFormat;

/// The name of the format on the command line.
pub(super) fn name(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Plover => "plover",
        ExportFormat::Polecat => "polecat",
        ExportFormat::Icews => "icews",
        ExportFormat::Gdelt => "gdelt",
        ExportFormat::Csv => "csv",
        ExportFormat::Jsonl => "jsonl",
        ExportFormat::Parquet => "parquet",
        ExportFormat::Graph => "graph",
        ExportFormat::Panel => "panel",
        ExportFormat::Doccano => "doccano",
        ExportFormat::LabelStudio => "label-studio",
        ExportFormat::Inception => "inception",
    }
}

/// What the export is.
pub(super) fn title(format: ExportFormat) -> &'static str {
    match format {
        ExportFormat::Plover => "Events of a record of Chancery as PLOVER",
        ExportFormat::Polecat => "Events of a record of Chancery in the columns of POLECAT",
        ExportFormat::Icews => "Events of a record of Chancery in the columns of ICEWS",
        ExportFormat::Gdelt => "Events of a record of Chancery in the columns of GDELT 2.0",
        ExportFormat::Csv => "A record of Chancery as CSV",
        ExportFormat::Jsonl => "A record of Chancery as JSON lines",
        ExportFormat::Parquet => "A record of Chancery as Parquet",
        ExportFormat::Graph => "Who met whom in a record of Chancery",
        ExportFormat::Panel => "Counts of events of a record of Chancery by month",
        ExportFormat::Doccano => "Texts of a record of Chancery and their rows for doccano",
        ExportFormat::LabelStudio => "Texts of a record of Chancery and their rows for Label Studio",
        ExportFormat::Inception => "Texts of a record of Chancery and their rows for INCEpTION",
    }
}

const ONE: &str = "One real event is one event, however many documents tell it; event_mentions has one line for each time that it is told.";
const EVERY: &str = "Events that are planned, asked for or denied are in the file too; context says so: future, hypothetical, negation.";
const HAPPENED: &str =
    "Only events that are told as having happened; what is planned, asked for or denied is left out.";
const PAIRS: &str = "An event stands once for each pair of source and target. Of a meeting, an agreement, cooperation or a fight without a \
                     recipient, each side stands with each other in both directions; other events without a recipient have no target. \
                     A side is a state or body; the first of its persons stands for it.";
const CELLS: &str = "No cell holds a tab or a line break: each control character became as many spaces as it has bytes, so that places in \
                     bytes still hold.";
const BARE: &str = "Nothing is quoted: a double quote became a single one.";
const CODES: &str = "Codes of states go by the date of the event: COW numbers of Hong Kong begin in 1997.";
const BACK: &str = "`chancery corrections import FILE --coder NAME` takes up what was changed. The text must stay as it is: it tells the document.";
const TEXTS: &str = "Texts are as the documents have them. One that begins with =, +, - or @ is a formula to a spreadsheet: import it as text.";

/// What a user must know before counting.
pub(super) fn notes(format: ExportFormat, events: &[Event]) -> Vec<String> {
    let fixed: &[&str] = match format {
        ExportFormat::Plover => &[ONE, EVERY, CELLS, CODES],
        ExportFormat::Polecat => &[
            ONE,
            EVERY,
            CELLS,
            BARE,
            CODES,
            "Lists are joined by `; ` and have one item for each name, `None` where it is not known.",
        ],
        ExportFormat::Icews => &[ONE, HAPPENED, PAIRS, CELLS, BARE],
        ExportFormat::Gdelt => &[
            ONE,
            HAPPENED,
            PAIRS,
            CELLS,
            BARE,
            "The files have no header; the columns are in the order below.",
        ],
        ExportFormat::Csv => &[
            "Count happenings, not events: events has a line for each document that tells one.",
            CELLS,
            TEXTS,
        ],
        ExportFormat::Jsonl | ExportFormat::Parquet => {
            &["Count happenings, not events: events has a line for each document that tells one.", CELLS]
        }
        ExportFormat::Doccano => &[
            "Import texts.jsonl into a project for sequence labelling with relations and overlapping spans; export it as JSONL.",
            BACK,
        ],
        ExportFormat::LabelStudio => &[
            "Paste interface.xml as the labelling interface, then import tasks.json; export the project as JSON.",
            BACK,
        ],
        ExportFormat::Inception => &[
            "Each file is a UIMA CAS in JSON 0.4. The project needs span layers with the names and string features that stand under %TYPES; \
             layers may overlap. Export as UIMA CAS JSON 0.4.",
            BACK,
        ],
        ExportFormat::Graph => &["Only meetings that are told as having happened."],
        ExportFormat::Panel => &[
            HAPPENED,
            "One row for each unit that has any event and each month from the first to the last that has an event or a document.",
            "A month is covered where a document of the record is dated in it. A count of 0 in a covered month is a true zero; in other \
             months the cell is empty, for nobody looked. What later documents tell of such a month is counted there.",
        ],
    };
    let mut notes: Vec<String> = fixed.iter().map(|&note| note.to_owned()).collect();
    match format {
        ExportFormat::Panel => {
            let vague = events.iter().filter(|event| event.month.is_none()).count();
            notes.push(format!("Left out since no one month is known to hold them: {vague} events."));
        }
        ExportFormat::Graph => {
            let about = Graph::codebook().map(|(name, of, about)| format!("`{name}` of a {of}: {about}"));
            notes.extend(about);
        }
        _ => {}
    }
    notes
}

/// The codes that the events use.
pub(super) fn codes(format: ExportFormat, events: &[Event], ontology: &Ontology) -> Vec<CodeList> {
    let list = |title: &str, codes: Vec<(String, String)>| CodeList { title: title.to_owned(), codes };
    let used =
        |of: fn(&Event) -> Option<&String>| -> BTreeSet<&String> { events.iter().filter_map(of).collect() };
    let types = used(|event| Some(&event.plover));
    let types = types.into_iter().filter_map(|name| ontology.plover(name));
    let types = types.map(|t| (t.name.clone(), t.definition.clone())).collect();
    let (visit, host) = ("042".to_owned(), "043".to_owned());
    let mut cameo = used(|event| event.cameo.as_ref());
    if cameo.contains(&visit) {
        cameo.insert(&host);
    }
    let cameo = cameo.into_iter().filter_map(|code| ontology.cameo(code));
    let cameo = cameo.map(|code| (code.code.clone(), code.name.clone())).collect();
    let actors = || events.iter().flat_map(|event| event.actors.iter().chain(&event.recipients));
    let sectors: BTreeSet<(&str, &str)> =
        actors().map(|a: &Actor| (a.sector.as_str(), a.sector_name.as_str())).collect();
    let sectors = sectors.into_iter().filter(|s| !s.0.is_empty());
    let sectors = sectors.map(|(code, name)| (code.to_owned(), name.to_owned())).collect();
    let all = match format {
        ExportFormat::Plover | ExportFormat::Polecat => {
            vec![list("Types of PLOVER", types), list("Sectors", sectors)]
        }
        ExportFormat::Icews | ExportFormat::Gdelt => {
            vec![list("Codes of CAMEO", cameo), list("Sectors", sectors)]
        }
        ExportFormat::Panel => vec![list("Types of PLOVER", types)],
        _ => Vec::new(),
    };
    all.into_iter().filter(|list| !list.codes.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum as _;

    use super::*;

    #[test]
    fn names_are_those_of_the_command_line() {
        for format in ExportFormat::value_variants() {
            assert_eq!(
                format.to_possible_value().map(|v| v.get_name().to_owned()).as_deref(),
                Some(name(*format))
            );
        }
    }
}
