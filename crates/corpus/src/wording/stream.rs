//! The words of all texts as numbers, kept beside the texts so that formulae are counted without reading them again.
//!
//! Derived like the links: dropped and rebuilt with them. A text is a row of clauses; two words that stand together in too few
//! texts to be a formula part a clause as well, which leaves out most of what is said once only.

use std::collections::BTreeMap;
use std::ops::Range;

use chancery_model::{Block, BlockKind};
use rusqlite::{Connection, Result as SqlResult, params};
use serde::Deserialize;

use super::formulary;
use super::packing::{pack, unpacked};
use super::said::is_kept;
use super::words::{Masks, QuickMap, Token, Vocabulary, mix, tokens};
use crate::load::parse;

/// A formula stands in so many texts at least.
pub(super) const FEWEST: u32 = 3;

pub(super) const TABLES: &str = "
    CREATE TABLE IF NOT EXISTS word (number INTEGER PRIMARY KEY, form TEXT NOT NULL, kind TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS wording (document INTEGER PRIMARY KEY, words BLOB NOT NULL) STRICT;
    DELETE FROM word; DELETE FROM wording;";

/// What a word may do in a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Anything.
    Content,
    /// Stand inside.
    Edge,
    /// Anything but make one without others: it is mostly written with a capital.
    Name,
}

impl Part {
    const ALL: [(Self, &'static str); 3] =
        [(Self::Content, "content"), (Self::Edge, "edge"), (Self::Name, "name")];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(part, _)| *part == self).map_or("", |(_, word)| word)
    }

    fn of(word: &str) -> Self {
        Self::ALL.iter().find(|(_, name)| *name == word).map_or(Self::Content, |(part, _)| *part)
    }
}

/// All texts as numbers of words.
#[derive(Debug, Default)]
pub(super) struct Stream {
    /// Numbers of words from 1; 0 parts clauses and texts.
    pub(super) words: Vec<u32>,
    /// Numbers of documents, and where in `words` each is.
    pub(super) texts: Vec<(u32, Range<usize>)>,
    /// By number.
    pub(super) parts: Vec<Part>,
    pub(super) forms: Vec<String>,
}

/// What the data say of formulae in one language.
#[derive(Debug, Deserialize)]
struct Lists {
    edges: Vec<String>,
    reporting: Vec<String>,
    masked: Vec<String>,
    boilerplate: Vec<String>,
}

fn lists() -> Lists {
    let text = include_str!("../../../../data/languages/en/formulae.toml");
    toml::from_str(text).expect("a test reads the same file")
}

/// Write the words of all texts anew.
pub(crate) fn derive(connection: &Connection) -> SqlResult<()> {
    let stream = read(connection)?;
    formulary::derive(connection, &stream)?;
    connection.execute_batch(TABLES)?;
    let mut word = connection.prepare("INSERT INTO word VALUES (?1, ?2, ?3)")?;
    for ((number, form), part) in (1_u32..).zip(&stream.forms).zip(&stream.parts[1..]) {
        word.execute(params![number, form, part.word()])?;
    }
    let mut wording = connection.prepare("INSERT INTO wording VALUES (?1, ?2)")?;
    for (document, place) in &stream.texts {
        wording.execute(params![document, packed(&stream.words[place.clone()])])?;
    }
    Ok(())
}

/// As derived, of some texts or all; where that has not been done, and cannot be kept, as read from the texts, and of all.
pub(super) fn load(connection: &Connection, only: Option<&[u32]>) -> SqlResult<Stream> {
    if !is_kept(connection)? {
        return read(connection);
    }
    let mut stream = Stream { parts: kinds(connection)?, ..Stream::default() };
    let wanted =
        only.map_or_else(String::new, |_| " WHERE document IN (SELECT value FROM json_each(?1))".to_owned());
    let mut select =
        connection.prepare(&format!("SELECT document, words FROM wording{wanted} ORDER BY document"))?;
    let list =
        only.map(|only| format!("[{}]", only.iter().map(u32::to_string).collect::<Vec<_>>().join(",")));
    let mut rows = select.query(rusqlite::params_from_iter(list))?;
    while let Some(row) = rows.next()? {
        let start = stream.words.len();
        unpack(row.get_ref(1)?.as_blob()?, stream.parts.len(), &mut stream.words);
        stream.words.push(0);
        stream.texts.push((row.get(0)?, start..stream.words.len()));
    }
    Ok(stream)
}

/// What each word may do, by number.
pub(super) fn kinds(connection: &Connection) -> SqlResult<Vec<Part>> {
    let mut parts = vec![Part::Content];
    let mut select = connection.prepare("SELECT kind FROM word ORDER BY number")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        parts.push(Part::of(row.get_ref(0)?.as_str()?));
    }
    Ok(parts)
}

impl Stream {
    /// The words of these numbers.
    pub(super) fn form(&self, connection: &Connection, words: &[u32]) -> SqlResult<String> {
        let mut select = connection.prepare_cached("SELECT form FROM word WHERE number = ?1")?;
        let form = |number: &u32| match self.forms.get(*number as usize - 1) {
            Some(form) => Ok(form.clone()),
            None => select.query_row([number], |row| row.get(0)),
        };
        Ok(words.iter().map(form).collect::<SqlResult<Vec<String>>>()?.join(" "))
    }
}

fn read(connection: &Connection) -> SqlResult<Stream> {
    let mut vocabulary = Vocabulary::default();
    let (masks, edges) = masks(connection, &mut vocabulary)?;
    let mut texts: Vec<(u32, Vec<Token>)> = Vec::new();
    let mut select = connection.prepare("SELECT number, blocks, text FROM document ORDER BY number")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let blocks: Vec<Block> = parse(row, 1)?;
        let text = row.get_ref(2)?.as_str()?;
        let prose = blocks.iter().filter(|b| matches!(b.kind, BlockKind::Paragraph | BlockKind::ListItem));
        texts.push((row.get(0)?, prose.flat_map(|b| tokens(b.span.slice(text), &mut vocabulary)).collect()));
    }
    let mut parts = parts(&texts, vocabulary.forms.len());
    edges.iter().for_each(|&edge| parts[edge as usize] = Part::Edge);
    let texts: Vec<_> = texts
        .into_iter()
        .map(|(number, mut tokens)| {
            let masked = masks.masked(&tokens);
            name(&mut tokens, &parts, &mut vocabulary);
            (number, clauses(&tokens, &masked))
        })
        .collect();
    parts.resize(vocabulary.forms.len() + 1, Part::Name);
    Ok(frequent(texts, parts, vocabulary.forms))
}

/// What may not stand in a formula of these texts, and which words stand inside only.
fn masks(connection: &Connection, vocabulary: &mut Vocabulary) -> SqlResult<(Masks, Vec<u32>)> {
    let (mut masks, lists) = (Masks::default(), lists());
    let texts = |sql: &str| -> SqlResult<Vec<String>> {
        connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
    };
    for name in texts(
        "SELECT DISTINCT name FROM participant WHERE name IS NOT NULL UNION SELECT name FROM person ORDER BY 1",
    )? {
        masks.name(vocabulary.numbers(&name));
    }
    for office in texts("SELECT DISTINCT office FROM role ORDER BY 1")? {
        masks.sequence(vocabulary.numbers(&office), true);
    }
    for words in &lists.masked {
        masks.sequence(vocabulary.numbers(words), true);
    }
    for words in &lists.boilerplate {
        masks.sequence(vocabulary.numbers(words), false);
    }
    let edges = lists.edges.iter().chain(&lists.reporting).flat_map(|word| vocabulary.numbers(word));
    Ok((masks, edges.collect()))
}

/// Which words are names: those that inside sentences have a capital more often than not.
fn parts(texts: &[(u32, Vec<Token>)], words: usize) -> Vec<Part> {
    let mut balance = vec![0_i64; words + 1];
    for token in texts.iter().flat_map(|(_, tokens)| tokens).filter(|token| !token.initial) {
        balance[token.word as usize] += if token.capital { 1 } else { -1 };
    }
    balance.into_iter().map(|balance| if balance > 0 { Part::Name } else { Part::Content }).collect()
}

/// Words beside each other that have a capital inside a sentence are a name, whatever each is by itself.
fn name(tokens: &mut [Token], parts: &[Part], vocabulary: &mut Vocabulary) {
    let capital = |token: &Token| token.capital && !token.initial;
    let alone = |at: usize, tokens: &[Token]| {
        let before = at > 0 && !tokens[at].begins && capital(&tokens[at - 1]);
        let after = tokens.get(at + 1).is_some_and(|next| !next.begins && capital(next));
        !(before || after)
    };
    let named: Vec<usize> =
        (0..tokens.len()).filter(|&at| capital(&tokens[at]) && !alone(at, tokens)).collect();
    for at in named {
        if parts[tokens[at].word as usize] == Part::Content {
            tokens[at].word = vocabulary.twin(tokens[at].word);
        }
    }
}

/// The numbers, with 0 before each clause and in place of what is masked.
fn clauses(tokens: &[Token], masked: &[bool]) -> Vec<u32> {
    let mut words = Vec::with_capacity(tokens.len() + tokens.len() / 8);
    for (token, masked) in tokens.iter().zip(masked) {
        if token.begins || *masked {
            words.push(0);
        }
        if !masked {
            words.push(token.word);
        }
    }
    words.push(0);
    words
}

/// What may be a part of a formula: words that stand together in [`FEWEST`] texts. Words are numbered anew, the commonest first.
fn frequent(texts: Vec<(u32, Vec<u32>)>, parts: Vec<Part>, forms: Vec<String>) -> Stream {
    let key = |pair: &[u32]| mix(u64::from(pair[0]), u64::from(pair[1]));
    let mut pairs: QuickMap<u64, (u32, u32)> = QuickMap::default();
    for (number, words) in &texts {
        for pair in words.windows(2).filter(|pair| !pair.contains(&0)) {
            let (last, count) = pairs.entry(key(pair)).or_default();
            *count += u32::from(*count == 0 || last != number);
            *last = *number;
        }
    }
    let together = |pair: &[u32]| !pair.contains(&0) && pairs[&key(pair)].1 >= FEWEST;
    let mut uses = vec![0_u32; parts.len()];
    let mut streams: Vec<(u32, Vec<u32>)> = Vec::with_capacity(texts.len());
    for (number, words) in texts {
        let mut stream = vec![0];
        for pair in words.windows(2) {
            if together(pair) {
                if stream.last() == Some(&0) {
                    stream.push(pair[0]);
                }
                stream.push(pair[1]);
            } else if stream.last() != Some(&0) {
                stream.push(0);
            }
        }
        stream.iter().for_each(|&word| uses[word as usize] += 1);
        streams.push((number, stream));
    }
    let mut order: Vec<u32> = (1..).take(forms.len()).filter(|&word: &u32| uses[word as usize] > 0).collect();
    order.sort_by_key(|&word| (std::cmp::Reverse(uses[word as usize]), word));
    let anew: BTreeMap<u32, u32> = [(0, 0)].into_iter().chain(order.iter().copied().zip(1..)).collect();
    let mut all = Stream {
        parts: [0].iter().chain(&order).map(|&word| parts[word as usize]).collect(),
        forms: order.iter().map(|&word| forms[word as usize - 1].clone()).collect(),
        ..Stream::default()
    };
    for (number, stream) in streams {
        let start = all.words.len();
        all.words.extend(stream.iter().map(|word| anew[word]));
        all.texts.push((number, start..all.words.len()));
    }
    all
}

fn packed(words: &[u32]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(words.len() * 2);
    words.iter().for_each(|&word| pack(word, &mut bytes));
    bytes
}

/// A number that is no word's counts as a break.
fn unpack(bytes: &[u8], numbers: usize, words: &mut Vec<u32>) {
    words.extend(unpacked(bytes).map(|word| if (word as usize) < numbers { word } else { 0 }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_read() {
        let lists = lists();
        assert!(
            lists.edges.contains(&"the".to_owned()) && lists.boilerplate.len() > 5 && lists.masked.len() > 12
        );
    }

    #[test]
    fn what_is_packed_comes_out() {
        let words = [0, 1, 127, 128, 300, 70_000, u32::MAX];
        let mut out = Vec::new();
        unpack(&packed(&words), 70_001, &mut out);
        assert_eq!(out, [0, 1, 127, 128, 300, 70_000, 0]);
    }

    #[test]
    fn words_that_seldom_stand_together_are_parted() {
        let texts = (1..=3).map(|n| (n, vec![0, 1, 2, 3 + n, 0])).collect();
        let forms = ["open", "harbour", "x", "y", "z", "w"].map(str::to_owned).to_vec();
        let stream = frequent(texts, vec![Part::Content; 7], forms);
        assert_eq!(stream.words, [0, 1, 2, 0, 0, 1, 2, 0, 0, 1, 2, 0]);
        assert_eq!(stream.forms, ["open", "harbour"]);
    }
}
