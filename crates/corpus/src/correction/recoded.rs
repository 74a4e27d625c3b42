//! What becomes of a text's rows when it is coded otherwise.

use chancery_model::Record;

use super::alike::{assigned, likeness};
use super::row::rows;
use super::{Layer, Row};

/// A row that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recoded {
    /// It was not there.
    Came(Row),
    /// It is not there any more.
    Went(Row),
    /// It says something else: as it was, as it is.
    Changed(Box<Row>, Box<Row>),
}

/// The rows of two codings of one text that differ in what they say of the world, layer by layer; a row is told by its words and
/// its matter, as corrections tell it.
#[must_use]
pub fn recoded(before: &Record, after: &Record) -> Vec<Recoded> {
    Layer::ALL.into_iter().flat_map(|layer| of_layer(&rows(before, layer), &rows(after, layer))).collect()
}

fn of_layer(before: &[Row], after: &[Row]) -> Vec<Recoded> {
    let like = |(a, one)| after.iter().enumerate().map(move |(b, other)| (likeness(one, other), a, b));
    let pairs = assigned(before.iter().enumerate().flat_map(like).collect(), before.len(), after.len());
    let is_new = |at: &usize| !pairs.contains(&Some(*at));
    let kept = before.iter().zip(&pairs).filter_map(|(row, pair)| match pair {
        None => Some(Recoded::Went(row.clone())),
        Some(at) if after[*at].fields() == row.fields() => None,
        Some(at) => Some(Recoded::Changed(Box::new(row.clone()), Box::new(after[*at].clone()))),
    });
    let came = (0..after.len()).filter(is_new).map(|at| Recoded::Came(after[at].clone()));
    kept.chain(came).collect()
}
