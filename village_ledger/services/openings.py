"""Opening balances (期初余额): their own document with its own proof, entered once per ledger."""

from __future__ import annotations

from collections.abc import Sequence

from village_ledger.domain.chart import Chart, Dimension
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ImportRefused, LedgerError, PeriodError, VoucherError
from village_ledger.domain.imported import ImportedOpening
from village_ledger.domain.money import format_fen
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.outcome import Outcome
from village_ledger.services.vouchers import named
from village_ledger.storage.records import OpeningLine
from village_ledger.storage.unit_of_work import UnitOfWork


def set_opening(uow: UnitOfWork, ledger: str, rows: Sequence[ImportedOpening]) -> Outcome[int]:
    """Enter the opening document; returns how many balances.

    Raises VoucherError for a second, an empty or an unbalanced one, PeriodError once a month is closed, ImportRefused naming
    every row at fault.
    """
    named(uow.by)
    require(uow, Duty.OPENING, ledger)
    if uow.reader.has_opening(ledger):
        raise VoucherError("这本账的期初余额已经录入过", "期初只录一次；要更正请用凭证。")
    closed = [m.month for m in uow.reader.months(ledger) if not m.state.accepts_vouchers]
    if closed:
        raise PeriodError(f"{closed[0]} 已经结账，期初余额会改动已结的数", "请先反结账，再录入期初。")
    if not rows:
        raise VoucherError("期初余额一行也没有", "没有期初余额的新账不用导入。")
    chart = uow.reader.chart(ledger)
    faults = [fault for row in rows if (fault := _fault(chart, row))]
    seen: dict[tuple[str, str, str], int] = {}
    for row in rows:
        key = (row.account, row.counterparty, row.project)
        if key in seen:
            faults.append(f"第{row.row}行：{row.account} 和第{seen[key]}行重复")
        seen.setdefault(key, row.row)
    if faults:
        raise ImportRefused(faults)
    debit, credit = sum(row.debit for row in rows), sum(row.credit for row in rows)
    if debit != credit:
        raise VoucherError(
            f"期初借方合计 {format_fen(debit)}，贷方合计 {format_fen(credit)}，相差 {format_fen(abs(debit - credit))}",
            "请核对后再导入。",
        )
    lines = [
        OpeningLine(r.account, r.counterparty, r.project, r.debit, r.credit, r.year_debit, r.year_credit)
        for r in rows
    ]
    digest = uow.openings.enter(ledger, lines)
    uow.log.add(
        "录入期初余额",
        ledger=ledger,
        subject=f"{len(lines)} 行",
        detail=f"借贷各 {format_fen(debit)}；摘要值 {digest.hex()}",
    )
    return Outcome(len(lines), Changes(balances=True, counterparties=True, ledger=ledger))


def _fault(chart: Chart, row: ImportedOpening) -> str:
    try:
        account = chart.usable_leaf(row.account)
    except LedgerError as error:
        return f"第{row.row}行：{error.what}"
    values = {Dimension.COUNTERPARTY: row.counterparty, Dimension.PROJECT: row.project}
    for dimension in account.demands & values.keys():
        if not values[dimension]:
            return f"第{row.row}行：{account.code} {account.name} 要写明{dimension.value}"
    return ""
