"""The text layer of a PDF, read by pdfium in a process of its own.

A PDF is a program in parts, and a hostile one can take any time and memory, or break the library
that reads it. So a process of its own reads it, with limits; what it prints is the text layer.
Offsets count the letters of that layer, pages joined by form feeds.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from holdfire.statements.texts.found import Found, TextError
from holdfire.statements.texts.laid import Laid
from holdfire.statements.texts.limits import (
    MOST_LETTERS,
    MOST_PAGES,
    PDF_MEMORY,
    PDF_SECONDS,
)

_REASONS = {
    "password": ("it is an encrypted PDF", "remove its password first"),
    "pages": (f"it has more than {MOST_PAGES:,} pages", "split it"),
    "letters": (f"it has more than {MOST_LETTERS:,} letters", "split it"),
    "broken": ("it is a broken PDF", "open it in a reader and save it again"),
}
_DIVIDED = re.compile("(\\w+)\ufffe(\\w+)")
_LETTER = re.compile(r"[^\W\d_]")


def document(path: Path) -> Found:
    """Return the text layer of a PDF; broken, locked, scanned or hostile ones are refused."""
    command = [sys.executable, "-m", "holdfire.statements.texts.pdf", str(path)]
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, timeout=PDF_SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired as error:
        raise TextError(
            f"reading the PDF took more than {PDF_SECONDS:.0f} s", "save it as plain text"
        ) from error
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().rsplit("\n", 1)[-1]
        raise TextError(*_REASONS.get(told, _REASONS["broken"]))
    text = done.stdout.decode("utf-8", "replace")
    if not _LETTER.search(text):
        raise TextError("it is a PDF without a text layer", "run text recognition (OCR) on it")
    return Found(1, Laid.whole(text), breaks="pages")


def layer(path: str) -> str:
    """Return the text layer; ``ValueError`` with a reason where there is none to be had."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise ValueError("password" if "password" in str(error).lower() else "broken") from error
    if len(pdf) > MOST_PAGES:
        raise ValueError("pages")
    pages: list[str] = []
    letters = 0
    for number in range(len(pdf)):
        try:
            page = pdf[number]
            sheet = page.get_textpage()
            pages.append(sheet.get_text_range())
        except pypdfium2.PdfiumError as error:
            raise ValueError("broken") from error
        letters += len(pages[-1])
        if letters > MOST_LETTERS:
            raise ValueError("letters")
        sheet.close()
        page.close()
    pdf.close()
    return _undivided("\f".join(pages))


def _undivided(text: str) -> str:
    """Write the hyphens at line ends, which pdfium joins and marks, as hyphens or soft ones.

    A hyphen is part of the word where the text has the word with it elsewhere ("long-term").
    """

    def written(match: re.Match[str]) -> str:
        first, second = match.groups()
        return first + ("-" if f"{first}-{second}".lower() in low else "\u00ad") + second

    low = text.lower()
    return _DIVIDED.sub(written, text).replace("\ufffe", "\u00ad")


def _main(path: str) -> int:
    try:
        import resource
    except ImportError:
        # Only Unix can limit a process; elsewhere its time is limited all the same.
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (PDF_MEMORY, PDF_MEMORY))
    try:
        text = layer(path)
    except ValueError as error:
        sys.stderr.write(str(error))
        return 1
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1]))
