"""What is said of a clause, word for word; and what can never be said."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfire.errors import HoldfireError
from holdfire.measure.refusal import Refusal
from holdfire.measure.sentence import Known, checked, conditions, rules, sentence

PLAIN = Known("attack", "attacks", "18 March 2025", 14, (2.0, 2.0))
FEW = Refusal("6 baseline days can be compared; at least 14 are needed")
FELL: dict[str, Any] = {"in_effect": (0.0, 2.0), "before": (9.0, 9.0), "change": (0.04, 0.31)}
ROSE: dict[str, Any] = {"in_effect": (9.0, 9.0), "before": (0.0, 2.0), "change": (3.3, 25.0)}
MAY: dict[str, Any] = {"in_effect": (3.0, 5.0), "before": (4.0, 4.0), "change": (0.6, 1.42)}
FELL_SAID = "Attacks fell to between 0 and 2 a day from 9"
FELL_RATIO = (
    "At equal reporting the rate is between 0.04 and 0.31 times what it was before 18 March 2025"
    " (95 % interval)."
)

CASES: list[tuple[str, dict[str, Any], str]] = [
    (
        "the example of the brief",
        {
            "one": "long-range attack", "many": "long-range attacks", **FELL,
            "larger_than": (0.98, 0.98), "provisional_days": 2,
        },
        "Long-range attacks fell to between 0 and 2 a day from 9; this change is larger than 98 %"
        f" of changes at other dates; the last two days are provisional. {FELL_RATIO}",
    ),
    (
        "nothing known",
        {"in_effect": None},
        "Nothing is known of attacks since 18 March 2025. No report supplied tells of them, and"
        " silence is no sign that they have stopped.",
    ),
    (
        "nothing known, whatever else is given",
        {"in_effect": None, "change": FEW, "larger_than": FEW, "provisional_days": 3,
         "told_by_one": (2, 4)},
        "Nothing is known of attacks since 18 March 2025. No report supplied tells of them, and"
        " silence is no sign that they have stopped.",
    ),
    (
        "too little to compare with",
        {"in_effect": (0.0, 2.0)},
        "Between 0 and 2 attacks a day were counted since 18 March 2025. There is too little from"
        " before to compare that with.",
    ),
    (
        "refused, with the reason",
        {"in_effect": (1.5, 2.25), "change": FEW},
        "Between 1.5 and 2.3 attacks a day were counted since 18 March 2025. Whether that is a"
        " change cannot be told: 6 baseline days can be compared; at least 14 are needed.",
    ),
    (
        "a reason with a full stop of its own",
        {"change": Refusal("a source is new.")},
        "2 attacks a day were counted since 18 March 2025. Whether that is a change cannot be"
        " told: a source is new.",
    ),
    (
        "none counted",
        {"in_effect": (0.0, 0.0)},
        "No attack was counted since 18 March 2025. There is too little from before to compare"
        " that with.",
    ),
    (
        "one a day",
        {"in_effect": (1.0, 1.0), "told_by_one": (1, 1)},
        "1 attack a day was counted since 18 March 2025. There is too little from before to"
        " compare that with. Only one source tells of it.",
    ),
    (
        "no upper bound of the count",
        {"in_effect": (3.0, None)},
        "At least 3 attacks a day were counted since 18 March 2025. There is too little from"
        " before to compare that with.",
    ),
    ("fell", FELL, f"{FELL_SAID}. {FELL_RATIO}"),
    (
        "rose",
        ROSE,
        "Attacks rose to 9 a day from between 0 and 2. At equal reporting the rate is between 3.3"
        " and 25 times what it was before 18 March 2025 (95 % interval).",
    ),
    (
        "rose to no known bound",
        {"in_effect": (9.0, None), "before": (1.0, 2.0), "change": (2.17, None)},
        "Attacks rose to at least 9 a day from between 1 and 2. At equal reporting the rate is at"
        " least 2.1 times what it was before 18 March 2025 (95 % interval; no upper bound).",
    ),
    (
        "fell to none",
        {"in_effect": (0.0, 0.0), "before": (9.0, None), "change": (0.0, 0.284)},
        "Attacks fell to 0 a day from at least 9. At equal reporting the rate is at most 0.29"
        " times what it was before 18 March 2025 (95 % interval; no lower bound but 0).",
    ),
    (
        "fell, but not in the plain count",
        {"in_effect": (4.0, 6.0), "before": (5.0, 7.0), "change": (0.4, 0.9)},
        "Attacks fell at equal reporting, which the plain count does not show: between 4 and 6 a"
        " day, between 5 and 7 a day before. At equal reporting the rate is between 0.4 and 0.9"
        " times what it was before 18 March 2025 (95 % interval).",
    ),
    (
        "rose, but not in the plain count",
        {"in_effect": (5.0, 7.0), "before": (4.0, 6.0), "change": (1.1, 2.5)},
        "Attacks rose at equal reporting, which the plain count does not show: between 5 and 7 a"
        " day, between 4 and 6 a day before. At equal reporting the rate is between 1.1 and 2.5"
        " times what it was before 18 March 2025 (95 % interval).",
    ),
    (
        "may have fallen or risen",
        MAY,
        "Attacks may have fallen or risen: between 3 and 5 a day, 4 a day before. At equal"
        " reporting the rate is between 0.6 and 1.5 times what it was before 18 March 2025"
        " (95 % interval).",
    ),
    (
        "up to just the same is no fall",
        {**MAY, "change": (0.5, 1.0)},
        "Attacks may have fallen or risen: between 3 and 5 a day, 4 a day before. At equal"
        " reporting the rate is between 0.5 and 1 times what it was before 18 March 2025"
        " (95 % interval).",
    ),
    (
        "just below the same is never rounded to it",
        {**MAY, "change": (0.5, 0.9996)},
        "Attacks fell at equal reporting, which the plain count does not show: between 3 and 5 a"
        " day, 4 a day before. At equal reporting the rate is between 0.5 and 0.9996 times what it"
        " was before 18 March 2025 (95 % interval).",
    ),
    (
        "an upper bound beyond 1 only",
        {**MAY, "change": (0.0, 1.7)},
        "Attacks may have fallen or risen: between 3 and 5 a day, 4 a day before. At equal"
        " reporting the rate is at most 1.7 times what it was before 18 March 2025 (95 % interval;"
        " no lower bound but 0).",
    ),
    (
        "a lower bound short of 1 only",
        {**MAY, "change": (0.25, None)},
        "Attacks may have fallen or risen: between 3 and 5 a day, 4 a day before. At equal"
        " reporting the rate is at least 0.25 times what it was before 18 March 2025 (95 %"
        " interval; no upper bound).",
    ),
    (
        "no change can be told",
        {**MAY, "change": (0.0, None), "larger_than": (0.4, 0.4)},
        "No change of attacks can be told: between 3 and 5 a day, 4 a day before. Nothing bounds"
        " the change, from below or from above.",
    ),
    (
        "a rank that is an interval",
        {**FELL, "larger_than": (0.914, 0.9821)},
        f"{FELL_SAID}; this change is larger than between 91 and 99 % of changes at other dates."
        f" {FELL_RATIO}",
    ),
    (
        "a rank is never rounded up",
        {**FELL, "larger_than": (0.999, 0.999)},
        f"{FELL_SAID}; this change is larger than 99 % of changes at other dates. {FELL_RATIO}",
    ),
    (
        "a rank of all",
        {**FELL, "larger_than": (1.0, 1.0)},
        f"{FELL_SAID}; this change is larger than all changes at other dates. {FELL_RATIO}",
    ),
    (
        "a rank without a direction",
        {**MAY, "larger_than": (0.3, 0.3)},
        "Attacks may have fallen or risen: between 3 and 5 a day, 4 a day before; the change as"
        " counted is larger than 30 % of changes at other dates. At equal reporting the rate is"
        " between 0.6 and 1.5 times what it was before 18 March 2025 (95 % interval).",
    ),
    (
        "a rank of all without a direction",
        {**MAY, "larger_than": (1.0, 1.0)},
        "Attacks may have fallen or risen: between 3 and 5 a day, 4 a day before; the change as"
        " counted is larger than all changes at other dates. At equal reporting the rate is"
        " between 0.6 and 1.5 times what it was before 18 March 2025 (95 % interval).",
    ),
    (
        "a fall that rests on what is open",
        {"in_effect": (2.0, 5.0), "before": (4.0, 9.0), "change": (0.4, 0.9), "widest": (0.2, 1.4)},
        "Attacks, if what is left open was as often one before as since, fell: between 2 and 5 a"
        " day, between 4 and 9 a day before. At equal reporting the rate is then between 0.4 and"
        " 0.9 times what it was before 18 March 2025 (95 % interval); whatever is open, between"
        " 0.2 and 1.4 times.",
    ),
    (
        "a rise that rests on what is open, without an upper bound",
        {
            "in_effect": (4.0, 9.0), "before": (0.0, 5.0), "change": (2.0, None),
            "widest": (0.5, None),
        },
        "Attacks, if what is left open was as often one before as since, rose: between 4 and 9 a"
        " day, between 0 and 5 a day before. At equal reporting the rate is then at least 2 times"
        " what it was before 18 March 2025 (95 % interval); whatever is open, at least 0.5 times.",
    ),
    (
        "a fall to nothing that rests on what is open",
        {"in_effect": (0.0, 3.0), "before": (2.0, 4.0), "change": (0.0, 0.5), "widest": (0.0, 1.2)},
        "Attacks, if what is left open was as often one before as since, fell: between 0 and 3 a"
        " day, between 2 and 4 a day before. At equal reporting the rate is then at most 0.5 times"
        " what it was before 18 March 2025 (95 % interval); whatever is open, at most 1.2 times.",
    ),
    (
        "a fall that what is open may undo without a bound",
        {
            "in_effect": (0.0, 3.0), "before": (0.0, 4.0), "change": (0.0, 0.5),
            "widest": (0.0, None),
        },
        "Attacks, if what is left open was as often one before as since, fell: between 0 and 3 a"
        " day, between 0 and 4 a day before. At equal reporting the rate is then at most 0.5 times"
        " what it was before 18 March 2025 (95 % interval); whatever is open, any number of times.",
    ),
    (
        "a fall whatever is open",
        {**FELL, "widest": (0.02, 0.5)},
        f"{FELL_SAID}. {FELL_RATIO}",
    ),
    (
        "a rank refused",
        {**FELL, "larger_than": Refusal("20 earlier dates can be tried; 50 are needed")},
        f"{FELL_SAID}; how often such a change comes by itself cannot be told. {FELL_RATIO}",
    ),
    (
        "one provisional day",
        {"provisional_days": 1},
        "2 attacks a day were counted since 18 March 2025; the last day is provisional. There is"
        " too little from before to compare that with.",
    ),
    (
        "thirteen provisional days",
        {"provisional_days": 13},
        "2 attacks a day were counted since 18 March 2025; the last 13 days are provisional. There"
        " is too little from before to compare that with.",
    ),
    (
        "all days provisional",
        {"provisional_days": 14},
        "2 attacks a day were counted since 18 March 2025; every day so far is provisional. There"
        " is too little from before to compare that with.",
    ),
    (
        "some told by one source only",
        {**FELL, "told_by_one": (9, 12)},
        f"{FELL_SAID}. {FELL_RATIO} Only one source tells of 9 of the 12 attacks.",
    ),
    (
        "all told by one source only",
        {**FELL, "told_by_one": (1200, 1200)},
        f"{FELL_SAID}. {FELL_RATIO} Only one source tells of each of the 1,200.",
    ),
    (
        "none told by one source only",
        {**FELL, "told_by_one": (0, 12)},
        f"{FELL_SAID}. {FELL_RATIO} More than one source tells of each of them.",
    ),
    (
        "nothing to be told by anyone",
        {"in_effect": (0.0, 0.0), "told_by_one": (0, 0)},
        "No attack was counted since 18 March 2025. There is too little from before to compare"
        " that with.",
    ),
    (
        "small and great figures, rounded outwards",
        {"in_effect": (0.0123, 0.0456), "before": (1204.4, 1204.6), "change": (0.00001, 0.00004)},
        "Attacks fell to between 0.012 and 0.046 a day from between 1,204 and 1,205. At equal"
        " reporting the rate is between 0.00001 and 0.00004 times what it was before 18 March 2025"
        " (95 % interval).",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "said"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_cases(facts: dict[str, Any], said: str) -> None:
    assert sentence(replace(PLAIN, **facts)) == said


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"in_effect": (2.0, 1.0)}, "the least first"),
    ({"in_effect": (-1.0, 1.0)}, "0 or more"),
    ({"before": (float("nan"), 1.0)}, "before: found nan"),
    ({"larger_than": (0.5, 1.5)}, "share of 0 to 1; found 1.5"),
    ({"provisional_days": 15}, "15 provisional days of 14"),
    ({"change": (0.5, 0.7)}, "counts a day before"),
]


@pytest.mark.parametrize(("facts", "reason"), WRONG)
def test_no_clause_has_such_figures(facts: dict[str, Any], reason: str) -> None:
    with pytest.raises(HoldfireError, match=reason):
        replace(PLAIN, **facts)


def changed(**parts: Any) -> dict[str, Any]:
    return {**rules(), **parts}


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (changed(rank=[{"when": ["fell"], "say": ""}]), "without a rule"),
        (changed(rank=[]), "without a rule"),
        (changed(rank=[{"when": ["fel"], "say": ""}, {"when": [], "say": ""}]), "fel"),
        (changed(rank=[{"when": [], "say": "{nwo}"}]), "nwo"),
        (changed(rank=[{"when": [], "say": "a Success, so far"}]), "success"),
    ],
)
def test_rules_that_cannot_be_followed(table: dict[str, Any], reason: str) -> None:
    with pytest.raises(HoldfireError, match=reason):
        checked(table)


def test_the_page_lists_every_condition_and_slot() -> None:
    page = (Path(__file__).parents[2] / "docs" / "who-says-what.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([^`]+)` \|", page, re.M)) == set(conditions(PLAIN))
    listed = set(re.findall(r"`{(\w+)}`", page))
    used = {
        name for parts in rules()["sentences"] for part in parts for rule in rules()[part]
        for name in re.findall(r"{(\w+)}", rule["say"])
    }  # fmt: skip
    assert used == listed


def test_every_rule_is_used() -> None:
    """A rule that no case reaches is a rule that nobody reads."""
    reached = set()
    for _, facts, _ in CASES:
        holds = conditions(replace(PLAIN, **facts))
        for parts in rules()["sentences"]:
            for part in parts:
                met = [all(holds[name] for name in rule["when"]) for rule in rules()[part]]
                reached.add((part, met.index(True)))
    assert reached == {
        (part, at) for parts in rules()["sentences"] for part in parts
        for at in range(len(rules()[part]))
    }  # fmt: skip


FIGURE = st.one_of(
    st.integers(0, 2000).map(float), st.floats(0.001, 2000), st.sampled_from([0.0, 1.0])
)


@st.composite
def bounds(draw: st.DrawFn, most: float = 2000.0) -> tuple[float, float | None]:
    low, high = sorted((draw(FIGURE) * most / 2000, draw(FIGURE) * most / 2000))
    return draw(st.sampled_from([(low, high), (low, low), (high, high), (low, None), (0.0, high)]))


REASON = st.sampled_from([Refusal("too few were found"), FEW])


@st.composite
def knowns(draw: st.DrawFn) -> Known:
    days = draw(st.integers(1, 40))
    of = draw(st.integers(0, 3000))
    compare = draw(st.booleans())
    return Known(
        one="attack", many="attacks", start_label="18 March 2025", days=days,
        in_effect=draw(bounds() if compare else st.none() | bounds()),
        before=draw(bounds() if compare else st.none() | bounds()),
        change=draw(bounds(4.0) if compare else st.none() | REASON),
        larger_than=draw(
            st.none() | REASON | st.tuples(st.floats(0, 1), st.floats(0, 1)).map(ordered)
        ),
        provisional_days=draw(st.integers(0, days)),
        told_by_one=draw(st.none() | st.integers(0, of).map(lambda once: (once, of))),
    )  # fmt: skip


def ordered(pair: tuple[float, float]) -> tuple[float, float]:
    return min(pair), max(pair)


@given(knowns())
def test_never_a_verdict_on_the_whole(known: Known) -> None:
    said = sentence(known).lower()
    assert not re.search(r"success|fail|index|score|\bhold", said)
    assert 1 <= len(re.findall(r"[^.\s]\.(?:\s|$)", sentence(known))) <= 3
    assert "{" not in said
    assert "none" not in said


@given(knowns())
def test_fell_only_where_the_whole_interval_is_below_one(known: Known) -> None:
    said = sentence(known)
    change = known.change if isinstance(known.change, tuple) else (0.0, None)
    assert ("Attacks fell" in said) == (change[1] is not None and change[1] < 1)
    assert ("Attacks rose" in said) == (change[0] > 1)


RANK = re.compile(r"larger than (?:between )?(\d+)(?: and (\d+))? % of")


@given(knowns())
def test_every_figure_is_known(known: Known) -> None:
    """A figure that is said is at most a step of rounding from one that is known."""
    said = sentence(known).replace("(95 % interval", "").replace("no lower bound but 0", "")
    ranked = RANK.search(said)
    if ranked:
        assert isinstance(known.larger_than, tuple)
        low, high = (100 * share for share in known.larger_than)
        assert low - 1 < int(ranked[1]) <= low + 1e-6
        assert high - 1e-6 <= int(ranked[2] or ranked[1]) + (ranked[2] is None)
    told: list[float] = [18, 2025, known.provisional_days]
    for facts in (known.in_effect, known.before, known.change, known.told_by_one):
        told += [end for end in facts if end is not None] if isinstance(facts, tuple) else []
    told += [6, 14] if FEW in (known.change, known.larger_than) else []
    for figure in re.findall(r"\d[\d,]*(?:\.\d+)?", RANK.sub("", said)):
        value = float(figure.replace(",", ""))
        step = 1.0 if value >= 10 else 0.1 * value + 1e-9
        assert any(abs(value - one) <= step for one in told), (figure, said)


@given(knowns().filter(lambda known: isinstance(known.change, tuple)))
def test_exchanging_before_and_after_exchanges_fell_and_rose(known: Known) -> None:
    assert isinstance(known.change, tuple)
    low, high = known.change
    turned = replace(
        known, in_effect=known.before, before=known.in_effect, larger_than=None,
        change=(0.0 if high is None else 1 / high if high else 4e9, 1 / low if low else None),
    )  # fmt: skip
    words = {"fell": "rose", "rose": "fell"}
    direct, other = (
        re.match(r"Attacks (fell|rose|may)|No change", sentence(one))
        for one in (replace(known, larger_than=None), turned)
    )
    assert direct
    assert other
    assert words.get(direct[1], direct[1]) == other[1]
    plain = "which the plain count does not show"
    assert (plain in sentence(known)) == (plain in sentence(turned))
