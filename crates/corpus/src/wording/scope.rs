//! Which texts are searched, and what is known of each.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chancery_model::{Date, Party};
use rusqlite::{Connection, Result as SqlResult, params};

use super::said::{Sayings, is_kept};
use crate::link::Stale;
use crate::name::{answers_to, distance, fold};
use crate::{Corpus, CorpusError, Trouble};

/// Which texts to search: those that meet every condition that is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Only what this person says, or the state or body of this code without a person named; every word must be a part of the name.
    pub speaker: Option<String>,
    /// Only what this publisher brought out, without regard to case.
    pub outlet: Option<String>,
    /// Only texts that tell of a meeting in which all of these take part.
    pub countries: Vec<String>,
    /// Not before this date begins.
    pub from: Option<Date>,
    /// Not after this date ends.
    pub to: Option<Date>,
}

/// A text of the record, but for its words.
#[derive(Debug, Clone, Default)]
pub(super) struct Text {
    pub(super) number: u32,
    pub(super) date: Option<Date>,
    pub(super) outlet: Arc<str>,
    /// The parties of each meeting it reports, as codes: `CHN-USA`.
    pub(super) dyads: Arc<BTreeSet<String>>,
}

/// The texts that meet the conditions, and how many more would if they had a date.
pub(super) struct Chosen {
    pub(super) texts: Vec<Text>,
    pub(super) undated: u32,
}

impl Scope {
    /// Of each speaker, whether that is who is asked for; none where all are.
    pub(super) fn asked(&self, sayings: &Sayings) -> Option<Vec<bool>> {
        let asked = self.speaker.as_ref()?;
        Some(sayings.names().iter().map(|name| name == asked || answers_to(name, asked)).collect())
    }
}

impl Corpus {
    /// # Errors
    /// The record cannot be read, holds no text, or nothing in it is called as the conditions say.
    pub(super) fn choose(&self, scope: &Scope, sayings: &Sayings) -> Result<Chosen, CorpusError> {
        let texts = texts(&self.connection).map_err(self.wrong())?;
        let trouble = |trouble| CorpusError::new(&self.path, trouble);
        if texts.is_empty() {
            let why = "the record holds no text; 'chancery add PATH' puts some in".to_owned();
            return Err(trouble(Trouble::NoTexts(why)));
        }
        let outlets: HashSet<&str> = texts.iter().map(|text| &*text.outlet).collect();
        let outlets: BTreeSet<&str> = outlets.into_iter().collect();
        let dyads: HashSet<&BTreeSet<String>> = match scope.countries.is_empty() {
            true => HashSet::new(),
            false => texts.iter().map(|text| &*text.dyads).collect(),
        };
        let codes: BTreeSet<&str> = dyads.into_iter().flatten().flat_map(|dyad| dyad.split('-')).collect();
        let unknown = |what, name: &String, all: &BTreeSet<&str>| {
            trouble(Trouble::Unknown { what, name: name.clone(), nearest: nearest(name, all) })
        };
        if let Some(outlet) =
            scope.outlet.as_ref().filter(|name| !outlets.iter().any(|one| is_outlet(one, name)))
        {
            return Err(unknown("outlet", outlet, &outlets));
        }
        if let Some(code) = scope.countries.iter().find(|code| !codes.contains(code.as_str())) {
            return Err(unknown("party to a meeting", code, &codes));
        }
        let asked = scope.asked(sayings);
        let speaks = |text: &Text| {
            asked
                .as_ref()
                .is_none_or(|asked| sayings.of(text.number).iter().any(|row| asked[row.speaker as usize]))
        };
        if let Some(speaker) = scope.speaker.as_ref().filter(|_| !texts.iter().any(speaks)) {
            let heard: BTreeSet<u32> =
                texts.iter().flat_map(|text| sayings.of(text.number)).map(|row| row.speaker).collect();
            let speakers =
                heard.into_iter().map(|speaker| sayings.names()[speaker as usize].as_str()).collect();
            return Err(unknown("speaker", speaker, &speakers));
        }
        let (first, last) =
            (texts.iter().filter_map(|t| t.date).min(), texts.iter().filter_map(|t| t.date).max());
        let fits = |text: &Text| {
            scope.outlet.as_ref().is_none_or(|outlet| is_outlet(&text.outlet, outlet))
                && (scope.countries.is_empty()
                    || text.dyads.iter().any(|dyad| has_all(dyad, &scope.countries)))
                && speaks(text)
        };
        let dated = |date: Date| {
            scope.from.is_none_or(|from| date.last() >= from.first())
                && scope.to.is_none_or(|to| date.first() <= to.last())
        };
        let bounded = scope.from.is_some() || scope.to.is_some();
        let (with, without): (Vec<Text>, Vec<Text>) =
            texts.into_iter().filter(fits).partition(|t| t.date.is_some());
        let undated = u32::try_from(without.len()).unwrap_or(u32::MAX);
        let mut texts: Vec<Text> = with.into_iter().filter(|text| text.date.is_some_and(dated)).collect();
        if !bounded {
            texts.extend(without);
            texts.sort_by_key(|text| text.number);
        }
        if texts.is_empty() {
            let known = first.zip(last).map(|(first, last)| format!("; its texts are of {first} to {last}"));
            let why = format!("no text of the record meets these conditions{}", known.unwrap_or_default());
            return Err(trouble(Trouble::NoTexts(why)));
        }
        Ok(Chosen { texts, undated })
    }
}

/// Write what is known of each text anew.
pub(super) fn derive(connection: &Connection) -> SqlResult<()> {
    connection.execute("DELETE FROM imprint", [])?;
    let mut insert = connection.prepare("INSERT INTO imprint VALUES (?1, ?2, ?3, ?4)")?;
    for text in read(connection)? {
        let dyads = text.dyads.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
        insert.execute(params![text.number, text.date.map(|d| d.to_string()), &*text.outlet, dyads])?;
    }
    Ok(())
}

/// As derived, else as the documents tell it.
fn texts(connection: &Connection) -> SqlResult<Vec<Text>> {
    if !is_kept(connection)? || Stale::of(connection)? == Stale::Meetings {
        return read(connection);
    }
    let mut select =
        connection.prepare("SELECT document, date, outlet, dyads FROM imprint ORDER BY document")?;
    let mut rows = select.query([])?;
    let mut texts = Vec::new();
    // Many texts share their outlet, and many their dyads.
    let mut outlets: HashMap<String, Arc<str>> = HashMap::new();
    let mut dyads: HashMap<String, Arc<BTreeSet<String>>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let date = row.get_ref(1)?.as_str_or_null()?.and_then(|date| date.parse().ok());
        let outlet = shared(&mut outlets, row.get_ref(2)?.as_str()?, |name| Arc::from(name));
        let of =
            |all: &str| Arc::new(all.split(' ').filter(|dyad| !dyad.is_empty()).map(str::to_owned).collect());
        let dyads = shared(&mut dyads, row.get_ref(3)?.as_str()?, of);
        texts.push(Text { number: row.get(0)?, date, outlet, dyads });
    }
    Ok(texts)
}

/// What was made of the same words before, else what is made now.
fn shared<T: ?Sized>(
    known: &mut HashMap<String, Arc<T>>,
    words: &str,
    make: impl Fn(&str) -> Arc<T>,
) -> Arc<T> {
    if let Some(one) = known.get(words) {
        return Arc::clone(one);
    }
    let one = make(words);
    known.insert(words.to_owned(), Arc::clone(&one));
    one
}

fn read(connection: &Connection) -> SqlResult<Vec<Text>> {
    let mut dyads: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    let mut select = connection.prepare("SELECT document, parties FROM meeting WHERE told = 'main'")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let parties: Vec<Party> = crate::load::parse(row, 1)?;
        let codes: BTreeSet<String> =
            parties.into_iter().map(|party| party.code).filter(|code| !code.is_empty()).collect();
        if codes.len() > 1 {
            let dyad = codes.into_iter().collect::<Vec<_>>().join("-");
            dyads.entry(row.get(0)?).or_default().insert(dyad);
        }
    }
    let sql = "SELECT number, date, coalesce(source ->> 'publisher', '') FROM document ORDER BY number";
    let mut select = connection.prepare(sql)?;
    let rows = select.query_map([], |row| {
        let number = row.get(0)?;
        let date = row.get::<_, Option<String>>(1)?.and_then(|date| date.parse().ok());
        let outlet: String = row.get(2)?;
        let dyads = dyads.remove(&number).unwrap_or_default();
        Ok(Text { number, date, outlet: outlet.into(), dyads: dyads.into() })
    })?;
    rows.collect()
}

fn has_all(dyad: &str, codes: &[String]) -> bool {
    codes.iter().all(|code| dyad.split('-').any(|one| one == code))
}

fn is_outlet(outlet: &str, asked: &str) -> bool {
    fold(outlet) == fold(asked)
}

/// The name that is most like this one, as a whole or in a part: the fewest letters to change, of equals the longest part.
fn nearest(asked: &str, all: &BTreeSet<&str>) -> Option<String> {
    let folded = fold(asked).join(" ");
    let far = |name: &&&str| {
        let parts = fold(name);
        let whole = parts.join(" ");
        let parts = parts.iter().chain([&whole]);
        parts.map(|part| (distance(part, &folded), std::cmp::Reverse(part.len()))).min()
    };
    all.iter().filter(|name| !name.is_empty()).min_by_key(far).map(|name| (*name).to_owned())
}
