"""One case in words: what is asked for, what is missing, every step so far with who did it when."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.services.share_case_list import CaseLine
from village_ledger.services.share_cases import STATES
from village_ledger.ui.page import scrolled
from village_ledger.ui.theme import Theme


class CaseSheet(QFrame):
    """A sheet that scrolls where the room is small."""

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
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(scrolled(inner))
        self.show_line(None)

    def show_line(self, line: CaseLine | None) -> None:
        """Another case."""
        if line is None:
            self.heading.setText(tr("还没有办件"))
            self.words.setText(tr("转让、继承、质押这些事从“新办一件”开始；没填完的草稿也在这里。"))
        else:
            self.heading.setText(" ".join(filter(None, (line.case.kind.words, line.quantity, line.who))))
            self.words.setText("\n".join(_words(line)))
        self.setAccessibleName(f"{self.heading.text()}。{self.words.text()}")


def _words(line: CaseLine) -> list[str]:
    request = line.request
    facts = [request.class_name, tr("变动日期 {day}", day=request.day)]
    facts += [words for words in (request.resolution, request.contract, request.party, request.note) if words]
    missing = tr("还缺材料：{missing}", missing="、".join(line.missing)) if line.missing else ""
    steps = [
        "　".join(filter(None, (step.day.isoformat(), STATES[step.state], step.by, step.note)))
        for step in line.case.steps
    ]
    following = tr("接下来：{next}", next=line.following)
    return [" · ".join(filter(None, facts)), *filter(None, [missing]), following, *steps]
