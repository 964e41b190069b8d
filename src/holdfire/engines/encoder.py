"""A sentence model that a user has: texts become vectors, like where texts mean the like.

A model is a folder with ``model.onnx`` (or ``onnx/model.onnx``) and ``tokenizer.json``, as a
transformer is exported to ONNX. It is run with onnxruntime on one thread, and text by text, so
that a text has the same vector whatever stands beside it. Nothing is ever downloaded.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from holdfire.errors import HoldfireError

MODELS = ("model.onnx", "onnx/model.onnx")
TOKENIZER = "tokenizer.json"
LONGEST = 256
"""Word pieces of a text that are read, marks of beginning and end among them."""
INPUTS = frozenset({"input_ids", "attention_mask", "token_type_ids"})
EXPECTED = (
    "expected a folder with a sentence model exported to ONNX: model.onnx (or onnx/model.onnx), "
    "which takes input_ids, and tokenizer.json"
)


def installed(where: str) -> None:
    """Raise :class:`HoldfireError` where what runs a model is not installed.

    ``where`` is what asks for it, for the message.
    """
    absent = [name for name in ("onnxruntime", "tokenizers") if find_spec(name) is None]
    if absent:
        raise HoldfireError(
            f"not installed: {', '.join(absent)}", where=where,
            advice='pip install "holdfire[model]"',
        )  # fmt: skip


def session(path: Path, threads: int = 1) -> Any:
    """Return an onnxruntime session on the processor, for a model file."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class Encoder:
    """A sentence model, opened.

    Raises :class:`HoldfireError` where the folder is none, or the extra ``model`` is not installed.
    """

    def __init__(self, folder: Path) -> None:
        installed("the embedding model")
        found = [folder / name for name in MODELS if (folder / name).is_file()]
        if not found:
            raise HoldfireError(f"{MODELS[0]} is missing", where=str(folder), advice=EXPECTED)
        if not (folder / TOKENIZER).is_file():
            raise HoldfireError(f"{TOKENIZER} is missing", where=str(folder), advice=EXPECTED)
        try:
            self._session = session(found[0])
            self._tokenizer = _tokenizer(folder / TOKENIZER)
            self._inputs = {one.name for one in self._session.get_inputs()}
        except Exception as error:  # the libraries raise bare exceptions of their own
            raise _unusable(folder, error) from None
        if "input_ids" not in self._inputs or not self._inputs <= INPUTS:
            raise HoldfireError(
                f"the model takes {', '.join(sorted(self._inputs))}", where=str(folder),
                advice=EXPECTED,
            )  # fmt: skip
        self._folder = folder

    def vectors(self, texts: Iterable[str]) -> NDArray[np.float32]:
        """Return a vector of length one for each text, shape (texts, width).

        It is the mean of what the model says of the text's word pieces, or what the model says of
        the text where it has one answer for the whole. Nothing to read gives zeros.
        """
        try:
            rows = [self._vector(text) for text in texts]
        except Exception as error:  # likewise
            raise _unusable(self._folder, error) from None
        return np.stack(rows) if rows else np.zeros((0, 1), dtype=np.float32)

    def _vector(self, text: str) -> NDArray[np.float32]:
        read = self._tokenizer.encode(text)
        ids = np.array([read.ids], dtype=np.int64)
        given = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        told = self._session.run(None, {name: given[name] for name in self._inputs})[0][0]
        mean = told.mean(axis=0) if told.ndim == 2 and len(told) else told.reshape(-1)
        length = float(np.linalg.norm(mean))
        vector: NDArray[np.float32] = (mean / max(length, 1e-12)).astype(np.float32)
        return vector


def _tokenizer(path: Path) -> Any:
    from tokenizers import Tokenizer

    read = Tokenizer.from_file(str(path))
    own = (read.truncation or {}).get("max_length", LONGEST)
    read.enable_truncation(max_length=min(own, LONGEST))
    read.no_padding()
    return read


def _unusable(folder: Path, error: Exception) -> HoldfireError:
    what = " ".join(str(error).split())[:300]
    return HoldfireError(f"{type(error).__name__}: {what}", where=str(folder), advice=EXPECTED)
