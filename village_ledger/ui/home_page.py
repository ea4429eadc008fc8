"""The home page: what is to be done, cash against its limit, and each ledger's year in bars."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.duty import Duty
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.home_figures import HomeFigures, LedgerFigures, read_home
from village_ledger.ui.page import Navigator, Page, scrolled
from village_ledger.ui.theme import Theme
from village_ledger.ui.tokens import Size
from village_ledger.ui.widgets.bars_chart import BarsChart
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.cash_chart import CashChart, CashLine
from village_ledger.ui.widgets.frame import frame_room, paint_frame
from village_ledger.ui.widgets.stamp import SHORT, Stamp, brief_of, short_of
from village_ledger.ui.widgets.state_mark import Check, CheckMark

if TYPE_CHECKING:
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.session import Session

TODO_ROWS = 6
GLANCE = 2
"""Ledgers shown with their charts at once."""
LEAST_ROWS = 5
"""The chart beside the list needs the height of so many rows."""
LEAST_SHARE = 4
"""The lower half of the bars keeps at least this part of the upper one's height, and the other way round."""
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Todo:
    """One thing to do: how pressing, in words, whose ledger, and the way there."""

    check: Check
    words: str
    kind: LedgerKind | None
    button: str
    go: Callable[[], object]


class LedgerCard(QWidget):
    """One ledger in its own frame: stamp, title, three key figures, bars."""

    def __init__(self, theme: Theme, figures: LedgerFigures) -> None:
        super().__init__()
        self._theme = theme
        self.kind = figures.kind
        self.code = figures.code
        self._figures = {name: QLabel() for name in (tr("现金和存款"), tr("今年收入"), tr("今年支出"))}
        self._title = QLabel(figures.title)
        self._title.setProperty("look", "heading")
        self.bars = BarsChart(theme, figures.kind)
        self._unit = QLabel(tr("两图同一比例 · 万元"))
        self._unit.setProperty("look", "hint")
        self._head = QGridLayout()
        self._head.setColumnStretch(1, 1)
        side = theme.px.stamp - 12
        self._head.addWidget(
            Stamp(theme, figures.kind, short_of(figures.code, figures.kind, figures.title), side), 0, 0, 2, 1
        )
        self._head.addWidget(self._title, 0, 1, 2, 1)
        for column, (words, value) in enumerate(self._figures.items(), 2):
            name = QLabel(words)
            name.setProperty("look", "label")
            value.setProperty("look", "figure")
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._head.addWidget(name, 0, column)
            self._head.addWidget(value, 1, column)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.bars, 1)
        self._column.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignRight)
        self._lay_out()
        self.show_figures(figures, (1, 1))
        theme.changed.connect(self._lay_out)

    def show_figures(self, figures: LedgerFigures, most: tuple[int, int]) -> None:
        """New figures on the scale shared by both cards."""
        amounts = (figures.money, sum(figures.income), sum(figures.expense))
        for label, fen in zip(self._figures.values(), amounts, strict=True):
            label.setText(format_fen(fen))
        self.bars.show_figures(figures.income, figures.expense, most)
        self._unit.setText(tr("两图同一比例 · 万元") if most[0] + most[1] > 2 else tr("万元"))

    def _lay_out(self) -> None:
        px = self._theme.px
        edge = frame_room(self._theme, LedgerKind.COMMITTEE) + px.cell
        self._column.setContentsMargins(edge, edge - 2, edge, px.cell)
        self._head.setHorizontalSpacing(px.gap + 4 if self._theme.tokens.size is Size.STANDARD else px.cell)
        self._head.setVerticalSpacing(0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """White sheet inside the ledger's frame."""
        del event
        painter = QPainter(self)
        box = QRectF(self.rect())
        painter.fillRect(box, self._theme.colour("sheet"))
        paint_frame(painter, self._theme, box, self.kind, self._theme.px.frame * 0.75)
        painter.end()


class TodoList(QFrame):
    """Rows of things to do: mark, words, stamp, way there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("look", "sheet")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._rows: list[QWidget] = []

    def show_todos(self, todos: list[Todo]) -> None:
        """These and no others."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        while self._column.count():
            self._column.takeAt(0)
        self._rows = [self._row(todo) for todo in todos[:TODO_ROWS]] or [self._nothing()]
        for row in self._rows:
            self._column.addWidget(row)
        self._column.addStretch(1)

    def _nothing(self) -> QWidget:
        row = _TodoRow(self._theme)
        row.line.addWidget(CheckMark(self._theme, Check.GOOD))
        row.line.addWidget(QLabel(tr("没有等着办的事。凭证都审核、记账了，现金也没有超限额。")), 1)
        return row

    def _row(self, todo: Todo) -> QWidget:
        row = _TodoRow(self._theme)
        row.line.addWidget(CheckMark(self._theme, todo.check))
        words = QLabel(todo.words)
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.line.addWidget(words, 1)
        if todo.kind is not None:
            row.line.addWidget(Stamp(self._theme, todo.kind, SHORT[todo.kind], self._theme.px.body + 11))
        button = Button(self._theme, todo.button, Look.LINK)
        button.setMinimumWidth(3 * self._theme.px.body + 8)
        button.setAccessibleName(f"{todo.button}：{todo.words}")
        button.clicked.connect(lambda: todo.go())  # noqa: PLW0108  clicked hands over a flag
        row.line.addWidget(button)
        return row


class _TodoRow(QWidget):
    """A row with a hair under it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(10, 0, 10, 0)
        self.line.setSpacing(14)
        self.setFixedHeight(theme.px.row + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The hair."""
        del event
        painter = QPainter(self)
        painter.setPen(QPen(self._theme.colour("hair"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()


class HomePage(Page):
    """Both ledgers at a glance, from what is posted."""

    scope: ClassVar[str] = "home"
    nav: ClassVar[str] = "home"
    shows: ClassVar[Changes] = Changes(vouchers=True, balances=True, drafts=True, periods=True, settings=True)
    follows_ledger: ClassVar[bool] = False

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._figures: HomeFigures | None = None
        self.todos = TodoList(self.theme)
        self.cash = CashChart(self.theme)
        self.cards: list[LedgerCard] = []
        self._new = Button(self.theme, tr("记一笔"), Look.MAIN, "F5")
        self._new.clicked.connect(lambda: self.navigator.open("voucher"))
        self._new.setEnabled(not session.read_only)
        self.head.add_widget(self._new)
        self._upper = QHBoxLayout()
        self._upper.addWidget(self.todos, 64)
        self._cash_sheet = self._make_cash_sheet()
        self._upper.addWidget(self._cash_sheet, 36)
        self._lower = QHBoxLayout()
        content = QWidget()
        self._all = QVBoxLayout(content)
        self._all.setContentsMargins(0, 0, 0, 0)
        self._all.addLayout(self._upper)
        self._all.addLayout(self._lower, 1)
        self.body.addWidget(scrolled(content), 1)
        self.restyle()

    def follow_access(self) -> None:
        """F5 is for whoever prepares vouchers."""
        super().follow_access()
        refused = self.session.refusal(Duty.PREPARE) if self.session.is_open else ""
        self._new.setEnabled(self.session.is_open and not self.session.read_only and not refused)
        self._new.setToolTip(refused)

    def _make_cash_sheet(self) -> QWidget:
        sheet = QFrame()
        sheet.setProperty("look", "sheet")
        title, unit = QLabel(tr("库存现金（月末）")), QLabel(tr("单位：元"))
        title.setProperty("look", "heading")
        unit.setProperty("look", "hint")
        row = QHBoxLayout()
        row.addWidget(title)
        row.addStretch(1)
        row.addWidget(unit)
        column = QVBoxLayout(sheet)
        column.setContentsMargins(14, 8, 12, 8)
        column.addLayout(row)
        column.addWidget(self.cash, 1)
        return sheet

    def restyle(self) -> None:
        """Spaces of the size in force; with little room the sheets stand under each other and the page scrolls."""
        px = self.theme.px
        for layout in (self._all, self._upper, self._lower):
            layout.setSpacing(px.gap)
        tokens, down = self.theme.tokens, QBoxLayout.Direction.TopToBottom
        self._lower.setDirection(down if tokens.tight else QBoxLayout.Direction.LeftToRight)
        self._upper.setDirection(down if tokens.narrow else QBoxLayout.Direction.LeftToRight)
        if self._figures is not None:
            self._show(self._figures)

    def reload(self) -> None:
        """Ask for the figures of the year in view; the page shows what it had until they are there."""
        year = self.session.month.year
        self._say_title(0)
        self.operations.read(
            tr("看一看账"), lambda reader: read_home(reader, year), then=self._show, key="home"
        )

    def status(self) -> str:
        """Where the book is."""
        return tr("账都已保存 · {path}", path=self.session.book.path)

    def _say_title(self, count: int) -> None:
        today = date.today()  # noqa: DTZ011  the wall calendar of the village
        day = tr(
            "{year}年{month}月{day}日 星期{weekday}",
            year=today.year,
            month=today.month,
            day=today.day,
            weekday=WEEKDAYS[today.weekday()],
        )
        self.head.set_title(tr("要办的事"), tr("{day} · {count} 件", day=day, count=count) if count else day)

    def _show(self, figures: HomeFigures) -> None:
        self._figures = figures
        todos = self._todos(figures)
        self._say_title(len(todos))
        self.todos.show_todos(todos)
        least = LEAST_ROWS - (self.theme.tokens.size is Size.HUGE)
        rows = min(max(len(todos), least), TODO_ROWS)
        height = rows * (self.theme.px.row + 1) + 2
        own = max(len(todos), 1) * (self.theme.px.row + 1) + 2
        self.todos.setFixedHeight(min(own, height) if self.theme.tokens.narrow else height)
        self._cash_sheet.setFixedHeight(height)
        shown = self._at_a_glance(figures)
        own = [CashLine(f.kind, f.cash) for f in figures.ledgers if f.code == f.kind.value]
        self.cash.show_figures(own, figures.limit)
        if [card.code for card in self.cards] != [f.code for f in shown]:
            self._make_cards(shown)
        income = max((max(f.income) for f in shown), default=0)
        expense = max((max(f.expense) for f in shown), default=0)
        most = (max(income, expense // LEAST_SHARE), max(expense, income // LEAST_SHARE))
        for card, ledger in zip(self.cards, shown, strict=True):
            card.show_figures(ledger, most)

    def _at_a_glance(self, figures: HomeFigures) -> list[LedgerFigures]:
        """Two ledgers have room side by side: the village's, or the group's that leads beside the first."""
        first, rest = list(figures.ledgers[:GLANCE]), figures.ledgers[GLANCE:]
        leading = [f for f in rest if f.code == self.session.ledger_code]
        return [first[0], leading[0]] if leading else first

    def _make_cards(self, shown: list[LedgerFigures]) -> None:
        for card in self.cards:
            self._lower.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards.clear()
        for ledger in shown:
            card = LedgerCard(self.theme, ledger)
            card.bars.entered.connect(partial(self._into_month, ledger.code))
            self.cards.append(card)
            self._lower.addWidget(card, 1)

    def _into_month(self, ledger: str, month: int) -> None:
        """From a bar to the balances of its month."""
        self.session.switch_ledger(ledger)
        self.session.go_to_month(Month(self.session.month.year, month))
        self.navigator.open("trial_balance")

    def _todos(self, figures: HomeFigures) -> list[Todo]:
        """What the figures ask for, the most pressing first."""
        found: list[Todo] = []
        for ledger in figures.ledgers:
            found += self._of_ledger(ledger, figures.limit)
        for draft in figures.drafts:
            kind = next((f.kind for f in figures.ledgers if f.code == draft.draft.ledger), None)
            words = tr("{saved_at} 的草稿还没保存成凭证", saved_at=draft.saved_at[5:16].replace("T", " "))
            go = partial(self._continue, draft.draft.ledger, draft.id)
            found.append(Todo(Check.WAITING, words, kind, tr("接着填"), go))
        order = [Check.FAIL, Check.WARN, Check.WAITING, Check.GOOD]
        return sorted(found, key=lambda todo: order.index(todo.check))

    def _of_ledger(self, ledger: LedgerFigures, limit: int) -> list[Todo]:
        name, found = brief_of(ledger.code, ledger.kind, ledger.title), list[Todo]()
        cash = next((b for b in reversed(ledger.cash) if b is not None), 0)
        if cash > limit:
            words = tr(
                "{name}账库存现金 {cash}，超限额 {excess}，请存银行",
                name=name,
                cash=format_fen(cash),
                excess=format_fen(cash - limit),
            )
            found.append(
                Todo(Check.FAIL, words, ledger.kind, tr("记一笔"), partial(self._go, "voucher", ledger.code))
            )
        to_list = partial(self._go, "voucher_list", ledger.code)
        if ledger.returned:
            words = tr("{name}账有 {returned} 张凭证被退回，等制单人改", name=name, returned=ledger.returned)
            found.append(Todo(Check.WARN, words, ledger.kind, tr("去改"), to_list))
        if ledger.unreviewed or ledger.unposted:
            words = tr(
                "{name}账有 {unreviewed} 张未审核、{unposted} 张未记账",
                name=name,
                unreviewed=ledger.unreviewed,
                unposted=ledger.unposted,
            )
            button = tr("去审核") if ledger.unreviewed else tr("去记账")
            found.append(Todo(Check.WAITING, words, ledger.kind, button, to_list))
        return found + self._coming_round(ledger)

    def _coming_round(self, ledger: LedgerFigures) -> list[Todo]:
        """本月该记, in a quiet line: what comes round, advance rent to be released."""
        name = brief_of(ledger.code, ledger.kind, ledger.title)
        lines = (
            (ledger.due, tr("{name}账按月重复的有 {count} 期该记", name=name, count=ledger.due), "recurring"),
            (
                ledger.prepaid_due,
                tr("{name}账有 {count} 笔预收租金该结转", name=name, count=ledger.prepaid_due),
                "prepaid",
            ),
        )
        return [
            Todo(Check.WAITING, words, ledger.kind, tr("去办"), partial(self._go, page, ledger.code))
            for count, words, page in lines
            if count
        ]

    def _go(self, page: str, ledger: str) -> None:
        self.session.switch_ledger(ledger)
        self.navigator.open(page)

    def _continue(self, ledger: str, draft_id: int) -> None:
        self.session.switch_ledger(ledger)
        self.navigator.open("voucher", draft_id=draft_id)
