"""Train the reader of events: which words tell an event, and of what kind.

    python events.py --sketches ../target/release/examples/sketches --out ../data/weights/events.bin

It is an encoder of its own, MiniLM-L6 as it was published, all of whose layers learn here: that of the trees has forgotten, over trees, much of what
words mean (README.md). It learns from the project's own sentences (`events/*.txt`, `../crates/app/tests/events/dev*.txt`, never `held.txt`),
whose records say what they tell and often in which word, and from the examples of the codebook's pages. A record without its word is learnt by all words of the sentence together: one of them tells it. `--without NAMES`
leaves the sets of those names out. Seeded; about twenty minutes of one core.
"""

import argparse
import json
import pathlib
import random
import re
import subprocess
import tempfile
import time
from collections import Counter

import numpy
import torch
from torch import nn

import data
import export
import model
import names
import train

KINDS = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
LONGEST = 180
PASSES, BATCH, SEED = 5, 32, 0
# Of the encoder, of what reads it off.
RATES, DECAY = (2e-4, 1e-3), 0.02
# What the parts of the loss count.
FREE, PLAIN, OTHER = 0.5, 0.05, 0.3


def sentences_of(path, part):
    """The items of a set: date and agency, the text, and a record a line, `TYPE ACTORS > RECIPIENTS [planned] @ word`."""
    for block in re.split(r"\n\s*\n", pathlib.Path(path).read_text(encoding="utf-8")):
        head, _, rest = block.strip()[max(0, block.strip().find("### ")) :].partition("\n")
        lines = rest.split("\n")
        if head.startswith("### ") and len(lines) > 1:
            records = [r.partition(" @ ") for r in lines[1:]]
            kinds = [(r.split(" ")[0].split("/")[0], word.strip()) for r, _, word in records]
            yield {"part": part, "date": head[4:14], "text": lines[0], "records": [k for k in kinds if k[0] in KINDS]}


def examples_of(path):
    """The examples of a page: those that fire tell its type, the silent ones do not."""
    kind, fires = path.stem.upper(), None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line in ("Fires:", "Silent:"):
            fires = line == "Fires:"
        elif line.startswith(("#", "```")):
            fires = None
        elif line.startswith("- ") and fires is not None:
            yield {"part": "page", "page": kind, "date": "2010-01-01", "text": line[2:].split(" → ")[0].strip(), "records": [(kind, "")] if fires else []}


def gather(root, without):
    """All texts with what is known of them."""
    sets = sorted((root / "crates/app/tests/events").glob("dev*.txt")) + sorted((root / "training/events").glob("*.txt"))
    out = [text for path in sets if path.stem not in without for text in sentences_of(path, path.stem)]
    return out + [text for path in sorted((root / "data/codebook/en").glob("*.md")) for text in examples_of(path)]


def tells(tag):
    """Whether a word of this Penn tag may tell an event."""
    return tag[:1] == "V" or tag[:2] in ("NN", "JJ")


class Corpus:
    """The sentences of all texts, analysed by the program, with the input of the network for each."""

    def __init__(self, texts, sketches, encode):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "texts.jsonl"
            file.write_text("".join(json.dumps({"id": str(i), "published": t["date"], "text": t["text"]}) + "\n" for i, t in enumerate(texts)), encoding="utf-8")
            lines = subprocess.run([sketches, file], check=True, stdout=subprocess.PIPE).stdout.decode().splitlines()
        self.texts, self.sentences = texts, [json.loads(line) for line in lines]
        self.alone = Counter(s["document"] for s in self.sentences)
        for s in self.sentences:
            words, blank = s["words"][:LONGEST], ["_"] * min(LONGEST, len(s["words"]))
            s["words"], s["tags"] = words, s["tags"][:LONGEST]
            s["item"] = encode(data.Sentence("", "", False, words, blank, blank, blank, [0] * len(words), blank, blank, None))

    def words_told(self, s):
        """Of a sentence the words known to tell a record, with its kind, and the kinds whose word is not known."""
        told, open_kinds = {}, []
        for kind, word in self.texts[int(s["document"])]["records"]:
            at = [k for k, form in enumerate(s["words"]) if form == word and k not in told] if word else []
            if at:
                told[at[0]] = kind
            elif not word or self.alone[s["document"]] == 1:
                open_kinds.append(kind)
        for at, kind in s["told"]:
            if at < LONGEST and at not in told and kind in open_kinds:
                told[at] = kind
                open_kinds.remove(kind)
        return told, open_kinds


class Tellers(nn.Module):
    """Logits (B, W, 17) of each word for no event and each kind. The tables of the encoder stay as they are, its layers learn."""

    def __init__(self, network):
        super().__init__()
        self.tables = network
        self.layers, self.last_norm = network.layers, nn.LayerNorm(model.HIDDEN, eps=1e-12)
        self.out, self.dropout = nn.Linear(model.HIDDEN, len(KINDS) + 1), nn.Dropout(0.2)
        nn.init.normal_(self.out.weight, std=0.02)

    def forward(self, batch):
        with torch.no_grad():
            tables, places = self.tables, self.tables.positions.weight[: batch["ids"].shape[1]]
            x = tables.norm(tables.words(batch["ids"]) + places + tables.kinds)
        bias = torch.zeros_like(batch["mask"], dtype=x.dtype).masked_fill(~batch["mask"], -1e4)[:, None, None, :]
        with torch.autocast("cpu", torch.bfloat16):
            for layer in self.layers:
                x = layer(x, bias)
        return self.out(self.dropout(self.last_norm(model.pool(x.float(), batch["owner"], batch["words"])[:, 1:])))


def loss_of(tellers, corpus, chosen):
    sure, total = torch.log_softmax(tellers(train.collate([s["item"] for s in chosen])), -1), 0.0
    for row, s in enumerate(chosen):
        text, own = corpus.texts[int(s["document"])], sure[row, : len(s["words"])]
        may = torch.tensor([tells(tag) for tag in s["tags"]])
        total = total - PLAIN * (own[:, 0] * ~may).sum()
        if corpus.alone[s["document"]] > 1 and not all(word for _, word in text["records"]):
            continue
        told, open_kinds = corpus.words_told(s)
        for at, kind in told.items():
            total = total - own[at, KINDS.index(kind) + 1]
        rest = may.clone()
        rest[list(told)] = False
        for kind in open_kinds:
            if rest.any():
                total = total - torch.logsumexp(own[rest][:, KINDS.index(kind) + 1], 0).clamp(max=0)
        present, page = {kind for kind, _ in text["records"]}, text.get("page")
        absent = [k + 1 for k, kind in enumerate(KINDS) if kind not in present and page in (None, kind)]
        if absent:
            total = total - FREE * torch.log1p(-own[:, absent].exp().sum(-1).clamp(max=0.999))[may].sum()
        if page is None and not open_kinds:
            total = total - OTHER * (own[:, 0] * rest).sum()
    return total / len(chosen)


def train_tellers(corpus, network):
    tellers, rng, started = Tellers(network), random.Random(SEED), time.time()
    read_off = [*tellers.last_norm.parameters(), *tellers.out.parameters()]
    optimiser = torch.optim.AdamW([{"params": tellers.layers.parameters()}, {"params": read_off}], weight_decay=DECAY)
    sentences = corpus.sentences
    steps, done = PASSES * -(-len(sentences) // BATCH), 0
    tellers.train()
    for number in range(PASSES):
        order = sorted(sentences, key=lambda s: len(s["words"]) + rng.random() * 8)
        batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        rng.shuffle(batches)
        total = 0.0
        for chosen in batches:
            done += 1
            for group, rate in zip(optimiser.param_groups, RATES):
                group["lr"] = rate * min(1, done / 60) * max(0.02, 1 - done / steps)
            loss = loss_of(tellers, corpus, chosen)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_([*tellers.layers.parameters(), *read_off], 1.0)
            optimiser.step()
            total += loss.item()
        print("pass", number + 1, "loss", round(total / len(batches), 3), "after", round(time.time() - started), "s", flush=True)
    return tellers.eval()


def tensors(tellers, kept):
    """What the program reads: names as in `crates/nlp/src/network/encoder.rs` and `tellers.rs`; `kept` are the pieces that it knows."""
    state = {name: tensor for name, tensor in tellers.tables.state_dict().items() if not name.startswith("heads.")}
    state |= {name: tensor for name, tensor in tellers.state_dict().items() if name.startswith(("last_norm.", "out."))}
    state["words.weight"] = state["words.weight"][kept]
    return {name: tensor.float().numpy() for name, tensor in state.items()}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--weights", default="../data/weights/en.bin", help="the weights of the trees, for the vocabulary")
    arguments.add_argument("--sketches", default="../target/release/examples/sketches", help="the example `sketches` of chancery, built")
    arguments.add_argument("--out", default="../data/weights/events.bin")
    arguments.add_argument("--without", nargs="*", default=[], help="sets that are not learnt from: dev, dev2, or files of events/")
    arguments.add_argument("--threads", type=int, default=1, help="more wait for each other where the cores are busy")
    a = arguments.parse_args()
    torch.manual_seed(SEED)
    torch.set_num_threads(a.threads)
    vocabulary, weights = train.base_weights()
    header, _ = export.read_file(a.weights)
    gazetteer = names.Gazetteer(header["lists"])
    network = model.Network(len(vocabulary), len(data.SHAPES), gazetteer.size, {k: len(v) for k, v in header["labels"].items()})
    model.load_base(network, weights)
    texts = gather(pathlib.Path(__file__).resolve().parent.parent, a.without)
    print(dict(Counter(t["part"] for t in texts)), flush=True)
    corpus = Corpus(texts, a.sketches, train.Encoder(vocabulary, header["labels"], gazetteer))
    tellers = train_tellers(corpus, network)
    kept = [vocabulary[piece] for piece in header["vocabulary"]]
    export.write_file(a.out, tensors(tellers, kept), {"labels": {"events": KINDS}, "attention_heads": model.ATTENTION_HEADS})


if __name__ == "__main__":
    main()
