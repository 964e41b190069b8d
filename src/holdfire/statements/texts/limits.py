"""How much is read at most, and why: a hostile file must cost no more than a long honest one."""

HEAD_BYTES = 64 * 1024
"""What the layout is told from: far more than any header or preamble needs."""

MOST_BYTES = 16 * 1024 * 1024
"""The largest file read as a whole (plain text, JSON, feeds): decoded it may take four times this
in memory. JSONL is read line by line and has no such limit."""

MOST_HTML_BYTES = 4 * 1024 * 1024
"""The largest web page: the tree that is made of it takes twenty times this in memory."""

MOST_TAGS = 40_000
"""Tags in one web page: with so many, trafilatura takes one to two seconds."""

DEEPEST = 250
"""How deep a page may nest: libxml2, which trafilatura reads pages with, cuts off at 256."""

MOST_LINE = 8 * 1024 * 1024
"""Letters in one line of JSONL: a text of the greatest length, every letter written as an escape,
and as much again."""

MOST_LETTERS = 500_000
"""Letters of one text: a hundred times a news article. A book is not an article."""

LONGEST_WORD = 4_000
"""Letters without a space: twice the longest address a browser takes. Brackets without end and
binary data written as letters are longer."""

LONGEST_PARAGRAPH = 60_000
"""Letters of one paragraph: twenty printed pages. What is longer has lost its line breaks."""

MOST_PAGES = 1_000
"""Pages of a PDF: as many as its letters may fill."""

PDF_SECONDS = 60.0
"""A PDF is read by a process of its own, which may take this long; 1,000 pages take one second."""

PDF_MEMORY = 2 * 1024**3
"""And this much memory, in bytes of address space."""

MOST_PDF_BYTES = 128 * 1024 * 1024
"""The largest PDF: scanned reports carry a picture of each page."""

FIRST_YEAR, LAST_YEAR = 1800, 2200
"""Years in which a text can have been published: at the edges of the calendar the days before and
after cannot be told, and a file that tells such a year is wrong."""
