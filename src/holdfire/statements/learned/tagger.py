"""The tagger as it is run: a model folder, onnxruntime and the tokenizer, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from holdfire.errors import HoldfireError
from holdfire.statements.article import Passage
from holdfire.statements.attribution import Attribution
from holdfire.statements.learned.decoding import Answers, decode
from holdfire.statements.learned.encoding import WINDOW, Pieces, batch, pieces, vocabulary, windows
from holdfire.statements.learned.paths import likeliest
from holdfire.statements.learned.tags import CONTENT, CUE, TAGS, begin

MODEL, TOKENIZER, NOTE = "model.onnx", "tokenizer.json", "model.json"
FORM = 1
"""Number of the form a model folder has; another number is not read."""
DEPTH = 3
"""How often a content is read for what is nested in it."""
SHORTEST = 25
"""Letters that a content must have to be read again."""


class Tagger:
    """Finds attributions with a model that a user has trained.

    ``folder`` is what ``python -m holdfire.statements.learned.training`` wrote. Raises
    :class:`HoldfireError` if it is not, or if the extra ``model`` is not installed. Without
    ``nested`` it finds outermost attributions only, in three fifths of the time.
    """

    name = "model"

    def __init__(self, folder: Path, threads: int = 1, nested: bool = True) -> None:
        self._nested = nested
        absent = [name for name in ("onnxruntime", "tokenizers") if find_spec(name) is None]
        if absent:
            raise HoldfireError(
                f"not installed: {', '.join(absent)}",
                where="the extractor model",
                advice='pip install "holdfire[model]"',
            )
        for name in (MODEL, TOKENIZER, NOTE):
            if not (folder / name).is_file():
                raise _unusable(folder, f"{name} is missing")
        try:
            note = json.loads((folder / NOTE).read_text(encoding="utf-8"))
            if note["form"] != FORM or note["tags"] != list(TAGS):
                raise _unusable(folder, f"the model has form {note['form']}, expected {FORM}")
            self._marks = (int(note["begin"]), int(note["end"]))
            self._follows = np.array(note["follows"], dtype=np.float64).reshape(2 * (len(TAGS),))
            self._session = _session(folder / MODEL, threads)
            self._tokenizer = vocabulary(str(folder / TOKENIZER))
        except HoldfireError:
            raise
        except Exception as error:  # the libraries raise bare exceptions of their own
            raise _unusable(folder, f"{type(error).__name__}: {error}") from error

    def attributions(self, text: str) -> list[Attribution]:
        """Return every attribution of a text, outer before inner, in the order of the text.

        The network knows outermost attributions only. Those within a content are found by reading
        the content as a text of its own; only those that name a source are believed.
        """
        found = self._outermost(text)
        if self._nested:
            layer = found
            for _ in range(DEPTH):
                layer = [inner for one in layer for inner in self._within(text, one)]
                found = found + layer
        return sorted(found, key=lambda one: (one.start, -one.end, one))

    def _outermost(self, text: str) -> list[Attribution]:
        of = pieces(self._tokenizer, text)
        return decode(self._answers(of), of.offsets, text) if len(of) else []

    def _within(self, text: str, outer: Attribution) -> list[Attribution]:
        return [
            replace(
                one,
                content=_moved(one.content, start),
                cue=_moved(one.cue, start),
                source=_moved(one.source, start),
            )
            for start, end in outer.content
            if end - start >= SHORTEST
            for one in self._outermost(text[start:end])
            if one.source
        ]

    def _answers(self, of: Pieces) -> Answers:
        """Return the answers for each piece, from the window it stands furthest inside."""
        scored = np.zeros((len(of), len(TAGS)), dtype=np.float32)
        links = np.zeros((len(of), WINDOW), dtype=np.float16)
        firsts = np.zeros(len(of), dtype=np.int64)
        answered = 0
        cuts = list(windows(len(of)))
        for number, (first, end) in enumerate(cuts):
            last = number + 1 == len(cuts)
            until = end if last else (end + cuts[number + 1][0]) // 2
            ids, types, _ = batch([(of, first, end)], self._marks)
            scores, pointers = self._session.run(None, {"ids": ids, "types": types})
            rows = slice(answered - first + 1, until - first + 1)
            told = scores[0, rows]
            content = told[:, begin(CONTENT) :].max(-1) >= told[:, begin(CUE) : begin(CONTENT)].max(
                -1
            )
            width = end - first + 2
            scored[answered:until] = told
            links[answered:until, :width] = np.where(
                content[:, None], pointers[0, 0, rows], pointers[1, 0, rows]
            )
            firsts[answered:until] = first
            answered = until
        return Answers(likeliest(scored, self._follows), links, firsts)


def _session(path: Path, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _moved(spans: tuple[Passage, ...], by: int) -> tuple[Passage, ...]:
    return tuple((start + by, end + by) for start, end in spans)


def _unusable(folder: Path, found: str) -> HoldfireError:
    return HoldfireError(
        found,
        where=str(folder),
        advice="Expected a folder written by python -m holdfire.statements.learned.training.",
    )
