"""The ``report`` table: one row or passage of one source, never edited.

Times are UTC and half-open, ``[occurred_from, occurred_to)``; a null bound is unknown.
A place is a disk (``lon``, ``lat``, ``radius_m``), or a named area (``area``), or neither:
then it may be anywhere. ``actors`` null means that anyone may have done it.
"""

from __future__ import annotations

import pyarrow as pa

UTC = pa.timestamp("us", tz="UTC")

COLUMNS: tuple[tuple[str, pa.DataType, str], ...] = (
    ("report_id", pa.string(), "R- and a hash of the format and the row's own content"),
    ("source", pa.string(), "the format (adapter) it was read with"),
    ("file", pa.string(), "path within the case"),
    ("file_sha256", pa.string(), "hash of that file"),
    ("row", pa.int64(), "record number in the file as a spreadsheet shows it; the header is 1"),
    ("raw", pa.string(), "the row as read, as a JSON object, or the passage"),
    ("republish", pa.bool_(), "whether the source's licence lets its rows leave the house"),
    ("sensitive", pa.bool_(), "marked as not fit for free text in public"),
    ("outlet", pa.string(), "who published it"),
    ("outlet_side", pa.string(), "a party's id, 'neutral', or null where it is not known"),
    ("event_id", pa.string(), "the source's own id"),
    ("reported_at", UTC, "when it was published"),
    ("recorded_at", UTC, "when the source last changed its row"),
    ("occurred_from", UTC, "earliest time it may have happened; null is unbounded"),
    ("occurred_to", UTC, "first time it can no longer have happened; null is unbounded"),
    ("time_precision", pa.string(), "in words: 'minute', 'day', 'UCDP date_prec 4' …"),
    ("lon", pa.float64(), "degrees east, WGS 84"),
    ("lat", pa.float64(), "degrees north, WGS 84"),
    ("radius_m", pa.float64(), "the true place is within this many metres"),
    ("area", pa.string(), "key of a named area of the case; several candidates joined with '|'"),
    ("place_name", pa.string(), "the place as the source names it"),
    ("place_precision", pa.string(), "in words: 'town', 'UCDP where_prec 4' …"),
    ("act", pa.string(), "a node of the act vocabulary; 'any-act' where unknown"),
    ("target", pa.string(), "a node of the target vocabulary; 'any-target' where unknown"),
    ("weapon", pa.string(), "a node of the weapon vocabulary; 'any-weapon' where unknown"),
    ("weapon_name", pa.string(), "the weapon as the source names it"),
    ("circumstance", pa.string(), "such as 'self-defence' or 'exercise', where a source says so"),
    (
        "actors",
        pa.list_(pa.string()),
        "parties that may have done it, or 'outsider'; null is anyone",
    ),
    ("actor_name", pa.string(), "the actor as the source names it"),
    ("responsibility", pa.string(), "reported, inferred, disputed or unknown"),
    ("responsibility_rule", pa.string(), "the rule, where it was inferred"),
    ("counting_unit", pa.string(), "what one row counts: a unit of units.toml"),
    ("quantity_unit", pa.string(), "what the quantity counts, where there is one"),
    ("quantity_min", pa.float64(), "at least this many; null is not known"),
    ("quantity_best", pa.float64(), ""),
    ("quantity_max", pa.float64(), "at most this many; null is not known"),
    ("intercepted_best", pa.float64(), "how many of the quantity are said to have been stopped"),
    ("deaths_min", pa.int64(), ""),
    ("deaths_best", pa.int64(), ""),
    ("deaths_max", pa.int64(), ""),
    ("summary", pa.string(), "what happened, in the source's words, shortened"),
    ("citation", pa.string(), "where this row says it comes from: a link, a post, a dispatch"),
)

SCHEMA = pa.schema([(name, kind) for name, kind, _ in COLUMNS])

RESPONSIBILITY = ("reported", "inferred", "disputed", "unknown")
OUTSIDER = "outsider"
NEUTRAL = "neutral"

SET_ASIDE = pa.schema(
    [
        pa.field("file", pa.string()),
        pa.field("row", pa.int64()),
        pa.field("reason", pa.string()),
        pa.field("kind", pa.string(), metadata={"means": "a short class of reasons, for counting"}),
        pa.field("raw", pa.string()),
    ]
)
