//! Where and when a phrase was used, and out of how many chances.

use std::ops::Range;
use std::sync::Arc;

use chancery_model::{Date, Span};
use rusqlite::{OptionalExtension, Result as SqlResult};

use super::chances::Chances;
use super::phrase::Phrase;
use super::plain::Plain;
use super::said::{self, is_kept};
use super::scope::{Scope, Text};
use super::shelf;
use super::spotted::{Spot, Spotter};
use crate::{Corpus, CorpusError};

/// So many bytes of a text are shown around a use that stands in no sentence.
const AROUND: usize = 120;

/// What was searched.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Searched {
    /// Texts, each once.
    pub texts: u32,
    /// Bytes of those texts, or of what the speaker says in them.
    pub bytes: u64,
    /// Texts without a date: searched too, unless dates were asked for.
    pub undated: u32,
    /// Date of the first text.
    pub first: Option<Date>,
    /// Date of the last.
    pub last: Option<Date>,
}

/// Phrases, each with its uses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tracked {
    /// What was searched.
    pub searched: Searched,
    /// One a phrase, or one a form of its words that was found.
    pub tracks: Vec<Track>,
}

/// A phrase and its uses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Track {
    /// The phrase that was asked for, in plain form.
    pub asked: String,
    /// The words: the phrase itself, or one form that an open one takes.
    pub phrase: String,
    /// Texts that have it.
    pub texts: u32,
    /// By date, document and place.
    pub uses: Vec<Use>,
    /// How they are spread.
    pub shares: Vec<Share>,
}

/// One use of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Number of the document.
    pub document: u32,
    /// Date of the document.
    pub date: Option<Date>,
    /// The words.
    pub span: Span,
    /// Who says them, where a statement holds them, in the order of letters.
    pub speakers: Arc<[String]>,
}

/// What uses are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum By {
    Year,
    Month,
    Speaker,
    Outlet,
    /// The parties of a meeting that the text reports.
    Dyad,
}

impl By {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Speaker => "speaker",
            Self::Outlet => "outlet",
            Self::Dyad => "dyad",
        }
    }
}

/// How much of a phrase falls to one month, speaker, outlet or dyad.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Share {
    /// What `key` is.
    pub by: By,
    /// `2025-10`, `Zoë Dahl`, `Fjord Wire`, `CHL-NOR`; empty for uses that fall to none.
    pub key: String,
    /// Texts of its own that have the phrase.
    pub texts: u32,
    /// Texts of its own that were searched.
    pub of: u32,
    /// Uses.
    pub uses: u32,
    /// Date of its first use.
    pub first: Option<Date>,
    /// Date of its last use.
    pub last: Option<Date>,
}

impl Corpus {
    /// Where each phrase is used in the texts of the scope.
    ///
    /// # Errors
    /// The record cannot be read, has no such texts, or nobody in it is called so.
    pub fn track(&self, phrases: &[Phrase], scope: &Scope) -> Result<Tracked, CorpusError> {
        self.tracks(phrases, &[], scope)
    }

    /// The same for each form of words that open phrases (`steady *`) take, of each phrase the commonest first; without shares.
    ///
    /// # Errors
    /// As [`Corpus::track`].
    pub fn forms(&self, phrases: &[Phrase], scope: &Scope) -> Result<Tracked, CorpusError> {
        self.tracks(&[], phrases, scope)
    }

    /// Both at once: the texts are read once.
    ///
    /// # Errors
    /// As [`Corpus::track`].
    pub fn track_with_forms(
        &self,
        phrase: &Phrase,
        open: &[Phrase],
        scope: &Scope,
    ) -> Result<Tracked, CorpusError> {
        self.tracks(std::slice::from_ref(phrase), open, scope)
    }

    /// Phrases, and after them each form of those that are open.
    fn tracks(&self, phrases: &[Phrase], open: &[Phrase], scope: &Scope) -> Result<Tracked, CorpusError> {
        let whole = phrases.len();
        let phrases: Vec<&Phrase> = phrases.iter().chain(open).collect();
        let sayings = said::load(&self.connection).map_err(self.wrong())?;
        let chosen = self.choose(scope, &sayings)?;
        let asked = scope.asked(&sayings);
        let mut spotter = Spotter::new(&chosen.texts, &sayings, asked.as_deref(), phrases.len());
        let bytes = self.spot(&phrases, whole, &chosen.texts, &mut spotter).map_err(self.wrong())?;
        let dates = || chosen.texts.iter().filter_map(|text| text.date);
        let searched = Searched {
            texts: u32::try_from(chosen.texts.len()).unwrap_or(u32::MAX),
            bytes,
            undated: chosen.undated,
            first: dates().min(),
            last: dates().max(),
        };
        let chances = (whole > 0).then(|| Chances::of(&chosen.texts, &sayings));
        let mut tracks = Vec::new();
        for (at, mut forms) in std::mem::take(&mut spotter.found).into_iter().enumerate() {
            if at < whole {
                forms.entry(String::new()).or_default();
            }
            let asked = phrases[at].as_str();
            let track = |(form, mut spots): (String, Vec<Spot>)| {
                let when = |spot: &Spot| {
                    let date = chosen.texts[spot.text].date;
                    (date.is_none(), date, spot.text, spot.span)
                };
                spots.sort_unstable_by_key(when);
                let used = |spot: &Spot| Use {
                    document: chosen.texts[spot.text].number,
                    date: chosen.texts[spot.text].date,
                    span: spot.span,
                    speakers: Arc::clone(&spotter.sets.sets[spot.speakers].0),
                };
                let chances = chances.as_ref().filter(|_| at < whole);
                Track {
                    asked: asked.to_owned(),
                    phrase: if at < whole { asked.to_owned() } else { form },
                    texts: u32::try_from(spots.chunk_by(|a, b| a.text == b.text).count()).unwrap_or(u32::MAX),
                    uses: spots.iter().map(used).collect(),
                    shares: chances.map(|all| all.shares(&spots, &spotter.sets)).unwrap_or_default(),
                }
            };
            let mut own: Vec<Track> = forms.into_iter().map(track).collect();
            own.sort_by(|a, b| b.texts.cmp(&a.texts).then_with(|| a.phrase.cmp(&b.phrase)));
            tracks.append(&mut own);
        }
        Ok(Tracked { searched, tracks })
    }

    /// Note the places of all phrases in the chosen texts, which are in the order of their numbers; how many bytes they have,
    /// or what is said in them by whom is asked for.
    fn spot(
        &self,
        phrases: &[&Phrase],
        whole: usize,
        chosen: &[Text],
        spotter: &mut Spotter<'_>,
    ) -> SqlResult<u64> {
        let numbers: Vec<u32> = chosen.iter().map(|text| text.number).collect();
        let index = |number: u32| numbers.binary_search(&number).ok();
        let mut bytes = 0;
        let mut length = |spotter: &mut Spotter<'_>, text: usize, length: usize| {
            bytes += spotter.own(text).map_or(length, |own| own.iter().map(|span| span.len()).sum()) as u64;
        };
        // Of a whole phrase there is one form, which has no name.
        let form = |at: usize, place: &Range<usize>| if at < whole { 0..0 } else { place.clone() };
        if is_kept(&self.connection)? {
            shelf::each(&self.connection, &numbers, |row| {
                for text in &row.texts {
                    if let Some(at) = index(text.number) {
                        length(spotter, at, text.bytes as usize);
                    }
                }
                for (at, phrase) in phrases.iter().enumerate() {
                    for place in phrase.places(row.words) {
                        let (text, span) = row.origin(place.start, place.end);
                        if let Some(text) = index(text.number) {
                            spotter.spot(at, &row.words[form(at, &place)], text, span);
                        }
                    }
                }
            })?;
            return Ok(bytes);
        }
        let mut select = self.connection.prepare("SELECT number, text FROM document ORDER BY number")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let Some(text) = index(row.get(0)?) else { continue };
            let words = row.get_ref(1)?.as_str()?;
            length(spotter, text, words.len());
            let plain = Plain::of(words);
            for (at, phrase) in phrases.iter().enumerate() {
                for place in phrase.places(plain.as_str()) {
                    let span = plain.span(place.start, place.end);
                    spotter.spot(at, &plain.as_str()[form(at, &place)], text, span);
                }
            }
        }
        Ok(bytes)
    }

    /// The sentence that holds the words, else what stands around them.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn sentence(&self, one: &Use) -> Result<String, CorpusError> {
        let read = || -> SqlResult<String> {
            let mut select = self.connection.prepare_cached("SELECT text FROM document WHERE number = ?1")?;
            let text: String = select.query_row([one.document], |row| row.get(0))?;
            self.around(one.document, &text, one.span)
        };
        read().map_err(self.wrong())
    }

    pub(crate) fn around(&self, document: u32, text: &str, span: Span) -> SqlResult<String> {
        let mut select = self.connection.prepare_cached(
            "SELECT min(start), max(stop) FROM sentence WHERE document = ?1 AND start < ?3 AND stop > ?2",
        )?;
        let found: Option<(Option<u32>, Option<u32>)> = select
            .query_row((document, span.start, span.end), |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let (start, end) = match found {
            Some((Some(start), Some(end))) => (start.min(span.start) as usize, end.max(span.end) as usize),
            _ => {
                let (start, end) = (span.start as usize, span.end as usize);
                (
                    text.floor_char_boundary(start.saturating_sub(AROUND)),
                    text.ceil_char_boundary((end + AROUND).min(text.len())),
                )
            }
        };
        Ok(text.get(start..end).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "))
    }
}
