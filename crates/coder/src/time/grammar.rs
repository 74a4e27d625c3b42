//! Rules of `data/languages/en/times.toml`: patterns of words and classes, compiled once.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::opening::RuleSet;
use super::vocabulary::{Class, Vocabulary, Words};

/// What a rule makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Makes {
    Date,
    /// A period that is a date only as a part of one: "the year".
    Whole,
    Length,
    Range,
    Duration,
    Set,
}

impl Makes {
    /// How many kinds there are.
    pub(super) const KINDS: usize = 6;
    /// All of them, in the order of their numbers.
    pub(super) const ALL: [Self; Self::KINDS] =
        [Self::Date, Self::Whole, Self::Length, Self::Range, Self::Duration, Self::Set];

    /// Whether what the rule makes is what is asked for.
    pub(super) fn is_made_by(self, rule: &Rule) -> bool {
        rule.makes == self || self == Self::Whole && rule.makes == Self::Date
    }
}

/// What may stand at a place that is not one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    Class(Class),
    Made(Makes),
    /// A unit in the singular, or in the plural.
    Singular,
    Plural,
    Day,
    Year,
    ShortYear,
    Count,
    Number,
    Ordinal,
    Decade,
    Figures,
    Short,
    MonthInFigures,
    Holiday,
}

impl Slot {
    /// How many numbers there are.
    pub(super) const NUMBERS: usize = Class::COUNT + Makes::KINDS + 13;

    /// A number for what may fill it.
    pub(super) fn number(self) -> u8 {
        const REST: u8 = (Class::COUNT + Makes::KINDS) as u8;
        match self {
            Self::Class(class) => class as u8,
            Self::Made(makes) => Class::COUNT as u8 + makes as u8,
            Self::Singular => REST,
            Self::Plural => REST + 1,
            Self::Day => REST + 2,
            Self::Year => REST + 3,
            Self::ShortYear => REST + 4,
            Self::Count => REST + 5,
            Self::Number => REST + 6,
            Self::Ordinal => REST + 7,
            Self::Decade => REST + 8,
            Self::Figures => REST + 9,
            Self::Short => REST + 10,
            Self::MonthInFigures => REST + 11,
            Self::Holiday => REST + 12,
        }
    }
}

/// A rule as it is written.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    pub(super) name: String,
    pattern: String,
    makes: Makes,
    reads: String,
    #[serde(default)]
    with: BTreeMap<String, i64>,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    not_after: Vec<String>,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    inside: bool,
    pub(super) fires: String,
    pub(super) silent: String,
}

impl Written {
    /// Whether what it makes may stand alone.
    pub(super) fn stands_alone(&self) -> bool {
        !self.inside && self.makes != Makes::Length
    }
}

/// The page of time expressions.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Page {
    pub(super) words: Words,
    parts: BTreeMap<String, String>,
    pub(super) rule: Vec<Written>,
}

/// A step of a compiled pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Word(u16),
    Slot(Slot, String),
    /// Go on in any of these ways.
    Split(Vec<Way>),
    Done,
}

/// A way on from a step at which a pattern splits: to one that reads something, or is the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) to: usize,
    pub(super) reads: Reads,
}

/// What a way goes on with: most do with what is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reads {
    Word(u16),
    /// What fills the slot of this number.
    Slot(u8),
    Nothing,
}

/// A step while its pattern is compiled: what reads, or where it goes on.
#[derive(Debug, Clone)]
enum Draft {
    Step(Step),
    Split(Vec<usize>),
}

/// A rule, ready to run.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) name: String,
    pub(super) makes: Makes,
    pub(super) reads: String,
    pub(super) with: Vec<(String, i64)>,
    pub(super) after: Vec<u16>,
    pub(super) not_after: Vec<u16>,
    pub(super) before: Vec<u16>,
    pub(super) inside: bool,
    pub(super) steps: Vec<Step>,
}

/// A pattern as a tree.
#[derive(Debug)]
enum Node {
    Word(String),
    Slot(Slot, String),
    Either(Vec<Vec<Node>>),
    Maybe(Box<Node>),
    Again(Box<Node>),
}

/// The rules of a page, or the name of one that is wrong and why.
pub(super) fn compile(page: &Page, vocabulary: &mut Vocabulary) -> Result<Vec<Rule>, (String, String)> {
    if let Some(written) = page.rule.get(RuleSet::MOST) {
        return Err((written.name.clone(), format!("a page has {} rules at most", RuleSet::MOST)));
    }
    let mut rules = Vec::with_capacity(page.rule.len());
    for written in &page.rule {
        let wrong = |why: String| (written.name.clone(), why);
        if !super::build::READS.contains(&written.reads.as_str()) {
            let known = super::build::READS.join(", ");
            return Err(wrong(format!("'{}' is no way to read; there are {known}", written.reads)));
        }
        let mut parser = Parser { rest: &written.pattern, parts: &page.parts };
        let nodes = parser.sequence().map_err(wrong)?;
        if !parser.rest.is_empty() {
            return Err((written.name.clone(), format!("cannot read '{}' of its pattern", parser.rest)));
        }
        let mut steps = Vec::new();
        emit(&nodes, &mut steps, vocabulary);
        steps.push(Draft::Step(Step::Done));
        let steps = (0..steps.len()).map(|at| flat(&steps, at)).collect();
        let mut ids = |words: &[String]| words.iter().map(|w| vocabulary.add(w)).collect::<Vec<_>>();
        rules.push(Rule {
            name: written.name.clone(),
            makes: written.makes,
            reads: written.reads.clone(),
            with: written.with.iter().map(|(k, v)| (k.clone(), *v)).collect(),
            after: ids(&written.after),
            not_after: ids(&written.not_after),
            before: ids(&written.before),
            inside: written.inside,
            steps,
        });
    }
    Ok(rules)
}

/// A step; one that goes on at others names those that read something, or are the end.
fn flat(steps: &[Draft], at: usize) -> Step {
    fn reached(steps: &[Draft], at: usize, above: &mut Vec<usize>, out: &mut Vec<Way>) {
        match &steps[at] {
            Draft::Split(next) if !above.contains(&at) => {
                above.push(at);
                next.iter().for_each(|&next| reached(steps, next, above, out));
                above.pop();
            }
            Draft::Split(_) => {}
            Draft::Step(step) => {
                let reads = match step {
                    Step::Word(id) => Reads::Word(*id),
                    Step::Slot(slot, _) => Reads::Slot(slot.number()),
                    Step::Split(_) | Step::Done => Reads::Nothing,
                };
                out.push(Way { to: at, reads });
            }
        }
    }
    match &steps[at] {
        Draft::Split(_) => {
            let mut out = Vec::new();
            reached(steps, at, &mut Vec::new(), &mut out);
            Step::Split(out)
        }
        Draft::Step(step) => step.clone(),
    }
}

fn emit(nodes: &[Node], steps: &mut Vec<Draft>, vocabulary: &mut Vocabulary) {
    for node in nodes {
        match node {
            Node::Word(word) => steps.push(Draft::Step(Step::Word(vocabulary.add(word)))),
            Node::Slot(slot, label) => steps.push(Draft::Step(Step::Slot(*slot, label.clone()))),
            Node::Either(branches) => {
                let split = steps.len();
                steps.push(Draft::Step(Step::Done));
                let (mut starts, mut ends) = (Vec::new(), Vec::new());
                for branch in branches {
                    starts.push(steps.len());
                    emit(branch, steps, vocabulary);
                    ends.push(steps.len());
                    steps.push(Draft::Step(Step::Done));
                }
                let after = steps.len();
                steps[split] = Draft::Split(starts);
                for end in ends {
                    steps[end] = Draft::Split(vec![after]);
                }
            }
            Node::Maybe(inner) | Node::Again(inner) => {
                let split = steps.len();
                steps.push(Draft::Step(Step::Done));
                emit(std::slice::from_ref(inner), steps, vocabulary);
                if matches!(node, Node::Again(_)) {
                    steps.push(Draft::Split(vec![split]));
                }
                steps[split] = Draft::Split(vec![split + 1, steps.len()]);
            }
        }
    }
}

struct Parser<'a> {
    rest: &'a str,
    parts: &'a BTreeMap<String, String>,
}

impl Parser<'_> {
    fn sequence(&mut self) -> Result<Vec<Node>, String> {
        let mut nodes = Vec::new();
        loop {
            self.rest = self.rest.trim_start();
            if self.rest.is_empty() || self.rest.starts_with(['|', ')']) {
                return Ok(nodes);
            }
            let mut node = self.item()?;
            if let Some(rest) = self.rest.strip_prefix('?') {
                (self.rest, node) = (rest, Node::Maybe(Box::new(node)));
            } else if let Some(rest) = self.rest.strip_prefix('*') {
                (self.rest, node) = (rest, Node::Again(Box::new(node)));
            }
            nodes.push(node);
        }
    }

    fn item(&mut self) -> Result<Node, String> {
        if let Some(rest) = self.rest.strip_prefix('(') {
            self.rest = rest;
            let mut branches = vec![self.sequence()?];
            while let Some(rest) = self.rest.strip_prefix('|') {
                self.rest = rest;
                branches.push(self.sequence()?);
            }
            self.rest = self.rest.strip_prefix(')').ok_or("a bracket is not closed")?;
            return Ok(Node::Either(branches));
        }
        if let Some(rest) = self.rest.strip_prefix('<') {
            let (inner, rest) = rest.split_once('>').ok_or("a '<' is not closed")?;
            self.rest = rest;
            let (name, label) = inner.split_once(':').unwrap_or((inner, inner));
            let slot = slot(name).ok_or(format!("'<{name}>' is no class"))?;
            let label = if inner.contains(':') { label } else { of_slot(name) };
            return Ok(Node::Slot(slot, label.to_owned()));
        }
        let end = self.rest.find(|c: char| c.is_whitespace() || "()|?*<>".contains(c));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()).max(1));
        self.rest = rest;
        let Some(name) = word.strip_prefix('$') else { return Ok(Node::Word(word.to_owned())) };
        let part = self.parts.get(name).ok_or(format!("there is no part '{name}'"))?;
        let mut inner = Parser { rest: part, parts: self.parts };
        Ok(Node::Either(vec![inner.sequence()?]))
    }
}

/// The label of a slot that has none of its own.
fn of_slot(name: &str) -> &str {
    match name {
        "edge" => "part",
        "whole" => "date",
        "singular" | "plural" => "unit",
        "vague" => "vague_count",
        other => other,
    }
}

fn slot(name: &str) -> Option<Slot> {
    Some(match name {
        "date" => Slot::Made(Makes::Date),
        "whole" => Slot::Made(Makes::Whole),
        "length" => Slot::Made(Makes::Length),
        "singular" => Slot::Singular,
        "plural" => Slot::Plural,
        "day" => Slot::Day,
        "year" => Slot::Year,
        "year2" => Slot::ShortYear,
        "count" => Slot::Count,
        "number" => Slot::Number,
        "ordinal" => Slot::Ordinal,
        "decade" => Slot::Decade,
        "figures" => Slot::Figures,
        "short" => Slot::Short,
        "month_in_figures" => Slot::MonthInFigures,
        "holiday" => Slot::Holiday,
        class => Slot::Class(
            Class::deserialize(serde::de::value::StrDeserializer::<serde::de::value::Error>::new(class))
                .ok()?,
        ),
    })
}
