"""Stop-watch and scales: whole processes as the kernel accounts them, pairs measured in turn, medians.

Two sides are always measured in turn (ours, theirs, ours, theirs …), after one unmeasured turn each, so that what
else the machine does falls on both.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

LAUNCHER = Path(__file__).resolve().with_name("launch.py")


class Run(NamedTuple):
    """One run of a process: seconds by the wall clock, highest memory in MiB, seconds of processor time."""

    seconds: float
    mib: float
    cpu: float = 0.0


class Pair(NamedTuple):
    """What both sides took, each the median of its runs."""

    ours: float
    theirs: float

    @property
    def ratio(self) -> float:
        """How many times theirs is ours."""
        return self.ours / self.theirs


class Failed(Exception):
    """A measured command did not do its work."""


def once(command: Sequence[str | Path], environment: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end; its output is thrown away. Raises Failed."""
    ran = subprocess.run(
        [sys.executable, "-S", LAUNCHER, *map(str, command)],
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )
    seconds, mib, cpu, code, said = json.loads(ran.stdout)
    if code:
        raise Failed(f"{' '.join(map(str, command))}\n{said}")
    return Run(seconds, mib, cpu)


def medians(runs: Sequence[Run]) -> Run:
    """The median of each figure."""
    return Run._make(statistics.median(figures) for figures in zip(*runs, strict=True))


def in_turn(ours: Callable[[], Run], theirs: Callable[[], Run], rounds: int) -> tuple[Run, Run]:
    """Both sides in turn, after one unmeasured turn each; the medians."""
    ours()
    theirs()
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    return medians([pair[0] for pair in pairs]), medians([pair[1] for pair in pairs])


def timed_in_turn(ours: Callable[[], object], theirs: Callable[[], object], rounds: int) -> Pair:
    """Two calls within this process in turn; median seconds."""
    ours()
    theirs()
    first: list[float] = []
    second: list[float] = []
    for _ in range(rounds):
        for call, taken in ((ours, first), (theirs, second)):
            begun = time.perf_counter()
            call()
            taken.append(time.perf_counter() - begun)
    return Pair(statistics.median(first), statistics.median(second))
