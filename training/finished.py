"""Read the finished encoder back from the weights that the program embeds, so that what is trained on it needs no run of `train.py`."""

import json
import struct

import numpy
import torch

import data
import model
import names
import train

SIZES = {"i8": (numpy.int8, 1), "f32": (numpy.float32, 4)}


def read(path):
    """The header of a weights file and its arrays by name, bytes multiplied by their scales."""
    raw = open(path, "rb").read()
    if raw[:5] != b"CHNLP":
        raise SystemExit(f"{path}: no weights file; name one that export.py wrote")
    start = 12 + struct.unpack("<I", raw[8:12])[0]
    header, arrays = json.loads(raw[12:start]), {}
    for tensor in header["tensors"]:
        kind, size = SIZES[tensor["dtype"]]
        at, count = start + tensor["offset"], int(numpy.prod(tensor["shape"]))
        arrays[tensor["name"]] = numpy.frombuffer(raw[at : at + count * size], kind).reshape(tensor["shape"])
    scaled = {name: a * arrays[name + ".scale"][:, None] for name, a in arrays.items() if name + ".scale" in arrays}
    return header, {name: a for name, a in arrays.items() if not name.endswith(".scale")} | scaled


def encoder(path):
    """The network, of which only the encoder is filled, its vocabulary, label lists and lists of known names."""
    header, arrays = read(path)
    vocabulary, _ = train.base_weights()
    # Pieces that the program does not know are all alike to it.
    own = {piece: row for row, piece in enumerate(header["vocabulary"])}
    arrays["words.weight"] = arrays["words.weight"][[own.get(piece, own["[UNK]"]) for piece in sorted(vocabulary, key=vocabulary.get)]]
    labels, gazetteer = header["labels"], names.Gazetteer(header["lists"])
    network = model.Network(len(vocabulary), len(data.SHAPES), gazetteer.size, {k: len(v) for k, v in labels.items()})
    state = network.state_dict()
    state |= {name: torch.tensor(numpy.array(arrays[name])) for name in state if not name.startswith("heads.")}
    network.load_state_dict(state)
    return network.eval(), vocabulary, labels, gazetteer
