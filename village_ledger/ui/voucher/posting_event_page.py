"""这笔怎么记: say what happened, see the entry it usually makes and how sure it is, confirm it into a voucher draft."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFormLayout, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.posting_event import Answers, PostingEvent, ProposedLine, propose, to_draft
from village_ledger.i18n import tr
from village_ledger.services.entry.posting_events import events_for
from village_ledger.ui.page import scrolled
from village_ledger.ui.planning.planning_page import PlanningPage, chooser, fen_of, line, offer
from village_ledger.ui.tables.table_model import Look, ScreenColumn
from village_ledger.ui.voucher.voucher_places import first_day
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.money_edit import MoneyEdit
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.storage.reader import Reader

SURE, UNSURE = "有据", "先核对"


class PostingEventPage(PlanningPage):
    """Search, events, and the entry of the one in view; nothing is booked here."""

    name: ClassVar[str] = "这笔怎么记"
    columns: ClassVar[tuple[ScreenColumn, ...]] = (
        ScreenColumn("number", "号", Look.CODE, "84"),
        ScreenColumn("title", "办的是什么事", Look.TEXT, "一次收几年租金（不是成员交的）", stretch=3),
        ScreenColumn("words", "也叫", Look.TEXT, "收租金、收房租", stretch=2),
        ScreenColumn("sure", "把握", Look.TEXT, UNSURE),
    )
    empty_words: ClassVar[str] = "没有找到，换个说法试试，或直接填凭证。"

    def build(self) -> None:
        """Search above the table; rule, way, lines and questions below it."""
        self._events: list[PostingEvent] = []
        self._lines: tuple[ProposedLine, ...] = ()
        self._boxes: list[PickList] = []
        self._amounts: dict[str, QLineEdit] = {}
        self._way = 0
        self._said: Any = None
        self.search = line(tr("打事情的叫法，如 收租金、mmzj、分红"))
        self.search.setPlaceholderText(tr("打事情的叫法：收租金、路灯电费、fenhong …"))
        self.search.textChanged.connect(lambda _text: self._find())
        self.search.installEventFilter(self)
        self.body.insertWidget(0, self.search)
        self.rule = QLabel()
        self.rule.setWordWrap(True)
        self.certainty = QLabel()
        self.certainty.setProperty("look", "label")
        self.certainty.setWordWrap(True)
        self.sheet = QFrame()
        self.sheet.setProperty("look", "sheet")
        self._form = QFormLayout(self.sheet)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self.summary, self.party, self.project = line(tr("摘要")), line(tr("往来单位")), line(tr("项目"))
        self._ways: Choices | None = None
        self.body.removeWidget(self.table)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.sheet)
        column.addStretch(1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.addWidget(self.table, 1)
        self._sides.addWidget(scrolled(side), 1)
        self.body.insertLayout(1, self._sides, 1)
        self.table.current_moved.connect(lambda _row: self._show_event())
        self.table.opened.connect(lambda _row: self.summary.setFocus())

    def restyle(self) -> None:
        """The entry stands beside the list, below it where there is little room."""
        super().restyle()
        down = self.theme.tokens.tight
        self._sides.setDirection(
            QBoxLayout.Direction.TopToBottom if down else QBoxLayout.Direction.LeftToRight
        )
        self._sides.setSpacing(self.theme.px.gap)

    def acts(self) -> dict[str, Any]:
        """One thing: fill the voucher."""
        return {"fill_in": (tr("填进凭证"), self.fill_in)}

    def go(self, **where: Any) -> None:
        """Begin with the search."""
        super().go(**where)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()

    def read(self, reader: Reader) -> object:
        """The events of the ledger's chart; pinyin is loaded with them."""
        ledger = self.session.ledger_code
        try:
            file, index = events_for(reader, ledger)
        except LedgerError as refusal:
            return refusal
        index.search("a")
        return file, index

    def show_read(self, found: Any) -> None:
        """The list; a chart without events says so."""
        if isinstance(found, LedgerError):
            self._said = None
            self.refuse(found)
            return
        self._said = found
        self._find()

    def status(self) -> str:
        """Where the entries come from."""
        return (
            "" if self._said is None else tr("只作提示，记不记由您定 · {source}", source=self._said[0].source)
        )

    def _find(self) -> None:
        if self._said is None:
            return
        self._events = self._said[1].search(self.search.text(), 90)
        self.show_rows(
            [
                (str(e.number), e.title, "、".join(e.words[:3]), SURE if e.sure else UNSURE)
                for e in self._events
            ]
        )
        self.table.go_to_row(0)
        self._show_event()

    @property
    def event_in_view(self) -> PostingEvent | None:
        """The event one stands on."""
        row = self.table.row
        return self._events[row] if 0 <= row < len(self._events) else None

    def _show_event(self) -> None:
        self._way = 0
        event = self.event_in_view
        if event is not None:
            self.summary.setText(event.title)
        self._show_way()

    def _choose_way(self, value: str) -> None:
        self._way = int(value)
        self._show_way()

    def _clear(self) -> None:
        keep = {self.rule, self.certainty, self.summary, self.party, self.project}
        while self._form.rowCount():
            taken = self._form.takeRow(0)
            for item in (taken.labelItem, taken.fieldItem):
                widget = item.widget() if item is not None else None
                if widget is None:
                    continue
                if widget in keep:
                    widget.hide()
                else:
                    widget.deleteLater()
        self._boxes, self._amounts, self._lines, self._ways = [], {}, (), None

    def _show_way(self) -> None:
        """The lines of the way in view and what they ask."""
        self._clear()
        event = self.event_in_view
        self.sheet.setVisible(event is not None)
        if event is None:
            return
        way = event.ways[self._way]
        self.rule.setText(event.rule)
        self.certainty.setText(tr("来源：{certainty}", certainty=event.certainty))
        self._add(tr("规矩"), self.rule)
        self._add("", self.certainty)
        if len(event.ways) > 1:
            choices = [(str(place), one.name) for place, one in enumerate(event.ways)]
            self._ways = Choices(self.theme, tr("哪一步"), choices, str(self._way))
            self._ways.chosen.connect(self._choose_way)
            self._add(tr("哪一步"), self._ways)
        try:
            self._lines = propose(way, self.session.reader.chart(self.session.ledger_code))
        except LedgerError as refusal:
            self._add("", QLabel(f"{refusal.what}。{refusal.next_step}"))
            return
        for proposed in self._lines:
            self._boxes.append(self._line_box(proposed))
        self._add(tr("摘要"), self.summary)
        for name in way.amounts:
            self._amounts[name] = MoneyEdit()
            self._amounts[name].setAccessibleName(name)
            self._add(name, self._amounts[name])
        if any(choice.asks_party for proposed in self._lines for choice in proposed.choices):
            self._add(tr("往来单位"), self.party)
        if any(choice.asks_project for proposed in self._lines for choice in proposed.choices):
            self._add(tr("项目"), self.project)

    def _line_box(self, proposed: ProposedLine) -> PickList:
        side = tr("借") if proposed.is_debit else tr("贷")
        words = "".join(("－" if sign < 0 else "＋") + name for sign, name in proposed.terms).lstrip("＋")
        box = chooser(tr("{side}方科目", side=side))
        offer(box, [(c.code, f"{c.code} {c.path}　{words}") for c in proposed.choices])
        self._add(side, box)
        return box

    def _add(self, label: str, field: QWidget) -> None:
        name = QLabel(label)
        name.setProperty("look", "label")
        name.setBuddy(field)
        self._form.addRow(name, field)
        field.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """↑ ↓ in the search move in the list; Enter goes to the questions."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self.table.go_to_row(max(0, min(self.model.count() - 1, self.table.row + step)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                first = next(iter(self._amounts.values()), self.summary)
                first.setFocus(Qt.FocusReason.TabFocusReason)
                return True
        return super().eventFilter(watched, event)

    def fill_in(self) -> None:
        """F6: a draft on the voucher page, still to be looked at and saved there."""
        if self.event_in_view is None or not self._lines:
            return
        today = date.today()  # noqa: DTZ011  the wall calendar of the village
        ledger = self.session.ledger_code
        try:
            draft = to_draft(
                self._lines,
                Answers(
                    self.summary.text().strip(),
                    tuple(str(box.currentData()) for box in self._boxes),
                    self.party.text().strip(),
                    self.project.text().strip(),
                    tuple((name, fen) for name, field in self._amounts.items() if (fen := fen_of(field))),
                ),
                ledger,
                first_day(self.session.reader, ledger, self.session.month, today),
            )
        except LedgerError as refusal:
            self.refuse(refusal)
            return
        self.slip.fold()
        self.navigator.open("voucher", draft=draft)
