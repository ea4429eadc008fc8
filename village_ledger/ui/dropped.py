"""A file dropped on the window: a book, a workspace or a package opens, remarks are taken in, else it is said to be none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from village_ledger.domain.errors import PackageError
from village_ledger.domain.remarks import ENDING as REMARKS
from village_ledger.i18n import tr
from village_ledger.ui.error_presenter import describe

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData

    from village_ledger.ui.main_window import MainWindow


class DropWatch(QObject):
    """Takes what is dropped where no page wanted it; nothing while nobody has signed in."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """One file held over the window is welcome; let go, it is taken."""
        if isinstance(event, QDropEvent) and self._file(event) is not None:
            event.acceptProposedAction()
            if not isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.Drop:
                self.take(Path(event.mimeData().urls()[0].toLocalFile()))
            return True
        return super().eventFilter(watched, event)

    def _file(self, event: QDropEvent) -> Path | None:
        return None if self._window.door.is_shut else file_of(event.mimeData())

    def take(self, path: Path) -> None:
        """Remarks go into the open book; anything else is opened, or refused in a sentence."""
        window = self._window
        if window.shell is not None and not window.shell.pages.may_leave():
            return
        if path.suffix.lower() != REMARKS:
            window.open_path(path)
        elif window.shell is None or window.session.read_only:
            window.say(describe(_no_book()))
        else:
            window.shell.pages.jump("packages")
            page: Any = window.shell.pages.current_page()
            page.take(path)


def file_of(data: QMimeData) -> Path | None:
    """The one file held, None for several, for words, and for what is elsewhere on a network."""
    urls = data.urls() if data.hasUrls() else []
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    return Path(urls[0].toLocalFile())


def _no_book() -> PackageError:
    """Remarks are for a village's own book, open to be written in."""
    return PackageError(
        tr("审阅意见要收进村里自己的账簿"), tr("请先打开能记账的那本账，再放进来。"), safe=tr("文件没有动。")
    )
