"""Reading any known file into reports: one module per format.

``recognise`` tells a file's format, ``read`` turns its rows into batches of reports.
"""

from holdfire.sources.catalog import catalog, settings
from holdfire.sources.identity import Seen
from holdfire.sources.reading import Batch, Reading, read, unread
from holdfire.sources.recognising import Recognised, SourceFile, recognise

__all__ = [
    "Batch", "Reading", "Recognised", "Seen", "SourceFile",
    "catalog", "read", "recognise", "settings", "unread",
]  # fmt: skip
