"""One finding with its reports and the reasons for each answer, for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from holdfire.publish import facts
from holdfire.publish.figures import number
from holdfire.publish.safe import plain, web_address
from holdfire.publish.wording import SIMULATED
from holdfire.tables.finding import QUESTIONS

WIDTH = 100
LABEL = 12
HASH_SHOWN = 12
REPORTS_SHOWN = 20


def finding_text(
    finding: Mapping[str, Any],
    incident: Mapping[str, Any],
    reports: Sequence[Mapping[str, Any]],
    reasons: Mapping[str, str],
    *,
    clause_title: str,
    local_time: str,
    counterfactual: bool,
    party_names: Mapping[str, str],
    simulated: bool = False,
) -> str:
    """Return one finding for a terminal: the facts, the answers, who told it, in which row.

    ``reasons`` gives a sentence for each question; a question without one shows its answer.
    """
    lines = textwrap.wrap(SIMULATED, WIDTH) if simulated else []
    says = facts.verdict(finding.get("verdict"), counterfactual=counterfactual)
    lines.append(f"{plain(finding.get('finding_id'))}  {plain(clause_title)}: {says}")
    if finding.get("reading"):
        lines.append(f"{'':{LABEL}}under the reading {plain(finding['reading'])}")
    lines += ["", *_line("what", facts.what(incident))]
    lines += _line("when", f"{facts.time(incident, local_time)} ({plain(local_time)})")
    lines += [*_line("where", facts.place(incident)), ""]
    for question in QUESTIONS:
        answer = plain(finding.get(question))
        if answer:
            reason = plain(reasons.get(question, ""), 2000)
            lines += _line(question, f"{answer:<8} {reason}".rstrip(), hang=9)
    lines += ["", *_line("decided", plain(finding.get("reason"), 2000))]
    lines += _line("who", facts.who(finding, party_names))
    lines += _line("evidence", facts.evidence(finding, incident))
    for note in facts.merge_notes(incident):
        lines += _line("merged", note)
    lines += [*_line("told by", _told(reports, party_names)), ""]
    for report in reports[:REPORTS_SHOWN]:
        lines += _report(report)
    if len(reports) > REPORTS_SHOWN:
        lines.append(f"  and {number(len(reports) - REPORTS_SHOWN)} more reports")
    return "\n".join(lines).rstrip() + "\n"


def _told(reports: Sequence[Mapping[str, Any]], party_names: Mapping[str, str]) -> str:
    outlets = sorted(
        {
            f"{plain(r.get('outlet')) or 'an outlet not named'} "
            f"({facts.side(r.get('outlet_side'), party_names)})"
            for r in reports
        }
    )
    count = "1 report" if len(reports) == 1 else f"{number(len(reports))} reports"
    return f"{count}: {', '.join(outlets)}" if outlets else count


def _report(report: Mapping[str, Any]) -> list[str]:
    where = (
        f"row {plain(report.get('row'))} of {plain(report.get('file'))} "
        f"(sha256 {plain(report.get('file_sha256'))[:HASH_SHOWN]}…)"
    )
    lines = textwrap.wrap(where, WIDTH, initial_indent="  ", subsequent_indent="    ")
    for name in ("summary", "citation"):
        text = web_address(report.get(name)) or plain(report.get(name))
        if text:
            lines += textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="    ")
    return lines


def _line(label: str, text: str, hang: int = 0) -> list[str]:
    if not text:
        return []
    indent = " " * (LABEL + hang)
    return textwrap.wrap(
        f"  {label:<{LABEL - 2}}{text}", WIDTH, subsequent_indent=indent, drop_whitespace=True
    )
