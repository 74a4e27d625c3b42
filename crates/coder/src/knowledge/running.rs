//! Texts looked through for names word by word: the letters of each word are read once for all tables.

use super::hashed::Letters;
use super::key::Spelling;
use super::names::Index;
use super::{Entry, Knowledge, Title};

/// A word of a text as tables are asked for it, and whether anything of theirs may begin with it: with most words nothing does.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Read {
    squeezed: Letters,
    folded: Letters,
    name: bool,
    office: bool,
}

impl Read {
    fn of(word: &str) -> Self {
        let squeezed = Letters::of(word, Spelling::Squeezed);
        let other = |byte: u8| byte.is_ascii_uppercase() || !byte.is_ascii();
        let folded = if word.bytes().any(other) { Letters::of(word, Spelling::Folded) } else { squeezed };
        Self { squeezed, folded, name: false, office: false }
    }
}

impl Knowledge {
    /// The words of a text as [`Self::longest_read`] and [`Self::title_read`] ask for them.
    pub(crate) fn read(&self, words: &[&str]) -> Vec<Read> {
        let mut all: Vec<Read> = words.iter().map(|word| Read::of(word)).collect();
        for names in &self.names {
            let [exact, shouted, offices] =
                [Index::Exact, Index::Shouted, Index::Offices].map(|index| names.index(index));
            for (read, word) in all.iter_mut().zip(words) {
                read.name |= exact.may_begin(read.squeezed)
                    || !has_small_letters(word) && shouted.may_begin(read.squeezed);
                read.office |= offices.may_begin(read.folded);
            }
        }
        all
    }

    /// The same as [`Self::longest`] of words that were read.
    pub(crate) fn longest_read(&self, words: &[&str], read: &[Read]) -> Option<(usize, Entry<'_>)> {
        read.first().filter(|first| first.name)?;
        self.longest_of(words, read.iter().map(|read| read.squeezed))
    }

    /// The same as [`Self::title`] of words that were read.
    pub(crate) fn title_read(&self, words: &[&str], read: &[Read]) -> Option<(usize, Title<'_>)> {
        read.first().filter(|first| first.office)?;
        self.title_of(words, read.iter().map(|read| read.folded))
    }
}

/// Whether a word has letters that are none of a name in capitals.
pub(super) fn has_small_letters(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_lowercase())
}
