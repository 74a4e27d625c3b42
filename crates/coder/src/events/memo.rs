//! What was found out about the words of a sentence: the patterns ask the same of the same words again and again.

use std::cell::OnceCell;
use std::rc::Rc;

use chancery_model::Participant;

use super::frame::Frame;
use crate::answers::Answers;
use crate::codebook::Predicate;

/// Those whom a phrase means.
pub(crate) type Who = Rc<[Participant]>;

/// Answers to the questions that patterns ask of one sentence.
#[derive(Default)]
pub(crate) struct Memo<'t> {
    pub(super) actors: Answers<Who>,
    pub(super) recipients: Answers<Who>,
    pub(super) owners: Answers<Who>,
    pub(super) places: Answers<Option<String>>,
    pub(super) setting: OnceCell<Option<String>>,
    frames: [Answers<Rc<Frame<'t>>>; 3],
}

impl<'t> Memo<'t> {
    pub(super) fn frame(
        &self,
        predicate: Predicate,
        word: usize,
        look: impl FnOnce() -> Frame<'t>,
    ) -> Rc<Frame<'t>> {
        self.frames[predicate as usize].of(word, || Rc::new(look()))
    }
}
