//! Whom the phrases of a document mean.

use serde::{Deserialize, Serialize};

use crate::Span;

/// A phrase of a document and whom it means: a name, a title, a pronoun, a group, a word for a government.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// 1-based number of the sentence.
    pub sentence: u32,
    /// The words, without what depends on them.
    pub span: Span,
    /// The word among them that the others depend on.
    pub head: Span,
    /// Those meant, in order; none where nobody can be told.
    pub who: Vec<Referent>,
    /// How they were told: `name`, `title`, `pronoun`; where there are none, what the phrase is.
    pub rule: String,
}

/// One whom a phrase means: a person, or a state or organisation by its code.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Referent {
    /// State or organisation; empty where the text does not tell whom a person serves.
    pub code: String,
    /// Fullest name that the document gives the person.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
    /// Key of the person in `people.csv`, where the tables know one of this name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub person: Option<String>,
}
