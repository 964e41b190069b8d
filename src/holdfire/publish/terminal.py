"""The answer and one finding, for a terminal: plain text, a hundred columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from holdfire.publish import parties, wording
from holdfire.publish.figures import number, rate, short, span
from holdfire.publish.merged import merged_line
from holdfire.publish.safe import plain
from holdfire.tables.answer import Answer, ClauseAnswer, Tally, change, per_day
from holdfire.tables.units import noun

WIDTH = 100
COLUMNS = (26, 22, 22, 22)
"""Clause, alleged violations, who, against the span before; two blanks before each."""
NAMES_SHOWN = 5


def summary(answer: Answer, bulletin_path: str, explain_example: str) -> str:
    """Return the whole answer for a terminal.

    ``explain_example`` is what follows ``holdfire explain``: a case and a finding.
    """
    lines = [*_wrapped(wording.banners(answer), "")]
    lines += _wrapped([f"{plain(answer.title)} ({plain(answer.status_sentence)})"], "")
    lines += [*_wrapped([_spans(answer)], ""), ""]
    for sentence in wording.opening(answer):
        lines += _wrapped([sentence], "")
    lines += ["", *_table(answer), "", *_measured(answer)]
    lines += _read(answer)
    for line in wording.reading_lines(answer):
        lines += _wrapped([line], "  ")
    lines += ["", f"Bulletin  {plain(bulletin_path)}"]
    lines += [f"Why?      holdfire explain {plain(explain_example)}"] if explain_example else []
    return "\n".join(lines) + "\n"


def _spans(answer: Answer) -> str:
    lead = "What would have counted" if wording.never(answer) else "Alleged violations"
    spans = list(dict.fromkeys(span(c.starts, c.ends) for c in wording.leading(answer)))
    if any(c.open_ended for c in wording.leading(answer)):
        spans = [wording.reach(c) for c in wording.leading(answer)][:1]
    when = spans[0] if len(spans) == 1 else "by clause" if spans else ""
    return f"{lead} {when} ({plain(answer.local_time)})".replace("  ", " ")


def _table(answer: Answer) -> list[str]:
    clauses = wording.leading(answer)
    days = {round(c.before_days, 1) for c in clauses if c.comparable}
    before = f"against the {days.pop():g} days before" if len(days) == 1 else "against before"
    head = "would have counted" if wording.never(answer) else "alleged violations"
    lines = _row("clause", head, "who", before)
    for clause in wording.shown(answer):
        lines += _clause(clause, answer)
    return lines


def _clause(clause: ClauseAnswer, answer: Answer) -> list[str]:
    title = plain(clause.title)
    if wording.is_rival(clause, answer):
        title = f"read as {wording.held(clause, answer)}"
    if not clause.informed:
        vague = wording.vague_words(clause.vague).rstrip(".") if clause.vague else ""
        return _row(title, "nothing supplied", "nothing known", vague)
    if not clause.tallies:
        return _row(title, "none", "", "")
    ordered = wording.in_order(clause.tallies)
    lines = []
    for at, tally in enumerate(ordered):
        last = tally.certain if tally.possible is None else tally.possible
        what = f"{short(tally.certain, tally.possible)} {noun(tally.unit, last)}"
        lines += _row(
            "" if at else title, what, _who(clause, tally, answer), _against(clause, tally)
        )
    if len(clause.told_by) == 1:
        lines += _row("", "", "", f"told by {plain(clause.told_by[0].outlet)} only")
    return lines


def _who(clause: ClauseAnswer, tally: Tally, answer: Answer) -> str:
    mine = parties.by_party(clause, tally.unit, answer)
    return "\n".join(
        f"{parties.party(p.party, answer)} {short(p.tally.certain, p.tally.possible)} "
        f"({plain(p.responsibility)})"
        for p in mine
    )


def _against(clause: ClauseAnswer, tally: Tally) -> str:
    if clause.days <= 0:
        return ""
    now, before = per_day(clause, tally)
    if before is None:
        return f"{rate(*now)} a day; {wording.NOTHING_BEFORE}"
    ratio = change(clause, tally)
    return f"{rate(*now)} a day, was {rate(*before)}" + (
        f" (ratio {rate(ratio[0] or 0.0, ratio[1])})" if ratio else ""
    )


def _read(answer: Answer) -> list[str]:
    aside = sum(file.set_aside for file in answer.files)
    kinds = ", ".join(f"{number(n)} {plain(kind)}" for kind, n in answer.set_aside_kinds)
    said = [
        f"read {number(answer.rows)} rows: {number(answer.used)} used, {number(aside)} set aside"
        + (f" ({kinds})" if kinds else "")
    ]
    if answer.merged and answer.merged.reports > 1:
        said.append(merged_line(answer.merged))
        said += [plain(conflict, 200) for conflict in answer.merged.conflicts]
    for one in answer.files:
        if one.source is None:
            note = f": {plain(one.note)}" if one.note else ""
            said.append(f"{plain(one.file)} is in no format that is known{note}")
    for what, names in (("place", answer.unknown_places), ("actor", answer.unknown_actors)):
        if names:
            shown = ", ".join(f"{plain(n, 40)} ({number(k)})" for n, k in names[:NAMES_SHOWN])
            more = (
                f" and {number(len(names) - NAMES_SHOWN)} more" if len(names) > NAMES_SHOWN else ""
            )
            plural = "s" if len(names) > 1 else ""
            said.append(f"{number(len(names))} {what} name{plural} not known: {shown}{more}")
    return _wrapped(said, "  ")


def _measured(answer: Answer) -> list[str]:
    """Return each leading clause's sentences; a blank line after them."""
    lines = []
    for clause in wording.leading(answer):
        for one in clause.measured:
            lines += _wrapped([f"{plain(clause.title)}: {plain(one.sentence, 2_000)}"], "  ")
    return [*lines, ""] if lines else []


def _row(*cells: str) -> list[str]:
    """Return a table row, each cell wrapped within its column."""
    columns = [
        [piece for line in cell.split("\n") for piece in textwrap.wrap(line, width) or [""]]
        for cell, width in zip(cells, COLUMNS, strict=True)
    ]
    lines = []
    for at in range(max(map(len, columns))):
        pieces = [
            (column[at] if at < len(column) else "").ljust(width)
            for column, width in zip(columns, COLUMNS, strict=True)
        ]
        lines.append(("  " + "  ".join(pieces)).rstrip())
    return lines


def _wrapped(texts: Iterable[str], indent: str) -> list[str]:
    return [
        line
        for text in texts
        for line in textwrap.wrap(
            text, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}  " if indent else ""
        )
    ]
