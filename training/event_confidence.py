"""Count how often events prove right, by how they were found and by how sure the reader of events is of their type:

    python events.py --without plain plain-2 plain-3     # a reader that has not seen the sentences
    cargo build --release && python event_confidence.py --chancery ../target/release/chancery > ../data/codebook/en/confidence.csv
    python events.py                                     # the reader of all

Right is an event whose type the sentence of `events/plain*.txt` tells and no other event of it took before. Prints the table.
"""

import argparse
import json
import pathlib
import re
import subprocess
import tempfile
from collections import Counter, defaultdict

BINS = {"page": (0, 1, 10, 40, 80, 95), "reader": (50, 60, 70, 80, 90, 96), "meeting": (0,), "statement": (0,)}


def items(path):
    for block in re.split(r"\n\s*\n", pathlib.Path(path).read_text(encoding="utf-8")):
        block = block[max(0, block.find("### ")) :].strip()
        lines = block.split("\n")
        if block.startswith("### ") and len(lines) > 2:
            yield lines[0][4:14], lines[1], Counter(re.match(r"[A-Z]+", r)[0] for r in lines[2:] if r[0].isalpha())


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


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--chancery", default="../target/release/chancery")
    arguments.add_argument("--sentences", nargs="+", default=["events/plain.txt", "events/plain-2.txt", "events/plain-3.txt"])
    arguments.add_argument("--codebook", default="../data/codebook/en")
    a = arguments.parse_args()
    all_items = [item for path in a.sentences for item in items(path)]
    with tempfile.TemporaryDirectory() as folder:
        texts = pathlib.Path(folder) / "texts.jsonl"
        texts.write_text("".join(json.dumps({"id": f"x{i}", "published": d, "text": t}) + "\n" for i, (d, t, _) in enumerate(all_items)), encoding="utf-8")
        run = lambda *more: subprocess.run([a.chancery, "code", texts, *more], check=True, stdout=subprocess.PIPE).stdout.decode()
        told = beliefs(run("--format", "conllu"))
        records = [json.loads(line)["record"] for line in run("--format", "record", "--codebook", a.codebook).splitlines()]
    right, of = Counter(), Counter()
    for record in records:
        gold = Counter(all_items[int(record["document"][1:])][2])
        for event in record["events"]:
            rule = event["provenance"][0]["rule"]
            found = "meeting" if event["meeting"] else "statement" if event["said_in"] else "reader" if rule.endswith("#reader") else "page"
            sure = belief(told[record["document"]], event["quote"], event["plover"]) if found in ("page", "reader") else 0
            place = found, max([b for b in BINS[found] if b <= sure], default=BINS[found][0])
            of[place] += 1
            right[place] += gold[event["plover"]] > 0
            gold[event["plover"]] -= gold[event["plover"]] > 0
    print("found_by,from,to,right,of")
    for found, starts in BINS.items():
        for start, end in zip(starts, [*(b - 1 for b in starts[1:]), 100]):
            print(f"{found},{start},{end},{right[found, start]},{of[found, start]}")


if __name__ == "__main__":
    main()
