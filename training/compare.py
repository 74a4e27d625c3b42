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
    parser.add_argument("treebank", nargs="?", help="a CoNLL-U file (EWT dev; for speed the news of GUM)")
    parser.add_argument("--data", type=pathlib.Path, default=DATA, help="the folder with ud/, ner/ and readouts/")
    parser.add_argument("--analyser", help="the example `evaluate`, built before (else cargo builds it)")
    parser.add_argument("--repetitions", type=int, default=7, help="runs of each system in speed")
    options = parser.parse_args()
    if options.measure == "speed":
        speed.pin(max(speed.os.sched_getaffinity(0)))
    analyser = ours.Analyser(options.analyser or ours.build())
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
    rows = []
    for system, sets in found.items():
        sets = pooled(sets)
        of_kind = lambda pool, kind: {r for r in pool if r[1] == kind}
        rows.append([system, *(table.f1(of_kind(wanted, k), of_kind(sets, k)) for k in relations.KINDS), table.f1(wanted, sets)])
    print(f"F1 of relations, {path.name}, gold words and sentences ({len(gold)})\n")
    print(table.markdown(["", *relations.KINDS, "all"], rows))


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
    sets["readouts"] = list(entities.readouts("test.jsonl", options.data / "readouts")) if entities.count("test.jsonl") else []
    for title, sentences in sets.items():
        if not sentences:
            left_out(f"the set {title} is left out: its labels or its texts are missing")
            continue
        wanted = pooled(entities.mapped(spans, entities.OURS) for _, _, spans in sentences)
        found = {}
        with tempfile.NamedTemporaryFile("w", suffix=".conllu", encoding="utf-8") as file:
            file.write(treebank.bare(words for words, _, _ in sentences))
            file.flush()
            for tier in analyser.tiers:
                found[f"chancery, {tier}"] = [entities.mapped(entities.of_tree(s.words), entities.OURS) for s in analyser.words(file.name, tier)]
        if pipeline:
            docs = peer.of_words(pipeline, ((words, spaces) for words, spaces, _ in sentences))
            found["spaCy md"] = [entities.mapped(entities.of_spacy(d), entities.SPACY) for d in docs]
        rows = []
        for system, spans in found.items():
            spans = pooled(spans)
            of_type = lambda pool, kind: {s for s in pool if s[3] == kind}
            rows.append([system, *(table.f1(of_type(wanted, k), of_type(spans, k)) for k in ("PER", "LOC", "ORG")), table.f1(wanted, spans)])
        print(f"F1 of names, exact spans, {title}, gold words ({len(sentences)} sentences, {len(wanted)} names)\n")
        print(table.markdown(["", "PER", "LOC", "ORG", "all"], rows))


def in_speed(options, analyser):
    path = given(options, "en_gum_by-train.conllu")
    sentences = treebank.load(path)
    if not options.treebank:
        sentences = [s for s in sentences if s.document.startswith("GUM_news")]
    texts, count, mean = speed.passage(sentences)
    systems = {f"chancery, {t}": lambda t=t: speed.ours_seconds(analyser.command, texts, t) for t in analyser.tiers}
    if pipeline := spacy():
        systems["spaCy md, full pipeline"] = lambda: speed.peer_seconds(pipeline, texts)
        speed.peer_seconds(pipeline, dict(list(texts.items())[:1]))
    rates = speed.rates(systems, count, options.repetitions)
    base = list(rates.values())[-1][0]
    rows = [[name, f"{middle:.0f}", f"{low:.0f} to {high:.0f}", f"{middle / base:.2f}"] for name, (middle, low, high) in rates.items()]
    print(f"Raw text to full analysis, one core, user time: {count} sentences of {mean:.1f} words, median of {options.repetitions} runs in turn\n")
    print(table.markdown(["", "sentences/s", "range", f"times {list(rates)[-1]}"], rows))


if __name__ == "__main__":
    main()
