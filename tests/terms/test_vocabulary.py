"""Acts, targets and weapons: graphs without circles, that a case can add to."""

from __future__ import annotations

from itertools import combinations

import pytest

from holdfire.terms.vocabulary import (
    KINDS,
    ROOTS,
    Kind,
    Vocabulary,
    build,
    extended,
    parse_nodes,
    shipped,
)

ACTS = shipped("acts")


@pytest.mark.parametrize("kind", KINDS)
def test_every_shipped_node_is_a_kind_of_the_root_and_says_what_it_means(kind: Kind) -> None:
    vocabulary = shipped(kind)
    for node in vocabulary.nodes.values():
        assert vocabulary.root in vocabulary.broader_than(node.id)
        assert node.means
        assert node.label
        assert node.source


@pytest.mark.parametrize("kind", KINDS)
def test_no_two_nodes_are_kinds_of_each_other(kind: Kind) -> None:
    vocabulary = shipped(kind)
    for first, second in combinations(vocabulary.nodes, 2):
        both = first in vocabulary.kinds_of(second) and second in vocabulary.kinds_of(first)
        assert not both, f"{first} and {second}"


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_and_broader_agree(kind: Kind) -> None:
    vocabulary = shipped(kind)
    for node in vocabulary.nodes:
        for narrower in vocabulary.kinds_of(node):
            assert node in vocabulary.broader_than(narrower)


def may_be(vocabulary: Vocabulary, said: str, prohibited: str) -> bool:
    return bool(vocabulary.kinds_of(said) & vocabulary.kinds_of(prohibited))


@pytest.mark.parametrize(
    ("said", "prohibited"),
    [
        ("explosion", "missile-strike"),
        ("explosion", "long-range-drone-strike"),
        ("explosion", "artillery-fire"),
        ("explosion", "tank-fire"),
        ("explosion", "mine-or-ied"),
        ("shell-or-missile-attack", "shelling"),
        ("shell-or-missile-attack", "mortar-fire"),
        ("shell-or-missile-attack", "ballistic-missile-strike"),
        ("drone-activity", "long-range-strike"),
        ("missile-strike", "long-range-strike"),
        ("naval-operation", "strike"),
        ("air-or-drone-strike", "glide-bomb-strike"),
    ],
)
def test_what_a_vague_word_may_mean_is_never_excluded(said: str, prohibited: str) -> None:
    assert may_be(ACTS, said, prohibited)


@pytest.mark.parametrize(
    ("said", "prohibited"),
    [
        ("reconnaissance-flight", "strike"),
        ("short-range-drone-strike", "long-range-strike"),
        ("short-range-missile-strike", "long-range-strike"),
        ("weapon-presence", "combat"),
        ("warning", "strike"),
        ("small-arms-fire", "long-range-strike"),
    ],
)
def test_what_a_word_cannot_mean_is_excluded(said: str, prohibited: str) -> None:
    assert not may_be(ACTS, said, prohibited)


@pytest.mark.parametrize(
    ("nodes", "common"),
    [
        (["cruise-missile-strike", "ballistic-missile-strike"], "long-range-missile-strike"),
        (["shelling", "mortar-fire"], "indirect-fire"),
        (["strike"], "strike"),
        ([], "any-act"),
        (["warning", "strike"], "any-act"),
    ],
)
def test_the_narrowest_kind_that_covers_all(nodes: list[str], common: str) -> None:
    assert ACTS.common(nodes) == common
    assert ACTS.common(reversed(nodes)) == common


OWN = '[cluster-munition-strike]\nmeans = "cluster munitions"\nbroader = ["strike"]\n'


def test_a_case_adds_nodes_of_its_own() -> None:
    vocabulary, problems = extended("acts", OWN, "vocabulary/acts.toml")
    assert problems == []
    assert "cluster-munition-strike" in vocabulary.kinds_of("combat")
    assert "cluster-munition-strike" not in ACTS


def test_a_node_without_a_parent_is_a_kind_of_the_root() -> None:
    vocabulary, problems = extended("targets", '[zoo]\nmeans = "animals"\n', "t.toml")
    assert problems == []
    assert vocabulary.nodes["zoo"].broader == (ROOTS["targets"],)
    assert vocabulary.nodes["zoo"].label == "zoo"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[strike]\nmeans = "mine"\n',
         "a.toml: [strike] is a shipped node and cannot be redefined"),
        ('[x]\nmeans = "m"\nbroader = ["srtike"]\n',
         'a.toml: [x] unknown broader "srtike"\n  Did you mean "strike"?'),
        ('[x]\nlabel = "no meaning"\n',
         "a.toml: [x] must have means, and may have broader, label, means, overlaps, source"),
        ('[x]\nmeans = "m"\nbraoder = ["strike"]\n',
         "a.toml: [x] must have means, and may have broader, label, means, overlaps, source"),
        ('[x]\nmeans = "m"\nbroader = "strike"\n',
         "a.toml: [x] broader must be a list of names"),
        ('[x]\nmeans = "m"\nbroader = ["x"]\n',
         "a.toml: [x] is broader than itself, in a circle"),
        ("x = 1\n",
         "a.toml: [x] must have means, and may have broader, label, means, overlaps, source"),
        ("[x\n",
         "a.toml:1: not readable as TOML: Expected ']' at the end of a table declaration "
         "(at line 1, column 3)"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_case_s_vocabulary_is_told(text: str, said: str) -> None:
    vocabulary, problems = extended("acts", text, "a.toml")
    assert [str(problem) for problem in problems] == [said]
    assert ACTS.nodes.items() <= vocabulary.nodes.items()


def test_a_circle_is_broken_and_told() -> None:
    text = (
        '[any-act]\nmeans = "m"\n[a]\nmeans = "m"\nbroader = ["b"]\n'
        '[b]\nmeans = "m"\nbroader = ["c"]\n[c]\nmeans = "m"\nbroader = ["a"]\n'
    )
    nodes, problems = parse_nodes("acts", text, "a.toml")
    assert problems == []
    vocabulary, problems = build("acts", nodes, "a.toml")
    assert problems
    assert all("in a circle" in problem.message for problem in problems)
    for node in vocabulary.nodes:
        assert "any-act" in vocabulary.broader_than(node)
