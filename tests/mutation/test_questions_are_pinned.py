"""Break each of the five questions in many small ways; the literal tables must notice.

Every comparison, boolean operator, number and arithmetic sign in the modules that answer the
questions is changed, one at a time, in a copy of the package, and the literal tables of
``tests/assess`` are run against it. A change that no table notices fails.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import holdfire

SOURCE = Path(holdfire.__file__).parent
TABLES = sorted(
    str(Path(__file__).parents[1] / "assess" / f"test_{name}.py")
    for name in ("time", "place", "kind_and_actor", "verdict")
)
ROOT = Path(__file__).parents[2]
ANSWERING = {
    "time": {"answer", "_inside", "_touches", "micros"},
    "place": {"disks", "_answers", "area"},
    "kind": {"kind_answer", "per_value"},
    "actor": {"actor_answer", "responsible"},
    "logic": {"both", "either", "negated", "decided"},
    "permitted": {"answers", "_circumstance"},
    "clause": {"verdicts", "_act", "_target", "_actor"},
}
COMPARED: dict[type[ast.cmpop], ast.cmpop] = {
    ast.Lt: ast.GtE(), ast.LtE: ast.Gt(), ast.Gt: ast.LtE(), ast.GtE: ast.Lt(), ast.Eq: ast.NotEq(),
    ast.NotEq: ast.Eq(), ast.In: ast.NotIn(), ast.NotIn: ast.In(), ast.Is: ast.IsNot(),
    ast.IsNot: ast.Is(),
}  # fmt: skip
JOINED: dict[type[ast.operator], ast.operator] = {
    ast.BitAnd: ast.BitOr(), ast.BitOr: ast.BitAnd(), ast.Add: ast.Sub(), ast.Sub: ast.Add(),
}  # fmt: skip
RENAMED = {"YES": "NO", "NO": "YES", "UNKNOWN": "YES", "minimum": "maximum", "maximum": "minimum",
           "all": "any", "any": "all", "either": "both", "both": "either"}  # fmt: skip


def running(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes that run: not the annotations."""
    for field, value in ast.iter_fields(tree):
        if field in ("annotation", "returns"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield child
                yield from running(child)


def changes(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Yield the tree once for every small change, changed, with what was done; undone after."""
    for node in running(tree):
        if isinstance(node, ast.Compare):
            kept = node.ops
            node.ops = [COMPARED[type(kept[0])], *kept[1:]]
            yield tree, f"line {node.lineno}: {type(kept[0]).__name__} turned round"
            node.ops = kept
        elif isinstance(node, ast.BinOp) and type(node.op) in JOINED:
            old = node.op
            node.op = JOINED[type(old)]
            yield tree, f"line {node.lineno}: {type(old).__name__} exchanged"
            node.op = old
        elif isinstance(node, ast.BoolOp):
            was = node.op
            node.op = ast.Or() if isinstance(was, ast.And) else ast.And()
            yield tree, f"line {node.lineno}: {type(was).__name__} exchanged"
            node.op = was
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert | ast.Not | ast.USub):
            sign = node.op
            node.op = ast.UAdd()
            yield tree, f"line {node.lineno}: {type(sign).__name__} dropped"
            node.op = sign
        elif isinstance(node, ast.Name) and node.id in RENAMED and isinstance(node.ctx, ast.Load):
            name = node.id
            node.id = RENAMED[name]
            yield tree, f"line {node.lineno}: {name} became {RENAMED[name]}"
            node.id = name
        elif isinstance(node, ast.Attribute) and node.attr in RENAMED:
            name = node.attr
            node.attr = RENAMED[name]
            yield tree, f"line {node.lineno}: .{name} became .{RENAMED[name]}"
            node.attr = name


def mutants(module: str) -> Iterator[tuple[str, str]]:
    """Yield what was changed and the module's new text."""
    whole = ast.parse((SOURCE / "assess" / f"{module}.py").read_text(encoding="utf-8"))
    for node in ast.walk(whole):
        if isinstance(node, ast.FunctionDef) and node.name in ANSWERING[module]:
            for _, what in changes(node):
                yield f"{module}.{node.name}, {what}", ast.unparse(whole)


def survives(package: Path, module: str, text: str) -> bool:
    """Say whether the tables pass with one module of the package replaced."""
    (package / "holdfire" / "assess" / f"{module}.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *TABLES]
    environment = {**os.environ, "PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    return done.returncode == 0


def survivors(package: Path, module: str, share: list[tuple[str, str]]) -> list[str]:
    """Run a share of one module's mutants in one copy of the package."""
    shutil.copytree(SOURCE, package / "holdfire", ignore=shutil.ignore_patterns("__pycache__"))
    return [what for what, text in share if survives(package, module, text)]


@pytest.mark.slow
@pytest.mark.parametrize("module", sorted(ANSWERING))
def test_every_change_is_noticed(module: str, tmp_path: Path) -> None:
    made = list(mutants(module))
    assert len(made) >= 5
    with ThreadPoolExecutor(2) as pool:
        shares = [
            pool.submit(survivors, tmp_path / str(number), module, made[number::2])
            for number in range(2)
        ]
        alive = [what for share in shares for what in share.result()]
    assert alive == []


def test_the_tables_run_against_the_copy(tmp_path: Path) -> None:
    """Guard of the guard: a copy that cannot answer at all must fail."""
    (tmp_path / "one").mkdir()
    assert survivors(tmp_path / "one", "logic", [("broken", "raise SystemError")]) == []
