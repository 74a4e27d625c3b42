//! `cargo xtask compare REV`: which rows does a change add, lose or alter?

mod diff;
mod sample;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use diff::{Coding, KINDS};

/// The program of the revision against that of the working tree; at most `limit` lines of a kind.
pub(crate) fn run(revision: &str, limit: usize) -> Result<String, String> {
    let commit = commit(revision)?;
    let folder = crate::root().join("target/compare");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let before = program_at(&commit, &folder)?;
    let after = crate::chancery()?;
    let sample = sample::sample(&folder)?;
    let (before, after) = (code(&before, &sample.paths)?, code(&after, &sample.paths)?);
    let mut out = format!("{revision} ({}) against the working tree, on {}\n", &commit[..9], sample.about);
    for (kind, shown) in KINDS {
        let change = diff::change(kind, shown, &before, &after);
        let (added, lost, altered) = (&change.added, &change.lost, &change.altered);
        let counts = format!(
            "{} same, {} added, {} lost, {} altered",
            change.same,
            added.len(),
            lost.len(),
            altered.len()
        );
        let _ = writeln!(out, "\n{kind}: {counts}");
        let marked = [("+", added), ("-", lost), ("~", altered)];
        let lines =
            marked.into_iter().flat_map(|(mark, rows)| rows.iter().map(move |row| format!("{mark} {row}\n")));
        out.extend(lines.clone().take(limit));
        let rest = lines.count().saturating_sub(limit);
        if rest > 0 {
            let _ = writeln!(out, "and {rest} more; --limit {} shows all", limit + rest);
        }
    }
    Ok(out)
}

fn commit(revision: &str) -> Result<String, String> {
    let asked = format!("{revision}^{{commit}}");
    let found = crate::run(Command::new("git").args([
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &asked,
    ]));
    let unknown = |_| {
        format!(
            "git knows no revision '{revision}'; write a branch, a tag or a commit, as in 'main' or 'HEAD~1'"
        )
    };
    Ok(String::from_utf8_lossy(&found.map_err(unknown)?.stdout).trim().to_owned())
}

/// The program as it was at a commit; the last one is kept. Its tree is gone afterwards, what was compiled stays.
fn program_at(commit: &str, folder: &Path) -> Result<PathBuf, String> {
    let program = folder.join(format!("chancery-{commit}"));
    if program.is_file() {
        return Ok(program);
    }
    let told = |error: std::io::Error| format!("{}: {error}", folder.display());
    let tree = folder.join("tree");
    let remove = || crate::run(Command::new("git").args(["worktree", "remove", "--force"]).arg(&tree));
    // One that an interrupted run has left.
    let _ = remove();
    crate::run(Command::new("git").args(["worktree", "add", "--detach"]).arg(&tree).arg(commit))?;
    let built = crate::build(&tree, Some(&folder.join("build")));
    remove()?;
    for entry in fs::read_dir(folder).map_err(told)? {
        let path = entry.map_err(told)?.path();
        if path.is_file()
            && path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("chancery-"))
        {
            fs::remove_file(path).map_err(told)?;
        }
    }
    fs::copy(built?, &program).map_err(told)?;
    Ok(program)
}

/// What a program makes of the texts.
fn code(chancery: &Path, texts: &[PathBuf]) -> Result<Coding, String> {
    let mut coding = Coding::new();
    for row in documents(chancery, "record", texts)? {
        let id = row["record"]["document"].as_str().unwrap_or_default().to_owned();
        coding.entry(id).or_default().record = row["record"].clone();
    }
    for row in documents(chancery, "annotations", texts)? {
        let id = row["id"].as_str().unwrap_or_default().to_owned();
        coding.entry(id).or_default().annotations = row;
    }
    Ok(coding)
}

fn documents(chancery: &Path, format: &str, texts: &[PathBuf]) -> Result<Vec<Value>, String> {
    let coded = crate::run(Command::new(chancery).args(["code", "--format", format]).args(texts))?;
    let lines = String::from_utf8_lossy(&coded.stdout).into_owned();
    let read = |line: &str| serde_json::from_str(line).map_err(|error| format!("chancery code: {error}"));
    lines.lines().map(read).collect()
}
