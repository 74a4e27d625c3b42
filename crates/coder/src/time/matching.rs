//! Rules run over the atoms of a sentence: what may end where, each place looked at once.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::atoms::Atom;
use super::build::build;
use super::expression::{Expression, Fields, Length};
use super::figures::{self, Figures};
use super::grammar::{Makes, Rule, Slot, Step};
use super::numbers::Numbers;
use super::vocabulary::{Class, Vocabulary};

/// What a slot was filled with.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Number(i64),
    Length(Length),
    Expression(Rc<Expression>),
}

/// The slots of a rule that were filled, by label; a later one of the same label counts.
pub(super) type Filled<'r> = Vec<(&'r str, Value)>;

type Ends = Rc<Vec<(usize, Value)>>;

/// One sentence under the rules.
pub(super) struct Matcher<'a> {
    rules: &'a [Rule],
    numbers: Numbers<'a>,
    known: RefCell<HashMap<(Makes, usize), Ends>>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(rules: &'a [Rule], vocabulary: &'a Vocabulary, atoms: &'a [Atom]) -> Self {
        Self { rules, numbers: Numbers { vocabulary, atoms }, known: RefCell::default() }
    }

    /// The longest expression that begins here and may stand alone: where it ends, and the first rule that makes it.
    ///
    /// `before` is where the last one ended, and its rule: "in 2007 and 2009".
    pub(super) fn longest(
        &self,
        at: usize,
        before: Option<(usize, &Rule)>,
    ) -> Option<(usize, Rc<Expression>, &'a Rule)> {
        let mut best: Option<(usize, Rc<Expression>, &'a Rule)> = None;
        for rule in self.rules.iter().filter(|r| !r.inside && r.makes != Makes::Length) {
            let follows = at.checked_sub(1).is_some_and(|k| rule.after.contains(&self.atoms()[k].id));
            let goes_on =
                || before.is_some_and(|(end, last)| last.name == rule.name && self.is_joined(end, at));
            let barred = at.checked_sub(1).is_some_and(|k| rule.not_after.contains(&self.atoms()[k].id));
            if barred || !rule.after.is_empty() && !follows && !goes_on() {
                continue;
            }
            for (end, value) in self.apply(rule, at) {
                if let Value::Expression(expression) = value
                    && best.as_ref().is_none_or(|b| end > b.0)
                    && self.stands_free(at, end)
                {
                    best = Some((end, expression, rule));
                }
            }
        }
        best
    }

    /// Whether only "and", "or" or a comma lies between.
    fn is_joined(&self, end: usize, at: usize) -> bool {
        let joins = |a: &Atom| {
            a.sign == Some(',')
                || a.id != 0 && ["and", "or"].iter().any(|w| self.numbers.vocabulary.id(w) == a.id)
        };
        end < at && at - end <= 2 && self.atoms()[end..at].iter().all(joins)
    }

    fn atoms(&self) -> &'a [Atom] {
        self.numbers.atoms
    }

    /// Whether no longer word, number or path goes on at either end.
    fn stands_free(&self, at: usize, end: usize) -> bool {
        let atoms = self.atoms();
        let part = |a: &Atom| a.sign.is_none() || matches!(a.sign, Some('/' | '_' | '+' | '-' | '@' | '.'));
        let figures = |a: &Atom| a.digits.is_some();
        let before = at > 0
            && atoms[at].glued
            && (figures(&atoms[at]) && part(&atoms[at - 1]) || atoms[at - 1].sign.is_none());
        let after = atoms.get(end).is_some_and(|a| {
            a.glued
                && (a.sign.is_none() && a.word == atoms[end - 1].word
                    || figures(&atoms[end - 1])
                        && matches!(a.sign, Some('/' | '_' | '-' | '.' | ','))
                        && atoms.get(end + 1).is_some_and(|n| n.glued && figures(n)))
        });
        !before && !after
    }

    /// All that rules of a kind make of what begins here.
    fn made(&self, makes: Makes, at: usize) -> Ends {
        if let Some(known) = self.known.borrow().get(&(makes, at)) {
            return Rc::clone(known);
        }
        // A rule that begins with what it makes finds nothing there.
        self.known.borrow_mut().insert((makes, at), Rc::default());
        let mut ends: Vec<(usize, Value)> = Vec::new();
        for rule in
            self.rules.iter().filter(|r| r.makes == makes || makes == Makes::Whole && r.makes == Makes::Date)
        {
            for (end, value) in self.apply(rule, at) {
                if !ends.iter().any(|e| e.0 == end) {
                    ends.push((end, value));
                }
            }
        }
        let ends = Rc::new(ends);
        self.known.borrow_mut().insert((makes, at), Rc::clone(&ends));
        ends
    }

    fn apply(&self, rule: &'a Rule, at: usize) -> Vec<(usize, Value)> {
        let mut out = Vec::new();
        let mut filled: Filled = rule.with.iter().map(|(k, v)| (k.as_str(), Value::Number(*v))).collect();
        self.run(rule, 0, at, &mut filled, &mut out);
        out.retain(|(end, _)| !self.atoms().get(*end).is_some_and(|a| rule.before.contains(&a.id)));
        out
    }

    fn run(
        &self,
        rule: &'a Rule,
        step: usize,
        at: usize,
        filled: &mut Filled<'a>,
        out: &mut Vec<(usize, Value)>,
    ) {
        match &rule.steps[step] {
            Step::Done => out.extend(build(&rule.reads, filled).map(|value| (at, value))),
            Step::Word(id) => {
                if self.atoms().get(at).is_some_and(|a| a.id == *id) {
                    self.run(rule, step + 1, at + 1, filled, out);
                }
            }
            Step::Split(next) => {
                for &next in next {
                    self.run(rule, next, at, filled, out);
                }
            }
            Step::Slot(slot, label) => {
                for (end, value) in self.fill(*slot, at) {
                    filled.push((label, value));
                    self.run(rule, step + 1, end, filled, out);
                    filled.pop();
                }
            }
        }
    }

    /// What may fill a slot here.
    fn fill(&self, slot: Slot, at: usize) -> Vec<(usize, Value)> {
        let numbers = self.numbers;
        let number = |found: Option<(usize, i64)>| found.map(|(end, n)| (end, Value::Number(n)));
        let unit = |plural: bool| {
            let entry = numbers.vocabulary.entry(self.atoms().get(at)?.id);
            numbers.sense(at, Class::Unit).filter(|_| entry.plural == plural).map(|n| (at + 1, n))
        };
        let dated = |found: Option<(usize, Figures)>| {
            found.map(|(end, f)| (end, Value::Expression(Rc::new(Expression::Fields(Fields::of(f))))))
        };
        let found = match slot {
            Slot::Made(makes) => return self.made(makes, at).to_vec(),
            Slot::Holiday => return self.holidays(at),
            Slot::Class(class) => number(numbers.sense(at, class).map(|n| (at + 1, n))),
            Slot::Singular => number(unit(false)),
            Slot::Plural => number(unit(true)),
            Slot::Day => number(numbers.day(at)),
            Slot::Year => number(numbers.year(at)),
            Slot::ShortYear => number(numbers.short_year(at)),
            Slot::Count => number(numbers.count(at)),
            Slot::Number => number(numbers.number(at)),
            Slot::Ordinal => number(numbers.ordinal(at)),
            Slot::Decade => number(numbers.decade(at)),
            Slot::Figures => dated(figures::full(self.atoms(), at)),
            Slot::Short => dated(figures::short(self.atoms(), at)),
            Slot::MonthInFigures => dated(figures::month(self.atoms(), at)),
        };
        found.into_iter().collect()
    }

    /// Holidays that begin here, by their number in the table; apostrophes may be missing.
    fn holidays(&self, at: usize) -> Vec<(usize, Value)> {
        let vocabulary = self.numbers.vocabulary;
        let mut out = Vec::new();
        if self.atoms().get(at).is_none_or(|a| a.id == 0) {
            return out;
        }
        for (index, holiday) in (0..).zip(&vocabulary.holidays) {
            let mut end = at;
            let fits = holiday.words.iter().all(|word| {
                let is = self.atoms().get(end).is_some_and(|a| a.id == vocabulary.id(word));
                end += usize::from(is);
                is || word == "'"
            });
            if fits {
                out.push((end, Value::Number(index)));
            }
        }
        out
    }
}
