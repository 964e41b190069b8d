"""Whether a drafted agreement has been confirmed by a person."""

from __future__ import annotations

from holdfire.errors import Problem
from holdfire.terms.agreement import Agreement
from holdfire.terms.loading import FILE


def unconfirmed(agreement: Agreement, file: str = FILE) -> Problem | None:
    """Return why nothing may be run with a drafted agreement yet, or ``None``.

    ``None`` for an agreement that a person wrote (it has no ``[draft]``) and for a draft with a
    name in ``confirmed_by``. Open questions do not stop a run: the person has seen them.
    """
    draft = agreement.draft
    if draft is None or draft.confirmed_by.strip():
        return None
    count = len(draft.open)
    questions = f"{count} open question{'' if count == 1 else 's'}" if count else "no open question"
    return Problem(
        file,
        f"[draft] confirmed_by is empty: a program drafted this agreement ({questions}), "
        "and no person has confirmed it; expected the name of one who has",
        "read every field against the passage quoted beside it, correct it, settle what is listed "
        'under open, then write your name: confirmed_by = "…", confirmed_on = the day',
    )


def still_open(agreement: Agreement, file: str = FILE) -> Problem | None:
    """Return a warning where a confirmed draft still lists questions, or ``None``."""
    draft = agreement.draft
    if draft is None or not draft.open:
        return None
    count = len(draft.open)
    questions = "1 question is" if count == 1 else f"{count} questions are"
    return Problem(
        file,
        f"[draft] {questions} still listed under open",
        "strike out what is settled; what stays is told here each time",
        severity="warning",
    )
