//! One cited page on two parties: their last meeting, what changed, what is missing, what was promised; every line with its words.

mod html;
mod markdown;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Known;

use anyhow::{Result, bail};
use chancery_corpus::{
    Account, Change, Claim, Comparison, Corpus, Entry, Ledger, Omissions, Step, Thread, Threads, Vocabulary,
};

pub(crate) use html::html;
pub(crate) use markdown::markdown;

/// How much a page holds of each kind.
const MEETINGS: usize = 8;
const CLAIMS: usize = 12;
const THREADS: usize = 8;
const BEFORE: usize = 6;
/// Texts that are read for commitments: the last.
const SERIES: usize = 60;

/// A page in parts.
pub(crate) struct Brief {
    pub(crate) title: String,
    pub(crate) parts: Vec<Part>,
    /// What the lines rest on; a line names them by number, from 1.
    pub(crate) notes: Vec<Note>,
}

/// A part of the page.
pub(crate) struct Part {
    pub(crate) heading: String,
    /// What the part rests on, in a sentence: what was searched, held against what.
    pub(crate) about: Option<String>,
    pub(crate) lines: Vec<Line>,
}

/// A line with the numbers of its notes.
pub(crate) struct Line {
    pub(crate) text: String,
    pub(crate) notes: Vec<usize>,
}

/// The words that a line rests on and where they stand.
pub(crate) struct Note {
    /// Publisher, date and title.
    pub(crate) source: String,
    /// `d1.s3`.
    pub(crate) id: String,
    /// Bytes of the text, half-open, where the words are one stretch.
    pub(crate) place: String,
    pub(crate) words: String,
}

impl Brief {
    /// The page on a series of texts.
    pub(crate) fn of(corpus: &Corpus, codes: &[String], persons: &[String]) -> Result<Self> {
        let vocabulary = Vocabulary::embedded();
        let Ledger { of, entries, .. } = corpus.ledger_part(codes, persons, 0, MEETINGS)?;
        if of == 0 {
            bail!("the record has no meeting of {}", codes.join(" and "));
        }
        let mut title = format!("Brief: {}", codes.join(" – "));
        if !persons.is_empty() {
            title += &format!(" ({})", persons.join(", "));
        }
        let mut brief = Self { title, parts: Vec::new(), notes: Vec::new() };
        brief.meetings(&entries, of);
        let Some(omissions) = corpus.omissions((codes, persons), None, (1, BEFORE), vocabulary)? else {
            brief.parts.push(Part {
                heading: "Texts".to_owned(),
                about: Some("No text of the record reports a meeting of these parties alone.".to_owned()),
                lines: Vec::new(),
            });
            return Ok(brief);
        };
        let texts = corpus.readouts(codes, persons)?;
        // Where another outlet reports the last meeting too, both are read, each against its own texts before.
        let mut last = vec![omissions];
        for id in corpus.beside(&last[0].now.id)?.iter().filter(|id| texts.contains(id)) {
            let other = corpus.omissions((codes, persons), Some(id), (1, BEFORE), vocabulary)?;
            last.extend(
                other.filter(|other| last.iter().all(|known| known.now.publisher != other.now.publisher)),
            );
        }
        for one in &last {
            let whose = match &last[..] {
                [_] => String::new(),
                _ => format!(" ({})", one.now.publisher.as_deref().unwrap_or(&one.now.id)),
            };
            brief.said(&one.now, &whose);
            if let Some(before) = one.before.first() {
                let changes = corpus.compare((&before.id, &one.now.id), &[], vocabulary)?;
                brief.changed(&changes, vocabulary, &whose);
                brief.absent(one, vocabulary, &whose);
            }
        }
        let last = &texts[texts.len().saturating_sub(SERIES)..];
        let threads = Threads::of(&corpus.accounts(last, vocabulary)?).threads;
        brief.promised(&threads, texts.len(), corpus)?;
        Ok(brief)
    }

    /// The number of the note on a claim; a claim has one however often it is cited.
    fn note(&mut self, account: &Account, claim: &Claim) -> usize {
        if let Some(known) = self.notes.iter().position(|n| n.id == claim.id) {
            return known + 1;
        }
        let date = account.date.map(|d| d.to_string()).unwrap_or_default();
        let publisher = account.publisher.as_deref().unwrap_or("publisher unknown");
        let title = account.title.as_deref().unwrap_or(&account.name);
        let place = match claim.spans[..] {
            [one] => format!("bytes {}–{}", one.start, one.end),
            _ => String::new(),
        };
        self.notes.push(Note {
            source: format!("{publisher}, {date}, “{title}”"),
            id: claim.id.clone(),
            place,
            words: claim.words.clone(),
        });
        self.notes.len()
    }

    fn meetings(&mut self, entries: &[Entry], of: usize) {
        let line = |e: &Entry| {
            let when = e.when.map_or("no date".to_owned(), |(from, to)| {
                if from == to { from.to_string() } else { format!("{from} to {to}") }
            });
            let who = e.persons.iter().map(|(code, name, offices)| {
                let office = offices.first().map(|o| format!(", {o}")).unwrap_or_default();
                format!("{name} ({code}{office})")
            });
            let place = e.place.as_ref().map(|p| format!(" in {p}")).unwrap_or_default();
            let since = e
                .days_since
                .filter(|d| *d > 0)
                .map(|d| format!(", {d} days after the one before"))
                .unwrap_or_default();
            let planned = if e.planned { " (planned)" } else { "" };
            let format = e.format.replace('_', " ");
            let text = format!(
                "{when}{planned}, {format}{place}: {}{since}; {}",
                who.collect::<Vec<_>>().join("; "),
                e.told
            );
            Line { text: format!("{} {text}", e.id), notes: Vec::new() }
        };
        let lines = entries.iter().rev().map(line).collect();
        let about = format!("{of} in the record; the latest first.");
        self.parts.push(Part { heading: "Meetings".to_owned(), about: Some(about), lines });
    }

    fn said(&mut self, now: &Account, whose: &str) {
        let mut lines = Vec::new();
        for claim in now.claims.iter().take(CLAIMS) {
            let note = self.note(now, claim);
            lines.push(Line { text: spoken(claim), notes: vec![note] });
        }
        for sentence in now.silent().take(if now.claims.is_empty() { CLAIMS } else { 0 }) {
            let note = self.note(now, sentence);
            lines.push(Line { text: format!("No claim was read in: {}", sentence.words), notes: vec![note] });
        }
        let date = now.date.map(|d| d.to_string()).unwrap_or_default();
        let silent = now.silent().count();
        let more = now.claims.len().saturating_sub(CLAIMS);
        let more = if more > 0 { format!(" {more} more claims in {}.", now.id) } else { String::new() };
        let about = format!("{} of {date}; {silent} of its sentences gave no claim.{more}", now.id);
        self.parts.push(Part {
            heading: format!("What the last text says{whose}"),
            about: Some(about),
            lines,
        });
    }

    fn changed(&mut self, found: &Comparison, vocabulary: &Vocabulary, whose: &str) {
        let mut lines = Vec::new();
        for pair in &found.pairs {
            let told = pair.changes.iter().filter(|c| !matches!(c, Change::Act(..))).map(|c| match c {
                Change::Act(a, b) => format!("{a} → {b}"),
                Change::Polarity(a, b) => format!("stance {a} → {b}"),
                Change::Strength(a, b) => format!("“{a}” → “{b}”"),
            });
            let told: Vec<String> = told.collect();
            if !told.is_empty() {
                let (one, other) = (&found.a.claims[pair.a], &found.b.claims[pair.b]);
                let notes = vec![self.note(&found.a, one), self.note(&found.b, other)];
                lines.push(Line { text: format!("{}: {}", told.join("; "), other.words), notes });
            }
        }
        for list in &found.lists {
            let text = format!("List: {} → {}", list.list_a.join(", "), list.list_b.join(", "));
            lines.push(Line { text, notes: Vec::new() });
        }
        for (topic, [before, now]) in &found.topics {
            let label = &vocabulary.topics()[*topic].label;
            if before.is_empty() {
                lines.push(Line {
                    text: format!("New topic: {label} ({})", now.join(", ")),
                    notes: Vec::new(),
                });
            }
        }
        let about = format!("{} held against {}, the text before it.", found.b.id, found.a.id);
        self.parts.push(Part { heading: format!("What changed{whose}"), about: Some(about), lines });
    }

    fn absent(&mut self, found: &Omissions, vocabulary: &Vocabulary, whose: &str) {
        let texts = found.before.len();
        let mut lines = Vec::new();
        for topic in found.topics.iter().filter(|o| 2 * o.said.len() >= texts) {
            let Some((id, claim)) = topic.said.first() else { continue };
            let Some(account) = found.before.iter().find(|a| a.id == *id) else { continue };
            let label = &vocabulary.topics()[topic.topic].label;
            let text =
                format!("{label}: in {} of the {texts} texts before, not in this one", topic.said.len());
            let note = self.note(account, claim);
            lines.push(Line { text, notes: vec![note] });
        }
        let about = format!(
            "{} wordings of {} topics looked for in {} bytes of {} texts.",
            vocabulary.wordings(),
            vocabulary.topics().len(),
            found.bytes,
            texts + 1
        );
        self.parts.push(Part {
            heading: format!("What is not said any more{whose}"),
            about: Some(about),
            lines,
        });
    }

    fn promised(&mut self, threads: &[Thread], texts: usize, corpus: &Corpus) -> Result<()> {
        let mut latest: Vec<&Thread> = threads.iter().collect();
        latest.sort_by_key(|t| (t.silent_for, std::cmp::Reverse(t.steps.len())));
        let mut lines = Vec::new();
        let mut known: BTreeMap<String, Account> = BTreeMap::new();
        for thread in latest.into_iter().take(THREADS) {
            let (first, last) = (&thread.steps[0], &thread.steps[thread.steps.len() - 1]);
            let mut notes = Vec::new();
            for (_, _, claim) in [first, last].into_iter().take(thread.steps.len()) {
                let id = claim.id.split(['.', '#']).next().unwrap_or_default();
                let account = match known.entry(id.to_owned()) {
                    Known::Occupied(known) => known.into_mut(),
                    Known::Vacant(new) => {
                        new.insert(Account::of(&corpus.document(id)?, Vocabulary::embedded()))
                    }
                };
                notes.push(self.note(account, claim));
            }
            let date = |d: Option<chancery_model::Date>| d.map(|d| d.to_string()).unwrap_or_default();
            let step = match last.1 {
                Step::Made => String::new(),
                Step::Repeated => format!("; last repeated {}", date(last.0)),
                Step::Strengthened => format!("; last in stronger words {}", date(last.0)),
                Step::Weakened => format!("; last in weaker words {}", date(last.0)),
                Step::Reported => format!("; reported on {}", date(last.0)),
            };
            let silent = match thread.silent_for {
                0 => String::new(),
                1 => "; not in the text after".to_owned(),
                n => format!("; not in the {n} texts after"),
            };
            lines.push(Line {
                text: format!("{}: {} (made {}{step}{silent})", last.2.holder, last.2.words, date(first.0)),
                notes,
            });
        }
        let series = if texts > SERIES {
            format!("the last {SERIES} of {texts} texts")
        } else {
            "the series".to_owned()
        };
        let about = format!("{} commitments in {series}, those heard of last first.", threads.len());
        self.parts.push(Part { heading: "Commitments".to_owned(), about: Some(about), lines });
        Ok(())
    }
}

/// A claim in a line.
fn spoken(claim: &Claim) -> String {
    let act = claim.act_name();
    let by = if claim.speaker == claim.holder || claim.speaker.is_empty() {
        String::new()
    } else {
        format!(", said by {}", claim.speaker)
    };
    format!("{} ({act}{by}): {}", claim.holder, claim.words)
}
