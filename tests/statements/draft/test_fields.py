"""Terms that a text tells, case by case; the sentences are made up."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.statements.draft import FIELDS, terms_of
from holdfire.terms.vocabulary import shipped

from .told import article, quoted, said, told


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The truce lasts 72 hours.", ["72 hours"]),
        ("They agreed to a 30-day ceasefire.", ["30 days"]),
        ("The ceasefire is valid for ten days.", ["10 days"]),
        ("A week-long truce was signed.", ["1 week"]),
        ("The truce runs for six weeks, or 42 days.", ["6 weeks", "42 days"]),
        ("The ceasefire came after 30 days of war.", []),
        ("The truce was signed 30 days ago.", []),
        ("The minister spent 30 days in prison.", []),
        ("The ceasefire was broken; the talks lasted 3 days.", []),
    ],
)
def test_duration(text: str, values: list[str]) -> None:
    assert told(text).get("duration", []) == values


@pytest.mark.parametrize(
    ("text", "starts", "ends"),
    [
        ("The truce took effect on 18 March.", ["2025-03-18"], []),
        ("The ceasefire, in force since 5 p.m. Kyiv time on 10 March, holds.",
         ["2025-03-10T17:00 Europe/Kyiv"], []),
        ("The truce lasts from 6 p.m. Moscow time on 19 April until midnight on 21 April.",
         ["2025-04-19T18:00 Europe/Moscow"], ["2025-04-22T00:00 Europe/Moscow"]),
        ("A ceasefire will begin on Saturday.", ["2025-03-15"], []),
        ("A ceasefire began on Saturday.", ["2025-03-08"], []),
        ("The truce expires on 30 June.", [], ["2025-06-30"]),
        ("By the armistice all fire is to cease at 10 p.m. on 27 July.", ["2025-07-27T22:00"], []),
        ("The truce runs for 36 hours, from noon on 6 May until midnight on 7 May.",
         ["2025-05-06T12:00"], ["2025-05-08T00:00"]),
        ("Talks about the ceasefire began on 3 March.", [], []),
        ("The truce runs from 12:01 a.m. on Jan. 3 through 11:59 p.m. on Feb. 7.",
         ["2025-01-03T00:01"], ["2025-02-07T23:59"]),
        ("A truce begins at midnight tonight.", ["2025-03-14T00:00"], []),
        ("From noon on 3 May the guns are to be silent under the truce.",
         ["2025-05-03T12:00"], []),
        ("The truce ended at midnight on 9 March.", [], ["2025-03-10T00:00"]),
        ("A three-day truce runs from midnight on 8 May to midnight on 11 May.",
         ["2025-05-08T00:00"], ["2025-05-11T00:00"]),
        ("The truce opens at noon on New Year's Day and closes on April 30.",
         ["2025-01-01T12:00"], ["2025-04-30"]),
        ("The rebels suspend all raids for a week, 21 to 27 August.",
         ["2025-08-21"], ["2025-08-27"]),
        ("They have until 1650 GMT on Friday to cease fire.", ["2025-03-14T16:50 UTC"], []),
        ("By the truce the war is to close tomorrow at six in the morning, Greenwich Mean Time.",
         ["2025-03-14T06:00 UTC"], []),
        ("The guns fall silent in the north on 1 May, in the south on 11 May.",
         ["2025-05-01", "2025-05-11"], []),
        ("The truce signed in Addis Ababa took effect on 9 March.", ["2025-03-09"], []),
        ("They renewed the truce for another three months, to 6 June.", [], ["2025-06-06"]),
        ("Their general calls a ceasefire as from the 24th.", ["2025-03-24"], []),
        ("The attacks had gone on until 9 a.m., Chad said.", [], []),
        ("The war started on 3 March; a truce is far off.", [], []),
        ("The ceasefire came, the minister said on Tuesday, too late.", [], []),
    ],
)  # fmt: skip
def test_start_and_end(text: str, starts: list[str], ends: list[str]) -> None:
    found = told(text)
    assert (found.get("starts", []), found.get("ends", [])) == (starts, ends)


@pytest.mark.parametrize(
    ("text", "acts", "targets"),
    [
        ("The ceasefire would halt combat operations along the entire frontline, suspend "
         "long-range missile and drone strikes, and end operations in the Black Sea.",
         ["combat", "long-range-strike", "naval-operation"], []),
        ("Under the truce all shelling is banned.", ["shelling"], []),
        ("The moratorium on strikes against energy facilities holds.",
         ["strike"], ["energy-infrastructure"]),
        ("The truce prohibits air strikes, looting and the laying of mines.",
         ["air-strike", "looting", "mine-laying"], []),
        ("Both sides agreed to a complete ceasefire.", [], []),
        ("The ceasefire lists what may not be hit: oil refineries, pipelines and hospitals.",
         [], ["refinery", "pipeline", "hospital"]),
        ("The agreement forbids attacks on schools. The truce is young.", ["combat"], ["school"]),
        ("The minister demanded that the truce include a ban on drone strikes.", [], []),
        ("The army accused them of breaking the truce with shelling and air strikes.", [], []),
        ("There were no air strikes during the truce.", [], []),
    ],
)  # fmt: skip
def test_acts_and_targets(text: str, acts: list[str], targets: list[str]) -> None:
    found = told(text)
    assert (found.get("act", []), found.get("target", [])) == (acts, targets)


@pytest.mark.parametrize(
    ("text", "field", "values"),
    [
        ("The truce covers the whole front line.", "zone", ["the whole front line"]),
        ("The ceasefire in Gaza began.", "zone", ["in Gaza"]),
        ("The ceasefire in principle began.", "zone", []),
        ("The truce was broken in the south.", "zone", []),
        ("A ceasefire on land, in the air and at sea holds.", "zone",
         ["on land, in the air and at sea"]),
        ("The truce does not apply to groups listed as terrorist.", "exception",
         ["does not apply to groups listed as terrorist"]),
        ("Fishing is allowed by day during the truce.", "exception",
         ["Fishing is allowed by day during the truce"]),
        ("The truce will be monitored by a panel of the African Union.", "monitoring",
         ["a panel of the African Union"]),
        ("Qatar and Egypt will monitor the truce.", "monitoring", ["Qatar and Egypt"]),
        ("Both armies will observe the truce.", "monitoring", []),
        ("Nobody is to monitor the truce.", "monitoring", []),
    ],
)  # fmt: skip
def test_places_exceptions_and_watchers(text: str, field: str, values: list[str]) -> None:
    assert told(text).get(field, []) == values


@pytest.mark.parametrize(
    ("text", "proposers", "parties"),
    [
        ("The American proposal for a ceasefire between Armenia and Azerbaijan is on the table.",
         ["united-states"], ["armenia", "azerbaijan"]),
        ("The truce between India and Pakistan was brokered by Qatar, Egypt and Turkey.",
         ["qatar", "egypt", "turkey"], ["india", "pakistan"]),
        ("Colombia agreed to a ceasefire with the FARC.", [], ["colombia", "farc-ep"]),
        ("The ceasefire was signed by the foreign ministers of Chad and Libya.",
         [], ["chad", "libya"]),
        ("Ethiopia declared a truce. Ethiopian troops and Tigrayan forces hold their lines.",
         ["ethiopia"], ["ethiopia", "tplf"]),
        ("A truce is hoped for, a diplomat from Sweden said in Oslo.", [], []),
    ],
)  # fmt: skip
def test_who_proposed_and_who_is_bound(text: str, proposers: list[str], parties: list[str]) -> None:
    found = told(text)
    assert found.get("proposer", []) == proposers
    assert sorted(found.get("party", [])) == parties


def test_a_text_without_a_ceasefire_tells_nothing() -> None:
    assert told("The two sides spoke for 30 days about schools and a bridge.") == {}
    assert told("The mayor banned drones over the school.") == {}


def test_local_time_is_that_of_the_place_beside_it() -> None:
    text = "A ceasefire between Israel and Hezbollah began in Beirut at 4 am local time on 27 May."
    assert told(text)["starts"] == ["2025-05-27T04:00 Asia/Beirut"]


def test_the_day_of_the_dateline_goes_before_the_day_of_publication() -> None:
    text = "GENEVA, March 4 (Reuters) - The truce took effect on Monday."
    assert told(text)["starts"] == ["2025-03-03"]


def test_who_said_it_is_named_and_hearsay_is_not_sure() -> None:
    text = "The ceasefire would reportedly halt all shelling. It lasts 9 days, Ana Ruiz said."
    statements = [
        said(text, "halt all shelling", hedged=True),
        said(text, "It lasts 9 days", source="Ana Ruiz", cue="said"),
    ]
    found = {term.field: term for term in terms_of(article(text), statements)}
    assert (found["act"].according_to, found["act"].sure) == (("unnamed",), False)
    assert (found["duration"].according_to, found["duration"].sure) == (("Ana Ruiz",), True)


def test_who_accepts_a_proposal_does_not_tell_its_terms() -> None:
    text = "Chad accepted the proposal for a 30-day truce."
    act = said(text, "the proposal for a 30-day truce", source="Chad", cue="accepted", kind="act")
    (duration,) = [one for one in terms_of(article(text), [act]) if one.field == "duration"]
    assert duration.according_to == ()


TEMPLATES = (
    "A ceasefire between {a} and {b} took effect on 3 March. {a} will halt all shelling.",
    "{a} accepted the proposal of {b} for a 30-day truce with {a}.",
    "{a} declared a truce for 72 hours. {b} forces and {a} forces hold their fire.",
    "The truce was signed by the presidents of {a} and {b}; it is monitored by Qatar.",
)
PARTIES = ("Chad", "Libya", "India", "Pakistan", "Armenia", "Azerbaijan", "Colombia", "Peru")


@given(
    st.sampled_from(TEMPLATES),
    st.permutations(PARTIES).map(lambda names: names[:4]),
)
def test_other_parties_give_the_same_terms_with_other_names(
    template: str, names: list[str]
) -> None:
    def terms(a: str, b: str) -> list[tuple[str, ...]]:
        text = template.format(a=a, b=b)
        marks = {a: "A", b: "B", a.lower(): "A", b.lower(): "B"}
        swap = re.compile(rf"\b(?:{'|'.join(marks)})\b")
        return sorted(
            (
                one.field,
                *(swap.sub(lambda m: marks[m[0]], w) for w in (one.value, quoted(text, one))),
            )
            for one in terms_of(article(text))
        )

    assert terms(names[0], names[1]) == terms(names[2], names[3]) != []


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_is_read_and_passages_lie_within_it(noise: str) -> None:
    text = f"The truce {noise} will halt all strikes for 3 days in {noise}."
    acts, targets = shipped("acts").nodes, shipped("targets").nodes
    for term in terms_of(article(text)):
        assert term.field in FIELDS
        assert all(0 <= start < end <= len(text) for start, end in term.passages)
        if term.field in ("act", "target"):
            assert term.value in (acts if term.field == "act" else targets)


def test_the_same_text_gives_the_same_terms() -> None:
    text = "The truce between India and Pakistan bans all shelling for 3 days."
    assert terms_of(article(text)) == terms_of(article(text))


def test_without_a_day_of_publication_years_are_not_guessed() -> None:
    assert "starts" not in told("The truce took effect on 3 March.", None)
    assert told("The truce took effect on 3 March 2024.", None)["starts"] == [
        date(2024, 3, 3).isoformat()
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("A Qatari-mediated truce between Chad and Libya began on Monday.", ["qatar"]),
        ("The truce which Peru, Chile and Fiji have been urging on Chad and Libya holds.",
         ["peru", "chile", "fiji"]),
        ("The ceasefire between Chad and Libya was worked out by Peru.", ["peru"]),
        ("The draft that Peru and Chile circulated calls for a truce between Chad and Libya.",
         ["peru", "chile"]),
        ("Chad and Libya cease fire by order of the Organization of American States, a truce.",
         ["organization-of-american-states"]),
        ("Chad and Libya agreed to a truce; whether Peru brokered it is contested.", []),
        ("Chad and Libya agreed to a truce under the plan of the United Nations, Peruvian men "
         "watch it.", ["un"]),
        ("A truce proposed by Qatar, Egypt said, was dead.", ["qatar"]),
        ("Egypt's proposal for a truce was turned down, Israel said.", ["egypt"]),
    ],
)  # fmt: skip
def test_who_brokered_or_drafted_it_is_a_proposer(text: str, values: list[str]) -> None:
    assert sorted(told(text).get("proposer", [])) == sorted(values)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Chad on Tuesday agreed to a truce. It urged Libya to do likewise.", ["chad", "libya"]),
        ("Chad and Libya keep a truce. Canada, Fiji and Peru will monitor it.", ["chad", "libya"]),
        ("Chad, Libya and Peru signed a truce.", ["chad", "libya", "peru"]),
    ],
)
def test_whom_a_truce_binds(text: str, values: list[str]) -> None:
    assert sorted(told(text).get("party", [])) == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Chad gives its troops a truce of a fortnight.", ["14 days"]),
        ("They stop shooting at six o'clock, by a truce, for thirty-six hours.", ["36 hours"]),
        ("The twelve-month ceasefire of 2023 is history.", []),
        ("Chad's old wish, thirty days of calm, lies on the table; a truce is far.", []),
        ("By the truce they halt flights for six hours a day.", []),
    ],
)
def test_lengths_that_are_meant(text: str, values: list[str]) -> None:
    assert told(text).get("duration", []) == values


def test_ordinary_news_tells_no_terms() -> None:
    text = (
        "The state has no plan to end its fight over guns, the governor said on Monday.\n"
        "Police in Ohio shot at a car. Nobody except the driver was hurt; the committee will watch "
        "the case, and the trial starts on 3 April.\n" * 8
    )
    assert told(text) == {}


def test_a_paragraph_that_turns_to_another_ceasefire_is_left_out() -> None:
    text = (
        "Russia and Ukraine agreed to a 30-day ceasefire.\n"
        "Away from Kyiv for a moment: India and Pakistan will stop firing at 5 p.m. on Friday."
    )
    found = told(text)
    assert sorted(found["party"]) == ["russia", "ukraine"]
    assert "starts" not in found
