"""Quotations: which marks open, which close, and what lies within which."""

from __future__ import annotations

from dataclasses import dataclass, field

from holdfire.statements.grammar.tokens import CLOSING, OPENING, Tokens

CLOSES = {"“": "”", "„": "“”", "«": "»", "‹": "›", "‚": "‘’", "‘": "’", "»": "«", "”": "”"}
DEEPEST = 4


@dataclass(slots=True)
class Quotation:
    """A quotation by its marks: tokens ``opens`` and ``closes``, both included.

    ``closed`` is false where the text never closes it, which is usual in all but the last
    paragraph of a quotation of several paragraphs; ``closes`` is then the last token.
    """

    opens: int
    closes: int
    mark: str
    closed: bool = True
    inner: list[Quotation] = field(default_factory=list)


def quotations(
    text: str, words: Tokens, first: int, last: int, marks: list[int]
) -> list[Quotation]:
    """Return the quotations of one paragraph, tokens ``first`` to ``last`` (exclusive).

    ``marks`` are its tokens that are quotation marks or apostrophes.

    An apostrophe is not taken for a mark: a single mark counts only where a blank or another
    mark stands on its outer side. A mark that never closes opens a quotation only at the start of
    the paragraph or after a colon or comma; elsewhere it is left alone.
    """
    found: list[Quotation] = []
    open_: list[Quotation] = []
    for at in marks:
        mark = words.words[at]
        if open_ and _closes(text, words, at, open_[-1].mark):
            done = open_.pop()
            done.closes = at
            (open_[-1].inner if open_ else found).append(done)
        elif len(open_) > 1 and _closes(text, words, at, open_[-2].mark) and mark in '"”»':
            # The inner mark was none, or was forgotten.
            open_.pop()
            done = open_.pop()
            done.closes = at
            (open_[-1].inner if open_ else found).append(done)
        elif len(open_) < DEEPEST and _opens(text, words, at):
            open_.append(Quotation(at, at, mark))
    while len(open_) > 1:
        lost = open_.pop()
        open_[-1].inner.extend(lost.inner)
    if open_:
        begun = open_[0]
        before = words.words[begun.opens - 1] if begun.opens > first else ":"
        if before in ":,.!?…" and begun.mark not in "'‘":
            begun.closes, begun.closed = last - 1, False
            found.append(begun)
        else:
            found.extend(begun.inner)
    return sorted(found, key=lambda quotation: quotation.opens)


def _opens(text: str, words: Tokens, at: int) -> bool:
    """Whether a mark can open: nothing but a blank or a bracket before it, a word after it."""
    mark, start = words.words[at], words.starts[at]
    if mark in CLOSING and mark != "»":
        return False
    before = text[start - 1] if start else " "
    after = text[words.ends[at]] if words.ends[at] < len(text) else " "
    if after.isspace() and mark not in "«„":
        return False
    return not before.isalnum() or mark in "“„«"


def _closes(text: str, words: Tokens, at: int, opened: str) -> bool:
    """Whether a mark closes what ``opened``."""
    mark, start = words.words[at], words.starts[at]
    if opened in "\"'":
        if mark != opened:
            return False
        return opened == '"' or not _letter_after(text, words, at)
    if mark not in CLOSES.get(opened, ""):
        return mark == '"' and opened == "“" and not text[start - 1].isspace()
    return mark != "’" or not _letter_after(text, words, at)


def _letter_after(text: str, words: Tokens, at: int) -> bool:
    end = words.ends[at]
    return end < len(text) and text[end].isalnum()


__all__ = ["OPENING", "Quotation", "quotations"]
