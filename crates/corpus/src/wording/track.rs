//! Where and when a phrase was used, and out of how many chances.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chancery_model::{Date, Span};
use rusqlite::{OptionalExtension, Result as SqlResult};

use super::phrase::Phrase;
use super::plain::Plain;
use super::said::{self, Saying, Sayings};
use super::scope::{Scope, Text};
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
    /// Who says them, where a statement holds them.
    pub speakers: Vec<String>,
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
        let mut searched = Searched { undated: chosen.undated, ..Searched::default() };
        let mut found: BTreeMap<(usize, String), Vec<Use>> = BTreeMap::new();
        let mut read = |text: &Text, words: &str| {
            let plain = Plain::of(words);
            let said = sayings.of(text.number);
            let own = asked.as_ref().map(|asked| own(said, asked));
            searched.texts += 1;
            searched.bytes +=
                own.as_ref().map_or(words.len(), |own| own.iter().map(|s| s.len()).sum()) as u64;
            searched.first = [searched.first, text.date].into_iter().flatten().min();
            searched.last = [searched.last, text.date].into_iter().flatten().max();
            for (at, phrase) in phrases.iter().enumerate() {
                for place in phrase.places(plain.as_str()) {
                    let span = plain.span(place.start, place.end);
                    if own.as_ref().is_some_and(|own| !own.iter().any(|said| said.contains(span))) {
                        continue;
                    }
                    let form = if at >= whole { plain.as_str()[place].to_owned() } else { String::new() };
                    let speakers = said.iter().filter(|row| row.span.contains(span)).map(|row| row.speaker);
                    let mut speakers: Vec<u32> = speakers.collect();
                    speakers.sort();
                    speakers.dedup();
                    let speakers =
                        speakers.into_iter().map(|number| sayings.names()[number as usize].clone()).collect();
                    let (document, date) = (text.number, text.date);
                    found.entry((at, form)).or_default().push(Use { document, date, span, speakers });
                }
            }
        };
        self.each(&chosen.texts, &mut read).map_err(self.wrong())?;
        for at in 0..whole {
            found.entry((at, String::new())).or_default();
        }
        let none = Chances::default();
        let chances = if whole == 0 { Chances::default() } else { Chances::of(&chosen.texts, &sayings) };
        let track = |((at, form), uses): ((usize, String), Vec<Use>)| {
            let asked = phrases[at].as_str().to_owned();
            let phrase = if at >= whole { form } else { asked.clone() };
            let chances = if at >= whole { &none } else { &chances };
            (at, chances.track(asked, phrase, uses))
        };
        let mut tracks: Vec<(usize, Track)> = found.into_iter().map(track).collect();
        // What is found in equally many texts stays in the order of letters.
        tracks.sort_by_key(|(at, track)| (*at, std::cmp::Reverse(track.texts)));
        let tracks = tracks.into_iter().map(|(_, track)| track).collect();
        Ok(Tracked { searched, tracks })
    }

    /// Read the chosen texts, which are in the order of their numbers.
    fn each(&self, chosen: &[Text], read: &mut dyn FnMut(&Text, &str)) -> SqlResult<()> {
        let mut chosen = chosen.iter().peekable();
        let mut select = self.connection.prepare("SELECT number, text FROM document ORDER BY number")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let number: u32 = row.get(0)?;
            if let Some(text) = chosen.next_if(|text| text.number == number) {
                read(text, row.get_ref(1)?.as_str()?);
            }
        }
        Ok(())
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

/// What texts that count for the same share.
type Alike<'a> = (Option<Date>, &'a str, &'a BTreeSet<String>);

/// What each text counts for, and out of how many.
#[derive(Default)]
struct Chances<'a> {
    texts: BTreeMap<u32, &'a Text>,
    of: BTreeMap<(By, String), u32>,
}

impl<'a> Chances<'a> {
    fn of(texts: &'a [Text], sayings: &Sayings) -> Self {
        let mut of: BTreeMap<(By, String), u32> = BTreeMap::new();
        let mut speak = vec![0_u32; sayings.names().len()];
        for text in texts {
            let mut speakers: Vec<u32> = sayings.of(text.number).iter().map(|row| row.speaker).collect();
            speakers.sort_unstable();
            speakers.dedup();
            speakers.iter().for_each(|&speaker| speak[speaker as usize] += 1);
        }
        // Many texts share date, outlet and dyads: keys are made of each once.
        let mut alike: HashMap<Alike<'_>, (&Text, u32)> = HashMap::new();
        for text in texts {
            alike.entry((text.date, &text.outlet, &text.dyads)).or_insert((text, 0)).1 += 1;
        }
        for (text, texts) in alike.into_values() {
            for key in own_keys(text) {
                *of.entry(key).or_default() += texts;
            }
        }
        // What nobody is seen to say may stand in any text.
        let all = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        let speakers = sayings.names().iter().cloned().zip(speak).chain([(String::new(), all)]);
        of.extend(speakers.map(|(name, texts)| ((By::Speaker, name), texts)));
        Self { texts: texts.iter().map(|text| (text.number, text)).collect(), of }
    }

    fn track(&self, asked: String, phrase: String, mut uses: Vec<Use>) -> Track {
        uses.sort_by_key(|one| (one.date.is_none(), one.date, one.document, one.span));
        let mut shares: BTreeMap<(By, String), (Share, u32)> = BTreeMap::new();
        let (mut texts, mut last) = (0, 0);
        for one in &uses {
            texts += u32::from(one.document != last);
            last = one.document;
            if self.texts.is_empty() {
                continue;
            }
            let speakers = if one.speakers.is_empty() { &[String::new()][..] } else { &one.speakers };
            let speakers = speakers.iter().map(|name| (By::Speaker, name.clone()));
            let own = self.texts.get(&one.document).map(|text| own_keys(text)).unwrap_or_default();
            for (by, key) in speakers.chain(own) {
                let of = self.of.get(&(by, key.clone())).copied().unwrap_or_default();
                let (first, last) = (one.date, one.date);
                let fresh = Share { by, key: key.clone(), texts: 0, of, uses: 0, first, last };
                let (share, seen) = shares.entry((by, key)).or_insert((fresh, 0));
                share.uses += 1;
                share.last = one.date.or(share.last);
                share.texts += u32::from(*seen != one.document);
                *seen = one.document;
            }
        }
        // Months and years in which nobody said it were chances as well.
        for ((by, key), &of) in self.of.range((By::Year, String::new())..(By::Speaker, String::new())) {
            let none = Share { by: *by, key: key.clone(), texts: 0, of, uses: 0, first: None, last: None };
            shares.entry((*by, key.clone())).or_insert((none, 0));
        }
        let mut shares: Vec<Share> = shares.into_values().map(|(share, _)| share).collect();
        // Times in their order, all else the commonest first.
        shares.sort_by_key(|s| {
            (s.by, if s.by > By::Month { std::cmp::Reverse(s.texts) } else { std::cmp::Reverse(0) })
        });
        Track { asked, phrase, texts, uses, shares }
    }
}

/// The year, the month, the outlet and the dyads of a text, those that it has.
fn own_keys(text: &Text) -> Vec<(By, String)> {
    let mut keys = Vec::new();
    if let Some(date) = text.date {
        let (year, month, _) = date.parts();
        keys.push((By::Year, format!("{year:04}")));
        keys.extend(month.map(|month| (By::Month, format!("{year:04}-{month:02}"))));
    }
    keys.push((By::Outlet, text.outlet.clone()));
    let dyads = text.dyads.iter().cloned();
    keys.extend(dyads.map(|dyad| (By::Dyad, dyad)));
    if text.dyads.is_empty() {
        keys.push((By::Dyad, String::new()));
    }
    keys
}
