"""Every way to get zones and control files wrong."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.case import read_case
from holdfire.errors import HoldfireError
from tests.cli.command import holdfire
from tests.hostile.conftest import collection, feature, make, polygon, square

EXAMPLE = Path(__file__).parents[2] / "examples" / "thirty-day-2025"
SQUARE = square(30, 48, 32, 50)
LAND = polygon(*SQUARE)
POINT_OF_5000_DIGITS = '{"type":"Point","coordinates":[' + "9" * 5000 + ",5]}"


def one(geometry: Any, **properties: Any) -> str:
    return collection(feature(geometry, party="south", **properties))


def raw(geometry: str, properties: str = '{"party":"south"}') -> str:
    return (
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":'
        f'{properties},"geometry":{geometry}}}]}}'
    )


def nested(depth: int) -> str:
    return "[" * depth + "]" * depth


ACCEPTED = {
    "a ring the other way round": one(polygon(*SQUARE[::-1])),
    "heights": one(polygon(*[[*point, 100.0] for point in SQUARE])),
    "an open ring": one(polygon(*SQUARE[:-1])),
    "a name that is a number": one(LAND, name=5),
    "two features of one name": collection(
        feature(LAND, party="south", name="Land"),
        feature(polygon(*square(33, 48, 34, 49)), party="south", name="Land"),
    ),
    "one feature": json.dumps(feature(LAND, party="south")),
    "a collection of geometries": one({"type": "GeometryCollection", "geometries": [LAND]}),
    "a byte order mark": "\ufeff" + one(LAND),
}

WRONG = {
    "swapped": (one(polygon(*[[y, 3 * x] for x, y in SQUARE])), ["beyond 90", "exchanged?"]),
    "not a number": (raw('{"type":"Point","coordinates":[NaN,48]}'), ["not a number"]),
    "infinite": (raw('{"type":"Point","coordinates":[Infinity,48]}'), ["not a number"]),
    "1e400": (raw('{"type":"Point","coordinates":[1e400,48]}'), ["not a number"]),
    "400 digits": (raw(POINT_OF_5000_DIGITS.replace("9" * 4600, "")), ["cannot be read"]),
    "5000 digits": (raw(POINT_OF_5000_DIGITS), ["not readable as JSON"]),
    "an empty polygon": (one({"type": "Polygon", "coordinates": []}), ["is empty"]),
    "no coordinates": (one({"type": "Point", "coordinates": None}), ["geometry"]),
    "a table of coordinates": (one({"type": "Point", "coordinates": {"a": 1}}), ["cannot be read"]),
    "no geometry": (one(None), ["no geometry"]),
    "a geometry of text": (one("here"), ["no geometry"]),
    "no kind": (one({"type": None, "coordinates": [1, 2]}), ["cannot be read"]),
    "a kind that is a list": (one({"type": [1], "coordinates": [1, 2]}), ["cannot be read"]),
    "an unknown kind": (one({"type": "Circle", "coordinates": [1, 2]}), ['"Circle"']),
    "a ring of two points": (one(polygon(*SQUARE[:2])), ["cannot be read"]),
    "a line of one point": (one({"type": "LineString", "coordinates": [[1, 2]]}), ["cannot be"]),
    "a ring without inside": (one(polygon([30, 48], [31, 48], [32, 48], [30, 48])), ["nothing"]),
    "metres": (one(polygon(*[[x * 1e5, y * 1e5] for x, y in SQUARE])), ["beyond 90"]),
    "metres east": (one(polygon(*[[x * 1e6, y] for x, y in SQUARE])), ["is no place", "WGS 84"]),
    "another projection": (
        collection(
            feature(LAND, party="south"),
            crs={"type": "name", "properties": {"name": "EPSG:3857"}},
        ),
        ["EPSG:3857", "WGS 84"],
    ),
    "a projection that is a list": (collection(feature(LAND, party="south"), crs=[1]), ["[1]"]),
    "coordinates 90 deep": (raw('{"type":"Polygon","coordinates":' + nested(90) + "}"), []),
    "features 900 deep": ('{"type":"FeatureCollection","features":' + nested(900) + "}", []),
    "100,000 brackets": ("[" * 100_000, ["not readable as JSON"]),
    "words": ("land ahoy", ["not readable as JSON"]),
    "nothing": ("", ["not readable as JSON"]),
    "null": ("null", ["FeatureCollection"]),
    "a number": ("5", ["FeatureCollection"]),
    "a bare geometry": (json.dumps(LAND), ["FeatureCollection"]),
    "features null": ('{"type":"FeatureCollection","features":null}', ["FeatureCollection"]),
    "a feature that is a number": ('{"features":[1]}', ["FeatureCollection"]),
    "precision x": (one(LAND, precision_m="x"), ['precision_m "x"', "metres"]),
    "precision below 0": (one(LAND, precision_m=-5), ["-5"]),
    "precision true": (one(LAND, precision_m=True), ["True"]),
    "precision a list": (one(LAND, precision_m=[1]), ["[1]"]),
    "precision NaN": (one(LAND, precision_m=float("nan")), ["nan"]),
    "precision of 400 digits": (one(LAND, precision_m=10**400), ["large"]),
}


@pytest.fixture(params=["zones/land.geojson", "control/2025-01-01.geojson"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.mark.parametrize("text", ACCEPTED.values(), ids=ACCEPTED)
def test_unusual_files_are_read(case: Path, name: str, text: str) -> None:
    (case / name).write_text(text, encoding="utf-8")
    assert holdfire("check", case).code == 0
    assert holdfire("run", case).code == 0


@pytest.mark.parametrize(("text", "told"), WRONG.values(), ids=WRONG)
def test_wrong_files_are_told(case: Path, name: str, text: str, told: list[str]) -> None:
    (case / name).write_text(text, encoding="utf-8")
    for command in ("check", "run"):
        said = holdfire(command, case)
        assert said.code == 1
        assert name in said.text
        for words in told:
            assert words in said.text


def test_an_outline_that_crosses_itself_is_mended_and_told(case: Path, name: str) -> None:
    bow = polygon([30, 48], [32, 50], [32, 48], [30, 50], [30, 48])
    (case / name).write_text(one(bow), encoding="utf-8")
    said = holdfire("check", case)
    assert said.code == 0
    assert f"warning: {name}: feature 1: the outline was mended" in said.text
    assert holdfire("run", case).code == 0


def test_a_ring_the_other_way_round_gives_the_same_answer(case: Path) -> None:
    figures = []
    for ring in (SQUARE, SQUARE[::-1]):
        (case / "zones" / "land.geojson").write_text(one(polygon(*ring)), encoding="utf-8")
        assert holdfire("run", case).code == 0
        figures.append((case / "out" / "indicators.json").read_bytes())
    assert figures[0] == figures[1]


@pytest.mark.parametrize("properties", ["null", "[1]", '"a"', "5"])
def test_properties_that_are_no_table_leave_a_zone_its_file_s_name(
    case: Path, properties: str
) -> None:
    (case / "zones" / "land.geojson").write_text(raw(json.dumps(LAND), properties))
    assert holdfire("run", case).code == 0


@pytest.mark.parametrize("properties", ["null", "[1]", '"a"', "{}", '{"party":5}'])
def test_an_area_that_nobody_holds_is_told(case: Path, properties: str) -> None:
    (case / "control" / "2025-01-01.geojson").write_text(raw(json.dumps(LAND), properties))
    said = holdfire("check", case)
    assert said.code == 1
    assert "nothing says who holds this area" in said.text
    assert "[control]" in said.text


def test_a_party_that_nobody_knows_is_told(case: Path) -> None:
    path = case / "control" / "2025-01-01.geojson"
    path.write_text(collection(feature(LAND, party="west")), encoding="utf-8")
    said = holdfire("run", case)
    assert said.code == 1
    assert 'control/2025-01-01.geojson: unknown party "west"' in said.text


@pytest.mark.parametrize("day", ["2025-13-45", "yesterday", "2025", ""])
def test_a_control_file_of_no_day_is_told(case: Path, day: str) -> None:
    (case / "control" / f"{day}x.geojson").write_text(one(LAND), encoding="utf-8")
    said = holdfire("check", case)
    assert said.code == 1
    assert f"control/{day}x.geojson" in said.text
    assert "YYYY-MM-DD.geojson" in said.text


def test_a_control_file_that_holds_nothing_is_told(case: Path) -> None:
    (case / "control" / "2025-01-05.geojson").write_text(collection(), encoding="utf-8")
    said = holdfire("check", case)
    assert said.code == 0
    assert "warning: control/2025-01-05.geojson: holds no area" in said.text


@pytest.mark.parametrize("encoding", ["utf-16", "cp1251"])
def test_other_encodings_are_told(case: Path, name: str, encoding: str) -> None:
    text = json.dumps(feature(LAND, name="Степ", party="south"), ensure_ascii=False)
    (case / name).write_bytes(text.encode(encoding))
    said = holdfire("check", case)
    assert said.code == 1
    assert f"{name}: not UTF-8" in said.text


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["type", "coordinates", "geometry", "party", "x"]), inner)
    ),
    max_leaves=10,
)
GEOMETRY = st.fixed_dictionaries(
    {
        "type": st.sampled_from(
            ["Point", "Polygon", "MultiPolygon", "LineString", "GeometryCollection", "Feature", ""]
        ),
        "coordinates": st.recursive(
            st.floats(-1e3, 1e3) | st.none() | st.floats(),
            lambda inner: st.lists(inner, max_size=5),
            max_leaves=20,
        ),
    }
)
FEATURE = st.fixed_dictionaries(
    {"type": st.just("Feature"), "properties": JSON, "geometry": GEOMETRY | JSON}
)


@settings(max_examples=150, deadline=None)
@given(
    JSON | st.fixed_dictionaries({"features": st.lists(FEATURE | JSON, max_size=3), "crs": JSON})
)
def test_any_json_is_read_or_told(content: object) -> None:
    with tempfile.TemporaryDirectory() as folder:
        case = make(Path(folder) / "case")
        text = json.dumps(content)
        (case / "zones" / "any.geojson").write_text(text, encoding="utf-8")
        (case / "control" / "2025-01-03.geojson").write_text(text, encoding="utf-8")
        with suppress(HoldfireError):
            read_case(case)


def test_a_front_without_a_theatre_is_warned_of(tmp_path: Path) -> None:
    """One side's outline alone does not tell a front from a coast."""
    case = tmp_path / "case"
    shutil.copytree(EXAMPLE, case, ignore=shutil.ignore_patterns("out"))
    (case / "control").mkdir(exist_ok=True)
    day = collection(feature(polygon(*square(37, 48, 39, 49)), party="russia"))
    (case / "control" / "2025-03-01.geojson").write_text(day, encoding="utf-8")
    assert not _warned(case)
    agreement = case / "agreement.toml"
    text = agreement.read_text(encoding="utf-8")
    without = text.replace(', theatre = "front-theatre"', "")
    assert without != text
    agreement.write_text(without, encoding="utf-8")
    assert _warned(case)


def _warned(case: Path) -> bool:
    return any("names no theatre" in remark.message for remark in read_case(case).remarks)


@pytest.mark.parametrize("ending", ["json", "GeoJSON"])
def test_other_endings_of_geojson_are_read(case: Path, ending: str) -> None:
    (case / "zones" / "land.geojson").rename(case / "zones" / f"land.{ending}")
    (case / "control" / "2025-01-01.geojson").rename(case / "control" / f"2025-01-01.{ending}")
    said = holdfire("check", case)
    assert said.code == 0, said.text
    read = read_case(case)
    assert len(read.ground.areas) == 2
    assert [str(day.day) for day in read.ground.control] == ["2025-01-01"]


@pytest.mark.parametrize("folder", ["zones", "control"])
def test_other_files_among_them_are_told(case: Path, folder: str) -> None:
    (case / folder / "land.kml").write_text("<kml/>", encoding="utf-8")
    (case / folder / ".DS_Store").write_bytes(b"")
    said = holdfire("check", case)
    assert said.code == 0
    assert f"{folder}/land.kml: not read: only .geojson and .json are" in said.text
    assert "DS_Store" not in said.text


def test_two_files_of_one_name_are_both_read_and_two_of_one_day_are_refused(case: Path) -> None:
    shutil.copy(case / "zones" / "town.geojson", case / "zones" / "land.json")
    assert len(read_case(case).ground.areas) == 3
    shutil.copy(case / "control" / "2025-01-01.geojson", case / "control" / "2025-01-01.json")
    said = holdfire("check", case)
    assert said.code == 1
    assert "control/2025-01-01.json: is of the same day as control/2025-01-01.geojson" in said.text


def test_what_a_file_is_called_is_no_name_that_a_source_means(case: Path) -> None:
    (case / "zones" / "land.geojson").rename(case / "zones" / "country.geojson")
    text = (case / "agreement.toml").read_text(encoding="utf-8")
    changed = text.replace('area = "land"', 'area = "country"')
    (case / "agreement.toml").write_text(changed, encoding="utf-8")
    read = read_case(case)
    names = read.names()
    assert (names.area("country"), names.area("LAND")) == (None, read.area_names["country"])
    (case / "case.toml").write_text('[areas.aliases]\n"Lande" = "country"', encoding="utf-8")
    assert read_case(case).names().area("Lande") == read.area_names["country"]


def test_how_far_a_point_may_be_from_an_area_of_its_name(case: Path) -> None:
    names = read_case(case).names()
    land = names.area("Land") or ""
    assert names.near(land, 31.0, 49.0)
    assert names.near(land, 33.2, 49.0)  # 87 km east of it
    assert not names.near(land, 33.6, 49.0)  # 117 km
    assert not names.near(land, -120.0, 49.0)
    assert names.near(land, 348.0, 49.0)  # no place on earth: set aside elsewhere
    rough = collection(feature(LAND, name="Land", precision_m=50_000))
    (case / "zones" / "land.geojson").write_text(rough, encoding="utf-8")
    assert read_case(case).names().near(land, 33.6, 49.0)
