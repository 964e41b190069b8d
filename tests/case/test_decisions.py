"""Decisions are appended, never changed; what a crash left does no harm."""

import json
import multiprocessing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from holdfire.case.decisions import DECISIONS, decide, decisions
from holdfire.errors import HoldfireError, Problem
from holdfire.tables.decision import DIFFERENT, SAME, UNDO, Decision, standing

AT = datetime(2025, 4, 1, 12, tzinfo=UTC)


def test_a_decision_is_a_line_and_comes_back_as_it_was(tmp_path: Path) -> None:
    made = decide(tmp_path, SAME, ("R-a", "R-b"), by=" Ada  L. ", why="same street", at=AT)
    assert made == Decision("D-1", AT, "Ada L.", SAME, ("R-a", "R-b"), "same street")
    line = (tmp_path / DECISIONS).read_text(encoding="utf-8")
    assert json.loads(line) == {
        "decision": "D-1", "at": "2025-04-01T12:00:00Z", "by": "Ada L.", "kind": "same",
        "about": ["R-a", "R-b"], "why": "same street",
    }  # fmt: skip
    assert line.endswith("\n")
    assert decisions(tmp_path, []) == (made,)


def test_what_was_written_is_never_touched(tmp_path: Path) -> None:
    decide(tmp_path, SAME, ("R-a", "R-b"), by="Ada", at=AT)
    before = (tmp_path / DECISIONS).read_bytes()
    decide(tmp_path, UNDO, ("D-1",), by="Ada", at=AT)
    assert (tmp_path / DECISIONS).read_bytes().startswith(before)


def test_a_line_cut_short_is_told_and_the_next_is_whole(tmp_path: Path) -> None:
    decide(tmp_path, SAME, ("R-a", "R-b"), by="Ada", at=AT)
    with (tmp_path / DECISIONS).open("ab") as file:
        file.write(b'{"decision": "D-2", "at": "2025-')
    decide(tmp_path, DIFFERENT, ("R-a", "R-c"), by="Ada", at=AT)
    problems: list[Problem] = []
    found = decisions(tmp_path, problems)
    assert [one.kind for one in found] == [SAME, DIFFERENT]
    assert [problem.where for problem in problems] == ["decisions.jsonl:2"]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[]", "list indices"),
        ('{"decision": "D-1"}', "kind"),
        ('{"decision":"D-x","at":"2025-04-01T00:00Z","by":"A","kind":"same","about":["a","b"]}',
         "decision \"D-x\""),
        ('{"decision":"D-1","at":"2025-04-01T00:00","by":"A","kind":"same","about":["a","b"]}',
         "without a zone"),
        ('{"decision":"D-1","at":"2025-04-01T00:00Z","by":"A","kind":"same","about":["a","a"]}',
         "about"),
        ('{"decision":"D-1","at":"2025-04-01T00:00Z","by":"A","kind":"maybe","about":["a","b"]}',
         "kind \"maybe\""),
        ("[" * 100_000, "recursion"),
    ],
)  # fmt: skip
def test_a_line_that_is_none_is_told(line: str, said: str, tmp_path: Path) -> None:
    (tmp_path / DECISIONS).write_text(line + "\n", encoding="utf-8")
    problems: list[Problem] = []
    assert decisions(tmp_path, problems) == ()
    assert said in problems[0].message


def test_the_same_number_twice_counts_once(tmp_path: Path) -> None:
    decide(tmp_path, SAME, ("R-a", "R-b"), by="Ada", at=AT)
    path = tmp_path / DECISIONS
    path.write_bytes(path.read_bytes() * 2)
    problems: list[Problem] = []
    assert len(decisions(tmp_path, problems)) == 1
    assert "a second D-1" in problems[0].message


@pytest.mark.parametrize(
    ("kind", "about", "by", "said"),
    [
        (SAME, ("R-a", "R-b"), "  ", "nobody is named"),
        (SAME, ("R-a", "R-a"), "Ada", "two different reports"),
        (UNDO, ("D-9",), "Ada", "no decision"),
        ("perhaps", ("R-a", "R-b"), "Ada", "no kind of decision"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    kind: str, about: tuple[str, ...], by: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(HoldfireError, match=said):
        decide(tmp_path, kind, about, by=by, at=AT)
    assert not (tmp_path / DECISIONS).exists()


def _many(folder: Path, name: str) -> None:
    for number in range(20):
        decide(folder, SAME, (f"R-{name}", f"R-{number}"), by=name, at=AT)


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    writers = [
        multiprocessing.get_context("spawn").Process(target=_many, args=(tmp_path, name))
        for name in ("Ada", "Bo")
    ]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    problems: list[Problem] = []
    found = decisions(tmp_path, problems)
    assert not problems
    assert [one.decision_id for one in found] == [f"D-{number}" for number in range(1, 41)]


def _rows(*rows: tuple[str, str, tuple[str, ...]]) -> tuple[Decision, ...]:
    return tuple(
        Decision(f"D-{number}", AT + timedelta(minutes=number), by, kind, about)
        for number, (by, kind, about) in enumerate(rows, 1)
    )


@pytest.mark.parametrize(
    ("rows", "stand"),
    [
        ([("Ada", SAME, ("a", "b"))], ["D-1"]),
        ([("Ada", SAME, ("a", "b")), ("Ada", UNDO, ("D-1",))], []),
        ([("Ada", SAME, ("a", "b")), ("Bo", UNDO, ("D-1",)), ("Ada", UNDO, ("D-2",))], ["D-1"]),
        ([("Ada", SAME, ("a", "b")), ("Ada", DIFFERENT, ("b", "a"))], ["D-2"]),
        ([("Ada", SAME, ("a", "b")), ("Bo", DIFFERENT, ("a", "b"))], ["D-1", "D-2"]),
        ([("Ada", SAME, ("a", "b")), ("Ada", DIFFERENT, ("a", "b")), ("Ada", UNDO, ("D-2",))],
         ["D-1"]),
    ],
)  # fmt: skip
def test_what_stands(rows: list[tuple[str, str, tuple[str, ...]]], stand: list[str]) -> None:
    assert [one.decision_id for one in standing(_rows(*rows))] == stand
