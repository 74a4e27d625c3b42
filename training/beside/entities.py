"""Names: exact spans of persons, places and organisations, from a labelled set with the labels of each system mapped to its own."""

import names as labelled

LABELLED = tuple(t for t in labelled.TYPES if t != "NUM")
OURS = {"PER": "PER", "LOC": "LOC", "FAC": "LOC", "ORG": "ORG", "GOV": "ORG"}
SPACY = {"PERSON": "PER", "LOC": "LOC", "GPE": "LOC", "FAC": "LOC", "ORG": "ORG"}


def of_iob(tags):
    """Spans (first word, word after the last, type) of BIO tags."""
    found, start = [], None
    for i, tag in enumerate([*tags, "O"]):
        if start is not None and not (tag.startswith("I-") and tag[2:] == tags[start][2:]):
            found.append((start, i, tags[start][2:]))
            start = None
        if tag != "O" and start is None:
            start = i
    return found


def of_tree(words):
    """Spans of our analysis."""
    return of_iob([w.misc.get("Name", "O") for w in words])


def of_spacy(doc):
    """Spans of spaCy's; a leading article is no part of a name."""
    found = []
    for entity in doc.ents:
        start = entity.start + (entity[0].lower_ in ("the", "a", "an") and len(entity) > 1)
        found.append((start, entity.end, entity.label_))
    return found


def mapped(spans, types):
    """Spans with their types as `types` names them; others fall out."""
    return {(first, end, types[kind]) for first, end, kind in spans if kind in types}


def universal(path):
    """Universal NER in IOB2: (words, spaces, spans) of each sentence."""
    text, words, tags = "", [], []
    with open(path, encoding="utf-8") as lines:
        for line in [*lines, "\n"]:
            line = line.rstrip("\n")
            if line.startswith("# text ="):
                text = line.partition("=")[2].strip()
            elif line and not line.startswith("#"):
                _, word, tag = line.split("\t")[:3]
                words.append(word)
                tags.append(tag)
            elif words and not line:
                yield words, spaces(text, words), of_iob(tags)
                words, tags = [], []


def spaces(text, words):
    """Whether white space follows each word in the text; a space where the text does not have the word."""
    out, at = [], 0
    for word in words:
        found = text.find(word, at)
        at = found + len(word) if found >= 0 else at
        out.append(found < 0 or text[at : at + 1].isspace())
    return out


def readouts(file, folder):
    """The project's labelled readouts, where their texts are: (words, spaces, spans) of each sentence."""
    if (labelled.HERE / "names" / file).exists():
        for _, words, spans in labelled.readouts(file, folder):
            yield words, [True] * len(words), spans
