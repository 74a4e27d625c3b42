//! Time expressions: "on Thursday", "Oct. 9, 2025", "earlier this month", "in the coming weeks", "every two years".
//!
//! Each is read by a rule of `data/languages/en/times.toml`, the longest that begins at a word, and resolved against the document's
//! reference day (dateline, else publication) or, where it goes on from a day told of before ("the next day"), against that one. What
//! comes out is an interval with its precision and a value of TIMEX3 (TimeML's DATE, DURATION and SET). Nothing that needs a day to
//! count from is dated without one.

mod atoms;
mod build;
mod calendar;
mod expression;
mod figures;
mod grammar;
mod holidays;
mod lengths;
mod matching;
mod numbers;
mod opening;
mod ranges;
mod reading;
mod resolve;
mod tense;
mod vocabulary;

use chancery_model::{Date, Span, When};
use jiff::civil;

use crate::rules::Example;
use crate::tree::Tree;
use grammar::{Page, Rule};
use matching::Matcher;
use opening::Openings;
use reading::{Reading, model};
use resolve::Context;
use vocabulary::Vocabulary;

/// The page of words and rules, and the table of holidays, by path below `data/`.
pub(crate) const FILES: [(&str, &str); 2] = [
    ("languages/en/times.toml", include_str!("../../../../data/languages/en/times.toml")),
    ("languages/en/holidays.csv", include_str!("../../../../data/languages/en/holidays.csv")),
];

/// A time expression of a sentence that is an interval.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Time {
    /// First and last word.
    pub(crate) words: (usize, usize),
    pub(crate) span: Span,
    pub(crate) when: When,
    /// The same as it was read, before a row put it into another year.
    read: When,
    /// Whether it looks back by itself ("last month", "earlier this year", "yesterday").
    pub(crate) back: bool,
}

/// A time expression as TIMEX3 has it, with its interval where it is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeExpression {
    /// Where it stands.
    pub span: Span,
    /// `DATE`, `DURATION` or `SET`.
    pub kind: &'static str,
    /// ISO 8601 as TIMEX3 extends it: `2025-10`, `2025-W41`, `2025-Q3`, `P3M`, `XXXX-WXX-1`.
    pub value: String,
    /// `START`, `MORE_THAN`, `BEFORE` …
    pub modifier: Option<&'static str>,
    /// How precise it is: `day`, `week`, `month`, `quarter`, `season`, `half`, `year`, `decade` …
    pub precision: &'static str,
    /// First date, if it has a beginning.
    pub from: Option<Date>,
    /// Last date, if it has an end.
    pub to: Option<Date>,
    /// The day counted to, where the interval is the vaguer one that the words mean ("two months ago").
    pub day: Option<Date>,
    /// The rule that read it: `times#month-day-year`.
    pub rule: String,
    /// What is odd about it: a weekday that contradicts its date, a day that does not exist.
    pub note: Option<String>,
    words: (usize, usize),
    back: bool,
}

/// The reader of time expressions, its rules compiled.
pub(crate) struct Tagger {
    page: Page,
    rules: Vec<Rule>,
    openings: Openings,
    vocabulary: Vocabulary,
}

/// A day told of, and where: what "the next day" is counted from.
#[derive(Clone, Copy)]
struct Told {
    block: usize,
    sentence: usize,
    day: civil::Date,
}

/// So many sentences after it, a day is no longer what "the next day" goes on from.
const REACH: usize = 2;

impl Tagger {
    /// The tagger with the rules that are part of the program.
    pub(crate) fn embedded() -> Self {
        Self::new(FILES[0].1, FILES[1].1).expect("the embedded rules are valid: a test checks it")
    }

    fn new(page: &str, holidays: &str) -> Result<Self, String> {
        let page: Page = toml::from_str(page).map_err(|error| error.to_string())?;
        let holidays = holidays::read(holidays).map_err(|(_, why)| why)?;
        let mut vocabulary = Vocabulary::new(&page.words, holidays);
        let rules =
            grammar::compile(&page, &mut vocabulary).map_err(|(rule, why)| format!("{rule}: {why}"))?;
        let openings = Openings::new(&rules, &vocabulary);
        Ok(Self { page, rules, openings, vocabulary })
    }

    /// What is wrong with a file: line (1-based) and message, if anything.
    pub(crate) fn check(path: &str, text: &str) -> Option<(usize, String)> {
        if path.ends_with(".csv") {
            return holidays::read(text).err();
        }
        let line = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
        match toml::from_str::<Page>(text) {
            Err(error) => {
                let message = error.message().lines().next().unwrap_or("not valid TOML").to_owned();
                Some((error.span().map_or(1, |s| line(s.start)), message))
            }
            Ok(page) => {
                let mut vocabulary = Vocabulary::new(&page.words, Vec::new());
                let (rule, why) = grammar::compile(&page, &mut vocabulary).err()?;
                Some((
                    line(text.find(&format!("name = \"{rule}\"")).unwrap_or(0)),
                    format!("rule '{rule}': {why}"),
                ))
            }
        }
    }

    /// The examples of the rules whose expressions may stand alone.
    pub(crate) fn examples(&self) -> impl Iterator<Item = Example> + '_ {
        let alone = self.page.rule.iter().filter(|rule| rule.stands_alone());
        alone.map(|rule| Example {
            rule: format!("times#{}", rule.name),
            fires: vec![rule.fires.as_str().into()],
            silent: vec![rule.silent.as_str().into()],
        })
    }

    /// The time expressions of a document, sentence by sentence. `home` is the state of its publisher.
    pub(crate) fn expressions(
        &self,
        trees: &[Tree],
        reference: Option<Date>,
        home: Option<&str>,
    ) -> Vec<Vec<TimeExpression>> {
        let today = reference.and_then(civil_day);
        let mut told: Option<Told> = None;
        trees
            .iter()
            .map(|tree| {
                let mut found = Vec::new();
                let atoms = atoms::atoms(tree, &self.vocabulary);
                let starts = self.openings.starts(&atoms);
                if !starts.contains(&true) {
                    return found;
                }
                let matcher = Matcher::new((&self.rules, &self.openings), &self.vocabulary, &atoms);
                let (mut at, mut last) = (0, None);
                while at < atoms.len() {
                    let Some((end, expression, rule)) =
                        starts[at].then(|| matcher.longest(at, last)).flatten()
                    else {
                        at += 1;
                        continue;
                    };
                    let words = (atoms[at].word, atoms[end - 1].word);
                    if matches!(rule.reads.as_str(), "holiday" | "season") && within_name(tree, words.1) {
                        at = end;
                        continue;
                    }
                    let near = |t: &Told| t.block == tree.sentence.block && tree.number - t.sentence <= REACH;
                    let context = Context {
                        today,
                        before: told.filter(near).map(|t| t.day),
                        tense: tense::tense(tree, words.0, words.1, &self.page.words),
                        holidays: &self.vocabulary.holidays,
                        home,
                    };
                    let Some(reading) = context.resolve(&expression) else {
                        at += 1;
                        continue;
                    };
                    if let Some(day) = reading.from.filter(|_| reading.from == reading.to) {
                        told = Some(Told { block: tree.sentence.block, sentence: tree.number, day });
                    }
                    let span = Span::new(atoms[at].start, atoms[end - 1].end);
                    found.push(described(reading, rule, span, words));
                    (at, last) = (end, Some((end, rule)));
                }
                found
            })
            .collect()
    }
}

impl TimeExpression {
    /// As a time that rows can be dated by, if it is an interval.
    pub(crate) fn time(&self) -> Option<Time> {
        let when = When { from: self.from?, to: self.to? };
        Some(Time { words: self.words, span: self.span, when, read: when, back: self.back })
    }
}

impl Time {
    /// How it was read in a sentence: `"last month" + 2025-10-09 -> 2025-09`.
    pub(crate) fn why(&self, tree: &Tree, reference: Option<Date>) -> String {
        let base = reference.map_or(String::new(), |d| format!(" + {d}"));
        let When { from, to } = self.read;
        let value = if from == to { from.to_string() } else { format!("{from} to {to}") };
        format!("\"{}\"{base} -> {value}", tree.words(self.span))
    }
}

fn described(reading: Reading, rule: &Rule, span: Span, words: (usize, usize)) -> TimeExpression {
    let (from, to) = reading.ends();
    TimeExpression {
        span,
        kind: reading.kind.name(),
        modifier: reading.modifier.map(reading::Modifier::name),
        precision: reading.unit.name(),
        from,
        to,
        day: reading.counted.and_then(model),
        rule: format!("times#{}", rule.name),
        value: reading.value,
        note: reading.note,
        words,
        back: reading.back,
    }
}

/// "the Good Friday Agreement": a day that is part of a name.
fn within_name(tree: &Tree, last: usize) -> bool {
    tree.head(last).is_some_and(|head| {
        head > last && tree.relation(last) == "compound" && tree.form(head).starts_with(char::is_uppercase)
    })
}

fn civil_day(date: Date) -> Option<civil::Date> {
    match date.parts() {
        (y, Some(m), Some(d)) => civil::Date::new(y, i8::try_from(m).ok()?, i8::try_from(d).ok()?).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
