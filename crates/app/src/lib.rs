//! Chancery as a library, and the commands of its one binary.
//!
//! [`Pipeline`] is the whole way from bytes to records; [`run`] is the command line around it. The only crate that opens
//! files, reads clocks and prints.
//!
//! ```no_run
//! let pipeline = chancery::Pipeline::embedded()?;
//! for reading in chancery::formats::read("readout.txt", &std::fs::read("readout.txt")?) {
//!     let document = reading.outcome.map_err(|skip| anyhow::anyhow!(skip.why))?;
//!     let coded = pipeline.code(&document);
//!     assert!(coded.record.meetings.len() < 10);
//! }
//! # anyhow::Ok(())
//! ```

mod actors;
mod answers;
mod brief;
mod cli;
mod clock;
mod codes;
mod commands;
mod corrections;
pub mod examples;
mod explain;
mod inputs;
mod ordered;
mod output;
mod pipeline;
mod score;
pub mod sentences;
mod serve;
mod trial;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use clap::Parser;

pub use actors::files;
pub use chancery_coder as coder;
pub use chancery_corpus as corpus;
pub use chancery_formats as formats;
pub use chancery_model as model;
pub use chancery_nlp as nlp;
pub use chancery_nlp::Exit;
pub use cli::command;
pub use pipeline::{Coded, Pipeline};

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// All was done.
    Well,
    /// All was done but for some inputs, which were reported.
    WithFailures,
}

/// Run the command line and say how it ended: 0 all was done, 1 something was not, 2 it was not understood.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match cli::Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    match commands::run(cli.command) {
        Ok(Ended::Well) => ExitCode::SUCCESS,
        Ok(Ended::WithFailures) => ExitCode::from(1),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::complain(&output::harmless(&format!("chancery: {error:#}")));
            ExitCode::from(1)
        }
    }
}

/// Whoever read our output has had enough: `chancery statements | head`.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let pipe = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    };
    error.chain().any(pipe)
}
