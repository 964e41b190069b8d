"""Saying it: the answer in words, the bulletin, and the data behind it.

``protect`` makes the tables fit to be public, ``wording`` turns the answer into sentences,
``terminal`` and ``bulletin`` lay them out, ``data`` writes the files. Everything here is a
pure function of what it is given: equal inputs give equal bytes.
"""
