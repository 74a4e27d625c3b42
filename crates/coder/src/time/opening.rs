//! With what the expressions of each rule may open and go on: at most words of a text there are few rules to try, or none.

use super::atoms::Atom;
use super::grammar::{Makes, Rule, Slot, Step};
use super::vocabulary::{Class, Vocabulary};

/// A set of rules, one bit for each, in their order.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct RuleSet([u64; RuleSet::NUMBERS]);

impl RuleSet {
    /// In how many numbers the bits are.
    const NUMBERS: usize = 3;
    /// As many rules as a page may have.
    pub(super) const MOST: usize = 64 * Self::NUMBERS;

    fn add(&mut self, rule: usize) {
        self.0[rule / 64] |= 1 << (rule % 64);
    }

    /// The rules of either.
    fn or(self, other: &Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] | other.0[i]))
    }

    /// The rules of both.
    fn and(self, other: &Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] & other.0[i]))
    }

    /// The numbers of the rules.
    fn rules(self) -> impl Iterator<Item = usize> {
        (0..).zip(self.0).flat_map(|(i, bits)| ones(bits).map(move |bit| 64 * i + bit))
    }
}

/// The places of the bits that are set.
fn ones(bits: u64) -> impl Iterator<Item = usize> {
    let fewer = std::iter::successors(Some(bits), |bits| Some(bits & bits.wrapping_sub(1)));
    fewer.take_while(|bits| *bits != 0).map(|bits| bits.trailing_zeros() as usize)
}

/// Words that make no expression of time by themselves, as a test of the rules shows.
const LIGHT: [&str; 24] = [
    "the", "a", "an", "of", "in", "on", "at", "for", "to", "by", "with", "from", "and", "or", "as", "is",
    "that", "was", ",", "-", ".", "'", "/", "'s",
];

/// The rules by the marks of the atoms with which they open: the number of a word of the vocabulary, or that of figures or of signs that
/// are none; 0 is any other word, and the end of the sentence.
#[derive(Debug, Clone, Default)]
pub(super) struct Openings {
    /// Those that may open with an atom of a mark.
    first: Vec<RuleSet>,
    /// Those that may go on with it.
    second: Vec<RuleSet>,
    /// Those that it may be all of.
    alone: Vec<RuleSet>,
    /// Those that make each kind.
    makers: [RuleSet; Makes::KINDS],
    /// Those whose expressions may stand by themselves.
    whole: RuleSet,
    /// By mark those for which an atom of it is one that they cannot do without.
    needs: Vec<RuleSet>,
    /// Those of which nothing like that is known.
    free: RuleSet,
    /// For each mark the slots of rules, a bit by the number of each, that what opens with it may fill.
    fillings: Vec<u64>,
    /// The marks of what makes no expression by itself; none where rules make one of such.
    light: Vec<bool>,
    figures: usize,
    signs: usize,
}

impl Openings {
    pub(super) fn new(rules: &[Rule], vocabulary: &Vocabulary) -> Self {
        assert!(rules.len() <= RuleSet::MOST, "each rule has a bit");
        let mut openings = openings(rules, vocabulary);
        // What a rule makes may open with what another makes, and so on.
        loop {
            let before = openings.clone();
            for opening in &mut openings {
                let makers = |makes: Makes| {
                    rules.iter().zip(&before).filter(move |(rule, _)| makes.is_made_by(rule)).map(|r| r.1)
                };
                let Opening { first, second, alone } = opening;
                for inner in first.made.clone().into_iter().flat_map(makers) {
                    first.add(&inner.first);
                    second.add(&inner.second);
                }
                for inner in alone.made.clone().into_iter().flat_map(makers) {
                    alone.add(&inner.alone);
                }
                for inner in second.made.clone().into_iter().flat_map(makers) {
                    second.add(&inner.first);
                }
            }
            if openings == before {
                break;
            }
        }
        let (figures, signs) = (vocabulary.len(), vocabulary.len() + 1);
        // For each mark, the marks that stand for it: a figure or sign that is a word of the vocabulary is still one.
        let mut marks: Vec<[usize; 2]> = (0..=signs).map(|mark| [mark, mark]).collect();
        for (word, id) in vocabulary.words() {
            let id = usize::from(id);
            match word.chars().next() {
                Some(c) if c.is_ascii_digit() => marks[id][1] = figures,
                Some(c) if !c.is_alphanumeric() => marks[id][1] = signs,
                _ => {}
            }
        }
        let is_marked = |reach: &Reach, m: &[usize; 2]| m.iter().any(|&mark| reach.marks[mark]);
        const { assert!(Slot::NUMBERS <= 64, "each slot has a bit") };
        let (mut fillings, mut told) = (vec![0_u64; marks.len()], 0_u64);
        for step in rules.iter().flat_map(|rule| &rule.steps) {
            let Step::Slot(slot, _) = step else { continue };
            let bit = 1 << slot.number();
            if told & bit == 0 {
                told |= bit;
                let mut reach = Reach { marks: vec![false; vocabulary.len() + 2], made: Vec::new() };
                reach.opens(*slot, vocabulary);
                for makes in std::mem::take(&mut reach.made) {
                    let makers = rules.iter().zip(&openings).filter(|(rule, _)| makes.is_made_by(rule));
                    makers.for_each(|(_, opening)| reach.add(&opening.first));
                }
                let filled = fillings.iter_mut().zip(&marks).filter(|(_, m)| is_marked(&reach, m));
                filled.for_each(|(slots, _)| *slots |= bit);
            }
        }
        let by_mark = |place: fn(&Opening) -> &Reach| -> Vec<RuleSet> {
            let mut sets = vec![RuleSet::default(); marks.len()];
            for (i, reach) in openings.iter().map(place).enumerate() {
                let held = sets.iter_mut().zip(&marks).filter(|(_, m)| is_marked(reach, m));
                held.for_each(|(set, _)| set.add(i));
            }
            sets
        };
        let set = |holds: &dyn Fn(&Rule) -> bool| {
            let mut set = RuleSet::default();
            rules.iter().enumerate().filter(|(_, rule)| holds(rule)).for_each(|(i, _)| set.add(i));
            set
        };
        let mut light = vec![false; marks.len()];
        LIGHT.iter().for_each(|word| light[usize::from(vocabulary.id(word))] = true);
        (light[0], light[signs]) = (false, true);
        if makes_of(rules, vocabulary, &light) {
            light.fill(false);
        }
        let mut needs = vec![RuleSet::default(); marks.len()];
        let mut free = RuleSet::default();
        for (number, rule) in rules.iter().enumerate() {
            let opens = |step: &Step| match step {
                Step::Word(id) => vec![usize::from(*id)],
                Step::Slot(slot, _) => {
                    let opens = |mark: &usize| fillings[*mark] >> slot.number() & 1 == 1;
                    (0..marks.len()).filter(opens).collect()
                }
                Step::Split(_) | Step::Done => Vec::new(),
            };
            match needed(rule, opens, &light) {
                Some(marks) => marks.into_iter().for_each(|mark| needs[mark].add(number)),
                None => free.add(number),
            }
        }
        Self {
            needs,
            free,
            light,
            fillings,
            first: by_mark(|opening| &opening.first),
            second: by_mark(|opening| &opening.second),
            alone: by_mark(|opening| &opening.alone),
            makers: Makes::ALL.map(|makes| set(&|rule| makes.is_made_by(rule))),
            whole: set(&|rule| !rule.inside && rule.makes != Makes::Length),
            figures,
            signs,
        }
    }

    /// The rules that may open with what begins with these atoms, by their numbers and in their order: those that make a kind, or those
    /// whose expressions may stand by themselves. `ahead` is what [`Self::ahead`] tells of the first of the atoms.
    pub(super) fn at(
        &self,
        atoms: &[Atom],
        ahead: &RuleSet,
        makes: Option<Makes>,
    ) -> impl Iterator<Item = usize> + use<> {
        let [first, second] = [atoms.first(), atoms.get(1)].map(|atom| self.mark(atom));
        let among = makes.map_or(&self.whole, |makes| &self.makers[makes as usize]);
        let long = self.second[second].or(&self.alone[first]);
        self.first[first].and(among).and(ahead).and(&long).rules()
    }

    /// For each atom, and for the end, the rules that find there or behind what they cannot do without.
    pub(super) fn ahead(&self, atoms: &[Atom]) -> Vec<RuleSet> {
        let mut ahead = vec![self.free; atoms.len() + 1];
        let mut met = self.free;
        for (here, atom) in ahead[..atoms.len()].iter_mut().zip(atoms).rev() {
            met = met.or(&self.needs[self.mark(Some(atom))]);
            *here = met;
        }
        ahead
    }

    /// For each atom whether an expression may begin there: with a word that rules know, a number or a sign, and with more than light words
    /// in what follows without a break.
    pub(super) fn starts(&self, atoms: &[Atom]) -> Vec<bool> {
        let mut starts = vec![false; atoms.len() + 1];
        for (at, atom) in atoms.iter().enumerate().rev() {
            let mark = self.mark(Some(atom));
            starts[at] = mark != 0 && (!self.light[mark] || starts[at + 1]);
        }
        starts
    }

    /// The slots that what opens with an atom may fill, a bit by the number of each.
    pub(super) fn may_fill(&self, atom: Option<&Atom>) -> u64 {
        self.fillings[self.mark(atom)]
    }

    fn mark(&self, atom: Option<&Atom>) -> usize {
        match atom {
            Some(atom) if atom.id != 0 => usize::from(atom.id),
            Some(atom) if atom.digits.is_some() => self.figures,
            Some(atom) if atom.sign.is_some() => self.signs,
            _ => 0,
        }
    }
}

/// Marks of which every text that a rule fits has one, as few and as telling as can be; none where no step or kind of steps is one by which all
/// of its ways go. `opens` gives the marks with which what a step reads may open.
fn needed(rule: &Rule, opens: impl Fn(&Step) -> Vec<usize>, light: &[bool]) -> Option<Vec<usize>> {
    let is_word = |step: &usize| matches!(rule.steps[*step], Step::Word(_));
    let is_heavy = |step: &usize| matches!(rule.steps[*step], Step::Word(id) if !light[usize::from(id)]);
    let steps = || 0..rule.steps.len();
    let cuts = steps().map(|step| vec![step]);
    let cuts = cuts.chain([steps().filter(is_word).collect(), steps().filter(is_heavy).collect()]);
    let marks = |cut: Vec<usize>| cut.iter().flat_map(|&step| opens(&rule.steps[step])).collect::<Vec<_>>();
    let weight =
        |marks: &Vec<usize>| marks.iter().map(|&mark| if light[mark] { 100 } else { 1 }).sum::<usize>();
    let needs = cuts.filter(|cut| !ends_without(rule, cut)).map(marks);
    needs.filter(|marks| !marks.is_empty()).min_by_key(weight)
}

/// Whether a rule may come to its end by none of some steps.
fn ends_without(rule: &Rule, cut: &[usize]) -> bool {
    let (mut ahead, mut seen) = (vec![0], Vec::new());
    while let Some(at) = ahead.pop() {
        if seen.contains(&at) || cut.contains(&at) {
            continue;
        }
        seen.push(at);
        match &rule.steps[at] {
            Step::Done => return true,
            Step::Split(ways) => ahead.extend(ways.iter().map(|way| way.to)),
            Step::Word(_) | Step::Slot(..) => ahead.push(at + 1),
        }
    }
    false
}

/// Whether rules make anything of these marks alone.
fn makes_of(rules: &[Rule], vocabulary: &Vocabulary, marks: &[bool]) -> bool {
    let has_sense = |id: usize| marks[id] && !vocabulary.entry(id as u16).senses.is_empty();
    let holiday = |name: &Vec<u16>| name.iter().all(|&id| marks[usize::from(id)]);
    // What makes anything of such a kind makes of the marks alone what it is made of.
    (1..vocabulary.len()).any(has_sense)
        || vocabulary.holiday_names.iter().any(holiday)
        || rules.iter().any(|rule| {
            let (mut ahead, mut seen) = (vec![0], Vec::new());
            while let Some(at) = ahead.pop() {
                if seen.contains(&at) {
                    continue;
                }
                seen.push(at);
                match &rule.steps[at] {
                    Step::Done => return true,
                    Step::Split(next) => ahead.extend(next.iter().map(|way| way.to)),
                    Step::Word(id) => ahead.extend(marks[usize::from(*id)].then_some(at + 1)),
                    // If no rule makes anything of the marks, no slot is filled with them.
                    Step::Slot(..) => {}
                }
            }
            false
        })
}

/// What the first two atoms of a rule may be.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Opening {
    first: Reach,
    second: Reach,
    /// The first where it may be all.
    alone: Reach,
}

/// What may stand at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reach {
    marks: Vec<bool>,
    /// What other rules make.
    made: Vec<Makes>,
}

/// The openings of all rules, as far as each rule tells them by itself.
fn openings(rules: &[Rule], vocabulary: &Vocabulary) -> Vec<Opening> {
    // Which kinds a single atom may be: a rule that asks for nothing but such a kind makes another, and so on.
    let mut short = [false; Makes::KINDS];
    loop {
        let openings: Vec<Opening> = rules.iter().map(|rule| Opening::of(rule, &short, vocabulary)).collect();
        let is_short = |makes: Makes| {
            rules.iter().zip(&openings).any(|(rule, o)| makes.is_made_by(rule) && !o.alone.is_empty())
        };
        let now = Makes::ALL.map(is_short);
        if now == short {
            return openings;
        }
        short = now;
    }
}

impl Opening {
    /// `short` tells which kinds a single atom may be.
    fn of(rule: &Rule, short: &[bool; Makes::KINDS], vocabulary: &Vocabulary) -> Self {
        let nothing = Reach { marks: vec![false; vocabulary.len() + 2], made: Vec::new() };
        let mut opening = Self { first: nothing.clone(), second: nothing.clone(), alone: nothing };
        for step in reached(rule, 0).into_iter().map(|at| (at, &rule.steps[at])) {
            opening.first.reads(step.1, vocabulary);
            let long = match step.1 {
                Step::Slot(slot, _) => {
                    opening.second.goes_on(*slot, vocabulary);
                    match slot {
                        Slot::Made(makes) => !short[*makes as usize],
                        slot => matches!(slot, Slot::Figures | Slot::Short | Slot::MonthInFigures),
                    }
                }
                Step::Word(_) => false,
                Step::Split(_) | Step::Done => continue,
            };
            for &next in reached(rule, step.0 + 1).iter().filter(|_| !long) {
                match &rule.steps[next] {
                    Step::Done => opening.alone.reads(step.1, vocabulary),
                    step => opening.second.reads(step, vocabulary),
                }
            }
        }
        // No sign is an expression by itself.
        opening.alone.marks[vocabulary.len() + 1] = false;
        opening
    }
}

/// The steps to which a rule comes from one of them before it reads anything, with that one.
fn reached(rule: &Rule, from: usize) -> Vec<usize> {
    let (mut ahead, mut seen) = (vec![from], Vec::new());
    while let Some(step) = ahead.pop() {
        if seen.contains(&step) {
            continue;
        }
        seen.push(step);
        if let Step::Split(next) = &rule.steps[step] {
            ahead.extend(next.iter().map(|way| way.to));
        }
    }
    seen
}

impl Reach {
    fn is_empty(&self) -> bool {
        self.made.is_empty() && !self.marks.contains(&true)
    }

    fn add(&mut self, other: &Self) {
        self.marks.iter_mut().zip(&other.marks).for_each(|(mine, its)| *mine |= its);
    }

    /// What a step reads begins with.
    fn reads(&mut self, step: &Step, vocabulary: &Vocabulary) {
        match step {
            Step::Word(id) => self.marks[usize::from(*id)] = true,
            Step::Slot(slot, _) => self.opens(*slot, vocabulary),
            Step::Split(_) | Step::Done => {}
        }
    }

    /// What may fill a slot begins with; see [`super::numbers::Numbers`].
    fn opens(&mut self, slot: Slot, vocabulary: &Vocabulary) {
        match slot {
            Slot::Class(class) => self.classes(&[class], vocabulary),
            Slot::Made(makes) => self.made.push(makes),
            Slot::Singular | Slot::Plural => self.classes(&[Class::Unit], vocabulary),
            Slot::Holiday => {
                for name in &vocabulary.holiday_names {
                    let first = name.iter().find(|id| **id != vocabulary.apostrophe);
                    first.into_iter().for_each(|id| self.marks[usize::from(*id)] = true);
                }
            }
            Slot::ShortYear | Slot::Figures | Slot::Short | Slot::MonthInFigures => self.figures(vocabulary),
            Slot::Day | Slot::Ordinal => self.number(&[Class::Ordinal, Class::Number], vocabulary),
            Slot::Year => self.number(&[Class::Number], vocabulary),
            Slot::Count | Slot::Number => {
                self.number(&[Class::Number], vocabulary);
                // "a hundred"
                self.marks[usize::from(vocabulary.id("a"))] = true;
            }
            Slot::Decade => {
                self.number(&[Class::Tens, Class::Number], vocabulary);
                // "'90s"
                self.signs(vocabulary);
            }
        }
    }

    /// What comes second in that which may fill a slot.
    fn goes_on(&mut self, slot: Slot, vocabulary: &Vocabulary) {
        match slot {
            Slot::Class(_) | Slot::Made(_) | Slot::Singular | Slot::Plural | Slot::ShortYear => {}
            Slot::Holiday => {
                let words = vocabulary.holiday_names.iter().flatten();
                words.for_each(|id| self.marks[usize::from(*id)] = true);
            }
            Slot::Figures | Slot::Short | Slot::MonthInFigures => self.signs(vocabulary),
            Slot::Day | Slot::Year | Slot::Count | Slot::Number | Slot::Ordinal | Slot::Decade => {
                self.number(&[Class::Number, Class::Ordinal, Class::Scale, Class::Tens], vocabulary);
                // "2.5", "twenty-one", "1990s"
                self.signs(vocabulary);
                for word in ["and", "s"] {
                    self.marks[usize::from(vocabulary.id(word))] = true;
                }
            }
        }
    }

    /// A number, in figures or in words.
    fn number(&mut self, classes: &[Class], vocabulary: &Vocabulary) {
        self.figures(vocabulary);
        self.classes(classes, vocabulary);
    }

    fn figures(&mut self, vocabulary: &Vocabulary) {
        self.marks[vocabulary.len()] = true;
    }

    fn signs(&mut self, vocabulary: &Vocabulary) {
        self.marks[vocabulary.len() + 1] = true;
    }

    fn classes(&mut self, classes: &[Class], vocabulary: &Vocabulary) {
        for id in classes.iter().flat_map(|class| vocabulary.of_class(*class)) {
            self.marks[usize::from(*id)] = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Tagger;

    #[test]
    fn light_words_make_no_expression_by_themselves() {
        assert!(Tagger::embedded().openings.light.contains(&true));
    }

    #[test]
    fn rules_are_asked_only_where_what_they_need_comes() {
        let Tagger { rules, openings, vocabulary, .. } = Tagger::embedded();
        let needs = |name: &str, word: &str| {
            let rule = rules.iter().position(|rule| rule.name == name).expect("there is such a rule");
            let has = |set: &super::RuleSet| set.0[rule / 64] >> (rule % 64) & 1 == 1;
            !has(&openings.free) && has(&openings.needs[usize::from(vocabulary.id(word))])
        };
        assert!(
            needs("and-later", "later") && needs("and-later", "onwards") && needs("day-month-year", "may")
        );
        assert!(!needs("and-later", "and") && !needs("and-later", "monday"));
    }
}
