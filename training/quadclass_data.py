"""Read the sentences of the UN QuadClass annotations: labels of three kinds, near duplicates, folds, hashed n-grams.

Every function is pure; only numpy is needed. The five classes are CLASSES, in the order of the numbers in the multi-class file. Its README
numbers them otherwise (1 verbal conflict, 2 material conflict, ...); the four files of one class each show that this is the right order.
"""

import csv
import dataclasses
import random
import re
import unicodedata
from collections import Counter

import numpy

CLASSES = ["irrelevant", "material conflict", "material cooperation", "verbal conflict", "verbal cooperation"]
FILES = {1: "matconf", 2: "matcoop", 3: "verconf", 4: "vercoop"}
# Two sentences are near duplicates if they share this part of their three-word sequences (Jaccard).
ALIKE = 0.5
BUCKETS, LONGEST = 1 << 17, 180


@dataclasses.dataclass
class Row:
    """One line of the binary file. `quad` is its class or None; `allowed` the classes that its labels leave open."""

    text: str
    relevant: bool
    quad: int | None
    allowed: tuple


def table(path):
    """The (text, number) lines of a file. A text may be quoted, as spreadsheets do, or not."""
    with open(path, encoding="utf-8", newline="") as lines:
        for line in lines.read().splitlines()[1:]:
            text, number = line.rsplit("\t", 1)
            if len(text) > 1 and text[0] == text[-1] == '"':
                text = next(csv.reader([text]))[0]
            yield text, int(number)


def read(folder):
    """The rows of the binary file, each class given to the first row of its text; rows of several classes keep what the files of one class tell."""
    quad = {}
    for text, label in table(f"{folder}/en_annotations_quad_multiclass.tsv"):
        quad.setdefault(words(text), []).append((text, label))
    known = {}
    for label, name in FILES.items():
        for text, yes in table(f"{folder}/en_binary_{name}.tsv"):
            known.setdefault(words(text), {})[label] = yes
    out = []
    for text, relevant in table(f"{folder}/en_annotations_binary_complete.tsv"):
        key = words(text)
        same = quad.get(key, [])
        at = next((i for i, (other, _) in enumerate(same) if other == text), 0)
        label = same.pop(at)[1] if same else None
        told = known.get(key, {})
        several = tuple(c for c in FILES if told.get(c)) or tuple(c for c in FILES if told.get(c, 1))
        allowed = (label,) if label is not None else several if relevant else (0,)
        out.append(Row(text, bool(relevant), label, allowed))
    return out


def words(text):
    """The lower-case words of a text, joined: what exact duplicates share."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower()))


def duplicates(texts):
    """For each text the first text of its group of near duplicates, joined in chains."""
    shingles = []
    for text in texts:
        w = words(text).split()
        shingles.append({" ".join(w[i : i + 3]) for i in range(max(1, len(w) - 2))})
    group, where = list(range(len(texts))), {}

    def root(i):
        while group[i] != i:
            group[i] = group[group[i]]
            i = group[i]
        return i

    for i, mine in enumerate(shingles):
        shared = Counter(j for s in mine for j in where.get(s, ()))
        for j, n in shared.items():
            if n >= ALIKE * (len(mine) + len(shingles[j]) - n):
                low, high = sorted((root(i), root(j)))
                group[high] = low
        for s in mine:
            where.setdefault(s, []).append(i)
    return [root(i) for i in range(len(texts))]


def folds(groups, strata, seed, count=5):
    """The fold of each row: groups stay together, the largest are dealt first, each to the fold that has fewest of its stratum."""
    members = {}
    for i, g in enumerate(groups):
        members.setdefault(g, []).append(i)
    order = sorted(members)
    random.Random(seed).shuffle(order)
    order.sort(key=lambda g: -len(members[g]))
    out, have = [0] * len(groups), Counter()
    for g in order:
        counts = Counter(strata[i] for i in members[g])
        fold = min(range(count), key=lambda f: (sum(n * have[f, s] for s, n in counts.items()), have[f, None]))
        for i in members[g]:
            out[i] = fold
            have[fold, strata[i]] += 1
            have[fold, None] += 1
    return out


def fnv(text):
    """FNV-1a, 32 bits."""
    h = 0x811C9DC5
    for byte in text.encode():
        h = (h ^ byte) * 0x01000193 & 0xFFFFFFFF
    return h


def ngrams(parts):
    """The features of a sentence, given as basic tokens: words, pairs of words, and three to five letters inside `^word$`; digits are `#`."""
    parts = ["#" if p.isdigit() else p for p in parts]
    yield from ("w" + p for p in parts)
    yield from (f"b{a} {b}" for a, b in zip(parts, parts[1:]))
    for p in parts:
        edged = f"^{p}$"
        yield from ("c" + edged[k : k + n] for n in (3, 4, 5) for k in range(len(edged) - n + 1))


def hashed(sentences):
    """For each sentence (basic tokens) its buckets and 1 + log of their counts."""
    cache, out = {}, []
    for parts in sentences:
        counts = Counter()
        for gram in ngrams(parts):
            if gram not in cache:
                cache[gram] = fnv(gram) % BUCKETS
            counts[cache[gram]] += 1
        places = numpy.array(sorted(counts), dtype=numpy.int64)
        out.append((places, 1 + numpy.log(numpy.array([counts[p] for p in places], dtype=numpy.float32))))
    return out


def macro_f1(gold, said, classes):
    """F1 of each class and their mean."""
    gold, said = numpy.asarray(gold), numpy.asarray(said)
    each = []
    for c in range(classes):
        right = ((gold == c) & (said == c)).sum()
        each.append(2 * right / max(1, (gold == c).sum() + (said == c).sum()))
    return float(numpy.mean(each)), [float(f) for f in each]


def calibration_error(probabilities, gold, bins=15):
    """Expected calibration error of the chosen class, in bins of equal width."""
    sure, right = probabilities.max(1), probabilities.argmax(1) == gold
    place = numpy.minimum((sure * bins).astype(int), bins - 1)
    return float(sum(abs(sure[place == b].mean() - right[place == b].mean()) * (place == b).mean() for b in range(bins) if (place == b).any()))
