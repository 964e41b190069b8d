"""A text laid out from a file: its letters, and where each of them stands in what it was read from.

Reading is a chain of steps (decode, unescape, lay out, clean). Each step says where its letters
stand in what the step before gave; :func:`through` puts two steps together.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from holdfire.statements.article import Origin

Run = tuple[int, int, int]
NOWHERE = -1


@dataclass(slots=True)
class Laid:
    """A text and its runs, with the meaning they have in :class:`Origin`."""

    text: str
    runs: list[Run]
    wide: dict[int, int] = field(default_factory=dict)

    @classmethod
    def whole(cls, text: str, at: int = 0) -> Laid:
        """Return a text that stands letter by letter in its file from ``at`` on."""
        return cls(text, [(0, at, len(text))] if text else [])

    @property
    def origin(self) -> Origin:
        """Return what an article keeps of it."""
        return Origin(tuple(self.runs), self.wide)


class Laying:
    """Puts a :class:`Laid` together, piece after piece; pieces that touch become one run."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._runs: list[Run] = []
        self._wide: dict[int, int] = {}
        self.length = 0

    def letters(self, text: str, at: int) -> None:
        """Add letters that stand letter by letter from ``at`` on (or nowhere)."""
        if not text:
            return
        self._pieces.append(text)
        self._run(at, len(text))

    def letter(self, letter: str, at: int, end: int) -> None:
        """Add one letter that is written with everything from ``at`` to ``end``."""
        if at != NOWHERE and end - at != 1:
            # A run of its own: it must not be taken into the one before.
            self._wide[self.length] = end - at
            self._runs.append((self.length, at, 1))
            self.length += 1
        else:
            self._run(at, 1)
        self._pieces.append(letter)

    def several(self, letters: str, at: int, end: int) -> None:
        """Add what one escape stands for; only its first letter can have a place."""
        if letters:
            self.letter(letters[0], at, end)
            self.letters(letters[1:], NOWHERE)

    def laid(self) -> Laid:
        """Return everything added so far."""
        return Laid("".join(self._pieces), self._runs, self._wide)

    def _run(self, at: int, length: int) -> None:
        if self._runs:
            text_at, last_at, last = self._runs[-1]
            touches = at == NOWHERE if last_at == NOWHERE else at == last_at + last
            if touches and text_at not in self._wide:
                self._runs[-1] = (text_at, last_at, last + length)
                self.length += length
                return
        self._runs.append((self.length, at, length))
        self.length += length


def through(upper: Laid, lower: Laid) -> Laid:
    """Return ``upper``, whose places are letters of ``lower``, with places of lower's file."""
    if len(lower.runs) == 1 and lower.runs[0][0] == 0 and not lower.wide:
        shift = lower.runs[0][1]
        if shift == 0 or not upper.runs:
            return upper
        if shift != NOWHERE:
            runs = [(t, at if at == NOWHERE else at + shift, n) for t, at, n in upper.runs]
            return Laid(upper.text, runs, upper.wide)
    laying = Laying()
    starts = [run[0] for run in lower.runs]
    for text_at, at, length in upper.runs:
        letters = upper.text[text_at : text_at + length]
        if at == NOWHERE:
            laying.letters(letters, NOWHERE)
        elif length == 1:
            _place(laying, letters, lower, starts, at, at + upper.wide.get(text_at, 1))
        else:
            _places(laying, letters, lower, starts, at)
    return laying.laid()


def _place(laying: Laying, letter: str, lower: Laid, starts: list[int], at: int, end: int) -> None:
    """Add one letter written with lower's letters ``at`` to ``end``, if they stand together."""
    first, last = NOWHERE, NOWHERE
    index = max(bisect_right(starts, at) - 1, 0)
    while index < len(starts) and starts[index] < end:
        text_at, file_at, length = lower.runs[index]
        a, b = max(at, text_at), min(end, text_at + length)
        if file_at != NOWHERE and a < b:
            begins = file_at + a - text_at
            if first == NOWHERE:
                first = begins
            elif begins != last:
                first, last = NOWHERE, NOWHERE
                break
            last = file_at + (lower.wide.get(text_at, 1) if length == 1 else b - text_at)
        index += 1
    laying.letter(letter, first, last)


def _places(laying: Laying, letters: str, lower: Laid, starts: list[int], at: int) -> None:
    """Add letters that stand in lower letter by letter from ``at`` on."""
    end = at + len(letters)
    index = max(bisect_right(starts, at) - 1, 0)
    while index < len(starts) and starts[index] < end:
        text_at, file_at, length = lower.runs[index]
        a, b = max(at, text_at), min(end, text_at + length)
        if a < b:
            piece = letters[a - at : b - at]
            if file_at == NOWHERE:
                laying.letters(piece, NOWHERE)
            elif length == 1:
                laying.letter(piece, file_at, file_at + lower.wide.get(text_at, 1))
            else:
                laying.letters(piece, file_at + a - text_at)
        index += 1


_JSON_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL
)
_SHORT = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "\\": "\\", "/": "/"}


def json_string(raw: str, at: int) -> Laid:
    """Unescape the inside of a JSON string that stands at ``at``.

    Half of a surrogate pair is no letter and becomes U+FFFD: it could not be written out again.
    """
    if "\\" not in raw:
        return Laid.whole(raw, at)
    laying, done = Laying(), 0
    for match in _JSON_ESCAPE.finditer(raw):
        start, end = match.span()
        if start > done:
            laying.letters(raw[done:start], at + done)
        escape = match.group()
        if escape[1] != "u":
            letter = _SHORT.get(escape[1], escape[1])
        elif len(escape) == 12:
            high, low = int(escape[2:6], 16), int(escape[8:], 16)
            letter = chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
        else:
            code = int(escape[2:], 16)
            letter = "\N{REPLACEMENT CHARACTER}" if 0xD800 <= code < 0xE000 else chr(code)
        laying.letter(letter, at + start, at + end)
        done = end
    laying.letters(raw[done:], at + done)
    return laying.laid()
