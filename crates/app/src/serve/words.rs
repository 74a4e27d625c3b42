//! What fields and their values are called on pages: the same on cards and in forms.

use chancery_corpus::Layer;

/// A field of a row in plain words.
pub(super) fn label(layer: Layer, field: &str) -> &str {
    match (layer, field) {
        (Layer::Role, "organization") => "body",
        (Layer::Role, "country") => "serves",
        (Layer::Meeting, "parties") => "who",
        (Layer::Meeting, "format") => "how",
        (Layer::Meeting, "told") => "told as",
        (Layer::Statement, "holder") => "in the name of",
        (Layer::Statement, "addressee") => "to",
        (Layer::Statement, "polarity") => "stance",
        (Layer::Statement, "topics") => "about",
        (Layer::Statement, "cue") => "words that attribute it",
        (Layer::Statement, "content") => "what is said",
        (Layer::Statement, "manner") => "wording",
        (Layer::Event, "cameo") => "CAMEO code",
        (Layer::Event, "modality") => "so far",
        (_, "quote") => "words of the text",
        (_, "date") => "when",
        (_, "place") => "where",
        (_, other) => other,
    }
}

/// A value in plain words, where the record's word is one of the field's own.
pub(super) fn plain(field: &str, value: &str) -> String {
    match (field, value) {
        ("told", "main") => "what the text reports".to_owned(),
        ("told", "background") => "mentioned beside".to_owned(),
        ("disputed", "nothing") => "no such event".to_owned(),
        ("format" | "told" | "manner" | "act" | "modality", _) => value.replace('_', " "),
        _ => value.to_owned(),
    }
}
