"""What must be there before an inter-ledger document is made: texts, shares, the resolution, bank accounts, the budget line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from village_ledger.domain.chart import LedgerKind, Money
from village_ledger.domain.errors import ChartError, LedgerError, PeriodError, VoucherError
from village_ledger.domain.inter_ledger import Asked, Choice, KindRule, Plan
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.services.bank.bank_accounts import bank_number
from village_ledger.services.planning import budgets
from village_ledger.services.planning.budgets import BudgetUse
from village_ledger.services.transfers import resolutions
from village_ledger.storage.bank.queries import BankAccount
from village_ledger.storage.reader import Reader

Codes = Mapping[LedgerKind, str]
"""The collective's and the committee's ledger."""


def checked(reader: Reader, rule: KindRule, asked: Asked, codes: Codes) -> tuple[Asked, list[str]]:
    """The document with its texts tidied and banks as leaves, and what must be said of it.

    Raises VoucherError, ChartError or PeriodError for what a kind asks and does not have.
    """
    summary = check_text(asked.summary, "摘要", SUMMARY_LIMIT)
    if not summary:
        raise VoucherError("往来单没有摘要", "请写明是什么事。")
    if asked.amount <= 0:
        raise VoucherError("往来单的金额要大于零", "要退回或更正，请把原来的往来单两边一起冲销。")
    if "share" in rule.asks:
        _check_shares(asked)
    warnings = _check_resolution(reader, rule, asked) if "resolution" in rule.asks else []
    if asked.settles and not rule.settles:
        raise VoucherError(f"“{rule.name}”不归还哪一份往来单", "请去掉要归还的单号。")
    counterparty = check_text(asked.counterparty, "往来单位", NAME_LIMIT)
    project = check_text(asked.project, "项目", NAME_LIMIT)
    plan_item = check_text(asked.plan_item, "计划项目", SUMMARY_LIMIT)
    tidy = replace(asked, summary=summary, counterparty=counterparty, project=project, plan_item=plan_item)
    return with_banks(reader, tidy, codes), warnings


def _check_shares(asked: Asked) -> None:
    shares = (asked.collective.amount, asked.committee.amount)
    if min(shares) <= 0 or sum(shares) != asked.amount:
        raise VoucherError(
            f"分割单各家的份加起来是 {format_fen(sum(shares))}，整张票是 {format_fen(asked.amount)}",
            "请让两家的份都大于零，加起来正好等于整张票。",
        )


def _check_resolution(reader: Reader, rule: KindRule, asked: Asked) -> list[str]:
    """Sentences about the vote; raises VoucherError without a resolution that was carried before the day."""
    if not asked.resolution.strip():
        raise VoucherError(
            f"“{rule.name}”要有决议（集体经济组织法第26条、第51条），没有写决议文号",
            "请先登记决议，再写上它的文号。",
        )
    found = reader.resolution(asked.resolution)
    if found.day > asked.day:
        raise PeriodError(
            f"决议 {found.number} 是 {found.day} 作出的，晚于这一笔的日期 {asked.day}",
            "先有决议才能付款，请核对日期和文号。",
        )
    return resolutions.ensure_carried(reader, found)


# Bank accounts


def with_banks(reader: Reader, asked: Asked, codes: Codes) -> Asked:
    """The document with account numbers turned into leaves; raises ChartError for a number of somebody else."""
    mine = _bank(reader, codes, LedgerKind.COLLECTIVE, asked.collective)
    theirs = _bank(reader, codes, LedgerKind.COMMITTEE, asked.committee)
    return replace(asked, collective=mine, committee=theirs)


def _bank(reader: Reader, codes: Codes, kind: LedgerKind, choice: Choice) -> Choice:
    ledger = codes[kind]
    if not choice.bank or choice.bank in reader.chart(ledger):
        return choice
    here = reader.ledger(ledger)
    other = next(code for who, code in codes.items() if who is not kind)
    if choice.bank in reader.chart(other) and reader.chart(other).get(choice.bank).money is Money.BANK:
        raise ChartError(
            f"{choice.bank} 是{reader.ledger(other).entity}的银行户，一个户头只归一本账",
            f"请写{here.entity}自己的科目或账号。",
        )
    try:
        found = reader.bank_account_by_number(bank_number(choice.bank))
    except LedgerError:
        found = None
    if found is None:
        return choice
    if found.ledger != ledger:
        owner = reader.ledger(found.ledger)
        raise ChartError(
            f"账号 {found.masked}（{found.bank}）是{owner.entity}的户头，不是{here.entity}的，一个户头只归一本账",
            f"请写{here.entity}自己的科目或账号。",
        )
    return replace(choice, bank=found.account)


def ensure_banks_usable(reader: Reader, made: Plan, codes: Codes) -> None:
    """Raises ChartError where money would move on an account that was already closed."""
    for kind, voucher in made.vouchers.items():
        registered = banks_of(reader, codes[kind])
        for line in voucher.lines:
            bank = registered.get(line.account)
            if bank is not None and bank.closed and date.fromisoformat(bank.closed) < voucher.day:
                raise ChartError(
                    f"{bank.account} {bank.name}（{bank.bank} {bank.masked}）{bank.closed} 已经销户",
                    "请换一个户头，或核对日期。",
                )


def banks_of(reader: Reader, ledger: str) -> dict[str, BankAccount]:
    """Registered bank accounts of a ledger by their leaf."""
    return {bank.account: bank for bank in reader.bank_accounts(ledger)}


# The budget line


def plan_lines(reader: Reader, ledger: str, year: int) -> list[BudgetUse]:
    """Lines of the year's plan a subsidy may belong to: everything but income."""
    return [use for use in budgets.uses(reader, ledger, year) if not use.is_income]


def plan_label(use: BudgetUse) -> str:
    """A line of the plan as documents keep it: code, path, project."""
    project = f"（{use.line.project}）" if use.line.project else ""
    return f"{use.line.account} {use.path}{project}"


def plan_standing(use: BudgetUse, own: int = 0) -> str:
    """Planned, used with ``own`` fen, and left, in words."""
    used = use.used + own
    left = use.line.amount - used
    rest = f"还剩 {format_fen(left)}" if left >= 0 else f"超出 {format_fen(-left)}"
    return f"计划 {format_fen(use.line.amount)}，{'含本单' if own else ''}已用 {format_fen(used)}，{rest}"


def with_plan_line(
    reader: Reader, rule: KindRule, asked: Asked, made: Plan, ledger: str
) -> tuple[Asked, list[str]]:
    """The document with its line of the year's plan in full, and how much of the line is left.

    Raises VoucherError for a line the plan has not; where the year has no plan the words stay as they are.
    """
    if "plan" not in rule.asks:
        return asked, []
    year, lines = asked.day.year, plan_lines(reader, ledger, asked.day.year)
    if not lines:
        if asked.plan_item:
            return asked, []
        return asked, [f"{year}年还没有录年度财务计划，也没有写计划项目；请写明这笔钱列在计划的哪一项。"]
    account = made.vouchers[LedgerKind.COLLECTIVE].lines[0].account
    if asked.plan_item:
        use, said = _named_line(lines, asked.plan_item, year), ""
    else:
        use, said = _covering(lines, account, asked.project), "没有写计划项目，照科目归到这一项。"
        if use is None:
            return asked, [f"{year}年财务计划里没有包含 {account} 的项目；请核对，或先按程序调整计划。"]
    covers = account.startswith(use.line.account)
    sentence = f"{plan_label(use)}：{year}年{plan_standing(use, asked.amount if covers else 0)}。{said}"
    warnings = [sentence]
    if not covers:
        warnings.append(f"这一笔记在 {account}，不在计划项目“{plan_label(use)}”的科目里，不会算作它的已用。")
    return replace(asked, plan_item=plan_label(use)), warnings


def _named_line(lines: Sequence[BudgetUse], text: str, year: int) -> BudgetUse:
    found = [use for use in lines if text in _names(use)]
    whole = [use for use in found if not use.line.project]
    if len(found) == 1 or len(whole) == 1:
        return found[0] if len(found) == 1 else whole[0]
    listed = "、".join(plan_label(use) for use in (found or lines)[:6])
    if found:
        raise VoucherError(f"{year}年财务计划里有 {len(found)} 项都叫“{text}”", f"请写明是哪一项：{listed}。")
    raise VoucherError(
        f"{year}年财务计划里没有“{text}”这一项", f"可以是：{listed}；要加项目，请先按程序调整计划。"
    )


def _names(use: BudgetUse) -> set[str]:
    """Everything a line of the plan may be called."""
    line = use.line
    names = {line.account, use.path, use.path.split("—")[-1], plan_label(use), f"{line.account} {use.path}"}
    return names | ({line.project, f"{line.account} {line.project}"} if line.project else {line.note} - {""})


def _covering(lines: Sequence[BudgetUse], account: str, project: str) -> BudgetUse | None:
    """The narrowest line an account falls under."""
    some = [u for u in lines if account.startswith(u.line.account) and u.line.project in ("", project)]
    return max(some, key=lambda u: (len(u.line.account), bool(u.line.project)), default=None)
