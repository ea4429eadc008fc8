"""What a row of the benchmark says: what was measured against what, and how far it may go."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """One comparison; ``ours`` and ``theirs`` in the same unit, ``limit`` times theirs at most."""

    work: str
    against: str
    ours: float
    theirs: float
    unit: str
    limit: float

    @property
    def ratio(self) -> float:
        """How many times theirs is ours."""
        return self.ours / self.theirs

    def line(self) -> str:
        """The row as printed."""
        verdict = "ok" if self.ratio <= self.limit else "OVER"
        return (
            f"{verdict:4} {self.ratio:6.2f}x (at most {self.limit}x)  {self.work}: {self.ours:.4g} {self.unit}"
            f"  against  {self.against}: {self.theirs:.4g} {self.unit}"
        )
