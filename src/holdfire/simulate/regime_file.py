"""A regime of one's own, read from a TOML file: a shipped one with what differs.

The shipped regime ``based_on`` gives everything that the file leaves out. Where the file has
``[[sources]]``, those are all the sources there are; each can be ``like`` a shipped one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError

from holdfire.errors import CaseError, Problem, did_you_mean, shown
from holdfire.simulate.ceasefire import Ceasefire, so_many
from holdfire.simulate.regime import Regime, Source, laid_down, regime, regimes
from holdfire.tables.report import NEUTRAL
from holdfire.terms.agreement import Name, Table
from holdfire.terms.loading import structural
from holdfire.terms.locate import Lines, tables
from holdfire.terms.vocabulary import shipped

Share = Annotated[float, Field(ge=0.0, le=1.0)]
Positive = Annotated[float, Field(gt=0.0, le=100_000.0)]
Spread = Annotated[float, Field(ge=0.0, le=5.0)]
Weight = Annotated[float, Field(ge=0.0, le=1_000_000.0)]
NEAR_ONE = 1e-6
FEW = 12
"""So many names can be listed in an error."""


class PlaceShares(Table):
    """How precisely places are told; the shares sum to one."""

    exact: Share
    town: Share
    district: Share


class TimeShares(Table):
    """How precisely times are told; the shares sum to one."""

    minute: Share
    day: Share
    days: Share


class SourceTable(Table):
    """One list of reports; what is left out is as with the shipped source that it is ``like``."""

    outlet: str = Field(min_length=1, max_length=100)
    like: str = "Field Monitors"
    side: str | None = None
    covers: Share | None = None
    place: PlaceShares | None = None
    time: TimeShares | None = None
    late: Share | None = None
    steps: Annotated[tuple[Share, ...], AfterValidator(so_many(4, "shares"))] | None = None
    wrong_act: Share | None = None
    tells_target: Share | None = None
    tells_weapon: Share | None = None
    names_actor: Share | None = None
    wrong_actor: Share | None = None
    tells_deaths: Share | None = None
    lag_h: Positive | None = None
    lag_shape: Annotated[float, Field(ge=0.05, le=100.0)] | None = None
    offset_km: Annotated[float, Field(ge=0.0, le=1_000.0)] | None = None
    repeats: Share | None = None
    bias: Annotated[float, Field(ge=0.01, le=100.0)] | None = None
    copies: str = ""
    copied: Share = 0.0
    copied_lag_h: Positive = 6.0
    credits: Share = 0.0


class RegimeFile(Table):
    """A regime file whole; the meaning of each key is in docs/simulate.md."""

    name: Name | None = None
    means: str | None = None
    based_on: str = "sparse"
    parties: Annotated[tuple[Name, ...], AfterValidator(so_many(2, "names"))] | None = None
    incidents_per_day: Positive | None = None
    first_day: Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 1, 1))] | None = None
    ground: Literal["area", "front"] | None = None
    length_km: Positive | None = None
    depth_km: Positive | None = None
    towns: Annotated[int, Field(ge=1, le=20_000)] | None = None
    town_spread: Spread | None = None
    weekly_spread: Spread | None = None
    in_town_km: Positive | None = None
    district_km: Positive | None = None
    mistaken: Share | None = None
    misplaced: Share | None = None
    slow: Share | None = None
    slow_days: Annotated[int, Field(ge=1, le=30)] | None = None
    acts: dict[str, Weight] | None = Field(default=None, min_length=1)
    ceasefire: Ceasefire | None = None
    sources: tuple[SourceTable, ...] | None = Field(default=None, min_length=1, max_length=20)


def read_regime(path: Path) -> Regime:
    """Return the regime of a file; raise ``CaseError`` with everything that is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text in UTF-8"
        raise CaseError(
            [Problem(str(path), f"this regime file cannot be read: {reason}")]
        ) from None
    raw = tables(text, path.name)
    if isinstance(raw, Problem):
        raise CaseError([raw])
    if isinstance(raw.get("ceasefire"), dict):
        raw = {**raw, "ceasefire": {**laid_down("regimes")["ceasefire"], **raw["ceasefire"]}}
    try:
        given = RegimeFile.model_validate(raw)
    except ValidationError as error:
        raise CaseError(structural(error, text, raw, path.name)) from None
    problems = list(_problems(given, Lines(text), path.name))
    if problems:
        raise CaseError(problems)
    return _regime(given, path.stem)


def with_ceasefire(world: Regime, given: Mapping[str, Any]) -> Regime:
    """Return a regime with what is ``given`` of a ceasefire, the rest as its own or as shipped."""
    usual = laid_down("regimes")["ceasefire"]
    own = usual if world.ceasefire is None else world.ceasefire.model_dump()
    return replace(world, ceasefire=Ceasefire.model_validate({**own, **given}))


def _of_ceasefire(
    asked: Ceasefire, parties: Collection[str], lines: Lines, file: str
) -> Iterator[Problem]:
    """Yield what a ceasefire names and its world does not have."""
    acts = shipped("acts")
    if asked.party and asked.party not in parties:
        yield _unknown("party", asked.party, parties, lines, ("ceasefire", "party"), file)
    for act in asked.acts:
        if act not in acts:
            yield _unknown("act", act, acts.nodes, lines, ("ceasefire", "acts"), file)
    for at, clause in enumerate(asked.clauses):
        for act in clause.acts:
            if act not in acts:
                path = ("ceasefire", "clauses", at, "acts")
                yield _unknown("act", act, acts.nodes, lines, path, file)
    if len({clause.id for clause in asked.clauses}) < len(asked.clauses):
        yield _at(lines, ("ceasefire", "clauses"), file, "two clauses have one id")


def _problems(given: RegimeFile, lines: Lines, file: str) -> Iterator[Problem]:
    """Yield what cannot be meant, though each value by itself could be."""
    if given.based_on not in regimes():
        yield _unknown("regime", given.based_on, regimes(), lines, ("based_on",), file)
        return
    parties = given.parties or tuple(laid_down("regimes")["parties"]["names"])
    if parties[0] == parties[1]:
        yield _at(lines, ("parties",), file, "the two parties have one name")
    known = laid_down("happenings")["acts"]
    for act in given.acts or ():
        if act not in known:
            yield _unknown("act", act, known, lines, ("acts", act), file)
    if given.acts is not None and not sum(given.acts.values()):
        yield _at(lines, ("acts",), file, "nothing ever happens: every share is 0")
    if given.ceasefire is not None:
        yield from _of_ceasefire(given.ceasefire, parties, lines, file)
    outlets = [one.outlet for one in given.sources or ()]
    for at, one in enumerate(given.sources or ()):
        yield from _of_source(one, at, outlets, {*parties, NEUTRAL}, lines, file)
        copied = next((other for other in given.sources or () if other.outlet == one.copies), None)
        if copied is not None and copied.copied > 0:
            yield _at(
                lines, ("sources", at, "copies"), file,
                f"{shown(one.copies)} is a list that copies, too: name the one that it copies",
            )  # fmt: skip


def _of_source(
    one: SourceTable, at: int, outlets: list[str], sides: Collection[str], lines: Lines, file: str
) -> Iterator[Problem]:
    here: tuple[str | int, ...] = ("sources", at)
    usual = [source["outlet"] for source in laid_down("regimes")["sources"]]
    if one.like not in usual:
        yield _unknown("shipped source", one.like, usual, lines, (*here, "like"), file)
    if outlets.index(one.outlet) < at:
        message = f"there are two sources called {shown(one.outlet)}"
        yield _at(lines, (*here, "outlet"), file, message)
    if one.side is not None and one.side not in sides:
        yield _unknown("side", one.side, sides, lines, (*here, "side"), file)
    if one.copied and not one.copies:
        yield _at(lines, (*here, "copied"), file, "it copies, but copies = the outlet is missing")
    if one.copies and (one.copies not in outlets or one.copies == one.outlet):
        others = [outlet for outlet in outlets if outlet != one.outlet]
        yield _unknown("other outlet", one.copies, others, lines, (*here, "copies"), file)
    for key in ("place", "time", "steps"):
        told = getattr(one, key)
        shares = told if isinstance(told, tuple) else told and told.model_dump().values()
        if shares and abs(sum(shares) - 1.0) > NEAR_ONE:
            message = f"{key}: the shares sum to {sum(shares):g}; expected 1"
            yield _at(lines, (*here, key), file, message)


def _unknown(
    what: str, value: str, known: Collection[str], lines: Lines, path: tuple[str | int, ...],
    file: str,
) -> Problem:  # fmt: skip
    listed = f"it is one of {', '.join(sorted(known))}" if known else "there is none to choose"
    if len(known) > FEW:
        listed = "see: holdfire acts"
    message = f"{path[-1]}: there is no {what} {shown(value)}"
    return _at(lines, path, file, message, did_you_mean(value, known) or listed, value)


def _at(
    lines: Lines, path: tuple[str | int, ...], file: str, message: str, advice: str = "",
    value: str | None = None,
) -> Problem:  # fmt: skip
    line = lines.of(path, value)
    return Problem(f"{file}:{line}" if line else file, message, advice)


def _regime(given: RegimeFile, stem: str) -> Regime:
    base = regime(given.based_on)
    own = given.model_dump(
        exclude_none=True, exclude={"based_on", "acts", "ceasefire", "sources", "name", "parties"}
    )
    parties = given.parties or base.parties
    happenings = base.happenings
    if given.acts is not None:
        every = {one.act: one for each in regimes() for one in regime(each).happenings}
        happenings = tuple(
            replace(every[act], share=share) for act, share in given.acts.items() if share > 0
        )
    side = dict(zip(base.parties, parties, strict=True))
    usual = {one.outlet: replace(one, side=side.get(one.side, one.side)) for one in base.sources}
    sources = tuple(usual.values())
    if given.sources is not None:
        sources = tuple(_source(one, usual) for one in given.sources)
    return replace(
        base, **own, name=given.name or stem, parties=parties,
        happenings=happenings, sources=sources, ceasefire=given.ceasefire,
    )  # fmt: skip


def _source(given: SourceTable, usual: Mapping[str, Source]) -> Source:
    own = given.model_dump(exclude_none=True, exclude={"like"})
    return replace(usual[given.like], voice=list(usual).index(given.like), **own)
