"""From source passages to persons and bodies."""

from __future__ import annotations

import pytest

from holdfire.statements.people import Words, resolve

from .quoted import told

ALONE = [
    # source passage, name, kind, role, party, standing
    ("Russian presidential aide Yuri Ushakov", "Yuri Ushakov", "person",
     "Russian presidential aide", "russia", "none"),
    ("Andriy Yermak, head of the Ukrainian president's office", "Andriy Yermak", "person",
     "head of the Ukrainian president's office", "ukraine", "none"),
    ("Israel's junior defence minister, Uri Bar", "Uri Bar", "person",
     "Israel's junior defence minister", "israel", "speaks"),
    ("Defence Minister Israel Katz of Israel", "Israel Katz", "person", "Defence Minister",
     "israel", "decides"),
    ("US Presidential Special Envoy for the Middle East Steve Witkoff", "Steve Witkoff", "person",
     "US Presidential Special Envoy for the Middle East", "united-states", "speaks"),
    ("General Mark Clark, the United Nations commander", "Mark Clark", "person",
     "United Nations commander", None, "none"),
    ("Qatari Prime Minister Sheikh Mohammed bin Abdulrahman al-Thani",
     "Mohammed bin Abdulrahman al-Thani", "person", "Qatari Prime Minister", "qatar", "decides"),
    ("Humberto de la Torre", "Humberto de la Torre", "person", "", None, "none"),
    ("Ghulam Qadir, a retired teacher from Silikote", "Ghulam Qadir", "person",
     "retired teacher from Silikote", None, "none"),
    ("Ex-president Pavel Holub", "Pavel Holub", "person", "Ex-president", None, "none"),
    ("Prime Minister Anna Major", "Anna Major", "person", "Prime Minister", None, "decides"),
    ("the guerrilla leader known as Halcón", "Halcón", "person", "guerrilla leader", None,
     "decides"),
    ("US Secretary of State Marco Rubio", "Marco Rubio", "person", "US Secretary of State",
     "united-states", "decides"),
    ("Secretary of State Marco Rubio", "Marco Rubio", "person", "Secretary of State",
     "united-states", "decides"),
    ("Moscow", "Moscow", "institution", "", "russia", "speaks"),
    ("the Kremlin", "Kremlin", "institution", "", "russia", "speaks"),
    ("Ukraine", "Ukraine", "institution", "", "ukraine", "speaks"),
    ("The Russian Defence Ministry", "Russian Defence Ministry", "institution", "", "russia",
     "speaks"),
    ("the Pakistani army", "Pakistani army", "institution", "", "pakistan", "speaks"),
    ("Norway's parliament", "Norway's parliament", "institution", "", "norway", "decides"),
    ("the Ukrainian delegation", "Ukrainian delegation", "group", "", "ukraine", "decides"),
    ("Hamas", "Hamas", "group", "", "hamas", "speaks"),
    ("The Palestinian militant group Hamas", "Hamas", "group", "", "hamas", "speaks"),
    ("Ahrar al-Sham, a powerful faction", "Ahrar al-Sham", "group", "", "ahrar-al-sham", "speaks"),
    ("The Communist Party of Nepal (Maoist)", "Communist Party of Nepal (Maoist)", "group", "",
     "cpn-maoist", "speaks"),
    ("The militia, the YPG", "YPG", "group", "", "ypg", "speaks"),
    ("the government and the Free Aceh Movement (GAM)", "government and the Free Aceh Movement",
     "group", "", None, "none"),
    ("The leaders of the republics, Alexander Zakharchenko and Igor Plotnitsky",
     "leaders of the republics", "group", "", None, "decides"),
    ("The troika of Britain, Norway and the United States",
     "troika of Britain, Norway and the United States", "group", "", None, "none"),
    ("The M23 rebels", "M23", "group", "", "m23", "speaks"),
    ("the armies of India and Pakistan", "armies of India and Pakistan", "group", "", None,
     "speaks"),
    ("Russia and Ukraine", "Russia and Ukraine", "group", "", None, "none"),
    ("Witkoff and Kellogg", "Witkoff and Kellogg", "group", "", None, "none"),
    ("Egypt and the Arab League", "Egypt and the Arab League", "group", "", None, "none"),
    ("The Americans", "Americans", "group", "", "united-states", "none"),
    ("Russian ultranationalists", "Russian ultranationalists", "group", "", None, "none"),
    ("Bishops", "Bishops", "group", "", None, "none"),
    ("both sides", "both sides", "group", "", None, "none"),
    ("the joint statement", "joint statement", "document", "", None, "decides"),
    ("the text", "text", "document", "", None, "none"),
    ("one of those statements", "one of those statements", "document", "", None, "none"),
    ("Interfax", "Interfax", "agency", "", None, "none"),
    ("the Associated Press", "Associated Press", "agency", "", None, "none"),
    ("Russian state news agency TASS", "TASS", "agency", "", None, "none"),
    ("the Kan broadcaster", "Kan", "outlet", "", None, "none"),
    ("the Institute for the Study of War (ISW)", "Institute for the Study of War", "institution",
     "", None, "none"),
    ("a Ukrainian drone operator near Pokrovsk", "", "unnamed",
     "Ukrainian drone operator near Pokrovsk", "ukraine", "none"),
    ("A spokesman for Lashkar-e-Taiba", "", "unnamed", "spokesman for Lashkar-e-Taiba",
     "lashkar-e-taiba", "speaks"),
    ("One Russian milblogger", "", "unnamed", "Russian milblogger", None, "none"),
    ("people familiar with the matter", "", "unnamed", "people familiar with the matter", None,
     "none"),
    ("two Egyptian security sources", "", "unnamed", "Egyptian security sources", "egypt", "none"),
    ("a Western diplomat", "", "unnamed", "Western diplomat", None, "none"),
    ("a Russian daily", "", "unnamed", "Russian daily", None, "none"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "name", "kind", "role", "party", "standing"), ALONE)
def test_a_source_by_itself(
    source: str, name: str, kind: str, role: str, party: str | None, standing: str
) -> None:
    (speaker,) = told(f"{source} said so.", (source, "said", "so")).speakers
    found = (speaker.name, speaker.kind, speaker.role, speaker.party, speaker.standing)
    assert found == (name, kind, role, party, standing)


def names(text: str, *statements: tuple[str, str, str]) -> list[str]:
    return [speaker.name for speaker in told(text, *statements).speakers]


@pytest.mark.parametrize(
    ("text", "statements", "expected"),
    [
        # Surname, description and pronoun are one person.
        ("Russian presidential aide Yuri Ushakov spoke. The presidential aide said no. "
         "Ushakov added a word. He meant it.",
         (("The presidential aide", "said", "no"), ("Ushakov#2", "added", "a word"),
          ("He", "meant", "it")), ["Yuri Ushakov"] * 3),
        # A president is not his aide, also where the aide is called after him.
        ("Russian President Vladimir Putin’s aide, who took part, Yuri Ushakov, claimed much. "
         "The aide said more. Putin said nothing.",
         (("Russian President Vladimir Putin’s aide … Yuri Ushakov", "claimed", "much"),
          ("The aide", "said#1", "more"), ("Putin#2", "said#2", "nothing")),
         ["Yuri Ushakov", "Yuri Ushakov", "Vladimir Putin"]),
        ("President Donald Trump said the United States could act.\n\n“I want peace,” he said.",
         (("President Donald Trump", "said", "the United States could act"),
          ("he", "said#2", "“I want peace,”")), ["Donald Trump"] * 2),
        # The subject of the sentence before, not whom it mentions.
        ("Putin announced it at a meeting with the chief of staff, Valery Gerasimov. He said more.",
         (("Putin", "announced", "it"), ("He", "said", "more")), ["Putin"] * 2),
        # In somebody's words "he" is the speaker, in quotation marks it is somebody else.
        ("Vladimir Putin spoke first. Peskov explained that he was glad.",
         (("Vladimir Putin", "spoke", "first"), ("Peskov", "explained", "that he was glad"),
          ("he", "was glad", "glad")), ["Vladimir Putin", "Peskov", "Peskov"]),
        ("Vladimir Putin spoke first. “Yes, he wants it,” Peskov explained.",
         (("Vladimir Putin", "spoke", "first"), ("Peskov", "explained", "“Yes, he wants it,”"),
          ("he", "wants", "it")), ["Vladimir Putin", "Peskov", "Vladimir Putin"]),
        # She is a woman.
        ("Foreign Ministry spokeswoman Maria Zakharova met Sergei Lavrov. She said so.",
         (("She", "said", "so"),), ["Maria Zakharova"]),
        # Bodies by their last word, "it" by who spoke.
        ("The Russian Defence Ministry said A. All of it, the ministry insisted, was true. "
         "It added B.",
         (("The Russian Defence Ministry", "said", "A"), ("the ministry", "insisted", "was true"),
          ("It", "added", "B")), ["Russian Defence Ministry"] * 3),
        ("Hamas said A. The group added B.", (("Hamas", "said", "A"), ("The group", "added", "B")),
         ["Hamas"] * 2),
        ("TASS reported A. The agency added B.",
         (("TASS", "reported", "A"), ("The agency", "added", "B")), ["TASS"] * 2),
        ("The Institute for the Study of War (ISW) said A.\n\nISW noted B. The think tank warned.",
         (("ISW#2", "noted", "B"), ("The think tank", "warned", "warned")),
         ["Institute for the Study of War"] * 2),
        # Letters stand for the words.
        ("The TPLF said A. The Tigray People's Liberation Front said B.",
         (("The TPLF", "said", "A"),), ["Tigray People's Liberation Front"]),
        # The last to speak without a role is who is now called by one.
        ("Ilham Aliyev praised it. “We won,” the Azerbaijani president said.",
         (("Ilham Aliyev", "praised", "it"), ("the Azerbaijani president", "said", "“We won,”")),
         ["Ilham Aliyev"] * 2),
        ("The rebels disagree. They said so.", (("They", "said", "so"),), ["rebels"]),
        ("Milbloggers were harsher. Several of them said so.",
         (("Several of them", "said", "so"),), ["Milbloggers"]),
        ("Two diplomats told Reuters so. They said more.",
         (("Two diplomats", "told", "so"), ("They", "said", "more")), ["", ""]),
        # "Its ambassador" is nobody whom the text names for another.
        ("UN envoy Hans Grundberg met the Houthis. Its ambassador said so.",
         (("Its ambassador", "said", "so"),), [""]),
        # Of two who are only mentioned neither is "the US president".
        ("Jon Ek's envoy Anna Berg met Pavel Holub there. “Go on,” the US president "
         "wrote.",
         (("the US president", "wrote", "“Go on,”"),), [""]),
        # Whom nobody names stays unnamed, however often.
        ("A British private stood there. “About time,” he said.",
         (("he", "said", "“About time,”"),), [""]),
    ],
)  # fmt: skip
def test_one_person_by_many_words(
    text: str, statements: tuple[tuple[str, str, str], ...], expected: list[str]
) -> None:
    assert names(text, *statements) == expected


@pytest.mark.parametrize(
    ("text", "statement", "party"),
    [
        # Of whom the sentence or the paragraph speaks.
        ("Moscow has not agreed. Foreign Ministry spokeswoman Maria Zakharova said no.",
         ("Foreign Ministry spokeswoman Maria Zakharova", "said", "no"), "russia"),
        ("Ukraine agreed in Riyadh, and Defence Minister Rustem Umerov said so.",
         ("Defence Minister Rustem Umerov", "said", "so"), "ukraine"),
        # What somebody promises is for the own side; an accusation is for the other.
        ("President Pavel Holub said the United States could act.",
         ("President Pavel Holub", "said", "the United States could act"), "united-states"),
        ("President Pavel Holub said Russia broke it.",
         ("President Pavel Holub", "said", "Russia broke it"), None),
        # Who is known to hold an office that day needs no word for the party.
        ("President Volodymyr Zelenskyy said Russia broke it.",
         ("President Volodymyr Zelenskyy", "said", "Russia broke it"), "ukraine"),
        # A clause on which another depends tells nothing of whoever speaks.
        ("If Russia accepts it, President Zelensky said, Ukraine will.",
         ("President Zelensky", "said", "If Russia accepts it … Ukraine will"), "ukraine"),
        ("If Ukraine accepts it, President Putin said, Russia will.",
         ("President Putin", "said", "If Ukraine accepts it … Russia will"), "russia"),
        ("If Russia accepts it, President Holub said, Ukraine will.",
         ("President Holub", "said", "If Russia accepts it … Ukraine will"), None),
        ("Once Russia agrees, Defence Minister Jon Ek said so.",
         ("Defence Minister Jon Ek", "said", "so"), None),
        # A rival or a counterpart is on the other side, whichever that is.
        ("Russian President Pavel Holub was there. His rival, Jon Ek, said so.",
         ("His rival, Jon Ek", "said", "so"), None),
        # An envoy of the United Nations belongs to no party, nor does a villager.
        ("Yemen thanked him. UN envoy Hans Grundberg said so.",
         ("UN envoy Hans Grundberg", "said", "so"), None),
        ("Ukraine agreed. Iryna Kovalenko, a teacher, said so.",
         ("Iryna Kovalenko, a teacher", "said", "so"), None),
        # Sent to a state is not of it.
        ("The ambassador to Ukraine, Anna Berg, said so.",
         ("The ambassador to Ukraine, Anna Berg", "said", "so"), None),
        ("Putin's spokesman said so. Russian President Vladimir Putin slept.",
         ("Putin's spokesman", "said", "so"), "russia"),
    ],
)  # fmt: skip
def test_sides(text: str, statement: tuple[str, str, str], party: str | None) -> None:
    (speaker,) = told(text, statement).speakers
    assert speaker.party == party


def test_a_private_person_can_be_told_by_kind_and_role() -> None:
    (speaker,) = told("Olha Demenko said so.", ("Olha Demenko", "said", "so")).speakers
    assert (speaker.kind, speaker.role, speaker.standing) == ("person", "", "none")


def test_a_case_knows_whose_side_somebody_is_on() -> None:
    page = told("Berg said so.", ("Berg", "said", "so"))
    words = Words.load().with_case({}, {"people": {"Anna Berg": "valley"}})
    assert [one.party for one in resolve(page.article, page.attributions, words)] == ["valley"]
    assert [one.party for one in page.speakers] == [None]


def test_nobody_named_is_unnamed() -> None:
    (speaker,) = told("It would reportedly end.", ("", "reportedly", "end")).speakers
    assert (speaker.name, speaker.kind, speaker.named) == ("", "unnamed", False)


@pytest.mark.parametrize(
    ("source", "name", "role"),
    [
        ("The wife of President Zelensky, Olena Zelenska", "Olena Zelenska",
         "wife of President Zelensky"),
        ("The aide to Prime Minister Netanyahu, Jon Ek", "Jon Ek",
         "aide to Prime Minister Netanyahu"),
        ("The wife of French President Holub, Anna Berg", "Anna Berg",
         "wife of French President Holub"),
        ("Minister of Defence Jon Ek", "Jon Ek", "Minister of Defence"),
    ],
)  # fmt: skip
def test_an_office_after_a_preposition_is_somebody_elses(source: str, name: str, role: str) -> None:
    (speaker,) = told(f"{source} said she agrees.", (source, "said", "she agrees")).speakers
    assert (speaker.name, speaker.role, speaker.standing == "decides") == (
        name, role, "Minister" in source and "Prime" not in source,
    )  # fmt: skip


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "\u2007"])
def test_every_space_is_a_space(space: str) -> None:
    source = f"President{space}Vladimir{space}Putin"
    (speaker,) = told(f"{source} said so.", (source, "said", "so")).speakers
    assert (speaker.name, speaker.role) == ("Vladimir Putin", "President")


def test_it_is_the_group_that_says_so() -> None:
    speakers = told(
        "The RSF said it accepted the truce.",
        ("The RSF", "said", "it accepted the truce"),
        ("it", "accepted", "the truce"),
    ).speakers
    assert [one.name for one in speakers] == ["RSF", "RSF"]
