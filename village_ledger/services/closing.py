"""Closing and reopening months, and carrying the year's result forward."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from village_ledger.domain.chart import INCOME_AND_EXPENSE, Chart
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import DutyError, LedgerError, PeriodError
from village_ledger.domain.period import Month, MonthState, Span
from village_ledger.domain.voucher import (
    NAME_LIMIT,
    SUMMARY_LIMIT,
    StoredVoucher,
    Voucher,
    VoucherKind,
    VoucherLine,
    check_text,
)
from village_ledger.services import month_states, openings, vouchers
from village_ledger.services.changes import Changes
from village_ledger.services.check_item import CheckItem, Verdict
from village_ledger.services.close_check import check_list, latest_closed, year_end_rules
from village_ledger.services.duties import require, require_second
from village_ledger.services.outcome import Outcome
from village_ledger.storage.closing_register import ClosingRegister
from village_ledger.storage.unit_of_work import UnitOfWork

AUTOMATIC = "automatic"


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
        which = f"现在能反结账的只有 {latest}" if latest else "现在没有能反结账的月份"
        raise PeriodError(f"{month} 不能反结账", f"只能反结最近一个已结账、没有封存的月份；{which}。")
    if month.month == 12 and uow.periods.has_closing(ledger, month.year):
        raise PeriodError(
            f"{month.year}年已经年终结转，{month} 不能反结账", "以前年度的差错请用蓝字凭证更正。"
        )
    uow.periods.set_state(ledger, month, MonthState.OPEN)
    ClosingRegister(uow).note_reopening(ledger, month, approved_by, reason)
    uow.log.add(REOPENED, ledger=ledger, subject=str(month), detail=reopening_detail(approved_by, reason))
    return Outcome(month, Changes(periods=True, ledger=ledger))


REOPENED = "反结账"


def reopening_detail(approved_by: str, reason: str) -> str:
    """What the operation log says of a reopening; ``verify`` holds the record to it."""
    return f"批准人：{approved_by}；原因：{reason}"


def close_year(uow: UnitOfWork, ledger: str, year: int) -> Outcome[list[StoredVoucher]]:
    """Carry the year's income and expense to the result and the result on; December is closed first.

    The vouchers are dated 31 December, number on after December's, belong to the closing period and are posted as
    automatic (rules/year_end.toml). Raises PeriodError when December is open or the year was carried forward before.
    """
    vouchers.named(uow.by)
    require(uow, Duty.CLOSE, ledger)
    december = next((m for m in uow.reader.months(ledger) if m.month == Month(year, 12)), None)
    if december is None or december.state.accepts_vouchers:
        raise PeriodError(f"{year}年12月还没有结账", "请先结完12月，再做年终结转。")
    month = uow.periods.open_closing(ledger, year)
    made = [_post(uow, ledger, voucher) for voucher in _carry_forward(uow, ledger, year)]
    uow.periods.set_state(ledger, month, MonthState.CLOSED)
    uow.log.add("年终结转", ledger=ledger, subject=str(year), detail="、".join(str(v.ref) for v in made))
    return Outcome(made, Changes(vouchers=True, balances=True, periods=True, ledger=ledger))


def _post(uow: UnitOfWork, ledger: str, voucher: Voucher) -> StoredVoucher:
    number = uow.reader.next_number(ledger, voucher.month, voucher.word)
    voucher_id = uow.vouchers.add(ledger, voucher, number)
    uow.postings.post(ledger, [voucher_id], AUTOMATIC)
    return uow.reader.voucher(voucher_id)


def _carry_forward(uow: UnitOfWork, ledger: str, year: int) -> Iterable[Voucher]:
    """The year's carry-forward vouchers one after the other; each sees the balances the earlier ones left."""
    chart = uow.reader.chart(ledger)
    chart_id = uow.reader.ledger(ledger).chart_id
    rule = next((r for r in year_end_rules()["chart"] if r["id"] == chart_id), None)
    if rule is None:
        raise LedgerError("这张科目表没有年终结转的规则", "请联系技术人员补上规则文件。")
    results = [a.code for a in chart if a.is_leaf and a.category in INCOME_AND_EXPENSE]
    balances = _balances(uow, ledger, year)
    income = {code: balances[code] for code in results if balances.get(code, 0) < 0}
    expense = {code: balances[code] for code in results if balances.get(code, 0) > 0}
    for moved, summary in ((income, rule["summary_income"]), (expense, rule["summary_expense"])):
        if moved:
            yield _clearing(year, moved, rule["result"], summary)
    result = _balances(uow, ledger, year).get(rule["result"], 0)
    if result:
        yield _clearing(
            year, {rule["result"]: result}, _leaf(chart, rule["retained"]), rule["summary_result"]
        )
    if rule["appropriations"]:
        balances = _balances(uow, ledger, year)
        used = {c: b for c, b in balances.items() if c.startswith(rule["appropriations"]) and b}
        if used:
            yield _clearing(year, used, _leaf(chart, rule["retained"]), rule["summary_appropriations"])


def _balances(uow: UnitOfWork, ledger: str, year: int) -> dict[str, int]:
    """Closing balances of the leaves at the year's end, debit − credit, fen."""
    return {t.account: t.closing for t in uow.reader.turnovers(ledger, Span.of_year(year))}


def _clearing(year: int, balances: dict[str, int], against: str, summary: str) -> Voucher:
    """A voucher that empties some leaves into one account; balances debit − credit, fen."""
    lines = [
        VoucherLine(summary, code, credit=balance)
        if balance > 0
        else VoucherLine(summary, code, debit=-balance)
        for code, balance in sorted(balances.items())
    ]
    total = sum(balances.values())
    rest = (
        VoucherLine(summary, against, debit=total)
        if total > 0
        else VoucherLine(summary, against, credit=-total)
    )
    return Voucher(
        day=date(year, 12, 31),
        lines=(*lines, rest),
        kind=VoucherKind.GENERATED,
        no_attachment_reason="年终结转",
        closing=True,
    )


def _leaf(chart: Chart, code: str) -> str:
    return chart.usable_leaf(code).code


def _remark(item: CheckItem) -> str:
    """A warning as the log keeps it, with why it was let pass."""
    return f"{item.text.rstrip('。')}（放行：{item.waiver.reason}）" if item.waiver else item.text


def _with_evidence(item: CheckItem) -> str:
    shown = "、".join(item.evidence[:5])
    more = f"等 {len(item.evidence)} 处" if len(item.evidence) > 5 else ""
    return f"{item.text.rstrip('。')}（{shown}{more}）。" if shown else item.text
