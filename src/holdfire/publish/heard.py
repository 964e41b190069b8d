"""What was read from texts, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any
from zoneinfo import ZoneInfo

from holdfire.publish.figures import day
from holdfire.publish.safe import plain
from holdfire.publish.spoken import MARKS, WORDS, said_day

NOT_ABOUT = "not-about-it"
NO_SIDE = (NOT_ABOUT, "unclear")
MOST_LINES = 30
MOST_POSITIONS = 20
SAID = 160
WIDE = 100
COLUMN = 32


def statement_lines(rows: Iterable[Mapping[str, Any]], tz: ZoneInfo) -> Iterator[str]:
    """Yield the statements of texts: text by text, those about the ceasefire in full."""
    here, shown, left, others = None, 0, 0, 0
    for row in rows:
        text = (row["file"], row["item"])
        if text != here:
            if others:
                yield f"    and {others} about something else"
            here, others = text, 0
            if shown < MOST_LINES:
                yield _heading(row)
        if row["stance"] == NOT_ABOUT:
            others += shown < MOST_LINES
        elif shown < MOST_LINES:
            shown += 1
            yield from _statement(row, tz)
        else:
            left += 1
    if others:
        yield f"    and {others} about something else"
    if left:
        yield f"  and {left:,} more about a ceasefire: all of them with --json, or in the case"


def _heading(row: Mapping[str, Any]) -> str:
    outlet = plain(row["outlet"], 60) or "outlet not known"
    when = day(row["published"]) if row["published"] else "day not known"
    return f"  {plain(row['file'], 100)}{_item(row)}: {outlet}, {when}"


def _item(row: Mapping[str, Any]) -> str:
    return f" text {row['item']}" if row["item"] > 1 else ""


def _statement(row: Mapping[str, Any], tz: ZoneInfo) -> Iterator[str]:
    words = MARKS[row["stance"]][1]
    yield f"    {words:<22} {who(row)}{_through(row)}"
    first = row["spans"]["content"][0][0] if row["spans"]["content"] else 0
    last = row["spans"]["content"][-1][1] if row["spans"]["content"] else 0
    hedge = "reportedly; " if row["hedged"] else ""
    yield from _under(f"{hedge}{row['mode']} [{first}-{last}]: {plain(row['said'], SAID)}")
    if row["conditions"]:
        yield from _under(f"condition: {plain(row['conditions'], SAID)}")
    when = _when(row, tz)
    if when:
        yield from _under(when)


def _under(words: str) -> Iterator[str]:
    indent = " " * 27
    return iter(wrap(words, WIDE, initial_indent=indent, subsequent_indent=indent))


def who(row: Mapping[str, Any]) -> str:
    """Return the speaker with role and party; a view without standing is called so."""
    name = plain(row["speaker"], 60) or plain(row["role"], 60) or "somebody unnamed"
    inside = [
        part for part in (plain(row["role"], 60) if row["speaker"] else "", row["party"] or "")
        if part
    ]  # fmt: skip
    if row["party"] and row["standing"] == "none":
        inside.append("own view")
    elif row["party"] and row["stance"] not in NO_SIDE and not row["party_stance"]:
        inside.append("as told by others")
    return f"{name} ({', '.join(inside)})" if inside else name


def _through(row: Mapping[str, Any]) -> str:
    names = [plain(link["name"], 40) or "somebody unnamed" for link in (row["chain"] or [])[1:-1]]
    return f", through {' and '.join(names)}" if names else ""


def _when(row: Mapping[str, Any], tz: ZoneInfo) -> str:
    parts = []
    said = said_day(row["said_from"], row["said_to"], tz)
    if said is not None:
        parts.append(f"said {day(said)}")
    parts += [plain(row[key], 80) for key in ("occasion", "place") if row[key]]
    return "; ".join(parts)


def draft_lines(draft: Mapping[str, Any], *, most_open: int = 12) -> Iterator[str]:
    """Yield the fields of a draft agreement with the passages they rest on, and what is open."""
    passages = draft["passages"]
    if not passages:
        yield "  no ceasefire's terms are told"
        return
    for path, found in passages.items():
        told = plain(found[0]["text"], SAID)
        more = f" and {len(found) - 1} more" if len(found) > 1 else ""
        value = plain(_value(draft["agreement"], path), SAID)
        if path.endswith(".wording") or value == told:
            yield from _field(path, f"“{told}”{more}")
        else:
            yield from _field(path, f"{value or 'see the passage'}: “{told}”{more}")
    if draft["open"]:
        yield "  left open for a person:"
    for question in draft["open"][:most_open]:
        asked = f"{question['field']}: {question['question']}"
        yield from wrap(
            plain(asked, WORDS), WIDE, initial_indent="    ", subsequent_indent="      "
        )
    if len(draft["open"]) > most_open:
        yield f"    and {len(draft['open']) - most_open} more"


def _field(path: str, words: str) -> Iterator[str]:
    indent = " " * (COLUMN + 2)
    lines = wrap(words, WIDE, initial_indent=indent, subsequent_indent=indent)
    if len(path) < COLUMN:
        yield f"  {path:<{COLUMN}}{lines[0].lstrip()}"
        yield from lines[1:]
    else:
        yield f"  {path}"
        yield from lines


def _value(agreement: Any, path: str) -> str:
    """Return the value at a dotted path, as far as it leads to one."""
    here = agreement
    for step in path.split("."):
        if isinstance(here, Mapping) and step in here:
            here = here[step]
        elif isinstance(here, Sequence) and not isinstance(here, str):
            named = [
                one for one in here
                if isinstance(one, Mapping) and step in (one.get("id"), one.get("party"))
            ]  # fmt: skip
            if named:
                here = named[0]
            elif step.isdigit() and int(step) < len(here):
                here = here[int(step)]
            else:
                return ""
        else:
            return ""
    if isinstance(here, Mapping):
        here = next((here[k] for k in ("title", "on", "after", "at", "id") if here.get(k)), "")
    return ", ".join(str(one) for one in here) if isinstance(here, list | tuple) else str(here)


def position_lines(positions: Iterable[Mapping[str, Any]], tz: ZoneInfo) -> Iterator[str]:
    """Yield what each party held over time, contradictions and views without standing apart."""
    none, left = True, 0
    for number, one in enumerate(positions):
        none = False
        if number >= MOST_POSITIONS:
            left += 1
            continue
        about = f", on {plain(one['about'], 60)}" if one["about"] else ""
        yield f"  {plain(one['party'], 60)}{about}"
        if not one["steps"]:
            yield "    nobody who can decide or speak for it took a stance"
        yield from (f"    {_step(step, tz)}" for step in one["steps"])
        aside = "    view without standing, or told by others: "
        yield from (f"{aside}{_step(step, tz)}" for step in one["others"])
        for pair in one["contradictions"]:
            first, second = (", ".join(pair[side]["speakers"]) for side in ("first", "second"))
            yield f"    contradiction, both stand: {plain(first, 80)} and {plain(second, 80)}"
    if left:
        yield f"  and {left:,} more: all of them with --json"
    if none:
        yield "  no party's stance is told"


def _step(step: Mapping[str, Any], tz: ZoneInfo) -> str:
    words = MARKS[step["stance"]][1]
    said = said_day(step["said_from"], step["said_to"], tz)
    when = day(said) if said else plain(step["precision"], 40)
    told = ", ".join(plain(name, 60) for name in step["speakers"]) or "somebody unnamed"
    return f"{words}, {when}: {told}" if when else f"{words}: {told}"
