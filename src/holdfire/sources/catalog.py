"""The catalogue of formats: who publishes it, under what licence, and how it is read by default."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module, resources
from typing import Any, cast

from holdfire.errors import SourceError, did_you_mean, shown
from holdfire.sources.adapter import Adapter


@dataclass(frozen=True, slots=True)
class Format:
    """One section of ``catalog.toml``. ``settings`` are the defaults that a case can override."""

    name: str
    title: str
    publisher: str
    licence: str
    republish: bool
    url: str
    citation: str
    settings: Mapping[str, Any]


@cache
def catalog() -> dict[str, Format]:
    """Return every known format by name, in the order in which they are tried."""
    words = resources.files(__package__).joinpath("catalog.toml").read_text(encoding="utf-8")
    return {name: Format(name=name, **table) for name, table in tomllib.loads(words).items()}


def known(name: str) -> Format:
    """Return one format; raise :class:`~holdfire.errors.SourceError` for a name that is none."""
    if name not in catalog():
        advice = did_you_mean(name, catalog()) or f"known formats: {', '.join(catalog())}"
        raise SourceError(f"unknown format {shown(name)}", advice=advice)
    return catalog()[name]


@cache
def adapter(name: str) -> Adapter:
    """Return the adapter of a format: the module of the same name."""
    return cast(Adapter, import_module(f"{__package__}.{known(name).name}"))


def settings(name: str, *overrides: Mapping[str, Any]) -> dict[str, Any]:
    """Return a format's settings with a case's own on top, the last one strongest.

    Tables are merged key by key, so that a case can change one precision code alone.
    """
    merged: Mapping[str, Any] = known(name).settings
    for override in overrides:
        merged = _merged(merged, override)
    return dict(merged)


def _merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    both = dict(under)
    for key, value in over.items():
        old = both.get(key)
        both[key] = (
            _merged(old, value)
            if isinstance(old, Mapping) and isinstance(value, Mapping)
            else value
        )
    return both


@cache
def mapping(file: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a mapping file that comes with holdfire, such as ``acled_events.csv``."""
    words = resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
    return tuple(csv.DictReader(words.splitlines()))
