"""Further ledgers of a book: those of village groups (小组账), a farm-machine team (农机队) and the like."""

from __future__ import annotations

import re
from dataclasses import replace

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import LedgerError, PeriodError
from village_ledger.domain.registration_code import check_code
from village_ledger.domain.voucher import NAME_LIMIT, check_text
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.charts import load_preset
from village_ledger.storage.records import LedgerInfo
from village_ledger.storage.setup.register import Ledgers, LedgerSpec
from village_ledger.storage.spec import CHART_OF, CommitteeChart
from village_ledger.storage.unit_of_work import UnitOfWork

ADDED = "增设账套"
"""Action in the operation log; ``verify`` holds the ledger to what it says."""
_CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_CODE_LIMIT = 30


def add(uow: UnitOfWork, spec: LedgerSpec, chart: CommitteeChart) -> Outcome[LedgerInfo]:
    """Add a ledger with its own chart, numbers, periods, sheets and stamp; raises as ``add_with_chart`` does."""
    kind = kind_of(spec.code.strip(), chart)
    return add_with_chart(uow, replace(spec, kind=kind), CHART_OF[kind, chart])


def add_with_chart(uow: UnitOfWork, spec: LedgerSpec, chart_id: str) -> Outcome[LedgerInfo]:
    """Add a ledger of a kind with a shipped chart, as one that goes on from another book.

    Raises LedgerError for a code that is taken or no code, a blank title or entity, a title two ledgers would share.
    A registration code that cannot be right is a warning: the certificate may come later.
    """
    require(uow, Duty.ADMINISTER)
    named(uow.by)
    code = spec.code.strip()
    if not _CODE.fullmatch(code) or len(code) > _CODE_LIMIT:
        raise LedgerError(
            f"账的代号“{code[:_CODE_LIMIT]}”不对", "请用小写字母、数字和短横线，例如 group-01。"
        )
    if spec.start.is_closing:
        raise PeriodError(f"{spec.start} 不是月份", "请写 1 到 12 月，例如 2025-07。")
    there = uow.reader.ledgers()
    if code in {info.code for info in there}:
        raise LedgerError(f"代号 {code} 的账已经有了", "请换一个代号。")
    title = check_text(spec.title, "账的名称", NAME_LIMIT)
    entity = check_text(spec.entity, "单位名称", NAME_LIMIT)
    for words, text in (("账的名称", title), ("单位名称", entity)):
        if not text:
            raise LedgerError(f"{words}是空的", f"请填上{words}。")
    twin = next((info for info in there if info.title == title), None)
    if twin is not None:
        raise LedgerError(f"已经有一本“{title}”（{twin.code}）", "请换一个名称，两本账才分得清。")
    registered = check_code(spec.registration_code)
    made = replace(spec, code=code, title=title, entity=entity, registration_code=registered.code)
    Ledgers(uow).add(made, load_preset(chart_id))
    info = uow.reader.ledger(code)
    uow.log.add(ADDED, ledger=code, subject=title, detail=describe(info))
    warnings = (f"{registered.sentence}。",) if registered.sentence else ()
    return Outcome(info, Changes(settings=True, accounts=True, periods=True), warnings)


def kind_of(code: str, chart: CommitteeChart) -> LedgerKind:
    """Whose rules a further ledger follows: a group's or team's are the collective's, but with the surplus chart."""
    if code == LedgerKind.COMMITTEE.value or chart is CommitteeChart.SURPLUS:
        return LedgerKind.COMMITTEE
    return LedgerKind.COLLECTIVE


def describe(info: LedgerInfo) -> str:
    """A ledger in the operation log: everything about it that never changes."""
    registered = info.registration_code or "未填"
    return f"{info.title}|{info.entity}|{info.kind.value}|{info.chart_id}|{info.code_widths}|{info.start}|代码 {registered}"
