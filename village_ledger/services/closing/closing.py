"""Closing and reopening months; the year is carried forward in ``year_end``."""

from __future__ import annotations

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import DutyError, PeriodError
from village_ledger.domain.period import Month, MonthState
from village_ledger.domain.voucher import (
    NAME_LIMIT,
    SUMMARY_LIMIT,
    check_text,
)
from village_ledger.services.book import month_states, openings
from village_ledger.services.changes import Changes
from village_ledger.services.check_item import CheckItem, Verdict
from village_ledger.services.closing.close_check import check_list, latest_closed
from village_ledger.services.disclosure import outdated
from village_ledger.services.duties import require, require_second
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.closing.register import ClosingRegister
from village_ledger.storage.unit_of_work import UnitOfWork


def close(uow: UnitOfWork, ledger: str, month: Month) -> Outcome[list[CheckItem]]:
    """Close a month: no voucher may enter it any more, and the chain head is sealed. Returns the check list.

    Raises PeriodError naming every line of the check list that fails; warnings do not block.
    """
    vouchers.named(uow.by)
    require(uow, Duty.CLOSE, ledger)
    state = next((m.state for m in uow.reader.months(ledger) if m.month == month), None)
    if state is None:
        raise PeriodError(f"{month.year}年{month.month}月不在这本账的年度里", "请核对月份。")
    if not state.accepts_vouchers:
        raise PeriodError(f"{month.year}年{month.month}月已经结过账", "不用再结。")
    month_states.state_in_use(uow, ledger, month)
    items = check_list(uow.reader, ledger, month)
    failed = [item for item in items if item.verdict is Verdict.FAIL]
    if failed:
        reasons = "".join(_with_evidence(item) for item in failed)
        raise PeriodError(
            f"{month.year}年{month.month}月还不能结账：{reasons.rstrip('。')}", "请先处理这几项。"
        )
    openings.settle(uow, ledger)
    found, waived = month_states.counted(items), month_states.standing(items)
    ClosingRegister(uow).note_check(ledger, month, found, waived, closed=True)
    uow.periods.set_state(ledger, month, MonthState.CLOSED)
    warned = "；".join(_remark(item).rstrip("。") for item in items if item.verdict is Verdict.WARN)
    uow.log.add("结账", ledger=ledger, subject=str(month), detail=f"提醒：{warned}" if warned else "")
    warnings = tuple(_with_evidence(item) for item in items if item.verdict is Verdict.WARN)
    return Outcome(items, Changes(periods=True, ledger=ledger), warnings)


def reopen(uow: UnitOfWork, ledger: str, month: Month, approved_by: str, reason: str) -> Outcome[Month]:
    """Reopen the latest closed month; two people and a reason, said on every later print of it (反结账).

    Raises PeriodError for any other month, a sealed one, or one whose year has been carried forward.
    """
    vouchers.named(uow.by)
    require(uow, Duty.CLOSE, ledger)
    approved_by = check_text(approved_by, "姓名", NAME_LIMIT)
    if not approved_by or approved_by == uow.by:
        raise DutyError("反结账要另一个人批准", "请写明批准人，不能和申请人是同一个人。")
    require_second(uow, approved_by, Duty.APPROVE_REOPEN, ledger)
    reason = check_text(reason, "原因", SUMMARY_LIMIT)
    if not reason:
        raise PeriodError("反结账要写明原因", "请写一句为什么要反结账。")
    latest = latest_closed(uow.reader, ledger)
    if latest != month:
        which = f"现在能反结账的只有 {latest.words()}" if latest else "现在没有能反结账的月份"
        raise PeriodError(f"{month.words()} 不能反结账", f"只能反结最近一个已结账、没有封存的月份；{which}。")
    if month.month == 12 and uow.periods.has_closing(ledger, month.year):
        raise PeriodError(
            f"{month.year}年已经年终结转，{month.month}月不能反结账", "以前年度的差错请用蓝字凭证更正。"
        )
    uow.periods.set_state(ledger, month, MonthState.OPEN)
    ClosingRegister(uow).note_reopening(ledger, month, approved_by, reason)
    uow.log.add(REOPENED, ledger=ledger, subject=str(month), detail=reopening_detail(approved_by, reason))
    warnings = outdated.reopening_warnings(uow.reader, ledger, month)
    return Outcome(month, Changes(periods=True, ledger=ledger), warnings)


REOPENED = "反结账"


def reopening_detail(approved_by: str, reason: str) -> str:
    """What the operation log says of a reopening; ``verify`` holds the record to it."""
    return f"批准人：{approved_by}；原因：{reason}"


def _remark(item: CheckItem) -> str:
    """A warning as the log keeps it, with why it was let pass."""
    return f"{item.text.rstrip('。')}（放行：{item.waiver.reason}）" if item.waiver else item.text


def _with_evidence(item: CheckItem) -> str:
    shown = "、".join(item.evidence[:5])
    more = f"等 {len(item.evidence)} 处" if len(item.evidence) > 5 else ""
    return f"{item.text.rstrip('。')}（{shown}{more}）。" if shown else item.text
