"""The error slip in the page: what happened, is the book safe, what next, number. Never a box over the form."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.ui.error_presenter import Notice, save_report
from village_ledger.ui.look.theme import Role, Theme
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.plain import PlainLabel
from village_ledger.ui.widgets.state_mark import Check, CheckMark

BAR = 76
"""Width of the ink bar with the mark, px at 100 %."""
FAULTS_SHOWN = 8


class Slip(QWidget):
    """Hidden until something is refused; Esc or its button folds it away."""

    folded = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._notice: Notice | None = None
        self.setObjectName("slip")
        self._what = _label("heading")
        self._safe = _label("strong")
        self._next = _label("")
        self._faults = _label("")
        self._code = _label("label")
        self._report = Button(theme, tr("存求助文件（人名和数字都打乱）"), Look.LINK)
        self._report.clicked.connect(self._save_report)
        self._fold = Button(theme, tr("知道了"), Look.PLAIN, "Esc")
        self._fold.clicked.connect(self.fold)
        self._extra: Button | None = None
        self._foot = QHBoxLayout()
        self._lay_out()
        self.hide()
        theme.changed.connect(self.update)

    @property
    def notice(self) -> Notice | None:
        """What it says at the moment; None while folded away."""
        return self._notice

    def say(self, notice: Notice, again: Button | None = None) -> None:
        """Show a notice; ``again`` is a button that tries once more, placed first."""
        self._notice = notice
        self._what.setText(notice.what)
        self._safe.setText(notice.safe)
        self._next.setText(notice.next_step or tr("改好后再做一次。"))
        shown = notice.faults[:FAULTS_SHOWN]
        more = len(notice.faults) - len(shown)
        self._faults.setText("\n".join(shown) + (tr("\n……还有 {more} 处", more=more) if more else ""))
        self._faults.setVisible(bool(shown))
        self._code.setText(tr("编号 {code}", code=notice.code))
        self._report.setVisible(notice.crash is not None)
        self._replace_extra(again)
        self.setAccessibleName(notice.sentence())
        self.show()

    def fold(self) -> None:
        """Fold it away."""
        if self._notice is not None:
            self._notice = None
            self.hide()
            self.folded.emit()

    def _replace_extra(self, again: Button | None) -> None:
        if self._extra is not None:
            self._foot.removeWidget(self._extra)
            self._extra.deleteLater()
        self._extra = again
        if again is not None:
            self._foot.insertWidget(0, again)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(26)
        grid.setVerticalSpacing(8)
        safe = QHBoxLayout()
        safe.setSpacing(4)
        safe.addWidget(CheckMark(self._theme, Check.GOOD))
        safe.addWidget(self._safe, 1)
        for row, (words, cell) in enumerate(((tr("账有没有事"), safe), (tr("接着怎么办"), self._next))):
            name = _label("label")
            name.setText(words)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            if isinstance(cell, QHBoxLayout):
                grid.addLayout(cell, row, 1)
            else:
                grid.addWidget(cell, row, 1)
        grid.addWidget(self._faults, 2, 1)
        grid.setColumnStretch(1, 1)
        self._foot.setSpacing(12)
        self._foot.addWidget(self._fold)
        self._foot.addStretch(1)
        self._foot.addWidget(self._code)
        self._foot.addWidget(self._report)
        column = QVBoxLayout(self)
        column.setContentsMargins(BAR + 26, 18, 26, 18)
        column.setSpacing(12)
        column.addWidget(self._what)
        column.addLayout(grid)
        column.addLayout(self._foot)

    def _save_report(self) -> None:
        """Ask where to and write the report; a failure is said in the same place."""
        notice = self._notice
        if notice is None or notice.crash is None:
            return
        name = tr("村账求助-{now:%m%d-%H%M}.txt", now=datetime.now())  # noqa: DTZ005  the village's clock
        path, _ = QFileDialog.getSaveFileName(self, tr("把求助文件存到哪里"), name, tr("文本文件 (*.txt)"))
        if not path:
            return
        try:
            save_report(notice.crash, Path(path))
        except OSError:
            self._next.setText(tr("那里写不进去，请换一个文件夹再存。"))
        else:
            self._next.setText(tr("求助文件已存到 {path}，里面没有账上的内容。", path=path))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A sheet with an ink frame and an ink bar that carries the mark."""
        del event
        painter = QPainter(self)
        theme = self._theme
        painter.setPen(QPen(theme.colour("block"), 2))
        painter.setBrush(theme.colour("sheet"))
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        bar = QRectF(0, 0, BAR, self.height())
        painter.fillRect(bar, theme.colour("block"))
        painter.setFont(theme.font(Role.FIGURE_BIG))
        painter.setPen(theme.colour("on_block"))
        painter.drawText(bar.adjusted(0, 20, 0, 0), Qt.AlignmentFlag.AlignHCenter, "!")
        painter.end()


def _label(look: str) -> QLabel:
    """A wrapping label whose words can be copied."""
    label = PlainLabel()
    label.setWordWrap(True)
    if look:
        label.setProperty("look", look)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
