//! Lemmas: the lexicon's, chosen among by the rules that the network proposes; for other forms the regular one.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chancery_model::Upos;

use crate::inflection;
use crate::pieces::is_invisible;

/// The lemmas that the treebanks give to forms.
#[derive(Default)]
pub(crate) struct Lexicon {
    parts: HashMap<Upos, Part>,
}

/// The words of one part of speech.
#[derive(Default)]
struct Part {
    /// Lower-case form to its lemmas, the most frequent first.
    forms: BTreeMap<Box<str>, Box<[Box<str>]>>,
    lemmas: BTreeSet<Box<str>>,
}

impl Lexicon {
    /// The lexicon of these lines, each a form and its lemmas parted by spaces.
    pub(crate) fn new<'a>(entries: impl Iterator<Item = (Upos, &'a [String])>) -> Self {
        let mut lexicon = Self::default();
        let verbs = include_str!("../../../data/languages/en/verbs.txt").lines();
        let part = lexicon.parts.entry(Upos::VERB).or_default();
        for line in verbs.map(str::trim).filter(|v| !v.is_empty() && !v.starts_with('#')) {
            let mut words = line.split(' ').map(Box::<str>::from);
            let Some(lemma) = words.next() else { continue };
            part.forms.extend(words.map(|form| (form, Box::from([lemma.clone()]))));
            part.lemmas.insert(lemma);
        }
        for (upos, lines) in entries {
            let part = lexicon.parts.entry(upos).or_default();
            for line in lines {
                let mut words = line.split(' ').map(Box::from);
                let Some(form) = words.next() else { continue };
                let lemmas: Box<[Box<str>]> = words.collect();
                part.lemmas.extend(lemmas.iter().cloned());
                part.forms.insert(form, lemmas);
            }
        }
        lexicon
    }

    /// The lemmas that a word may have with its tags, whatever the network proposes. Never empty.
    pub(crate) fn lemmas(&self, word: &str, upos: Upos, xpos: &str) -> Vec<String> {
        let listed = self.parts.get(&upos).and_then(|part| part.forms.get(word.to_lowercase().as_str()));
        match listed.filter(|lemmas| !lemmas.is_empty()) {
            Some(lemmas) => lemmas.iter().map(ToString::to_string).collect(),
            None => vec![self.lemma(word, upos, xpos, std::iter::empty())],
        }
    }

    /// Whether a word is the lemma of a form that is listed with this part of speech.
    pub(crate) fn has(&self, lemma: &str, upos: Upos) -> bool {
        self.parts.get(&upos).is_some_and(|part| part.lemmas.contains(lemma))
    }

    /// The lemma of a word with its tags, given the rules that the network proposes, the best first. Never empty.
    ///
    /// A form of the lexicon has one of its lemmas there. Another is taken as regular, or as its own lemma if it is no word that
    /// changes its form.
    pub(crate) fn lemma<'a>(
        &self,
        word: &str,
        upos: Upos,
        xpos: &str,
        rules: impl Iterator<Item = &'a str>,
    ) -> String {
        let visible: String = word.chars().filter(|c| !is_invisible(*c)).collect();
        let word = if visible.is_empty() { word.to_owned() } else { visible };
        let part = self.parts.get(&upos);
        let form = word.to_lowercase().replace('’', "'");
        if let Some(lemmas) = part.and_then(|part| part.forms.get(form.as_str())).filter(|l| !l.is_empty()) {
            let proposals = rules.map(|rule| apply(rule, &word));
            let known = |lemma: &String| lemmas.iter().any(|l| **l == **lemma);
            return proposals.into_iter().find(known).unwrap_or_else(|| lemmas[0].to_string());
        }
        match upos {
            Upos::PROPN if xpos == "NNPS" => inflection::lemma(&word, xpos, |_| false),
            Upos::VERB | Upos::NOUN | Upos::ADJ | Upos::ADV => {
                inflection::lemma(&word, xpos, |lemma| part.is_some_and(|p| p.lemmas.contains(lemma)))
            }
            Upos::PROPN | Upos::X | Upos::NUM | Upos::SYM | Upos::PUNCT => word,
            _ => word.to_lowercase(),
        }
    }
}

/// What a rule makes of a word: `l|1|y` lower-cases it, cuts one letter and adds `y`; `=` keeps the case.
///
/// Never empty: a rule that does not fit the word leaves it as it is.
fn apply(rule: &str, word: &str) -> String {
    let mut parts = rule.splitn(3, '|');
    let (case, cut, add) = (parts.next(), parts.next(), parts.next().unwrap_or_default());
    let base = if case == Some("l") { word.to_lowercase() } else { word.to_owned() };
    let letters = base.chars().count();
    let keep = cut.and_then(|n| n.parse().ok()).and_then(|n: usize| letters.checked_sub(n));
    let lemma = keep.map(|n| base.chars().take(n).collect::<String>() + add);
    lemma.filter(|l| !l.is_empty()).unwrap_or(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon() -> Lexicon {
        let verbs =
            ["met meet", "meet meet", "found find found", "agreed agree", "'s be have"].map(str::to_owned);
        Lexicon::new([(Upos::VERB, verbs.as_slice())].into_iter())
    }

    #[test]
    fn rules_cut_and_add_letters() {
        assert_eq!(apply("l|3|y", "Parties"), "party");
        assert_eq!(apply("=|0|", "Zenda"), "Zenda");
        assert_eq!(apply("=|2|have", "’s"), "have");
        assert_eq!(apply("=|1|e", "é"), "e");
    }

    #[test]
    fn a_rule_that_does_not_fit_leaves_the_word() {
        assert_eq!(apply("l|4|be", "Is"), "is");
        assert_eq!(apply("=|2|", "is"), "is");
        assert_eq!(apply("", "x"), "x");
    }

    fn lemma(word: &str, xpos: &str, rules: &[&str]) -> String {
        lexicon().lemma(word, Upos::VERB, xpos, rules.iter().copied())
    }

    #[test]
    fn a_verb_of_the_register_is_known_though_no_treebank_has_it() {
        let lemma =
            |word| Lexicon::new(std::iter::empty()).lemma(word, Upos::VERB, "VBD", std::iter::empty());
        assert_eq!(lemma("underlined"), "underline");
        assert_eq!(lemma("joined"), "join");
    }

    #[test]
    fn a_form_of_the_lexicon_has_its_lemma_whatever_the_rules_say() {
        assert_eq!(lemma("Met", "VBD", &["l|2|", "l|0|"]), "meet");
    }

    #[test]
    fn the_rules_choose_between_two_lemmas_of_a_form() {
        assert_eq!(lemma("found", "VB", &["l|1|", "l|0|"]), "found");
        assert_eq!(lemma("found", "VBD", &["l|1|"]), "find");
        assert_eq!(lemma("’s", "VBZ", &["=|2|have"]), "have");
    }

    #[test]
    fn the_lemmas_of_a_form_are_those_that_are_listed_else_the_regular_one() {
        assert_eq!(lexicon().lemmas("'s", Upos::VERB, "VBZ"), ["be", "have"]);
        assert_eq!(lexicon().lemmas("accused", Upos::VERB, "VBD"), ["accuse"]);
        assert!(lexicon().has("accuse", Upos::VERB) && !lexicon().has("accused", Upos::VERB));
    }

    #[test]
    fn another_form_is_regular() {
        assert_eq!(lemma("agreeing", "VBG", &["l|4|"]), "agree");
        assert_eq!(lemma("re-elected", "VBN", &[]), "re-elect");
        assert_eq!(lexicon().lemma("Zenda", Upos::PROPN, "NNP", ["=|2|"].into_iter()), "Zenda");
    }
}
