"""What a case asks of the formats in ``case.toml``: that it exists and can be meant."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from holdfire.errors import HoldfireError, Problem, did_you_mean, shown
from holdfire.sources.catalog import catalog, known
from holdfire.tables.moment import zone
from holdfire.tables.report import NEUTRAL
from holdfire.tables.units import units
from holdfire.terms.locate import Lines

FILE = "case.toml"
ANY_FORMAT = frozenset(
    {"timezone", "outlet", "outlet_side", "counting_unit", "quantity_unit", "republish", "actor",
     "default_radius_m"}
)  # fmt: skip
"""Settings that any format may be given, beside those it has a default for."""
OF_FORMATS = frozenset({"repeats"})
"""Settings of a format as a whole, that one file cannot have."""


def setting_problems(
    text: str,
    formats: Mapping[str, Mapping[str, Any]],
    files: Mapping[str, Mapping[str, Any]],
    present: Collection[str],
    party: Callable[[str], str | None],
) -> list[Problem]:
    """Return what is wrong with the settings of formats and files, each at its line.

    ``present`` are the files of reports there are; ``party`` finds a party by its name.
    """
    lines = Lines(text)
    found: list[Problem] = []

    def tell(path: tuple[str, ...], message: str, advice: str = "") -> None:
        line = lines.of(path)
        where = f"{FILE}:{line}" if line else FILE
        found.append(Problem(where, f"{'.'.join(path)}: {message}", advice))

    for name, given in formats.items():
        if name not in catalog():
            tell(("sources", name), f"unknown format {shown(name)}", _instead(name, catalog()))
            continue
        allowed = ANY_FORMAT | set(known(name).settings)
        for key, message, advice in _wrong(given, allowed, party):
            tell(("sources", name, key), message, advice)
    for name, given in files.items():
        source = given.get("source")
        if name not in present:
            tell(("files", name), "there is no such file", _instead(name, present))
        if source is not None and source not in tuple(catalog()):
            tell(("files", name, "source"), f"unknown format {shown(source)}",
                 _instead(str(source), catalog()))  # fmt: skip
            continue
        kinds = [source] if source is not None else list(catalog())
        allowed = ANY_FORMAT.union({"source"}, *(known(kind).settings for kind in kinds))
        allowed -= OF_FORMATS
        for key, message, advice in _wrong(given, allowed, party):
            tell(("files", name, key), message, advice)
    return found


def _wrong(
    given: Mapping[str, Any], allowed: Collection[str], party: Callable[[str], str | None]
) -> Iterator[tuple[str, str, str]]:
    """Yield key, message and advice of each setting that cannot be meant."""
    for key, value in given.items():
        if key not in allowed:
            yield key, "is no setting of this format", _instead(key, allowed)
        elif key == "timezone" and value != "":
            try:
                zone(value if isinstance(value, str) else str(value))
            except HoldfireError as error:
                yield key, error.problem.message, error.problem.advice
        elif key in ("republish", "repeats") and not isinstance(value, bool):
            yield key, f"{shown(value)}: expected true or false", ""
        elif key == "default_radius_m" and not _distance(value):
            yield key, f"{shown(value)}: expected metres, 0 or more", ""
        elif key in ("counting_unit", "quantity_unit"):
            of = "row" if key == "counting_unit" else "quantity"
            kinds = [name for name, unit in units().items() if unit.of == of]
            if value not in ("", *kinds):
                yield key, f"unknown unit {shown(value)}", _instead(str(value), kinds)
        elif key == "outlet_side" and value not in ("", NEUTRAL):  # noqa: SIM102 - one per key
            if not isinstance(value, str) or party(value) is None:
                yield key, f"{shown(value)} is no party of this case", f'or write "{NEUTRAL}"'


def _side(value: object, party: Callable[[str], str | None]) -> bool:
    return isinstance(value, str) and (value in ("", NEUTRAL) or party(value) is not None)


def _distance(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < 2e7


def _instead(word: str, allowed: Collection[str]) -> str:
    return did_you_mean(word, allowed) or f"known: {', '.join(sorted(allowed)) or 'none'}"
