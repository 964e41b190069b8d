"""Copies: which texts are one, which text stands for all, and that order does not matter."""

import random
import re
from collections.abc import Iterable
from datetime import date

import pytest

from holdfire.statements.article import Article, Origin
from holdfire.statements.texts.copies import Copied, Copies

WORDS = re.findall(
    r"\w+",
    """army truce talks minister border night region official spokesman attack drone gas station
    capital week delegation proposal line front village bridge river port ship grain exchange
    prisoner mediator statement term day month letter visit call president aide north south""",
)


def story(seed: int, paragraphs: int = 8) -> list[str]:
    source = random.Random(seed)  # noqa: S311
    return [" ".join(source.choices(WORDS, k=40)) + "." for _ in range(paragraphs)]


def article(
    name: str, parts: Iterable[str], outlet: str = "", published: date | None = None
) -> Article:
    text = "\n".join(parts)
    sha = f"{sum(ord(letter) * 31**at for at, letter in enumerate(name)):064d}"[::-1]
    return Article(name, sha, 1, text, Origin.whole(text), outlet, published=published)


def grouped(*articles: Article) -> dict[str, Copied]:
    """Group in several orders, which must not matter; return by file name."""
    names = {one.id: one.file for one in articles}
    assert len(names) == len(articles)
    results = []
    for seed in range(6):
        order = list(articles)
        random.Random(seed).shuffle(order)  # noqa: S311
        copies = Copies()
        for one in order:
            copies.add(one)
        results.append(list(copies.groups().items()))
    assert all(result == results[0] for result in results)
    return {names[key]: Copied(names[one.stands], one.outlets) for key, one in results[0]}


def test_a_syndicated_piece_is_one_text() -> None:
    wire = story(1)
    groups = grouped(
        article("b", ["By J. Doe", *wire[:-1]], "Herald", date(2025, 3, 14)),
        article("a", wire, "Courier", date(2025, 3, 13)),
        article("c", [*wire, "A line of our own."], "Ledger", date(2025, 3, 13)),
        article("d", [part.upper() for part in wire], "Courier"),
        article("e", story(2), "Courier", date(2025, 3, 1)),
    )
    same = Copied("c", ("Ledger", "Courier", "Herald"))
    assert groups == {
        "a": same, "b": same, "c": same, "d": same, "e": Copied("e", ("Courier",)),
    }  # fmt: skip


def test_an_event_told_by_two_is_two_texts() -> None:
    quoted = story(9, 1)
    groups = grouped(article("a", story(1) + quoted, "A"), article("b", story(2) + quoted, "B"))
    assert {one.stands for one in groups.values()} == {"a", "b"}


def test_an_excerpt_belongs_to_the_whole_and_never_stands_for_it() -> None:
    wire = story(1, 20)
    groups = grouped(
        article("whole", wire, "A", date(2025, 3, 14)),
        article("excerpt", wire[3:7], "B", date(2025, 3, 13)),
        article("other", story(2, 20), "C"),
    )
    assert groups["excerpt"] == groups["whole"] == Copied("whole", ("A", "B"))
    assert groups["other"].stands == "other"


def test_a_quotation_in_two_stories_does_not_make_them_one() -> None:
    shared = story(3, 5)
    groups = grouped(
        article("a", story(1, 20) + shared, "A"),
        article("b", story(2, 20) + shared, "B"),
        article("c", shared, "C"),
    )
    assert groups["a"].stands == "a"
    assert groups["b"].stands == "b"
    assert groups["c"].stands in ("a", "b")


@pytest.mark.parametrize("text", ["", "!", "Truce over.", "The truce is over, the army said."])
def test_short_texts_are_copies_only_if_they_are_the_same(text: str) -> None:
    groups = grouped(article("a", [text]), article("b", [text]), article("c", [text + " Now"]))
    assert groups["b"].stands == "a"
    assert groups["c"].stands == "c"


def test_many_copies_of_one_text_stay_cheap() -> None:
    wire = story(1)
    copies = Copies()
    for number in range(300):
        copies.add(article(f"n{number}", [*wire, f"Number {number}"], f"o{number}"))
    groups = copies.groups()
    assert len({one.stands for one in groups.values()}) == 1
    assert len(next(iter(groups.values())).outlets) == 300


def test_nothing() -> None:
    assert Copies().groups() == {}
