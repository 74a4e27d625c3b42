//! `cargo xtask bench DATE`: how fast is the program, and how much memory does it take?

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::{available_parallelism, sleep};
use std::time::{Duration, Instant};

/// How often each example is read, under other names.
const COPIES: usize = 50;

/// Names in the examples that are varied, so that no two texts are the same.
const SURNAMES: &[&str] = &[
    "Dahl",
    "Rojas",
    "Ganbold",
    "Sargsyan",
    "Dosmukhamedov",
    "Sapt",
    "Whitmore",
    "Kamau",
    "Évora",
    "Alemu",
    "Bensouda",
    "Lam",
];
const STARTS: &[&str] = &["Ar", "Bel", "Cor", "Dan", "Ek", "Fal", "Gor", "Hal", "Iv", "Jon", "Kar"];
const ENDS: &[&str] = &["ić", "berg", "mann", "ova", "son", "ez", "aly"];

pub(crate) fn run(date: &str) -> Result<String, String> {
    if date.len() != 10 || date.split('-').count() != 3 {
        return Err(format!("'{date}' is no date; write 2031-05-12"));
    }
    let chancery = crate::chancery()?;
    let folder = chancery.parent().unwrap_or(Path::new(".")).join("bench");
    let documents = write_texts(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let began = Instant::now();
    let adding = Command::new(&chancery)
        .arg("add")
        .arg(folder.join("texts"))
        .arg("--record")
        .arg(folder.join("bench.db"))
        .stdout(Stdio::null())
        .spawn()
        .map_err(|error| format!("{}: {error}", chancery.display()))?;
    let memory = wait(adding)?;
    let seconds = began.elapsed().as_secs_f64();
    let processors = available_parallelism().map_or(1, usize::from);
    let speed = documents as f64 / seconds;
    let line = format!("| {date} | {documents} | {processors} | {seconds:.1} | {speed:.0} | {memory} |\n");
    let page = crate::root().join("docs/bench.md");
    let page = std::fs::OpenOptions::new().append(true).open(page);
    let written = page.and_then(|mut page| page.write_all(line.as_bytes()));
    written.map_err(|error| format!("docs/bench.md: {error}"))?;
    Ok(line)
}

/// The examples many times over, each time with other names; how many documents they make.
fn write_texts(folder: &Path) -> std::io::Result<usize> {
    if folder.exists() {
        std::fs::remove_dir_all(folder)?;
    }
    std::fs::create_dir_all(folder.join("texts"))?;
    let mut documents = 0;
    for entry in std::fs::read_dir(crate::root().join("examples/readouts"))? {
        let entry = entry?;
        let (name, text) =
            (entry.file_name().to_string_lossy().into_owned(), std::fs::read_to_string(entry.path())?);
        let lines = if name.ends_with(".jsonl") { text.lines().count() } else { 1 };
        for copy in 0..COPIES {
            std::fs::write(folder.join(format!("texts/{copy:03}-{name}")), varied(&text, copy))?;
            documents += lines;
        }
    }
    Ok(documents)
}

fn varied(text: &str, copy: usize) -> String {
    let mut text = text.replace("{\"id\": \"", &format!("{{\"id\": \"{copy:03}-"));
    for (index, surname) in SURNAMES.iter().enumerate() {
        let (start, end) = (STARTS[(index + copy) % STARTS.len()], ENDS[(index + copy) % ENDS.len()]);
        text = text.replace(surname, &format!("{start}{end}"));
    }
    text
}

/// Wait for the end; the most memory that it held, as the kernel counts it.
fn wait(mut child: Child) -> Result<String, String> {
    let status = format!("/proc/{}/status", child.id());
    let mut memory = "not measured".to_owned();
    loop {
        let ended = child.try_wait().map_err(|error| error.to_string())?;
        let peak = std::fs::read_to_string(&status).unwrap_or_default();
        let peak = peak
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse::<u64>().ok());
        if let Some(kilobytes) = peak {
            memory = format!("{} MB", kilobytes / 1000);
        }
        match ended {
            Some(status) if status.success() => return Ok(memory),
            Some(status) => return Err(format!("chancery add: {status}")),
            None => sleep(Duration::from_millis(5)),
        }
    }
}
