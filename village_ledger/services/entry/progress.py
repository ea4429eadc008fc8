"""Progress with counts and a cancel that really cancels."""

from __future__ import annotations

from collections.abc import Callable

from village_ledger.domain.errors import Cancelled


class Progress:
    """Told how far a long action is; raises Cancelled at the next step once asked to stop."""

    def __init__(self, report: Callable[[int, int, str], None] | None = None) -> None:
        self._report = report
        self._cancelled = False

    def cancel(self) -> None:
        """Ask the action to stop at its next step; its transaction then rolls back."""
        self._cancelled = True

    def step(self, done: int, total: int, label: str) -> None:
        """Say ``done`` of ``total``; raises Cancelled when asked to stop."""
        if self._cancelled:
            raise Cancelled
        if self._report is not None:
            self._report(done, total, label)


SILENT = Progress()
"""For actions nobody watches."""
