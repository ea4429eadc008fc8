"""Last year's statement columns (上年数) of a ledger's first year, typed from the old program's paper."""

from __future__ import annotations

from collections.abc import Mapping

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import LedgerError, PeriodError
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.setup.register import LastYears
from village_ledger.storage.unit_of_work import UnitOfWork

ENTERED = "录入上年数"
"""Action in the operation log; it ends with the digest, which ``verify`` holds the figures to."""


def enter(uow: UnitOfWork, ledger: str, report: str, figures: Mapping[str, int]) -> Outcome[int]:
    """Keep last year's figures of a statement, in place of earlier ones; returns how many lines.

    The caller has held the lines to the statement's definition. Raises PeriodError once the first year is carried
    forward, LedgerError when there is nothing.
    """
    require(uow, Duty.OPENING, ledger)
    named(uow.by)
    info = uow.reader.ledger(ledger)
    if uow.reader.is_carried_forward(ledger, info.start.year):
        raise PeriodError(f"{info.start.year}年已经年终结转，上年数不能再改", "启用当年结转以前才能录。")
    if not figures:
        raise LedgerError("上年数一行也没有", "请核对是不是选错了文件。")
    again = uow.reader.last_year(ledger, report) is not None
    digest = LastYears(uow).enter(ledger, report, figures)
    how = "重新录入，原来的作废；" if again else ""
    uow.log.add(
        ENTERED, ledger=ledger, subject=report, detail=f"{how}{len(figures)} 行；摘要值 {digest.hex()}"
    )
    return Outcome(len(figures), Changes(balances=True, ledger=ledger))
