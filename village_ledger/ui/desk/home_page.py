"""The home page: what is to be done, cash against its limit, and each ledger's year in bars."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.duty import Duty
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.indicators.indicator_rules import indicator_rules
from village_ledger.ui.contracts.rent_todos import rent_rows
from village_ledger.ui.desk.home_figures import HomeFigures, LedgerFigures, read_home, read_home_indicators
from village_ledger.ui.desk.home_todos import TODO_ROWS, Todo, TodoList
from village_ledger.ui.disclosure.calendar_todos import publish_rows
from village_ledger.ui.disclosure.sheet_todos import differing_rows
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.look.tokens import Size
from village_ledger.ui.page import Navigator, Page, scrolled
from village_ledger.ui.widgets.bars_chart import BarsChart
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.cash_chart import CashChart, CashLine
from village_ledger.ui.widgets.frame import frame_room, paint_frame
from village_ledger.ui.widgets.indicator_strip import IndicatorStrip
from village_ledger.ui.widgets.stamp import Stamp, brief_of, short_of
from village_ledger.ui.widgets.state_mark import Check

if TYPE_CHECKING:
    from village_ledger.reports.indicators.indicator_figures import IndicatorSet
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.session import Session

GLANCE = 2
"""Ledgers shown with their charts at once."""
LEAST_ROWS = 5
"""The chart beside the list needs the height of so many rows."""
LEAST_SHARE = 4
"""The lower half of the bars keeps at least this part of the upper one's height, and the other way round."""
WEEKDAYS = "一二三四五六日"
MONTHS_WAITING = (
    (
        "open_months",
        "closing",
        "去结账",
        "{names}账 {month} 月还没结账",
        "{names}账从 {month} 月起有 {count} 个月没结账",
    ),
)
"""Which figures, page, button, words for one month, words for several."""


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


class HomePage(Page):
    """Both ledgers at a glance, from what is posted."""

    scope: ClassVar[str] = "home"
    nav: ClassVar[str] = "home"
    shows: ClassVar[Changes] = Changes(
        vouchers=True,
        balances=True,
        drafts=True,
        periods=True,
        settings=True,
        shares=True,
        contracts=True,
        assets=True,
        parcels=True,
        sheets=True,
        postings=True,
    )
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
        self._new.offered = session.package is None
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
        self.strip = IndicatorStrip(self.theme)
        self.strip.opened.connect(lambda: self.navigator.open("indicators"))
        self.strip.hide()
        self._all.addWidget(self.strip)
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
        self.operations.read(
            tr("算指标"),
            lambda reader: read_home_indicators(reader, year),
            then=self._show_indicators,
            refused=lambda _: self.strip.hide(),
            key="home indicators",
        )

    def status(self) -> str:
        """Where the book is."""
        if self.session.package is not None:
            return tr("只读 · {path}", path=self.session.package.package.path)
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
        title = tr("村里要办的事") if self.reviewing else tr("要办的事")
        self.head.set_title(title, tr("{day} · {count} 件", day=day, count=count) if count else day)

    def _show(self, figures: HomeFigures) -> None:
        self._figures = figures
        todos = self._todos(figures)
        self._say_title(len(todos))
        self.todos.show_todos(todos, looks=self.reviewing)
        least = LEAST_ROWS - (self.theme.tokens.size is Size.HUGE)
        rows = min(max(len(todos), least), TODO_ROWS)
        height = self.todos.height_of(rows)
        own = self.todos.height_of(max(len(todos), 1))
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

    def _show_indicators(self, shown: IndicatorSet | None) -> None:
        """A few of them; nothing where no register and no year has anything to show."""
        keys = indicator_rules().home
        some = [shown.named(key) for key in keys] if shown else []
        self.strip.setVisible(any(one.value is not None for one in some))
        if shown is not None:
            self.strip.show_indicators(some, shown.years)

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
            kind = tuple(f.kind for f in figures.ledgers if f.code == draft.draft.ledger)
            words = tr("{saved_at} 的草稿还没保存成凭证", saved_at=draft.saved_at[5:16].replace("T", " "))
            go = partial(self._continue, draft.draft.ledger, draft.id)
            found.append(Todo(Check.WAITING, words, kind, tr("接着填"), go))
        found += self._months_waiting(figures)
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
            button, page = (tr("看账簿"), "ledger") if self.reviewing else (tr("记一笔"), "voucher")
            go = partial(self._go, page, ledger.code)
            found.append(Todo(Check.FAIL, words, (ledger.kind,), button, go))
        to_list = partial(self._go, "voucher_list", ledger.code)
        if ledger.returned:
            words = tr("{name}账有 {returned} 张凭证被退回，等制单人改", name=name, returned=ledger.returned)
            found.append(Todo(Check.WARN, words, (ledger.kind,), tr("去改"), to_list))
        if ledger.unreviewed or ledger.unposted:
            words = tr(
                "{name}账有 {unreviewed} 张未审核、{unposted} 张未记账",
                name=name,
                unreviewed=ledger.unreviewed,
                unposted=ledger.unposted,
            )
            button = tr("去审核") if ledger.unreviewed else tr("去记账")
            found.append(Todo(Check.WAITING, words, (ledger.kind,), button, to_list))
        found += differing_rows(ledger, name, partial(self._go, "sheet_check", ledger.code))
        found += publish_rows(ledger, name, partial(self._go, "disclosure_calendar", ledger.code))
        found += rent_rows(ledger.rent, ledger.kind, partial(self._go, ledger=ledger.code))
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
            (
                ledger.cases_waiting,
                tr("{name}账有 {count} 件份额变动等着批准", name=name, count=ledger.cases_waiting),
                "share_cases",
            ),
            (
                ledger.cases_due,
                tr("{name}账有 {count} 件份额变动公示期满", name=name, count=ledger.cases_due),
                "share_cases",
            ),
        )
        return [
            Todo(Check.WAITING, words, (ledger.kind,), tr("去办"), partial(self._go, page, ledger.code))
            for count, words, page in (
                *lines,
                *((1, f"{name}账：{said}", to) for said, to in ledger.reminders),
            )
            if count
        ]

    def _months_waiting(self, figures: HomeFigures) -> list[Todo]:
        """Months that are over and still open, or without their sheet: one quiet line where the ledgers agree."""
        found: list[Todo] = []
        for name, page, button, one, more in MONTHS_WAITING:
            waiting: dict[tuple[Month, ...], list[LedgerFigures]] = {}
            for ledger in figures.ledgers:
                months: tuple[Month, ...] = getattr(ledger, name)
                if months:
                    waiting.setdefault(months, []).append(ledger)
            for months, ledgers in waiting.items():
                names = "、".join(brief_of(x.code, x.kind, x.title) for x in ledgers)
                said = one if len(months) == 1 else more
                words = tr(said, names=names, month=months[0].month, count=len(months))
                go = partial(self._go, page, ledgers[0].code, months[0])
                kinds = tuple(dict.fromkeys(x.kind for x in ledgers))
                found.append(Todo(Check.WAITING, words, kinds, tr(button), go))
        return found

    def _go(self, page: str, ledger: str, month: Month | None = None, **where: str) -> None:
        self.session.switch_ledger(ledger)
        if month is not None:
            self.session.go_to_month(month)
        self.navigator.open(page, **where)

    def _continue(self, ledger: str, draft_id: int) -> None:
        self.session.switch_ledger(ledger)
        self.navigator.open("voucher", draft_id=draft_id)
