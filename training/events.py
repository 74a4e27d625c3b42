"""Train the reader of events on the finished encoder: which words tell an event, and of what kind.

    python events.py --run run --data ../../shared/data --sketches ../target/release/examples/sketches --out ../data/weights/events.bin

The encoder stays as it is: a small transformer layer reads the word vectors of three of its layers. It learns from the project's own
sentences (`events/*.txt`, `../crates/app/tests/events/dev*.txt`, never `held.txt`), whose records say what they tell and often in which word;
from the examples of the codebook's pages; and, with little weight, from what the pages find in readouts and in the sentences of UN QuadClass,
whose own labels a second head learns. A record without its word is learnt by all words of the sentence together: one of them tells it.
`--without NAME` leaves the set of that name out and writes nothing but run/events-NAME.pt, for `event_scores.py`.
"""

import argparse
import json
import pathlib
import random
import re
import subprocess
from collections import Counter

import numpy
import torch
from torch import nn
from torch.nn import functional as F

import export
import model
import quadclass
import quadclass_data

KINDS = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
LAYERS, WIDTH, HEADS, LONGEST = (0, 3, 6), 128, 4, 180
PASSES, RATE, DECAY, BATCH, SEED = 5, 1e-3, 0.05, 32, 0
SILVER_UN, SILVER_READOUTS = 4000, 180
# What the parts of the loss count.
FREE, PLAIN, OTHER, SILVER, QUIET, QUAD = 0.5, 0.05, 0.3, 0.3, 0.03, 0.5


class Tellers(nn.Module):
    """Logits (B, W, 17) of each word for no event and each kind, and (B, 6) of the sentence for the quad classes and relevance."""

    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(len(LAYERS) * model.HIDDEN, WIDTH)
        self.layer = nn.TransformerEncoderLayer(WIDTH, HEADS, 2 * WIDTH, 0.2, lambda x: F.gelu(x, approximate="tanh"), batch_first=True, norm_first=True)
        self.last_norm = nn.LayerNorm(WIDTH)
        self.out, self.dropout = nn.Linear(WIDTH, len(KINDS) + 1), nn.Dropout(0.3)
        self.queries, self.quad = nn.Linear(WIDTH, 8), nn.Linear(9 * WIDTH, 6)

    def forward(self, x, mask):
        if self.training:  # the same inputs are hidden in all the words of a sentence
            x = x * ((torch.rand(x.shape[0], 1, x.shape[2]) > 0.2) / 0.8)
        x = self.last_norm(self.layer(self.hidden(x), src_key_padding_mask=~mask))
        hidden = ~mask[..., None]
        weights = torch.softmax(self.queries(x).masked_fill(hidden, -1e4), 1)
        pooled = torch.cat([(weights.transpose(1, 2) @ x).flatten(1), x.masked_fill(hidden, -1e4).amax(1)], -1)
        return self.out(self.dropout(x)), self.quad(self.dropout(pooled))


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


def gather(root, shared):
    """All texts with what is known of them; `records` is None where nobody has read them."""
    out = []
    for path in sorted((root / "crates/app/tests/events").glob("dev*.txt")):
        out += sentences_of(path, path.stem)
    for path in sorted((root / "training/events").glob("*.txt")):
        out += sentences_of(path, path.stem)
    for path in sorted((root / "data/codebook/en").glob("*.md")):
        out += examples_of(path)
    rng = random.Random(3)
    for name in ("whitehouse_readout_2021_2023", "kremlin_meetings_to_2019-06", "kremlin_other_sample_to_2019-06"):
        rows = [json.loads(line) for line in (shared / f"readouts/{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        for row in rng.sample(rows, SILVER_READOUTS // 3):
            out.append({"part": "silver", "date": (row.get("date") or "2010-01-01")[:10], "text": row["text"][:3000], "records": None})
    rows = {row.text: row for row in quadclass_data.read(shared / "un_quadclass")}
    for row in rng.sample(sorted(rows.values(), key=lambda r: r.text), SILVER_UN):
        out.append({"part": "silver", "date": "2018-01-01", "text": row.text, "records": None, "allowed": list(row.allowed)})
    return out


def tells(tag):
    """Whether a word of this Penn tag may tell an event."""
    return tag[:1] == "V" or tag[:2] in ("NN", "JJ")


class Corpus:
    """Sentences with their vectors: analysed by the program, encoded once; what was encoded before is kept in `work`."""

    def __init__(self, texts, sketches, folder, work):
        (work / "texts.jsonl").write_text("".join(json.dumps({"id": str(i), "published": t["date"], "text": t["text"]}) + "\n" for i, t in enumerate(texts)), encoding="utf-8")
        lines = subprocess.run([sketches, work / "texts.jsonl"], check=True, stdout=subprocess.PIPE).stdout.decode().splitlines()
        self.texts, self.sentences = texts, [json.loads(line) for line in lines]
        self.alone = Counter(int(s["document"]) for s in self.sentences)
        for s in self.sentences:
            s["words"], s["tags"] = s["words"][:LONGEST], s["tags"][:LONGEST]
            s["told"] = [t for t in s["told"] if t[0] < LONGEST]
        self.states, self.starts = self.encoded(folder, work / "events-states.pt")
        sample = self.states[:, ::37].float()
        self.mean, self.deviation = sample.mean(1), sample.std(1)

    def encoded(self, folder, kept):
        words = [tuple(s["words"]) for s in self.sentences]
        known = torch.load(kept, weights_only=False) if kept.exists() else {}
        new = [w for w in dict.fromkeys(words) if w not in known]
        if new:
            quadclass.LAYERS = LAYERS
            states, starts = quadclass.encode(folder, [list(w) for w in new])
            known |= {w: states[:, starts[i] : starts[i + 1]].clone() for i, w in enumerate(new)}
            torch.save(known, kept)
        starts = numpy.cumsum([0] + [len(w) + 1 for w in words]).tolist()
        return torch.cat([known[w] for w in words], 1), starts

    def batch(self, chosen):
        """Standardised vectors (B, W, layers * HIDDEN), the root before the words, and which of them are there."""
        sizes = [self.starts[i + 1] - self.starts[i] for i in chosen]
        x, mask = torch.zeros(len(chosen), max(sizes), len(LAYERS) * model.HIDDEN), torch.zeros(len(chosen), max(sizes), dtype=torch.bool)
        for row, (i, size) in enumerate(zip(chosen, sizes)):
            states = self.states[:, self.starts[i] : self.starts[i + 1]].float()
            x[row, :size] = ((states - self.mean[:, None]) / self.deviation[:, None]).permute(1, 0, 2).flatten(1)
            mask[row, :size] = True
        return x, mask

    def words_told(self, i):
        """Of a sentence the words known to tell a record, with its kind, and the kinds whose word is not known."""
        s = self.sentences[i]
        text, told, open_kinds = self.texts[int(s["document"])], {}, []
        for kind, word in text["records"]:
            at = [k for k, form in enumerate(s["words"]) if form == word and k not in told] if word else []
            if at:
                told[at[0]] = kind
            elif not word or self.alone[int(s["document"])] == 1:
                open_kinds.append(kind)
        for at, kind in s["told"]:
            if at not in told and kind in open_kinds:
                told[at] = kind
                open_kinds.remove(kind)
        return told, open_kinds


def loss_of(tellers, corpus, chosen):
    logits, quads = tellers(*corpus.batch(chosen))
    total, sure = 0.0, torch.log_softmax(logits, -1)[:, 1:]
    for row, i in enumerate(chosen):
        s = corpus.sentences[i]
        text, own = corpus.texts[int(s["document"])], sure[row, : len(s["words"])]
        may = torch.tensor([tells(tag) for tag in s["tags"]])
        total = total - PLAIN * (own[:, 0] * ~may).sum()
        if text["records"] is None:
            for at, kind in s["told"]:
                total = total - SILVER * own[at, KINDS.index(kind) + 1]
                may[at] = False
            total = total - QUIET * (own[:, 0] * may).sum()
            if "allowed" in text and corpus.alone[int(s["document"])] == 1:
                total = total - QUAD * torch.logsumexp(torch.log_softmax(quads[row, :5], -1)[text["allowed"]], 0)
            continue
        if corpus.alone[int(s["document"])] > 1 and not all(word for _, word in text["records"]):
            continue
        told, open_kinds = corpus.words_told(i)
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


def train_tellers(corpus, without):
    torch.manual_seed(SEED)
    rng, tellers = random.Random(SEED), Tellers()
    part = [corpus.texts[int(s["document"])]["part"] for s in corpus.sentences]
    read = [i for i, p in enumerate(part) if p not in ("silver", without)]
    silver = [i for i, p in enumerate(part) if p == "silver"]
    optimiser = torch.optim.AdamW(tellers.parameters(), RATE, weight_decay=DECAY)
    steps, done = PASSES * -(-(2 * len(read) + len(silver)) // BATCH), 0
    for number in range(PASSES):
        order = sorted(2 * read + silver, key=lambda i: len(corpus.sentences[i]["words"]) + rng.random() * 8)
        batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        rng.shuffle(batches)
        tellers.train()
        total = 0.0
        for chosen in batches:
            done += 1
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1, done / 100) * max(0.0, 1.001 - done / steps)
            loss = loss_of(tellers, corpus, chosen)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(tellers.parameters(), 1.0)
            optimiser.step()
            total += loss.item()
        print("pass", number + 1, "loss", round(total / len(batches), 3), flush=True)
    return tellers.eval()


def tensors(tellers, corpus):
    """What the program reads: names as in `crates/nlp/src/network/tellers.rs`."""
    state, layer = tellers.state_dict(), "layer.self_attn."
    names = {"hidden": "hidden", "attention_norm": "layer.norm1", "mixed": layer + "out_proj", "norm": "layer.norm2", "up": "layer.linear1", "down": "layer.linear2", "last_norm": "last_norm", "out": "out"}
    out = {f"{name}.{part}": state[f"{own}.{part}"] for name, own in names.items() for part in ("weight", "bias")}
    for part in ("weight", "bias"):
        parts = state[f"{layer}in_proj_{part}"].split(WIDTH)
        out |= {f"{name}.{part}": tensor for name, tensor in zip(("query", "key", "value"), parts)}
    out |= {"input.mean": corpus.mean.flatten(), "input.scale": 1 / corpus.deviation.flatten()}
    return {name: tensor.numpy() for name, tensor in out.items()}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--run", required=True, help="folder of train.py with final.pt")
    arguments.add_argument("--data", default="../../shared/data", help="folder with readouts/ and un_quadclass/")
    arguments.add_argument("--sketches", default="../target/release/examples/sketches", help="the example `sketches` of chancery, built")
    arguments.add_argument("--out", default="../data/weights/events.bin")
    arguments.add_argument("--without", help="a set that is not learnt from: dev, dev2, or a file of events/")
    a = arguments.parse_args()
    torch.set_num_threads(2)
    torch.backends.mha.set_fastpath_enabled(False)
    root, folder = pathlib.Path(__file__).resolve().parent.parent, pathlib.Path(a.run)
    work = folder / "events"
    work.mkdir(parents=True, exist_ok=True)
    texts = gather(root, pathlib.Path(a.data))
    print(dict(Counter(t["part"] for t in texts)), flush=True)
    corpus = Corpus(texts, a.sketches, folder, work)
    tellers = train_tellers(corpus, a.without)
    export.write_file(a.out, tensors(tellers, corpus), {"labels": {"events": KINDS}, "layers": LAYERS, "attention_heads": HEADS})


if __name__ == "__main__":
    main()
