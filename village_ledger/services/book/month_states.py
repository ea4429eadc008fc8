"""A month on its way: 开 → 核 while it is checked, a warning let pass with a reason, 结 → 封 when the supervisors have signed.

While a month is 核 vouchers may still come: it stays 核, and the list says how many came since it was last run. Closing
runs the list again in any case, so that nothing old is relied on. 先不结 puts the month back to 开.
"""

from __future__ import annotations

from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import DutyError, PeriodError
from village_ledger.domain.period import CLOSING, Month, MonthState
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.check_item import CheckItem, Verdict
from village_ledger.services.closing.close_check import check_list
from village_ledger.services.duties import require, require_second
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.closing.queries import Seal
from village_ledger.storage.closing.register import ClosingRegister
from village_ledger.storage.unit_of_work import UnitOfWork

CHECKED, PUT_BACK, WAIVED, SEALED = "结账检查", "先不结账", "放行提醒", "封存"
"""Words of the operation log."""


def begin_check(uow: UnitOfWork, ledger: str, month: Month) -> Outcome[list[CheckItem]]:
    """Run the check list for closing: the month is 核 from now on. Raises PeriodError for one that is closed."""
    vouchers.named(uow.by)
    require(uow, Duty.CLOSE, ledger)
    state = state_in_use(uow, ledger, month)
    items = check_list(uow.reader, ledger, month)
    found = counted(items)
    ClosingRegister(uow).note_check(ledger, month, found, standing(items))
    if state is MonthState.OPEN:
        uow.periods.set_state(ledger, month, MonthState.CHECKING)
        detail = f"通过 {found[0]} 项，提醒 {found[1]} 项，不能结账 {found[2]} 项"
        uow.log.add(CHECKED, ledger=ledger, subject=str(month), detail=detail)
    return Outcome(items, Changes(periods=True, ledger=ledger))


def counted(items: list[CheckItem]) -> list[int]:
    """How many lines pass, warn and fail."""
    return [sum(item.verdict is verdict for item in items) for verdict in Verdict]


def standing(items: list[CheckItem]) -> list[int]:
    """Ids of the waivers that hold for what the list says now."""
    return [item.waiver.id for item in items if item.waived and item.waiver is not None]


def put_back(uow: UnitOfWork, ledger: str, month: Month) -> Outcome[Month]:
    """Leave a month that was being checked for later: 核 → 开."""
    vouchers.named(uow.by)
    require(uow, Duty.CLOSE, ledger)
    if state_in_use(uow, ledger, month) is MonthState.CHECKING:
        uow.periods.set_state(ledger, month, MonthState.OPEN)
        uow.log.add(PUT_BACK, ledger=ledger, subject=str(month))
    return Outcome(month, Changes(periods=True, ledger=ledger))


def waive(uow: UnitOfWork, ledger: str, month: Month, rule: str, reason: str) -> Outcome[list[CheckItem]]:
    """Let a warning pass with a reason; the reason stays on the list, on its print and on the prints of the month.

    Returns the lines waived. Raises PeriodError for a line that passes or fails: a failure is never waived.
    """
    vouchers.named(uow.by)
    require(uow, Duty.CLOSE, ledger)
    state_in_use(uow, ledger, month)
    reason = check_text(reason, "原因", SUMMARY_LIMIT)
    if not reason:
        raise PeriodError("放行提醒要写明原因", "请写一句为什么、怎么处理。")
    lines = [item for item in check_list(uow.reader, ledger, month) if item.rule == rule]
    warned = [item for item in lines if item.verdict is Verdict.WARN]
    if any(item.verdict is Verdict.FAIL for item in lines) or not warned:
        raise PeriodError(*_not_waivable(rule, lines))
    for item in warned:
        ClosingRegister(uow).waive(ledger, month, rule, item.text, reason)
        uow.log.add(WAIVED, ledger=ledger, subject=f"{month} {rule}", detail=waiver_detail(item.text, reason))
    now = [item for item in check_list(uow.reader, ledger, month) if item.rule == rule]
    return Outcome(now, Changes(periods=True, ledger=ledger))


def waiver_detail(found: str, reason: str) -> str:
    """What the operation log says of a waiver; ``verify`` holds the waiver to it."""
    return f"{found.rstrip('。')}；原因：{reason}"


def _not_waivable(rule: str, lines: list[CheckItem]) -> tuple[str, str]:
    failed = next((item for item in lines if item.verdict is Verdict.FAIL), None)
    if failed is not None:
        return f"{rule}“{failed.title}”没有通过，不能放行：{failed.text.rstrip('。')}", "请先处理好它。"
    if lines:
        return f"{rule}“{lines[0].title}”是通过的，没有要放行的提醒", "请核对编号。"
    return f"检查单上没有 {rule} 这一项", "请核对编号；编号印在检查单的第一栏。"


def seal(
    uow: UnitOfWork, ledger: str, month: Month, supervisors: tuple[str, str], sheet: str
) -> Outcome[list[Month]]:
    """Seal closed months up to one for ever, on the sheet two supervisors have signed; returns those sealed now.

    Raises DutyError unless two different people, neither the one who seals, signed; PeriodError for months not closed.
    """
    vouchers.named(uow.by)
    require(uow, Duty.CLOSE, ledger)
    first, second = (check_text(name, "姓名", NAME_LIMIT) for name in supervisors)
    sheet = check_text(sheet, "签字单", SUMMARY_LIMIT)
    if not first or not second or first == second:
        raise DutyError("封存要两名监事签字", "请写明两个人的姓名，不能是同一个人。")
    if uow.by in (first, second):
        raise DutyError(f"{uow.by} 自己在封存，不能又是签字的监事", "请换一个人来封存，或换一名监事签字。")
    for name in (first, second):
        require_second(uow, name, Duty.SUPERVISE, ledger)
    if not sheet:
        raise PeriodError("封存要有签字单", "请写明监事签过字的那张检查单的编号或日期。")
    waiting = [m for m in uow.reader.months(ledger) if m.month <= month and m.state is not MonthState.SEALED]
    unclosed = next((m.month for m in waiting if m.state is not MonthState.CLOSED), None)
    if unclosed is not None:
        raise PeriodError(f"{unclosed.words()}还没有结账，不能封存到{month.words()}", "请先结账。")
    if not waiting:
        raise PeriodError(f"{month.words()}没有能封存的", "请核对月份；已封存的不用再封。")
    register = ClosingRegister(uow)
    months = [m.month for m in waiting]
    if month.month == CLOSING - 1 and uow.periods.has_closing(ledger, month.year):
        months.append(Month(month.year, CLOSING))
    for each in months:
        register.note_seal(Seal(ledger, each, "supervisors", first, second, sheet))
        uow.periods.set_state(ledger, each, MonthState.SEALED)
        uow.log.add(SEALED, ledger=ledger, subject=str(each), detail=seal_detail(first, second, sheet))
    return Outcome(months, Changes(periods=True, ledger=ledger))


def seal_detail(first: str, second: str, sheet: str) -> str:
    """What the operation log says of a seal."""
    return f"监事 {first}、{second} 签字；签字单：{sheet}"


def state_in_use(uow: UnitOfWork, ledger: str, month: Month) -> MonthState:
    """State of a month that still takes vouchers; raises PeriodError for others."""
    state = next((m.state for m in uow.reader.months(ledger) if m.month == month), None)
    if state is None:
        raise PeriodError(f"{month.year}年{month.month}月不在这本账的年度里", "请核对月份。")
    if not state.accepts_vouchers:
        raise PeriodError(f"{month.year}年{month.month}月已经结过账", "不用再结。")
    return state
