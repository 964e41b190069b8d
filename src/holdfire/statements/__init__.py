"""Statements: who says what about the ceasefire, through whom, and what its terms are."""
