"""The ``pair`` table: two reports that may tell of one incident, and how far each thing speaks.

``probability`` is ``1 / (1 + 2 ** -s)`` with ``s`` the sum of ``prior``, every ``NAME_bits`` and
``competition_bits``: nothing else goes into it. A bit more doubles the odds that both reports
tell of one incident.
"""

from __future__ import annotations

import pyarrow as pa

COMPARISONS = (
    "time", "place", "act", "target", "weapon", "actor", "casualties", "quantity", "text",
    "rule",
)  # fmt: skip
"""What two reports are compared by; the levels of each are in ``merge/levels.toml``."""

LEVEL = pa.dictionary(pa.int8(), pa.string())
DECISIONS = ("same", "different")

SCHEMA = pa.schema(
    [
        pa.field("report_a", pa.string(), metadata={"means": "the lesser id of the two"}),
        pa.field("report_b", pa.string()),
        pa.field("probability", pa.float32(), metadata={"means": "that both tell of one incident"}),
        pa.field("prior", pa.float32(), metadata={
            "means": "bits: true pairs expected over chance pairs expected about these two"}),
        *[
            field
            for name in COMPARISONS
            for field in (
                pa.field(name, LEVEL, metadata={"means": "a level of levels.toml"}),
                pa.field(f"{name}_bits", pa.float32(), metadata={"means": "for the same, in bits"}),
            )
        ],
        pa.field("competition_bits", pa.float32(), metadata={
            "means": "what other candidates of the same two lists take away, or its absence adds"}),
        pa.field("distance_m", pa.float32(), metadata={
            "means": "between the two points or areas; null where a place is unknown"}),
        pa.field("apart_h", pa.float32(), metadata={
            "means": "hours between the two intervals, 0 where they overlap; null: unbounded"}),
        pa.field("decided", pa.string(), metadata={"means": "same or different, by a reviewer"}),
        pa.field("joined", pa.bool_(), metadata={"means": "both are in one incident"}),
    ]
)  # fmt: skip
