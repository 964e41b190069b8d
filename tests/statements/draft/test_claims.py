"""Claims of violations and single incidents, and that holdfire's own format reads them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.statements.draft import claims_of, write_reports
from holdfire.statements.draft.claims import COLUMNS
from holdfire.statements.statement import Speaker
from tests.sources.conftest import read_all

from .told import article, said

SAID = ", the minister said."


def rows(
    content: str, party: str | None = "chad", stance: str = "alleges-violation"
) -> list[dict[str, str]]:
    """The rows of one sentence whose words a minister says."""
    text = f"{content}{SAID}"
    one = said(text, content, source="the minister", cue="said", party=party, stance=stance)
    return claims_of(article(text), [one])


def facts(content: str, *names: str) -> list[tuple[str, ...]]:
    return [tuple(row.get(name, "") for name in names) for row in rows(content)]


@pytest.mark.parametrize(
    ("content", "quantity", "actor"),
    [
        ("Libyan troops had broken the truce 2,935 times", {"quantity": "2935"}, "libya"),
        ("Libya committed more than 30 violations", {"quantity_min": "30"}, "libya"),
        ("there were at least 12 breaches by Libya", {"quantity_min": "12"}, "libya"),
        ("Libya carried out up to 14 attacks", {"quantity_max": "14"}, "libya"),
        ("Libya carried out about 60 attacks", {"quantity_best": "60"}, "libya"),
        ("Libya violated the truce three times", {"quantity": "3"}, "libya"),
        ("Libyan forces had fired 1,355 times on Chadian positions", {"quantity": "1355"}, "libya"),
        ("there had been 20 violations", {"quantity": "20"}, ""),
    ],
)
def test_a_figure_is_a_claim(content: str, quantity: dict[str, str], actor: str) -> None:
    (row,) = rows(content)
    assert {
        key: row[key] for key in row if key.startswith("quantity") and key != "quantity_unit"
    } == (quantity)
    assert row.get("actor", "") == actor
    assert (row["counting_unit"], row["quantity_unit"]) == ("claim", "claimed-violation")
    assert row["outlet_side"] == "chad"


@pytest.mark.parametrize(
    "content",
    [
        "Libya had not committed 30 violations",
        "Libya denied 30 violations",
        "Libya could commit 30 violations",
        "Libya would attack 30 times",
        "if Libya broke it 3 times the truce would be over",
        "of these, 96 were attacks",
        "the talks took 30 days",
        "he was 30 times in the town",
    ],
)
def test_what_did_not_happen_or_counts_nothing_is_no_claim(content: str) -> None:
    assert rows(content) == []


@pytest.mark.parametrize(
    ("content", "span"),
    [
        ("Libya broke it 9 times on 11 March", ("2025-03-11", "", "")),
        ("Libya broke it 9 times since 6 p.m. on 10 March", ("", "2025-03-10 18:00", "2025-03-13")),
        ("Libya broke it 9 times from 3 March to 5 March", ("", "2025-03-03", "2025-03-05")),
        ("Libya broke it 9 times in the last 24 hours", ("", "2025-03-12", "2025-03-13")),
        ("Libya broke it 9 times in 2024", ("", "2024-01-01", "2024-12-31")),
        ("Libya broke it 9 times", ("", "", "2025-03-13")),
    ],
)
def test_the_time_of_a_claim(content: str, span: tuple[str, str, str]) -> None:
    assert facts(content, "occurred_at", "occurred_from", "occurred_to") == [span]


@pytest.mark.parametrize(
    ("content", "act", "target", "place", "time"),
    [
        ("a drone hit a hospital in Moundou on Tuesday morning",
         "drone-strike", "hospital", "Moundou", "2025-03-11"),
        ("Libyan missiles struck a substation near Abéché on 9 March",
         "missile-strike", "substation", "Abéché", "2025-03-09"),
        ("soldiers opened fire at Fada at 04:30 on 9 March",
         "weapons-fire", "", "Fada", "2025-03-09 04:30"),
        ("a strike on Bardai on 9 March cut off the power", "strike", "", "Bardai", "2025-03-09"),
        ("shells landed in Zouar on 9 March", "shelling", "", "Zouar", "2025-03-09"),
    ],
)  # fmt: skip
def test_an_incident_is_a_report(
    content: str, act: str, target: str, place: str, time: str
) -> None:
    assert facts(content, "act", "target", "place", "occurred_at", "counting_unit") == [
        (act, target, place, time, "")
    ]


@pytest.mark.parametrize(
    "content",
    [
        "a drone could hit a hospital in Moundou on Tuesday",
        "no drone hit a hospital in Moundou on Tuesday",
        "a drone hit a hospital in Moundou",
        "a drone hit a hospital on Tuesday",
        "Libya denied that a drone hit a hospital in Moundou on Tuesday",
        "a drone hit a hospital in March",
    ],
)
def test_without_act_place_and_time_that_happened_there_is_none(content: str) -> None:
    assert rows(content) == []


@pytest.mark.parametrize(
    ("words", "deaths"),
    [
        ("killing three people", {"deaths": "3"}),
        ("killing at least 12 people", {"deaths_min": "12"}),
        ("and two people were killed", {"deaths": "2"}),
        ("wounding three people", {}),
    ],
)
def test_deaths(words: str, deaths: dict[str, str]) -> None:
    (row,) = rows(f"a drone hit a school in Moundou on Tuesday {words}")
    assert {key: value for key, value in row.items() if key.startswith("deaths")} == deaths


def test_actor_and_part_of_the_day() -> None:
    (row,) = rows("a Libyan drone hit a school in Moundou on Tuesday morning")
    assert (row["actor"], row["responsibility"]) == ("libya", "reported")
    assert row["time_precision"] == "day; morning"
    assert row["timezone"] == "Africa/Ndjamena"


def test_a_denial_is_no_claim() -> None:
    assert rows("Libya broke the truce 9 times", stance="denies-violation") == []


def test_what_the_outlet_tells_itself_is_none() -> None:
    assert claims_of(article("Libya broke the truce 9 times."), []) == []


def test_the_innermost_speaker_is_the_claimant() -> None:
    text = "The agency reported that the minister said Libya broke the truce 9 times."
    outer = said(text, "that the minister said Libya broke the truce 9 times", source="The agency")
    inner = said(text, "Libya broke the truce 9 times", source="the minister", party="chad")
    (row,) = claims_of(article(text, title="Nine"), [outer, inner], ids=["S-1", "S-2"])
    assert row["outlet_side"] == "chad"
    assert row["citation"] == (
        'The Harbour Gazette, "Nine", 2025-03-13, as said by the minister, S-2'
    )


def test_when_it_was_said_bounds_a_claim_without_a_time() -> None:
    text = f"Libya broke the truce 9 times{SAID}"
    one = said(text, "Libya broke the truce 9 times", source="the minister", party="chad",
               on=date(2025, 3, 11))  # fmt: skip
    (row,) = claims_of(article(text), [one])
    assert (row["occurred_to"], row["time_precision"]) == ("2025-03-11", "not after it was said")


def test_other_parties_give_the_same_claim_with_other_names() -> None:
    one = rows("Libyan troops had broken the truce 9 times on 11 March")
    text = f"Chadian troops had broken the truce 9 times on 11 March{SAID}"
    statement = said(text, text.removesuffix(SAID), source="the minister", party="libya")
    (two,) = claims_of(article(text), [statement])
    assert (one[0]["actor"], one[0]["outlet_side"]) == (two["outlet_side"], two["actor"])
    assert one[0]["quantity"] == two["quantity"]


def test_the_own_format_reads_what_is_written(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text(
        write_reports(
            [
                *rows("Libya broke it more than 9 times since 6 p.m. on 10 March"),
                *rows("a drone hit a hospital in Moundou on Tuesday morning killing two people"),
                *rows("Libya broke it 9 times"),
            ]
        ),
        encoding="utf-8",
    )
    result = read_all(path)
    assert result.aside == []
    claim, incident, late = result.reports
    assert (claim["counting_unit"], claim["quantity_min"], claim["quantity_best"]) == (
        "claim", 9.0, None,
    )  # fmt: skip
    assert claim["occurred_from"] == datetime(2025, 3, 10, 17, tzinfo=UTC)
    assert (incident["act"], incident["target"], incident["place_name"]) == (
        "drone-strike", "hospital", "Moundou",
    )  # fmt: skip
    assert incident["deaths_best"] == 2
    assert incident["occurred_from"] == datetime(2025, 3, 10, 23, tzinfo=UTC)
    assert late["occurred_from"] is None
    assert late["occurred_to"] == datetime(2025, 3, 13, 23, tzinfo=UTC)
    assert not [note for note in result.notes if "is not one of holdfire's" in note]


def test_the_columns_are_those_of_the_own_format() -> None:
    from holdfire.sources.own import COLUMNS as OWN

    assert set(COLUMNS) <= set(OWN)


@given(st.text(max_size=80), st.text(max_size=20))
def test_hostile_words_stay_within_their_cell(words: str, outlet: str) -> None:
    text = f"{words} Libya broke the truce 9 times {words}"
    speaker = Speaker(words, "person", words, "chad")
    one = said(text, text, party="chad", through=(speaker,))
    made = claims_of(article(text, outlet=outlet, title=words), [one])
    lines = write_reports(made).splitlines()
    assert len(lines) == len(made) + 1


def test_a_counted_passage_gives_no_incident_besides() -> None:
    found = rows("Libyan drones had hit targets in Aozou 14 times on 11 March")
    assert [row.get("quantity") for row in found] == ["14"]


def test_the_adjective_of_a_people_is_no_place() -> None:
    assert facts("drones struck in the Chadian town of Aozou on 11 March", "place") != [
        ("Chadian",)
    ]
    assert facts("drones struck near Libyan Sabha on 11 March", "place") == [("Sabha",)]


@pytest.mark.parametrize("day", [date.min, date.max])
def test_claims_at_the_edges_of_the_calendar(day: date) -> None:
    text = f"Overnight, in the last 24 hours, drones hit a hospital in Aozou yesterday{SAID}"
    one = said(text, text[: -len(SAID)], source="the minister", cue="said", party="chad")
    claims_of(article(text, published=day), [one])
