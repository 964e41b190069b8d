"""Each format by the rules and the tools of those who keep it."""

from __future__ import annotations

import copy
import csv
import hashlib
import io
import json
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import hxl
import jsonschema
import numpy as np
import pyarrow.parquet as pq
import pyshacl
import pytest
import rdflib
import shapely
from followthemoney import model
from followthemoney.proxy import EntityProxy

from holdfire.publish.exports.dictionary import files
from tests.publish.exports.writing import ABOUT, invented, told, written

PROFILES = Path(__file__).parent / "profiles"
CONTEXT = {
    "@vocab": "http://schema.org/",
    "File": "http://schema.org/MediaObject",
    "conformsTo": "http://purl.org/dc/terms/conformsTo",
}
"""What the terms used mean in the context of RO-Crate, which is on the net."""


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("out"), invented(40), [told()])


def load(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


# GeoJSON


def test_geojson_is_rfc_7946(out: Path) -> None:
    whole = load(out / "findings.geojson")
    home = Path(frictionless.__file__).parent
    schema = load(home / "assets" / "profiles" / "geojson.json")
    jsonschema.validate(whole, schema)
    broken = copy.deepcopy(whole)
    broken["features"][1]["geometry"]["coordinates"] = [1, 2]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema)
    assert "crs" not in whole
    drawn = [one["geometry"] for one in whole["features"] if one["geometry"] is not None]
    disks = [shapely.from_geojson(json.dumps(geometry)) for geometry in drawn]
    assert 0 < len(disks) < 40
    assert all(shape.is_valid and shape.exterior.is_ccw for shape in disks)
    assert whole["bbox"] == list(shapely.total_bounds(np.array(disks)))
    ids = [one["id"] for one in whole["features"]]
    assert len(set(ids)) == len(ids)


# GeoParquet


def test_geoparquet_is_of_version_1_1(out: Path) -> None:
    file = pq.ParquetFile(out / "incidents.parquet")
    geo = json.loads(file.metadata.metadata[b"geo"])
    jsonschema.validate(geo, load(PROFILES / "geoparquet-1.1.schema.json"))
    assert geo["version"] == "1.1.0"
    assert "crs" not in geo["columns"]["geometry"]
    table = file.read()
    assert geo["columns"]["geometry"]["geometry_types"] == ["Polygon"]
    shapes = shapely.from_wkb(table["geometry"].to_pylist())
    for shape, box in zip(shapes, table["bbox"].to_pylist(), strict=True):
        assert (shape is None) == (box is None)
        if shape is not None:
            assert tuple(box.values()) == shape.bounds
            assert shape.exterior.is_ccw
    assert geo["columns"]["geometry"]["bbox"] == list(shapely.total_bounds(shapes))
    assert sum(shape is None for shape in shapes) == table["lon"].null_count > 0


def test_duckdb_reads_the_geometry(out: Path) -> None:
    sql = f"SELECT geometry FROM '{out / 'incidents.parquet'}' WHERE lon IS NOT NULL"
    with duckdb.connect() as connection:
        assert "GEOMETRY" in str(connection.sql(sql).types[0])
        (wkt,) = connection.sql(f"SELECT ST_AsText(geometry) FROM ({sql}) LIMIT 1").fetchall()[0]
    assert wkt.startswith("POLYGON ((17")


# HXL


def test_hxl_has_no_issue(out: Path) -> None:
    content = (out / "findings.hxl.csv").read_bytes()
    found = hxl.data(io.BytesIO(content))
    assert "#status+verdict" in found.display_tags
    assert "#geo+lat" in found.display_tags
    assert {"#date+start", "#date+end"} <= set(found.display_tags)
    assert len(list(found)) == 40
    made = hxl.validation.validate(hxl.data(io.BytesIO(content)))
    assert made["is_valid"]
    assert made["stats"]["error"] == 0


def test_hxl_rows_are_the_findings_that_are_alleged_or_possible(tmp_path: Path) -> None:
    tables = invented(6)
    tables[0][2]["verdict"] = "no"
    path = written(tmp_path, tables) / "findings.hxl.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows[0]["verdict"] == "#status+verdict"
    assert {row["finding_id"] for row in rows[1:]} == {f"F-0000{at}" for at in (0, 1, 3, 4, 5)}


# FollowTheMoney


def entities(out: Path) -> list[dict[str, Any]]:
    lines = (out / "entities.ftm.json").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_every_entity_is_one_of_the_model(out: Path) -> None:
    every = entities(out)
    kinds = {one["id"]: one["schema"] for one in every}
    assert len(kinds) == len(every)
    for one in every:
        entity = EntityProxy.from_dict(model, one, cleaned=False)
        entity.schema.validate(one)
        kept = {name: set(values) for name, values in entity.to_dict()["properties"].items()}
        assert kept == {name: set(values) for name, values in one["properties"].items()}
        for required in entity.schema.required:
            assert kept[required]
        for prop, value in entity.itervalues():
            if prop.type.name == "entity":
                linked, wanted = model.get(kinds[value]), prop.range
                assert linked is not None
                assert wanted is not None
                assert linked.is_a(wanted)


def test_an_incident_is_an_event_with_its_proof(out: Path) -> None:
    every = {one["id"]: one for one in entities(out)}
    event = every["I-00001"]["properties"]
    assert every["I-00001"]["schema"] == "Event"
    assert event["proof"] == ["R-00001"]
    assert every["R-00001"]["properties"]["sourceUrl"] == ["https://example.org/daily/17"]
    assert "sourceUrl" not in every["R-00002"]["properties"]
    assert every["F-00001"]["properties"]["entity"] == ["I-00001"]
    assert event["startDate"] < event["endDate"]


def test_several_possible_actors_are_not_involved(tmp_path: Path) -> None:
    tables = invented(3)
    for row, actors, how in zip(
        tables[1], (["north"], ["north", "south"], ["north"]),
        ("reported", "reported", "disputed"), strict=True,
    ):  # fmt: skip
        row |= {"actors": actors, "responsibility": how}
    every = {one["id"]: one["properties"] for one in entities(written(tmp_path, tables))}
    (north,) = [key for key, one in every.items() if one["name"] == ["Northland"]]
    assert every["I-00000"]["involved"] == [north]
    assert "involved" not in every["I-00001"]
    assert "north or south" in every["I-00001"]["notes"][0]
    assert "involved" not in every["I-00002"]


def test_people_are_no_entities(tmp_path: Path) -> None:
    said = [
        told(statement_id="S-2", speaker="Ann Doe", speaker_kind="person"),
        told(statement_id="S-3", speaker=None, public=False),
    ]
    every = entities(written(tmp_path, invented(3), said))
    assert {one["schema"] for one in every} == {
        "Organization", "Event", "Note", "Document", "Article"}  # fmt: skip
    names = [one["properties"]["name"][0] for one in every if one["schema"] == "Organization"]
    assert sorted(names) == ["Northland", "Southland"]


# Frictionless


def test_the_data_package_is_valid(out: Path) -> None:
    found = frictionless.validate(str(out / "datapackage.json"))
    assert found.valid, found.flatten(["type", "title", "note"])
    package = load(out / "datapackage.json")
    described = {one["path"] for one in package["resources"]}
    left = {"datapackage.json", "provenance.json", "ro-crate-metadata.json"}
    assert described == {path.name for path in out.iterdir()} - left


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("findings.csv", '"single source"', '"hearsay"'),
        ("findings.csv", '"F-00001"', '"F-00002"'),
        ("findings.hxl.csv", ",-39.", ",-139."),
        ("statements.csv", '"accepts"', '"likes"'),
    ],
)
def test_the_data_package_finds_what_is_wrong(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    out = written(tmp_path, invented(10), [told()])
    text = (out / file).read_text(encoding="utf-8")
    assert old in text
    (out / file).write_text(text.replace(old, new), encoding="utf-8")
    package = load(out / "datapackage.json")
    for one in package["resources"]:
        one.pop("hash")
        one.pop("bytes")
    (out / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    found = frictionless.validate(str(out / "datapackage.json"))
    assert {row[0] for row in found.flatten(["type"])} <= {
        "constraint-error", "primary-key", "unique-error"}  # fmt: skip
    assert not found.valid


# RO-Crate


def conforms(crate: dict[str, Any]) -> bool:
    text = json.dumps(crate | {"@context": CONTEXT})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's, of what it uses itself
        shapes = rdflib.Graph()
        for path in sorted((PROFILES / "ro-crate").glob("*.ttl")):
            shapes.parse(path, format="turtle")
        graph = rdflib.Graph().parse(data=text, format="json-ld", publicID="https://crate.example/")
        found, _, report = pyshacl.validate(
            graph, shacl_graph=shapes, advanced=True, inplace=True, allow_infos=True,
            allow_warnings=True,
        )  # fmt: skip
    print(report)
    return bool(found)


def test_the_crate_has_what_its_profile_asks(out: Path) -> None:
    crate = load(out / "ro-crate-metadata.json")
    assert crate["@context"] == "https://w3id.org/ro/crate/1.2/context"
    assert conforms(crate)


@pytest.mark.parametrize(
    ("key", "change"),
    [
        ("./", lambda one: one.pop("license")),
        ("./", lambda one: one.pop("datePublished")),
        ("./", lambda one: one.update(hasPart=[])),
        ("#holdfire", lambda one: one.pop("version")),
    ],
)
def test_the_profile_finds_what_is_wrong(
    out: Path, key: str, change: Callable[[dict[str, Any]], object]
) -> None:
    crate = load(out / "ro-crate-metadata.json")
    change(next(one for one in crate["@graph"] if one["@id"] == key))
    assert not conforms(crate)


def test_the_crate_has_every_file_with_its_hash(out: Path) -> None:
    crate = load(out / "ro-crate-metadata.json")
    graph = {one["@id"]: one for one in crate["@graph"]}
    names = {path.name for path in out.iterdir()} - {"ro-crate-metadata.json"}
    assert {key for key, one in graph.items() if one["@type"] == "File"} == names
    assert {one["@id"] for one in graph["./"]["hasPart"]} == names
    for name in names:
        content = (out / name).read_bytes()
        assert graph[name]["sha256"] == hashlib.sha256(content).hexdigest()
        assert graph[name]["contentSize"] == str(len(content))
        assert graph[name]["description"] == files()[name].means
    assert graph["#run"]["instrument"] == {"@id": "#holdfire"}
    (source,) = graph["#run"]["object"]
    assert graph[source["@id"]]["license"] == {"@id": "#licence-own"}
    newest = load(out / "provenance.json")["newest"]
    assert graph["./"]["datePublished"] == newest
    assert newest.startswith("2031-05-")
    for one in crate["@graph"]:
        for value in one.values():
            for link in value if isinstance(value, list) else [value]:
                if isinstance(link, dict):
                    assert link["@id"] in graph or link["@id"].startswith("https://w3id.org/")


def test_a_case_without_reports_has_the_day_it_begins(tmp_path: Path) -> None:
    out = written(tmp_path, ([], [], []))
    crate = load(out / "ro-crate-metadata.json")
    assert conforms(crate)
    assert crate["@graph"][1]["datePublished"] == "2031-05-01"
    assert frictionless.validate(str(out / "datapackage.json")).valid
    assert load(out / "findings.geojson") == {"type": "FeatureCollection", "features": []}
    assert "bbox" not in json.loads(
        pq.ParquetFile(out / "incidents.parquet").metadata.metadata[b"geo"]
    )["columns"]["geometry"]  # fmt: skip


# What is invented, and what never took effect, says so


def test_an_invented_case_says_so_in_every_entity_of_what_happened(tmp_path: Path) -> None:
    out = written(tmp_path, invented(3), [told()], replace(ABOUT, simulated=True))
    for one in entities(out):
        if one["schema"] in ("Event", "Document") or one["id"].startswith("F-"):
            assert one["properties"]["name"][0].startswith("SIMULATED: ")
    assert load(out / "datapackage.json")["title"].startswith("SIMULATED: ")
    assert load(out / "ro-crate-metadata.json")["@graph"][1]["name"].startswith("SIMULATED: ")


def test_what_never_took_effect_was_violated_by_nobody(tmp_path: Path) -> None:
    out = written(tmp_path, invented(9), (), replace(ABOUT, counterfactual=True))
    names = {one["properties"]["name"][0].split(":")[0] for one in entities(out)
             if one["schema"] == "Note"}  # fmt: skip
    assert names == {"would have counted as a violation", "might have counted as a violation"}


def test_labels_of_parties_change_nothing_else(tmp_path: Path) -> None:
    """Neutral: exchange the parties' labels, and the entities are the same with them exchanged."""
    swap = {"north": "south", "south": "north"}
    one, other = invented(12), invented(12)
    for rows in other:
        for row in rows:
            row["actors"] = sorted(swap[name] for name in row["actors"])
            row["held_responsible"] = swap.get(row.get("held_responsible") or "")
    about = replace(ABOUT, parties={swap[key]: name for key, name in ABOUT.parties.items()})
    texts = [
        (written(tmp_path / name, tables, (), case) / "entities.ftm.json").read_text("utf-8")
        for name, tables, case in (("a", one, ABOUT), ("b", other, about))
    ]
    first, second = ({one["id"]: one["properties"] for one in map(json.loads, text.splitlines())}
                     for text in texts)  # fmt: skip
    for key, properties in first.items():
        if key.startswith("I-"):
            involved = [first[party]["name"] for party in properties.get("involved", [])]
            assert involved == [second[at]["name"] for at in second[key].get("involved", [])]
