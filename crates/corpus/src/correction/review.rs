//! A person's reading of a whole text, taken up as corrections.

use chancery_model::Record;
use rusqlite::{OptionalExtension, Result as SqlResult, Transaction};

use super::alike::{assigned, likeness};
use super::apply::{BY, apply};
use super::desk::{Failed, Judgement};
use super::keep::{Page, insert, lay_out, of_text, page};
use super::row::rows;
use super::slot::slots;
use super::{Correction, Layer, Row, Verdict};
use crate::{Corpus, CorpusError, Trouble};

/// What became of a person's reading of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reviewed {
    /// Rows that are as the person reads them.
    pub accepted: usize,
    /// Rows that the person reads otherwise.
    pub edited: usize,
    /// Rows that the person does not have.
    pub rejected: usize,
    /// Rows that only the person has.
    pub added: usize,
    /// Of all these, how many the person had said before.
    pub known: usize,
}

/// A row that a reading may be of.
struct Candidate<'a> {
    /// As found, or as added.
    anchor: Row,
    /// As it is to be compared.
    base: Row,
    /// What the same person said of it last.
    before: Option<&'a Correction>,
}

impl Corpus {
    /// Take up a person's reading of the text of this key or name, in one transaction.
    ///
    /// `reading` has the rows; `judgement` who and when. `merged` tells what a row of the record, where there is one, becomes by a row
    /// of the reading, as not every format can say all that a row holds: where that is the row itself, it is accepted, and where it is
    /// none, nothing is said of it. Rows that the reading does not have are rejected only where it is `complete`.
    ///
    /// # Errors
    /// There is no such text here, a row does not fit it, or the record cannot be written.
    pub fn review(
        &mut self,
        text: &str,
        reading: &Record,
        complete: bool,
        judgement: &Judgement,
        merged: &dyn Fn(Option<&Row>, &Row) -> Option<Row>,
    ) -> Result<Reviewed, CorpusError> {
        self.write(|transaction| {
            let page = of_name(transaction, text)?;
            let page = page.ok_or_else(|| Failed::Trouble(Trouble::NoSuch(text.to_owned())))?;
            let said = of_text(transaction, &page.key, &page.document.text)?;
            let mut reviewed = Reviewed::default();
            for layer in Layer::ALL {
                let mut candidates: Vec<Option<Candidate<'_>>> =
                    candidates(&page, &said, layer, &judgement.who).into_iter().map(Some).collect();
                let given = rows(reading, layer);
                let pairs = pairs(&given, &candidates);
                for (row, pair) in given.iter().zip(pairs) {
                    let candidate = pair.and_then(|at| candidates[at].take());
                    let base = candidate.as_ref().map(|candidate| &candidate.base);
                    let Some(given) = merged(base, row) else { continue };
                    let verdict = match &candidate {
                        None => Verdict::Add,
                        Some(candidate) if candidate.base.fields() == given.fields() => Verdict::Accept,
                        Some(_) => Verdict::Edit,
                    };
                    given.check(&page.document.text).map_err(|why| {
                        Failed::Trouble(Trouble::Unfit(format!("{} {}: {why}", layer.word(), row.id())))
                    })?;
                    let known = keep(transaction, &page, verdict, candidate, Some(given), judgement)?;
                    reviewed.count(verdict, known);
                }
                for candidate in candidates.into_iter().flatten().filter(|_| complete) {
                    let known = keep(transaction, &page, Verdict::Reject, Some(candidate), None, judgement)?;
                    reviewed.count(Verdict::Reject, known);
                }
            }
            lay_out(transaction, page.number)?;
            Ok(reviewed)
        })
    }
}

impl Reviewed {
    /// Count another text in.
    pub fn add(&mut self, other: Self) {
        self.accepted += other.accepted;
        self.edited += other.edited;
        self.rejected += other.rejected;
        self.added += other.added;
        self.known += other.known;
    }

    fn count(&mut self, verdict: Verdict, known: bool) {
        match verdict {
            Verdict::Accept => self.accepted += 1,
            Verdict::Edit => self.edited += 1,
            Verdict::Reject => self.rejected += 1,
            Verdict::Add => self.added += 1,
        }
        self.known += usize::from(known);
    }
}

/// The text of this key, or the document of this id or name.
fn of_name(transaction: &Transaction<'_>, text: &str) -> SqlResult<Option<Page>> {
    let number: Option<u32> = transaction
        .query_row(
            "SELECT number FROM document WHERE \"key\" = ?1 OR name = ?1 OR 'd' || number = ?1
             ORDER BY \"key\" = ?1 DESC, name = ?1 DESC",
            [text],
            |row| row.get(0),
        )
        .optional()?;
    number.map_or(Ok(None), |number| page(transaction, number))
}

/// The rows of a text that a reading may be of: the machine's, and those that people added.
fn candidates<'a>(page: &Page, said: &'a [Correction], layer: Layer, who: &str) -> Vec<Candidate<'a>> {
    let applied = apply(&page.machine, &page.sentences, said);
    let mut slots = slots(&page.machine, said);
    slots.retain(|slot| slot.corrections[0].layer() == layer);
    let mut candidates = Vec::new();
    for row in rows(&page.machine, layer) {
        let at = slots.iter().position(|slot| slot.machine.as_ref().is_some_and(|m| m.id() == row.id()));
        let slot = at.map(|at| slots.swap_remove(at));
        let before = slot.as_ref().and_then(|s| s.opinions().into_iter().find(|c| c.who == who));
        let anchor = slot.map_or_else(|| row.clone(), |slot| slot.corrections[0].anchor().clone());
        candidates.push(Candidate { anchor, base: row, before });
    }
    for slot in slots {
        let before = slot.opinions().into_iter().find(|c| c.who == who);
        let (id, _) = &applied.bearing[&slot.corrections[0].number];
        let there = rows(&applied.record, layer).into_iter().any(|row| row.id() == id);
        if there || before.is_some() {
            let anchor = slot.corrections[0].anchor().clone();
            candidates.push(Candidate { base: anchor.clone(), anchor, before });
        }
    }
    candidates
}

/// For each row of a reading, the candidate that it is of: the most alike first.
fn pairs(given: &[Row], candidates: &[Option<Candidate<'_>>]) -> Vec<Option<usize>> {
    let mut all: Vec<(f64, usize, usize)> = Vec::new();
    for (g, row) in given.iter().enumerate() {
        for (c, candidate) in candidates.iter().enumerate().filter_map(|(c, some)| Some((c, some.as_ref()?)))
        {
            let before = candidate.before.and_then(|before| before.given.as_ref());
            let like = before.map_or(0.0, |before| likeness(row, before)).max(likeness(row, &candidate.base));
            all.push((like, g, c));
        }
    }
    assigned(all, given.len(), candidates.len())
}

/// Keep what the person says of a row, unless it was said before; whether it was.
fn keep(
    transaction: &Transaction<'_>,
    page: &Page,
    verdict: Verdict,
    candidate: Option<Candidate<'_>>,
    given: Option<Row>,
    judgement: &Judgement,
) -> SqlResult<bool> {
    let (found, before) = candidate.map_or((None, None), |c| (Some(c.anchor), c.before));
    let fields = |row: &Option<Row>| row.as_ref().map(Row::fields);
    if before.is_some_and(|before| fields(&before.given) == fields(&given)) {
        return Ok(true);
    }
    let given = given.map(|mut row| {
        row.provenance_mut().retain(|p| !p.rule.starts_with(BY));
        row
    });
    let correction = Correction {
        number: 0,
        key: page.key.clone(),
        name: page.document.id.clone(),
        verdict,
        who: judgement.who.clone(),
        made: judgement.made.clone(),
        found,
        given,
        note: judgement.note.clone(),
        settles: judgement.settles,
        undone: None,
        row: None,
        words: None,
        counts: false,
    };
    insert(transaction, &correction).map(|_| false)
}
