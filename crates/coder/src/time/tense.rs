//! Whether what happens at a time is past or to come, by the verb that it hangs on.

use chancery_model::Upos;

use super::vocabulary::Words;
use crate::relations::rel;
use crate::tree::Tree;
use crate::words::WordList;

/// Which side of the day of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Future,
    /// Not told: no verb, or one in the present.
    Open,
}

/// The tense at words `first` to `last`.
pub(super) fn tense(tree: &Tree, first: usize, last: usize, words: &Words) -> Tense {
    let outside = |w: usize| tree.head(w).is_none_or(|h| h < first || h > last);
    let Some(top) = (first..=last).find(|&w| outside(w)) else { return Tense::Open };
    let is_in = |w: usize, list: &WordList| list.contains(tree.lemma(w)) || list.contains(tree.lower(w));
    for at in tree.ancestors(top) {
        let mut described = tree.all(at, rel!["amod", "advmod"]);
        if is_in(at, &words.to_come) || described.clone().any(|c| is_in(c, &words.to_come)) {
            return Tense::Future;
        }
        if described.any(|c| is_in(c, &words.looking_back)) {
            return Tense::Past;
        }
        let told = of_verb(tree, at);
        if told != Tense::Open {
            return told;
        }
        // An infinitive has no tense of its own: "agreed to meet on Thursday" is to come, "was able to meet" is not told.
        if tree.token(at).has("Tense=Pres") {
            return Tense::Open;
        }
    }
    Tense::Open
}

/// What the verb and its auxiliaries tell.
fn of_verb(tree: &Tree, at: usize) -> Tense {
    let aux = || tree.all(at, rel!["aux", "cop"]);
    let copula = aux().any(|c| tree.relation(c) == "cop");
    if !matches!(tree.upos(at), Upos::VERB | Upos::AUX) && !copula {
        return Tense::Open;
    }
    let is = |lemmas: &[&str]| aux().any(|c| tree.is(c, lemmas));
    let past = |w: usize| tree.token(w).has("Tense=Past") && !tree.token(w).has("VerbForm=Part");
    if is(&["will", "shall", "wo", "’ll", "'ll"]) || is(&["would"]) && !is(&["have"]) {
        return Tense::Future;
    }
    // "the talks to be held".
    let to = tree.all(at, rel!["mark"]).any(|c| tree.form(c).eq_ignore_ascii_case("to"));
    if to && tree.relation(at) == "acl" {
        return Tense::Future;
    }
    // "is going to meet".
    let going = tree
        .head(at)
        .is_some_and(|h| tree.form(h).eq_ignore_ascii_case("going") && tree.relation(at) == "xcomp");
    if going {
        return Tense::Future;
    }
    // "agreed to meet", "is to meet".
    if tree.token(at).has("VerbForm=Inf")
        && !is(&["do", "can", "may", "might", "could", "would", "should", "must"])
    {
        let head = tree.head(at).filter(|_| tree.relation(at) == "xcomp");
        let towards =
            |h: usize| tree.is(h, &["agree", "decide", "hope", "promise", "pledge", "vow", "want", "wish"]);
        return if head.is_some_and(towards) { Tense::Future } else { Tense::Open };
    }
    let perfect = is(&["have"]) && !is(&["would", "could", "may", "might"]);
    let passive_past = tree.token(at).has("VerbForm=Part") && aux().any(past);
    if past(at) || perfect || passive_past || aux().any(|c| past(c) && tree.is(c, &["be", "do", "have"])) {
        return Tense::Past;
    }
    // "talks held on Thursday".
    if tree.token(at).has("VerbForm=Part") && tree.token(at).has("Tense=Past") && aux().next().is_none() {
        return Tense::Past;
    }
    Tense::Open
}
