"""The last two steps of a share event: the papers and the resolution it rests on; what happens when it is handed on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.share import EventKind
from village_ledger.domain.share_rules import share_rules
from village_ledger.i18n import tr
from village_ledger.services.shares.share_cases import UNPUBLISHED
from village_ledger.services.transfers.resolutions import shortfalls
from village_ledger.storage.interledger.records import Resolution
from village_ledger.ui.beginning.lock_screen import pin_field
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.shares.share_figures import Lists, deciders, may_decide, resolution_words
from village_ledger.ui.staff.second_person import HINT
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.pick_list import PickList
from village_ledger.ui.widgets.tick_box import TickBox


class PapersForm(QWidget):
    """Papers as boxes to tick, the number of the deed, the resolution with its votes."""

    edited = Signal()
    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._kind: EventKind | None = None
        self._ticked: set[str] = set()
        self._lists = Lists()
        self.boxes: list[TickBox] = []
        self.resolution = PickList()
        self.resolution.currentIndexChanged.connect(lambda _: self._on_resolution())
        self.contract = QLineEdit()
        self.contract.setMaxLength(100)
        self.contract.textEdited.connect(lambda _: self.edited.emit())
        self.contract.returnPressed.connect(self.entered)
        self.words = QLabel()
        self.words.setProperty("look", "hint")
        self.words.setWordWrap(True)
        self._papers = Section(theme, tr("材料：收到的打勾"), label=0)
        self._decision = Section(theme, tr("文书和决议"))
        self._decision.add_row(
            tr("合同、文书号"), self.contract, tr("如 转让合同〔2026〕第1号；没有就空着。")
        )
        self._rows = self._decision.add_row(tr("决议"), self.resolution)
        self._decision.add_row("", self.words)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._papers)
        self._column.addWidget(self._decision)

    def papers(self) -> tuple[str, ...]:
        """Those ticked, in the order of the list."""
        wanted = share_rules().kinds[self._kind].papers if self._kind else ()
        return tuple(paper for paper in wanted if paper in self._ticked)

    def fill(self, papers: Sequence[str], resolution: str, contract: str) -> None:
        """As a draft was left."""
        self._ticked = set(papers)
        self.contract.setText(contract)
        self._choose(resolution)
        for box in self.boxes:
            box.blockSignals(True)
            box.setChecked(box.text() in self._ticked)
            box.blockSignals(False)

    def show_kind(self, kind: EventKind) -> None:
        """The papers of a kind; without bodies that decide it the resolution is not asked for."""
        if kind is self._kind:
            return
        self._kind = kind
        column = self._column
        old, self._papers = self._papers, Section(self._theme, tr("材料：收到的打勾"), label=0)
        column.replaceWidget(old, self._papers)
        old.hide()
        old.deleteLater()
        self.boxes = []
        for paper in share_rules().kinds[kind].papers:
            box = TickBox(self._theme, paper)
            box.setChecked(paper in self._ticked)
            box.toggled.connect(lambda on, paper=paper: self._on_ticked(paper, on=on))
            self.boxes.append(box)
        self._papers.add_row("", self._side_by_side())
        chosen = self.number()
        self.set_lists(self._lists)
        self._choose(chosen)
        for part in (*self._rows, self.words):
            part.setVisible(bool(share_rules().kinds[kind].bodies))

    def _side_by_side(self) -> QWidget:
        """Two boxes in a row where there is room."""
        rows, across = QWidget(), 1 if self._theme.tokens.tight else 2
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for place, box in enumerate(self.boxes):
            grid.addWidget(box, place // across, place % across)
        return rows

    def set_lists(self, lists: Lists) -> None:
        """The resolutions there are, those of the right body only."""
        chosen, self._lists = self.number(), lists
        self.resolution.blockSignals(True)
        self.resolution.clear()
        self.resolution.addItem(tr("还没有决议，以后批准的时候再选"), "")
        for one in self._fitting():
            self.resolution.addItem(resolution_words(one), one.number)
        self.resolution.blockSignals(False)
        self._choose(chosen)

    def number(self) -> str:
        """Number of the resolution chosen, empty for none."""
        return str(self.resolution.currentData() or "")

    def _fitting(self) -> list[Resolution]:
        return may_decide(self._kind, self._lists.resolutions) if self._kind else []

    def _choose(self, number: str) -> None:
        self.resolution.blockSignals(True)
        at = self.resolution.findData(number)
        if at < 0 and number:
            self.resolution.addItem(number, number)
            at = self.resolution.count() - 1
        self.resolution.setCurrentIndex(max(0, at))
        self.resolution.blockSignals(False)
        self._say()

    def _say(self) -> None:
        """The vote of the resolution chosen, or whose resolution is needed."""
        chosen = next((one for one in self._lists.resolutions if one.number == self.number()), None)
        if chosen is None:
            who = deciders(self._kind) if self._kind else ""
            self.words.setText(
                tr("要有{who}的决议。先在“办事—决议”里登记，这里就能选。", who=who) if who else ""
            )
            return
        short = shortfalls(chosen)
        self.words.setText("✕ " + "".join(short) if short else "✓ " + resolution_words(chosen))

    def _on_resolution(self) -> None:
        self._say()
        self.edited.emit()

    def _on_ticked(self, paper: str, *, on: bool) -> None:
        (self._ticked.add if on else self._ticked.discard)(paper)
        self.edited.emit()

    def begin(self) -> None:
        """The cursor on the first paper still missing."""
        first = next((box for box in self.boxes if not box.isChecked()), None)
        (first or self.contract).setFocus(Qt.FocusReason.OtherFocusReason)


class ConfirmForm(QWidget):
    """Everything in a few lines; for a kind without a notice the second person signs here."""

    entered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._section = Section(theme, tr("看一遍"))
        self._lines: dict[str, QLabel] = {}
        for key, words in (
            ("what", tr("办什么")),
            ("who", tr("谁")),
            ("quantity", tr("多少")),
            ("day", tr("日期")),
            ("papers", tr("材料")),
            ("resolution", tr("决议")),
            ("route", tr("接下来")),
        ):
            label = QLabel()
            label.setWordWrap(True)
            self._lines[key] = label
            self._section.add_row(words, label)
        self._second = Section(theme, tr("复核"))
        self.second, self.pin = QLineEdit(), pin_field(tr("复核人的密码"))
        self.second.setMaxLength(30)
        self._second.add_row(tr("复核人"), self.second, tr("另一个人的姓名，不能是现在操作的人。"))
        self._second.add_row(tr("密码"), self.pin, tr(HINT))
        self.second.returnPressed.connect(lambda: self.pin.setFocus(Qt.FocusReason.TabFocusReason))
        self.pin.returnPressed.connect(self.entered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._section)
        column.addWidget(self._second)

    def show_lines(self, kind: EventKind, lines: dict[str, str]) -> None:
        """What will be handed on."""
        for key, label in self._lines.items():
            label.setText(lines.get(key, "") or "—")
        self._second.setVisible(kind in UNPUBLISHED)

    def said(self, key: str) -> str:
        """A line as it stands."""
        return self._lines[key].text()

    def begin(self) -> bool:
        """The cursor where a name is missing; False where nothing is asked."""
        if not self._second.isVisibleTo(self):
            return False
        self.second.setFocus(Qt.FocusReason.OtherFocusReason)
        return True
