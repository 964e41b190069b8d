"""The ``finding`` table: one incident held against one clause under one reading.

Answers and verdicts are ``yes``, ``no`` or ``unknown``. ``verdict`` is for the time the
clause is in effect; ``verdict_before`` asks the same with the comparison span, the same
length before, in place of the clause's window. It is no violation of anything: it is there
to compare with.
"""

from __future__ import annotations

import pyarrow as pa

from holdfire.tables.incident import DOUBT
from holdfire.tables.report import UTC

ANSWER = pa.dictionary(pa.int8(), pa.string())
QUESTIONS = ("time", "place", "act", "target", "actor", "permitted")
"""The five questions of an answer and, last, whether the clause permits it."""

GRADES = ("single source", "corroborated", "cross-side", "reviewed", "refuted")

SCHEMA = pa.schema(
    [
        pa.field("finding_id", pa.string()),
        pa.field("incident_id", pa.string()),
        pa.field("clause", pa.string()),
        pa.field("reading", pa.string()),
        pa.field("verdict", ANSWER),
        pa.field("verdict_before", ANSWER),
        *[pa.field(question, ANSWER) for question in QUESTIONS],
        pa.field("time_before", ANSWER),
        pa.field("decided_by", pa.string(), metadata={"means": "the question that decided it"}),
        pa.field("reason", pa.string(), metadata={"means": "one sentence, with the figures"}),
        pa.field("edge_m", pa.float64(), metadata={
            "means": "metres from the place to the edge of the clause's zone; negative inside"}),
        pa.field("zone_day", pa.date32(), metadata={
            "means": "day of the first control file used"}),
        pa.field("stale_days", pa.int32(), metadata={"means": "how old the stalest file used was"}),
        pa.field("held_responsible", pa.string(), metadata={
            "means": "a party, where exactly one bound party can have done it; else null"}),
        pa.field("responsibility", pa.string()),
        pa.field("grade", pa.string(), metadata={"means": "evidence grade, not the verdict"}),
        pa.field("independent", pa.int32(), metadata={
            "means": "sources that do not copy or quote each other"}),
        pa.field("outlets", pa.list_(pa.string())),
        pa.field("outlet_sides", pa.list_(pa.string())),
        pa.field("occurred_from", UTC),
        pa.field("occurred_to", UTC),
        pa.field("actors", pa.list_(pa.string())),
        pa.field("counting_unit", pa.string()),
        pa.field("quantity_unit", pa.string()),
        pa.field("quantity_min", pa.float64()),
        pa.field("quantity_best", pa.float64()),
        pa.field("quantity_max", pa.float64()),
        *DOUBT,
    ]
)  # fmt: skip
