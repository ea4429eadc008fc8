"""A page that is a register on a day: a list one looks through by words; Enter opens the card one stands on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QLabel

from village_ledger.i18n import tr
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.as_of import AsOf
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


class RegisterPage(Page):
    """Subclasses say what ``reads`` the register, how it is shown and looked through, and lay out the parts made here."""

    named: ClassVar[str]
    """What the table is called."""
    empty: ClassVar[str]
    """What stands in it while nothing is registered."""
    looked_for: ClassVar[tuple[str, str]]
    """Label of the field one looks through it with, and what may be typed there."""
    reading: ClassVar[str]
    """What is said while it is read."""
    reads: ClassVar[Callable[[Reader, str, date], Any]]
    """Ledger and day to the register; called in the worker's thread."""
    key: ClassVar[str] = "code"
    """What names a card in ``go`` and ``where``."""

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.wanted = ""
        """Code to stand on once the register is there."""
        self.ask = AskBar(self.theme)
        mark = tr("演示") if session.info.is_demo else ""
        self.table = FigureTable(self.theme, tr(self.named), watermark=mark)
        self.table.set_empty_words(tr(self.empty))
        self.table.opened.connect(lambda _row: self.open_card())
        self.as_of = AsOf(self.ask, self.slip, self.table.setFocus)
        self.as_of.changed.connect(self.reload)
        label, hint = self.looked_for
        self.search = SearchField(self.table.setFocus, tr(label), tr(hint))
        self.search.textChanged.connect(lambda _: self.look_through())
        self.search_label = QLabel(tr(label))
        self.search_label.setProperty("look", "label")
        self.search_label.setBuddy(self.search)

    # what a subclass says

    def current(self) -> str:
        """Code of the card one stands on, empty for none."""
        raise NotImplementedError

    def open_card(self) -> None:
        """The card one stands on."""
        raise NotImplementedError

    def show_register(self, made: Any) -> None:
        """What ``reads`` brought."""
        raise NotImplementedError

    def look_through(self, code: str = "") -> None:
        """The rows that fit what is looked for; stand on ``code`` where it is among them."""
        raise NotImplementedError

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Looking for something, the card, another day."""
        return {"find": self.search.setFocus, "open": self.open_card, "as_of": self.as_of.ask}

    def go(self, **where: Any) -> None:
        """The card to stand on by its ``key``, ``text`` to look for, ``day`` to look at."""
        self.wanted = str(where.get(self.key, self.wanted))
        self.as_of.take(where.get("day"))
        if "text" in where:
            self.search.setText(where["text"])
        self.slip.fold()
        self.reload()
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The card one stands on, what is looked for, the day."""
        return {self.key: self.current(), "text": self.search.text(), "day": self.as_of.day}

    def reload(self) -> None:
        """The register of the day."""
        if not self.session.is_open:
            return
        self.action("as_of").setText(self.as_of.words)
        self.wanted = self.current() or self.wanted
        ledger, day, reads = self.session.ledger_code, self.as_of.day, self.reads_now()
        self.operations.read(
            tr(self.reading),
            lambda reader: reads(reader, ledger, day),
            self.show_register,
            refused=lambda error: self.slip.say(describe(error)),
            key=self.scope,
        )

    def reads_now(self) -> Callable[[Reader, str, date], Any]:
        """``reads``, or what the fields of the page make of it."""
        return type(self).reads

    def restyle(self) -> None:
        """Some rows stay in view."""
        self.table.setMinimumHeight(4 * self.table.style_of.row)

    def escape(self) -> bool:
        """Fold the question away, then stop looking for something."""
        if self.ask.asking:
            self.ask.put_away()
            return True
        if self.search.text():
            self.search.clear()
            return True
        return False
