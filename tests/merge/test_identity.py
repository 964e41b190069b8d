"""One incident a report: same order, same facts, ids that go together."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from holdfire.merge.identity import one_each
from holdfire.tables import incident, report


def reports(*rows: dict[str, Any]) -> pa.RecordBatch:
    return pa.RecordBatch.from_pylist(list(rows), schema=report.SCHEMA)


def test_one_incident_a_report_in_the_same_order() -> None:
    made = one_each(reports(*({"report_id": f"R-{name}", "act": name} for name in "cab")))
    assert made.schema == incident.SCHEMA
    assert made.column("incident_id").to_pylist() == ["I-c", "I-a", "I-b"]
    assert made.column("report_ids").to_pylist() == [["R-c"], ["R-a"], ["R-b"]]
    assert made.column("act").to_pylist() == ["c", "a", "b"]


def test_only_the_prefix_of_an_id_is_changed() -> None:
    assert one_each(reports({"report_id": "R-xR-y"})).column("incident_id")[0].as_py() == "I-xR-y"


def test_a_report_that_names_no_outlet_gives_an_empty_list() -> None:
    made = one_each(reports(
        {"report_id": "R-1", "outlet": "Gazette", "outlet_side": "north"},
        {"report_id": "R-2"},
        {"report_id": "R-3", "outlet": "Radio"},
    ))  # fmt: skip
    assert made.column("outlets").to_pylist() == [["Gazette"], [], ["Radio"]]
    assert made.column("outlet_sides").to_pylist() == [["north"], [], []]


def test_every_fact_is_carried_over() -> None:
    facts = [name for name in incident.SCHEMA.names if name in report.SCHEMA.names]
    given = reports({
        "report_id": "R-1", "lon": 30.5, "lat": 50.4, "radius_m": 2000.0, "deaths_min": 0,
        "actors": ["north", "south"], "quantity_max": 3.0, "republish": False,
    })  # fmt: skip
    made = one_each(given)
    assert {name: made.column(name).to_pylist() for name in facts} == {
        name: given.column(name).to_pylist() for name in facts
    }


@pytest.mark.parametrize("length", [0, 1, 5])
def test_parts_and_the_whole(length: int) -> None:
    whole = reports(*(
        {"report_id": f"R-{at}", "outlet": f"Outlet {at}" if at % 2 else None} for at in range(5)
    ))  # fmt: skip
    first, rest = whole.slice(0, length), whole.slice(length)
    joined = pa.Table.from_batches([one_each(first), one_each(rest)])
    assert joined.combine_chunks().equals(pa.Table.from_batches([one_each(whole)]))
