"""Through whom a statement came."""

from __future__ import annotations

import pytest

from .quoted import told

PAGE = (
    "Russian President Vladimir Putin’s aide, who took part, Yuri Ushakov, claimed that Moscow is "
    "not interested in a short truce, Interfax reported on 13 March.\n\n"
    "“We want a lasting peace,” Ushakov claimed.\n\n"
    "According to Interfax, Ushakov also mentioned that Putin might say more.\n\n"
    "Russian ultranationalists reacted negatively to the proposal, according to the ISW. One "
    "Russian milblogger claimed it would be “pure betrayal.”"
)


def test_both_ways_to_name_an_agency() -> None:
    page = told(
        PAGE,
        ("Interfax", "reported",
         "Russian President Vladimir Putin’s aide, who took part, Yuri Ushakov, claimed that "
         "Moscow is not interested in a short truce"),
        ("Russian President Vladimir Putin’s aide … Yuri Ushakov", "claimed",
         "that Moscow is not interested in a short truce"),
        ("Moscow", "is not interested in", "a short truce"),
        ("Ushakov#2", "claimed#2", "“We want a lasting peace,”"),
        ("Interfax#2", "According to", "Ushakov also mentioned that Putin might say more"),
        ("Ushakov#3", "mentioned", "that Putin might say more"),
        ("the ISW", "according to",
         "Russian ultranationalists reacted negatively to the proposal"),
        ("Russian ultranationalists", "reacted negatively to", "the proposal"),
        ("One Russian milblogger", "claimed#3", "it would be “pure betrayal.”"),
    )  # fmt: skip
    assert page.names == [
        ["Interfax"],
        ["Interfax", "Yuri Ushakov"],
        ["Interfax", "Yuri Ushakov", "Moscow"],
        ["Yuri Ushakov"],
        ["Interfax"],
        ["Interfax", "Yuri Ushakov"],
        ["ISW"],
        ["ISW", "Russian ultranationalists"],
        [""],
    ]


@pytest.mark.parametrize(
    ("text", "statement", "chain"),
    [
        ("Peskov told the TASS news agency that it ended.",
         ("Peskov", "told", "that it ended"), ["TASS", "Peskov"]),
        ("Peskov said in an interview with TASS that it ended.",
         ("Peskov", "said", "that it ended"), ["TASS", "Peskov"]),
        ("“It ended,” he was quoted as saying by Interfax.",
         ("he", "was quoted as saying", "“It ended,”"), ["Interfax", ""]),
        ("“It ended,” Peskov said, as quoted by Interfax.",
         ("Peskov", "said", "“It ended,”"), ["Interfax", "Peskov"]),
        ("A source at the Élysée told AFP it ended.",
         ("A source at the Élysée", "told", "it ended"), ["AFP", ""]),
        ("Anna Berg confirmed to Haaretz that it ended.",
         ("Anna Berg", "confirmed", "that it ended"), ["Haaretz", "Anna Berg"]),
        ("Anna Berg called it a win in remarks to Geo News.",
         ("Anna Berg", "called", "it a win"), ["Geo News", "Anna Berg"]),
        ("Asked by RIA whether it ended, Peskov replied: “No.”",
         ("Peskov", "replied", "“No.”"), ["RIA", "Peskov"]),
        ("Sergei Ryabkov told the magazine International Affairs that it ended.",
         ("Sergei Ryabkov", "told", "that it ended"), ["International Affairs", "Sergei Ryabkov"]),
        ("A palace source told the Sunday Leader that it ended.",
         ("A palace source", "told", "that it ended"), ["Sunday Leader", ""]),
        ("Anna Berg told Radio Khartia that it ended.",
         ("Anna Berg", "told", "that it ended"), ["Radio Khartia", "Anna Berg"]),
        # Persons, crowds, platforms and conferences pass nothing on.
        ("Peskov told reporters that it ended.", ("Peskov", "told", "that it ended"), ["Peskov"]),
        ("Peskov told state television reporter Pavel Zarubin that it ended.",
         ("Peskov", "told", "that it ended"), ["Peskov"]),
        ("Yermak wrote on Telegram that it ended.", ("Yermak", "wrote", "that it ended"),
         ["Yermak"]),
        ("Yermak told the Knesset that it ended.", ("Yermak", "told", "that it ended"),
         ["Yermak"]),
        # The dateline, before every statement.
        ("KYIV, March 13 (Reuters) - Peskov said it ended.",
         ("Peskov", "said", "it ended"), ["Reuters", "Peskov"]),
        ("Truce ends\n\nDOHA/GAZA (AP) — Peskov told TASS it ended.",
         ("Peskov", "told", "it ended"), ["AP", "TASS", "Peskov"]),
        # An aside in parentheses is no dateline.
        ("The group (Hamas) - so he thinks - is near.", ("he", "thinks", "is near"), [""]),
    ],
)  # fmt: skip
def test_media_in_between(text: str, statement: tuple[str, str, str], chain: list[str]) -> None:
    assert told(text, statement).names == [chain]


def test_who_cites_stands_before_whom_it_cites() -> None:
    content = "that the White House believes Putin is ready"
    text = f"Bloomberg reported, citing people familiar with the matter, {content}."
    page = told(
        text,
        ("Bloomberg", "reported", content),
        ("people familiar with the matter", "citing", content),
        ("the White House", "believes", "Putin is ready"),
        ("Putin", "is ready", "ready"),
    )
    assert page.names == [
        ["Bloomberg"],
        ["Bloomberg", ""],
        ["Bloomberg", "", "White House"],
        ["Bloomberg", "", "White House", "Putin"],
    ]


def test_nothing_is_carried_over_to_the_next_paragraph() -> None:
    page = told(
        "Peskov told TASS that it ended.\n\nPeskov added that it was over.",
        ("Peskov", "told", "that it ended"),
        ("Peskov#2", "added", "that it was over"),
    )
    assert page.names == [["TASS", "Peskov"], ["Peskov"]]


def test_speaking_of_oneself_is_no_hearsay() -> None:
    page = told(
        "Keir Starmer welcomed what he called a breakthrough.",
        ("Keir Starmer", "welcomed", "what he called a breakthrough"),
        ("he", "called", "a breakthrough"),
    )
    assert page.names == [["Keir Starmer"], ["Keir Starmer"]]


@pytest.mark.parametrize("outlet", ["Reuters", "Thomson Reuters"])
def test_an_outlet_is_no_link_to_itself(outlet: str) -> None:
    page = told(
        "KYIV (Reuters) - Peskov told Reuters that it ended.",
        ("Peskov", "told", "that it ended"),
        outlet=outlet,
    )
    assert page.names == [["Peskov"]]


def test_links_have_the_passages_that_show_them() -> None:
    text = "KYIV, March 13 (Reuters) - Peskov told TASS that it ended."
    page = told(text, ("Peskov", "told", "that it ended"), outlet="The Bay Post")
    (chain,) = page.chains
    assert [link.speaker.name for link in chain] == ["The Bay Post", "Reuters", "TASS", "Peskov"]
    assert [link.speaker.kind for link in chain] == ["outlet", "agency", "agency", "person"]
    shown = [[text[a:b] for a, b in link.spans] for link in chain]
    assert shown == [[], ["Reuters"], ["TASS"], ["Peskov"]]


def test_a_hedge_is_shown_by_its_own_word() -> None:
    text = "The truce would reportedly end."
    page = told(text, ("", "reportedly", "The truce would … end"))
    ((_, last),) = page.chains
    assert (last.speaker.kind, [text[a:b] for a, b in last.spans]) == ("unnamed", ["reportedly"])
