"""From one text to its statements: what each step hands to the next; what holds for any text."""

from __future__ import annotations

import json
import random
import re
import tomllib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from holdfire.case.spoken import as_line, from_line
from holdfire.statements.article import Article, Origin, Passage
from holdfire.statements.attribution import Attribution
from holdfire.statements.concluding import Reading, carries, conclude, row
from holdfire.statements.draft.claims import claims_of, write_reports
from holdfire.statements.draft.drafting import draft
from holdfire.statements.grammar import Rules
from holdfire.statements.people import Words
from holdfire.statements.stance import Ceasefire
from holdfire.statements.statement import Link, Speaker
from holdfire.tables import statement as table

CORPUS = Path(__file__).parents[2] / "corpus" / "dev"
PUBLISHED = date(2031, 5, 3)
RUNS = 250


@cache
def words() -> Words:
    return Words.load()


def article(text: str, published: date | None = PUBLISHED) -> Article:
    return Article(
        "invented.txt", "ab" * 32, 1, text, Origin.whole(text), "The Ledger", published=published
    )


def read(text: str, published: date | None = PUBLISHED, tz: str = "UTC", **more: Any) -> Reading:
    return conclude(article(text, published), Rules(), words(), tz=ZoneInfo(tz), **more)


def rows_of(done: Reading) -> list[dict[str, Any]]:
    return [row(done.article, one, "rules", words()) for one in done.statements]


TEXT = (
    "Interfax reported that Latvian presidential aide Janis Ozols said Moldova has accepted the "
    "10-day ceasefire.\n"
    "Moldovan President Ana Rusu said the ceasefire would be observed.\n"
    "Latvian President Eva Kalns rejected the ceasefire."
)


def test_each_attribution_has_its_speaker_chain_and_stance() -> None:
    told = {
        (one["speaker"], one["stance"]): (one["hearsay"], one["party"], one["party_stance"])
        for one in rows_of(read(TEXT))
    }
    assert told["Ana Rusu", "accepts"] == (0, "moldova", "accepts")
    assert told["Eva Kalns", "rejects"] == (0, "latvia", "rejects")
    assert told["Janis Ozols", "unclear"][:2] == (1, "latvia")


def test_what_the_other_side_says_of_a_party_is_not_its_stance() -> None:
    (one,) = [one for one in read(TEXT).statements if one.speaker.name == "Moldova"]
    assert [link.speaker.name for link in one.chain[1:]] == ["Interfax", "Janis Ozols", "Moldova"]
    assert (one.stance.value, one.stance.party_value) == ("accepts", None)


def test_the_case_tells_which_ceasefire_is_meant() -> None:
    known = Ceasefire("exampleton", "the 10-day ceasefire", ("moldova", "latvia"))
    for one in read(TEXT, ceasefire=known).statements:
        assert one.about == ("" if one.stance.value == "not-about-it" else "exampleton")


def test_a_day_is_one_of_the_local_calendar() -> None:
    text = "Moldovan President Ana Rusu rejected the ceasefire on 2 May."
    (one,) = read(text, tz="Pacific/Auckland").statements
    assert one.circumstances.said_from == datetime(2031, 5, 1, 12, tzinfo=UTC)
    assert rows_of(read(text))[0]["said_from"] == datetime(2031, 5, 2, tzinfo=UTC)


OUTLET = Link(Speaker("The Ledger", "outlet"))
AGENCY = Link(Speaker("Interfax", "agency"))
PRESIDENT = Link(Speaker("Ana Rusu", "person", "president", "moldova", "decides"))
SPOKESMAN = Link(Speaker("Ion Lupu", "person", "spokesman", "moldova", "speaks"))
AIDE = Link(Speaker("Vlad Ciobanu", "person", "aide", "moldova", "none"))
OTHER = Link(Speaker("Eva Kalns", "person", "president", "latvia", "decides"))
NOBODY = Link(Speaker("", "unnamed"))
SAID = Attribution(((10, 20),), ((5, 9),), ((0, 4),))


@pytest.mark.parametrize(
    ("chain", "carried"),
    [
        ((OUTLET, PRESIDENT), True),
        ((OUTLET, AGENCY, PRESIDENT), True),
        ((OUTLET, AGENCY, SPOKESMAN, PRESIDENT), True),
        ((OUTLET, AIDE, PRESIDENT), False),
        ((OUTLET, AGENCY, OTHER, PRESIDENT), False),
        ((OUTLET, NOBODY, PRESIDENT), False),
    ],
)
def test_what_comes_through_others_is_a_partys_stance_only_from_its_own(
    chain: Sequence[Link], carried: bool
) -> None:
    assert carries(chain, SAID) is carried


def test_what_the_text_doubts_is_no_partys_stance() -> None:
    assert not carries((OUTLET, PRESIDENT), Attribution(SAID.content, SAID.cue, hedged=True))


def test_passages_of_a_row_are_those_of_the_file() -> None:
    done = read(TEXT)
    moved = Origin(((0, 100, len(TEXT)),))
    there = Article("invented.txt", "ab" * 32, 1, TEXT, moved, published=PUBLISHED)
    for one in done.statements:
        here, found = row(done.article, one, "rules", words()), row(there, one, "rules", words())
        for part, spans in here["spans"].items():
            assert found["spans"][part] == [[a + 100, b + 100] for a, b in spans]
        assert here["statement_id"] != found["statement_id"]
        assert here["said"] == found["said"]


# What holds for any text: the corpus cut, mangled and sprinkled with words that steps look for.

WORDS_THAT_STEPS_LOOK_FOR = (
    "said told that according to reportedly Interfax TASS he she they ceasefire accepted "
    'rejected proposed has been not wants warned , . : ; “ ” " « » ( ) — … ? 30-day 0 -1 '
    "1e400 ٣٠ ½ 24:00 25:61 99999999999999999999 0001-01-01 9999-12-31 2,935 violations "
    "drones killed Tuesday yesterday next month week midnight from until if unless Moscow "
    "Kyiv President aide for days within hours MSK UTC+99 "
)
SPRINKLED = WORDS_THAT_STEPS_LOOK_FOR.split()
SIGNS = "\u200b\u202e\ufeff\u00ad\u00a0\n\r\t\x00\x0b\u2028\u0301İßﬁ😀𝟛\U000e0041ǅΐ"
DAYS = (PUBLISHED, date(2025, 3, 30), date(1953, 7, 27), date(2024, 2, 29), None)
ZONES = ("UTC", "Europe/Kyiv", "Pacific/Kiritimati", "America/New_York")


@cache
def corpus() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*.txt"))]


def mangled(rng: random.Random) -> str:
    text = rng.choice(corpus())
    at = rng.randrange(len(text))
    text = text[at : at + rng.randrange(50, 2_500)]
    for _ in range(rng.choice((0, 1, 3, 10, 40))):
        at = rng.randrange(len(text) + 1)
        end = min(len(text), at + rng.randrange(1, 60))
        some = " ".join(rng.choice(SPRINKLED) for _ in range(rng.randrange(1, 9)))
        put = rng.choice(
            ("", f" {some} ", rng.choice(SIGNS), text[at:end] * 3, text[at:end].swapcase(),
             text[at:end][::-1], str(rng.choice((0, 31, 2025, 10**9, 10**30))))
        )  # fmt: skip
        text = text[:at] + put + text[rng.choice((at, end)) :]
    return text


def lies_in(passages: Iterable[Passage], text: str) -> None:
    last = 0
    for start, end in passages:
        assert last <= start < end <= len(text)
        last = end


def is_lawful(done: Reading) -> None:
    text, told = done.article.text, done.statements
    for number, one in enumerate(told):
        found = one.attribution
        assert found.content
        assert found.cue
        for passages in (found.content, found.cue, found.source, one.stance.conditions,
                         one.circumstances.when, one.circumstances.where,
                         *(link.spans for link in one.chain)):  # fmt: skip
            lies_in(passages, text)
        assert one.chain[0].speaker.kind == "outlet"
        assert one.chain[-1].speaker == one.speaker
        assert one.hearsay == len(one.chain) - 2
        assert one.stance.value in table.STANCES
        assert one.stance.party_value in (None, *table.STANCES)
        assert one.mode in table.MODES
        assert one.speaker.kind in table.KINDS
        assert one.speaker.standing in table.STANDINGS
        began, ended = one.circumstances.said_from, one.circumstances.said_to
        assert began is None or ended is None or began < ended
        for later in told[number + 1 :]:
            # Two hedges in one sentence hold each other; of others the outer one comes first.
            outer = later.attribution
            assert not found.within(outer) or outer.within(found)
    for term in done.terms:
        lies_in(term.passages, text)


def through_to_the_end(done: Reading, tz: str) -> None:
    rows = rows_of(done)
    pa.RecordBatch.from_pylist(rows, table.SCHEMA).validate(full=True)
    assert len({one["statement_id"] for one in rows}) == len(rows)
    for one in rows:
        back = from_line(as_line(one))
        assert [back[key] for key in ("said_from", "said_to", "published", "spans")] == [
            one[key] for key in ("said_from", "said_to", "published", "spans")
        ]
    ids = [one["statement_id"] for one in rows]
    write_reports(claims_of(done.article, done.statements, ids=ids, timezone=tz))
    tomllib.loads(draft([(done.article, done.statements, done.terms)]).toml())


@pytest.mark.parametrize("part", range(5))
def test_no_text_breaks_it(part: int) -> None:
    for seed in range(part * RUNS // 5, (part + 1) * RUNS // 5):
        rng = random.Random(seed)  # noqa: S311 - texts, not secrets
        text, day, tz = mangled(rng), rng.choice(DAYS), rng.choice(ZONES)
        done = read(text, day, tz)
        is_lawful(done)
        through_to_the_end(done, tz)
        assert read(text, day, tz) == done, "the same text twice"


EDGES = (date(1, 1, 2), date(1, 1, 9), date(9999, 12, 24), date(9999, 12, 30))
SAYING_WHEN = (
    "Moldovan President Ana Rusu rejected the ceasefire on Monday. Latvia said yesterday that "
    "Moldova would break the ceasefire next week. “We accept the ceasefire,” Latvian President "
    "Eva Kalns said on 31 December. Chisinau reported 17 violations last month, and said on "
    "Tuesday that the truce would last from Friday until the next day. Latvian officials "
    "proposed a 30-day ceasefire from tomorrow, two days ago."
)


@pytest.mark.parametrize(
    ("published", "tz"),
    [
        *((day, tz) for day in EDGES for tz in ZONES),
        *((day, tz) for day in (date.min, date.max) for tz in ZONES),
    ],
)
def test_days_at_the_ends_of_the_calendar(published: date, tz: str) -> None:
    done = read(SAYING_WHEN, published, tz)
    assert done.statements
    is_lawful(done)
    through_to_the_end(done, tz)


# Two parties of equal form; letters and ids differ, everything else must be exchanged.
SIDES = (
    ("Moldova", "Moldovan", "Moldovans", "Chisinau", "moldova", "Europe/Chisinau"),
    ("Latvia", "Latvian", "Latvians", "Riga", "latvia", "Europe/Riga"),
)
SENTENCES = (
    "{0}n President Ana Rusu said {1} broke the 10-day ceasefire.",
    "{0} rejected the ceasefire proposed by {1}, Interfax reported.",
    "The {0}n foreign minister, Jana Berg, told Reuters that {3} would accept it only if {1} did.",
    "{2} has reportedly agreed to the ceasefire.",
    "“We never fired,” {0}n Defence Ministry spokesman Jon Ek said on 2 May in {2}.",
    "{2} reported 17 violations of the ceasefire by {1}n forces on 1 May.",
    "According to {1}n officials, {0}ns shelled the town of Balti on 2 May at 10:00.",
    "The ceasefire was accepted on 1 May by the {0}n delegation.",
    "{1} reacted negatively to the {0}n proposal for a 30-day truce.",
    "An adviser to the {0}n president said {2} wants monitors from {1}.",
    "He added that {3} was not interested in a short truce.",
)
UNLIKE = ("spans", "statement_id", "event_id", "citation")


def exchanged(text: str) -> str:
    there = dict(zip(*SIDES, strict=True)) | dict(zip(*SIDES[::-1], strict=True))
    every = "|".join(sorted(map(re.escape, there), key=len, reverse=True))
    return re.sub(rf"(?<!\w)(?:{every})(?!\w)", lambda m: there[m[0]], text)


def without(value: Any) -> Any:
    """Return a value without offsets, and without ids that are made of them."""
    if isinstance(value, dict):
        return {key: without(one) for key, one in value.items() if key not in UNLIKE}
    return [without(one) for one in value] if isinstance(value, list) else value


def everything(text: str) -> str:
    done = read(text)
    claims = claims_of(done.article, done.statements)
    terms = [[one.field, one.value] for one in done.terms]
    return json.dumps(without([rows_of(done), claims, terms]), default=str, ensure_ascii=False)


def sides(sentence: str, a: Sequence[str], b: Sequence[str]) -> str:
    return sentence.format(a[0], b[0], a[3], b[3])


def test_names_exchanged_exchange_the_rows() -> None:
    a, b = SIDES
    for seed in range(60):
        rng = random.Random(seed)  # noqa: S311 - texts, not secrets
        chosen = [(rng.choice(SENTENCES), rng.random() < 0.5) for _ in range(rng.randrange(1, 9))]
        text = "\n".join(sides(one, *((a, b) if first else (b, a))) for one, first in chosen)
        assert exchanged(exchanged(text)) == text
        assert everything(exchanged(text)) == exchanged(everything(text)), text
