"""Paragraphs and sentences, in which a quotation counts as one word.

Seen from outside a quotation is one unit, whatever it contains, so that a sentence is not cut by a
full stop inside it. The sentences inside a quotation are sentences of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from holdfire.statements.grammar import classes as c
from holdfire.statements.grammar.quotations import Quotation, quotations
from holdfire.statements.grammar.tokens import Tokens

LONGEST = 240
"""Units after which a sentence is cut, so that a text without full stops costs no more."""
WIDEST = 120
"""Letters up to which the lines of a text may be lines of a page rather than paragraphs."""
ENDING = frozenset(".!?…")


@dataclass(slots=True)
class Sentence:
    """A sentence as units: words, marks and whole quotations, with places in the text."""

    paragraph: int
    quoted: bool = False
    """Whether it stands inside a quotation."""
    words: list[str] = field(default_factory=list)
    classes: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        """Return the number of units."""
        return len(self.words)

    @property
    def last(self) -> int:
        """Return the first unit of the closing marks, which is the end of its words."""
        at = len(self.words)
        while at and self.classes[at - 1] & c.STOP:
            at -= 1
        return at


@dataclass(slots=True)
class Paragraph:
    """A paragraph: its sentences in order, and the quotation left open at its end."""

    sentences: list[Sentence]
    open_quotation: Quotation | None


def paragraphs(text: str, words: Tokens) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text that hold sentences; headings and captions are left out."""
    for number, (first, last) in enumerate(_paragraph_bounds(text, words)):
        if not _closed(words, first, last):
            continue
        marks = quotations(text, words, first, last)
        sentences: list[Sentence] = []
        _split(words, first, last, marks, number, False, sentences)
        open_ = marks[-1] if marks and not marks[-1].closed else None
        yield Paragraph(sentences, open_)


def _paragraph_bounds(text: str, words: Tokens) -> Iterator[tuple[int, int]]:
    """Yield the tokens of each paragraph; a line of a page does not end one.

    Lines of a page are told by their width: no line of the text is wider than a page, and this one
    is about as wide as the widest.
    """
    breaks = [at for at, word in enumerate(words.words) if word == "\n"]
    widest = max(map(len, text.split("\n")), default=0)
    begin = 0
    for at in breaks:
        if at > begin and _goes_on(text, words, at, widest):
            continue
        if at > begin:
            yield begin, at
        begin = at + 1
    if len(words.words) > begin:
        yield begin, len(words.words)


def _goes_on(text: str, words: Tokens, at: int, widest: int) -> bool:
    """Whether the line after the break goes on with the sentence before it."""
    if at + 1 >= len(words.words) or words.words[at + 1] == "\n" or words.words[at - 1] == "\n":
        return False
    if text[words.starts[at + 1]].islower():
        return words.words[at - 1] not in ENDING
    if widest > WIDEST:
        return False
    place = words.starts[at]
    width = place - (text.rfind("\n", 0, place) + 1)
    following = words.ends[at + 1] - words.starts[at + 1]
    return width + following + 1 > widest - 4 and width > widest * 0.7


def _closed(words: Tokens, first: int, last: int) -> bool:
    """Whether a paragraph ends as sentences do: with a stop, a colon or a quotation mark."""
    at = last - 1
    while at > first and words.words[at] in "\n)]*_":
        at -= 1
    return words.words[at] in ".!?…:;,\"”»’'“" or bool(words.words[at].endswith("."))


def _split(
    words: Tokens,
    first: int,
    last: int,
    marks: list[Quotation],
    number: int,
    quoted: bool,
    into: list[Sentence],
) -> None:
    """Add the sentences of a run of tokens, then those inside each of its quotations."""
    sentence = Sentence(number, quoted)
    within = iter(marks)
    quotation = next(within, None)
    at = first
    while at < last:
        if quotation is not None and at == quotation.opens:
            ended = _take_quotation(words, quotation, sentence)
            at = quotation.closes + 1
            if ended and _begins(words, at, last):
                into.append(sentence)
                sentence = Sentence(number, quoted)
            inside_end = quotation.closes if quotation.closed else quotation.closes + 1
            _split(words, quotation.opens + 1, inside_end, quotation.inner, number, True, into)
            quotation = next(within, None)
            continue
        word = words.words[at]
        at += 1
        if word == "\n":
            continue
        sentence.words.append(word)
        sentence.classes.append(words.classes[at - 1])
        sentence.starts.append(words.starts[at - 1])
        sentence.ends.append(words.ends[at - 1])
        if (word in ENDING and _begins(words, at, last)) or len(sentence) >= LONGEST:
            into.append(sentence)
            sentence = Sentence(number, quoted)
        elif word[-1] == "." and len(word) > 2 and _begins_anew(words, at, last):
            into.append(sentence)
            sentence = Sentence(number, quoted)
    if sentence.words:
        into.append(sentence)


def _take_quotation(words: Tokens, quotation: Quotation, sentence: Sentence) -> bool:
    """Add a quotation as one unit; return whether what it says ends as a sentence does."""
    opens, closes = quotation.opens, quotation.closes
    length = closes - opens - 1
    before_close = words.words[closes - 1 if quotation.closed else closes]
    begins = words.classes[opens + 1] if opens + 1 < len(words.classes) else 0
    speech = length > 1 and (
        before_close in ".!?…,"
        or (begins & c.CAPITAL and length > 4)
        or length > 8
    )
    sentence.words.append('"')
    sentence.classes.append(c.QUOTE | (c.SPEECH if speech else 0))
    sentence.starts.append(words.starts[opens])
    sentence.ends.append(words.ends[closes])
    return before_close in ENDING


def _begins(words: Tokens, at: int, last: int) -> bool:
    """Whether a sentence can begin here: not with a small letter or a mark."""
    while at < last and words.words[at] == "\n":
        at += 1
    if at >= last:
        return True
    classes = words.classes[at]
    if not classes & c.WORD:
        return words.words[at] not in ",;:.!?…)]–—-"
    return bool(classes & (c.CAPITAL | c.NUMBER)) or not words.words[at].islower()


def _begins_anew(words: Tokens, at: int, last: int) -> bool:
    """Whether a sentence surely begins after an abbreviation: with "The", "He", "But" …"""
    if at >= last:
        return False
    classes = words.classes[at]
    starts = c.DETERMINER | c.SUBJECT | c.CONJUNCTION | c.SUBORDINATOR
    return bool(classes & c.CAPITAL and classes & starts)
