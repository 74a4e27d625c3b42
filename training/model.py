"""The network: a MiniLM-L6 encoder over word pieces, words pooled from their pieces, and two exits: heads in the middle and at the end.

Shapes: a batch holds B sentences, P pieces, W words (word 0 is the artificial root, taken from [CLS]).
The Rust side (`crates/nlp/src/network`) computes exactly this forward pass on int8 weights.
"""

import torch
from torch import nn
from torch.nn import functional as F

HIDDEN, LAYERS, ATTENTION_HEADS, ARC, LABEL = 384, 6, 12, 256, 96
EXITS = {"fast": 3, "accurate": 6}
TAGS = ("upos", "xpos", "feats", "lemma", "name", "start")


class Layer(nn.Module):
    """One encoder layer: self-attention and feed-forward, each added to its input and normalised (BERT, post-norm)."""

    def __init__(self):
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(HIDDEN, HIDDEN) for _ in range(4))
        self.attention_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up, self.down = nn.Linear(HIDDEN, 4 * HIDDEN), nn.Linear(4 * HIDDEN, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x, mask):
        b, p, _ = x.shape
        split = lambda t: t.view(b, p, ATTENTION_HEADS, -1).transpose(1, 2)
        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = q @ k.transpose(-1, -2) / (HIDDEN // ATTENTION_HEADS) ** 0.5 + mask
        mixed = (torch.softmax(scores.float(), -1).to(v.dtype) @ v).transpose(1, 2).reshape(b, p, HIDDEN)
        x = self.attention_norm(x + self.dropout(self.output(mixed)))
        return self.norm(x + self.dropout(self.down(F.gelu(self.up(x), approximate="tanh"))))


class Heads(nn.Module):
    """One exit: what is read off the word vectors after some layer. `sizes` gives the label counts."""

    def __init__(self, sizes):
        super().__init__()
        self.dropout = nn.Dropout(0.2)
        self.tags = nn.ModuleDict({name: nn.Linear(HIDDEN, sizes[name]) for name in TAGS})
        self.arc_head, self.arc_dependent = nn.Linear(HIDDEN, ARC), nn.Linear(HIDDEN, ARC)
        self.label_head, self.label_dependent = nn.Linear(HIDDEN, LABEL), nn.Linear(HIDDEN, LABEL)
        self.arc = nn.Parameter(torch.eye(ARC) / ARC**0.5)
        self.arc_bias = nn.Parameter(torch.zeros(ARC))
        self.label = nn.Parameter(torch.randn(sizes["deprel"], LABEL + 1, LABEL + 1) * 0.02)

    def forward(self, w, word_mask):
        """Logits of every head: tags (B, W, n), arcs (B, dependent, head), and what `labels` needs."""
        w = self.dropout(w)
        tags = {name: head(w) for name, head in self.tags.items()}
        act = lambda t: self.dropout(F.leaky_relu(t, 0.1))
        head, dependent = act(self.arc_head(w)), act(self.arc_dependent(w))
        arcs = (dependent @ self.arc + self.arc_bias) @ head.transpose(1, 2)
        arcs = arcs.masked_fill(~word_mask[:, None, :], -1e4)
        ones = torch.ones(*w.shape[:2], 1)
        label_head = torch.cat([act(self.label_head(w)), ones], -1)
        label_dependent = torch.cat([act(self.label_dependent(w)), ones], -1)
        return tags, arcs, (label_head, label_dependent)

    def labels(self, parts, heads):
        """Label logits (B, W, n) of each dependent for the head given in `heads` (B, W)."""
        label_head, label_dependent = parts
        chosen = label_head.gather(1, heads[..., None].expand(-1, -1, label_head.shape[-1]))
        return torch.einsum("bwi,rij,bwj->bwr", label_dependent, self.label, chosen)


class Network(nn.Module):
    """The encoder with an exit after each of the layers in `EXITS`."""

    def __init__(self, vocabulary_size, shapes, lists, sizes):
        super().__init__()
        self.words = nn.Embedding(vocabulary_size, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.kinds = nn.Parameter(torch.zeros(HIDDEN))
        self.shapes, self.lists = nn.Embedding(shapes, HIDDEN), nn.Embedding(lists, HIDDEN)
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.lists.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.dropout = nn.Dropout(0.1)
        self.heads = nn.ModuleDict({name: Heads(sizes) for name in EXITS})

    def encode(self, batch):
        """Word vectors (B, W, HIDDEN) of each exit, by name: the mean of each word's piece vectors. `owner` maps a piece to its word."""
        ids, owner, words = batch["ids"], batch["owner"], batch["words"]
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.kinds + self.shapes(batch["shapes"]) + self.lists(batch["lists"])
        x = self.dropout(self.norm(x))
        bias = torch.zeros_like(batch["mask"], dtype=x.dtype).masked_fill(~batch["mask"], -1e4)[:, None, None, :]
        out = {}
        for depth, layer in enumerate(self.layers, 1):
            x = layer(x, bias)
            for name in (n for n, d in EXITS.items() if d == depth):
                out[name] = pool(x.float(), owner, words)
        return out

    def forward(self, batch):
        """What each exit says, by name."""
        return {name: self.heads[name](w, batch["word_mask"]) for name, w in self.encode(batch).items()}


def pool(x, owner, words):
    """The mean of the pieces (B, P, HIDDEN) of each word; padding belongs to the word after the last and is dropped."""
    row = torch.arange(x.shape[0])[:, None].expand_as(owner)
    total = torch.zeros(x.shape[0], words + 1, x.shape[2]).index_put((row, owner), x, accumulate=True)
    count = torch.zeros(x.shape[0], words + 1).index_put((row, owner), torch.ones_like(owner, dtype=torch.float), accumulate=True)
    return (total / count.clamp(min=1)[..., None])[:, :words]


def load_base(network, tensors):
    """Copy the MiniLM base weights into the encoder."""
    pre = "" if "embeddings.word_embeddings.weight" in tensors else "bert."
    get = lambda name: tensors[pre + name]
    with torch.no_grad():
        network.words.weight.copy_(get("embeddings.word_embeddings.weight"))
        network.positions.weight.copy_(get("embeddings.position_embeddings.weight"))
        network.kinds.copy_(get("embeddings.token_type_embeddings.weight")[0])
        network.norm.weight.copy_(get("embeddings.LayerNorm.weight"))
        network.norm.bias.copy_(get("embeddings.LayerNorm.bias"))
        for i, layer in enumerate(network.layers):
            base = f"encoder.layer.{i}."
            for ours, theirs in (
                (layer.query, "attention.self.query"), (layer.key, "attention.self.key"), (layer.value, "attention.self.value"),
                (layer.output, "attention.output.dense"), (layer.attention_norm, "attention.output.LayerNorm"),
                (layer.up, "intermediate.dense"), (layer.down, "output.dense"), (layer.norm, "output.LayerNorm"),
            ):
                ours.weight.copy_(get(base + theirs + ".weight"))
                ours.bias.copy_(get(base + theirs + ".bias"))
