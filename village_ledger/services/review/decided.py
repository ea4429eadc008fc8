"""Whether a decision stands behind a payment: in its approval, by number in its summary, or in the project it is for."""

from __future__ import annotations

from functools import cached_property

from village_ledger.domain.project import ProjectStep
from village_ledger.services.review.payments import Seen
from village_ledger.storage.reader import Reader


class Decided:
    """What was decided in a village, read once where somebody asks."""

    def __init__(self, reader: Reader, ledger: str) -> None:
        self._reader, self._ledger = reader, ledger

    def for_payment(self, seen: Seen) -> bool:
        """Whether anything on record says that the payment was decided."""
        if any(line.project in self._projects for line in seen.stored.voucher.lines):
            return True
        if any(number in seen.summary for number in self._numbers):
            return True
        shown = self._reader.approval(seen.stored.id)
        return shown is not None and bool(shown.approval.decision)

    @cached_property
    def _numbers(self) -> frozenset[str]:
        """Of decisions and resolutions."""
        decisions = {one.number for one in self._reader.decisions()}
        return frozenset(decisions | {one.number for one in self._reader.resolutions()})

    @cached_property
    def _projects(self) -> frozenset[str]:
        """Projects whose card names its decision."""
        files = self._reader.project_files(self._ledger)
        return frozenset(
            one.name for one in files if one.last(ProjectStep.CARD) is not None and one.card.decision
        )
