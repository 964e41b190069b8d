"""From tags and pointers to attributions, with the arrays written out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.statements.attribution import Attribution
from holdfire.statements.learned.decoding import BRIDGE, Answers, decode, spans
from holdfire.statements.learned.encoding import WINDOW
from holdfire.statements.learned.tags import TAGS

LETTERS = {"S": 1, "s": 2, "Q": 3, "q": 4, "C": 5, "c": 6, ".": 0}
"""Tags by a letter: source, cue (Q), content; capital where it begins."""


def answered(text: str, tags: str, links: dict[int, int], first: int = 0) -> list[list[str]]:
    """Decode words parted by spaces; ``links`` lead from word to word, -1 is nothing."""
    return [
        [" | ".join(text[a:b] for a, b in part) for part in (one.source, one.cue, one.content)]
        for one in decoded(text, tags, links, first)
    ]


def decoded(text: str, tags: str, links: dict[int, int], first: int = 0) -> list[Attribution]:
    words = text.split()
    ends = np.cumsum([len(word) + 1 for word in words]) - 1
    offsets = np.stack([ends - [len(word) for word in words], ends], axis=1).astype(np.int64)
    shares = np.zeros((len(words), WINDOW), dtype=np.float32)
    for at, to in links.items():
        shares[at, 0 if to < 0 else to - first + 1] = 1
    told = np.array([LETTERS[letter] for letter in tags], dtype=np.int64)
    firsts = np.full(len(words), first, dtype=np.int64)
    return decode(Answers(told, shares, firsts), offsets, text)


def test_letters_are_the_tags() -> None:
    assert [TAGS[number] for number in LETTERS.values()] == [
        "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content", "O",
    ]  # fmt: skip


def test_source_cue_and_content() -> None:
    found = answered("Mara Lind has said it holds .", "SsQqCc.", {4: 2, 5: 2, 2: 0, 3: 0})
    assert found == [["Mara Lind", "has said", "it holds"]]


def test_each_content_goes_to_its_own_cue() -> None:
    words = "Mara said yes and Olaf said no"
    found = answered(words, "SQC.SQC", {2: 1, 1: 0, 6: 5, 5: 4})
    assert found == [["Mara", "said", "yes"], ["Olaf", "said", "no"]]
    crossed = answered(words, "SQC.SQC", {2: 5, 1: 0, 6: 1, 5: 4})
    assert crossed == [["Mara", "said", "no"], ["Olaf", "said", "yes"]]


def test_a_content_in_pieces_is_one() -> None:
    found = answered("yes she said and no", "CSQCc", {0: 2, 3: 2, 4: 2, 2: 1})
    assert found == [["she", "said", "yes | and no"]]


@pytest.mark.parametrize(
    ("gap", "content"),
    [
        ("x" * (BRIDGE - 2), [(2, 7 + BRIDGE)]),
        ("x" * (BRIDGE - 1), [(2, 5), (6 + BRIDGE, 8 + BRIDGE)]),
    ],
)
def test_a_short_gap_is_bridged(gap: str, content: list[tuple[int, int]]) -> None:
    (one,) = decoded(f"Q yes {gap} no", "QC.C", {1: 0, 3: 0})
    assert one.content == tuple(content)


def test_a_gap_with_something_in_it_is_not_bridged() -> None:
    (one,) = decoded("Q yes S no", "QCSC", {1: 0, 3: 0, 0: 2})
    assert one.content == ((2, 5), (8, 10))


def test_what_points_to_nothing() -> None:
    words = "reportedly it holds"
    assert answered(words, "QCc", {1: 0, 2: 0, 0: -1}) == [["", "reportedly", "it holds"]]
    words = "Mara reportedly it holds"
    assert answered(words, "SQCc", {2: 1, 3: 1, 1: -1}) == [["", "reportedly", "it holds"]]
    assert answered(words, "SQCc", {2: 1, 3: 1, 1: 0}) == [["Mara", "reportedly", "it holds"]]


def test_the_pull_of_most_pieces_decides() -> None:
    words = "A said B said it still holds"
    assert answered(words, "SQSQCcc", {4: 1, 5: 3, 6: 3, 1: 0, 3: 2}) == [
        ["B", "said", "it still holds"]
    ]


def test_cues_without_content_and_contents_without_cue_are_dropped() -> None:
    assert answered("Mara said nothing", "SQ.", {1: 0}) == []
    assert answered("Mara it holds", "SCc", {}) == []
    assert answered("", "", {}) == []


def test_pointers_are_read_from_where_their_window_begins() -> None:
    words = "word " * 300 + "Mara said it holds"
    tags = "." * 300 + "SQCc"
    found = answered(words, tags, {302: 301, 303: 301, 301: 300}, first=200)
    assert found == [["Mara", "said", "it holds"]]


def test_a_word_is_never_parted() -> None:
    text = "Mara confirmed it"
    offsets = np.array([(0, 4), (5, 9), (9, 14), (15, 17)], dtype=np.int64)
    links = np.zeros((4, WINDOW), dtype=np.float32)
    links[1, 1] = links[3, 2] = 1
    told = np.array([1, 3, 0, 5], dtype=np.int64)
    (one,) = decode(Answers(told, links, np.zeros(4, dtype=np.int64)), offsets, text)
    assert [text[a:b] for a, b in one.cue] == ["confirmed"]


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ("SsS.s", [[(0, 2), (2, 3), (4, 5)], [], []]),
        ("sqcc", [[(0, 1)], [(1, 2)], [(2, 4)]]),
        ("QCQ", [[], [(0, 1), (2, 3)], [(1, 2)]]),
        ("...", [[], [], []]),
        ("", [[], [], []]),
    ],
)
def test_spans(tags: str, found: list[list[tuple[int, int]]]) -> None:
    told = np.array([LETTERS[letter] for letter in tags], dtype=np.int64)
    assert list(spans(told)) == found


@given(st.data())
def test_any_answers_give_sound_attributions(data: st.DataObject) -> None:
    tags = data.draw(st.text("SsQqCc.", max_size=40))
    places = st.integers(-1, max(len(tags) - 1, 0))
    links = data.draw(st.dictionaries(st.integers(0, max(len(tags) - 1, 0)), places))
    links = {at: to for at, to in links.items() if at < len(tags)}
    found = decoded(" ".join(["ab"] * len(tags)), tags, links)
    assert found == sorted(found, key=lambda one: (one.start, one))
    for one in found:
        assert one.content
        assert len(one.cue) == 1
        for part in (one.content, one.cue, one.source):
            assert list(part) == sorted(part)
            assert all(start < end for start, end in part)
    assert len({one.cue for one in found}) == len(found)
