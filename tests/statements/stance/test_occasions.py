"""When, where and at what something was said."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.statements.attribution import Attribution
from holdfire.statements.stance import circumstances
from holdfire.statements.stance.occasions import NOT_AFTER, UNDATED
from tests.statements.stance.marked import marked

PUBLISHED = date(2025, 3, 13)  # a Thursday

SAID = [
    ("[Putin|russia] {said} on Tuesday <that talks went on>.", "2025-03-11", "2025-03-11"),
    ("[Putin|russia] {said} on Thursday <that talks went on>.", "2025-03-13", "2025-03-13"),
    ("On Tuesday, [Putin|russia] {said} <that talks went on>.", "2025-03-11", "2025-03-11"),
    ("[Putin|russia] on Tuesday {said} <that talks went on>.", "2025-03-11", "2025-03-11"),
    ("“<Talks go on>,” [he] {said} late on Wednesday.", "2025-03-12", "2025-03-12"),
    ("<Talks go on>, [the agency] {reported} on 13 March.", "2025-03-13", "2025-03-13"),
    ("<The proposal> {was accepted} on 11 March {+by} [the team].", "2025-03-11", "2025-03-11"),
    ("[He] {wrote} on March 11 <that talks went on>.", "2025-03-11", "2025-03-11"),
    ("[He] {wrote} on March 11, 2025 <that talks went on>.", "2025-03-11", "2025-03-11"),
    ("[He] {wrote} on 11 March 2024 <that talks went on>.", "2024-03-11", "2024-03-11"),
    ("[He] {said} yesterday <that talks went on>.", "2025-03-12", "2025-03-12"),
    ("[He] {said} two days ago <that talks went on>.", "2025-03-11", "2025-03-11"),
    ("[He] {said} earlier this week <that talks went on>.", "2025-03-10", "2025-03-13"),
    ("[He] {said} last week <that talks went on>.", "2025-03-03", "2025-03-09"),
    ("[He] {said} last month <that talks went on>.", "2025-02-01", "2025-02-28"),
    ("[They] {agreed} in 2003 <that the guns be silent>.", "2003-01-01", "2003-12-31"),
    ("[He] {said} in November <that talks went on>.", "2024-11-01", "2024-11-30"),
    ("[He] {said} on Monday <that the truce would begin on 18 March>.", "2025-03-10", "2025-03-10"),
    ("It was broken on 10 March. On the same day [he] {said} <so>.", "2025-03-10", "2025-03-10"),
]


def told(text: str, published: date | None = PUBLISHED) -> tuple[str, str]:
    one = marked(text)
    found = circumstances(one.article(published), one.attributions[0])
    first = found.said_from.date().isoformat() if found.said_from else ""
    last = (
        datetime.fromtimestamp(found.said_to.timestamp() - 1, UTC).date().isoformat()
        if found.said_to
        else ""
    )
    return first, last


@pytest.mark.parametrize(("text", "first", "last"), SAID)
def test_the_day_of_the_saying(text: str, first: str, last: str) -> None:
    assert told(text) == (first, last)


NOT_THE_SAYING = [
    "[He] {said} <that the truce would begin on 18 March>.",
    "[Ushakov|russia], who took part in the talks on 18 February, {claimed} <that talks went on>.",
    "[Ushakov|russia] {claimed} <that talks went on>, Interfax reported on 13 March.",
    "[He] {said}, after Tuesday's attack, <that talks went on>.",
    "[He] {asked} <for talks> by Friday.",
    "The agency reported on 12 March that [he] {said} <talks went on>.",
    "[He] {announced} <a truce from 8 May>.",
]


@pytest.mark.parametrize("text", NOT_THE_SAYING)
def test_a_date_that_tells_of_something_else(text: str) -> None:
    assert told(text) == ("", "2025-03-13")
    one = marked(text)
    assert circumstances(one.article(PUBLISHED), one.attributions[0]).precision == NOT_AFTER


def test_the_dateline_is_the_day_that_weekdays_are_counted_from() -> None:
    text = "JEDDAH, March 11 - [Kyiv|ukraine] {agreed} on Tuesday to <a plan>."
    assert told(text, date(2025, 3, 12)) == ("2025-03-11", "2025-03-11")


def test_without_a_day_of_publication_a_weekday_stays_open_and_it_is_said() -> None:
    one = marked("[He] {said} on Tuesday <that talks went on>.")
    found = circumstances(one.article(None), one.attributions[0])
    assert (found.said_from, found.said_to) == (None, None)
    assert found.precision == f"Tuesday; {UNDATED}"
    assert told("[He] {said} on 11 March 2025 <so>.", None) == ("2025-03-11", "2025-03-11")


def test_the_whole_local_day_as_instants() -> None:
    one = marked("[He] {said} on Tuesday <that talks went on>.")
    found = circumstances(one.article(), one.attributions[0], ZoneInfo("Europe/Kyiv"))
    assert found.said_from == datetime(2025, 3, 10, 22, tzinfo=UTC)
    assert found.said_to == datetime(2025, 3, 11, 22, tzinfo=UTC)
    assert [one.text[a:b] for a, b in found.when] == ["Tuesday"]


OCCASIONS = [
    (
        "<The plan> {was accepted} {+by} [the team] during talks in Jeddah, Saudi Arabia.",
        "Jeddah, Saudi Arabia", "talks",
    ),
    ("[He] {said} at a briefing in Moscow <that talks went on>.", "Moscow", "a briefing"),
    ("[He] {said} in an interview <that talks went on>.", "", "an interview"),
    ("In Baku, [Aliyev|azerbaijan] {praised} <it>.", "Baku", ""),
    ("[He] {wrote} on Telegram <that talks went on>.", "", "Telegram"),
    ("[He] {said} on Tuesday <that troops stood in Kharkiv>.", "", ""),
    (
        "<The plan> {was accepted} {+by} [the team] during negotiations between the American and "
        "Ukrainian delegations in Saudi Arabia.",
        "Saudi Arabia", "negotiations between the American and Ukrainian delegations",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "place", "occasion"), OCCASIONS)
def test_where_and_at_what(text: str, place: str, occasion: str) -> None:
    one = marked(text)
    found = circumstances(one.article(), one.attributions[0])
    assert (found.place, found.occasion) == (place, occasion)
    assert [one.text[a:b] for a, b in found.where] == ([place] if place else [])


WORDS = [
    "on Tuesday", "31 February", "99 March 2025", "in 2003", "next Friday", "said", "who", "\n\n",
    "11 March 9999", "May", "that", ".", "1000 years ago", "0 March", "two weeks ago", "in Kyiv",
]  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=20), st.data())
def test_never_later_than_the_day_of_publication(words: list[str], data: st.DataObject) -> None:
    one = marked("[He] {said} <so>.")
    one.text = "He said " + " ".join(words)
    place = st.integers(0, len(one.text))
    spans = [tuple(sorted((data.draw(place), data.draw(place)))) for _ in range(2)]
    attribution = Attribution((spans[0],), (spans[1],), (), "act")  # type: ignore[arg-type]
    found = circumstances(one.article(), attribution)
    assert found.said_to is not None
    assert found.said_to <= datetime(2025, 3, 14, tzinfo=UTC)
    assert found.said_from is None or found.said_from < found.said_to
