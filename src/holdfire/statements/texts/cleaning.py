"""What is kept of a text: its news paragraphs, without title, captions, lists and requests.

What is not the news is told in ``boilerplate.toml``. Bylines and datelines are kept: they say which
agency a text is a copy of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from holdfire.statements.texts.boilerplate import (
    Boilerplate,
    Phrase,
    before_its_end,
    boilerplate,
    plain,
    plain_end,
)  # fmt: skip
from holdfire.statements.texts.dating import dated
from holdfire.statements.texts.found import Found, TextError
from holdfire.statements.texts.laid import NOWHERE, Laid, Laying, through
from holdfire.statements.texts.paragraphs import Paragraph, paragraphs, without

LONGEST_TITLE = 200
"""Letters of a title; the longest headlines are about 150."""

LONGEST_READ = 6_000
"""Letters that are read as one paragraph. No paragraph of news has as many; what is laid out
without breaks is parted at sentences, or its statements would all be compared with each other."""

_SENTENCE_END = re.compile(r"(?<=[.!?”\"]) ")

FEWEST_WORDS = 3
"""Words of a title that nobody named: a line of one or two is a place or a heading."""


@dataclass(slots=True)
class _Cut:
    """The paragraphs of a text in small letters, and why each is cut (``""`` is kept)."""

    of: list[Paragraph]
    low: list[str]
    why: list[str]

    def cut(self, at: int, why: str) -> None:
        self.why[at] = self.why[at] or why

    def block(self, at: int) -> bool:
        """Whether a paragraph stands directly below the one before."""
        return at < len(self.of) and not self.of[at].apart


def cleaned(found: Found) -> Laid:
    """Return the kept paragraphs, parted by line breaks; complete what is known of the text.

    Title, day and outlet are added to ``found`` where the text itself tells them.
    """
    rules = boilerplate()
    parts = paragraphs(found.laid.text, found.breaks)
    text = _Cut(parts, [plain(part.words) for part in parts], [""] * len(parts))
    _title(text, found)
    dated(parts, text.why, found)
    whole = plain(found.laid.text)
    _captions(text, rules, rules.credits_in(whole))
    _lines(text, rules)
    _phrases(text, rules, rules.phrases_in(whole))
    if not found.outlet:
        _outlet(text, found, rules)
    kept = [part for part, why in zip(parts, text.why, strict=True) if not why]
    if not kept:
        raise TextError("nothing in it is an article's text: titles, captions or requests only")
    return through(_joined(kept, found.laid.text), found.laid)


def _joined(kept: list[Paragraph], text: str) -> Laid:
    laying, last = Laying(), 0
    for part in kept:
        begun = laying.length
        for index, (start, end) in enumerate(part.pieces):
            if laying.length and (not index or part.spaced[index]):
                # Where the file has white space only, all of it is how the break is written.
                here = text[last:start].isspace()
                goes_on = index and laying.length - begun < LONGEST_READ
                begun = begun if goes_on else laying.length
                laying.letter(" " if goes_on else "\n", last if here else NOWHERE, start)
            _lay(laying, part.letters[index], start)
            last = end
    return laying.laid()


def _lay(laying: Laying, letters: str, at: int) -> None:
    """Add the letters of a piece; one that is too long to be a paragraph is parted at sentences."""
    done = 0
    while len(letters) - done > LONGEST_READ:
        window = letters[done : done + LONGEST_READ]
        ends = [found.start() for found in _SENTENCE_END.finditer(window, LONGEST_READ // 2)]
        cut = ends[-1] if ends else window.rfind(" ")
        if cut <= 0:
            break
        laying.letters(window[:cut], at + done)
        laying.letter("\n", at + done + cut, at + done + cut + 1)
        done += cut + 1
    laying.letters(letters[done:], at + done)


def _title(text: _Cut, found: Found) -> None:
    """Find the title, where the file does not name it, and cut it wherever it stands."""
    if not text.of:
        return
    first = text.of[0]
    if not found.title and len(text.of) > 1:
        repeated = text.low[0] in text.low[1:]
        if _like_a_title(first.words, text.low[0]) and (
            text.of[1].apart or repeated or found.breaks == "pages"
        ):
            found.title = first.words
            found.how["title"] = "the first line"
    if not found.title:
        return
    wanted = plain(found.title)
    short = before_its_end(wanted)
    for at, low in enumerate(text.low):
        if low in (wanted, short):
            text.cut(at, "title")


def _like_a_title(words: str, low: str) -> bool:
    """Whether a line reads like a title: short, no sentence, no dateline."""
    end = words.rstrip("\"'”’»)]")[-1:]
    return (
        len(words) <= LONGEST_TITLE
        and end not in (".", ";", ",", ":", "")
        and low.count(" ") + 1 >= FEWEST_WORDS
        and not low.startswith("by ")
    )


def _captions(text: _Cut, rules: Boilerplate, worded: bool) -> None:
    """Cut names of picture files, the caption below them, and lines that end with a credit."""
    for at, part in enumerate(text.of):
        words = part.words
        if " " not in words and rules.file_name(words):
            text.cut(at, "picture")
            if text.block(at + 1) and rules.caption_of(words, text.of[at + 1].words):
                text.cut(at + 1, "caption")
        elif len(words) <= rules.longest_caption and rules.credited(
            words, worded and rules.credits_in(text.low[at])
        ):
            text.cut(at, "caption")


def _lines(text: _Cut, rules: Boilerplate) -> None:
    """Cut whole lines that are buttons, and lists of other articles with their headings."""
    at = 0
    while at < len(text.of):
        low = text.low[at]
        if not text.why[at] and plain_end(low) in rules.headings:
            text.cut(at, "list")
            end = min(at + 1 + rules.most_listed, len(text.of))
            while at + 1 < end and rules.listed(text.of[at + 1].words):
                at += 1
                text.cut(at, "list")
        elif rules.button(low):
            text.cut(at, "button")
        at += 1


def _phrases(text: _Cut, rules: Boilerplate, there: list[Phrase]) -> None:
    """Cut paragraphs by the phrases in them; only phrases that the text has are looked for."""
    if not there:
        return
    for at, low in enumerate(text.low):
        if text.why[at]:
            continue
        if low[-1] == ")" and rules.tails.search(text.of[at].words):
            without(text.of[at], rules.tails)
            text.low[at] = low = plain(text.of[at].words)
        kind = rules.kind_of(low, there) if low else "credits"
        if kind:
            text.cut(at, kind)


def _outlet(text: _Cut, found: Found, rules: Boilerplate) -> None:
    """Find the outlet in what was cut, and cut its name where it stands on a line of its own."""
    for at, why in enumerate(text.why):
        if why in ("", "title", "list", "picture", "caption"):
            continue
        name, line = rules.outlet(
            text.of[at].words, text.low[at], text.of[at - 1].words if at else ""
        )
        if name:
            found.outlet = name
            found.how["outlet"] = "what was cut around the text"
            if line:
                text.cut(at - 1, "outlet")
            return
