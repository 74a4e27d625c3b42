"""Train the reader of events: which words tell an event, of what kind, and who does it to whom.

    python events.py --sketches ../target/release/examples/sketches --out ../data/weights/events.bin

It is an encoder of its own, MiniLM-L6 as it was published, all of whose layers learn here: that of the trees has forgotten, over trees, much of what
words mean (README.md). It learns from the project's own sentences (`events/*.txt`, `../crates/app/tests/events/dev*.txt`, never `held.txt`),
whose records say what they tell and often in which word, and from the examples of the codebook's pages. A record without its word is learnt by all words of the sentence together: one of them tells it. `--without NAMES`
leaves the sets of those names out. Seeded; about half an hour of one core. `--after WEIGHTS --newly NAMES` goes on from a finished run with the sets of those
names, each pass with a part of the others, lest they be forgotten; some six minutes. `--mean A.bin B.bin` instead writes the mean of the weights of runs of
other seeds or sentences, which reads better than either (Wortsman et al. 2022, "Model soups").

Who does it to whom is learnt on top of `../data/codebook/en/sides.csv` (`sides.py`, to be run first): what the network says of a phrase is added to
the sum of the weights of what is seen of it, so that it learns only what those miss.
"""

import argparse
import csv
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
import sides
import train

KINDS = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
LONGEST = 180
PASSES, BATCH = 5, 32
# The same after a finished run; the rates' part, and the part of the other sets in a pass.
AFTER_PASSES, SLOWER, AGAIN = 4, 0.4, 0.12
# What is read off the encoder; the rates of it and of that.
READ_OFF = ("last_norm", "out", "asks", "answers", "others")
RATES, DECAY = (2e-4, 1e-3), 0.02
# What the parts of the loss count.
FREE, PLAIN, OTHER, WHO = 0.5, 0.05, 0.3, 0.5
# Pieces hidden while it learns, so that it goes by more than names.
HIDDEN_PIECES = 0.08
# Numbers that a word that is asked about and one that answers are compared by, for each of: actor, recipient, one of two actors, one of two recipients.
COMPARED, ANSWERS = 64, 4
# What a bid for a side may be; the last five have no word, and the order of the first four of them is that of `Leaning::others`.
PHRASE, PAIR, NOBODY, HOME, JOINED, ANY_TWO, PUBLISHER = range(7)


def sentences_of(path, part):
    """The items of a set: date and agency, the text, and a record a line, `TYPE ACTORS > RECIPIENTS [planned] @ word`."""
    for block in re.split(r"\n\s*\n", pathlib.Path(path).read_text(encoding="utf-8")):
        head, _, rest = block.strip()[max(0, block.strip().find("### ")) :].partition("\n")
        lines = rest.split("\n")
        if head.startswith("### ") and len(lines) > 1:
            records = [r.partition(" @ ") for r in lines[1:]]
            kinds = [(r.split(" ")[0].split("/")[0], word.strip()) for r, _, word in records]
            yield {"part": part, "date": head[4:14], "source": head[15:].strip(), "text": lines[0], "records": [k for k in kinds if k[0] in KINDS]}


def examples_of(path):
    """The examples of a page: those that fire tell its type, the silent ones do not."""
    kind, fires = path.stem.upper(), None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line in ("Fires:", "Silent:"):
            fires = line == "Fires:"
        elif line.startswith(("#", "```")):
            fires = None
        elif line.startswith("- ") and fires is not None:
            yield {"part": "page", "page": kind, "date": "2010-01-01", "source": "", "text": line[2:].split(" → ")[0].strip(), "records": [(kind, "")] if fires else []}


def gather(root, without):
    """All texts with what is known of them, `gold` the records with the codes of both sides."""
    known = sides.organisations()
    sets = sorted((root / "crates/app/tests/events").glob("dev*.txt")) + sorted((root / "training/events").glob("*.txt"))
    out = []
    for path in sets:
        if path.stem not in without:
            items = {text["text"]: records for text, records in sides.items(path, known)}
            out += [text | {"gold": items[text["text"]]} for text in sentences_of(path, path.stem)]
    for path in sorted((root / "data/codebook/en").glob("*.md")):
        items = {text["text"]: records for text, records in sides.examples(path, known)}
        out += [text | {"gold": items.get(text["text"], [])} for text in examples_of(path)]
    return out


def weights_of_sides(root):
    """The weights of what is seen of a bid, by side."""
    out = {side: {} for side in sides.SIDES}
    with open(root / "data/codebook/en/sides.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            out[row["side"]][row["seen"]] = float(row["weight"])
    return out


def tells(tag):
    """Whether a word of this Penn tag may tell an event."""
    return tag[:1] == "V" or tag[:2] in ("NN", "JJ")


class Corpus:
    """The sentences of all texts, analysed by the program, with the input of the network for each."""

    def __init__(self, texts, sketches, encode, weights):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "texts.jsonl"
            file.write_text("".join(json.dumps({"id": str(i), "published": t["date"], "source": t["source"], "text": t["text"]}) + "\n" for i, t in enumerate(texts)), encoding="utf-8")
            lines = subprocess.run([sketches, file], check=True, stdout=subprocess.PIPE).stdout.decode().splitlines()
        self.texts, self.sentences = texts, [json.loads(line) for line in lines]
        self.alone = Counter(s["document"] for s in self.sentences)
        for s in self.sentences:
            words, blank = s["words"][:LONGEST], ["_"] * min(LONGEST, len(s["words"]))
            s["words"], s["tags"] = words, s["tags"][:LONGEST]
            s["item"] = encode(data.Sentence("", "", False, words, blank, blank, blank, [0] * len(words), blank, blank, None))
        left = [sides.recorded(text["gold"]) for text in texts]
        for s in self.sentences:
            events = sides.matched(s.pop("sides"), left[int(s["document"])])
            s["asked"] = [(e["word"], [bids for side in sides.SIDES if (bids := self.bids(e, side, weights))]) for e in events if e["word"] < LONGEST]

    @staticmethod
    def bids(event, side, weights):
        """The bids for a side, if one of them is right: their sums of weights, which are right, what each is, and the heads of their phrases."""
        right, bids = sides.hits(event, side), event[sides.SIDES[side][0]]
        if not any(right):
            return None
        others = {"nobody": NOBODY, "home": HOME, "publisher": PUBLISHER}
        what = [min(len(b["words"]), 2) - 1 if b["words"] else next((others[o] for o in others if o in b["seen"]), JOINED) for b in bids]
        heads = [[min(w, LONGEST - 1) for w in (b["words"] + [0, 0])[:2]] for b in bids]
        sums = [sum(weights[side].get(seen, 0.0) for seen in set(b["seen"])) for b in bids]
        return list(sides.SIDES).index(side), torch.tensor(sums), torch.tensor(right), torch.tensor(what), torch.tensor(heads)

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
    """Of each word: logits (B, W, 17) for no event and each kind; what it asks and answers (B, W, 4, 64) about who acts; and, with the root,
    logits (B, W, 2, 4) for those of either side who are no phrase. The tables of the encoder stay as they are, its layers learn."""

    def __init__(self, network):
        super().__init__()
        self.tables = network
        self.layers, self.last_norm = network.layers, nn.LayerNorm(model.HIDDEN, eps=1e-12)
        self.out, self.dropout = nn.Linear(model.HIDDEN, len(KINDS) + 1), nn.Dropout(0.2)
        self.asks, self.answers = nn.Linear(model.HIDDEN, ANSWERS * COMPARED), nn.Linear(model.HIDDEN, ANSWERS * COMPARED)
        self.others = nn.Linear(2 * model.HIDDEN, 8)
        nn.init.normal_(self.out.weight, std=0.02)
        nn.init.normal_(self.others.weight, std=0.02)
        nn.init.zeros_(self.others.bias)

    def forward(self, batch):
        with torch.no_grad():
            ids = batch["ids"]
            if self.training:
                hidden = (torch.rand(ids.shape) < HIDDEN_PIECES) & (batch["owner"] > 0) & batch["mask"]
                ids = torch.where(hidden, torch.tensor(103), ids)
            tables, places = self.tables, self.tables.positions.weight[: ids.shape[1]]
            x = tables.norm(tables.words(ids) + places + tables.kinds)
        bias = torch.zeros_like(batch["mask"], dtype=x.dtype).masked_fill(~batch["mask"], -1e4)[:, None, None, :]
        with torch.autocast("cpu", torch.bfloat16):
            for layer in self.layers:
                x = layer(x, bias)
        words = self.dropout(self.last_norm(model.pool(x.float(), batch["owner"], batch["words"])))
        root, words = words[:, :1], words[:, 1:]
        shape = (*words.shape[:2], ANSWERS, COMPARED)
        others = self.others(torch.cat([words, root.expand_as(words)], -1)).view(*words.shape[:2], 2, 4)
        return self.out(words), self.asks(words).view(shape), self.answers(words).view(shape), others


def loss_of_sides(bids, asks, answers, others):
    """How far the shares of the right bids are from all, for one side of an event."""
    side, sums, right, what, heads = bids
    of = lambda place: answers[:, place] @ asks[place] / COMPARED**0.5
    alone, together = of(side)[heads[:, 0]], of(2 + side)[heads].sum(-1) + others[side, ANY_TWO - NOBODY]
    # Who publishes is told by the weights alone.
    rest = torch.where(what == PUBLISHER, 0.0, others[side][(what - NOBODY).clamp(min=0, max=3)])
    leaning = torch.where(what == PHRASE, alone, torch.where(what == PAIR, together, rest))
    return -torch.logsumexp(torch.log_softmax(sums + leaning, 0)[right], 0)


def loss_of(tellers, corpus, chosen):
    logits, asks, answers, others = tellers(train.collate([s["item"] for s in chosen]))
    sure, total = torch.log_softmax(logits, -1), 0.0
    for row, s in enumerate(chosen):
        text, own = corpus.texts[int(s["document"])], sure[row, : len(s["words"])]
        may = torch.tensor([tells(tag) for tag in s["tags"]])
        total = total - PLAIN * (own[:, 0] * ~may).sum()
        for word, both in s["asked"]:
            for bids in both:
                total = total + WHO * loss_of_sides(bids, asks[row, word], answers[row], others[row, word])
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


def take_up(tellers, path):
    """The weights of a finished run, but for the tables, which are as published."""
    arrays = {name: torch.from_numpy(array.copy()) for name, array in export.read_file(path)[1].items()}
    for module, parts in ((tellers.tables, ("layers",)), (tellers, READ_OFF)):
        module.load_state_dict({name: array for name, array in arrays.items() if name.split(".")[0] in parts}, strict=False)


def train_tellers(corpus, network, seed, after=None, newly=()):
    tellers, rng, started = Tellers(network), random.Random(seed), time.time()
    sentences, passes, slower = corpus.sentences, PASSES, 1.0
    fresh, others = ([s for s in sentences if (corpus.texts[int(s["document"])]["part"] in newly) == new] for new in (True, False))
    again = len(others)
    if after:
        take_up(tellers, after)
        passes, slower, again = AFTER_PASSES, SLOWER, int(AGAIN * len(others))
    read_off = [p for part in READ_OFF for p in getattr(tellers, part).parameters()]
    optimiser = torch.optim.AdamW([{"params": tellers.layers.parameters()}, {"params": read_off}], weight_decay=DECAY)
    steps, done = passes * -(-(len(fresh) + again) // BATCH), 0
    tellers.train()
    for number in range(passes):
        order = sorted(fresh + (rng.sample(others, again) if after else others), key=lambda s: len(s["words"]) + rng.random() * 8)
        batches = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
        rng.shuffle(batches)
        total = 0.0
        for chosen in batches:
            done += 1
            for group, rate in zip(optimiser.param_groups, RATES):
                group["lr"] = slower * rate * min(1, done / 60) * max(0.02, 1 - done / steps)
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
    state |= {name: tensor for name, tensor in tellers.state_dict().items() if name.split(".")[0] in READ_OFF}
    state["words.weight"] = state["words.weight"][kept]
    return {name: tensor.float().numpy() for name, tensor in state.items()}


def mean_of(runs):
    """The mean of the arrays of runs that began alike, by name."""
    if any(run.keys() != runs[0].keys() or any(run[name].shape != runs[0][name].shape for name in run) for run in runs):
        raise SystemExit("--mean: these are not weights of readers of one shape with one vocabulary; train them anew")
    return {name: numpy.mean([run[name] for run in runs], axis=0, dtype=numpy.float32) for name in runs[0]}


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--weights", default="../data/weights/en.bin", help="the weights of the trees, for the vocabulary")
    arguments.add_argument("--sketches", default="../target/release/examples/sketches", help="the example `sketches` of chancery, built")
    arguments.add_argument("--out", default="../data/weights/events.bin")
    arguments.add_argument("--without", nargs="*", default=[], help="sets that are not learnt from: dev, dev2, or files of events/")
    arguments.add_argument("--after", metavar="WEIGHTS", help="go on from a finished run")
    arguments.add_argument("--newly", nargs="*", default=[], help="sets that are then learnt whole")
    arguments.add_argument("--mean", nargs="+", default=[], metavar="WEIGHTS", help="write the mean of these finished runs; nothing is learnt")
    arguments.add_argument("--seed", type=int, default=0, help="of the order of the sentences and of what is hidden")
    arguments.add_argument("--threads", type=int, default=1, help="more wait for each other where the cores are busy")
    a = arguments.parse_args()
    header = {"labels": {"events": KINDS}, "attention_heads": model.ATTENTION_HEADS}
    if a.mean:
        export.write_file(a.out, mean_of([export.read_file(path)[1] for path in a.mean]), header)
        return
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    vocabulary, weights = train.base_weights()
    trees, _ = export.read_file(a.weights)
    gazetteer = names.Gazetteer(trees["lists"])
    network = model.Network(len(vocabulary), len(data.SHAPES), gazetteer.size, {k: len(v) for k, v in trees["labels"].items()})
    model.load_base(network, weights)
    root = pathlib.Path(__file__).resolve().parent.parent
    texts = gather(root, a.without)
    print(dict(Counter(t["part"] for t in texts)), flush=True)
    corpus = Corpus(texts, a.sketches, train.Encoder(vocabulary, trees["labels"], gazetteer), weights_of_sides(root))
    tellers = train_tellers(corpus, network, a.seed, a.after, a.newly)
    kept = [vocabulary[piece] for piece in trees["vocabulary"]]
    export.write_file(a.out, tensors(tellers, kept), header)


if __name__ == "__main__":
    main()
