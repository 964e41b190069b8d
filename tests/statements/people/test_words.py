"""The data files: every state alike, standing by role, a case's own words over them."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from holdfire.errors import CaseError
from holdfire.statements.people import Words, case_roles
from holdfire.tables.statement import KINDS, STANDINGS

WORDS = Words.load()
FOLDER = resources.files("holdfire.statements.people")


def data(name: str) -> dict[str, Any]:
    return tomllib.loads(FOLDER.joinpath(name).read_text(encoding="utf-8"))


PARTIES = data("parties.toml")


def test_every_member_state_and_the_two_observers_are_there() -> None:
    assert len(PARTIES["states"]) == 193 + 2


@pytest.mark.parametrize("section", ["states", "authorities", "groups"])
def test_parties_have_the_same_four_kinds_of_words(section: str) -> None:
    for party, entry in PARTIES[section].items():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", party), party
        assert entry["names"], party
        assert set(entry) <= {"names", "people", "capital", "seats", "of", "army"}, party
        if section == "states":
            assert set(entry) == {"names", "people", "capital", "seats"}, party
        else:
            assert entry["of"] in {"", *PARTIES["states"]}, party


def test_every_word_of_a_party_stands_for_it_and_for_no_other() -> None:
    seen: dict[str, str] = {}
    for section in PARTIES.values():
        for party, entry in section.items():
            for key in ("names", "people", "capital", "seats"):
                for word in entry.get(key, ()):
                    assert seen.setdefault(word, party) == party, word
                    assert WORDS.party(word) == party, word


@pytest.mark.parametrize(
    ("words", "party"),
    [
        ("Moscow", "russia"), ("the Kremlin", "russia"), ("Kyiv", "ukraine"),
        ("US", "united-states"), ("U.S.", "united-states"), ("the White House", "united-states"),
        ("Pyongyang", "north-korea"), ("South Korean", "south-korea"), ("DPRK", "north-korea"),
        ("Hamas", "hamas"), ("RSF", "rsf"), ("Rapid Support Forces", "rsf"), ("TPLF", "tplf"),
        ("FARC", "farc-ep"), ("South Sudan", "south-sudan"), ("Sudanese", "sudan"),
        ("Downing Street", "united-kingdom"), ("the Houthis", "houthis"), ("Narnia", None),
    ],
)  # fmt: skip
def test_words_for_parties(words: str, party: str | None) -> None:
    assert WORDS.party(words) == party


@pytest.mark.parametrize("name", ["agencies.toml", "outlets.toml"])
def test_media_are_told_with_plain_facts(name: str) -> None:
    for medium, entry in data(name).items():
        assert set(entry) == {"also", "country", "state"}, medium
        states = {*PARTIES["states"], *PARTIES["authorities"]}
        assert entry["country"] in {"", *states}, medium
        assert isinstance(entry["state"], bool), medium
        known = WORDS.known(medium)
        assert known is not None, medium


def test_media_are_agencies_or_outlets() -> None:
    for name, sort, state in (("TASS", "agency", True), ("Reuters", "agency", False),
                              ("AFP", "agency", False), ("BBC", "outlet", False)):  # fmt: skip
        known = WORDS.known(name)
        assert known is not None
        assert (known.sort, known.state) == (sort, state)


def test_every_class_of_roles_says_why() -> None:
    for name, entry in data("roles.toml")["class"].items():
        assert entry["standing"] in STANDINGS, name
        assert entry.get("kind", "person") in KINDS, name
        assert entry["reason"].endswith("."), name
        assert entry["words"] or entry["marks"], name


@pytest.mark.parametrize(
    ("role", "party", "standing"),
    [
        ("President", "russia", "decides"), ("President", "germany", "none"),
        ("Chancellor", "germany", "decides"), ("Chancellor", "united-kingdom", "none"),
        ("Israel's prime minister", "israel", "decides"),
        ("US Secretary of State", "united-states", "decides"),
        ("Defence Minister", "ukraine", "decides"), ("finance minister", "israel", "none"),
        ("deputy foreign minister", "russia", "speaks"),
        ("Foreign Ministry spokeswoman", "russia", "speaks"),
        ("ambassador to Ukraine", "united-states", "speaks"),
        ("presidential aide", "russia", "none"), ("national security adviser", "india", "none"),
        ("former president", "colombia", "none"), ("ex-president", "ukraine", "none"),
        ("Hamas leader", "hamas", "decides"), ("senior Hamas leader", "hamas", "none"),
        ("opposition leader", None, "none"), ("senior lawmaker", "russia", "none"),
        ("supreme commander", "farc-ep", "none"), ("chief of the General Staff", "russia", "none"),
        ("head of the Ukrainian president's office", "ukraine", "none"),
        ("President of the European Commission", None, "none"),
        ("Russian Defence Ministry", "russia", "speaks"), ("Knesset committee", None, "none"),
        ("Norway's parliament", "norway", "decides"),
        ("Ukrainian delegation", "ukraine", "decides"),
        ("joint statement", None, "decides"), ("statement", None, "none"),
        ("retired teacher from Silikote", None, "none"), ("milblogger", None, "none"),
        ("analyst", None, "none"), ("", None, "none"), ("gardener", None, "none"),
    ],
)  # fmt: skip
def test_standing_follows_the_role(role: str, party: str | None, standing: str) -> None:
    assert WORDS.standing(role, party) == standing


def test_a_case_adds_names_of_parties() -> None:
    laid = WORDS.with_case({"Free Valley Front": "valley", "Moscow": "idaho"})
    assert laid.party("the Free Valley Front") == "valley"
    assert laid.party("Moscow") == "idaho"
    assert WORDS.party("the Free Valley Front") is None
    assert WORDS.party("Moscow") == "russia"


def test_a_case_corrects_roles(tmp_path: Path) -> None:
    (tmp_path / "roles.toml").write_text(
        '[class.guide]\nstanding = "decides"\nreason = "Here he decides."\nwords = ["guide"]\n'
        '[by-party.valley]\nspeaker = "decides"\n',
        encoding="utf-8",
    )
    laid = WORDS.with_case({}, case_roles(tmp_path))
    assert laid.standing("guide", None) == "decides"
    assert laid.standing("speaker", "valley") == "decides"
    assert laid.standing("president", "russia") == "decides"
    assert WORDS.standing("speaker", "valley") == "none"


def test_a_case_says_whose_side_somebody_is_on(tmp_path: Path) -> None:
    (tmp_path / "roles.toml").write_text('[people]\n"Anna Berg" = "valley"\n', encoding="utf-8")
    laid = WORDS.with_case({}, case_roles(tmp_path))
    assert laid.side("Anna Berg") == "valley"
    assert laid.side("Berg") == "valley"
    assert laid.side("Jon Ek") is None
    assert WORDS.side("Anna Berg") is None


def test_a_case_without_roles_has_none(tmp_path: Path) -> None:
    assert case_roles(tmp_path) == {}


def test_roles_that_are_no_toml_are_an_error(tmp_path: Path) -> None:
    (tmp_path / "roles.toml").write_text("[class", encoding="utf-8")
    with pytest.raises(CaseError, match=r"roles\.toml"):
        case_roles(tmp_path)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ({"clas": {}}, 'Did you mean "class"'),
        ({"class": {"a": {"standing": "rules", "reason": "x.", "words": []}}}, '"rules"'),
        ({"class": {"a": {"standing": "none", "words": []}}}, "no reason"),
        ({"class": {"a": {"standing": "none", "reason": "x."}}}, "no list of words"),
        ({"class": {"a": {"standing": "none", "reason": "x.", "words": [], "kind": "cat"}}}, "cat"),
        ({"class": {"a": "decides"}}, "expected a table"),
        ({"by-party": {"valley": {"king": "rules"}}}, "valley"),
        ({"by-party": {"valley": "decides"}}, "expected a table"),
    ],
)
def test_wrong_roles_are_all_told(raw: dict[str, Any], message: str) -> None:
    with pytest.raises(CaseError) as wrong:
        WORDS.with_case({}, raw)
    assert message in str(wrong.value)
