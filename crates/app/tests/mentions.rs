//! Whom names, titles, pronouns and groups mean, in texts that say so: `tests/mentions.txt`, and for each rule `tests/mentions_by_rule.txt`.
//!
//! A target after `~` is right but known to fail.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use chancery::Pipeline;
use chancery::formats::read;
use chancery::model::{Document, Reference, Referent};

/// A marked phrase, as bytes of the text without its marks.
struct Mark {
    start: usize,
    end: usize,
    want: Vec<String>,
    known_fault: bool,
}

struct Text {
    section: String,
    date: String,
    publisher: String,
    place: String,
    words: String,
    marks: Vec<Mark>,
}

impl Text {
    /// As it is sent: with its dateline, where it does not begin with the name of a speaker.
    fn sent(&self) -> String {
        let capital = |word: &str| word.starts_with(char::is_uppercase);
        let opens = self.words.split_once(": ").is_some_and(|(name, _)| name.split(' ').all(capital));
        if opens { self.words.clone() } else { format!("{} -- {}", self.place.to_uppercase(), self.words) }
    }
}

/// Share of the phrases that must be understood, in per cent; it only rises.
const FLOOR: usize = 97;

#[test]
fn phrases_mean_whom_a_reader_takes_them_to_mean() {
    let (all, right, faults, told) = score(include_str!("mentions.txt"));
    println!("{told}{right} of {all} phrases are understood; {faults} are known faults");
    assert!(all >= 300 && 100 * right >= FLOOR * all, "{told}{right} of {all} phrases are understood");
}

#[test]
fn each_rule_does_what_it_is_for() {
    let (all, right, _, told) = score(include_str!("mentions_by_rule.txt"));
    assert!(all >= 150 && right == all, "{told}{right} of {all} phrases are understood");
}

/// How many phrases there are, how many are understood, how many of the others are known faults, and what there is to tell of them.
fn score(set: &str) -> (usize, usize, usize, String) {
    let pipeline = Pipeline::embedded().unwrap();
    let (mut all, mut right, mut faults, mut told) = (0, 0, 0, String::new());
    for text in texts(set) {
        let document = document(&text);
        let analysis = pipeline.code(&document).analysis;
        let references = pipeline.references(&document, &analysis);
        let base = document.text.find(&text.words).unwrap();
        for mark in &text.marks {
            let (start, end) = (base + mark.start, base + mark.end);
            let got = understood(&references, &document.text, start, end);
            all += 1;
            if self::right(&got, &mark.want) {
                right += 1;
                if mark.known_fault {
                    told += &format!(
                        "now right, take the ~ away: {} [{}]\n",
                        text.section,
                        &document.text[start..end]
                    );
                }
            } else if mark.known_fault {
                faults += 1;
            } else {
                told += &format!(
                    "{}, {} {}: [{}] means {}, not {}\n",
                    text.section,
                    text.date,
                    text.publisher,
                    &document.text[start..end],
                    mark.want.join(", "),
                    shown(&got)
                );
            }
        }
    }
    (all, right, faults, told)
}

/// Those whom the phrase within these bytes means: by its part that says most, the last of equals. Whose it is, is not who it is:
/// "his country" is no person.
fn understood(references: &[Reference], text: &str, start: usize, end: usize) -> Vec<Referent> {
    let possessive = |words: &str| {
        ["my", "your", "his", "her", "its", "our", "their"].contains(&words.to_lowercase().as_str())
    };
    let within = |r: &&Reference| {
        let (from, to) = (r.head.start as usize, r.head.end as usize);
        from >= start && to <= end && !(to < end && possessive(&text[from..to]))
    };
    let says = |r: &&Reference| (r.who.iter().any(|w| w.name.is_some() || w.person.is_some()), r.who.len());
    references.iter().filter(within).max_by_key(says).map(|r| r.who.clone()).unwrap_or_default()
}

/// Whether these are the targets, in any order. Of a person the key counts, else the code and that the names share a word.
fn right(got: &[Referent], want: &[String]) -> bool {
    // A private person who is named is no one's government.
    if want.is_empty() {
        return got.iter().all(|g| g.code.is_empty() && g.person.is_none());
    }
    got.len() == want.len() && want.iter().all(|w| got.iter().any(|g| is(g, w)))
}

fn is(got: &Referent, want: &str) -> bool {
    let (code, last) = want.rsplit_once(' ').unwrap_or((want, ""));
    if let Some((code, name)) = want.split_once(" \"") {
        let called = got.name.as_deref().unwrap_or_default();
        got.person.is_none()
            && got.code == code
            && name.trim_matches('"').split(' ').any(|word| called.contains(word))
    } else if last.starts_with(|c: char| c.is_ascii_lowercase()) && !code.is_empty() {
        got.person.as_deref() == Some(last)
    } else {
        got.name.is_none() && got.code == want
    }
}

fn shown(got: &[Referent]) -> String {
    let one = |g: &Referent| match (&g.person, &g.name) {
        (Some(person), _) => format!("{} {person}", g.code),
        (None, Some(name)) => format!("{} \"{name}\"", g.code),
        (None, None) => g.code.clone(),
    };
    if got.is_empty() { "-".to_owned() } else { got.iter().map(one).collect::<Vec<_>>().join(", ") }
}

fn document(text: &Text) -> Document {
    let value = serde_json::json!({
        "title": "",
        "publisher": text.publisher,
        "published": text.date,
        "text": text.sent(),
    });
    read("a.json", value.to_string().as_bytes()).into_iter().next().unwrap().outcome.unwrap()
}

fn texts(markdown: &str) -> Vec<Text> {
    let (mut section, mut out): (String, Vec<Text>) = (String::new(), Vec::new());
    for line in markdown.lines() {
        if let Some(name) = line.strip_prefix("## ") {
            section = name.to_owned();
        } else if let Some(head) = line.strip_prefix("### ") {
            let mut parts = head.split(", ").map(str::to_owned);
            let mut part = || parts.next().unwrap_or_default();
            let (date, publisher, place) = (part(), part(), part());
            out.push(Text {
                section: section.clone(),
                date,
                publisher,
                place,
                words: String::new(),
                marks: Vec::new(),
            });
        } else if let Some(text) = out.last_mut().filter(|_| !line.starts_with(['#', '*'])) {
            add(text, line);
        }
    }
    for text in &mut out {
        text.words = text.words.trim_end().to_owned();
    }
    out
}

/// Put a line of marked words after those of a text.
fn add(text: &mut Text, line: &str) {
    if text.words.is_empty() && line.is_empty() {
        return;
    }
    let mut rest = line;
    while let Some((before, words, target, after)) = next_mark(rest) {
        text.words += before;
        let start = text.words.len();
        text.words += words;
        let (known_fault, target) = target.strip_prefix('~').map_or((false, target), |t| (true, t));
        // A place and an organisation that is in no table mean no actor.
        let nobody = |t: &&str| *t == "-" || t.starts_with("place ") || t.starts_with("ORG \"");
        let want = target.split(", ").filter(|t| !nobody(t)).map(str::to_owned).collect();
        text.marks.push(Mark { start, end: text.words.len(), want, known_fault });
        rest = after;
    }
    text.words += rest;
    text.words.push('\n');
}

fn next_mark(line: &str) -> Option<(&str, &str, &str, &str)> {
    let middle = line.find("](")?;
    let open = line[..middle].rfind('[')?;
    let close = middle + line[middle..].find(')')?;
    Some((&line[..open], &line[open + 1..middle], &line[middle + 2..close], &line[close + 1..]))
}
