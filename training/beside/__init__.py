"""The language front end beside its peers: what `compare.py` measures. Nothing here needs torch."""
