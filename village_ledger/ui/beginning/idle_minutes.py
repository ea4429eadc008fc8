"""Minutes in which nobody touches the program, counted while somebody sits at it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from village_ledger.settings import LOCK_AFTER, Preferences

_MINUTE_MS = 60_000
_SIGNS_OF_LIFE = frozenset({QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel})


class IdleMinutes(QObject):
    """Counts as the settings say; every key and click begins them anew.

    Only while they run are the program's events looked at: there are thousands a page, each of them slower for it.
    """

    passed = Signal()
    """Nobody has touched anything for as long as the settings allow."""

    def __init__(self, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.timer = QTimer(self)
        self.timer.setSingleShot(True)
        self.timer.timeout.connect(self._pass)

    @property
    def are_running(self) -> bool:
        """Whether they are being counted."""
        return self.timer.isActive()

    def begin(self) -> None:
        """Count from now on; not at all where the settings say never."""
        application, chosen = QCoreApplication.instance(), self._preferences.get(LOCK_AFTER)
        if application is None or chosen == "never":
            self.stop()
            return
        if not self.are_running:
            application.installEventFilter(self)
        self.timer.start(int(chosen) * _MINUTE_MS)

    def stop(self) -> None:
        """Count no more."""
        self.timer.stop()
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def _pass(self) -> None:
        self.stop()
        self.passed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin anew; everything goes where it was going."""
        del watched
        if event.type() in _SIGNS_OF_LIFE:
            self.begin()
        return False
