"""Ids of incidents: the same for everybody, kept when reports come in, and leading on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.merge.identity import JOINED, LEFT, SPLIT, Forward, Identity, Past, identify

Groups = Sequence[str]


def named(groups: Groups, past: Past | None = None, order: str | None = None) -> Identity:
    """Name incidents given as words of one-letter reports, told in the alphabet's order."""
    letters = order or "".join(sorted("".join(groups)))
    number = {letter: at for at, group in enumerate(groups) for letter in group}
    ids = pa.array([f"R-{letter}" for letter in letters], pa.string())
    told = {letter: at for at, letter in enumerate(sorted(letters))}
    return identify(
        ids,
        np.array([number[letter] for letter in letters], dtype=np.int64),
        np.array([told[letter] for letter in letters], dtype=np.int64),
        past,
    )


def run(incidents: dict[str, str], kept: Sequence[str] = ()) -> Past:
    """Return the past in which there were incidents, by founding letter, of these reports."""
    return Past(
        pa.table(
            {
                "incident_id": pa.array([f"I-{one}" for one in incidents], pa.string()),
                "report_ids": pa.array(
                    [[f"R-{r}" for r in reports] for reports in incidents.values()],
                    pa.list_(pa.string()),
                ),
            }
        ),
        kept,
    )


def ids(found: Identity) -> list[str]:
    return [str(one)[2:] for one in found.ids.to_pylist()]


CASES: dict[str, tuple[Groups, Past, list[str], tuple[Forward, ...], tuple[str, ...]]] = {
    "without a past: the report that was told first": (
        ["bca", "ed"], Past(), ["a", "d"], (), ()),
    "nothing changed": (["ab", "c"], run({"a": "ab", "c": "c"}), ["a", "c"], (), ()),
    "a report is added": (["abc"], run({"a": "ab"}), ["a"], (), ()),
    "a report told earlier is added: the id is kept, and remembered": (
        ["ab"], run({"b": "b"}), ["b"], (), ("I-b",)),
    "remembered already": (["ab"], run({"b": "ab"}, ["I-b"]), ["b"], (), ()),
    "a fresh copy of the case remembers it": (["ab"], Past(kept=("I-b",)), ["b"], (), ()),
    "two become one": (
        ["abcd"], run({"a": "ab", "c": "cd"}), ["a"], (Forward("I-c", ("I-a",), JOINED),), ()),
    "one becomes two": (
        ["ab", "cd"], run({"a": "abcd"}), ["a", "c"],
        (Forward("I-a", ("I-a", "I-c"), SPLIT),), ()),
    "a report goes from one to another": (
        ["a", "bcd"], run({"a": "ab", "c": "cd"}), ["a", "c"],
        (Forward("I-a", ("I-a", "I-c"), SPLIT),), ("I-c",)),
    "the founding report is withdrawn": (
        ["bc"], run({"a": "abc"}), ["b"], (Forward("I-a", ("I-b",), LEFT),), ()),
    "all its reports are withdrawn: there is nothing to lead to": (
        ["b"], run({"a": "a", "b": "b"}), ["b"], (), ()),
    "other ids altogether, without a salt": (["xy"], run({"a": "ab"}), ["x"], (), ()),
    "no reports": ([], run({"a": "ab"}), [], (), ()),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_names(name: str) -> None:
    groups, past, expected, forwards, kept = CASES[name]
    found = named(groups, past)
    assert ids(found) == expected
    assert found.forwards == forwards
    assert found.kept == kept


PARTITION = st.lists(st.integers(0, 4), min_size=1, max_size=10)


def grouped(labels: Sequence[int]) -> list[str]:
    groups: dict[int, str] = {}
    for letter, label in zip("abcdefghij", labels, strict=False):
        groups[label] = groups.get(label, "") + letter
    return list(groups.values())


@given(PARTITION, st.randoms())
@settings(max_examples=200, deadline=None)
def test_order_of_rows_changes_nothing(labels: list[int], random: object) -> None:
    groups = grouped(labels)
    letters = list("".join(groups))
    random.shuffle(letters)  # type: ignore[attr-defined]
    assert ids(named(groups, order="".join(letters))) == ids(named(groups))


@given(PARTITION, PARTITION)
@settings(max_examples=300, deadline=None)
def test_every_id_of_before_is_here_or_leads_here(before: list[int], after: list[int]) -> None:
    size = min(len(before), len(after))
    old, new = grouped(before[:size]), grouped(after[:size])
    past = run(dict(zip(ids(named(old)), old, strict=True)))
    found = named(new, past)
    here = dict(zip(ids(found), new, strict=True))
    assert len(here) == len(new), "two incidents of one name"
    leads = {one.incident_id[2:]: [to[2:] for to in one.now] for one in found.forwards}
    for name, reports in zip(ids(named(old)), old, strict=True):
        now = {letter for to in leads.get(name, [name]) for letter in here[to]}
        assert set(reports) <= now
    for name, reports in here.items():
        assert name in reports, "an incident is called after one of its reports"


@given(PARTITION)
@settings(max_examples=100, deadline=None)
def test_a_second_run_changes_nothing(labels: list[int]) -> None:
    groups = grouped(labels)
    first = named(groups)
    again = named(groups, run(dict(zip(ids(first), groups, strict=True))))
    assert ids(again) == ids(first)
    assert (again.forwards, again.kept) == ((), ())
