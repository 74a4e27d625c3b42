//! With what the expressions of each rule may open: at most words of a text there are few rules to try, or none.

use super::atoms::Atom;
use super::grammar::{Makes, Rule, Slot, Step};
use super::vocabulary::{Class, Vocabulary};

/// The rules that may open with an atom, by their numbers and in their order.
#[derive(Debug, Clone, Default)]
pub(super) struct Openings {
    by_word: Vec<Vec<usize>>,
    figures: Vec<usize>,
    signs: Vec<usize>,
}

/// What may stand first in a rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct First {
    /// For each word of the vocabulary.
    words: Vec<bool>,
    figures: bool,
    /// Signs that are no words of the vocabulary.
    signs: bool,
    /// What other rules make.
    made: Vec<Makes>,
}

impl Openings {
    pub(super) fn new(rules: &[Rule], vocabulary: &Vocabulary) -> Self {
        let mut firsts: Vec<First> = rules.iter().map(|rule| First::of(rule, vocabulary)).collect();
        // What a rule makes may open with what another makes, and so on.
        loop {
            let before = firsts.clone();
            for first in &mut firsts {
                for makes in first.made.clone() {
                    let makers = rules.iter().zip(&before).filter(|(rule, _)| makes.is_made_by(rule));
                    makers.for_each(|(_, inner)| first.add(inner));
                }
            }
            if firsts == before {
                break;
            }
        }
        let numbers = |opens: &dyn Fn(&First) -> bool| -> Vec<usize> {
            (0..rules.len()).filter(|&i| opens(&firsts[i])).collect()
        };
        let mut by_word = vec![Vec::new(); vocabulary.len()];
        for (word, id) in vocabulary.words() {
            let id = usize::from(id);
            let figure = word.starts_with(|c: char| c.is_ascii_digit());
            let sign = word.starts_with(|c: char| !c.is_alphanumeric());
            by_word[id] = numbers(&|first| first.words[id] || figure && first.figures || sign && first.signs);
        }
        Self { by_word, figures: numbers(&|first| first.figures), signs: numbers(&|first| first.signs) }
    }

    /// The rules that may open with this atom.
    pub(super) fn at(&self, atom: &Atom) -> &[usize] {
        match atom.id {
            0 if atom.digits.is_some() => &self.figures,
            0 if atom.sign.is_some() => &self.signs,
            id => &self.by_word[usize::from(id)],
        }
    }
}

impl First {
    fn of(rule: &Rule, vocabulary: &Vocabulary) -> Self {
        let mut first = Self { words: vec![false; vocabulary.len()], ..Self::default() };
        let (mut ahead, mut seen) = (vec![0], vec![false; rule.steps.len()]);
        while let Some(step) = ahead.pop() {
            if std::mem::replace(&mut seen[step], true) {
                continue;
            }
            match &rule.steps[step] {
                Step::Done => {}
                Step::Word(id) => first.words[usize::from(*id)] = true,
                Step::Split(next) => ahead.extend(next),
                Step::Slot(slot, _) => first.slot(*slot, vocabulary),
            }
        }
        first
    }

    fn add(&mut self, inner: &Self) {
        self.words.iter_mut().zip(&inner.words).for_each(|(mine, its)| *mine |= its);
        self.figures |= inner.figures;
        self.signs |= inner.signs;
    }

    /// What may fill a slot begins with; see [`super::numbers::Numbers`].
    fn slot(&mut self, slot: Slot, vocabulary: &Vocabulary) {
        self.figures |= matches!(
            slot,
            Slot::Day
                | Slot::Year
                | Slot::ShortYear
                | Slot::Count
                | Slot::Number
                | Slot::Ordinal
                | Slot::Decade
                | Slot::Figures
                | Slot::Short
                | Slot::MonthInFigures
        );
        match slot {
            Slot::Class(class) => self.classes(&[class], vocabulary),
            Slot::Made(makes) => self.made.push(makes),
            Slot::Singular | Slot::Plural => self.classes(&[Class::Unit], vocabulary),
            Slot::Day | Slot::Ordinal => self.classes(&[Class::Ordinal, Class::Number], vocabulary),
            Slot::Year => self.classes(&[Class::Number], vocabulary),
            Slot::Count | Slot::Number => {
                self.classes(&[Class::Number], vocabulary);
                // "a hundred"
                self.words[usize::from(vocabulary.id("a"))] = true;
            }
            Slot::Decade => {
                self.classes(&[Class::Tens, Class::Number], vocabulary);
                // "'90s"
                self.signs = true;
            }
            Slot::Holiday => {
                for name in &vocabulary.holiday_names {
                    let first = name.iter().find(|id| **id != vocabulary.apostrophe);
                    first.into_iter().for_each(|id| self.words[usize::from(*id)] = true);
                }
            }
            Slot::ShortYear | Slot::Figures | Slot::Short | Slot::MonthInFigures => {}
        }
    }

    fn classes(&mut self, classes: &[Class], vocabulary: &Vocabulary) {
        for (id, opens) in (0..).zip(&mut self.words) {
            *opens |= vocabulary.entry(id).senses.iter().any(|sense| classes.contains(&sense.0));
        }
    }
}
