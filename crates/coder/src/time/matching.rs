//! Rules run over the atoms of a sentence: what may end where, each place looked at once.

use std::cell::RefCell;
use std::rc::Rc;

use super::atoms::Atom;
use super::build::build;
use super::expression::{Expression, Fields, Length};
use super::figures::{self, Figures};
use super::grammar::{Makes, Reads, Rule, Slot, Step};
use super::numbers::Numbers;
use super::opening::{Openings, RuleSet};
use super::vocabulary::{Class, Vocabulary};

/// What a slot was filled with.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Number(i64),
    Length(Length),
    Expression(Rc<Expression>),
}

/// The slots of a rule that were filled, the last one first; of those of one label it counts.
#[derive(Clone, Copy)]
pub(super) struct Filled<'f> {
    label: &'f str,
    value: &'f Value,
    before: Option<&'f Self>,
}

impl<'f> Filled<'f> {
    /// What the last slot of a label was filled with.
    pub(super) fn value(&self, label: &str) -> Option<&'f Value> {
        let mut all = std::iter::successors(Some(self), |filled| filled.before);
        all.find(|filled| filled.label == label).map(|filled| filled.value)
    }
}

type Ends = Rc<Vec<(usize, Value)>>;

/// One sentence under the rules.
pub(super) struct Matcher<'a> {
    rules: &'a [Rule],
    openings: &'a Openings,
    numbers: Numbers<'a>,
    /// For each atom the rules that find what they need there or behind.
    ahead: Vec<RuleSet>,
    /// What was made of a kind at an atom, as far as it was asked for: at few atoms of a sentence.
    known: RefCell<Vec<(usize, Makes, Ends)>>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(
        (rules, openings): (&'a [Rule], &'a Openings),
        vocabulary: &'a Vocabulary,
        atoms: &'a [Atom],
    ) -> Self {
        let (numbers, ahead) = (Numbers { vocabulary, atoms }, openings.ahead(atoms));
        Self { rules, openings, numbers, ahead, known: RefCell::default() }
    }

    /// The rules that make a kind, or whose expressions may stand alone, and that may open here.
    fn rules_at(&self, at: usize, makes: Option<Makes>) -> impl Iterator<Item = &'a Rule> + use<'a> {
        let (rules, at) = (self.rules, at.min(self.atoms().len()));
        self.openings.at(&self.atoms()[at..], &self.ahead[at], makes).map(|number| &rules[number])
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
        let last = at.checked_sub(1).map(|before| self.atoms()[before].id);
        let is_behind = |words: &[u16]| !words.is_empty() && last.is_some_and(|last| words.contains(&last));
        self.rules_at(at, None).for_each(|rule| {
            let goes_on =
                || before.is_some_and(|(end, last)| last.name == rule.name && self.is_joined(end, at));
            if is_behind(&rule.not_after) || !rule.after.is_empty() && !is_behind(&rule.after) && !goes_on() {
                return;
            }
            self.apply(rule, at, &mut |end, value| {
                if let Value::Expression(expression) = value
                    && best.as_ref().is_none_or(|b| end > b.0)
                    && self.stands_free(at, end)
                {
                    best = Some((end, expression, rule));
                }
            });
        });
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
        if let Some((.., known)) = self.known.borrow().iter().find(|k| (k.0, k.1) == (at, makes)) {
            return Rc::clone(known);
        }
        // A rule that begins with what it makes finds nothing there.
        let place = self.known.borrow().len();
        self.known.borrow_mut().push((at, makes, Rc::default()));
        let mut ends: Vec<(usize, Value)> = Vec::new();
        self.rules_at(at, Some(makes)).for_each(|rule| {
            self.apply(rule, at, &mut |end, value| {
                if !ends.iter().any(|e| e.0 == end) {
                    ends.push((end, value));
                }
            });
        });
        let ends = Rc::new(ends);
        self.known.borrow_mut()[place].2 = Rc::clone(&ends);
        ends
    }

    /// Tell all that a rule makes of what begins here, and where it ends.
    fn apply(&self, rule: &'a Rule, at: usize, tell: &mut dyn FnMut(usize, Value)) {
        let barred = |end: usize| self.atoms().get(end).is_some_and(|a| rule.before.contains(&a.id));
        self.run(rule, 0, at, None, &mut |end, value| {
            if !barred(end) {
                tell(end, value);
            }
        });
    }

    fn run(
        &self,
        rule: &'a Rule,
        mut step: usize,
        mut at: usize,
        filled: Option<&Filled>,
        tell: &mut dyn FnMut(usize, Value),
    ) {
        loop {
            match &rule.steps[step] {
                Step::Done => return build(rule, filled).into_iter().for_each(|value| tell(at, value)),
                Step::Word(id) => {
                    if !self.is_word(at, *id) {
                        return;
                    }
                    (step, at) = (step + 1, at + 1);
                }
                Step::Split(ways) => {
                    let here = self.atoms().get(at);
                    let (word, slots) = (here.map_or(0, |atom| atom.id), self.openings.may_fill(here));
                    let mut open = ways.iter().filter(|way| match way.reads {
                        Reads::Word(id) => id == word,
                        Reads::Slot(slot) => slots >> slot & 1 == 1,
                        Reads::Nothing => true,
                    });
                    let Some(first) = open.next() else { return };
                    step = first.to;
                    for next in open {
                        self.run(rule, step, at, filled, tell);
                        step = next.to;
                    }
                }
                Step::Slot(slot, label) => {
                    if self.openings.may_fill(self.atoms().get(at)) >> slot.number() & 1 == 0 {
                        return;
                    }
                    let mut go_on = |end: usize, value: Value| {
                        let filled = Filled { label, value: &value, before: filled };
                        self.run(rule, step + 1, end, Some(&filled), tell);
                    };
                    match *slot {
                        Slot::Made(makes) => {
                            self.made(makes, at).iter().for_each(|(end, value)| go_on(*end, value.clone()));
                        }
                        Slot::Holiday => self.holidays(at).for_each(|(end, number)| go_on(end, number)),
                        slot => self.fill(slot, at).into_iter().for_each(|(end, value)| go_on(end, value)),
                    }
                    return;
                }
            }
        }
    }

    fn is_word(&self, at: usize, id: u16) -> bool {
        self.atoms().get(at).is_some_and(|atom| atom.id == id)
    }

    /// What may fill a slot here, where that can be one thing only.
    fn fill(&self, slot: Slot, at: usize) -> Option<(usize, Value)> {
        let numbers = self.numbers;
        let number = |found: Option<(usize, i64)>| found.map(|(end, n)| (end, Value::Number(n)));
        let unit = |plural: bool| {
            let entry = numbers.vocabulary.entry(self.atoms().get(at)?.id);
            numbers.sense(at, Class::Unit).filter(|_| entry.plural == plural).map(|n| (at + 1, n))
        };
        let dated = |found: Option<(usize, Figures)>| {
            found.map(|(end, f)| (end, Value::Expression(Rc::new(Expression::Fields(Fields::of(f))))))
        };
        match slot {
            Slot::Made(_) | Slot::Holiday => None,
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
        }
    }

    /// Holidays that begin here, by their number in the table; apostrophes may be missing.
    fn holidays(&self, at: usize) -> impl Iterator<Item = (usize, Value)> {
        let vocabulary = self.numbers.vocabulary;
        (0..).zip(&vocabulary.holiday_names).filter_map(move |(index, name)| {
            let mut end = at;
            for id in name {
                match self.atoms().get(end).is_some_and(|a| a.id == *id) {
                    true => end += 1,
                    false if *id == vocabulary.apostrophe => {}
                    false => return None,
                }
            }
            Some((end, Value::Number(index)))
        })
    }
}
