"""The line of fields in which one opening balance is typed: account, whose, amounts; Enter goes on to the next needed one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QFrame, QGridLayout, QLabel, QLineEdit, QVBoxLayout

from village_ledger.domain.balance import sided
from village_ledger.domain.chart import Chart, Dimension
from village_ledger.domain.errors import LedgerError, VoucherError
from village_ledger.domain.imported import ImportedOpening
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.widgets.account_field import AccountField
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.money_edit import MoneyEdit

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLAIN = (("debit", "期初借方"), ("credit", "期初贷方"))
_MID_YEAR = (
    ("debit", "年初借方"),
    ("credit", "年初贷方"),
    ("year_debit", "本年累计借方"),
    ("year_credit", "本年累计贷方"),
)


class OpeningStrip(QFrame):
    """Typing one balance; ``put`` hands it on, ``refused`` says why it cannot be."""

    put = Signal(object)
    """An ImportedOpening."""
    refused = Signal(object)
    """A LedgerError."""
    fill_asked = Signal(str)
    """``=`` in an amount: put the missing difference there (``debit`` or ``credit``)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._chart: Chart | None = None
        self._code = ""
        self._mid_year = False
        self.setProperty("look", "sheet")
        self.account = AccountField(theme, leaves_only=True)
        self.counterparty, self.project = QLineEdit(), QLineEdit()
        self.amounts = {key: MoneyEdit() for key in ("debit", "credit", "year_debit", "year_credit")}
        self.put_button = Button(theme, tr("放进表里"))
        self._labels: dict[str, QLabel] = {}
        self._names_row, self._amounts_row = QGridLayout(), QGridLayout()
        self._arrange()
        self._connect()

    # what the page says

    def set_ledger(
        self,
        chart: Chart,
        aliases: dict[str, str],
        names: Sequence[str],
        projects: Sequence[str],
        *,
        mid_year: bool,
    ) -> None:
        """The ledger's accounts and the names used before."""
        self._chart, self._mid_year = chart, mid_year
        self.account.set_chart(chart, aliases)
        for field, texts in ((self.counterparty, names), (self.project, projects)):
            completer = QCompleter(list(texts), field)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            field.setCompleter(completer)
        for key, words in _MID_YEAR if mid_year else _PLAIN:
            self._labels[key].setText(tr(words))
            self.amounts[key].setAccessibleName(tr(words))
        for key in ("year_debit", "year_credit"):
            self._labels[key].setVisible(mid_year)
            self.amounts[key].setVisible(mid_year)

    def load(self, row: ImportedOpening) -> None:
        """Show a row of the table to change it."""
        self._take(row.account)
        self.counterparty.setText(row.counterparty)
        self.project.setText(row.project)
        start = (row.debit, row.credit)
        if self._mid_year:
            start = sided(row.debit - row.credit - row.year_debit + row.year_credit)
        for key, fen in zip(self.amounts, (*start, row.year_debit, row.year_credit), strict=True):
            self.amounts[key].set_fen(fen)
        self.begin("debit" if start[0] or not start[1] else "credit")

    def clear(self) -> None:
        """Empty for the next balance, the cursor at the account."""
        self._code = ""
        self.account.show_account("", "")
        self.account.clear()
        for field in (self.counterparty, self.project, *self.amounts.values()):
            field.clear()
        self._follow_demands()
        self.account.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self, key: str = "") -> None:
        """Put the cursor at the account, or at an amount."""
        field = self.amounts[key] if key else self.account
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_fen(self, key: str, fen: int) -> None:
        """Write an amount."""
        self.amounts[key].set_fen(fen)

    def row(self) -> ImportedOpening:
        """What is typed; raises LedgerError for what cannot be a balance."""
        if self._chart is None or not self._code:
            raise VoucherError(tr("还没有选科目"), tr("打编码、汉字或拼音首字母，按 Enter 选一个。"))
        account = self._chart.usable_leaf(self._code)
        typed = {key: field.fen() for key, field in self.amounts.items()}
        if None in typed.values():
            raise VoucherError(tr("有一个金额看不懂"), tr("请只写数字，例如 1234.50 或 1.2万。"))
        debit, credit, year_debit, year_credit = (fen or 0 for fen in typed.values())
        if debit and credit:
            raise VoucherError(tr("借方和贷方都有金额"), tr("一行只留一边。"))
        values = {Dimension.COUNTERPARTY: self.counterparty, Dimension.PROJECT: self.project}
        for dimension in account.demands & values.keys():
            if not values[dimension].text().strip():
                values[dimension].setFocus(Qt.FocusReason.OtherFocusReason)
                raise VoucherError(f"{account.code} {account.name} 要写明{dimension.value}", tr("请补上。"))
        if self._mid_year:
            debit, credit = sided(debit - credit + year_debit - year_credit)
        names = (self.counterparty.text().strip(), self.project.text().strip())
        return ImportedOpening(0, account.code, *names, debit, credit, year_debit, year_credit)

    # inside

    def _arrange(self) -> None:
        """Whose in one row, amounts in the next: thirteen digits have room at every text size."""
        px = self._theme.px
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px.cell, px.unit, px.cell, px.cell)
        whole.setSpacing(px.unit)
        names = (
            ("account", tr("科目"), self.account),
            ("counterparty", tr("往来单位"), self.counterparty),
            ("project", tr("项目"), self.project),
        )
        amounts = [(key, "", field) for key, field in self.amounts.items()]
        for grid, fields in ((self._names_row, names), (self._amounts_row, amounts)):
            grid.setHorizontalSpacing(px.cell)
            grid.setVerticalSpacing(0)
            whole.addLayout(grid)
            for place, (key, words, field) in enumerate(fields):
                label = QLabel(words)
                label.setProperty("look", "label")
                self._labels[key] = label
                if words:
                    field.setAccessibleName(words)
                if key != "account":
                    field.setMinimumWidth(px.form * 4)
                    grid.setColumnStretch(place, 1)
                grid.addWidget(label, 0, place)
                grid.addWidget(field, 1, place)
        self._amounts_row.addWidget(self.put_button, 1, len(amounts))

    def _connect(self) -> None:
        self.account.chosen.connect(self._choose)
        self.put_button.clicked.connect(self._hand_on)
        self.counterparty.returnPressed.connect(lambda: self._next_after(self.counterparty))
        self.project.returnPressed.connect(lambda: self._next_after(self.project))
        for key, field in self.amounts.items():
            field.returnPressed.connect(lambda key=key: self._amount_done(key))
            field.flip_wanted.connect(self._flip)
            if key in {"debit", "credit"}:
                field.fill_wanted.connect(lambda key=key: self.fill_asked.emit(key))

    def _take(self, code: str) -> None:
        self._code = code
        if self._chart is not None and code in self._chart:
            self.account.show_account(code, self._chart.get(code).name)
        self._follow_demands()

    def _choose(self, code: str) -> None:
        """An account was taken: on to whose it is, or to the amount on its side."""
        self._take(code)
        if self._chart is None:
            return
        account = self._chart.get(code)
        for dimension, field in (
            (Dimension.COUNTERPARTY, self.counterparty),
            (Dimension.PROJECT, self.project),
        ):
            if dimension in account.demands:
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.begin("debit" if account.side.value == "借" else "credit")

    def _next_after(self, field: QLineEdit) -> None:
        account = self._chart.get(self._code) if self._chart is not None and self._code else None
        if field is self.counterparty and account is not None and Dimension.PROJECT in account.demands:
            self.project.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.begin("debit" if account is None or account.side.value == "借" else "credit")

    def _amount_done(self, key: str) -> None:
        """Enter in an amount: on to 本年累计 where there is one, else into the table."""
        order = ("debit", "credit", "year_debit", "year_credit")
        if self._mid_year and key != order[-1]:
            following = "year_debit" if key in {"debit", "credit"} else "year_credit"
            self.begin(following)
        else:
            self._hand_on()

    def _flip(self) -> None:
        """Space: the amount belongs on the other side."""
        debit, credit = self.amounts["debit"], self.amounts["credit"]
        left, right = debit.text(), credit.text()
        debit.setText(right)
        credit.setText(left)
        self.begin("debit" if right else "credit")

    def _follow_demands(self) -> None:
        """Names are asked for only by accounts that want them; Tab skips the others."""
        account = (
            self._chart.get(self._code) if self._chart is not None and self._code in self._chart else None
        )
        for dimension, field in (
            (Dimension.COUNTERPARTY, self.counterparty),
            (Dimension.PROJECT, self.project),
        ):
            wanted = account is not None and dimension in account.demands
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus if wanted else Qt.FocusPolicy.ClickFocus)

    def _hand_on(self) -> None:
        try:
            row = self.row()
        except LedgerError as error:
            self.refused.emit(error)
            return
        self.put.emit(row)
