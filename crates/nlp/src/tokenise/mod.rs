//! From text to words and sentences, by the conventions of UD English.
//!
//! Words are found first, white space by white space. Stretches are then runs of words between sure boundaries; what parts a stretch
//! into sentences is for the network to say, for which the rules propose places.

mod addresses;
mod chunk;
mod clitics;
mod lists;
mod numbers;
mod sentences;
mod signs;

use chancery_model::Span;

#[cfg(test)]
use sentences::sentences;
pub(crate) use sentences::{may_begin, stretches};

/// The words of a text, in order: none is empty or holds white space, and together they hold everything else.
pub(crate) fn words(text: &str) -> Vec<Span> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        if !c.is_whitespace() {
            start.get_or_insert(at);
        } else if let Some(start) = start.take() {
            chunk::split(text, start, at, &mut out);
        }
    }
    out
}

#[cfg(test)]
mod newswire;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod treebank;
