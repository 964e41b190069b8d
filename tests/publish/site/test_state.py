"""What is new, changed or withdrawn since the last publication."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfire.errors import HoldfireError
from holdfire.publish.site import state
from holdfire.publish.site.state import Known

DAY, LATER = "2031-05-02T00:00:00Z", "2031-05-09T00:00:00Z"

CASES = [
    ("first seen", None, [("a", "x", DAY)], {"a": Known("x", DAY, "new")}),
    ("the same", {"a": Known("x", DAY, "new")}, [("a", "x", DAY)], {"a": Known("x", DAY, "new")}),
    ("told later, says the same", {"a": Known("x", DAY, "new")}, [("a", "x", LATER)],
     {"a": Known("x", DAY, "new")}),
    ("changed", {"a": Known("x", DAY, "new")}, [("a", "y", DAY)],
     {"a": Known("y", LATER, "changed")}),
    ("withdrawn", {"a": Known("x", DAY, "new")}, [], {"a": Known("x", LATER, "gone")}),
    ("still withdrawn", {"a": Known("x", DAY, "gone")}, [], {"a": Known("x", DAY, "gone")}),
    ("back again", {"a": Known("x", DAY, "gone")}, [("a", "x", DAY)],
     {"a": Known("x", DAY, "changed")}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "before", "now", "after"), CASES, ids=[c[0] for c in CASES])
def test_following(
    name: str, before: dict[str, Known] | None, now: list[tuple[str, str, str]],
    after: dict[str, Known],
) -> None:  # fmt: skip
    assert state.following(before, now, LATER) == after


def test_a_change_is_never_dated_before_the_last_one() -> None:
    made = state.following({"a": Known("x", LATER, "changed")}, [("a", "y", DAY)], DAY)
    assert made["a"] == Known("y", LATER, "changed")


def test_what_is_written_is_read(tmp_path: Path) -> None:
    kept = {"b": Known("y", DAY, "gone"), "a": Known("x", LATER, "new")}
    state.write(tmp_path, kept)
    first = (tmp_path / state.FILE).read_bytes()
    assert state.read(tmp_path) == kept
    state.write(tmp_path, dict(reversed(kept.items())))
    assert (tmp_path / state.FILE).read_bytes() == first


def test_nobodys_files_are_overwritten(tmp_path: Path) -> None:
    assert state.read(tmp_path / "new") is None
    assert state.read(tmp_path) is None
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(HoldfireError, match="not empty"):
        state.read(tmp_path)


@pytest.mark.parametrize("data", [b"", b"no gzip", b"\x1f\x8b\x08"])
def test_a_state_that_cannot_be_read_is_said(tmp_path: Path, data: bytes) -> None:
    (tmp_path / state.FILE).write_bytes(data)
    with pytest.raises(HoldfireError, match="cannot be read"):
        state.read(tmp_path)
