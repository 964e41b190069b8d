"""When a drafted agreement starts and ends, and its readings where texts differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from holdfire.statements.draft.allowed import extensions
from holdfire.statements.draft.gathering import Ceasefire, Quote
from holdfire.statements.draft.naming import Names
from holdfire.statements.draft.sentences import sentences, told

if TYPE_CHECKING:
    from holdfire.statements.draft.drafting import Draft

_UNITS = ("minute", "hour", "day", "week")
"""The units that ``ends.after`` knows; a month is no fixed number of days."""

MOST_READINGS = 8


class _Told:
    """The values of one field, who tells each, and where."""

    def __init__(self, chosen: Ceasefire, field: str) -> None:
        self.quotes: dict[str, list[Quote]] = {}
        self.by: dict[str, dict[str, None]] = {}
        self.speakers: dict[str, set[str]] = {}
        for source in chosen.sources:
            for term in source.terms:
                if term.field == field:
                    self.quotes.setdefault(term.value, []).extend(source.quotes(term.passages))
                    names = self.by.setdefault(term.value, {})
                    names |= dict.fromkeys((source.who, *term.according_to))
                    self.speakers.setdefault(term.value, set()).update(term.according_to)
        for value in list(self.quotes):
            finer = [v for v in self.quotes if v != value and v.startswith(value)]
            if len(finer) == 1:
                self._merge(value, finer[0])

    def _merge(self, value: str, into: str) -> None:
        """A day and an hour of that day are one value, told more and less exactly."""
        self.quotes[into] += self.quotes.pop(value)
        self.by[into] |= self.by.pop(value)
        self.speakers[into] |= self.speakers.pop(value)

    @property
    def values(self) -> list[str]:
        return sorted(self.quotes, key=lambda value: (-len(self.by[value]), value))

    def who(self, value: str) -> list[str]:
        return list(self.by[value])


def when(
    made: Draft, chosen: Ceasefire, ids: Mapping[str, str], names: Names, parties: Sequence[str]
) -> None:
    """Add ``in_effect`` and ``ends``, or readings where the texts do not agree."""
    starts, ends, lengths = (_Told(chosen, field) for field in ("starts", "ends", "duration"))
    usable = [value for value in lengths.values if value.split(" ")[1].removesuffix("s") in _UNITS]
    for value in lengths.values:
        if value not in usable:
            made.ask(
                "ends",
                f"{value}: how many days is that, or which is the last day?",
                lengths.quotes[value],
            )
    begun = _begun(made, starts)
    if not begun:
        made.ask(
            "in_effect",
            "when did it take effect? No text tells a day; for a proposal that never did, say from "
            "when it would have counted: [would_have_counted]",
        )
    ended = _ended(made, ends, lengths, usable)
    if not ended and not lengths.values:
        made.ask("ends", "when does it end? No text tells; without an end it stays open")
    _longer(made, chosen)
    if len(begun) > 1 or len(ended) > 1:
        _readings(made, begun, ended, _holders(chosen, parties))
    elif begun and ended and not _after(begun[0], ended[0]):
        made.ask("ends", "the end that is told comes before the start: which is wrong?")
        del made.agreement["ends"]


def _longer(made: Draft, chosen: Ceasefire) -> None:
    """Ask about every passage that says that it may be extended."""
    for source in chosen.sources:
        for one in told(sentences(source.article.text)):
            for start, end in extensions(one):
                words = " ".join(one.text[start:end].split())
                quotes = source.quotes([(one.start + start, one.start + end)])
                made.ask("ends", f'may it go on longer? "{words}"', quotes)


def _begun(made: Draft, starts: _Told) -> list[dict[str, Any]]:
    begun = [
        {"from": _moment(value), **_zone(value), "according_to": starts.who(value)}
        for value in starts.values
    ]
    if len(begun) == 1:
        made.agreement["in_effect"] = begun[0]
        made.rest("in_effect.from", starts.quotes[starts.values[0]])
    for value in starts.values[: MOST_READINGS if len(begun) > 1 else 0]:
        made.rest(f"readings.from-{_id(value)}", starts.quotes[value])
    return begun


def _ended(made: Draft, ends: _Told, lengths: _Told, usable: Sequence[str]) -> list[dict[str, Any]]:
    ended: list[dict[str, Any]] = [
        {"at": _moment(value), **_zone(value), "according_to": ends.who(value)}
        for value in ends.values
    ]
    quotes = {_key(end): ends.quotes[value] for end, value in zip(ended, ends.values, strict=True)}
    if not ended:
        ended = [{"after": value, "according_to": lengths.who(value)} for value in usable]
        quotes = {_key(end): lengths.quotes[end["after"]] for end in ended}
    elif usable:
        told = ", ".join(usable)
        made.ask(
            "ends", f"a length is told too ({told}): does it agree with the end?",
            [quote for value in usable for quote in lengths.quotes[value]],
        )  # fmt: skip
    if len(ended) == 1:
        made.agreement["ends"] = ended[0]
        name = "ends.at" if "at" in ended[0] else "ends.after"
        made.rest(name, quotes[_key(ended[0])])
    else:
        for end in ended[:MOST_READINGS]:
            made.rest(f"readings.{_key(end)}", quotes[_key(end)])
    return ended


def _readings(
    made: Draft,
    begun: list[dict[str, Any]],
    ended: list[dict[str, Any]],
    holders: Mapping[str, str],
) -> None:
    """Keep what is told differently side by side, each with who says so."""
    rows: list[dict[str, Any]] = []
    for start in begun if len(begun) > 1 else [None]:
        for end in ended if len(ended) > 1 else [None]:
            if not _after(
                start or made.agreement.get("in_effect"), end or made.agreement.get("ends")
            ):
                continue
            ids = ([f"from-{_id(_text(start['from']))}"] if start else []) + (
                [_key(end)] if end else []
            )
            told = [*(start or {}).get("according_to", ()), *(end or {}).get("according_to", ())]
            row: dict[str, Any] = {
                "id": "-".join(ids)[:64].strip("-"),
                "title": ", ".join(one.replace("-", " ", 1) for one in ids),
                "held_by": sorted({holders[name] for name in told if name in holders}),
            }
            if start:
                row["in_effect"] = start
            if end:
                row["ends"] = end
            rows.append(row)
    kept = rows[:MOST_READINGS]
    if not kept:
        made.ask("readings", "every end that is told comes before every start: which are wrong?")
        made.agreement.pop("ends", None)
        return
    if not all(_after(row.get("in_effect"), made.agreement.get("ends")) for row in kept):
        del made.agreement["ends"]
    made.agreement["readings"] = kept
    questions = [name for name in made.passages if name.startswith("readings.")]
    made.ask(
        "readings",
        f"the texts do not agree: {len(rows)} readings, {len(kept)} of them kept side by side. "
        "Who holds which?",
        [quote for name in questions for quote in made.passages[name]],
    )


def _after(start: dict[str, Any] | None, end: dict[str, Any] | None) -> bool:
    """Whether an end can belong to a start: it comes after it, or is a length."""
    if not start or not end or "at" not in end:
        return True
    return _text(start["from"])[:10] < _text(end["at"])[:10] or (
        _text(start["from"])[:10] == _text(end["at"])[:10]
        and _text(start["from"]) < _text(end["at"])
    )


def _holders(chosen: Ceasefire, parties: Sequence[str]) -> dict[str, str]:
    """Return the party of every speaker of a party, by name."""
    return {
        one.speaker.name: one.speaker.party
        for source in chosen.sources
        for one in source.statements
        if one.speaker.name and one.speaker.party in parties and one.speaker.party
    }


def _moment(value: str) -> date | datetime:
    told = value.split(" ")[0]
    return datetime.fromisoformat(told) if "T" in told else date.fromisoformat(told)


def _zone(value: str) -> dict[str, str]:
    zone = value.partition(" ")[2]
    return {"zone": zone} if zone else {}


def _text(value: date | datetime) -> str:
    return value.isoformat()


def _id(value: str) -> str:
    day, _, clock = value.split(" ")[0].partition("T")
    return f"{day}-{clock[:5].replace(':', '')}" if clock else day


def _key(end: dict[str, Any]) -> str:
    if "at" in end:
        return f"until-{_id(_text(end['at']))}"
    return f"for-{end['after'].replace(' ', '-')}"
