//! The documents that tests are made on, coded once.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chancery_coder::Coder;
use chancery_model::{Analysis, Document, Record, conllu};

use crate::document::document;
use crate::render::render;

macro_rules! testdata {
    ($($name:literal),*) => {
        /// Name, text and trees of every document.
        const FILES: &[(&str, &str, &str)] = &[$((
            $name,
            include_str!(concat!("../../testdata/", $name, ".txt")),
            include_str!(concat!("../../testdata/", $name, ".conllu")),
        )),*];
    };
}

testdata!(
    "call",
    "denials",
    "earlier",
    "greetings",
    "letter",
    "namesake",
    "offices",
    "remarks",
    "repairs",
    "seats",
    "spokesperson",
    "summit",
    "towns",
    "transcript",
    "unsaid",
    "visit"
);

pub(crate) static CODER: LazyLock<Coder> = LazyLock::new(Coder::embedded);

/// A document with its trees and its record.
pub(crate) struct Coded {
    pub(crate) document: Document,
    pub(crate) analysis: Analysis,
    pub(crate) record: Record,
}

/// Every document of `testdata`, by name.
pub(crate) static CODED: LazyLock<BTreeMap<&str, Coded>> = LazyLock::new(|| {
    let coded = FILES.iter().map(|(name, text, trees)| {
        let document = document(name, text);
        let analysis = conllu::read(&document, trees).unwrap_or_else(|e| panic!("{name}.conllu, {e}"));
        let record = CODER.code(&document, &analysis);
        (*name, Coded { document, analysis, record })
    });
    coded.collect()
});

/// The rows of a document that contain all of `parts`, one a line.
pub(crate) fn rows(name: &str, parts: &[&str]) -> String {
    let coded = &CODED[name];
    let lines = render(&coded.document, &coded.record);
    let fits = |line: &&String| parts.iter().all(|part| line.contains(part));
    lines.iter().filter(fits).map(|line| format!("{line}\n")).collect()
}
