//! What the README shows is what the program prints. After a change that is meant: `UPDATE_README=1 cargo test -p chancery
//! --test readme` writes the output anew.
#![allow(clippy::unwrap_used)]

mod common;

use std::path::Path;
use std::process::Command;

use common::{Folder, command};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

#[test]
fn readme_shows_what_the_program_prints() {
    let path = Path::new(ROOT).join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let folder = Folder::new("readme");
    let (mut now, mut blocks) = (String::new(), 0);
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        now += &format!("{line}\n");
        if line != "```console" {
            continue;
        }
        blocks += 1;
        for line in lines.by_ref().take_while(|line| *line != "```") {
            if let Some(typed) = line.strip_prefix("$ ") {
                now += &format!("{line}\n{}", printed(typed, &folder));
            }
        }
        now += "```\n";
    }
    assert!(blocks >= 4, "the README shows what comes out");
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path, &now).unwrap();
    } else if let Some((number, (shown, printed))) =
        (1..).zip(readme.lines().zip(now.lines())).find(|(_, (shown, printed))| shown != printed)
    {
        panic!(
            "README.md:{number}: shows\n  {shown}\nbut the program prints\n  {printed}\nif that is right: \
             UPDATE_README=1 cargo test -p chancery --test readme"
        );
    }
}

/// What the commands of one line print, run at the root of the repository with the record in `folder`.
fn printed(typed: &str, folder: &Folder) -> String {
    typed.split(" && ").map(|typed| run(typed, folder)).collect()
}

fn run(typed: &str, folder: &Folder) -> String {
    let record = folder.path("chancery.db");
    if let Some(query) = typed.strip_prefix("sqlite3 chancery.db ") {
        return select(query.trim_matches('"'), &record);
    }
    let arguments = ["cargo run --release -- ", "chancery "].iter().find_map(|name| typed.strip_prefix(name));
    let arguments = words(arguments.unwrap_or_else(|| panic!("README.md: '$ {typed}' runs nothing of ours")));
    let mut chancery: Command = command();
    chancery.current_dir(ROOT).args(&arguments);
    if !["code", "check", "score"].contains(&arguments[0].as_str()) {
        chancery.args(["--record", &record]);
    }
    let output = chancery.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "README.md: '$ {typed}' fails now: {said}");
    String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| format!("{}\n", without_seconds(line).trim_end()))
        .collect()
}

/// The words of a line as a shell cuts it.
fn words(line: &str) -> Vec<String> {
    let pieces = line.split('"').enumerate();
    let cut = |(index, piece): (usize, &str)| match index % 2 {
        1 => vec![piece.to_owned()],
        _ => piece.split_whitespace().map(str::to_owned).collect(),
    };
    pieces.flat_map(cut).collect()
}

/// How long it took is another time another.
fn without_seconds(line: &str) -> &str {
    match line.rsplit_once(" · ") {
        Some((rest, time)) if time.ends_with(" s") && rest.contains(" gave nothing") => rest,
        _ => line,
    }
}

/// What `sqlite3` prints.
fn select(query: &str, record: &str) -> String {
    let connection = rusqlite::Connection::open(record).unwrap();
    let mut statement =
        connection.prepare(query).unwrap_or_else(|error| panic!("README.md: {query}: {error}"));
    let columns = statement.column_count();
    let mut rows = statement.query([]).unwrap();
    let mut printed = String::new();
    while let Some(row) = rows.next().unwrap() {
        let cells = (0..columns).map(|column| match row.get::<_, rusqlite::types::Value>(column).unwrap() {
            rusqlite::types::Value::Text(text) => text,
            rusqlite::types::Value::Integer(number) => number.to_string(),
            _ => String::new(),
        });
        printed += &format!("{}\n", cells.collect::<Vec<_>>().join("|"));
    }
    printed
}
