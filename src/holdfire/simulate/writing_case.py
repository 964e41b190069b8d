"""A world with a ceasefire as a whole case, with the truth that its answer can be held against."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from holdfire.simulate.ceasefire import Bools, Ceasefire, kinds_of
from holdfire.simulate.ground import Ints

if TYPE_CHECKING:
    from holdfire.simulate.world import World

MARK = "# SIMULATED. Invented parties, invented land, invented events. Nothing here happened.\n"
PERIODS = ("before", "run-up", "in effect")


def write_case(world: World, ceasefire: Ceasefire, folder: Path) -> list[Path]:
    """Write the agreement, the case's settings and the truth by day and as ratios."""
    written = {
        "agreement.toml": _agreement(world, ceasefire),
        "case.toml": _settings(world, ceasefire),
        "truth.toml": _truth(world, ceasefire),
    }
    for name, text in written.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    pacsv.write_csv(daily(world, ceasefire), folder / "truth-daily.csv")
    return [folder / name for name in (*written, "truth-daily.csv")]


def daily(world: World, ceasefire: Ceasefire) -> pa.Table:
    """Return the true counts: a row for each day, clause and party, and for all parties ("").

    ``incidents`` happened that day; of them ``told`` are those that a report in hand tells of.
    """
    first = world.regime.first_day
    days = [first + timedelta(days=at) for at in range(ceasefire.length)]
    at = _day_numbers(world, first)
    told = np.zeros(world.incidents.num_rows, dtype=np.bool_)
    told[world.truth] = True
    columns: dict[str, list[object]] = {
        name: [] for name in ("day", "period", "clause", "party", "incidents", "told")
    }
    for clause, party, of_it in _parts(world, ceasefire):
        columns["day"] += [day.isoformat() for day in days]
        columns["period"] += [PERIODS[period] for period in _periods(ceasefire)]
        columns["clause"] += [clause] * len(days)
        columns["party"] += [party] * len(days)
        columns["incidents"] += np.bincount(at[of_it], minlength=len(days)).tolist()
        columns["told"] += np.bincount(at[of_it & told], minlength=len(days)).tolist()
    return pa.table(columns)


def _day_numbers(world: World, first: date) -> Ints:
    days = world.incidents["occurred_at"].cast(pa.date32()).cast(pa.int32()).to_numpy()
    numbers: Ints = days.astype(np.int64) - (first - date(1970, 1, 1)).days
    return numbers


def _periods(ceasefire: Ceasefire) -> list[int]:
    spans = ceasefire.days_before, ceasefire.run_up_days, ceasefire.days
    return np.repeat(np.arange(len(spans)), spans).tolist()


def _parts(world: World, ceasefire: Ceasefire) -> Iterator[tuple[str, str, Bools]]:
    """Yield each clause and party, and which incidents are theirs."""
    for clause in ceasefire.clauses:
        acts = pa.array(sorted(kinds_of(clause.acts)))
        held = pc.is_in(world.incidents["act"], value_set=acts).to_numpy()
        for party in ("", *world.regime.parties):
            own = pc.equal(world.incidents["actor"], party).to_numpy() if party else True
            yield clause.id, party, held & own


def _agreement(world: World, ceasefire: Ceasefire) -> str:
    regime = world.regime
    starts = ceasefire.starts(regime.first_day)
    names = [_title(party) for party in regime.parties]
    lines = [
        MARK, "[agreement]", 'id = "simulated-ceasefire"',
        f"title = {_text(f'SIMULATED: a ceasefire between {names[0]} and {names[1]}')}",
        f"conflict = {_text(f'SIMULATED conflict of {names[0]} and {names[1]}')}",
        'local_time = "UTC"', "", "[[texts]]", 'id = "text"',
        'citation = "SIMULATED: an agreement invented for this world"',
    ]  # fmt: skip
    for party, name in zip(regime.parties, names, strict=True):
        lines += ["", "[[parties]]", f"id = {_text(party)}", f"names = {{ en = {_text(name)} }}"]
    if ceasefire.run_up_days:
        announced = starts - timedelta(days=ceasefire.run_up_days)
        lines += ["", "[proposed]", f"on = {announced}T00:00:00", 'by = "SIMULATED mediators"']
    lines += ["", "[in_effect]", f"from = {starts}T00:00:00"]
    lines += ["", "[ends]", f'after = "{ceasefire.days} days"']
    for clause in ceasefire.clauses:
        lines += [
            "", "[[clauses]]", f"id = {_text(clause.id)}", f"title = {_text(clause.title)}",
            f"wording = {_text(f'SIMULATED: {clause.title} is prohibited.')}", 'text = "text"',
            f"acts = {_text(list(clause.acts))}", 'zone = "anywhere"',
        ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _settings(world: World, ceasefire: Ceasefire) -> str:
    repeats = any(source.repeats > 0 for source in world.regime.sources)
    lines = [MARK, "simulated = true"]
    if ceasefire.days_before:
        lines += ["", "[comparison]", f"days = {ceasefire.days_before}"]
    lines += ["", "[sources.own]", f"repeats = {_text(repeats)}"]
    return "\n".join(lines) + "\n"


def _truth(world: World, ceasefire: Ceasefire) -> str:
    """Return what the answer can be held against, for each clause and party."""
    starts = ceasefire.starts(world.regime.first_day)
    counted = daily(world, ceasefire)
    lines = [
        MARK, f"regime = {_text(world.regime.name)}", f"seed = {world.seed}",
        f"first_day = {world.regime.first_day}", f"in_effect_from = {starts}",
        f"last_day = {starts + timedelta(days=ceasefire.days - 1)}",
    ]  # fmt: skip
    for (clause, party), ratio in world.true_ratios.items():
        own = counted.filter(
            pc.and_(pc.equal(counted["clause"], clause), pc.equal(counted["party"], party))
        )
        lines += ["", "[[changes]]", f"clause = {_text(clause)}", f"party = {_text(party)}"]
        lines += [] if ratio is None else [f"ratio = {ratio:.6g}"]
        for period, name in zip(PERIODS, ("before", "run_up", "in_effect"), strict=True):
            here = own.filter(pc.equal(own["period"], period))
            for what in ("incidents", "told"):
                lines.append(f"{what}_{name} = {pc.sum(here[what], min_count=0).as_py()}")
    return "\n".join(lines) + "\n"


def _title(party: str) -> str:
    return party[:1].upper() + party[1:]


def _text(value: object) -> str:
    """Return a value as TOML writes it: JSON's strings, lists and truth values are TOML's too."""
    return json.dumps(value, ensure_ascii=False)
