"""What reading gave, as it is written out: lines that wait, one JSON object in pieces."""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo

import pytest

from holdfire.read_outcome import Done, Waiting
from holdfire.statements.draft.drafting import draft


def test_lines_come_back_in_their_order_until_they_are_thrown_away() -> None:
    with Waiting() as waiting:
        for line in ('{"a": 1}', '{"b": "x\\ny"}', '{"c": "\u2028"}'):
            waiting.add(line)
        assert list(waiting) == list(waiting) == ['{"a": 1}', '{"b": "x\\ny"}', '{"c": "\u2028"}']
        waiting.clear()
        assert (len(waiting), list(waiting)) == (0, [])
        waiting.add("{}")
        assert (len(waiting), list(waiting)) == (1, ["{}"])


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_pieces_are_the_object_that_one_would_write_at_once(count: int) -> None:
    statements, reports = Waiting(), Waiting()
    said = [{"statement_id": f"S-{n}"} for n in range(count)]
    told = [{"report_id": str(n), "text": "„30 days\n“"} for n in range(count)]
    for one in said:
        statements.add(json.dumps(one))
    for report in told:
        reports.add(json.dumps(report, ensure_ascii=False))
    with Done(
        count, 0, [], draft([]), [], None, set(), ZoneInfo("UTC"), [], statements, reports
    ) as done:
        written = "".join(done.as_json())
        whole = json.loads(written)
        assert (whole["statements"], whole["reports"]) == (said, told)
        after = {key: value for key, value in whole.items() if key != "statements"}
        at_once = json.dumps(after, ensure_ascii=False, indent=1)
        assert written.endswith(f"],{at_once[1:]}\n")
