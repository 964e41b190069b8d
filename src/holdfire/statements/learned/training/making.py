"""From a corpus and a base model to a model folder."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import torch
from safetensors.numpy import load_file

from holdfire.errors import HoldfireError
from holdfire.statements.learned.encoding import vocabulary
from holdfire.statements.learned.paths import follows
from holdfire.statements.learned.tagger import TOKENIZER
from holdfire.statements.learned.training import examples
from holdfire.statements.learned.training.export import export
from holdfire.statements.learned.training.network import fresh, layers
from holdfire.statements.learned.training.rounds import Settings, Training

CONFIG, MODEL_FILE = "config.json", "model.safetensors"
BASE_FILES = (CONFIG, MODEL_FILE, TOKENIZER)
STATE_FOLDER = "training"
"""Folder within the model folder from which an interrupted training goes on."""
BEGIN, END = "[CLS]", "[SEP]"


def make(
    corpus: Path, base: Path, out: Path, rounds: int, seed: int, threads: int
) -> Iterator[str]:
    """Train and write, yielding lines of news; raises :class:`HoldfireError`."""
    for name in BASE_FILES:
        if not (base / name).is_file():
            raise HoldfireError(
                f"{name} is missing",
                where=str(base),
                advice=f"A base model is a folder with {', '.join(BASE_FILES)}.",
            )
    torch.set_num_threads(threads)
    torch.use_deterministic_algorithms(True)
    tokenizer = vocabulary(str(base / TOKENIZER))
    marks = (tokenizer.token_to_id(BEGIN), tokenizer.token_to_id(END))
    heads = json.loads((base / CONFIG).read_text(encoding="utf-8"))["num_attention_heads"]
    learn, choose = (examples.examples(tokenizer, part) for part in examples.corpus(corpus))
    yield f"{len(learn)} articles to learn from, {len(choose)} to choose by"
    weights = fresh(load_file(base / MODEL_FILE), seed)
    settings = Settings(rounds=rounds, seed=seed)
    training = Training(out / STATE_FOLDER, settings, weights, heads, marks)
    yield from training.run(learn, choose)
    trained = {
        "base_sha256": sha256((base / MODEL_FILE).read_bytes()).hexdigest(),
        "articles": len(learn),
        "chosen_by": len(choose),
        "pieces_right": round(training.best, 4),
        "settings": asdict(settings),
    }
    best = {name: value.numpy() for name, value in training.best_weights.items()}
    table = follows(one.tags for one in learn)
    export(best, heads, layers(best), marks, base / TOKENIZER, out, table, trained)
    yield f"written: {out}"
