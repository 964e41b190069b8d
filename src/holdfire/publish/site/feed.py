"""The Atom feed (RFC 4287) of new, changed and withdrawn findings, and the site map."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from holdfire.publish.site.publication import Publication, finding_address
from holdfire.publish.site.selection import Line
from holdfire.publish.site.state import Known

ENTRIES = 100
MOST_ADDRESSES = 50_000
"""A site map holds no more (sitemaps.org); beyond that an index names several."""
NAMESPACE = uuid.UUID("6f2a1c1e-3a57-5c58-9c1f-0f6b7c1f9d55")
KINDS = {"new": "new", "changed": "changed", "gone": "withdrawn"}
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(value: str) -> str:
    """Return a text fit to stand in XML 1.0."""
    return escape(NOT_XML.sub("", value))


def atom(
    publication: Publication,
    state: Mapping[str, Known],
    lines: Iterable[Line],
    titles: Mapping[str, str],
    verdicts: Mapping[str, str],
    as_of: str,
) -> str:
    """Return the feed: the newest entries first, then by id.

    Ids do not change when the site moves. ``titles`` are of clauses by id, ``verdicts`` the
    words for ``yes`` and ``unknown``.
    """  # fmt: skip
    answer = publication.answer
    # One order for all: the newest first, and among equals by id.
    newest = sorted(sorted(state), key=lambda name: state[name].updated, reverse=True)[:ENTRIES]
    shown = {line.id: line for line in lines if line.id in set(newest)}
    updated = max((state[name].updated for name in newest), default=as_of)
    base = publication.base_url
    parts = [
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">\n',
        f"<title>{text(answer.title)}: findings</title>\n",
        "<subtitle>New, changed and withdrawn findings on alleged violations"
        f"{'; SIMULATED' if answer.simulated else ''}</subtitle>\n",
        f"<id>{_id(answer.agreement, '')}</id>\n<updated>{updated}</updated>\n",
        f'<link rel="self" href={quoteattr(base + "feed.atom")}/>\n',
        f'<link rel="alternate" type="text/html" href={quoteattr(base or "./")}/>\n',
        "<author><name>holdfire</name></author>\n",
    ]
    for name in newest:
        known, line = state[name], shown.get(name)
        kind = KINDS[known.kind]
        if line is None:
            title, summary = f"Withdrawn: {name}", "It is no longer among the published findings."
        else:
            title = f"{titles.get(line.clause, line.clause)}: {verdicts[line.verdict]}"
            summary = f"{line.when}; {line.what}; {line.where}; {line.who}."
            title = f"{title}, {line.day or 'day not known'}"
            if known.kind == "changed":
                title = f"Changed: {title}"
        address = f"{base}finding/{quote(finding_address(name))}/"
        parts.append(
            f"<entry><id>{_id(answer.agreement, name)}</id><title>{text(title)}</title>"
            f"<updated>{known.updated}</updated><link href={quoteattr(address)}/>"
            f'<category term="{kind}"/><summary>{text(summary)}</summary></entry>\n'
        )
    return "".join([*parts, "</feed>\n"])


def _id(agreement: str, name: str) -> str:
    return f"urn:uuid:{uuid.uuid5(NAMESPACE, f'{agreement} {name}')}"


def site_map(folder: Path, base_url: str, addresses: Sequence[str]) -> None:
    """Write ``sitemap.xml`` and ``robots.txt``; without a base address only the latter.

    A site map needs whole addresses, so one that would be wrong is not written.
    """
    for old in folder.glob("sitemap*.xml"):
        old.unlink()
    robots = "User-agent: *\nAllow: /\n"
    if base_url:
        _site_map(folder, base_url, sorted(addresses))
        robots += f"Sitemap: {base_url}sitemap.xml\n"
    (folder / "robots.txt").write_text(robots, encoding="utf-8", newline="\n")


def _site_map(folder: Path, base_url: str, addresses: Sequence[str]) -> None:
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    space = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    parts = [addresses[at : at + MOST_ADDRESSES] for at in range(0, len(addresses), MOST_ADDRESSES)]
    names = ["sitemap.xml"]
    if len(parts) > 1:
        names = [f"sitemap-{nth}.xml" for nth in range(1, len(parts) + 1)]
        listed = "".join(f"<sitemap><loc>{text(base_url + n)}</loc></sitemap>\n" for n in names)
        whole = f"{head}<sitemapindex {space}>\n{listed}</sitemapindex>\n"
        (folder / "sitemap.xml").write_text(whole, encoding="utf-8", newline="\n")
    for name, some in zip(names, parts, strict=True):
        rows = "".join(f"<url><loc>{text(base_url + quote(one))}</loc></url>\n" for one in some)
        whole = f"{head}<urlset {space}>\n{rows}</urlset>\n"
        (folder / name).write_text(whole, encoding="utf-8", newline="\n")
