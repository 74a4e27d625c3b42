"""Train the classifier of sentences into irrelevant and the four quad classes on the finished encoder, and measure it by five folds:

    python quadclass.py --run run --data ../../shared/data --analyser ../target/release/examples/evaluate

The encoder stays as it is. Two judges read a sentence: a reader (a small transformer layer over the word vectors of four of the encoder's
layers) and a linear model of hashed n-grams; a third, linear in what these two say, makes the probabilities. Hyperparameters and the third
judge are learnt on a part of the training folds. Everything that is done is kept in run/quadclass/ and not done again. Writes run/quadclass.pt
(judges of all the data), run/quadclass.json, and prints a Markdown table.
"""

import argparse
import dataclasses
import json
import pathlib
import random
import subprocess
import time
import warnings

import numpy
import torch
from torch import nn
from torch.nn import functional as F

import data
import model
import names
import quadclass_data as corpus
import train

LAYERS, WIDTH, HEADS, QUERIES = (0, 2, 4, 6), 128, 4, 8
CLASSES = len(corpus.CLASSES)
PROTOCOLS = ("plain", "grouped")
FOLDS = 5


@dataclasses.dataclass(frozen=True)
class Recipe:
    """Hyperparameters of a reader: dropout, label smoothing, weight of the irrelevant sentences that have no class."""

    dropout: float
    smoothing: float
    extra: float
    passes: int = 6
    rate: float = 1e-3
    decay: float = 0.05


RECIPES = (Recipe(0.3, 0.0, 0.0), Recipe(0.4, 0.1, 0.1))
# Inverse strengths of the squared penalty of the linear model of n-grams.
STRENGTHS = (1.0, 4.0)
# Penalty of the third judge's weights.
PENALTY = 3.0


class Reader(nn.Module):
    """Logits (B, 6) of a sentence, five classes and relevance, from its word vectors (layers, B, W, HIDDEN): one transformer layer (pre-norm), eight learnt queries and the maximum."""

    def __init__(self, dropout):
        super().__init__()
        self.project = nn.Linear(len(LAYERS) * model.HIDDEN, WIDTH)
        self.layer = nn.TransformerEncoderLayer(WIDTH, HEADS, 2 * WIDTH, dropout, lambda x: F.gelu(x, approximate="tanh"), batch_first=True, norm_first=True)
        self.norm = nn.LayerNorm(WIDTH)
        self.queries = nn.Linear(WIDTH, QUERIES)
        self.out = nn.Linear((QUERIES + 1) * WIDTH, CLASSES + 1)
        nn.init.normal_(self.out.weight, std=0.01)
        self.dropout = nn.Dropout(dropout)

    def forward(self, vectors, mask):
        x = vectors.permute(1, 2, 0, 3).flatten(2)
        if self.training:  # the same inputs are hidden in all the words of a sentence
            x = x * ((torch.rand(x.shape[0], 1, x.shape[2]) > 0.2) / 0.8).to(x.dtype)
        x = self.norm(self.layer(self.project(x), src_key_padding_mask=~mask))
        hidden = ~mask[..., None]
        weights = torch.softmax(self.queries(x).float().masked_fill(hidden, -1e4), 1).to(x.dtype)
        pooled = (weights.transpose(1, 2) @ x).flatten(1)
        return self.out(self.dropout(torch.cat([pooled, x.masked_fill(hidden, -1e4).amax(1)], -1))).float()


class Sentences:
    """All rows, with the number of each one's text and the vectors of the texts: `states` (layers, words of all texts, HIDDEN), standardised."""

    def __init__(self, rows, texts, parts, states, starts):
        self.rows, self.text = rows, [texts[r.text] for r in rows]
        self.mean = states[:, ::11].float().mean(1, keepdim=True)
        self.deviation = states[:, ::11].float().std(1, keepdim=True)
        self.states = torch.cat([((s.float() - m) / d).bfloat16()[None] for s, m, d in zip(states, self.mean, self.deviation)])
        self.starts, self.grams = starts, corpus.hashed(parts)
        self.quad = numpy.array([-1 if r.quad is None else r.quad for r in rows])
        self.relevant = numpy.array([r.relevant for r in rows])
        self.allowed = torch.tensor([[c in r.allowed for c in range(CLASSES)] for r in rows])
        strata = [r.quad if r.quad is not None else 5 + r.relevant for r in rows]
        self.folds = {}
        for name, groups in zip(PROTOCOLS, (range(len(rows)), corpus.duplicates([r.text for r in rows]))):
            self.folds[name] = numpy.array(corpus.folds(list(groups), strata, seed=1, count=FOLDS))

    def size(self, row):
        return self.starts[self.text[row] + 1] - self.starts[self.text[row]]

    def batch(self, rows):
        width = max(map(self.size, rows))
        vectors = torch.zeros(len(LAYERS), len(rows), width, model.HIDDEN, dtype=torch.bfloat16)
        mask = torch.zeros(len(rows), width, dtype=torch.bool)
        for i, row in enumerate(rows):
            first = self.starts[self.text[row]]
            vectors[:, i, : self.size(row)] = self.states[:, first : first + self.size(row)]
            mask[i, : self.size(row)] = True
        return vectors, mask

    def batches(self, rows, size, rng):
        order = sorted(rows, key=lambda r: self.size(r) + rng.random() * 6)
        groups = [order[i : i + size] for i in range(0, len(order), size)]
        rng.shuffle(groups)
        return groups


def read_words(path):
    """The words of each text, from the CoNLL-U of the program's own analysis."""
    out = {}
    for s in data.read(path):
        out.setdefault(int(s.doc), []).extend(s.forms)
    return [out.get(i, ["."])[: corpus.LONGEST] for i in range(max(out) + 1)]


@torch.no_grad()
def encode(folder, sentences):
    """The vectors of all words (root first) after each of LAYERS, float16, and where each sentence starts."""
    run = torch.load(folder / "final.pt", weights_only=False)
    vocabulary, _ = train.base_weights()
    labels, gazetteer = run["labels"], names.Gazetteer(run["lists"])
    network = model.Network(len(vocabulary), len(data.SHAPES), gazetteer.size, {k: len(v) for k, v in labels.items()})
    network.load_state_dict(run["network"])
    network.eval()
    item, blank = train.Encoder(vocabulary, labels, gazetteer), lambda n: ["_"] * n
    items = [item(data.Sentence("", "", False, s, *[blank(len(s))] * 3, [0] * len(s), *[blank(len(s))] * 2, None)) for s in sentences]
    starts = numpy.cumsum([0] + [len(s) + 1 for s in sentences]).tolist()
    states = torch.zeros(len(LAYERS), starts[-1], model.HIDDEN, dtype=torch.float16)
    order = sorted(range(len(items)), key=lambda i: items[i]["size"])
    for first in range(0, len(order), 32):
        chosen = order[first : first + 32]
        batch = train.collate([items[i] for i in chosen])
        x = network.words(batch["ids"]) + network.positions.weight[: batch["ids"].shape[1]] + network.kinds
        x = network.norm(x + network.shapes(batch["shapes"]) + network.lists(batch["lists"]))
        bias = torch.zeros_like(batch["mask"], dtype=x.dtype).masked_fill(~batch["mask"], -1e4)[:, None, None, :]
        for depth in range(max(LAYERS) + 1):
            x = network.layers[depth - 1](x, bias) if depth else x
            if depth in LAYERS:
                for row, i in zip(model.pool(x, batch["owner"], batch["words"]), chosen):
                    states[LAYERS.index(depth), starts[i] : starts[i + 1]] = row[: starts[i + 1] - starts[i]].half()
    return states, starts


def load(folder, source, analyser, work):
    """The Sentences, analysed and encoded once."""
    rows = corpus.read(source)
    texts = {text: i for i, text in enumerate(dict.fromkeys(r.text for r in rows))}
    analysed, encoded = work / "words.conllu", work / "states.pt"
    if not analysed.exists():
        lines = (json.dumps({"id": str(i), "text": text}) + "\n" for text, i in texts.items())
        (work / "texts.jsonl").write_text("".join(lines), encoding="utf-8")
        analysed.write_bytes(subprocess.run([analyser, work / "texts.jsonl"], check=True, stdout=subprocess.PIPE).stdout)
    sentences = read_words(analysed)
    if not encoded.exists():
        torch.save(encode(folder, sentences), encoded)
    parts = [[p for w in s for p in data.normalise(w)] for s in sentences]
    return Sentences(rows, texts, parts, *torch.load(encoded))


def train_reader(sentences, learnt, recipe, seed):
    """A reader of the rows `learnt`: cross entropy of what the labels allow, and of relevance."""
    torch.manual_seed(seed)
    rng, reader = random.Random(seed), Reader(recipe.dropout)
    optimiser = torch.optim.AdamW(reader.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    total, done = recipe.passes * -(-len(learnt) // 32), 0
    quad, relevant = torch.tensor(sentences.quad), torch.tensor(sentences.relevant)
    weight = torch.where(quad >= 0, 1.0, torch.where(relevant, 0.5, recipe.extra))
    for _ in range(recipe.passes):
        reader.train()
        for rows in sentences.batches(learnt, 32, rng):
            done += 1
            for group in optimiser.param_groups:
                group["lr"] = recipe.rate * min(1, done / 100) * (1.001 - done / total)
            with torch.autocast("cpu", torch.bfloat16):
                logits = reader(*sentences.batch(rows))
            sure = torch.log_softmax(logits[:, :CLASSES], -1)
            loss = -sure.masked_fill(~sentences.allowed[rows], -1e4).logsumexp(-1)
            loss = (1 - recipe.smoothing) * loss - recipe.smoothing * sure.mean(-1)
            loss = (weight[rows] * loss).sum() / weight[rows].sum().clamp(min=1)
            loss = loss + F.binary_cross_entropy_with_logits(logits[:, CLASSES], relevant[rows].float())
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
            optimiser.step()
    return reader.eval()


@torch.no_grad()
def read_rows(reader, sentences, rows):
    """Logits of the rows, in order."""
    out = torch.zeros(len(rows), CLASSES + 1)
    order = sorted(range(len(rows)), key=lambda i: sentences.size(rows[i]))
    for first in range(0, len(order), 64):
        chosen = order[first : first + 64]
        with torch.autocast("cpu", torch.bfloat16):
            out[chosen] = reader(*sentences.batch([rows[i] for i in chosen]))
    return out


def matrix(sentences, rows, idf):
    """The n-grams of the rows, weighted by how rare they are and brought to length one, as a sparse matrix."""
    pointers, columns, values = [0], [], []
    for row in rows:
        places, counts = sentences.grams[sentences.text[row]]
        weighted = counts * idf[places]
        columns.append(places)
        values.append(weighted / max(1e-9, float(numpy.sqrt((weighted**2).sum()))))
        pointers.append(pointers[-1] + len(places))
    parts = torch.tensor(pointers), torch.tensor(numpy.concatenate(columns)), torch.tensor(numpy.concatenate(values))
    return torch.sparse_csr_tensor(*parts, size=(len(rows), corpus.BUCKETS), dtype=torch.float32)


def rarity(sentences, rows):
    """The inverse document frequency of each bucket."""
    seen = numpy.zeros(corpus.BUCKETS, dtype=numpy.float32)
    for row in rows:
        seen[sentences.grams[sentences.text[row]][0]] += 1
    return numpy.log((1 + len(rows)) / (1 + seen)) + 1


def descend(parameters, loss, steps=60):
    """Minimise a smooth loss by L-BFGS."""
    optimiser = torch.optim.LBFGS(parameters, max_iter=steps, history_size=8, line_search_fn="strong_wolfe")

    def closure():
        optimiser.zero_grad()
        value = loss()
        value.backward()
        return value

    optimiser.step(closure)


def train_linear(sentences, learnt, strength):
    """(idf, weights, bias) of two logistic regressions over n-grams: five classes, on rows that have one; relevance, on all."""
    idf, parts = rarity(sentences, learnt), []
    classed = [r for r in learnt if sentences.quad[r] >= 0]
    for rows, outputs, gold in (classed, CLASSES, torch.tensor(sentences.quad)), (learnt, 1, torch.tensor(sentences.relevant).float()):
        x, gold = matrix(sentences, rows, idf), gold[rows]
        weights, bias = torch.zeros(corpus.BUCKETS, outputs, requires_grad=True), torch.zeros(outputs, requires_grad=True)
        fit = (lambda z: F.cross_entropy(z, gold, reduction="sum")) if outputs > 1 else (lambda z: F.binary_cross_entropy_with_logits(z[:, 0], gold, reduction="sum"))
        descend([weights, bias], lambda: (strength * fit(x @ weights + bias) + weights.square().sum() / 2) / len(rows))
        parts.append((weights.detach(), bias.detach()))
    return idf, torch.cat([w for w, _ in parts], 1), torch.cat([b for _, b in parts])


def read_linear(judge, sentences, rows):
    idf, weights, bias = judge
    return matrix(sentences, rows, idf) @ weights + bias


def said(reader, linear):
    """What the third judge reads: log-probabilities of five classes and the logit of relevance, of both."""
    return torch.cat([torch.cat([torch.log_softmax(z[:, :CLASSES], -1), z[:, CLASSES:]], -1) for z in (reader, linear)], -1)


def train_third(evidence, quad, relevant):
    """(weights, bias) of the third judge: five classes, then relevance; pulled towards the mean of the two judges."""
    halves = torch.cat([torch.eye(CLASSES + 1)] * 2) / 2
    change, bias = torch.zeros_like(halves, requires_grad=True), torch.zeros(CLASSES + 1, requires_grad=True)
    scale = torch.ones(2, requires_grad=True)
    quad, relevant = torch.tensor(quad), torch.tensor(relevant).float()
    classed = quad >= 0

    def weights():
        return halves * torch.cat([scale[:1].expand(CLASSES), scale[1:]]) + change

    def loss():
        z = evidence @ weights() + bias
        fit = F.cross_entropy(z[classed, :CLASSES], quad[classed], reduction="sum") + F.binary_cross_entropy_with_logits(z[:, CLASSES], relevant, reduction="sum")
        return (fit + PENALTY * change.square().sum()) / len(evidence)

    descend([change, bias, scale], loss)
    return weights().detach(), bias.detach()


def kept(path, make):
    """What `make` gives, made once."""
    if not path.exists():
        value = make()
        torch.save(value, path.with_suffix(".part"))
        path.with_suffix(".part").rename(path)
    return torch.load(path, weights_only=False)


def choose(sentences, learnt, judged, at, seed):
    """The best recipe and strength by macro-F1 on `judged`, and the logits of both there."""
    gold = sentences.quad[judged]
    score = lambda z: corpus.macro_f1(gold[gold >= 0], z[gold >= 0, :CLASSES].argmax(-1).numpy(), CLASSES)[0]
    reader = lambda recipe: read_rows(train_reader(sentences, learnt, recipe, seed), sentences, judged)
    readers = [kept(at.with_name(f"{at.name}-reader{i}.pt"), lambda recipe=recipe: reader(recipe)) for i, recipe in enumerate(RECIPES)]
    linears = [kept(at.with_name(f"{at.name}-linear{i}.pt"), lambda s=s: read_linear(train_linear(sentences, learnt, s), sentences, judged)) for i, s in enumerate(STRENGTHS)]
    best, strong = (max(range(len(all)), key=lambda i: score(all[i])) for all in (readers, linears))
    return best, strong, readers[best], linears[strong]


def measure(sentences, protocol, work, seeds):
    """Logits of every row by judges that did not see its fold: reader, linear, third; and what was chosen."""
    fold, out, chosen = sentences.folds[protocol], torch.zeros(3, len(sentences.rows), CLASSES + 1), []
    for k in range(FOLDS):
        started = time.time()
        inner, judged = ([int(r) for r in numpy.where(where)[0]] for where in ((fold != k) & (fold != (k + 1) % FOLDS), fold == (k + 1) % FOLDS))
        learnt, tested = ([int(r) for r in numpy.where(where)[0]] for where in (fold != k, fold == k))
        at = work / f"{protocol}{k}"
        best, strong, reader, linear = choose(sentences, inner, judged, at, seed=k)
        third = train_third(said(reader, linear), sentences.quad[judged], sentences.relevant[judged])
        one = lambda seed: read_rows(train_reader(sentences, learnt, RECIPES[best], seed), sentences, tested)
        reader = torch.stack([kept(at.with_name(f"{at.name}-seed{seed}-{best}.pt"), lambda: one(seed)) for seed in seeds]).mean(0)
        linear = kept(at.with_name(f"{at.name}-linear-{strong}.pt"), lambda: read_linear(train_linear(sentences, learnt, STRENGTHS[strong]), sentences, tested))
        out[0, tested], out[1, tested], out[2, tested] = reader, linear, said(reader, linear) @ third[0] + third[1]
        chosen.append((best, strong))
        print(protocol, "fold", k + 1, scores(sentences, out[2], tested)["macro"], "recipe", best, "strength", strong, "seconds", round(time.time() - started), flush=True)
    return out, chosen


def scores(sentences, logits, rows):
    """The figures of some logits on some rows, rounded."""
    rows = numpy.array(rows)
    quad, relevant = sentences.quad[rows], sentences.relevant[rows]
    classed = quad >= 0
    sure = torch.softmax(logits[rows][classed, :CLASSES], -1).numpy()
    macro, each = corpus.macro_f1(quad[classed], sure.argmax(1), CLASSES)
    yes = torch.sigmoid(logits[rows][:, CLASSES]).numpy()
    both, (_, found) = corpus.macro_f1(relevant, yes > 0.5, 2)
    return {
        "macro": round(macro, 4), "accuracy": round(float((sure.argmax(1) == quad[classed]).mean()), 4), "each": [round(f, 3) for f in each],
        "calibration error": round(corpus.calibration_error(sure, quad[classed]), 4), "relevance F1": round(found, 4), "relevance accuracy": round(float(((yes > 0.5) == relevant).mean()), 4),
        "relevance macro-F1": round(both, 4), "relevance calibration error": round(corpus.calibration_error(numpy.stack([1 - yes, yes], 1), relevant), 4),
    }


def markdown(figures):
    """The table of the model card."""
    yield "| folds | judge | macro-F1 | " + " | ".join(corpus.CLASSES) + " | accuracy | ECE | relevance F1 | accuracy | macro-F1 | ECE |"
    yield "|---" * 14 + "|"
    for protocol, judges in figures.items():
        for judge, s in judges.items():
            cells = [s["macro"], *s["each"], s["accuracy"], s["calibration error"]]
            cells += [s[f"relevance {name}"] for name in ("F1", "accuracy", "macro-F1", "calibration error")]
            yield f"| {protocol} | {judge} | " + " | ".join(f"{100 * c:.1f}" for c in cells) + " |"


def final(sentences, evidence, chosen, seeds):
    """The judges of all the data: recipe and strength that the folds chose most, the third learnt on what the judges of the folds said."""
    best, strong = (max(sorted(set(c)), key=list(c).count) for c in zip(*chosen))
    everything = list(range(len(sentences.rows)))
    readers = [train_reader(sentences, everything, RECIPES[best], seed).state_dict() for seed in seeds]
    third = train_third(said(evidence[0], evidence[1]), sentences.quad, sentences.relevant)
    return {
        "classes": corpus.CLASSES, "layers": LAYERS, "mean": sentences.mean, "deviation": sentences.deviation, "readers": readers,
        "linear": train_linear(sentences, everything, STRENGTHS[strong]), "third": third, "recipe": dataclasses.asdict(RECIPES[best]),
    }


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--run", required=True, help="folder of train.py with final.pt")
    arguments.add_argument("--data", default="../../shared/data", help="folder with un_quadclass/")
    arguments.add_argument("--analyser", default="../target/release/examples/evaluate", help="the example `evaluate` of chancery-nlp, built")
    arguments.add_argument("--work", help="folder of what is kept between runs; run/quadclass if not given")
    arguments.add_argument("--protocol", choices=PROTOCOLS, help="only this one, and no final judges")
    arguments.add_argument("--seeds", type=int, default=2, help="how many readers are averaged")
    a = arguments.parse_args()
    torch.set_num_threads(1)
    torch.backends.mha.set_fastpath_enabled(False)
    warnings.filterwarnings("ignore", message="Sparse")
    folder = pathlib.Path(a.run)
    work = pathlib.Path(a.work or folder / "quadclass")
    work.mkdir(parents=True, exist_ok=True)
    sentences = load(folder, f"{a.data}/un_quadclass", a.analyser, work)
    seeds, everything = range(100, 100 + a.seeds), range(len(sentences.rows))
    print(len(sentences.rows), "rows,", int((sentences.quad >= 0).sum()), "with one class", flush=True)
    figures = {}
    for protocol in [a.protocol] if a.protocol else PROTOCOLS:
        evidence, chosen = measure(sentences, protocol, work, seeds)
        figures[protocol] = {name: scores(sentences, z, everything) for name, z in zip(("reader", "n-grams", "third"), evidence)}
    print("\n".join(markdown(figures)))
    if not a.protocol:
        torch.save(final(sentences, evidence, chosen, seeds), folder / "quadclass.pt")
        (folder / "quadclass.json").write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
