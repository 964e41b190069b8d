"""Splink 5 on reports in a Parquet file, tuned by hand; prints JSON with the time it took.

``python splink_child.py REPORTS GROUPS [text]`` runs in an environment of its own that has splink:
holdfire needs none of it. What was tuned: levels that know how precisely a place and a time are
told, acts by the vocabulary, u begun from the candidates themselves (most of them chance), u and
m by expectation maximisation, and the threshold, on worlds of another seed.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import time
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

splink: Any = importlib.import_module("splink")
levels: Any = importlib.import_module("splink.comparison_level_library")
comparisons: Any = importlib.import_module("splink.comparison_library")

THRESHOLD = 0.25
PRIOR = 0.05
GAP_D = "(greatest(begins_l - ends_r, begins_r - ends_l, 0) / 1440.0)"
KM = (
    "(111.195 * sqrt(pow(lat_l - lat_r, 2) "
    "+ pow((lon_l - lon_r) * cos(radians((lat_l + lat_r) / 2)), 2)))"
)
# What is used to choose pairs is not learnt from, so the same facts stand in two columns each.
NEAR = (
    "greatest(l.first - r.last, r.first - l.last, 0) <= 1440 "
    "and 111.195 * sqrt(pow(l.north - r.north, 2) + pow((l.east - r.east) "
    "* cos(radians((l.north + r.north) / 2)), 2)) <= l.reach_km + r.reach_km + 2.0"
)
CELLS = ("cell_a", "cell_b", "cell_c", "cell_d")
DAYS = ("days_a", "days_b")
PLACES = {
    "exact": "greatest(radius_km_l, radius_km_r) <= 1",
    "town": "greatest(radius_km_l, radius_km_r) <= 10",
    "district": "true",
}


def named(name: str, conditions: list[str], null: str | None = None) -> Any:
    """Return a comparison with these levels in turn, else, and null where nothing is told."""
    made = [] if null is None else [levels.NullLevel(null)]
    made += [levels.CustomLevel(one, one) for one in conditions]
    return comparisons.CustomComparison([*made, levels.ElseLevel()], name)


def hierarchy(name: str) -> Any:
    """Return a comparison of nodes: same, one above the other, one possible kind in common."""
    return named(
        name,
        [
            f"{name}_l = {name}_r",
            f"list_contains({name}_above_l, {name}_r) or list_contains({name}_above_r, {name}_l)",
            f"list_has_any({name}_kinds_l, {name}_kinds_r)",
        ],
        name,
    )


def compared(text: bool) -> list[Any]:
    """Return what two reports are compared by."""
    gap, km = GAP_D, KM
    both_short = "greatest(ends_l - begins_l, ends_r - begins_r) <= 60"
    one_short = "least(ends_l - begins_l, ends_r - begins_r) <= 60"
    made = [
        named("times", [
            f"{both_short} and {gap} <= 0.0", f"{both_short} and {gap} <= 0.05", both_short,
            f"{one_short} and {gap} <= 0.0", one_short, f"{gap} <= 0.0 and begins_l = begins_r",
            f"{gap} <= 0.0",
        ]),
        named("places", [
            f"{kind} and {km} <= {share} * greatest(radius_km_l, radius_km_r, 1.0)"
            for kind in PLACES.values() for share in (0.15, 0.4, 0.7, 1.0, 9.0)
        ][:-1]),
        hierarchy("act"), hierarchy("target"), hierarchy("weapon"),
        named("actor", ["actor_l = actor_r"], "actor"),
        named("deaths", [
            "deaths_l = deaths_r and deaths_l > 2", "deaths_l = deaths_r and deaths_l > 0",
            "deaths_l = deaths_r",
            "abs(deaths_l - deaths_r) <= 1 and least(deaths_l, deaths_r) > 0",
        ], "deaths"),
    ]  # fmt: skip
    if text:
        shared = "len(list_intersect(words_l, words_r))"
        made.append(named("words", [f"{shared} >= {few}" for few in (5, 4, 3, 2, 1)], "words"))
    return made


def settings(text: bool, *, learning: bool) -> Any:
    """Return the model before it has learnt; for learning, one of the blocks is enough."""
    pairs = [(cell, day) for cell in CELLS for day in DAYS][: 1 if learning else None]
    free = "(l.list <> r.list or l.repeats)"
    rules = [
        f"l.{cell} = r.{cell} and l.{day} = r.{day} and {NEAR} and {free}" for cell, day in pairs
    ]
    return splink.SettingsCreator(
        link_type="link_and_dedupe", unique_id_column_name="number",
        source_dataset_column_name="list", comparisons=compared(text),
        blocking_rules_to_generate_predictions=rules,
        probability_two_random_records_match=PRIOR, retain_matching_columns=learning,
        retain_intermediate_calculation_columns=learning,
    ).create_settings_dict("duckdb")  # fmt: skip


def trained_from(table: pa.Table, model: dict[str, Any], rule: str, *, fixed: bool) -> Any:
    """Return a linker that has learnt m, and u unless it is fixed, from the pairs of a rule."""
    linker = splink.Linker(splink.DuckDBAPI().register(table), model, log_level=None)
    linker.training.estimate_parameters_using_expectation_maximisation(
        rule,
        fix_u_probabilities=fixed,
        populate_probability_two_random_records_match_from_trained_values=True,
    )
    return linker


def learnt(table: pa.Table, text: bool) -> dict[str, Any]:
    """Return the model with u from the candidates and m by expectation maximisation."""
    model = settings(text, learning=True)
    api = splink.DuckDBAPI()
    linker = splink.Linker(api.register(table), model, log_level=None)
    predicted = linker.inference.predict(warning_mode="never")
    for comparison in model["comparisons"]:
        name = comparison["output_column_name"]
        rows = predicted.query_sql(
            f"select gamma_{name} as at, count(*) as pairs from {{this}} group by 1"
        ).as_record_list()
        pairs = {row["at"]: row["pairs"] for row in rows if row["at"] >= 0}
        told = [one for one in comparison["comparison_levels"] if not one.get("is_null_level")]
        for at, level in enumerate(reversed(told)):
            # One pair more at each level: a level that no candidate has is not impossible.
            level["u_probability"] = (pairs.get(at, 0) + 1) / (sum(pairs.values()) + len(told))
    rule = model["blocking_rules_to_generate_predictions"][0]
    rule = rule if isinstance(rule, str) else rule["blocking_rule"]
    try:
        linker = trained_from(table, model, rule, fixed=False)
    except ValueError:
        # With few reports the u of a level that only true pairs have runs out of numbers.
        linker = trained_from(table, model, rule, fixed=True)
    trained: dict[str, Any] = linker._settings_obj.as_dict()
    return trained


def grouped(table: pa.Table, one: Any, other: Any, probability: Any) -> list[int]:
    """Return groups, the most probable pairs first: on the whole above the threshold.

    Splink's own connected components joined almost everything on a dense front, and its single
    best links did not end within minutes, so it is given the kind of clustering that we use.
    """
    never_twice = set(once(table))
    lists = table["list"].to_pylist()
    near: list[dict[int, float]] = [{} for _ in lists]
    for a, b, chance in zip(one.tolist(), other.tolist(), probability.tolist(), strict=True):
        near[a][b] = near[b][a] = chance
    group = list(range(len(lists)))
    members = {at: [at] for at in group}
    for at in np.argsort(-probability, kind="stable").tolist():
        if probability[at] < THRESHOLD:
            break
        a, b = group[int(one[at])], group[int(other[at])]
        left, right = members[a], members[b]
        if a == b or {lists[x] for x in left} & {lists[x] for x in right} & never_twice:
            continue
        if sum(near[x].get(y, 0.0) - THRESHOLD for x in left for y in right) <= 0:
            continue
        left.extend(members.pop(b))
        for x in right:
            group[x] = a
    return group


def once(table: pa.Table) -> list[str]:
    """Return the outlets that tell nothing twice."""
    told = zip(table["list"].to_pylist(), table["repeats"].to_pylist(), strict=True)
    return sorted({outlet for outlet, repeats in told if not repeats})


def main(reports: str, groups: str, text: bool) -> None:
    """Group the reports and write their groups."""
    table = pq.read_table(reports)
    begun = time.perf_counter()
    model = learnt(table, text)
    for name in ("blocking_rules_to_generate_predictions", "retain_matching_columns",
                 "retain_intermediate_calculation_columns"):  # fmt: skip
        model[name] = settings(text, learning=False)[name]
    linker = splink.Linker(splink.DuckDBAPI().register(table), model, log_level=None)
    predicted = linker.inference.predict(threshold_match_probability=0.01, warning_mode="never")
    pairs = predicted.as_pyarrow_table()
    group = grouped(
        table, *(pairs[name].to_numpy() for name in ("number_l", "number_r", "match_probability"))
    )
    pq.write_table(pa.table({"number": table["number"], "group": group}), groups)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(
        json.dumps({"wall_s": time.perf_counter() - begun, "cpu_s": used.ru_utime + used.ru_stime})
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], "text" in sys.argv[3:])
