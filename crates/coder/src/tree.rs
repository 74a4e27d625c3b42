//! One sentence as a dependency tree: the questions that rules ask of it.

use chancery_model::{Sentence, Span, Token, Upos};

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
    heads: Vec<Option<usize>>,
    relations: Vec<&'a str>,
    children: Vec<Vec<usize>>,
}

impl<'a> Tree<'a> {
    pub(crate) fn new(number: usize, sentence: &'a Sentence, text: &'a str) -> Self {
        let heads = sentence.tokens.iter().map(|t| t.head.checked_sub(1)).collect();
        let relations = sentence.tokens.iter().map(|t| t.deprel.as_str()).collect();
        let mut tree = Self { number, sentence, text, heads, relations, children: Vec::new() };
        tree.grow();
        tree
    }

    fn grow(&mut self) {
        self.children = vec![Vec::new(); self.heads.len()];
        for (i, head) in self.heads.iter().enumerate() {
            if let Some(head) = head {
                self.children[*head].push(i);
            }
        }
    }

    /// Hang a word below another, which must not hang below it: a rule's correction of the parse.
    pub(crate) fn rehang(&mut self, word: usize, head: usize, relation: &'static str) {
        if !self.below(head, word) {
            self.heads[word] = Some(head);
            self.relations[word] = relation;
            self.grow();
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    pub(crate) fn token(&self, i: usize) -> &'a Token {
        &self.sentence.tokens[i]
    }

    pub(crate) fn form(&self, i: usize) -> &'a str {
        self.token(i).span.slice(self.text)
    }

    /// Lower-case lemma.
    ///
    /// "The Presidents": the plural of a title, which treebanks leave as it stands in a proper noun, is taken for its singular.
    pub(crate) fn lemma(&self, i: usize) -> String {
        let lemma = self.token(i).lemma.to_lowercase();
        match lemma.strip_suffix('s') {
            Some(title) if self.upos(i) == Upos::PROPN && TITLES.contains(&title) => title.to_owned(),
            _ if lemma == "parties" => "party".to_owned(),
            _ => lemma,
        }
    }

    /// Whether the word is a plural, by its features or as the plural of a title.
    pub(crate) fn plural(&self, i: usize) -> bool {
        self.token(i).has("Number=Plur") || self.lemma(i) != self.token(i).lemma.to_lowercase()
    }

    pub(crate) fn is(&self, i: usize, lemmas: &[&str]) -> bool {
        let lemma = self.lemma(i);
        lemmas.iter().any(|l| *l == lemma)
    }

    pub(crate) fn relation(&self, i: usize) -> &'a str {
        self.relations[i].split(':').next().unwrap_or(self.relations[i])
    }

    pub(crate) fn deprel(&self, i: usize) -> &'a str {
        self.relations[i]
    }

    pub(crate) fn upos(&self, i: usize) -> Upos {
        self.token(i).upos
    }

    pub(crate) fn head(&self, i: usize) -> Option<usize> {
        self.heads[i]
    }

    pub(crate) fn children(&self, i: usize) -> &[usize] {
        &self.children[i]
    }

    /// The first child in one of the relations (given without subtype).
    pub(crate) fn child(&self, i: usize, relations: &[&str]) -> Option<usize> {
        self.children[i].iter().copied().find(|&c| relations.contains(&self.relation(c)))
    }

    /// All children in one of the relations (given without subtype).
    pub(crate) fn all(&self, i: usize, relations: &[&str]) -> Vec<usize> {
        self.children[i].iter().copied().filter(|&c| relations.contains(&self.relation(c))).collect()
    }

    /// The word and all below it, in text order.
    pub(crate) fn subtree(&self, i: usize) -> Vec<usize> {
        self.subtree_without(i, &[])
    }

    /// The subtree with some branches cut off.
    pub(crate) fn subtree_without(&self, i: usize, cut: &[usize]) -> Vec<usize> {
        let (mut out, mut stack) = (Vec::new(), vec![i]);
        while let Some(at) = stack.pop() {
            out.push(at);
            stack.extend(self.children[at].iter().filter(|c| !cut.contains(c)));
        }
        out.sort_unstable();
        out
    }

    /// The heads above the word, nearest first.
    pub(crate) fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.head(i), |&at| self.head(at))
    }

    /// Whether `i` is `top` or hangs below it.
    pub(crate) fn below(&self, i: usize, top: usize) -> bool {
        i == top || self.ancestors(i).any(|a| a == top)
    }

    /// The word with everything coordinated with it, first one first.
    pub(crate) fn coordinated(&self, i: usize) -> Vec<usize> {
        let mut out = vec![i];
        let mut at = 0;
        while at < out.len() {
            out.extend(self.all(out[at], &["conj"]));
            at += 1;
        }
        out.sort_unstable();
        out
    }

    /// Lower-case words of a preposition or conjunction at the word (`case` or `mark`), fixed parts joined: "according to".
    pub(crate) fn case(&self, i: usize) -> Option<String> {
        // A predicate may bear both: "that he was in Moscow".
        self.child(i, &["case"]).or_else(|| self.child(i, &["mark"])).map(|c| self.fixed(c))
    }

    fn fixed(&self, c: usize) -> String {
        let mut words = vec![c];
        words.extend(self.all(c, &["fixed"]));
        words.iter().map(|&w| self.form(w).to_lowercase()).collect::<Vec<_>>().join(" ")
    }

    /// Whether the word is negated.
    pub(crate) fn negated(&self, i: usize) -> bool {
        self.children[i].iter().any(|&c| {
            matches!(self.form(c).to_lowercase().as_str(), "not" | "n't" | "n’t" | "never" | "no")
                && self.relation(c) != "discourse"
        })
    }

    /// Whether the word is a passive verb: by its auxiliary, since parsers mistake subjects of the past tense.
    pub(crate) fn passive(&self, i: usize) -> bool {
        self.children[i].iter().any(|&c| self.deprel(c) == "aux:pass")
    }

    /// Lemmas of the auxiliaries and copulas at the word.
    pub(crate) fn auxiliaries(&self, i: usize) -> Vec<String> {
        self.all(i, &["aux", "cop"]).iter().map(|&c| self.lemma(c)).collect()
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
    pub(crate) fn span(&self, i: usize) -> Span {
        self.token(i).span
    }

    /// The span of the subtree, punctuation at its ends left off.
    pub(crate) fn subtree_span(&self, i: usize) -> Span {
        let words = self.subtree(i);
        self.trimmed(words[0], words[words.len() - 1]).unwrap_or(self.span(i))
    }

    /// The words of a span, white space folded.
    pub(crate) fn words(&self, span: Span) -> String {
        span.slice(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
