"""The pages of an open book and the way between them: in, and back out to the same row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from village_ledger.domain.errors import ReadOnlyError
from village_ledger.i18n import tr
from village_ledger.ui.pages import only_acts
from village_ledger.ui.review.table_pins import TablePins
from village_ledger.ui.tables.table_view import FigureTable

if TYPE_CHECKING:
    from village_ledger.domain.remark_place import FigurePlace
    from village_ledger.services.changes import Changes
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Page
    from village_ledger.ui.session import Session


@dataclass(slots=True)
class _Stop:
    """A page one came through, where one was on it, and the ledger that led then."""

    name: str
    title: str
    ledger: str
    where: dict[str, Any] = field(default_factory=dict[str, Any])


class PageStack(QStackedWidget):
    """Builds pages on their first visit, reloads what changes touch, keeps the trail of stops."""

    page_changed = Signal()
    """Another page shows, or the same one at another place."""
    status_changed = Signal()
    pins_seen = Signal()
    """Other remarks are pinned where one stands in the page in view."""

    def __init__(
        self,
        session: Session,
        operations: Operations,
        factories: Mapping[str, Callable[[], type[Page]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._operations = operations
        self._factories = factories
        self._pages: dict[str, Page] = {}
        self._name = ""
        self._trail: list[_Stop] = []
        session.changed.connect(self._on_changes)
        session.ledger_changed.connect(self._on_ledger)
        session.month_changed.connect(self._on_month)
        session.person_changed.connect(self._on_person)

    # the way

    @property
    def current_name(self) -> str:
        """Name of the page that shows, empty at first."""
        return self._name

    def current_page(self) -> Page | None:
        """The page that shows."""
        return self._pages.get(self._name)

    def open(self, name: str, **where: Any) -> None:
        """Show a page at a place; Esc there comes back to here."""
        if self._only_acts(name, where):
            return
        page = self.current_page()
        if page is not None:
            if not page.leave():
                return
            self._trail.append(_Stop(self._name, page.title(), self._session.ledger_code, page.where()))
        self._show(name, where)

    def jump(self, name: str, **where: Any) -> None:
        """Show a page from the left bar: the trail begins anew."""
        if self._only_acts(name, where):
            return
        page = self.current_page()
        if page is not None and not page.leave():
            return
        self._trail.clear()
        self._show(name, where)

    def back(self) -> bool:
        """Go back to the page before, at the same row and ledger; False when there is none."""
        page = self.current_page()
        if not self._trail or (page is not None and not page.leave()):
            return False
        stop = self._trail.pop()
        self._name = ""
        self._session.switch_ledger(stop.ledger)
        self._show(stop.name, stop.where)
        return True

    def arrive_again(self) -> None:
        """The desk shows again after it was locked: the page in view stands where it was, with its figures as they are."""
        page = self.current_page()
        if page is not None:
            page.follow_access()
            page.setFocus()
            self.status_changed.emit()

    def trail(self) -> list[str]:
        """Titles of the pages behind this one, the first first."""
        return [stop.title for stop in self._trail]

    def may_leave(self) -> bool:
        """Whether the page in view lets go (before the ledger changes or the window closes)."""
        page = self.current_page()
        return page is None or page.leave()

    def _only_acts(self, name: str, where: Mapping[str, Any]) -> bool:
        """Whether there is nothing to read there while a package is open; that is said, and one stays."""
        session = self._session
        if not (session.is_open and session.package is not None and only_acts(name, where)):
            return False
        what, then = tr("审阅时不打开办事的页"), tr("看送审包只读不写，有话请按 F8 写意见。")
        self._operations.refused.emit(ReadOnlyError(what, then, safe=tr("包没有动。")))
        return True

    def _show(self, name: str, where: dict[str, Any]) -> None:
        pinned = where.pop("pinned", None)
        page = self._pages.get(name) or self._build(name)
        self._name = name
        self.setCurrentWidget(page)
        page.slip.fold()
        self.page_changed.emit()
        page.see_pins(())
        page.go(**where)
        page.stale = False
        self.status_changed.emit()
        if pinned is not None:
            self._stand(page, pinned)

    def _stand(self, page: Page, place: FigurePlace) -> None:
        """Once everything the page asked for has been answered, stand on the row a remark is pinned to."""
        from village_ledger.ui.review.leading import stand_on

        def found(_: None) -> None:
            if page is self.current_page():
                stand_on(page, place)

        self._operations.read(tr("找到那一行"), lambda _reader: None, then=found)

    def _build(self, name: str) -> Page:
        page = self._factories[name]()(self._session, self._operations, self)
        page.page_name = name
        page.bind_actions()
        page.status_changed.connect(self._on_status)
        page.pins_seen.connect(self._on_pins)
        for table in page.findChildren(FigureTable):
            TablePins(page, table)
        self._pages[name] = page
        self.addWidget(page)
        return page

    # what changes

    def _on_pins(self) -> None:
        if self.sender() is self.current_page():
            self.pins_seen.emit()

    def _on_status(self) -> None:
        if self.sender() is self.current_page():
            self.status_changed.emit()

    def _on_changes(self, changes: Changes) -> None:
        if changes.settings:
            self._on_person()
        self._spoil(lambda page: changes.touches(page.shows))

    def _on_ledger(self) -> None:
        self._on_person()  # roles may hold in one ledger only
        self._spoil(lambda _: True)

    def _on_month(self) -> None:
        self._spoil(lambda _: True)

    def _on_person(self) -> None:
        """Somebody else is at the keyboard, or with other roles."""
        for page in self._pages.values():
            page.follow_access()
        self.status_changed.emit()

    def _spoil(self, touched: Callable[[Page], bool]) -> None:
        """Mark the touched pages stale and reload the one in view at once."""
        if not self._session.is_open:
            return
        for name, page in self._pages.items():
            if touched(page):
                page.stale = True
                if name == self._name:
                    page.stale = False
                    page.reload()
                    self.status_changed.emit()
