"""What the rules find, case by case: literal texts and what a careful reader finds in them."""

from __future__ import annotations

import pytest

from holdfire.statements.grammar import Rules
from tests.statements.grammar.reading import Read, read

CASES = {
    "indirect with that": (
        "The minister said that the truce would hold.",
        [Read("The minister", "said", "that the truce would hold")],
    ),
    "indirect without that, after a day": (
        "The Defence Ministry said on Monday the guns had fallen silent.",
        [Read("The Defence Ministry", "said", "the guns had fallen silent")],
    ),
    "direct before": (
        "“We will not sign,” the general said.",
        [Read("the general", "said", "“We will not sign,”")],
    ),
    "direct after a colon": (
        'Peskov told reporters: "There is no list."',
        [Read("Peskov", "told", '"There is no list."')],
    ),
    "mixed": (
        "One blogger claimed accepting the offer would be “pure betrayal.”",
        [Read("One blogger", "claimed", "accepting the offer would be “pure betrayal.”")],
    ),
    "guillemets": (
        "«There will be no truce», the commander said.",
        [Read("the commander", "said", "«There will be no truce»")],
    ),
    "low and high marks, a nested single one": (
        "„They call it a ‘pause’ only,“ Petrov said.",
        [
            Read("Petrov", "said", "„They call it a ‘pause’ only,“"),
            Read("They", "call", "it a ‘pause’ only"),
        ],
    ),
    "a question in marks": (
        "“Who will watch the line?” Putin asked.",
        [Read("Putin", "asked", "“Who will watch the line?”")],
    ),
    "inverted, with an apposition": (
        "“It was a game,” said Olena Koval, a drone operator, on Sunday.",
        [Read("Olena Koval, a drone operator", "said", "“It was a game,”")],
    ),
    "broken by the speaker": (
        "“We will accept,” he said, “but only if they withdraw.”",
        [Read("he", "said", "“We will accept,” … “but only if they withdraw.”")],
    ),
    "goes on in the next sentence": (
        "“They say no,” Rubio told reporters. “Then we know.” The talks end today.",
        [Read("Rubio", "told", "“They say no,” … “Then we know.”")],
    ),
    "goes on in the next paragraph": (
        "“This is the first part,” Rubio said. “It goes on.\n\n“And this is the last part.”",
        [
            Read(
                "Rubio",
                "said",
                "“This is the first part,” … “It goes on. … “And this is the last part.”",
            )
        ],
    ),
    "passive": (
        "The proposal for a 30-day ceasefire was accepted on 11 March by the Ukrainian team.",
        [
            Read(
                "the Ukrainian team",
                "was accepted … by",
                "The proposal for a 30-day ceasefire",
                "act",
            )
        ],
    ),
    "act, negated": (
        "Moscow has not yet accepted the plan.",
        [Read("Moscow", "has not … accepted", "the plan", "act")],
    ),
    "act on a day": (
        "Kyiv agreed on Tuesday to a ceasefire.",
        [Read("Kyiv", "agreed … to", "a ceasefire", "act")],
    ),
    "reaction": (
        "Nationalist bloggers reacted negatively to the proposal.",
        [Read("Nationalist bloggers", "reacted negatively to", "the proposal", "reaction")],
    ),
    "attitudes": (
        "Moscow is not interested in a short pause. Kyiv wants guarantees.",
        [
            Read("Moscow", "is not interested in", "a short pause", "attitude"),
            Read("Kyiv", "wants", "guarantees", "attitude"),
        ],
    ),
    "hedge": (
        "The ceasefire would reportedly halt all strikes.",
        [Read("", "reportedly", "The ceasefire would … halt all strikes")],
    ),
    "hearsay in the passive": (
        "The commander is said to have left the city.",
        [Read("", "is said", "The commander … to have left the city")],
    ),
    "according to, before": (
        "According to the Kremlin, the halt began on 18 March.",
        [Read("the Kremlin", "According to", "the halt began on 18 March")],
    ),
    "according to, after": (
        "The halt began on 18 March, according to the Kremlin.",
        [Read("the Kremlin", "according to", "The halt began on 18 March")],
    ),
    "according to, in the middle": (
        "The halt, according to the Kremlin, began on 18 March.",
        [Read("the Kremlin", "according to", "The halt … began on 18 March")],
    ),
    "in the middle of a clause": (
        "The first phase, he said, would begin on Sunday.",
        [Read("he", "said", "The first phase … would begin on Sunday")],
    ),
    "nested": (
        "Interfax reported that Ushakov said Putin wants guarantees.",
        [
            Read("Interfax", "reported", "that Ushakov said Putin wants guarantees"),
            Read("Ushakov", "said", "Putin wants guarantees"),
            Read("Putin", "wants", "guarantees", "attitude"),
        ],
    ),
    "nested in a closing attribution": (
        "Zakharova said contacts were possible, Interfax reported on 13 March.",
        [
            Read("Interfax", "reported", "Zakharova said contacts were possible"),
            Read("Zakharova", "said", "contacts were possible"),
        ],
    ),
    "nested in according to": (
        "According to Interfax, Ushakov also mentioned that Putin might give details.",
        [
            Read(
                "Interfax", "According to", "Ushakov also mentioned that Putin might give details"
            ),
            Read("Ushakov", "mentioned", "that Putin might give details"),
        ],
    ),
    "a source that is cited": (
        "State television, quoting a military source, said the attacks had gone on.",
        [
            Read("a military source", "quoting", "the attacks had gone on"),
            Read("State television", "said", "the attacks had gone on"),
        ],
    ),
    "shared subject": (
        "The ministry said the line was quiet and added that nobody had been hurt.",
        [
            Read("The ministry", "said", "the line was quiet"),
            Read("The ministry", "added", "that nobody had been hurt"),
        ],
    ),
    "participle": (
        "The aide rejected the idea of a truce, describing it as a respite.",
        [
            Read("The aide", "describing", "it as a respite"),
            Read("The aide", "rejected", "the idea of a truce", "act"),
        ],
    ),
    "no relative clause in the source": (
        "Aide Yuri Petrov, who took part in the talks on 18 February, rejected the idea.",
        [Read("Aide Yuri Petrov", "rejected", "the idea", "act")],
    ),
    "a name after the relative clause": (
        "The president’s aide, who took part in the talks, Yuri Petrov, claimed it was a trap.",
        [Read("The president’s aide … Yuri Petrov", "claimed", "it was a trap")],
    ),
    "an apposition belongs to the source": (
        "Andriy Koval, head of the president's office, wrote that Kyiv had shown courage.",
        [
            Read(
                "Andriy Koval, head of the president's office",
                "wrote",
                "that Kyiv had shown courage",
            )
        ],
    ),
    "a list of speakers": (
        "Britain, France and Poland called for a ceasefire.",
        [Read("Britain, France and Poland", "called for", "a ceasefire", "act")],
    ),
    "a relative clause about an act": (
        "Washington praised the pause, which Kyiv had accepted on 11 March.",
        [
            Read("Washington", "praised", "the pause", "reaction"),
            Read("Kyiv", "had accepted", "the pause", "act"),
        ],
    ),
    "what somebody called it": (
        "Starmer welcomed what he called a breakthrough.",
        [
            Read("Starmer", "welcomed", "what he called a breakthrough", "reaction"),
            Read("he", "called", "a breakthrough"),
        ],
    ),
    "quoted by an agency": (
        "Peskov was quoted by TASS as saying that the talks go on.",
        [Read("Peskov", "was quoted … as saying", "that the talks go on")],
    ),
    "a dateline is no content": (
        "MOSCOW, April 21 (Reuters) - The truce is over, Peskov said.",
        [Read("Peskov", "said", "The truce is over")],
    ),
    "a warning told after the quotation": (
        '"They have begun a new offensive", warned Oleksandr Koval, Kyiv\'s top general.',
        [
            Read(
                "Oleksandr Koval, Kyiv's top general", "warned", '"They have begun a new offensive"'
            )
        ],
    ),
    "two passives": (
        "The proposal was welcomed by Egypt and rejected by Hamas.",
        [
            Read("Egypt", "was welcomed by", "The proposal", "reaction"),
            Read("Hamas", "rejected by", "The proposal", "act"),
        ],
    ),
    "quoted as warning": (
        "State media quoted Kim Yong as warning that the North would leave.",
        [
            Read("State media", "quoted", "Kim Yong as warning that the North would leave"),
            Read("Kim Yong", "warning", "that the North would leave"),
        ],
    ),
    "a clause of its own after the quotation of another": (
        "Although Petrov insisted that “we make progress,” he said the war goes on.",
        [
            Read("Petrov", "insisted", "that “we make progress,”"),
            Read("he", "said", "the war goes on"),
        ],
    ),
    "an object between verb and particle": (
        "The leader turned it down.",
        [Read("The leader", "turned … down", "it", "act")],
    ),
    "a list of what is called for": (
        "The ministers called for a ceasefire, a release of hostages and more aid.",
        [
            Read(
                "The ministers",
                "called for",
                "a ceasefire, a release of hostages and more aid",
                "act",
            )
        ],
    ),
    "who is to do it belongs to what is asked": (
        "The pope urged both sides to hold their fire.",
        [Read("The pope", "urged", "both sides to hold their fire")],
    ),
    "a participle is no verb": (
        "Russia said the deal announced Tuesday could not begin.",
        [Read("Russia", "said", "the deal announced Tuesday could not begin")],
    ),
    "two in one sentence": (
        "The truce holds, the army said, and the rebels accused it of lying.",
        [
            Read("the army", "said", "The truce holds"),
            Read("the rebels", "accused", "it of lying"),
        ],
    ),
    "a name and a colon": (
        "Putin: “There is nothing to sign.”",
        [Read("Putin", ":", "“There is nothing to sign.”")],
    ),
    "said in a statement": (
        "“The truce holds,” the ministry said in a statement on Monday.",
        [Read("the ministry", "said", "“The truce holds,”")],
    ),
    "with each side": (
        "The truce looked shaky, with each side charging that the other had fired.",
        [Read("each side", "charging", "that the other had fired")],
    ),
    "as reported by": (
        "As reported by Interfax, the talks are to resume.",
        [Read("Interfax", "As reported by", "the talks are to resume")],
    ),
    "a relative clause between dashes": (
        "The prime minister – who had signed the deal – said it would hold.",
        [
            Read("The prime minister", "said", "it would hold"),
            Read("who", "had signed", "the deal", "act"),
        ],
    ),
    "a hedge in what an agency reported": (
        "The deal allegedly failed, Reuters reported on Friday.",
        [
            Read("", "allegedly", "The deal … failed"),
            Read("Reuters", "reported", "The deal allegedly failed"),
        ],
    ),
    "told of": (
        "The minister told parliament of 5,133 violations.",
        [Read("The minister", "told … of", "5,133 violations")],
    ),
}


@pytest.mark.parametrize(("text", "wanted"), CASES.values(), ids=CASES.keys())
def test_what_a_careful_reader_finds(text: str, wanted: list[Read]) -> None:
    assert sorted(read(text)) == sorted(wanted)


@pytest.mark.parametrize(
    "text",
    [
        "The US proposal raised fears of an attack.",
        "The statement and the report follow earlier claims.",
        "It could be said that the truce held.",
        "The ministry did not say whether the truce held.",
        "The Foreign Ministry declined to comment.",
        "If they say no, the war goes on.",
        "The so-called “buffer zone” is ten miles wide.",
        "The United States and other states met in June.",
        "Will Moscow accept the ceasefire?",
        "We ask for your support.",
        "Minister says truce will hold",
        "The proposed ceasefire is 30 days long.",
        "The deal announced by the mediators took effect at midnight.",
        "No party would seek to gain ground.",
        "Soldiers carried signs and back numbers of the paper.",
        "The soldiers' families and the driver's brother were there.",
        "",
        "\n\n \n",
    ],
)
def test_what_nobody_said(text: str) -> None:
    assert read(text) == []


def test_an_apostrophe_is_no_quotation_mark() -> None:
    found = read("The soldiers' leader said the people's truce didn't hold.")
    assert found == [Read("The soldiers' leader", "said", "the people's truce didn't hold")]


def test_outer_before_inner_in_the_order_of_the_text() -> None:
    found = Rules().attributions(
        "Interfax reported that Ushakov said it was over. Kyiv rejected the deal."
    )
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert found[1].within(found[0])


def test_a_hedge_is_marked_as_one() -> None:
    (found,) = Rules().attributions("The deal reportedly failed.")
    assert found.hedged
    assert found.source == ()


def test_lines_of_a_page_are_one_paragraph() -> None:
    text = (
        "Families in the villages along the line slept in their own beds after the armies\n"
        "of India and Pakistan agreed to the strict observance of all that they had signed\n"
        "in the years before, and the elders in the village said that nobody had fired since."
    )
    assert Read("the elders in the village", "said", "that nobody had fired since") in read(text)


def test_a_tower_of_statements_is_read_up_to_eight_within_one_another() -> None:
    assert len(read("Moldova said that " * 8 + "the truce holds.")) == 8
    assert len(read("Moldova said that " * 30 + "the truce holds.")) == 8


def test_told_of_at_the_end_of_a_text() -> None:
    text = "o e y,a b t 3 g,0 w v r w h g s n 0 a\nd 8 c.a'r d r,d a\xadk,d told parliament of"
    (found,) = read(text)
    assert (found.source, found.cue) == ("d", "told … of")


def test_an_apposition_stands_before_said_whoever_follows() -> None:
    adviser = "Mykhailo Podolyak, an adviser to the head of Ukraine's presidential office"
    assert read(f"{adviser}, said Ukraine accepts the ceasefire.") == [
        Read(adviser, "said", "Ukraine accepts the ceasefire"),
        Read("Ukraine", "accepts", "the ceasefire", "act"),
    ]


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009"])
def test_every_space_is_a_space(space: str) -> None:
    plain = "“We agree,” said J. Smith, the envoy, on 12 May."
    found = [tuple(part.replace(space, " ") for part in one) for one in
             read(plain.replace(" ", space))]  # fmt: skip
    assert found == [tuple(one) for one in read(plain)]
    assert found
