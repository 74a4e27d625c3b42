//! Where phrases were used, as rows.

use anyhow::{Result, bail};
use chancery_corpus::{By, Phrase, Plain, Searched, Share, Track};
use chancery_model::Date;
use serde_json::Value;

use super::count;

/// So many characters are shown on either side of the words.
const AROUND: usize = 100;

/// Columns of a row for each count.
pub(crate) const TIDY: [&str; 10] =
    ["phrase", "by", "key", "texts", "of", "uses", "first", "last", "bytes", "undated"];

/// A row for all of a phrase, then one for each month, speaker, outlet and dyad.
pub(crate) fn tidy(track: &Track, searched: Searched) -> Vec<Vec<Value>> {
    let row = |by: &str, key: &str, counts: Vec<Value>| {
        let mut row: Vec<Value> = [track.phrase.as_str(), by, key].map(Value::from).to_vec();
        row.extend(counts);
        row.extend([Value::from(searched.bytes), Value::from(searched.undated)]);
        row
    };
    let all = row("all", "", summary(track, searched));
    let shares = track.shares.iter().map(|share| row(share.by.name(), &share.key, share_counts(share)));
    [all].into_iter().chain(shares).collect()
}

/// Texts, of how many, uses, first, last.
pub(crate) fn summary(track: &Track, searched: Searched) -> Vec<Value> {
    let dated = || track.uses.iter().filter_map(|one| one.date);
    let counts = [track.texts.into(), searched.texts.into(), track.uses.len().into()];
    counts.into_iter().chain([date(dated().next()), date(dated().next_back())]).collect()
}

/// The same of one month, speaker, outlet or dyad.
pub(crate) fn share_counts(share: &Share) -> Vec<Value> {
    vec![share.texts.into(), share.of.into(), share.uses.into(), date(share.first), date(share.last)]
}

/// A date, if there is one.
pub(crate) fn date(date: Option<Date>) -> Value {
    date.map_or(Value::Null, |date| date.to_string().into())
}

/// What was searched, in a line.
pub(crate) fn searched_line(searched: Searched) -> String {
    let span = match (searched.first, searched.last) {
        (Some(first), Some(last)) => format!(" of {first} to {last}"),
        _ => String::new(),
    };
    let undated =
        if searched.undated == 0 { String::new() } else { format!(", {} without a date", searched.undated) };
    format!("searched: {}{span}, {} bytes{undated}\n", count(searched.texts, "text", "texts"), searched.bytes)
}

/// What a share is of; of what falls to none, why.
pub(crate) fn key(share: &Share) -> &str {
    match share.by {
        _ if !share.key.is_empty() => &share.key,
        By::Speaker => "(in no statement)",
        By::Dyad => "(no meeting reported)",
        _ => "(unknown)",
    }
}

/// The phrases with one word after the other left open; one that leaves a word open is such a family already.
///
/// # Errors
/// There is no word to leave open.
pub(crate) fn families(phrases: &[Phrase]) -> Result<Vec<Phrase>> {
    let open = |phrase: &Phrase| {
        if phrase.as_str().contains('*') { vec![phrase.clone()] } else { phrase.families() }
    };
    let families: Vec<Phrase> = phrases.iter().flat_map(open).collect();
    if families.is_empty() {
        bail!(
            "a phrase of one word has no variants; give two words or more, or a * for the word that varies"
        );
    }
    Ok(families)
}

/// Columns of a row for each form of a family.
pub(crate) const FORMS: [&str; 7] = ["family", "words", "texts", "of", "uses", "first", "last"];

/// The forms of each family, so many of each.
pub(crate) fn forms(
    families: &[Phrase],
    tracks: &[Track],
    searched: Searched,
    limit: usize,
) -> Vec<Vec<Value>> {
    let mut rows = Vec::new();
    for family in families {
        let forms = tracks.iter().filter(|track| track.asked == family.as_str());
        for track in forms.take(limit) {
            let mut row = vec![Value::from(track.asked.clone()), Value::from(track.phrase.clone())];
            row.extend(summary(track, searched));
            rows.push(row);
        }
    }
    rows
}

/// A sentence parted at the phrase: before, the words, after, both ends cut where they are long. Without the phrase all is before.
pub(crate) fn parted(sentence: &str, phrase: &Phrase) -> [String; 3] {
    let Some(span) = phrase.spans(&Plain::of(sentence)).first().copied() else {
        return [sentence.to_owned(), String::new(), String::new()];
    };
    let (before, after) = (&sentence[..span.start as usize], &sentence[span.end as usize..]);
    let skipped = before.chars().count().saturating_sub(AROUND);
    let begin: String = before.chars().skip(skipped).collect();
    let end: String = after.chars().take(AROUND).collect();
    let cut = |is: bool| if is { "…" } else { "" };
    let (first, last) = (cut(skipped > 0), cut(end.len() < after.len()));
    [format!("{first}{begin}"), span.slice(sentence).to_owned(), format!("{end}{last}")]
}
