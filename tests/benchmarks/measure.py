"""Stop-watch and scales: whole processes as the kernel accounts them, pairs measured in turn, medians.

Two sides are always measured in turn (ours, theirs, ours, theirs …), after one unmeasured turn each, so that what
else the machine does falls on both.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple


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
    begun = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command],
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode:
        raise Failed(f"{' '.join(map(str, command))}\n{said.decode(errors='replace')[-2000:]}")
    return Run(seconds, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)


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
