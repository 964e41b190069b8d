"""What the language must be able to say, each as a clause of a small agreement."""

from __future__ import annotations

import pytest

from holdfire.terms.agreement import ZoneTable
from holdfire.terms.clauses import AS_WRITTEN, readings_of

from .conftest import Agreed, changed

SAYINGS = [
    pytest.param(
        'acts = ["weapon-presence", "exercise"]\nzone = "base"\n'
        'permits = [{ wording = "border police", acts = ["exercise"], by = ["south"], '
        'circumstances = ["announced"], when_unsaid = "no" }]',
        id="weapons-free zone",
    ),
    pytest.param('acts = ["combat"]\nzone = { area = "town" }', id="single city"),
    pytest.param(
        'acts = ["combat", "occupying-civilian-site"]\n'
        'zone = { buffer = { around = "sites", metres = 500 } }',
        id="protected sites with a radius",
    ),
    pytest.param(
        'acts = ["weapons-fire", "strike"]\nhours = [{ from = "22:00", to = "06:00" }]',
        id="every night",
    ),
    pytest.param(
        'acts = ["combat", "restricting-access"]\n'
        'zone = { buffer = { around = "road", metres = 2000 } }\n'
        'hours = [{ from = "08:00", to = "16:00", days = ["mon", "wed"] }]',
        id="humanitarian corridor",
    ),
    pytest.param(
        'acts = ["weapon-presence"]\nweapons = ["artillery-100mm-plus"]\nbinds = ["north"]\n'
        "zone = { line_of_contact = { within_km = 25, beyond_km = 2, "
        'side = "north", theatre = "theatre" } }',
        id="one-sided band of the line",
    ),
    pytest.param(
        'acts = ["naval-operation"]\nzone = { any_of = [{ area = ["home", "town"] }, '
        '{ buffer = { around = ["sites", "road"], metres = 15000 } }] }',
        id="sea with a buffer of its ports",
    ),
    pytest.param(
        'acts = ["exercise"]\nzone = { all_of = ["home", { outside = "base" }] }',
        id="everywhere but the base",
    ),
    pytest.param(
        'acts = ["combat"]\nwindows = [{ from = 2025-03-01T18:00:00, '
        'to = 2025-03-02T00:00:00, zone = "Europe/Moscow" }, { from = 2025-03-08, '
        "to = 2025-03-09 }]",
        id="two holidays, in another zone's time",
    ),
    pytest.param(
        'acts = ["strike"]\ntargets = ["energy-infrastructure"]\n'
        'permits = [{ wording = "return fire", circumstances = ["self-defence"] }]',
        id="targets, and self-defence",
    ),
]
PLAIN = (
    'acts = ["strike"]\nbinds = ["north"]\nzone = "home"\nwindows = []\nhours = []\npermits = []\n'
)


@pytest.mark.parametrize("said", SAYINGS)
def test_the_language_can_say_it(agreed: Agreed, said: str) -> None:
    agreement = agreed(changed(PLAIN, said + "\n"))
    (read,) = readings_of(agreement, agreement.clauses[0])
    assert read.reading == AS_WRITTEN
    assert read.sure
    assert read.binds in (("north",), ("north", "south"))


def test_a_clause_that_binds_nobody_in_particular_binds_all(agreed: Agreed) -> None:
    agreement = agreed(changed('binds = ["north"]\n', ""))
    assert readings_of(agreement, agreement.clauses[0])[0].binds == ("north", "south")


def test_a_reading_of_a_clause_says_only_what_differs(agreed: Agreed) -> None:
    readings = """
[[clauses.readings]]
id = "narrow"
title = "missiles only"
held_by = ["north"]
acts = ["missile-strike"]

[[clauses.readings]]
id = "wide"
title = "anything, anywhere, by anybody"
held_by = ["south"]
acts = ["combat"]
zone = "anywhere"
binds = []
"""
    agreement = agreed(changed("permits = []\n", "permits = []\n" + readings))
    narrow, wide = readings_of(agreement, agreement.clauses[0])
    assert (narrow.reading, narrow.acts, narrow.zone, narrow.binds, narrow.held_by) == (
        "narrow", ("missile-strike",), "home", ("north",), ("north",))  # fmt: skip
    assert (wide.reading, wide.acts, wide.zone, wide.binds) == (
        "wide", ("combat",), "anywhere", ("north", "south"))  # fmt: skip


def test_readings_of_the_agreement_and_of_a_clause_combine(agreed: Agreed) -> None:
    whole = "".join(
        f'[[readings]]\nid = "{key}"\ntitle = "{key}"\nin_effect = {{ from = {day} }}\n\n'
        for key, day in (("early", "2025-03-01"), ("late", "2025-03-08"))
    )
    own = "".join(f'[[clauses.readings]]\nid = "{key}"\ntitle = "{key}"\n\n' for key in "ab")
    text = changed("[[clauses]]", whole + "[[clauses]]") + own
    agreement = agreed(text)
    found = [read.reading for read in readings_of(agreement, agreement.clauses[0])]
    assert found == ["early+a", "early+b", "late+a", "late+b"]


def test_a_zone_by_the_name_of_its_own_area_is_that_area(agreed: Agreed) -> None:
    text = changed(
        "[[clauses]]",
        '[zones]\nhome = { any_of = ["home", "town"] }\n\n[[clauses]]',
    )
    described = agreed(text).zones["home"]
    assert isinstance(described, ZoneTable)
    assert described.any_of == ("home", "town")
