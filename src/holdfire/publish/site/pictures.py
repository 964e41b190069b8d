"""The picture that a link to a page is shown with: 1200 by 630, a clause's strip and figures.

Drawn as a one-page PDF with the reader's own Latin letters and turned into pixels by pdfium, which
is here for reading bulletins: no font, no browser and no further package is needed. What those
letters cannot write is left out of the picture; it is in the page's title anyway.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

import numpy as np
import pypdfium2

from holdfire.publish import wording
from holdfire.publish.safe import plain
from holdfire.publish.site.sections import Figure, Section
from holdfire.publish.strips import HEIGHT
from holdfire.tables.answer import Answer

WIDTH, TALL = 1200, 630
INK, SOFT = "0.106 0.106 0.106", "0.34 0.34 0.34"
BLUE, PALE, GREY = "0.086 0.29 0.502", "0.773 0.839 0.91", "0.62 0.62 0.62"
FILLS = {
    "before-certain": GREY, "before-day-open": "0.74 0.74 0.74",
    "before-possible": "0.87 0.87 0.86",
    "window-certain": BLUE, "window-day-open": "0.43 0.56 0.7", "window-possible": PALE,
}  # fmt: skip
LETTERS = 0.53
"""Mean width of a letter of Helvetica, as a share of its size: enough to break lines by."""


def index_picture(answer: Answer, headline: str) -> bytes:
    """Return the picture of the first page as PNG: the answer in words."""
    return _png(_page([*_frame(answer, ""), *_lines(headline, 70, 190, 40, 56, 6)]))


def clause_picture(answer: Answer, section: Section) -> bytes:
    """Return the picture of a clause as PNG: its first count and its strip by day."""
    drawn = _frame(answer, section.title)
    if not section.figures:
        return _png(
            _page([*drawn, *_lines("Nothing supplied, nothing known.", 70, 300, 36, 50, 2)])
        )
    figure = section.figures[0]
    would = wording.never(answer)
    kind = "would have counted as alleged violations" if would else "alleged violations"
    drawn += [
        _words(figure.count, 70, 320, 72, bold=True),
        _words(f"{figure.unit}: {kind}" if not would else f"{figure.unit} {kind}", 70, 366, 28),
    ]
    if figure.strip is not None:
        drawn += _bars(figure)
    return _png(_page(drawn))


def _frame(answer: Answer, clause: str) -> list[str]:
    """Return the title above and what must be said of the whole below."""
    drawn = _lines(plain(answer.title), 70, 80, 28, 36, 2, ink=SOFT)
    if clause:
        drawn += _lines(clause, 70, 180, 46, 52, 1, bold=True)
    said = "  ".join(text.split(". ")[0] for text in wording.banners(answer))
    return [*drawn, _words(said or "Alleged, not established.", 70, 604, 24, bold=bool(said))]


def _bars(figure: Figure) -> list[str]:
    """Return the strip's bars as filled paths: the path data holds ``M x y h w v h H x Z``."""
    strip = figure.strip
    assert strip is not None  # noqa: S101 - the caller looked
    left, top, wide, high = 70.0, 400.0, 1060.0, 120.0
    sx, sy = wide / strip.days, high / HEIGHT
    drawn = []
    for kind, fill in FILLS.items():
        boxes = []
        for bar in strip.bars[kind].split("M")[1:]:
            start, rest = bar.split("h", 1)
            x, y = (float(one) for one in start.split(" "))
            w, tail = rest.split("v", 1)
            h = float(tail.split("H", 1)[0])
            boxes.append(_box(left + x * sx, top + y * sy, float(w) * sx, h * sy))
        if boxes:
            drawn.append(f"{fill} rg {' '.join(boxes)} f")
    drawn.append(f"{INK} rg {_box(left, top + high, wide, 2)} f")
    drawn.append(f"0.478 0.322 0 rg {_box(left + wide * strip.start_percent / 100, 390, 4, 132)} f")
    for tick in strip.ticks:
        x = left + wide * tick.percent / 100
        drawn += [f"{SOFT} rg {_box(x, top + high, 1.5, 8)} f", _words(tick.label, x, 552, 20)]
    return drawn


def _box(x: float, y: float, wide: float, high: float) -> str:
    return f"{x:.2f} {TALL - y - high:.2f} {wide:.2f} {high:.2f} re"


def _lines(
    text: str, x: float, y: float, size: int, step: int, most: int, *,
    bold: bool = False, ink: str = INK,
) -> list[str]:  # fmt: skip
    """Return a text broken into lines from a baseline downwards, cut after the last one."""
    room = int((WIDTH - 2 * x) / (size * LETTERS))
    lines, line = [], ""
    for word in plain(text, 600).split(" "):
        if line and len(line) + 1 + len(word) > room:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1][: room - 2]} …"]
    return [
        _words(one[:room], x, y + nth * step, size, bold=bold, ink=ink)
        for nth, one in enumerate(lines)
    ]


def _words(text: str, x: float, y: float, size: int, *, bold: bool = False, ink: str = INK) -> str:
    try:
        data = text.encode("cp1252")
    except UnicodeEncodeError:
        return ""
    safe = data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    font = "B" if bold else "R"
    return (
        f"BT /{font} {size} Tf {ink} rg {x:.1f} {TALL - y:.1f} Td ({safe.decode('cp1252')}) Tj ET"
    )


def _page(drawn: Sequence[str]) -> bytes:
    """Return a PDF (ISO 32000-1) of one page with the given drawing."""
    paper = f"1 0.996 0.984 rg 0 0 {WIDTH} {TALL} re f {INK} rg 70 {TALL - 40} 1060 4 re f"
    stream = "\n".join([paper, *drawn]).encode("cp1252")
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {TALL}] /Contents 4 0 R "
        "/Resources << /Font << /R 5 0 R /B 6 0 R >> >> >>".encode(),
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        font.format("Helvetica").encode(),
        font.format("Helvetica-Bold").encode(),
    ]
    out = b"%PDF-1.4\n"
    offsets = []
    for nth, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (nth, body)
    table = b"".join(b"%010d 00000 n \n" % at for at in offsets)
    count = len(bodies) + 1
    xref = b"xref\n0 %d\n0000000000 65535 f \n%b" % (count, table)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return out + xref + trailer % (count, len(out))


def _png(pdf: bytes) -> bytes:
    """Return a PDF's first page as PNG (W3C, 2003), eight bits a colour."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    bitmap = page.render(scale=1, rev_byteorder=True, no_smoothtext=False)
    pixels = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
    page.close()
    document.close()
    rows = np.zeros((pixels.shape[0], 1 + pixels.shape[1] * 3), np.uint8)
    rows[:, 1:] = pixels.reshape(pixels.shape[0], -1)
    head = struct.pack(">IIBBBBB", pixels.shape[1], pixels.shape[0], 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows.tobytes(), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
