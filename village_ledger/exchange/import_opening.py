"""``import opening``: the balances a ledger begins with, once, and only if they balance."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from village_ledger.domain.errors import LedgerError, UnreadableError, VoucherError
from village_ledger.domain.imported import ImportedOpening
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import NAME_LIMIT
from village_ledger.exchange.cells import fen_of, reason, required_code, text_of
from village_ledger.exchange.tabular import Cell, Fault, Field, TabularFile, is_blank, read_rows, refuse
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.domain.period import Month
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
)

_Value = TypeVar("_Value")


def import_opening(uow: UnitOfWork, ledger: str, path: Path) -> Outcome[int]:
    """Read a file of opening balances and enter them; returns how many rows.

    Raises UnreadableError, ImportRefused naming every row at fault, VoucherError when it does not balance or
    the ledger has its opening already.
    """
    from village_ledger.services import openings
    from village_ledger.services.outcome import Outcome

    table = read_rows(path, OPENING_FIELDS)
    rows = read_opening(table)
    check_year_to_date(rows, uow.reader.ledger(ledger).start)
    done = openings.set_opening(uow, ledger, rows)
    return Outcome(done.value, done.changes, (*table.notices, *done.warnings))


def read_opening(table: TabularFile) -> list[ImportedOpening]:
    """The balances of a file; raises ImportRefused naming every row at fault."""
    faults: list[Fault] = []
    rows: list[ImportedOpening] = []

    def get(key: str, read: Callable[[Cell], _Value], otherwise: _Value) -> _Value:
        try:
            return read(table.value(cells, key))
        except LedgerError as error:
            faults.append(table.fault(row, reason(error), key))
            return otherwise

    for row, cells in table:
        if is_blank(cells):
            continue
        before = len(faults)
        read = ImportedOpening(
            row,
            get("code", required_code, ""),
            get("counterparty", lambda cell: text_of(cell, tr("往来单位"), NAME_LIMIT), ""),
            get("project", lambda cell: text_of(cell, tr("项目"), NAME_LIMIT), ""),
            *(get(key, fen_of, 0) for key in ("debit", "credit", "year_debit", "year_credit")),
        )
        rows.append(read)
        if len(faults) == before:
            faults += _sides(table, read)
    refuse([*faults, *table.faults])
    if not rows:
        raise UnreadableError(
            tr("“{name}”里只有表头，没有余额", name=table.path.name), tr("请核对是不是选错了文件。")
        )
    return rows


def _sides(table: TabularFile, row: ImportedOpening) -> list[Fault]:
    """A balance stands on one side; a row with turnover of the year alone has none."""
    if row.debit and row.credit:
        return [table.fault(row.row, tr("借方和贷方都有金额。请只留一边。"))]
    if not (row.debit or row.credit or row.year_debit or row.year_credit):
        return [table.fault(row.row, tr("没有金额。请填上借方或贷方，没有余额的行请删去。"))]
    return []


def check_year_to_date(rows: Sequence[ImportedOpening], start: Month) -> None:
    """本年累计 of both sides must agree, and there is none before January; raises VoucherError."""
    debit, credit = sum(row.year_debit for row in rows), sum(row.year_credit for row in rows)
    if debit != credit:
        raise VoucherError(
            tr(
                "本年累计借方合计 {debit}，贷方合计 {credit}，相差 {gap}",
                debit=format_fen(debit),
                credit=format_fen(credit),
                gap=format_fen(abs(debit - credit)),
            ),
            tr("请核对后再导入。"),
        )
    if start.month == 1 and any(row.year_debit or row.year_credit for row in rows):
        raise VoucherError(
            tr("这本账从 {start} 建账，年初以前没有本年累计", start=start), tr("请去掉本年累计两列再导入。")
        )
