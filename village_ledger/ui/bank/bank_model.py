"""The two tables of bank matching: what the bank says at the left, what the books say at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.bank_matching import Group
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.reports.table import Link
from village_ledger.services.bank.bank_assertions import Broken, broken
from village_ledger.services.bank.bank_matches import OUTSTANDING, proposals
from village_ledger.services.bank.bank_position import Position, Reconciliation, read_position, reconcile
from village_ledger.storage.bank.queries import BankAccount, BankLine, BookLine, Outstanding
from village_ledger.storage.reader import Reader
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn

Key = tuple[int, ...]

_TICK, _STATE = 0, 4
COLUMNS = (
    ScreenColumn("tick", "选", Look.MARK),
    ScreenColumn("date", "日期", Look.TEXT, "12-31"),
    ScreenColumn("text", "内容", Look.TEXT, "电费代扣 某某", stretch=1),
    ScreenColumn("amount", "收（付）", Look.MONEY, "-99,999.99", hair=True),
    ScreenColumn("state", "勾对", Look.TEXT, "疑似错账"),
)
MATCHED, WAITING = "已勾对", "未勾对"


@dataclass(frozen=True, slots=True)
class Side:
    """One line of either table."""

    key: Key
    day: date
    text: str
    amount: int
    state: str
    match: int
    voucher_id: int = 0


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the page shows of an account for a month, read in one go."""

    account: BankAccount
    position: Position
    found: Reconciliation
    lost: tuple[Broken, ...]
    proposed: tuple[Group, ...]
    bank: tuple[Side, ...]
    book: tuple[Side, ...]


def read_desk(reader: Reader, account: BankAccount, day: date) -> Desk:
    """Lines that concern the month ending on ``day``: those of the month, and earlier ones still waiting."""
    with reader.snapshot():
        position = read_position(reader, account, whole=not reader.bank_statements(account.id))
        found = reconcile(reader, account, day, position)
        lost = tuple(broken(reader, account, position))
        proposed = proposals(reader, account).proposed
    first = day.replace(day=1)
    start = position.start or first
    bank = [_of_bank(x) for x in position.lines if x.day <= day and (x.day >= first or not x.match)]
    book = [
        _of_book(x)
        for x in position.book
        if x.day <= day and (x.day >= first or (not x.match and x.day >= start))
    ]
    for x in position.outstanding:
        if not x.match and x.day <= day:
            (book if x.side == "book" else bank).insert(0, _of_outstanding(x))
    return Desk(account, position, found, lost, proposed, tuple(bank), tuple(book))


def _of_bank(x: BankLine) -> Side:
    text = " ".join(t for t in (x.counterparty, x.remark) if t)
    state = MATCHED if x.match else {"suspected": "疑似错账", "error": "银行错账"}.get(x.mark, "")
    if not state:
        state = "已填凭证" if x.drafted else WAITING
    return Side((x.id,), x.day, text, x.amount, state, x.match)


def _of_book(x: BookLine) -> Side:
    text = f"{x.ref.partition('/')[2]} {x.summary}"
    return Side(
        (x.voucher_id, x.line), x.day, text, x.amount, MATCHED if x.match else WAITING, x.match, x.voucher_id
    )


def _of_outstanding(x: Outstanding) -> Side:
    return Side((OUTSTANDING, x.id), x.day, f"期初未达 {x.remark}", x.amount, WAITING, x.match)


class SideModel(FigureModel):
    """One of the two tables; ticked lines are kept by key, so that a reload keeps them."""

    def __init__(self, rows: Sequence[Side], ticked: set[Key]) -> None:
        super().__init__(COLUMNS)
        self.rows = tuple(rows)
        there = {row.key for row in rows if not row.match}
        self.ticked = ticked & there

    def count(self) -> int:
        """Lines."""
        return len(self.rows)

    def text(self, row: int, column: int) -> str:
        """The cell as shown."""
        x = self.rows[row]
        return ("", f"{x.day.month:02d}-{x.day.day:02d}", x.text, format_fen(x.amount), x.state)[column]

    def words(self, row: int, column: int) -> str:
        """The tick in words."""
        if column == _TICK:
            ticked = self.mark(row)
            return "" if ticked is None else tr("已选") if ticked else tr("没有选")
        return self.text(row, column)

    def mark(self, row: int) -> bool | None:
        """Ticked or not; a matched line has nothing to tick."""
        x = self.rows[row]
        return None if x.match else x.key in self.ticked

    def strong(self, row: int) -> bool:
        """Lines still waiting stand out."""
        return not self.rows[row].match

    def link(self, row: int) -> Link | None:
        """The voucher of a line of the books."""
        x = self.rows[row]
        return Link("voucher", str(x.voucher_id)) if x.voucher_id else None

    def toggle(self, row: int) -> bool:
        """Tick a line or take the tick back; False for a matched one."""
        x = self.rows[row]
        if x.match:
            return False
        self.ticked ^= {x.key}
        self.dataChanged.emit(self.index(row, _TICK), self.index(row, _TICK))
        return True

    def chosen_rows(self) -> list[Side]:
        """The ticked lines."""
        return [x for x in self.rows if x.key in self.ticked]

    def row_of(self, known: Callable[[Side], bool]) -> int | None:
        """The first row of which something is true."""
        return next((i for i, x in enumerate(self.rows) if known(x)), None)
