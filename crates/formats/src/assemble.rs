//! From what a format gives to a document: headline, blocks, dates, publisher.

use chancery_model::{Date, Document, Source};

use crate::blocks::{Layout, lay_out};
use crate::dates;
use crate::read::{Reading, skip};
use crate::title;

/// How far apart two dates of one document may be, in days, before a person should look.
const APART: i64 = 10;

/// What a format found, as written.
#[derive(Debug, Default)]
pub(crate) struct Given {
    pub(crate) text: String,
    pub(crate) id: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) place: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) publisher: Option<String>,
    pub(crate) language: Option<String>,
}

impl Given {
    /// From named fields, under any of the names that a field goes by.
    pub(crate) fn from_fields(text: String, field: impl Fn(&str) -> Option<String>) -> Self {
        let any = |names: &[&str]| names.iter().filter_map(|n| field(n)).find(|v| !v.trim().is_empty());
        let address = |v: &String| v.starts_with("http://") || v.starts_with("https://");
        let source = any(&["source"]);
        Self {
            text,
            id: any(&["id"]),
            title: any(&["title", "headline"]).map(|title| unescaped(&title)),
            published: any(&["published", "date", "published_time", "publish_time"]),
            place: any(&["place"]),
            url: any(&["url", "source_url"]).or_else(|| source.clone().filter(address)),
            publisher: source.filter(|s| !address(s)).or_else(|| any(&["publisher"])),
            language: any(&["language", "lang"]),
        }
    }
}

/// A title as it was before a program wrote its letters as escapes, and cut words after them: `President\_Louren\xE7 o` is
/// "President Lourenço".
fn unescaped(title: &str) -> String {
    let mut out = String::new();
    let mut rest = title;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let (letter, read) = match (after.chars().next(), letter(after, 2), letter(after, 4)) {
            (Some('_'), ..) => (' ', 1),
            (Some('x'), Some(letter), _) => (letter, 3),
            (Some('u'), _, Some(letter)) => (letter, 5),
            _ => ('\\', 0),
        };
        out.push(letter);
        rest = &after[read..];
        if letter == ' ' {
            rest = rest.trim_start_matches(' ');
        } else if letter.is_alphabetic() && stray(rest) {
            rest = &rest[1..];
        }
    }
    out + rest
}

/// The letter or mark of this many hexadecimal digits after the first character.
fn letter(escape: &str, digits: usize) -> Option<char> {
    let number = u32::from_str_radix(escape.get(1..=digits)?, 16).ok()?;
    char::from_u32(number).filter(|c| c.is_alphanumeric() || "‘’“”–—\u{a0}".contains(*c))
}

/// Whether the end of a cut word follows: a letter that is no word, or several without a vowel.
fn stray(rest: &str) -> bool {
    let Some(end) = rest.strip_prefix(' ').and_then(|rest| rest.split(' ').next()) else { return false };
    let alone = end.len() == 1 && !matches!(end, "a" | "e" | "y");
    end.chars().all(|c| c.is_ascii_lowercase())
        && !end.is_empty()
        && (alone || !end.contains(['a', 'e', 'i', 'o', 'u', 'y']))
}

/// Make the document: put a separate title before the text, cut blocks, find dates and publisher, note what is odd.
pub(crate) fn assemble(
    path: &str,
    stem: &str,
    sha256: &str,
    given: Given,
    mut suspects: Vec<String>,
) -> Reading {
    if given.text.trim().is_empty() {
        return skip(path, "no text".to_owned(), false);
    }
    let (text, headline, offset) = compose(given.text, given.title.as_deref());
    let layout = lay_out(&text, headline);
    let dates = find_dates(&layout, given.published.as_deref(), &mut suspects);
    let source = Source {
        path: path.to_owned(),
        publisher: given.publisher.or(layout.publisher).or_else(|| given.url.as_deref().and_then(host)),
        title: given.title,
        url: given.url,
        language: given.language,
        published: dates.published,
        dateline: dates.dateline,
        dateline_place: layout.dateline.map(|d| d.place),
        place: given.place,
        text_offset: offset,
        raw_sha256: sha256.to_owned(),
    };
    let id = given.id.unwrap_or_else(|| stem.to_owned());
    let document = Document { id, source, text, blocks: layout.blocks };
    Reading { place: path.to_owned(), outcome: Ok(document), suspects }
}

/// The text with its headline: the one that it opens with, else the separate title, put before it.
fn compose(text: String, title: Option<&str>) -> (String, Option<std::ops::Range<usize>>, u32) {
    let Some(title) = title.filter(|t| !t.trim().is_empty()) else {
        return (text, None, 0);
    };
    if let Some(range) = title::opening(&text, title) {
        return (text, Some(range), 0);
    }
    let offset = title.len() + 2;
    let offset = u32::try_from(offset).expect("titles are far shorter than 4 GiB");
    (format!("{title}\n\n{text}"), Some(0..title.len()), offset)
}

struct Dates {
    published: Option<Date>,
    dateline: Option<Date>,
}

fn find_dates(layout: &Layout, field: Option<&str>, suspects: &mut Vec<String>) -> Dates {
    let given = field.and_then(dates::field);
    if let (Some(value), None) = (field, given) {
        suspects.push(format!("published '{value}' is no date; write YYYY-MM-DD"));
    }
    let stamped = layout.stamp;
    let published = given.or(stamped);
    let dateline = layout.dateline.as_ref().and_then(|d| d.day.as_ref()?.date(published));
    let mut compare = |a: Option<Date>, a_is: &str, b: Option<Date>, b_is: &str| {
        if let (Some(a), Some(b)) = (a, b)
            && a.days_since(b).abs() > APART
        {
            suspects.push(format!("{a_is} {a} but {b_is} {b}, {} days apart", a.days_since(b).abs()));
        }
    };
    compare(given, "published", stamped, "stamped");
    compare(published, "published", dateline, "dateline");
    match (published, dateline) {
        (None, None) if layout.dateline.as_ref().is_some_and(|d| d.day.is_some()) => {
            suspects.push("no date of publication found, so the dateline's day has no year".to_owned());
        }
        (None, None) => suspects.push("no date found".to_owned()),
        (None, Some(_)) => suspects.push("no date of publication found, only the dateline's".to_owned()),
        _ => {}
    }
    Dates { published, dateline }
}

/// The site of an address: `www.mfa.example` of `https://www.mfa.example/news`, without `www.`.
fn host(url: &str) -> Option<String> {
    let host = url.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn letters_that_a_program_wrote_as_escapes_are_letters_again() {
        let title = r"Call with President\_ Jo\xE3 o Vaz\u2019s aide Niinist\xF6 of\_Ruritania";
        assert_eq!(unescaped(title), "Call with President João Vaz’s aide Niinistö of Ruritania");
        assert_eq!(unescaped(r"C:\temp and \xZZ stay"), r"C:\temp and \xZZ stay");
    }
}
