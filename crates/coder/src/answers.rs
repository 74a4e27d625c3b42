//! Answers to a question that is asked of the same words again and again.

use std::cell::RefCell;

/// The answers to one question about the words of a sentence, each sought once.
pub(crate) struct Answers<T> {
    /// None before the first question.
    all: RefCell<Vec<Option<T>>>,
    words: usize,
}

impl<T: Clone> Answers<T> {
    /// For so many words.
    pub(crate) fn of_words(words: usize) -> Self {
        Self { all: RefCell::default(), words }
    }

    /// The answer for a word, sought where it was not asked for before.
    pub(crate) fn of(&self, word: usize, seek: impl FnOnce() -> T) -> T {
        if let Some(Some(known)) = self.all.borrow().get(word) {
            return known.clone();
        }
        let found = seek();
        self.put(word, found.clone());
        found
    }

    /// The same where seeking it may lead back to the question, which is then answered so.
    pub(crate) fn of_or(&self, word: usize, meanwhile: T, seek: impl FnOnce() -> T) -> T {
        self.of(word, || {
            self.put(word, meanwhile);
            seek()
        })
    }

    fn put(&self, word: usize, answer: T) {
        let mut all = self.all.borrow_mut();
        if all.is_empty() {
            all.resize(self.words, None);
        }
        all[word] = Some(answer);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_sought_once() {
        let answers = Answers::of_words(4);
        assert_eq!(answers.of(3, || "sought"), "sought");
        assert_eq!(answers.of(3, || "sought again"), "sought");
        assert_eq!(answers.of(0, || "of another word"), "of another word");
    }
}
