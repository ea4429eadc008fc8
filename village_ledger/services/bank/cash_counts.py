"""Counting the cash box (现金盘点): what was found is kept against the books, an over or short becomes a voucher."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from village_ledger.domain.cash_count import CashCount, counted, over_or_short
from village_ledger.domain.chart import Account, Chart, Money
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ChartError, LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, Span
from village_ledger.domain.voucher import (
    SUMMARY_LIMIT,
    StoredVoucher,
    Voucher,
    VoucherLine,
    check_text,
)
from village_ledger.services.changes import Changes
from village_ledger.services.check_item import CheckItem, Lead, Leads, Verdict, closing_rules
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.cash_counts.inspection import COUNTED
from village_ledger.storage.cash_counts.register import CashCountRegister

if TYPE_CHECKING:
    from village_ledger.storage.cash_counts.queries import StoredCount
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class CountedCash:
    """Cash at the end of a day as counts prove it, fen, and the days that were counted."""

    total: int
    days: tuple[date, ...]


def count(
    uow: UnitOfWork,
    ledger: str,
    account: str,
    day: date,
    pieces: Mapping[int, int],
    total: int | None = None,
    reason: str = "",
) -> Outcome[StoredCount]:
    """Keep what was found in the box of a cash account at the end of a day: by denomination, or only the sum (fen).

    Raises ChartError for an account that is no cash, AmountError for what does not add up, PeriodError for a closed month.
    A difference without a reason is kept and asked for before the month closes (K29).
    """
    vouchers.named(uow.by)
    require(uow, Duty.CASH, ledger)
    cash_account(uow.reader, ledger, account)
    uow.periods.ensure_open(ledger, Month.of(day))
    kept, sum_ = counted(pieces, total)
    reason = check_text(reason, "原因", SUMMARY_LIMIT)
    found = CashCount(account, day, book_balance(uow.reader, ledger, account, day), sum_, kept, reason)
    count_id = CashCountRegister(uow).add(ledger, found)
    uow.log.add(COUNTED, ledger=ledger, subject=f"{account} {day}", detail=found.detail)
    warnings: list[str] = []
    waiting = sum(
        any(line.account == account for line in v.voucher.lines)
        for v in uow.reader.vouchers_by_id(uow.reader.unposted_ids(ledger, day.isoformat()))
    )
    if waiting:
        warnings.append(f"有 {waiting} 张动了现金的凭证还没有记账，账面不包括它们；记账以后请再点一次。")
    if found.difference and not reason:
        warnings.append(f"{over_or_short(found.difference)}的原因还没有写，结账检查会提醒。")
    stored = next(x for x in uow.reader.cash_counts(ledger, Span(day, day)) if x.id == count_id)
    return Outcome(stored, Changes(cash=True, ledger=ledger), tuple(warnings))


def propose(uow: UnitOfWork, ledger: str, account: str, day: date) -> Outcome[StoredVoucher]:
    """Book what the latest count of a day found over or short to 待处理财产损溢, as an entered voucher of that day.

    Raises LedgerError when nothing was counted, nothing differs, or the difference has its voucher already.
    """
    vouchers.named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    stored = latest(uow.reader, ledger, Span(day, day)).get(account)
    if stored is None:
        raise LedgerError(f"{day} 没有登记现金盘点", "请先登记点到的现金，再出差额的凭证。")
    if stored.voucher_id:
        ref = uow.reader.voucher(stored.voucher_id).ref
        raise LedgerError(f"这次盘点的差额已经有凭证 {ref}", "不用再出；错了就作废或冲销那张。")
    difference = still_open(uow.reader, ledger, stored)
    if not difference:
        raise LedgerError(f"{day} 点到的现金和账面一样", "没有差额，不用出凭证。")
    pending = _pending(uow.reader.chart(ledger)).code
    said = f"现金盘点{over_or_short(difference)}"
    if stored.found.reason:
        said = f"{said}：{stored.found.reason}"[:SUMMARY_LIMIT]
    debit, credit = (account, pending) if difference > 0 else (pending, account)
    amount = abs(difference)
    voucher = Voucher(
        day=day,
        lines=(VoucherLine(said, debit, debit=amount), VoucherLine(said, credit, credit=amount)),
        attachments=1,
    )
    done = vouchers.store(uow, ledger, voucher)
    CashCountRegister(uow).link(stored.id, done.value.id)
    return Outcome(done.value, done.changes | Changes(cash=True, ledger=ledger), done.warnings)


def cash_account(reader: Reader, ledger: str, code: str = "") -> Account:
    """A leaf of cash, the first where ``code`` is empty; raises ChartError naming those there are."""
    there = cash_accounts(reader, ledger)
    if not code and there:
        return there[0]
    found = next((a for a in there if a.code == code), None)
    if found is None:
        names = "、".join(f"{a.code} {a.name}" for a in there)
        raise ChartError(f"{code} 不是库存现金的科目", f"现金科目有：{names}。")
    return found


def cash_accounts(reader: Reader, ledger: str) -> list[Account]:
    """The leaves of cash."""
    return [a for a in reader.money_accounts(ledger) if a.money is Money.CASH]


def book_balance(reader: Reader, ledger: str, account: str, day: date) -> int:
    """What the books say the box holds at the end of a day, fen."""
    return reader.balance_before(ledger, [account], day + timedelta(days=1))


def latest(reader: Reader, ledger: str, span: Span) -> dict[str, StoredCount]:
    """The last count of each cash account in some days."""
    return {stored.found.account: stored for stored in reader.cash_counts(ledger, span)}


def still_open(reader: Reader, ledger: str, stored: StoredCount) -> int:
    """By how much a count differs from what the books say of its day now, fen; vouchers may have come since."""
    return stored.found.total - book_balance(reader, ledger, stored.found.account, stored.found.day)


def proved_cash(reader: Reader, ledger: str, day: date) -> CountedCash | None:
    """Cash at the end of ``day`` from its month's counts and what was booked since; None while a balance is not counted."""
    counts = latest(reader, ledger, Span(day.replace(day=1), day))
    total, days = 0, set[date]()
    for account in cash_accounts(reader, ledger):
        balance = book_balance(reader, ledger, account.code, day)
        stored = counts.get(account.code)
        if stored is not None:
            total += balance + still_open(reader, ledger, stored)
            days.add(stored.found.day)
        elif balance:
            return None
    return CountedCash(total, tuple(sorted(days))) if days else None


def check_items(reader: Reader, ledger: str, month: Month) -> list[CheckItem]:
    """K29: cash the books show was counted in the month, and what differs is explained."""
    counts = latest(reader, ledger, Span.of_month(month))
    missing: list[str] = []
    unexplained: list[str] = []
    known: list[str] = []
    for account in cash_accounts(reader, ledger):
        balance = book_balance(reader, ledger, account.code, month.last)
        stored = counts.get(account.code)
        name = f"{account.code} {account.name}"
        if stored is None:
            missing += [f"{name} {format_fen(balance)}"] if balance else []
            continue
        known.append(str(stored.found.day))
        difference = still_open(reader, ledger, stored)
        if difference and not (stored.found.reason and difference == stored.found.difference):
            words = f"{over_or_short(difference)} {format_fen(abs(difference))}"
            unexplained.append(f"{stored.found.day} {name} {words}")
    if missing or unexplained:
        said = [f"有 {len(missing)} 个现金科目本月没有盘点"] if missing else []
        said += [f"有 {len(unexplained)} 处盘点差额没有写明原因"] if unexplained else []
        evidence = (*missing, *unexplained)
        leads = tuple(Lead(Leads.PAGE, "cash_count") for _ in evidence)
        return [CheckItem("K29", Verdict.WARN, f"{'，'.join(said)}。", evidence, leads)]
    text = f"现金盘点过（{'、'.join(sorted(set(known)))}）。" if known else "没有现金余额，不用盘点。"
    return [CheckItem("K29", Verdict.PASS, text)]


def _pending(chart: Chart) -> Account:
    """The leaf of 待处理财产损溢."""
    codes: list[str] = closing_rules()["cash"]["pending"]
    for account in chart:
        if account.is_leaf and account.active and account.code.startswith(tuple(codes)):
            return account
    raise ChartError("科目表里没有待处理财产损溢", "请先在科目页增设，再出差额的凭证。")
