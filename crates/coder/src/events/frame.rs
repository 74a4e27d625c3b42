//! What stands around a word that tells an event, whatever dress it is in: passive, relative clause, participle, noun.

use std::borrow::Cow;

use chancery_model::Upos;

use crate::codebook::Around;
use crate::relations::{Relations, rel};
use crate::tree::Tree;
use crate::words::WordList;

/// The places around a verb, an adjective with *be* or a noun, as a plain active clause would have them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Frame<'t> {
    /// Who acts.
    pub(crate) subject: Option<usize>,
    /// Bare phrases behind it; of two the receiver comes first.
    pub(crate) objects: Vec<usize>,
    /// What stands behind a preposition: its own, then those of its objects.
    pub(crate) obliques: Vec<Oblique<'t>>,
    /// What is to be done: "agreed *to send* troops".
    pub(crate) infinitives: Vec<usize>,
    /// A verb in -ing, behind a preposition or bare: "accused of *arming*", "stopped *shelling*".
    pub(crate) doings: Vec<(Cow<'t, str>, usize)>,
    /// "Warned that *…*".
    pub(crate) clause: Option<usize>,
    /// Of a noun: whose it is.
    pub(crate) owners: Vec<usize>,
    /// Subjects of the conditions below it: "unless *Washington* …".
    pub(crate) conditions: Vec<usize>,
    /// Of a noun behind "after" or "during": who does what is done then: "*France* agreed after talks with Iran".
    pub(crate) guest: Option<usize>,
    /// Of a verb: whether it is passive.
    pub(crate) passive: bool,
}

/// What stands behind a preposition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Oblique<'t> {
    pub(crate) preposition: Cow<'t, str>,
    /// The same as patterns ask for it.
    pub(crate) behind: Around,
    pub(crate) word: usize,
}

/// So many verbs share their subjects with one another.
const DEPTH: usize = 4;

impl<'t> Frame<'t> {
    /// The places around a verb.
    pub(crate) fn of_verb(tree: &'t Tree, verb: usize) -> Self {
        let mut frame = Self::core(tree, verb, DEPTH);
        frame.look_ahead(tree, verb);
        for i in 0..frame.objects.len() {
            let object = frame.objects[i];
            frame.obliques.extend(phrases(tree, object, rel!["nmod"]));
            frame.infinitives.extend(tree.all(object, rel!["acl"]).filter(|&c| infinitive(tree, c)));
            frame.doings.extend(doings(tree, object));
        }
        for &below in &frame.infinitives {
            let conditional = |c: &usize| matches!(tree.case(*c).as_deref(), Some("if" | "unless" | "until"));
            let clauses = tree.all(below, rel!["advcl"]).filter(conditional);
            frame.conditions.extend(clauses.filter_map(|c| tree.child(c, rel!["nsubj"])));
        }
        // "A truce between A and B took effect".
        if let Some(subject) = frame.subject.filter(|&w| tree.upos(w) == Upos::NOUN) {
            // What is behind "of" belongs to it: "thousands of teachers".
            frame.obliques.extend(phrases(tree, subject, rel!["nmod"]).filter(|o| o.preposition != "of"));
        }
        // "Agreed to talks with Chad", "a package of aid for Chad": one step down, after all others.
        for i in 0..frame.obliques.len() {
            let behind = frame.obliques[i].word;
            frame.obliques.extend(phrases(tree, behind, rel!["nmod"]));
        }
        frame
    }

    /// Who acts, on whom or what, what stands behind the verb's own prepositions, and its clause.
    fn core(tree: &'t Tree, verb: usize, depth: usize) -> Self {
        let mut frame = Self::default();
        let passive = passive(tree, verb);
        let antecedent = relative(tree, verb);
        let subject = tree
            .child(verb, rel!["nsubj"])
            .map(|c| if is_relative(tree, c) { antecedent.unwrap_or(c) } else { c });
        let subject = subject.or_else(|| shared_subject(tree, verb, depth));
        frame.objects = tree.all(verb, rel!["iobj"]).collect();
        frame.objects.extend(
            tree.all(verb, rel!["obj"])
                .map(|c| if is_relative(tree, c) { antecedent.unwrap_or(c) } else { c }),
        );
        frame.look_behind(tree, verb);
        // "Held Iran responsible", "branded it an aggressor".
        let complement = |c: &usize| matches!(tree.upos(*c), Upos::ADJ | Upos::NOUN) && !infinitive(tree, *c);
        frame.objects.extend(tree.all(verb, rel!["xcomp"]).filter(complement));
        frame.passive = passive;
        if passive {
            let by = frame.obliques.iter().position(|o| o.preposition == "by");
            // "Blamed on rebels by the army": the parser may hang the army below the rebels.
            let low = || {
                let above = frame.obliques.iter().map(|o| o.word).chain(subject);
                let mut below = above.flat_map(|o| phrases(tree, o, rel!["nmod"]));
                below.find(|o| o.preposition == "by" && o.word > verb).map(|o| o.word)
            };
            frame.subject = match by {
                Some(by) => Some(frame.obliques.remove(by).word),
                None => low(),
            };
            frame.objects.splice(0..0, subject);
        } else {
            frame.subject = subject;
            // "The village that rebels attacked": a relative clause without a gap elsewhere.
            let own = tree.child(verb, rel!["nsubj"]).is_some_and(|c| !is_relative(tree, c));
            if let Some(antecedent) =
                antecedent.filter(|_| own && frame.objects.is_empty() && frame.clause.is_none())
            {
                frame.objects.push(antecedent);
            }
            // "Shelled and bombed positions": the object stands with the last.
            if frame.objects.is_empty()
                && let Some(next) = tree.all(verb, rel!["conj"]).find(|&c| tree.upos(c) == Upos::VERB)
                && tree.child(next, rel!["nsubj"]).is_none()
                && next == verb + 2
            {
                frame.objects = tree.all(next, rel!["obj"]).collect();
            }
        }
        frame
    }

    /// The places around an adjective with *be*: "is ready to …".
    pub(crate) fn of_adjective(tree: &'t Tree, word: usize) -> Self {
        let mut frame = Self { subject: tree.child(word, rel!["nsubj"]), ..Self::default() };
        frame.subject = frame.subject.or_else(|| shared_subject(tree, word, DEPTH));
        frame.look_behind(tree, word);
        frame.look_ahead(tree, word);
        frame.obliques.extend(phrases(tree, word, rel!["nmod"]));
        frame
    }

    /// The places around a noun that tells an event: "an attack by rebels on the town". `light` are verbs that say little: "launched an attack".
    pub(crate) fn of_noun(tree: &'t Tree, noun: usize, light: &WordList) -> Self {
        let beside = tree.all(noun, rel!["nmod", "amod", "compound", "det"]);
        let mut frame = Self {
            owners: beside.filter(|&c| owns(tree, c)).collect(),
            obliques: phrases(tree, noun, rel!["nmod", "obl"]).collect(),
            ..Self::default()
        };
        frame.look_behind(tree, noun);
        frame.look_ahead(tree, noun);
        // "The killing of villagers by militiamen": what the parser hangs one step too low.
        for below in tree.all(noun, rel!["nmod"]) {
            frame.obliques.extend(phrases(tree, below, rel!["nmod"]));
        }
        for part in tree.all(noun, rel!["acl"]).filter(|&c| tree.token(c).xpos == "VBN") {
            frame
                .owners
                .extend(tree.all(part, rel!["obl"]).filter(|&c| tree.case(c).as_deref() == Some("by")));
            frame.obliques.extend(phrases(tree, part, rel!["obl"]));
        }
        if let Some(verb) = tree.head(noun).filter(|&h| tree.upos(h) == Upos::VERB) {
            let around = Self::core(tree, verb, DEPTH);
            if light.contains(tree.lemma(verb)) && around.objects.contains(&noun) {
                frame.subject = around.subject;
            }
            frame.obliques.extend(around.obliques);
        }
        frame.guest = guest(tree, noun);
        frame
    }

    /// What is there, at a glance.
    pub(crate) fn around(&self) -> Around {
        let there = [
            (Around::WORD, true),
            (Around::SUBJECT, self.subject.is_some()),
            (Around::OBJECT, !self.objects.is_empty()),
            (Around::CLAUSE, self.clause.is_some()),
            (Around::INFINITIVE, !self.infinitives.is_empty()),
            (Around::DOING, !self.doings.is_empty()),
        ];
        let places = there.into_iter().filter(|(_, there)| *there).map(|(place, _)| place);
        places.chain(self.obliques.iter().map(|o| o.behind)).collect()
    }

    fn look_behind(&mut self, tree: &'t Tree, word: usize) {
        // "Is ready for talks", "is in talks with Turkey".
        self.obliques.extend(phrases(tree, word, rel!["obl"]));
        self.clause = tree.all(word, rel!["ccomp"]).find(|&c| !infinitive(tree, c));
    }

    fn look_ahead(&mut self, tree: &'t Tree, word: usize) {
        let clauses = tree.all(word, rel!["xcomp", "advcl", "ccomp", "acl"]);
        // "Let the convoy pass" has no "to".
        let bare = |c: usize| {
            tree.token(c).xpos == "VB"
                && matches!(tree.relation(c), "xcomp" | "ccomp")
                && tree.is(word, &["let", "make", "help", "bid"])
        };
        let ahead = clauses.clone().filter(|&c| (infinitive(tree, c) || bare(c)) && c > word);
        self.infinitives.extend(ahead);
        self.doings.extend(doings(tree, word));
        let conditional = |c: &usize| matches!(tree.case(*c).as_deref(), Some("if" | "unless" | "until"));
        self.conditions.extend(clauses.filter(conditional).filter_map(|c| tree.child(c, rel!["nsubj"])));
        for c in tree.all(word, rel!["obl"]) {
            self.infinitives.extend(tree.all(c, rel!["acl"]).filter(|&i| infinitive(tree, i)));
        }
    }
}

/// Who takes part in what a noun behind "after" or "during" tells: the subject of the clause, "*France* agreed after talks with Iran"; and
/// who is somewhere for it, "*Hollande* was in Washington for talks with Obama".
fn guest(tree: &Tree, noun: usize) -> Option<usize> {
    let verb = |&a: &usize| tree.upos(a) == Upos::VERB;
    match &*tree.case(noun)? {
        "after" | "following" | "during" => {
            let verb = tree.ancestors(noun).take(3).find(verb)?;
            Frame::core(tree, verb, DEPTH).subject
        }
        "for" => {
            let place = tree.head(noun).filter(|&place| tree.child(place, rel!["cop"]).is_some())?;
            tree.child(place, rel!["nsubj"])
        }
        _ => None,
    }
}

/// Phrases behind prepositions below a word.
fn phrases<'t>(tree: &'t Tree, word: usize, relations: Relations) -> impl Iterator<Item = Oblique<'t>> {
    tree.all(word, relations).filter(|&c| tree.deprel(c) != "nmod:poss").filter_map(|c| {
        let preposition = prepositions(tree, c)?;
        Some(Oblique { behind: Around::behind(&preposition), preposition, word: c })
    })
}

/// The preposition before a word; of two that stand together ("out of") both.
fn prepositions<'t>(tree: &'t Tree, word: usize) -> Option<Cow<'t, str>> {
    let case = tree.case(word)?;
    let mut cases = tree.all(word, rel!["case"]);
    match (cases.next(), cases.next(), cases.next()) {
        (Some(first), Some(second), None) if second == first + 1 => {
            Some(format!("{case} {}", tree.lower(second)).into())
        }
        _ => Some(case),
    }
}

/// Verbs in -ing below a word with the preposition before them; "stopped shelling" has none.
fn doings<'t>(tree: &'t Tree, word: usize) -> impl Iterator<Item = (Cow<'t, str>, usize)> {
    let clauses = tree.all(word, rel!["advcl", "acl", "xcomp", "ccomp", "obl", "nmod"]);
    let bare = |c: usize| matches!(tree.relation(c), "xcomp" | "ccomp").then(Cow::default);
    let doings = clauses.filter(|&c| tree.token(c).xpos == "VBG");
    doings.filter_map(move |c| Some((tree.case(c).or_else(|| bare(c))?, c)))
}

/// Whether a word below a noun may say whose it is: "Iran's", "Iranian", "of Iran", "by Iran".
pub(crate) fn owns(tree: &Tree, c: usize) -> bool {
    match tree.relation(c) {
        "nmod" => {
            tree.deprel(c) == "nmod:poss"
                || matches!(tree.case(c).as_deref(), Some("of" | "by" | "from") | None)
        }
        "det" => tree.upos(c) == Upos::PRON,
        _ => true,
    }
}

/// Whether a verb has "to" before it.
pub(crate) fn infinitive(tree: &Tree, verb: usize) -> bool {
    tree.all(verb, rel!["mark"]).any(|m| tree.form(m).eq_ignore_ascii_case("to"))
}

/// Whether a verb is passive: by its auxiliary, as a participle behind its noun, or joined to one that is.
pub(crate) fn passive(tree: &Tree, verb: usize) -> bool {
    let participle = tree.token(verb).xpos == "VBN";
    let mut own = tree.all(verb, rel!["nsubj", "aux", "cop"]);
    tree.passive(verb)
        || participle && own.clone().any(|c| tree.deprel(c) == "nsubj:pass")
        || participle
            && own.next().is_none()
            && match tree.relation(verb) {
                "acl" => true,
                "conj" => tree.head(verb).is_some_and(|h| passive(tree, h)),
                _ => false,
            }
}

/// The noun that a relative clause belongs to.
fn relative(tree: &Tree, verb: usize) -> Option<usize> {
    (tree.deprel(verb) == "acl:relcl").then(|| tree.head(verb)).flatten()
}

fn is_relative(tree: &Tree, word: usize) -> bool {
    matches!(tree.lower(word), "who" | "which" | "that" | "whom") && tree.children(word).is_empty()
}

/// The subject that a verb without its own shares with another: by coordination, control, or as a participle.
fn shared_subject(tree: &Tree, verb: usize, depth: usize) -> Option<usize> {
    let head = tree.head(verb).filter(|_| depth > 0)?;
    let of_verb = |h: usize| Frame::core(tree, h, depth - 1);
    let verbal = matches!(tree.upos(head), Upos::VERB | Upos::AUX) || tree.child(head, rel!["cop"]).is_some();
    match tree.relation(verb) {
        "conj" if verbal => {
            let frame = of_verb(head);
            if passive(tree, head) { frame.objects.first().copied() } else { frame.subject }
        }
        // "Urged Iran to halt": who is urged halts; "began to halt": who began.
        "xcomp" if verbal => {
            let frame = of_verb(head);
            let controlled = frame.objects.first().copied().filter(|&o| o < verb || passive(tree, head));
            controlled.or(frame.subject)
        }
        "advcl" | "parataxis" | "ccomp" if verbal && tree.token(verb).xpos != "VBD" => {
            let frame = of_verb(head);
            // "Assailed NATO for bombing the bridge": who is assailed bombed it.
            let for_it = matches!(tree.case(verb).as_deref(), Some("for" | "of" | "over"));
            if for_it && let Some(object) = frame.objects.first().copied().filter(|&o| o < verb) {
                return Some(object);
            }
            if passive(tree, head) { frame.objects.first().copied() } else { frame.subject }
        }
        // "Troops advancing on the town", "its decision to withdraw".
        "acl" if infinitive(tree, verb) => {
            // A headline's "Chad to send troops" is parsed as a noun with what it is to do.
            if tree.head(head).is_none() && tree.upos(head) == Upos::PROPN {
                return Some(head);
            }
            let whose =
                tree.children(head).iter().copied().find(|&c| owns(tree, c) && tree.deprel(c) == "nmod:poss");
            whose.or_else(|| {
                let above = tree.head(head).filter(|&h| tree.upos(h) == Upos::VERB)?;
                of_verb(above).subject
            })
        }
        "acl" => Some(head),
        _ => None,
    }
}
