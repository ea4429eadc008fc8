"""A page of one card of a register on a day: PgUp and PgDn go to its neighbours, 看到 … 为止 asks for another day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.i18n import tr
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.as_of import AsOf
from village_ledger.ui.widgets.ask_bar import AskBar

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


class CardPage(Page):
    """Subclasses say what ``reads`` a card, how to ``show`` it and where the cursor is at home (``main``)."""

    register: ClassVar[str]
    """The page of the register it is a card of."""
    reading: ClassVar[str]
    """What is said while it is read."""
    reads: ClassVar[Callable[[Reader, str, str, date], Any]]
    """Ledger, code and day to what is shown, None where there is nothing; called in the worker's thread."""
    key: ClassVar[str] = "code"
    """What names the card in ``go`` and ``where``."""

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.code = ""
        self.ask = AskBar(self.theme)
        self.as_of = AsOf(self.ask, self.slip, lambda: self.main().setFocus())
        self.as_of.changed.connect(self.reload)

    # what a subclass says

    def main(self) -> QWidget:
        """Where the cursor is at home."""
        raise NotImplementedError

    def show_card(self, made: Any) -> None:
        """What ``reads`` brought."""
        raise NotImplementedError

    def codes(self) -> Sequence[str]:
        """All cards there are on the day, in the register's order."""
        raise NotImplementedError

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Its neighbours, the register, another day."""
        return {
            "previous": lambda: self._step(-1),
            "next": lambda: self._step(1),
            "find": lambda: self.navigator.open(self.register),
            "as_of": lambda: self.as_of.ask(),  # noqa: PLW0108  made after its action
        }

    def go(self, **where: Any) -> None:
        """The card by its ``key``, ``day`` to look at."""
        self.code = str(where.get(self.key, self.code))
        if "day" in where:
            self.as_of.take(where["day"])
        self.slip.fold()
        self.reload()
        self.main().setFocus()

    def where(self) -> dict[str, Any]:
        """The card and the day."""
        return {self.key: self.code, "day": self.as_of.day}

    def reload(self) -> None:
        """The card on the day."""
        if not self.session.is_open:
            return
        self.action("as_of").setText(self.as_of.words)
        ledger, code, day, reads = self.session.ledger_code, self.code, self.as_of.day, type(self).reads
        self.operations.read(
            tr(self.reading),
            lambda reader: reads(reader, ledger, code, day),
            self.show_card,
            refused=lambda error: self.slip.say(describe(error)),
            key=self.scope,
        )

    def escape(self) -> bool:
        """Fold the question away."""
        if self.ask.asking:
            self.ask.put_away()
            return True
        return False

    def place(self) -> int:
        """Which of ``codes`` it is, counted from 1; 0 for none."""
        codes = self.codes()
        return codes.index(self.code) + 1 if self.code in codes else 0

    def move_to(self, code: str) -> None:
        """Another card, on the same day."""
        self.code = code
        self.reload()

    def _step(self, by: int) -> None:
        codes, place = self.codes(), self.place()
        if place and 0 <= place - 1 + by < len(codes):
            self.move_to(codes[place - 1 + by])
