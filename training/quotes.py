"""What the heads of attribution are told of cues, and of the way in the tree from a cue to its source and to what is said.

Mirrored in `crates/nlp/src/discourse/attribution.rs`.
"""

from mentions import children, rows_of

RELATIONS = ("nsubj", "nsubj:pass", "csubj", "obj", "iobj", "obl", "ccomp", "xcomp", "advcl", "parataxis", "conj", "acl", "appos", "nmod", "case", "amod", "advmod", "mark", "other")
UPOS = ("NOUN", "PROPN", "PRON", "VERB", "AUX", "ADJ", "ADP", "SCONJ", "ADV", "other")

PAIR = (("down", 19), ("up", 19), ("beside", 6), ("far", 3), ("upos", 10), ("side", 4), ("none", 1))
PAIR_AT, PAIR_ROWS = rows_of(PAIR)
CUE = (("upos", 10), ("own", 19), ("below", 19), ("subject", 2), ("quoted", 2))
CUE_AT, CUE_ROWS = rows_of(CUE)
QUOTES = ('"', "“", "”", "''", "``", "«", "»", "‘", "’")


def relation_row(word):
    name = word.deprel if word.deprel in RELATIONS else word.relation
    return RELATIONS.index(name) if name in RELATIONS else len(RELATIONS) - 1


def upos_row(word):
    return UPOS.index(word.upos) if word.upos in UPOS else len(UPOS) - 1


def cue_rows(words):
    """For each word the rows that speak for its being a cue."""
    at, below, out = CUE_AT, children(words), []
    for i, word in enumerate(words):
        near = words[max(0, i - 3) : i + 4]
        quoted = any(w.upos == "PUNCT" and w.form in QUOTES for w in near)
        subject = any(words[c].relation == "nsubj" for c in below[i])
        kinds = sorted({relation_row(words[c]) for c in below[i]})
        own = [at["upos"] + upos_row(word), at["own"] + relation_row(word), at["subject"] + subject, at["quoted"] + quoted]
        out.append([*own, *(at["below"] + k for k in kinds)])
    return out


def pair_rows(words, cue, other):
    """Rows that speak of the way in the tree from a cue to another word."""
    at = PAIR_AT
    c, x = words[cue], words[other]
    if x.head == cue:
        way = at["down"] + relation_row(x)
    elif c.head == other:
        way = at["up"] + relation_row(c)
    elif c.head >= 0 and x.head == c.head:
        way = at["beside"] + (0 if x.relation == "nsubj" else 1 if c.relation in ("conj", "xcomp") else 2)
    elif c.head >= 0 and words[c.head].head == other:
        way = at["beside"] + (3 if c.relation == "case" else 4)
    elif x.head >= 0 and words[x.head].head == cue:
        way = at["beside"] + 5
    elif c.head >= 0 and words[c.head].head >= 0 and x.head == words[c.head].head and x.relation == "nsubj":
        way = at["far"]
    else:
        way = at["far"] + (1 if x.relation == "nsubj" else 2)
    side = (1 if other > cue else 0) + (2 if abs(other - cue) > 8 else 0)
    return (way, at["upos"] + upos_row(x), at["side"] + side)
