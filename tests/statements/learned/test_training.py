"""Training: what is to be learned of an annotated text, and that training can be taken up again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from holdfire.errors import HoldfireError
from holdfire.statements.attribution import Attribution
from holdfire.statements.learned.encoding import ROOM, TYPES, WINDOW, Pieces
from holdfire.statements.learned.tags import TAGS
from holdfire.statements.learned.training import __main__ as command
from holdfire.statements.learned.training.examples import (
    batches,
    corpus,
    cut,
    example,
    outermost,
)

LETTERS = ".SsQqCc"


def letters(length: int) -> Pieces:
    """Return pieces of one letter each."""
    at = np.arange(length, dtype=np.int64)
    return Pieces(at % 7 + 4, at * 0, np.stack([at, at + 1], axis=1))


def said(content: list[tuple[int, int]], cue: tuple[int, int], *source: tuple[int, int]) -> Any:
    return Attribution(tuple(content), (cue,), source)


def test_answers_of_a_text() -> None:
    found = example(
        letters(12), [said([(3, 6), (8, 10)], (2, 3), (0, 2)), said([(11, 12)], (10, 11))]
    )
    assert "".join(LETTERS[tag] for tag in found.tags) == "SsQCcc..CcQC"
    assert found.links.tolist() == [-1, -1, 0, 2, 2, 2, -1, -1, 2, 2, -1, 10]


def test_only_the_outermost_are_learned() -> None:
    outer, inner = said([(3, 12)], (2, 3), (0, 2)), said([(6, 9)], (5, 6), (4, 5))
    assert outermost([inner, outer]) == [outer]
    found = example(letters(12), [inner, outer])
    assert "".join(LETTERS[tag] for tag in found.tags) == "SsQ" + "C" + "c" * 8


def test_windows_of_training_show_every_piece_once() -> None:
    one = example(letters(1000), [])
    draw = np.random.default_rng(1)
    for _ in range(20):
        cuts = cut([one, one], draw)
        shown = sorted(at for _, first, end in cuts for at in range(first, end))
        assert shown == sorted([*range(1000), *range(1000)])
        assert all(end - first <= ROOM for _, first, end in cuts)


def test_batches_hold_the_answers_of_their_windows() -> None:
    one = example(letters(8), [said([(3, 5)], (2, 3), (0, 1)), said([(6, 8)], (5, 6), (0, 2))])
    (arrays,) = batches([(one, 2, 8), (one, 0, 3)], 16, (1, 2))
    assert arrays["tags"].tolist() == [[-1, 3, 5, 6, 3, 5, 6, -1], [-1, 1, 2, 3, -1, -1, -1, -1]]
    assert arrays["links"].tolist() == [
        [-1, 0, 1, 1, 0, 4, 4, -1],
        [-1, -1, -1, 1, -1, -1, -1, -1],
    ]
    assert arrays["ids"][0].tolist() == [1, 6, 7, 8, 9, 10, 4, 2]
    assert arrays["mask"].sum() == 8 + 5


def written(folder: Path, names: list[str]) -> Path:
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    for name in names:
        (folder / "text" / f"{name}.txt").write_text("Mara said it holds.", encoding="utf-8")
        (folder / "attributions" / f"{name}_a.ann").write_text(
            "T1\tSource 0 4\tMara\nT2\tCue 5 9\tsaid\nT3\tContent 10 18\tit holds\n"
            "E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n",
            encoding="utf-8",
        )
    return folder


def test_a_corpus_in_parts(tmp_path: Path) -> None:
    written(tmp_path / "train", ["a", "b"])
    written(tmp_path / "dev", ["c"])
    learn, choose = corpus(tmp_path)
    assert [one.path.stem for one in learn] == ["a", "b"]
    assert [one.path.stem for one in choose] == ["c"]
    assert learn[0].statements[0].attribution == said([(10, 18)], (5, 9), (0, 4))


def test_of_a_corpus_without_parts_every_tenth_article_is_held_back(tmp_path: Path) -> None:
    learn, choose = corpus(written(tmp_path / "all", list("abcdefghijklmnopqrstuvw")))
    assert "".join(one.path.stem for one in choose) == "jt"
    assert len(learn) == 21


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None if name == "torch" else name)
    folder = str(tmp_path)
    ran = CliRunner().invoke(command.main, ["--corpus", folder, "--base", folder, "--out", folder])
    assert isinstance(ran.exception, HoldfireError)
    assert "not installed: torch" in str(ran.exception)
    assert "holdfire[train]" in str(ran.exception)


def base_model(folder: Path) -> Path:
    """Write a base model of one layer, eight wide."""
    from safetensors.numpy import save_file
    from tokenizers import Tokenizer, models, pre_tokenizers

    folder.mkdir()
    draw = np.random.default_rng(3)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "Mara", "said", "it", "holds", "."]
    at = "encoder.layer.0."
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (len(words), 8),
        "embeddings.token_type_embeddings.weight": (2, 8),
        "embeddings.position_embeddings.weight": (WINDOW, 8),
        "embeddings.LayerNorm.weight": (8,),
        "embeddings.LayerNorm.bias": (8,),
        "pooler.dense.weight": (8, 8),
    }
    for name, (out, into) in {
        "attention.self.query": (8, 8),
        "attention.self.key": (8, 8),
        "attention.self.value": (8, 8),
        "attention.output.dense": (8, 8),
        "intermediate.dense": (16, 8),
        "output.dense": (8, 16),
    }.items():
        shapes |= {f"{at}{name}.weight": (out, into), f"{at}{name}.bias": (out,)}
    for name in ("attention.output.LayerNorm", "output.LayerNorm"):
        shapes |= {f"{at}{name}.weight": (8,), f"{at}{name}.bias": (8,)}
    made = {name: draw.normal(0, 0.5, shape).astype(np.float32) for name, shape in shapes.items()}
    save_file(made, folder / "model.safetensors")
    (folder / "config.json").write_text('{"num_attention_heads": 2}', encoding="utf-8")
    tokenizer = Tokenizer(models.WordLevel({w: n for n, w in enumerate(words)}, "[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


NEEDED = ("torch", "safetensors", "onnx", "onnxruntime", "tokenizers")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    for name in NEEDED:
        pytest.importorskip(name, reason=f'{name} is absent: pip install "holdfire[train]"')
    return base_model(tmp_path / "base")


def test_the_graph_does_the_same_sums_as_the_network(base: Path) -> None:
    import onnxruntime
    import torch
    from safetensors.numpy import load_file

    from holdfire.statements.learned.training.graph import build
    from holdfire.statements.learned.training.network import forward, fresh

    weights = fresh(load_file(base / "model.safetensors"), 1)
    for name, value in weights.items():
        if name.startswith("heads."):
            value.data = value.data * 20
    draw = np.random.default_rng(2)
    ids, types = draw.integers(0, 9, (2, 30)), draw.integers(0, TYPES, (2, 30))
    arrays = {"ids": torch.tensor(ids), "types": torch.tensor(types), "mask": torch.ones(2, 30)}
    with torch.no_grad():
        tags, pointers = forward(weights, arrays, heads=2)
    made = build({name: value.detach().numpy() for name, value in weights.items()}, 2, 1)
    session = onnxruntime.InferenceSession(made.SerializeToString())
    told, links = session.run(None, {"ids": ids, "types": types})
    np.testing.assert_allclose(told, tags.numpy(), atol=1e-4)
    np.testing.assert_allclose(links, pointers.softmax(-1).numpy(), atol=1e-4)
    assert told.shape == (2, 30, len(TAGS))
    assert np.ptp(links) > 0.01


def test_training_learns_and_is_taken_up_again(base: Path, tmp_path: Path) -> None:
    import torch
    from safetensors.numpy import load_file

    from holdfire.statements.learned.training.network import fresh
    from holdfire.statements.learned.training.rounds import Settings, Training

    settings = Settings(rounds=40, size=2, rate=1e-2, heads_rate=5e-2)
    learn = [example(letters(5), [said([(3, 5)], (2, 3), (0, 2))])] * 4

    def begun(name: str) -> Training:
        weights = fresh(load_file(base / "model.safetensors"), settings.seed)
        return Training(tmp_path / name, settings, weights, 2, (2, 3))

    whole = begun("whole")
    news = list(whole.run(learn, learn))
    assert whole.step == 80
    assert whole.best > 0.9, news[-1]

    for line in begun("halved").run(learn, learn, save_each=5):
        if line.startswith("step 40 "):
            break
    again = begun("halved")
    assert 0 < again.step < 80
    list(again.run(learn, learn))
    for name, value in whole.weights.items():
        assert torch.equal(value, again.weights[name]), name
    assert again.best == whole.best

    settings = Settings(rounds=3)
    with pytest.raises(HoldfireError, match="other settings"):
        begun("whole")


def test_from_a_corpus_to_a_model_folder(base: Path, tmp_path: Path) -> None:
    from holdfire.statements.learned import Tagger

    written(tmp_path / "corpus" / "train", ["a", "b"])
    written(tmp_path / "corpus" / "dev", ["c"])
    options = {"--corpus": tmp_path / "corpus", "--base": base, "--out": tmp_path / "out"}
    arguments = [str(part) for pair in options.items() for part in pair]
    ran = CliRunner().invoke(command.main, [*arguments, "--rounds", "2"])
    assert ran.exception is None, ran.output
    assert "2 articles to learn from, 1 to choose by" in ran.output
    assert ran.output.rstrip().endswith(f"written: {tmp_path / 'out'}")
    note = json.loads((tmp_path / "out" / "model.json").read_text(encoding="utf-8"))
    assert note["trained"]["articles"] == 2
    assert note["trained"]["settings"]["seed"] == 20250313
    Tagger(tmp_path / "out").attributions("Mara said it holds.")


def test_a_base_that_is_none(base: Path, tmp_path: Path) -> None:
    (base / "config.json").unlink()
    written(tmp_path / "corpus", ["a"])
    arguments = ["--corpus", str(tmp_path / "corpus"), "--base", str(base), "--out", str(tmp_path)]
    ran = CliRunner().invoke(command.main, arguments)
    assert isinstance(ran.exception, HoldfireError)
    assert "config.json is missing" in str(ran.exception)
