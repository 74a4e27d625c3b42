"""Names: the labels that the project gave, calendar expressions and figures found by rule, and lists of known names as features.

Spans are (first word, word after the last, type). Types: PER persons, LOC states and places, GOV organs of a state, ORG other
organisations, FAC buildings and sites, EVENT, LAW laws and documents, DATE, NUM. `names/README.md` says how they were drawn.
"""

import csv
import hashlib
import json
import pathlib
import re

TYPES = ("PER", "LOC", "GOV", "ORG", "FAC", "EVENT", "LAW", "DATE", "NUM")
HERE = pathlib.Path(__file__).parent

MONTH = r"(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.)"
DAY, YEAR = r"(?:[12]?\d|3[01])(?: ?(?:st|nd|rd|th))?", r"(?:1[5-9]\d\d|20\d\d)"
PART = r"(?: (?:morning|afternoon|evening|night))"
PERIOD = rf"(?:day|week|weekend|month|quarter|year|decade|century|summer|spring|fall|autumn|winter|morning|afternoon|evening|night|{WEEKDAY}|{MONTH})"
EDGE = r"(?:(?:[Ee]arly|[Ll]ate|[Mm]id)(?: -)? |(?:start|beginning|middle|end) of (?:the )?)?"
DATE = re.compile(
    rf"(?<!\S)(?:{EDGE}(?:"
    rf"(?:{WEEKDAY}{PART}? (?:, )?)?{MONTH} {DAY}(?: ?[-–] ?{DAY}| and {DAY})?(?: (?:, )?{YEAR})?(?!\S)|"
    rf"(?:{WEEKDAY} (?:, )?)?{DAY} (?:of )?{MONTH}(?: (?:, )?{YEAR})?|"
    rf"{MONTH} (?:, |of )?{YEAR}|"
    rf"(?:January|February|April|June|July|August|September|October|November|December)|"
    rf"{WEEKDAY}{PART}?|"
    rf"(?:[Tt]oday|[Yy]esterday|[Tt]omorrow){PART}?|[Tt]onight|"
    rf"(?:(?:[Ee]arlier|[Ll]ater) )?(?:[Tt]his|[Ll]ast|[Nn]ext|[Cc]oming) {PERIOD}|[Nn]ew Year|"
    rf"(?:end|beginning|start) of the year|"
    rf"(?:{YEAR}|['’]?\d0) ?s|(?:1\d|20|21) ?(?:st|th) century|"
    rf"(?<=[Ii]n ){YEAR}|(?<=[Bb]y ){YEAR}|(?<=[Ss]ince ){YEAR}|(?<=[Uu]ntil ){YEAR}|(?<=[Ff]rom ){YEAR}|(?<=[Oo]f ){YEAR}|(?<=[Ff]or ){YEAR}|(?<=, ){YEAR}(?= [,.])|(?<=\( ){YEAR}(?= [)\-–])"
    rf"))(?!\S)"
)


def bio(words, spans, dates):
    """BIO tags of a sentence: the spans given, then dates (where they are not among the labels) and figures between them."""
    tags = ["O"] * len(words)
    put(tags, spans)
    if dates:
        put(tags, calendar(words))
    put(tags, figures(words))
    return tags


def put(tags, spans):
    """Write spans over words that have no name yet."""
    for first, end, kind in spans:
        if all(t == "O" for t in tags[first:end]):
            tags[first:end] = [f"B-{kind}"] + [f"I-{kind}"] * (end - first - 1)


def calendar(words):
    """Spans of expressions that the calendar or the day of speaking gives."""
    text, ends = "", {}
    starts = {}
    for i, word in enumerate(words):
        starts[len(text)] = i
        text += word
        ends[len(text)] = i + 1
        text += " "
    found = ((m.start(), m.end()) for m in DATE.finditer(text))
    return [(starts[a], ends[b], "DATE") for a, b in found if a in starts and b in ends]


FIGURE = re.compile(r"[+-]?\d[\d.,:/]*(?:st|nd|rd|th|k|m|bn|%)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|million|billion|trillion|dozen", re.I)
CURRENCY = ("$", "€", "£", "¥", "US$", "A$", "USD", "EUR")


def figures(words):
    """Spans of amounts: figures in digits or words, with their currency or per cent."""
    out, i = [], 0
    while i < len(words):
        first = i
        if words[i] in CURRENCY:
            i += 1
        begin = i
        while i < len(words) and (FIGURE.fullmatch(words[i]) or i > begin and words[i] == "-" and i + 1 < len(words) and FIGURE.fullmatch(words[i + 1])):
            i += 1
        if i == begin:
            i = first + 1
            continue
        if i < len(words) and words[i] in ("%", "percent"):
            i += 1
        elif words[i : i + 2] == ["per", "cent"]:
            i += 2
        if i - begin > 1 or words[begin].lower() not in ("one", "may"):
            out.append((first, i, "NUM"))
    return out


def marks(*files):
    """Sentence id -> spans, from files of lines `id<TAB>first-end TYPE first-end TYPE`."""
    out = {}
    for file in files:
        for line in (HERE / "names" / file).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                key, _, spans = line.partition("\t")
                parts = spans.split()
                out[key] = [(*map(int, place.split("-")), kind) for place, kind in zip(parts[::2], parts[1::2])]
    return out


def readouts(file, folder):
    """Yield (document id, words, spans) of labelled sentences of texts in `folder`; a text that has changed is left out.

    Each line of the file: file, SHA-256 of the document's id (16 digits), byte of the first word, SHA-256 of the sentence, words as byte ranges from that byte, spans.
    """
    texts = {}
    for line in (HERE / "names" / file).read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        if entry["source"] not in texts:
            path = pathlib.Path(folder) / entry["source"]
            documents = (json.loads(l) for l in path.read_text(encoding="utf-8").splitlines()) if path.exists() else ()
            key = lambda d: hashlib.sha256(d["id"].encode()).hexdigest()[:16]
            texts[entry["source"]] = {key(d): (d["id"], (d.get("text") or "\n\n".join(d.get("paragraphs", []))).encode()) for d in documents}
        name, text = texts[entry["source"]].get(entry["document"], ("", b""))
        text = text[entry["start"] :]
        words = [text[a:b] for a, b in entry["words"]]
        if hashlib.sha256(text[: entry["words"][-1][1]]).hexdigest() == entry["sha256"]:
            yield name, [w.decode() for w in words], [tuple(n) for n in entry["names"]]


LISTS = ("place", "person", "surname", "organization")


def known(folder, parts):
    """The lists of known names: kind -> forms, each its parts (`data.normalise`) joined by spaces. From `data/actors`."""
    rows = lambda file: csv.DictReader((pathlib.Path(folder) / file).open(encoding="utf-8", newline=""))
    out = {kind: set() for kind in LISTS}
    for row in rows("states.csv"):
        out["place"] |= {row["name"], row["official_name"], row["capital"], *row["aliases"].split("|")}
    for row in rows("places.csv"):
        # Not the names of small towns, most of which are other words too.
        if not row["found"]:
            out["place"].add(row["name"])
    for row in rows("people.csv"):
        out["person"] |= {n for n in (row["name"], *row["aliases"].split("|")) if " " in n or "-" in n}
        out["surname"].add(row["surname"])
    for row in rows("organizations.csv"):
        out["organization"] |= {row["name"], *row["aliases"].split("|")}
    spell = lambda form: " ".join(part for word in form.split() for part in parts(word))
    return {kind: sorted({spell(f) for f in forms if len(f) > 1}) for kind, forms in out.items()}


class Gazetteer:
    """Which words stand in a list of known names: 0 none, then two numbers a list: the first word of a name, another word of it."""

    def __init__(self, lists):
        self.forms, self.longest = {}, 1
        for number, kind in enumerate(LISTS):
            for form in lists[kind]:
                self.forms.setdefault(form, number)
                self.longest = max(self.longest, form.count(" ") + 1)
        self.size = 1 + 2 * len(LISTS)

    def rows(self, words, parts):
        """One number a word: from left to right the longest form that begins with a capital. `parts` are the words' own."""
        out, i = [0] * len(words), 0
        while i < len(words):
            best, key = None, []
            if words[i][:1].isupper():
                for end in range(i + 1, len(words) + 1):
                    key += parts[end - 1]
                    if len(key) > self.longest:
                        break
                    number = self.forms.get(" ".join(key))
                    if number is not None:
                        best = (end, number)
            if best:
                end, number = best
                out[i:end] = [1 + 2 * number] + [2 + 2 * number] * (end - i - 1)
                i = end
            else:
                i += 1
        return out
