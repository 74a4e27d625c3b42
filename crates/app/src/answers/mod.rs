//! What the record answers, as rows and words, for whoever shows it: a command prints them, a page frames them.

pub(crate) mod absent;
pub(crate) mod commitments;
pub(crate) mod comparison;
pub(crate) mod corrections;
pub(crate) mod events;
pub(crate) mod figures;
pub(crate) mod formulae;
pub(crate) mod ledger;
pub(crate) mod phrase;
pub(crate) mod positions;
pub(crate) mod search;
pub(crate) mod series;

use chancery_corpus::{Corpus, CorpusError, Meant};

/// What to say of a name that nobody in the record has: those that come nearest. Nothing where somebody has it.
///
/// # Errors
/// The record cannot be read.
pub(crate) fn unknown(corpus: &Corpus, name: &str) -> Result<Option<String>, CorpusError> {
    Ok(match corpus.meant(name)? {
        Meant::Persons(_) => None,
        Meant::Nobody(near) if near.is_empty() => Some(format!("nobody in the record is called '{name}'")),
        Meant::Nobody(near) => {
            Some(format!("nobody in the record is called '{name}'; the nearest are '{}'", near.join("', '")))
        }
    })
}

/// The count with its noun: "1 meeting", "3 meetings", "2 people".
pub(crate) fn count(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
