"""红字冲销 of the voucher in view: asked in the page, done by the worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import parse_day
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.i18n import tr
from village_ledger.services.entry import corrections
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.operations import Operations
from village_ledger.ui.voucher.voucher_days import DayProblem
from village_ledger.ui.voucher.voucher_panels import ReversalPanel


class VoucherReversal(QObject):
    """Panel and action together."""

    made = Signal(object)
    """Outcome of ``corrections.reverse``: the new voucher."""

    def __init__(
        self, theme: Theme, judge: Callable[[date], DayProblem | None], operations: Operations
    ) -> None:
        super().__init__()
        self.panel = ReversalPanel(theme, judge)
        self._judge = judge
        self._operations = operations
        self._stored: StoredVoucher | None = None
        self.panel.confirmed.connect(self._on_confirmed)

    def ask(self, stored: StoredVoucher) -> None:
        """Begin with the voucher's own day, or the first open one when its month is closed."""
        self._stored = stored
        problem = self._judge(stored.voucher.day)
        offered = problem.offer if problem is not None else None
        self.panel.ask(stored, offered or stored.voucher.day)

    def _on_confirmed(self, day: str, reason: str) -> None:
        stored = self._stored
        if stored is None:
            return
        self._operations.run(
            tr("红字冲销"),
            lambda uow, _progress: corrections.reverse(
                uow, stored.ledger, stored.ref, parse_day(day), reason
            ),
            then=self._on_done,
            refused=self._on_refused,
        )

    def _on_done(self, outcome: object) -> None:
        self.panel.hide()
        self.made.emit(outcome)

    def _on_refused(self, refusal: LedgerError) -> None:
        self.panel.say(str(refusal))
