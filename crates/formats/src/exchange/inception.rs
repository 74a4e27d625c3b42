//! INCEpTION: UIMA CAS JSON 0.4, one file a text, in UTF-16 code units.
//!
//! Each kind of row is a layer of spans with string features; parts of one row, and the words that attribute it, share its `row`.

use chancery_model::{Document, Record};
use serde_json::{Map, Value, json};

use super::Reading;
use super::marks::{Bond, CUE, LABELS, Mark, Marks, list, reading};
use super::offsets::{Offsets, Unit};
use super::text::fields;

/// What the names of the layers begin with.
const PREFIX: &str = "webanno.custom.Chancery";
const META: &str = "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData";

/// The type of a label: `webanno.custom.ChanceryStatement`.
fn type_of(label: &str) -> String {
    let (first, rest) = label.split_at(1);
    format!("{PREFIX}{}{rest}", first.to_uppercase())
}

fn features_of(label: &str) -> Vec<&'static str> {
    let list = list(label);
    let own = if list.is_empty() { &[] } else { fields(list) };
    own.iter().map(|(name, _)| *name).chain(["row"]).collect()
}

/// The text with its rows as one CAS.
#[must_use]
pub fn inception(document: &Document, record: &Record) -> Value {
    let (marks, offsets) = (Marks::of(document, record), Offsets::new(&document.text, Unit::Utf16));
    let whole = document.text.encode_utf16().count();
    let mut structures = vec![
        json!({
            "%ID": 1, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "mimeType": "text",
            "sofaString": document.text,
        }),
        json!({
            "%ID": 2, "%TYPE": META, "@sofa": 1, "begin": 0, "end": whole,
            "language": document.source.language.as_deref().unwrap_or("x-unspecified"),
            "documentTitle": document.id, "documentId": document.id,
        }),
    ];
    for (at, mark) in marks.marks.iter().enumerate() {
        let (start, end) = offsets.of(mark.span);
        let mut structure = json!({
            "%ID": at + 3, "%TYPE": type_of(mark.label), "@sofa": 1, "begin": start, "end": end,
        });
        mark.features.iter().for_each(|(name, text)| structure[name] = text.as_str().into());
        structure["row"] = format!("r{}", first(&marks, at)).into();
        structures.push(structure);
    }
    let members: Vec<usize> = (2..structures.len() + 1).collect();
    json!({
        "%TYPES": types(),
        "%FEATURE_STRUCTURES": structures,
        "%VIEWS": { "_InitialView": { "%SOFA": 1, "%MEMBERS": members } },
    })
}

/// The first mark of the row that a mark is of.
fn first(marks: &Marks, at: usize) -> usize {
    marks.bonds.iter().find(|(_, to, _)| *to == at).map_or(at, |(from, ..)| first(marks, *from))
}

fn types() -> Map<String, Value> {
    let string = |name: &str| json!({ "%NAME": name, "%RANGE": "uima.cas.String" });
    let described = |name: &str, above: &str, features: &[&str]| {
        let mut described = json!({ "%NAME": name, "%SUPER_TYPE": above });
        features.iter().for_each(|feature| described[*feature] = string(feature));
        (name.to_owned(), described)
    };
    let own =
        LABELS.iter().map(|label| described(&type_of(label), "uima.tcas.Annotation", &features_of(label)));
    let meta = described(META, "uima.tcas.DocumentAnnotation", &["documentTitle", "documentId"]);
    own.chain([meta]).collect()
}

/// Whether an object is a CAS.
pub(super) fn is(value: &Value) -> bool {
    !value["%FEATURE_STRUCTURES"].is_null()
}

/// The reading that a CAS holds.
pub(super) fn read(cas: &Value) -> Result<Reading, String> {
    let structures = cas["%FEATURE_STRUCTURES"].as_array().map(Vec::as_slice).unwrap_or_default();
    let text = structures.iter().find_map(|s| s["sofaString"].as_str());
    let text = text.ok_or("no text; export from INCEpTION as UIMA CAS JSON 0.4")?;
    let offsets = Offsets::new(text, Unit::Utf16);
    let (mut marks, mut named) = (Marks::default(), Vec::new());
    for structure in structures {
        let kind = structure["%TYPE"].as_str().unwrap_or_default();
        let Some(label) = LABELS.into_iter().find(|label| type_of(label) == kind) else { continue };
        let place = |key: &str| {
            let (plain, anchor) = (&structure[key], &structure[format!("^{key}")]);
            plain.as_u64().or(anchor.as_u64()).unwrap_or(0)
        };
        let (start, end) = (place("begin"), place("end"));
        let span = offsets.span(start, end).ok_or_else(|| {
            format!("{kind} {}: {start} to {end} are no words of the text in UTF-16 units", structure["%ID"])
        })?;
        let text = |name: &&str| Some(((*name).to_owned(), structure[*name].as_str()?.to_owned()));
        let features = features_of(label);
        let features = features.iter().filter(|name| **name != "row").filter_map(text).collect();
        named.push(structure["row"].as_str().unwrap_or_default().to_owned());
        marks.marks.push(Mark { label, span, features });
    }
    for at in 0..marks.marks.len() {
        let same = |other: &usize| !named[at].is_empty() && named[*other] == named[at];
        let (cue, parts): (Vec<usize>, Vec<usize>) =
            (0..marks.marks.len()).filter(same).partition(|other| marks.marks[*other].label == CUE);
        if marks.marks[at].label != "statement" || parts.first() != Some(&at) {
            continue;
        }
        let parts: Vec<usize> = in_order(&parts, &marks);
        marks.bonds.extend(parts.windows(2).map(|pair| (pair[0], pair[1], Bond::Next)));
        marks.bonds.extend(cue.into_iter().map(|to| (parts[0], to, Bond::Cue)));
        // What the row says may stand on any of its parts.
        let told: Vec<_> =
            parts.iter().flat_map(|part| std::mem::take(&mut marks.marks[*part].features)).collect();
        marks.marks[parts[0]].features = told;
    }
    let meta = |s: &&Value| s["%TYPE"] == META;
    let title = structures.iter().find(meta).and_then(|s| s["documentTitle"].as_str()).unwrap_or_default();
    Ok(reading(title.trim_end_matches(".json"), text, None, None, marks.rows(true)))
}

/// The parts of a row of one label, as they stand in the file.
fn in_order(parts: &[usize], marks: &Marks) -> Vec<usize> {
    parts.iter().copied().filter(|part| marks.marks[*part].label == "statement").collect()
}
