"""Read CoNLL-U treebanks into training sentences: words, tags, trees, lemma rules and name spans.

Every function is pure; nothing here needs torch. `Sentence` holds UD words (multiword ranges and empty nodes are
skipped), so a word's form is what the Rust tokeniser will hand to the model.
"""

import dataclasses
import re
import unicodedata

import names


@dataclasses.dataclass
class Sentence:
    """One sentence. Lists run over words; `heads` is 1-based with 0 for the root, -1 where there is no tree; `names` is BIO or None.

    `joins` says that it goes on the paragraph of the sentence before it in the file.
    """

    doc: str
    key: str
    joins: bool
    forms: list
    upos: list
    xpos: list
    feats: list
    heads: list
    deprels: list
    lemmas: list
    names: list | None


def read(path, marked=None):
    """Yield the sentences of a CoNLL-U file. `marked` maps sentence ids to their names, as `marks` reads them."""
    doc, key, joins, rows = "", "", False, []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id"):
                doc, joins = line.split("=", 1)[1].strip(), False
            elif line.startswith("# sent_id"):
                key = line.split("=", 1)[1].strip()
            elif re.match("# newpar( |$)", line):
                joins = False
            elif line.startswith("#"):
                continue
            elif line:
                columns = line.split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
            elif rows:
                yield sentence(doc, key, joins, rows, marked)
                rows, joins = [], True


def sentence(doc, key, joins, rows, marked):
    forms, upos = [r[1] for r in rows], [r[3] for r in rows]
    spans = None if marked is None else marked.get(key, [] if "PROPN" not in upos else None)
    return Sentence(
        doc=doc,
        key=key,
        joins=joins,
        forms=forms,
        upos=upos,
        xpos=[r[4] for r in rows],
        feats=[r[5] for r in rows],
        heads=[int(r[6]) for r in rows],
        deprels=[r[7] for r in rows],
        lemmas=[lemma_rule(r[1], r[2]) for r in rows],
        names=None if spans is None else names.bio(forms, spans, dates=True),
    )


def lemma_rule(form, lemma):
    """The edit that turns the form into its lemma: case, letters cut at the end, letters added: `l|1|y`.

    `=` keeps the form as it stands, `l` lower-cases it first. A lemma that is no such edit of its form is kept whole
    with `!`.
    """
    for case, base in (("=", form), ("l", form.lower())):
        common = 0
        while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
            common += 1
        if common or len(base) <= 3:
            cut, add = len(base) - common, lemma[common:]
            if case == "=" and base != lemma and base.lower() != base:
                lower = form.lower()
                if lemma.startswith(lower[: max(1, common)]) and lemma == lemma.lower():
                    continue
            if cut <= 6 and len(add) <= 6:
                return f"{case}|{cut}|{add}"
    return f"!|0|{lemma}"


def normalise(word):
    """Lower-case, accents off, split at punctuation: BERT's uncased basic tokenisation of one word."""
    text = "".join(c for c in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(c) != "Mn")
    text = text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"').replace("–", "-").replace("—", "-")
    parts, current = [], ""
    for c in text:
        if c.isalnum():
            current += c
        elif not c.isspace():
            if current:
                parts.append(current)
            parts.append(c)
            current = ""
    if current:
        parts.append(current)
    return parts


def pieces(word, vocabulary):
    """The WordPiece ids of one word; `[UNK]` for a part that the vocabulary cannot spell. Never empty, at most 16."""
    out = []
    for part in normalise(word):
        start, ids = 0, []
        while start < len(part):
            end = len(part)
            while end > start:
                piece = ("##" if start else "") + part[start:end]
                if piece in vocabulary:
                    break
                end -= 1
            if end == start:
                ids = [vocabulary["[UNK]"]]
                break
            ids.append(vocabulary[piece])
            start = end
        out.extend(ids)
    return out[:16] or [vocabulary["[UNK]"]]


SHAPES = ["other", "lower", "Title", "UPPER", "Mixed", "A", "digits", "punct", "dotted"]


def shape(word):
    """Which of SHAPES a word has: the case that the uncased vocabulary loses."""
    letters = [c for c in word if c.isalpha()]
    if not letters:
        if any(c.isnumeric() for c in word):
            return 6
        return 7 if word else 0
    if "." in word and len(letters) > 1 and letters[0].isupper():
        return 8
    if all(c.islower() for c in letters):
        return 1
    if len(letters) == 1 and letters[0].isupper():
        return 5
    if all(c.isupper() for c in letters):
        return 3
    if letters[0].isupper() and all(c.islower() for c in letters[1:]):
        return 2
    return 4 if any(c.isupper() for c in letters) else 0
