//! One page of the codebook: a type of event for people to read and for the machine to run. See `docs/codebook.md`.

use super::pattern::{Classes, Code, Pattern, code};
use crate::ontology::Ontology;
use crate::rules::Sample;

/// A rule: one meaning with its code, the patterns that tell it, and its examples.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) name: String,
    pub(crate) code: Code,
    pub(crate) patterns: Vec<Pattern>,
    pub(crate) fires: Vec<Sample>,
    pub(crate) silent: Vec<Sample>,
    /// 1-based line of its heading.
    pub(crate) line: usize,
}

/// A page: a type and its rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    /// PLOVER type: `ACCUSE`.
    pub(crate) plover: String,
    /// Whether all who take part are actors: `Parties: together`.
    pub(crate) together: bool,
    /// Whether one toward whom it is done is looked for where a pattern names none: `Recipient: sought`.
    pub(crate) sought: bool,
    pub(crate) rules: Vec<Rule>,
}

/// Something that a page has wrong: 1-based line and what, in an editor's words.
pub(crate) type Fault = (usize, String);

/// Which list of a rule a line belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum List {
    Prose,
    Fires,
    Silent,
}

impl Page {
    /// Read a page; `shared` are the classes that all pages may use. What cannot be read is left out and told.
    pub(crate) fn read(text: &str, shared: &Classes) -> (Self, Vec<Fault>) {
        let mut page = Self { plover: String::new(), together: false, sought: false, rules: Vec::new() };
        let mut faults = Vec::new();
        let mut classes = shared.clone();
        let (mut section, mut list, mut fenced) = ("", List::Prose, false);
        for (number, line) in text.lines().enumerate().map(|(i, l)| (i + 1, l.trim_end())) {
            let bare = line.trim();
            if fenced {
                fenced = !bare.starts_with("```");
                if fenced
                    && !bare.is_empty()
                    && !bare.starts_with('#')
                    && let Some(rule) = page.rules.last_mut()
                {
                    match Pattern::parse(bare, number, &classes) {
                        Ok(pattern) => rule.patterns.push(pattern),
                        Err(wrong) => faults.push((number, format!("this pattern {wrong}"))),
                    }
                }
            } else if let Some(name) = line.strip_prefix("### ") {
                list = List::Prose;
                if page.rules.iter().any(|r| r.name == name) {
                    faults
                        .push((number, format!("a rule '{name}' stands above already; names are used once")));
                }
                page.rules.push(Rule {
                    name: name.trim().to_owned(),
                    code: Code::default(),
                    patterns: Vec::new(),
                    fires: Vec::new(),
                    silent: Vec::new(),
                    line: number,
                });
            } else if let Some(name) = line.strip_prefix("## ") {
                section = name.trim();
            } else if let Some(name) = line.strip_prefix("# ") {
                name.trim().clone_into(&mut page.plover);
            } else if line == "Parties: together" {
                page.together = true;
            } else if line == "Recipient: sought" {
                page.sought = true;
            } else if section == "Words" {
                if let Some(item) = bare.strip_prefix("- {") {
                    match item.split_once("}:") {
                        Some((name, words)) => {
                            let words =
                                words.split(',').map(|w| w.trim().to_owned()).filter(|w| !w.is_empty());
                            classes.insert(name.to_owned(), words.collect());
                        }
                        None => faults.push((number, "write '- {name}: word, word'".to_owned())),
                    }
                }
            } else if section == "Rules"
                && let Some(rule) = page.rules.last_mut()
            {
                fenced = bare.starts_with("```");
                match bare {
                    "Fires:" => list = List::Fires,
                    "Silent:" => list = List::Silent,
                    _ => {}
                }
                if let Some(words) = bare.strip_prefix("Code:") {
                    match code(words) {
                        Ok(code) => rule.code = code,
                        Err(wrong) => faults.push((number, wrong)),
                    }
                }
                if let Some(item) = bare.strip_prefix("- ") {
                    let (text, record) = match item.split_once('→') {
                        Some((text, record)) => (text.trim(), Some(record.trim().to_owned())),
                        None => (item.trim(), None),
                    };
                    let sample = Sample { text: text.to_owned(), record, line: number };
                    match list {
                        List::Fires => rule.fires.push(sample),
                        List::Silent => rule.silent.push(sample),
                        List::Prose => {}
                    }
                }
            }
        }
        if page.plover.is_empty() {
            faults.push((1, "a page begins with its type: '# ACCUSE'".to_owned()));
        }
        for rule in &page.rules {
            let lacks = [
                (rule.patterns.is_empty(), "no pattern; write one in a ```rules block"),
                (rule.fires.is_empty(), "no 'Fires:' example"),
                (rule.silent.is_empty(), "no 'Silent:' example"),
                (
                    rule.fires.iter().any(|s| s.record.is_none()),
                    "a 'Fires:' example without '→ ACTOR > RECIPIENT'",
                ),
            ];
            faults.extend(
                lacks
                    .iter()
                    .filter(|l| l.0)
                    .map(|l| (rule.line, format!("the rule '{}' has {}", rule.name, l.1))),
            );
        }
        (page, faults)
    }

    /// Types, CAMEO codes and modes that the tables of the ontologies do not have.
    pub(crate) fn unknown_codes(&self, ontology: &Ontology) -> Vec<Fault> {
        let Some(kind) = ontology.plover(&self.plover) else {
            let all = "the sixteen types stand in codebook/plover.csv";
            return vec![(1, format!("'{}' is no type of PLOVER; {all}", self.plover))];
        };
        let mut faults = Vec::new();
        for rule in &self.rules {
            let own = rule.patterns.iter().filter_map(|p| Some((p.line, p.code.as_ref()?)));
            for (line, code) in std::iter::once((rule.line, &rule.code)).chain(own) {
                if let Some(cameo) = code.cameo.as_ref().filter(|c| ontology.cameo(c).is_none()) {
                    faults.push((
                        line,
                        format!("there is no CAMEO code {cameo}; codebook/cameo.csv lists them"),
                    ));
                }
                if let Some(mode) = code.mode.as_ref().filter(|m| !kind.modes.contains(m)) {
                    let modes = kind.modes.join(", ");
                    faults.push((line, format!("{} has no mode '{mode}'; there are {modes}", self.plover)));
                }
            }
        }
        faults
    }
}
