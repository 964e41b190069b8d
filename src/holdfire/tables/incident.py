"""The ``incident`` table: one thing that happened, made of one or more reports.

It has the facts of a report, combined (see ``merge/facts.py``), and the reports they come from.
``outlets`` and ``outlet_sides`` go together: one entry for each outlet that told of it, the side
null where it is not known.
"""

from __future__ import annotations

import pyarrow as pa

from holdfire.tables import report

_FACTS = (
    "occurred_from", "occurred_to", "time_precision",
    "lon", "lat", "radius_m", "area", "place_name", "place_precision",
    "act", "target", "weapon", "weapon_name", "circumstance",
    "actors", "actor_name", "responsibility", "responsibility_rule",
    "counting_unit", "quantity_unit", "quantity_min", "quantity_best", "quantity_max",
    "intercepted_best", "deaths_min", "deaths_best", "deaths_max", "summary",
    "republish", "sensitive",
)  # fmt: skip

MAYBE_SAME = pa.list_(
    pa.struct([pa.field("incident_id", pa.string()), pa.field("probability", pa.float64())])
)


def _means(name: str, kind: pa.DataType, means: str) -> pa.Field:
    return pa.field(name, kind, metadata={"means": means})


DOUBT = (
    _means("incidents_min", pa.float64(), "what it adds to a count of incidents at least"),
    _means("incidents_expected", pa.float64(), "what it adds to a count on average"),
    _means("incidents_max", pa.float64(), "what it adds to a count at most"),
    _means("quantity_least", pa.float64(), "what it adds to a sum of its quantity at least"),
    _means("quantity_most", pa.float64(), "what it adds to a sum at most; null is not known"),
)
"""What a row adds to a figure: other than one, where it is not sure which reports are the same."""

SCHEMA = pa.schema(
    [
        pa.field("incident_id", pa.string()),
        pa.field("report_ids", pa.list_(pa.string())),
        pa.field("outlets", pa.list_(pa.string())),
        pa.field("outlet_sides", pa.list_(pa.string())),
        _means("independent", pa.int32(), "sources that do not copy or quote each other"),
        _means("across_sides", pa.bool_(), "whether such sources are of two sides, or one neutral"),
        *[report.SCHEMA.field(name) for name in _FACTS],
        _means(
            "disputed", pa.list_(pa.string()), "facts on which its reports contradict each other"
        ),
        *DOUBT,
        _means("maybe_same", MAYBE_SAME, "other incidents that it may be the same as"),
    ]
)
