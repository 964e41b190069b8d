"""The forms of English verbs, made by rule from the dictionary form."""

from __future__ import annotations

import re

VOWELS = "aeiou"


def inflections(
    lemma: str, past: str = "", participle: str = "", present: str = ""
) -> dict[str, str]:
    """Return the forms of a verb, each with the form it is.

    The forms are ``base``, ``present`` (third person), ``past``, ``participle`` and ``ing``; a
    form that is both past and participle is given as ``past``. ``past`` and ``participle`` need
    to be given only where they are not made with -ed, ``present`` only for "has"; a past that
    doubles the last letter of the lemma (``admitted``) doubles it in the form in -ing too.
    """
    forms = {lemma: "base"}
    regular = past or _past(lemma)
    forms.setdefault(_ing(lemma, regular), "ing")
    forms[regular] = "past"
    forms.setdefault(participle or regular, "participle")
    forms.setdefault(present or _present(lemma), "present")
    return forms


def spellings(lemma: str) -> tuple[str, ...]:
    """Return a verb as British and American English write it (``-ise``, ``-ize``; ``-our``)."""
    found = [lemma]
    if re.search(r"[a-z]{3}ise$", lemma) and lemma not in ("advise", "promise", "praise"):
        found.append(lemma[:-3] + "ize")
    if lemma.endswith("avour"):
        found.append(lemma[:-2] + "r")
    return tuple(found)


def _present(lemma: str) -> str:
    if lemma.endswith("y") and lemma[-2] not in VOWELS:
        return lemma[:-1] + "ies"
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return lemma + "es"
    return lemma + "s"


def _past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2] not in VOWELS:
        return lemma[:-1] + "ied"
    return lemma + "ed"


def _ing(lemma: str, past: str) -> str:
    if past == lemma + lemma[-1] + "ed" or re.fullmatch(r"[a-z]?(?:eg|et|ut|un|it)", lemma[-3:]):
        return lemma + (lemma[-1] if lemma[-2] in VOWELS and lemma[-1] not in "wxy" else "") + "ing"
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return lemma[:-1] + "ing"
    return lemma + "ing"
