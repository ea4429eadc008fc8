"""The day something is looked at: 看到 2026-01-08 为止. One question in the page asks for another one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, Signal

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import parse_day
from village_ledger.i18n import tr
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.slip import Slip


class AsOf(QObject):
    """The chosen day, today until another one was asked for."""

    changed = Signal()

    def __init__(self, ask: AskBar, slip: Slip, back: Callable[[], object]) -> None:
        super().__init__(ask)
        self._ask = ask
        self._slip = slip
        self._back = back
        self._chosen: date | None = None

    @property
    def day(self) -> date:
        """The day itself."""
        return self._chosen or date.today()  # noqa: DTZ011  the wall calendar of the village

    @property
    def words(self) -> str:
        """As a button says it."""
        return tr("看到 {day} 为止", day=self.day)

    def take(self, day: date | None) -> None:
        """Another day, without telling."""
        self._chosen = day if day != date.today() else None  # noqa: DTZ011  as above

    def ask(self) -> None:
        """Ask for a day in the page."""
        self._ask.ask(
            tr("看到哪一天为止"),
            tr("看这一天"),
            self._take,
            self._back,
            text=str(self.day),
            hint=tr("如 2024-12-31"),
        )

    def _take(self, text: str) -> None:
        try:
            self.take(parse_day(text))
        except LedgerError as error:
            self._slip.say(describe(error))
            return
        self._slip.fold()
        self.changed.emit()
