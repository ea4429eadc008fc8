"""六手印记：抽签. The list numbered for all to see, a seed called out by those present, one draw; anybody can do it again.

Nothing is worked out before the draw: a seed cannot be tried until it pleases.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QBoxLayout, QFileDialog, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.panel import DRAWN, eligible_rows, missing_registers, registers_of
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.decisions import panels
from village_ledger.services.decisions.panel_ties import barred
from village_ledger.ui.decisions.lots_sheet import LotBox, LotsSheet
from village_ledger.ui.decisions.panel_figures import ListModel, how_came
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.notice_bar import NoticeBar
from village_ledger.ui.widgets.state_mark import Check

if TYPE_CHECKING:
    from village_ledger.domain.errors import LedgerError
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.decisions.records import Decision, Panel, PanelList
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

Read = tuple["Decision | None", "PanelList | None", "Panel | None", "dict[int, str]"]


class PanelDrawPage(Page):
    """The list left, seed and result right."""

    scope = "panel_draw"
    nav = "works"
    shows: ClassVar[Changes] = Changes(decisions=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.number = ""
        self.decision: Decision | None = None
        self.panel: Panel | None = None
        self._known: PanelList | None = None
        self._barred: dict[int, str] = {}
        self._said = ""
        self.notice = NoticeBar(self.theme, "", [])
        self.notice.hide()
        self.bar = AskBar(self.theme)
        self.model = ListModel(None, {}, None)
        self.table = FigureTable(self.theme, tr("四个名册"))
        self.table.set_empty_words(tr("还没有名单。按 Ctrl+O 导入四个名册：名册、姓名、回避 三列。"))
        self.table.current_moved.connect(lambda _row: self.follow_access())
        self.seed, self.digest = QLineEdit(), QLabel()
        self.result = LotsSheet(self.theme)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.addWidget(self.table, 3)
        self._sides.addWidget(self._side(), 2)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.bar)
        self.body.addLayout(self._sides, 1)
        for name in ("take_list", "substitute", "lots", "panel"):
            self.add_button(name)
        self.add_button("draw", Look.MAIN)
        self.restyle()

    def _side(self) -> QWidget:
        """The seed over the result."""
        self.seed.setProperty("look", "figure")
        self.seed.setMaxLength(60)
        self.seed.returnPressed.connect(self._draw)
        section = Section(self.theme, tr("种子"), label=4)
        hint = tr("在场的人一人报一个数，依次打上，例如 3-7-1-9。打的字样一个也不能差，抽签单上照印。")
        section.add_row(tr("报的数"), self.seed, hint)
        self.digest.setProperty("look", "hint")
        self.digest.setWordWrap(True)
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (section, self.digest):
            column.addWidget(part)
        column.addWidget(self.result, 1)
        return side

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "take_list": self._take_list,
            "draw": self._draw,
            "substitute": self._ask_substitute,
            "lots": self._print,
            "print": self._print,
            "panel": lambda: self.navigator.open("panel", number=self.number),
        }

    def go(self, **where: Any) -> None:
        """``number`` of the decision."""
        self.number = str(where.get("number", self.number))
        self._said = ""
        self.seed.clear()
        self.slip.fold()
        self.notice.hide()
        self.reload()
        self.seed.setFocus()

    def where(self) -> dict[str, Any]:
        """The decision."""
        return {"number": self.number}

    def reload(self) -> None:
        """List, draw and who must stay out, of one state of the book."""
        if not self.session.is_open:
            return
        number, ledger = self.number, self.session.ledger_code

        def look_up(reader: Reader) -> Read:
            with reader.snapshot():
                decision = reader.find_decision(number)
                if decision is None or decision.ledger != ledger:
                    return None, reader.panel_list(), None, {}
                panel = reader.panel(decision.id)
                known = panel.list if panel else reader.panel_list()
                out = barred(reader, known.rows, decision) if known and panel is None else {}
                return decision, known, panel, out

        self.operations.read(tr("读名单"), look_up, self._show, refused=self._refuse, key="panel_draw")

    def restyle(self) -> None:
        """Result beside the list, below it where there is little room."""
        tight = self.theme.tokens.tight
        down = QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(down if tight else QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(self.theme.px.gap)
        self.table.setMinimumHeight(4 * self.theme.px.row)

    def escape(self) -> bool:
        """Put a question away first."""
        if self.bar.asking:
            self.bar.put_away()
            return True
        return False

    def status(self) -> str:
        """What was done, else how many there are."""
        return self._said or tr("名单 {count} 人", count=self.model.count())

    def follow_access(self) -> None:
        """One draw a decision; only who was drawn is replaced."""
        super().follow_access()
        going = self.decision is not None and not self.decision.progress.ended
        ready = going and self.panel is None and self._known is not None
        self.action("draw").setEnabled(self.may("draw") and ready)
        self.seed.setEnabled(self.may("draw") and ready)
        self.action("substitute").setEnabled(self.may("substitute") and going and bool(self._drawn_name()))
        for name in ("lots", "panel"):
            self.action(name).setEnabled(self.panel is not None)

    # inside

    def _show(self, read: Read) -> None:
        self.decision, self._known, self.panel, self._barred = read
        row = self.table.row
        decision = self.decision
        words = (
            f"{decision.number} · {decision.subject}"
            if decision
            else tr("请先在四议两公开里选这本账的一件事")
        )
        self.head.set_title(tr("六手印记：抽签"), words)
        self.model = ListModel(self._known, self._barred, self.panel)
        self.table.show_model(self.model)
        if self.model.count():
            self.table.go_to_row(max(row, 0))
        if self.panel is not None:
            self.seed.setText(self.panel.seed)
        digest = self._known.digest if self._known else ""
        parts = " ".join(digest[at : at + 16] for at in range(0, len(digest), 16))
        self.digest.setText(tr("名单摘要 {digest}", digest=parts) if digest else "")
        self.result.show_boxes(self._boxes())
        self.follow_access()
        self.status_changed.emit()

    def _boxes(self) -> list[LotBox]:
        """One box a register: how many take part, and after the draw which one it is."""
        known, panel = self._known, self.panel
        if known is None:
            return []
        if panel is not None:
            return [
                LotBox(seat.role, Check.GOOD, seat.name, how_came(panel, place))
                for place, seat in sorted(panel.seats.items())
                if place <= DRAWN
            ]
        boxes: list[LotBox] = []
        for register in registers_of(known.rows):
            count = len(eligible_rows(known.rows, register, self._barred))
            words = tr("{count} 人参加", count=count) if count else tr("没有可以抽的人")
            boxes.append(LotBox(register, Check.WAITING if count else Check.FAIL, "", words))
        empty = missing_registers(known.rows)
        return boxes + [LotBox(name, Check.FAIL, "", tr("一个人也没有，不能抽签")) for name in empty]

    def _drawn_name(self) -> str:
        """Who of the row in view sits, empty for anybody else."""
        row = self.table.row
        if self.panel is None or not 0 <= row < self.model.count() or not self.model.strong(row):
            return ""
        return self.model.rows[row].name

    def _take_list(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("六手印记名单"), "", tr("表格 (*.xlsx *.csv)"))
        if not path:
            return
        self.slip.fold()

        def act(uow: Any, _progress: object) -> Outcome[int]:
            from village_ledger.exchange.import_panel import import_panel

            return import_panel(uow, Path(path))

        self.operations.run(
            tr("导入名单"),
            act,
            then=lambda done: self._done(done, tr("导入了 {count} 人", count=done.value)),
            refused=self._refuse,
        )

    def _draw(self) -> None:
        seed, number = self.seed.text(), self.number
        if not self.action("draw").isEnabled():
            return
        self.slip.fold()
        self.operations.run(
            tr("抽签"),
            lambda uow, _: panels.draw_lots(uow, number, seed),
            then=lambda done: self._done(done, tr("抽签好了，种子 {seed}", seed=done.value.seed)),
            refused=self._refuse,
        )

    def _ask_substitute(self) -> None:
        name, number = self._drawn_name(), self.number

        def act(why: str) -> None:
            self.operations.run(
                tr("另抽替补"),
                lambda uow, _: panels.substitute(uow, number, name, why),
                then=lambda done: self._done(done, tr("替补好了，{name} 的签留在记录里", name=name)),
                refused=self._refuse,
            )

        self.slip.fold()
        self.bar.ask(tr("{name} 为什么来不了", name=name), tr("另抽一人"), act, self.table.setFocus)

    def _done(self, outcome: Outcome[Any], said: str) -> None:
        warned = "".join(outcome.warnings)
        self.notice.sentence.setText(warned)
        self.notice.setVisible(bool(warned))
        self._said = said
        self.status_changed.emit()

    def _refuse(self, error: LedgerError) -> None:
        self.slip.say(describe(error))

    def _print(self) -> None:
        number = self.number

        def make(reader: Reader) -> Any:
            from village_ledger.reports.catalogue import ReportRequest
            from village_ledger.reports.catalogue import make as make_table

            return make_table(reader, "panel-lots", ReportRequest(item=number))

        self.operations.read(
            tr("排抽签单"),
            make,
            lambda table: self.navigator.open("preview", tables=(table,)),
            refused=self._refuse,
        )
