"""Who may be named in public, by role. In doubt nobody may."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from holdfire.statements.people.sorts import TOKEN
from holdfire.statements.people.words import Words
from holdfire.statements.statement import Speaker


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    text = resources.files("holdfire.statements.people").joinpath("public.toml")
    raw = tomllib.loads(text.read_text(encoding="utf-8"))
    return frozenset(raw["classes"]), frozenset(raw["words"])


def public(one: Speaker, words: Words) -> bool:
    """Whether a speaker may be named in public: a body, or a person in a public role."""
    if one.kind != "person":
        return True
    if not one.role:
        return False
    if one.standing in ("decides", "speaks"):
        return True
    classes, listed = _lists()
    said = [found.group().lower() for found in TOKEN.finditer(one.role)]
    known = words.role(said)
    return (known is not None and known.name in classes) or not listed.isdisjoint(said)
