"""Closing a month (结账): the check list at the left, the evidence of a line at the right, what can be done at the foot."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import MONTH_STATE_NAMES, MonthState, Span
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.check_item import CheckItem, Lead, Verdict
from village_ledger.ui.closing.closing_figures import ChecksModel, MonthView, read_month, way_to
from village_ledger.ui.closing.closing_panel import EvidencePanel
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.elided import ElidedLabel
from village_ledger.ui.widgets.tool_row import ToolRow

if TYPE_CHECKING:
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

DECEMBER = 12


class ClosingPage(Page):
    """The month in view of the leading ledger on its way to being closed."""

    scope = "closing"
    nav = "closing"
    shows = Changes(
        vouchers=True,
        balances=True,
        periods=True,
        accounts=True,
        templates=True,
        bank=True,
        claims=True,
        cash=True,
    )

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.view: MonthView | None = None
        self._in_panel = False
        self.table = FigureTable(self.theme, tr("结账检查"))
        self.table.opened.connect(lambda _row: self._enter())
        self.table.current_moved.connect(lambda _row: self._show_item())
        self.panel = EvidencePanel(self)
        self.panel.opened.connect(self._open)
        self.panel.waived.connect(self._waive)
        self.state = _StateSheet(self)
        self.side = QWidget()
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px.gap)
        column.addWidget(self.panel, 1)
        column.addWidget(self.state)
        column.addStretch(0)
        row = QHBoxLayout()
        row.setSpacing(self.theme.px.gap)
        row.addWidget(self.table, 11)
        row.addWidget(self.side, 10)
        self.body.addLayout(row, 1)
        self._build_head()
        self._build_foot()
        self.restyle()

    def _build_head(self) -> None:
        self.add_button("check")
        self.action("print").setText(tr("打印检查单"))
        self.add_button("print")

    def _build_foot(self) -> None:
        self.foot = ToolRow(self.theme, self.theme.px.gap, more_first=False)
        self.counts = ElidedLabel(look="strong")
        self.foot.add_spring(self.counts)
        self.buttons = {
            name: Button.of_action(self.theme, self.action(name), _spec(name), look)
            for name, look in (
                ("seal", Look.PLAIN),
                ("distribute", Look.PLAIN),
                ("year_end", Look.PLAIN),
                ("reopen", Look.PLAIN),
                ("later", Look.PLAIN),
                ("review", Look.PLAIN),
                ("close", Look.MAIN),
            )
        }
        for name, button in self.buttons.items():
            self.foot.add(button, keeps=3 if name == "close" else 1)
        self.body.addWidget(self.foot)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of the closing actions."""
        return {
            "check": self._check,
            "close": self._close,
            "later": self._later,
            "review": self._review,
            "reopen": lambda: self.navigator.open("reopen_month", month=self.session.month),
            "seal": lambda: self.navigator.open("seal_month", month=self.session.month),
            "year_end": lambda: self.navigator.open("year_end", year=self.session.month.year),
            "distribute": lambda: self.navigator.open("distribution", year=self.session.month.year),
            "print": self._print,
        }

    def go(self, **where: Any) -> None:
        """``month`` to look at, ``row`` to stand on."""
        if "month" in where:
            self.session.go_to_month(where["month"])
        self._in_panel = False
        self.restyle()
        self.reload(row=where.get("row", -1))
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The month and the line one stands on."""
        return {"month": self.session.month, "row": max(self.table.row, 0)}

    def reload(self, row: int = -1) -> None:
        """Read the list again, on the worker."""
        if not self.session.is_open:
            return
        ledger, month = self.session.ledger_code, self.session.month
        row = row if row >= 0 else self.table.row
        self.operations.read(
            tr("结账检查"),
            lambda reader: read_month(reader, ledger, month),
            lambda view: self._show(view, row),
            refused=lambda error: self.slip.say(describe(error)),
            key="closing",
        )

    def restyle(self) -> None:
        """With little room list and evidence take turns."""
        tight = self.theme.tokens.tight
        self.table.setVisible(not (tight and self._in_panel))
        self.side.setVisible(not tight or self._in_panel)
        self.state.setVisible(not tight)

    def escape(self) -> bool:
        """From the evidence back to the list."""
        if self._in_panel or self.side.isAncestorOf(self.focusWidget() or self):
            self._in_panel = False
            self.restyle()
            self.table.setFocus()
            return True
        return False

    def status(self) -> str:
        """What stays said of the month."""
        return " ".join(self.view.remarks) if self.view is not None else ""

    def follow_access(self) -> None:
        """Buttons hold by the month too."""
        super().follow_access()
        self._follow()

    # showing

    def _show(self, view: MonthView, row: int) -> None:
        self.view = view
        self.head.set_title(tr("结账检查"), self._subtitle(view))
        self.table.show_model(ChecksModel(view.items))
        first = next((n for n, item in enumerate(view.items) if item.verdict is not Verdict.PASS), 0)
        self.table.go_to_row(row if row >= 0 else first)
        self._show_item()
        self.state.show_view(view)
        self._follow()
        self.status_changed.emit()

    def _subtitle(self, view: MonthView) -> str:
        parts = [
            self.session.ledger.title,
            tr("{year}年{month}月", year=view.month.year, month=view.month.month),
            tr(MONTH_STATE_NAMES[view.state]),
        ]
        if view.check is not None and view.state is MonthState.CHECKING:
            parts.append(tr("{at} {by} 查过", at=view.check.at[5:16].replace("T", " "), by=view.check.by))
            if view.check.vouchers_since:
                parts.append(tr("以后又来了 {count} 张凭证", count=view.check.vouchers_since))
        return " · ".join(parts)

    def _follow(self) -> None:
        """Words and readiness of the foot."""
        view = self.view
        if view is None:
            return
        failed, warned = view.count(Verdict.FAIL), view.count(Verdict.WARN)
        waived = sum(item.waived for item in view.items)
        words = [
            tr("{count} 项通过", count=view.count(Verdict.PASS)),
            tr("{count} 项提醒", count=warned) + (tr("（放行 {count}）", count=waived) if waived else ""),
            tr("{count} 项不通过", count=failed),
        ]
        self.counts.setText(" · ".join(words))
        opened, month = view.state.accepts_vouchers, view.month.month
        left = tr(" — 还差 {count} 项", count=failed) if failed else ""
        self.action("close").setText(tr("结账 {month} 月{left}", month=month, left=left))
        self.action("close").setEnabled(self.may("close") and opened and not failed)
        self.action("check").setEnabled(self.may("check") and opened)
        self.action("later").setEnabled(self.may("later") and view.state is MonthState.CHECKING)
        self.action("review").setText(tr("去审凭证（{count} 张）", count=view.waiting))
        self.action("reopen").setText(tr("反结账 {month} 月…", month=month))
        self.action("reopen").setEnabled(
            self.may("reopen") and view.is_latest_closed and not self._is_done_december(view)
        )
        self.action("seal").setEnabled(self.may("seal") and view.state is MonthState.CLOSED)
        december = month == DECEMBER
        shown = {
            "year_end": december,
            "distribute": (december or view.year_closed) and self.session.kind is LedgerKind.COLLECTIVE,
            "close": opened,
            "later": view.state is MonthState.CHECKING,
            "review": opened and view.waiting > 0,
            "reopen": view.state is MonthState.CLOSED and view.is_latest_closed,
            "seal": view.state is MonthState.CLOSED,
        }
        for name, button in self.buttons.items():
            self.foot.switch(button, shown[name])

    @staticmethod
    def _is_done_december(view: MonthView) -> bool:
        return view.month.month == DECEMBER and view.year_closed

    def _item(self) -> CheckItem | None:
        row = self.table.row
        return self.view.items[row] if self.view is not None and 0 <= row < len(self.view.items) else None

    def _show_item(self) -> None:
        writable = self.view is not None and self.view.state.accepts_vouchers and not self.session.read_only
        self.panel.show_item(self._item(), writable=writable)

    # doing

    def _enter(self) -> None:
        """Into the evidence of the line."""
        self._in_panel = True
        self.restyle()
        self.panel.begin()

    def _open(self, lead: Lead) -> None:
        ledger = lead.ledger or self.session.ledger_code
        try:
            page, place = way_to(self.session.reader, ledger, self.session.month, lead)
        except LedgerError as error:
            self.slip.say(describe(error))
            return
        self.session.switch_ledger(ledger)
        self.navigator.open(page, **place)

    def _check(self) -> None:
        from village_ledger.services.book.month_states import begin_check

        self._run(tr("结账检查"), begin_check)

    def _later(self) -> None:
        from village_ledger.services.book.month_states import put_back

        self._run(tr("先不结"), put_back)

    def _close(self) -> None:
        from village_ledger.services.closing.closing import close

        self._run(tr("结账"), close)

    def _run(self, label: str, act: Callable[..., Any]) -> None:
        ledger, month = self.session.ledger_code, self.session.month
        self.slip.fold()
        self.operations.run(
            label,
            lambda uow, _: act(uow, ledger, month),
            refused=lambda error: self.slip.say(describe(error)),
        )

    def _waive(self, rule: str, reason: str) -> None:
        from village_ledger.services.book.month_states import waive

        self._run(tr("放行提醒"), lambda uow, ledger, month: waive(uow, ledger, month, rule, reason))

    def _review(self) -> None:
        self.navigator.open("voucher_list", month=self.session.month)

    def _print(self) -> None:
        self.navigator.open("preview", report="close-checklist", span=Span.of_month(self.session.month))


class _StateSheet(QFrame):
    """What the states mean, and what stays said of this month."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        px = page.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px.gap + px.unit, px.cell, px.gap + px.unit, px.cell)
        self.words = QLabel()
        self.words.setWordWrap(True)
        column.addWidget(self.words)

    def show_view(self, view: MonthView) -> None:
        """The month's own story, or what closing does."""
        lines = list(view.remarks)
        if view.seal is not None:
            lines.append(
                tr(
                    "{day} 封存，{first}、{second} 签字，签字单：{sheet}。",
                    day=view.seal.at[:10],
                    first=view.seal.first,
                    second=view.seal.second,
                    sheet=view.seal.sheet,
                )
            )
        if view.state.accepts_vouchers:
            lines.append(tr("结账后凭证不能增改。封存须两名监事签字，封存后不能反结账。"))
        elif view.state is MonthState.CLOSED:
            lines.append(tr("已结账，凭证不能增改。反结账只能反最近一个月，要两个人、写明原因。"))
        self.words.setText("\n".join(lines))


def _spec(name: str) -> Any:
    from village_ledger.ui import actions

    return actions.spec("closing", name)
