//! Standard output and standard error.

use std::io::{self, BufWriter, IsTerminal, Write};

use anyhow::{Context as _, Result};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Standard output, buffered; a full disk gets a clear line and a closed pipe ends the program quietly.
pub(crate) struct Output {
    out: BufWriter<io::StdoutLock<'static>>,
    terminal: bool,
}

impl Output {
    pub(crate) fn new() -> Self {
        let out = io::stdout().lock();
        Self { terminal: out.is_terminal(), out: BufWriter::new(out) }
    }

    /// Whether a person reads it as it comes.
    pub(crate) fn is_terminal(&self) -> bool {
        self.terminal
    }

    /// Columns to fill: the terminal's, else as many as need be (0).
    pub(crate) fn width(&self) -> usize {
        let size = self.terminal.then(terminal_size::terminal_size).flatten();
        size.map_or(0, |(width, _)| usize::from(width.0))
    }

    pub(crate) fn write(&mut self, text: &str) -> Result<()> {
        let mut written = self.out.write_all(text.as_bytes());
        if self.terminal {
            written = written.and_then(|()| self.out.flush());
        }
        written.map_err(explained).context("standard output")
    }

    pub(crate) fn line(&mut self, text: &str) -> Result<()> {
        self.write(text)?;
        self.write("\n")
    }

    /// Must end every command, so that what did not fit is known.
    pub(crate) fn finish(mut self) -> Result<()> {
        self.out.flush().map_err(explained).context("standard output")
    }
}

fn explained(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::StorageFull => {
            io::Error::new(error.kind(), "the disk is full; make room and run the same command again")
        }
        _ => error,
    }
}

/// A bar on standard error that counts so many of what is named; nothing is drawn where that is no terminal.
pub(crate) fn bar(number: usize, what: &str) -> ProgressBar {
    let template = format!("{{bar:30}} {{pos}} of {{len}} {what}, {{elapsed}}, {{eta}} to go");
    let style = ProgressStyle::with_template(&template).expect("the template is well-formed");
    ProgressBar::with_draw_target(Some(number as u64), ProgressDrawTarget::stderr()).with_style(style)
}

/// A line on standard error, where one can be written.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// The text with nothing in it that a terminal would obey.
pub(crate) fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c }).collect()
}
