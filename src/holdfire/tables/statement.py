"""The ``statement`` table: one attributed utterance or act of speech, with its passages.

Offsets are characters of the file as decoded, end exclusive. ``chain`` runs from the outlet that
published to the speaker: each link heard the next one. ``hearsay`` is how many links stand
between the outlet and the speaker: 0 where the outlet itself heard, 1 where it cites an agency.
"""

from __future__ import annotations

import pyarrow as pa

from holdfire.tables.report import UTC

PASSAGES = pa.list_(pa.list_(pa.int64(), 2))

MODES = ("direct", "indirect", "mixed", "act", "reaction")
"""How it is told: in quotation marks, without, partly; as something done ("accepted"); or as how
somebody reacted ("reacted negatively")."""

ABOUT_CEASEFIRE = (
    "accepts", "accepts-on-conditions", "rejects", "proposes",
    "alleges-violation", "denies-violation", "unclear",
)  # fmt: skip
STANCES = (*ABOUT_CEASEFIRE, "not-about-it")

KINDS = ("person", "group", "institution", "document", "agency", "outlet", "unnamed")
"""What a link of a chain is."""

STANDINGS = ("decides", "speaks", "none")
"""Whether the role can decide for its party, can speak for it, or neither."""

LINK = pa.struct(
    [
        ("name", pa.string()),
        ("kind", pa.string()),
        ("role", pa.string()),
        ("party", pa.string()),
        ("public", pa.bool_()),
        ("spans", PASSAGES),
    ]
)
SPANS = pa.struct(
    [(part, PASSAGES) for part in ("source", "cue", "content", "conditions", "when", "where")]
)

COLUMNS: tuple[tuple[str, pa.DataType, str], ...] = (
    ("statement_id", pa.string(), "S- and a hash of the file and the passages"),
    ("file", pa.string(), "the file it stands in"),
    ("file_sha256", pa.string(), "hash of that file"),
    ("item", pa.int64(), "which text of the file, from 1"),
    ("outlet", pa.string(), "who published the text"),
    ("outlets", pa.list_(pa.string()), "every outlet that carried it, where copies were found"),
    ("url", pa.string(), "address of the text, where the file tells one"),
    ("title", pa.string(), "title of the text"),
    ("published", pa.date32(), "day of publication"),
    ("speaker", pa.string(), "who said or did it, by the fullest name given; null if unnamed"),
    ("speaker_kind", pa.string(), "person, group, institution, document, agency, outlet, unnamed"),
    ("role", pa.string(), "the speaker's role, as the text words it"),
    ("party", pa.string(), "the party the speaker belongs to, by id; null where not known"),
    ("standing", pa.string(), "whether the role decides for the party, speaks for it, or none"),
    ("public", pa.bool_(), "whether the speaker may be named in public: a body, or a public role"),
    ("chain", pa.list_(LINK), "from the outlet to the speaker, each link with its passages"),
    ("hearsay", pa.int64(), "links between the outlet and the speaker"),
    ("mode", pa.string(), "direct, indirect, mixed, act or reaction"),
    ("hedged", pa.bool_(), "the text distances itself: reportedly, allegedly"),
    ("said", pa.string(), "what was said: the content passages, joined with an ellipsis"),
    ("stance", pa.string(), "the speaker's stance towards the ceasefire"),
    ("about", pa.string(), "which ceasefire: an agreement's id, or the words that name it"),
    ("conditions", pa.string(), "the conditions, in the text's words"),
    ("party_stance", pa.string(), "the party's stance, where the speaker has the standing"),
    ("said_from", UTC, "earliest time it was said; null is unbounded"),
    ("said_to", UTC, "first time it can no longer have been said"),
    ("said_precision", pa.string(), "in words: day, not after publication …"),
    ("place", pa.string(), "where it was said or done, as the text names it"),
    ("occasion", pa.string(), "at what: talks, a briefing, an interview"),
    ("spans", SPANS, "passages of source, cue, content, conditions, when and where"),
    ("extractor", pa.string(), "what found it"),
)  # fmt: skip

SCHEMA = pa.schema(
    [pa.field(name, kind, metadata={"means": means}) for name, kind, means in COLUMNS]
)
