"""Statements in public: who is named, what waits, and the timeline."""

from __future__ import annotations

from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any

import pyarrow as pa
import pytest

from holdfire.publish.bulletin import bulletin
from holdfire.publish.data import write_statements
from holdfire.publish.heard import statement_lines, who
from holdfire.publish.spoken import NAMELESS, WORDS, public, said_day, timeline
from holdfire.tables.moment import zone
from holdfire.tables.statement import SCHEMA, STANCES
from tests.publish.conftest import answer, make_case

CUTOFF = datetime(2031, 5, 20, 12, tzinfo=UTC)
Row = dict[str, Any]


def link(name: str | None, kind: str, role: str | None = None) -> Row:
    may = kind != "person" or role is not None
    return {"name": name, "kind": kind, "role": role, "party": None, "public": may, "spans": []}


def statement(number: int = 1, **facts: Any) -> Row:
    row: Row = dict.fromkeys(SCHEMA.names) | {
        "statement_id": f"S-{number:04}", "file": "a.txt", "file_sha256": "00", "item": 1,
        "outlet": "The Ledger", "outlets": ["The Ledger"], "published": date(2031, 5, 3),
        "speaker": "Ada North", "speaker_kind": "person", "role": "foreign minister",
        "party": "north", "standing": "decides", "public": True,
        "chain": [link("The Ledger", "outlet"), link("Ada North", "person", "foreign minister")],
        "hearsay": 0, "mode": "direct", "hedged": False, "said": "“We accept the truce”",
        "stance": "accepts", "party_stance": "accepts", "about": "exampleton-2031",
        "spans": {"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 36]],
                  "conditions": [], "when": [], "where": []},
        "extractor": "rules",
    }  # fmt: skip
    return row | facts


def table(*rows: Row) -> pa.Table:
    return pa.Table.from_pylist(list(rows), SCHEMA)


PRIVATE: Row = {"speaker": "Bo Farmer", "role": None, "public": False, "party": None,
           "standing": "none",
           "said": "“My neighbour Cy Hill hates the truce”", "place": "Hill Farm"}  # fmt: skip


def test_a_private_person_is_neither_named_nor_quoted() -> None:
    kept, held = public(
        table(statement(**PRIVATE, chain=[link("The Ledger", "outlet"), link("Bo Farmer", "person")])),  # noqa: E501
        CUTOFF,
    )  # fmt: skip
    text = str(kept.to_pylist())
    assert "Farmer" not in text
    assert "Hill" not in text
    assert held == {"statements of persons without a public role": 1}
    shown = timeline(kept, answer())
    assert shown is not None
    assert shown.said[0].who == NAMELESS
    assert shown.said[0].tellings[0].said == ""


def test_a_private_link_of_a_chain_is_not_named() -> None:
    chain = [
        link("The Ledger", "outlet"),
        link("Bo Farmer", "person"),
        link("Ada North", "person", "minister"),
    ]
    kept, held = public(table(statement(chain=chain)), CUTOFF)
    assert "Farmer" not in str(kept.to_pylist())
    assert not held


@pytest.mark.parametrize(
    ("stance", "published", "kept"),
    [
        ("alleges-violation", date(2031, 5, 20), 0),
        ("alleges-violation", date(2031, 5, 19), 1),
        ("denies-violation", date(2031, 5, 21), 0),
        ("accepts", date(2031, 5, 21), 1),
        ("not-about-it", date(2031, 5, 1), 0),
    ],
)
def test_what_waits(stance: str, published: date, kept: int) -> None:
    row = statement(stance=stance, published=published)
    found, held = public(table(row), CUTOFF, text=True)
    assert found.num_rows == kept
    assert bool(held) is (kept == 0 and stance != "not-about-it")


def test_long_quotations_are_cut() -> None:
    kept, _ = public(table(statement(said="word " * 500)), CUTOFF)
    assert len(kept["said"][0].as_py()) <= WORDS


def test_opposite_stances_of_one_party_are_shown_and_not_resolved() -> None:
    rows = [
        statement(1),
        statement(2, speaker="Bea North", role="spokeswoman", stance="rejects", standing="speaks"),
        statement(4, speaker="Di North", role="aide", stance="rejects", party_stance=None),
        statement(3, speaker="Cy South", party="south", stance="rejects"),
    ]
    shown = timeline(table(*rows), answer())
    assert shown is not None
    (line,) = shown.disagreements
    assert line.startswith("Northland, 3 May 2031: Ada North for it; Bea North against it")
    assert line.endswith("Both stand.")


def test_one_sentence_in_ten_papers_is_one_statement_told_ten_times() -> None:
    rows = [statement(n, outlet=f"Paper {n}") for n in range(10)]
    shown = timeline(table(*rows), answer())
    assert shown is not None
    (one,) = shown.said
    assert (len(one.tellings), one.more) == (3, 7)
    assert [len(lane.marks) for lane in shown.lanes] == [1]


def test_unnamed_speakers_are_kept_apart() -> None:
    rows = [statement(n, speaker=None, speaker_kind="unnamed", party=None) for n in range(2)]
    shown = timeline(table(*rows), answer())
    assert shown is not None
    assert len(shown.said) == 2


def test_another_ceasefire_is_counted_and_not_drawn() -> None:
    shown = timeline(table(statement(1), statement(2, about="older truce")), answer())
    assert shown is not None
    assert (len(shown.said), shown.elsewhere) == (1, 1)


def test_only_unclear_passages_make_no_timeline() -> None:
    assert timeline(table(statement(stance="unclear")), answer()) is None
    assert timeline(table(), answer()) is None


def test_second_hand_is_said() -> None:
    chain = [
        link("The Ledger", "outlet"),
        link("North Agency", "agency"),
        link("Ada North", "person", "x"),
    ]
    shown = timeline(table(statement(chain=chain)), answer())
    assert shown is not None
    assert shown.said[0].tellings[0].through == "at second hand, through North Agency"


def test_labels_exchanged_exchange_the_lanes() -> None:
    swap = {"north": "south", "south": "north"}
    rows = [statement(1), statement(2, party="south", stance="rejects")]
    swapped = [row | {"party": swap[row["party"]]} for row in rows]
    there, here = timeline(table(*rows), answer()), timeline(table(*swapped), answer())
    assert there is not None
    assert here is not None
    names = {"Northland": "Southland", "Southland": "Northland"}
    assert {lane.name: lane.marks for lane in there.lanes} == {
        names[lane.name]: lane.marks for lane in here.lanes
    }


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(tag)
        assert not any(name.startswith("on") for name, _ in attrs)
        assert not any("javascript:" in (value or "") for _, value in attrs)


def test_hostile_words_are_inert_in_the_bulletin_and_the_table() -> None:
    case = make_case()
    bad = "<script>alert(1)</script>\u202e=HYPERLINK(1)"
    hostile = statement(speaker=bad, role=bad, said=bad, outlet=bad, url="javascript:alert(1)")
    page = bulletin(
        case.answer, case.findings, case.incidents, case.reports, case.set_aside, case.layers,
        case.provenance, statements=table(hostile),
    )  # fmt: skip
    tags = _Tags()
    tags.feed(page)
    assert "script" not in tags.found
    assert "\u202e" not in page
    assert 'id="said"' in page


def test_without_statements_the_bulletin_has_no_such_part() -> None:
    case = make_case()
    page = bulletin(
        case.answer, case.findings, case.incidents, case.reports, case.set_aside, case.layers,
        case.provenance,
    )  # fmt: skip
    assert 'id="said"' not in page


def test_the_csv_has_the_chain_and_runs_nothing(tmp_path: Any) -> None:
    write_statements(tmp_path, table(statement(said="=1+1")))
    text = (tmp_path / "statements.csv").read_text(encoding="utf-8")
    assert "The Ledger|Ada North" in text
    assert "'=1+1" in text
    write_statements(tmp_path, table())
    assert not list(tmp_path.iterdir())


def test_every_stance_has_words_on_the_terminal() -> None:
    rows = [statement(n, stance=stance) for n, stance in enumerate(STANCES)]
    lines = list(statement_lines(rows, zone("UTC")))
    assert lines[0] == "  a.txt: The Ledger, 3 May 2031"
    assert sum("Ada North (foreign minister, north)" in line for line in lines) == len(STANCES) - 1
    assert lines[-1] == "    and 1 about something else"
    assert "[15-36]" in lines[2]


def test_a_view_without_standing_is_called_an_own_view() -> None:
    assert who(statement(role="aide", standing="none")) == "Ada North (aide, north, own view)"


def test_a_private_name_gets_out_by_no_other_field() -> None:
    rows = [
        statement(1, **PRIVATE, title="Bo Farmer: no truce", url="https://example.org/bo-farmer-x"),
        statement(2, said="“We spoke with Farmer”", title="Bo Farmer asks", url="https://e.org/bo_farmer"),
    ]  # fmt: skip
    kept, _ = public(table(*rows), CUTOFF)
    assert "farmer" not in str(kept.to_pylist()).casefold()
    assert kept["speaker"].to_pylist() == [None, "Ada North"]


def test_words_of_allegations_wait_until_somebody_has_read_them() -> None:
    row = statement(
        stance="alleges-violation", said="they hit the house of Vi Hill", place="Hilltop"
    )
    kept, held = public(table(row), CUTOFF)
    assert "Hill" not in str(kept.to_pylist())
    assert held == {"words of statements that allege or deny a violation": 1}
    kept, held = public(table(row), CUTOFF, text=True)
    assert "Hill" in str(kept.to_pylist())
    assert not held


def utc(day: int, hour: int = 0) -> datetime:
    return datetime(2025, 3, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("begins", "ends", "tz", "day"),
    [
        (utc(10, 22), utc(11, 22), "Europe/Kyiv", 11),
        (utc(11), utc(12), "Europe/Kyiv", 11),
        (utc(11), utc(12), "America/Bogota", 11),
        (utc(1, 5), utc(20), "UTC", 1),
        (utc(11, 9), None, "UTC", 11),
    ],
)  # fmt: skip
def test_the_day_of_a_saying_is_the_local_one(
    begins: datetime, ends: datetime | None, tz: str, day: int
) -> None:
    assert said_day(begins, ends, zone(tz)) == date(2025, 3, day)
