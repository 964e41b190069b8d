"""Files and folders: their order, their layouts, and what is set aside."""

import codecs
import hashlib
import json
import os
import textwrap
import time
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from holdfire.statements.article import Article
from holdfire.statements.texts import limits
from holdfire.statements.texts.opening import Aside, Told, texts_of
from tests.statements.texts import documents
from tests.statements.texts.documents import SENTENCES

NEWS = "\n".join(SENTENCES)
PLAIN = "Truce holds, officials say\n\n" + "\n\n".join(SENTENCES) + "\n"


def one(path: Path, told: Told | None = None) -> Article:
    (found,) = texts_of([path], told=told)
    assert isinstance(found, Article), found
    return found


def aside(path: Path) -> Aside:
    (found,) = texts_of([path])
    assert isinstance(found, Aside)
    assert found.file == str(path)
    return found


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"],
)
def test_plain_text_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "news 2025-03-13"
    path.write_bytes(PLAIN.replace("\n", "\r\n").encode(encoding))
    article = one(path)
    assert article.text == NEWS
    assert article.title == "Truce holds, officials say"
    assert article.published == date(2025, 3, 13)
    assert article.inferred["published"] == "the file's name"
    assert article.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    decoded = path.read_bytes().decode(encoding)
    if encoding == "utf-16-le":
        assert not path.read_bytes().startswith(codecs.BOM_UTF16_LE)
    at = article.text.index("nuances")
    assert [decoded[a:b] for a, b in article.passages([(at, at + 7)])] == ["nuances"]


def test_a_page(tmp_path: Path) -> None:
    path = tmp_path / "saved.txt"
    path.write_text(documents.page(), encoding="utf-8")
    article = one(path)
    assert article.text == NEWS
    assert (article.title, article.outlet) == ("Truce holds, officials say", "The Courier")
    assert article.published == date(2025, 3, 13)
    assert article.inferred["outlet"] == "the page's head"


def test_a_page_does_not_depend_on_the_day(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text(documents.page().replace("2025-03-13", "2099-03-13"), encoding="utf-8")
    assert one(path).published == date(2099, 3, 13)


def test_a_feed(tmp_path: Path) -> None:
    body = documents.paragraphs()
    path = tmp_path / "feed"
    path.write_text(
        f"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Courier &amp; Co</title>
<item><title>Truce &amp;amp; talks</title><link>https://courier.example/a</link>
<pubDate>Thu, 13 Mar 2025 23:30:00 GMT</pubDate><description>{escape(body)}</description></item>
<item><title><![CDATA[Second]]></title><guid>https://courier.example/2025/03/14/b</guid>
<description>short</description><content:encoded><![CDATA[{body}]]></content:encoded></item>
<item><title>None</title></item><item><title>Broken""",
        encoding="utf-8",
    )
    first, second, third, fourth = texts_of([path])
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert first.text == second.text == NEWS
    assert (first.title, first.outlet) == ("Truce & talks", "The Courier & Co")
    assert (first.published, second.published) == (date(2025, 3, 13), date(2025, 3, 14))
    assert second.inferred["published"] == "the address"
    assert isinstance(third, Aside)
    assert (third.item, third.reason) == (3, "the entry has no text")
    assert isinstance(fourth, Aside)
    assert "breaks off" in fourth.reason


def test_an_atom_feed(tmp_path: Path) -> None:
    path = tmp_path / "feed"
    path.write_text(
        f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Courier</title><entry>
<title>T</title>
<link rel="self" href="https://courier.example/self"/><link href="https://courier.example/1"/>
<updated>2025-03-13T00:00:00Z</updated><content type="xhtml"><div>{documents.paragraphs()}</div>
</content></entry></feed>""",
        encoding="utf-8",
    )
    article = one(path)
    assert article.text == NEWS
    assert (article.url, article.published) == ("https://courier.example/1", date(2025, 3, 13))


def test_a_pdf(tmp_path: Path) -> None:
    plain = SENTENCES[0] + " " + SENTENCES[2].replace("(Reuters) ", "")
    lines = textwrap.wrap(plain, 70)
    path = tmp_path / "report"
    path.write_bytes(documents.pdf(["Truce holds, officials say", *lines[:2]], lines[2:]))
    article = one(path)
    assert (article.text, article.title) == (plain, "Truce holds, officials say")
    places = article.passages([(0, len(plain))])
    assert places[0][0] > len(article.title)
    assert len(places) == 1


def test_words_divided_in_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "report"
    lines = ["Officials said that the long-term truce had been bro-", "ken and that a new long-",
             "term truce would follow before the end of the week."]  # fmt: skip
    path.write_bytes(documents.pdf(lines))
    assert one(path).text == (
        "Officials said that the long-term truce had been broken and that a new long-term truce "
        "would follow before the end of the week."
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.4\n" + b"rubbish" * 100, "a broken PDF"),
        (documents.pdf([""]), "without a text layer"),
        (b"", "empty"),
        (b" \n\t" * 100, "empty"),
        (b"\x00\x01\x02\x03" * 100, "no text"),
        (b"PK\x03\x04" + b"\0" * 100, "zip file"),
        (b"\x89PNG\r\n" + b"\0" * 100, "picture"),
        (b"<?xml version='1.0'?><gpx><wpt/></gpx>", "neither RSS nor Atom"),
        (b"<rss><channel><title>x</title></channel></rss>", "without entries"),
        (b"[" * 300_000, "nests too deeply"),
        (b'{"a":' * 10_000 + b"\n", "nests too deeply"),
        (b'[{"text": "x"}, {"text": ', "broken JSON"),
        (b'[["a"]]', "no record"),
        (b"((((" * 3_000, "without a space"),
        (b"( ) " * 3_000, "letters"),
        (b"word " * 200_000, "too long"),
        (b"word " * 20_000, "a paragraph of"),
        (b"<html>" + b"<div>" * 5_000, "nests more than"),
        (b"<html><body>" + b"<p>a</p>" * 30_000, "tags"),
        (b"<html><head><script>x</script></head></html>", "no text"),
        ("ا\u200fل\u200bه ".encode() * 300, "letters without width"),
        (("the \u200bof\u200b\u200b " * 200).encode(), "letters without width"),
        (b"the army said " * 9 + "\u202eesraever".encode(), "direction"),
        (("t\u0300\u0301\u0302o\u0300\u0301\u0302 " * 100).encode(), "combining"),
        (("The trucе and the аrmy, as sаid the presіdent " * 9).encode(), "look alike"),
        (("Президент заявил о перемирии на тридцать дней. " * 9).encode(), "Cyrillic"),
        (("وقال المتحدث إن وقف إطلاق النار سيستمر ثلاثين يوما " * 9).encode(), "Arabic"),
        (("停火将持续三十天 " * 30).encode(), "Chinese"),
        (("Der Sprecher sagte, dass die Waffenruhe nicht von der Armee " * 9).encode(), "German"),
        (("Le porte-parole a dit que la trêve est pour les trente jours " * 9).encode(), "French"),
        (b"lorem ipsum dolor sit amet consectetur adipiscing elit sed " * 9, "like English"),
        (b"key = 1\n" * 20, "settings"),
        (b"day,place,act,count\n" + b"2025-03-13,Sumy,shelling here,3\n" * 9, "table"),
        (b"You could close this page. Become a patron!\n", "requests only"),
    ],
)
def test_what_cannot_be_read_is_set_aside(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    assert reason in aside(path).reason


def test_a_locked_pdf(tmp_path: Path) -> None:
    written = documents.pdf(["Words"])
    locked = written.replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <"
        + b"00" * 32 + b"> /U <" + b"11" * 32 + b"> >>",
    )  # fmt: skip
    path = tmp_path / "locked"
    path.write_bytes(locked)
    assert "encrypted" in aside(path).reason


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    for name in ("b/2", "b/1", "a", ".hidden", "b/.git/x", "c"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{PLAIN}\nIt was said in {name}.\n", encoding="utf-8")
    (tmp_path / "d").symlink_to(tmp_path / "gone")
    (tmp_path / "e").symlink_to(tmp_path / "b")
    os.mkfifo(tmp_path / "f")
    (tmp_path / "g").write_bytes((tmp_path / "a").read_bytes())
    found = list(texts_of([tmp_path, tmp_path / "a"]))
    told = [(os.path.relpath(one.file, tmp_path), getattr(one, "reason", "")) for one in found]
    assert told == [
        ("a", ""),
        ("b/1", ""),
        ("b/2", ""),
        ("c", ""),
        ("d", "it cannot be opened: No such file or directory"),
        ("e", "it is a link to a folder"),
        ("f", "it is no regular file"),
        ("g", f"it is the same, byte for byte, as {tmp_path / 'a'}"),
    ]
    assert list(texts_of([tmp_path])) == found


def test_a_large_file_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "large"
    with path.open("wb") as stream:
        stream.write(b"( " * limits.HEAD_BYTES)
        stream.truncate(limits.MOST_BYTES + 1)
    assert "too large" in aside(path).reason


def test_a_line_without_end_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("holdfire.statements.texts.records.MOST_LINE", 1000)
    good = json.dumps({"text": SENTENCES[0]})
    path = tmp_path / "dump"
    path.write_text(f'{good}\n{{"text": "{"a" * 5000}"}}\n{good}\n', encoding="utf-8")
    first, second, third = texts_of([path])
    assert isinstance(first, Article)
    assert isinstance(second, Aside)
    assert (second.item, "longer than" in second.reason) == (2, True)
    assert isinstance(third, Article)
    decoded = path.read_text("utf-8")
    (place,) = third.passages([(0, len(third.text))])
    assert decoded[slice(*place)] == third.text


@pytest.mark.parametrize(
    "hostile",
    [
        "<html>" + "<" * 300_000,
        "<html>" + "<a " * 100_000,
        "<html>" + '<a ="' * 60_000,
        "<html>" + "<a ='\"" * 60_000 + ">",
        "<html>" + "<!--" * 70_000,
        "<html>" + "<script>" * 30_000,
        "<html><p>" + "&" * 300_000,
        "<html><p>" + "&notit" * 50_000,
        "<rss>" + "<![CDATA[" * 30_000,
        "<rss>" + "<item><title>a" * 20_000,
        "[a " * 100_000,
        "![x]( \n" * 40_000,
        "the of to ** __ " * 3_000,
        ("Photo: A " * 40 + "\n") * 800,
    ],
)
def test_no_text_takes_long(tmp_path: Path, hostile: str) -> None:
    path = tmp_path / "file"
    path.write_text(hostile, encoding="utf-8")
    start = time.process_time()
    list(texts_of([path]))
    assert time.process_time() - start < 3


def test_a_broken_page_is_read_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("holdfire.statements.texts.page._main", lambda text: None)
    path = tmp_path / "page"
    path.write_text(documents.page(), encoding="utf-8")
    article = one(path)
    assert all(sentence in article.text for sentence in SENTENCES)
    assert "never read" not in article.text
    assert "whole page" in article.inferred["text"]


def test_jsonl_is_streamed(tmp_path: Path) -> None:
    path = tmp_path / "dump"
    line = json.dumps({"text": NEWS})
    path.write_text(f"{line}\n" * 50, encoding="utf-8")
    stream = texts_of([path])
    assert isinstance(next(stream), Article)
    with path.open("a", encoding="utf-8") as more:
        more.write(json.dumps({"text": f"Added. {NEWS}"}) + "\n")
    assert len(list(stream)) == 50
