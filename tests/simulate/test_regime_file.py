"""A regime file says what differs from a shipped regime; everything wrong with it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from holdfire.errors import CaseError
from holdfire.simulate import Regime, read_regime, regime, simulate

WHOLE = """
based_on = "dense"
parties = ["blue", "green"]
incidents_per_day = 20
first_day = 2024-02-01

[acts]
shelling = 3
air-strike = 1

[ceasefire]
effect = 0.4
run_up_days = 3
run_up = 1.5
party = "green"

[[ceasefire.clauses]]
id = "guns"
title = "shelling"
acts = ["indirect-fire"]

[[sources]]
outlet = "Mission"
covers = 0.3

[[sources]]
outlet = "Green Radio"
like = "Northern Staff"
side = "green"
bias = 3
lag_h = 40

[[sources]]
outlet = "Agency"
copies = "Mission"
copied = 0.5
"""


def read(tmp_path: Path, text: str) -> Regime:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return read_regime(path)


def test_what_is_given_is_taken_and_the_rest_is_as_shipped(tmp_path: Path) -> None:
    found, base = read(tmp_path, WHOLE), regime("dense")
    assert (found.name, found.parties, found.incidents_per_day) == ("mine", ("blue", "green"), 20)
    assert found.ground == "front"
    assert found.towns == base.towns
    assert [(one.act, one.share) for one in found.happenings] == [
        ("shelling", 3.0), ("air-strike", 1.0),
    ]  # fmt: skip
    mission, radio, agency = found.sources
    assert (mission.covers, mission.lag_h, mission.side) == (0.3, 14.0, "neutral")
    assert (radio.side, radio.bias, radio.lag_h, radio.voice) == ("green", 3.0, 40.0, 1)
    assert (agency.copies, agency.copied, agency.copied_lag_h) == ("Mission", 0.5, 6.0)
    assert found.ceasefire is not None
    assert (found.ceasefire.effect, found.ceasefire.days_before) == (0.4, 60)
    assert found.ceasefire.clauses[0].acts == ("indirect-fire",)


def test_an_empty_file_is_the_shipped_regime_by_another_name(tmp_path: Path) -> None:
    found = read(tmp_path, "")
    assert found.sources == regime("sparse").sources
    assert found.ceasefire is None
    assert len(simulate(found, 50).reports) == 50


def test_sides_of_shipped_sources_follow_the_names_of_the_parties(tmp_path: Path) -> None:
    found = read(tmp_path, 'parties = ["blue", "green"]')
    assert [one.side for one in found.sources] == ["neutral", "blue", "green", "neutral"]


WRONG = [
    ("incidents_per_day = -3", 'mine.toml:1: incidents_per_day: "-3": input should be greater'),
    ("towns = 3.5", "mine.toml:1: towns:"),
    ("covers = 1", "mine.toml:1: covers: is no key of this table"),
    ("based_on = 'sparce'", 'there is no regime "sparce"\n  Did you mean "sparse"?'),
    ("first_day = 9999-01-01", "mine.toml:1: first_day:"),
    ("parties = ['a', 'a']", "the two parties have one name"),
    ("parties = ['a']", "found 1 entries; expected 2 names"),
    ("[acts]\nsheling = 1", 'mine.toml:2: sheling: there is no act "sheling"\n  Did you mean'),
    ("[acts]\nshelling = 0", "nothing ever happens"),
    ("[ceasefire]\neffect = 30", 'mine.toml:2: ceasefire.effect: "30": input should be less'),
    ("[ceasefire]\nweekdays = [1, 1]", "mine.toml:2: ceasefire.weekdays:"),
    ("[ceasefire]\nefect = 1", "mine.toml:2: ceasefire.efect: is no key"),
    ("[ceasefire]\nparty = 'nort'", 'mine.toml:2: party: there is no party "nort"\n  Did you'),
    ("[ceasefire]\nacts = ['shelin']", 'mine.toml:2: acts: there is no act "shelin"\n  Did you'),
    ("[ceasefire]\nclauses = []", "ceasefire.clauses: must not be empty"),
    ("ceasefire = 3", "mine.toml:1: ceasefire"),
    ("[[sources]]\ncovers = 1", "sources[1].outlet: is missing"),
    ("[[sources]]\noutlet = 'A'\nlike = 'Field'", "mine.toml:3: like: there is no shipped source"),
    ("[[sources]]\noutlet = 'A'\nside = 'w'", 'there is no side "w"\n  it is one of neutral, no'),
    ("[[sources]]\noutlet = 'A'\ncopied = 0.5", "copies = the outlet is missing"),
    ("[[sources]]\noutlet = 'A'\ncopies = 'A'", 'there is no other outlet "A"'),
    ("[[sources]]\noutlet = 'A'\nsteps = [1, 0]", "found 2 entries; expected 4 shares"),
    ("[[sources]]\noutlet = 'A'\nsteps = [0.5, 0, 0, 0]", "steps: the shares sum to 0.5"),
    ("[[sources]]\noutlet = 'A'\n[[sources]]\noutlet = 'A'", 'two sources called "A"'),
    (
        "[[sources]]\noutlet = 'A'\ncopies = 'B'\ncopied = 0.5\n"
        "[[sources]]\noutlet = 'B'\ncopies = 'A'\ncopied = 0.5",
        "is a list that copies, too",
    ),
    ("x = [", "not readable as TOML"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(CaseError) as raised:
        read(tmp_path, text)
    assert said in str(raised.value)


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(CaseError) as raised:
        read(tmp_path, "towns = 0\nslow = 2\n[ceasefire]\ndays = 0")
    assert len(raised.value.problems) == 3


def test_a_file_that_is_no_text_or_not_there(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_bytes(b"\xff\xfe\x00")
    for name, said in (("mine.toml", "not text in UTF-8"), ("none.toml", "No such file")):
        with pytest.raises(CaseError, match=said):
            read_regime(tmp_path / name)
