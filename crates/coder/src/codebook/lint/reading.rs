//! What the words that editors write are read as in a text.

use std::collections::BTreeSet;

use chancery_model::Upos;

use super::super::pattern::is_preposition;
use super::Vocabulary;

/// As what a word is looked for in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// As a verb, with its particle if it has one: `call_off`.
    Verb,
    /// As a noun that tells the event.
    Noun,
    /// As the head of a phrase, whatever its part of speech.
    Head,
}

/// A kind of mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// `astride` among prepositions.
    NoPreposition,
    /// `{drone} by ACTOR hit RECIPIENT`.
    NoVerb,
    /// `SOMETHING` among nouns.
    Place,
    /// `state_of_war`.
    ManyParts,
    /// `air-strike`.
    Hyphen,
    /// `Games`.
    Capitals,
    /// `accused`.
    Inflected,
    /// `strafe`, if no list has it: "strafed" is read as "straf".
    NewVerb,
}

impl Kind {
    /// What is wrong with words of this kind, and what comes of it.
    pub(super) fn told(self, dead: bool) -> String {
        let never = if dead { "so these patterns never match" } else { "so these never match" };
        let what = match self {
            Self::NoPreposition => "no prepositions that patterns know; those beside them are read as nouns",
            Self::NoVerb => {
                "prepositions where the verb is expected; before it there is one place, such as ACTOR"
            }
            Self::Place => "places cannot stand among words; write a line for each",
            Self::ManyParts => "a verb has one particle, a noun one word before it",
            Self::Hyphen => "words with a hyphen are read as several",
            Self::Capitals => "words are compared in lower case",
            Self::Inflected => "words are compared in their dictionary forms",
            Self::NewVerb => {
                return "no list has these verbs, so their past is read as another word; list it too"
                    .to_owned();
            }
        };
        format!("{what}, {never}")
    }
}

/// What is wrong with a word, and what would be right if that can be told.
pub(super) struct Wrong {
    pub(super) kind: Kind,
    pub(super) right: Option<String>,
}

impl Wrong {
    /// Whether some forms of the word are read as it is written.
    pub(super) fn partly(&self) -> bool {
        self.kind == Kind::NewVerb
    }
}

/// One who knows what the words of a text are read as.
pub(super) struct Reader<'v> {
    pub(super) vocabulary: &'v dyn Vocabulary,
}

impl Reader<'_> {
    /// Why no text has the word, if what would be right is not listed beside it.
    pub(super) fn wrong(&self, word: &str, part: Part, beside: &BTreeSet<&str>) -> Option<Wrong> {
        let listed = |right: &String| beside.contains(right.as_str());
        // "Strafe|straf": listed for the sake of "strafed".
        let for_another = || {
            let others = beside.iter().filter(|other| **other != word && other.starts_with(word));
            let mut wrong = others.filter_map(|other| self.misread(other, part));
            wrong.any(|wrong| wrong.partly() && wrong.right.as_deref() == Some(word))
        };
        let wrong = self.misread(word, part).filter(|wrong| !wrong.right.as_ref().is_some_and(listed))?;
        (!(wrong.partly() && for_another())).then_some(wrong)
    }

    /// Why no text has the word, and what would be right.
    fn misread(&self, word: &str, part: Part) -> Option<Wrong> {
        let place = word.split(':').next().unwrap_or(word);
        if matches!(place, "ACTOR" | "ACTORS" | "RECIPIENT" | "SOMETHING" | "CLAUSE" | "DO" | "DOING") {
            return Some(Wrong { kind: Kind::Place, right: None });
        }
        if word.contains(char::is_uppercase) {
            return Some(Wrong { kind: Kind::Capitals, right: Some(word.to_lowercase()) });
        }
        let parts: Vec<&str> = word.split('_').collect();
        if parts.len() > 2 {
            return Some(Wrong { kind: Kind::ManyParts, right: None });
        }
        // Where a dot ends a word its sentence tells.
        let whole = |part: &&&str| !part.contains('.');
        let cut = parts.iter().filter(whole).map(|part| self.vocabulary.cut(part)).find(|cut| cut.len() != 1);
        if let Some(cut) = cut {
            let right = match &cut[..] {
                [first, hyphen, last] if hyphen == "-" && parts.len() == 1 => Some(format!("{first}_{last}")),
                _ => None,
            };
            return Some(Wrong { kind: Kind::Hyphen, right });
        }
        match (part, &parts[..]) {
            (Part::Verb, [verb, ..]) => self.wrong_verb(verb),
            // A word before the noun may be of any kind: "armed forces".
            (_, [first, last]) => self.wrong_noun(last, part).or_else(|| self.wrong_noun(first, Part::Head)),
            (_, [noun]) => self.wrong_noun(noun, part),
            _ => None,
        }
    }

    /// What a word may be read as, in lower case as patterns compare it.
    fn lemmas(&self, word: &str, upos: Upos, xpos: &str) -> Vec<String> {
        self.vocabulary.lemmas(word, upos, xpos).iter().map(|lemma| lemma.to_lowercase()).collect()
    }

    fn has(&self, word: &str, kinds: &[Upos]) -> bool {
        kinds.iter().any(|kind| self.vocabulary.has_lemma(word, *kind))
    }

    fn wrong_verb(&self, verb: &str) -> Option<Wrong> {
        if self.has(verb, &[Upos::VERB, Upos::AUX]) {
            return None;
        }
        if is_preposition(verb) {
            return Some(Wrong { kind: Kind::NoVerb, right: None });
        }
        let lemmas = |form: &str, tag: &str| self.lemmas(form, Upos::VERB, tag);
        // "Fell" is a form of "fall" and a verb of its own.
        let inflected = ["ed", "ing", "s"].iter().any(|ending| verb.ends_with(ending));
        let read = ["VBD", "VBG", "VBZ"].into_iter().flat_map(|tag| lemmas(verb, tag));
        let other = read.into_iter().find(|l| l != verb && self.has(l, &[Upos::VERB]));
        if let Some(lemma) = other.filter(|_| inflected) {
            return Some(Wrong { kind: Kind::Inflected, right: Some(lemma) });
        }
        let misread = |(tag, form): (&str, String)| {
            let lemmas = lemmas(&form, tag);
            (!lemmas.iter().any(|l| l == verb)).then(|| lemmas.into_iter().next())?
        };
        let lemma = regular(verb).into_iter().find_map(misread)?;
        Some(Wrong { kind: Kind::NewVerb, right: Some(lemma) })
    }

    fn wrong_noun(&self, noun: &str, part: Part) -> Option<Wrong> {
        let kinds: &[Upos] = match part {
            Part::Noun => &[Upos::NOUN, Upos::PROPN],
            _ => {
                &[Upos::NOUN, Upos::PROPN, Upos::ADJ, Upos::VERB, Upos::ADV, Upos::NUM, Upos::PRON, Upos::DET]
            }
        };
        let mut letters = noun.chars();
        let name: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        if self.has(noun, kinds) || self.has(&name, &[Upos::PROPN]) {
            return None;
        }
        let read = self.lemmas(noun, Upos::NOUN, "NNS");
        if read.iter().any(|l| l == noun) {
            return None;
        }
        let mut read: Vec<&String> = read.iter().filter(|l| self.has(l, &[Upos::NOUN])).collect();
        // "Bases" may be of "basis" or of "base".
        read.sort_by_key(|lemma| !noun.starts_with(lemma.as_str()));
        Some(Wrong { kind: Kind::Inflected, right: Some((*read.first()?).clone()) })
    }
}

/// The forms of a verb as if it were regular, with their Penn tags.
fn regular(verb: &str) -> [(&'static str, String); 3] {
    let vowel = |c: char| "aeiou".contains(c);
    let letters: Vec<char> = verb.chars().rev().collect();
    let last = letters.first().copied().unwrap_or_default();
    let after_consonant = letters.get(1).is_some_and(|c| !vowel(*c));
    let syllables = verb.split(|c| !vowel(c) && c != 'y').filter(|v| !v.is_empty()).count();
    // "Wag", "wagged": one short syllable.
    let doubles = syllables == 1
        && !vowel(last)
        && !"wxy".contains(last)
        && letters.get(1).is_some_and(|c| vowel(*c))
        && letters.get(2).is_none_or(|c| !vowel(*c));
    let stem = verb.strip_suffix('e').filter(|stem| !stem.ends_with(['e', 'o', 'y'])).unwrap_or(verb);
    let stem = if doubles { format!("{verb}{last}") } else { stem.to_owned() };
    let past = match verb.strip_suffix('y').filter(|_| after_consonant) {
        Some(short) => format!("{short}ied"),
        None if verb.ends_with('e') => format!("{verb}d"),
        None => format!("{stem}ed"),
    };
    let third = match verb.strip_suffix('y').filter(|_| after_consonant) {
        Some(short) => format!("{short}ies"),
        None if verb.ends_with(['s', 'x', 'z']) || verb.ends_with("ch") || verb.ends_with("sh") => {
            format!("{verb}es")
        }
        None => format!("{verb}s"),
    };
    [("VBD", past), ("VBG", format!("{stem}ing")), ("VBZ", third)]
}
