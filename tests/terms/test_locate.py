"""Where in a file a value stands."""

from __future__ import annotations

import pytest

from holdfire.terms.locate import Lines

TEXT = """\
title = "x"
[agreement]  # a comment
id = "a"

[[clauses]]
id = "one"
acts = [
  "shelling",
  "strike",
]

[[clauses.permits]]
wording = "w"

[[clauses]]
id = "two"
zone = { buffer = { around = "sites", metres = 5 } }

[[clauses.permits]]
wording = "first of two"

[[clauses.permits]]
wording = "second of two"

[zones."near home"]
area = "home"
"""


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (("title",), None, 1),
        (("agreement",), None, 2),
        (("agreement", "id"), None, 3),
        (("clauses", 0), None, 5),
        (("clauses", 0, "acts"), None, 7),
        (("clauses", 0, "acts"), "strike", 9),
        (("clauses", 0, "permits", 0), None, 12),
        (("clauses", 1), None, 15),
        (("clauses", 1, "zone", "buffer", "metres"), None, 17),
        (("clauses", 1, "permits", 0, "wording"), None, 20),
        (("clauses", 1, "permits", 1, "wording"), None, 23),
        (("zones", "near home", "area"), None, 26),
        (("nothing", "of", "this"), None, None),
    ],
)
def test_line_of_a_path(path: tuple[str | int, ...], value: object, line: int | None) -> None:
    assert Lines(TEXT).of(path, value) == line


def test_a_missing_key_is_placed_at_its_table() -> None:
    assert Lines(TEXT).of(("clauses", 1, "wording")) == 15


def test_lines_of_any_ending_are_counted_alike() -> None:
    assert Lines(TEXT.replace("\n", "\r\n")).of(("clauses", 1)) == 15
