"""Scores of coreference and attribution, and the rules that they are compared with.

Chains are scored as in the CoNLL 2011 and 2012 tasks: MUC, B3 and CEAFe (chains matched by the Hungarian method), and by pairs.
"""

import mentions
from mentions import KINDS

COUNTED = tuple(KINDS.index(kind) for kind in ("pronoun", "speaker", "demonstrative", "name", "definite"))


def f1(hit_found, found, hit_gold, gold):
    precision, recall = hit_found / max(1e-9, found), hit_gold / max(1e-9, gold)
    return 100 * precision, 100 * recall, 200 * precision * recall / max(1e-9, precision + recall)


def links(chains, others):
    """Links of the chains that the others keep, and all links."""
    of = {m: i for i, chain in enumerate(others) for m in chain}
    kept = sum(len(c) - len({of.get(m, ("alone", m)) for m in c}) for c in chains)
    return kept, sum(len(c) - 1 for c in chains)


def shares(chains, others):
    of = {m: set(chain) for chain in others for m in chain}
    total = sum(len(set(c) & of.get(m, set())) / len(c) for c in chains for m in c)
    return total, sum(map(len, chains))


def assignment(gain):
    """The largest sum of a one-to-one matching of rows and columns, all gains at least 0 (Hungarian method)."""
    if not gain or not gain[0]:
        return 0.0
    n = max(len(gain), len(gain[0]))
    cost = [[-(gain[i][j] if i < len(gain) and j < len(gain[0]) else 0.0) for j in range(n)] for i in range(n)]
    u, v, match, way = [0.0] * (n + 1), [0.0] * (n + 1), [0] * (n + 1), [0] * (n + 1)
    for i in range(1, n + 1):
        match[0], at = i, 0
        low, used = [float("inf")] * (n + 1), [False] * (n + 1)
        while True:
            used[at] = True
            row, delta, after = match[at], float("inf"), 0
            for j in range(1, n + 1):
                if not used[j]:
                    value = cost[row - 1][j - 1] - u[row] - v[j]
                    if value < low[j]:
                        low[j], way[j] = value, at
                    if low[j] < delta:
                        delta, after = low[j], j
            for j in range(n + 1):
                if used[j]:
                    u[match[j]] += delta
                    v[j] -= delta
                else:
                    low[j] -= delta
            at = after
            if match[at] == 0:
                break
        while at:
            match[at], at = match[way[at]], way[at]
    return -sum(cost[match[j] - 1][j - 1] for j in range(1, n + 1))


def similarity(gold, found):
    return [[2 * len(set(g) & set(f)) / (len(g) + len(f)) for f in found] for g in gold]


def pairs(chains):
    return {(a, b) for c in chains for i, a in enumerate(sorted(c)) for b in sorted(c)[i + 1 :]}


def scores(documents):
    """Precision, recall and F1 in per cent over documents, each (gold chains, found chains) of two or more mentions."""
    sums = {key: [0, 0, 0, 0] for key in ("pairs", "muc", "b3", "ceafe")}
    for gold, found in documents:
        together = len(pairs(gold) & pairs(found))
        best = assignment(similarity(gold, found))
        for key, values in (
            ("pairs", (together, len(pairs(found)), together, len(pairs(gold)))),
            ("muc", (*links(found, gold), *links(gold, found))),
            ("b3", (*shares(found, gold), *shares(gold, found))),
            ("ceafe", (best, len(found), best, len(gold))),
        ):
            sums[key] = [a + b for a, b in zip(sums[key], values)]
    out = {key: tuple(round(x, 1) for x in f1(*values)) for key, values in sums.items()}
    out["conll"] = round(sum(out[key][2] for key in ("muc", "b3", "ceafe")) / 3, 1)
    return out


# --- reports -------------------------------------------------------------------------------------------------------------------


def coref(texts, answer, kinds=COUNTED):
    """The scores of chains over mentions of these kinds, told by the gold trees. `answer` gives the chains of a text as places in its mentions."""
    out = []
    for text in texts:
        kind = {(m.sentence, m.head): m.kind for k, words in enumerate(text.gold) for m in mentions.candidates(words, k)}
        groups = {}
        for place, group in text.groups.items():
            if kind.get(place, -1) in kinds:
                groups.setdefault(group, []).append(place)
        found = [[(text.mentions[i].sentence, text.mentions[i].head) for i in chain if text.mentions[i].kind in kinds] for chain in answer(text)]
        out.append(([g for g in groups.values() if len(g) > 1], [f for f in found if len(f) > 1]))
    return scores(out)


def attribution(texts, answer):
    """Precision, recall and F1 of cues, and of cues with what belongs to them. `answer` gives (cue, source, content) of words with vectors."""
    hit, found, gold = [0, 0, 0, 0], 0, 0
    for text in texts:
        for s, words in enumerate(text.words):
            answers, wanted = answer(words, text.vectors[s]), text.quotes.get(s, {})
            found, gold = found + len(answers), gold + len(wanted)
            for cue, source, content in answers:
                if cue in wanted:
                    same = [source == wanted[cue][0], content == wanted[cue][1]]
                    for k, right in enumerate((True, *same, all(same))):
                        hit[k] += right
    return {name: tuple(round(x, 1) for x in f1(h, found, h, gold)) for name, h in zip(("cue", "source", "content", "all"), hit)}


# --- rules ---------------------------------------------------------------------------------------------------------------------


def chain_rules(text):
    """Names and definite phrases go to the nearest of the same name or head; a pronoun to the nearest phrase that fits in number, subjects first."""
    chain_of, all = {}, text.mentions
    for j, m in enumerate(all):
        chain_of[j] = [j]
        kind, near = KINDS[m.kind], range(j - 1, -1, -1)
        close = [i for i in near if m.sentence - all[i].sentence <= 2]
        best = None
        if kind == "pronoun":
            fits = [i for i in close if fit(text.words[m.sentence], all[i], m)]
            best = next((i for i in fits if mentions.ROLES[all[i].role] == "nsubj"), fits[0] if fits else None)
        elif kind == "speaker":
            best = next((i for i in close if all[i].pronoun == m.pronoun), None)
        elif kind in ("name", "definite"):
            best = next((i for i in near if mentions.likeness(all[i], m) >= (2 if kind == "name" else 1)), None)
        if best is not None:
            chain_of[best].append(j)
            chain_of[j] = chain_of[best]
    return [c for c in {id(c): c for c in chain_of.values()}.values() if len(c) > 1]


def fit(words, a, m):
    """Whether a pronoun may stand for a phrase by pronoun, number and place: "he" and "she" only for names."""
    if KINDS[a.kind] in ("speaker", "demonstrative") or mentions.grammar(words, a, m) in (2, 4):
        return False
    if a.pronoun:
        return a.pronoun == m.pronoun
    return (a.number == "p") == (m.pronoun == "p") and (m.pronoun in "np" or KINDS[a.kind] == "name")


def quote_rules(lemmas):
    """Verbs that were cues in training, with their subject and their clause, or the clause that they stand beside; and "according to"."""

    def answer(words, vectors):
        below, out = mentions.children(words), []
        find = lambda i, *relations: next((c for c in below[i] if words[c].relation in relations), None)
        for i, word in enumerate(words):
            if word.low == "according" and word.head >= 0:
                above = words[word.head].head
                out.append((i, word.head, above if above >= 0 else None))
            if word.lemma.lower() not in lemmas or word.upos not in ("VERB", "AUX"):
                continue
            content = find(i, "ccomp", "parataxis")
            if content is None and word.relation == "parataxis":
                content = word.head
            if content is None:
                continue
            source = find(i, "nsubj")
            if source is None and word.relation in ("conj", "xcomp"):
                source = find(word.head, "nsubj")
            out.append((i, source, content))
        return out

    return answer
