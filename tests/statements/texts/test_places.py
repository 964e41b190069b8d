"""The law of places: what the file has at a passage's place, unescaped, is the passage."""

import html
import json
from collections.abc import Callable
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.statements.texts import feed, records
from holdfire.statements.texts.cleaning import cleaned
from holdfire.statements.texts.found import Found, Refused, TextError
from holdfire.statements.texts.laid import Laid, Laying, json_string, through
from holdfire.statements.texts.markup import is_markup
from holdfire.statements.texts.page import fragment

LETTERS = "ab Z.,:&<>;#x3\"'\\/\n\r\t\x0b é“”’\u00a0\u00ad\u200b\U0001f600-*[]()_ "
PIECES = st.sampled_from(
    ["<p>", "</p>", "<br>", "<b>", "</b>", "<div class='a>b'>", "<script>x<y</script>", "<", ">",
     "<!-- c -->", "&amp;", "&lt;", "&#8212;", "&#x2019;", "&nbsp;", "&notit;", "&copy", "&", "é",
     "&NotEqualTilde;", "truce", "said", " ", "  ", "\n", "\t", "“", "\\", '"', "**", "## ",
     "[a](b)"]
)  # fmt: skip
TEXT = st.text(LETTERS, min_size=1, max_size=60)
MARKUP = st.lists(PIECES, min_size=1, max_size=30).map("".join)


def obeys(found: Found, source: str, unescaped: Callable[[str], str]) -> None:
    """Clean a text, and hold each of its spans against what stands in its file."""
    try:
        clean = cleaned(found)
    except TextError:
        return
    text, origin = clean.text, clean.origin
    placed = [bool(origin.passages(at, at + 1)) for at in range(len(text))]
    assert all(there or letter in "\n \u0338" for there, letter in zip(placed, text, strict=True))
    for start in range(0, len(text), 3):
        for end in {start + 1, (start + len(text)) // 2 + 1, len(text)}:
            pieces = origin.passages(start, end)
            assert list(pieces) == sorted(pieces)
            told = "".join(unescaped(source[a:b]) for a, b in pieces)
            span = "".join(text[at] for at in range(start, end) if placed[at])
            assert "".join(told.split()) == "".join(span.split())


def first_letter(text: str) -> str:
    """Unescape HTML; of an entity of two letters only the first has a place."""
    return html.unescape(text).replace("\u2242\u0338", "\u2242")


@given(TEXT)
def test_plain_text(text: str) -> None:
    obeys(Found(1, Laid.whole(text)), text, str)


@given(TEXT)
def test_a_pdf_layer(text: str) -> None:
    obeys(Found(1, Laid.whole(text), breaks="pages"), text, str)


@given(MARKUP)
def test_html(source: str) -> None:
    obeys(fragment(source, 1), source, first_letter if is_markup(source) else str)


@given(MARKUP, st.booleans())
def test_html_in_json(source: str, ascii_only: bool) -> None:
    line = "  " + json.dumps({"a": [1], "text": source, "z": 1}, ensure_ascii=ascii_only)
    inner = first_letter if is_markup(source) else str
    for found in records.of_document(line):
        if not isinstance(found, Refused):
            obeys(found, line, lambda raw: inner(json.loads(f'"{raw}"', strict=False)))


@given(MARKUP, st.booleans())
def test_html_in_a_feed(source: str, marked: bool) -> None:
    inside = f"<![CDATA[{source}]]>" if marked else escape(source)
    text = f"<rss><channel><item><description>{inside}</description></item></channel></rss>"
    inner = first_letter if is_markup(source) else str
    for found in feed.entries(text):
        if isinstance(found, Found):
            obeys(found, text, lambda raw: inner(raw if marked else html.unescape(raw)))


@given(st.lists(TEXT, min_size=1, max_size=4))
def test_paragraphs_in_json(parts: list[str]) -> None:
    line = json.dumps({"paragraphs": parts})
    for found in records.of_document(line):
        if isinstance(found, Found) and "<" not in line and "&" not in line:
            obeys(found, line, lambda raw: str(json.loads(f'"{raw}"', strict=False)))


@pytest.mark.parametrize(
    ("pieces", "runs", "wide"),
    [
        ([("ab", 5), ("cd", 7)], [(0, 5, 4)], {}),
        ([("ab", 5), ("cd", 9)], [(0, 5, 2), (2, 9, 2)], {}),
        ([("ab", -1), ("cd", -1)], [(0, -1, 4)], {}),
    ],
)
def test_pieces_that_touch_are_one_run(
    pieces: list[tuple[str, int]], runs: list[tuple[int, int, int]], wide: dict[int, int]
) -> None:
    laying = Laying()
    for letters, at in pieces:
        laying.letters(letters, at)
    laid = laying.laid()
    assert (laid.runs, laid.wide) == (runs, wide)


def test_an_escape_is_a_run_of_its_own() -> None:
    laid = json_string("a\\u201cb", 10)
    assert laid.text == "a“b"
    assert laid.origin.passages(1, 2) == ((11, 17),)
    assert laid.origin.passages(0, 3) == ((10, 18),)


def test_two_steps_become_one() -> None:
    lower = json_string(r"x &amp; y\n", 3)
    upper = fragment(lower.text, 1).laid
    laid = through(upper, lower)
    at = laid.text.index("&")
    assert laid.origin.passages(at, at + 1) == ((5, 10),)
