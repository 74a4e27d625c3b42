//! What a cue carries: the frames in which words that are said stand beside the verb.

use chancery_model::Upos;

use super::content;
use crate::clause;
use crate::relations::rel;
use crate::resolve::{Reader, Scene};
use crate::rules::{Codebook, CueRule};
use crate::tree::Tree;

/// What a cue carries.
pub(super) struct Carried {
    /// Head of the clause or phrase.
    pub(super) root: usize,
    /// Its words, in order.
    pub(super) words: Vec<usize>,
    /// Whether it is a clause rather than a noun phrase.
    pub(super) is_clause: bool,
}

/// The first rule of the codebook that fits the verb and finds something said.
pub(super) fn match_rule<'c>(
    reader: &Reader,
    codebook: &'c Codebook,
    s: usize,
    word: usize,
) -> Option<(&'c CueRule, Vec<Carried>)> {
    let tree = &reader.trees[s];
    codebook.cues.of(tree.lemma(word)).find_map(|rule| {
        let particle = rule.particle_of(tree, word);
        if rule.particle.is_some() && particle.is_none() {
            return None;
        }
        if let Some(noun) = &rule.noun
            && !tree
                .subtree(word)
                .iter()
                .any(|&c| noun.split(' ').any(|n| n == tree.lemma(c)) && c.abs_diff(word) < 12)
        {
            return None;
        }
        let carried = rule.content.iter().find_map(|frame| {
            let found = match frame.as_str() {
                "clause" => match clause_frame(tree, codebook, word) {
                    found if found.is_empty() => {
                        particle.map(|p| clause_frame(tree, codebook, p)).unwrap_or_default()
                    }
                    found => found,
                },
                "object" => object_frame(reader, codebook, s, word, rule),
                "infinitive" => infinitive_frame(tree, codebook, word, rule),
                "indicative" => clause_frame(tree, codebook, word)
                    .into_iter()
                    .filter(|c| indicative(tree, c.root))
                    .collect(),
                "manner" => manner_frame(tree, codebook, word),
                _ => phrase_frame(tree, codebook, particle.unwrap_or(word), rule),
            };
            (!found.is_empty()).then_some(found)
        })?;
        Some((rule, carried))
    })
}

impl CueRule {
    /// The word that belongs to the cue: "clear" in "made clear", "note" in "took note of".
    pub(super) fn particle_of(&self, tree: &Tree, word: usize) -> Option<usize> {
        let listed = self.particle.as_deref()?;
        let near = tree.children(word).iter().copied().filter(|&c| c > word && c < word + 4);
        near.into_iter().find(|&c| listed.split(' ').any(|p| p == tree.lemma(c)))
    }

    /// Whether the verb, with its particle if it needs one, is this cue.
    pub(crate) fn is_cue(&self, tree: &Tree, word: usize) -> bool {
        self.verbs.contains(tree.lemma(word))
            && (self.particle.is_none() || self.particle_of(tree, word).is_some())
    }
}

/// Whether a clause tells what is or would be: "that problems would grow", unlike "that Serbia return" and "that talks should be held".
fn indicative(tree: &Tree, root: usize) -> bool {
    let told = [
        "is", "was", "are", "were", "has", "have", "had", "did", "does", "would", "might", "may", "could",
        "will",
    ];
    let asked = ["should", "must", "ought", "need"];
    let auxiliaries = || tree.all(root, rel!["aux", "cop"]).map(|c| tree.lower(c));
    !auxiliaries().any(|a| asked.contains(&a))
        && (auxiliaries().any(|a| told.contains(&a))
            || matches!(tree.token(root).xpos.as_str(), "VBD" | "VBZ"))
}

/// "spoke about how investing in women pays off", "talked about what she saw": a free relative with a subject and a finite verb of
/// its own, not a question that is still open ("how to", "how they can").
fn manner_frame(tree: &Tree, codebook: &Codebook, word: usize) -> Vec<Carried> {
    let asks = |w: &usize| matches!(tree.lower(*w), "how" | "what" | "why");
    let told = |c: &usize| {
        let auxiliaries = tree.auxiliaries(*c);
        let open = ["can", "could", "might", "may", "should", "would", "best"];
        let finite = !auxiliaries.is_empty() || matches!(tree.token(*c).xpos.as_str(), "VBD" | "VBZ" | "VBP");
        finite
            && tree.child(*c, rel!["nsubj", "csubj", "expl"]).is_some_and(|n| !asks(&n))
            && !auxiliaries.iter().any(|a| open.contains(a))
    };
    let spoken_of = tree.all(word, rel!["advcl", "ccomp", "obl", "obj"]).filter(|&c| c > word);
    for top in spoken_of {
        let clause = if asks(&top) { tree.child(top, rel!["advcl", "acl"]) } else { Some(top) };
        let Some(root) = clause.filter(told) else { continue };
        let words = tree.subtree_without(top, &own_cues(tree, codebook, top));
        let Some(first) = words.iter().position(asks).filter(|&at| at < 3) else { continue };
        return vec![Carried { root, words: words[first..].to_vec(), is_clause: true }];
    }
    Vec::new()
}

/// Branches below `top` that are cues of their own: ", adding that …", ", noting …".
fn own_cues(tree: &Tree, codebook: &Codebook, top: usize) -> Vec<usize> {
    tree.subtree(top)
        .into_iter()
        .filter(|&w| w != top && tree.relation(w) == "advcl" && tree.token(w).xpos == "VBG")
        .filter(|&w| w > 0 && tree.upos(w - 1) == Upos::PUNCT || w == 0)
        .filter(|&w| codebook.cues.of(tree.lemma(w)).any(|r| r.is_cue(tree, w)))
        .collect()
}

fn clause_frame(tree: &Tree, codebook: &Codebook, word: usize) -> Vec<Carried> {
    let carried = |root: usize, cut: &[usize]| {
        let mut cut = cut.to_vec();
        cut.extend(own_cues(tree, codebook, root));
        let words = content::clause(tree, root, &cut);
        vec![Carried { root, words, is_clause: true }]
    };
    let bare = |c: usize| {
        tree.child(c, rel!["nsubj", "csubj", "expl"]).is_none()
            && tree.all(c, rel!["mark"]).any(|m| tree.form(m).eq_ignore_ascii_case("to"))
    };
    let spoken = |c: &usize| tree.upos(*c) != Upos::PUNCT && !bare(*c);
    if let Some(c) = tree.all(word, rel!["ccomp", "csubj"]).find(spoken) {
        // "Serhat, which she said was the only way": the clause lacks its subject, which stands above.
        if tree.relation(word) == "acl"
            && tree.child(c, rel!["nsubj", "csubj", "expl"]).is_none()
            && let Some(noun) = tree.head(word)
        {
            let mut words = tree.subtree_without(noun, &[word]);
            words.retain(|&w| w < word && tree.relation(w) != "case");
            words.extend(content::clause(tree, c, &own_cues(tree, codebook, c)));
            return vec![Carried { root: c, words, is_clause: true }];
        }
        // "said he hoped the budget would be adopted": what is hoped is what is said.
        let hoped = |c: usize| {
            (tree.is(c, &["hope", "believe", "think", "feel", "consider", "fear"])
                && tree.child(c, rel!["nsubj"]).is_some_and(|n| tree.upos(n) == Upos::PRON))
            .then(|| tree.child(c, rel!["ccomp"]))
            .flatten()
        };
        return carried(hoped(c).unwrap_or(c), &[]);
    }
    // "explained how the Academy saw its tasks": a free relative.
    let free = tree
        .all(word, rel!["obj"])
        .find(|&o| matches!(tree.lower(o), "how" | "what" | "why" | "where" | "when"));
    if let Some((object, clause)) = free.and_then(|o| tree.child(o, rel!["advcl", "acl"]).map(|c| (o, c))) {
        return vec![Carried { root: clause, words: tree.subtree(object), is_clause: true }];
    }
    // "China, he said, is willing": the cue hangs in the clause that is said.
    let parenthetical = matches!(tree.relation(word), "parataxis")
        || (matches!(tree.relation(word), "advcl" | "acl")
            && tree.all(word, rel!["mark", "advmod"]).any(|m| tree.form(m).eq_ignore_ascii_case("as")));
    let complete = tree.child(word, rel!["obj"]).is_none() && tree.child(word, rel!["xcomp"]).is_none();
    if parenthetical
        && complete
        && let Some(mut head) = tree.head(word)
    {
        // Tied to the subject that it follows rather than to the clause.
        if matches!(tree.relation(head), "nsubj" | "csubj" | "obl") {
            head = tree.head(head).unwrap_or(head);
        }
        return carried(head, &[word]);
    }
    // "Li said: China is ready."
    if let Some(c) = tree.all(word, rel!["parataxis"]).find(|&c| c > word && tree.upos(c) != Upos::PUNCT)
        && complete
        && tree.child(c, rel!["nsubj", "csubj", "expl"]).is_some()
    {
        return carried(c, &[]);
    }
    Vec::new()
}

/// Dependents of the cue after its object that belong to what is said: not times, not the occasion, not other cues.
fn complements(reader: &Reader, codebook: &Codebook, s: usize, word: usize, after: usize) -> Vec<usize> {
    let tree = &reader.trees[s];
    let cut = own_cues(tree, codebook, word);
    tree.all(word, rel!["obl", "advcl", "xcomp", "nmod", "ccomp", "acl"])
        .filter(|&c| c > after && !cut.contains(&c))
        .filter(|&c| !reader.times[s].iter().any(|t| (t.words.0..=t.words.1).contains(&c)))
        .filter(|&c| {
            !tree.is(
                c,
                &["meeting", "call", "conversation", "talk", "visit", "speech", "remark", "detail", "part"],
            )
        })
        .collect()
}

fn object_frame(reader: &Reader, codebook: &Codebook, s: usize, word: usize, rule: &CueRule) -> Vec<Carried> {
    let tree = &reader.trees[s];
    let passive = tree.passive(word);
    let objects: Vec<usize> = tree.all(word, if passive { rel!["nsubj"] } else { rel!["obj"] }).collect();
    let stance = objects.iter().copied().find(|&o| clause::stance(tree, codebook, o).is_some());
    let object = stance.or(objects.first().copied()).or_else(|| tree.child(word, rel!["iobj"]));
    // "an agreement which they welcomed": the object stands above.
    let above = (object.is_none() || object.is_some_and(|o| tree.is(o, &["which", "that"])))
        .then(|| {
            tree.head(word)
                .filter(|_| tree.relation(word) == "acl" && tree.child(word, rel!["nsubj"]).is_some())
        })
        .flatten();
    let Some(object) = above.or(object) else { return Vec::new() };
    if !rule.stance_only {
        let mut cut = own_cues(tree, codebook, object);
        if above.is_some() {
            cut.push(word);
        }
        let mut words = tree.subtree_without(object, &cut);
        let person = rule.addressee_apart && reader.resolve(&Scene::default(), s, object).is_some();
        if person {
            words.clear();
        }
        if above.is_none() && !passive {
            for c in complements(reader, codebook, s, word, object) {
                words.extend(tree.subtree_without(c, &own_cues(tree, codebook, c)));
            }
        }
        words.sort_unstable();
        if words.iter().all(|&w| matches!(tree.upos(w), Upos::PRON | Upos::DET | Upos::PUNCT)) {
            return Vec::new();
        }
        return if words.is_empty() {
            Vec::new()
        } else {
            vec![Carried { root: object, words, is_clause: false }]
        };
    }
    stances_in(reader, codebook, s, word, object)
}

/// From the first coordinated phrase that a noun of stance heads to the end: "greetings and best wishes to …".
fn stances_in(reader: &Reader, codebook: &Codebook, s: usize, word: usize, object: usize) -> Vec<Carried> {
    let tree = &reader.trees[s];
    let heads: Vec<usize> = tree.coordinated(object).collect();
    let Some(&first) = heads.iter().find(|&&h| clause::stance(tree, codebook, h).is_some()) else {
        return Vec::new();
    };
    let mut cut: Vec<usize> = heads.iter().copied().filter(|&h| h < first).collect();
    cut.extend(own_cues(tree, codebook, object));
    let mut words: Vec<usize> = Vec::new();
    for &h in heads.iter().filter(|&&h| h >= first) {
        words.extend(tree.subtree_without(h, &cut));
    }
    for c in complements(reader, codebook, s, word, first) {
        words.extend(tree.subtree_without(c, &own_cues(tree, codebook, c)));
    }
    words.sort_unstable();
    words.dedup();
    while words.first().is_some_and(|&w| tree.relation(w) == "cc" || tree.upos(w) == Upos::PUNCT) {
        words.remove(0);
    }
    vec![Carried { root: first, words, is_clause: false }]
}

fn infinitive_frame(tree: &Tree, codebook: &Codebook, word: usize, rule: &CueRule) -> Vec<Carried> {
    let to = |c: &usize| {
        tree.token(*c).xpos != "VBG"
            && (*c > word || tree.relation(*c) != "advcl")
            && tree.all(*c, rel!["mark"]).any(|m| tree.form(m).eq_ignore_ascii_case("to"))
    };
    let Some(c) = tree.all(word, rel!["xcomp", "ccomp", "advcl"]).find(to) else {
        return Vec::new();
    };
    let mut words = tree.subtree_without(c, &own_cues(tree, codebook, c));
    let mut root = c;
    if rule.noun.as_deref().is_some_and(|n| n.split(' ').any(|n| n == tree.lemma(c))) {
        // "asked Li to convey his greetings": the greetings are what is said.
        let Some(object) = tree.child(c, rel!["obj"]) else { return Vec::new() };
        words.retain(|&w| w > c);
        root = object;
    } else if !rule.addressee_apart
        && let Some(object) = tree.child(word, rel!["obj"])
    {
        words.extend(tree.subtree(object));
        words.sort_unstable();
    }
    vec![Carried { root, words, is_clause: false }]
}

fn phrase_frame(tree: &Tree, codebook: &Codebook, word: usize, rule: &CueRule) -> Vec<Carried> {
    let listed: Vec<&str> = rule.with.as_deref().unwrap_or("of about on for").split(' ').collect();
    let spot = |c: &usize| tree.case(*c).is_some_and(|p| listed.contains(&p.as_ref()));
    let Some(c) = tree.all(word, rel!["obl", "obj", "advcl", "xcomp", "nmod"]).find(spot) else {
        return Vec::new();
    };
    let measure =
        tree.is(c, &["second", "minute", "hour", "day", "week", "month", "year", "while", "time", "long"]);
    if measure || rule.stance_only && clause::stance(tree, codebook, c).is_none() {
        return Vec::new();
    }
    let mut words = tree.subtree_without(c, &own_cues(tree, codebook, c));
    if !rule.keeps_preposition {
        let case = tree.all(c, rel!["case", "mark"]).next();
        words.retain(|w| Some(*w) != case);
    }
    if rule.needs_purpose {
        let asks = |v: &usize| {
            matches!(tree.case(*v).as_deref(), Some("to" | "for"))
                || tree.all(*v, rel!["mark"]).any(|m| tree.form(m).eq_ignore_ascii_case("to"))
        };
        let spots =
            tree.all(word, rel!["xcomp", "advcl", "ccomp", "obl"]).chain(tree.all(c, rel!["acl", "nmod"]));
        // "called on the President of Kenya" is a visit.
        if !spots.into_iter().any(|v| v > c && asks(&v)) {
            return Vec::new();
        }
    }
    // "called on both sides to …", "called for all parties to …": the infinitive belongs to it.
    if rule.takes_infinitive {
        for v in tree
            .all(word, rel!["xcomp", "advcl", "ccomp"])
            .filter(|&v| v > c && !own_cues(tree, codebook, word).contains(&v))
        {
            words.extend(tree.subtree(v));
        }
        words.sort_unstable();
    }
    vec![Carried { root: c, words, is_clause: false }]
}
