//! What the tests of the command line share.
#![allow(dead_code, clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

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

/// Scores, as `chancery score --json` writes them, against the floors that `docs/floors.csv` sets this set of texts.
pub(crate) fn hold(set: &str, scores: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/floors.csv");
    let table = std::fs::read_to_string(path).unwrap();
    let rows = table.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let own: Vec<_> = rows.filter(|row| row[0] == set).collect();
    assert!(!own.is_empty(), "docs/floors.csv has no floor for {set}");
    for row in own {
        let (layer, measure, floor): (_, _, f64) = (row[1], row[2], row[3].parse().unwrap());
        let score = scores[layer][measure].as_f64().unwrap();
        assert!(score >= floor, "{set}: {layer} {measure} {score} fell under its floor {floor}");
    }
}

/// A readout as a ministry might write it, with an accent, curly quotes and a non-breaking space.
pub(crate) fn readout(day: u8) -> String {
    format!(
        "OSLO, March {day}, 2031 (Fjord Wire) -- Norwegian Foreign Minister Zoë Dahl met with Chilean President José Rojas in \
         Oslo on March\u{a0}{day}, 2031.\n\nDahl said that Norway is ready to deepen cooperation with Chile. “Chile \
         supports the harbour treaty,” Rojas said.\n"
    )
}
