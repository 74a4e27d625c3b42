"""Sentences a second of one core: user time, raw text in, full analysis out."""

import os
import resource
import statistics
import subprocess
import tempfile

from beside import ours


def pin():
    """Keep this process and those that it starts on one core where the system can, each with one thread."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS"):
        os.environ[name] = "1"


def passage(sentences, shortest=16, longest=32, limit=600):
    """Sentences of a middling length, none twice: as texts (document -> paragraphs), one by one, and their mean length in words."""
    texts, seen, words = {}, {}, 0
    for sentence in sentences:
        if shortest <= len(sentence.words) <= longest and sentence.text not in seen and len(seen) < limit:
            seen[sentence.text] = None
            words += len(sentence.words)
            texts.setdefault(sentence.document, []).append((sentence.opens, sentence.text))
    joined = {key: "".join(("\n\n" if opens else " ") + text for opens, text in parts).strip() for key, parts in texts.items()}
    return joined, list(seen), words / max(1, len(seen))


def ours_seconds(command, texts, tier):
    """User seconds of the analyser on the texts, without its start (the time of a run on no text)."""

    def run(given):
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            ours.write(file, given)
            before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            subprocess.run([command, file.name, "--exit", tier], check=True, stdout=subprocess.DEVNULL)
            return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before

    return run(texts) - run({})


def peer_seconds(analyse, texts):
    """User seconds of a pipeline in this process, loaded before, that `analyse` applies to an iterable of texts."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    for _ in analyse(texts):
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime - before


def rates(systems, count, repetitions):
    """Name -> sentences a second of each repetition; the systems take turns."""
    out = {name: [] for name in systems}
    for _ in range(repetitions):
        for name, seconds in systems.items():
            out[name].append(count / seconds())
    return {name: (statistics.median(r), min(r), max(r)) for name, r in out.items()}
