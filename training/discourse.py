"""Train the heads that share the encoder after it: coreference and attribution, on GUM, over the word vectors of its last layer.

    python discourse.py --run run --data ../../shared/data

The encoder stays as it is. Writes run/discourse.pt, which `export.py` puts into the weights file, and run/discourse.json with the scores
on every twelfth document, held out as in `train.py`, by gold trees and by the network's own.
"""

import argparse
import json
import pathlib
import random
import time

import torch
from torch import nn
from torch.nn import functional as F

import data
import discourse_scores
import gum
import mentions
import model
import names
import quotes
import train

WIDTH, SHARED = 64, 32
# How many mentions back an antecedent is looked for, and how many farther ones that share a word with the head or the name.
WINDOW, FARTHER = 60, 20
# By how much a partner must be better than none, and the least score of a cue: set for precision.
MARGIN, CUE = 1.0, 0.5
DECAY, DROPOUT = {"coref": 0.05, "quote": 0.3}, {"coref": 0.3, "quote": 0.5}
RATE = 2e-3
SEEN = (0, 1, 2, 2, 3, 0)
NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "DET", "X")


class Single(nn.Module):
    """Scores of words: a small layer over a vector and over rows of a table of features."""

    def __init__(self, rows, dropout, outputs=WIDTH):
        super().__init__()
        self.left = nn.Linear(model.HIDDEN, outputs)
        self.features = nn.Embedding(rows, WIDTH)
        nn.init.normal_(self.features.weight, std=0.05)
        self.out = nn.Linear(WIDTH, 1)
        self.dropout = nn.Dropout(dropout)

    def outlet(self, hidden, rows, real=None):
        """Scores of sums of vectors (..., WIDTH) with rows of the table (..., n), of which `real` count."""
        weights = None if real is None else real.reshape(-1, rows.shape[-1])
        table = F.embedding_bag(rows.reshape(-1, rows.shape[-1]), self.features.weight, mode="sum", per_sample_weights=weights)
        hidden = F.leaky_relu(hidden + table.reshape(*rows.shape[:-1], WIDTH), 0.1)
        return self.out(self.dropout(hidden)).squeeze(-1)

    def forward(self, vectors, rows, real):
        return self.outlet(self.left(self.dropout(vectors)), rows, real)


class Pair(Single):
    """Scores of pairs: a biaffine part, and a small layer over both sides and over rows of a table of features."""

    def __init__(self, rows, dropout, inputs=model.HIDDEN):
        super().__init__(rows, dropout)
        self.left, self.right = nn.Linear(inputs, WIDTH + SHARED), nn.Linear(inputs, WIDTH + SHARED)

    def sides(self, left, right):
        return self.left(self.dropout(left)), self.right(self.dropout(right))

    def forward(self, left, right, rows):
        together = (left[..., WIDTH:] * right[..., WIDTH:]).sum(-1)
        return self.outlet(left[..., :WIDTH] + right[..., :WIDTH], rows) + together

    def alone(self, left, rows):
        """Scores of the choice of no partner."""
        return self.outlet(left[..., :WIDTH], rows)


def heads():
    """`coref`: left a mention (its head and its first word), right an antecedent. `quote`: cues; left a cue, right its source or content."""
    pair = lambda: Pair(quotes.PAIR_ROWS, DROPOUT["quote"])
    return nn.ModuleDict({
        "coref": Pair(mentions.COREF_ROWS, DROPOUT["coref"], 2 * model.HIDDEN),
        "quote": nn.ModuleDict({"cue": Single(quotes.CUE_ROWS, DROPOUT["quote"]), "source": pair(), "content": pair()}),
    })


class Text:
    """One document: `words` of its sentences with their trees, `gold` the same by the treebank, the vectors of each sentence, its labels."""

    def __init__(self, rows, words, vectors):
        self.words, self.vectors, self.gold = words, vectors, [gum.words_of(r) for r in rows]
        self.groups, self.quotes = gum.chains(rows), gum.attributions(rows)
        self.mentions = [m for k, s in enumerate(words) for m in mentions.candidates(s, k)]
        self.group_of = [self.groups.get((m.sentence, m.head)) for m in self.mentions]
        both = lambda m: torch.cat([vectors[m.sentence][m.head], vectors[m.sentence][m.first]])
        self.inputs = torch.stack([both(m) for m in self.mentions])
        self.compare()

    def compare(self):
        """For each mention its antecedents, nearest last, with the rows of features of each pair and of none."""
        self.antecedents, self.rows, self.alone, known = [], [], [], {}
        for j, m in enumerate(self.mentions):
            keys = {m.lemma, *m.name} if m.kind > 2 else set()
            far = sorted({i for key in keys for i in known.get(key, ()) if i < j - WINDOW})[-FARTHER:]
            chosen = far + list(range(max(0, j - WINDOW), j))
            alike = [mentions.likeness(self.mentions[i], m) for i in chosen]
            rows = [mentions.coref_rows(self.words[m.sentence], self.mentions[i], m, j - i, like) for i, like in zip(chosen, alike)]
            self.antecedents.append(chosen)
            self.rows.append(torch.tensor(rows, dtype=torch.int16).reshape(len(rows), mentions.PAIR_FEATURES))
            self.alone.append(mentions.new_rows(m, max((SEEN[like] for like in alike), default=0)))
            for key in keys:
                known.setdefault(key, []).append(j)


def coref_scores(head, text, places):
    """For the mentions at `places`: scores of no antecedent (first column) and of each antecedent."""
    left, right = head.sides(text.inputs, text.inputs)
    rows = nn.utils.rnn.pad_sequence([text.rows[j] for j in places], batch_first=True).int()
    if not rows.shape[1]:
        rows = torch.zeros(len(places), 1, mentions.PAIR_FEATURES, dtype=torch.int)
    width = rows.shape[1]
    index = torch.tensor([text.antecedents[j] + [0] * (width - len(text.antecedents[j])) for j in places])
    real = torch.tensor([[i < len(text.antecedents[j]) for i in range(width)] for j in places])
    pairs = head(left[places][:, None], right[index], rows).masked_fill(~real, -1e4)
    none = head.alone(left[places], torch.tensor([text.alone[j] for j in places]))
    return torch.cat([none[:, None], pairs], 1)


def coref_loss(head, text, places):
    """The marginal log-likelihood of the right antecedents; of none where there is no right one."""
    scores = coref_scores(head, text, places)
    right = torch.zeros(scores.shape, dtype=torch.bool)
    for k, j in enumerate(places):
        group = text.group_of[j]
        for n, i in enumerate(text.antecedents[j]):
            right[k, n + 1] = group is not None and text.group_of[i] == group
        right[k, 0] = not right[k].any()
    return (scores.logsumexp(1) - scores.masked_fill(~right, -1e4).logsumexp(1)).mean()


@torch.no_grad()
def resolve(head, text, margin=MARGIN):
    """Chains as places in the text's mentions: each mention goes to its best antecedent that beats none by the margin and whose chain has no other pronoun."""
    head.eval()
    all, chain_of = text.mentions, {}
    for first in range(0, len(all), 128):
        places = list(range(first, min(first + 128, len(all))))
        for j, line in zip(places, coref_scores(head, text, places).tolist()):
            chain_of[j] = [j]
            for n in sorted(range(len(text.antecedents[j])), key=lambda n: -line[n + 1]):
                if line[n + 1] < line[0] + margin:
                    break
                chain = chain_of[text.antecedents[j][n]]
                if len({all[i].pronoun for i in (*chain, j)} - {""}) < 2:
                    chain.append(j)
                    chain_of[j] = chain
                    break
    return [c for c in {id(c): c for c in chain_of.values()}.values() if len(c) > 1]


def partner_scores(head, words, vectors, cue, role):
    """The words that may be a cue's source or content, and the scores of none and of each of them."""
    places = [i for i, w in enumerate(words) if i != cue and (w.upos in NOMINAL if role == "source" else w.upos != "PUNCT")]
    left, right = head[role].sides(vectors[cue], vectors[places])
    alone = head[role].alone(left, torch.tensor([quotes.PAIR_AT["none"]]))[None]
    if not places:
        return places, alone
    rows = torch.tensor([quotes.pair_rows(words, cue, i) for i in places])
    return places, torch.cat([alone, head[role](left.expand(len(places), -1), right, rows)])


def cue_scores(head, words, vectors):
    lists = quotes.cue_rows(words)
    width = max(map(len, lists))
    real = torch.tensor([[1.0] * len(x) + [0.0] * (width - len(x)) for x in lists])
    return head["cue"](vectors, torch.tensor([[*x, *[0] * (width - len(x))] for x in lists]), real)


def quote_loss(head, text, sentences):
    """The loss of cues, sources and contents over some sentences, those without verbs left out."""
    loss, count = torch.zeros(()), 0
    for s in sentences:
        words, vectors, gold = text.words[s], text.vectors[s], text.quotes.get(s, {})
        if not gold and not any(w.upos == "VERB" for w in words):
            continue
        wanted = torch.tensor([float(i in gold) for i in range(len(words))])
        loss = loss + F.binary_cross_entropy_with_logits(cue_scores(head, words, vectors), wanted, reduction="sum")
        for cue, answers in gold.items():
            for role, answer in zip(("source", "content"), answers):
                places, scores = partner_scores(head, words, vectors, cue, role)
                loss = loss + F.cross_entropy(scores[None], torch.tensor([places.index(answer) + 1 if answer in places else 0]))
        count += 1
    return loss / max(1, count)


@torch.no_grad()
def attribute(head, words, vectors, least=CUE):
    """(cue, source or None, content or None) of each attribution in a sentence."""
    head.eval()
    out = []
    for cue, score in enumerate(cue_scores(head, words, vectors).tolist()):
        if score >= least:
            found = []
            for role in ("source", "content"):
                places, scores = partner_scores(head, words, vectors, cue, role)
                best = int(scores.argmax())
                found.append(places[best - 1] if best else None)
            out.append((cue, *found))
    return out


@torch.no_grad()
def encoded(folder, sentences, lemmas):
    """For each sentence: the vectors of its words, and its words with these lemmas and the network's own tree (greedy heads)."""
    run = torch.load(pathlib.Path(folder) / "final.pt", weights_only=False)
    vocabulary, _ = train.base_weights()
    labels, gazetteer = run["labels"], names.Gazetteer(run["lists"])
    network = model.Network(len(vocabulary), len(data.SHAPES), gazetteer.size, {k: len(v) for k, v in labels.items()})
    network.load_state_dict(run["network"])
    network.eval()
    encode, exit = train.Encoder(vocabulary, labels, gazetteer), network.heads["accurate"]
    out, lemmas = [], iter(lemmas)
    for s in sentences:
        batch = train.collate([encode(s)])
        vectors = network.encode(batch)["accurate"]
        tags, arcs, parts = exit(vectors, batch["word_mask"])
        arcs[0].fill_diagonal_(-1e4)
        chosen = arcs.argmax(-1)
        relations = exit.labels(parts, chosen)[0, 1:]
        relations[:, labels["deprel"].index("root")] = -1e4
        upos, xpos, feats = ([labels[name][i] for i in tags[name][0, 1:].argmax(-1).tolist()] for name in ("upos", "xpos", "feats"))
        words = []
        for i, (form, head, relation) in enumerate(zip(s.forms, chosen[0, 1:].tolist(), relations.argmax(-1).tolist())):
            deprel = labels["deprel"][relation] if head else "root"
            words.append(mentions.Word(form, next(lemmas), upos[i], xpos[i], feats[i], head - 1, deprel))
        out.append((vectors[0, 1:].clone(), untangled(words)))
    return out


def untangled(words):
    """The words, each ring of greedy heads cut open at a word of it, which goes to the root."""
    for start in range(len(words)):
        at, steps = start, 0
        while words[at].head >= 0 and steps <= len(words):
            at, steps = words[at].head, steps + 1
        if words[at].head >= 0:
            words[at].head = next((i for i, w in enumerate(words) if w.head < 0), -1)
    return words


def texts(folder, path):
    """(training texts with gold trees, held-out texts with gold trees, the same with the network's own trees)."""
    documents = gum.documents(path)
    lemmas = (row[2] for _, sentences in documents for rows in sentences for row in rows)
    sentences = iter(encoded(folder, data.read(path), lemmas))
    held = {d for i, d in enumerate(sorted(d for d, _ in documents)) if i % 12 == 5}
    learnt, gold, own = [], [], []
    for name, rows in documents:
        vectors, guessed = zip(*(next(sentences) for _ in rows))
        text = Text(rows, [gum.words_of(r) for r in rows], vectors)
        (gold if name in held else learnt).append(text)
        if name in held:
            own.append(Text(rows, guessed, vectors))
    return learnt, gold, own


def learn(all, learnt, epochs, rng):
    """Train the heads, mentions by mentions, with the attributions of the same sentences."""
    parameters = [{"params": all[name].parameters(), "weight_decay": DECAY[name]} for name in all]
    optimiser = torch.optim.AdamW(parameters, lr=RATE)
    steps = [(t, first) for t in learnt for first in range(0, len(t.mentions), 64)]
    total, done, started = len(steps) * epochs, 0, time.process_time()
    for epoch in range(epochs):
        all.train()
        rng.shuffle(steps)
        sums = [0.0, 0.0]
        for text, first in steps:
            done += 1
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1, done / 200) * (1.02 - done / total)
            places = list(range(first, min(first + 64, len(text.mentions))))
            losses = coref_loss(all["coref"], text, places), quote_loss(all["quote"], text, sorted({text.mentions[j].sentence for j in places}))
            optimiser.zero_grad()
            sum(losses).backward()
            torch.nn.utils.clip_grad_norm_(all.parameters(), 1.0)
            optimiser.step()
            sums = [s + l.item() for s, l in zip(sums, losses)]
        print("epoch", epoch + 1, "losses", [round(s / len(steps), 3) for s in sums], "minutes", round((time.process_time() - started) / 60, 1), flush=True)


def report(all, learnt, gold, own):
    """Scores by gold trees and by the network's own, beside rules."""
    count = {}
    for t in learnt:
        for s, cues in t.quotes.items():
            for cue in cues:
                lemma = t.words[s][cue].lemma.lower()
                count[lemma] = count.get(lemma, 0) + 1
    rules = discourse_scores.quote_rules({lemma for lemma, n in count.items() if n >= 3})
    out = {"margin": MARGIN, "cue": CUE}
    for name, held in (("gold trees", gold), ("own trees", own)):
        out[name] = {
            "coreference": discourse_scores.coref(held, lambda t: resolve(all["coref"], t)),
            "coreference, no margin": discourse_scores.coref(held, lambda t: resolve(all["coref"], t, 0.0)),
            "coreference, rules": discourse_scores.coref(held, discourse_scores.chain_rules),
            "attribution": discourse_scores.attribution(held, lambda w, v: attribute(all["quote"], w, v)),
            "attribution, no margin": discourse_scores.attribution(held, lambda w, v: attribute(all["quote"], w, v, 0.0)),
            "attribution, rules": discourse_scores.attribution(held, rules),
        }
    return out


def parity(folder, sentences):
    """What the float heads find in sentences given as words: the words with their trees, the mentions with their chains, the attributions."""
    blank = lambda n: ["_"] * n
    lists = [data.Sentence("", "", False, s, blank(len(s)), blank(len(s)), blank(len(s)), [0] * len(s), blank(len(s)), blank(len(s)), None) for s in sentences]
    vectors, words = zip(*encoded(folder, lists, [form.lower() for s in sentences for form in s]))
    all, text = heads(), Text([], words, vectors)
    all.load_state_dict(torch.load(pathlib.Path(folder) / "discourse.pt"))
    found = sorted(resolve(all["coref"], text))
    chain_of = {i: number for number, chain in enumerate(found) for i in chain}
    fields = ("form", "upos", "xpos", "feats", "head", "deprel")
    return {
        "sentences": [[[getattr(w, field) for field in fields] for w in s] for s in words],
        "mentions": [[m.sentence, m.first, m.end, m.head, mentions.KINDS[m.kind], chain_of.get(i)] for i, m in enumerate(text.mentions)],
        "attributions": [[s, *found] for s, (w, v) in enumerate(zip(words, vectors)) for found in attribute(all["quote"], w, v)],
    }


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--run", required=True, help="folder of train.py with final.pt")
    arguments.add_argument("--data", default="../../shared/data", help="folder with ud/")
    arguments.add_argument("--epochs", type=int, default=10)
    arguments.add_argument("--seed", type=int, default=20261121)
    a = arguments.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(a.seed)
    learnt, gold, own = texts(a.run, f"{a.data}/ud/en_gum_by-train.conllu")
    print(len(learnt), "documents,", sum(len(t.mentions) for t in learnt), "mentions,", sum(len(q) for t in learnt for q in t.quotes.values()), "cues", flush=True)
    all = heads()
    learn(all, learnt, a.epochs, random.Random(a.seed))
    torch.save(all.state_dict(), pathlib.Path(a.run) / "discourse.pt")
    scores = report(all, learnt, gold, own)
    (pathlib.Path(a.run) / "discourse.json").write_text(json.dumps(scores, indent=1) + "\n")
    print(json.dumps(scores, indent=1))


if __name__ == "__main__":
    main()
