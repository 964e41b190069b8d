"""The figures as rows: one indicator each, an interval with its unit, span and caveats."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from holdfire.tables.answer import ClauseAnswer, change, per_day
from holdfire.tables.indicator import Indicator
from holdfire.tables.measured import Bounded, Measured

WINDOW, BEFORE = "window", "before"


def indicators(answers: Iterable[ClauseAnswer]) -> list[Indicator]:
    """Return every figure of the answers, sorted by its id."""
    found = [figure for answer in answers for figure in _of(answer)]
    return sorted(found, key=lambda figure: figure.id)


def _of(answer: ClauseAnswer) -> Iterator[Indicator]:
    base = f"{answer.clause}.{answer.reading}"
    nothing = "nothing supplied tells of what this clause prohibits while it applies"
    caveats = answer.caveats if answer.informed else (*answer.caveats, nothing)

    def figure(
        name: str, key: str, unit: str, low: float | None, high: float | None, span: str = WINDOW,
        party: str | None = None, day: str | None = None, texts: tuple[str, str] = ("", ""),
        expected: tuple[float, float] | None = None,
    ) -> Indicator:  # fmt: skip
        on_average: tuple[float | None, float | None] = (None, None)
        if expected is not None and expected != (low, high):
            on_average = expected
        return Indicator(
            f"{base}.{key}", name, answer.clause, answer.reading, party, unit, span, day, low, high,
            *texts, *on_average, caveats,
        )  # fmt: skip

    for tally in answer.tallies:
        unit = tally.unit
        yield figure(
            "count", f"count.{unit}", unit, tally.certain, tally.possible, expected=tally.expected
        )
        yield figure(
            "count",
            f"count-before.{unit}",
            unit,
            tally.before_certain,
            tally.before_possible,
            BEFORE,
            expected=tally.before_expected,
        )
        changed = change(answer, tally)
        if changed is not None:
            yield figure("ratio to the span before", f"ratio.{unit}", "ratio", *changed)
        yield figure("rate", f"rate.{unit}", f"{unit} per day", *per_day(answer, tally)[0])
    for held in answer.by_party:
        who = held.party or "nobody-certain"
        yield figure(
            f"count held against, {held.responsibility}",
            f"party.{who}.{held.responsibility}.{held.tally.unit}", held.tally.unit,
            held.tally.certain, held.tally.possible, party=held.party,
            expected=held.tally.expected,
        )  # fmt: skip
    for held in answer.may_be:
        yield figure(
            "count that this party may be responsible for",
            f"may-be.{held.party}.{held.tally.unit}", held.tally.unit,
            held.tally.certain, held.tally.possible, party=held.party,
            expected=held.tally.expected,
        )  # fmt: skip
    for day in answer.by_day:
        yield figure(
            "count on a day", f"day.{day.day}.{day.period}.{day.unit}", day.unit, day.certain,
            day.possible, span=day.period, day=day.day,
        )  # fmt: skip
    for places in answer.areas:
        for area in places.areas:
            yield figure(
                f"count in {area.title}", f"area.{area.area}.{places.unit}", places.unit,
                area.certain, area.possible,
            )  # fmt: skip
    for one in answer.measured:
        for name, key, value, unit in _measures(one):
            if not value.refused:
                yield figure(name, f"{key}.{one.unit}", unit, value.low, value.high)
    if answer.quiet_days_min is not None:
        yield figure(
            "days with nothing reported",
            "quiet-days",
            "day",
            answer.quiet_days_min,
            answer.quiet_days_max,
        )
    if answer.first_possible is not None:
        yield figure(
            "first alleged violation, from the first possible to a certain one", "first", "time",
            None, None, texts=(answer.first_possible, answer.first_certain or ""),
        )  # fmt: skip


def _measures(one: Measured) -> Iterator[tuple[str, str, Bounded, str]]:
    """Yield name, key, figure and unit of every measure; refused ones too."""
    yield "change of the daily rate, 95 % interval", "change", one.ratio, "ratio"
    yield (
        "change of the daily rate, whatever is left open, 95 % interval", "change-widest",
        one.ratio_widest, "ratio",
    )  # fmt: skip
    yield "jump at the start", "jump", one.level, "ratio"
    yield "bend of the trend", "bend", one.slope, "ratio a week"
    yield "share of earlier dates with a smaller change", "rank", one.rank, "share"
    yield "days until 95 % of a day is reported", "lag", one.complete_after, "day"
    yield "reported or not, 95 % interval", "all", one.all_of_them, one.unit
    yield "time to the first", "first-after", one.first_h, "hour"
    yield "time since the last", "since-last", one.since_last_h, "hour"
    yield "longest quiet spell", "longest-quiet", one.longest_quiet_h, "hour"
    yield "median quiet spell", "median-quiet", one.median_quiet_h, "hour"
    for hours, share in one.quiet_longer:
        yield f"share of quiet spells longer than {hours} hours", f"quiet-{hours}h", share, "share"
    yield "share of days less busy than the last before the start", "onset", one.onset, "share"
    yield "share of days less busy than the first after the end", "collapse", one.collapse, "share"
