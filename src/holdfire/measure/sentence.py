"""The sentence: two or three plain sentences on a clause, composed from its figures by rules.

**Rules.** ``sentences.toml``: of each part the first rule holds whose conditions are all true, and
its slots are filled. A rate fell where the whole 95 % interval of its ratio is below 1 and rose
where the whole is above 1; else nothing is said of a direction. Where the plain counts do not show
what the ratio at equal reporting does, that is said.
**Source.** Ours. For saying an interval and not one figure: van der Bles et al., PNAS 117 (2020).
**Figures.** Ends of an interval are rounded outwards, so that rounding never claims more; no ratio
is rounded to 1 or across it, and no rank up.
**Assumptions.** None of its own: what a figure rests on is told where it is made.
**Refuses** nothing: what is not known or was refused is said, with the reason.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from functools import cache
from importlib import resources
from math import floor, isfinite, log10
from typing import Any

from holdfire.errors import HoldfireError
from holdfire.measure.refusal import Refusal

Bounds = tuple[float, float | None]
"""From the least to the most; ``None`` for the most is "no upper bound is known"."""
WORDS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve",
)  # fmt: skip
NOISE = 9
"""Decimals beyond which a difference is that of adding up floating-point figures."""
RULES = "sentences.toml"


@dataclass(frozen=True)
class Known:
    """What is known of one clause, reading and counting unit; all that a sentence may say.

    ``one`` and ``many`` name what is counted ("long-range attack", "long-range attacks").
    ``in_effect`` and ``before`` are counts a day, ``None`` where nothing supplied tells of it.
    ``change`` is the 95 % envelope of the ratio; 0 for the least is no lower bound, ``None``
    for it all is that there is too little to compare with. ``larger_than`` is the rank among
    changes at other dates, a share; ``None`` where none was asked for. ``told_by_one`` is how
    many only one source tells of, and of how many. ``widest`` is the change if what is left open
    were violations on one side of the start and none on the other, where that is given.
    """

    one: str
    many: str
    start_label: str
    days: int
    in_effect: Bounds | None
    before: Bounds | None = None
    change: Bounds | Refusal | None = None
    larger_than: tuple[float, float] | Refusal | None = None
    provisional_days: int = 0
    told_by_one: tuple[int, int] | None = None
    widest: Bounds | None = None

    def __post_init__(self) -> None:
        """Raise a HoldfireError for figures that no clause can have."""
        for name in ("in_effect", "before", "change", "widest", "larger_than", "told_by_one"):
            given = getattr(self, name)
            if isinstance(given, tuple):
                _ordered(name, *given)
        if isinstance(self.larger_than, tuple) and self.larger_than[1] > 1:
            raise HoldfireError(f"a rank is a share of 0 to 1; found {self.larger_than[1]}")
        if not 0 <= self.provisional_days <= self.days:
            raise HoldfireError(
                f"found {self.provisional_days} provisional days of {self.days};"
                " expected none to all of them"
            )
        if isinstance(self.change, tuple) and None in (self.in_effect, self.before):
            raise HoldfireError("a change needs the counts a day before and in effect")


def sentence(known: Known) -> str:
    """Return one to three sentences on a clause, each with a full stop."""
    holds, slots, table = conditions(known), _slots(known), rules()
    said = []
    for parts in table["sentences"]:
        found = [_said(table[part], holds, slots) for part in parts]
        whole = "; ".join(text for text in found if text)
        if whole:
            said.append(f"{whole[0].upper()}{whole[1:].rstrip('.')}.")
    return " ".join(said)


def conditions(known: Known) -> dict[str, bool]:
    """Return every condition that a rule can name, and whether it holds."""
    change, rank, told = known.change, known.larger_than, known.told_by_one
    nothing = known.in_effect is None
    now, before = _rounded(known.in_effect), _rounded(known.before)
    ratio = None if nothing or isinstance(change, Refusal) else change
    low, high = ratio or (0.0, None)
    fell, rose = high is not None and high < 1, low > 1
    shares = rank if isinstance(rank, tuple) else None
    least, most = known.widest or (low, high)
    return {
        "nothing known": nothing,
        "too few": change is None,
        "refused": isinstance(change, Refusal),
        "fell": fell,
        "rose": rose,
        "open decides": (fell and (most is None or most >= 1)) or (rose and least <= 1),
        "plainly lower": now[1] is not None and now[1] < before[0],
        "plainly higher": before[1] is not None and before[1] < now[0],
        "spans one": ratio is not None and not (fell or rose),
        "no bound": ratio is not None and low == 0 and high is None,
        "upper bound only": ratio is not None and low == 0,
        "lower bound only": ratio is not None and high is None,
        "none counted": known.in_effect == (0, 0),
        "one counted": now == _rounded((1.0, 1.0)),
        "no change to rank": ratio is None or (low == 0 and high is None),
        "rank refused": isinstance(rank, Refusal),
        "no rank": rank is None,
        "rank of all": shares == (1, 1),
        "nothing provisional": known.provisional_days == 0,
        "one day provisional": known.provisional_days == 1,
        "all provisional": known.provisional_days == known.days > 1,
        "sources not asked": nothing or told is None or told[1] == 0,
        "one source none": told is not None and told[0] == 0,
        "one source all": told is not None and told[0] == told[1],
        "only one told": told is not None and told[1] == 1,
    }


@cache
def rules() -> Mapping[str, Any]:
    """Return the checked rules: ``sentences``, and for each part its list of rules.

    Raises a HoldfireError for a condition, slot or word that no rule can have.
    """
    text = resources.files(__package__).joinpath(RULES).read_text(encoding="utf-8")
    table = tomllib.loads(text)
    checked(table)
    return table


def checked(table: Mapping[str, Any]) -> None:
    """Raise a HoldfireError for rules that cannot be followed, or that leave a case without one."""
    known = Known("", "", "", 0, (0.0, 0.0))
    names, slots = conditions(known), _slots(known)
    never = {word.lower() for word in table["never"]}
    for part in (part for parts in table["sentences"] for part in parts):
        given = table.get(part, [])
        if not given or given[-1]["when"]:
            raise HoldfireError(
                f"the rules of {part!r} leave cases without a rule", where=RULES,
                advice="end them with one that has no conditions: when = []",
            )  # fmt: skip
        for rule in given:
            say = rule["say"]
            used = {name for _, name, _, _ in string.Formatter().parse(say) if name is not None}
            strange = [*(set(rule["when"]) - set(names)), *(used - set(slots))]
            strange += never & set("".join(c if c.isalpha() else " " for c in say.lower()).split())
            if strange:
                raise HoldfireError(
                    f"{part!r} has {', '.join(sorted(strange))} in {say!r}", where=RULES,
                    advice=f"conditions: {', '.join(names)}; slots: {', '.join(slots)}",
                )  # fmt: skip


def _said(given: list[dict[str, Any]], holds: dict[str, bool], slots: dict[str, str]) -> str:
    rule = next(rule for rule in given if all(holds[name] for name in rule["when"]))
    found: str = rule["say"].format_map(slots)
    return found


def _slots(known: Known) -> dict[str, str]:
    change, rank = known.change, known.larger_than
    once, of = known.told_by_one or (0, 0)
    low, high = change if isinstance(change, tuple) else (0.0, None)
    days = known.provisional_days
    return {
        "one": known.one,
        "many": known.many,
        "start": known.start_label,
        "now": _amount(_rounded(known.in_effect)),
        "before": _amount(_rounded(known.before)),
        "low": _figure(_ratio(low, ROUND_FLOOR)),
        "high": "" if high is None else _figure(_ratio(high, ROUND_CEILING)),
        "ratio": _amount(_ratios(low, high)),
        "reason": _plain(change),
        "widest": _wide(known.widest or (low, high)),
        "rank": _share(rank) if isinstance(rank, tuple) else "",
        "provisional": WORDS[days] if days < len(WORDS) else f"{days:,}",
        "told_once": f"{once:,}",
        "told_of": f"{of:,}",
        "told_noun": known.one if of == 1 else known.many,
    }


def _wide(bounds: Bounds) -> str:
    low, high = bounds
    least = _figure(_ratio(low, ROUND_FLOOR))
    if high is None:
        return f"at least {least} times" if low else "any number of times"
    if not low:
        return f"at most {_figure(_ratio(high, ROUND_CEILING))} times"
    return f"{_amount(_ratios(low, high))} times"


def _plain(given: object) -> str:
    return given.reason.rstrip(". ") if isinstance(given, Refusal) else ""


Rounded = tuple[Decimal, Decimal | None]


def _rounded(bounds: Bounds | None) -> Rounded:
    """Return the ends rounded outwards; one figure alone to the nearest."""
    low, high = bounds or (0.0, None)
    if low == high:
        return (_round(low, ROUND_HALF_EVEN),) * 2
    return _round(low, ROUND_FLOOR), None if high is None else _round(high, ROUND_CEILING)


def _ratios(low: float, high: float | None) -> Rounded:
    if low == high:
        return (_ratio(low, ROUND_HALF_EVEN),) * 2
    return _ratio(low, ROUND_FLOOR), None if high is None else _ratio(high, ROUND_CEILING)


def _round(value: float, how: str, more: int = 0) -> Decimal:
    """Round to whole figures from 10 on, to one decimal from 1 on, else to two digits."""
    value = round(value, NOISE)
    decimals = 0 if value >= 10 else 1 if value >= 1 or value == 0 else 1 - floor(log10(value))
    step = Decimal(1).scaleb(-decimals - more)
    return Decimal(repr(value)).quantize(step, rounding=how)


def _ratio(value: float, how: str) -> Decimal:
    """Round a ratio with as many digits as keep it on its side of 1."""
    for more in range(NOISE):
        found = _round(value, how, more)
        if (found > 1) == (value > 1) and (found < 1) == (value < 1):
            return found
    return Decimal(repr(value))


def _amount(bounds: Rounded) -> str:
    low, high = bounds
    if high is None:
        return f"at least {_figure(low)}"
    return _figure(low) if low == high else f"between {_figure(low)} and {_figure(high)}"


def _figure(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _share(rank: tuple[float, float]) -> str:
    hundred = [Decimal(repr(round(share, NOISE))) * 100 for share in rank]
    low = hundred[0].quantize(Decimal(1), rounding=ROUND_FLOOR)
    if rank[0] == rank[1]:
        return f"{low} %"
    high = hundred[1].quantize(Decimal(1), rounding=ROUND_CEILING)
    return f"{low} %" if low == high else f"between {low} and {high} %"


def _ordered(name: str, low: float, high: float | None) -> None:
    figures = [low] if high is None else [low, high]
    if not all(isfinite(figure) and figure >= 0 for figure in figures) or figures[-1] < low:
        raise HoldfireError(
            f"{name}: found {low} to {high}; expected figures of 0 or more, the least first"
        )
