//! One page of the codebook: a type of event for people to read and for the machine to run. See `docs/codebook.md`.

use super::lexis::Lexis;
use super::pattern::{Classes, Code, NOBODY, Pattern, code};
use crate::knowledge::table::{did_you_mean, distance};
use crate::ontology::{EventType, Ontology};
use crate::rules::Sample;

/// A rule: one meaning with its code, the patterns that tell it, and its examples.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rule {
    pub(crate) name: String,
    pub(crate) code: Code,
    /// 1-based line of its code, else of its heading.
    pub(crate) code_line: usize,
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
    /// How provenance names a rule of this page: `assault#bomb`.
    pub(crate) fn name_of(&self, rule: &Rule) -> String {
        let mut name = String::with_capacity(self.plover.len() + 1 + rule.name.len());
        name.push_str(&self.plover);
        name.make_ascii_lowercase();
        name.push('#');
        name.push_str(&rule.name);
        name
    }

    /// Read a page; `shared` are the classes that all pages may use. What cannot be read is left out and told.
    pub(crate) fn read(text: &str, shared: &Classes, lexis: &mut Lexis) -> (Self, Vec<Fault>) {
        let mut reading = Reading {
            page: Self { plover: String::new(), together: false, sought: false, rules: Vec::new() },
            classes: shared.clone(),
            lexis,
            faults: Vec::new(),
            section: String::new(),
            list: List::Prose,
            fence: None,
            explained: false,
            tried: false,
        };
        for (number, line) in (1..).zip(text.lines()) {
            reading.line(number, line.trim_end());
        }
        reading.finish()
    }

    /// Types, CAMEO codes, modes, contexts and sectors that the tables of the ontologies do not have.
    pub(crate) fn unknown_codes(&self, ontology: &Ontology) -> Vec<Fault> {
        let Some(kind) = ontology.plover(&self.plover) else {
            let hint = did_you_mean(&self.plover, ontology.types().iter().map(|t| t.name.as_str()));
            let hint = hint.unwrap_or_else(|| "; codebook/plover.csv lists the sixteen".to_owned());
            let unnamed = self.plover.is_empty();
            let wrong = (1, format!("'{}' is no type of PLOVER{hint}", self.plover));
            return if unnamed { Vec::new() } else { vec![wrong] };
        };
        let mut faults = Vec::new();
        for rule in &self.rules {
            let own = rule.patterns.iter().filter_map(|p| Some((p.line, p.code.as_ref()?)));
            for (line, code) in std::iter::once((rule.code_line, &rule.code)).chain(own) {
                faults.extend(unknown_code(code, kind, ontology).into_iter().map(|wrong| (line, wrong)));
            }
            for pattern in &rule.patterns {
                let sectors = pattern.sectors().into_iter().filter(|s| *s != NOBODY);
                let wrong = sectors.filter_map(|s| ontology.unknown_sector(s));
                faults.extend(wrong.map(|wrong| (pattern.line, wrong)));
            }
        }
        faults
    }
}

/// What a code has that the tables do not have.
fn unknown_code(code: &Code, kind: &EventType, ontology: &Ontology) -> Vec<String> {
    let mut wrong = Vec::new();
    if let Some(cameo) = code.cameo.as_ref().filter(|c| ontology.cameo(c).is_none()) {
        let hint = did_you_mean(cameo, ontology.codes_of(&kind.name))
            .unwrap_or_else(|| "; codebook/cameo.csv lists them".to_owned());
        wrong.push(format!("there is no CAMEO code {cameo}{hint}"));
    }
    if let Some(mode) = code.mode.as_ref().filter(|m| !kind.modes.contains(m)) {
        let modes = kind.modes.join(", ");
        let hint = did_you_mean(mode, kind.modes.iter().map(String::as_str));
        wrong.push(match hint {
            _ if modes.is_empty() => format!("{} has no modes; take 'mode {mode}' out", kind.name),
            Some(hint) => format!("{} has no mode '{mode}'{hint}", kind.name),
            None => format!("{} has no mode '{mode}'; there are {modes}", kind.name),
        });
    }
    for context in code.contexts.iter().filter(|c| !ontology.has_context(c)) {
        let hint = did_you_mean(context, ontology.contexts())
            .unwrap_or_else(|| "; codebook/contexts.csv lists them".to_owned());
        wrong.push(format!("there is no context '{context}'{hint}"));
    }
    wrong
}

/// A page while it is read.
struct Reading<'l> {
    page: Page,
    classes: Classes,
    lexis: &'l mut Lexis,
    faults: Vec<Fault>,
    section: String,
    list: List,
    /// The line on which the block of patterns began in which we are.
    fence: Option<usize>,
    /// Whether the rule has a sentence on what it is for.
    explained: bool,
    /// Whether the rule has lines of patterns, well-formed or not.
    tried: bool,
}

impl Reading<'_> {
    fn line(&mut self, number: usize, line: &str) {
        let bare = line.trim();
        if let Some(opened) = self.fence {
            let beyond = bare.starts_with("### ") || matches!(bare, "Fires:" | "Silent:");
            if bare.starts_with("```") {
                self.fence = None;
                return;
            } else if !beyond {
                return self.pattern(number, bare);
            }
            self.unclosed(opened, number);
        }
        if let Some(name) = line.strip_prefix("### ").filter(|_| self.section == "Rules") {
            self.begin(number, name.trim());
        } else if let Some(name) = line.strip_prefix("## ") {
            self.begin_section(number, name.trim());
        } else if let Some(name) = line.strip_prefix("# ") {
            name.trim().clone_into(&mut self.page.plover);
        } else if self.section.is_empty() {
            self.head(number, line);
        } else if self.section == "Words" {
            match class(bare) {
                Some(Ok((name, words))) => {
                    let words = words.iter().map(|word| self.lexis.add(word)).collect();
                    self.classes.insert(name, words);
                }
                Some(Err(wrong)) => {
                    // What uses it is not wrong for that.
                    let name = bare.trim_start_matches(['-', ' ', '{']).split(['}', ':', ' ']).next();
                    self.classes.entry(name.unwrap_or_default().to_owned()).or_default();
                    self.faults.push((number, wrong));
                }
                None => {}
            }
        } else if self.section == "Rules" && !self.page.rules.is_empty() {
            self.of_rule(number, bare);
        }
    }

    fn begin_section(&mut self, number: usize, name: &str) {
        self.end_rule();
        let known = ["Words", "Rules"].into_iter().find(|known| is_slip(name, known));
        if let Some(known) = known {
            self.faults.push((number, format!("'## {name}' is no section; did you mean '## {known}'?")));
        }
        known.unwrap_or(name).clone_into(&mut self.section);
    }

    /// A line between the type and the first section.
    fn head(&mut self, number: usize, line: &str) {
        match line.split_once(':') {
            Some(("Parties", " together")) => self.page.together = true,
            Some(("Recipient", " sought")) => self.page.sought = true,
            Some((name @ ("Parties" | "Recipient"), value)) => {
                let right = if name == "Parties" { "together" } else { "sought" };
                let wrong =
                    format!("'{}' is nothing that {name} may be; write '{name}: {right}'", value.trim());
                self.faults.push((number, wrong));
            }
            Some((name, _)) => {
                let known = ["Parties", "Recipient"].into_iter().find(|known| is_slip(name, known));
                let wrong = |known| format!("a page has no field '{name}:'; did you mean '{known}:'?");
                self.faults.extend(known.map(|known| (number, wrong(known))));
            }
            None => {}
        }
    }

    fn begin(&mut self, number: usize, name: &str) {
        self.end_rule();
        if self.page.rules.iter().any(|r| r.name == name) {
            let wrong = format!("a rule '{name}' stands above already; names are used once");
            self.faults.push((number, wrong));
        }
        (self.list, self.explained, self.tried) = (List::Prose, false, false);
        self.page.rules.push(Rule {
            name: name.to_owned(),
            code: Code::default(),
            code_line: number,
            patterns: Vec::new(),
            fires: Vec::new(),
            silent: Vec::new(),
            line: number,
        });
    }

    fn pattern(&mut self, number: usize, bare: &str) {
        if bare.is_empty() || bare.starts_with('#') {
            return;
        }
        self.tried = true;
        if let Some(rule) = self.page.rules.last_mut() {
            match Pattern::parse(bare, number, &self.classes, self.lexis) {
                Ok(pattern) => rule.patterns.push(pattern),
                Err(wrong) => self.faults.push((number, wrong)),
            }
        }
    }

    fn unclosed(&mut self, opened: usize, number: usize) {
        self.fence = None;
        let wrong = format!("the block that begins here is not closed; end it with ``` before line {number}");
        self.faults.push((opened, wrong));
    }

    /// A line of a rule outside its block of patterns.
    fn of_rule(&mut self, number: usize, bare: &str) {
        let Some(rule) = self.page.rules.last_mut() else { return };
        if bare.starts_with("```") {
            self.fence = Some(number);
        } else if let Some(item) = bare.strip_prefix("- ").filter(|_| self.list != List::Prose) {
            let (text, record) = match item.split_once('→') {
                Some((text, record)) => (text.trim(), Some(record.trim().to_owned())),
                None => (item.trim(), None),
            };
            if self.list == List::Fires && record.is_none() {
                let wrong = "this example does not say who acts; write '→ ACTOR > RECIPIENT' behind it";
                self.faults.push((number, wrong.to_owned()));
            }
            let list = if self.list == List::Fires { &mut rule.fires } else { &mut rule.silent };
            list.push(Sample { text: text.to_owned(), record, line: number });
        } else if let Some((name, rest)) = bare.split_once(':').filter(|(name, _)| !name.contains(' ')) {
            match name {
                "Code" => match code(rest) {
                    Ok(code) => (rule.code, rule.code_line) = (code, number),
                    Err(wrong) => self.faults.push((number, wrong)),
                },
                "Fires" | "Silent" => {
                    self.list = if name == "Fires" { List::Fires } else { List::Silent };
                    if !rest.is_empty() {
                        let wrong = format!("the sentences stand below '{name}:', a line each: '- sentence'");
                        self.faults.push((number, wrong));
                    }
                }
                _ => self.other_field(number, name),
            }
        } else if !bare.is_empty() && self.list == List::Prose {
            self.explained = true;
        } else if !bare.is_empty() {
            let wrong = "this line is no example; each begins with '- ' and stands on one line";
            self.faults.push((number, wrong.to_owned()));
        }
    }

    fn other_field(&mut self, number: usize, name: &str) {
        let known = ["Code", "Fires", "Silent"].into_iter().find(|known| is_slip(name, known));
        match known {
            _ if matches!(name, "Mode" | "Context") => {
                let right = format!("Code: 1222, {} …", name.to_lowercase());
                self.faults.push((number, format!("a rule has no field '{name}:'; write it as '{right}'")));
            }
            Some(known) => {
                // What stands below belongs to it all the same.
                match known {
                    "Fires" => self.list = List::Fires,
                    "Silent" => self.list = List::Silent,
                    _ => {}
                }
                let wrong = format!("a rule has no field '{name}:'; did you mean '{known}:'?");
                self.faults.push((number, wrong));
            }
            None => self.explained = true,
        }
    }

    /// What the rule that ends here lacks.
    fn end_rule(&mut self) {
        let Some(rule) = self.page.rules.last().filter(|_| self.section == "Rules") else { return };
        let lacks = [
            (!self.explained, "no sentence on what it is for; write one before its patterns"),
            (!self.tried, "no pattern; write one in a ```rules block"),
            (rule.fires.is_empty(), "no 'Fires:' example"),
            (rule.silent.is_empty(), "no 'Silent:' example"),
        ];
        let lacks = lacks.iter().filter(|(lacks, _)| *lacks);
        let told = lacks.map(|(_, what)| (rule.line, format!("the rule '{}' has {what}", rule.name)));
        self.faults.extend(told);
    }

    fn finish(mut self) -> (Page, Vec<Fault>) {
        if let Some(opened) = self.fence {
            self.faults
                .push((opened, "the block that begins here is not closed; end it with ```".to_owned()));
        }
        self.end_rule();
        if self.page.plover.is_empty() {
            self.faults.push((1, "a page begins with its type: '# ACCUSE'".to_owned()));
        }
        self.faults.sort();
        (self.page, self.faults)
    }
}

/// Whether a word is another, misspelt: in its capitals or by one letter, of long words by two.
fn is_slip(word: &str, known: &str) -> bool {
    let far = distance(&word.to_lowercase(), &known.to_lowercase());
    word != known && far <= if known.len() > 5 { 2 } else { 1 }
}

/// `- {attack}: attack, raid` as a name and its words; nothing where a line begins otherwise.
pub(super) fn class(line: &str) -> Option<Result<(String, Vec<String>), String>> {
    let (name, words) = match line.strip_prefix("- {")?.split_once("}:") {
        Some(split) => split,
        None => return Some(Err("write '- {name}: word, word'".to_owned())),
    };
    let words = words.split(',').map(|w| w.trim().to_owned()).filter(|w| !w.is_empty());
    Some(Ok((name.to_owned(), words.collect())))
}
