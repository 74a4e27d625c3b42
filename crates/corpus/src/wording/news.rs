//! What is said of late, and what no more: formulae of one period against those before it.

use chancery_model::Date;
use rusqlite::{Connection, OptionalExtension, Result as SqlResult};
use serde::{Deserialize, Serialize};

use super::drift::{self, rivals};
use super::formula::{Counts, Found, LENGTHS, Side, formulae};
use super::formulary::{BySide, Formulary};
use super::phrase::Phrase;
use super::plain::Plain;
use super::said::{Sayings, is_kept};
use super::scope::{Scope, Text};
use super::stream::{Part, Stream, load};
use super::words::{QuickMap, mix};
use crate::store::json;
use crate::{Corpus, CorpusError, Trouble};

/// So many of the most surprising are looked at; what repeats another of them is left out.
const LOOKED_AT: usize = 600;

/// So many texts of either side are enough to tell what they favour.
const TAKEN: usize = 1500;

/// Of two formulae that share a word, the less surprising is left out where it stands in this share of the same texts.
const SAME: f64 = 0.6;

/// After so many days without, a formula that comes back is revived.
const FORGOTTEN: i64 = 180;

/// So many formulae of all texts are kept, for who asks for no period.
const KEPT: usize = 500;

/// Which way a formula goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Trend {
    /// First said in the period.
    New,
    /// Said long before it, then not, now again.
    Revived,
    /// Said before, and more now.
    More,
    /// Said before, not in the period.
    Gone,
    /// Said before, and less now.
    Less,
}

impl Trend {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Revived => "revived",
            Self::More => "more",
            Self::Gone => "gone",
            Self::Less => "less",
        }
    }
}

/// Which formulae to ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Those that come up in the period.
    New,
    /// Those that go.
    Vanished,
}

impl Wanted {
    fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Vanished => "vanished",
        }
    }
}

/// A sequence of words that came or went.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Formula {
    /// In plain form.
    pub words: String,
    /// Which way.
    pub trend: Trend,
    /// Another that differs in one word and went the other way, with its texts before and within the period.
    pub rival: Option<(String, u32, u32)>,
    /// Days of the first and the last text of the record that has it.
    pub first: String,
    /// See `first`.
    pub last: String,
    /// Texts before the period that have it.
    pub before: u32,
    /// Texts of the period that have it.
    pub within: u32,
    /// Logarithm of the likelihood ratio: how much less likely the counts are if nothing had changed.
    pub surprise: f64,
    /// Id of a text that has it: of the first in the period, of what goes the last before it.
    pub document: String,
    /// Its sentence there.
    pub sentence: String,
}

/// Formulae of a period, and what they were counted in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct News {
    /// First and last day of the period.
    pub period: (Date, Date),
    /// Texts before it.
    pub before: u32,
    /// Texts of it.
    pub within: u32,
    /// Texts that are neither: later, or without a day.
    pub aside: u32,
    /// The most surprising first.
    pub formulae: Vec<Formula>,
}

/// A text as the comparison knows it.
struct Dated {
    number: u32,
    chosen: bool,
    date: Option<Date>,
    days: Option<(i64, i64)>,
}

impl Dated {
    fn new(number: u32, chosen: bool, date: Option<Date>) -> Self {
        Self { number, chosen, date, days: date.map(|date| (day(date.first()), day(date.last()))) }
    }
}

impl Corpus {
    /// Keep what came up and went of late in all texts, for who asks for no period: of many texts it takes its time.
    pub(crate) fn keep_news(&self) -> Result<(), CorpusError> {
        let wrong = self.wrong();
        let transaction = self.connection.unchecked_transaction().map_err(&wrong)?;
        for wanted in [Wanted::New, Wanted::Vanished] {
            if self.kept_news(wanted).map_err(&wrong)?.is_some() {
                continue;
            }
            // A young record has no news.
            let Ok(news) = self.news(wanted, (None, None), &Scope::default(), KEPT) else { continue };
            transaction
                .execute("REPLACE INTO news VALUES (?1, ?2)", [wanted.word(), &json(&news)])
                .map_err(&wrong)?;
        }
        transaction.commit().map_err(wrong)
    }

    fn kept_news(&self, wanted: Wanted) -> SqlResult<Option<News>> {
        if !self.is_linked()? {
            return Ok(None);
        }
        let sql = "SELECT found FROM news WHERE wanted = ?1";
        let found: Option<String> =
            self.connection.query_row(sql, [wanted.word()], |row| row.get(0)).optional()?;
        Ok(found.and_then(|found| serde_json::from_str(&found).ok()))
    }

    /// What comes up, or goes, in a period against all before it. A period without an end lasts to the last text; without a
    /// beginning it is the last sixth of all. Of the scope, outlet and countries count; its dates and speaker do not.
    ///
    /// # Errors
    /// The record cannot be read, or has no text before or in the period.
    pub fn news(
        &self,
        wanted: Wanted,
        (since, until): (Option<Date>, Option<Date>),
        scope: &Scope,
        limit: usize,
    ) -> Result<News, CorpusError> {
        let scope =
            Scope { outlet: scope.outlet.clone(), countries: scope.countries.clone(), ..Scope::default() };
        if (since, until) == (None, None)
            && scope == Scope::default()
            && limit <= KEPT
            && let Some(mut news) = self.kept_news(wanted).map_err(self.wrong())?
        {
            news.formulae.truncate(limit);
            return Ok(news);
        }
        let chosen = self.choose(&scope, &Sayings::default())?;
        let source = Source::of_all(&self.connection).map_err(self.wrong())?;
        let texts: Vec<Dated> = match &source {
            Source::Kept(_) => chosen.texts.iter().map(|t| Dated::new(t.number, true, t.date)).collect(),
            Source::Read(stream) => dated(stream, &chosen.texts),
        };
        let trouble = |why: String| CorpusError::new(&self.path, Trouble::NoTexts(why));
        let (Some(first), Some(last)) = (
            texts.iter().filter_map(|t| Some(t.days?.0)).min(),
            texts.iter().filter_map(|t| Some(t.days?.1)).max(),
        ) else {
            return Err(trouble("no text has a date; give the texts dates and add them again".to_owned()));
        };
        let end = until.map_or(last, |until| day(until.last()));
        let begin = since.map_or(first + (end.min(last) - first) * 5 / 6 + 1, |since| day(since.first()));
        if begin > end {
            return Err(trouble(format!("the period from {} to {} runs backwards", date(begin), date(end))));
        }
        let side = |text: &Dated| match text.days? {
            (_, to) if to < begin => Some(Side::Before),
            (from, to) if begin <= from && to <= end => Some(Side::Within),
            _ => None,
        };
        let sides: Vec<Option<Side>> = texts.iter().map(side).collect();
        let mut all = Counts::default();
        sides.iter().flatten().for_each(|&side| all.add(side));
        let span = format!("the record's are of {} to {}", date(first), date(last));
        if all.within == 0 {
            return Err(trouble(format!("no text is of {} to {}; {span}", date(begin), date(end))));
        }
        if all.before == 0 {
            return Err(trouble(format!("no text is older than {} to compare with; {span}", date(begin))));
        }
        let (formulae, period) = (
            Comparison { corpus: self, source: &source, texts: &texts, sides: &sides, all, wanted }
                .formulae(limit),
            (date(begin), date(end)),
        );
        let aside = texts.iter().zip(&sides).filter(|(text, side)| text.chosen && side.is_none()).count();
        let aside = u32::try_from(aside).unwrap_or(u32::MAX);
        let formulae = formulae.map_err(self.wrong())?;
        Ok(News { period, before: all.before, within: all.within, aside, formulae })
    }

    /// The formulae that are commoner in texts on meetings of these sides than in others: `within` counts the texts of theirs,
    /// `before` the others; of many texts every so many are taken.
    ///
    /// # Errors
    /// The record cannot be read, or has no such text.
    pub fn favoured(&self, countries: &[String], limit: usize) -> Result<News, CorpusError> {
        let met = "AND x.encounter IN (SELECT s.encounter FROM side s WHERE s.code = ?)";
        let told = "AND EXISTS (SELECT 1 FROM participant q WHERE q.code = ? AND q.document = m.document AND q.\"row\" = m.id)";
        let own = format!(
            "SELECT DISTINCT m.document FROM encounter_member x JOIN meeting m ON m.id = x.meeting
             WHERE m.told = 'main' {} {} ORDER BY 1",
            met.repeat(countries.len()),
            told.repeat(countries.len())
        );
        let codes = rusqlite::params_from_iter(countries.iter().chain(countries));
        let theirs: Vec<u32> = self.all(&own, codes, |row| row.get(0)).map_err(self.wrong())?;
        if theirs.is_empty() {
            let why = "no text of the record meets these conditions".to_owned();
            return Err(CorpusError::new(&self.path, Trouble::NoTexts(why)));
        }
        let all: usize = self.totals()?.documents as usize;
        let every = |texts: usize| texts.div_ceil(TAKEN).max(1);
        let own: Vec<u32> = theirs.iter().copied().step_by(every(theirs.len())).collect();
        let sample: Vec<Text> = self
            .all(
                "SELECT document, date FROM imprint WHERE document % ?1 = 0 OR document IN (SELECT value FROM json_each(?2))
                 ORDER BY document",
                rusqlite::params![every(all) as i64, json(&own)],
                |row| {
                    let date: Option<String> = row.get(1)?;
                    let date = date.and_then(|date| date.parse().ok());
                    Ok(Text { number: row.get(0)?, date, ..Text::default() })
                },
            )
            .map_err(self.wrong())?;
        let numbers: Vec<u32> = sample.iter().map(|text| text.number).collect();
        // Their texts that were not taken are no others.
        let others: Vec<u32> =
            numbers.iter().copied().filter(|number| theirs.binary_search(number).is_err()).collect();
        let stream = load(&self.connection, Some(&numbers)).map_err(self.wrong())?;
        let texts = dated(&stream, &sample);
        let source = Source::Read(stream);
        let is_own = |number: u32| own.binary_search(&number).is_ok();
        let side = |text: &Dated| {
            text.days.and_then(|_| match (is_own(text.number), others.binary_search(&text.number)) {
                (true, _) => Some(Side::Within),
                (false, Ok(_)) => Some(Side::Before),
                (false, Err(_)) => None,
            })
        };
        let sides: Vec<Option<Side>> = texts.iter().map(side).collect();
        let mut all = Counts::default();
        sides.iter().flatten().for_each(|&side| all.add(side));
        let days = |of: fn((i64, i64)) -> i64| {
            let own = texts.iter().zip(&sides).filter(|(_, side)| **side == Some(Side::Within));
            own.filter_map(move |(text, _)| text.days.map(of))
        };
        let (first, last) =
            (days(|d| d.0).min().unwrap_or_default(), days(|d| d.1).max().unwrap_or_default());
        let comparison = Comparison {
            corpus: self,
            source: &source,
            texts: &texts,
            sides: &sides,
            all,
            wanted: Wanted::New,
        };
        let formulae = comparison.formulae(limit).map_err(self.wrong())?;
        let aside = sides.iter().filter(|side| side.is_none()).count();
        let aside = u32::try_from(aside).unwrap_or(u32::MAX);
        let period = (date(first), date(last));
        Ok(News { period, before: all.before, within: all.within, aside, formulae })
    }
}

/// Each text of the stream with its days, if it was chosen and has them. Both are in the order of numbers.
fn dated(stream: &Stream, chosen: &[Text]) -> Vec<Dated> {
    let dated = |&(number, _): &(u32, _)| {
        let at = chosen.binary_search_by_key(&number, |text| text.number);
        Dated::new(number, at.is_ok(), at.ok().and_then(|at| chosen[at].date))
    };
    stream.texts.iter().map(dated).collect()
}

/// What formulae are counted in.
enum Source {
    /// The words of the texts.
    Read(Stream),
    /// The lists that were made of them.
    Kept(Formulary),
}

impl Source {
    fn of_all(connection: &Connection) -> SqlResult<Self> {
        Ok(match is_kept(connection)? {
            true => Self::Kept(Formulary::load(connection)?),
            false => Self::Read(load(connection, None)?),
        })
    }

    /// Words with what each may do.
    fn stream(&self) -> &Stream {
        match self {
            Self::Read(stream) => stream,
            Self::Kept(formulary) => formulary.stream(),
        }
    }
}

struct Comparison<'a> {
    corpus: &'a Corpus,
    source: &'a Source,
    texts: &'a [Dated],
    sides: &'a [Option<Side>],
    all: Counts,
    wanted: Wanted,
}

impl Comparison<'_> {
    fn side(&self) -> Side {
        match self.wanted {
            Wanted::New => Side::Within,
            Wanted::Vanished => Side::Before,
        }
    }

    fn formulae(&self, limit: usize) -> SqlResult<Vec<Formula>> {
        let most = LOOKED_AT.max(limit);
        match self.source {
            Source::Read(stream) => {
                let mut found = formulae(stream, self.sides, self.all, self.side());
                found.truncate(most);
                let places = self.places(stream, &found);
                let counted = |words: &[&[u32]]| drift::counted(stream, self.sides, words);
                self.told(&found, |at| places[at].clone(), counted, limit)
            }
            Source::Kept(formulary) => {
                let sides =
                    BySide::new(self.texts.iter().map(|text| text.number).zip(self.sides.iter().copied()));
                let (found, numbers): (Vec<Found>, Vec<usize>) =
                    formulary.formulae(&sides, self.all, self.side()).into_iter().take(most).unzip();
                let mut index = vec![None; self.texts.last().map_or(0, |text| text.number as usize + 1)];
                self.texts.iter().enumerate().for_each(|(at, text)| index[text.number as usize] = Some(at));
                let place = |document: u32| index.get(document as usize).copied().flatten();
                let places = |at: usize| formulary.documents(numbers[at]).filter_map(place).collect();
                let counted = |words: &[&[u32]]| drift::known(formulary, &sides, words);
                self.told(&found, places, counted, limit)
            }
        }
    }

    /// Those of the most surprising that do not repeat each other, with all that is told of them.
    fn told(
        &self,
        found: &[Found],
        places: impl Fn(usize) -> Vec<usize>,
        counted: impl FnOnce(&[&[u32]]) -> Vec<drift::Variants>,
        limit: usize,
    ) -> SqlResult<Vec<Formula>> {
        let kept = self.apart(found, &places, limit);
        let words: Vec<&[u32]> = kept.iter().map(|&at| found[at].words.as_slice()).collect();
        let rivals = rivals(&counted(&words), self.all, self.side(), &words);
        kept.iter().zip(rivals).map(|(&at, rival)| self.row(&found[at], &places(at), rival)).collect()
    }

    /// The texts that have each formula, in the order of the record.
    fn places(&self, stream: &Stream, found: &[Found]) -> Vec<Vec<usize>> {
        let mut known: QuickMap<u64, Option<usize>> = QuickMap::default();
        let mut begins = vec![false; stream.parts.len()];
        for (at, formula) in found.iter().enumerate() {
            begins[formula.words[0] as usize] = true;
            let mut hash = mix(0, u64::from(formula.words[0]));
            for &word in &formula.words[1..] {
                hash = mix(hash, u64::from(word));
                known.entry(hash).or_default();
            }
            known.insert(hash, Some(at));
        }
        let mut places = vec![Vec::new(); found.len()];
        for (text, (_, place)) in stream.texts.iter().enumerate() {
            let words = &stream.words[place.clone()];
            for start in (0..words.len()).filter(|&start| begins[words[start] as usize]) {
                let mut hash = mix(0, u64::from(words[start]));
                for &word in words[start + 1..].iter().take(LENGTHS.end() - 1).take_while(|word| **word != 0)
                {
                    hash = mix(hash, u64::from(word));
                    match known.get(&hash) {
                        None => break,
                        Some(Some(at)) if places[*at].last() != Some(&text) => places[*at].push(text),
                        Some(_) => {}
                    }
                }
            }
        }
        places
    }

    /// Which to tell: the most surprising, and of those that share words and texts only the first.
    fn apart(&self, found: &[Found], places: &impl Fn(usize) -> Vec<usize>, limit: usize) -> Vec<usize> {
        let own = |at: usize| {
            let own = places(at).into_iter().filter(|&text| self.sides[text] == Some(self.side()));
            Bits::of(own, self.texts.len())
        };
        let parts = &self.source.stream().parts;
        let telling = |word: &&u32| parts[**word as usize] != Part::Edge;
        let mut kept: Vec<(usize, Bits)> = Vec::new();
        for (at, formula) in found.iter().enumerate() {
            if kept.len() == limit {
                break;
            }
            let texts = own(at);
            let repeats = |(other, others): &(usize, Bits)| {
                let words = &found[*other].words;
                let shared = formula.words.iter().filter(telling).any(|word| words.contains(word));
                shared && f64::from(texts.both(others)) >= SAME * f64::from(texts.count.min(others.count))
            };
            if !kept.iter().any(repeats) {
                kept.push((at, texts));
            }
        }
        kept.into_iter().map(|(at, _)| at).collect()
    }

    fn row(&self, found: &Found, places: &[usize], rival: Option<(Vec<u32>, Counts)>) -> SqlResult<Formula> {
        let form = |words: &[u32]| self.source.stream().form(&self.corpus.connection, words);
        let dated = || places.iter().copied().filter(|&text| self.texts[text].days.is_some());
        let of = |side| dated().filter(move |&text| self.sides[text] == Some(side));
        let when = |&text: &usize| (self.texts[text].days, text);
        let (last_before, first_within) =
            (of(Side::Before).max_by_key(when), of(Side::Within).min_by_key(when));
        let days = |text: usize| self.texts[text].days.unwrap_or_default();
        let trend = match (self.wanted, last_before, first_within) {
            (Wanted::New, None, _) => Trend::New,
            (Wanted::New, Some(before), Some(within)) if days(within).0 - days(before).1 > FORGOTTEN => {
                Trend::Revived
            }
            (Wanted::New, ..) => Trend::More,
            (Wanted::Vanished, _, None) => Trend::Gone,
            (Wanted::Vanished, ..) => Trend::Less,
        };
        let example = match self.wanted {
            Wanted::New => first_within,
            Wanted::Vanished => last_before,
        };
        let words = form(&found.words)?;
        let number = example.map_or(0, |text| self.texts[text].number);
        let date = |text: Option<usize>| {
            text.and_then(|text| self.texts[text].date).map(|date| date.to_string()).unwrap_or_default()
        };
        Ok(Formula {
            trend,
            rival: match rival {
                Some((words, counts)) => Some((form(&words)?, counts.before, counts.within)),
                None => None,
            },
            first: date(dated().min_by_key(when)),
            last: date(dated().max_by_key(when)),
            before: found.counts.before,
            within: found.counts.within,
            surprise: found.surprise,
            document: format!("d{number}"),
            sentence: self.example(number, &words)?,
            words,
        })
    }

    /// The first sentence of the text that has the words.
    fn example(&self, number: u32, words: &str) -> SqlResult<String> {
        let text: String = self.corpus.connection.query_row(
            "SELECT text FROM document WHERE number = ?1",
            [number],
            |row| row.get(0),
        )?;
        let Ok(phrase) = words.parse::<Phrase>() else { return Ok(String::new()) };
        let spans = phrase.spans(&Plain::of(&text));
        let sentences = spans.first().map(|&span| self.corpus.around(number, &text, span)).transpose()?;
        Ok(sentences.unwrap_or_default())
    }
}

/// A set of texts.
struct Bits {
    bits: Vec<u64>,
    count: u32,
}

impl Bits {
    fn of(texts: impl Iterator<Item = usize>, all: usize) -> Self {
        let mut bits = vec![0; all.div_ceil(64)];
        texts.for_each(|text| bits[text / 64] |= 1 << (text % 64));
        let count = bits.iter().map(|bits: &u64| bits.count_ones()).sum();
        Self { bits, count }
    }

    /// How many are in both.
    fn both(&self, other: &Self) -> u32 {
        self.bits.iter().zip(&other.bits).map(|(one, other)| (one & other).count_ones()).sum()
    }
}

/// Days since the beginning of 1970 (by the civil calendar).
fn day(date: Date) -> i64 {
    let (year, month, day) = date.parts();
    let (month, day) = (i64::from(month.unwrap_or(1)), i64::from(day.unwrap_or(1)));
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn date(days: i64) -> Date {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year + era * 400 + i64::from(month <= 2);
    let narrow = |n: i64| u8::try_from(n).unwrap_or(1);
    let year = i16::try_from(year).unwrap_or(i16::MAX);
    Date::day(year, narrow(month), narrow(day)).unwrap_or_else(|| Date::year(year))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::formula::surprise;
    use super::*;

    #[test]
    fn days_are_counted_by_the_calendar() {
        for (text, days) in [("1970-01-01", 0), ("2000-03-01", 11_017), ("2031-12-31", 22_644)] {
            let parsed: Date = text.parse().unwrap();
            assert_eq!((day(parsed), date(days).to_string().as_str()), (days, text));
        }
        assert!((-800_000..800_000).step_by(1_361).all(|n| day(date(n)) == n));
    }

    #[test]
    fn surprise_grows_with_texts_and_is_none_the_other_way() {
        let counts = |before, within| Counts { before, within };
        let texts = counts(90, 10);
        let of = |before, within| surprise(counts(before, within), texts, Side::Within);
        assert!(of(0, 6) > of(0, 3) && of(0, 3) > of(2, 3) && of(2, 3) > 0.0);
        assert!(of(9, 1).abs() < 1e-9, "as common on both sides");
        assert!(of(9, 0).abs() < 1e-9, "rarer");
        assert!((of(0, 10) - 65.0).abs() < 0.1, "2 (10 ln 10 + 90 ln (10/9))");
    }
}
