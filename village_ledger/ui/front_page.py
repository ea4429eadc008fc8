"""A page of the window's front, where no book is open: a bar from edge to edge stands over it and the margins begin below."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QWidget

from village_ledger.ui.page import Page

if TYPE_CHECKING:
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


class FrontPage(Page):
    """Subclasses say what bar it is."""

    follows_ledger: ClassVar[bool] = False

    def __init__(self, session: Session, operations: Operations, navigator: Navigator, over: QWidget) -> None:
        """``over`` stands at the top from edge to edge."""
        self._over = over
        self._inset: list[QHBoxLayout] = []
        super().__init__(session, operations, navigator)

    def _lay_out(self) -> None:
        super()._lay_out()
        px = self.theme.px
        if self._column.indexOf(self._over) < 0:
            self._column.insertWidget(0, self._over)
            for part in (self.head, self.slip):
                place = self._column.indexOf(part)
                self._column.removeWidget(part)
                row = QHBoxLayout()
                row.addWidget(part)
                self._column.insertLayout(place, row)
                self._inset.append(row)
        self._column.setContentsMargins(0, 0, 0, px.gap)
        for layout in (*self._inset, self.body):
            layout.setContentsMargins(px.page_edge, 0, px.page_edge, 0)
