"""Templates (模板): kept from a voucher, changed, filled; and copying a voucher, also into the other ledger."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache

from village_ledger.domain.chart import Chart
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ChartError, PeriodError, VoucherError
from village_ledger.domain.money import plain_fen
from village_ledger.domain.period import Month
from village_ledger.domain.quantity import plain_quantity
from village_ledger.domain.template import (
    Filled,
    Template,
    Variable,
    checked,
    ensure_usable,
    fill,
    from_draft,
)
from village_ledger.domain.voucher import Draft, DraftLine, StoredVoucher, VoucherKind
from village_ledger.resources_dir import resource
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.outcome import Outcome
from village_ledger.storage.reader import Reader
from village_ledger.storage.templates.register import TemplatesRegister
from village_ledger.storage.unit_of_work import UnitOfWork

COPIABLE = frozenset({VoucherKind.NORMAL, VoucherKind.CORRECTION})


def keep(uow: UnitOfWork, template: Template) -> Outcome[Template]:
    """Keep a template; one of the same name in its ledger is replaced.

    Raises VoucherError without a name or two lines, ChartError for an account no line may name.
    """
    require(uow, Duty.PREPARE, template.ledger)
    tidy = checked(template, uow.reader.chart(template.ledger))
    known = {t.name: t for t in uow.reader.templates(template.ledger, with_inactive=True)}
    template_id = TemplatesRegister(uow).keep(tidy)
    action = "修改模板" if tidy.name in known else "存为模板"
    uow.log.add(action, ledger=tidy.ledger, subject=tidy.name, detail=f"{len(tidy.lines)} 行")
    return Outcome(replace(tidy, id=template_id), Changes(templates=True, ledger=tidy.ledger))


def keep_from_draft(
    uow: UnitOfWork,
    draft: Draft,
    name: str,
    day: date,
    *,
    ask_amounts: bool = True,
    ask_parties: bool = False,
) -> Outcome[Template]:
    """Keep a voucher as typed as a template; see ``domain.template.from_draft``."""
    return keep(uow, from_draft(draft, name, day, ask_amounts=ask_amounts, ask_parties=ask_parties))


def change(
    uow: UnitOfWork, template_id: int, name: str, variables: tuple[Variable, ...], *, active: bool = True
) -> Outcome[Template]:
    """Rename a template, set its variables' kinds and defaults, or switch it on or off.

    Raises VoucherError for a name another template of the ledger has.
    """
    old = find(uow.reader, template_id)
    require(uow, Duty.PREPARE, old.ledger)
    changed = replace(old, name=name, variables=variables, active=active)
    new = checked(changed, uow.reader.chart(old.ledger)) if active else replace(changed, name=old.name)
    register = TemplatesRegister(uow)
    if new.name != old.name:
        if any(t.name == new.name for t in uow.reader.templates(old.ledger, with_inactive=True)):
            raise VoucherError(f"已经有叫“{new.name}”的模板", "请换一个名称。")
        register.rename(template_id, new.name)
    register.keep(new)
    action = "修改模板" if active else "停用模板"
    uow.log.add(
        action, ledger=old.ledger, subject=new.name, detail=f"原名 {old.name}" if new.name != old.name else ""
    )
    return Outcome(new, Changes(templates=True, ledger=old.ledger))


def find(reader: Reader, template_id: int) -> Template:
    """A template; raises VoucherError when there is none."""
    found = reader.template(template_id)
    if found is None:
        raise VoucherError("这个模板已经没有了", "请从清单里另选一个。")
    return found


def filled(
    reader: Reader,
    template_id: int,
    ledger: str,
    day: date,
    values: Mapping[str, str] | None = None,
    *,
    any_month: bool = False,
) -> Filled:
    """A template filled for a day, books untouched.

    Raises VoucherError for a template of the other ledger or one switched off, ChartError for an account no line may
    name any more, PeriodError for a day whose month takes no vouchers. With ``any_month`` the month is left to the date
    field, which says so at once, as when it is typed.
    """
    template = find(reader, template_id)
    if template.ledger != ledger:
        title = reader.ledger(template.ledger).title
        raise VoucherError(f"模板“{template.name}”是{title}的", "请换到那本账再用它。")
    if not template.active:
        raise VoucherError(f"模板“{template.name}”已停用", "请先在“模板”里启用它。")
    ensure_usable(template, reader.chart(ledger))
    if not any_month:
        ensure_open(reader, ledger, Month.of(day))
    return fill(template, day, values)


def ensure_open(reader: Reader, ledger: str, month: Month) -> None:
    """Raise PeriodError unless vouchers may be entered in the month."""
    if not reader.month_state(ledger, month).accepts_vouchers:
        raise PeriodError(f"{month.year}年{month.month}月已结账", "请记入还没结账的月份。")


# copying


def copy_day(reader: Reader, ledger: str, today: date) -> date:
    """Today where its month takes vouchers, else the first day of the first open month from then on, or at all."""
    open_months = [info.month for info in reader.months(ledger) if info.state.accepts_vouchers]
    this = Month.of(today)
    if this in open_months:
        return today
    later = [month for month in open_months if month > this] or open_months
    return later[0].first if later else Month(reader.months(ledger)[-1].month.year + 1, 1).first


def copy_of(reader: Reader, voucher_id: int, today: date) -> Draft:
    """A new draft with the lines of a voucher, dated ``copy_day``; attachments are asked anew.

    Raises VoucherError for one made by the program or undoing another.
    """
    stored = reader.voucher(voucher_id)
    _ensure_copiable(stored)
    return _draft(stored, stored.ledger, copy_day(reader, stored.ledger, today), {})


def copy_across(
    reader: Reader, voucher_id: int, ledger: str, partners: Mapping[str, str], today: date
) -> Draft:
    """The same for another ledger; ``partners`` names the account there for each account of the voucher.

    Raises ChartError for one that is missing or that no line of that ledger may name.
    """
    stored = reader.voucher(voucher_id)
    _ensure_copiable(stored)
    here, there = reader.chart(stored.ledger), reader.chart(ledger)
    for line in stored.voucher.lines:
        partner = partners.get(line.account, "")
        if not partner:
            raise ChartError(
                f"{line.account} {here.get(line.account).name} 在另一本账里记哪个科目还没有选", "请逐个选好。"
            )
        there.usable_leaf(partner)
    return _draft(stored, ledger, copy_day(reader, ledger, today), partners)


def _ensure_copiable(stored: StoredVoucher) -> None:
    if stored.voucher.kind not in COPIABLE or stored.voucher.closing:
        raise VoucherError(f"{stored.ref.short} 是程序生成或冲销用的凭证，不能复制", "请另填一张。")


def _draft(stored: StoredVoucher, ledger: str, day: date, partners: Mapping[str, str]) -> Draft:
    lines = [
        DraftLine(
            line.summary,
            partners.get(line.account, line.account),
            plain_fen(line.debit) if line.debit else "",
            plain_fen(line.credit) if line.credit else "",
            line.counterparty,
            line.project,
            line.group,
            plain_quantity(line.quantity) if line.quantity else "",
        )
        for line in stored.voucher.lines
    ]
    head = stored.voucher
    return Draft(
        ledger,
        day.isoformat(),
        word=head.word,
        handler=head.handler,
        witness=head.witness,
        approver=head.approver,
        lines=lines,
        cursor=(0, "summary"),
    )


@lru_cache(maxsize=1)
def _pairs() -> tuple[tuple[str, str], ...]:
    rules = tomllib.loads(resource("rules", "partner_accounts.toml").read_text(encoding="utf-8"))
    return tuple((here, there) for here, there in rules["pairs"])


def partners_of(reader: Reader, voucher_id: int, ledger: str) -> dict[str, str]:
    """For each account of a voucher the account of another ledger to offer: remembered, by rule, or empty."""
    stored = reader.voucher(voucher_id)
    chart = reader.chart(ledger)
    return {
        line.account: reader.setting(_key(stored.ledger, ledger, line.account))
        or _offered(chart, line.account)
        for line in stored.voucher.lines
    }


def _offered(chart: Chart, code: str) -> str:
    for one, other in _pairs():
        for here, there in ((one, other), (other, one)):
            if code.startswith(here):
                leaves = [a.code for a in chart if a.code.startswith(there) and a.is_leaf and a.active]
                if leaves:
                    return leaves[0]
    return code if code in chart and chart.get(code).is_leaf else ""


def remember_partners(uow: UnitOfWork, source: str, target: str, partners: Mapping[str, str]) -> Outcome[int]:
    """Remember which accounts mean the same; offered at the next copy."""
    require(uow, Duty.PREPARE, target)
    for here, there in partners.items():
        uow.reader.chart(target).usable_leaf(there)
        uow.settings.set(_key(source, target, here), there)
    uow.log.add("记住对应科目", ledger=target, detail="、".join(f"{a}→{b}" for a, b in partners.items()))
    return Outcome(len(partners), Changes(settings=True))


def _key(source: str, target: str, code: str) -> str:
    return f"partner.{source}.{target}.{code}"
