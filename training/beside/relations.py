"""The relations that the coder lives on, from UD trees and from spaCy's.

A relation is (kind, head, word, more): `subject` with whether it is passive, `object` direct or indirect, `oblique` with its
preposition, `complement` (clausal, open or not). spaCy's scheme is turned into UD's where a rule can say how:

- a copula yields to its complement, or to what its preposition governs or an adverb of place where there is none; "there is" keeps the
  verb, and its `attr` is the subject;
- `dobj` and `dative` are objects; `prep` (`agent`, `dative`) with `pobj` is an oblique where no noun governs the preposition, the
  outermost preposition of a chain counts;
- `ccomp`, `xcomp`, and `acomp`, `attr`, `oprd` under other verbs than "be" are complements; not a clause before the verb that reports it;
- the subject of an infinitive complement without "for" is the object of the verb above;
- a person's name is headed by its first word.

What is left of the difference between the schemes counts against spaCy, more under nouns and adjectives than under verbs.
"""

PLACES = {"here", "there", "where", "how", "when", "in", "out", "up", "down", "inside", "outside", "away", "back", "home", "over", "on", "off"}
KINDS = ("subject", "object", "oblique", "complement")


def of_ud(words):
    """The relations of a UD tree of `Word`s."""
    found, prepositions = set(), {}
    for word in words:
        if word.relation.split(":")[0] == "case":
            prepositions.setdefault(word.head, word.form.lower())
    for word in words:
        base, _, subtype = word.relation.partition(":")
        if base in ("nsubj", "csubj"):
            found.add(("subject", word.head, word.number, subtype == "pass"))
        elif base in ("obj", "iobj"):
            found.add(("object", word.head, word.number, None))
        elif base == "obl" and word.number in prepositions:
            found.add(("oblique", word.head, word.number, prepositions[word.number]))
        elif base in ("ccomp", "xcomp"):
            found.add(("complement", word.head, word.number, None))
    return found


def of_spacy(doc):
    """The relations of a spaCy tree, as those of a UD tree."""
    found = set()

    def add(kind, head, word, more=None):
        head, word = first_of_name(predicate(head)), first_of_name(predicate(word))
        if head.i != word.i:
            found.add((kind, head.i + 1, word.i + 1, more))

    for token in doc:
        head, relation = token.head, token.dep_
        if relation == "attr" and exists(head):
            add("subject", head, token, False)
        elif relation == "nsubj" and raised(head):
            add("object", head.head, token)
        elif relation in ("nsubj", "nsubjpass", "csubj", "csubjpass"):
            add("subject", head, token, relation.endswith("pass"))
        elif relation == "dobj" or relation == "dative" and token.pos_ != "ADP":
            add("object", head, token)
        elif relation == "pobj":
            outer = outermost(head)
            if outer.dep_ in ("prep", "agent", "dative") and outer.head.pos_ in ("VERB", "AUX", "ADJ", "ADV"):
                add("oblique", outer.head, token, outer.lower_)
        elif relation == "ccomp" and token.i < head.i:
            continue
        elif relation in ("ccomp", "xcomp") or relation in ("acomp", "attr", "oprd") and head.lemma_ != "be":
            add("complement", head, token)
    return found


def first_of_name(token):
    """The first word of the person's name that the token heads, else the token."""
    word = token
    while word.ent_type_ == "PERSON" and word.ent_iob_ == "I":
        word = word.nbor(-1)
    return word


def exists(verb):
    return any(c.dep_ == "expl" for c in verb.children)


def predicate(token):
    """The word that UD makes the head where spaCy has the copula."""
    if token.lemma_ != "be" or token.dep_ in ("aux", "auxpass") or exists(token):
        return token
    children = list(token.children)
    complement = [c for c in children if c.dep_ in ("attr", "acomp")]
    if not complement and any(c.dep_ in ("nsubj", "csubj") for c in children):
        prepositions = [c for c in children if c.dep_ == "prep" and c.i > token.i]
        complement = [c for p in prepositions[:1] for c in p.children if c.dep_ == "pobj"]
        complement = complement or [c for c in children if c.dep_ == "advmod" and c.lower_ in PLACES]
    return complement[0] if complement else token


def raised(verb):
    """Whether the verb is an infinitive complement whose subject UD gives to the verb above as its object."""
    return verb.dep_ == "ccomp" and verb.tag_ == "VB" and not any(c.dep_ == "mark" or c.tag_ == "MD" for c in verb.children)


def outermost(preposition):
    """The first of prepositions in a chain: `out` of "out of", `because` of "because of"."""
    while preposition.dep_ in ("prep", "pcomp") and preposition.head.dep_ == "prep":
        preposition = preposition.head
    return preposition
