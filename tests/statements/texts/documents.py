"""Documents for the tests: pages, feeds and PDFs with our own sentences."""

SENTENCES = (
    "Officials in Jeddah said on Tuesday that the truce would hold for thirty days and that talks "
    "would go on.",
    "“We agree,” the minister told reporters — “but there are nuances to be settled first.”",
    "KYIV (Reuters) - The army said it had recorded 96 assaults since the ceasefire began.",
    "According to a spokesman, the delegation will return to the capital & report on Friday.",
)

ENTITIES = {"&": "&amp;", "—": "&#8212;", "“": "&ldquo;"}


def paragraphs() -> str:
    """Return the sentences as HTML, some letters as entities, one with a link and wrapped."""
    body = ""
    for sentence in SENTENCES:
        written = "".join(ENTITIES.get(letter, letter) for letter in sentence)
        body += "<p>" + written.replace("the ", "the\n   <a href='x'>", 1).replace(
            "said", "said</a>", 1
        ) + "</p>\n"  # fmt: skip
    return body


def page() -> str:
    """Return a web page with everything around the text that pages have."""
    return f"""<!DOCTYPE html><html><head><title>Truce holds, officials say | The Courier</title>
<meta property="og:site_name" content="The Courier">
<meta property="article:published_time" content="2025-03-13T22:00:00Z">
<script>var x = "<p>never read</p>";</script></head><body>
<nav><ul>{'<li><a href="/a">Section</a></li>' * 30}</ul></nav>
<article><h1>Truce holds, officials say</h1>
<figure><img src="x"><figcaption>Jeddah. Photo: A. Okafor/Lakeside Herald</figcaption></figure>
{paragraphs()}<p>Read also:</p><ul><li><a href="y">Another title here</a></li></ul>
</article><aside><h3>Most read</h3><ul><li><a href="z">One more title</a></li></ul></aside>
<footer>© 2025 The Courier. All rights reserved</footer></body></html>"""


def pdf(*pages: list[str]) -> bytes:
    """Return a PDF with a text layer, line by line."""
    parts = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    parts.append("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    kids = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        stream = f"BT /F1 11 Tf 50 780 Td 14 TL {shown} ET"
        parts.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
        kids.append(len(parts) + 1)
        parts.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            f"/Contents {len(parts)} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
    listed = " ".join(f"{kid} 0 R" for kid in kids)
    parts[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>"
    written, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{part}\nendobj\n".encode("latin-1")
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        written
        + f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n".encode()
        + table
        + f"trailer << /Size {len(parts) + 1} /Root 1 0 R >>\n".encode()
        + f"startxref\n{len(written)}\n%%EOF".encode()
    )
