"""The window's entry point: wires preferences, theme, worker and pages, and paints before anything heavy loads."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from PySide6.QtWidgets import QApplication

    from village_ledger.ui.main_window import MainWindow

log = logging.getLogger(__name__)


def make_application(arguments: Sequence[str]) -> QApplication:
    """The one QApplication, with our own style as ground and Chinese words for Qt's own dialogs."""
    from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance()
    if isinstance(application, QApplication):
        return application
    application = QApplication(list(arguments))
    application.setApplicationName("village-ledger")
    application.setApplicationDisplayName("村账")
    application.setStyle("Fusion")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(application)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    return application


def open_window(path: Path | None = None) -> MainWindow:
    """Show the window and, once it is painted, the book at ``path`` or the start page.

    A book that cannot be opened never keeps the window from coming up.
    """
    from PySide6.QtCore import QTimer

    from village_ledger.settings import Preferences
    from village_ledger.ui.main_window import MainWindow

    window = MainWindow(Preferences())
    if path is None:
        window.show_start()
        window.show()
    else:
        window.show()
        QTimer.singleShot(0, lambda: window.open_path(path))
    return window


def run_window(argv: Sequence[str] | None = None) -> int:
    """Run the window until it is closed; ``argv`` may name a book. Gives the process's exit code."""
    from village_ledger.logs import start_logging

    arguments = list(sys.argv[1:] if argv is None else argv)
    start_logging()
    application = make_application([sys.argv[0], *arguments])
    window = open_window(Path(arguments[0]) if arguments else None)

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """A mistake of ours in a slot: log it, say it, keep the window."""
        log.error("unexpected", exc_info=(kind, error, trace))
        from village_ledger.ui.error_presenter import describe

        window.say(describe(error))

    sys.excepthook = report
    return application.exec()
