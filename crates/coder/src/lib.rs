//! Reads a document's layers and writes its record: coreference, roles, meetings, statements and events, one document at a time.
//!
//! Patterns run on lemmas and dependency relations, never on raw strings; what they look for is data in `data/codebook` and
//! `data/actors`. Silence beats a guess, and is counted: a sentence that gives nothing is listed with the reason.
//!
//! Must not know: files, databases, which parser made the tree.

mod answers;
mod beside;
mod cast;
mod clause;
mod codebook;
mod embedded;
mod events;
mod fold;
mod identify;
pub mod import;
mod kin;
pub mod knowledge;
mod learnt;
mod meetings;
pub mod ontology;
mod posts;
mod references;
mod relations;
mod repair;
mod resolve;
mod roles;
mod rules;
mod scan;
mod statements;
mod time;
mod tree;
mod words;

use chancery_model::{Analysis, BlockKind, Document, Note, Record, Reference, SCHEMA, Silence};
pub use codebook::Vocabulary;
pub use events::{SideBid, Sided, Sketch};
pub use knowledge::Problem;
pub use rules::{Example, Sample};
pub use time::TimeExpression;

use cast::Cast;
use knowledge::{Knowledge, Names};
use references::{PAGE as PHRASES, PhraseWords};
use resolve::Reader;
use rules::{Codebook, PAGES};
use time::Tagger;
use tree::Tree;

/// The coder: actor tables and codebook, loaded once, used for any number of documents at once.
pub struct Coder {
    knowledge: Knowledge,
    codebook: Codebook,
    phrases: PhraseWords,
    times: Tagger,
    name: String,
}

/// The data files that are part of the program, as path below `data/` and content.
#[must_use]
pub fn data_files() -> Vec<(String, String)> {
    let mut files = Names::embedded().tables();
    let pages =
        PAGES.iter().chain([&PHRASES]).chain(&time::FILES).chain(&codebook::FILES).chain(&ontology::FILES);
    files.extend(pages.map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    files
}

/// The page of the codebook of events on which a rule is (`accuse#blame`): path below `data/`, and text.
#[must_use]
pub fn page_of(rule: &str) -> Option<(&'static str, &'static str)> {
    let kind = rule.split_once('#')?.0;
    codebook::FILES.into_iter().find(|(path, _)| path.ends_with(&format!("/{kind}.md")))
}

/// What is wrong in data files, given as path below `data/` and content.
#[must_use]
pub fn check(files: &[(String, String)]) -> Vec<Problem> {
    let of_times = |file: &(String, String)| time::FILES.iter().any(|known| known.0 == file.0);
    let (times, files): (Vec<_>, Vec<_>) = files.iter().cloned().partition(of_times);
    let (own, files): (Vec<_>, Vec<_>) = files.into_iter().partition(|f| codebook::is_of(&f.0, &f.1));
    let (ontology, files): (Vec<_>, Vec<_>) = files.into_iter().partition(|f| ontology::is_of(&f.0, &f.1));
    // What phrases are masked by is not the coder's.
    let rest = files.into_iter().filter(|f| !f.0.ends_with("formulae.toml"));
    let (pages, tables): (Vec<_>, Vec<_>) = rest.partition(|f| f.0.ends_with(".toml"));
    let page = |f: &(String, String)| match f.0.ends_with(PHRASES.0) {
        true => PhraseWords::check(&f.1),
        false => Codebook::check(&f.0, &f.1),
    };
    let pages = pages.into_iter().map(|f| (page(&f), f.0));
    let times = times.into_iter().map(|f| (Tagger::check(&f.0, &f.1), f.0));
    let mut problems = knowledge::check(&tables, &Knowledge::embedded());
    for (wrong, file) in pages.chain(times) {
        problems.extend(wrong.map(|(line, message)| Problem { file: file.clone(), line, message }));
    }
    problems.extend(ontology::check(&ontology));
    let own: Vec<_> = own.into_iter().chain(ontology).collect();
    problems.extend(codebook::Pages::with(&own).err().into_iter().flatten().map(problem));
    problems
}

/// What is well-formed in data files, given as for [`check`], and yet does nothing: words that no text holds, patterns that others
/// always forestall.
#[must_use]
pub fn remarks(files: &[(String, String)], vocabulary: &dyn Vocabulary) -> Vec<Problem> {
    let is_of = |f: &&(String, String)| codebook::is_of(&f.0, &f.1) || ontology::is_of(&f.0, &f.1);
    let own: Vec<_> = files.iter().filter(is_of).cloned().collect();
    codebook::Pages::remarks(&own, vocabulary).into_iter().map(problem).collect()
}

fn problem((file, (line, message)): (String, codebook::Fault)) -> Problem {
    Problem { file, line, message }
}

impl Coder {
    /// The coder with the tables and the codebook that are part of the program.
    #[must_use]
    pub fn embedded() -> Self {
        Self::of(Knowledge::embedded())
    }

    /// The same, looking names up in these tables before its own.
    #[must_use]
    pub fn with_actors(names: Names) -> Self {
        Self::of(Knowledge::embedded().with(names))
    }

    /// The same, these pages of the codebook of events (name and content) taking the place of its own of the same name.
    ///
    /// # Errors
    /// What is wrong in the pages.
    pub fn with_codebook(mut self, files: &[(String, String)]) -> Result<Self, Vec<Problem>> {
        let pages = codebook::Pages::with(files);
        self.codebook.pages = pages.map_err(|faults| faults.into_iter().map(problem).collect::<Vec<_>>())?;
        let stamp = files.iter().fold(0, |hash, file| knowledge::stamp(hash, file.1.as_bytes()));
        self.name = format!("{} codebook {stamp:016x}", self.name);
        Ok(self)
    }

    /// The same, in which patterns alone say who acts and toward whom, without the weights of `sides.csv`: what the examples of pages
    /// are about.
    #[must_use]
    pub fn patterns_alone(mut self) -> Self {
        self.codebook.pages.sides = codebook::Sides::default();
        self
    }

    fn of(knowledge: Knowledge) -> Self {
        let stamp = PAGES
            .iter()
            .chain([&PHRASES])
            .chain(&time::FILES)
            .chain(&codebook::FILES)
            .fold(knowledge.stamp(), |hash, page| knowledge::stamp(hash, page.1.as_bytes()));
        Self {
            knowledge,
            codebook: Codebook::embedded(),
            phrases: PhraseWords::embedded(),
            times: Tagger::embedded(),
            name: format!("chancery {} data {stamp:016x}", env!("CARGO_PKG_VERSION")),
        }
    }

    /// Program, version and hash of the data: two coders of one name give the same record for the same layers.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the coder knows about the world.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// The examples that the rules of the codebook carry.
    #[must_use]
    pub fn examples(&self) -> Vec<Example> {
        self.codebook.examples().into_iter().chain(self.times.examples()).collect()
    }

    /// The record of one document.
    #[must_use]
    pub fn code(&self, document: &Document, analysis: &Analysis) -> Record {
        let trees = self.trees(document, analysis);
        let expressions = self.expressions(document, &trees);
        let reader = self.reader(document, analysis.asked, trees, &expressions);
        let (meetings, scene) = meetings::meetings(&reader, &self.codebook);
        let said = statements::statements(&reader, &self.codebook, &scene);
        let (events, of_nobody) =
            events::events(&reader, &self.codebook, &said.scenes, &meetings, &said.drafts);
        let people = posts::identities(&reader.cast);
        let (roles, terms) = roles::roles(&reader, &people);
        let mut record = Record {
            schema: SCHEMA,
            document: document.id.clone(),
            coder: self.name.clone(),
            roles,
            people,
            terms,
            meetings,
            statements: said.drafts.into_iter().map(|d| d.statement).collect(),
            events,
            silent: Vec::new(),
            notes: notes(&reader, expressions.iter().flatten()),
        };
        record.silent = silent(&reader, &record, &[of_nobody, said.silent].concat());
        record
    }

    /// Whom the phrases of a document mean, in the order of its words.
    #[must_use]
    pub fn references(&self, document: &Document, analysis: &Analysis) -> Vec<Reference> {
        let trees = self.trees(document, analysis);
        let expressions = self.expressions(document, &trees);
        let reader = self.reader(document, analysis.asked, trees, &expressions);
        let (_, scene) = meetings::meetings(&reader, &self.codebook);
        let said = statements::statements(&reader, &self.codebook, &scene);
        references::references(&reader, &said.scenes)
    }

    /// What the pages find in each sentence of a document, word by word.
    #[must_use]
    pub fn sketches(&self, document: &Document, analysis: &Analysis) -> Vec<Sketch> {
        let trees = self.trees(document, analysis);
        let expressions = self.expressions(document, &trees);
        let reader = self.reader(document, analysis.asked, trees, &expressions);
        let (_, scene) = meetings::meetings(&reader, &self.codebook);
        let said = statements::statements(&reader, &self.codebook, &scene);
        events::sketches(&reader, &self.codebook, &said.scenes)
    }

    /// Why a rule of the pages of events, named as provenance names it (`accuse#blame`), does not fire in a document, as far as can be told.
    #[must_use]
    pub fn unfired(&self, document: &Document, analysis: &Analysis, rule: &str) -> Option<String> {
        let trees = self.trees(document, analysis);
        let expressions = self.expressions(document, &trees);
        let reader = self.reader(document, analysis.asked, trees, &expressions);
        let (_, scene) = meetings::meetings(&reader, &self.codebook);
        let said = statements::statements(&reader, &self.codebook, &scene);
        events::unfired(&reader, &self.codebook, &said.scenes, rule)
    }

    /// The time expressions of a document, in order.
    #[must_use]
    pub fn times(&self, document: &Document, analysis: &Analysis) -> Vec<TimeExpression> {
        self.expressions(document, &self.trees(document, analysis)).concat()
    }

    /// The time expressions of each sentence.
    fn expressions(&self, document: &Document, trees: &[Tree]) -> Vec<Vec<TimeExpression>> {
        self.times.expressions(trees, document.reference_date(), self.home(document).as_deref())
    }

    fn reader<'a>(
        &'a self,
        document: &'a Document,
        asked: bool,
        trees: Vec<Tree<'a>>,
        expressions: &[Vec<TimeExpression>],
    ) -> Reader<'a> {
        let times =
            expressions.iter().map(|all| all.iter().filter_map(TimeExpression::time).collect()).collect();
        let speaks = roles::publisher(document, &self.knowledge);
        let publisher = speaks.clone().filter(|code| code.len() == 3);
        let lists = (&self.codebook, &self.phrases);
        let mut cast = Cast::gather(document, &trees, &self.knowledge, lists, publisher.as_deref());
        let address = roles::state_of_address(document, &self.knowledge);
        cast.own = address.clone().or(publisher);
        cast.publisher = cast.own.clone().or(speaks);
        cast.home = address.or(cast.home);
        let (words, phrases) = (&self.codebook.clauses, &self.phrases);
        Reader { document, knowledge: &self.knowledge, trees, asked, times, cast, words, phrases }
    }

    /// The state of the publisher, if it is known.
    fn home(&self, document: &Document) -> Option<String> {
        roles::publisher_state(document, &self.knowledge)
    }

    /// The sentences as trees, with the corrections that hold for reported speech.
    fn trees<'a>(&self, document: &'a Document, analysis: &'a Analysis) -> Vec<Tree<'a>> {
        let mut trees: Vec<Tree> =
            analysis.sentences.iter().enumerate().map(|(i, s)| Tree::new(i, s, &document.text)).collect();
        for tree in &mut trees {
            repair::reported_speech(tree, &self.codebook);
        }
        trees
    }
}

/// What a reader of the record should see: names that could not be placed, dates that contradict themselves.
fn notes<'t>(reader: &Reader, times: impl Iterator<Item = &'t TimeExpression>) -> Vec<Note> {
    let mut out = Vec::new();
    for time in times {
        let text = reader.document.slice(time.span);
        out.extend(
            time.note.iter().map(|n| Note { span: Some(time.span), text: format!("\"{text}\": {n}") }),
        );
    }
    for person in reader.cast.persons.iter().filter(|p| p.code().is_empty()) {
        out.push(Note { span: None, text: format!("no state or body could be told for {}", person.full) });
    }
    out
}

/// The sentences from which no row was made, each with the reason.
fn silent(reader: &Reader, record: &Record, cued: &[(usize, String)]) -> Vec<Silence> {
    let mut spoke = vec![false; reader.trees.len()];
    let all = record.roles.iter().flat_map(|r| &r.provenance);
    let all = all.chain(record.meetings.iter().flat_map(|r| &r.provenance));
    let all = all.chain(record.statements.iter().flat_map(|r| &r.provenance));
    for provenance in all.chain(record.events.iter().flat_map(|r| &r.provenance)) {
        if let Some(flag) = spoke.get_mut(provenance.sentence as usize - 1) {
            *flag = true;
        }
    }
    let mut out = Vec::new();
    for (s, tree) in reader.trees.iter().enumerate().filter(|(s, _)| !spoke[*s]) {
        let kind = reader.document.blocks[tree.sentence.block].kind;
        let why = match kind {
            BlockKind::Headline => "headline: what it says is told again below".to_owned(),
            BlockKind::Caption => "caption: what it says is told again elsewhere".to_owned(),
            _ => cued
                .iter()
                .find(|c| c.0 == s)
                .map_or_else(|| "no words of attribution and no encounter".to_owned(), |c| c.1.clone()),
        };
        out.push(Silence {
            sentence: u32::try_from(s + 1).unwrap_or(u32::MAX),
            span: tree.sentence.span,
            why,
        });
    }
    out
}
