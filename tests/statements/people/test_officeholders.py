"""Holders of public office, where the text does not say whose they are."""

from __future__ import annotations

from datetime import date

import pytest

from holdfire.statements.people import Words
from holdfire.statements.people.officeholders import _shipped, holder, placed
from holdfire.statements.statement import Speaker

WORDS = Words.load()


@pytest.mark.parametrize(
    ("name", "day", "party"),
    [
        ("Putin", date(2025, 3, 13), "russia"),
        ("Vladimir Putin", date(2025, 3, 13), "russia"),
        ("Zelenskyy", date(2025, 3, 13), "ukraine"),
        ("Zelenskyy", date(2015, 3, 13), None),
        ("Donald Trump", date(2022, 3, 13), None),
        ("Donald Trump", None, "united-states"),
        ("Getachew Reda", date(2022, 11, 2), "tplf"),
        ("Somebody Else", None, None),
    ],
)
def test_the_year_decides(name: str, day: date | None, party: str | None) -> None:
    found = holder(name, day)
    assert (found.party if found else None) == party


def test_a_family_name_of_two_parties_is_nobody() -> None:
    assert holder("Aliyev", None) is not None
    assert holder("Abdallah", date(2023, 5, 1)) is not None
    shared = [name for name, holders in _shipped().items() if len({h.party for h in holders}) > 1]
    for name in shared:
        years = {h.first for h in _shipped()[name]}
        assert any(holder(name, date(year, 6, 1)) is None for year in years) or len(years) > 1


def test_what_the_text_tells_stays() -> None:
    told = Speaker("Putin", "person", "the miller's son", "moldova", "none")
    assert placed([told], None, WORDS) == [told]
    (said,) = placed([Speaker("Putin", "person", "president")], date(2025, 3, 13), WORDS)
    assert (said.role, said.party, said.standing) == ("president", "russia", "decides")


def test_an_aide_has_no_standing_and_a_spokesman_speaks() -> None:
    day = date(2025, 3, 13)
    aide, spokesman = placed(
        [Speaker("Ushakov", "person"), Speaker("Dmitry Peskov", "person")], day, WORDS
    )
    assert (aide.party, aide.standing) == ("russia", "none")
    assert (spokesman.party, spokesman.standing) == ("russia", "speaks")


def test_every_party_is_known_and_every_office_has_a_class() -> None:
    known = set(WORDS.states) | {k.party for p in WORDS.phrases.values() for _, k in p}
    for name, holders in _shipped().items():
        for one in holders:
            assert one.party in known, (name, one.party)
            assert WORDS.role(one.office.split(" of ")[0].split()) is not None, one.office
            assert one.last == 0 or one.first <= one.last, name
