"""What the trial balance page shows, read from the book: the report's own table, folded and narrowed for the screen."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.i18n import tr
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.table import Kind, Role, Row, Table
from village_ledger.ui.tables.paged_model import side_of
from village_ledger.ui.tables.table_model import TableModel, TotalsModel, shown
from village_ledger.ui.transfers.side_rows import SideRow

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from village_ledger.storage.reader import Reader

RECENT = 6
CODE, NAME = 0, 1
NAME_CHARS = 8
"""The name column is as wide as its longest name, up to this many characters; the rest is cut."""
INDENT = "　"
"""What a level of accounts is set in by, when measuring."""
_YEAR = ("year_debit", "year_credit")


def read_trial(reader: Reader, ledger: str, span: Span) -> Table:
    """The trial balance of a ledger, by the builder the pens use; its warnings say what it leaves out."""
    return make(reader, "trial-balance", ReportRequest(ledger, span))


def narrowed(table: Table, *, with_year: bool) -> Table:
    """The table without its year columns where the screen has no room for them."""
    if with_year:
        return table
    places = [place for place, column in enumerate(table.columns) if column.key not in _YEAR]
    rows = tuple(replace(row, cells=tuple(row.cells[place] for place in places)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[place] for place in places), rows=rows)


def parents_of(rows: Iterable[Row]) -> frozenset[str]:
    """Codes with used sub-accounts below them."""
    codes = [code_of(row) for row in rows if row.role is Role.DETAIL]
    return frozenset(code for code, later in pairwise(codes) if later.startswith(code))


def code_of(row: Row) -> str:
    """Account code of a row, empty for the total."""
    return str(row.cells[CODE] or "")


def folded(table: Table, parents: Collection[str], unfolded: Collection[str]) -> Table:
    """Only rows all of whose parents are unfolded."""
    shut = [code for code in parents if code not in unfolded]

    def hidden(row: Row) -> bool:
        code = code_of(row)
        return any(code != above and code.startswith(above) for above in shut)

    return replace(table, rows=tuple(row for row in table.rows if not hidden(row)))


class TrialModel(TableModel):
    """Rows of the trial balance; an account with sub-accounts shows whether they are unfolded."""

    def __init__(
        self, table: Table, parents: Collection[str], unfolded: Collection[str], parent: QObject | None = None
    ) -> None:
        super().__init__(folded(table, parents, unfolded), parent)
        self._parents, self._unfolded = parents, unfolded
        self.leaves = sum(code_of(row) not in parents for row in table.rows if row.role is Role.DETAIL)
        longest = max(
            (INDENT * (self.level(row) - 1) + self.text(row, NAME) for row in range(self.count())),
            key=len,
            default="",
        )
        columns = list(self.columns)
        columns[CODE] = replace(columns[CODE], label=tr("编码"))
        columns[NAME] = replace(columns[NAME], label=tr("科目"), sample=longest[:NAME_CHARS])
        self.columns = tuple(columns)

    def totals_model(self) -> TotalsModel:
        """The sums, with the number of accounts they were made from."""
        rows = [
            (
                tr("合计"),
                tr("{count} 个末级科目", count=self.leaves),
                *(shown(c, Kind.MONEY) for c in row.cells[NAME + 1 :]),
            )
            for row in self.totals
        ]
        return TotalsModel(self.columns, rows)

    def strong(self, row: int) -> bool:
        """An unfolded account stands out from those below it."""
        return self.code(row) in self._parents and self.code(row) in self._unfolded

    def text(self, row: int, column: int) -> str:
        """As the report has it, with ▸ or ▾ before the name of an account that can be unfolded."""
        text = super().text(row, column)
        if column != NAME or self.role(row) is not Role.DETAIL:
            return text
        code = self.code(row)
        if code not in self._parents:
            return text
        return f"▾ {text}" if code in self._unfolded else f"▸ {text}"

    def code(self, row: int) -> str:
        """Account code of a row."""
        return code_of(self.row(row))

    def row_of(self, code: str) -> int | None:
        """Row of an account, or of the parent it is folded into."""
        rows = {self.code(row): row for row in range(self.count())}
        while code and code not in rows:
            code = code[:-1]
        return rows.get(code)


def _figure(table: Table, row: Row, key: str) -> int:
    cell = row.cells[table.column_index(key)]
    return cell if isinstance(cell, int) else 0


def closing_of(table: Table, row: Row) -> int:
    """Closing balance of a row, debit − credit, fen."""
    return _figure(table, row, "closing_debit") - _figure(table, row, "closing_credit")


def sub_accounts(table: Table, code: str) -> list[SideRow]:
    """The accounts one level below, with their closing balances, and the sum."""
    rows = [row for row in table.rows if row.role is Role.DETAIL]
    above = next(row for row in rows if code_of(row) == code)
    below = [row for row in rows if row.level == above.level + 1 and code_of(row).startswith(code)]
    if not below:
        return []
    side = side_of(closing_of(table, above))
    lines = [
        SideRow(code_of(row), str(row.cells[NAME]), _from_side(closing_of(table, row), side)) for row in below
    ]
    return [*lines, SideRow(tr("合计"), "", _from_side(closing_of(table, above), side), total=True)]


def _from_side(balance: int, side: str) -> str:
    return format_fen(-balance if side == "贷" else balance)


def recent_lines(reader: Reader, ledger: str, code: str, span: Span) -> tuple[int, list[SideRow]]:
    """How many lines an account has in a span, and its last ones with their side."""
    entries = reader.account_ledger(ledger, code, span)
    last = entries.page(max(0, entries.count - RECENT), RECENT)
    rows = [
        SideRow(
            f"{entry.day.month:02d}-{entry.day.day:02d}",
            entry.summary,
            tr("借 {sum}", sum=format_fen(entry.debit))
            if entry.debit
            else tr("贷 {sum}", sum=format_fen(entry.credit)),
        )
        for entry in last
    ]
    return entries.count, rows or [SideRow("", tr("这段时间没有发生"), "")]


def explained(table: Table, row: Row) -> str:
    """Where a row's closing balance comes from, as a sentence with its figures (怎么来的)."""
    opening = _figure(table, row, "opening_debit") - _figure(table, row, "opening_credit")
    debit, credit = _figure(table, row, "period_debit"), _figure(table, row, "period_credit")
    closing = closing_of(table, row)
    sentence = tr(
        "{name}：期初 {opening} + 借方 {debit} − 贷方 {credit} = 期末 {closing}。",
        name=f"{code_of(row)} {row.cells[NAME]}",
        opening=sided_words(opening),
        debit=format_fen(debit),
        credit=format_fen(credit),
        closing=sided_words(closing),
    )
    parts = sub_accounts(table, code_of(row))[:-1]
    if parts:
        sums = " + ".join(f"{part.lead} {part.words} {part.amount}" for part in parts)
        sentence += tr("期末由 {count} 个下级科目相加：{sums}。", count=len(parts), sums=sums)
    return sentence


def sided_words(balance: int) -> str:
    """借 1,200.00, 贷 35.00 or 平."""
    return f"{side_of(balance)} {format_fen(abs(balance))}" if balance else side_of(balance)
