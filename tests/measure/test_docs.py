"""The documents keep in step with the code: columns, units, keys, commands and links."""

from __future__ import annotations

import re
from pathlib import Path

import pyarrow as pa
import pytest

from holdfire.case import Settings
from holdfire.cli import SET_ASIDE, UNUSABLE, cli
from holdfire.tables import finding, incident
from holdfire.tables.indicator import Indicator
from holdfire.tables.units import units
from holdfire.terms.agreement import Table

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
FORMS = {
    "string": "text", "double": "number", "int32": "whole number", "int64": "whole number",
    "bool": "yes or no", "date32[day]": "day", "timestamp[us, tz=UTC]": "UTC instant",
    "list<item: string>": "list of text", "list<element: string>": "list of text",
    "list<item: struct<incident_id: string, probability: double>>": "list of ids and probabilities",
}  # fmt: skip


def table(page: str, header: str) -> list[list[str]]:
    """Return the cells of the first table of a page under that header."""
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    at = lines.index(header) + 2
    rows = []
    while at < len(lines) and lines[at].startswith("|"):
        rows.append([cell.strip() for cell in lines[at].strip("| ").split(" | ")])
        at += 1
    return rows


def form(kind: pa.DataType) -> str:
    return "answer" if pa.types.is_dictionary(kind) else FORMS[str(kind)]


def described(page: str, fields: list[pa.Field]) -> None:
    rows = table(page, "| column | form | means |")
    assert [(name, kind) for name, kind, _ in rows] == [
        (f"`{field.name}`", form(field.type)) for field in fields
    ]
    for (name, _, means), field in zip(rows, fields, strict=True):
        given = (field.metadata or {}).get(b"means", b"").decode()
        assert means, name
        assert not given or given == means, name


def test_finding_columns() -> None:
    described("assess.md", list(finding.SCHEMA))


def test_incident_columns() -> None:
    described("merge.md", list(incident.SCHEMA))


def test_units() -> None:
    rows = table("measure.md", "| unit | of | means |")
    assert rows == [[f"`{unit.id}`", unit.of, unit.means] for unit in units().values()]


def test_indicator_fields() -> None:
    rows = table("measure.md", "| field | means |")
    assert [row[0] for row in rows] == [f"`{name}`" for name in Indicator.__dataclass_fields__]


def test_settings_of_a_case() -> None:
    keys = []
    for name, field in Settings.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, Table):
            keys += [f"{name}.{inner}" for inner in kind.model_fields]
        else:
            keys.append({"sources": "sources.NAME", "files": 'files."PATH"'}.get(name, name))
    rows = table("case.md", "| key | if left out | means |")
    assert sorted(row[0].strip("`") for row in rows) == sorted(keys)


def test_every_command_and_option() -> None:
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    told = set(re.findall(r"`holdfire ([a-z]+)", "\n".join(re.findall(r"^## .*", text, re.M))))
    assert told == set(cli.commands)
    for command in cli.commands.values():
        for option in command.params:
            if option.param_type_name == "option":
                assert option.opts[0] in text, (command.name, option.opts)


def test_exit_codes() -> None:
    rows = dict(table("cli.md", "| code | means |"))
    assert "cannot be used" in rows[str(UNUSABLE)]
    assert "set aside" in rows[str(SET_ASIDE)]


def test_every_page_is_in_the_index() -> None:
    index = (DOCS / "README.md").read_text(encoding="utf-8")
    for page in PAGES:
        name = page.relative_to(DOCS).as_posix()
        assert name == "README.md" or f"({name})" in index, name


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", title.casefold()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if link.startswith(("http://", "https://")):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if link == "benchmarks.md" and not target.exists():
            continue  # written with the benchmarks
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", sorted((DOCS / "decisions").glob("*.md")), ids=lambda p: p.stem)
def test_a_decision_has_its_number_and_parts(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# {int(page.stem[:4])}. ")
    for part in ("**Context.**", "**Decision.**", "**Consequences.**"):
        assert part in text
