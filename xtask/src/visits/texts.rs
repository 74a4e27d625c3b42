//! The readouts and what the coder makes of them.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// One readout.
pub(super) struct Text {
    pub(super) id: String,
    pub(super) date: String,
    pub(super) title: String,
    pub(super) body: String,
    /// The line of the file that it is.
    line: String,
}

impl Text {
    /// The headline, then the sentences.
    pub(super) fn sentences(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.title.as_str()).chain(self.body.split(['\n', '.', '!', '?']))
    }
}

/// The readouts of a file that were published between two days.
pub(super) fn read(path: &Path, from: &str, to: &str) -> Result<Vec<Text>, String> {
    let content = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let texts = content.lines().filter_map(|line| {
        let row: Value = serde_json::from_str(line).ok()?;
        let field = |name: &str| row[name].as_str().map(str::to_owned);
        Some(Text {
            id: field("id")?,
            date: field("date")?,
            title: unescaped(&field("title")?),
            body: field("text")?,
            line: line.to_owned(),
        })
    });
    Ok(texts.filter(|t| (from..=to).contains(&t.date.as_str())).collect())
}

/// Some headlines were published with escapes left in them: `of\_Mexico`, `Biden\u2019s`.
fn unescaped(title: &str) -> String {
    let mut parts = title.split('\\');
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = match part.as_bytes().first() {
            Some(b'u') => 5,
            Some(b'x') => 3,
            _ => 0,
        };
        let code = part.get(1..digits).and_then(|hex| u32::from_str_radix(hex, 16).ok());
        match code.and_then(char::from_u32) {
            Some(letter) => out.extend([letter.to_string().as_str(), &part[digits..]]),
            None => out.extend([" ", part.strip_prefix('_').unwrap_or(part)]),
        }
    }
    out
}

/// One meeting as the coder tells it.
pub(super) struct Met {
    pub(super) main: bool,
    /// First and last day.
    pub(super) days: Option<(i64, i64)>,
    /// Code and persons of each party.
    pub(super) parties: Vec<(String, Vec<String>)>,
}

/// What `chancery code` finds in each of the texts.
pub(super) fn meetings(chancery: &Path, texts: &[&Text]) -> Result<BTreeMap<String, Vec<Met>>, String> {
    let told = |error: std::io::Error| format!("{}: {error}", chancery.display());
    let mut command = Command::new(chancery);
    command.args(["code", "--format", "annotations", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut coding = command.spawn().map_err(told)?;
    let input: String = texts.iter().map(|t| format!("{}\n", t.line)).collect();
    let mut pipe = coding.stdin.take().ok_or("chancery takes no input")?;
    let feeding = std::thread::spawn(move || pipe.write_all(input.as_bytes()));
    let mut found = BTreeMap::new();
    for line in BufReader::new(coding.stdout.take().ok_or("chancery gives no output")?).lines() {
        let row: Value =
            serde_json::from_str(&line.map_err(told)?).map_err(|e| format!("chancery code: {e}"))?;
        let id = row["id"].as_str().unwrap_or_default().to_owned();
        found.insert(id, row["meetings"].as_array().into_iter().flatten().map(met).collect());
        eprint!("\r{} of {} texts", found.len(), texts.len());
    }
    eprintln!();
    let fed = feeding.join().map_err(|_| "chancery was not fed")?;
    fed.map_err(told)?;
    if coding.wait().map_err(told)?.success() { Ok(found) } else { Err("chancery code failed".to_owned()) }
}

fn met(row: &Value) -> Met {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let persons = |party: &Value| party["persons"].as_array().into_iter().flatten().map(text).collect();
    let parties = row["parties"].as_array().into_iter().flatten();
    let days = row["from"].as_str().and_then(first_day).zip(row["to"].as_str().and_then(last_day));
    Met {
        main: row["told"] == "main",
        days,
        parties: parties.map(|party| (text(&party["code"]), persons(party))).collect(),
    }
}

/// The day of a date, or the first of a month or year, counted from 1970.
pub(super) fn first_day(date: &str) -> Option<i64> {
    let mut parts = date.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) =
        (parts.next()??, parts.next().unwrap_or(Some(1))?, parts.next().unwrap_or(Some(1))?);
    // Years begin in March, so that leap days come last.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 719_469)
}

/// The day of a date, or the last of a month or year.
fn last_day(date: &str) -> Option<i64> {
    let first = first_day(date)?;
    Some(match date.len() {
        4 => first + 365,
        7 => first + 30,
        _ => first,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_leap_years() {
        assert_eq!(first_day("1970-01-01"), Some(0));
        assert_eq!(first_day("2020-03-01").zip(first_day("2020-02-28")).map(|(a, b)| a - b), Some(2));
        assert_eq!(first_day("2021").zip(first_day("2020")).map(|(a, b)| a - b), Some(366));
    }

    #[test]
    fn a_headline_with_escapes_is_read() {
        assert_eq!(
            unescaped("Meeting of\\_Biden\\u2019s with S\\xE1nchez"),
            "Meeting of Biden’s with Sánchez"
        );
    }
}
