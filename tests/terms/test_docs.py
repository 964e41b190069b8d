"""Every TOML block of the documentation loads; what a block leaves out is filled in."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from holdfire.case import Settings
from holdfire.terms.clauses import readings_of
from holdfire.terms.loading import load
from holdfire.terms.vocabulary import extended, shipped_vocabularies

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)
AREAS = (
    "harbour", "town", "base", "theatre", "hospitals", "first-aid-posts", "relief-road", "sea",
    "ports", "weapons-free-zone",
)  # fmt: skip

MISSING = {
    "agreement": '[agreement]\nid = "doc"\ntitle = "Doc"\nconflict = "A conflict"\n'
    'local_time = "Europe/Kyiv"\n',
    "texts": '[[texts]]\nid = "accord"\ncitation = "Accord"\n',
    "parties": '[[parties]]\nid = "north"\nnames = { en = "North" }\n'
    '[[parties]]\nid = "south"\nnames = { en = "South" }\n',
    "in_effect": "[in_effect]\nfrom = 2025-06-02T06:00:00\n",
    "clauses": '[[clauses]]\nid = "c"\ntitle = "C"\nwording = "w"\nacts = ["combat"]\n',
}


def blocks() -> list[tuple[str, str]]:
    return [
        (f"{name}-{index}", block)
        for name in ("terms.md", "add-a-clause.md")
        for index, block in enumerate(BLOCK.findall((DOCS / name).read_text(encoding="utf-8")), 1)
    ]


BLOCKS = blocks()


def completed(block: str) -> str:
    given = tomllib.loads(block)
    missing = [
        text
        for key, text in MISSING.items()
        if key not in given and not (key == "in_effect" and "would_have_counted" in given)
    ]
    return block + "\n" + "\n".join(missing)


def test_the_pages_have_blocks() -> None:
    assert len(BLOCKS) > 12


@pytest.mark.parametrize("block", [pytest.param(block, id=name) for name, block in BLOCKS])
def test_a_block_of_the_documentation_loads(block: str) -> None:
    if block.startswith("# case.toml"):
        assert Settings.model_validate(tomllib.loads(block)).comparison.days == 28
        return
    if block.startswith("# vocabulary/acts.toml"):
        assert extended("acts", block, "acts.toml")[1] == []
        return
    loaded = load(completed(block), shipped_vocabularies(), AREAS)
    assert [str(problem) for problem in loaded.problems] == []
    assert loaded.agreement is not None
    for clause in loaded.agreement.clauses:
        assert all(read.possible for read in readings_of(loaded.agreement, clause))


def test_every_key_of_the_language_is_named_in_the_documentation() -> None:
    from holdfire.terms import agreement

    text = (DOCS / "terms.md").read_text(encoding="utf-8")
    for model in (
        agreement.Agreement, agreement.Clause, agreement.ClauseReading, agreement.Permit,
        agreement.ZoneTable, agreement.LineOfContact, agreement.Buffer, agreement.PartyFact,
        agreement.End, agreement.Hours, agreement.Heading, agreement.Text, agreement.Party,
        agreement.Drafted,
    ):  # fmt: skip
        for name, field in model.model_fields.items():
            assert re.search(rf"\b{field.alias or name}\b", text), f"{model.__name__}.{name}"
