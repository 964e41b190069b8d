"""One run in a process of its own, measured stage by stage; prints JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from holdfire.pipeline import run

NOW = datetime(2026, 1, 1, tzinfo=UTC)
STAGES = ("read", "merge", "assess", "measure", "publish")
_BEGINS = {
    "merging": "merge", "assessing": "assess", "measuring": "measure", "publishing": "publish",
}  # fmt: skip


def cpu_s() -> float:
    """Return the processor seconds of this process, all of its threads."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak_mib() -> float:
    """Return the most memory this process ever had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def start_peak_anew() -> None:
    """Forget the peak so far, where the system lets a process do so."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        return


def stage_peak_mib() -> float:
    """Return the most memory since the peak was forgotten, in MiB."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return peak_mib()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


class Clock:
    """Takes the steps that a run tells of and keeps what each stage took."""

    def __init__(self) -> None:
        self.stage = "read"
        self.stages: dict[str, dict[str, float]] = {}
        self._wall, self._cpu = time.perf_counter(), cpu_s()

    def __call__(self, step: str) -> None:
        """Take a step: the first word tells the stage."""
        now = _BEGINS.get(step, self.stage)
        if now != self.stage:
            self.close(now)

    def close(self, following: str = "") -> None:
        """End a stage and begin the following one."""
        wall, cpu = time.perf_counter(), cpu_s()
        self.stages[self.stage] = {
            "wall_s": wall - self._wall, "cpu_s": cpu - self._cpu, "peak_mib": stage_peak_mib(),
        }  # fmt: skip
        self.stage, self._wall, self._cpu = following, wall, cpu
        start_peak_anew()


def main(folder: Path) -> None:
    """Run a case and print what each stage took."""
    clock = Clock()
    begun = time.perf_counter()
    done = run(folder, now=NOW, progress=clock)
    clock.close()
    whole = {
        "wall_s": time.perf_counter() - begun,
        "cpu_s": cpu_s(),
        "peak_mib": max(stage["peak_mib"] for stage in clock.stages.values()),
    }
    print(json.dumps({"rows": done.answer.rows, "used": done.answer.used,
                      "stages": clock.stages, "whole": whole}))  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]))
