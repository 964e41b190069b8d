"""Which ceasefire: the main one of an article, and those told apart from it."""

from __future__ import annotations

import pytest

from holdfire.statements.stance import Ceasefire, about, main_ceasefire
from holdfire.terms.agreement import Agreement
from tests.statements.stance.marked import marked

MAIN = [
    ("The US put forward a 30-day ceasefire. The ceasefire would begin soon.", "30-day ceasefire"),
    ("Putin declared an Easter truce. It was an Easter truce of 30 hours.", "Easter truce"),
    ("An energy ceasefire is in force. The energy ceasefire lasts.", "energy ceasefire"),
    ("The armistice was signed at Panmunjom.", "armistice"),
    ("Both sides agreed to a cessation of hostilities.", "cessation of hostilities"),
    ("The ELN offers a Christmas ceasefire.", "Christmas ceasefire"),
    ("They signed a permanent truce.", "permanent truce"),
    ("The two armies signed a pact at the front; troops and guns fall back.", "pact"),
]


@pytest.mark.parametrize(("text", "title"), MAIN)
def test_the_main_ceasefire_and_what_it_is_called(text: str, title: str) -> None:
    found = main_ceasefire(marked(text).article())
    assert found is not None
    assert found.title == title


def test_no_ceasefire_in_an_article_about_something_else() -> None:
    assert main_ceasefire(marked("The bank signed an agreement with the union.").article()) is None


def test_the_one_most_spoken_of_and_not_the_one_first_named() -> None:
    text = (
        "Unlike the Easter truce, the 30-day ceasefire is no gesture. The 30-day ceasefire was "
        "put forward in Jeddah. Kyiv accepted the 30-day ceasefire."
    )
    found = main_ceasefire(marked(text).article())
    assert found is not None
    assert found.title == "30-day ceasefire"


APART = [
    ("[He] {recalled} <the Minsk agreements of 2015>.", "Minsk agreements"),
    ("[He] {praised} <the Easter truce>.", "Easter truce"),
    ("[He] {praised} <the 30-day ceasefire>.", "30-day ceasefire"),
    ("[He] {praised} <a ceasefire of one month>.", "30-day ceasefire"),
    ("[He] {praised} <a 72-hour truce>.", "72-hour truce"),
    ("[He] {praised} <the ceasefire>.", "30-day ceasefire"),
    ("[He] {praised} <it>.", "30-day ceasefire"),
]


@pytest.mark.parametrize(("text", "name"), APART)
def test_two_ceasefires_of_one_article_are_told_apart(text: str, name: str) -> None:
    before = "A 30-day ceasefire was put forward. The 30-day ceasefire is to begin soon.\n\n"
    one = marked(before + text)
    assert about(one.article(), one.attributions[0], None) == name


AGREEMENT = Agreement.model_validate(
    {
        "agreement": {
            "id": "thirty-days", "title": "Thirty-day ceasefire", "conflict": "Russia and Ukraine",
            "local_time": "Europe/Kyiv",
        },
        "texts": [{"id": "t", "citation": "Joint statement"}],
        "parties": [
            {"id": "russia", "names": {"en": "Russia"}},
            {"id": "ukraine", "names": {"en": "Ukraine"}},
        ],
        "ends": {"after": "30 days"},
        "clauses": [{"id": "c", "title": "No fire", "wording": "no fire", "acts": ["fire"]}],
    }
)  # fmt: skip


def test_the_ceasefire_of_a_case_is_named_by_its_id() -> None:
    ceasefire = Ceasefire.of_agreement(AGREEMENT)
    assert (ceasefire.id, ceasefire.parties) == ("thirty-days", ("russia", "ukraine"))
    one = marked(
        "A truce.\n\n[He] {accepted} <the 30-day truce>.\n\n[She] {praised} <the Easter truce>."
    )
    article = one.article()
    assert about(article, one.attributions[0], ceasefire) == "thirty-days"
    assert about(article, one.attributions[1], ceasefire) == "Easter truce"


def test_a_ceasefire_known_by_words_only() -> None:
    ceasefire = Ceasefire.called("three-day truce announced by one side")
    one = marked(
        "A truce.\n\n[He] {offered} <a 30-day truce>.\n\n[She] {praised} <the 72-hour truce>."
    )
    article = one.article()
    assert about(article, one.attributions[0], ceasefire) == "30-day truce"
    assert about(article, one.attributions[1], ceasefire) == ceasefire.title
