"""Writing a model folder: the graph in eight bits, the tokenizer, and a note of what it is."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import onnx
from onnxruntime.quantization import QuantType, quantize_dynamic

from holdfire.statements.learned.paths import Table
from holdfire.statements.learned.tagger import FORM, MODEL, NOTE, TOKENIZER
from holdfire.statements.learned.tags import TAGS
from holdfire.statements.learned.training.graph import build


def export(
    weights: Mapping[str, np.ndarray[Any, Any]],
    heads: int,
    layers: int,
    marks: tuple[int, int],
    tokenizer: Path,
    out: Path,
    table: Table,
    trained: Mapping[str, Any],
) -> None:
    """Write ``model.onnx``, ``tokenizer.json`` and ``model.json`` into ``out``.

    ``marks`` are the ids of the marks at the beginning and end of a window, ``table`` tells what
    follows what (:func:`holdfire.statements.learned.paths.follows`); ``trained`` is noted for
    people and read by no program. Weights are stored in eight bits, with sign: half as fast again
    as without, where a processor multiplies eight bits by itself (VNNI and the like); a processor
    that does not is slower and may lose a little of the precision.
    """
    logging.getLogger().setLevel(logging.ERROR)  # the quantizer warns through the root logger
    with TemporaryDirectory() as folder:
        full = Path(folder) / MODEL
        onnx.save(build(weights, heads, layers), full)
        quantize_dynamic(full, out / MODEL, per_channel=True, weight_type=QuantType.QInt8)
    if tokenizer != out / TOKENIZER:
        shutil.copyfile(tokenizer, out / TOKENIZER)
    note = {
        "form": FORM,
        "tags": list(TAGS),
        "begin": marks[0],
        "end": marks[1],
        "follows": np.round(table, 4).tolist(),
        "trained": dict(trained),
    }
    text = json.dumps(note, indent=1, ensure_ascii=False)
    (out / NOTE).write_text(text + "\n", encoding="utf-8")
