"""The extractors by name, each imported when it is named: other commands need none of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from holdfire.errors import HoldfireError
from holdfire.statements.attribution import Extractor

NAMES = ("rules", "model", "asked")


def extractor(name: str, *, model: Path | None, environment: Mapping[str, str]) -> Extractor:
    """Return an extractor.

    ``model`` is the folder of a trained tagger; ``environment`` says how a language model is
    asked. Raises :class:`HoldfireError` that says what is missing and how to get it.
    """
    if name == "rules":
        from holdfire.statements.grammar import Rules

        return Rules()
    if name == "model":
        if model is None:
            raise HoldfireError(
                "the extractor 'model' needs a trained model",
                advice="name its folder: --model DIR; how to train one: docs/statements-model.md",
            )
        try:
            from holdfire.statements.learned import Tagger
        except ImportError as error:
            raise HoldfireError(
                f"the extractor 'model' needs {error.name}",
                advice="install it: pip install 'holdfire[model]'",
            ) from error
        return Tagger(model)
    if name == "asked":
        from holdfire.statements.asked import asked

        return asked(environment)
    raise HoldfireError(f"no extractor is called {name!r}", advice=f"known: {', '.join(NAMES)}")
