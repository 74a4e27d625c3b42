//! One sentence as a dependency tree: the questions that rules ask of it.

use std::borrow::Cow;

use chancery_model::{Sentence, Span, Token, Upos};

use crate::relations::{Relations, rel};

/// Titles whose capitalised plural stands for several persons.
const TITLES: [&str; 12] = [
    "president",
    "minister",
    "leader",
    "head",
    "side",
    "premier",
    "chancellor",
    "king",
    "official",
    "principal",
    "ambassador",
    "governor",
];

/// A sentence with its children worked out. Words are named by their index, from 0.
pub(crate) struct Tree<'a> {
    /// 0-based number of the sentence in the document.
    pub(crate) number: usize,
    pub(crate) sentence: &'a Sentence,
    text: &'a str,
    words: Vec<Word<'a>>,
    /// Its capitalised words in small letters.
    low: String,
    /// The children of all words, those of each in one stretch.
    children: Vec<usize>,
}

/// A word with what rules ask of it again and again.
struct Word<'a> {
    lemma: Spelt<'a>,
    lower: Spelt<'a>,
    plural: bool,
    head: Option<usize>,
    deprel: &'a str,
    /// The same without its subtype.
    relation: &'a str,
    /// The same as a set.
    among: Relations,
    /// Where its children end in the list of all: behind those of the word before.
    children: usize,
    /// The first of them that is a preposition or conjunction.
    case: Option<usize>,
}

/// A word in lower case: as it stands in the text, or where it begins and ends among those of the sentence that do not.
#[derive(Clone, Copy)]
enum Spelt<'a> {
    So(&'a str),
    Low(usize, usize),
}

impl<'a> Spelt<'a> {
    /// A word; where it has capitals, it is added to `low` in small letters.
    fn of(word: &'a str, low: &mut String) -> Self {
        if is_small(word) {
            return Self::So(word);
        }
        let start = low.len();
        match word.is_ascii() {
            true => {
                low.push_str(word);
                low[start..].make_ascii_lowercase();
            }
            false => low.push_str(&word.to_lowercase()),
        }
        Self::Low(start, low.len())
    }

    /// The same without its last letter, which is plain.
    fn without_last(self) -> Self {
        match self {
            Self::So(word) => Self::So(&word[..word.len() - 1]),
            Self::Low(start, end) => Self::Low(start, end - 1),
        }
    }

    #[inline]
    fn text<'s>(self, low: &'s str) -> &'s str
    where
        'a: 's,
    {
        match self {
            Self::So(word) => word,
            Self::Low(start, end) => &low[start..end],
        }
    }
}

impl<'a> Word<'a> {
    fn new(token: &'a Token, text: &'a str, low: &mut String) -> Self {
        let lemma = Spelt::of(&token.lemma, low);
        let spelt = lemma.text(low);
        let titles = || spelt.strip_suffix('s').is_some_and(|title| TITLES.contains(&title));
        // The plural of a title, which treebanks leave as it stands in a proper noun, is taken for its singular.
        let singular = match token.upos == Upos::PROPN && titles() {
            true => Some(lemma.without_last()),
            false => (spelt == "parties").then_some(Spelt::So("party")),
        };
        let (relation, among) = relation(&token.deprel);
        let form = token.span.slice(text);
        Self {
            plural: singular.is_some() || token.has("Number=Plur"),
            lemma: singular.unwrap_or(lemma),
            lower: if form == token.lemma { lemma } else { Spelt::of(form, low) },
            head: token.head.checked_sub(1),
            deprel: &token.deprel,
            relation,
            among,
            children: 0,
            case: None,
        }
    }
}

/// A relation without its subtype, `acl` of `acl:relcl`, and as a set.
fn relation(deprel: &str) -> (&str, Relations) {
    // Most have none, and are known as they stand.
    let known = Relations::one(deprel);
    if known != Relations::NONE {
        return (deprel, known);
    }
    let relation = deprel.split_once(':').map_or(deprel, |(relation, _)| relation);
    (relation, Relations::one(relation))
}

/// A text in lower case, which most words are in already.
pub(crate) fn lower(text: &str) -> Cow<'_, str> {
    match is_small(text) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.to_lowercase()),
    }
}

impl<'a> Tree<'a> {
    pub(crate) fn new(number: usize, sentence: &'a Sentence, text: &'a str) -> Self {
        let mut low = String::with_capacity(96);
        let words = sentence.tokens.iter().map(|t| Word::new(t, text, &mut low)).collect();
        let mut tree = Self { number, sentence, text, words, low, children: Vec::new() };
        tree.grow();
        tree
    }

    fn grow(&mut self) {
        for word in &mut self.words {
            (word.children, word.case) = (0, None);
        }
        for i in 0..self.words.len() {
            if let Some(head) = self.words[i].head {
                self.words[head].children += 1;
            }
        }
        // First where its children begin, which moves on to where they end as they are put there.
        let mut all = 0;
        for word in &mut self.words {
            (word.children, all) = (all, all + word.children);
        }
        self.children.resize(all, 0);
        for i in 0..self.words.len() {
            let Some(head) = self.words[i].head else { continue };
            self.children[self.words[head].children] = i;
            self.words[head].children += 1;
            // A predicate may bear both: "that he was in Moscow".
            let case = |word: usize| self.words[word].among.meets(rel!["case"]);
            let first = self.words[head].case;
            if case(i) && first.is_none_or(|first| !case(first))
                || first.is_none() && self.words[i].among.meets(rel!["mark"])
            {
                self.words[head].case = Some(i);
            }
        }
    }

    /// Hang a word below another, which must not hang below it: a rule's correction of the parse.
    pub(crate) fn rehang(&mut self, word: usize, head: usize, relation: &'static str) {
        if !self.below(head, word) {
            self.words[word].head = Some(head);
            self.words[word].deprel = relation;
            (self.words[word].relation, self.words[word].among) = self::relation(relation);
            self.grow();
        }
    }

    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    #[inline]
    pub(crate) fn token(&self, i: usize) -> &'a Token {
        &self.sentence.tokens[i]
    }

    #[inline]
    pub(crate) fn form(&self, i: usize) -> &'a str {
        self.token(i).span.slice(self.text)
    }

    /// The form in lower case.
    #[inline]
    pub(crate) fn lower(&self, i: usize) -> &str {
        self.words[i].lower.text(&self.low)
    }

    /// Lower-case lemma; of the plural of a title ("the Presidents") that of its singular.
    #[inline]
    pub(crate) fn lemma(&self, i: usize) -> &str {
        self.words[i].lemma.text(&self.low)
    }

    /// Whether the word is a plural, by its features or as the plural of a title.
    #[inline]
    pub(crate) fn plural(&self, i: usize) -> bool {
        self.words[i].plural
    }

    #[inline]
    pub(crate) fn is(&self, i: usize, lemmas: &[&str]) -> bool {
        lemmas.contains(&self.lemma(i))
    }

    /// The relation to the head, without its subtype.
    #[inline]
    pub(crate) fn relation(&self, i: usize) -> &'a str {
        self.words[i].relation
    }

    /// Whether that is one of some.
    #[inline]
    pub(crate) fn relates(&self, i: usize, relations: Relations) -> bool {
        self.words[i].among.meets(relations)
    }

    #[inline]
    pub(crate) fn deprel(&self, i: usize) -> &'a str {
        self.words[i].deprel
    }

    #[inline]
    pub(crate) fn upos(&self, i: usize) -> Upos {
        self.token(i).upos
    }

    #[inline]
    pub(crate) fn head(&self, i: usize) -> Option<usize> {
        self.words[i].head
    }

    #[inline]
    pub(crate) fn children(&self, i: usize) -> &[usize] {
        let start = i.checked_sub(1).map_or(0, |before| self.words[before].children);
        &self.children[start..self.words[i].children]
    }

    /// The first child in one of the relations (given without subtype).
    #[inline]
    pub(crate) fn child(&self, i: usize, relations: Relations) -> Option<usize> {
        self.children(i).iter().copied().find(|&c| self.words[c].among.meets(relations))
    }

    /// All children in one of the relations (given without subtype).
    pub(crate) fn all<'s>(
        &'s self,
        i: usize,
        relations: Relations,
    ) -> impl DoubleEndedIterator<Item = usize> + Clone + 's {
        self.children(i).iter().copied().filter(move |&c| self.words[c].among.meets(relations))
    }

    /// The word and all below it, in text order.
    pub(crate) fn subtree(&self, i: usize) -> Vec<usize> {
        self.subtree_without(i, &[])
    }

    /// The subtree with some branches cut off.
    pub(crate) fn subtree_without(&self, i: usize, cut: &[usize]) -> Vec<usize> {
        let (mut out, mut at) = (Vec::with_capacity(16), 0);
        out.push(i);
        while let Some(&word) = out.get(at) {
            out.extend(self.children(word).iter().filter(|c| !cut.contains(c)));
            at += 1;
        }
        out.sort_unstable();
        out
    }

    /// The first and the last word of the subtree.
    fn reach(&self, i: usize) -> (usize, usize) {
        let below = self.children(i).iter().map(|&c| self.reach(c));
        below.fold((i, i), |all, child| (all.0.min(child.0), all.1.max(child.1)))
    }

    /// The heads above the word, nearest first.
    pub(crate) fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.head(i), |&at| self.head(at))
    }

    /// Whether `i` is `top` or hangs below it.
    #[inline]
    pub(crate) fn below(&self, i: usize, top: usize) -> bool {
        i == top || self.ancestors(i).any(|a| a == top)
    }

    /// The word with everything coordinated with it, first one first.
    pub(crate) fn coordinated(&self, i: usize) -> impl Iterator<Item = usize> + use<> {
        // Most words stand alone, which takes no list.
        let mut joined: Vec<usize> = self.all(i, rel!["conj"]).collect();
        let alone = joined.is_empty().then_some(i);
        joined.extend((!joined.is_empty()).then_some(i));
        let mut at = 0;
        while at < joined.len() {
            if joined[at] != i {
                joined.extend(self.all(joined[at], rel!["conj"]));
            }
            at += 1;
        }
        joined.sort_unstable();
        alone.into_iter().chain(joined)
    }

    /// Lower-case words of a preposition or conjunction at the word (`case` or `mark`), fixed parts joined: "according to".
    #[inline]
    pub(crate) fn case(&self, i: usize) -> Option<Cow<'_, str>> {
        self.words[i].case.map(|c| self.fixed(c))
    }

    fn fixed(&self, c: usize) -> Cow<'_, str> {
        if self.child(c, rel!["fixed"]).is_none() {
            return Cow::Borrowed(self.lower(c));
        }
        std::iter::once(c)
            .chain(self.all(c, rel!["fixed"]))
            .map(|w| self.lower(w))
            .collect::<Vec<_>>()
            .join(" ")
            .into()
    }

    /// Whether the word is negated.
    pub(crate) fn negated(&self, i: usize) -> bool {
        self.children(i).iter().any(|&c| {
            matches!(self.lower(c), "not" | "n't" | "n’t" | "never" | "no") && self.relation(c) != "discourse"
        })
    }

    /// Whether the word is a passive verb: by its auxiliary, since parsers mistake subjects of the past tense.
    pub(crate) fn passive(&self, i: usize) -> bool {
        self.children(i).iter().any(|&c| self.deprel(c) == "aux:pass")
    }

    /// Lemmas of the auxiliaries and copulas at the word.
    pub(crate) fn auxiliaries(&self, i: usize) -> Vec<&str> {
        self.all(i, rel!["aux", "cop"]).map(|c| self.lemma(c)).collect()
    }

    /// The spans that a set of words covers: one for each unbroken run, white space and punctuation at the ends left off.
    ///
    /// `words` is sorted. A comma between two runs joins them if nothing else lies between.
    pub(crate) fn spans(&self, words: &[usize]) -> Vec<Span> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for &w in words {
            match runs.last_mut() {
                Some(run) if run.1 + 1 == w => run.1 = w,
                Some(run) if (run.1 + 1..w).all(|k| self.upos(k) == Upos::PUNCT && self.form(k) != ":") => {
                    run.1 = w
                }
                _ => runs.push((w, w)),
            }
        }
        runs.into_iter().filter_map(|(a, b)| self.trimmed(a, b)).collect()
    }

    /// The span from word `a` to word `b` without punctuation at its ends (a closing bracket or quote stays if it was opened).
    pub(crate) fn trimmed(&self, mut a: usize, mut b: usize) -> Option<Span> {
        let outer = |i: usize| self.upos(i) == Upos::PUNCT || matches!(self.form(i), "*" | "—" | "–");
        while a <= b && outer(a) && !(matches!(self.form(a), "“" | "\"" | "(" | "‘") && self.closes(a, b))
        {
            a += 1;
        }
        while b > a && outer(b) && !(matches!(self.form(b), "”" | "\"" | ")" | "’") && self.opens(a, b)) {
            b -= 1;
        }
        (a <= b && !(a == b && outer(a))).then(|| self.token(a).span.cover(self.token(b).span))
    }

    fn closes(&self, a: usize, b: usize) -> bool {
        let close = match self.form(a) {
            "“" => "”",
            "(" => ")",
            "‘" => "’",
            other => other,
        };
        (a + 1..b).any(|i| self.form(i) == close)
    }

    fn opens(&self, a: usize, b: usize) -> bool {
        let open = match self.form(b) {
            "”" => "“",
            ")" => "(",
            "’" => "‘",
            other => other,
        };
        (a..b).rev().any(|i| self.form(i) == open)
    }

    /// The span of a single word.
    #[inline]
    pub(crate) fn span(&self, i: usize) -> Span {
        self.token(i).span
    }

    /// The span of the subtree, punctuation at its ends left off.
    pub(crate) fn subtree_span(&self, i: usize) -> Span {
        let (first, last) = self.reach(i);
        self.trimmed(first, last).unwrap_or(self.span(i))
    }

    /// The words of a span, white space folded.
    pub(crate) fn words(&self, span: Span) -> String {
        self.spaced(span).into_owned()
    }

    /// The same, as it stands in the text where there is nothing to fold: nearly always.
    pub(crate) fn spaced(&self, span: Span) -> Cow<'a, str> {
        let text = span.slice(self.text);
        let blank = |byte: u8| byte.is_ascii_whitespace() || byte.is_ascii_control();
        let plain = |pair: &[u8]| !blank(pair[0]) && pair[0].is_ascii() || pair[0] == b' ' && !blank(pair[1]);
        let ends = text.bytes().next_back().is_some_and(|last| last.is_ascii() && !blank(last));
        if ends && !text.starts_with(' ') && text.as_bytes().windows(2).all(plain) {
            return Cow::Borrowed(text);
        }
        let mut out = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            out.extend((!out.is_empty()).then_some(' '));
            out.push_str(word);
        }
        Cow::Owned(out)
    }
}

/// Whether a word is plain, and has no capitals: most words.
fn is_small(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase())
}
