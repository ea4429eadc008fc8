"""Does the ledger still give a sheet on the wall: type, paste or scan its check code, see the verdict figure by figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.reports.disclosure.sheet_check import Figure, SheetVerdict, Verdict, check_sheet, code_in
from village_ledger.reports.pens.figure_differences import How
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.buttons import Look as ButtonLook
from village_ledger.ui.widgets.state_mark import Check, CheckMark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

    from village_ledger.reports.table import Link
    from village_ledger.ui.page import Page

COLUMNS = (
    ScreenColumn("where", "哪一处", Look.TEXT, "2025-03-08 记-0004", stretch=2),
    ScreenColumn("column", "哪一栏", Look.TEXT, "本期支出"),
    ScreenColumn("then", "公布时", Look.MONEY, "1,000,000.00", stretch=1, hair=True),
    ScreenColumn("now", "账上现在", Look.MONEY, "1,000,000.00", stretch=1),
)
_LEAST_ROWS = 4
"""So many rows stand in however low a window; the page scrolls."""
_SIGNS = {
    Verdict.AGREES: Check.GOOD,
    Verdict.SIGNED: Check.GOOD,
    Verdict.DIFFERS: Check.FAIL,
    Verdict.TAMPERED: Check.FAIL,
    Verdict.UNMAKEABLE: Check.WARN,
    Verdict.UNKNOWN: Check.WARN,
}


class FiguresModel(FigureModel):
    """Figures that differ, then and now."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        super().__init__(COLUMNS)
        self.figures = tuple(figures)

    def count(self) -> int:
        """How many differ."""
        return len(self.figures)

    def text(self, row: int, column: int) -> str:
        """Where, which column, then, now."""
        one = self.figures[row].difference
        there, gone = tr("有这一笔"), tr("没有这一笔")
        then, now = one.then, one.now
        if one.how is not How.CHANGED:
            then, now = (gone, there) if one.how is How.NEW else (there, gone)
        return (one.where, one.column, then, now)[column]

    def link(self, row: int) -> Link | None:
        """The voucher or ledger behind it."""
        return self.figures[row].link


class Wrapped(QLabel):
    """A text that keeps all its lines in however narrow a window."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def setText(self, text: str) -> None:
        """Another text, with the room it needs."""
        super().setText(text)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower text is higher."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        self.setMinimumHeight(max(self.heightForWidth(self.width()), 0))


class VerifyPanel(QWidget):
    """A field for the code, the verdict under it, and the figures that differ; Enter on one leads to its voucher."""

    checked = Signal(object)
    """A SheetVerdict came."""
    opened = Signal(object)
    """A Link is to be followed."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self.found: SheetVerdict | None = None
        self.field = QLineEdit()
        self.field.setMaxLength(400)
        self.field.setAccessibleName(tr("公开表的校验码"))
        self.field.setPlaceholderText(tr("十二个字，可以连空格一起粘贴，也可以用扫码枪扫表上的方块"))
        self.field.returnPressed.connect(self.check)
        self.act = Button(page.theme, tr("核对"), ButtonLook.MAIN, "Enter")
        self.act.clicked.connect(self.check)
        self.mark = CheckMark(page.theme, Check.WAITING)
        self.head, self.words = Wrapped(), Wrapped()
        self.head.setProperty("look", "strong")
        self.figures = FigureTable(page.theme, tr("和账不一致的数"))
        self.figures.opened.connect(self._open)
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        px = self._page.theme.px
        label = QLabel(tr("校验码"))
        label.setProperty("look", "label")
        label.setBuddy(self.field)
        top = QHBoxLayout()
        top.setSpacing(px.gap)
        for widget in (label, self.field, self.act):
            top.addWidget(widget, 1 if widget is self.field else 0)
        self.answer = QFrame()
        self.answer.setProperty("look", "sheet")
        said = QVBoxLayout()
        said.setSpacing(px.unit)
        said.addWidget(self.head)
        said.addWidget(self.words)
        row = QHBoxLayout(self.answer)
        row.setContentsMargins(px.gap, px.cell, px.gap, px.cell)
        row.setSpacing(px.gap)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px.cell)
        column.addLayout(top)
        column.addWidget(self.answer)
        column.addWidget(self.figures, 1)
        self.figures.setMinimumHeight(_LEAST_ROWS * px.row)

    @property
    def answered(self) -> bool:
        """Whether a verdict is shown."""
        return self.found is not None

    def clear(self) -> None:
        """Nothing asked yet."""
        self.found = None
        self.answer.hide()
        self.figures.hide()

    def ask(self, code: str) -> None:
        """Check this code."""
        self.field.setText(code)
        self.check()

    def check(self) -> None:
        """Make the sheet again on the worker and hold it to what was registered."""
        code = code_in(self.field.text())
        if not code:
            self.clear()
            self.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._page.operations.read(
            tr("核对公开表"),
            lambda reader: check_sheet(reader, code),
            self.show_verdict,
            key="verify a sheet",
        )

    def show_verdict(self, found: SheetVerdict) -> None:
        """The verdict, and the figures that differ."""
        self.found = found
        self.field.setText(found.code)
        self.mark.set_check(Check.WARN if found.proved and found.replaced else _SIGNS[found.verdict])
        self.head.setText(found.head())
        said = [found.remark, *found.version_lines()]
        self.words.setText("\n".join(filter(None, said)))
        self.words.setVisible(any(said))
        self.answer.setAccessibleName(" ".join((found.head(), *filter(None, said))))
        self.answer.show()
        self.figures.show_model(FiguresModel(found.figures))
        self.figures.setVisible(bool(found.figures))
        if found.figures:
            self.figures.go_to_row(0)
            self.figures.setFocus()
            QTimer.singleShot(0, self._bring_into_sight)
        else:
            self.field.selectAll()
        self.checked.emit(found)

    def _bring_into_sight(self) -> None:
        """In a low window the figures lie below the verdict."""
        above: QObject | None = self.parent()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parent()
        if above is not None:
            above.ensureWidgetVisible(self.figures)

    def _open(self, row: int) -> None:
        found = self.found
        if found is not None and 0 <= row < len(found.figures) and found.figures[row].link is not None:
            self.opened.emit(found.figures[row].link)
