//! Words found in texts, and who says them there.

use std::collections::HashMap;
use std::sync::Arc;

use chancery_model::Span;

use super::said::{Saying, Sayings};
use super::scope::Text;

/// A place of a phrase.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// Which of the chosen texts.
    pub(super) text: usize,
    pub(super) span: Span,
    /// Which set of speakers.
    pub(super) speakers: usize,
}

/// Sets of speakers, each once: many places share theirs.
#[derive(Debug, Default)]
pub(super) struct Sets {
    numbers: HashMap<Vec<u32>, usize>,
    /// The names of each set, in the order of letters, and their numbers.
    pub(super) sets: Vec<(Arc<[String]>, Vec<u32>)>,
}

impl Sets {
    fn number(&mut self, speakers: &[u32], sayings: &Sayings) -> usize {
        if let Some(&number) = self.numbers.get(speakers) {
            return number;
        }
        let mut names: Vec<String> =
            speakers.iter().map(|speaker| sayings.names()[*speaker as usize].clone()).collect();
        names.sort();
        self.numbers.insert(speakers.to_vec(), self.sets.len());
        self.sets.push((names.into(), speakers.to_vec()));
        self.sets.len() - 1
    }
}

/// Takes note of places.
pub(super) struct Spotter<'a> {
    texts: &'a [Text],
    sayings: &'a Sayings,
    /// Of each speaker, whether that is who is asked for; none where all are.
    asked: Option<&'a [bool]>,
    pub(super) sets: Sets,
    /// The places of each phrase, by the form that it takes.
    pub(super) found: Vec<HashMap<String, Vec<Spot>>>,
    last: Option<Heard<'a>>,
}

/// What is said in a text.
struct Heard<'a> {
    text: usize,
    said: &'a [Saying],
    /// By whom is asked for; none where all are.
    own: Option<Vec<Span>>,
}

impl<'a> Spotter<'a> {
    pub(super) fn new(
        texts: &'a [Text],
        sayings: &'a Sayings,
        asked: Option<&'a [bool]>,
        phrases: usize,
    ) -> Self {
        let found = vec![HashMap::new(); phrases];
        Self { texts, sayings, asked, sets: Sets::default(), found, last: None }
    }

    /// What is said in a text by whom is asked for; none where all are.
    pub(super) fn own(&mut self, text: usize) -> Option<&[Span]> {
        if self.last.as_ref().is_none_or(|last| last.text != text) {
            let said = self.sayings.of(self.texts[text].number);
            self.last = Some(Heard { text, said, own: self.asked.map(|asked| own(said, asked)) });
        }
        self.last.as_ref()?.own.as_deref()
    }

    /// A phrase stands in a text, in this form.
    pub(super) fn spot(&mut self, phrase: usize, form: &str, text: usize, span: Span) {
        if self.own(text).is_some_and(|own| !own.iter().any(|said| said.contains(span))) {
            return;
        }
        let said = self.last.as_ref().map_or(&[][..], |last| last.said);
        let mut speakers: Vec<u32> =
            said.iter().filter(|row| row.span.contains(span)).map(|row| row.speaker).collect();
        speakers.sort_unstable();
        speakers.dedup();
        let spot = Spot { text, span, speakers: self.sets.number(&speakers, self.sayings) };
        match self.found[phrase].get_mut(form) {
            Some(known) => known.push(spot),
            None => drop(self.found[phrase].insert(form.to_owned(), vec![spot])),
        }
    }
}

/// What the one who is asked for says.
fn own(said: &[Saying], asked: &[bool]) -> Vec<Span> {
    let mut own: Vec<Span> =
        said.iter().filter(|row| asked[row.speaker as usize]).map(|row| row.span).collect();
    own.sort();
    // Of nested stretches the outer, so that bytes are counted once.
    let mut kept: Vec<Span> = Vec::new();
    for span in own {
        match kept.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => kept.push(span),
        }
    }
    kept
}
