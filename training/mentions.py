"""Phrases of a tree that may stand for somebody or something, and what the head of coreference is told of pairs of them.

Mirrored in `crates/nlp/src/discourse/mentions.rs`.
"""

import dataclasses

BOUND = ("flat", "fixed", "goeswith", "case", "cc", "mark", "advmod", "det", "expl", "discourse", "aux", "cop", "punct", "dep", "reparandum")
OUTSIDE = ("appos", "conj", "cc", "punct", "parataxis", "nsubj", "csubj", "cop", "aux", "mark", "case", "advcl", "ccomp", "expl", "discourse", "vocative", "dislocated", "orphan", "advmod")
KINDS = ("pronoun", "speaker", "demonstrative", "name", "definite", "noun")
PRONOUNS = {
    form: group
    for group, forms in (
        ("m", "he him his himself"), ("f", "she her hers herself"), ("n", "it its itself"), ("p", "they them their theirs themselves 'em"),
        ("i", "i me my mine myself"), ("w", "we us our ours ourselves"), ("y", "you your yours yourself yourselves"),
    )
    for form in forms.split()
}
DEMONSTRATIVES = ("this", "that", "these", "those")
DEFINITE = ("the", "both", *DEMONSTRATIVES)
ROLES = ("nsubj", "obj", "obl", "nmod", "nmod:poss", "root", "other")


@dataclasses.dataclass
class Word:
    """One word; `head` is 0-based, -1 for the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str

    @property
    def relation(self):
        return self.deprel.split(":")[0]

    @property
    def low(self):
        """Lower-case, apostrophes straight."""
        return self.form.lower().replace("’", "'")


@dataclasses.dataclass
class Mention:
    """A candidate: the words `first` up to `end` of a sentence, and what pairs are compared by."""

    sentence: int
    head: int
    first: int
    end: int
    kind: int
    lemma: str
    name: tuple
    text: str
    number: str
    pronoun: str
    role: int


def children(words):
    out = [[] for _ in words]
    for i, word in enumerate(words):
        if word.head >= 0:
            out[word.head].append(i)
    return out


def kind_of(words, below, i):
    word = words[i]
    if word.upos == "PRON":
        group = PRONOUNS.get(word.low)
        return "demonstrative" if not group else "pronoun" if group in "mfnp" else "speaker"
    if word.upos == "PROPN":
        return "name"
    definite = any(words[c].deprel == "nmod:poss" or words[c].relation == "det" and words[c].low in DEFINITE for c in below[i])
    return "definite" if definite else "noun"


def is_candidate(words, i):
    word = words[i]
    if word.relation in BOUND or word.deprel == "nmod:desc" or word.upos not in ("NOUN", "PROPN", "PRON"):
        return False
    if word.relation == "compound":
        return word.upos == "PROPN" and words[word.head].upos != "PROPN"
    if word.upos == "PRON":
        return word.low in PRONOUNS or word.xpos == "DT" and word.low in DEMONSTRATIVES
    return True


def extent(words, below, i):
    """First word and end of the phrase: what hangs on its head, without clauses and phrases set beside it."""
    first, last, queue = i, i, [i]
    while queue:
        at = queue.pop()
        first, last = min(first, at), max(last, at)
        for child in below[at]:
            if at == i and (words[child].relation in OUTSIDE or words[child].deprel == "acl:relcl"):
                continue
            queue.append(child)
    while last > i and words[last].upos == "PUNCT":
        last -= 1
    while first < i and words[first].upos in ("PUNCT", "ADP"):
        first += 1
    return first, last + 1


def candidates(words, sentence):
    """The mentions of a sentence, in the order of their heads."""
    below = children(words)
    out = []
    for i in range(len(words)):
        if not is_candidate(words, i):
            continue
        word, kind = words[i], kind_of(words, below, i)
        first, end = extent(words, below, i)
        lemma = word.lemma.lower()
        name = ()
        if kind == "name":
            parts = [i] + [c for c in below[i] if words[c].upos == "PROPN" and words[c].relation in ("flat", "compound") or words[c].relation == "flat"]
            name = tuple(words[p].low for p in sorted(parts))
        text = " ".join(w.low for w in words[first:end] if w.upos not in ("DET", "PUNCT"))
        number = "p" if "Number=Plur" in word.feats else "s" if "Number=Sing" in word.feats else ""
        role = word.deprel if word.deprel in ROLES else word.relation if word.relation in ROLES else "other"
        pronoun = PRONOUNS.get(word.low, "") if word.upos == "PRON" else ""
        out.append(Mention(sentence, i, first, end, KINDS.index(kind), lemma, name, text, number, pronoun, ROLES.index(role)))
    return out


def bin_of(value, bounds):
    return sum(value >= b for b in bounds)


def likeness(a, m):
    """How alike two phrases are written: 0 not, 1 head alike, 2 one name within the other, 3 acronym, 4 all alike, 5 the same pronoun."""
    if m.kind <= 2 or a.kind <= 2:
        return 5 if a.kind == m.kind and (a.pronoun or a.lemma) == (m.pronoun or m.lemma) else 0
    if a.text == m.text:
        return 4
    if a.name and m.name:
        if all(p in a.name for p in m.name) or all(p in m.name for p in a.name):
            return 2
        short, long = (m.name, a.name) if len(m.name) < len(a.name) else (a.name, m.name)
        if len(short) == 1 and len(long) > 1 and short[0].replace(".", "") == "".join(p[0] for p in long):
            return 3
    return 1 if a.lemma == m.lemma else 0


# Rows of the table of features of a pair of mentions: (name, rows).
COREF = (("sentences", 7), ("between", 7), ("kinds", 36), ("likeness", 12), ("pronoun", 3), ("number", 3), ("grammar", 6), ("roles", 56), ("own", 6), ("seen", 4), ("new", 1))


def rows_of(table):
    out, at = {}, 0
    for name, count in table:
        out[name] = at
        at += count
    return out, at


COREF_AT, COREF_ROWS = rows_of(COREF)
# Rows that speak of a pair; the last three of the table are for a mention by itself.
PAIR_FEATURES = len(COREF) - 3


def grammar(words, a, m):
    """What ties two mentions of one sentence: 0 nothing, 1 apposition, 2 fellow arguments, 3 subject and predicate, 4 one inside the other, 5 another sentence."""
    if a.sentence != m.sentence:
        return 5
    one, other = words[a.head], words[m.head]
    if other.head == a.head and other.relation == "appos":
        return 1
    if (one.head == m.head or other.head == a.head) and "nsubj" in (one.relation, other.relation):
        return 3
    if a.first <= m.head < a.end or m.first <= a.head < m.end:
        return 4
    return 2 if one.head == other.head else 0


def coref_rows(words, a, m, between, alike):
    """Rows of the table that speak for a pair: `between` is how many mentions one comes after the other, `alike` their likeness, `words` m's sentence."""
    at = COREF_AT
    distance = m.sentence - a.sentence
    pronoun = 0 if not (a.pronoun and m.pronoun) else 1 if a.pronoun == m.pronoun else 2
    number = 0 if not (a.number and m.number) else 1 if a.number == m.number else 2
    return (
        at["sentences"] + bin_of(distance, (1, 2, 3, 5, 8, 16)),
        at["between"] + bin_of(between, (2, 3, 5, 9, 17, 33)),
        at["kinds"] + a.kind * 6 + m.kind,
        at["likeness"] + alike * 2 + (m.kind == 3),
        at["pronoun"] + pronoun,
        at["number"] + number,
        at["grammar"] + grammar(words, a, m),
        at["roles"] + (a.role * 4 + min(distance, 3)) * 2 + (m.kind == 0),
    )


def new_rows(m, seen):
    """Rows that speak for a mention's being the first of its chain; `seen`: 0 nothing like it before, 1 its head, 2 a name of it, 3 the same."""
    at = COREF_AT
    return (at["new"], at["own"] + m.kind, at["seen"] + seen)
