"""The agreement language: what was agreed, as terms a program can test.

These models are the language's definition. The JSON Schema that editors use is made from
them (``holdfire schema``), so the two cannot drift apart. Nothing here says whether an
agreement is in effect: that follows from its facts (see :mod:`holdfire.terms.status`).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=64)]
"""An id: lower-case letters, digits and hyphens."""

Ref = str
"""The id of something else. Its form is not asked for here: one that is not known is told
with those that are (:mod:`holdfire.terms.checking`)."""


def _no_number(value: object) -> object:
    # Else a bare year would be read as so many seconds after 1970.
    if isinstance(value, datetime | date | str):
        return value
    raise PydanticCustomError("when", "expected a date, a time with its date, or either as text")


When = Annotated[datetime | date | str, BeforeValidator(_no_number)]
"""A date (known to the day), a local time, or a time with an offset; TOML's own or a string."""

Areas = str | Annotated[tuple[str, ...], Field(min_length=1)]
"""One area by its name, or several together."""

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Table(BaseModel):
    """Any table of the language: a key that is not known is an error, not a surprise."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Text(Table):
    """A text the agreement comes from."""

    id: Name
    citation: str = Field(description="author, title, publisher, date: enough to find it again")
    url: str = ""
    published: date | None = None


class Party(Table):
    """Who signed or is bound; names in several languages, and what sources call it."""

    id: Name
    names: dict[str, str] = Field(description="name by language code", min_length=1)
    aliases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The English name, or the first one given."""
        return self.names.get("en", next(iter(self.names.values())))


class Outsider(Table):
    """An actor that is known and bound by nothing here."""

    name: str
    aliases: tuple[str, ...] = ()


class Fact(Table):
    """Something that happened to the agreement: by whom, when, where, according to whom."""

    on: When | None = None
    zone: str | None = Field(default=None, description="time zone, if not the agreement's own")
    by: str = ""
    where: str = ""
    according_to: tuple[str, ...] = ()
    text: Ref | None = None
    note: str = ""


class PartyFact(Fact):
    """A fact about one party: it accepted, or declined."""

    party: Ref
    conditions: str = ""


class Start(Table):
    """When it takes effect. A date alone leaves the hour unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    at: When = Field(alias="from")
    zone: str | None = None
    according_to: tuple[str, ...] = ()


class End(Table):
    """When it ends: at a time, or after a duration ("30 days" by the calendar, "720 hours")."""

    at: When | None = None
    after: str | None = Field(default=None, pattern=r"^\d+ (minute|hour|day|week)s?$")
    zone: str | None = None
    according_to: tuple[str, ...] = ()


class Reading(Table):
    """One way to read the agreement, or a clause of it, and who holds it."""

    id: Name
    title: str
    held_by: tuple[str, ...] = ()
    wording: str = ""
    in_effect: Start | None = None
    would_have_counted: Start | None = None
    ends: End | None = None


class Hours(Table):
    """Hours that recur, by the local clock; past midnight where ``to`` is not after ``from``."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    begins: str = Field(alias="from", pattern=r"^([01]\d|2[0-3]):[0-5]\d$")
    ends: str = Field(alias="to", pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")
    days: tuple[Weekday, ...] = ()
    zone: str | None = None


class Window(Table):
    """A span in which a clause applies, where it differs from the agreement's own."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    begins: When = Field(alias="from")
    ends: When | None = Field(default=None, alias="to")
    zone: str | None = None


class Buffer(Table):
    """Everything within so many metres of an area, a line or sites."""

    around: Areas
    metres: float = Field(gt=0, le=5_000_000, strict=True)


class LineOfContact(Table):
    """Everything within so many kilometres of that day's line of contact.

    ``side`` is ``both`` or the id of the party that holds it. ``theatre`` names the land in
    which the line runs: it tells the line of contact from coast and state border. Where the
    area so named includes territorial waters, ``sea`` names what to take off.
    """

    within_km: float = Field(gt=0, le=2_000, strict=True)
    side: str = "both"
    theatre: str | None = None
    sea: str | None = Field(default=None, description="area taken off the theatre: open water")
    beyond_km: float = Field(
        default=0, ge=0, strict=True, description="and farther than this: a band"
    )


class ZoneTable(Table):
    """A zone: exactly one of its keys."""

    area: Areas | None = None
    buffer: Buffer | None = None
    line_of_contact: LineOfContact | None = None
    any_of: tuple[Zone, ...] | None = Field(default=None, min_length=1)
    all_of: tuple[Zone, ...] | None = Field(default=None, min_length=1)
    outside: Zone | None = None


Zone = str | ZoneTable
"""``"anywhere"``, the name of a zone or an area, or a zone described in place."""

ZoneTable.model_rebuild()


class Permit(Table):
    """What a clause allows all the same. Every condition given must hold.

    A report seldom says that fire was returned. ``when_unsaid`` says what silence means:
    ``unknown`` (nothing is claimed), or ``no``, an assumption that the bulletin prints.
    """

    wording: str
    text: Ref | None = None
    acts: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    by: tuple[Ref, ...] = ()
    zone: Zone | None = None
    hours: tuple[Hours, ...] = ()
    circumstances: tuple[str, ...] = ()
    when_unsaid: Literal["unknown", "no"] = "unknown"


class ClauseReading(Table):
    """How some parties read one clause: only what differs from the clause itself."""

    id: Name
    title: str
    held_by: tuple[str, ...] = ()
    wording: str = ""
    acts: tuple[str, ...] | None = None
    targets: tuple[str, ...] | None = None
    weapons: tuple[str, ...] | None = None
    binds: tuple[Ref, ...] | None = None
    zone: Zone | None = None
    windows: tuple[Window, ...] | None = None
    hours: tuple[Hours, ...] | None = None
    permits: tuple[Permit, ...] | None = None


class Clause(Table):
    """One prohibition."""

    id: Name
    title: str
    wording: str = Field(description="the original words that it renders")
    text: Ref | None = None
    acts: tuple[str, ...] = Field(min_length=1)
    targets: tuple[str, ...] = ()
    weapons: tuple[str, ...] = ()
    binds: tuple[Ref, ...] = Field(default=(), description="parties; all of them if empty")
    zone: Zone = "anywhere"
    windows: tuple[Window, ...] = ()
    hours: tuple[Hours, ...] = ()
    permits: tuple[Permit, ...] = ()
    readings: tuple[ClauseReading, ...] = ()
    note: str = ""


class Heading(Table):
    """What the agreement is."""

    id: Name
    title: str
    titles: dict[str, str] = Field(default_factory=dict)
    conflict: str
    local_time: str = Field(description="IANA time zone of times that name none")
    note: str = ""


class Drafted(Table):
    """That this agreement was drafted by a program from texts, and who has checked it since.

    Without ``confirmed_by`` nothing is run with it (:mod:`holdfire.terms.drafted`).
    """

    confirmed_by: str = Field(
        default="", description="the person who read every field against its passages"
    )
    confirmed_on: date | None = None
    open: tuple[str, ...] = Field(default=(), description="questions that the texts leave open")
    passages: dict[str, tuple[str, ...]] = Field(
        default_factory=dict, description="by field: file:start-end in characters, end exclusive"
    )


class Agreement(Table):
    """A ceasefire agreement or proposal, whole."""

    agreement: Heading
    texts: tuple[Text, ...] = Field(min_length=1)
    parties: tuple[Party, ...] = Field(min_length=1)
    outsiders: tuple[Outsider, ...] = ()
    proposed: Fact | None = None
    accepted: tuple[PartyFact, ...] = ()
    declined: tuple[PartyFact, ...] = ()
    declared: tuple[Fact, ...] = ()
    in_effect: Start | None = None
    would_have_counted: Start | None = Field(
        default=None, description="for a proposal that never took effect: assess it from here"
    )
    ends: End | None = None
    readings: tuple[Reading, ...] = ()
    zones: dict[str, Zone] = Field(default_factory=dict)
    clauses: tuple[Clause, ...] = Field(min_length=1)
    draft: Drafted | None = Field(
        default=None, description="for one drafted by a program: what a person has to confirm"
    )
