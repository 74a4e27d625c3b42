//! From text to sentences of words, by the conventions of UD English.
//!
//! Words are found first, white space by white space; sentences are then runs of words.

mod chunk;
mod lists;
mod sentences;

use chancery_model::Span;

pub(crate) use sentences::sentences;

/// The words of a text, in order: none is empty or holds white space, and together they hold everything else.
fn words(text: &str) -> Vec<Span> {
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
mod tests;

/// Words between sure ends of sentences.
pub(crate) struct Stretch {
    pub(crate) words: Vec<Span>,
    /// Where the rules would begin further sentences, unsurely.
    pub(crate) starts: Vec<usize>,
}

/// The stretches of a text; none is empty.
pub(crate) fn stretches(text: &str) -> Vec<Stretch> {
    sentences(text).into_iter().map(|words| Stretch { words, starts: Vec::new() }).collect()
}
