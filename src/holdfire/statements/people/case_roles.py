"""A case's own roles: reading the file, and everything that can be wrong in it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from holdfire.errors import CaseError, Problem, did_you_mean, shown
from holdfire.tables.statement import KINDS, STANDINGS

LISTS = ("titles", "modifiers", "ranks", "elsewhere")
TABLES = ("class", *LISTS, "by-party", "called", "only", "people")


def case_roles(folder: Path) -> dict[str, Any]:
    """Return a case folder's own ``roles.toml``, or nothing where it has none.

    Raises ``CaseError`` where the file is not TOML.
    """
    path = folder / "roles.toml"
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as wrong:
        raise CaseError([Problem(str(path), f"not TOML: {wrong}", "correct that line")]) from wrong


def wrong_roles(raw: Mapping[str, Any], where: str) -> list[Problem]:
    """Return everything that is wrong in roles, in the form of ``roles.toml``."""
    problems = [
        Problem(where, f"unknown table {shown(key)}", did_you_mean(key, TABLES))
        for key in sorted(set(raw) - set(TABLES))
    ]
    for table in TABLES:
        if not isinstance(raw.get(table, {}), dict):
            problems.append(Problem(f"{where}: {table}", "not a table", f"write [{table}]"))
    for name, entry in _entries(raw, "class"):
        problems.extend(_wrong_class(f"{where}: class.{name}", entry))
    for table in LISTS:
        words = raw[table].get("words") if isinstance(raw.get(table), dict) else []
        if not _strings(words):
            problems.append(Problem(f"{where}: {table}", *_NO_WORDS))
    for party, own in _entries(raw, "by-party"):
        at = f"{where}: by-party.{party}"
        if not isinstance(own, dict):
            problems.append(Problem(at, f"{shown(own)}, expected a table", _EXAMPLE))
            continue
        for role, standing in own.items():
            problems.extend(_wrong_standing(at, standing, f" of {shown(role)}"))
    for word, classes in _entries(raw, "called"):
        if not _strings(classes):
            problems.append(Problem(f"{where}: called.{word}", "no list of classes", _CLASSES))
    for table in ("only", "people"):
        for name, party in _entries(raw, table):
            if not isinstance(party, str):
                at, found = f"{where}: {table}", f"{shown(party)} for {shown(name)}"
                problems.append(Problem(at, found, "expected the id of a party"))
    return problems


_NO_WORDS = ("no list of words", 'give `words = ["…"]`')
_CLASSES = 'give `["head-of-state", …]`'
_EXAMPLE = 'write `{ president = "none" }`'


def _entries(raw: Mapping[str, Any], table: str) -> Iterator[tuple[str, Any]]:
    found = raw.get(table, {})
    yield from found.items() if isinstance(found, dict) else ()


def _strings(words: object) -> bool:
    return isinstance(words, list) and all(isinstance(word, str) for word in words)


def _wrong_standing(at: str, standing: object, of: str = "") -> list[Problem]:
    if standing in STANDINGS:
        return []
    expected = f"expected one of {', '.join(STANDINGS)}"
    return [Problem(at, f"standing {shown(standing)}{of}", expected)]


def _wrong_class(at: str, entry: object) -> list[Problem]:
    if not isinstance(entry, dict):
        return [Problem(at, f"{shown(entry)}, expected a table", "write `standing`, `reason`")]
    problems = _wrong_standing(at, entry.get("standing"))
    if entry.get("kind", "person") not in KINDS:
        expected = f"expected one of {', '.join(KINDS)}"
        problems.append(Problem(at, f"kind {shown(entry['kind'])}", expected))
    if not entry.get("reason"):
        problems.append(Problem(at, "no reason", "write in a sentence why, as `reason`"))
    if not _strings(entry.get("words")) or not _strings(entry.get("marks", [])):
        problems.append(Problem(at, *_NO_WORDS))
    return problems
