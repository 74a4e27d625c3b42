"""Learn who acts and toward whom: what speaks for a phrase as actor or recipient of an event, and how much.

    cargo build --release -p chancery --example sketches
    python sides.py --sketches ../target/release/examples/sketches

The program names what it sees of every phrase that might fill a side, and of the patterns' own choice; the annotated sentences
(`events/*.txt`, `../crates/app/tests/events/dev*.txt`, never `held.txt`; the examples of the pages) say who did. The weights are those of a conditional logit: a bid's
share is exp(the sum of its weights), divided by those of all bids for that side. Writes `../data/codebook/en/sides.csv`.
`--scores` instead leaves each set out in turn and prints how often both sides are right there, before and after.
"""

import argparse
import csv
import json
import pathlib
import re
import subprocess
import tempfile
from collections import Counter, defaultdict

import torch

ROOT = pathlib.Path(__file__).resolve().parent.parent
SIDES = {"actor": ("actors", 0), "recipient": ("recipients", 1)}
RARE, RIDGE, STEPS, SMALL = 5, 1.0, 120, 0.1
FILL, REPLACE = 0.30, 0.40
CODE = re.compile(r"(?:IGO|ORG):.+?(?=\s+(?:[A-Z]{3}(?:\.[A-Z]{3})?|-\.[A-Z]{3}|IGO:|ORG:)|\s*$)|[A-Z]{3}(?:\.[A-Z]{3})?(?=\s|$)|-\.[A-Z]{3}")


def organisations():
    """Codes of organisations by every name in the tables."""
    out = {}
    with open(ROOT / "data/actors/organizations.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for name in [row["name"], row["code"].split(":")[1], *row["aliases"].split("|")]:
                out.setdefault(name.lower(), row["code"])
    return out


def codes_of(cell, known):
    found = CODE.findall(cell.strip()) if cell.strip() != "-" else []
    return frozenset(known.get(c.split(":", 1)[1].lower(), c) if ":" in c else c.removeprefix("-") for c in found)


def items(path, known):
    """The sentences of a set as texts for the program, with their records: type, codes of the actors, codes of the recipients."""
    for block in re.split(r"\n\s*\n", pathlib.Path(path).read_text(encoding="utf-8")):
        head, _, rest = block.strip()[max(0, block.strip().find("### ")) :].partition("\n")
        text, _, records = rest.partition("\n")
        if head.startswith("### ") and records:
            parts = [re.match(r"([A-Z]+)(?:/[a-z-]+)? (.+) > (.+?)(?: \[\w+\])?$", r.split(" @ ")[0].strip()) for r in records.split("\n")]
            yield {"published": head[4:14], "source": head[15:].strip(), "text": text}, [(p[1], codes_of(p[2], known), codes_of(p[3], known)) for p in parts if p]


def examples(path, known):
    """The examples of a page that say who did it to whom, as items."""
    for line in path.read_text(encoding="utf-8").splitlines():
        text, arrow, sides = line.removeprefix("- ").partition(" → ")
        actor, _, recipient = sides.partition(" > ")
        if line.startswith("- ") and recipient:
            yield {"published": "2010-01-01", "text": text.strip()}, [(path.stem.upper(), codes_of(actor, known), codes_of(recipient, known))]


def states(codes):
    """Codes without their sectors."""
    return frozenset(c.split(".")[0] for c in codes)


def recorded(records):
    """The records of an item as the program tells them: all who meet are actors."""
    return [(k, a | r if k == "CONSULT" else a, frozenset() if k == "CONSULT" else r) for k, a, r in records]


def matched(told, left):
    """Events that the program tells, each with its record in `gold`, for those whose type is among the records `left`, which it takes away."""
    for event in told:
        actor, recipient = frozenset(event["actor"]), frozenset(event["recipient"])
        fits = [r for r in left if r[0] == event["type"]]
        if fits and event["modality"] in ("happened", "planned"):
            gold = max(fits, key=lambda r: len(r[1] & actor) + len(r[2] & recipient))
            left.remove(gold)
            yield event | {"gold": gold[1:]}


def hits(event, side):
    """Which bids for a side name those of the record: by their sectors too, if any does."""
    field, place = SIDES[side]
    gold = event["gold"][place]
    exact = [frozenset(b["who"]) == gold for b in event[field]]
    return exact if any(exact) else [states(b["who"]) == states(gold) for b in event[field]]


def events_of(all_items, sketches):
    """Events that the program tells in some items, each with its record in `gold`, for those whose type the sentence tells."""
    out = []
    with tempfile.TemporaryDirectory() as folder:
        texts = pathlib.Path(folder) / "texts.jsonl"
        texts.write_text("".join(json.dumps({"id": str(i)} | text) + "\n" for i, (text, _) in enumerate(all_items)), encoding="utf-8")
        lines = subprocess.run([sketches, ROOT / "data/codebook/en", texts], check=True, stdout=subprocess.PIPE).stdout.decode().splitlines()
    left = {str(i): recorded(records) for i, (_, records) in enumerate(all_items)}
    for sketch in map(json.loads, lines):
        out += matched(sketch["sides"], left[sketch["document"]])
    return out


class Bids:
    """All bids for one side of some events: what is seen of each by number, its event, and whether it is right."""

    def __init__(self, events, side, vocabulary):
        seen, starts, event_of, right = [], [], [], []
        self.usable = torch.zeros(len(events), dtype=torch.bool)
        for number, event in enumerate(events):
            right_ones = hits(event, side)
            self.usable[number] = any(right_ones)
            for bid, hit in zip(event[SIDES[side][0]], right_ones):
                starts.append(len(seen))
                seen += [vocabulary[s] for s in set(bid["seen"]) if s in vocabulary]
                event_of.append(number)
                right.append(hit)
        self.seen, self.starts = torch.tensor(seen), torch.tensor(starts)
        self.event_of, self.right, self.events = torch.tensor(event_of), torch.tensor(right), len(events)

    def sums(self, weights):
        return torch.nn.functional.embedding_bag(self.seen, weights[:, None], self.starts, mode="sum").squeeze(1)

    def of_events(self, sums):
        """The logarithm of the sum of the exponentials of each event's bids."""
        most = torch.full((self.events,), -1e9).scatter_reduce(0, self.event_of, sums.detach(), "amax")
        return most + torch.zeros(self.events).scatter_add(0, self.event_of, (sums - most[self.event_of]).exp()).clamp(min=1e-30).log()


def fit(events, side):
    """Weights by what is seen."""
    counts = Counter(s for e in events for b in e[SIDES[side][0]] for s in set(b["seen"]))
    vocabulary = {s: i for i, s in enumerate(sorted(s for s, n in counts.items() if n >= RARE and "," not in s))}
    bids = Bids(events, side, vocabulary)
    weights = torch.zeros(len(vocabulary), requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=STEPS, line_search_fn="strong_wolfe")
    wrong = torch.where(bids.right, 0.0, -1e4)

    def loss():
        optimiser.zero_grad()
        sums = bids.sums(weights)
        total = (bids.of_events(sums) - bids.of_events(sums + wrong))[bids.usable].sum() + RIDGE * weights.square().sum()
        total.backward()
        return total

    optimiser.step(loss)
    rounded = {s: round(weights[i].item(), 2) for s, i in vocabulary.items()}
    return {s: w for s, w in rounded.items() if abs(w) >= SMALL}


def write(path, weights):
    """Writes a table: weights by what is seen, by side."""
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write("side,seen,weight\n")
        for side in SIDES:
            for seen, weight in sorted(weights[side].items()):
                file.write(f"{side},{seen},{weight:.2f}\n")


def settled(event, side, weights):
    """Who fills a side once all bids are heard."""
    shares, filled = defaultdict(float), frozenset(event[side])
    sums = [sum(weights.get(s, 0.0) for s in set(b["seen"])) for b in event[SIDES[side][0]]]
    shares_of = torch.softmax(torch.tensor(sums), 0).tolist()
    for bid, share in zip(event[SIDES[side][0]], shares_of):
        shares[frozenset(bid["who"])] += share
    who = max(shares, key=shares.get)
    return who if shares[who] >= (REPLACE if filled else FILL) else filled


def right(events, settle):
    return sum(all(states(settle(e, side)) == states(e["gold"][place]) for side, (_, place) in SIDES.items()) for e in events)


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--sketches", default="../target/release/examples/sketches", help="the example `sketches` of chancery, built")
    arguments.add_argument("--out", default="../data/codebook/en/sides.csv")
    arguments.add_argument("--scores", action="store_true")
    a = arguments.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(1)
    known = organisations()
    paths = sorted((ROOT / "crates/app/tests/events").glob("dev*.txt")) + sorted((ROOT / "training/events").glob("*.txt"))
    sets = {path.stem: events_of(list(items(path, known)), a.sketches) for path in paths}
    pages = sorted((ROOT / "data/codebook/en").glob("*.md"))
    sets["pages"] = events_of([item for page in pages for item in examples(page, known)], a.sketches)
    if a.scores:
        for name, events in sets.items():
            others = [e for other, those in sets.items() if other != name for e in those]
            weights = {side: fit(others, side) for side in SIDES}
            before = right(events, lambda e, side: frozenset(e[side]))
            after = right(events, lambda e, side: settled(e, side, weights[side]))
            print(f"{name}: {len(events)} events, both sides right {before / len(events):.3f} -> {after / len(events):.3f}", flush=True)
        return
    events = [e for those in sets.values() for e in those]
    write(a.out, {side: fit(events, side) for side in SIDES})


if __name__ == "__main__":
    main()
