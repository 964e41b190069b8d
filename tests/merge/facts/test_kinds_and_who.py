"""Acts over the vocabulary, and who may have done it: what several reports leave together."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.merge.facts.kinds import narrowed
from holdfire.merge.facts.who import LEFT_OVER, Named, allowed, named
from holdfire.terms.vocabulary import Vocabulary, build, parse_nodes, shipped

TEXT = """
[any-act]
means = "anything"
[combat]
means = "c"
[shelling]
means = "s"
broader = ["combat"]
[missile]
means = "m"
broader = ["combat"]
[explosion]
means = "e"
[fire-mission]
means = "both a shelling and an explosion"
broader = ["shelling", "explosion"]
[talks]
means = "t"
[on-civilians]
means = "may be any combat"
overlaps = ["combat"]
"""


def made() -> Vocabulary:
    nodes, problems = parse_nodes("acts", TEXT, "test")
    vocabulary, more = build("acts", nodes, "test")
    assert not problems
    assert not more
    return vocabulary


KINDS: dict[str, tuple[list[str | None], tuple[str, bool]]] = {
    "the same": (["missile", "missile"], ("missile", False)),
    "the narrower one": (["combat", "shelling"], ("shelling", False)),
    "nothing known, and something": (["any-act", "missile", None], ("missile", False)),
    "nothing known at all": ([None, "any-act"], ("any-act", False)),
    "a word that is no node": (["no-such", "missile"], ("missile", False)),
    "two that share one node": (["shelling", "explosion"], ("fire-mission", False)),
    "two that cannot be one": (["shelling", "missile"], ("combat", True)),
    "nothing in common but the root": (["shelling", "talks"], ("any-act", True)),
    "two that can be one without a name": (["shelling", "on-civilians"], ("on-civilians", False)),
    "three, of which two cannot": (["combat", "shelling", "missile"], ("combat", True)),
}


@pytest.mark.parametrize("name", KINDS)
def test_kinds(name: str) -> None:
    nodes, expected = KINDS[name]
    for order in permutations(nodes):
        assert narrowed(made(), order) == expected


ACTS = shipped("acts")


@given(st.lists(st.sampled_from(sorted(ACTS.nodes)), min_size=1, max_size=4))
@settings(max_examples=400, deadline=None)
def test_no_kind_that_all_allow_is_cut_off(nodes: list[str]) -> None:
    found, disputed = narrowed(ACTS, nodes)
    all_allow = frozenset.intersection(*(ACTS.kinds_of(node) for node in nodes))
    assert all_allow <= ACTS.kinds_of(found)
    if disputed:
        assert not all_allow
        narrow = [n for n in nodes if not any(o != n and o in ACTS.kinds_of(n) for o in nodes)]
        assert all(node in ACTS.kinds_of(found) for node in narrow)
    elif len(set(nodes)) == 1:
        assert found == nodes[0]


N, S, X = frozenset({"north"}), frozenset({"south"}), frozenset({"outsider"})
WHO = {
    "reported twice": ([Named(N, "reported"), Named(N, "reported")],
                       (["north"], "reported", None, False)),
    "reported, and nothing": ([Named(None, "unknown"), Named(N, "reported")],
                              (["north"], "reported", None, False)),
    "sources name different parties": ([Named(N, "reported"), Named(S, "reported")],
                                       (["north", "south"], "disputed", None, True)),
    "one source says it is disputed": ([Named(N | S, "disputed"), Named(N, "reported")],
                                       (["north"], "disputed", None, False)),
    "a rule narrows what is reported": (
        [Named(N | X, "reported"), Named(N, "inferred", "reach")],
        (["north"], "inferred", "reach", False)),
    "a report that says it already": (
        [Named(N, "reported"), Named(N | S, "inferred", "reach")],
        (["north"], "reported", None, False)),
    "only together": ([Named(N | S, "unknown"), Named(N | X, "unknown")],
                      (["north"], "inferred", LEFT_OVER, False)),
    "nobody named": ([Named(None, "unknown"), Named(None, None)], (None, "unknown", None, False)),
    "the same two of nobody certain": ([Named(N | S, "unknown"), Named(None, "unknown")],
                                       (["north", "south"], "unknown", None, False)),
}  # fmt: skip


@pytest.mark.parametrize("name", WHO)
def test_who(name: str) -> None:
    reports, expected = WHO[name]
    for order in permutations(reports):
        found = named(order)
        assert (found.actors, found.responsibility, found.rule, found.disputed) == expected


SETS = st.none() | st.frozensets(st.sampled_from(["north", "south", "outsider"]), min_size=1)


@given(st.lists(SETS, min_size=1, max_size=4))
def test_whoever_all_allow_is_allowed(sets: list[frozenset[str] | None]) -> None:
    found, disputed = allowed(sets)
    everyone = {"north", "south", "outsider"}
    all_allow = everyone.intersection(*(one for one in sets if one is not None))
    assert all_allow <= (everyone if found is None else found)
    assert disputed == (not all_allow)
    if not disputed:
        assert (everyone if found is None else set(found)) == all_allow
