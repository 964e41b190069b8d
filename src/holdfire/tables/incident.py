"""The ``incident`` table: one thing that happened, made of one or more reports.

It has the facts of a report, combined, and the reports they come from.
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

SCHEMA = pa.schema(
    [
        pa.field("incident_id", pa.string()),
        pa.field("report_ids", pa.list_(pa.string())),
        pa.field("outlets", pa.list_(pa.string())),
        pa.field("outlet_sides", pa.list_(pa.string())),
        *[report.SCHEMA.field(name) for name in _FACTS],
    ]
)
