"""Cross-checks of a report on screen: each with its mark and the figures behind it, and all of them in one line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.reports.table import Table
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.page import scrolled
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.state_mark import Check, CheckMark


def lines_of(table: Table) -> list[tuple[Check, str, str]]:
    """Mark, sentence and evidence of everything a report says of itself: failures first, what waits last."""
    failed = [(Check.FAIL, f"{c.rule} {c.text}", "") for c in table.checks if not c.ok]
    warned = [(Check.WARN, text, "") for text in table.warnings]
    passed = [(Check.GOOD, f"{c.rule} {c.text}", c.evidence) for c in table.checks if c.ok]
    waiting = [(Check.WAITING, f"{x.rule} {x.text}", x.why) for x in table.unasked]
    return [*failed, *warned, *passed, *waiting]


class ChecksList(QFrame):
    """Every check in its own line, scrolling where there is no room for all."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        self._theme = theme
        content = QWidget()
        self._grid = QGridLayout(content)
        px = theme.px
        self._grid.setContentsMargins(px.cell, px.cell, px.cell, px.cell)
        self._grid.setVerticalSpacing(px.unit)
        self._grid.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(scrolled(content))
        self.sentences: list[str] = []

    def show_table(self, table: Table) -> None:
        """The checks of another table."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        lines = lines_of(table)
        self.sentences = [f"{words} {evidence}".rstrip() for _, words, evidence in lines]
        self.setAccessibleName(tr("核对：") + "；".join(self.sentences))
        for place, (check, words, evidence) in enumerate(lines):
            label = QLabel(words if not evidence else f"{words}\n{evidence}")
            label.setWordWrap(True)
            self._grid.addWidget(CheckMark(self._theme, check), place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label, place, 1)
        self._grid.setRowStretch(len(lines), 1)


class ChecksFoot(QFrame):
    """One line under a report: how many checks agree, what fails, what could not be asked."""

    unfold_asked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        px = theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px.gap, px.unit, px.gap, px.unit)
        row.setSpacing(px.cell)
        self._mark = CheckMark(theme, Check.GOOD)
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.unfold = Button(theme, tr("看核对"))
        self.unfold.setAccessibleDescription(tr("每一项核对和它两边的数"))
        self.unfold.clicked.connect(self.unfold_asked)
        row.addWidget(self._mark)
        row.addWidget(self.words, 1)
        row.addWidget(self.unfold)

    def show_table(self, table: Table) -> None:
        """The summary of another table's checks."""
        failed = [c for c in table.checks if not c.ok]
        self._mark.set_check(Check.FAIL if failed else Check.WARN if table.warnings else Check.GOOD)
        self.words.setText(summary_of(table))


def summary_of(table: Table) -> str:
    """The checks in short; a failure in full."""
    failed = [c for c in table.checks if not c.ok]
    parts = [f"{c.rule} {c.text}" for c in failed]
    agreed = len(table.checks) - len(failed)
    parts.append(tr("核对 {all} 项，相符 {agreed} 项", all=len(table.checks), agreed=agreed))
    if table.unasked:
        rules = "、".join(dict.fromkeys(x.rule for x in table.unasked))
        parts.append(tr("没有核对 {count} 项（{rules}）", count=len(table.unasked), rules=rules))
    parts += [text.rstrip("。") for text in table.warnings]
    return "；".join(part.rstrip("。") for part in parts)
