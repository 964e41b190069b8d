"""Questions 3 to 5, act, target and actor, and who is held responsible, on literal rows."""

from __future__ import annotations

import pytest

from tests.assess.conftest import PLAIN, compiled, facts, findings, verdict

KINDS = [
    ("shelling", "indirect-fire", "yes"),
    ("indirect-fire", "indirect-fire", "yes"),
    ("combat", "indirect-fire", "unknown"),
    ("any-act", "indirect-fire", "unknown"),
    (None, "indirect-fire", "unknown"),
    ("small-arms-fire", "indirect-fire", "no"),
    ("drone-activity", "long-range-strike", "unknown"),
    ("reconnaissance-flight", "long-range-strike", "no"),
    ("short-range-drone-strike", "long-range-strike", "no"),
    ("missile-strike", "long-range-strike", "unknown"),
    ("explosion", "indirect-fire", "unknown"),
    ("explosion", "strike", "unknown"),
    ("explosion", "reconnaissance", "no"),
    ("not-a-word", "combat", "unknown"),
    ("attack-on-civilians", "strike", "unknown"),
    ("shelling", "attack-on-civilians", "unknown"),
    ("abduction", "combat", "no"),
    ("reconnaissance", "attack-on-civilians", "no"),
]


@pytest.mark.parametrize(("act", "prohibited", "expected"), KINDS)
def test_act(act: str | None, prohibited: str, expected: str) -> None:
    assert verdict(compiled(f'acts = ["{prohibited}"]\n'), "act", act=act) == expected


def test_broader_than_one_of_several_is_enough() -> None:
    made = compiled('acts = ["indirect-fire", "reconnaissance"]\n')
    assert verdict(made, "act", act="weapons-fire") == "unknown"
    assert verdict(made, "act", act="sniping") == "no"
    assert verdict(made, "act", act="reconnaissance-flight") == "yes"


def test_weapon_is_part_of_the_act() -> None:
    made = compiled('acts = ["weapon-presence"]\nweapons = ["mlrs"]\n')
    given = {"act": "weapon-presence"}
    assert verdict(made, "act", weapon="mlrs-heavy", **given) == "yes"
    assert verdict(made, "act", weapon="any-weapon", **given) == "unknown"
    assert verdict(made, "act", weapon="tank", **given) == "no"


TARGETS = [
    ("power-plant", "yes"), ("nuclear-power-plant", "yes"), ("infrastructure", "unknown"),
    ("any-target", "unknown"), ("hospital", "no"), (None, "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("target", "expected"), TARGETS)
def test_target(target: str | None, expected: str) -> None:
    made = compiled(PLAIN + 'targets = ["power-plant"]\n')
    assert verdict(made, "target", target=target) == expected


def test_a_clause_without_targets_asks_for_none() -> None:
    assert verdict(compiled(PLAIN), "target", target=None) == "yes"


ACTORS = [
    (["red"], "yes"), (["blue"], "no"), (["red", "blue"], "unknown"), (["outsider"], "no"),
    (["red", "outsider"], "unknown"), (None, "unknown"), ([], "unknown"),
]  # fmt: skip


@pytest.mark.parametrize(("actors", "expected"), ACTORS)
def test_actor(actors: list[str] | None, expected: str) -> None:
    assert verdict(compiled(PLAIN + 'binds = ["red"]\n'), "actor", actors=actors) == expected


def test_certain_that_it_happened_and_not_who() -> None:
    found = findings(compiled(PLAIN), facts(actors=["blue", "red"], responsibility="unknown"))[0]
    assert found["verdict"] == "yes"
    assert found["held_responsible"] is None


def test_a_dispute_stays_one() -> None:
    found = findings(compiled(PLAIN), facts(actors=["blue", "red"], responsibility="disputed"))[0]
    assert (found["held_responsible"], found["responsibility"]) == (None, "disputed")


RESPONSIBLE = [
    (["red"], "red"), (["blue"], None), (["red", "blue"], None), (["outsider"], None),
    ([], None), (None, None),
]  # fmt: skip


@pytest.mark.parametrize(("actors", "expected"), RESPONSIBLE)
def test_only_one_bound_party_is_held_responsible(
    actors: list[str] | None, expected: str | None
) -> None:
    made = compiled(PLAIN + 'binds = ["red"]\n')
    assert findings(made, facts(actors=actors))[0]["held_responsible"] == expected
    unsaid = findings(made, facts(actors=actors, responsibility="unknown"))[0]
    assert unsaid["held_responsible"] is None
