"""What every report must satisfy, whatever format it came from, and what stands in for silence."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from typing import Any

from holdfire.errors import RowError, did_you_mean, shown
from holdfire.sources.adapter import Context, Facts, UnusableError
from holdfire.sources.cells import side, text
from holdfire.sources.enclosing import check_position
from holdfire.tables.report import RESPONSIBILITY
from holdfire.tables.units import units
from holdfire.terms.vocabulary import Vocabulary
from holdfire.terms.windows import EARLIEST, FAR

COORDINATES = "coordinates impossible"
QUANTITIES = ("quantity_min", "quantity_best", "quantity_max")
DEATHS = ("deaths_min", "deaths_best", "deaths_max")
ORDER = "figures in the wrong order"


class Rules:
    """The checks and defaults of one file, made ready once."""

    def __init__(self, context: Context) -> None:
        settings = context.settings
        vocabularies = context.vocabularies
        self._words: tuple[tuple[str, Vocabulary, str], ...] = (
            ("act", vocabularies.acts, "act not known"),
            ("target", vocabularies.targets, "target not known"),
            ("weapon", vocabularies.weapons, "weapon not known"),
        )
        self._row_units = frozenset(key for key, unit in units().items() if unit.of == "row")
        self._quantity_units = frozenset(
            key for key, unit in units().items() if unit.of == "quantity"
        )
        outlet_side = text(settings.get("outlet_side"))
        self._defaults = {
            "counting_unit": text(settings.get("counting_unit")) or "incident",
            "outlet": text(settings.get("outlet")),
        }
        self._outlet_side = side(context, outlet_side)

    def apply(self, facts: Facts) -> Facts:
        """Check the facts of one report and fill in what is not told; raise UnusableError."""
        for column, vocabulary, kind in self._words:
            node = facts.get(column)
            if node is None:
                facts[column] = vocabulary.root
            elif node not in vocabulary.nodes:
                raise UnusableError(
                    f"unknown {column} {shown(node)}", kind, vocabulary.question(str(node))
                )
        if facts.get("outlet") is None and self._defaults["outlet"] is not None:
            facts["outlet"] = self._defaults["outlet"]
            facts.setdefault("outlet_side", self._outlet_side)
        if facts.get("counting_unit") is None:
            facts["counting_unit"] = self._defaults["counting_unit"]
        if facts.get("sensitive") is None:
            facts["sensitive"] = False
        self._check_units(facts)
        self._check_responsibility(facts)
        _check_time(facts)
        _check_place(facts)
        _check_order(facts, QUANTITIES)
        _check_order(facts, DEATHS)
        return facts

    def _check_units(self, facts: Facts) -> None:
        unit = facts["counting_unit"]
        if unit not in self._row_units:
            _check_word("counting_unit", unit, self._row_units)
        unit = facts.get("quantity_unit")
        if unit is not None and unit not in self._quantity_units:
            _check_word("quantity_unit", unit, self._quantity_units)

    def _check_responsibility(self, facts: Facts) -> None:
        given = facts.get("responsibility")
        if given is None:
            facts["responsibility"] = "unknown"
        else:
            _check_word("responsibility", given, RESPONSIBILITY)


def _check_word(column: str, word: Any, known: Collection[str]) -> None:
    if word not in known:
        raise UnusableError(
            f"unknown {column} {shown(word)}",
            f"{column.replace('_', ' ')} not known",
            did_you_mean(str(word), known) or f"expected one of {', '.join(sorted(known))}",
        )


def _check_time(facts: Mapping[str, Any]) -> None:
    begins, ends = facts.get("occurred_from"), facts.get("occurred_to")
    for moment in (begins, ends):
        if moment is not None and not EARLIEST <= moment <= FAR:
            raise UnusableError(
                f"the year {moment.year} is outside {EARLIEST.year} to {FAR.year - 1}",
                "date not understood",
            )
    if begins is not None and ends is not None and not begins < ends:
        raise UnusableError(
            f"the time ends ({ends:%Y-%m-%d %H:%M} UTC) "
            f"before it begins ({begins:%Y-%m-%d %H:%M} UTC)",
            "ends before it begins",
        )


def _check_place(facts: Facts) -> None:
    lon, lat, radius_m = facts.get("lon"), facts.get("lat"), facts.get("radius_m")
    if lon is None and lat is None:
        if radius_m is not None:
            raise UnusableError("radius_m without longitude and latitude", COORDINATES)
        return
    if lon is None or lat is None:
        missing, given = ("longitude", "latitude") if lon is None else ("latitude", "longitude")
        raise UnusableError(f"{given} without {missing}", COORDINATES)
    try:
        check_position(lon, lat)
    except RowError as error:
        raise UnusableError(error.problem.message, COORDINATES) from error
    if radius_m is None or not math.isfinite(radius_m) or radius_m < 0:
        raise UnusableError(
            f"radius_m {shown(radius_m)} is no distance of 0 or more", "radius impossible"
        )  # fmt: skip


def _check_order(facts: Mapping[str, Any], names: tuple[str, ...]) -> None:
    last, last_name = 0.0, ""
    for name in names:
        figure = facts.get(name)
        if figure is None:
            continue
        if figure < last:
            than = f"{last_name} {last:g}" if last_name else "0"
            raise UnusableError(f"{name} {figure:g} is less than {than}", ORDER)
        last, last_name = figure, name
