from __future__ import annotations

from datetime import UTC, datetime

import pytest

from holdfire.sources.catalog import mapping
from holdfire.sources.missile_attacks import MODELS_FILE, OUTLETS_FILE
from holdfire.terms.vocabulary import shipped_vocabularies

from .conftest import Written, read_all

HEADER = "time_start,time_end,model,target,launched,destroyed,carrier,source"
ROW = "2025-03-14 20:00,2025-03-15 08:00,Shahed-136/131,Hill Region,10.0,7.0,,kpszsu/posts/x"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


def test_one_row(written: Written) -> None:
    [row] = read_all(written(HEADER, ROW)).reports
    assert row["occurred_from"] == utc(2025, 3, 14, 18)
    assert row["occurred_to"] == utc(2025, 3, 15, 6)
    assert row["time_precision"] == "interval, to the minute"
    assert (row["act"], row["weapon"]) == ("long-range-drone-strike", "one-way-drone")
    assert (row["area"], row["place_name"]) == ("r-hill", "Hill Region")
    assert (row["actors"], row["responsibility"]) == (["russia"], "reported")
    assert (row["counting_unit"], row["quantity_unit"]) == ("attack-row", "launch")
    assert (row["quantity_min"], row["quantity_best"], row["quantity_max"]) == (10, 10, 10)
    assert row["intercepted_best"] == 7
    assert (row["outlet"], row["outlet_side"]) == ("Ukrainian Air Force", "ukraine")
    assert (row["citation"], row["reported_at"]) == ("kpszsu/posts/x", None)


@pytest.mark.parametrize(
    ("start", "end", "begins", "ends", "precision"),
    [
        ("2025-03-14", "2025-03-14", utc(2025, 3, 13, 22), utc(2025, 3, 14, 22), "day"),
        ("2025-03-14", "2025-03-15 ", utc(2025, 3, 13, 22), utc(2025, 3, 15, 22),
         "interval, to the day"),
        ("2023-05-16 3:30", "2023-05-16 07:00", utc(2023, 5, 16, 0, 30), utc(2023, 5, 16, 4),
         "interval, to the minute"),
        ("2025-03-14", "2025-03-14 08:00", utc(2025, 3, 13, 22), utc(2025, 3, 14, 6),
         "interval"),
        ("2025-03-14 20:00", "2025-03-15", utc(2025, 3, 14, 18), utc(2025, 3, 15, 22), "interval"),
        ("2025-03-14 20:00", "2025-03-14 20:00 ", utc(2025, 3, 14, 18), utc(2025, 3, 14, 18, 1),
         "minute"),
        ("2025-03-14 20:00", "", utc(2025, 3, 14, 18), None, "end not given"),
        ("", "2025-03-14 20:00", None, utc(2025, 3, 14, 18), "start not given"),
        ("2025-10-26 02:00", "2025-10-26 03:30", utc(2025, 10, 25, 23), utc(2025, 10, 26, 1, 31),
         "interval"),
    ],
)  # fmt: skip
def test_times(
    written: Written,
    start: str,
    end: str,
    begins: datetime | None,
    ends: datetime | None,
    precision: str,
) -> None:
    path = written(HEADER, f"{start},{end},Lancet,,1.0,1.0,,x")
    [row] = read_all(path).reports
    assert (row["occurred_from"], row["occurred_to"]) == (begins, ends)
    assert row["time_precision"] == precision


@pytest.mark.parametrize(
    ("model", "act"),
    [
        ("Orlan-10", "reconnaissance-flight"),
        ("Lancet", "short-range-drone-strike"),
        ("Молнія", "short-range-drone-strike"),
        ("Unknown UAV", "drone-activity"),
        ("Mohajer-6", "drone-activity"),
        ("Ballistic Missile", "missile-strike"),
        ("KN-23", "ballistic-missile-strike"),
        ("Kalibr", "cruise-missile-strike"),
        ("X-59/X-69", "missile-strike"),
        ("GBU", "glide-bomb-strike"),
        ("Shahed-136/131 and Lancet", "drone-strike"),
        ("Iskander-M/KN-23 and Iskander-K and Kalibr", "long-range-missile-strike"),
        ("C-300 and Iskander-M", "missile-strike"),
        ("Orlan-10 and ZALA", "reconnaissance-flight"),
        ("Brand-new Drone", "any-act"),
        ("Shahed-136/131 and Brand-new Drone", "any-act"),
    ],
)
def test_models(written: Written, model: str, act: str) -> None:
    result = read_all(written(HEADER, f"2025-03-14,2025-03-14,{model},,1.0,1.0,,x"))
    assert result.reports[0]["act"] == act
    unknown = 'model not in the list: "Brand-new Drone", taken as any act'
    assert (unknown in result.notes) == ("Brand-new" in model)


def test_the_case_can_say_what_a_model_is(written: Written) -> None:
    own = {"acts": {"Brand-new Drone": "long-range-drone-strike", "X-59": "cruise-missile-strike"}}
    path = written(
        HEADER,
        "2025-03-14,2025-03-14,Brand-new Drone,,1,1,,x",
        "2025-03-14,2025-03-14,X-59,,1,1,,x",
    )
    acts = [row["act"] for row in read_all(path, own).reports]
    assert acts == ["long-range-drone-strike", "cruise-missile-strike"]


@pytest.mark.parametrize(
    ("target", "area"),
    [
        ("Hill Region and Lake Region", "r-hill|r-lake"),
        ("Milltown and Hill Region", "r-hill|s-mill-1|s-mill-2"),
        ("Hill Region and south", None),
        ("Hill Region (south)", "r-hill"),
        ('"Hill Region, Low Raion"', "r-hill"),
        ('"Hill Region, Black Sea"', None),
        ("south", None),
        ("", None),
    ],
)
def test_targets(written: Written, target: str, area: str | None) -> None:
    [row] = read_all(written(HEADER, f"2025-03-14,2025-03-14,X-22,{target},1,1,,x")).reports
    assert row["area"] == area
    assert (row["lon"], row["radius_m"]) == (None, None)


@pytest.mark.parametrize(
    ("link", "outlet", "side"),
    [
        ("PvKPivden/posts/1", "Ukrainian Air Command South", "ukraine"),
        ("https://www.facebook.com/kpszsu/posts/1", "Ukrainian Air Force", "ukraine"),
        ("https://t.me/ChiefUkrDIU/185", "Defence Intelligence of Ukraine", "ukraine"),
        ("https://t.me/war_monitor/1", "war_monitor (Telegram)", None),
        ("watch/?v=1", "Ukrainian official source, not told which", "ukraine"),
        ("", "Ukrainian official source, not told which", "ukraine"),
    ],
)
def test_outlets(written: Written, link: str, outlet: str, side: str | None) -> None:
    [row] = read_all(written(HEADER, f"2025-03-14,2025-03-14,X-22,,1,1,,{link}")).reports
    assert (row["outlet"], row["outlet_side"]) == (outlet, side)


def test_figures_that_are_missing_or_wrong(written: Written) -> None:
    path = written(
        HEADER, "2025-03-14,2025-03-14,X-22,,,,,x", "2025-03-14,2025-03-14,X-22,,-1,,,x",
        "2025-03-14,2025-03-14,X-22,,many,,,x", "2025-03-14,2025-03-14,X-22,,2,-2,,x",
    )  # fmt: skip
    result = read_all(path)
    [row] = result.reports
    assert (row["quantity_min"], row["intercepted_best"]) == (None, None)
    assert [reason for _, _, reason in result.aside] == [
        "launched -1 is below 0", 'launched "many" is not a number', "destroyed -2 is below 0",
    ]  # fmt: skip


def test_an_actor_that_is_no_party_leaves_anyone(written: Written) -> None:
    [row] = read_all(written(HEADER, ROW), {"actor": "Somebody"}).reports
    assert (row["actors"], row["actor_name"], row["responsibility"]) == (
        None, "Somebody", "unknown"
    )  # fmt: skip


def test_every_model_is_of_the_vocabulary_and_explained() -> None:
    vocabularies = shipped_vocabularies()
    models = [row["model"] for row in mapping(MODELS_FILE)]
    assert len(models) == len(set(models))
    for row in mapping(MODELS_FILE):
        assert row["act"] in vocabularies.acts, row
        assert row["weapon"] in vocabularies.weapons, row
        assert row["note"], row
        assert row["source"], row


def test_longer_prefixes_are_not_hidden_by_shorter_ones() -> None:
    prefixes = [row["prefix"].lower() for row in mapping(OUTLETS_FILE)]
    for place, prefix in enumerate(prefixes):
        assert not any(prefix.startswith(earlier) for earlier in prefixes[:place])
