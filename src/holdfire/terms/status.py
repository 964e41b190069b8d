"""What has become of an agreement, derived from its facts. Never typed by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from holdfire.tables.moment import zone
from holdfire.terms.agreement import Agreement, Fact
from holdfire.terms.windows import Effect, bound

Status = Literal["drafted", "proposed", "declared", "never in effect", "in effect", "ended"]


@dataclass(frozen=True, slots=True)
class Standing:
    """The status and the sentence that says what it rests on."""

    status: Status
    sentence: str
    counterfactual: bool


def on_day(fact: Fact | None, agreement: Agreement) -> str:
    """Return "on 11 March 2025", or nothing where the fact has no date."""
    if fact is None or fact.on is None:
        return ""
    value = fact.on
    if isinstance(value, str):
        tz = zone(fact.zone or agreement.agreement.local_time)
        value = bound(value, tz.key).earliest.astimezone(tz)
    return f"on {spoken(value)}"


def spoken(value: date | datetime) -> str:
    """Return a day as people say it: 11 March 2025."""
    return f"{value.day} {value:%B %Y}"


def standing(agreement: Agreement) -> Standing:
    """Return the status that an agreement's facts amount to, with a sentence.

    An end that lies in the past of the data is the measuring stage's to notice: an
    agreement with a start is "in effect" from it until its end, and both are printed.
    """
    parts: list[str] = []
    if agreement.proposed:
        by = f" by {agreement.proposed.by}" if agreement.proposed.by else ""
        parts.append(f"proposed {on_day(agreement.proposed, agreement)}{by}".replace("  ", " "))
    names = {party.id: party.name for party in agreement.parties}
    accepted = [fact.party for fact in agreement.accepted]
    for fact in agreement.accepted:
        terms = f" ({fact.conditions})" if fact.conditions else ""
        parts.append(f"accepted by {names[fact.party]} {on_day(fact, agreement)}{terms}".strip())
    for fact in agreement.declined:
        parts.append(f"declined by {names[fact.party]} {on_day(fact, agreement)}".strip())
    declined = {fact.party for fact in agreement.declined}
    missing = [name for key, name in names.items() if key not in accepted and key not in declined]
    if missing and agreement.in_effect is None:
        parts.append(f"no acceptance by {' or '.join(missing)} is recorded")
    for declared in agreement.declared:
        who = f" by {declared.by}" if declared.by else ""
        parts.append(f"declared{who} {on_day(declared, agreement)}".strip())
    if agreement.in_effect is not None or any(reading.in_effect for reading in agreement.readings):
        ends = agreement.ends is not None or any(reading.ends for reading in agreement.readings)
        return Standing("ended" if ends else "in effect", _sentence(parts, "took effect"), False)
    status: Status = "drafted"
    if agreement.declared:
        status = "declared"
    elif agreement.proposed:
        status = "never in effect" if agreement.would_have_counted else "proposed"
    return Standing(status, _sentence(parts, "never took effect"), True)


def _sentence(parts: list[str], last: str) -> str:
    text = "; ".join([*parts, last])
    return text[0].upper() + text[1:] + "."


def last_day(effect: Effect) -> datetime | None:
    """Return the last instant of an effect that has an end."""
    return None if effect.ends is None else effect.ends.latest - timedelta(microseconds=1)
