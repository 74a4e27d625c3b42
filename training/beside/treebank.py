"""Treebanks as sentences of words, and as the raw text that they were made from."""

import dataclasses


@dataclasses.dataclass
class Word:
    """A word: `number` and `head` are 1-based, head 0 is the root; `space` says that a space follows its token."""

    number: int
    form: str
    upos: str
    head: int
    relation: str
    misc: dict
    space: bool


@dataclasses.dataclass
class Sentence:
    """A sentence: its document, its text as printed, whether it opens a paragraph, whether white space follows it, its words."""

    document: str
    text: str
    opens: bool
    space: bool
    words: list


def read(lines):
    """Yield the sentences of a CoNLL-U text. Empty nodes are left out; words of a joint form have a space only after the last."""
    document, text, opens, words, joint, space = "", "", True, [], (0, True), True
    for line in lines:
        line = line.rstrip("\n")
        if line.startswith("# newdoc id"):
            document, opens = line.partition("=")[2].strip(), True
        elif line.startswith(("# newdoc", "# newpar")) and line[8:9] in ("", " "):
            opens = True
        elif line.startswith("# text ="):
            text = line.partition("=")[2].strip()
        elif line.startswith("#"):
            continue
        elif line:
            columns = line.split("\t")
            misc = dict(m.partition("=")[::2] for m in columns[9].split("|"))
            space = misc.get("SpaceAfter") != "No"
            if "-" in columns[0]:
                joint = (int(columns[0].partition("-")[2]), space)
            elif columns[0].isdigit():
                number = int(columns[0])
                if number <= joint[0]:
                    space = joint[1] and number == joint[0]
                words.append(Word(number, columns[1], columns[3], int(columns[6]), columns[7], misc, space))
        elif words:
            yield Sentence(document, text, opens, space, words)
            opens, words, joint = False, [], (0, True)


def load(path):
    """The sentences of the file."""
    with open(path, encoding="utf-8") as lines:
        return list(read(lines))


def raw(sentences):
    """The text under sentences: what `# text` says, a blank line before each paragraph, a space between sentences where one stood."""
    parts, space = [], False
    for sentence in sentences:
        if parts:
            parts.append("\n\n" if sentence.opens else " " if space else "")
        parts.append(sentence.text)
        space = sentence.space
    return "".join(parts) + "\n"


def bare(sentences):
    """Sentences given as words, in CoNLL-U with empty columns and a dummy tree: input for a system that is given the words."""
    lines = []
    for words in sentences:
        lines += [f"{n}\t{word}\t_\tX\t_\t_\t{n - 1}\tdep\t_\t_" for n, word in enumerate(words, 1)] + [""]
    return "\n".join(lines) + "\n"
