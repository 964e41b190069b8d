"""A sentence model compares texts: built here, a few words wide, so that nothing is downloaded."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from holdfire.engines import encoder as engine
from holdfire.engines.encoder import Encoder
from holdfire.errors import HoldfireError
from holdfire.merge.beside import beside
from holdfire.merge.matching import Matched, match
from holdfire.simulate import World, simulate
from holdfire.terms.vocabulary import shipped_vocabularies
from tests.cli.command import holdfire
from tests.merge.conftest import table, told

WORDS = shipped_vocabularies()
ABSENT = [name for name in ("onnx", "onnxruntime", "tokenizers") if find_spec(name) is None]
needs_model = pytest.mark.skipif(bool(ABSENT), reason=f"not installed: {', '.join(ABSENT)}")
MEANS = {
    "shells": [4.0, 0.0, 0.0], "mortars": [4.0, 0.5, 0.0], "market": [0.0, 4.0, 0.0],
    "bazaar": [0.5, 4.0, 0.0], "ship": [0.0, 0.0, 4.0], "sank": [0.0, -1.0, 4.0],
    "hit": [0.5, 0.5, 0.5],
}  # fmt: skip
"""Words with what they mean, in a model that has three thoughts."""


def build(folder: Path, input_name: str = "input_ids") -> Path:
    """Write a sentence model of one table of vectors, one for each word that it knows."""
    from onnx import TensorProto, checker, helper, numpy_helper, save
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace

    folder.mkdir(parents=True, exist_ok=True)
    names = ["[UNK]", *MEANS]
    vectors = np.array([[0.1, 0.1, 0.1], *MEANS.values()], dtype=np.float32)
    shape = ["texts", "pieces"]
    graph = helper.make_graph(
        [helper.make_node("Gather", ["vectors", input_name], ["last_hidden_state"])],
        "words",
        [helper.make_tensor_value_info(input_name, TensorProto.INT64, shape)],
        [helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, [*shape, 3])],
        [numpy_helper.from_array(vectors, "vectors")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    checker.check_model(model)
    save(model, folder / "model.onnx")
    tokenizer = Tokenizer(
        WordLevel({name: at for at, name in enumerate(names)}, unk_token="[UNK]")  # noqa: S106
    )
    tokenizer.pre_tokenizer = Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("model"))


@pytest.fixture(scope="module")
def encoder(folder: Path) -> Encoder:
    return Encoder(folder)


@needs_model
def test_a_vector_is_of_length_one_and_depends_on_its_text_only(encoder: Encoder) -> None:
    texts = ["shells hit market", "mortars hit bazaar", "ship sank", "nobody knows these words"]
    vectors = encoder.vectors(texts)
    assert vectors.shape == (4, 3)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0)
    assert vectors[0] @ vectors[1] > 0.95 > 0.5 > vectors[0] @ vectors[2]
    for at, text in enumerate(texts):
        assert np.array_equal(encoder.vectors([text])[0], vectors[at])


@needs_model
def test_nothing_to_read_is_nothing_like_anything(encoder: Encoder) -> None:
    assert not encoder.vectors([""]).any()
    assert len(encoder.vectors([])) == 0


@needs_model
def test_a_text_without_end_is_read_as_far_as_a_model_reads(encoder: Encoder) -> None:
    long = "shells " * engine.LONGEST
    assert np.array_equal(encoder.vectors([long])[0], encoder.vectors([long + "ship " * 900])[0])


@needs_model
def test_a_model_may_lie_in_a_folder_of_its_own(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "onnx").mkdir()
    (tmp_path / "onnx" / "model.onnx").write_bytes((folder / "model.onnx").read_bytes())
    (tmp_path / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    assert Encoder(tmp_path).vectors(["shells"]).shape == (1, 3)


@needs_model
@pytest.mark.parametrize("name", ["model.onnx", "tokenizer.json"])
def test_a_folder_that_is_no_model_is_told(folder: Path, tmp_path: Path, name: str) -> None:
    for other in ("model.onnx", "tokenizer.json"):
        (tmp_path / other).write_bytes((folder / other).read_bytes())
    (tmp_path / name).write_bytes(b"no model")
    with pytest.raises(HoldfireError, match="expected a folder with a sentence model"):
        Encoder(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(HoldfireError, match=f"{name} is missing"):
        Encoder(tmp_path)


@needs_model
def test_a_model_that_takes_something_else_is_told(tmp_path: Path) -> None:
    with pytest.raises(HoldfireError, match="the model takes pixels"):
        Encoder(build(tmp_path, "pixels"))


def test_without_the_extra_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "find_spec", lambda name: None)
    with pytest.raises(HoldfireError, match=r'pip install "holdfire\[model\]"'):
        Encoder(tmp_path)


@needs_model
def test_what_means_the_same_is_alike_whatever_its_letters(encoder: Encoder) -> None:
    """As it is learnt with the shipped prior: these are far too few to learn from."""
    reports = table(
        told("a", summary="shells hit market"),
        told("b", outlet="Herald", summary="mortars hit bazaar"),
        told("c", outlet="Echo", summary="ship sank"),
        *(told(f"{at}", outlet=f"O{at}", lon=60.0, summary="ship hit market") for at in range(6)),
    )
    found = match(
        reports, WORDS, {}, may_repeat=lambda source, outlet: False, encoder=encoder
    ).pairs.to_pylist()
    told_ = {(row["report_a"], row["report_b"]): row for row in found}
    alike = told_["R-a", "R-b"]
    assert alike["text"] in ("meant-alike", "meant-same")
    assert alike["text_bits"] > 0.0
    assert ("R-a", "R-c") not in told_, "nothing is kept of what is as good as surely different"

    def seen(other: str, encoder: Encoder | None) -> str:
        row = beside(reports, "R-a", other, WORDS, {}, lambda source, outlet: False, encoder)
        return str(row["text"])

    assert seen("R-b", encoder) == alike["text"]
    assert seen("R-c", encoder) == "meant-apart"
    assert seen("R-b", None) == "apart"


@pytest.fixture(scope="module")
def world() -> World:
    return simulate("sparse", 300, 74, text=True)


def of_world(world: World, encoder: Encoder, reports: pa.Table) -> Matched:
    return match(reports, WORDS, {}, may_repeat=world.may_repeat, encoder=encoder)


@needs_model
def test_order_and_copies_change_nothing(world: World, encoder: Encoder) -> None:
    found = of_world(world, encoder, world.reports)
    assert {"meant-alike", "meant-same"} & set(found.pairs["text"].to_pylist())
    turned = np.random.default_rng(7).permutation(world.reports.num_rows)
    assert of_world(world, encoder, world.reports.take(pa.array(turned))).pairs.equals(found.pairs)
    copy = world.reports.slice(10, 1)
    at = copy.schema.get_field_index("report_id")
    copy = copy.set_column(at, "report_id", pa.array(["R-copy"]))
    assert of_world(world, encoder, pa.concat_tables([world.reports, copy])).total == found.total


@needs_model
def test_a_case_names_its_model(folder: Path, tmp_path: Path) -> None:
    case = tmp_path / "case"
    assert holdfire("new", case).code == 0
    rows = [
        "occurred_at,timezone,lon,lat,radius_m,act,outlet,summary",
        "2025-01-04 12:00,UTC,30.5,48.2,1000,shelling,Gazette,shells hit market",
        "2025-01-04 12:30,UTC,30.5,48.2,1000,shelling,Herald,mortars hit bazaar",
    ]
    (case / "reports" / "a.csv").write_text("\n".join(rows), encoding="utf-8")
    settings = (case / "case.toml").read_text(encoding="utf-8")
    (case / "case.toml").write_text(f'{settings}\n[merge]\nembedding = "model"\n', encoding="utf-8")
    for verb in ("check", "run"):
        said = holdfire(verb, case)
        assert said.code == 1
        assert "model.onnx is missing" in said.text
        assert "expected a folder with a sentence model" in said.text
    build(case / "model")
    assert "nothing stops a run" in holdfire("check", case).out
    assert holdfire("run", case).code == 0


@needs_model
def test_evaluating_takes_a_model(folder: Path, tmp_path: Path) -> None:
    made = tmp_path / "world"
    assert holdfire("simulate", made, "--reports", "60", "--text").code == 0
    reports = sorted((made / "reports").glob("*.csv"))
    asked: tuple[str | Path, ...] = (
        "evaluate",
        "merge",
        *reports,
        "--truth",
        made / "truth.csv",
        "--embedding",
    )
    said = holdfire(*asked, folder)
    assert said.code == 0, said.err
    said = holdfire(*asked, tmp_path)
    assert said.code == 1
    assert "model.onnx is missing" in said.err
