"""Scoring extractors against annotated corpora."""
