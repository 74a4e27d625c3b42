//! The codebook of events: pages that coders read and the machine runs, `data/codebook/en/*.md`.

mod agents;
mod around;
mod lexis;
mod lint;
mod listed;
mod named;
mod page;
mod pattern;
mod reader;
mod sides;
mod slots;
mod sureness;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::ontology::Ontology;
use crate::rules::Example;
use crate::words::WordList;
use named::Numbering;

pub use lint::Vocabulary;

pub(crate) use agents::{Agent, Agents, Group};
pub(crate) use around::{Around, Prepositions};
pub(crate) use lexis::{Lexis, Word, WordSet};
pub(crate) use listed::Listed;
pub(crate) use named::{Lists, Named};
pub(crate) use page::{Fault, Page, Rule};
pub(crate) use pattern::{Classes, Filler, Pattern, Place, Predicate};
pub(crate) use reader::EventReader;
pub(crate) use sides::{Names, Part, Side, Sides, Sight, Spelt, Tally};
pub(crate) use sureness::{FoundBy, Sureness};

/// The pages and the lists that they share, by path below `data/`.
pub(crate) const FILES: [(&str, &str); 23] = [
    ("codebook/en/accuse.md", include_str!("../../../../data/codebook/en/accuse.md")),
    ("codebook/en/agree.md", include_str!("../../../../data/codebook/en/agree.md")),
    ("codebook/en/aid.md", include_str!("../../../../data/codebook/en/aid.md")),
    ("codebook/en/assault.md", include_str!("../../../../data/codebook/en/assault.md")),
    ("codebook/en/coerce.md", include_str!("../../../../data/codebook/en/coerce.md")),
    ("codebook/en/concede.md", include_str!("../../../../data/codebook/en/concede.md")),
    ("codebook/en/consult.md", include_str!("../../../../data/codebook/en/consult.md")),
    ("codebook/en/cooperate.md", include_str!("../../../../data/codebook/en/cooperate.md")),
    ("codebook/en/mobilize.md", include_str!("../../../../data/codebook/en/mobilize.md")),
    ("codebook/en/protest.md", include_str!("../../../../data/codebook/en/protest.md")),
    ("codebook/en/reject.md", include_str!("../../../../data/codebook/en/reject.md")),
    ("codebook/en/request.md", include_str!("../../../../data/codebook/en/request.md")),
    ("codebook/en/retreat.md", include_str!("../../../../data/codebook/en/retreat.md")),
    ("codebook/en/sanction.md", include_str!("../../../../data/codebook/en/sanction.md")),
    ("codebook/en/support.md", include_str!("../../../../data/codebook/en/support.md")),
    ("codebook/en/threaten.md", include_str!("../../../../data/codebook/en/threaten.md")),
    ("codebook/en/agents.csv", include_str!("../../../../data/codebook/en/agents.csv")),
    ("codebook/en/groups.csv", include_str!("../../../../data/codebook/en/groups.csv")),
    ("codebook/en/classes.toml", include_str!("../../../../data/codebook/en/classes.toml")),
    ("codebook/en/realis.toml", include_str!("../../../../data/codebook/en/realis.toml")),
    ("codebook/en/confidence.csv", include_str!("../../../../data/codebook/en/confidence.csv")),
    ("codebook/en/sides.csv", include_str!("../../../../data/codebook/en/sides.csv")),
    ("codebook/en/reader.toml", include_str!("../../../../data/codebook/en/reader.toml")),
];

/// Words that tell whether what a clause says is so; see `data/codebook/en/realis.toml`.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Realis {
    /// Auxiliaries under which it is to happen: will.
    pub(crate) planned_auxiliaries: WordList,
    /// Auxiliaries under which it may or may not: would, may.
    pub(crate) unreal_auxiliaries: WordList,
    /// Conjunctions that make a clause a condition: if, unless.
    pub(crate) conditions: WordList,
    /// Subjects, and words before one, under which nothing happens: nobody, no.
    pub(crate) negative_subjects: WordList,
    /// Verbs and adjectives whose infinitive is done: manage, begin.
    pub(crate) done: WordList,
    /// Verbs and adjectives whose infinitive is to be done: plan, set.
    pub(crate) planned: WordList,
    /// Verbs whose clause is so: say, announce, confirm.
    pub(crate) told: WordList,
    /// Verbs and nouns whose clause or object is denied: deny.
    pub(crate) denied: WordList,
    /// Verbs and nouns whose object, noun or clause has not happened: call, demand, threat, plan.
    pub(crate) unreal: WordList,
    /// Words beside a noun that make it one that has not happened: possible, any, no.
    pub(crate) unreal_modifiers: WordList,
    /// Words beside a noun that put it ahead: planned, upcoming.
    pub(crate) planned_modifiers: WordList,
    /// Words beside a noun or verb that put it long ago: historic, ancient.
    pub(crate) past_modifiers: WordList,
    /// Verbs that say little, whose object tells the event and whose subject does it: launch, hold.
    pub(crate) light: WordList,
}

/// A pattern under a word that may tell it.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    /// What must stand around the word.
    needed: [Around; 3],
    /// The particles or other halves of which the word needs one; none where it tells the event alone.
    pub(crate) halves: Box<[Word]>,
    /// Lists of which a word must stand around it.
    named: [u16; 2],
    /// Numbers of its page, its rule and the pattern.
    place: (u16, u16, u16),
    /// How much the pattern says.
    weight: u16,
    /// How much it may say where all places are filled that may be missing; they add little.
    most: u16,
    pub(crate) predicate: Predicate,
}

impl Entry {
    /// A pattern under a word that tells it alone.
    fn new<'p>(place: (usize, usize, usize), pattern: &'p Pattern, numbering: &mut Numbering<'p>) -> Self {
        let small = |number: usize| u16::try_from(number).expect("pages and their lines are few");
        let weight = pattern.weight();
        Self {
            needed: Around::needed(pattern),
            halves: Box::default(),
            named: numbering.needed(pattern),
            place: (small(place.0), small(place.1), small(place.2)),
            weight: small(weight),
            most: small(weight + 3 * pattern.places.len()),
            predicate: pattern.predicate,
        }
    }

    /// Numbers of its page, its rule and the pattern.
    pub(crate) fn place(&self) -> (usize, usize, usize) {
        let (page, rule, pattern) = self.place;
        (page.into(), rule.into(), pattern.into())
    }

    /// How much the pattern says.
    pub(crate) fn weight(&self) -> usize {
        self.weight.into()
    }

    /// How much it may say where all places are filled that may be missing.
    pub(crate) fn most(&self) -> usize {
        self.most.into()
    }

    /// Whether the pattern may fit where this stands around the word.
    #[inline]
    pub(crate) fn may_fit(&self, around: Around) -> bool {
        self.needed.iter().all(|any| any.meets(around))
    }

    /// Whether the words that the pattern names are among these.
    #[inline]
    pub(crate) fn is_named<'n>(&self, named: impl FnOnce() -> &'n Named) -> bool {
        self.named == [0; 2] || named().have(self.named)
    }
}

/// All pages, with an index of their patterns by the word that tells the event.
#[derive(Debug, Clone)]
pub(crate) struct Pages {
    pub(crate) pages: Vec<Page>,
    pub(crate) realis: Realis,
    /// What the learned reader of events may tell, and how its places are filled.
    pub(crate) reader: EventReader,
    pub(crate) sureness: Sureness,
    pub(crate) sides: Sides,
    pub(crate) agents: Agents,
    /// Nouns that count others: "dozens of protesters".
    pub(crate) quantities: WordSet,
    /// Nouns for those who lead or belong to others: "leaders of the opposition".
    pub(crate) leaders: WordSet,
    pub(crate) lexis: Lexis,
    /// The lists of words that patterns name.
    pub(crate) lists: Lists,
    /// For each word of the lexis.
    index: Vec<Vec<Entry>>,
}

impl Pages {
    /// The pages that are part of the program.
    pub(crate) fn embedded() -> Self {
        Self::read(&FILES).0
    }

    /// The pages of the program, those of these files (path or name, and content) taking the place of its own of the same name; so do
    /// tables of codes among them.
    ///
    /// # Errors
    /// What is wrong in the files.
    pub(crate) fn with(files: &[(String, String)]) -> Result<Self, Vec<(String, Fault)>> {
        let (pages, faults) = Self::read_with(&merged(files), &Ontology::with(files));
        if faults.is_empty() { Ok(pages) } else { Err(faults) }
    }

    /// What does nothing in these files, taking the place of the program's own of the same name; see [`lint`].
    pub(crate) fn remarks(files: &[(String, String)], vocabulary: &dyn Vocabulary) -> Vec<(String, Fault)> {
        let all = merged(files);
        let ontology = Ontology::with(files);
        let mut remarks = lint::remarks(&Self::read_with(&all, &ontology).0, &all, (vocabulary, &ontology));
        remarks.retain(|(path, _)| files.iter().any(|f| f.0 == *path));
        remarks
    }

    /// The examples of all rules, in the order of the pages.
    pub(crate) fn examples(&self) -> impl Iterator<Item = Example> + '_ {
        self.pages.iter().flat_map(|page| {
            page.rules.iter().map(|rule| Example {
                rule: page.name_of(rule),
                fires: rule.fires.clone(),
                silent: rule.silent.clone(),
            })
        })
    }

    /// Read pages, given as path below `data/` and content; what cannot be read is left out and told, with its path.
    pub(crate) fn read(files: &[(&str, &str)]) -> (Self, Vec<(String, Fault)>) {
        Self::read_with(files, &Ontology::embedded())
    }

    fn read_with(files: &[(&str, &str)], ontology: &Ontology) -> (Self, Vec<(String, Fault)>) {
        let mut faults = Vec::new();
        let list = |name: &str| files.iter().find(|f| f.0.ends_with(name));
        let classes: Option<BTreeMap<String, Vec<String>>> =
            list("classes.toml").map(|f| table(f, &mut faults));
        // Where they cannot be read, what uses them is not wrong for that.
        let own = FILES.iter().find(|f| f.0.ends_with("classes.toml") && !faults.is_empty());
        let classes = own.and_then(|f| toml::from_str(f.1).ok()).or(classes).unwrap_or_default();
        let mut lexis = Lexis::default();
        let mut numbered = |words: Vec<String>| words.iter().map(|word| lexis.add(word)).collect();
        let classes: Classes = classes.into_iter().map(|(name, words)| (name, numbered(words))).collect();
        let realis: Realis = list("realis.toml").map_or_else(Realis::default, |f| table(f, &mut faults));
        let (sureness, wrong) = Sureness::read(list("confidence.csv").map_or("", |f| f.1));
        faults.extend(wrong.into_iter().map(|fault| ("codebook/en/confidence.csv".to_owned(), fault)));
        let reader = EventReader::read(list("reader.toml"), &mut lexis, &mut faults);
        let (sides, wrong) =
            Sides::read(list("sides.csv").map_or("", |f| f.1), (reader.fill, reader.replace));
        faults.extend(wrong.into_iter().map(|fault| ("codebook/en/sides.csv".to_owned(), fault)));
        let text = |name: &str| list(name).map_or("", |f| f.1);
        let (agents, wrong) = Agents::read(text("agents.csv"), text("groups.csv"), ontology, &mut lexis);
        for (name, wrong) in ["agents.csv", "groups.csv"].into_iter().zip(wrong) {
            let path = list(name).map_or(name, |f| f.0);
            faults.extend(wrong.into_iter().map(|fault| (path.to_owned(), fault)));
        }
        let class = |name: &str| classes.get(name).map_or(&[][..], Vec::as_slice);
        let [quantities, leaders] = ["quantity", "leader"].map(|name| class(name).iter().copied().collect());
        let mut pages = Vec::new();
        for (path, text) in files.iter().filter(|f| is_page(f.0)) {
            let (page, mut wrong) = Page::read(text, &classes, &mut lexis);
            wrong.extend(page.unknown_codes(ontology));
            faults.extend(wrong.into_iter().map(|fault| ((*path).to_owned(), fault)));
            pages.push(page);
        }
        let (index, lists) = index(&pages, &lexis);
        let all =
            Self { pages, realis, reader, sureness, sides, agents, quantities, leaders, lexis, lists, index };
        (all, faults)
    }

    /// The patterns that a word may tell, what says most first.
    pub(crate) fn at(&self, word: Word) -> &[Entry] {
        &self.index[word.place()]
    }

    /// The pattern of an entry, with its rule and its page.
    #[inline]
    pub(crate) fn pattern(&self, entry: &Entry) -> (&Page, &Rule, &Pattern) {
        let (page, rule, pattern) = entry.place();
        let page = &self.pages[page];
        (page, &page.rules[rule], &page.rules[rule].patterns[pattern])
    }
}

impl Pages {
    /// The page of a type.
    pub(crate) fn page(&self, plover: &str) -> Option<&Page> {
        self.pages.iter().find(|page| page.plover == plover)
    }
}

/// The files of the program, these taking the place of its own of the same name; new pages at the end.
fn merged(files: &[(String, String)]) -> Vec<(&str, &str)> {
    let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
    let own = |path: &str| files.iter().find(|f| name(&f.0) == name(path));
    let mut all: Vec<(&str, &str)> =
        FILES.iter().map(|f| own(f.0).map_or(*f, |o| (o.0.as_str(), o.1.as_str()))).collect();
    let new = |f: &&(String, String)| f.0.ends_with(".md") && !FILES.iter().any(|k| name(k.0) == name(&f.0));
    all.extend(files.iter().filter(new).map(|f| (f.0.as_str(), f.1.as_str())));
    all
}

/// The patterns of all pages under the words that may tell them, for each word of the lexis; and the lists of words that they name.
fn index(pages: &[Page], lexis: &Lexis) -> (Vec<Vec<Entry>>, Lists) {
    let mut index: Vec<Vec<Entry>> = vec![Vec::new(); lexis.len()];
    let mut numbering = Numbering::of(lexis.len());
    for (p, page) in pages.iter().enumerate() {
        for (r, rule) in page.rules.iter().enumerate() {
            for (i, pattern) in rule.patterns.iter().enumerate() {
                let alone = Entry::new((p, r, i), pattern, &mut numbering);
                for (lemma, half) in &pattern.lemmas {
                    let entries = &mut index[lemma.place()];
                    match (entries.last_mut().filter(|last| last.place == alone.place), half) {
                        (None, half) => {
                            entries.push(Entry { halves: half.iter().copied().collect(), ..alone.clone() });
                        }
                        (Some(known), Some(half)) if !known.halves.is_empty() => {
                            known.halves = known.halves.iter().chain([half]).copied().collect();
                        }
                        (Some(known), _) => known.halves = Box::default(),
                    }
                }
            }
        }
    }
    // What says most comes first; of equals, what stands first.
    index.iter_mut().for_each(|entries| entries.sort_by_key(|entry| std::cmp::Reverse(entry.weight)));
    (index, numbering.done())
}

/// Whether a file is of the codebook of events: by its path below `data/`, or as a page with rules.
pub(crate) fn is_of(path: &str, text: &str) -> bool {
    path.starts_with("codebook/en/") || is_page(path) && text.contains("\n## Rules")
}

fn is_page(path: &str) -> bool {
    path.ends_with(".md")
}

fn table<T: Default + serde::de::DeserializeOwned>(
    file: &(&str, &str),
    faults: &mut Vec<(String, Fault)>,
) -> T {
    toml::from_str(file.1).unwrap_or_else(|e| {
        let line = e.span().map_or(1, |s| file.1[..s.start.min(file.1.len())].matches('\n').count() + 1);
        let message = e.message().lines().next().unwrap_or("not valid TOML").to_owned();
        faults.push((file.0.to_owned(), (line, message)));
        T::default()
    })
}
