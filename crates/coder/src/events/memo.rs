//! What was found out about the words of a sentence: the patterns ask the same of the same words again and again.

use std::cell::OnceCell;
use std::rc::Rc;

use chancery_model::Participant;

use super::frame::Frame;
use crate::answers::Answers;
use crate::codebook::{Agent, Lexis, Predicate, Word};
use crate::tree::Tree;

/// Those whom a phrase means.
pub(crate) type Who = Rc<[Participant]>;

/// Answers to the questions that patterns ask of one sentence.
pub(crate) struct Memo<'t> {
    /// The lemmas and the forms in small letters as words of the codebook.
    pub(super) words: Vec<(Word, Word)>,
    /// The states that the sentence names, each once.
    pub(super) named: OnceCell<Vec<&'t str>>,
    /// Whether a word stands for states, or for a people that lives in several.
    pub(super) names_states: OnceCell<bool>,
    pub(super) actors: Answers<Who>,
    pub(super) recipients: Answers<Who>,
    pub(super) owners: Answers<Who>,
    pub(super) places: Answers<Option<&'t str>>,
    pub(super) setting: OnceCell<Option<&'t str>>,
    pub(super) agents: Answers<Option<&'t Agent>>,
    /// Nobody, whom most words mean.
    pub(super) nobody: Who,
    frames: [Answers<Rc<Frame<'t>>>; 3],
}

impl<'t> Memo<'t> {
    /// For one sentence, nothing asked yet.
    pub(super) fn of(tree: &Tree, lexis: &Lexis) -> Self {
        let both = |word| {
            let (lemma, form) = (tree.lemma(word), tree.lower(word));
            let known = lexis.word(lemma);
            (known, if form == lemma { known } else { lexis.word(form) })
        };
        Self {
            words: (0..tree.len()).map(both).collect(),
            named: OnceCell::new(),
            names_states: OnceCell::new(),
            actors: Answers::of_words(tree.len()),
            recipients: Answers::of_words(tree.len()),
            owners: Answers::of_words(tree.len()),
            places: Answers::of_words(tree.len()),
            setting: OnceCell::new(),
            agents: Answers::of_words(tree.len()),
            nobody: Who::default(),
            frames: [(); 3].map(|()| Answers::of_words(tree.len())),
        }
    }

    pub(super) fn frame(
        &self,
        predicate: Predicate,
        word: usize,
        look: impl FnOnce() -> Frame<'t>,
    ) -> Rc<Frame<'t>> {
        self.frames[predicate as usize].of(word, || Rc::new(look()))
    }
}
