"""Web pages and pieces of them: laid out as paragraphs, with every letter's place."""

from __future__ import annotations

from holdfire.statements.texts.found import Found
from holdfire.statements.texts.laid import Laid


def is_page(text: str) -> bool:
    """Whether a text is a whole web page."""
    return False


def laid_out(text: str) -> Laid | None:
    """Lay out a piece of HTML; ``None`` if it is plain text."""
    return None


def page(text: str, item: int) -> Found:
    """Return the main text of a web page."""
    raise NotImplementedError
