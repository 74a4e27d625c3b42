//! `phrase`: who used which words when, and out of how many chances.

use std::path::Path;

use anyhow::{Result, bail};
use chancery_corpus::{By, Corpus, Phrase, Scope, Searched, Share, Track, Tracked, Use};
use chancery_formats::write::{TableFormat, write_rows};
use chancery_model::Date;
use serde_json::Value;

use super::show::one_line;
use crate::Ended;
use crate::answers::count;
use crate::answers::phrase::{
    FORMS, TIDY, date, families, forms, key, parted, searched_line, share_counts, summary, tidy,
};
use crate::cli::Texts;
use crate::output::{Output, complain, harmless};

/// So many rows of a kind are printed unless more are asked for.
const ROWS: usize = 10;

/// What to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// First, last, and how many by month, speaker, outlet and dyad.
    Counts,
    /// Each use.
    Uses,
    /// Each form that the phrase takes with one word changed.
    Variants,
}

/// Where to look, and how to print.
pub(super) struct Asked {
    pub(super) speaker: Option<String>,
    pub(super) texts: Texts,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) limit: Option<usize>,
    pub(super) format: TableFormat,
}

pub(super) fn phrase(words: &[String], what: What, asked: Asked, record: &Path) -> Result<Ended> {
    let phrases = words.iter().map(|words| words.parse()).collect::<Result<Vec<Phrase>, _>>()?;
    let Asked { speaker, texts, from, to, limit, format } = asked;
    if let (Some(from), Some(to)) = (from, to)
        && from.first() > to.last()
    {
        bail!("--from {from} is after --to {to}");
    }
    let corpus = Corpus::read(record)?;
    let scope = Scope { speaker, from, to, ..scope(texts) };
    let page = match what {
        What::Counts => counts(&corpus, &phrases, &scope, limit.unwrap_or(ROWS), format)?,
        What::Uses => uses(&corpus, &phrases, &scope, limit.unwrap_or(usize::MAX), format)?,
        What::Variants => variants(&corpus, &phrases, &scope, limit.unwrap_or(ROWS), format)?,
    };
    let mut out = Output::new();
    out.write(&page)?;
    out.finish()?;
    Ok(Ended::Well)
}

/// The texts that were asked for.
pub(super) fn scope(texts: Texts) -> Scope {
    Scope { outlet: texts.outlet, countries: texts.country, ..Scope::default() }
}

fn counts(
    corpus: &Corpus,
    phrases: &[Phrase],
    scope: &Scope,
    limit: usize,
    format: TableFormat,
) -> Result<String> {
    let Tracked { searched, tracks } = corpus.track(phrases, scope)?;
    match (format, &tracks[..]) {
        (TableFormat::Table, [track]) => page(corpus, &phrases[0], track, searched, limit),
        (TableFormat::Table, _) => {
            let row = |track: &Track| {
                let mut row = vec![Value::from(track.phrase.clone())];
                row.extend(summary(track, searched));
                row.push(spark(&track.shares).into());
                row
            };
            let rows: Vec<Vec<Value>> = tracks.iter().map(row).collect();
            let columns = ["phrase", "texts", "of", "uses", "first", "last", "by month"];
            Ok(format!("{}\n{}", write_rows(&columns, &rows, format, width()), searched_line(searched)))
        }
        _ => {
            let rows: Vec<Vec<Value>> = tracks.iter().flat_map(|track| tidy(track, searched)).collect();
            Ok(write_rows(&TIDY, &rows, format, 0))
        }
    }
}

/// One phrase, for reading.
fn page(corpus: &Corpus, phrase: &Phrase, track: &Track, searched: Searched, limit: usize) -> Result<String> {
    let mut page = format!(
        "\"{}\"  {} of {} · {}\n{}",
        harmless(&track.phrase),
        track.texts,
        count(searched.texts, "text", "texts"),
        count(u32::try_from(track.uses.len()).unwrap_or(u32::MAX), "use", "uses"),
        searched_line(searched)
    );
    if track.uses.is_empty() {
        let hint = if track.phrase.contains('*') {
            "; a * stands for the rest of a word or for a whole one only"
        } else {
            ""
        };
        return Ok(format!("{page}nothing matched{hint}\n"));
    }
    let dated: Vec<&Use> = track.uses.iter().filter(|one| one.date.is_some()).collect();
    for (label, one) in [("first", dated.first()), ("last", dated.last())] {
        let Some(one) = one else { continue };
        let words = around(&corpus.sentence(one)?, phrase);
        let day = one.date.map(|d| d.to_string()).unwrap_or_default();
        page += &format!(
            "\n{label:5}  {day}  d{}  {}\n       {words}\n",
            one.document,
            harmless(&one.speakers.join(", "))
        );
    }
    for by in [By::Year, By::Month, By::Speaker, By::Outlet, By::Dyad] {
        let of: Vec<&Share> = track.shares.iter().filter(|share| share.by == by).collect();
        if by == By::Month {
            page += &format!("\nby month  {}\n", spark(&track.shares));
            continue;
        }
        let shown = if by == By::Year { of.len() } else { limit };
        let told = of.iter().filter(|share| by == By::Year || share.uses > 0);
        let rows: Vec<Vec<Value>> = told.clone().take(shown).map(|share| shown_share(share)).collect();
        let rest = told.count() - rows.len();
        page += &format!(
            "\n{}",
            write_rows(
                &[by.name(), "texts", "of", "uses", "first", "last"],
                &rows,
                TableFormat::Table,
                width()
            )
        );
        if rest > 0 {
            page += &format!("and {rest} more; --limit {} shows them\n", rest + rows.len());
        }
    }
    Ok(page)
}

fn shown_share(share: &Share) -> Vec<Value> {
    [Value::from(key(share))].into_iter().chain(share_counts(share)).collect()
}

/// A bar for each month, as high as the share of its texts that have the phrase; blank where there were no texts.
fn spark(shares: &[Share]) -> String {
    const BARS: [char; 9] = ['·', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let months: Vec<&Share> = shares.iter().filter(|share| share.by == By::Month).collect();
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return String::new() };
    let most = months.iter().map(|m| f64::from(m.texts) / f64::from(m.of.max(1))).fold(0.0, f64::max);
    let bar = |share: &&Share| {
        let height =
            if most > 0.0 { f64::from(share.texts) / f64::from(share.of.max(1)) / most } else { 0.0 };
        // Counting up tells apart what is seldom from what is never.
        BARS[(1..=8).filter(|eighth| height > f64::from(eighth - 1) / 8.0).count()]
    };
    let bars: String = months.iter().map(bar).collect();
    format!("{} {bars} {}", first.key, last.key)
}

fn uses(
    corpus: &Corpus,
    phrases: &[Phrase],
    scope: &Scope,
    limit: usize,
    format: TableFormat,
) -> Result<String> {
    let Tracked { searched, tracks } = corpus.track(phrases, scope)?;
    let mut rows = Vec::new();
    for (track, phrase) in tracks.iter().zip(phrases) {
        for one in track.uses.iter().take(limit) {
            let sentence = corpus.sentence(one)?;
            let sentence =
                if format == TableFormat::Table { around(&sentence, phrase) } else { one_line(&sentence) };
            rows.push(vec![
                Value::from(track.phrase.clone()),
                format!("d{}", one.document).into(),
                date(one.date),
                one.speakers.join("; ").into(),
                one.span.start.into(),
                one.span.end.into(),
                sentence.into(),
            ]);
        }
    }
    let columns = ["phrase", "id", "date", "speaker", "start", "stop", "sentence"];
    if format != TableFormat::Table {
        return Ok(write_rows(&columns, &rows, format, 0));
    }
    let table = if rows.is_empty() {
        "nothing matched\n".to_owned()
    } else {
        write_rows(&columns, &rows, format, width())
    };
    Ok(format!("{table}\n{}", searched_line(searched)))
}

fn variants(
    corpus: &Corpus,
    phrases: &[Phrase],
    scope: &Scope,
    limit: usize,
    format: TableFormat,
) -> Result<String> {
    let families = families(phrases)?;
    let Tracked { searched, tracks } = corpus.forms(&families, scope)?;
    let rows = forms(&families, &tracks, searched, limit);
    if format != TableFormat::Table {
        return Ok(write_rows(&FORMS, &rows, format, 0));
    }
    if rows.is_empty() {
        complain("nothing matched");
    }
    Ok(format!("{}\n{}", write_rows(&FORMS, &rows, format, width()), searched_line(searched)))
}

/// The words in brackets, with what stands on either side of them.
pub(super) fn around(sentence: &str, phrase: &Phrase) -> String {
    match parted(&harmless(&one_line(sentence)), phrase) {
        [before, words, after] if words.is_empty() => before + &after,
        [before, words, after] => format!("{before}[{words}]{after}"),
    }
}

/// Columns of the terminal, 0 where there is none.
pub(super) fn width() -> usize {
    Output::new().width()
}
