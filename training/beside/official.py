"""The official evaluation of CoNLL 2018 and the official validator, both from the package `udtools`."""

from collections import Counter

MEASURES = ("Tokens", "Sentences", "Words", "UPOS", "XPOS", "UFeats", "Lemmas", "UAS", "LAS")


def scores(gold, system):
    """F1 of each measure. Relations are compared without their subtypes, features are the universal ones, as in the shared task."""
    from udtools import udeval

    result = udeval.evaluate(udeval.load_conllu_file(gold), udeval.load_conllu_file(system))
    return [100.0 * result[name].f1 for name in MEASURES]


def faults(path):
    """How often each rule of levels 1 to 3 is broken: (level, rule) -> count. Level 1 is the format, 2 the trees, 3 what UD says of them."""
    from udtools.incident import IncidentType
    from udtools.validator import Validator

    state = Validator(lang="en", level=3, output=None).validate_files([path])
    return Counter((i.level, i.testid) for i in state.error_tracker if i.get_type() == IncidentType.ERROR)
