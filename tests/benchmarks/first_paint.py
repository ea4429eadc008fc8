"""Start a window, wait for its first painted, usable state, and leave: one whole process to be timed.

first_paint.py             an empty PySide6 main window
first_paint.py BOOK        our window with a book: its desk is up and painted
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


def empty() -> None:
    """The least a window can be."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.show()
    QTimer.singleShot(0, application.quit)
    application.exec()


def ours(book: Path) -> None:
    """Our window, until the book's desk is on it and painted."""
    from PySide6.QtCore import QTimer

    from village_ledger.app import make_application, open_window

    application = make_application(["first-paint"])
    window = open_window(book)
    watch = QTimer()

    def look() -> None:
        if window.shell is not None and window.shell.isVisible():
            watch.stop()
            window.repaint()
            application.quit()

    watch.timeout.connect(look)
    watch.start(1)
    application.exec()
    sys.stdout.flush()
    os._exit(0)  # what is timed is the way up, not the way down


if __name__ == "__main__":
    if len(sys.argv) > 1:
        ours(Path(sys.argv[1]))
    else:
        empty()
