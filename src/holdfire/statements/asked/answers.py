"""Reading what a language model answers: a list of quotations, or nothing.

An answer is as little to be trusted as the article it was made from. All it can do is name
passages of the text it was asked about; what does more, or names what is not there, is thrown
away with a reason out of :data:`REASONS`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any, get_args

from holdfire.statements.asked.quoting import Quotable, in_order, nearest
from holdfire.statements.attribution import Attribution, Kind

NO_LIST = "the answer holds no JSON list"
TOO_LONG = "the answer is longer than any right one"
NOT_AN_OBJECT = "an element is not an object with lists of passages"
NO_CONTENT = "an attribution without a content or without a cue"
NOT_IN_TEXT = "a quotation is not in the text"
NO_ORDER = "the pieces of a content do not follow one another"
INSIDE = "cue or source stand nowhere but in their own content"
UNKNOWN_KIND = "a kind that is not known"
TWICE = "the same attribution twice"
REASONS = (
    NO_LIST, TOO_LONG, NOT_AN_OBJECT, NO_CONTENT, NOT_IN_TEXT, NO_ORDER, INSIDE, UNKNOWN_KIND,
    TWICE,
)  # fmt: skip

KINDS: tuple[Kind, ...] = get_args(Kind)
PIECES = 40
"""No part of an attribution has more pieces."""
ELEMENTS = 400
"""No answer has more elements that are looked at."""
SPARE = 20_000
"""Letters that an answer may have beyond :data:`TIMES` times those of its text."""
TIMES = 8

_FENCED = re.compile(r"```(?:json)?\s*\n(.*?)```", re.DOTALL)


class _UnusableError(Exception):
    """An element of an answer that is not used; its text is one of :data:`REASONS`."""


def read(answer: str, text: str, thrown: Counter[str]) -> list[Attribution]:
    """Return the attributions of an answer as passages of ``text``; count what is thrown away."""
    try:
        elements = _elements(answer, len(text))
    except _UnusableError as reason:
        thrown[str(reason)] += 1
        return []
    if len(elements) > ELEMENTS:
        thrown[TOO_LONG] += len(elements) - ELEMENTS
    quotable = Quotable(text)
    found: list[Attribution] = []
    for element in elements[:ELEMENTS]:
        try:
            one = _attribution(element, quotable, found)
        except _UnusableError as reason:
            thrown[str(reason)] += 1
        else:
            found.append(one)
    return found


def _elements(answer: str, length: int) -> list[Any]:
    if len(answer) > TIMES * length + SPARE:
        raise _UnusableError(TOO_LONG)
    fenced = _FENCED.search(answer)
    told = fenced[1] if fenced else answer
    told = told[max(told.find("["), 0) : told.rfind("]") + 1]
    try:
        elements = json.loads(told)
    except (ValueError, RecursionError):
        raise _UnusableError(NO_LIST) from None
    if not isinstance(elements, list):
        raise _UnusableError(NO_LIST)
    return elements


def _attribution(element: Any, text: Quotable, before: list[Attribution]) -> Attribution:
    """Return one attribution; ambiguous quotations are resolved by the order of the answer."""
    content, cue, source = (_quoted(element, key) for key in ("content", "cue", "source"))
    kind, hedged = element.get("kind", "saying"), element.get("hedged", False)
    if not content or not cue:
        raise _UnusableError(NO_CONTENT)
    if kind not in KINDS:
        raise _UnusableError(UNKNOWN_KIND)
    places = {
        key: [text.find(quoted) for quoted in part]
        for key, part in (("content", content), ("cue", cue), ("source", source))
    }
    if not all(one for part in places.values() for one in part):
        raise _UnusableError(NOT_IN_TEXT)
    after = before[-1].content[0][0] if before else 0
    for start in (after, after + 1):
        where = in_order(places["content"], start)
        if where is None:
            raise _UnusableError(NO_ORDER)
        attributes = nearest(places["cue"], where, where)
        named = nearest(places["source"], attributes, where) if attributes else None
        if attributes is None or named is None:
            raise _UnusableError(INSIDE)
        one = Attribution(where, attributes, named, kind, hedged is True)
        if not any((a.content, a.cue) == (one.content, one.cue) for a in before):
            return one
    raise _UnusableError(TWICE)


def _quoted(element: Any, key: str) -> list[str]:
    told = element.get(key, []) if isinstance(element, dict) else None
    told = [told] if isinstance(told, str) else told
    if not isinstance(told, list) or not all(isinstance(one, str) for one in told):
        raise _UnusableError(NOT_AN_OBJECT)
    if len(told) > PIECES:
        raise _UnusableError(TOO_LONG)
    return told
