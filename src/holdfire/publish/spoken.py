"""Statements about the ceasefire as the public may see them, and their timeline.

Named are those with a public role and bodies; a person without one is not, and the words of such
a person stay in the house, for they may name others. Allegations wait as long as incidents do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa

from holdfire.publish.figures import day
from holdfire.publish.safe import plain, web_address
from holdfire.tables import statement
from holdfire.tables.answer import Answer
from holdfire.tables.moment import zone

WORDS = 280
"""A quotation is no longer than this: enough to judge a stance, little of somebody's text."""
MOST_SHOWN = 400
HALF_A_DAY = timedelta(hours=12)
TELLINGS = 3
"""So many texts are quoted for one stance of one speaker on one day."""
NAMELESS = "a person without a public role"
WAITING = ("alleges-violation", "denies-violation")
MARKS = {
    "accepts": ("●", "accepts"),
    "accepts-on-conditions": ("◐", "accepts on conditions"),
    "rejects": ("○", "rejects"),
    "proposes": ("△", "proposes"),
    "alleges-violation": ("×", "alleges a violation"),
    "denies-violation": ("□", "denies a violation"),
    "unclear": ("·", "stance not clear"),
}
STANDINGS = {
    "decides": "can decide for the party",
    "speaks": "speaks for the party",
    "none": "own view, not a decision of the party",
}


def public(
    rows: pa.Table, cutoff: datetime, *, text: bool = False
) -> tuple[pa.Table, dict[str, int]]:
    """Return the rows that may be published, and how many were held back and why.

    ``text``: somebody has read the words and they may be published. Until then the words of
    allegations stay in the house, for they tell of places and victims.
    """
    kept: list[dict[str, Any]] = []
    every = rows.to_pylist()
    names = _private_names(every)
    held = {WAIT: 0, PRIVATE: 0, ALLEGED: 0}
    for row in every:
        if row["stance"] == "not-about-it":
            continue
        alleged = row["stance"] in WAITING
        if alleged and row["published"] is not None and row["published"] >= cutoff.date():
            held[WAIT] += 1
            continue
        if not row["public"]:
            held[PRIVATE] += 1
            row |= dict.fromkeys(("speaker", "role", *TEXTS))
        elif alleged and not text:
            held[ALLEGED] += 1
            row |= dict.fromkeys(("said", "conditions", "place", "occasion"))
        row["chain"] = [
            link if link["public"] else link | {"name": None, "role": None}
            for link in row["chain"] or []
        ]
        for name in (*TEXTS, "role", "about"):
            if row[name] is not None and names.search(row[name]):
                row[name] = None
        row["said"] = plain(row["said"], WORDS) or None
        kept.append(row)
    return pa.Table.from_pylist(kept, statement.SCHEMA), {k: n for k, n in held.items() if n}


TEXTS = ("said", "conditions", "place", "occasion", "title", "url")
WAIT, PRIVATE = "statements that wait", "statements of persons without a public role"
ALLEGED = "words of statements that allege or deny a violation"
_NOBODY = re.compile(r"(?!)")


def _private_names(rows: Iterable[dict[str, Any]]) -> re.Pattern[str]:
    """Return a pattern of the names of all persons without a public role, as words and addresses.

    Family names are looked for too: others may speak of somebody, and titles and addresses name
    whom a text is about.
    """
    names: set[str] = set()
    for row in rows:
        people = [(row["speaker_kind"], row["public"], row["speaker"])]
        people += [(link["kind"], link["public"], link["name"]) for link in row["chain"] or []]
        for kind, may, name in people:
            if kind == "person" and not may and name:
                names |= {name, name.split()[-1]}
    found = sorted((re.escape(name) for name in names if len(name) > 2), key=len, reverse=True)
    if not found:
        return _NOBODY
    spaced = "|".join(found).replace(r"\ ", r"[\s_+-]+")
    return re.compile(rf"(?<![^\W_])(?:{spaced})(?![^\W_])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Telling:
    """One text's words for what somebody said."""

    said: str
    through: str
    where: str
    outlet: str
    url: str | None
    conditions: str


@dataclass(frozen=True, slots=True)
class Said:
    """One speaker's stance on one day in words, and who tells of it."""

    id: str
    day: str
    mark: str
    stance: str
    who: str
    standing: str
    party: str
    tellings: tuple[Telling, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Lane:
    """One party's row of marks: percent from the left, how high (of several a day), the mark."""

    name: str
    marks: tuple[tuple[float, int, str, str, str, bool], ...]

    @property
    def depth(self) -> int:
        """Return how many marks stand above each other at most, less one."""
        return max(level for _, level, *_ in self.marks)


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the bulletin shows of statements."""

    lanes: tuple[Lane, ...]
    first: str
    last: str
    said: tuple[Said, ...]
    more: int
    unclear: int
    elsewhere: int
    legend: tuple[tuple[str, str], ...]
    disagreements: tuple[str, ...]


def timeline(rows: pa.Table, answer: Answer) -> Timeline | None:
    """Return the timeline of the public statements; ``None`` where there are none with a stance."""
    every = sorted(
        rows.to_pylist(),
        key=lambda row: (str(_day(row, answer) or "9999"), row["statement_id"]),
    )
    here = [row for row in every if row["about"] == answer.agreement]
    told = [row for row in here if row["stance"] != "unclear"]
    if not told:
        return None
    groups = _grouped(told, answer)
    first_rows = [group[0] for group in groups[:MOST_SHOWN]]
    days = [when for row in first_rows if (when := _day(row, answer)) is not None]
    used = {row["stance"] for row in told}
    return Timeline(
        _lanes(first_rows, days, answer),
        day(min(days)) if days else "",
        day(max(days)) if days else "",
        tuple(_said(group, answer) for group in groups[:MOST_SHOWN]),
        max(0, len(groups) - MOST_SHOWN),
        len(here) - len(told),
        len(every) - len(here),
        tuple(mark for stance, mark in MARKS.items() if stance in used),
        tuple(_disagreements(told, answer)),
    )


def _grouped(told: Iterable[dict[str, Any]], answer: Answer) -> list[list[dict[str, Any]]]:
    """Return the tellings of one speaker's stance on one day together, in order of time.

    Ten papers that print one sentence are one statement told ten times. Unnamed speakers are kept
    apart: two of them may be two people.
    """
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in told:
        name = row["speaker"] or (row["role"] if row["party"] else None)
        own = name or row["statement_id"]
        groups.setdefault(
            (own, row["party"], _day(row, answer), row["stance"], bool(row["party_stance"])), []
        ).append(row)
    return list(groups.values())


def said_day(begins: datetime | None, ends: datetime | None, tz: ZoneInfo) -> date | None:
    """Return the local day of a saying: that of its middle, or of its beginning if it is long.

    The middle of a day is in that day by the clocks of every neighbouring zone.
    """
    if begins is None:
        return None
    half = (ends - begins) / 2 if ends is not None else HALF_A_DAY
    return (begins + min(half, HALF_A_DAY)).astimezone(tz).date()


def _day(row: dict[str, Any], answer: Answer) -> date | None:
    """Return the day it was said where the text tells it, else the day it was published."""
    published: date | None = row["published"]
    return said_day(row["said_from"], row["said_to"], zone(answer.local_time)) or published


def _party(party: str | None, answer: Answer) -> str:
    if party is None:
        return ""
    return plain(answer.party_names.get(party, party.replace("-", " ").title()), 60)


def _lanes(told: list[dict[str, Any]], days: list[date], answer: Answer) -> tuple[Lane, ...]:
    if not days:
        return ()
    first, span = min(days), max((max(days) - min(days)).days, 1)
    marks: dict[str, list[tuple[float, int, str, str, str, bool]]] = {}
    crowd: dict[tuple[str, date], int] = {}
    for row in told:
        when = _day(row, answer)
        if when is None:
            continue
        lane = row["party"] or ""
        level = crowd[lane, when] = crowd.get((lane, when), -1) + 1
        sign, words = MARKS[row["stance"]]
        standing = _standing(row)
        label = f"{day(when)}: {_who(row)} {words}{f' ({standing})' if standing else ''}"
        at = round(2 + 96 * (when - first).days / span, 2)
        whole = not row["party"] or bool(row["party_stance"])
        marks.setdefault(lane, []).append((at, level, sign, label, row["statement_id"], whole))
    # In the agreement's own order, then by name: no party comes first by favour.
    own = list(answer.party_names)
    order = sorted(marks, key=lambda p: (p == "", p not in own, own.index(p) if p in own else 0, p))
    return tuple(Lane(_party(party, answer) or "others", tuple(marks[party])) for party in order)


def _who(row: dict[str, Any]) -> str:
    if not row["public"]:
        return NAMELESS
    name, role = plain(row["speaker"], 80), plain(row["role"], 80)
    if name and role:
        return f"{name} ({role})"
    return name or role or "somebody unnamed"


def _said(group: list[dict[str, Any]], answer: Answer) -> Said:
    row = group[0]
    sign, words = MARKS[row["stance"]]
    when = _day(row, answer)
    told = row["said_from"] is not None
    return Said(
        row["statement_id"],
        (day(when) if told else f"published {day(when)}") if when else "day not known",
        sign, words, _who(row), _standing(row), _party(row["party"], answer),
        tuple(_telling(one) for one in group[:TELLINGS]), max(0, len(group) - TELLINGS),
    )  # fmt: skip


def _telling(row: dict[str, Any]) -> Telling:
    place, occasion = plain(row["place"], 80), plain(row["occasion"], 80)
    where = occasion if place and place in occasion else ", ".join(filter(None, (occasion, place)))
    others = [plain(name, 60) for name in row["outlets"] or [] if name != row["outlet"]]
    carried = f" (also in {', '.join(others[:5])})" if others else ""
    return Telling(
        plain(row["said"], WORDS), _through(row), where,
        (plain(row["outlet"], 80) or "outlet not known") + carried,
        web_address(row["url"]), plain(row["conditions"], WORDS),
    )  # fmt: skip


def _standing(row: dict[str, Any]) -> str:
    """Say whether this is the party's word; what came through others without standing is not."""
    if not row["party"] or not row["standing"]:
        return ""
    if row["standing"] != "none" and not row["party_stance"]:
        return "as told by others, not the party's own word"
    return STANDINGS[row["standing"]]


def _through(row: dict[str, Any]) -> str:
    """Return the chain of sources between the outlet and the speaker, nearest first."""
    links = [
        plain(link["name"], 60) or ("somebody unnamed" if link["public"] else NAMELESS)
        for link in (row["chain"] or [])[1:-1]
    ]
    if not links:
        return ""
    hands = "at second hand" if len(links) == 1 else f"at {len(links) + 1} hands"
    return f"{hands}, through {', then '.join(links)}"


def _disagreements(told: Iterable[dict[str, Any]], answer: Answer) -> Iterable[str]:
    """Say where two who speak for one party took opposite stances on one day; it is not resolved.

    Aides and what others say of a party are no voice of it.
    """
    sides: dict[tuple[str, date], dict[str, set[str]]] = {}
    for row in told:
        when = _day(row, answer)
        kind = {"accepts": "for", "accepts-on-conditions": "for", "rejects": "against"}.get(
            row["stance"]
        )
        if row["party"] and when and kind and row["party_stance"]:
            found = sides.setdefault((row["party"], when), {"for": set(), "against": set()})
            found[kind].add(plain(row["speaker"], 80) or _who(row))
    for (party, when), found in sorted(sides.items(), key=lambda item: (item[0][1], item[0][0])):
        if len(found["for"] | found["against"]) > 1 and found["for"] and found["against"]:
            yield (
                f"{_party(party, answer)}, {day(when)}: {', '.join(sorted(found['for']))} for it; "
                f"{', '.join(sorted(found['against']))} against it. Both stand."
            )
