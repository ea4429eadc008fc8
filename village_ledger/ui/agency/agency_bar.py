"""The top of the agency's pages: whose workspace it is, the day, how many villages, and who is signed in."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from village_ledger.domain.agency import Workspace
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.elided import ElidedLabel

_LINE = 4
"""The ink line under it: what belongs to no one ledger."""


class AgencyBar(QFrame):
    """As high as the top bar of a book, closed by the ink line."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "paper")
        self.office, self.facts = ElidedLabel(look="heading"), ElidedLabel(look="label")
        self.person, self.role = ElidedLabel(look="strong"), ElidedLabel(look="small")
        who = QVBoxLayout()
        who.setSpacing(0)
        who.addStretch(1)
        who.addWidget(self.person)
        who.addWidget(self.role)
        who.addStretch(1)
        self._row = QHBoxLayout()
        self._row.addWidget(self.office)
        self._row.addWidget(self.facts, 1)
        self._row.addLayout(who)
        line = QFrame()
        line.setProperty("look", "band")
        line.setFixedHeight(_LINE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row, 1)
        column.addWidget(line)
        self._make_room()
        theme.changed.connect(self._make_room)

    def show_workspace(self, workspace: Workspace, person: str, today: date) -> None:
        """What it says now."""
        self.office.setText(workspace.office)
        said = tr(
            "{year}年{month}月{day}日 · 代管 {count} 个村",
            year=today.year,
            month=today.month,
            day=today.day,
            count=len(workspace.books),
        )
        self.facts.setText(said)
        heads = {one.name for one in workspace.members if one.administers}
        self.person.setText(person)
        self.role.setText(tr("工作区管理员") if person in heads else tr("代管人员"))
        parts = (workspace.office, said, person, self.role.text())
        self.setAccessibleName("，".join(filter(None, parts)))

    def _make_room(self) -> None:
        px, narrow = self._theme.px, self._theme.tokens.narrow
        self._row.setContentsMargins(px.page_edge, 0, px.page_edge, 0)
        self._row.setSpacing(px.gap)
        self.role.setVisible(not narrow)
        self.setFixedHeight((px.head if narrow else px.top_bar) + _LINE)
