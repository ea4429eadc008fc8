"""One case in words: what is asked for, what is missing, every step so far with who did it when."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.services.shares.share_case_list import CaseLine, quantity_words
from village_ledger.services.shares.share_cases import STATES
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.page import scrolled
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
        self.missing = QLabel()
        self.missing.setWordWrap(True)
        self.boxes: list[TickBox] = []
        """Papers still missing: those ticked are handed in together."""
        inner = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        self._sides.setContentsMargins(16, 10, 16, 10)
        left, self._papers = QVBoxLayout(), QVBoxLayout()
        for label in (self.heading, self.words):
            left.addWidget(label)
        left.addStretch(1)
        self._papers.addWidget(self.missing)
        self._papers.addStretch(1)
        self._sides.addLayout(left, 3)
        self._sides.addLayout(self._papers, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(scrolled(inner))
        self._lay_out()
        theme.changed.connect(self._lay_out)
        self.show_line(None)

    def show_line(self, line: CaseLine | None) -> None:
        """Another case."""
        self._show_papers(line)
        if line is None:
            self.heading.setText(tr("还没有办件"))
            self.words.setText(tr("转让、继承、质押这些事从“新办一件”开始；没填完的草稿也在这里。"))
        else:
            self.heading.setText(
                "　".join(filter(None, (line.case.kind.words, quantity_words(line.request), line.who)))
            )
            self.words.setText("\n".join(_words(line)))
        self.setAccessibleName(f"{self.heading.text()}。{self.words.text()}")

    def _lay_out(self) -> None:
        down = QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(down if self._theme.tokens.tight else QBoxLayout.Direction.LeftToRight)

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
        self.missing.setText(
            tr("还缺 {count} 件材料，收到的打勾，按 F6：", count=len(missing)) if missing else ""
        )
        self.boxes = [TickBox(self._theme, paper) for paper in missing]
        for place, box in enumerate(self.boxes, start=1):
            self._papers.insertWidget(place, box)
            box.toggled.connect(lambda _on: self.ticking.emit())


def _words(line: CaseLine) -> list[str]:
    request = line.request
    facts = [request.class_name, tr("变动日期 {day}", day=request.day)]
    facts += [words for words in (request.resolution, request.contract, request.party, request.note) if words]
    missing = tr("还缺材料：{missing}", missing="、".join(line.missing)) if line.missing else ""
    if line.case.state != "draft":
        missing = ""  # they stand at the side, to be ticked
    steps = [
        "　".join(filter(None, (step.day.isoformat(), STATES[step.state], step.by, step.note)))
        for step in line.case.steps
    ]
    following = tr("接下来：{next}", next=line.following)
    return [" · ".join(filter(None, facts)), following, *steps, *filter(None, [missing])]
