"""JSON and JSONL: which field is what, and where each letter stands."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.statements.article import Article
from holdfire.statements.texts.laid import json_string
from holdfire.statements.texts.opening import Aside, Told, texts_of

NEWS = "Officials in Jeddah said on Tuesday that the truce would hold for thirty days."


def read(path: Path, **told: object) -> list[Article | Aside]:
    return list(texts_of([path], told=Told(**told)))  # type: ignore[arg-type]


def written(folder: Path, *lines: str, name: str = "dump") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize(
    ("record", "outlet", "published", "title"),
    [
        (
            {"title": "T", "url": "https://a.example/x", "formatted_content": NEWS},
            "a.example", None, "T",
        ),
        (
            {"outlet": "The Courier", "date": "2025-03-11", "text": NEWS},
            "The Courier", date(2025, 3, 11), "",
        ),
        (
            {"source": {"id": None, "name": "The Courier"}, "content": NEWS,
             "publishedAt": "2025-03-11T23:10:00Z", "description": "short"},
            "The Courier", date(2025, 3, 11), "",
        ),
        (
            {"_source": {"maintext": NEWS, "title": "T", "date_publish": "2025-03-11 10:00"}},
            "", date(2025, 3, 11), "T",
        ),
        ({"Body": NEWS, "Headline": "T", "timestamp": 1741651200}, "", date(2025, 3, 11), "T"),
    ],
)  # fmt: skip
def test_layouts_of_records(
    tmp_path: Path, record: dict[str, object], outlet: str, published: date | None, title: str
) -> None:
    for form in (json.dumps(record), json.dumps(record, indent=2), json.dumps([record])):
        (article,) = read(written(tmp_path, form))
        assert isinstance(article, Article)
        assert (article.text, article.title) == (NEWS, title)
        assert (article.outlet, article.published) == (outlet, published)


def test_a_field_of_an_unknown_name_is_read_where_it_is_long(tmp_path: Path) -> None:
    (article,) = read(written(tmp_path, json.dumps({"x1": NEWS * 3, "x2": "short"})))
    assert isinstance(article, Article)
    assert article.inferred["text"] == "the longest field, x1"


def test_fields_are_fit_to_be_shown(tmp_path: Path) -> None:
    line = json.dumps({"text": NEWS, "title": "A\ud800\n  b" + "c" * 5000, "outlet": " D\te "})
    (article,) = read(written(tmp_path, line))
    assert isinstance(article, Article)
    assert article.title.startswith("A? bccc")
    assert len(article.title) <= 1000
    assert article.outlet == "D e"


def test_a_broken_line_is_set_aside_alone(tmp_path: Path) -> None:
    good = json.dumps({"text": NEWS})
    found = read(written(tmp_path, good, good[:-5], "[1]", '{"a": 1}', "[" * 10_000, "", good))
    assert [isinstance(one, Article) for one in found] == [True, False, False, False, False, True]
    assert [one.item for one in found] == [1, 2, 3, 4, 5, 7]


def test_told_goes_before_what_is_found(tmp_path: Path) -> None:
    line = json.dumps({"text": NEWS, "outlet": "B", "date": "2025-03-11"})
    (article,) = read(written(tmp_path, line), outlet="A", published=date(2025, 1, 1))
    assert isinstance(article, Article)
    assert (article.outlet, article.published) == ("A", date(2025, 1, 1))
    assert not article.inferred


def places(article: Article, decoded: str) -> Iterator[tuple[str, str]]:
    """Return each letter of a text, and what the file writes for it."""
    for at, letter in enumerate(article.text):
        for start, end in article.passages([(at, at + 1)]):
            yield letter, decoded[start:end]


@given(st.text(min_size=1), st.booleans())
def test_a_json_string_keeps_the_place_of_every_letter(text: str, ascii_only: bool) -> None:
    raw = json.dumps(text, ensure_ascii=ascii_only)
    laid = json_string(raw[1:-1], 1)
    whole = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    if "\N{REPLACEMENT CHARACTER}" not in whole:
        assert laid.text == text
    for start in range(len(laid.text)):
        for end in {start + 1, len(laid.text)}:
            pieces = laid.origin.passages(start, end)
            told = "".join(json.loads(f'"{raw[a:b]}"', strict=False) for a, b in pieces)
            assert told == laid.text[start:end]


def test_lines_count_on(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": n, "text": f"“{n}” é {NEWS}"}, ensure_ascii=n % 2 == 0) for n in range(9)
    ]
    path = written(tmp_path, *lines)
    decoded = path.read_text("utf-8")
    found = read(path)
    assert len(found) == 9
    for article in found:
        assert isinstance(article, Article)
        for letter, raw in places(article, decoded):
            assert json.loads(f'"{raw}"') == letter
