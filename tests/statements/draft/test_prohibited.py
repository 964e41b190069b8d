"""Acts and targets, in the words of many writers."""

import pytest

from tests.statements.draft.told import told


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("Under the deal neither army may cross the line.", ["military-movement"]),
        ("By the truce nobody may open fire.", ["weapons-fire"]),
        ("The truce: no air, ground or naval attacks.",
         ["air-strike", "ground-attack", "naval-strike"]),
        ("The pact forbids missile and drone strikes.", ["missile-strike", "drone-strike"]),
        ("The truce halts all firing and military action.", ["combat"]),
        ("The two sides will stop shooting at noon under the truce.", ["weapons-fire"]),
        ("Under the truce hostilities cease at once.", ["combat"]),
        ("The truce says that soldiers must not ambush villagers on the road.", ["ground-attack"]),
        ("Under the truce the armies are not to fly drones.", ["drone-activity"]),
        ("Under the truce the army is not to lay mines, and nobody may kidnap anyone.",
         ["mine-laying", "abduction"]),
        ("There will be no reinforcements and no taking of hostages under the truce.",
         ["abduction", "military-movement"]),
        ("Under the truce both armies stay where they are.", ["military-movement"]),
        ("Under the truce aid is to be let in.", ["blocking-aid"]),
        ("Under the truce heavy guns are to be pulled back.", ["weapon-presence"]),
        ("Provided that the truce halts shelling, the talks go on.", []),
        ("No pause in such raids has been agreed, nor any truce.", []),
        ("The truce will last if the army stops the raids.", []),
        ("The truce holds; the air force shot down 30 drones, it said.", []),
        ("The minister wants the guns to fall silent in a truce.", []),
        ("A truce would help; a pause in fighting would let them regroup.", ["combat"]),
    ],
)  # fmt: skip
def test_what_is_prohibited(text: str, acts: list[str]) -> None:
    assert sorted(told(text).get("act", [])) == sorted(acts)


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("The moratorium spares: oil refineries; gas pipelines; the dams of hydroelectric plants.",
         ["refinery", "pipeline", "hydroelectric-dam"]),
        ("Under the truce nobody attacks civilians, civilian property or military objects.",
         ["military-target", "civilian-object", "civilians"]),
        ("The leaders agreed to an energy ceasefire.", ["energy-infrastructure"]),
        ("The truce foresees three quiet months for relief convoys.", []),
        ("Under the truce no aid lorry is stopped before Port Sudan.", []),
        ("Under the truce merchantmen may sail unmolested.", ["civilian-vessel"]),
    ],
)  # fmt: skip
def test_what_must_not_be_hit(text: str, targets: list[str]) -> None:
    assert sorted(told(text).get("target", [])) == sorted(targets)
