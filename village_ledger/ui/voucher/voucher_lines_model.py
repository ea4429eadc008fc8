"""The lines of a voucher (分录) as a table: the draft on screen, kept in one place and written through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from village_ledger.domain.amount_entry import evaluate_entry
from village_ledger.domain.chart import Account, Chart, Dimension
from village_ledger.domain.errors import AmountError, ChartError
from village_ledger.domain.money import format_fen
from village_ledger.domain.quantity import parse_price, parse_quantity
from village_ledger.domain.voucher import DraftLine
from village_ledger.i18n import tr

FEWEST_LINES = 2
AnyIndex = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The cells of a line; the last three stand in the narrow line under it."""

    SUMMARY = 0
    ACCOUNT = 1
    DEBIT = 2
    CREDIT = 3
    COUNTERPARTY = 4
    PROJECT = 5
    GROUP = 6
    QUANTITY = 7
    PRICE = 8

    @property
    def key(self) -> str:
        """Name of the field in ``DraftLine``, also kept as the cursor's place in a draft."""
        return self.name.lower()

    @property
    def is_amount(self) -> bool:
        """Whether figures are typed here."""
        return self in (Column.DEBIT, Column.CREDIT)


_DIMENSIONS = {
    Column.COUNTERPARTY: Dimension.COUNTERPARTY,
    Column.PROJECT: Dimension.PROJECT,
    Column.GROUP: Dimension.GROUP,
}
MEASURES = frozenset({Column.QUANTITY, Column.PRICE})
"""Asked only of accounts kept by quantity (数量核算)."""
AUXILIARY = {column: dimension.value for column, dimension in _DIMENSIONS.items()} | {
    Column.QUANTITY: "数量",
    Column.PRICE: "单价",
}
"""Places of the narrow line and what they are called."""
TITLES = {
    Column.SUMMARY: "摘要",
    Column.ACCOUNT: "会计科目",
    Column.DEBIT: "借方金额",
    Column.CREDIT: "贷方金额",
    Column.COUNTERPARTY: "往来单位",
    Column.PROJECT: "项目",
    Column.GROUP: "村民小组",
    Column.QUANTITY: "数量",
    Column.PRICE: "单价",
}
BY_KEY = {column.key: column for column in Column}


class CellRole(IntEnum):
    """What delegates ask for beside the text."""

    FEN = Qt.ItemDataRole.UserRole + 1
    """The amount in fen, 0 for a blank cell, None when the text is no amount."""
    CODE = Qt.ItemDataRole.UserRole + 2
    """The account's code, empty while the text names no account."""
    AUXILIARY = Qt.ItemDataRole.UserRole + 3
    """The narrow line: a list of ``AuxiliaryCell``."""
    FAULT = Qt.ItemDataRole.UserRole + 4
    """A sentence when the cell cannot stay as it is, else empty."""


@dataclass(frozen=True, slots=True)
class AuxiliaryCell:
    """One place of the narrow line under a row."""

    column: Column
    label: str
    text: str
    demanded: bool


def asks(account: Account, column: Column) -> bool:
    """Whether Enter goes to a place of the narrow line for this account."""
    if column in MEASURES:
        return bool(account.unit)
    return _DIMENSIONS[column] in account.demands


def demands(account: Account, column: Column) -> bool:
    """Whether a line on this account is not whole without it."""
    if column in MEASURES:
        return column is Column.QUANTITY and account.quantity_required
    return asks(account, column)


@lru_cache(maxsize=4096)
def amount_of(text: str) -> int | None:
    """What an amount cell says in fen: 0 when blank, None while it cannot be read."""
    if not text.strip():
        return 0
    try:
        return evaluate_entry(text)
    except AmountError:
        return None


class VoucherLinesModel(QAbstractTableModel):
    """Lines of one voucher; every change goes through ``put``, ``insert`` or ``remove``."""

    lines_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: list[DraftLine] = [DraftLine() for _ in range(FEWEST_LINES)]
        self._chart: Chart | None = None
        self._read_only = False
        self._open_auxiliary: tuple[int, Column] | None = None

    # what is shown

    def show(self, lines: Sequence[DraftLine], chart: Chart, *, read_only: bool = False) -> None:
        """Show these lines, filled up to two; the list is copied."""
        self.beginResetModel()
        self._lines = [replace(line) for line in lines]
        while len(self._lines) < FEWEST_LINES:
            self._lines.append(DraftLine())
        self._chart = chart
        self._read_only = read_only
        self._open_auxiliary = None
        self.endResetModel()
        self.lines_changed.emit()

    def set_chart(self, chart: Chart) -> None:
        """Take a chart with an account more; the lines stay."""
        self._chart = chart
        self._tell(0, len(self._lines) - 1)

    @property
    def chart(self) -> Chart | None:
        """The chart accounts are looked up in."""
        return self._chart

    @property
    def read_only(self) -> bool:
        """Whether the voucher may only be read."""
        return self._read_only

    @property
    def lines(self) -> list[DraftLine]:
        """A copy of every line."""
        return [replace(line) for line in self._lines]

    def line(self, row: int) -> DraftLine:
        """A copy of one line."""
        return replace(self._lines[row])

    def text(self, row: int, column: Column) -> str:
        """What was typed in a cell."""
        return str(getattr(self._lines[row], column.key))

    def account(self, row: int) -> Account | None:
        """The account a line names, None while what is typed there is none."""
        code = self._lines[row].account
        return self._chart.get(code) if self._chart is not None and code in self._chart else None

    def amounts(self) -> list[tuple[int, int]]:
        """(debit, credit) of every line in fen; unreadable text counts as nothing."""
        return [(amount_of(line.debit) or 0, amount_of(line.credit) or 0) for line in self._lines]

    def is_untouched(self) -> bool:
        """Whether nothing at all has been typed."""
        return all(line == DraftLine() for line in self._lines)

    def auxiliary(self, row: int) -> list[AuxiliaryCell]:
        """The narrow line: what the account demands, what is filled, and where the cursor stands."""
        account = self.account(row)
        cells: list[AuxiliaryCell] = []
        for column, label in AUXILIARY.items():
            text = self.text(row, column)
            asked = account is not None and asks(account, column)
            if asked or text or self._open_auxiliary == (row, column):
                demanded = account is not None and demands(account, column)
                cells.append(AuxiliaryCell(column, label, text, demanded))
        return cells

    def open_auxiliary(self, place: tuple[int, Column] | None) -> None:
        """Show an optional place of the narrow line while the cursor stands in it."""
        if place != self._open_auxiliary:
            before, self._open_auxiliary = self._open_auxiliary, place
            for changed in (before, place):
                if changed is not None and changed[0] < len(self._lines):
                    self._tell(changed[0], changed[0])

    # changing

    def put(self, row: int, line: DraftLine) -> None:
        """Replace a line."""
        if self._lines[row] != line:
            self._lines[row] = replace(line)
            self._tell(row, row)
            self.lines_changed.emit()

    def insert(self, row: int, line: DraftLine) -> None:
        """Put a line before ``row``."""
        self.beginInsertRows(QModelIndex(), row, row)
        self._lines.insert(row, replace(line))
        self.endInsertRows()
        self.lines_changed.emit()

    def remove(self, row: int) -> None:
        """Take a line out."""
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._lines[row]
        self.endRemoveRows()
        self.lines_changed.emit()

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    # Qt's questions

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Lines, blank ones too."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Cells of a line."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Editable unless the voucher may only be read."""
        flags = super().flags(index)
        return flags if self._read_only or not index.isValid() else flags | Qt.ItemFlag.ItemIsEditable

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Column titles and line numbers."""
        spoken = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if not spoken:
            return None
        return TITLES[Column(section)] if orientation is Qt.Orientation.Horizontal else section + 1

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, figures and faults of a cell."""
        if not index.isValid():
            return None
        row, column = index.row(), Column(index.column())
        if role == Qt.ItemDataRole.EditRole:
            return self.text(row, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            shown = self._shown(row, column) or tr("空")
            return tr("第{n}行 {title} {text}", n=row + 1, title=TITLES[column], text=shown)
        if role == Qt.ItemDataRole.TextAlignmentRole and column.is_amount:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return self._for_delegate(row, column, role)

    def _for_delegate(self, row: int, column: Column, role: int) -> object:
        """Our own roles."""
        if role == CellRole.FEN and column.is_amount:
            return amount_of(self.text(row, column))
        if role == CellRole.CODE and column is Column.ACCOUNT:
            account = self.account(row)
            return account.code if account is not None else ""
        if role == CellRole.AUXILIARY:
            return self.auxiliary(row)
        return self.fault(row, column) if role == CellRole.FAULT else None

    def _shown(self, row: int, column: Column) -> str:
        text = self.text(row, column)
        if column.is_amount:
            fen = amount_of(text)
            return text if fen is None else format_fen(fen) if fen else ""
        if column is Column.ACCOUNT and self._chart is not None and self.account(row) is not None:
            return f"{text} {self._chart.path(text)}"
        return text

    def fault(self, row: int, column: Column) -> str:
        """Why a cell cannot stay as it is; empty when it can."""
        text = self.text(row, column).strip()
        if not text or self._chart is None:
            return ""
        if column.is_amount and amount_of(text) is None:
            try:
                evaluate_entry(text)
            except AmountError as refusal:
                return f"{refusal.what}。{refusal.next_step}"
        if column in MEASURES:
            try:
                (parse_quantity if column is Column.QUANTITY else parse_price)(text)
            except AmountError as refusal:
                return f"{refusal.what}。{refusal.next_step}"
        if column is Column.ACCOUNT:
            try:
                self._chart.usable_leaf(text)
            except ChartError as refusal:
                return f"{refusal.what}。{refusal.next_step}"
        return ""
