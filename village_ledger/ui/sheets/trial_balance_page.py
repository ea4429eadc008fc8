"""The trial balance (科目余额表): every figure leads to its account's ledger, from there to the voucher, and back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.domain.account_search import AccountIndex, SearchEntry
from village_ledger.i18n import tr
from village_ledger.reports.table import Role, Row, Table
from village_ledger.services.changes import Changes
from village_ledger.ui.page import Page
from village_ledger.ui.sheets.saving import save_tables
from village_ledger.ui.sheets.trial_balance_figures import (
    NAME,
    TrialModel,
    closing_of,
    code_of,
    explained,
    folded,
    narrowed,
    parents_of,
    read_trial,
    recent_lines,
    sub_accounts,
)
from village_ledger.ui.tables.paged_model import side_of
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.transfers.side_rows import SideRows
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.explain_bar import ExplainBar
from village_ledger.ui.widgets.span_choice import SpanChoice, ask_span, step_month
from village_ledger.ui.widgets.state_mark import Check, CheckMark

if TYPE_CHECKING:
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

PANEL_CHARS = 20
"""Width of the side panel in characters of the body text."""


class ChecksSheet(QFrame):
    """The report's own checks, each with its mark."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        self._theme = page.theme
        self._grid = QGridLayout(self)
        px = page.theme.px
        self._grid.setContentsMargins(px.cell, px.cell, px.cell, px.cell)
        self._grid.setColumnStretch(1, 1)
        self.sentences: list[str] = []

    def show_table(self, table: Table) -> None:
        """All is well in one line, each failure in its own; then what the table leaves out."""
        failed = [check.text for check in table.checks if not check.ok]
        lines = [(Check.FAIL, text) for text in failed] or [
            (Check.GOOD, tr("期初、本期、本年、期末借贷都相等"))
        ]
        lines += [(Check.WARN, text.rstrip("。")) for text in table.warnings]
        self.sentences = [text for _, text in lines]
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for place, (check, text) in enumerate(lines):
            words = QLabel(text)
            words.setWordWrap(True)
            self._grid.addWidget(CheckMark(self._theme, check), place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, place, 1)


class TrialBalancePage(Page):
    """One ledger's balances over a span, first-level accounts folded or unfolded."""

    scope = "table"
    nav = "trial_balance"
    shows = Changes(balances=True, accounts=True, vouchers=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._unfolded: set[str] = set()
        self._said = ""
        self._with_year = False
        self._table: Table | None = None
        self._parents: frozenset[str] = frozenset()
        self.model: TrialModel | None = None
        self.table = FigureTable(self.theme, tr("科目余额表"))
        self.table.set_empty_words(tr("这本账还没有余额，也没有记账的凭证。先填期初，或按 F5 记一笔。"))
        self.below = SideRows(self.table.style_of, bold_lead=True)
        self.recent = SideRows(self.table.style_of, bold_lead=False)
        self.checks = ChecksSheet(self)
        self.explain = ExplainBar(self.theme)
        self.ask = AskBar(self.theme)
        self._build_body()
        self._build_head()
        self.table.opened.connect(self._open)
        self.table.current_moved.connect(lambda _row: self._follow())
        self.table.sideways.connect(self._unfold_row)
        self.theme.changed.connect(self._fit_panel)

    def _build_body(self) -> None:
        self.panel = QWidget(self)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px.cell)
        column.addWidget(self.below)
        column.addWidget(self.recent)
        column.addStretch(1)
        column.addWidget(self.checks)
        row = QHBoxLayout()
        row.setSpacing(self.theme.px.gap)
        row.addWidget(self.table, 1)
        row.addWidget(self.panel)
        self.body.addLayout(row, 1)
        self.body.addWidget(self.explain)
        self.body.addWidget(self.ask)

    def _build_head(self) -> None:
        self.span_choice = SpanChoice(self.theme, lambda: self.session.month)
        self.span_choice.changed.connect(self.reload)
        self.span_choice.other_asked.connect(self._ask_span)
        self.levels = Button(self.theme, tr("看下级"), Look.CHOICE)
        self.levels.setAccessibleDescription(tr("展开或收起所有下级科目；按 → 和 ← 只展开或收起一个"))
        self.levels.clicked.connect(self._fold_all)
        self.head.add_widget(self.span_choice, keeps=2, fill=self.span_choice.fold_into)
        self.head.add_widget(self.levels, keeps=1)
        for name in ("print", "export"):
            self.add_button(name)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of the table's actions."""
        return {
            "explain": self._explain,
            "earlier": lambda: step_month(self.session, -1),
            "later": lambda: step_month(self.session, 1),
            "find": self._ask_account,
            "print": self._print,
            "export": self._export,
        }

    def hints(self) -> list[str]:
        """Keys in the status bar."""
        return ["explain", "into"]

    def go(self, **where: Any) -> None:
        """``account`` to stand on, ``span`` and ``unfolded`` as they were."""
        if "unfolded" in where:
            self._unfolded = set(where["unfolded"])
        if "month" in where:
            self.session.go_to_month(where["month"])
        if "span" in where:
            self.span_choice.set_span(where["span"])
        self.reload()
        row = self.model.row_of(where.get("account", "")) if self.model else None
        self.table.go_to_row(row or 0)
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The account one stands on, the span, what is unfolded."""
        return {
            "account": self._code(),
            "span": self.span_choice.span(),
            "month": self.session.month,
            "unfolded": frozenset(self._unfolded),
        }

    def reload(self) -> None:
        """Read the balances again, keeping the account and what is unfolded."""
        if not self.session.is_open:
            return
        self.span_choice.follow()
        span = self.span_choice.span()
        self._table = read_trial(self.session.reader, self.session.ledger_code, span)
        self._parents = parents_of(self._table.rows)
        self.checks.show_table(self._table)
        self.head.set_title(
            tr("科目余额表"), tr("{title} · 只含已记账的凭证", title=self.session.ledger.title)
        )
        self._show()

    def escape(self) -> bool:
        """Fold a bar away before leaving."""
        if self.ask.asking:
            self.ask.put_away()
            return True
        if self.explain.isVisible():
            self.explain.hide()
            return True
        return False

    def status(self) -> str:
        """How many accounts, and the unit."""
        if self._said:
            return self._said
        count = sum(row.role is Role.DETAIL for row in self._table.rows) if self._table else 0
        said = [tr("共 {count} 个科目", count=count), tr("单位：元")]
        if not self.panel.isVisible():
            said += self._checks_in_short()
        return " · ".join(said)

    def _checks_in_short(self) -> list[str]:
        """What the panel would say, where there is no room for it."""
        if self._table is None:
            return []
        failed = [check.text for check in self._table.checks if not check.ok]
        unposted = len(
            self.session.reader.unposted_ids(self.session.ledger_code, str(self.span_choice.span().last))
        )
        left_out = [tr("还有 {count} 张没记账", count=unposted)] if unposted else []
        return [*(failed or [tr("借贷都相等")]), *left_out]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The year's columns come and go with the room, the panel gives way to the figures."""
        super().resizeEvent(event)
        if self._room_for_year() != self._with_year:
            self._show()
        else:
            self._fit_panel()

    # showing

    def _show(self) -> None:
        if self._table is None:
            return
        code = self._code()
        self._with_year = self._room_for_year()
        table = narrowed(self._table, with_year=self._with_year)
        self.model = TrialModel(table, self._parents, self._unfolded)
        self.table.show_model(self.model, self.model.totals_model() if self.model.leaves else None)
        self.levels.setChecked(bool(self._parents) and self._unfolded >= self._parents)
        self.levels.setEnabled(bool(self._parents))
        self.table.go_to_row(self.model.row_of(code) or 0)
        self._fit_panel()
        self._follow()

    def _room_for_year(self) -> bool:
        """The year's turnover stands on wide screens; on paper and in files it always does."""
        return self.width() > PANEL_CHARS * self.theme.px.body * 5

    def _fit_panel(self) -> None:
        body = self.theme.px.body
        self.panel.setFixedWidth(PANEL_CHARS * body)
        room = self.width() - 2 * self.theme.px.page_edge - self.panel.width() - self.theme.px.gap
        self.panel.setVisible(not self.theme.tokens.tight and room > self.table.needed_width())

    def _follow(self) -> None:
        """The panel and the strip follow the current account."""
        self._said = ""
        row = self._row()
        if row is None or self._table is None:
            self.below.show_rows(("", ""), ())
            self.recent.show_rows(("", ""), ())
            return
        code, name = code_of(row), str(row.cells[NAME])
        below = sub_accounts(self._table, code)
        side = side_of(closing_of(self._table, row))
        heading = tr("期末平") if side == "平" else tr("期末{side}方", side=side)
        self.below.show_rows((f"{code} {name}", heading) if below else ("", ""), below)
        ledger, span = self.session.ledger_code, self.span_choice.span()
        count, lines = recent_lines(self.session.reader, ledger, code, span)
        said = (
            tr("最近 {shown} 笔", shown=len(lines)) if count > len(lines) else tr("{count} 笔", count=count)
        )
        self.recent.show_rows((f"{code} {name}", said), lines)
        if self.explain.isVisible():
            self.explain.explain(explained(self._table, row))

    def _row(self) -> Row | None:
        """The report's full row of the current account."""
        code = self._code()
        rows = self._table.rows if self._table is not None else ()
        return next((row for row in rows if code and code_of(row) == code), None)

    def _code(self) -> str:
        row = self.table.row
        return self.model.code(row) if self.model is not None and 0 <= row < self.model.count() else ""

    # acting

    def _open(self, row: int) -> None:
        if self.model is not None:
            self.navigator.open("ledger", account=self.model.code(row), span=self.span_choice.span())

    def _unfold_row(self, row: int, step: int) -> None:
        """→ unfolds an account, ← folds it, or goes to the account above."""
        code = self._code()
        if step > 0 and code in self._parents:
            self._unfolded.add(code)
        elif step < 0 and code in self._unfolded:
            self._unfolded.discard(code)
        elif step < 0 and self.model is not None:
            above = self.model.row_of(code[:-1])
            self.table.go_to_row(row if above is None else above)
            return
        self._show()

    def _fold_all(self) -> None:
        self._unfolded = set() if self._unfolded >= self._parents else set(self._parents)
        self._show()
        self.table.setFocus()

    def _explain(self) -> None:
        row = self._row()
        if row is not None and self._table is not None:
            self.explain.explain(explained(self._table, row))

    def _ask_account(self) -> None:
        """Ctrl+F: go to an account by code, characters or pinyin, unfolding what it stands under."""
        self.ask.ask(
            tr("找哪个科目"),
            tr("找"),
            self._find_account,
            self.table.setFocus,
            hint=tr("编码、名称或拼音首字母"),
        )

    def _find_account(self, text: str) -> None:
        rows = self._table.rows if self._table is not None else ()
        chart = self.session.reader.chart(self.session.ledger_code)
        codes = [code_of(row) for row in rows if row.role is Role.DETAIL]
        index = AccountIndex([SearchEntry(c, chart.get(c).name, chart.path(c)) for c in codes], {}, {})
        found = index.search(text, 1)
        if not found or self.model is None:
            self._say(tr("表里没有“{text}”这个科目", text=text))
            return
        code = found[0].entry.code
        self._unfolded |= {above for above in self._parents if code != above and code.startswith(above)}
        self._show()
        self.table.go_to_row(self.model.row_of(code) or 0)

    def _ask_span(self) -> None:
        ask_span(self, self.table.setFocus)

    def _shown_table(self) -> Table | None:
        """The report as it stands folded, with all its columns: what is printed is what is seen."""
        return folded(self._table, self._parents, self._unfolded) if self._table is not None else None

    def _print(self) -> None:
        table = self._shown_table()
        if table is not None:
            self.navigator.open("preview", tables=(table,))

    def _export(self) -> None:
        table = self._shown_table()
        if table is not None:
            save_tables(self, self.operations, (table,), "xlsx", self._say)

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()
