"""The extractor that asks a language model and believes only what it can show in the text."""

from __future__ import annotations

from collections.abc import Mapping

from holdfire.statements.asked.asking import Command, Endpoint, named
from holdfire.statements.asked.extractor import Asked

__all__ = ["Asked", "Command", "Endpoint", "asked"]


def asked(environment: Mapping[str, str]) -> Asked:
    """Return the extractor that asks what the environment names (:func:`.asking.named`).

    Its ``notice`` is to be shown to the user before the first text is read. Raises
    :class:`~holdfire.errors.HoldfireError` if nothing is named.
    """
    ask = named(environment)
    return Asked(ask, notice=ask.notice)
