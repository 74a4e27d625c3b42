"""Count how often events prove right, by how they were found and by how sure the reader of events is of their type and the weights of sides.csv
of both sides:

    python events.py --without plain plain-2 plain-3     # a reader that has not seen the sentences
    cargo build --release && python event_confidence.py --chancery ../target/release/chancery > ../data/codebook/en/confidence.csv
    python events.py                                     # the reader of all

`--codebook` names a folder with the pages and a `sides.csv` that has not seen the sentences either. Right is an event whose type the sentence of
`events/plain*.txt` tells and no other event of it took before; the rows `sides` say of how many of these actors and recipients are right as well, as
states and organisations. What meetings and statements give is right if type and sides are. Prints the table; `--check SENTENCES` instead
compares the confidence of events in other sentences with how many prove right there.
"""

import argparse
import json
import math
import pathlib
import shutil
import subprocess
import tempfile
from collections import Counter, defaultdict

import sides

# Sets on which it is counted.
LEFT_OUT = "plain plain-2 plain-3".split()
BINS = {
    "page": (0, 1, 10, 40, 80, 95), "reader": (50, 60, 70, 80, 90, 96), "meeting": (0,), "statement": (0,),
    "sides": (0, 30, 40, 50, 60, 70, 80, 90, 96),
}
# A table by which the program tells how sure it is of the sides: 99 in 100 of that.
TELLING = [f"{found},0,100,999999,1000000" for found in BINS if found != "sides"] + [f"sides,{p},{p},{min(10000 * p + 5000, 999999)},1000000" for p in range(101)]


def bare(codes):
    """States and organisations without sectors, those of no state as such."""
    return frozenset(c if ":" in c else "-" if c.startswith(".") else c.split(".")[0] for c in codes)


def beliefs(conllu):
    """By document the words with start, end, head and what they are believed to tell."""
    out, document, words = defaultdict(list), "", []
    for line in conllu.splitlines() + [""]:
        if line.startswith("# newdoc id"):
            document = line.split(" = ")[1]
        elif not line and words:
            out[document].append(words)
            words = []
        elif line and line.split("\t")[0].isdigit():
            columns = line.split("\t")
            misc = dict(m.split("=", 1) for m in columns[9].split("|"))
            told = dict(t.split(":") for t in misc["Tells"].split(",")) if "Tells" in misc else {}
            words.append((int(misc["Start"]), int(misc["End"]), int(columns[6]), {k: int(v) for k, v in told.items()}))
    return out


def belief(sentences, quote, kind):
    """How sure the reader is at the word that the quoted words hang below."""
    for words in sentences:
        inside = {n for n, w in enumerate(words, 1) if quote["start"] <= w[0] and w[1] <= quote["end"]}
        tops = [n for n in inside if words[n - 1][2] not in inside]
        if tops:
            return max(words[n - 1][3].get(kind, 0) for n in tops)
    return 0


def judged(events, gold):
    """Each event with whether its type is right, and whether type and sides are: records that fit best are taken first."""
    left = [(kind, bare(actors), bare(recipients)) for kind, actors, recipients in gold]
    out = []
    for event in events:
        actor, recipient = (frozenset(p["code"] or "-" for p in event[side]) for side in ("actor", "recipient"))
        whole = (event["plover"], actor, recipient)
        fits = [r for r in left if r[0] == event["plover"]]
        if fits:
            left.remove(whole if whole in fits else max(fits, key=lambda r: len(r[1] & actor) + len(r[2] & recipient)))
        out.append((event, bool(fits), whole in fits))
    return out


def found_by(event):
    rule = event["provenance"][0]["rule"]
    return "meeting" if event["meeting"] else "statement" if event["said_in"] else "reader" if rule.endswith("#reader") else "page"


def place(found, sure):
    return found, max([b for b in BINS[found] if b <= sure], default=BINS[found][0])


def run(chancery, texts, *more):
    return subprocess.run([chancery, "code", texts, *more], check=True, stdout=subprocess.PIPE).stdout.decode()


def records(chancery, texts, codebook):
    return {r["document"]: r for r in (json.loads(line)["record"] for line in run(chancery, texts, "--codebook", codebook).splitlines())}


def count(a, folder, all_items, texts):
    """The rows of the table."""
    telling = shutil.copytree(a.codebook, folder / "codebook")
    (telling / "confidence.csv").write_text("found_by,from,to,right,of\n" + "\n".join(TELLING) + "\n", encoding="utf-8")
    told, right, of = beliefs(run(a.chancery, texts, "--format", "conllu")), Counter(), Counter()
    for document, record in records(a.chancery, texts, telling).items():
        for event, of_type, whole in judged(record["events"], all_items[int(document[1:])][1]):
            found = found_by(event)
            if found in ("meeting", "statement"):
                places = [(place(found, 0), whole)]
            else:
                places = [(place(found, belief(told[document], event["quote"], event["plover"])), of_type)]
                places += [(place("sides", math.ceil(event["confidence"] / 0.99)), whole)] * of_type
            for at, is_right in places:
                of[at] += 1
                right[at] += is_right
    yield "found_by,from,to,right,of"
    for found, starts in BINS.items():
        for start, end in zip(starts, [*(b - 1 for b in starts[1:]), 100]):
            yield f"{found},{start},{end},{right[found, start]},{of[found, start]}"


def check(a, all_items, texts):
    """By tens of confidence: how many events, their mean confidence, how many in 100 proved right; then the expected calibration error."""
    bins = defaultdict(list)
    for document, record in records(a.chancery, texts, a.codebook).items():
        for event, _, whole in judged(record["events"], all_items[int(document[1:])][1]):
            bins[event["confidence"] // 10].append((event["confidence"], 100 * whole))
    error, events = 0, sum(map(len, bins.values()))
    for first, rows in sorted(bins.items()):
        sure, right = (sum(column) / len(rows) for column in zip(*rows))
        error += abs(sure - right) * len(rows) / events
        yield f"{10 * first}-{10 * first + 9}: {len(rows)} events, confidence {sure:.0f}, right {right:.0f} in 100"
    yield f"{events} events, expected calibration error {error:.1f}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--chancery", default="../target/release/chancery")
    arguments.add_argument("--sentences", nargs="+", default=[f"events/{name}.txt" for name in LEFT_OUT])
    arguments.add_argument("--codebook", default="../data/codebook/en")
    arguments.add_argument("--check", nargs="+", metavar="SENTENCES")
    a = arguments.parse_args()
    known = sides.organisations()
    all_items = [item for path in a.check or a.sentences for item in sides.items(path, known)]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        texts = folder / "texts.jsonl"
        lines = (json.dumps({"id": f"x{i}"} | text) + "\n" for i, (text, _) in enumerate(all_items))
        texts.write_text("".join(lines), encoding="utf-8")
        print("\n".join(check(a, all_items, texts) if a.check else count(a, folder, all_items, texts)))


if __name__ == "__main__":
    main()
