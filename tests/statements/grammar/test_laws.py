"""Laws that hold for every text, hostile ones included."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.statements.grammar import Rules
from tests.statements.grammar.reading import read

WORDS = """Putin said that the truce , and “ ” " ' ‘ ’ according to reportedly ( ) : ; - who told
Interfax by was accepted . ? ! adding U.S. 12 May which Kyiv rejected a the is ready describing it
as citing wants to what he called turned down"""
texts = st.lists(st.sampled_from([*WORDS.split(), "\n", "\n\n"]), max_size=60).map(" ".join)


@given(st.one_of(texts, st.text(max_size=300)))
@settings(max_examples=300, deadline=None)
def test_passages_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    for one in Rules().attributions(text):
        assert one.cue or one.source
        assert one.content
        for part in (one.source, one.cue, one.content):
            assert all(0 <= start < end <= len(text) for start, end in part)
            assert all(a[1] <= b[0] for a, b in pairwise(part))
            assert all(text[start:end].strip() == text[start:end] for start, end in part)
        every = sorted([*one.source, *one.cue, *one.content])
        assert all(a[1] <= b[0] for a, b in pairwise(every))


@given(texts)
@settings(max_examples=100, deadline=None)
def test_the_same_text_gives_the_same(text: str) -> None:
    first = Rules().attributions(text)
    assert first == Rules().attributions(text)
    assert first == sorted(first, key=lambda one: (one.start, -one.end, one))
    assert len(first) == len(set(first))


SYMMETRIC = (
    "Russia said Ukraine had broken the truce. Ukraine rejected the claim. According to Russia, "
    "Ukraine is not ready for talks. The plan was accepted by Ukraine. Russia and Ukraine agreed "
    "to a pause, Ukraine's minister said. Russian officials denied it."
)


def test_exchanging_the_parties_exchanges_what_is_found() -> None:
    def exchanged(text: str) -> str:
        return text.replace("Russia", "\0").replace("Ukraine", "Russia").replace("\0", "Ukraine")

    here = [tuple(map(exchanged, one)) for one in read(SYMMETRIC)]
    assert here
    assert here == [tuple(one) for one in read(exchanged(SYMMETRIC))]


HOSTILE = {
    "no full stop": "the truce held and Ushakov spoke of peace " * 8_000,
    "quotation marks": '"' * 30_000,
    "opening marks": "“a " * 30_000,
    "said": "said " * 30_000 + ".",
    "he said that": "he said that " * 30_000 + ".",
    "according": "according to " * 30_000 + ".",
    "who": "X, who " * 30_000 + ".",
    "brackets": "(" * 300_000 + ".",
    "stops": "." * 300_000,
    "lines": "a\n" * 300_000,
    "apostrophes": " 'a" * 30_000 + ".",
    "zero width": "said\u200b" * 30_000 + ".",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_take_time_in_proportion(text: str) -> None:
    started = time.process_time()
    Rules().attributions(text)
    # about a second for the slowest; what grows with the square would take minutes
    assert time.process_time() - started < 10
