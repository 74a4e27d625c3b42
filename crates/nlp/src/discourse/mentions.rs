//! Phrases that may stand for somebody or something, and what pairs of them are compared by: `training/mentions.py`.

use chancery_model::{Mention, MentionKind, Upos};

use super::tree::{Tree, bin, place};

/// Relations of words that head no phrase of their own.
const BOUND: [&str; 15] = [
    "flat",
    "fixed",
    "goeswith",
    "case",
    "cc",
    "mark",
    "advmod",
    "det",
    "expl",
    "discourse",
    "aux",
    "cop",
    "punct",
    "dep",
    "reparandum",
];
/// Relations of what stands beside a phrase rather than in it.
const OUTSIDE: [&str; 19] = [
    "appos",
    "conj",
    "cc",
    "punct",
    "parataxis",
    "nsubj",
    "csubj",
    "cop",
    "aux",
    "mark",
    "case",
    "advcl",
    "ccomp",
    "expl",
    "discourse",
    "vocative",
    "dislocated",
    "orphan",
    "advmod",
];
const DEMONSTRATIVES: [&str; 4] = ["this", "that", "these", "those"];
const ROLES: [&str; 7] = ["nsubj", "obj", "obl", "nmod", "nmod:poss", "root", "other"];

/// A phrase that may be a mention.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) sentence: usize,
    pub(super) head: usize,
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) kind: MentionKind,
    pub(super) pronoun: Option<Pronoun>,
    /// Dictionary form of its head, lower-case.
    lemma: String,
    /// The words of a name; none for other phrases.
    name: Vec<String>,
    /// Its words without determiners and marks.
    text: String,
    plural: Option<bool>,
    role: usize,
}

/// A personal pronoun in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pronoun {
    He,
    She,
    It,
    They,
    I,
    We,
    You,
}

impl Pronoun {
    fn of(form: &str) -> Option<Self> {
        Some(match form {
            "he" | "him" | "his" | "himself" => Self::He,
            "she" | "her" | "hers" | "herself" => Self::She,
            "it" | "its" | "itself" => Self::It,
            "they" | "them" | "their" | "theirs" | "themselves" | "'em" => Self::They,
            "i" | "me" | "my" | "mine" | "myself" => Self::I,
            "we" | "us" | "our" | "ours" | "ourselves" => Self::We,
            "you" | "your" | "yours" | "yourself" | "yourselves" => Self::You,
            _ => return None,
        })
    }
}

/// How two phrases are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    Unlike,
    Head,
    /// One name within the other.
    Part,
    Acronym,
    Same,
    SamePronoun,
}

/// The mentions of a sentence, in the order of their heads.
pub(super) fn candidates(tree: &Tree, sentence: usize) -> impl Iterator<Item = Candidate> {
    (0..tree.words.len()).filter(|i| heads_a_phrase(tree, *i)).map(move |i| candidate(tree, sentence, i))
}

fn heads_a_phrase(tree: &Tree, i: usize) -> bool {
    let word = &tree.words[i];
    if word.relation() == "compound" {
        let within_name = tree.above(i).is_none_or(|(_, above)| above.upos() == Upos::PROPN);
        return word.upos() == Upos::PROPN && !within_name;
    }
    !BOUND.contains(&word.relation())
        && word.deprel() != "nmod:desc"
        && match word.upos() {
            Upos::NOUN | Upos::PROPN => true,
            Upos::PRON => {
                let pointing = word.token.xpos == "DT" && DEMONSTRATIVES.contains(&word.low.as_str());
                pointing || Pronoun::of(&word.low).is_some()
            }
            _ => false,
        }
}

fn candidate(tree: &Tree, sentence: usize, i: usize) -> Candidate {
    let word = &tree.words[i];
    let pronoun = if word.upos() == Upos::PRON { Pronoun::of(&word.low) } else { None };
    let kind = kind(tree, i, pronoun);
    let (first, end) = extent(tree, i);
    let mut name = Vec::new();
    if kind == MentionKind::Name {
        let mut parts: Vec<usize> = tree
            .below(i)
            .filter(|(_, w)| w.relation() == "flat" || w.upos() == Upos::PROPN && w.relation() == "compound")
            .map(|(at, _)| at)
            .collect();
        parts.push(i);
        parts.sort_unstable();
        name.extend(parts.into_iter().map(|at| tree.words[at].low.clone()));
    }
    let text = tree.words[first..end].iter().filter(|w| !matches!(w.upos(), Upos::DET | Upos::PUNCT));
    Candidate {
        sentence,
        head: i,
        first,
        end,
        kind,
        pronoun,
        lemma: word.token.lemma.to_lowercase(),
        name,
        text: text.map(|w| w.low.as_str()).collect::<Vec<_>>().join(" "),
        plural: [("Number=Plur", true), ("Number=Sing", false)]
            .into_iter()
            .find_map(|(feature, plural)| word.token.has(feature).then_some(plural)),
        role: place(&ROLES, word.deprel(), word.relation()),
    }
}

fn kind(tree: &Tree, i: usize, pronoun: Option<Pronoun>) -> MentionKind {
    match (tree.words[i].upos(), pronoun) {
        (Upos::PROPN, _) => MentionKind::Name,
        (Upos::PRON, None) => MentionKind::Demonstrative,
        (Upos::PRON, Some(Pronoun::He | Pronoun::She | Pronoun::It | Pronoun::They)) => MentionKind::Pronoun,
        (Upos::PRON, Some(_)) => MentionKind::Speaker,
        _ => {
            let definite = |low: &str| matches!(low, "the" | "both") || DEMONSTRATIVES.contains(&low);
            let marked = |_: usize, w: &super::tree::Word| {
                w.deprel() == "nmod:poss" || w.relation() == "det" && definite(&w.low)
            };
            if tree.below(i).any(|(at, w)| marked(at, w)) { MentionKind::Definite } else { MentionKind::Noun }
        }
    }
}

/// First word and end of the phrase: what hangs on its head, without clauses and phrases set beside it.
fn extent(tree: &Tree, head: usize) -> (usize, usize) {
    let (mut first, mut last, mut queue) = (head, head, vec![head]);
    while let Some(at) = queue.pop() {
        first = first.min(at);
        last = last.max(at);
        let inside = |w: &super::tree::Word| {
            at != head || !OUTSIDE.contains(&w.relation()) && w.deprel() != "acl:relcl"
        };
        queue.extend(tree.below(at).filter(|(_, w)| inside(w)).map(|(child, _)| child));
    }
    while last > head && tree.words[last].upos() == Upos::PUNCT {
        last -= 1;
    }
    while first < head && matches!(tree.words[first].upos(), Upos::PUNCT | Upos::ADP) {
        first += 1;
    }
    (first, last + 1)
}

impl Candidate {
    /// The mention that it is, in this chain.
    pub(super) fn mention(&self, chain: Option<usize>) -> Mention {
        let Self { sentence, first, end, head, kind, .. } = *self;
        Mention { sentence, first, end, head, kind, chain }
    }

    /// Whether it is a phrase with a noun, not a pronoun.
    pub(super) fn is_noun(&self) -> bool {
        matches!(self.kind, MentionKind::Name | MentionKind::Definite | MentionKind::Noun)
    }

    /// The words by which it is found again far off: its head's and its name's.
    pub(super) fn keys(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = self.name.iter().chain([&self.lemma]).map(String::as_str).collect();
        keys.sort_unstable();
        keys.dedup();
        if self.is_noun() { keys } else { Vec::new() }
    }

    /// How it is written, compared with an earlier mention.
    pub(super) fn likeness(&self, earlier: &Self) -> Likeness {
        if !self.is_noun() || !earlier.is_noun() {
            let same = self.kind == earlier.kind
                && match (self.pronoun, earlier.pronoun) {
                    (None, None) => self.lemma == earlier.lemma,
                    (a, b) => a == b,
                };
            return if same { Likeness::SamePronoun } else { Likeness::Unlike };
        }
        if self.text == earlier.text {
            return Likeness::Same;
        }
        if !self.name.is_empty() && !earlier.name.is_empty() {
            let within = |a: &[String], b: &[String]| a.iter().all(|part| b.contains(part));
            if within(&self.name, &earlier.name) || within(&earlier.name, &self.name) {
                return Likeness::Part;
            }
            if acronym(&self.name, &earlier.name) || acronym(&earlier.name, &self.name) {
                return Likeness::Acronym;
            }
        }
        if self.lemma == earlier.lemma { Likeness::Head } else { Likeness::Unlike }
    }
}

fn acronym(short: &[String], long: &[String]) -> bool {
    let [short] = short else { return false };
    long.len() > 1 && short.replace('.', "").chars().eq(long.iter().filter_map(|part| part.chars().next()))
}

// Where each feature's rows begin in the table of the head of coreference.
const SENTENCES: usize = 0;
const BETWEEN: usize = SENTENCES + 7;
const KINDS: usize = BETWEEN + 7;
const LIKENESS: usize = KINDS + 36;
const PRONOUN: usize = LIKENESS + 12;
const NUMBER: usize = PRONOUN + 3;
const GRAMMAR: usize = NUMBER + 3;
const ROLE: usize = GRAMMAR + 6;
const OWN: usize = ROLE + 56;
const SEEN: usize = OWN + 6;
const NEW: usize = SEEN + 4;
/// Rows of that table.
pub(super) const ROWS: usize = NEW + 1;

/// Rows that speak for a pair: `between` is how many mentions one comes after the other, `tree` the later one's sentence.
pub(super) fn pair_rows(
    tree: &Tree,
    earlier: &Candidate,
    later: &Candidate,
    between: usize,
    alike: Likeness,
) -> [usize; 8] {
    let distance = later.sentence - earlier.sentence;
    [
        SENTENCES + bin(distance, &[1, 2, 3, 5, 8, 16]),
        BETWEEN + bin(between, &[2, 3, 5, 9, 17, 33]),
        KINDS + earlier.kind as usize * 6 + later.kind as usize,
        LIKENESS + alike as usize * 2 + usize::from(later.kind == MentionKind::Name),
        PRONOUN + agreement(earlier.pronoun, later.pronoun),
        NUMBER + agreement(earlier.plural, later.plural),
        GRAMMAR + grammar(tree, earlier, later),
        ROLE + (earlier.role * 4 + distance.min(3)) * 2 + usize::from(later.kind == MentionKind::Pronoun),
    ]
}

/// Rows that speak for a mention's being the first of its chain; `seen` is how something before it is most like it.
pub(super) fn new_rows(mention: &Candidate, seen: usize) -> [usize; 3] {
    [NEW, OWN + mention.kind as usize, SEEN + seen]
}

/// How much what was seen before speaks against a new chain: 0 nothing like it, 1 its head, 2 a name of it, 3 the same.
pub(super) fn seen(alike: Likeness) -> usize {
    match alike {
        Likeness::Unlike | Likeness::SamePronoun => 0,
        Likeness::Head => 1,
        Likeness::Part | Likeness::Acronym => 2,
        Likeness::Same => 3,
    }
}

/// 0 if one of them is unknown, 1 if they are the same, 2 if not.
fn agreement<T: PartialEq>(a: Option<T>, b: Option<T>) -> usize {
    match (a, b) {
        (Some(a), Some(b)) => 2 - usize::from(a == b),
        _ => 0,
    }
}

/// What ties two mentions: 0 nothing, 1 apposition, 2 fellow arguments, 3 subject and predicate, 4 one inside the other, 5 they stand in
/// two sentences.
fn grammar(tree: &Tree, earlier: &Candidate, later: &Candidate) -> usize {
    if earlier.sentence != later.sentence {
        return 5;
    }
    let (one, other) = (&tree.words[earlier.head], &tree.words[later.head]);
    let (up, down) = (one.head == Some(later.head), other.head == Some(earlier.head));
    if down && other.relation() == "appos" {
        1
    } else if (up || down) && (one.relation() == "nsubj" || other.relation() == "nsubj") {
        3
    } else if (earlier.first..earlier.end).contains(&later.head)
        || (later.first..later.end).contains(&earlier.head)
    {
        4
    } else if one.head == other.head {
        2
    } else {
        0
    }
}
