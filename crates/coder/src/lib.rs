//! Reads a document's layers and writes its record: coreference, roles, meetings, statements and events, one document at a time.
//!
//! Patterns run on lemmas and dependency relations, never on raw strings; what they look for is data in `data/codebook` and
//! `data/actors`. Silence beats a guess, and is counted: a sentence that gives nothing is listed with the reason.
//!
//! Must not know: files, databases, which parser made the tree.

mod beside;
mod cast;
mod clause;
mod embedded;
mod events;
mod fold;
mod identify;
pub mod import;
pub mod knowledge;
mod meetings;
mod posts;
mod references;
mod repair;
mod resolve;
mod roles;
mod rules;
mod scan;
mod statements;
mod time;
mod tree;

use chancery_model::{Analysis, BlockKind, Document, Note, Record, Reference, SCHEMA, Silence};
pub use knowledge::Problem;
pub use rules::Example;
pub use time::TimeExpression;

use cast::Cast;
use knowledge::{Knowledge, Names};
use resolve::Reader;
use rules::{Codebook, PAGES};
use time::Tagger;
use tree::Tree;

/// The coder: actor tables and codebook, loaded once, used for any number of documents at once.
pub struct Coder {
    knowledge: Knowledge,
    codebook: Codebook,
    times: Tagger,
    name: String,
}

/// The data files that are part of the program, as path below `data/` and content.
#[must_use]
pub fn data_files() -> Vec<(String, String)> {
    let mut files = Names::embedded().tables();
    let pages = PAGES.iter().chain(&time::FILES);
    files.extend(pages.map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    files
}

/// What is wrong in data files, given as path below `data/` and content.
#[must_use]
pub fn check(files: &[(String, String)]) -> Vec<Problem> {
    let of_times = |file: &(String, String)| time::FILES.iter().any(|known| known.0 == file.0);
    let (times, files): (Vec<_>, Vec<_>) = files.iter().cloned().partition(of_times);
    let (pages, tables): (Vec<_>, Vec<_>) = files.into_iter().partition(|f| f.0.ends_with(".toml"));
    let pages = pages.into_iter().map(|f| (Codebook::check(&f.0, &f.1), f.0));
    let times = times.into_iter().map(|f| (Tagger::check(&f.0, &f.1), f.0));
    let mut problems = knowledge::check(&tables, &Knowledge::embedded());
    for (wrong, file) in pages.chain(times) {
        problems.extend(wrong.map(|(line, message)| Problem { file: file.clone(), line, message }));
    }
    problems
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

    fn of(knowledge: Knowledge) -> Self {
        let stamp = PAGES
            .iter()
            .chain(&time::FILES)
            .fold(knowledge.stamp(), |hash, page| knowledge::stamp(hash, page.1.as_bytes()));
        Self {
            knowledge,
            codebook: Codebook::embedded(),
            times: Tagger::embedded(),
            name: format!("chancery {} data {stamp:016x}", env!("CARGO_PKG_VERSION")),
        }
    }

    /// Program, version and hash of the data: two coders of one name give the same record for the same layers.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
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
        let reader = self.reader(document, trees, &expressions);
        let (meetings, scene) = meetings::meetings(&reader, &self.codebook);
        let said = statements::statements(&reader, &self.codebook, &scene);
        let events = events::events(&reader, &self.codebook, &scene, &meetings, &said.drafts);
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
        record.silent = silent(&reader, &record, &said.silent);
        record
    }

    /// Whom the phrases of a document mean, in the order of its words.
    #[must_use]
    pub fn references(&self, document: &Document, analysis: &Analysis) -> Vec<Reference> {
        let trees = self.trees(document, analysis);
        let expressions = self.expressions(document, &trees);
        let reader = self.reader(document, trees, &expressions);
        let (_, scene) = meetings::meetings(&reader, &self.codebook);
        let said = statements::statements(&reader, &self.codebook, &scene);
        references::references(&reader, &said.scenes)
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
        trees: Vec<Tree<'a>>,
        expressions: &[Vec<TimeExpression>],
    ) -> Reader<'a> {
        let reference = document.reference_date();
        let times = trees.iter().zip(expressions);
        let times =
            times.map(|(tree, all)| all.iter().filter_map(|t| t.time(tree, reference)).collect()).collect();
        let publisher = self.home(document);
        let mut cast = Cast::gather(document, &trees, &self.knowledge, &self.codebook, publisher.as_deref());
        cast.home = roles::state_of_address(document, &self.knowledge).or(cast.home);
        Reader { document, knowledge: &self.knowledge, trees, times, cast, words: &self.codebook.clauses }
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
