//! From a document to its record.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use anyhow::{Context as _, Result};
use chancery_coder::Coder;
use chancery_model::{Analysis, Discourse, Document, Record, Reference};
use chancery_nlp::{Analyser, Exit};

/// Language analysis and coding with the weights and rules that are part of the program. Serves any number of threads.
pub struct Pipeline {
    analyser: Analyser,
    coder: Coder,
    name: String,
}

/// A document's analysis and what was read out of it.
#[derive(Debug, Clone)]
pub struct Coded {
    /// Sentences and trees.
    pub analysis: Analysis,
    /// The rows.
    pub record: Record,
}

impl Pipeline {
    /// The pipeline of this program, reading as deep as its network goes.
    ///
    /// # Errors
    /// If the program was built with damaged weights or rules.
    pub fn embedded() -> Result<Self> {
        Self::embedded_at(Exit::Accurate)
    }

    /// The same, the network answering from this exit.
    ///
    /// # Errors
    /// If the program was built with damaged weights or rules.
    pub fn embedded_at(exit: Exit) -> Result<Self> {
        Self::with(exit, Coder::embedded())
    }

    /// The same with this coder.
    ///
    /// # Errors
    /// If the program was built with damaged weights or rules.
    pub fn with(exit: Exit, coder: Coder) -> Result<Self> {
        let analyser =
            Analyser::embedded().context("the weights in this program are damaged; build it again")?.at(exit);
        let name = format!("{} weights {:016x} {}", coder.name(), analyser.stamp(), exit.name());
        Ok(Self { analyser, coder, name })
    }

    /// Analyse and code one document. The same document gives the same record, on every machine.
    #[must_use]
    pub fn code(&self, document: &Document) -> Coded {
        let analysis = self.analyser.analyse(document);
        let record = Record { coder: self.name.clone(), ..self.coder.code(document, &analysis) };
        Coded { analysis, record }
    }

    /// The same, a fault of the program being an answer rather than the end: one text must not stop a thousand.
    pub(crate) fn try_code(&self, document: &Document) -> Result<Coded, String> {
        guarded(|| self.code(document))
    }

    /// What another coder makes of a document that was analysed; a fault of the program is an answer.
    pub(crate) fn try_with(
        &self,
        coder: &Coder,
        document: &Document,
        analysis: &Analysis,
    ) -> Result<Record, String> {
        guarded(|| coder.code(document, analysis))
    }

    /// Who is meant and who says what in a document that was analysed.
    #[must_use]
    pub fn discourse(&self, document: &Document, analysis: &Analysis) -> Discourse {
        self.analyser.discourse(document, analysis)
    }

    /// Whom the phrases of a document that was analysed mean.
    #[must_use]
    pub fn references(&self, document: &Document, analysis: &Analysis) -> Vec<Reference> {
        self.coder.references(document, analysis)
    }

    /// Which coder this is: program, version, hashes of its rules and weights. A record that another one made is made anew.
    #[must_use]
    pub fn coder_name(&self) -> &str {
        &self.name
    }
}

thread_local! {
    /// Whether a panic on this thread is about to be caught and told in the report.
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |fault| {
            if !GUARDED.get() {
                loud(fault);
            }
        }));
    });
    GUARDED.set(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(false);
    done.map_err(|fault| {
        let said = fault.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| fault.downcast_ref::<&str>().copied()).unwrap_or("no reason given");
        format!("a fault of Chancery, please report it with the text: {said}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_an_answer() {
        let fault = guarded(|| assert_eq!(1, 2, "numbers differ")).expect_err("it panics");
        assert!(fault.starts_with("a fault of Chancery") && fault.contains("numbers differ"), "{fault}");
        assert_eq!(guarded(|| 3), Ok(3));
    }
}
