"""``import opening``: the balances a ledger begins with, once, and only if they balance."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.errors import UnreadableError
from village_ledger.domain.imported import ImportedOpening
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import NAME_LIMIT
from village_ledger.exchange.reading.cells import CellReader, fen_of, quantity_of, required_code, text_of
from village_ledger.exchange.reading.tabular import Field, TabularFile, is_blank, read_rows, refuse
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork

OPENING_FIELDS = (
    Field("code", "科目编码"),
    Field("counterparty", "往来单位"),
    Field("project", "项目"),
    Field("debit", "借方金额"),
    Field("credit", "贷方金额"),
    Field("year_debit", "本年累计借方", required=False),
    Field("year_credit", "本年累计贷方", required=False),
    Field("start_debit", "年初借方", required=False),
    Field("start_credit", "年初贷方", required=False),
    Field("quantity", "数量", required=False),
)

_AMOUNTS = ("debit", "credit", "year_debit", "year_credit")
_START = ("start_debit", "start_credit")


def import_opening(uow: UnitOfWork, ledger: str, path: Path, *, provisional: bool = False) -> Outcome[int]:
    """Read a file of opening balances and enter them, as final or as provisional; returns how many rows.

    Raises UnreadableError, ImportRefused naming every row at fault, VoucherError when it does not balance or
    the ledger has its opening already.
    """
    from village_ledger.services.book import openings
    from village_ledger.services.outcome import Outcome

    table = read_rows(path, OPENING_FIELDS)
    done = openings.set_opening(uow, ledger, read_opening(table), provisional=provisional)
    return Outcome(done.value, done.changes, (*table.notices, *done.warnings))


def change_opening(uow: UnitOfWork, ledger: str, path: Path, reason: str) -> Outcome[int]:
    """Read a file of opening balances in place of a provisional document; returns how many balances differ.

    Raises what ``import_opening`` raises, VoucherError when the document is final.
    """
    from village_ledger.services.book import openings
    from village_ledger.services.outcome import Outcome

    table = read_rows(path, OPENING_FIELDS)
    done = openings.change(uow, ledger, read_opening(table), reason)
    return Outcome(len(done.value), done.changes, (*table.notices, *done.warnings))


def read_opening(table: TabularFile) -> list[ImportedOpening]:
    """The balances of a file; raises ImportRefused naming every row at fault."""
    reader = CellReader(table)
    rows: list[ImportedOpening] = []
    for row, cells in table:
        if is_blank(cells):
            continue
        before = len(reader.faults)
        read = ImportedOpening(
            row,
            reader.get(row, cells, "code", required_code, ""),
            reader.get(
                row, cells, "counterparty", lambda cell: text_of(cell, tr("往来单位"), NAME_LIMIT), ""
            ),
            reader.get(row, cells, "project", lambda cell: text_of(cell, tr("项目"), NAME_LIMIT), ""),
            *(reader.get(row, cells, key, fen_of, 0) for key in _AMOUNTS),
            quantity=reader.get(row, cells, "quantity", quantity_of, 0),
        )
        rows.append(read)
        start = [reader.get(row, cells, key, fen_of, 0) for key in _START]
        if len(reader.faults) == before:
            _check_sides(reader, read)
            if any(start):
                _check_start(reader, read, *start)
    refuse([*reader.faults, *table.faults])
    if not rows:
        raise UnreadableError(
            tr("“{name}”里只有表头，没有余额", name=table.path.name), tr("请核对是不是选错了文件。")
        )
    return rows


def _check_sides(reader: CellReader, row: ImportedOpening) -> None:
    """A balance stands on one side; a row with turnover of the year alone has none."""
    if row.debit and row.credit:
        reader.note(row.row, tr("借方和贷方都有金额。请只留一边。"))
    elif not (row.debit or row.credit or row.year_debit or row.year_credit):
        reader.note(row.row, tr("没有金额。请填上借方或贷方，没有余额的行请删去。"))


def _check_start(reader: CellReader, row: ImportedOpening, start_debit: int, start_credit: int) -> None:
    """年初数 and 本年累计 must lead to the balance."""
    worked_out = start_debit - start_credit + row.year_debit - row.year_credit
    balance = row.debit - row.credit
    if worked_out != balance:
        said = tr(
            "年初数加减本年累计得 {worked_out}，期初写的是 {balance}，对不上。",
            worked_out=sided_words(worked_out),
            balance=sided_words(balance),
        )
        reader.note(row.row, said)


def sided_words(balance: int) -> str:
    """A balance with its side, 借 1,200.00."""
    return f"{tr('贷') if balance < 0 else tr('借')} {format_fen(abs(balance))}"
