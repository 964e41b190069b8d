"""Cleaning: what is cut, what is kept, and what is learnt of a text on the way."""

from datetime import date
from pathlib import Path

import pytest

from holdfire.statements.article import Article
from holdfire.statements.texts import days
from holdfire.statements.texts.boilerplate import boilerplate
from holdfire.statements.texts.cleaning import cleaned
from holdfire.statements.texts.found import Breaks, Found
from holdfire.statements.texts.laid import Laid
from holdfire.statements.texts.opening import texts_of

START = Path("/work/shared/data/news/article-2025-03-13.txt")
LEDE = "An aide to the president, who took part in the talks, called a truce “a respite”."
NEWS = "The minister said that the army had counted 96 attacks since midnight."
END = "Nobody in the capital expects the talks to end this week."
PAGE = f"""Aide says the capital wants no truce

{LEDE}
Jan-Novak-2
The president’s aide, Jan Novak. Credit: TV Nowhere
Aide says the capital wants no truce

{NEWS}

Read also:

Read also:

Read more:
What the aide said last year
A truce that never was: the story of May

{END}

You could close this page. Or you could join our community. Become a Patron!

To suggest a correction or clarification, write to us here

You can also highlight the text and press Ctrl + Enter

Please leave your suggestions or corrections here



    Nowhere Press

    We are an independent media outlet that relies solely on advertising revenue to sustain itself.

    Related Posts"""


def clean(text: str, breaks: Breaks = "lines", **known: str) -> tuple[str, Found]:
    found = Found(1, Laid.whole(text), breaks=breaks, **known)  # type: ignore[arg-type]
    return cleaned(found).text, found


def test_a_dumped_page() -> None:
    text, found = clean(PAGE)
    assert text == "\n".join((LEDE, NEWS, END))
    assert (found.title, found.outlet) == ("Aide says the capital wants no truce", "Nowhere Press")
    assert found.how == {"title": "the first line", "outlet": "what was cut around the text"}


@pytest.mark.real
def test_the_page_all_began_with() -> None:
    if not START.exists():
        pytest.skip(f"{START} is not here")
    (article,) = texts_of([START])
    assert isinstance(article, Article)
    assert article.title == "Putin’s aide says Russia does not want a temporary truce"
    assert (article.outlet, article.published) == ("Euromaidan Press", date(2025, 3, 13))
    lines = article.text.split("\n")
    assert len(lines) == 11
    assert lines[0].startswith("Russian presidential aide Yuri Ushakov, who participated")
    assert lines[-1].startswith("The Trump administration has several leverage points")
    for cut in ("Credit", "Yuri-Ushakov", "Read also", "patron", "Ctrl", "ad blocker", "Related"):
        assert cut not in article.text


@pytest.mark.parametrize(
    "line",
    [
        "Jan-Novak", "IMG_2031.jpg", "jeddah-talks-2025.webp",
        "Cars on the road to Tyre. Image: Lakeside Herald/N. Haddad",
        "A man walks past a ruin [File: A. Okafor/AP Photo]", "A man walks past a ruin [Reuters]",
        "(AP Photo/A. Okafor)", "Soldiers near Sumy (REUTERS/A. Okafor)", "AFP via Getty Images",
        "Image source, Getty Images", "Jan Novak in May. Photo by A. Okafor/AFP",
        "Jan Novak at a reception. Credit: press service",
        "Share", "Share this article: Facebook | X | WhatsApp", "Facebook Twitter Telegram",
        "Advertisement", "- Advertisement -", "5 min read", "Read more: The aide’s year", "***",
        "Follow Jane Doe on Twitter @doe.", "Tags: truce, talks",
        "We use cookies to improve your experience. By clicking \"Accept all\", you agree to our "
        "use of cookies.",
        "Sign up for our newsletter and get the news in your inbox.",
        "Already a subscriber? Log in to read the whole article.",
        "Found a mistake? Select the text and press Ctrl+Enter.",
        "Please turn off your ad blocker.", "© 2025 The Courier. All rights reserved.",
        "(Reporting by A. Okafor; Editing by J. Doe)", "J. Doe contributed to this report.",
        "Doe reported from Kyiv. Writer A. Okafor in Jeddah contributed.",
        "Published 16 January 2025, 14:20 GMT", "14/03/2025 3 minutes read",
    ],
)  # fmt: skip
def test_cut(line: str) -> None:
    assert clean(f"{NEWS}\n\n{line}\n\n{END}")[0] == f"{NEWS}\n{END}"


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe",
        "MOSCOW",
        "KYIV (Reuters) - The army said so.",
        "Analysis",
        "“We use cookies,” a spokesman for the ministry said on Tuesday.",
        "He wrote on Telegram and Facebook that the truce was over.",
        "The minister posted a picture of the letter to his Twitter page.",
        "He posted a photo: the tank was burning.",
        "Getty Images said it would leave the country.",
        "The army said the attack had killed two. [Reuters]",
        "Donors were asked to make a donation to the army.",
        "Readers of the letter reported an error in its date.",
        "Source: Andriy Novak on Telegram",
        "With inputs from Reuters",
        "The fighters share their rations.",
        "Talks at Ras al-Ain-Tal-Tamr failed.",
        "They follow the talks.",
        "Related talks were held in Doha.",
        "What next?",
    ],
)
def test_kept(line: str) -> None:
    assert clean(f"{NEWS}\n\n{line}\n\n{END}")[0] == f"{NEWS}\n{line}\n{END}"


def test_a_sign_off_is_cut_from_its_paragraph() -> None:
    assert (
        clean(f"{NEWS}\n\n{END} (Reporting by A. Okafor; Editing by J. Doe)")[0] == f"{NEWS}\n{END}"
    )


@pytest.mark.parametrize(
    ("text", "title", "kept"),
    [
        (f"GUNS FALL SILENT\n\n{NEWS}", "GUNS FALL SILENT", NEWS),
        (f"Will it hold?\n\n{NEWS}", "Will it hold?", NEWS),
        (f"Truce holds, aide says\n{NEWS}\nTruce holds, aide says\n{END}", "Truce holds, aide says",
         f"{NEWS}\n{END}"),
        (f"# Truce holds today\n\n{NEWS}", "Truce holds today", NEWS),
        (f"Truce holds in Jeddah\n{NEWS}", "", f"Truce holds in Jeddah\n{NEWS}"),
        (f"{NEWS}\n\n{END}", "", f"{NEWS}\n{END}"),
        (f"MOSCOW\n\n{NEWS}", "", f"MOSCOW\n{NEWS}"),
        (f"By Jane Doe Smith\n\n{NEWS}", "", f"By Jane Doe Smith\n{NEWS}"),
        ("Truce holds in Jeddah", "", "Truce holds in Jeddah"),
    ],
)  # fmt: skip
def test_titles(text: str, title: str, kept: str) -> None:
    told, found = clean(text)
    assert (told, found.title) == (kept, title)


@pytest.mark.parametrize("end", [" | The Courier", " - The Courier", " | World | The Courier"])
def test_a_title_is_cut_without_its_outlet(end: str) -> None:
    told, found = clean(f"Truce holds\n{NEWS}\nTruce holds\n{END}", title=f"Truce holds{end}")
    assert told == f"{NEWS}\n{END}"
    assert found.title == f"Truce holds{end}"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_of_a_fixed_width_are_joined(end: str) -> None:
    wrapped = (
        'Families slept in their own beds after the armies agreed to "strict\n'
        "observance\n"
        "of all agreements on ceasing fire from midnight, the cease-\n"
        "fire line included.\n"
        "\n"
        '"I will believe it in the summer," a teacher said.\n'
        "“The guns,” he said, “are still there.”\n"
    )
    text, _ = clean(wrapped.replace("\n", end))
    assert text.split("\n") == [
        'Families slept in their own beds after the armies agreed to "strict observance of all '
        "agreements on ceasing fire from midnight, the cease-fire line included.",
        '"I will believe it in the summer," a teacher said.',
        "“The guns,” he said, “are still there.”",
    ]


def test_letters_without_width_and_marks_are_cut() -> None:
    text, _ = clean(
        "- The **army** said\u200b the tru\u00adce [held](https://a.example/b).\n\n" + END
    )
    assert text == f"The army said the truce held.\n{END}"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("KYIV, March 13, 2025 (Reuters) - The army said so.", date(2025, 3, 13)),
        ("Kyiv, 13 March 2025 — The army said so.", date(2025, 3, 13)),
        ("KYIV, March 13 (Reuters) - The army said so.", None),
        ("The truce of 15 February 2015 failed, the army said: nobody kept it.", None),
        ("The army said that the truce of 15 February 2015 had failed.", None),
    ],
)
def test_the_day_from_a_dateline(line: str, day: date | None) -> None:
    text, found = clean(f"{line}\n\n{END}")
    assert text == f"{line}\n{END}"
    assert found.published == day


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2025-03-13T23:59:00-05:00", date(2025, 3, 13)),
        ("20250313T101500Z", date(2025, 3, 13)),
        ("2025/03/13", date(2025, 3, 13)),
        ("Thu, 13 Mar 2025 23:30:00 GMT", date(2025, 3, 13)),
        ("March 13th, 2025", date(2025, 3, 13)),
        ("13.03.2025", date(2025, 3, 13)),
        ("3/13/2025", date(2025, 3, 13)),
        (1741824000, date(2025, 3, 13)),
        ("1741824000000", date(2025, 3, 13)),
        ("03/04/2025", None),
        ("2025-13-40", None),
        ("2025-03", None),
        (True, None),
        (1e300, None),
        ("yesterday", None),
    ],
)
def test_days_of_fields(value: object, day: date | None) -> None:
    assert days.of_value(value) == day


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("© 2025 The Lakeside Herald. All rights reserved.", "The Lakeside Herald"),
        ("Copyright © 2025 Nowhere Press", "Nowhere Press"),
        ("Follow Nowhere Press on Telegram: our channel on Telegram", "Nowhere Press"),
    ],
)
def test_the_outlet_from_what_is_cut(line: str, outlet: str) -> None:
    text, found = clean(f"{NEWS}\n\n{line}")
    assert (text, found.outlet) == (NEWS, outlet)


def test_the_rules_are_written_as_they_are_compared() -> None:
    rules = boilerplate()
    phrases = [phrase.text for phrase in rules.phrases]
    for word in (*phrases, *rules.buttons, *rules.headings, *rules.beginnings):
        assert word == word.lower().replace("’", "'")
