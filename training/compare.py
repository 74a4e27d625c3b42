"""Measure the language front end beside its peers, each measure a command that prints a Markdown table:

    python compare.py relations            the relations that the coder lives on, on gold words, beside spaCy md
    python compare.py official [TREEBANK]  the official evaluation of CoNLL 2018 from raw text, and the official validator
    python compare.py names                exact names on gold words, beside spaCy md
    python compare.py speed                sentences a second of one core, beside spaCy md

What is missing (data, spaCy, a tier of the analyser) is left out, with a line that says so.
"""

import argparse
import pathlib
import sys
import tempfile

from beside import entities, official, ours, peer, relations, speed, table, treebank

DATA = pathlib.Path(__file__).resolve().parents[2] / "shared" / "data"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("measure", choices=("relations", "official", "names", "speed"))
    parser.add_argument("treebank", nargs="?", help="a CoNLL-U file (EWT dev; for speed GUM)")
    parser.add_argument("--data", type=pathlib.Path, default=DATA, help="the folder with ud/, ner/ and readouts/")
    parser.add_argument("--analyser", help="the example `evaluate`, built before (else cargo builds it)")
    parser.add_argument("--repetitions", type=int, default=7, help="runs of each system in speed")
    options = parser.parse_args()
    if options.measure == "speed":
        speed.pin()
    try:
        analyser = ours.Analyser(options.analyser or ours.build())
    except (OSError, ours.subprocess.CalledProcessError) as error:
        sys.exit(f"there is no analyser to measure: {error}")
    for tier in ours.TIERS:
        if tier not in analyser.tiers:
            left_out(f"the tier {tier} is left out: the analyser does not have it")
    {"relations": in_relations, "official": in_official, "names": in_names, "speed": in_speed}[options.measure](options, analyser)


def left_out(reason):
    print(reason, file=sys.stderr)


def given(options, default):
    """The treebank's path; ends the command where there is none."""
    path = pathlib.Path(options.treebank or options.data / "ud" / default)
    if not path.exists():
        left_out(f"{path} is missing: nothing is measured")
        sys.exit(0)
    return path


def spacy():
    pipeline, reason = peer.load()
    if reason:
        left_out(reason)
    return pipeline


def in_relations(options, analyser):
    path = given(options, "en_ewt-ud-dev.conllu")
    gold = treebank.load(path)
    found = {f"chancery, {t}": [relations.of_ud(s.words) for s in analyser.words(path, t)] for t in analyser.tiers}
    if pipeline := spacy():
        sentences = (([w.form for w in s.words], [w.space for w in s.words]) for s in gold)
        found["spaCy md"] = [relations.of_spacy(d) for d in peer.of_words(pipeline, sentences)]
    wanted = pooled(relations.of_ud(s.words) for s in gold)
    verb = lambda r: gold[r[0]].words[r[2] - 1].upos == "VERB"
    for title, counts in (("any word", lambda r: True), ("verbs", verb)):
        print(f"F1 of relations of {title}, {path.name}, gold words and sentences ({len(gold)})\n")
        print(by_kind(filter(counts, wanted), {name: filter(counts, pooled(sets)) for name, sets in found.items()}, relations.KINDS, 1))


def by_kind(wanted, found, kinds, place):
    """A table of F1 by the kind that members of the sets have at `place`, and of all kinds together."""
    wanted, rows = set(wanted), []
    for system, members in found.items():
        members = set(members)
        of = lambda pool, kind: {m for m in pool if m[place] == kind}
        rows.append([system, *(table.f1(of(wanted, k), of(members, k)) for k in kinds), table.f1(wanted, members)])
    return table.markdown(["", *kinds, "all"], rows)


def pooled(sets):
    """Sets of sentences as one: each member with the sentence's number before it."""
    return {(n, *member) for n, members in enumerate(sets) for member in members}


def in_official(options, analyser):
    path = given(options, "en_ewt-ud-dev.conllu")
    try:
        import udtools  # noqa: F401
    except ImportError as error:
        left_out(f"{error} (pip install -r requirements-compare.txt): nothing is measured")
        return
    text = treebank.raw(treebank.load(path))
    rows, broken = [], {"gold": official.faults(str(path))}
    for tier in analyser.tiers:
        with tempfile.NamedTemporaryFile("w", suffix=".conllu", encoding="utf-8") as file:
            file.write(analyser.documents({path.stem: text}, tier))
            file.flush()
            rows.append([f"chancery, {tier}", *(f"{s:.2f}" for s in official.scores(str(path), file.name))])
            broken[f"chancery, {tier}"] = official.faults(file.name)
    print(f"CoNLL 2018 evaluation, {path.name}, raw text\n")
    print(table.markdown(["F1", *official.MEASURES], rows))
    print("Rules that the validator finds broken, by level\n")
    kinds = sorted(set().union(*broken.values()))
    print(table.markdown(["rule", *broken], [[f"{level} {rule}", *(b[level, rule] for b in broken.values())] for level, rule in kinds]))


def in_names(options, analyser):
    pipeline = spacy()
    uner = options.data / "ner" / "uner_en_ewt-dev.iob2"
    sets = {"UNER EWT dev": list(entities.universal(uner)) if uner.exists() else []}
    sets["readouts"] = list(entities.readouts("readouts-test.jsonl", options.data / "readouts"))
    for title, sentences in sets.items():
        if not sentences:
            left_out(f"the set {title} is left out: its labels or its texts are missing")
            continue
        found = {}
        with tempfile.NamedTemporaryFile("w", suffix=".conllu", encoding="utf-8") as file:
            file.write(treebank.bare(words for words, _, _ in sentences))
            file.flush()
            for tier in analyser.tiers:
                found[f"chancery, {tier}"] = [(entities.of_tree(s.words), entities.OURS) for s in analyser.words(file.name, tier)]
        own = {name: pooled(set(spans) for spans, _ in of_sentences) for name, of_sentences in found.items()}
        if pipeline:
            docs = peer.of_words(pipeline, ((words, spaces) for words, spaces, _ in sentences))
            found["spaCy md"] = [(entities.of_spacy(d), entities.SPACY) for d in docs]
        wanted = pooled(entities.mapped(spans, entities.OURS) for _, _, spans in sentences)
        found = {name: pooled(entities.mapped(*given) for given in of_sentences) for name, of_sentences in found.items()}
        print(f"F1 of names, exact spans, {title}, gold words ({len(sentences)} sentences, {len(wanted)} names)\n")
        print(by_kind(wanted, found, ("PER", "LOC", "ORG"), 3))
        if title == "readouts":
            labelled = pooled(set(spans) for _, _, spans in sentences)
            own = {name: (s for s in spans if s[3] in entities.LABELLED) for name, spans in own.items()}
            print(f"The same in the project's own types ({len(labelled)} names)\n")
            print(by_kind(labelled, own, entities.LABELLED, 3))


def in_speed(options, analyser):
    path = given(options, "en_gum_by-train.conllu")
    texts, lines, mean = speed.passage(treebank.load(path))
    systems = {f"chancery, {t}": lambda t=t: speed.ours_seconds(analyser.command, texts, t) for t in analyser.tiers}
    if pipeline := spacy():
        systems["spaCy md, texts by `pipe`"] = lambda: speed.peer_seconds(pipeline.pipe, list(texts.values()))
        systems["spaCy md, sentence by sentence"] = lambda: speed.peer_seconds(lambda given: map(pipeline, given), lines)
        speed.peer_seconds(pipeline.pipe, texts.values())
    rates = speed.rates(systems, len(lines), options.repetitions)
    peers = [name for name in rates if name.startswith("spaCy")]
    rows = []
    for name, (middle, low, high) in rates.items():
        rows.append([name, f"{middle:.0f}", f"{low:.0f} to {high:.0f}", *(f"{middle / rates[p][0]:.2f}" for p in peers)])
    print(f"Raw text to full analysis, one core, user time: {len(lines)} sentences of {mean:.1f} words, median of {options.repetitions} runs in turn\n")
    print(table.markdown(["", "sentences/s", "range", *(f"times {p}" for p in peers)], rows))


if __name__ == "__main__":
    main()
