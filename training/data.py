"""Read CoNLL-U treebanks into training sentences: words, tags, trees, lemma rules and name spans.

Every function is pure; nothing here needs torch. `Sentence` holds UD words (multiword ranges and empty nodes are
skipped), so a word's form is what the Rust tokeniser will hand to the model.
"""

import dataclasses
import re
import unicodedata


@dataclasses.dataclass
class Sentence:
    """One treebank sentence. Lists run over words; `heads` is 1-based with 0 for the root; `names` is BIO or None."""

    doc: str
    forms: list
    upos: list
    xpos: list
    feats: list
    heads: list
    deprels: list
    lemmas: list
    names: list | None


NAME_TYPES = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "EVENT"}


def read(path):
    """Yield the sentences of a CoNLL-U file."""
    doc, rows = "", []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id"):
                doc = line.split("=", 1)[1].strip()
            elif line.startswith("#"):
                continue
            elif line:
                columns = line.split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
            elif rows:
                yield sentence(doc, rows)
                rows = []
    if rows:
        yield sentence(doc, rows)


def sentence(doc, rows):
    return Sentence(
        doc=doc,
        forms=[r[1] for r in rows],
        upos=[r[3] for r in rows],
        xpos=[r[4] for r in rows],
        feats=[r[5] for r in rows],
        heads=[int(r[6]) for r in rows],
        deprels=[r[7] for r in rows],
        lemmas=[lemma_rule(r[1], r[2]) for r in rows],
        names=names(rows) if doc.startswith("GUM_") else None,
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


def names(rows):
    """BIO tags of the named entities: of each entity mention headed by a proper noun, the name proper."""
    tags, stack, spans = ["O"] * len(rows), [], []
    for i, row in enumerate(rows):
        entity = next((m[7:] for m in row[9].split("|") if m.startswith("Entity=")), "")
        for part in re.findall(r"\([^()]+|[^()]*\)", entity):
            if part.startswith("("):
                fields = part[1:].split("-")
                stack.append((fields[0], fields[1] if len(fields) > 1 else "", i))
            if part.endswith(")"):
                key = part[:-1]
                at = next((k for k in range(len(stack) - 1, -1, -1) if not key or stack[k][0] == key), None)
                if at is not None:
                    _, kind, start = stack.pop(at)
                    spans.append((start, i, kind))
    children = {}
    for i, row in enumerate(rows):
        children.setdefault(int(row[6]) - 1, []).append(i)
    for start, end, kind in sorted(spans, key=lambda s: s[1] - s[0]):
        label = NAME_TYPES.get(kind)
        heads = [i for i in range(start, end + 1) if not start <= int(rows[i][6]) - 1 <= end]
        if not label or not heads or rows[heads[0]][3] != "PROPN":
            continue
        members, queue = set(), [heads[0]]
        while queue:
            at = queue.pop()
            members.add(at)
            for child in children.get(at, []):
                relation = rows[child][7].split(":")[0]
                inner = relation in ("flat", "compound", "nummod", "goeswith") or relation == "amod" and rows[child][1][:1].isupper() or (
                    label in ("ORG", "EVENT") and (relation == "nmod" and rows[child][3] == "PROPN" or relation in ("case", "det") and at != heads[0])
                )
                if inner and start <= child <= end and rows[child][3] in ("PROPN", "NUM", "ADP", "X", "NOUN", "DET", "PART", "ADJ"):
                    if relation == "compound" and rows[child][3] == "NOUN" and label == "PER":
                        continue
                    queue.append(child)
        low, high = min(members), max(members)
        while low < high and rows[low][3] in ("DET", "ADP"):
            low += 1
        if any(tags[i] != "O" for i in range(low, high + 1)):
            continue
        tags[low] = f"B-{label}"
        for i in range(low + 1, high + 1):
            tags[i] = f"I-{label}"
    return tags


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
