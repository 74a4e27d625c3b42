//! Reads a document's layers and writes its record: coreference, roles, meetings, statements and events, one document at a time.
//!
//! Patterns run on lemmas and dependency relations, never on raw strings; what they look for is data in `data/codebook` and
//! `data/actors`. Silence beats a guess, and is counted: a sentence that gives nothing is listed with the reason.
//!
//! Must not know: files, databases, which parser made the tree.

mod beside;
mod cast;
mod clause;
mod events;
mod fold;
pub mod knowledge;
mod meetings;
mod repair;
mod resolve;
mod roles;
mod rules;
mod scan;
mod statements;
mod time;
mod tree;

use chancery_model::{Analysis, BlockKind, Document, Note, Record, SCHEMA, Silence};
pub use knowledge::Problem;
pub use rules::Example;

use cast::Cast;
use knowledge::Knowledge;
use resolve::Reader;
use rules::{Codebook, PAGES};
use tree::Tree;

/// The coder: actor tables and codebook, loaded once, used for any number of documents at once.
pub struct Coder {
    knowledge: Knowledge,
    codebook: Codebook,
    name: String,
}

/// The data files that are part of the program, as path below `data/` and content.
#[must_use]
pub fn data_files() -> Vec<(&'static str, &'static str)> {
    let mut files = knowledge::data_files();
    files.extend(PAGES);
    files
}

/// What is wrong in data files, given as path below `data/` and content.
#[must_use]
pub fn check(files: &[(String, String)]) -> Vec<Problem> {
    let tables: Vec<(String, String)> = files.iter().filter(|f| !f.0.ends_with(".toml")).cloned().collect();
    let mut problems = knowledge::check(&tables);
    for (file, text) in files.iter().filter(|f| f.0.ends_with(".toml")) {
        problems.extend(Codebook::check(file, text).map(|(line, message)| Problem {
            file: file.clone(),
            line,
            message,
        }));
    }
    problems
}

impl Coder {
    /// The coder with the tables and the codebook that are part of the program.
    #[must_use]
    pub fn embedded() -> Self {
        let stamp =
            data_files().iter().flat_map(|f| f.1.bytes()).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
            });
        Self {
            knowledge: Knowledge::embedded(),
            codebook: Codebook::embedded(),
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
        self.codebook.examples()
    }

    /// The record of one document.
    #[must_use]
    pub fn code(&self, document: &Document, analysis: &Analysis) -> Record {
        let trees = self.trees(document, analysis);
        let reference = document.reference_date();
        let times = trees.iter().map(|t| time::times(t, reference)).collect();
        let publisher = roles::publisher_state(document, &self.knowledge);
        let mut cast = Cast::gather(document, &trees, &self.knowledge, &self.codebook, publisher.as_deref());
        cast.home = roles::state_of_address(document, &self.knowledge).or(cast.home);
        let reader = Reader {
            document,
            knowledge: &self.knowledge,
            trees,
            times,
            cast,
            words: &self.codebook.clauses,
        };
        let (meetings, scene) = meetings::meetings(&reader, &self.codebook);
        let (drafts, cued) = statements::statements(&reader, &self.codebook, &scene);
        let events = events::events(&reader, &self.codebook, &scene, &meetings, &drafts);
        let mut record = Record {
            schema: SCHEMA,
            document: document.id.clone(),
            coder: self.name.clone(),
            roles: roles::roles(&reader),
            meetings,
            statements: drafts.into_iter().map(|d| d.statement).collect(),
            events,
            silent: Vec::new(),
            notes: notes(&reader),
        };
        record.silent = silent(&reader, &record, &cued);
        record
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

fn notes(reader: &Reader) -> Vec<Note> {
    let mut out = Vec::new();
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
