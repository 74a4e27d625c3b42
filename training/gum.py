"""What GUM says of its documents beyond their trees: which phrases mean the same, and who says what.

Reads the MISC column: `Entity=` brackets mentions and numbers their groups, `Discourse=` numbers the units of the text and relates them;
an attribution names the words of its source (`sem-atsrc`) and often its cue (`lex-indwd`, `lex-indph`).
"""

import re

from mentions import BOUND, Word


def documents(path):
    """(document id, sentences as lists of CoNLL-U rows) of each document."""
    out, rows = [], []
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc id"):
                out.append((line.split("=", 1)[1].strip(), []))
            columns = line.rstrip("\n").split("\t")
            if columns[0].isdigit():
                rows.append(columns)
            elif not line.strip() and rows:
                out[-1][1].append(rows)
                rows = []
    return out


def words_of(rows):
    return [Word(r[1], r[2], r[3], r[4], r[5], int(r[6]) - 1, r[7]) for r in rows]


def misc(row, key):
    return next((m[len(key) + 1 :] for m in row[9].split("|") if m.startswith(key + "=")), "")


def top(rows, inside):
    """The first word of a set whose head lies outside it."""
    return next((i for i in sorted(inside) if int(rows[i][6]) - 1 not in inside), None)


def chains(sentences):
    """Group of the smallest entity that each (sentence, word) heads."""
    heads, stack = {}, []
    for number, rows in enumerate(sentences):
        for i, row in enumerate(rows):
            for part in re.findall(r"\([^()]+\)?|[^()]+\)", misc(row, "Entity")):
                if part.startswith("("):
                    stack.append((part.strip("()").split("-")[0], number, i))
                if part.endswith(")"):
                    key = part.strip("()").split("-")[0]
                    at = next((k for k in range(len(stack) - 1, -1, -1) if stack[k][0] == key), None)
                    if at is None:
                        continue
                    group, where, first = stack.pop(at)
                    if where == number:
                        head = top(rows, set(range(first, i + 1)))
                        if (number, head) not in heads or heads[number, head][1] > i - first:
                            heads[number, head] = (group, i - first)
    return {place: group for place, (group, _) in heads.items()}


def whole(rows, cue, content):
    """The root of all that is said, where the unit holds only a part of it: below the cue the cue's own dependent, else no function word."""
    head = lambda i: int(rows[i][6]) - 1
    if content is None:
        return None
    path = [content]
    while head(path[-1]) >= 0 and head(path[-1]) != cue:
        path.append(head(path[-1]))
    if head(path[-1]) == cue:
        return None if rows[path[-1]][7] == "punct" else path[-1]
    while rows[content][7].split(":")[0] in BOUND and head(content) >= 0:
        content = head(content)
    return content


def attributions(sentences):
    """By sentence and cue: the source and the content, or None, of each attribution whose cue is a word."""
    places, units, relations, unit = [], {}, [], None
    for number, rows in enumerate(sentences):
        for i, row in enumerate(rows):
            for part in filter(None, misc(row, "Discourse").split(";")):
                found = re.match(r"([\w-]+):(\d+)(?:->(\d+))?", part)
                if not found:
                    continue
                unit = int(found[2])
                if found[1].startswith("attribution"):
                    relations.append((unit, int(found[3]), part))
            places.append((number, i))
            units.setdefault(unit, []).append((number, i))
    out = {}
    for satellite, nucleus, part in relations:
        own = units[satellite]
        named = [int(n) - 1 for n in re.findall(r"lex-ind(?:wd|ph)-(\d+)", part)]
        named = [places[n] for n in named if n < len(places)]
        named = [p for p in named if p in own] or named
        sentence = own[0][0]
        rows = sentences[sentence]
        mine = {i for s, i in own if s == sentence}
        cue = next((i for s, i in named if s == sentence), None)
        if cue is None:
            at = top(rows, mine)
            cue = at if at is not None and rows[at][3] == "VERB" else next((i for i in sorted(mine) if rows[i][1].lower() == "according"), None)
        if cue is None:
            continue
        spans = re.search(r"sem-atsrc-([\d,-]+)-", part)
        source = None
        if spans:
            inside = set()
            for piece in spans[1].strip("-").split(","):
                ends = [int(n) - 1 for n in piece.split("-") if n]
                inside |= {places[n] for n in range(ends[0], ends[-1] + 1) if n < len(places)} if ends else set()
            source = top(rows, {i for s, i in inside if s == sentence} - {cue})
        content = top(rows, {i for s, i in units.get(nucleus, []) if s == sentence} - {cue})
        content = whole(rows, cue, content)
        out.setdefault(sentence, {}).setdefault(cue, (source, content))
    return out
