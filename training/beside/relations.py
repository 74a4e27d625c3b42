"""The relations that the coder lives on, from UD trees and from spaCy's.

A relation is (kind, head, word, more): `subject` with whether it is passive, `object`, `argument` with its preposition (obliques and
noun modifiers), `complement` (clausal, open or not). spaCy's scheme is turned into UD's where a rule can say how:

- a copula yields to its complement, or to what its preposition governs where there is none; "there is" keeps the verb, and its `attr` is
  the subject;
- `dobj` is the object; `prep` with `pobj` is an argument of what governs the preposition, the outermost preposition counts; so is `agent`;
- `ccomp`, `xcomp`, and `acomp`, `attr`, `oprd` under other verbs than "be" are complements;
- the subject of an infinitive complement without "for" is the object of the verb above.

What is left of the difference between the schemes counts against spaCy, most of it in arguments.
"""

KINDS = ("subject", "object", "argument", "complement")


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
        elif base == "obj":
            found.add(("object", word.head, word.number, None))
        elif base in ("obl", "nmod") and subtype != "poss" and word.number in prepositions:
            found.add(("argument", word.head, word.number, prepositions[word.number]))
        elif base in ("ccomp", "xcomp"):
            found.add(("complement", word.head, word.number, None))
    return found


def of_spacy(doc):
    """The relations of a spaCy tree, as those of a UD tree."""
    found = set()

    def add(kind, head, word, more=None):
        if head.i != word.i:
            found.add((kind, head.i + 1, word.i + 1, more))

    for token in doc:
        head, relation = predicate(token.head), token.dep_
        if relation == "attr" and exists(token.head):
            add("subject", token.head, token, False)
        elif relation in ("nsubj", "nsubjpass", "csubj", "csubjpass"):
            if relation == "nsubj" and raised(token.head):
                add("object", predicate(token.head.head), token)
            else:
                add("subject", head, predicate(token), relation.endswith("pass"))
        elif relation == "dobj":
            add("object", head, token)
        elif relation == "pobj":
            outer = outermost(token.head)
            if outer.dep_ in ("prep", "agent", "dative"):
                add("argument", predicate(outer.head), token, outer.lower_)
        elif relation in ("ccomp", "xcomp") or relation in ("acomp", "attr", "oprd") and token.head.lemma_ != "be":
            add("complement", head, predicate(token))
    return found


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
    return complement[0] if complement else token


def raised(verb):
    """Whether the verb is an infinitive complement whose subject UD gives to the verb above as its object."""
    return verb.dep_ == "ccomp" and verb.tag_ == "VB" and not any(c.dep_ == "mark" or c.tag_ == "MD" for c in verb.children)


def outermost(preposition):
    """The first of prepositions in a chain: `out` of "out of", `because` of "because of"."""
    while preposition.dep_ in ("prep", "pcomp") and preposition.head.dep_ == "prep":
        preposition = preposition.head
    return preposition
