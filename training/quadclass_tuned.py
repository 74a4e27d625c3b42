"""Measure a mixture on the quad classes by five folds: a published encoder, all of it fine-tuned on the rows, beside word counts, with equal say.

    python quadclass_tuned.py --data ../../shared/data --work run/quadclass-tuned

It is measured only: the program has no use for a second encoder of 23 million numbers that reads resolutions. What is done is kept in the work
folder and not done again; `--fold N` does one fold alone, so that several may run side by side. Takes about six processor-minutes a fold.
"""

import argparse
import pathlib
import random
import re
import types
import warnings

import numpy
import torch
from torch import nn
from torch.nn import functional as F

import data
import export
import model
import names
import quadclass
import quadclass_data as corpus
import train

PASSES, BATCH, LONGEST, STRENGTH = 4, 32, 110, 4.0


class Tuned(nn.Module):
    """Logits (B, 5) of sentences, by the first word piece, the mean and the maximum after the last layer; word and place embeddings stay as they are."""

    def __init__(self, network):
        super().__init__()
        self.network, self.layers = [network], network.layers
        self.norm, self.dropout, self.out = nn.LayerNorm(model.HIDDEN), nn.Dropout(0.2), nn.Linear(3 * model.HIDDEN, quadclass.CLASSES)
        nn.init.normal_(self.out.weight, std=0.02)

    def forward(self, batch):
        network, mask = self.network[0], batch["mask"]
        x = network.norm(network.words(batch["ids"]) + network.positions.weight[: batch["ids"].shape[1]] + network.kinds).detach()
        bias = torch.zeros_like(mask, dtype=x.dtype).masked_fill(~mask, -1e4)[:, None, None, :]
        with torch.autocast("cpu", torch.bfloat16):
            for layer in self.layers:
                x = layer(x, bias)
        x, mask = self.norm(x.float()), mask[..., None]
        pooled = torch.cat([x[:, 0], (x * mask).sum(1) / mask.sum(1), x.masked_fill(~mask, -1e4).amax(1)], -1)
        return self.out(self.dropout(pooled))


def encoder(weights):
    """A network with the weights that all-MiniLM-L6-v2 was published with, and what makes its inputs; labels and names of `weights` give it its form only."""
    header, _ = export.read_file(weights)
    vocabulary, base = train.base_weights()
    gazetteer = names.Gazetteer(header["lists"])
    network = model.Network(len(vocabulary), len(data.SHAPES), gazetteer.size, {k: len(v) for k, v in header["labels"].items()})
    model.load_base(network, base)
    return network, train.Encoder(vocabulary, header["labels"], gazetteer)


def tokens(text):
    return re.findall(r"\w+|[^\w\s]", text)[:LONGEST]


def item(encode, text):
    words = tokens(text)
    blank = ["_"] * len(words)
    return encode(data.Sentence("", "", False, words, blank, blank, blank, [0] * len(words), blank, blank, None))


def tune(weights, rows, learnt, tested, seed):
    """Probabilities (rows, 5) of the tested rows by an encoder that is tuned on the learnt ones."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    network, encode = encoder(weights)
    items = {i: item(encode, rows[i].text) for i in [*learnt, *tested]}
    tuned = Tuned(network)
    groups = [(tuned.layers.parameters(), 1e-4), ([*tuned.norm.parameters(), *tuned.out.parameters()], 1e-3)]
    optimiser = torch.optim.AdamW([{"params": p, "rate": rate} for p, rate in groups], weight_decay=0.02)
    steps, done = PASSES * -(-len(learnt) // BATCH), 0
    for _ in range(PASSES):
        tuned.train()
        order = sorted(learnt, key=lambda i: items[i]["size"] + rng.random() * 8)
        batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        rng.shuffle(batches)
        for chosen in batches:
            done += 1
            for group in optimiser.param_groups:
                group["lr"] = group["rate"] * min(1, done / 60) * max(0.02, 1 - done / steps)
            gold = torch.tensor([rows[i].quad for i in chosen])
            loss = F.cross_entropy(tuned(train.collate([items[i] for i in chosen])), gold, label_smoothing=0.1)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(tuned.parameters(), 1.0)
            optimiser.step()
    tuned.eval()
    out = torch.zeros(len(tested), quadclass.CLASSES)
    order = sorted(range(len(tested)), key=lambda k: items[tested[k]]["size"])
    with torch.no_grad():
        for first in range(0, len(order), BATCH):
            chosen = order[first : first + BATCH]
            out[chosen] = torch.softmax(tuned(train.collate([items[tested[k]] for k in chosen])), -1)
    return out


def counted(rows, learnt, tested):
    """Probabilities of the tested rows by the linear judge of n-grams."""
    parts = [[p for word in tokens(row.text) for p in data.normalise(word)] for row in rows]
    sentences = types.SimpleNamespace(
        grams=corpus.hashed(parts), text=list(range(len(rows))), quad=numpy.array([row.quad for row in rows]), relevant=numpy.array([row.relevant for row in rows])
    )
    judge = quadclass.train_linear(sentences, learnt, STRENGTH)
    return torch.softmax(quadclass.read_linear(judge, sentences, tested)[:, : quadclass.CLASSES], -1)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", default="../../shared/data", help="folder with un_quadclass/")
    arguments.add_argument("--weights", default="../data/weights/en.bin", help="weights that export.py wrote")
    arguments.add_argument("--work", default="run/quadclass-tuned", help="folder of what is kept between runs")
    arguments.add_argument("--fold", type=int, help="do this fold alone, 0 to 4, and print nothing of the others")
    arguments.add_argument("--seeds", type=int, default=1, help="how many encoders are averaged")
    a = arguments.parse_args()
    torch.set_num_threads(1)
    warnings.filterwarnings("ignore", message="Sparse")
    work = pathlib.Path(a.work)
    work.mkdir(parents=True, exist_ok=True)
    rows = [row for row in corpus.read(f"{a.data}/un_quadclass") if row.quad is not None]
    fold = numpy.array(corpus.folds(list(range(len(rows))), [row.quad for row in rows], seed=1, count=quadclass.FOLDS))
    gold, told = numpy.array([row.quad for row in rows]), torch.zeros(3, len(rows), quadclass.CLASSES)
    asked = range(quadclass.FOLDS) if a.fold is None else [a.fold]
    for k in asked:
        learnt, tested = ([int(r) for r in numpy.where(where)[0]] for where in (fold != k, fold == k))
        seeds = [quadclass.kept(work / f"tuned{k}-{seed}.pt", lambda: tune(a.weights, rows, learnt, tested, seed)) for seed in range(1, a.seeds + 1)]
        told[0, tested] = torch.stack([p.clamp(min=1e-6).log() for p in seeds]).mean(0)
        told[1, tested] = quadclass.kept(work / f"counted{k}.pt", lambda: counted(rows, learnt, tested)).clamp(min=1e-6).log()
        told[2, tested] = (told[0, tested] + told[1, tested]) / 2
    judged = numpy.isin(fold, list(asked))
    print("| judge | macro-F1 | " + " | ".join(corpus.CLASSES) + " |\n" + "|---" * 7 + "|")
    for name, logits in zip(("tuned encoder", "n-grams", "both"), told):
        macro, each = corpus.macro_f1(gold[judged], logits[judged].argmax(-1).numpy(), quadclass.CLASSES)
        print(f"| {name} | " + " | ".join(f"{100 * f:.1f}" for f in (macro, *each)) + " |", flush=True)


if __name__ == "__main__":
    main()
