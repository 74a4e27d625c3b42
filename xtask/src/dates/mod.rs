//! `cargo xtask dates`: how many time expressions of an outside suite are found and understood?
//!
//! The suite lies beside the repository: a JSON list of inputs, each with its reference day and what it holds. It was written for
//! assistants that take commands; what no news text would say is left out by its form, see [`scope`].

mod compare;
mod scope;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// Kinds that are measured, as the suite names them; the target is set for the first three.
const KINDS: &[&str] = &["date", "daterange", "duration", "set"];

const HEAD: &str = "\
An expression is extracted if its words are the suite's, prepositions and articles before it and punctuation after it left aside. It is
resolved if its interval, the suite's end being the day after, is one of those that the suite allows; or its TIMEX value is.
";

/// Of one kind: how many there are and how many are right.
#[derive(Debug, Default)]
struct Count {
    cases: usize,
    scope: usize,
    extracted: usize,
    resolved: usize,
    misses: Vec<String>,
}

pub(crate) fn run() -> Result<String, String> {
    let folder = crate::root().join("../shared/data/dates");
    let Some(file) = suite(&folder) else {
        return Ok("skipped: there is no suite of time expressions in ../shared/data/dates".to_owned());
    };
    let text = std::fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let cases: Vec<Value> =
        serde_json::from_str(&text).map_err(|error| format!("{}: {error}", file.display()))?;
    let found = tagged(&cases)?;
    let (mut counts, mut left_out) = (BTreeMap::<&str, Count>::new(), BTreeMap::<&str, Vec<String>>::new());
    let (mut spurious, mut silent) = (Vec::new(), 0);
    for (case, found) in cases.iter().zip(&found) {
        let input = case["Input"].as_str().unwrap_or_default();
        let results = case["Results"].as_array().map(Vec::as_slice).unwrap_or_default();
        silent += usize::from(results.is_empty());
        if results.is_empty() && !found.is_empty() {
            spurious.push(format!("{input}: {}", said(input, found)));
        }
        for result in results {
            let kind = result["TypeName"].as_str().unwrap_or_default().trim_start_matches("datetimeV2.");
            let Some(kind) = KINDS.iter().find(|k| **k == kind) else { continue };
            let count = counts.entry(kind).or_default();
            count.cases += 1;
            if let Some(why) = scope::left_out(input, result) {
                left_out.entry(why).or_default().push(format!("{}", result["Text"]));
                continue;
            }
            count.scope += 1;
            let ours = found.iter().find(|time| compare::same_words(input, result, time));
            count.extracted += usize::from(ours.is_some());
            if ours.is_some_and(|time| compare::same_time(result, time)) {
                count.resolved += 1;
            } else {
                count.misses.push(miss(case, input, result, ours, found));
            }
        }
    }
    Ok(page(&counts, &left_out, silent, &spurious))
}

/// The suite, whichever half it is.
fn suite(folder: &std::path::Path) -> Option<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).collect();
    files.sort();
    files.into_iter().find(|path| path.extension().is_some_and(|e| e == "json"))
}

/// What the tagger finds in each input, with the program's own analysis of language.
fn tagged(cases: &[Value]) -> Result<Vec<Vec<Value>>, String> {
    let asked: String = cases
        .iter()
        .map(|case| {
            let reference = case["Context"]["ReferenceDateTime"].as_str().unwrap_or_default();
            format!("{}\n", json!({ "text": case["Input"], "date": reference.get(..10) }))
        })
        .collect();
    let mut child = Command::new(env!("CARGO"))
        .args(["run", "--release", "-q", "-p", "chancery", "--example", "times"])
        .current_dir(crate::root())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cargo: {error}"))?;
    let mut stdin = child.stdin.take().ok_or("cargo takes no input")?;
    let feed = std::thread::spawn(move || stdin.write_all(asked.as_bytes()));
    let output = child.wait_with_output().map_err(|error| format!("cargo: {error}"))?;
    if !output.status.success() || feed.join().is_err() {
        return Err(format!("the example 'times': {}", output.status));
    }
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    lines.lines().map(|line| serde_json::from_str(line).map_err(|error| format!("times: {error}"))).collect()
}

fn said(input: &str, found: &[Value]) -> String {
    let each = found.iter().map(|time| {
        let at = |end: &str| time[end].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or_default();
        let words = input.get(at("start")..at("end")).unwrap_or_default();
        let bound = |end: &str| time[end].as_str().unwrap_or("..").to_owned();
        format!("'{words}' {} ({} to {})", time["value"], bound("from"), bound("to"))
    });
    each.collect::<Vec<_>>().join("; ")
}

fn miss(case: &Value, input: &str, result: &Value, ours: Option<&Value>, found: &[Value]) -> String {
    let fault = if ours.is_some() { "resolved otherwise" } else { "not extracted" };
    let values = result["Resolution"]["values"].as_array().map(Vec::as_slice).unwrap_or_default();
    let one = |v: &Value| {
        ["timex", "Mod", "start", "end", "value"].map(|k| v[k].as_str().unwrap_or("-").to_owned()).join(" ")
    };
    let wanted: Vec<String> = values.iter().map(one).collect();
    let day = case["Context"]["ReferenceDateTime"].as_str().and_then(|d| d.get(..10)).unwrap_or_default();
    let short: String = input.chars().take(100).collect();
    format!(
        "{fault}: {} in '{short}' on {day}\n    wanted {}\n    found  {}",
        result["Text"],
        wanted.join(" | "),
        said(input, found)
    )
}

fn page(
    counts: &BTreeMap<&str, Count>,
    left_out: &BTreeMap<&str, Vec<String>>,
    silent: usize,
    spurious: &[String],
) -> String {
    let mut page =
        format!("{HEAD}\n| kind | cases | in scope | extracted | resolved |\n|---|---|---|---|---|\n");
    let share = |part: usize, whole: usize| {
        let percent = (part * 1000).checked_div(whole).unwrap_or_default();
        format!("{part} ({}.{} %)", percent / 10, percent % 10)
    };
    for kind in KINDS {
        let Some(c) = counts.get(kind) else { continue };
        let (extracted, resolved) = (share(c.extracted, c.scope), share(c.resolved, c.scope));
        let _ = writeln!(page, "| {kind} | {} | {} | {extracted} | {resolved} |", c.cases, c.scope);
    }
    let _ = writeln!(page, "\nOf {silent} inputs without any expression, {} were given one.", spurious.len());
    for (why, texts) in left_out {
        let _ = writeln!(page, "\nLeft out, {why} ({}): {}", texts.len(), texts.join(", "));
    }
    for (kind, count) in counts {
        let _ = writeln!(page, "\n{kind}: {} not as in the suite", count.misses.len());
        for miss in &count.misses {
            let _ = writeln!(page, "  {miss}");
        }
    }
    for line in spurious {
        let _ = writeln!(page, "  where the suite has none: {line}");
    }
    page
}
