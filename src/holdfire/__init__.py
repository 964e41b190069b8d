"""Is the ceasefire holding? An answer with evidence.

The stages, in order: ``sources`` reads any file into reports; ``merge`` makes reports into
incidents; ``assess`` holds each incident against each clause; ``measure`` counts; ``publish``
writes the bulletin and the data. ``pipeline`` joins them and is the file to read first.
"""

__version__ = "0.1.0"
