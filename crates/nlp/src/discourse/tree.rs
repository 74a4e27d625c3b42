//! A finished tree, as the heads of this module read it.

use chancery_model::{Document, Sentence, Token, Upos};

/// The words of one sentence.
pub(super) struct Tree<'a> {
    pub(super) words: Vec<Word<'a>>,
}

pub(super) struct Word<'a> {
    /// Lower-case, apostrophes straight.
    pub(super) low: String,
    pub(super) form: &'a str,
    pub(super) token: &'a Token,
    /// None for the root.
    pub(super) head: Option<usize>,
    /// The words that hang on it, in order.
    pub(super) below: Vec<usize>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(document: &'a Document, sentence: &'a Sentence) -> Self {
        let words = sentence.tokens.iter().map(|token| Word {
            form: document.slice(token.span),
            low: document.slice(token.span).to_lowercase().replace('’', "'"),
            token,
            head: token.head.checked_sub(1),
            below: Vec::new(),
        });
        let mut tree = Self { words: words.collect() };
        for i in 0..tree.words.len() {
            if let Some(head) = tree.words[i].head {
                tree.words[head].below.push(i);
            }
        }
        tree
    }

    /// The words that hang on a word, with their places.
    pub(super) fn below(&self, word: usize) -> impl Iterator<Item = (usize, &Word<'a>)> {
        self.words[word].below.iter().map(|at| (*at, &self.words[*at]))
    }

    /// The word that this one hangs on, with its place.
    pub(super) fn above(&self, word: usize) -> Option<(usize, &Word<'a>)> {
        self.words[word].head.map(|at| (at, &self.words[at]))
    }
}

impl Word<'_> {
    pub(super) fn relation(&self) -> &str {
        self.token.relation()
    }

    pub(super) fn deprel(&self) -> &str {
        &self.token.deprel
    }

    pub(super) fn upos(&self) -> Upos {
        self.token.upos
    }
}

/// The place of a label in a list, its relation's place if the label is not there, else the list's last place, which is "other".
pub(super) fn place(list: &[&str], label: &str, relation: &str) -> usize {
    let find = |name: &str| list.iter().position(|l| *l == name);
    find(label).or_else(|| find(relation)).unwrap_or(list.len() - 1)
}

/// How many of the rising bounds a number reaches.
pub(super) fn bin(value: usize, bounds: &[usize]) -> usize {
    bounds.iter().filter(|b| value >= **b).count()
}
