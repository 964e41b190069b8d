"""What holds for every text."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from holdfire.statements.article import Article, Origin
from holdfire.statements.attribution import Attribution
from holdfire.statements.people import Words, chains, resolve

from .quoted import Told, told

# name, adjective, people, capital: two parties are exchanged word by word
PARTIES = {
    "russia": ("Russia", "Russian", "Russians", "Moscow"),
    "ukraine": ("Ukraine", "Ukrainian", "Ukrainians", "Kyiv"),
    "india": ("India", "Indian", "Indians", "New Delhi"),
    "pakistan": ("Pakistan", "Pakistani", "Pakistanis", "Islamabad"),
    "armenia": ("Armenia", "Armenian", "Armenians", "Yerevan"),
    "azerbaijan": ("Azerbaijan", "Azerbaijani", "Azerbaijanis", "Baku"),
    "israel": ("Israel", "Israeli", "Israelis", "Jerusalem"),
    "lebanon": ("Lebanon", "Lebanese", "Lebanese", "Beirut"),
    "iran": ("Iran", "Iranian", "Iranians", "Tehran"),
    "eritrea": ("Eritrea", "Eritrean", "Eritreans", "Asmara"),
}
# 0 name, 1 adjective, 2 people, 3 capital, of the first party (a) and of the second (b)
TEMPLATES = [
    ("{a1} President Pavel Holub said {b0} broke it.", "{a1} President Pavel Holub", "said"),
    # What the text tells goes before what is known of a holder of office.
    (
        "The {a1} president, Volodymyr Zelenskyy, said {b0} broke it.",
        "The {a1} president, Volodymyr Zelenskyy",
        "said",
    ),
    ("{a3} rejected the plan of {b0}.", "{a3}", "rejected"),
    ("{a0}'s foreign minister, Anna Berg, told {b2} so.", "{a0}'s foreign minister, Anna Berg",
     "told"),
    ("{b0} agreed. {a3} has not. Foreign Ministry spokesman Jon Ek said so.",
     "Foreign Ministry spokesman Jon Ek", "said"),
    ("The {a1} Defence Ministry said {b1} drones came.", "The {a1} Defence Ministry", "said"),
    ("The {a1} delegation agreed with {b3}.", "The {a1} delegation", "agreed"),
    ("President Pavel Holub said {a0} would stop if {b0} did.", "President Pavel Holub", "said"),
    ("An adviser to the {a1} president said {b2} lied.", "An adviser to the {a1} president",
     "said"),
    ("The {a1} ambassador to {b0}, Anna Berg, said so.", "The {a1} ambassador to {b0}, Anna Berg",
     "said"),
    ("{b1} envoy Jon Ek met {a1} Prime Minister Pavel Holub. The {a1} premier said so.",
     "The {a1} premier", "said"),
    ("{a0} and {b0} agreed to it.", "{a0} and {b0}", "agreed"),
]  # fmt: skip


def filled(template: str, a: str, b: str) -> str:
    words = {f"a{n}": word for n, word in enumerate(PARTIES[a])}
    words |= {f"b{n}": word for n, word in enumerate(PARTIES[b])}
    return template.format(**words)


def read(template: tuple[str, str, str], a: str, b: str) -> Told:
    text, source, cue = (filled(one, a, b) for one in template)
    content = text[text.rindex(f" {cue} ") + len(cue) + 2 : -1]
    return told(text, (source, cue, content))


@given(
    st.sampled_from(TEMPLATES),
    st.lists(st.sampled_from(sorted(PARTIES)), min_size=2, max_size=2, unique=True),
)
@settings(deadline=None, max_examples=200)
def test_exchanging_two_parties_exchanges_them_in_what_is_found(
    template: tuple[str, str, str], pair: list[str]
) -> None:
    a, b = pair
    one, other = (read(template, *both).speakers[0] for both in ((a, b), (b, a)))
    exchanged = {a: b, b: a, None: None}
    assert exchanged[one.party] == other.party
    assert one.kind == other.kind
    # A president weighs less in some constitutions, by the data and not by this code.
    offices = Words.load().by_party
    if offices.get(a) == offices.get(b):
        assert one.standing == other.standing
    if one.kind == "person":
        assert one.name == other.name


def test_every_template_but_the_joint_one_finds_the_first_party() -> None:
    for template in TEMPLATES[:-1]:
        assert read(template, "india", "pakistan").speakers[0].party == "india", template[0]


@st.composite
def anything(draw: st.DrawFn) -> tuple[str, list[Attribution]]:
    words = st.sampled_from(
        ["he", "the aide", "The", "Putin", "Reuters", "(AP)", "told", "said", "Moscow", "and",
         ",", ".", "\n", "“", "”", "'s", "president", "US", "of", "known", "as", "it", "—", "İ"]
    )  # fmt: skip
    text = draw(st.one_of(st.lists(words, max_size=30).map(" ".join), st.text(max_size=80)))
    spot = st.integers(0, max(len(text) - 1, 0))
    span = st.tuples(spot, spot).map(lambda two: (min(two), max(two) + 1))
    spans = st.lists(span, min_size=1, max_size=2).map(lambda some: tuple(sorted(some)))
    maybe = st.one_of(st.just(()), spans)
    found = draw(st.lists(st.builds(Attribution, spans, spans, maybe), max_size=5))
    return text, found if text else []


@given(anything())
@settings(deadline=None, max_examples=300)
def test_nothing_crashes_and_everything_is_aligned(
    drawn: tuple[str, list[Attribution]],
) -> None:
    text, attributions = drawn
    article = Article("a.txt", "0" * 64, 1, text, Origin.whole(text), outlet="The Bay Post")
    speakers = resolve(article, attributions, Words.load())
    linked = chains(article, attributions, speakers, Words.load())
    assert len(speakers) == len(linked) == len(attributions)
    for speaker, chain in zip(speakers, linked, strict=True):
        assert chain[0].speaker.name == "The Bay Post"
        assert chain[-1].speaker == speaker or speaker.name in ("", chain[-1].speaker.name)
        assert speaker.named == bool(speaker.name)


def test_the_same_text_is_read_the_same_way() -> None:
    text = "Russian aide Yuri Ushakov told TASS that Moscow agreed. He added more. It was glad."
    parts = (("Russian aide Yuri Ushakov", "told", "that Moscow agreed"), ("He", "added", "more"),
             ("It", "was glad", "glad"))  # fmt: skip
    assert told(text, *parts).chains == told(text, *parts).chains


def test_a_long_text_takes_no_more_than_its_length() -> None:
    def seconds(times: int) -> float:
        text = (
            "Kremlin spokesman Dmitry Peskov told TASS that Moscow agreed. He said more.\n" * times
        )
        spots = [n * 76 for n in range(times)]
        found = [
            Attribution(((at + 41, at + 60),), ((at + 32, at + 36),), ((at, at + 31),))
            for at in spots
        ]
        found += [
            Attribution(((at + 70, at + 74),), ((at + 65, at + 69),), ((at + 62, at + 64),))
            for at in spots
        ]
        article = Article("a.txt", "0" * 64, 1, text, Origin.whole(text))
        begun = time.process_time()
        chains(article, found, resolve(article, found, Words.load()), Words.load())
        return time.process_time() - begun

    seconds(20)
    assert seconds(800) < 20 * max(seconds(100), 0.02)
