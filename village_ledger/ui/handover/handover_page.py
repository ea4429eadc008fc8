"""One handover (会计交接): the list gone through item by item, three signatures, the change of duties."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QLabel, QLineEdit

from village_ledger.domain.attachment import Owner
from village_ledger.domain.handover import BY_HAND, STAGES, HandoverStep, Item, Result
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.attachments.attachment_fold import AttachmentFold
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.handover.handover_acts import HandoverActs
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import FigureModel, ScreenColumn
from village_ledger.ui.tables.table_model import Look as Drawn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.pick_list import PickList
from village_ledger.ui.widgets.step_strip import StepStrip

if TYPE_CHECKING:
    from village_ledger.domain.errors import LedgerError
    from village_ledger.services.handover.handovers import HandoverView
    from village_ledger.services.outcome import Outcome
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

COLUMNS = (
    ScreenColumn("result", "核对", Drawn.TEXT, "✕ 不符"),
    ScreenColumn("kind", "类别", Drawn.TEXT, "借款和应付款项"),
    ScreenColumn("title", "项目", Drawn.TEXT, "10201 银行存款—农商行", stretch=2),
    ScreenColumn("detail", "内容", Drawn.TEXT, "账面 1,234.00，实点 1,234.00", stretch=3),
    ScreenColumn("amount", "金额", Drawn.MONEY, "1,234,567.89", hair=True),
    ScreenColumn("note", "说明", Drawn.TEXT, "少一份附件", stretch=1),
)
_SHOWN = {Result.OPEN: "", Result.AGREES: "✓ 相符", Result.DIFFERS: "✕ 不符"}


class ItemsModel(FigureModel):
    """The list of a handover."""

    def __init__(self, items: Sequence[Item]) -> None:
        super().__init__(COLUMNS)
        self.items = tuple(items)

    def count(self) -> int:
        """Items."""
        return len(self.items)

    def text(self, row: int, column: int) -> str:
        """A cell."""
        item = self.items[row]
        amount = item.quantity if item.amount is None else format_fen(item.amount)
        first = row == 0 or self.items[row - 1].kind is not item.kind
        kind = item.kind.words if first else ""
        return (_SHOWN[item.result], kind, item.title, item.detail, amount, item.note)[column]

    def strong(self, row: int) -> bool:
        """What differs stands out."""
        return self.items[row].result is Result.DIFFERS


class ByHand(QFrame):
    """One line of fields for what the books cannot know."""

    def __init__(self, theme: Theme, put: Callable[[], object]) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        self.kind, self.title, self.detail, self.quantity = PickList(), QLineEdit(), QLineEdit(), QLineEdit()
        for kind in BY_HAND:
            self.kind.addItem(kind.words, kind.value)
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.px.cell, theme.px.unit, theme.px.cell, theme.px.cell)
        grid.setHorizontalSpacing(theme.px.cell)
        grid.setVerticalSpacing(0)
        fields = (
            (tr("手工加一项"), self.kind, 2),
            (tr("名称"), self.title, 3),
            (tr("内容"), self.detail, 3),
            (tr("数量"), self.quantity, 1),
        )
        for place, (words, field, stretch) in enumerate(fields):
            label = QLabel(words)
            label.setProperty("look", "label")
            label.setBuddy(field)
            field.setAccessibleName(words)
            field.setMinimumWidth(theme.px.form * 4)
            grid.addWidget(label, 0, place)
            grid.addWidget(field, 1, place)
            grid.setColumnStretch(place, stretch)
        self.put_button = Button(theme, tr("加进清册"))
        self.put_button.clicked.connect(lambda _checked=False: put())
        grid.addWidget(self.put_button, 1, len(fields))
        self.title.returnPressed.connect(self.detail.setFocus)
        self.detail.returnPressed.connect(self.quantity.setFocus)
        self.quantity.returnPressed.connect(put)

    def clear(self) -> None:
        """Empty for the next one."""
        for field in (self.title, self.detail, self.quantity):
            field.clear()


class HandoverPage(Page):
    """A handover; the button at the right always does what comes next."""

    scope = "handover"
    nav = "works"
    shows = Changes(handovers=True, vouchers=True, balances=True, cash=True)
    follows_ledger = False

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.number = ""
        self.view: HandoverView | None = None
        self._said = ""
        self._stand = -1
        """Row to stand on once what was done has been read again."""
        self.head.set_title(tr("会计交接"))
        self.acts = HandoverActs(self)
        self.steps = StepStrip(self.theme)
        self.notice, self.progress = QLabel(), QLabel()
        self.notice.setProperty("look", "warn")
        self.progress.setProperty("look", "label")
        for label in (self.notice, self.progress):
            label.setWordWrap(True)
        self.bar = AskBar(self.theme)
        self.table = FigureTable(self.theme, tr("移交清册"))
        self.table.view.empty_words = tr("还没有清册。先登记锁定日的现金盘点，再按 Ctrl+R 从账上列。")
        self.table.opened.connect(lambda _row: self.acts.tick())
        self.table.marked.connect(lambda _row: self.acts.tick())
        self.table.current_moved.connect(lambda _row: self._follow_row())
        self.by_hand = ByHand(self.theme, self.acts.add)
        for part in (self.steps, self.bar, self.notice, self.progress):
            self.body.addWidget(part)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.by_hand)
        self.attachments = AttachmentFold(session, operations, self.slip)
        self.body.addWidget(self.attachments)
        for name in ("withdraw", "drop", "backup", "make_list", "differs", "tick_rest"):
            self.add_button(name)
        self.add_button("onward", Look.MAIN)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        acts = self.acts
        return {
            "tick": acts.tick,
            "differs": acts.differs,
            "tick_rest": acts.tick_rest,
            "make_list": acts.make_list,
            "add": lambda: self.by_hand.title.setFocus(Qt.FocusReason.OtherFocusReason),
            "drop": acts.drop,
            "backup": self._backup,
            "withdraw": acts.withdraw,
            "onward": acts.onward,
            "print": self._print,
        }

    def go(self, **where: Any) -> None:
        """``number`` of the handover, the ``row``."""
        self.slip.fold()
        self._said = ""
        self.number = str(where.get("number", self.number))
        self.reload(row=int(where.get("row", -1)))
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """Number and row."""
        return {"number": self.number, "row": max(self.table.row, 0)}

    def reload(self, row: int = -1) -> None:
        """Read it again, on the worker."""
        if not self.session.is_open or not self.number:
            return
        from village_ledger.services.handover import handovers

        number = self.number
        row = row if row >= 0 else self.table.row
        self.operations.read(
            tr("读移交清册"),
            lambda reader: handovers.view(reader, number),
            lambda view: self._show(view, row),
            refused=self.refuse,
            key="handover",
        )

    def escape(self) -> bool:
        """The question first, then the fields, then the page."""
        if self.bar.isVisible():
            self.bar.field.setEchoMode(QLineEdit.EchoMode.Normal)
            self.bar.put_away()
            return True
        if self.by_hand.isAncestorOf(self.focusWidget() or self):
            self.table.setFocus()
            return True
        return False

    def status(self) -> str:
        """What was done."""
        return self._said

    def restyle(self) -> None:
        """The strip of steps gives way where there is little room; the stage stands in the title."""
        self.steps.setVisible(not self.theme.tokens.tight)

    def follow_access(self) -> None:
        """What the stage allows."""
        super().follow_access()
        self._follow_stage()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks the item one stands on."""
        if event.key() == Qt.Key.Key_Space and self.table.isAncestorOf(self.focusWidget() or self):
            self.acts.tick()
            return
        super().keyPressEvent(event)

    # what its acts use

    @property
    def item(self) -> Item | None:
        """The item one stands on."""
        model, row = self.table.view.model(), self.table.row
        return model.items[row] if isinstance(model, ItemsModel) and 0 <= row < model.count() else None

    @property
    def listed(self) -> bool:
        """Whether items may still be ticked and added."""
        handover = self.view.handover if self.view is not None else None
        return handover is not None and handover.last is HandoverStep.LISTED and not handover.signatures

    def run(self, label: str, work: Callable[[Any], Outcome[Any]], said: str, row: int | None = None) -> None:
        """Carry something out on the worker; ``row`` is where one stands afterwards."""
        self.slip.fold()

        def done(outcome: Outcome[Any]) -> None:
            self._said = " ".join((said.format(value=outcome.value), *outcome.warnings))
            if row is not None:
                self._stand = row
                self.table.go_to_row(min(row, self.table.view.model().rowCount() - 1))
            self.status_changed.emit()

        self.operations.run(label, lambda uow, _: work(uow), then=done, refused=self.refuse)

    def refuse(self, error: LedgerError) -> None:
        """Say it in the page."""
        self.slip.say(describe(error))

    # inside

    def _show(self, view: HandoverView, row: int) -> None:
        self.view = view
        handover, who = view.handover, view.handover.parties
        self.head.set_title(
            tr("会计交接"), f"{handover.number} · {who.giver} → {who.taker} · {handover.stage}"
        )
        stage = handover.stage if handover.stage in STAGES else STAGES[0]
        self.steps.show_steps([tr(name) for name in STAGES], STAGES.index(stage))
        self.restyle()
        names = "、".join(view.changed[:4])
        self.notice.setText(
            tr("列清册以后账变了：{names}。按 Ctrl+R 再列一次，没有变的不用再核对。", names=names)
        )
        self.notice.setVisible(bool(view.changed))
        self.progress.setText(self._words(view))
        self.attachments.strip.show_owner(Owner("handover", handover.ledger, handover.number))
        self.table.show_model(ItemsModel(view.items))
        row = self._stand if self._stand >= 0 else row
        self._stand = -1
        self.table.go_to_row(min(max(row, 0), len(view.items) - 1))
        self._follow_row()
        self._follow_stage()
        self.status_changed.emit()

    def _words(self, view: HandoverView) -> str:
        handover, who = view.handover, view.handover.parties
        signed = "、".join(f"{mark.place.words} {mark.name} {mark.day}" for mark in handover.signatures)
        parts = [
            tr("{post}，截至 {day}，监交 {name}", post=who.post, day=handover.day, name=who.supervisor),
            tr("共 {count} 项，还有 {open} 项没有核对", count=len(view.items), open=view.waiting),
            tr("已签字：{signed}", signed=signed) if signed else "",
        ]
        finished = handover.finished
        if finished is not None:
            parts = [f"{finished.day} {finished.words}", parts[2]]
        return "；".join(filter(None, parts))

    def _follow_row(self) -> None:
        item = self.item
        self.action("drop").setEnabled(self.listed and self.may("drop") and item is not None and item.by_hand)
        self.action("differs").setEnabled(self.listed and self.may("differs") and item is not None)

    def _follow_stage(self) -> None:
        handover = self.view.handover if self.view is not None else None
        under_way = handover is not None and handover.is_open
        self.by_hand.setVisible(self.listed)
        for name in ("backup", "tick_rest"):
            self.action(name).setEnabled(self.listed and self.may(name))
        unsigned = handover is not None and under_way and not handover.signatures
        self.action("make_list").setEnabled(unsigned and self.may("make_list"))
        self.action("withdraw").setEnabled(under_way and self.may("withdraw"))
        words = self.acts.next_words()
        self.action("onward").setText(tr(words) if words else tr("办完了"))
        self.action("onward").setEnabled(bool(words) and self.may("onward"))
        self._follow_row()

    def _backup(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("选备份文件"), "", tr("所有文件 (*)"))
        if name:
            self.acts.add_backup(Path(name))

    def _print(self) -> None:
        from village_ledger.reports.catalogue import ReportRequest, make

        request = ReportRequest(item=self.number)
        self.operations.read(
            tr("排移交清册"),
            lambda reader: make(reader, "handover", request),
            lambda table: self.navigator.open("preview", tables=(table,)),
            refused=self.refuse,
        )
