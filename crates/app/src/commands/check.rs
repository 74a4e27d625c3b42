//! `check`: are the data files well-formed?

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, anyhow};
use chancery_coder::{Coder, Problem};

use crate::Ended;
use crate::output::Output;

pub(super) fn check(folder: Option<&Path>) -> Result<Ended> {
    let files = match folder {
        Some(folder) => read(folder)?,
        None => chancery_coder::data_files(),
    };
    let mut problems = chancery_coder::check(&files);
    if folder.is_some() && problems.is_empty() {
        problems = examples(&files)?;
    }
    let mut out = Output::new();
    for problem in &problems {
        out.line(&format!("{}:{}: {}", problem.file, problem.line, problem.message))?;
    }
    let files = files.len();
    match problems.len() {
        0 => out.line(&format!("{files} data files, nothing wrong"))?,
        1 => out.line("1 problem")?,
        many => out.line(&format!("{many} problems"))?,
    }
    out.finish()?;
    Ok(if problems.is_empty() { Ended::Well } else { Ended::WithFailures })
}

/// Which examples of the pages of events in the folder fail; those of the program's own pages are tested with the program.
fn examples(files: &[(String, String)]) -> Result<Vec<Problem>> {
    let pages: Vec<(String, String)> = files
        .iter()
        .filter(|f| f.0.contains("codebook/en/") || f.1.contains("\n## Rules"))
        .cloned()
        .collect();
    if pages.is_empty() {
        return Ok(Vec::new());
    }
    let coder = Coder::embedded().with_codebook(&pages).map_err(|problems| anyhow!("{}", problems[0]))?;
    let coder = coder.patterns_alone();
    let failures = crate::examples::failures(&coder)?;
    Ok(failures
        .into_iter()
        .filter_map(|f| {
            Some(Problem {
                file: page(&pages, &f.rule)?,
                line: f.line,
                message: format!("'{}' {}", f.rule, f.message),
            })
        })
        .collect())
}

/// The file of the page that a rule is on.
fn page(pages: &[(String, String)], rule: &str) -> Option<String> {
    let kind = rule.split('#').next()?.to_uppercase();
    pages.iter().find(|p| p.1.starts_with(&format!("# {kind}\n"))).map(|p| p.0.clone())
}

/// The text files in the folder by their paths inside it, in order.
fn read(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    gather(folder, "", &mut files)?;
    Ok(files)
}

fn gather(folder: &Path, prefix: &str, files: &mut Vec<(String, String)>) -> Result<()> {
    let place = || folder.display().to_string();
    let entries = fs::read_dir(folder).with_context(place)?;
    let mut entries = entries.collect::<Result<Vec<_>, _>>().with_context(place)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let (path, inside) = (entry.path(), format!("{prefix}{name}"));
        if path.is_dir() && !name.starts_with('.') {
            gather(&path, &format!("{inside}/"), files)?;
        } else if ["csv", "toml", "md", "txt"].iter().any(|e| path.extension().is_some_and(|x| x == *e)) {
            let bytes = fs::read(&path).with_context(|| path.display().to_string())?;
            let content = String::from_utf8(bytes)
                .with_context(|| format!("{}: not UTF-8; save it as UTF-8", path.display()))?;
            files.push((inside, content));
        }
    }
    Ok(())
}
