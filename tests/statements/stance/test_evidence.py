"""What speaks for a statement's being about the ceasefire, and what against."""

from __future__ import annotations

import pytest

from holdfire.statements.stance import main_ceasefire, stances
from holdfire.statements.stance.evidence import points
from holdfire.statements.stance.lexicon import MOST, Lexicon, matters, wording
from holdfire.statements.stance.marks import mentions
from tests.statements.stance.marked import Marked, marked

BEFORE = "A truce was put forward. It would last a month.\n\n"


def value(one: Marked) -> str:
    return stances(one.article(), one.attributions, one.speakers, None)[0].value


def test_words_are_counted_by_what_they_are_a_mark_of() -> None:
    lexicon = Lexicon({"a": ["harvest", "price"], "b": ["price", "central bank"]})
    assert lexicon.counts(" harvests price price central bank ") == {"a": 2, "b": 2}
    assert lexicon.counts(" bank central ") == {}
    many = Lexicon({"a": [f"word{n}" for n in range(9)]})
    assert many.counts(" ".join(f"word{n}" for n in range(9))) == {"a": MOST}


def test_verbs_are_known_in_every_form() -> None:
    assert "other.fighting" in matters().counts(" the army retake the town ")
    assert "scorn" in wording().counts(" he ridiculed it as a farce ")


def test_what_has_points_is_known() -> None:
    assert points()["by-default"] > 0
    assert points()["names-it"] > 0 > points()["other-words"]


@pytest.mark.parametrize(
    "text",
    [
        "[The bank|sudan] {said} <the currency had lost a tenth of its value on the markets>.",
        "[The ministry|sudan] {said} <schools and clinics would be rebuilt after the rains>.",
        "[The party|sudan] {said} <its candidates would not run for parliament in the elections>.",
    ],
)
def test_other_matters_are_not_about_it(text: str) -> None:
    assert value(marked(BEFORE + text)) == "not-about-it"


@pytest.mark.parametrize(
    "text",
    [
        "[The envoy] {said} <observers from four countries would watch over it>.",
        "[The envoy] {said} <both sides had been given the text>.",
        "[A farmer] {said} <nobody in the village believes it will last>.",
    ],
)
def test_what_belongs_to_it_is_about_it_though_it_is_not_named(text: str) -> None:
    assert value(marked(BEFORE + text)) == "unclear"


@pytest.mark.parametrize(
    "text",
    [
        "Both armies are to cease firing at midnight.",
        "He ordered his men to hold their fire.",
        "The guns fell silent at noon.",
        "They were told to lay down their arms.",
        "Russia would suspend all military action for three days.",
        "The shelling stopped.",
        "A week without shooting began.",
        "It was a seven-day pause.",
        "The militias silenced their guns.",
    ],
)
def test_a_ceasefire_is_named_by_verbs_too(text: str) -> None:
    assert len(mentions(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The guns fall on the north of the country.",
        "The firing of the coach was expected.",
        "The company halted its operations in the north and the activity ended.",
        "Troops fell back behind the river and guns were sold.",
    ],
)
def test_what_only_sounds_so_names_none(text: str) -> None:
    assert [one.words for one in mentions(text)] in ([], ["halted its operations"])


def test_a_text_of_war_and_of_its_stopping_has_an_agreement_that_is_one() -> None:
    text = "The bargain runs for sixty days. {} At four it stopped, and a tank was seen."
    assert main_ceasefire(marked(text.format("It was signed in a hotel.")).article()) is None
    found = main_ceasefire(marked(text.format("The army and the rebels signed.")).article())
    assert found is not None
    assert found.title == "bargain"


def test_an_accord_of_peaceful_matters_is_none() -> None:
    text = "The 2015 agreement on trade was praised. The Paris accord was signed in the spring."
    assert main_ceasefire(marked(text).article()) is None


def test_far_from_a_ceasefire_that_is_named_by_the_way_nothing_is_about_it() -> None:
    filler = "The road goes on along the river and past the mill. " * 120
    near = "[The rebels|eln] {rejected} <the truce>."
    far = "[The party|spain] {rejected} <the plan>."
    one = marked(f"{far}\n\n{filler}\n\n{near}")
    found = stances(one.article(), one.attributions, one.speakers, None)
    assert [stance.value for stance in found] == ["not-about-it", "rejects"]
