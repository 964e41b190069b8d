"""What "local time" means in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from holdfire.statements.draft.naming import Mention, Names
from holdfire.statements.draft.sentences import Sentence
from holdfire.statements.draft.when import city_zone, one_clock

OPENING = 300
"""Letters in which title and dateline stand."""


@dataclass(frozen=True)
class LocalTime:
    """What "local time" means: the time of the place told beside it, or of the parties' land."""

    names: Names
    mentions: list[Mention]
    parties: list[str]
    opening: str
    """The first lines of the text: title and dateline."""

    def __call__(self, sentence: Sentence) -> str:
        """Return the zone that local time means in a sentence, or nothing."""
        plain = _SIGNED_IN.sub("", one_clock(sentence.text))
        inside = {zone for zone in map(city_zone, _IN_CITY.findall(plain)) if zone}
        if len(inside) == 1:
            return inside.pop()
        here = _cities(plain)
        if here and all(_same_time(here[0], zone) for zone in here):
            return here[0]
        told_here = [one for one in self.mentions if sentence.start <= one.start < sentence.end]
        for one in told_here:
            if _HERE.search(sentence.text, 0, one.start - sentence.start):
                zone = self.names.time_zone(one.party)
                if zone is not None:
                    return zone
        zones = sorted({self.names.time_zone(party) or "" for party in self.parties})
        if zones and all(_same_time(zones[0], zone) for zone in zones):
            return zones[0]
        return next(iter([*_cities(self.opening), *self._named(told_here)]), "")

    def _named(self, mentions: list[Mention]) -> list[str]:
        """Return the zone of the land that a sentence names, where it is one only."""
        lands = {one.party for one in mentions if one.kind == "name"}
        zone = self.names.time_zone(lands.pop()) if len(lands) == 1 else None
        return [zone] if zone else []


def _cities(text: str) -> list[str]:
    found = (city_zone(word) for word in _CAPITALISED.findall(text))
    return [zone for zone in found if zone is not None]


_SIGNED_IN = re.compile(
    r"\b(?:signed|agreed|reached|brokered|talks|announced|said|posted|speaking|meeting"
    r"|negotiated) in [A-Z]\w+(?: [A-Z]\w+)?"
)
_IN_CITY = re.compile(r"\bin ([A-Z][a-z]{2,}(?:\s[A-Z][a-z]+)?)")
_HERE = re.compile(r"(?<!signed )(?<!agreed )(?<!reached )(?<!talks )\bin\s\Z")
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{2,}(?:\s[A-Z][a-z]+)?")


def _same_time(first: str, second: str) -> bool:
    """Whether two zones have the same time in winter and in summer."""
    if not first or not second:
        return False
    days = (datetime(2025, 1, 15), datetime(2025, 7, 15))  # noqa: DTZ001
    return all(ZoneInfo(first).utcoffset(day) == ZoneInfo(second).utcoffset(day) for day in days)
