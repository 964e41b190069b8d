"""Acts, targets and weapons: directed acyclic graphs with a definition for each node.

Soundness needs one rule more than "broader": in a graph where a node can be of two kinds,
an incident known only as X and a prohibition of A can share a narrower node without either
being broader than the other. The incident may then be that shared kind, so the answer is
unknown and not ``no``. Where two kinds can coincide in ways too many to name (an attack on
civilians may be done by any act of combat), a node says so with ``overlaps``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib import resources
from typing import Literal

from holdfire.errors import Problem, did_you_mean, shown
from holdfire.terms.locate import tables

Kind = Literal["acts", "targets", "weapons"]
KINDS: tuple[Kind, ...] = ("acts", "targets", "weapons")
ROOTS: dict[Kind, str] = {"acts": "any-act", "targets": "any-target", "weapons": "any-weapon"}


@dataclass(frozen=True, slots=True)
class Node:
    """One kind of act, target or weapon."""

    id: str
    label: str
    means: str
    source: str
    broader: tuple[str, ...] = ()
    overlaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """A directed acyclic graph of nodes under one root."""

    kind: Kind
    nodes: Mapping[str, Node]

    @property
    def root(self) -> str:
        """The node that says nothing is known."""
        return ROOTS[self.kind]

    def __contains__(self, node: str) -> bool:
        return node in self.nodes

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = {key: [] for key in self.nodes}
        for node in self.nodes.values():
            for parent in node.broader:
                children[parent].append(node.id)
        return children

    @cached_property
    def _kinds_of(self) -> dict[str, frozenset[str]]:
        return {key: frozenset(self._walk(key, self._children)) for key in self.nodes}

    def _walk(self, start: str, step: Mapping[str, Iterable[str]]) -> set[str]:
        seen, todo = {start}, [start]
        while todo:
            for following in step[todo.pop()]:
                if following not in seen:
                    seen.add(following)
                    todo.append(following)
        return seen

    def kinds_of(self, node: str) -> frozenset[str]:
        """Return the node and everything that is a kind of it."""
        return self._kinds_of[node]

    def may_be(self, node: str, other: str) -> bool:
        """Whether something known only as one node may be a kind of another."""
        one, two = self.kinds_of(node), self.kinds_of(other)
        return bool(one & two) or self._coincide(one, two) or self._coincide(two, one)

    def _coincide(self, one: frozenset[str], two: frozenset[str]) -> bool:
        """Whether a node of the first can coincide with one of the second without a name."""
        return any(self.kinds_of(over) & two for key in one for over in self.nodes[key].overlaps)

    def broader_than(self, node: str) -> frozenset[str]:
        """Return the node and everything it is a kind of."""
        return frozenset(
            self._walk(node, {key: value.broader for key, value in self.nodes.items()})
        )

    def common(self, nodes: Iterable[str]) -> str:
        """Return the narrowest node that covers all of the given ones.

        Where several are equally narrow, the first by name; with none given, the root.
        """
        shared: frozenset[str] | None = None
        for node in nodes:
            above = self.broader_than(node)
            shared = above if shared is None else shared & above
        if not shared:
            return self.root
        return min(shared, key=lambda node: (len(self.kinds_of(node)), node))

    def question(self, sentence: str) -> str:
        """Return a hint for a word that is no node."""
        return did_you_mean(sentence, self.nodes) or f"they are listed by: holdfire {self.kind}"


def parse_nodes(kind: Kind, text: str, where: str) -> tuple[dict[str, Node], list[Problem]]:
    """Read nodes from TOML text; what is wrong is returned, not raised."""
    read = tables(text, where)
    if isinstance(read, Problem):
        return {}, [read]
    nodes: dict[str, Node] = {}
    problems: list[Problem] = []
    allowed = {"label", "means", "source", "broader", "overlaps"}
    for key, table in read.items():
        if not isinstance(table, dict) or set(table) - allowed or "means" not in table:
            problems.append(
                Problem(
                    where, f"[{key}] must have means, and may have {', '.join(sorted(allowed))}"
                )
            )
            continue
        broader = table.get("broader", [] if key == ROOTS[kind] else [ROOTS[kind]])
        overlaps = table.get("overlaps", [])
        given = {"broader": broader, "overlaps": overlaps}
        wrong = next((name for name, value in given.items() if not _names(value)), None)
        if wrong:
            problems.append(Problem(where, f"[{key}] {wrong} must be a list of names"))
            continue
        nodes[key] = Node(
            key, str(table.get("label", key)), str(table["means"]),
            str(table.get("source", "")), tuple(broader), tuple(overlaps),
        )  # fmt: skip
    return nodes, problems


def _names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def build(kind: Kind, nodes: Mapping[str, Node], where: str) -> tuple[Vocabulary, list[Problem]]:
    """Return the graph, without the nodes that name an unknown parent or close a circle."""
    problems: list[Problem] = []
    kept = dict(nodes)
    for node in nodes.values():
        for key in ("broader", "overlaps"):
            for other in getattr(node, key):
                if other not in nodes:
                    said = f"[{node.id}] unknown {key} {shown(other)}"
                    problems.append(Problem(where, said, did_you_mean(other, nodes)))
                    kept[node.id] = replace(node, broader=(ROOTS[kind],), overlaps=())
    for key in sorted(kept):
        seen: set[str] = set()
        todo = list(kept[key].broader)
        while todo:
            above = todo.pop()
            if above == key:
                problems.append(Problem(where, f"[{key}] is broader than itself, in a circle"))
                kept[key] = replace(kept[key], broader=(ROOTS[kind],))
                break
            if above not in seen:
                seen.add(above)
                todo.extend(kept[above].broader)
    return Vocabulary(kind, kept), problems


def _shipped_text(kind: Kind) -> str:
    return resources.files(__package__).joinpath(f"{kind}.toml").read_text(encoding="utf-8")


@cache
def shipped(kind: Kind) -> Vocabulary:
    """Return the vocabulary that comes with holdfire."""
    nodes, problems = parse_nodes(kind, _shipped_text(kind), f"{kind}.toml")
    vocabulary, more = build(kind, nodes, f"{kind}.toml")
    if problems or more:
        raise ValueError("; ".join(map(str, [*problems, *more])))
    return vocabulary


def extended(kind: Kind, text: str, where: str) -> tuple[Vocabulary, list[Problem]]:
    """Return the shipped vocabulary with a case's own nodes added.

    A case may add nodes; it may not redefine a shipped one.
    """
    own, problems = parse_nodes(kind, text, where)
    known = shipped(kind).nodes
    for key in sorted(set(own) & set(known)):
        problems.append(Problem(where, f"[{key}] is a shipped node and cannot be redefined"))
        del own[key]
    vocabulary, more = build(kind, {**known, **own}, where)
    return vocabulary, [*problems, *more]


@dataclass(frozen=True)
class Vocabularies:
    """The three graphs of a case."""

    acts: Vocabulary
    targets: Vocabulary
    weapons: Vocabulary

    def of(self, kind: Kind) -> Vocabulary:
        """Return one of them by name."""
        return {"acts": self.acts, "targets": self.targets, "weapons": self.weapons}[kind]


def shipped_vocabularies() -> Vocabularies:
    """Return the three shipped graphs."""
    return Vocabularies(*(shipped(kind) for kind in KINDS))
