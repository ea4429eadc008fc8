"""Take the README's pictures from the running program: ``python tests/take_screenshots.py [FOLDER]``.

Draws the demonstration village offscreen at 1366×768, so that the pictures show what the program really shows.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

os.environ["QT_QPA_PLATFORM"] = "offscreen"
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from village_ledger.ui.main_window import MainWindow

PATIENCE_S = 20.0
TURN_MS = 150
SIZE = (1366, 768)
PAGES = {
    "voucher_list": "vouchers",
    "work": "work",
    "closing": "closing",
}
"""Page of the window to the name of its picture, in the month in hand."""
PAGES_AFTER_TYPING = {
    "dividend_run": "dividend",
    "share_event": "share_change",
    "due": "due",
    "panel": "panel",
}
"""The same, after the voucher: a form that is asked to keep what is typed would take its keys."""
PAGES_OF_DECEMBER = {
    "home": "home",
    "trial_balance": "trial_balance",
    "ledger": "journal",
    "disclosure": "wall_sheet",
    "statement": "statement",
}
"""The same in the last month of the closed year."""


def wait(done: Callable[[], bool]) -> None:
    """Let the window work until it is done and has painted."""
    from PySide6.QtCore import QEventLoop, QTimer

    def let_it_work() -> None:
        """One turn of the event loop; the worker has the interpreter meanwhile."""
        turn = QEventLoop()
        QTimer.singleShot(TURN_MS, turn.quit)
        turn.exec()

    end = time.monotonic() + PATIENCE_S
    while not done() and time.monotonic() < end:
        let_it_work()
    let_it_work()


def type_voucher(application: QApplication, window: MainWindow) -> None:
    """A voucher half typed, the account list open."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtTest import QTest

    def press(key: Qt.Key) -> None:
        QTest.keyClick(application.focusWidget() or window, key)
        wait(lambda: not window.operations.busy)

    def write(text: str) -> None:
        for character in text:
            for kind in (QKeyEvent.Type.KeyPress, QKeyEvent.Type.KeyRelease):
                event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character)
                application.sendEvent(application.focusWidget() or window, event)
        wait(lambda: not window.operations.busy)

    press(Qt.Key.Key_F5)
    write("付1月份村道路灯电费")
    press(Qt.Key.Key_Return)
    write("51401")
    press(Qt.Key.Key_Return)
    write("1386.4")
    press(Qt.Key.Key_Return)
    write("..")
    press(Qt.Key.Key_Return)
    write("yhck")


def send(book: Path, year: int, desk: Path) -> None:
    """The package of a village's year, in the folder a township reviews."""
    from village_ledger.domain.period import Span
    from village_ledger.exchange.review.package_making import PackageOrder, make_package
    from village_ledger.exchange.review.package_papers import WRITERS
    from village_ledger.storage.file.book_file import Access, open_book

    with open_book(book, Access.WRITE, "王秀英") as opened, opened.unit_of_work("王秀英") as uow:
        make_package(uow, desk / f"{book.stem}.vlpkg", PackageOrder(Span.of_year(year)), WRITERS)
        uow.commit()


def take_many_villages(window: MainWindow, demo: Path, folder: Path) -> None:
    """The agency's desk and the township's: many villages, no book open."""
    from datetime import date

    from village_ledger.exchange.agency.agency_demo import open_demo
    from village_ledger.exchange.review.review_desk import EXPECTED
    from village_ledger.settings import DeskChoices
    from village_ledger.ui.agency.agency_work import AgencyWork
    from village_ledger.ui.review.desk_form import REPORTS

    window.close_book()
    today = date.today()  # noqa: DTZ011  work waits today
    path, identity = open_demo(Path(), today)
    window.session.agency = AgencyWork(path, identity)
    window._front.open("agency")
    wait(lambda: not window.operations.busy)
    window.grab().save(str(folder / "agency.png"))
    desk = Path("送审包")
    desk.mkdir()
    send(demo, 2025, desk)
    for book in path.parent.glob("*.vledger"):
        if book.stem != demo.stem:
            send(book, today.year, desk)
    window.session.agency = None
    window.session.preferences.set_desk(DeskChoices(reviewer="黄春梅", office="溪口镇农经站"))
    reports = Path(REPORTS)
    reports.mkdir()
    (reports / EXPECTED).write_text("白杨村\n", encoding="utf-8")
    window._front.jump("desk", folder=desk)
    wait(lambda: not window.operations.busy)
    window.grab().save(str(folder / "desk.png"))


def main(folder: Path) -> None:
    """Write one PNG a page into ``folder``."""
    from village_ledger.app import make_application, open_window
    from village_ledger.domain.period import Month
    from village_ledger.exchange.demos.demo import make_demo

    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        os.environ["VILLAGE_LEDGER_CONFIG"] = str(Path(place, "settings.json"))
        os.chdir(place)  # the pictures name the book, not this machine's folders
        book = Path("青山村.vledger")
        make_demo(book)
        application = make_application(["screenshots"])
        window = open_window(book)
        window.resize(*SIZE)
        wait(lambda: window.shell is not None and not window.operations.busy)
        shell = window.shell
        if shell is None:
            raise SystemExit("the demonstration village did not open")

        def take(pages: dict[str, str]) -> None:
            for page, picture in pages.items():
                shell.pages.jump(page)
                wait(lambda: not window.operations.busy)
                window.grab().save(str(folder / f"{picture}.png"))

        take(PAGES)
        type_voucher(application, window)
        window.grab().save(str(folder / "voucher.png"))
        take(PAGES_AFTER_TYPING)
        window.session.go_to_month(Month(2025, 12))
        take(PAGES_OF_DECEMBER)
        take_many_villages(window, book, folder)
        window.close()
        os.chdir(ROOT)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "resources" / "docs" / "screenshots")
