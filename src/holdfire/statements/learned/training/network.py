"""The network: MiniLM's six layers, a tag for each piece, and two pointers.

Written as functions of a dictionary of weights, under the names they have in the base model's
file; the graph that is run later (:mod:`.graph`) is built from the same dictionary.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from holdfire.statements.learned.encoding import TYPES
from holdfire.statements.learned.tags import CONTENT, CUE, TAGS, inside

POINTER = 128
"""Width of what a piece is compared by when it points."""
POINTERS = (CONTENT, CUE)
"""Which part each pointer leads from: content to its cue, cue to its source."""
EPSILON = 1e-12
POINTER_WEIGHT = 0.5

Weights = dict[str, Any]


def fresh(base: Mapping[str, Any], seed: int) -> Weights:
    """Return the weights to begin with: the base model's, and drawn ones for what it lacks."""
    draw = np.random.default_rng(seed)
    weights = {
        name: torch.tensor(np.asarray(value), dtype=torch.float32)
        for name, value in base.items()
        if not name.startswith("pooler.") and value.dtype.kind == "f"
    }
    kinds = weights["embeddings.token_type_embeddings.weight"]
    weights["embeddings.token_type_embeddings.weight"] = kinds[:1].repeat(TYPES, 1)
    width = kinds.shape[1]
    shapes = {"tags": len(TAGS)} | {
        f"{side}.{number}": POINTER for number in range(len(POINTERS)) for side in ("from", "to")
    }
    for name, size in shapes.items():
        drawn = draw.normal(0, 0.02, (size, width))
        weights[f"heads.{name}.weight"] = torch.tensor(drawn, dtype=torch.float32)
        weights[f"heads.{name}.bias"] = torch.zeros(size)
    for value in weights.values():
        value.requires_grad_(True)
    return weights


def layers(weights: Mapping[str, Any]) -> int:
    """Return how many layers the weights are for."""
    return sum(name.endswith("attention.self.query.weight") for name in weights)


def forward(
    weights: Weights, arrays: Mapping[str, Any], heads: int, dropout: float = 0.0
) -> tuple[Any, Any]:
    """Return scores of the tags, (windows, pieces, tags), and pointers, (2, windows, from, to)."""
    ids = arrays["ids"]

    def linear(name: str, x: Any) -> Any:
        return functional.linear(x, weights[f"{name}.weight"], weights[f"{name}.bias"])

    def normed(name: str, x: Any) -> Any:
        weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
        return functional.layer_norm(x, (x.shape[-1],), weight, bias, EPSILON)

    def dropped(x: Any) -> Any:
        return functional.dropout(x, dropout) if dropout else x

    table = "embeddings.{}_embeddings.weight"
    x = functional.embedding(ids, weights[table.format("word")])
    x = x + functional.embedding(arrays["types"], weights[table.format("token_type")])
    x = x + weights[table.format("position")][: ids.shape[1]]
    x = dropped(normed("embeddings.LayerNorm", x))
    closed = (1 - arrays["mask"])[:, None, None, :] * -1e4
    for number in range(layers(weights)):
        at = f"encoder.layer.{number}"
        query, key, value = (
            linear(f"{at}.attention.self.{name}", x).unflatten(2, (heads, -1)).transpose(1, 2)
            for name in ("query", "key", "value")
        )
        # no dropout in here: with it, PyTorch leaves its fast way and a step takes twice as long
        read = functional.scaled_dot_product_attention(query, key, value, attn_mask=closed)
        read = linear(f"{at}.attention.output.dense", read.transpose(1, 2).flatten(2))
        x = normed(f"{at}.attention.output.LayerNorm", x + dropped(read))
        made = functional.gelu(linear(f"{at}.intermediate.dense", x))
        made = linear(f"{at}.output.dense", made)
        x = normed(f"{at}.output.LayerNorm", x + dropped(made))
    x = dropped(x)
    pointers = [
        linear(f"heads.from.{n}", x) @ linear(f"heads.to.{n}", x).transpose(1, 2) / POINTER**0.5
        for n in range(len(POINTERS))
    ]
    return linear("heads.tags", x), torch.stack(pointers) + closed[:, 0]


def loss(tags: Any, pointers: Any, arrays: Mapping[str, Any]) -> Any:
    """Return how far the answers are off: cross entropy of tags, and of pointers where any."""
    total = functional.cross_entropy(tags.flatten(0, 1), arrays["tags"].flatten(), ignore_index=-1)
    for number, part in enumerate(POINTERS):
        own = (arrays["tags"] + 1) // 2 == inside(part) // 2
        wanted = torch.where(own, arrays["links"], -1).flatten()
        if bool((wanted >= 0).any()):
            scores = pointers[number].flatten(0, 1)
            off = functional.cross_entropy(scores, wanted, ignore_index=-1)
            total = total + POINTER_WEIGHT * off
    return total
