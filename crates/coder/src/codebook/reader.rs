//! What is done with the opinion of the learned reader of events: `data/codebook/en/reader.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::lexis::Lexis;
use super::page::{Fault, Rule};
use super::pattern::{Classes, Code, Filler, Pattern, Place};
use super::table;

/// When the reader is heard, and the patterns by which the places at a word that no page knows are filled.
#[derive(Debug, Clone)]
pub(crate) struct EventReader {
    /// How sure it must be to tell what no page does, in hundredths.
    pub(crate) least: u8,
    /// How sure it must be where no pattern fits, so that only where they stand tells who does it to whom, in hundredths.
    pub(crate) bare: u8,
    /// How sure it must be where grammar says that it has not happened, in hundredths.
    pub(crate) unreal: u8,
    /// How sure it must be where another word of the sentence tells an event of that type, in hundredths.
    pub(crate) second: u8,
    /// How sure it must be that a word tells nothing for a page to be disputed, in hundredths.
    pub(crate) against: u8,
    /// How sure it must be of that for the page not to be believed, in hundredths.
    pub(crate) overrule: u8,
    /// How sure it must be that a word tells another type than the page says for that to be told instead, in hundredths.
    pub(crate) instead: u8,
    /// How sure a phrase must be to fill a side that no pattern fills, in hundredths.
    pub(crate) fill: u8,
    /// How sure a phrase must be to take a side that a pattern has given to another, in hundredths.
    pub(crate) replace: u8,
    any: Rule,
    of_type: BTreeMap<String, Rule>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    least: u8,
    bare: u8,
    unreal: u8,
    second: u8,
    against: u8,
    overrule: u8,
    instead: u8,
    fill: u8,
    replace: u8,
    patterns: BTreeMap<String, Vec<String>>,
}

impl EventReader {
    /// Read the file; what is wrong in it is told.
    pub(super) fn read(
        file: Option<&(&str, &str)>,
        lexis: &mut Lexis,
        faults: &mut Vec<(String, Fault)>,
    ) -> Self {
        let read: File = file.map_or_else(File::default, |f| table(f, faults));
        let mut of_type = BTreeMap::new();
        for (plover, lines) in read.patterns {
            let mut patterns = Vec::new();
            for line in &lines {
                match Pattern::parse(&line.replace("WORD", "word"), 1, &Classes::new(), lexis) {
                    Ok(pattern) => patterns.push(pattern),
                    Err(wrong) => {
                        let path = file.map_or("reader.toml", |f| f.0);
                        faults.push((path.to_owned(), (1, format!("'{line}': {wrong}"))));
                    }
                }
            }
            patterns.sort_by_key(|p| std::cmp::Reverse(p.weight()));
            of_type.insert(plover, rule(patterns));
        }
        let any = of_type.remove("any").unwrap_or_else(|| rule(Vec::new()));
        Self {
            least: read.least,
            bare: read.bare,
            unreal: read.unreal,
            second: read.second,
            against: read.against,
            overrule: read.overrule,
            instead: read.instead,
            fill: read.fill,
            replace: read.replace,
            any,
            of_type,
        }
    }

    /// Whether several may do what a type tells together, as its patterns here have it: those name `ACTORS`.
    pub(crate) fn jointly(&self, plover: &str) -> bool {
        let actors = |p: &Place| matches!(p.filler, Filler::Actors);
        self.rule(plover).patterns.iter().any(|p| p.subject.iter().chain(&p.places).any(actors))
    }

    /// The patterns of a type, those that say most first.
    pub(crate) fn rule(&self, plover: &str) -> &Rule {
        self.of_type.get(plover).unwrap_or(&self.any)
    }
}

fn rule(patterns: Vec<Pattern>) -> Rule {
    let name = "reader".to_owned();
    let (fires, silent) = (Vec::new(), Vec::new());
    Rule { name, code: Code::default(), code_line: 1, patterns, fires, silent, line: 1 }
}
