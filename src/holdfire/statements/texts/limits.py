"""How much is read at most, and why: a hostile file must cost no more than a long honest one."""

HEAD_BYTES = 64 * 1024
"""What the layout is told from: far more than any header or preamble needs."""

GUESS_BYTES = 32 * 1024
"""What an encoding is guessed from: the guess gets no better with more, only slower."""

PIECE_BYTES = 1024 * 1024
"""Files are hashed in pieces of this size, whatever their own."""

MOST_BYTES = 16 * 1024 * 1024
"""The largest file read as a whole (plain text, JSON, feeds): five times a year's transcripts of
one outlet. JSONL is read line by line and has no such limit."""

MOST_HTML_BYTES = 4 * 1024 * 1024
"""The largest web page: pages with everything inlined reach 3 MB."""

MOST_TAGS = 40_000
"""Tags in one web page: live pages of a whole day reach 20,000. Trafilatura's time grows with
them."""

DEEPEST = 250
"""How deep a page may nest: real pages reach 60; libxml2 stops at 256."""

MOST_LINE = 8 * 1024 * 1024
"""Letters in one line of JSONL: many times a text of the greatest length, with its escapes."""

MOST_LETTERS = 500_000
"""Letters of one text: ten times the longest reports. A book is not an article."""

LONGEST_WORD = 4_000
"""Letters without a space: the longest addresses are half of that. Brackets without end and
binary data written as letters are longer."""

LONGEST_PARAGRAPH = 60_000
"""Letters of one paragraph: twenty pages. What is longer has lost its line breaks."""

MOST_PAGES = 1_000
"""Pages of a PDF."""

PDF_SECONDS = 60.0
"""A PDF is read by a process of its own, which may take this long; 1,000 pages take 5 s."""

PDF_MEMORY = 2 * 1024**3
"""And this much memory, in bytes of address space."""

MOST_PDF_BYTES = 128 * 1024 * 1024
"""The largest PDF: scanned reports with a text layer reach 100 MB."""
