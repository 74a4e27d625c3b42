//! `add`: texts in, coded, kept in the record.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use chancery_corpus::{Added, Corpus, Ingest, Known, Outcome, Raw, Totals, key};
use chancery_model::Document;
use indicatif::ProgressBar;

use super::{Reading, threads};
use crate::answers::count;
use crate::inputs::{Input, inputs};
use crate::ordered::ordered;
use crate::output::{Output, bar, harmless};
use crate::{Coded, Ended, Pipeline};

/// So many plain lines are printed before only what is odd is.
const PLAIN_LINES: usize = 20;

pub(super) fn add(
    paths: &[PathBuf],
    verbose: bool,
    asked: Option<usize>,
    reading: &Reading,
    record: &Path,
) -> Result<Ended> {
    let began = Instant::now();
    let pipeline = reading.pipeline()?;
    let corpus = Corpus::open(record)?;
    let (known, coder) = (corpus.known()?, pipeline.coder_name());
    let inputs = inputs(paths, Some(record));
    let bar = bar(inputs.len(), "files");
    let mut report = Report {
        corpus,
        out: Output::new(),
        bar,
        verbose,
        plain: 0,
        already: 0,
        unsaid: None,
        ended: Ended::Well,
    };
    let mut stopped = Ok(());
    ordered(
        threads(asked),
        |job| read(&inputs, job),
        |job| work(job, &pipeline, &known, coder),
        |done| {
            stopped = report.take(done);
            if stopped.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    report.bar.finish_and_clear();
    stopped?;
    report.finish(began)
}

/// A step on the way through the threads; `T` is a document, later what became of it.
struct Step<T> {
    place: String,
    /// Named on the command line: to give nothing is then a failure.
    named: bool,
    suspects: Vec<String>,
    /// The last of its file.
    last: bool,
    what: Result<T, Failure>,
}

/// Why there is no document, and whether something failed.
struct Failure {
    why: String,
    failed: bool,
}

type Job = Step<(Document, Arc<Raw>)>;

enum Done {
    Known(String),
    Coded(Box<(Document, Coded)>, Arc<Raw>),
}

fn read(inputs: &[Input], job: &mut dyn FnMut(Job) -> bool) {
    for input in inputs {
        let readings = match input.read() {
            Ok(readings) => readings,
            Err(why) => {
                let what = Err(Failure { why, failed: true });
                let place = input.name.clone();
                if !job(Step { place, named: input.named, suspects: Vec::new(), last: true, what }) {
                    return;
                }
                continue;
            }
        };
        let mut readings = readings.peekable();
        while let Some((reading, raw)) = readings.next() {
            let what = reading.outcome.map(|document| (document, raw));
            let what = what.map_err(|skip| Failure { why: skip.why, failed: skip.failed });
            let last = readings.peek().is_none();
            let (place, suspects) = (reading.place, reading.suspects);
            if !job(Step { place, named: input.named, suspects, last, what }) {
                return;
            }
        }
    }
}

fn work(job: Job, pipeline: &Pipeline, known: &BTreeMap<String, Known>, coder: &str) -> Step<Done> {
    let Step { place, named, suspects, last, what } = job;
    let what = what.and_then(|(document, raw)| match known.get(&key(&document.text)) {
        Some(held) if held.coder == coder => Ok(Done::Known(held.id.clone())),
        _ => match pipeline.try_code(&document) {
            Ok(coded) => Ok(Done::Coded(Box::new((document, coded)), raw)),
            Err(why) => Err(Failure { why, failed: true }),
        },
    });
    Step { place, named, suspects, last, what }
}

/// The record, and what is printed about it.
struct Report {
    corpus: Corpus,
    out: Output,
    bar: ProgressBar,
    verbose: bool,
    plain: usize,
    /// Texts that were in the record before.
    already: u32,
    /// Why the report cannot be printed; what was read is kept all the same.
    unsaid: Option<anyhow::Error>,
    ended: Ended,
}

impl Report {
    fn take(&mut self, step: Step<Done>) -> Result<()> {
        let Step { place, named, mut suspects, last, what } = step;
        match what {
            Err(Failure { why, failed }) => {
                if failed || named {
                    self.ended = Ended::WithFailures;
                }
                self.note(&place, Outcome::Skipped, Some(&why), None)?;
                self.line(&format!("skipped  {place}: {why}"));
            }
            Ok(Done::Known(id)) => self.already(&place, &id),
            Ok(Done::Coded(document_and_coded, raw)) => {
                let (document, coded) = *document_and_coded;
                let added = self.corpus.add(&document, &coded.analysis, &coded.record, &raw)?;
                if let Added::New { name, .. } = &added
                    && *name != document.id
                {
                    suspects.push(format!("another text has the id '{}'; kept as '{name}'", document.id));
                }
                self.kept(&place, &added, &coded, &suspects)?;
            }
        }
        if last {
            self.bar.inc(1);
        }
        Ok(())
    }

    fn kept(&mut self, place: &str, added: &Added, coded: &Coded, suspects: &[String]) -> Result<()> {
        let (word, id) = match added {
            Added::New { id, .. } => ("read", id),
            Added::Recoded { id } => ("recoded", id),
            Added::Already { id } => {
                self.already(place, id);
                return Ok(());
            }
        };
        let found = |rows: usize, one, many| count(u32::try_from(rows).unwrap_or(u32::MAX), one, many);
        let record = &coded.record;
        self.plain(&format!(
            "{word:8} {place}: {id}, {}, {}, {}, {}",
            found(record.meetings.len(), "meeting", "meetings"),
            found(record.roles.len(), "role", "roles"),
            found(record.statements.len(), "statement", "statements"),
            found(record.events.len(), "event", "events"),
        ));
        for suspect in suspects {
            self.line(&format!("suspect  {place}: {suspect}"));
        }
        let outcome = if suspects.is_empty() { Outcome::Read } else { Outcome::Suspect };
        let why = suspects.join("; ");
        self.note(place, outcome, (!why.is_empty()).then_some(&why), Some(id))
    }

    fn note(
        &mut self,
        place: &str,
        outcome: Outcome,
        why: Option<&str>,
        document: Option<&str>,
    ) -> Result<()> {
        let [why, document] = [why, document].map(|text| text.map(str::to_owned));
        Ok(self.corpus.report(&Ingest { place: place.to_owned(), outcome, why, document })?)
    }

    fn already(&mut self, place: &str, id: &str) {
        self.already += 1;
        self.plain(&format!("already  {place}: in the record as {id}"));
    }

    /// A line that says that all is well: of many such, only the first are printed.
    fn plain(&mut self, line: &str) {
        self.plain += 1;
        match self.plain {
            _ if self.verbose => self.line(line),
            n if n <= PLAIN_LINES => self.line(line),
            n if n == PLAIN_LINES + 1 => {
                self.line("…        from here on only what is odd; --verbose prints all")
            }
            _ => {}
        }
    }

    fn line(&mut self, line: &str) {
        let out = &mut self.out;
        if self.unsaid.is_none() {
            self.unsaid = self.bar.suspend(|| out.line(&harmless(line))).err();
        }
    }

    fn finish(mut self, began: Instant) -> Result<Ended> {
        self.corpus.link()?;
        // Where their lines were too many to print.
        if self.already > 0 && self.plain > PLAIN_LINES && !self.verbose {
            let texts = count(self.already, "text was", "texts were");
            self.line(&format!("already  {texts} in the record and not read again"));
        }
        let summary = summary(self.corpus.totals()?, began.elapsed().as_secs_f64());
        self.line(&summary);
        match self.unsaid {
            Some(error) => Err(error),
            None => self.out.finish().map(|()| self.ended),
        }
    }
}

/// What the record holds now, in one line.
fn summary(totals: Totals, seconds: f64) -> String {
    format!(
        "{} · {} · {} · {} · {} · {} · {} of {} gave nothing · {seconds:.1} s",
        count(totals.documents, "document", "documents"),
        count(totals.meetings, "meeting", "meetings"),
        count(totals.people, "person", "people"),
        count(totals.roles, "role", "roles"),
        count(totals.statements, "statement", "statements"),
        count(totals.events, "event", "events"),
        totals.silent,
        count(totals.sentences, "sentence", "sentences"),
    )
}
