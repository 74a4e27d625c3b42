//! Numbers in figures and in words.

use super::atoms::Atom;
use super::vocabulary::{Class, Vocabulary};

/// A reader of numbers at a place of a sentence. Each answer is where the number ends and what it is.
#[derive(Clone, Copy)]
pub(super) struct Numbers<'a> {
    pub(super) vocabulary: &'a Vocabulary,
    pub(super) atoms: &'a [Atom],
}

type Found = Option<(usize, i64)>;

impl Numbers<'_> {
    /// What the atom stands for in a class.
    pub(super) fn sense(self, at: usize, class: Class) -> Option<i64> {
        let atom = self.atoms.get(at)?;
        let entry = self.vocabulary.entry(atom.id);
        let value = entry.senses.iter().find(|s| s.0 == class)?.1;
        let named = matches!(class, Class::Month | Class::Weekday | Class::Season);
        let verb = atom.verb && (matches!(class, Class::Step) || entry.plain && !atom.capital);
        let dated = || self.atoms.get(at + 1).is_some_and(|a| a.digits.is_some());
        (!verb && (!named || !entry.plain || atom.capital || dated())).then_some(value)
    }

    fn dash(self, at: usize) -> usize {
        at + usize::from(self.atoms.get(at).is_some_and(|a| a.sign == Some('-')))
    }

    fn word(self, at: usize, word: &str) -> usize {
        let is = self.atoms.get(at).is_some_and(|a| a.id != 0 && a.id == self.vocabulary.id(word));
        at + usize::from(is)
    }

    /// "twenty-one", "nine".
    fn below_hundred(self, at: usize) -> Found {
        let first = self.sense(at, Class::Number)?;
        if first >= 20
            && let Some(one) = self.sense(self.dash(at + 1), Class::Number).filter(|n| *n < 10)
        {
            return Some((self.dash(at + 1) + 1, first + one));
        }
        Some((at + 1, first))
    }

    /// "two thousand and fifteen", "a hundred": in words.
    fn in_words(self, at: usize) -> Found {
        let (mut end, mut sum) = (at, 0);
        let (mut next, mut value) = self.below_hundred(at).or_else(|| {
            let one = self.word(at, "a");
            (one > at && self.sense(one, Class::Scale).is_some()).then_some((one, 1))
        })?;
        loop {
            let mut scaled = false;
            while let Some(scale) = self.sense(next, Class::Scale) {
                (value, next, scaled) = (value * scale, next + 1, true);
            }
            (sum, end) = (sum + value, next.max(end));
            let more = self.word(next, "and");
            match self.below_hundred(more).filter(|_| scaled) {
                Some((after, found)) => (next, value) = (after, found),
                None => return Some((end, sum)),
            }
        }
    }

    /// A whole number.
    pub(super) fn number(self, at: usize) -> Found {
        let atom = self.atoms.get(at)?;
        match atom.digits {
            Some((n, _)) if !atom.ordinal && !atom.amount => Some((at + 1, n)),
            Some(_) => None,
            None => self.in_words(at),
        }
    }

    /// How many, in thousandths: "three", "2.5", "3 1/2" not.
    pub(super) fn count(self, at: usize) -> Found {
        let digits = |k: usize| self.atoms.get(k).and_then(|a| a.digits);
        let glued = |k: usize| self.atoms.get(k).is_some_and(|a| a.glued);
        if let (Some((whole, _)), Some((part, length))) = (digits(at), digits(at + 2))
            && self.atoms[at + 1].sign == Some('.')
            && glued(at + 1)
            && glued(at + 2)
            && length <= 3
            && !(at > 0 && glued(at) && digits(at - 1).is_none() && self.atoms[at - 1].sign.is_some())
        {
            return Some((at + 3, whole * 1000 + part * 10_i64.pow(3 - u32::try_from(length).ok()?)));
        }
        self.number(at).filter(|n| n.1 < 1000).map(|(end, n)| (end, n * 1000))
    }

    /// "3rd", "third", "twenty-third".
    pub(super) fn ordinal(self, at: usize) -> Found {
        let atom = self.atoms.get(at)?;
        if let Some((n, _)) = atom.digits {
            return atom.ordinal.then_some((at + 1, n));
        }
        if let Some(n) = self.sense(at, Class::Ordinal) {
            return Some((at + 1, n));
        }
        let tens = self.sense(at, Class::Number).filter(|n| *n >= 20)?;
        let one = self.sense(self.dash(at + 1), Class::Ordinal).filter(|n| *n < 10)?;
        Some((self.dash(at + 1) + 1, tens + one))
    }

    /// A day of the month: "9", "9th", "ninth", "twenty nine".
    pub(super) fn day(self, at: usize) -> Found {
        let atom = self.atoms.get(at)?;
        let found = match atom.digits {
            Some((n, length)) if length <= 2 && !atom.amount && !atom.counts => Some((at + 1, n)),
            Some(_) => None,
            None => self.ordinal(at).or_else(|| self.below_hundred(at)),
        };
        found.filter(|d| (1..=31).contains(&d.1))
    }

    /// A year: "1996", "nineteen ninety six", "two thousand and fifteen".
    pub(super) fn year(self, at: usize) -> Found {
        let atom = self.atoms.get(at)?;
        if let Some((n, length)) = atom.digits {
            let fits = length == 4 && (1000..2200).contains(&n) && !atom.amount && !atom.counts;
            let decade =
                self.atoms.get(at + 1).is_some_and(|a| a.glued && a.id != 0 && self.ends_decade(at + 1));
            return (fits && !decade).then_some((at + 1, n));
        }
        let (end, first) = self.below_hundred(at)?;
        if (10..=21).contains(&first) {
            let hundred = self.word(end, "hundred");
            let and = if hundred > end { self.word(hundred, "and") } else { end };
            if let Some((last, rest)) = self.below_hundred(and).filter(|r| r.1 >= 10 || hundred > end) {
                return Some((last, first * 100 + rest));
            }
            if hundred > end {
                return Some((hundred, first * 100));
            }
        }
        self.in_words(at).filter(|(_, n)| (1000..2200).contains(n))
    }

    /// A year of two digits: "'87", "87". The century is the one that brings it nearest to 2000.
    pub(super) fn short_year(self, at: usize) -> Found {
        let atom = self.atoms.get(at)?;
        let (n, _) = atom.digits.filter(|d| d.1 == 2 && !atom.amount && !atom.ordinal)?;
        Some((at + 1, century_of(n)))
    }

    fn ends_decade(self, at: usize) -> bool {
        self.word(at, "s") > at || self.word(at, "'s") > at
    }

    /// "1990s", "the '90s", "nineties": the first year.
    pub(super) fn decade(self, at: usize) -> Found {
        if let Some(tens) = self.sense(at, Class::Tens) {
            return Some((at + 1, 1900 + tens));
        }
        let at = at + usize::from(self.atoms.get(at)?.sign.is_some_and(|s| matches!(s, '\'' | '’' | '‘')));
        let Some((n, length)) = self.atoms.get(at)?.digits else { return self.spelled_decade(at) };
        let first = match length {
            4 if (1000..2200).contains(&n) => n,
            2 => century_of(n),
            _ => return None,
        };
        (first % 10 == 0 && self.ends_decade(at + 1)).then_some((at + 2, first))
    }

    /// "nineteen seventies".
    fn spelled_decade(self, at: usize) -> Found {
        let (end, century) = self.below_hundred(at).filter(|c| (10..=21).contains(&c.1))?;
        Some((end + 1, century * 100 + self.sense(end, Class::Tens)?))
    }
}

/// The year that two digits stand for: 1930 to 2029.
pub(super) fn century_of(n: i64) -> i64 {
    if n < 30 { 2000 + n } else { 1900 + n }
}
