//! Judging rows of the record: saying, taking back, listing, taking up what others said.

use chancery_model::Record;
use rusqlite::{OptionalExtension, Result as SqlResult, Transaction, TransactionBehavior};

use super::apply::{BY, apply};
use super::keep::{Page, insert, lay_out, of_text, page, read};
use super::row::find;
use super::{Correction, Layer, Row, Verdict};
use crate::store::number_of;
use crate::{Corpus, CorpusError, Trouble};

/// What a person says, before it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// The row as it should be: of an edit and of an addition.
    pub given: Option<Row>,
    /// Who says it.
    pub who: String,
    /// When, as the caller tells time.
    pub made: String,
    /// What else there is to say.
    pub note: Option<String>,
    /// Whether it settles what others do not agree on.
    pub settles: bool,
}

/// Which corrections to list: those that meet every condition that is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Judged {
    /// Of this document (`d3`, or its name) or row (`d3.s2`).
    pub of: Option<String>,
    /// By this person.
    pub who: Option<String>,
    /// Of this kind of row.
    pub layer: Option<Layer>,
    /// Also those that were taken back.
    pub undone: bool,
}

/// What cannot be done, or SQLite's own trouble.
pub(super) enum Failed {
    Sql(rusqlite::Error),
    Trouble(Trouble),
}

impl From<rusqlite::Error> for Failed {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl Corpus {
    /// Judge a row (`d1.s3`), or, to add one, a document (`d1`): kept, and the rows of its document laid out anew, in one transaction.
    ///
    /// Meetings, people and events over documents may then be stale: [`Corpus::link`] makes them anew where they are.
    ///
    /// # Errors
    /// There is no such row, an edit or an addition gives none that fits the text, or the record cannot be written.
    pub fn correct(&mut self, id: &str, judgement: Judgement) -> Result<Correction, CorpusError> {
        self.write(|transaction| {
            let no_such = || Failed::Trouble(Trouble::NoSuch(id.to_owned()));
            let number = number_of(id).ok_or_else(no_such)?;
            let page = page(transaction, number)?.ok_or_else(no_such)?;
            let said = of_text(transaction, &page.key, &page.document.text)?;
            let (found, shown) = match (judgement.verdict, id.split_once('.')) {
                (Verdict::Add, _) => (None, None),
                (_, Some((_, row))) => judged(&page, &said, row).ok_or_else(no_such)?,
                (_, None) => return Err(no_such()),
            };
            let given = given(&judgement, shown.or_else(|| found.clone()), &page)?;
            let correction = Correction {
                number: 0,
                key: page.key.clone(),
                name: page.document.id.clone(),
                verdict: judgement.verdict,
                who: judgement.who,
                made: judgement.made,
                found,
                given,
                note: judgement.note,
                settles: judgement.settles,
                undone: None,
                row: None,
                words: None,
                counts: false,
            };
            let kept = insert(transaction, &correction)?;
            lay_out(transaction, number)?;
            one(transaction, kept)
        })
    }

    /// Take the correction of this number back: it stays, marked as undone.
    ///
    /// # Errors
    /// There is none of this number that holds, or the record cannot be written.
    pub fn undo_correction(&mut self, number: u32, undone: &str) -> Result<Correction, CorpusError> {
        self.write(|transaction| {
            let live = "UPDATE correction SET undone = ?2 WHERE number = ?1 AND undone IS NULL";
            if transaction.execute(live, (number, undone))? == 0 {
                return Err(Failed::Trouble(Trouble::NoCorrection(number.to_string())));
            }
            let taken = one(transaction, number)?;
            again(transaction, &taken.key)?;
            one(transaction, number)
        })
    }

    /// Take the last correction of this row (`d1.s3`) back, of this person where one is named.
    ///
    /// # Errors
    /// Nobody said anything of it that holds, or the record cannot be written.
    pub fn undo_last(
        &mut self,
        row: &str,
        who: Option<&str>,
        undone: &str,
    ) -> Result<Correction, CorpusError> {
        let of = Judged { of: Some(row.to_owned()), who: who.map(str::to_owned), ..Judged::default() };
        let last =
            self.corrections(&of)?.into_iter().max_by(|a, b| (&a.made, a.number).cmp(&(&b.made, b.number)));
        let none = || CorpusError::new(&self.path, Trouble::NoCorrection(row.to_owned()));
        let last = last.ok_or_else(none)?.number;
        self.undo_correction(last, undone)
    }

    /// What people said, by number.
    ///
    /// # Errors
    /// The record cannot be read.
    pub fn corrections(&self, which: &Judged) -> Result<Vec<Correction>, CorpusError> {
        let is_row = |id: &&str| id.contains('.') && number_of(id).is_some();
        let of = which.of.as_deref();
        let asked = [
            ("\"row\" = ?", of.filter(is_row)),
            (
                "(name = ? OR \"key\" IN (SELECT d.\"key\" FROM document d WHERE d.name = ? OR 'd' || d.number = ?))",
                of.filter(|id| !is_row(id)),
            ),
            ("who = ?", which.who.as_deref()),
            ("layer = ?", which.layer.map(Layer::word)),
        ];
        let mut values: Vec<&str> = Vec::new();
        let mut conditions: Vec<String> = Vec::new();
        for (condition, value) in asked.into_iter().filter_map(|(condition, value)| Some((condition, value?)))
        {
            values.push(value);
            conditions.push(condition.replace('?', &format!("?{}", values.len())));
        }
        conditions.push(if which.undone { "TRUE" } else { "undone IS NULL" }.to_owned());
        let values = rusqlite::params_from_iter(&values);
        read(&self.connection, &conditions.join(" AND "), values).map_err(self.wrong())
    }

    /// What is wrong with a correction for the text that it is of, where the record has that text.
    ///
    /// # Errors
    /// Its words are not those of the text, or the record cannot be read.
    pub fn fits(&self, correction: &Correction) -> Result<(), CorpusError> {
        let text = "SELECT text FROM document WHERE \"key\" = ?1";
        let text: Option<String> = self
            .connection
            .query_row(text, [&correction.key], |row| row.get(0))
            .optional()
            .map_err(self.wrong())?;
        let Some(text) = text else { return Ok(()) };
        let rows = [&correction.found, &correction.given];
        let fits = rows.into_iter().flatten().try_for_each(|row| row.check(&text));
        fits.map_err(|why| CorpusError::new(&self.path, Trouble::Unfit(why)))
    }

    /// Take up corrections that another record, or this one before, was given; how many were new.
    ///
    /// One whose text is not in the record is kept until it is. One that was taken back elsewhere is taken back here too.
    ///
    /// # Errors
    /// The record cannot be written.
    pub fn take_corrections(&mut self, corrections: &[Correction]) -> Result<usize, CorpusError> {
        self.write(|transaction| {
            let mut new = 0;
            let mut keys: Vec<&str> = Vec::new();
            for correction in corrections {
                let known = read(transaction, "\"key\" = ?1", [&correction.key])?;
                match known.iter().find(|kept| kept.identity() == correction.identity()) {
                    Some(kept) if kept.is_live() && !correction.is_live() => {
                        let undo = "UPDATE correction SET undone = ?2 WHERE number = ?1";
                        transaction.execute(undo, (kept.number, &correction.undone))?;
                    }
                    Some(_) => continue,
                    None => {
                        insert(transaction, correction)?;
                        new += 1;
                    }
                }
                if !keys.contains(&correction.key.as_str()) {
                    keys.push(&correction.key);
                }
            }
            for key in keys {
                again(transaction, key)?;
            }
            Ok(new)
        })
    }

    /// Change what is kept, in one transaction.
    pub(super) fn write<T>(
        &mut self,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, Failed>,
    ) -> Result<T, CorpusError> {
        let path = self.path.clone();
        let write = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let changed = change(&transaction)?;
            transaction.commit()?;
            Ok(changed)
        };
        write().map_err(|failed| match failed {
            Failed::Sql(error) => CorpusError::of(&path, &error),
            Failed::Trouble(trouble) => CorpusError::new(&path, trouble),
        })
    }
}

/// Lay the document of this text out anew, where the record has it.
fn again(transaction: &Transaction<'_>, key: &str) -> SqlResult<()> {
    let number = transaction
        .query_row("SELECT number FROM document WHERE \"key\" = ?1", [key], |row| row.get(0))
        .optional()?;
    number.map_or(Ok(()), |number| lay_out(transaction, number))
}

fn one(transaction: &Transaction<'_>, number: u32) -> Result<Correction, Failed> {
    let found = read(transaction, "number = ?1", [number])?.pop();
    found.ok_or_else(|| Failed::Trouble(Trouble::NoCorrection(number.to_string())))
}

/// The row of this id (`s3`) as the machine found it, or as it was added; and as it is now, unless it was rejected.
fn judged(page: &Page, said: &[Correction], row: &str) -> Option<(Option<Row>, Option<Row>)> {
    let bearing = apply(&page.machine, &page.sentences, said).bearing;
    let first = said.iter().find(|c| bearing.get(&c.number).is_some_and(|(id, _)| id == row));
    let machine = |record: &Record| find(record, row);
    let found = first.map(|c| c.anchor().clone()).or_else(|| machine(&page.machine))?;
    Some((Some(found), machine(&page.record)))
}

/// The row that a judgement gives, once it is known to fit the text.
fn given(judgement: &Judgement, shown: Option<Row>, page: &Page) -> Result<Option<Row>, Failed> {
    let unfit = |why: String| Failed::Trouble(Trouble::Unfit(why));
    let given = match judgement.verdict {
        Verdict::Reject => return Ok(None),
        Verdict::Accept => shown.clone(),
        Verdict::Edit | Verdict::Add => judgement.given.clone(),
    };
    let mut given = given.ok_or_else(|| unfit(format!("'{}' gives no row", judgement.verdict.word())))?;
    if let Some(shown) = shown.filter(|shown| shown.layer() != given.layer()) {
        let (is, as_) = (shown.layer().word(), given.layer().word());
        return Err(unfit(format!("a row of the layer '{is}' cannot become one of '{as_}'")));
    }
    given.provenance_mut().retain(|p| !p.rule.starts_with(BY));
    given.check(&page.document.text).map_err(unfit)?;
    Ok(Some(given))
}
