"""What a sentence must have for an expression to be looked for never hides what it finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfire.statements.draft.sentences import Sentence, sentences
from holdfire.statements.draft.watched import NEEDED, monitoring

CORPUS = Path(__file__).parents[3] / "corpus" / "dev"


def test_words_needed_hide_nothing() -> None:
    hidden = [
        (expression.pattern, one.plain)
        for path in sorted(CORPUS.glob("*.txt"))
        for one in sentences(path.read_text(encoding="utf-8"))
        for expression, heads in NEEDED.items()
        if heads.isdisjoint(one.heads) and expression.search(one.plain)
    ]
    assert hidden == []


@pytest.mark.parametrize(
    ("text", "watchers"),
    [
        ("The truce is monitored by neutral officers.", "neutral officers"),
        ("A joint commission on the line will settle disputes.", "A joint commission on the line"),
        ("The union sends a monitoring team from Oslo.", "a monitoring team from Oslo"),
    ],
)
def test_each_way_of_telling_is_still_looked_for(text: str, watchers: str) -> None:
    one = Sentence(text, 0, 0)
    assert watchers in [text[start:end] for start, end in monitoring(one)]
