//! What the tests of the command line share.
#![allow(dead_code, clippy::unwrap_used)]

use std::path::PathBuf;
use std::process::{Command, Output};

/// A folder of its own for one test, removed with it.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("chancery-{test}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        std::fs::create_dir_all(self.0.join(name).parent().unwrap()).unwrap();
        std::fs::write(self.0.join(name), content).unwrap();
        self.path(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_chancery"))
}

pub(crate) fn chancery(arguments: &[&str]) -> Output {
    command().args(arguments).output().unwrap()
}

/// What a run that must succeed printed.
pub(crate) fn printed(run: &Output) -> String {
    let said = String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(0), "{said}");
    String::from_utf8(run.stdout.clone()).unwrap()
}

/// A readout as a ministry might write it, with an accent, curly quotes and a non-breaking space.
pub(crate) fn readout(day: u8) -> String {
    format!(
        "OSLO, March {day}, 2031 (Fjord Wire) -- Norwegian Foreign Minister Zoë Dahl met with Chilean President José Rojas in \
         Oslo on March\u{a0}{day}, 2031.\n\nDahl said that Norway is ready to deepen cooperation with Chile. “Chile \
         supports the harbour treaty,” Rojas said.\n"
    )
}
