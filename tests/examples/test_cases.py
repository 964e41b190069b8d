"""Every bundled case loads, says what it is, and its reports can be read."""

from __future__ import annotations

import csv
import json
import tomllib
from pathlib import Path

import pytest

from holdfire.case import Case, read_case
from holdfire.terms.clauses import readings_of
from holdfire.terms.status import standing

EXAMPLES = Path(__file__).parents[2] / "examples"
FOLDERS = sorted(path.parent for path in EXAMPLES.glob("*/agreement.toml"))
REAL = [folder for folder in FOLDERS if folder.name != "simulated-front"]


def named(folder: Path) -> str:
    return folder.name


def case(name: str) -> Case:
    return read_case(EXAMPLES / name)


def test_all_six_are_here() -> None:
    assert [folder.name for folder in FOLDERS] == [
        "easter-2025", "energy-2025", "minsk-2-2015", "simulated-front", "sudan-jeddah-2023",
        "thirty-day-2025",
    ]  # fmt: skip


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_it_loads_without_a_problem_or_a_remark(folder: Path) -> None:
    found = read_case(folder)
    assert found.remarks == ()
    assert found.agreement.agreement.id == folder.name
    for clause in found.agreement.clauses:
        for read in readings_of(found.agreement, clause):
            assert read.possible, f"{clause.id} under {read.reading} never applies"


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_its_readme_says_under_which_licence(folder: Path) -> None:
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert "licence" in text.lower()
    assert "Apache-2.0" in text


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_every_clause_and_fact_names_its_text(folder: Path) -> None:
    agreement = read_case(folder).agreement
    for text in agreement.texts:
        assert len(text.citation) > 20
    for clause in agreement.clauses:
        assert clause.wording
        assert clause.text, f"{clause.id} does not say which text it renders"


@pytest.mark.parametrize("folder", REAL, ids=named)
def test_parties_are_named_in_more_than_one_language(folder: Path) -> None:
    for party in read_case(folder).agreement.parties:
        assert len(party.names) >= 3
        assert "en" in party.names


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_readings_are_held_by_parties(folder: Path) -> None:
    agreement = read_case(folder).agreement
    parties = {party.id for party in agreement.parties}
    for clause in agreement.clauses:
        for read in readings_of(agreement, clause):
            assert set(read.held_by) <= parties


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_no_other_project_s_files_are_shipped(folder: Path) -> None:
    kinds = {
        path.suffix
        for path in folder.rglob("*")
        if path.is_file() and "out" not in path.parts and path.name != "incident_ids.jsonl"
    }
    assert kinds <= {".toml", ".geojson", ".csv", ".md", ".py", ".pyc"}


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_outlines_are_coarse_and_say_how_coarse(folder: Path) -> None:
    if folder.name == "simulated-front":
        return
    for path in (folder / "zones").glob("*.geojson"):
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
            assert feature["properties"]["precision_m"] > 0, path.name


def test_the_thirty_day_proposal_never_took_effect() -> None:
    agreement = case("thirty-day-2025").agreement
    found = standing(agreement)
    assert (found.status, found.counterfactual) == ("never in effect", True)
    assert [fact.party for fact in agreement.accepted] == ["ukraine"]
    assert agreement.declined == ()
    ends = [read.sure[0][1].isoformat() for read in readings_of(agreement, agreement.clauses[0])]
    assert ends == ["2025-04-11T21:00:00+00:00", "2025-04-11T22:00:00+00:00"]


def test_the_two_readings_of_the_energy_truce_are_held_by_the_two_parties() -> None:
    agreement = case("energy-2025").agreement
    found = {
        read.held_by: (read.possible[0][0].isoformat(), read.sure[0][0].isoformat())
        for read in readings_of(agreement, agreement.clauses[0])
    }
    assert found == {
        ("russia",): ("2025-03-17T21:00:00+00:00", "2025-03-18T21:00:00+00:00"),
        ("ukraine",): ("2025-03-24T22:00:00+00:00", "2025-03-25T22:00:00+00:00"),
    }


def test_easter_lasts_thirty_hours() -> None:
    agreement = case("easter-2025").agreement
    ((begins, ends),) = readings_of(agreement, agreement.clauses[0])[0].sure
    assert begins.isoformat() == "2025-04-19T15:00:00+00:00"
    assert (ends - begins).total_seconds() == 30 * 3600


def test_minsk_begins_at_midnight_in_kyiv_and_has_no_end() -> None:
    agreement = case("minsk-2-2015").agreement
    first = readings_of(agreement, agreement.clauses[0])
    assert [read.binds for read in first] == [
        ("ukraine", "armed-formations", "russia"), ("ukraine", "armed-formations"),
    ]  # fmt: skip
    assert first[0].sure[0][0].isoformat() == "2015-02-14T22:00:00+00:00"
    assert first[0].effect.ends is None
    assert standing(agreement).status == "in effect"


def test_sudan_answers_the_text_as_signed_and_as_extended() -> None:
    agreement = case("sudan-jeddah-2023").agreement
    spans = [read.sure[0] for read in readings_of(agreement, agreement.clauses[0])]
    assert [(ends - begins).days for begins, ends in spans] == [7, 12]
    assert spans[0][0].isoformat() == "2023-05-22T19:45:00+00:00"


def rows(name: str) -> list[dict[str, str]]:
    with (EXAMPLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_row_of_long_range_attacks_names_its_source_and_its_unit() -> None:
    found = rows("thirty-day-2025/reports/long-range-2025.csv")
    words = case("thirty-day-2025").words
    assert len(found) == 139
    for row in found:
        assert row["citation"]
        assert row["outlet"]
        assert row["act"] in words.acts
        assert row["weapon"] in words.weapons
        assert (row["counting_unit"], row["quantity_unit"]) == ("attack-row", "launch")
        assert row["timezone"] == "Europe/Kyiv"
        assert bool(row["occurred_at"]) != bool(row["occurred_from"])
        assert int(row["intercepted"] or 0) <= int(row["quantity"])
    assert {row["act"] for row in found}.isdisjoint({"reconnaissance-flight", "any-act"})


def test_the_areas_that_rows_name_are_known_to_their_case() -> None:
    for name, table in (
        ("thirty-day-2025", "long-range-2025.csv"), ("energy-2025", "press-claims.csv"),
    ):  # fmt: skip
        known = case(name).names()
        for row in rows(f"{name}/reports/{table}"):
            assert not row["area"] or known.area(row["area"]), row["area"]


def test_only_the_simulated_case_is_marked_so() -> None:
    for folder in FOLDERS:
        text = (folder / "case.toml").read_text(encoding="utf-8")
        simulated = tomllib.loads(text).get("simulated", False)
        assert simulated == (folder.name == "simulated-front")
