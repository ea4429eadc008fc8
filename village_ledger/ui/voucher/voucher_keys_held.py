"""Keys typed while a voucher is being saved wait for the next form, so that no letter is lost between two."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

_HELD = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)


class KeysHeld(QObject):
    """Takes keys from the moment of ``hold`` and hands them to whoever has the focus at ``release``."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: list[QKeyEvent | QInputMethodEvent] | None = None

    def hold(self) -> None:
        """Begin to keep keys back."""
        application = QCoreApplication.instance()
        if self._waiting is None and application is not None:
            self._waiting = []
            application.installEventFilter(self)

    def release(self) -> None:
        """Play back what was typed meanwhile."""
        waiting, self._waiting = self._waiting, None
        application = QCoreApplication.instance()
        if waiting is None or application is None:
            return
        application.removeEventFilter(self)
        target = QApplication.focusWidget()
        if target is not None:
            for event in waiting:
                QCoreApplication.postEvent(target, event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep keys and what an input method commits; everything else passes."""
        if self._waiting is None or watched is not QApplication.focusWidget():
            return False
        if isinstance(event, QKeyEvent) and event.type() in _HELD:
            self._waiting.append(event.clone())
            return True
        if isinstance(event, QInputMethodEvent):
            self._waiting.append(event.clone())
            return True
        return event.type() is QEvent.Type.ShortcutOverride
