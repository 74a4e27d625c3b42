"""The project's analyser: the example `evaluate` of `crates/nlp`, as a command."""

import json
import pathlib
import subprocess
import tempfile

from beside import treebank

ROOT = pathlib.Path(__file__).resolve().parents[2]
TIERS = ("accurate", "fast")


def build():
    """Build the example and return where it lies."""
    command = ["cargo", "build", "--release", "-p", "chancery-nlp", "--example", "evaluate", "--message-format=json"]
    lines = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    made = [m["executable"] for m in map(json.loads, lines) if m.get("executable") and m["target"]["name"] == "evaluate"]
    return made[-1]


class Analyser:
    """The analyser as a command, and the tiers that it has."""

    def __init__(self, command):
        self.command = command
        self.tiers = [t for t in TIERS if self.answers(t)]

    def answers(self, tier):
        try:
            self.documents({}, tier)
        except subprocess.CalledProcessError:
            return False
        return True

    def run(self, *arguments):
        return subprocess.run([self.command, *arguments], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()

    def words(self, path, tier):
        """The analysis of the words of a treebank: sentences in its order."""
        return list(treebank.read(self.run(path, "--write", "words", "--exit", tier).splitlines()))

    def documents(self, texts, tier):
        """The analysis of texts (id -> raw text), as CoNLL-U."""
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            write(file, texts)
            return self.run(file.name, "--exit", tier)


def write(file, texts):
    """Write texts as documents that the example reads."""
    for key, text in texts.items():
        file.write(json.dumps({"id": key, "text": text}) + "\n")
    file.flush()
