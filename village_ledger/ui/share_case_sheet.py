"""One case in words: what is asked for, what is missing, every step so far with who did it when."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.domain.share import EventKind
from village_ledger.i18n import tr
from village_ledger.services.share_case_list import CaseLine
from village_ledger.services.share_cases import STATES
from village_ledger.ui.page import scrolled
from village_ledger.ui.theme import Theme
from village_ledger.ui.widgets.tick_box import TickBox


class CaseSheet(QFrame):
    """A sheet that scrolls where the room is small."""

    ticking = Signal()
    """A missing paper was ticked or unticked."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "sheet")
        self.heading, self.words = QLabel(), QLabel()
        self.heading.setProperty("look", "heading")
        for label in (self.heading, self.words):
            label.setWordWrap(True)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 10, 16, 10)
        column.addWidget(self.heading)
        column.addWidget(self.words)
        self.boxes: list[TickBox] = []
        """Papers still missing: those ticked are handed in together."""
        self._papers = QGridLayout()
        self._papers.setSpacing(4)
        column.addLayout(self._papers)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(scrolled(inner))
        self.show_line(None)

    def show_line(self, line: CaseLine | None) -> None:
        """Another case."""
        self._show_papers(line)
        if line is None:
            self.heading.setText(tr("还没有办件"))
            self.words.setText(tr("转让、继承、质押这些事从“新办一件”开始；没填完的草稿也在这里。"))
        else:
            self.heading.setText("　".join(filter(None, (line.case.kind.words, _how_much(line), line.who))))
            self.words.setText("\n".join(_words(line)))
        self.setAccessibleName(f"{self.heading.text()}。{self.words.text()}")

    def ticked(self) -> list[str]:
        """Papers ticked as received."""
        return [box.text() for box in self.boxes if box.isChecked()]

    def _show_papers(self, line: CaseLine | None) -> None:
        for box in self.boxes:
            self._papers.removeWidget(box)
            box.hide()
            box.deleteLater()
        handed_on = line is not None and line.case.state != "draft"
        missing = line.missing if line is not None and handed_on else ()
        self.boxes = [TickBox(self._theme, paper) for paper in missing]
        across = 1 if self._theme.tokens.tight else 3
        for place, box in enumerate(self.boxes):
            self._papers.addWidget(box, place // across, place % across)
            box.toggled.connect(lambda _on: self.ticking.emit())


def _how_much(line: CaseLine) -> str:
    if line.case.kind is EventKind.CONVERT:
        return tr("比例 {ratio}", ratio=line.quantity)
    return tr("{count} 份", count=line.quantity) if line.quantity else ""


def _words(line: CaseLine) -> list[str]:
    request = line.request
    facts = [request.class_name, tr("变动日期 {day}", day=request.day)]
    facts += [words for words in (request.resolution, request.contract, request.party, request.note) if words]
    missing = tr("还缺材料：{missing}", missing="、".join(line.missing)) if line.missing else ""
    if line.missing and line.case.state != "draft":
        missing = tr("还缺 {count} 件材料，收到的在下面打勾，按 F6。", count=len(line.missing))
    steps = [
        "　".join(filter(None, (step.day.isoformat(), STATES[step.state], step.by, step.note)))
        for step in line.case.steps
    ]
    following = tr("接下来：{next}", next=line.following)
    return [" · ".join(filter(None, facts)), following, *steps, *filter(None, [missing])]
