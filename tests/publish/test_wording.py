"""Each rule of the wording, on a literal case."""

# ruff: noqa: E501
from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.publish import figures, parties, wording
from holdfire.publish.merged import merged_line
from holdfire.publish.terminal import WIDTH, summary
from holdfire.tables.answer import Answer, Merged, Tally, Told
from tests.publish.conftest import PARTIES, answer, fire_clause, sea_clause


@pytest.mark.parametrize(
    ("low", "high", "sentence", "cell"),
    [
        (31, 31, "31", "31"),
        (31, 35, "between 31 and 35", "31 to 35"),
        (31, None, "at least 31", "31 or more"),
        (0, 1204, "between 0 and 1,204", "0 to 1,204"),
        (0, 0, "0", "0"),
    ],
)
def test_intervals(low: float, high: float | None, sentence: str, cell: str) -> None:
    assert figures.interval(low, high) == sentence
    assert figures.short(low, high) == cell


@pytest.mark.parametrize(
    ("low", "high", "cell"),
    [(31 / 30, 35 / 30, "1.03 to 1.17"), (0, None, "0 or more"), (1.1, 1.1, "1.1"),
     (12.34, 12.36, "12.3 to 12.4"), (1 / 3, 1 / 3, "0.33")],
)  # fmt: skip
def test_rates_are_rounded_outwards(low: float, high: float | None, cell: str) -> None:
    assert figures.rate(low, high) == cell


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ("2025-03-13T00:00:00+02:00", "2025-04-12T00:00:00+03:00",
         "from 13 March to 11 April 2025, both days included"),
        ("2025-04-19T18:00:00+03:00", "2025-04-21T00:00:00+03:00",
         "from 19 April 2025 18:00 to 21 April 2025 00:00"),
        ("2025-04-19T00:00:00+03:00", "2025-04-20T00:00:00+03:00", "on 19 April 2025"),
        ("2015-02-15T00:00:00+02:00", "", "from 15 February 2015 on"),
    ],
)  # fmt: skip
def test_spans(starts: str, ends: str, words: str) -> None:
    assert figures.span(starts, ends) == words


def with_tallies(*tallies: Tally) -> Answer:
    clause = replace(fire_clause(), tallies=tallies)
    return answer(clauses=(clause,), simulated=False, status="in effect", readings=())


def test_headline_by_outcome() -> None:
    assert wording.headline(with_tallies(Tally("attack-row", 31, 35, 0, 0))) == (
        "If the reports supplied are right, it is not fully holding: between 31 and 35 attack rows under "
        "“No fire across the line” are alleged violations."
    )
    assert wording.headline(with_tallies(Tally("incident", 0, 4, 0, 0))).startswith(
        "The reports supplied do not settle whether it is holding: between 0 and 4 incidents"
    )
    none = wording.headline(with_tallies(Tally("incident", 0, 0, 0, 0)))
    assert none.endswith("that does not show that none happened.")
    blind = answer(clauses=(sea_clause(),), simulated=False, status="in effect", readings=())
    assert wording.headline(blind).startswith("Whether it is holding is not known")


def test_never_in_effect_says_what_would_have_counted() -> None:
    one = replace(
        with_tallies(Tally("attack-row", 31, 31, 0, 0)),
        counterfactual=True, status="never in effect", simulated=True,
    )  # fmt: skip
    assert wording.headline(one) == (
        "SIMULATED: If the reports supplied are right, 31 attack rows under “No fire across the line” "
        "would have counted as alleged violations."
    )
    first, second = wording.banners(one)
    assert first.startswith("SIMULATED")
    assert second.startswith("NEVER IN EFFECT")


def test_clause_lines() -> None:
    assert wording.clause_line(sea_clause()) == (
        "No attack on ships: nothing supplied, nothing known (5 incidents are told of too vaguely to be excluded)"
    )
    assert wording.clause_line(fire_clause()) == (
        "No fire across the line: between 41 and 63 incidents; at least 287 rounds; alleged violations"
    )
    assert wording.clause_line(fire_clause(), counterfactual=True).endswith(
        "would have counted as alleged violations"
    )


MERGED = {
    "nothing is told twice": (
        Merged(9, 9, 9, 9, 9), "No two of the 9 reports of incidents tell of the same one."),
    "no doubt": (Merged(9, 7, 7, 7, 7), "9 reports tell of 7 incidents."),
    "doubt": (
        Merged(1200, 900, 880.4, 905.6, 930.2),
        "1,200 reports are taken to tell of 900 incidents; the true number may be between 880 and "
        "931 (906 on average)."),
    "one incident": (Merged(2, 1, 1, 1, 1), "2 reports tell of 1 incident."),
    "nothing merged, and doubt": (
        Merged(2, 2, 1, 1.4, 2),
        "2 reports are taken to tell of 2 incidents; the true number may be between 1 and 2 (1 on "
        "average)."),
}  # fmt: skip


@pytest.mark.parametrize("name", MERGED)
def test_how_many_reports_became_how_many_incidents(name: str) -> None:
    merged, expected = MERGED[name]
    assert merged_line(merged) == expected
    assert expected in wording.how_sure(answer(merged=merged))


def test_doubt_and_contradictions_are_said_and_nothing_is_said_without_them() -> None:
    said = wording.how_sure(answer(merged=Merged(9, 7, 6, 7, 8, disputed=2, conflicts=("a", "b"))))
    assert "counts once at the lower end and twice at the upper one" in said
    assert "In 2 incidents the reports contradict each other" in said
    assert "2 decisions of reviewers contradict others" in said
    plain = wording.how_sure(answer(merged=Merged(9, 7, 7, 7, 7)))
    assert not re.search("lower end|contradict", plain)
    assert "tell of" not in wording.how_sure(answer(merged=None))


def test_one_outlet_alone_is_said() -> None:
    clause = replace(fire_clause(), told_by=(Told("Radio", "south", 3),))
    said = wording.who_says(answer(clauses=(clause,)))
    assert said == (
        "Every one of them is told by Radio (on the side of Southland) and by nobody else supplied."
    )


def test_comparison_makes_no_statement_of_chance() -> None:
    said = wording.comparison(fire_clause(), fire_clause().tallies[0])
    assert said == (
        "Between 1.46 and 2.25 incidents a day, against between 4.28 and 5.72 from 3 to 30 April "
        "2031, both days included; the ratio is between 0.25 and 0.53; chance is not in this "
        "ratio."
    )


def everything(one: Answer) -> str:
    clauses = one.clauses
    return "\n".join(
        wording.banners(one) + wording.opening(one) + wording.reading_lines(one)
        + [wording.clause_line(c) for c in clauses]
        + [parties.party(p.party, one) for c in clauses
           for p in parties.by_party(c, "incident", one)]
    )  # fmt: skip


names = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ", min_size=3, max_size=12).map(lambda s: f"Q{s}Q")


@given(names, names)
def test_neutral(first: str, second: str) -> None:
    """Exchanging the parties' names exchanges them in the sentences and changes nothing else."""
    if first in second or second in first:
        return
    one = everything(answer(party_names={"north": first, "south": second}))
    two = everything(answer(party_names={"north": second, "south": first}))
    swapped = one.replace(first, "\0").replace(second, first).replace("\0", second)
    assert two == swapped


def test_words_that_are_never_used() -> None:
    said = (everything(answer()) + summary(answer(), "b.html", "x F-1")).casefold()
    for word in ("success", "breach", "worst", "guilty", "significant"):
        assert word not in said
    assert "violation" not in said.replace("alleged violation", "")


def test_terminal_summary_fits_and_never_adds_units() -> None:
    text = summary(answer(), "out/bulletin.html", "examples/x F-00001")
    assert max(map(len, text.splitlines())) <= WIDTH
    for words in (
        "SIMULATED", "41 to 63 incidents", "287 or more rounds", "nothing supplied",
        "read 90 rows: 86 used, 4 set aside (3 date not understood, 1 latitude beyond 90)",
        "reports/holiday.xlsx is in no format that is known",
        "2 place names not known: Old Mill (4), the bridge (1)",
        "holdfire explain examples/x F-00001",
    ):  # fmt: skip
        assert words in text
    assert list(PARTIES.values()) == ["Northland", "Southland"]
