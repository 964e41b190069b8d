"""Break each of the five questions in many small ways; the literal tables must notice.

Comparisons, boolean operators and arithmetic signs in the modules that answer the questions,
and in those that say when a clause applies, are changed, one at a time, in a copy of the
package, and the literal tables of ``tests/assess`` and ``tests/terms`` are run against it.
``SLIPS`` are changes of another kind that once went unnoticed. A change that no table
notices fails.
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
ROOT = Path(__file__).parents[2]
TABLES = tuple(
    f"tests/{table}.py"
    for table in (
        "assess/test_time", "assess/test_place", "assess/test_kind_and_actor",
        "assess/test_verdict", "terms/test_windows",
    )
)  # fmt: skip
FIRST = {
    "assess/time": "assess/test_time", "assess/place": "assess/test_place",
    "assess/where": "assess/test_place", "assess/zone": "assess/test_place",
    "assess/kind": "assess/test_kind_and_actor", "assess/actor": "assess/test_kind_and_actor",
    "terms/windows": "terms/test_windows", "terms/clauses": "terms/test_windows",
}  # fmt: skip
"""The table that most likely notices, run before the others."""
ANSWERING = {
    "assess/time": {"answer", "_inside", "_touches", "micros"},
    "assess/place": {"disks", "_answers", "area"},
    "assess/kind": {"kind_answer", "per_value"},
    "assess/actor": {"actor_answer", "responsible"},
    "assess/logic": {"both", "either", "negated", "decided"},
    "assess/permitted": {"answers", "_circumstance"},
    "assess/clause": {"verdicts", "_act", "_target", "_actor"},
    "assess/where": {"answer", "local_days", "_where", "_by_version", "_staleness"},
    "assess/zone": {"moves", "_band", "_side", "on"},
    "terms/windows": {"_bound", "sure", "possible", "merged", "intersected", "recurring"},
    "terms/clauses": {"_intervals"},
}
EQUIVALENT = {
    "assess/where._where: USub dropped": "any number will do where there is no control file",
    "assess/where._staleness: Add exchanged": "how long the last file stands is never asked",
}
"""Changes that change nothing, and why."""
SLIPS = [
    ("assess/where", "pc.fill_null(last, ALWAYS)", "pc.fill_null(last, -ALWAYS)"),
    ("assess/where", "pc.fill_null(first, -ALWAYS)", "pc.fill_null(first, ALWAYS)"),
    ("assess/where", "np.flatnonzero(first < 0)", "np.flatnonzero(first < -1)"),
    ("assess/where", "= max(int(stale[row])", "= min(int(stale[row])"),
    ("assess/place", "float(far) * (1 + ERROR) +", "float(far) +"),
    ("assess/place", "(1 + ERROR) + shape.precision_m", "(1 + ERROR)"),
    ("assess/place", "slack + self.shape.precision_m", "slack"),
    ("assess/place", "111_700.0 * step_lat)) / 2.0", "111_700.0 * step_lat)) / 4.0"),
    ("assess/clause", "permit.hours, (hull[0], window[1])", "permit.hours, window"),
    ("terms/clauses", "merged(item.sure for", "merged(item.possible for"),
    ("terms/clauses", "merged(item.possible for", "merged(item.sure for"),
    ("engines/shape", "for more in (-360.0, 0.0, 360.0)", "for more in (0.0,)"),
]
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
    whole = ast.parse((SOURCE / f"{module}.py").read_text(encoding="utf-8"))
    for node in ast.walk(whole):
        if isinstance(node, ast.FunctionDef) and node.name in ANSWERING[module]:
            for _, what in changes(node):
                line, done = what.split(": ")
                if f"{module}.{node.name}: {done}" not in EQUIVALENT:
                    yield f"{module}.{node.name}, {line}: {done}", ast.unparse(whole)


def survives(package: Path, module: str, text: str) -> bool:
    """Say whether the tables pass with one module of the package replaced."""
    changed = package / "holdfire" / f"{module}.py"
    kept = changed.read_text(encoding="utf-8")
    changed.write_text(text, encoding="utf-8")
    first = f"tests/{FIRST.get(module, 'assess/test_verdict')}.py"
    tables = [first, *(table for table in TABLES if table != first)]
    options = ["-x", "-q", "--tb=no", "--assert=plain", "-m", "not slow"]
    options += ["-p", "no:cacheprovider", "-p", "no:xdist", "-W", "ignore"]
    command = [sys.executable, "-m", "pytest", *options, *tables]
    environment = {**os.environ, "PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, check=False, timeout=120
        )
    except subprocess.TimeoutExpired:
        return False
    finally:
        changed.write_text(kept, encoding="utf-8")
    return done.returncode == 0


def survivors(package: Path, share: list[tuple[str, str, str]]) -> list[str]:
    """Run a share of the mutants in one copy of the package: module, what was done, new text."""
    shutil.copytree(SOURCE, package / "holdfire")
    return [what for module, what, text in share if survives(package, module, text)]


def alive(made: list[tuple[str, str, str]], folder: Path) -> list[str]:
    """Run mutants two at a time."""
    with ThreadPoolExecutor(2) as pool:
        shares = [
            pool.submit(survivors, folder / str(number), made[number::2]) for number in range(2)
        ]
        return [what for share in shares for what in share.result()]


@pytest.mark.slow
@pytest.mark.parametrize("module", sorted(ANSWERING))
def test_every_change_is_noticed(module: str, tmp_path: Path) -> None:
    made = [(module, what, text) for what, text in mutants(module)]
    assert len(made) >= 2
    assert alive(made, tmp_path) == []


@pytest.mark.slow
def test_every_slip_is_noticed(tmp_path: Path) -> None:
    made = []
    for module, old, new in SLIPS:
        text = (SOURCE / f"{module}.py").read_text(encoding="utf-8")
        assert text.count(old) == 1, (module, old)
        made.append((module, f"{module}: {old} became {new}", text.replace(old, new)))
    assert alive(made, tmp_path) == []


def test_the_tables_run_against_the_copy(tmp_path: Path) -> None:
    """Guard of the guard: a copy that cannot answer at all must fail, a whole one pass."""
    text = (SOURCE / "assess" / "logic.py").read_text(encoding="utf-8")
    made = [("assess/logic", "broken", "raise SystemError"), ("assess/logic", "whole", text)]
    assert survivors(tmp_path / "one", made) == ["whole"]
