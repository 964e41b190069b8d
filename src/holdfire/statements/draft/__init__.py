"""From texts to a draft agreement and to reports, each field with its passage."""

from holdfire.statements.draft.claims import claims_of, write_reports
from holdfire.statements.draft.drafting import Draft, Question, draft
from holdfire.statements.draft.fields import terms_of
from holdfire.statements.draft.gathering import Quote
from holdfire.statements.draft.term import FIELDS, Term

__all__ = [
    "FIELDS", "Draft", "Question", "Quote", "Term", "claims_of", "draft", "terms_of",
    "write_reports",
]  # fmt: skip
