//! What is well-formed on the pages and yet does nothing: words that no text holds, patterns that others always forestall,
//! codes of another type than their page's.

mod codes;
mod reading;
mod shadow;
#[cfg(test)]
mod tests;
mod words;

use chancery_model::Upos;

use super::page::Fault;
use super::{Pages, is_page};
use crate::ontology::Ontology;

/// What the analyser that reads the texts makes of single words. The coder asks it only of words that editors write.
pub trait Vocabulary {
    /// The dictionary forms that a word may be given with this part of speech and Penn tag.
    fn lemmas(&self, word: &str, upos: Upos, xpos: &str) -> Vec<String>;

    /// Whether a word is listed as a dictionary form with this part of speech.
    fn has_lemma(&self, word: &str, upos: Upos) -> bool;

    /// The words that it is cut into: "air", "-", "strike".
    fn cut(&self, word: &str) -> Vec<String>;
}

/// The remarks on pages and their shared classes (path and content), by path, in the order of the lines.
pub(super) fn remarks(
    pages: &Pages,
    files: &[(&str, &str)],
    (vocabulary, ontology): (&dyn Vocabulary, &Ontology),
) -> Vec<(String, Fault)> {
    let paths: Vec<&str> = files.iter().map(|f| f.0).filter(|path| is_page(path)).collect();
    let mut out = words::remarks(pages, files, vocabulary);
    out.extend(shadow::remarks(pages, &paths));
    out.extend(codes::remarks(pages, &paths, ontology));
    out.sort();
    out
}
