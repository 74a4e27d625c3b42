//! Chores of the project: `cargo xtask tidy`, `cargo xtask eval [--write]`, `cargo xtask dates`, `cargo xtask visits [--limit N]`,
//! `cargo xtask compare REV [--limit N]`, `cargo xtask bench DATE`.
#![expect(clippy::print_stdout, reason = "chores print")]

mod bench;
mod compare;
mod dates;
mod eval;
mod floors;
mod tidy;
mod visits;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output};

const USAGE: &str = "\
cargo xtask tidy           is the house in order? (cargo test asks it too)
cargo xtask eval           measure the coder against the annotated texts in ../shared/gold; fails below docs/floors.csv
cargo xtask eval --write   … write docs/scores.md, and raise the floors to the scores
cargo xtask dates          measure the tagger of time expressions against the suite in ../shared/data/dates
cargo xtask visits         are the meetings found that others list? prints the misses (--limit N: of N texts a set)
cargo xtask compare REV    which rows do the changes since that revision add, lose or alter? (--limit N: at most N lines a kind, 20)
cargo xtask bench DATE     measure speed and memory, and add a line with that date to docs/bench.md";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match arguments[..] {
        ["tidy"] => tidy::run(),
        ["eval"] => eval::run(false),
        ["eval", "--write"] => eval::run(true),
        ["dates"] => dates::run(),
        ["visits"] => visits::run(None),
        ["visits", "--limit", limit] => match limit.parse() {
            Ok(limit) => visits::run(Some(limit)),
            Err(_) => Err(format!("'{limit}' is no number of texts")),
        },
        ["compare", revision] => compare::run(revision, 20),
        ["compare", revision, "--limit", limit] => match limit.parse() {
            Ok(limit) => compare::run(revision, limit),
            Err(_) => Err(format!("'{limit}' is no number of lines")),
        },
        ["bench", date] => bench::run(date),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the root").to_owned()
}

/// The command, run at the root; what it said where it failed.
fn run(command: &mut Command) -> Result<Output, String> {
    run_in(&root(), command)
}

fn run_in(folder: &Path, command: &mut Command) -> Result<Output, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command.current_dir(folder).output().map_err(|error| format!("{name}: {error}"))?;
    if output.status.success() {
        Ok(output)
    } else {
        Err(format!("{name}: {}\n{}", output.status, String::from_utf8_lossy(&output.stderr)))
    }
}

/// The program, built in release mode.
fn chancery() -> Result<PathBuf, String> {
    build(&root(), None)
}

/// The program of this tree, built in release mode, in a folder of its own if one is given.
fn build(tree: &Path, target: Option<&Path>) -> Result<PathBuf, String> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["build", "--release", "-p", "chancery", "--message-format=json-render-diagnostics"]);
    if let Some(target) = target {
        command.arg("--target-dir").arg(target);
    }
    let built = run_in(tree, &mut command)?;
    let messages = String::from_utf8_lossy(&built.stdout).into_owned();
    let mut programs = messages.lines().filter_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        message["executable"].as_str().map(PathBuf::from)
    });
    programs.next_back().ok_or_else(|| "cargo built no program".to_owned())
}
