"""FollowTheMoney entities, one JSON object a line: for Aleph and what else reads its model.

| of holdfire | is a |
| --- | --- |
| party, institution that spoke | Organization |
| incident | Event, with the reports as its proof |
| report | Document: who published it, where it stands, its link |
| finding, yes or unknown | Note on the Event |
| text, statement | Article, Note on it |

No private person is an entity, and neither is an outlet, which may be one. A party is ``involved``
only where it alone can have done it and a source or a rule says so. An incident that any report of
a closed licence or a sensitive one tells of is left out, and so is such a report: a graph joins
what a table keeps apart.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from holdfire.publish.exports.about import About
from holdfire.publish.exports.json_text import dumped, finite, joined, quoted, strings
from holdfire.publish.exports.places import Places
from holdfire.publish.safe import plain, web_address
from holdfire.publish.text_columns import iso, per_value

ADDRESS = r"^https?://[^\s<>\"'\\]+$"
UNNAMED = "unnamed"
INSTITUTIONS = ("institution", "group")
SECOND = 1_000_000


class Writer:
    """Writes entities as their rows come; use it in a ``with`` statement."""

    def __init__(self, path: Path, about: About) -> None:
        self._stream = path.open("wb")
        self._about = about
        self._set = "holdfire-" + re.sub(r"[^a-z0-9-]+", "-", about.agreement.lower()).strip("-")

    def __enter__(self) -> Writer:
        """Write the parties."""
        for party, name in sorted(self._about.parties.items()):
            self._one(self.party(party), "Organization", {"name": [name], "keywords": ["party"]})
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self._stream.close()

    def party(self, key: str) -> str:
        """Return the id of a party's entity."""
        return f"{self._set}-{hashlib.sha256(key.encode()).hexdigest()[:16]}"

    def incidents(self, batch: pa.RecordBatch) -> None:
        """Add the incidents that are open: every report may leave the house, none is sensitive."""
        rows = batch.filter(pc.and_(_true(batch["republish"]), _not_true(batch["sensitive"])))
        begins, ends = rows["occurred_from"], _last_second(rows)
        day = pc.fill_null(pc.utf8_slice_codeunits(iso(begins), 0, 10), "day not known")
        what = _named(rows["act"])
        self._many(rows.num_rows, rows["incident_id"], "Event", {
            "name": _list(strings(pc.binary_join_element_wise(self._mark(), what, ", ", day, ""))),
            "startDate": _list(strings(_instant(begins))),
            "endDate": _list(strings(_instant(ends))),
            "location": _list(strings(_where(rows))),
            "description": _list(strings(rows["summary"])),
            "notes": _list(strings(_who(rows))),
            "involved": _list(strings(self._involved(rows))),
            "publisher": _listed(rows["outlets"]),
            "proof": _listed(rows["report_ids"]),
            "recordId": _list(strings(rows["incident_id"])),
        })  # fmt: skip

    def findings(self, batch: pa.RecordBatch, places: Places, at: Any) -> None:
        """Add findings that are yes or unknown, of incidents that are open."""
        shown = places.open(at)
        rows, act = batch.filter(shown), places.of("act", at.filter(shown))
        yes, unknown = self._about.alleged
        verdict = pc.if_else(pc.equal(rows["verdict"], "yes"), yes, unknown)
        name = pc.binary_join_element_wise(
            self._mark(), verdict, ": ", _named(act), ", clause ", rows["clause"],
            ", reading ", rows["reading"], "",
        )  # fmt: skip
        self._many(rows.num_rows, rows["finding_id"], "Note", {
            "name": _list(strings(name)),
            "description": _list(strings(rows["reason"])),
            "entity": _list(strings(rows["incident_id"])),
        })  # fmt: skip

    def reports(self, batch: pa.RecordBatch) -> None:
        """Add the reports that may leave the house and are not sensitive."""
        rows = batch.filter(pc.and_(_true(batch["republish"]), _not_true(batch["sensitive"])))
        outlet = pc.fill_null(rows["outlet"], "an outlet that is not named")
        number = pc.fill_null(rows["row"].cast(pa.string()), "not known")
        linked = pc.fill_null(pc.match_substring_regex(rows["citation"], ADDRESS), False)
        stands = pc.binary_join_element_wise(
            "row ", number, " of ", rows["file"], ", sha256 ", rows["file_sha256"], ""
        )
        self._many(rows.num_rows, rows["report_id"], "Document", {
            "name": _list(strings(pc.binary_join_element_wise(
                self._mark(), "report of ", outlet, ", row ", number, ""))),
            "fileName": _list(strings(rows["file"])),
            "publisher": _list(strings(rows["outlet"])),
            "publishedAt": _list(strings(_instant(rows["reported_at"]))),
            "summary": _list(strings(rows["summary"])),
            "sourceUrl": _list(strings(pc.if_else(linked, rows["citation"], None))),
            "notes": _list(strings(stands)),
        })  # fmt: skip

    def statements(self, rows: pa.Table | None) -> None:
        """Add the public statements, their texts, and the institutions that spoke."""
        told: set[str] = set()
        for row in [] if rows is None else rows.to_pylist():
            text = self._id("A", row["file_sha256"], row["item"])
            about = [text]
            if text not in told:
                told.add(text)
                title = plain(row["title"]) or "a text without a title"
                self._one(text, "Article", {
                    "name": [title], "title": [title], "publisher": [plain(row["outlet"])],
                    "publishedAt": [row["published"].isoformat() if row["published"] else ""],
                    "sourceUrl": [web_address(row["url"]) or ""],
                })  # fmt: skip
            speaker = plain(row["speaker"])
            if speaker and row["public"] and row["speaker_kind"] in INSTITUTIONS:
                key = self._id("O", speaker)
                if key not in told:
                    told.add(key)
                    self._one(key, "Organization", {"name": [speaker]})
                about.append(key)
            if row["party"] in self._about.parties and row["standing"] in ("decides", "speaks"):
                about.append(self.party(row["party"]))
            self._one(row["statement_id"], "Note", {
                "name": [f"{speaker or UNNAMED}: {row['stance'] or 'stance not known'}"],
                "description": [plain(row["said"], 4_000)],
                "entity": about,
            })  # fmt: skip

    def _involved(self, rows: pa.RecordBatch) -> Any:
        """Return the one party that is said to have done it, by the id of its entity."""
        alone = pc.equal(pc.fill_null(pc.list_value_length(rows["actors"]), 0), 1)
        known = _true(
            pc.is_in(rows["responsibility"], value_set=pa.array(["reported", "inferred"]))
        )
        party = pc.if_else(pc.and_(alone, known), pc.binary_join(rows["actors"], "|"), None)
        keys = sorted(self._about.parties)
        at = pc.index_in(party, value_set=pa.array(keys, pa.string()))
        return pa.array([self.party(key) for key in keys], pa.string()).take(at)

    def _mark(self) -> str:
        return "SIMULATED: " if self._about.simulated else ""

    def _id(self, letter: str, *parts: object) -> str:
        digest = hashlib.sha256("\n".join(str(part) for part in parts).encode()).hexdigest()
        return f"{letter}-{digest[:20]}"

    def _many(self, count: int, ids: Any, schema: str, properties: dict[str, Any]) -> None:
        if not count:
            return
        parts: list[Any] = [
            '{"id":', quoted(ids),
            f',"schema":"{schema}","datasets":["{self._set}"],"properties":{{',
        ]  # fmt: skip
        comma = ""
        for name, values in properties.items():
            text = pc.binary_join_element_wise(f'{comma}"{name}":', values, "")
            parts.append(pc.fill_null(text, "") if comma else text)
            comma = ","
        self._stream.write(joined(pc.binary_join_element_wise(*parts, "}}\n", "")))

    def _one(self, key: str, schema: str, properties: dict[str, list[str]]) -> None:
        kept = {
            name: [plain(value, 4_000) for value in values if value]
            for name, values in properties.items()
        }
        entity = {
            "id": key, "schema": schema, "datasets": [self._set],
            "properties": {name: values for name, values in kept.items() if values},
        }  # fmt: skip
        self._stream.write(f"{dumped(entity)}\n".encode())


def _list(values: Any) -> Any:
    """Return one value as a JSON list; null stays null, so that the property is left out."""
    return pc.binary_join_element_wise("[", values, "]", "")


def _listed(lists: Any) -> Any:
    """Return lists of texts as JSON lists; an empty one is null."""
    lists = pc.fill_null(lists, pa.scalar([], lists.type))
    entries = pc.fill_null(strings(pc.list_flatten(lists)), '""')
    ends = pc.cumulative_sum(pc.list_value_length(lists).cast(pa.int64()))
    offsets = pa.concat_arrays([pa.array([0], pa.int64()), ends]).cast(pa.int32())
    texts = pc.binary_join(pa.ListArray.from_arrays(offsets, entries), ",")
    return _list(pc.if_else(pc.equal(texts, ""), None, texts))


def _instant(times: Any) -> Any:
    """Return UTC times without the Z, which the model's dates do not have."""
    return pc.replace_substring(iso(times), "Z", "")


def _last_second(rows: pa.RecordBatch) -> Any:
    """Return the last second that it can have happened in: an end of the model is part of it."""
    begins, ends = (rows[name].cast(pa.int64()) for name in ("occurred_from", "occurred_to"))
    last = pc.subtract(ends, SECOND)
    late = pc.fill_null(pc.less(last, begins), False)
    return pc.if_else(late, begins, last).cast(rows.schema.field("occurred_to").type)


def _where(rows: pa.RecordBatch) -> Any:
    """Return where it happened in words, no finer than the table says."""
    lat, lon, radius = (
        pc.if_else(finite(rows[name]), pc.round(rows[name], places), None).cast(pa.string())
        for name, places in (("lat", 5), ("lon", 5), ("radius_m", 0))
    )
    far = pc.fill_null(pc.binary_join_element_wise("within ", radius, " m of ", ""), "near ")
    disk = pc.binary_join_element_wise(far, lat, ", ", lon, " (latitude, longitude)", "")
    area = per_value(rows["area"], lambda texts: pc.replace_substring(texts, "|", " or "))
    return pc.coalesce(disk, area)


def _named(act: Any) -> Any:
    """Return a node of the act vocabulary as words."""
    words = pc.replace_substring(act.cast(pa.string()), "-", " ")
    return pc.fill_null(words, "what is not known")


def _who(rows: pa.RecordBatch) -> Any:
    actors = pc.fill_null(pc.binary_join(rows["actors"], " or "), "anyone")
    how = pc.fill_null(rows["responsibility"], "unknown")
    told = pc.fill_null(rows["independent"].cast(pa.string()), "an unknown number of")
    return pc.binary_join_element_wise(
        "may have been done by ", actors, " (", how, "); independent sources: ", told, ""
    )


def _true(values: Any) -> Any:
    return pc.fill_null(values, False)


def _not_true(values: Any) -> Any:
    return pc.invert(pc.fill_null(values, True))
