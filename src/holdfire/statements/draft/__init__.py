"""From texts to a draft agreement and to reports, each field with its passage."""

from holdfire.statements.draft.fields import FIELDS, Term, terms_of

__all__ = ["FIELDS", "Term", "terms_of"]
