"""Quantise a trained run, discourse.py included, into the one file that the Rust side embeds, and write the parity fixtures of its tests:

    python export.py --run run --data ../../shared/data --out ../data/weights/en.bin

Layout: the magic `CHNLP` and a version byte, two zero bytes, the length of the header (u32, little-endian), the header (JSON), then
the tensors one after another. The header names each tensor with dtype, shape and offset from the end of the header; it also holds the
vocabulary, the label lists, the lists of known names, the lemmas that the treebanks give each form, the features that go with each tag, the layer of each exit, the scores of
the run, and the sources with their licences.

A tensor of dtype `i8` has a companion `<name>.scale` of dtype `f32`, one number for each row: value = byte * scale.
"""

import argparse
import json
import pathlib
import re
import unicodedata
from collections import Counter

import numpy
import torch

import data
import discourse
import model
import names
import train

VERSION = 2
SOURCES = [
    {"name": "all-MiniLM-L6-v2 (encoder that was fine-tuned, vocabulary)", "licence": "Apache-2.0"},
    {"name": "UD English-EWT (training)", "licence": "CC BY-SA 4.0"},
    {"name": "UD English-GUM, documents under CC BY 4.0 (training)", "licence": "CC BY 4.0"},
    {"name": "names of sentences of the White House and the Kremlin, labelled by the project (training)", "licence": "public domain; CC BY 4.0"},
    {"name": "GeoNames, HistoryAtState and the project's lists of known names (data/actors)", "licence": "CC BY 4.0; CC0"},
]
UNCHANGING = ("PROPN", "NUM", "PUNCT", "SYM", "X")
PARITY = [
    "The foreign minister of Ruritania met Prime Minister Anna Kowalski in Strelsau on Oct. 9 .",
    "President Rudolf said that his country would n't send troops to the border .",
    "“ We welcome the agreement , ” she told reporters after the two - day summit in Zenda .",
    "Gen. Sapt and Col. Strakencz discussed trade worth $ 2.5 billion , energy and fisheries .",
    "Both sides reaffirmed their commitment to the one - border principle and agreed to resume talks next month .",
    "Li ’s visit , the first since 2019 , comes as Freedonia and Sylvania mark 75 years of ties .",
    "Had the ministers been asked , they would have called on all parties to exercise restraint .",
    "The U.S. - Ruritania Council will be chaired by Ms. Ortega , who arrived in Genève yesterday .",
    "He also thanked the United Nations for its support and conveyed greetings from the king .",
    "Readout of the Secretary 's Call with Foreign Minister Flavia of Ruritania",
    "Neither government has denied it , but no date was set .",
    "The delegation visited the Museum of Modern Art , laid a wreath and held a press conference .",
]
DISCOURSE = [
    "Queen Flavia of Ruritania arrived in Sylvania on Monday for talks with Prime Minister Anna Kowalski .",
    "The queen said that her country would send engineers to the port of Zenda .",
    "She thanked Kowalski for the invitation .",
    "According to the Ruritanian ministry , the two leaders also discussed fisheries .",
    "“ We want the talks to succeed , ” Kowalski told reporters after the meeting .",
    "Gen. Sapt , who commands the border guard , denied that his troops had crossed the river .",
    "He added that the guard had its orders and would keep them .",
    "The United Nations welcomed the talks and urged both sides to end the dispute .",
    "Ruritania and Sylvania signed the agreement on Tuesday ; it enters into force in May .",
    "A spokesman for the U.N. called the agreement a first step , but Sapt ’s deputy did not believe it .",
]


def keep(piece):
    """Whether English text may need the piece: no reserved slots, letters only of the Latin script."""
    if re.fullmatch(r"\[unused\d+\]", piece):
        return False
    return all(ord(c) < 128 or not c.isalnum() or unicodedata.name(c, "").startswith("LATIN") for c in piece)


def quantise(matrix):
    """Symmetric int8 of each row: bytes and scales."""
    scale = numpy.maximum(numpy.abs(matrix).max(axis=1), 1e-12).astype(numpy.float32) / numpy.float32(127)
    return numpy.clip(numpy.rint(matrix / scale[:, None]), -127, 127).astype(numpy.int8), scale


def prepared(state, kept):
    """The arrays of the file by name, in its order. Linear weights are (out, in), one row an output."""
    state = {name: tensor.float().numpy() for name, tensor in state.items()}
    state["words.weight"] = state["words.weight"][kept]
    state |= {name: array[0] for name, array in state.items() if name.endswith(".out.weight")}
    for exit in model.EXITS:
        at = f"heads.{exit}."
        arc = state.pop(at + "arc")
        state[at + "arc.weight"], state[at + "arc.bias"] = arc.T, state.pop(at + "arc_bias")
        label = state.pop(at + "label")  # (relation, dependent, head): its last column meets the constant 1
        rows = label.reshape(-1, label.shape[-1])
        state[at + "label.weight"], state[at + "label.bias"] = rows[:, :-1], rows[:, -1]
    return state


def tensors(state):
    """(name, array) of the file: matrices as bytes with their scales, all others as they are."""
    for name, array in state.items():
        if array.ndim == 2:
            whole, scale = quantise(array)
            yield name, whole
            yield name + ".scale", scale
        else:
            yield name, array.astype(numpy.float32)


def apply(rule, form):
    """The lemma that a rule of `data.lemma_rule` makes of a form."""
    case, cut, add = rule.split("|", 2)
    base = form.lower() if case == "l" else form
    return add if case == "!" else base[: len(base) - int(cut)] + add


def lexicon(folder):
    """For each part of speech its lower-case forms, each with its lemmas, the most frequent first.

    Words of the parts of speech that do not change their form are listed only where their lemma is another word.
    """
    counts = {}
    for name in ("en_ewt-ud-train", "en_gum_by-train"):
        for s in data.read(f"{folder}/{name}.conllu"):
            for form, upos, rule in zip(s.forms, s.upos, s.lemmas):
                lemma, key = apply(rule, form), (upos, form.lower().replace("’", "'"))
                if lemma and " " not in form + lemma and "@" not in lemma:
                    counts.setdefault(key, Counter())[lemma] += 1
    out = {}
    for (upos, form), lemmas in sorted(counts.items()):
        top = max(lemmas.values())
        ranked = sorted(lemmas, key=lambda lemma: (-lemmas[lemma], lemma))
        if upos in UNCHANGING and (ranked[0].lower() == form or top < 3):
            continue
        out.setdefault(upos, []).append(" ".join([form, *(l for l in ranked if lemmas[l] * 20 >= top)]))
    return out


def bundles(folder, labels):
    """For each pair of part of speech and Penn tag, `NOUN NNS`, the numbers of the feature bundles that the treebanks give it twice or more."""
    number, counts = {label: i for i, label in enumerate(labels["feats"])}, {}
    for name in ("en_ewt-ud-train", "en_gum_by-train"):
        for s in data.read(f"{folder}/{name}.conllu"):
            for upos, xpos, feats in zip(s.upos, s.xpos, s.feats):
                counts.setdefault(f"{upos} {xpos}", Counter())[number.get(feats)] += 1
    out = {pair: sorted(i for i, n in found.items() if i is not None and n > 1) for pair, found in sorted(counts.items())}
    return {pair: found for pair, found in out.items() if found}


def write(path, run, lemmas, pairs, vocabulary):
    pieces = sorted(vocabulary, key=vocabulary.get)
    kept = [vocabulary[p] for p in pieces if keep(p)]
    header = {
        "scores": run["scores"], "sources": SOURCES, "labels": run["labels"], "lists": run["lists"], "lexicon": lemmas, "bundles": pairs, "shapes": data.SHAPES,
        "exits": model.EXITS, "attention_heads": model.ATTENTION_HEADS, "vocabulary": [p for p in pieces if keep(p)],
    }
    write_file(path, prepared(run["network"] | run["discourse"], kept), header)


def write_file(path, state, header):
    """Write arrays by name, matrices as bytes, behind a header that says where each begins."""
    index, blobs, offset = [], [], 0
    for name, array in tensors(state):
        blob = numpy.ascontiguousarray(array).tobytes()
        blob += b"\0" * (-len(blob) % 16)
        index.append({"name": name, "dtype": "i8" if array.dtype == numpy.int8 else "f32", "shape": list(array.shape), "offset": offset})
        blobs.append(blob)
        offset += len(blob)
    text = json.dumps(header | {"tensors": index}, ensure_ascii=False, separators=(",", ":")).encode()
    text += b" " * (-(12 + len(text)) % 16)
    with open(path, "wb") as out:
        out.write(b"CHNLP" + bytes([VERSION, 0, 0]) + len(text).to_bytes(4, "little") + text)
        out.writelines(blobs)


def read_file(path):
    """The header of a weights file and its arrays by name, bytes multiplied by their scales."""
    raw = pathlib.Path(path).read_bytes()
    if raw[:6] != b"CHNLP" + bytes([VERSION]):
        raise SystemExit(f"{path}: no weights file of version {VERSION}; name one that export.py wrote")
    start = 12 + int.from_bytes(raw[8:12], "little")
    header, arrays = json.loads(raw[12:start]), {}
    for tensor in header["tensors"]:
        kind = numpy.int8 if tensor["dtype"] == "i8" else numpy.float32
        count, at = int(numpy.prod(tensor["shape"])), start + tensor["offset"]
        arrays[tensor["name"]] = numpy.frombuffer(raw, kind, count, at).reshape(tensor["shape"])
    scaled = {name: array * arrays[name + ".scale"][:, None] for name, array in arrays.items() if name + ".scale" in arrays}
    return header, {name: array for name, array in arrays.items() if not name.endswith(".scale")} | scaled


@torch.no_grad()
def parity(network, run, vocabulary):
    """What each exit of the float network says of the sentences above: heads by greedy choice, and labels."""
    network.eval()
    labels, out = run["labels"], []
    encode = train.Encoder(vocabulary, labels, names.Gazetteer(run["lists"]))
    for words in (text.split() for text in PARITY):
        blank = ["_"] * len(words)
        s = data.Sentence("", "", False, words, blank, blank, blank, [0] * len(words), blank, blank, None)
        batch = train.collate([encode(s)])
        sentence = {"words": words}
        for exit, (tags, arcs, parts) in network(batch).items():
            arcs[0].fill_diagonal_(-1e4)
            heads = arcs.argmax(-1)
            best = {name: [labels[name][i] for i in t[0, 1:].argmax(-1).tolist()] for name, t in tags.items()}
            relations = network.heads[exit].labels(parts, heads)
            relations[..., labels["deprel"].index("root")] = -1e4
            deprel = [labels["deprel"][i] if h else "root" for i, h in zip(relations[0, 1:].argmax(-1).tolist(), heads[0, 1:].tolist())]
            sentence[exit] = {"heads": heads[0, 1:].tolist(), "deprel": deprel, **{name: best[name] for name in ("upos", "xpos", "feats", "name")}}
        out.append(sentence)
    return out


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--run", required=True, help="folder of train.py with final.pt")
    arguments.add_argument("--data", default="../../shared/data", help="folder of the data that train.py read")
    arguments.add_argument("--out", default="../data/weights/en.bin")
    arguments.add_argument("--parity", default="../crates/nlp/testdata/parity.json", help="discourse.json is put beside it")
    a = arguments.parse_args()
    folder = pathlib.Path(a.run)
    run = torch.load(folder / "final.pt", weights_only=False)
    run["discourse"] = torch.load(folder / "discourse.pt")
    run["scores"]["discourse"] = json.loads((folder / "discourse.json").read_text())
    vocabulary, _ = train.base_weights()
    write(a.out, run, lexicon(f"{a.data}/ud"), bundles(f"{a.data}/ud", run["labels"]), vocabulary)
    network = model.Network(len(vocabulary), len(data.SHAPES), 1 + 2 * len(names.LISTS), {k: len(v) for k, v in run["labels"].items()})
    network.load_state_dict(run["network"])
    fixture = parity(network, run, vocabulary)
    lines = ",\n".join(json.dumps(sentence, ensure_ascii=False) for sentence in fixture)
    pathlib.Path(a.parity).write_text(f"[\n{lines}\n]\n", encoding="utf-8")
    found = discourse.parity(a.run, [text.split() for text in DISCOURSE])
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in found.items())
    pathlib.Path(a.parity).with_name("discourse.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")
    print(a.out, pathlib.Path(a.out).stat().st_size, "bytes;", sum(keep(p) for p in vocabulary), "pieces")


if __name__ == "__main__":
    main()
