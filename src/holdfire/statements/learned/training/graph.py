"""The network as an ONNX graph, built from its weights; the same sums as :mod:`.network`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from onnx import ModelProto, TensorProto, checker, helper, numpy_helper

OPSET, IR = 20, 10
EPSILON = 1e-12


class _Graph:
    """Nodes and constants under construction; methods return the name of what they make."""

    def __init__(self, weights: Mapping[str, np.ndarray[Any, Any]]) -> None:
        self.weights = weights
        self.nodes: list[Any] = []
        self.constants: dict[str, Any] = {}

    def constant(self, name: str, value: np.ndarray[Any, Any]) -> str:
        self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def node(self, operator: str, *inputs: str, to: str = "", **attributes: Any) -> str:
        name = to or f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [name], name=name, **attributes))
        return name

    def linear(self, name: str, x: str) -> str:
        weight = self.constant(f"{name}.weight", self.weights[f"{name}.weight"].T)
        bias = self.constant(f"{name}.bias", self.weights[f"{name}.bias"])
        return self.node("Add", self.node("MatMul", x, weight), bias)

    def normed(self, name: str, x: str) -> str:
        weight, bias = (
            self.constant(f"{name}.{part}", self.weights[f"{name}.{part}"])
            for part in ("weight", "bias")
        )
        return self.node("LayerNormalization", x, weight, bias, axis=-1, epsilon=EPSILON)

    def looked_up(self, name: str, ids: str) -> str:
        table = f"embeddings.{name}_embeddings.weight"
        return self.node("Gather", self.constant(table, self.weights[table]), ids)

    def scaled(self, x: str, by: float) -> str:
        name = self.constant(f"scale_{len(self.nodes)}", np.array(by, dtype=np.float32))
        return self.node("Mul", x, name)


def build(weights: Mapping[str, np.ndarray[Any, Any]], heads: int, layers: int) -> ModelProto:
    """Return the graph: ``ids`` and ``types`` (windows, pieces) to ``tags`` and ``links``.

    ``tags`` are scores, (windows, pieces, tags); ``links`` shares, (pointers, windows, from, to).
    Windows of one call have one length: there is no mask.
    """
    graph = _Graph(weights)
    x = _embedded(graph)
    for number in range(layers):
        x = _layer(graph, x, f"encoder.layer.{number}", heads)
    graph.node("Identity", graph.linear("heads.tags", x), to="tags")
    pointers = []
    for number in range(sum(name.startswith("heads.from.") for name in weights) // 2):
        to = graph.node("Transpose", graph.linear(f"heads.to.{number}", x), perm=[0, 2, 1])
        scores = graph.node("MatMul", graph.linear(f"heads.from.{number}", x), to)
        width = weights[f"heads.from.{number}.weight"].shape[0]
        shares = graph.node("Softmax", graph.scaled(scores, width**-0.5), axis=-1)
        axis = graph.constant("axis_first", np.array([0], dtype=np.int64))
        pointers.append(graph.node("Unsqueeze", shares, axis))
    graph.node("Concat", *pointers, to="links", axis=0)
    return _model(graph)


def _embedded(graph: _Graph) -> str:
    """Return words, types and positions added up."""
    zero = graph.constant("nought", np.array([0], dtype=np.int64))
    length = graph.node("Shape", "ids", start=1, end=2)
    table = "embeddings.position_embeddings.weight"
    table = graph.constant(table, graph.weights[table])
    positions = graph.node("Slice", table, zero, length, zero)
    positions = graph.node("Unsqueeze", positions, zero)
    x = graph.node("Add", graph.looked_up("word", "ids"), graph.looked_up("token_type", "types"))
    return graph.normed("embeddings.LayerNorm", graph.node("Add", x, positions))


def _layer(graph: _Graph, x: str, at: str, heads: int) -> str:
    """Return one layer of the encoder: what is read of the other pieces, and what is made of it."""
    width = graph.weights[f"{at}.attention.self.query.bias"].shape[0]
    parted = graph.constant("parted", np.array([0, 0, heads, width // heads], dtype=np.int64))
    whole = graph.constant("whole", np.array([0, 0, width], dtype=np.int64))

    def split(name: str, perm: list[int]) -> str:
        made = graph.node("Reshape", graph.linear(f"{at}.attention.self.{name}", x), parted)
        return graph.node("Transpose", made, perm=perm)

    scores = graph.node("MatMul", split("query", [0, 2, 1, 3]), split("key", [0, 2, 3, 1]))
    shares = graph.node("Softmax", graph.scaled(scores, (width // heads) ** -0.5), axis=-1)
    read = graph.node("MatMul", shares, split("value", [0, 2, 1, 3]))
    read = graph.node("Reshape", graph.node("Transpose", read, perm=[0, 2, 1, 3]), whole)
    read = graph.linear(f"{at}.attention.output.dense", read)
    x = graph.normed(f"{at}.attention.output.LayerNorm", graph.node("Add", x, read))
    made = graph.node("Gelu", graph.linear(f"{at}.intermediate.dense", x))
    made = graph.linear(f"{at}.output.dense", made)
    return graph.normed(f"{at}.output.LayerNorm", graph.node("Add", x, made))


def _model(graph: _Graph) -> ModelProto:
    shape = ["windows", "pieces"]
    tags = graph.weights["heads.tags.weight"].shape[0]
    made = helper.make_graph(
        graph.nodes,
        "tagger",
        [helper.make_tensor_value_info(n, TensorProto.INT64, shape) for n in ("ids", "types")],
        [
            helper.make_tensor_value_info("tags", TensorProto.FLOAT, [*shape, tags]),
            helper.make_tensor_value_info("links", TensorProto.FLOAT, [None, *shape, "pieces"]),
        ],
        list(graph.constants.values()),
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
    checker.check_model(model)
    return model
