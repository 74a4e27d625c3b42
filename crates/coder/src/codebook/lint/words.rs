//! Words of patterns and classes that a lemmatised text never has.

use std::collections::{BTreeMap, BTreeSet};

use super::super::lexis::{Lexis, Word};
use super::super::page::{Fault, class};
use super::super::pattern::{Classes, Filler, Pattern, Predicate, is_preposition};
use super::super::{Pages, is_page};
use super::Vocabulary;
use super::reading::{Kind, Part, Reader, Wrong};

/// A place of a pattern with the words that may fill it, each as an editor wrote it, or `{n}` for the n-th class.
struct Slot {
    words: Vec<String>,
    part: Part,
    optional: bool,
}

/// A class with the line that defines it and the parts of speech that patterns look for its words as.
struct Class<'f> {
    path: &'f str,
    line: usize,
    name: String,
    /// Each with its line.
    words: Vec<(usize, String)>,
    parts: BTreeSet<Part>,
}

/// Words that no text holds, and classes without words; of each kind of mistake one remark a page.
pub(super) fn remarks(
    pages: &Pages,
    files: &[(&str, &str)],
    vocabulary: &dyn Vocabulary,
) -> Vec<(String, Fault)> {
    let reader = Reader { vocabulary };
    let mut classes: Vec<Class> = files.iter().flat_map(|(path, text)| classes(path, text)).collect();
    let (mut out, mut found) = (Vec::new(), Vec::new());
    let texts = files.iter().filter(|f| is_page(f.0));
    for ((path, text), page) in texts.zip(&pages.pages) {
        let mut lexis = Lexis::default();
        let names = names(&classes, path, &mut lexis);
        let lines: Vec<&str> = text.lines().collect();
        for pattern in page.rules.iter().flat_map(|rule| &rule.patterns) {
            let line = lines.get(pattern.line - 1).map_or("", |line| line.trim());
            let parsed = Pattern::parse(line, pattern.line, &names, &mut lexis);
            let slots = parsed.map(|p| slots(&p, &lexis)).unwrap_or_default();
            for slot in slots {
                let words = || {
                    slot.words.iter().flat_map(|word| match number(word) {
                        Some(class) => classes[class].words.iter().map(|w| w.1.as_str()).collect(),
                        None => vec![word.as_str()],
                    })
                };
                let wrong = of_slot(&reader, &slot, &words().collect());
                let whole = wrong.iter().filter(|w| !w.1.partly()).count() == slot.words.len();
                let dead = !slot.optional && (whole || wrong.iter().any(|w| w.1.kind == Kind::NoPreposition));
                let of =
                    |(word, wrong): (String, Wrong)| Found { path, line: pattern.line, word, wrong, dead };
                found.extend(wrong.into_iter().map(of));
                for number in slot.words.iter().filter_map(|word| number(word)) {
                    classes[number].parts.insert(slot.part);
                }
            }
        }
    }
    for Class { path, line, name, words, parts } in &classes {
        if words.is_empty() {
            let what = format!(
                "the class {{{name}}} is empty: no pattern with it ever matches; give it words or delete it"
            );
            out.push(((*path).to_owned(), (*line, what)));
        }
        let unused = BTreeSet::from([Part::Verb, Part::Head]);
        let parts = if parts.is_empty() { &unused } else { parts };
        let listed: BTreeSet<&str> = words.iter().map(|(_, word)| word.as_str()).collect();
        for (line, word) in words {
            let wrong: Option<Vec<Wrong>> =
                parts.iter().map(|part| reader.wrong(word, *part, &listed)).collect();
            if let Some(wrong) = wrong.and_then(|mut wrong| wrong.pop()) {
                found.push(Found { path, line: *line, word: word.clone(), wrong, dead: false });
            }
        }
    }
    out.extend(by_kind(found));
    out
}

/// What is wrong with the words of a place; `all` are its words and those of its classes.
fn of_slot(reader: &Reader, Slot { words, part, .. }: &Slot, all: &BTreeSet<&str>) -> Vec<(String, Wrong)> {
    // "Dead|over|finished" are no prepositions, though one of them may be one.
    let prepositions = words.iter().filter(|word| is_preposition(word)).count();
    let mut others = words.iter().filter(|word| number(word).is_none() && !is_preposition(word));
    if *part == Part::Head
        && 2 * prepositions >= words.len()
        && let Some(other) = others.next()
    {
        return vec![(other.clone(), Wrong { kind: Kind::NoPreposition, right: None })];
    }
    let own = words.iter().filter(|word| number(word).is_none());
    own.filter_map(|word| Some((word.clone(), reader.wrong(word, *part, all)?))).collect()
}

/// What is wrong with a word on a line, and whether its pattern never matches for it.
struct Found<'f> {
    path: &'f str,
    line: usize,
    word: String,
    wrong: Wrong,
    dead: bool,
}

/// Words, each with what would be right, and their lines.
type Words = BTreeMap<(String, String), BTreeSet<usize>>;

/// One remark a file for each kind of mistake: all its words, with their lines and what would be right.
fn by_kind(found: Vec<Found>) -> Vec<(String, Fault)> {
    let mut groups: BTreeMap<(&str, Kind, bool), Words> = BTreeMap::new();
    for Found { path, line, word, wrong, dead } in found {
        let words = groups.entry((path, wrong.kind, dead)).or_default();
        words.entry((word, wrong.right.unwrap_or_default())).or_default().insert(line);
    }
    let told = |((path, kind, dead), words): ((&str, Kind, bool), Words)| {
        let first = words.values().flatten().min().copied().unwrap_or(1);
        let word = |((word, right), lines): (&(String, String), &BTreeSet<usize>)| {
            let plural = if lines.len() == 1 { "line" } else { "lines" };
            let lines = lines.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            let right = if right.is_empty() { String::new() } else { format!(": write '{right}'") };
            format!("'{word}' ({plural} {lines}{right})")
        };
        let words: Vec<String> = words.iter().map(word).collect();
        (path.to_owned(), (first, format!("{}: {}", kind.told(dead), words.join(", "))))
    };
    groups.into_iter().map(told).collect()
}

/// The classes that a page may use, each standing for itself, so that it shows where words come from; its own go before the shared.
fn names(classes: &[Class], page: &str, lexis: &mut Lexis) -> Classes {
    let shared = classes.iter().enumerate().filter(|c| !is_page(c.1.path));
    let own = classes.iter().enumerate().filter(|c| c.1.path == page);
    let one =
        |(number, class): (usize, &Class)| (class.name.clone(), vec![lexis.add(&format!("{{{number}}}"))]);
    shared.chain(own).map(one).collect()
}

/// The class that a word stands for.
fn number(word: &str) -> Option<usize> {
    word.strip_prefix('{')?.strip_suffix('}')?.parse().ok()
}

/// The classes that a page, or the list of shared ones, defines.
fn classes<'f>(path: &'f str, text: &str) -> Vec<Class<'f>> {
    let made = |line, name, words| Class { path, line, name, words, parts: BTreeSet::new() };
    let numbered = || (1..).zip(text.lines());
    if is_page(path) {
        let mut section = "";
        let mut out = Vec::new();
        for (number, line) in numbered() {
            section = line.strip_prefix("## ").unwrap_or(section);
            if let Some(Ok((name, words))) = class(line.trim()).filter(|_| section.trim() == "Words") {
                out.push(made(number, name, words.into_iter().map(|w| (number, w)).collect()));
            }
        }
        return out;
    }
    let shared: BTreeMap<String, Vec<String>> = match path.ends_with("classes.toml") {
        true => toml::from_str(text).unwrap_or_default(),
        false => BTreeMap::new(),
    };
    let line_of = |from: usize, words: &str| {
        numbered()
            .find(|(number, line)| *number >= from && line.contains(words))
            .map_or(from, |found| found.0)
    };
    let line = |name: &str| {
        let names = |line: &str| line.split('=').next().is_some_and(|key| key.trim() == name);
        numbered().find(|(_, line)| names(line)).map_or(1, |found| found.0)
    };
    let class = |(name, words): (String, Vec<String>)| {
        let line = line(&name);
        let words = words.into_iter().map(|w| (line_of(line, &format!("\"{w}\"")), w)).collect();
        made(line, name, words)
    };
    shared.into_iter().map(class).collect()
}

/// The places of a pattern that words fill.
fn slots(pattern: &Pattern, lexis: &Lexis) -> Vec<Slot> {
    let part = match pattern.predicate {
        Predicate::Verb => Part::Verb,
        Predicate::Noun => Part::Noun,
        Predicate::Adjective => Part::Head,
    };
    let whole = |(word, other): &(Word, Option<Word>)| {
        let word = lexis.text(*word);
        match (part, other.map(|other| lexis.text(other))) {
            (Part::Noun, Some(first)) => format!("{first}_{word}"),
            (_, Some(particle)) => format!("{word}_{particle}"),
            (_, None) => word.to_owned(),
        }
    };
    let mut out = vec![Slot { words: pattern.lemmas.iter().map(whole).collect(), part, optional: false }];
    for place in pattern.subject.iter().chain(&pattern.places) {
        let (listed, part) = match &place.filler {
            Filler::Words(nouns) | Filler::RecipientAt(nouns) => (nouns, Part::Head),
            Filler::Do(verbs) | Filler::Doing(verbs) => (verbs, Part::Verb),
            _ => continue,
        };
        let word = |(word, other): (&str, Option<&str>)| match (part, other) {
            (Part::Verb, Some(particle)) => format!("{word}_{particle}"),
            (_, Some(first)) => format!("{first}_{word}"),
            (_, None) => word.to_owned(),
        };
        let words = listed.words(lexis).into_iter().map(word).collect();
        out.push(Slot { words, part, optional: place.optional });
    }
    out
}
