//! Corrections of the parse that hold for reported speech, made before any rule looks at a tree.
//!
//! A parser trained on general text ties ", adding that …" to the clause that is said, and parts of one clause to the verb of
//! saying. Each correction is stated with the words that show it.

use chancery_model::Upos;

use crate::relations::rel;
use crate::rules::Codebook;
use crate::tree::Tree;

/// Apply all corrections to a sentence.
pub(crate) fn reported_speech(tree: &mut Tree, codebook: &Codebook) {
    for word in 0..tree.len() {
        possessor(tree, word);
        infinitive(tree, word);
        joined_to_name(tree, word);
    }
    for word in 0..tree.len() {
        if tree.upos(word) == Upos::VERB
            && is_cue(tree, codebook, word)
            && tree.child(word, rel!["nsubj"]).is_none()
        {
            cue_to_matrix(tree, codebook, word);
        }
    }
    for word in 0..tree.len() {
        if tree.upos(word) == Upos::VERB && is_cue(tree, codebook, word) {
            extraposed(tree, word);
            one_clause(tree, word);
        }
    }
}

/// "conveyed General Secretary … Xi Jinping's greetings": what bears 's is no object but the owner of the next one.
fn possessor(tree: &mut Tree, word: usize) {
    if !tree.relates(word, rel!["obj", "iobj", "obl"]) {
        return;
    }
    let marked =
        tree.all(word, rel!["case"]).find(|&c| c > word && matches!(tree.form(c), "'s" | "’s" | "'" | "’"));
    let (Some(mark), Some(verb)) = (marked, tree.head(word)) else { return };
    let owned = tree.all(verb, rel!["obj"]).find(|&o| o > mark && o < mark + 6);
    if let Some(owned) = owned {
        tree.rehang(word, owned, "nmod:poss");
    }
}

/// "Papua New Guinea, Fiji and Vanuatu": what is joined to a part of a name is joined to the name.
fn joined_to_name(tree: &mut Tree, word: usize) {
    let Some(part) = tree.head(word).filter(|_| tree.relates(word, rel!["conj"])) else { return };
    if tree.relates(part, rel!["flat", "fixed"])
        && let Some(name) = tree.head(part)
    {
        tree.rehang(word, name, "conj");
    }
}

/// "It was noted that Ruritania is doing this and will do that": what is noted is the clause, and both its verbs.
fn extraposed(tree: &mut Tree, word: usize) {
    let clause = tree.all(word, rel!["csubj", "ccomp"]).find(|&c| c > word);
    let Some(clause) = clause else { return };
    if tree.child(word, rel!["expl"]).is_none() {
        return;
    }
    tree.rehang(clause, word, "ccomp");
    let joined: Vec<usize> = tree.all(word, rel!["conj"]).collect();
    for later in joined {
        let alone = tree.child(later, rel!["nsubj", "expl"]).is_none();
        if later > clause && alone && tree.child(later, rel!["aux"]).is_some() {
            tree.rehang(later, clause, "conj");
        }
    }
}

/// "views … from afar, adding that it is ready to implement …, carry forward … and enhance …": a plain form without a subject cannot
/// share that of "views"; it goes on from the infinitive before it.
fn infinitive(tree: &mut Tree, word: usize) {
    let plain = matches!(tree.token(word).xpos.as_str(), "VB" | "VBP") && tree.form(word) == tree.lemma(word);
    let Some(head) = tree.head(word).filter(|head| *head < word && plain) else { return };
    let alone = tree.child(word, rel!["nsubj", "mark", "aux", "expl"]).is_none();
    let disagrees = matches!(tree.token(head).xpos.as_str(), "VBZ" | "VBD");
    if !alone || !disagrees || !matches!(tree.relation(word), "parataxis" | "conj" | "ccomp") {
        return;
    }
    let to =
        |i: &usize| tree.token(*i).xpos == "VB" && tree.all(*i, rel!["mark"]).any(|m| tree.form(m) == "to");
    if let Some(first) = (head + 1..word).rev().find(to) {
        tree.rehang(word, first, "conj");
    }
}

fn is_cue(tree: &Tree, codebook: &Codebook, word: usize) -> bool {
    codebook.cues.of(tree.lemma(word)).any(|r| r.is_cue(tree, word))
}

fn clausal(tree: &Tree, codebook: &Codebook, word: usize) -> bool {
    let mut rules = codebook.cues.of(tree.lemma(word));
    rules.any(|r| r.is_cue(tree, word) && r.content.iter().any(|c| c == "clause"))
}

/// "Li said China views …, adding that …" and "assured X that …, and promised …": the second cue is the speaker's.
fn cue_to_matrix(tree: &mut Tree, codebook: &Codebook, word: usize) {
    let set_off = word == 0 || tree.form(word - 1) == ",";
    let participle = tree.relation(word) == "advcl" && tree.token(word).xpos == "VBG" && set_off;
    let past = tree.token(word).xpos == "VBD";
    let coordinated = tree.relation(word) == "conj" && past;
    if !participle && !coordinated {
        return;
    }
    let Some(old) = tree.head(word) else { return };
    if coordinated && let Some(matrix) = saying_above(tree, codebook, old) {
        tree.rehang(word, matrix, "conj");
        return;
    }
    let matrix = std::iter::once(old).chain(tree.ancestors(old)).find(|&a| {
        clausal(tree, codebook, a)
            && tree.upos(a) == Upos::VERB
            && (a == old && tree.child(a, rel!["ccomp"]).is_some()
                || tree.all(a, rel!["ccomp"]).any(|c| tree.below(old, c)))
    });
    let Some(matrix) = matrix else { return };
    if coordinated {
        // In the tense of the saying, where what is said has a tense of its own.
        let same_tense = tree.token(old).xpos == "VBD" && tree.auxiliaries(old).is_empty();
        if tree.token(matrix).xpos == "VBD" && !same_tense && matrix != old && matrix < word {
            tree.rehang(word, matrix, "conj");
        }
        return;
    }
    // "…, adding that this is the policy": the clause hangs at the first cue and holds the second.
    let that = |tree: &Tree| word + 1 < tree.len() && tree.form(word + 1).eq_ignore_ascii_case("that");
    if old != matrix && old > word && that(tree) && tree.head(word + 1) == Some(old) {
        tree.rehang(word, matrix, "advcl");
        tree.rehang(old, word, "ccomp");
        return;
    }
    let said_later = tree.all(matrix, rel!["ccomp"]).find(|&c| {
        tree.subtree(c).first().is_some_and(|&f| f > word)
            || (c > word && matrix < word && tree.child(matrix, rel!["ccomp"]) != Some(c))
    });
    if old != matrix {
        // What follows the cue was tied to the clause before it: it belongs to the clause after it.
        let target = tree.all(word, rel!["ccomp"]).next();
        let last = tree.subtree(word).last().copied().unwrap_or(word);
        let strays: Vec<usize> =
            tree.children(old).iter().copied().filter(|&c| c > last && tree.relation(c) == "conj").collect();
        tree.rehang(word, matrix, "advcl");
        if let Some(target) = target {
            for stray in strays {
                let inner = tree.all(target, rel!["xcomp"]).last().unwrap_or(target);
                tree.rehang(stray, inner, "conj");
            }
        }
    }
    // "…, adding that consolidating ties is the policy": the clause hangs at the first cue, its subject at the second.
    if let (Some(clause), true) = (said_later, tree.child(word, rel!["ccomp"]).is_none())
        && that(tree)
    {
        let subjects: Vec<usize> = tree.children(word).to_vec();
        tree.rehang(clause, word, "ccomp");
        for subject in subjects.into_iter().filter(|&c| c > word) {
            let relation = if tree.relation(subject) == "mark" { "mark" } else { "csubj" };
            tree.rehang(subject, clause, relation);
        }
    }
}

/// "reiterated their agreement that this is right and underscored …", "discussed the need for making peace and tasked …": a past form
/// is not joined to an infinitive, a participle in -ing or a present, so it goes on from the past form of saying above.
fn saying_above(tree: &Tree, codebook: &Codebook, old: usize) -> Option<usize> {
    let auxiliaries = tree.auxiliaries(old);
    let present = matches!(tree.token(old).xpos.as_str(), "VB" | "VBG" | "VBZ" | "VBP")
        || tree.upos(old) != Upos::VERB && auxiliaries.contains(&"be");
    let past_copula = tree.all(old, rel!["cop", "aux"]).any(|c| tree.token(c).xpos == "VBD");
    if !present || past_copula {
        return None;
    }
    let above = tree.ancestors(old).find(|&a| is_cue(tree, codebook, a) && tree.upos(a) == Upos::VERB)?;
    (tree.token(above).xpos == "VBD" && above < old).then_some(above)
}

/// "supports …, resolutely opposes …": a second clause without a subject of its own goes on from the first.
fn one_clause(tree: &mut Tree, word: usize) {
    let clauses: Vec<usize> = tree.all(word, rel!["ccomp"]).collect();
    let Some((&first, rest)) = clauses.split_first() else { return };
    for &later in rest {
        let subject = tree.child(later, rel!["nsubj", "csubj", "expl"]).is_some();
        if subject || later < first {
            continue;
        }
        let bare = tree.children(first).iter().all(|&c| c < first || tree.relation(c) == "punct");
        if bare && tree.is(first, &["remain", "be", "become", "seem", "stay", "stand"]) {
            tree.rehang(later, first, "xcomp");
        } else {
            tree.rehang(later, first, "conj");
        }
    }
}
