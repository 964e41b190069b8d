"""The rounds of training: same corpus, base, seed and threads, same weights.

A round shows every piece of the corpus once. The state is written often and training goes on from
it; what chance decides is drawn anew for each step from the seed and the step's number, so that
an interruption changes nothing.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import monotonic
from typing import Any

import numpy as np
import torch

from holdfire.errors import HoldfireError
from holdfire.statements.learned.training.examples import Example, batches, cut
from holdfire.statements.learned.training.network import POINTERS, Weights, forward, loss

STATE, SETTINGS = "state.pt", "settings.json"


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides the outcome, besides corpus and base. Rates are those at their highest.

    The rate rises over the first ``rise`` of the steps and falls to nothing over the last
    ``fall``. New weights (the heads) learn at ``heads_rate``.
    """

    rounds: int = 5
    size: int = 16
    rate: float = 2e-4
    heads_rate: float = 1e-3
    rise: float = 0.05
    fall: float = 0.5
    decay: float = 0.01
    dropout: float = 0.1
    seed: int = 20250313


class Training:
    """Weights on their way, in a folder from which they can be taken up again."""

    def __init__(
        self, out: Path, settings: Settings, weights: Weights, heads: int, marks: tuple[int, int]
    ) -> None:
        self.out, self.settings, self.heads, self.marks = out, settings, heads, marks
        self.weights = weights
        self.optimizer = torch.optim.AdamW(list(self._groups()), lr=0.0)
        self.step, self.best, self.best_weights = 0, -1.0, dict[str, Any]()
        self._take_up()

    def _groups(self) -> Iterator[dict[str, Any]]:
        for new in (False, True):
            for kept in (False, True):
                group = [
                    value
                    for name, value in self.weights.items()
                    if name.startswith("heads.") == new and (value.dim() < 2) == kept
                ]
                top = self.settings.heads_rate if new else self.settings.rate
                decay = 0.0 if kept else self.settings.decay
                yield {"params": group, "weight_decay": decay, "top": top}

    def _take_up(self) -> None:
        self.out.mkdir(parents=True, exist_ok=True)
        path = self.out / SETTINGS
        own = asdict(self.settings)
        if path.exists() and json.loads(path.read_text(encoding="utf-8")) != own:
            raise HoldfireError(
                "a training with other settings was begun here",
                where=str(path),
                advice="Name another folder with --out, or remove this one.",
            )
        path.write_text(json.dumps(own, indent=1) + "\n", encoding="utf-8")
        if not (self.out / STATE).exists():
            return
        state = torch.load(self.out / STATE, weights_only=True)
        with torch.no_grad():
            for name, value in self.weights.items():
                value.copy_(state["weights"][name])
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.best = state["step"], state["best"]
        self.best_weights = state["best_weights"]

    def _save(self) -> None:
        state = {
            "weights": {name: value.detach() for name, value in self.weights.items()},
            "optimizer": self.optimizer.state_dict(),
            "step": self.step,
            "best": self.best,
            "best_weights": self.best_weights,
        }
        torch.save(state, self.out / f"{STATE}.new")
        os.replace(self.out / f"{STATE}.new", self.out / STATE)

    def run(
        self, learn: Sequence[Example], choose: Sequence[Example], save_each: int = 100
    ) -> Iterator[str]:
        """Train to the end, yielding a line of news each twenty steps and after each round."""
        began, done, settings = monotonic(), 0, self.settings
        plans = [
            cut(learn, np.random.default_rng([settings.seed, r])) for r in range(settings.rounds)
        ]
        steps = [-(-len(plan) // settings.size) for plan in plans]
        total, before = sum(steps), 0
        for number, plan in enumerate(plans):
            skip = min(max(self.step - before, 0), steps[number])
            before += steps[number]
            if skip == steps[number]:
                continue
            off = []
            for arrays in batches(plan[skip * settings.size :], settings.size, self.marks):
                off.append(self._learn(arrays, total))
                done += 1
                if self.step % 20 == 0:
                    pace = done / (monotonic() - began)
                    mean = sum(off[-20:]) / len(off[-20:])
                    left = (total - self.step) / pace / 60
                    yield f"step {self.step} of {total}, loss {mean:.4f}, {left:.0f} minutes left"
                if self.step % save_each == 0:
                    self._save()
            score = self.score(choose)
            if score > self.best:
                self.best = score
                self.best_weights = {n: v.detach().clone() for n, v in self.weights.items()}
            self._save()
            yield f"round {number + 1}: {score:.4f} of the pieces right, best {self.best:.4f}"

    def _learn(self, arrays: dict[str, Any], total: int) -> float:
        settings = self.settings
        torch.manual_seed(settings.seed * 1_000_003 + self.step)
        at = (self.step + 1) / total
        part = min(1.0, at / settings.rise, (1 + 1 / total - at) / settings.fall)
        for group in self.optimizer.param_groups:
            group["lr"] = group["top"] * part
        tensors = {name: torch.from_numpy(value) for name, value in arrays.items()}
        off = loss(*forward(self.weights, tensors, self.heads, settings.dropout), tensors)
        self.optimizer.zero_grad(set_to_none=True)
        off.backward()
        torch.nn.utils.clip_grad_norm_(list(self.weights.values()), 1.0)
        self.optimizer.step()
        self.step += 1
        return float(off.detach())

    def score(self, choose: Sequence[Example]) -> float:
        """Return the F1 of pieces of a cue or a content with the right part and pointer."""
        right = wanted = given = 0
        for arrays in batches(cut(choose), 2 * self.settings.size, self.marks):
            tensors = {name: torch.from_numpy(value) for name, value in arrays.items()}
            with torch.no_grad():
                tags, pointers = forward(self.weights, tensors, self.heads)
            told = (tags.argmax(-1) + 1) // 2
            gold = (tensors["tags"] + 1) // 2
            counted = tensors["tags"] >= 0
            for number, part in enumerate(POINTERS):
                own = counted & (told == part + 1)
                same = own & (gold == part + 1)
                right += int((same & (pointers[number].argmax(-1) == tensors["links"])).sum())
                given += int(own.sum())
                wanted += int((gold == part + 1).sum())
        return 2 * right / max(given + wanted, 1)
