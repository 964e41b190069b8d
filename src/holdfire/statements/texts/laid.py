"""A text laid out from a file: its letters, and where each of them stands in what it was read from.

Reading is a chain of steps (decode, unescape, lay out, clean). Each step says where its letters
stand in what the step before gave; :func:`through` puts two steps together.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import lru_cache

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
    placing = _Placing()
    starts = [run[0] for run in lower.runs]
    for text_at, at, length in upper.runs:
        if at == NOWHERE:
            placing.add(text_at, NOWHERE, length)
        elif length == 1:
            first, last = _place(lower, starts, at, at + upper.wide.get(text_at, 1))
            placing.add(text_at, first, 1, 1 if first == NOWHERE else last - first)
        else:
            _places(placing, lower, starts, text_at, at, at + length)
    return Laid(upper.text, placing.runs, placing.wide)


class _Placing:
    """Puts runs together, those that touch to one."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.wide: dict[int, int] = {}

    def add(self, text_at: int, at: int, length: int, wide: int = 1) -> None:
        """Add letters that stand from ``at`` on; a single one may be written with several."""
        if wide != 1:
            self.wide[text_at] = wide
        elif self.runs:
            begun, last_at, last = self.runs[-1]
            touches = at == NOWHERE if last_at == NOWHERE else at == last_at + last
            if touches and begun not in self.wide:
                self.runs[-1] = (begun, last_at, last + length)
                return
        self.runs.append((text_at, at, length))


def _place(lower: Laid, starts: list[int], at: int, end: int) -> tuple[int, int]:
    """Return where one letter stands that is written with lower's letters ``at`` to ``end``."""
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
                return NOWHERE, NOWHERE
            last = file_at + (lower.wide.get(text_at, 1) if length == 1 else b - text_at)
        index += 1
    return first, last


def _places(
    placing: _Placing, lower: Laid, starts: list[int], text_at: int, at: int, end: int
) -> None:
    """Add the letters ``at`` to ``end`` of lower, which stand in the text from ``text_at`` on."""
    runs, wide, shift = lower.runs, lower.wide, text_at - at
    first = max(bisect_right(starts, at) - 1, 0)
    stop = bisect_left(starts, end, first)
    for low_at, file_at, length in runs[first : first + 1]:
        cut = max(at - low_at, 0)
        length = min(length, end - low_at) - cut
        if length > 0:
            place = file_at if file_at == NOWHERE else file_at + cut
            placing.add(low_at + cut + shift, place, length, wide.get(low_at, 1))
    if stop < first + 2:
        return
    # Runs that touch are one run in lower, too: those between the first and the last stay as they
    # are.
    between = runs[first + 1 : stop - 1]
    placing.runs += [(low_at + shift, file_at, length) for low_at, file_at, length in between]
    for low_at, _, length in between:
        if length == 1 and low_at in wide:
            placing.wide[low_at + shift] = wide[low_at]
    low_at, file_at, length = runs[stop - 1]
    placing.add(low_at + shift, file_at, min(length, end - low_at), wide.get(low_at, 1))


_JSON_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL
)
_SHORT = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", '"': '"', "\\": "\\", "/": "/"}


@lru_cache(maxsize=4096)
def _letter(escape: str) -> str:
    """Return the letter that an escape stands for."""
    if escape[1] != "u":
        return _SHORT.get(escape[1], escape[1])
    if len(escape) == 12:
        high, low = int(escape[2:6], 16), int(escape[8:], 16)
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    code = int(escape[2:], 16)
    return "\N{REPLACEMENT CHARACTER}" if 0xD800 <= code < 0xE000 else chr(code)


def json_string(raw: str, at: int) -> Laid:
    """Unescape the inside of a JSON string that stands at ``at``.

    Half of a surrogate pair is no letter and becomes U+FFFD: it could not be written out again.
    """
    if "\\" not in raw:
        return Laid.whole(raw, at)
    pieces: list[str] = []
    runs: list[Run] = []
    wide: dict[int, int] = {}
    length = done = 0
    for match in _JSON_ESCAPE.finditer(raw):
        start, end = match.span()
        if start > done:
            pieces.append(raw[done:start])
            runs.append((length, at + done, start - done))
            length += start - done
        pieces.append(_letter(match[0]))
        wide[length] = end - start
        runs.append((length, at + start, 1))
        length, done = length + 1, end
    if done < len(raw):
        pieces.append(raw[done:])
        runs.append((length, at + done, len(raw) - done))
    return Laid("".join(pieces), runs, wide)
