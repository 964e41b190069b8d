"""What a site is made from, and how its pages are named."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely.geometry.base import BaseGeometry

from holdfire.publish.maps import Layers
from holdfire.tables.answer import Answer


@dataclass(frozen=True, eq=False)
class Publication:
    """One publication of one case.

    ``out`` is the folder of the public tables, ``lines`` the line of contact of each day that has
    one (``YYYY-MM-DD``, degrees WGS 84), ``record`` what ``provenance.json`` holds. ``base_url`` is
    where the site will stand, with a slash at its end, or empty: then there is no sitemap and the
    feed's links are relative. ``tiles`` is a PMTiles file for a sharper background.
    """

    answer: Answer
    out: Path
    layers: Layers
    record: Mapping[str, Any]
    lines: tuple[tuple[str, BaseGeometry], ...] = ()
    base_url: str = ""
    tiles: Path | None = None


def address(key: str) -> str:
    """Return a key as one segment of an address: lower-case letters, digits, dots and dashes.

    A key that is changed by this gets a piece of its hash, so that two keys never meet.
    """
    text = re.sub(r"[^a-z0-9.-]+", "-", key.lower()).strip("-.")[:80]
    if text and text == key:
        return text
    mark = hashlib.sha256(key.encode("utf-8", "backslashreplace")).hexdigest()[:8]
    return f"{text}-{mark}" if text else mark


def finding_address(finding_id: str) -> str:
    """Return a finding's segment: its id as it is, where that is fit to be one."""
    fit = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]{0,150}", finding_id)
    return finding_id if fit and not finding_id.endswith(".") else address(finding_id)
