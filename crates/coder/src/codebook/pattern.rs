//! The pattern language of the codebook's pages: one line, a short English clause in its plainest form. See `docs/codebook.md`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::iter::Peekable;
use std::slice::Iter;

use super::around::{self, Prepositions};
use super::lexis::{Lexis, Word};
use super::listed::Listed;
use crate::knowledge::table::did_you_mean;

/// Classes of words by name: `{treaty}` and the lemmas that it stands for.
pub(crate) type Classes = BTreeMap<String, Vec<Word>>;

/// Stands for a sector that nobody has: `[ACTOR:NOBODY]` fits only where nobody is said to act.
pub(super) const NOBODY: &str = "NOBODY";

/// Who or what fills a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Filler {
    /// `ACTOR`, of one of these sectors if any are named.
    Actor(Vec<String>),
    /// `ACTORS`: one of those who do it together.
    Actors,
    /// `RECIPIENT`, of one of these sectors if any are named.
    Recipient(Vec<String>),
    /// `RECIPIENT:town|village`: one toward whom it is done, told by one of these lemmas.
    RecipientAt(Listed),
    /// `that RECIPIENT CLAUSE`: a clause whose subject is the recipient.
    ClauseOf,
    /// `SOMETHING`: any noun phrase.
    Something,
    /// A noun phrase headed by one of these lemmas.
    Words(Listed),
    /// `DO`, `DO:attack|bomb`: an infinitive, of these verbs if any are named.
    Do(Listed),
    /// `DOING`: a verb in -ing behind a preposition.
    Doing(Listed),
    /// `CLAUSE`.
    Clause,
}

impl Filler {
    /// Whether it is one toward whom it is done.
    pub(crate) fn is_recipient(&self) -> bool {
        matches!(self, Self::Recipient(_) | Self::RecipientAt(_) | Self::ClauseOf)
    }
}

/// A place behind a predicate: what fills it, and behind which prepositions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// One of which stands before it; none for a bare phrase.
    pub(crate) prepositions: Prepositions,
    pub(crate) filler: Filler,
    /// Whether it may be missing.
    pub(crate) optional: bool,
}

/// The kind of word that tells the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Predicate {
    Verb,
    Noun,
    /// An adjective with *be*.
    Adjective,
}

impl Predicate {
    /// All of them, in the order of their numbers.
    pub(crate) const ALL: [Self; 3] = [Self::Verb, Self::Noun, Self::Adjective];
}

/// The code of an event below its type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Code {
    pub(crate) cameo: Option<String>,
    pub(crate) mode: Option<String>,
    pub(crate) contexts: Vec<String>,
    /// Whether what is told is yet to be done: aid that is pledged.
    pub(crate) planned: bool,
}

/// One line of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pattern {
    pub(crate) predicate: Predicate,
    /// Lemmas of which one tells the event, each with its particle, or the other half of the word, if it has one.
    pub(crate) lemmas: Vec<(Word, Option<Word>)>,
    /// Whether it fits only behind *will* or *would*.
    pub(crate) ahead: bool,
    /// Whether it fits only where it is negated.
    pub(crate) negated: bool,
    /// Who or what stands before the verb.
    pub(crate) subject: Option<Place>,
    /// What stands behind it, in order.
    pub(crate) places: Vec<Place>,
    /// The line's own code, if it has one.
    pub(crate) code: Option<Code>,
    /// 1-based line in its page.
    pub(crate) line: usize,
}

impl Pattern {
    /// Whether there must be one toward whom it is done.
    pub(crate) fn needs_recipient(&self) -> bool {
        let needs = |p: &Place| p.filler.is_recipient() && !p.optional;
        self.subject.iter().chain(&self.places).any(needs)
    }

    /// The sectors that it names.
    pub(super) fn sectors(&self) -> Vec<&str> {
        fn of_place(place: &Place) -> &[String] {
            match &place.filler {
                Filler::Actor(sectors) | Filler::Recipient(sectors) => sectors,
                _ => &[],
            }
        }
        self.subject.iter().chain(&self.places).flat_map(of_place).map(String::as_str).collect()
    }

    /// How much it says: named words and those toward whom it is done count most, then places, sectors and negation.
    pub(crate) fn weight(&self) -> usize {
        let place = |p: &Place| match &p.filler {
            _ if p.optional => 0,
            Filler::Words(_) => 5,
            Filler::Do(w) | Filler::Doing(w) if !w.is_empty() => 5,
            Filler::Recipient(s) => 4 + usize::from(!s.is_empty()),
            Filler::RecipientAt(_) | Filler::ClauseOf => 5,
            Filler::Actors => 4,
            Filler::Actor(s) if !s.is_empty() => 3,
            Filler::Something | Filler::Clause => 1,
            _ => 2,
        };
        self.subject.iter().chain(&self.places).map(place).sum::<usize>()
            + 3 * (usize::from(self.negated) + usize::from(self.ahead))
            + 2 * usize::from(self.lemmas.iter().all(|l| l.1.is_some()))
    }

    /// Read one line.
    ///
    /// # Errors
    /// What is wrong with it, in the words of one who edits the page.
    pub(crate) fn parse(
        line: &str,
        number: usize,
        classes: &Classes,
        lexis: &mut Lexis,
    ) -> Result<Self, String> {
        let line = line.split(" #").next().unwrap_or(line);
        let (clause, code) = match line.split_once("=>") {
            Some((clause, code)) => (clause, Some(self::code(code)?)),
            None => (line, None),
        };
        let spaced = match clause.contains(['[', ']']) {
            true => Cow::Owned(clause.replace('[', " [ ").replace(']', " ] ")),
            false => Cow::Borrowed(clause),
        };
        let tokens: Vec<&str> = spaced.split_ascii_whitespace().collect();
        let mut parser = Parser { tokens: tokens.iter().peekable(), classes, lexis };
        let mut pattern = parser.pattern(number)?;
        pattern.code = code;
        if !pattern
            .subject
            .iter()
            .chain(&pattern.places)
            .any(|p| matches!(p.filler, Filler::Actor(_) | Filler::Actors) || p.filler.is_recipient())
        {
            return Err("the pattern names neither ACTOR, ACTORS nor RECIPIENT".to_owned());
        }
        Ok(pattern)
    }
}

/// `1222 assist`, or what follows `Code:`: `1222, mode assist, context military`.
pub(crate) fn code(text: &str) -> Result<Code, String> {
    let mut out = Code::default();
    let mut words = text.split([' ', ',']).filter(|w| !w.is_empty());
    while let Some(word) = words.next() {
        match word {
            "planned" => out.planned = true,
            "mode" | "context" => {
                let value = words.next().ok_or_else(|| format!("nothing stands behind '{word}'"))?.to_owned();
                if word == "mode" { out.mode = Some(value) } else { out.contexts.push(value) }
            }
            _ if word.bytes().all(|b| b.is_ascii_digit()) && (2..=4).contains(&word.len()) => {
                out.cameo = Some(word.to_owned());
            }
            _ if out.mode.is_none() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') => {
                out.mode = Some(word.to_owned());
            }
            _ => {
                return Err(format!(
                    "'{word}' is no CAMEO code; write '1222, mode assist, context military'"
                ));
            }
        }
    }
    Ok(out)
}

struct Parser<'t> {
    tokens: Peekable<Iter<'t, &'t str>>,
    classes: &'t Classes,
    lexis: &'t mut Lexis,
}

impl Parser<'_> {
    fn pattern(&mut self, line: usize) -> Result<Pattern, String> {
        let mut subject = None;
        let mut predicate = Predicate::Verb;
        if self.next_if("the") {
            predicate = Predicate::Noun;
        } else {
            let optional = self.next_if("[");
            let filler = self.filler()?;
            self.close(optional)?;
            subject = Some(Place { prepositions: Prepositions::default(), filler, optional });
        }
        let ahead = self.next_if("will");
        let negated = self.next_if("not");
        let word = *self
            .tokens
            .next()
            .ok_or("the pattern ends before its verb; write 'ACTOR verb …' or 'the noun …'")?;
        let noun_like =
            |w: &&str| w.starts_with(|c: char| c.is_lowercase() || c == '{') && !is_preposition(w);
        let word = if word == "be" && self.tokens.peek().is_some_and(|w| noun_like(w)) {
            predicate = Predicate::Adjective;
            *self.tokens.next().unwrap_or(&word)
        } else {
            word
        };
        if word.starts_with(char::is_uppercase) || word.starts_with('[') {
            return Err(format!("'{word}' stands where the verb is expected"));
        }
        // A verb has its particle behind it, a noun the other half of the word before it: `call_off`, `war_game`.
        let words = self.words(word)?;
        let with_particle = |word: Word| match self.lexis.parts(word, |text| text.split_once('_')) {
            Some((first, last)) if predicate == Predicate::Noun => (last, Some(first)),
            Some((verb, particle)) => (verb, Some(particle)),
            None => (word, None),
        };
        let lemmas = words.into_iter().map(with_particle).collect();
        let mut places = Vec::new();
        while self.tokens.peek().is_some() {
            let optional = self.next_if("[");
            places.push(self.place(optional)?);
            while optional && self.tokens.peek().is_some_and(|t| **t != "]") {
                places.push(self.place(optional)?);
            }
            self.close(optional)?;
        }
        Ok(Pattern { predicate, lemmas, ahead, negated, subject, places, code: None, line })
    }

    fn place(&mut self, optional: bool) -> Result<Place, String> {
        let mut prepositions = Prepositions::default();
        if self.next_if("that") {
            let filler = match self.filler()? {
                Filler::Recipient(_) if self.next_if("CLAUSE") => Filler::ClauseOf,
                filler => filler,
            };
            return Ok(Place { prepositions, filler, optional });
        }
        if let Some(word) = self.tokens.next_if(|w| is_preposition(w)) {
            prepositions = Prepositions::of(word.split('|').map(|p| p.replace('_', " ")).collect());
        }
        let filler = self.filler()?;
        if matches!(filler, Filler::Do(_)) {
            prepositions = Prepositions::default();
        }
        Ok(Place { prepositions, filler, optional })
    }

    fn filler(&mut self) -> Result<Filler, String> {
        let word =
            *self.tokens.next().ok_or("the pattern ends where a noun, ACTOR or RECIPIENT is expected")?;
        let (name, rest) = word.split_once(':').map_or((word, None), |(n, r)| (n, Some(r)));
        let sectors = || rest.map_or_else(Vec::new, |r| r.split('|').map(str::to_owned).collect());
        if let ("RECIPIENT", Some(rest)) = (name, rest) {
            let of_sectors = |part: &str| part.starts_with(char::is_uppercase);
            if rest.split('|').any(of_sectors) != rest.split('|').all(of_sectors) {
                return Err(format!("sectors and words do not mix in '{word}'; write a line for each"));
            }
        }
        Ok(match name {
            "ACTOR" => Filler::Actor(sectors()),
            "ACTORS" | "SOMETHING" | "SOMEONE" | "CLAUSE" if rest.is_some() => {
                return Err(format!("{name} takes no sectors or words; write '{name}'"));
            }
            "ACTORS" => Filler::Actors,
            "RECIPIENT" => match rest.filter(|r| !r.starts_with(char::is_uppercase)) {
                Some(nouns) => Filler::RecipientAt(self.nouns(nouns)?),
                None => Filler::Recipient(sectors()),
            },
            "SOMETHING" | "SOMEONE" => Filler::Something,
            "DO" => Filler::Do(self.verbs(rest)?),
            "DOING" => Filler::Doing(self.verbs(rest)?),
            "CLAUSE" => Filler::Clause,
            _ if word.starts_with(char::is_uppercase) => {
                return Err(format!(
                    "'{word}' is no place; there are ACTOR, ACTORS, RECIPIENT, SOMETHING, DO, DOING and CLAUSE"
                ));
            }
            "]" | "[" => {
                return Err("a bracket stands where a noun, ACTOR or RECIPIENT is expected".to_owned());
            }
            _ => Filler::Words(self.nouns(word)?),
        })
    }

    fn nouns(&mut self, text: &str) -> Result<Listed, String> {
        self.words(text).map(|words| Listed::nouns(&words, self.lexis))
    }

    /// The verbs that are named behind a colon, if any are.
    fn verbs(&mut self, named: Option<&str>) -> Result<Listed, String> {
        let words = named.map_or(Ok(Vec::new()), |text| self.words(text))?;
        Ok(Listed::verbs(&words, self.lexis))
    }

    /// `attack|{raid}` as lemmas.
    fn words(&mut self, text: &str) -> Result<Vec<Word>, String> {
        let mut out = Vec::new();
        for word in text.split('|') {
            let class = word.strip_prefix('{').and_then(|w| w.strip_suffix('}'));
            if class.unwrap_or(word).contains(['{', '}']) {
                let name = word.trim_matches(['{', '}']);
                return Err(format!("a brace of '{word}' is not closed; write '{{{name}}}'"));
            }
            match class {
                Some(class) => out.extend(self.classes.get(class).ok_or_else(|| {
                    let what = "neither on this page nor in classes.toml";
                    let hint = did_you_mean(class, self.classes.keys().map(String::as_str));
                    format!("there is no class {{{class}}}, {what}{}", hint.unwrap_or_default())
                })?),
                None if word.is_empty() => return Err(format!("'{text}' has an empty alternative")),
                None => out.push(self.lexis.add(word)),
            }
        }
        Ok(out)
    }

    fn next_if(&mut self, word: &str) -> bool {
        self.tokens.next_if(|w| **w == word).is_some()
    }

    fn close(&mut self, open: bool) -> Result<(), String> {
        if open && !self.next_if("]") {
            return Err("a bracket is not closed".to_owned());
        }
        Ok(())
    }
}

/// Words that open what follows a predicate: `on|against`. A lower-case word that is none of these is a noun or a verb.
pub(super) fn is_preposition(word: &str) -> bool {
    word.split('|').all(|w| match w.contains('_') {
        true => around::is_preposition(&w.replace('_', " ")),
        false => around::is_preposition(w),
    })
}
