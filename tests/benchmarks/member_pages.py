"""The pages of members in the open window: opened and painted, then searched letter by letter.

python tests/benchmarks/member_pages.py BOOK     prints names and milliseconds; nothing is written to the book
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

ROUNDS = 5
TYPED = ("cy", "cyu", "chengyu", "chengyuan")
"""Beginnings of a name everybody has, the dearest search there is."""


def main(book: Path) -> None:
    """Open the window, then each page and search in turn."""
    os.environ["VILLAGE_LEDGER_CONFIG"] = str(Path(tempfile.mkdtemp()) / "settings.json")
    from PySide6.QtTest import QTest

    from village_ledger.app import make_application, open_window
    from village_ledger.ui.people.members_page import MembersPage

    application = make_application(["member-pages"])
    window = open_window(book)
    window.resize(1366, 768)
    window.show()
    while window.shell is None or window.operations.busy:
        QTest.qWait(5)

    def settled() -> None:
        while window.operations.busy:
            application.processEvents()
            time.sleep(0.001)
        window.repaint()
        application.processEvents()

    def taken(act: Callable[[], object]) -> float:
        begun = time.perf_counter()
        act()
        settled()
        return (time.perf_counter() - begun) * 1000

    pages = window.shell.pages
    pages.open("members")
    settled()
    page = next(one for one in application.allWidgets() if isinstance(one, MembersPage))
    members: list[float] = []
    first: list[float] = []
    for _ in range(ROUNDS):
        page.search.clear()
        members.append(taken(lambda: pages.open("members")))
        first.append(taken(lambda: page.search.setText("c")))
    letters = [taken(lambda text=text: page.search.setText(text)) for _ in range(ROUNDS) for text in TYPED]
    page.search.clear()
    codes = ("0002", "1200", "2500")
    households = [taken(lambda code=code: pages.open("household", household=code)) for code in codes * 2]
    print("members", round(statistics.median(members), 1))
    print("household", round(statistics.median(households), 1))
    print("first", round(statistics.median(first), 1))
    print("letter", round(statistics.median(letters), 1))
    sys.stdout.flush()
    os._exit(0)  # what is timed is done


if __name__ == "__main__":
    main(Path(sys.argv[1]))
