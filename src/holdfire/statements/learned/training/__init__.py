"""Training of the tagger from a corpus that the user has; needs the extra ``train``."""
