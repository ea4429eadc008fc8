"""A program of its own that types half a voucher, waits for the draft to be kept, and then is killed.

``python voucher_typist.py BOOK KEYS…``: texts are typed, names in brackets pressed; prints KEPT once the draft is in the
book, types one letter more that is not kept, and waits to be killed.
"""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tests.builders import WANG
from tests.ui.voucher_hand import Hand
from village_ledger.domain.period import Month
from village_ledger.settings import Preferences
from village_ledger.storage.file.book_file import Access, open_book
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.operations import Operations
from village_ledger.ui.session import Session
from village_ledger.ui.voucher.voucher_page import VoucherPage


class Nowhere:
    """A navigator nobody uses here."""

    def open(self, name: str, **where: object) -> None:
        """Stay."""

    def back(self) -> bool:
        """Stay."""
        return False

    def trail(self) -> list[str]:
        """Nothing behind."""
        return []


def main(book_path: str, *keys: str) -> None:
    """Type and wait."""
    application = QApplication([])
    book = open_book(Path(book_path), Access.WRITE, WANG)
    theme = Theme(Preferences())
    theme.apply()
    operations = Operations()
    session = Session(Preferences(), theme)
    session.adopt(book, WANG, Month(2025, 3))
    operations.use(book, WANG)
    page = VoucherPage(session, operations, Nowhere())
    page.bind_actions()
    page.resize(1240, 660)
    page.show()
    page.activateWindow()
    QTest.qWaitForWindowActive(page)
    page.go()
    while operations.busy:
        application.processEvents()
    hand = Hand(page)
    for key in keys:
        if key.startswith("["):
            hand.press(key.strip("[]"))
        else:
            hand.type(key)
    page.keeper.saved.connect(lambda: (hand.type("z"), print("KEPT", flush=True)))
    application.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
