from __future__ import annotations

import pytest

from holdfire.errors import SourceError
from holdfire.sources import SourceFile, catalog, recognise, settings, unread
from holdfire.sources.adapter import Sample
from holdfire.sources.catalog import adapter

from . import test_acled, test_alerts, test_missile_attacks, test_own, test_ucdp_ged
from .conftest import Written, read_all

HEADERS = {
    "acled": (test_acled.NEW, test_acled.OLD),
    "alerts": (test_alerts.OFFICIAL, test_alerts.VOLUNTEER),
    "missile_attacks": (test_missile_attacks.HEADER,),
    "ucdp_ged": (test_ucdp_ged.COLUMNS,),
    "own": (test_own.HEADER, "act,place", "occurred_from"),
}
FOREIGN = ("a,b,c", "latitude,longitude,acq_date,acq_time,frp", "date,oblast,alert_hours", "place")


@pytest.mark.parametrize(
    ("name", "header"), [(name, header) for name, some in HEADERS.items() for header in some]
)
def test_each_format_recognises_its_own_and_no_other(
    written: Written, name: str, header: str
) -> None:
    found = recognise(SourceFile(written(header, "x"), "x"))
    assert found.adapter == name
    for other in set(HEADERS) - {name}:
        sample = Sample("csv", tuple(header.split(",")), ())
        assert not adapter(other).recognise(sample).fits, other


@pytest.mark.parametrize("header", FOREIGN)
def test_a_file_of_no_known_format_says_what_was_tried(written: Written, header: str) -> None:
    found = recognise(SourceFile(written(header, "1"), "reports/x.csv"))
    assert found.adapter is None
    assert [name for name, _ in found.why] == list(catalog())
    assert "ACLED: columns event_id_cnty, event_date" in found.tried()
    entry = unread(found)
    assert (entry.source, entry.rows, entry.note[:10]) == (None, 0, "not read: ")


def test_a_format_can_be_named(written: Written) -> None:
    path = written("a,b", "1,2")
    assert recognise(SourceFile(path, "x"), force="own").adapter == "own"
    assert [kind for _, kind, _ in read_all(path, force="own").aside] == ["neither time nor place"]
    with pytest.raises(SourceError, match='Did you mean "alerts"'):
        recognise(SourceFile(path, "x"), force="alert")


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-16-le", ","), ("cp1251", ",")],
)
def test_encodings_and_delimiters(written: Written, encoding: str, delimiter: str) -> None:
    place = "Село Вишневе біля річки, яка тече на південь, та ліс над нею"
    cells = ("occurred_at", "place", "note"), ("2025-03-13T00:00Z", f'"{place}"', "так")
    path = written(
        *(delimiter.join(row) for row in (cells[0], *[cells[1]] * 40)), encoding=encoding
    )
    result = read_all(path)
    assert result.reports[0]["place_name"] == place
    assert bool(result.reading.recognised.notes) == (encoding not in ("utf-8", "utf-8-sig"))


def test_settings_are_merged_key_by_key() -> None:
    merged = settings("acled", {"geo_precision": {"1": {"radius_m": 1}}}, {"outlet": "x"})
    assert merged["geo_precision"]["1"]["radius_m"] == 1
    assert merged["geo_precision"]["2"]["radius_m"] == 25_000
    assert merged["outlet"] == "x"
    assert settings("acled")["outlet"] == "ACLED"


def test_every_format_has_its_section_and_module() -> None:
    for name, one in catalog().items():
        assert name == adapter(name).NAME
        assert one.title
        assert one.licence
        assert "counting_unit" in one.settings
    assert not catalog()["acled"].republish
