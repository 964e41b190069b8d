"""Paragraphs and sentences, in which a quotation counts as one word.

Seen from outside a quotation is one unit, whatever it contains, so that a sentence is not cut by a
full stop inside it. The sentences inside a quotation are sentences of their own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from holdfire.statements.grammar import classes as c
from holdfire.statements.grammar.quotations import Quotation, quotations
from holdfire.statements.grammar.tokens import BREAKS, QUOTES, QUOTING, Tokens

LONGEST = 240
"""Units after which a sentence is cut, so that a text without full stops costs no more."""
WIDEST = 120
"""Letters up to which the lines of a text may be lines of a page rather than paragraphs."""
ATTRIBUTION_LONGEST = 8
"""Words that "the president's spokesman asked" may take after a question in quotation marks."""
HEADING_LONGEST = 40
"""Tokens up to which a paragraph that does not end as sentences do is a heading or a caption."""
ENDING = frozenset(".!?…")
CLOSERS = ENDING | frozenset('"”»’:;')


class Sentence:
    """A sentence as units: words, marks and whole quotations, with places in the text.

    ``quoted`` is whether it stands inside a quotation. Once it is whole, :meth:`close` fills in
    ``last``, the first unit of its closing marks, which is the end of its words, and ``flags``,
    all classes that any of its units has.
    """

    __slots__ = ("classes", "ends", "flags", "last", "paragraph", "quoted", "starts", "words")

    def __init__(
        self, paragraph: int, quoted: bool, words: list[str], classes: list[int],
        starts: list[int], ends: list[int],
    ) -> None:  # fmt: skip
        self.paragraph, self.quoted = paragraph, quoted
        self.words, self.classes, self.starts, self.ends = words, classes, starts, ends
        self.last = len(words)
        self.flags = 0

    def part(self, first: int, last: int) -> Sentence:
        """Return some of its units as a sentence."""
        cut = slice(first, last)
        return Sentence(
            self.paragraph, self.quoted,
            self.words[cut], self.classes[cut], self.starts[cut], self.ends[cut],
        )  # fmt: skip

    def with_units(self, words: Tokens, first: int, last: int) -> Sentence:
        """Add tokens as units and return the sentence."""
        if not self.words:
            self.words, self.classes = words.words[first:last], words.classes[first:last]
            self.starts, self.ends = words.starts[first:last], words.ends[first:last]
            return self
        self.words += words.words[first:last]
        self.classes += words.classes[first:last]
        self.starts += words.starts[first:last]
        self.ends += words.ends[first:last]
        return self

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self.words)

    def close(self) -> int:
        """Fill in what is known of a whole sentence; return its flags."""
        at = len(self.words)
        while at and self.classes[at - 1] & c.STOP:
            at -= 1
        self.last = at
        self.flags = reduce(or_, self.classes)
        return self.flags


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its sentences in order, and the quotation left open at its end."""

    sentences: list[Sentence]
    open_quotation: Quotation | None


def paragraphs(text: str, words: Tokens) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text that hold sentences; headings and captions are left out."""
    words, bounds = _without_breaks(text, words)
    points = iter([*words.points, (len(words.words), BREAKS)])
    for number, (first, last) in enumerate(bounds):
        quotes, stops = [], []
        for at, what in points:
            if what == BREAKS:
                if at >= last:
                    break
            elif what == QUOTES:
                quotes.append(at)
            else:
                stops.append(at)
        if last - first < HEADING_LONGEST and not _closed(words, first, last):
            continue
        marks = quotations(text, words, first, last, quotes) if quotes else []
        sentences: list[Sentence] = []
        _split(words, first, last, marks, number, False, sentences, stops)
        open_ = marks[-1] if marks and not marks[-1].closed else None
        yield Paragraph(sentences, open_)


def _without_breaks(text: str, words: Tokens) -> tuple[Tokens, list[tuple[int, int]]]:
    """Return the tokens without the line breaks inside paragraphs, and where paragraphs are.

    A line of a page does not end a paragraph. Lines of a page are told by their width: no line of
    the text is wider than a page, and this one is about as wide as the widest.
    """
    widest = max(map(len, text.split("\n")), default=0)
    blank = "\n\n" in text
    breaks = [at for at, what in words.points if what == BREAKS]
    within = {at for at in breaks if at and _goes_on(text, words, at, widest, blank)}
    if within:
        words = words.without(within)
        breaks = [at for at, what in words.points if what == BREAKS]
    begins = [0, *(at + 1 for at in breaks)]
    ends = [*breaks, len(words.words)]
    return words, [(a, b) for a, b in zip(begins, ends, strict=True) if b > a]


def _goes_on(text: str, words: Tokens, at: int, widest: int, blank: bool) -> bool:
    """Whether the line after the break goes on with the sentence before it."""
    if at + 1 >= len(words.words) or "\n" in (words.words[at - 1], words.words[at + 1]):
        return False
    if text[words.starts[at + 1]].islower():
        return words.words[at - 1] not in ENDING
    if widest > WIDEST:
        return False
    if blank and words.words[at - 1] not in CLOSERS:
        return True
    place = words.starts[at]
    width = place - (text.rfind("\n", 0, place) + 1)
    following = words.ends[at + 1] - words.starts[at + 1]
    return width + following + 1 > widest - 4 and width > widest * 0.7


def _closed(words: Tokens, first: int, last: int) -> bool:
    """Whether a paragraph ends as sentences do: with a stop, a colon or a quotation mark."""
    at = last - 1
    while at > first and words.words[at] in ")]*_":
        at -= 1
    if words.words[at] in QUOTING and at > first:
        at -= 1
    return words.words[at] in ".!?…:;," or words.words[at].endswith(".")


def _split(
    words: Tokens,
    first: int,
    last: int,
    marks: list[Quotation],
    number: int,
    quoted: bool,
    into: list[Sentence],
    stops: list[int],
) -> None:
    """Add the sentences of a run of tokens, then those inside each of its quotations.

    ``stops`` are the tokens of the paragraph at which a sentence may end.
    """
    sentence = Sentence(number, quoted, [], [], [], [])
    at = first
    for quotation in marks:
        sentence = _plain(words, at, quotation.opens, last, sentence, into, stops)
        at = quotation.closes + 1
        ended = _take_quotation(words, quotation, sentence)
        if ended and _begins(words, at, last) and not _attributed(words, at, last):
            into.append(sentence)
            sentence = Sentence(number, quoted, [], [], [], [])
        inside_end = quotation.closes if quotation.closed else at
        inner = quotation.inner
        _split(words, quotation.opens + 1, inside_end, inner, number, True, into, stops)
    sentence = _plain(words, at, last, last, sentence, into, stops)
    if sentence.words:
        into.append(sentence)


def _plain(
    words: Tokens, first: int, end: int, last: int, sentence: Sentence, into: list[Sentence],
    stops: list[int],
) -> Sentence:  # fmt: skip
    """Add tokens without quotations, sentence by sentence; return the one that is unfinished."""
    if first >= end:
        return sentence
    begin = first
    classes = words.classes
    for number in range(bisect_left(stops, first), len(stops)):
        at = stops[number]
        if at >= end:
            break
        if not (_begins if classes[at] & c.STOP else _begins_anew)(words, at + 1, last):
            continue
        into.append(_cut(sentence.with_units(words, begin, at + 1), into))
        sentence = Sentence(sentence.paragraph, sentence.quoted, [], [], [], [])
        begin = at + 1
    if begin >= end:
        return sentence
    return _cut(sentence.with_units(words, begin, end), into)


def _cut(sentence: Sentence, into: list[Sentence]) -> Sentence:
    """Add what is longer than a sentence can be piece by piece; return the rest."""
    whole = len(sentence.words) - 1
    if whole < LONGEST:
        return sentence
    for begin in range(0, whole // LONGEST * LONGEST, LONGEST):
        into.append(sentence.part(begin, begin + LONGEST))
    return sentence.part(whole // LONGEST * LONGEST, whole + 1)


def _take_quotation(words: Tokens, quotation: Quotation, sentence: Sentence) -> bool:
    """Add a quotation as one unit; return whether what it says ends as a sentence does."""
    opens, closes = quotation.opens, quotation.closes
    length = closes - opens - 1
    before = closes - 1 if quotation.closed else closes
    while before > opens and words.words[before] in QUOTING:
        before -= 1
    before_close = words.words[before]
    begins = words.classes[opens + 1] if opens + 1 < len(words.classes) else 0
    speech = length > 1 and (
        before_close in ".!?…," or (begins & c.CAPITAL and length > 4) or length > 8
    )
    sentence.words.append('"')
    sentence.classes.append(c.QUOTE | (c.SPEECH if speech else 0))
    sentence.starts.append(words.starts[opens])
    sentence.ends.append(words.ends[closes])
    return before_close in ENDING


def _attributed(words: Tokens, at: int, last: int) -> bool:
    """Whether "Putin asked." follows a quotation that ends with a question or exclamation mark."""
    if words.words[at - 2] not in "?!":
        return False
    for place in range(at, min(at + ATTRIBUTION_LONGEST, last)):
        flags = words.classes[place]
        if flags & c.CUE and not flags & c.NOUN_OR_CAPITAL and place > at:
            return place + 1 >= last or bool(
                words.classes[place + 1] & ~c.THAT & c.PREPOSITION_OR_TIME_OR_PAUSE
            )
        if not flags & c.WORD or flags & c.FINITE:
            return False
    return False


def _begins(words: Tokens, at: int, last: int) -> bool:
    """Whether a sentence can begin here: not with a small letter or a mark."""
    if at >= last:
        return True
    classes = words.classes[at]
    if not classes & c.WORD:
        return words.words[at] not in ",;:.!?…)]–—-"
    return bool(classes & c.CAPITAL_OR_NUMBER) or not words.words[at].islower()


def _begins_anew(words: Tokens, at: int, last: int) -> bool:
    """Whether a sentence surely begins after an abbreviation: with "The", "He", "But" …"""
    if at >= last:
        return False
    classes = words.classes[at]
    starts = c.BEGINS_ANEW
    return bool(classes & c.CAPITAL and classes & starts)
