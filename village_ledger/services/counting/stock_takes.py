"""A stock-take from its registration to the assembly's confirmation; each action one step or one entry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from village_ledger.domain.chart import Chart, Money
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import StockTakeError
from village_ledger.domain.period import Span
from village_ledger.domain.stock_take import (
    BookLine,
    Count,
    CountLine,
    Persons,
    Step,
    StockTake,
    TakeVoucher,
    Treatment,
    ensure_next,
)
from village_ledger.domain.stock_take_figures import (
    ChangedLine,
    book_digest,
    changed_lines,
    checked_count,
    uncounted,
)
from village_ledger.domain.stock_take_sheets import Sheet, family_of, sheet_of
from village_ledger.domain.voucher import NAME_LIMIT, SUMMARY_LIMIT, check_text
from village_ledger.services.bank import cash_counts
from village_ledger.services.bank.bank_position import reconcile
from village_ledger.services.changes import Changes
from village_ledger.services.counting.book_lines import RESULT, book_lines
from village_ledger.services.duties import require
from village_ledger.services.entry.vouchers import named
from village_ledger.services.outcome import Outcome
from village_ledger.storage.counting.inspection import STOCK_TAKE, record_of
from village_ledger.storage.counting.register import CountingRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class TakeView:
    """A stock-take with its lines and what the books changed since."""

    take: StockTake
    lines: tuple[CountLine, ...]
    changed: tuple[ChangedLine, ...] = ()
    vouchers: tuple[TakeVoucher, ...] = ()


def view(reader: Reader, ledger: str, day: date) -> TakeView:
    """Everything a page or a paper shows of a stock-take."""
    with reader.snapshot():
        take = reader.stock_take(ledger, day)
        lines = tuple(reader.stock_take_lines(take))
        return TakeView(
            take, lines, changed_since(reader, take, lines), tuple(reader.stock_take_vouchers(take.id))
        )


def changed_since(reader: Reader, take: StockTake, lines: Sequence[CountLine]) -> tuple[ChangedLine, ...]:
    """Lines whose books changed since they were filled; once it is approved, its own vouchers change them."""
    if take.last not in {Step.FILLED, Step.BACK, Step.COUNTED}:
        return ()
    filled = [line.book for line in lines if not line.found]
    return tuple(changed_lines(filled, book_lines(reader, take.ledger, take.day)))


def begin(uow: UnitOfWork, ledger: str, day: date, persons: Persons) -> Outcome[StockTake]:
    """Register a stock-take of a day with who leads, counts and watches.

    Raises StockTakeError for a day that is taken or to come, or persons who may not be the same.
    """
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    info = uow.reader.ledger(ledger)
    if day < info.start.first:
        raise StockTakeError(f"{day} 在建账以前", f"本账从 {info.start.first} 开始。")
    if any(one.day == day for one in uow.reader.stock_takes(ledger)):
        raise StockTakeError(f"{day} 的清查已经登记过", "请打开那一次接着做。")
    who = _persons(persons)
    CountingRegister(uow).add(ledger, day, who)
    uow.log.add(
        STOCK_TAKE,
        ledger=ledger,
        subject=f"{day} 登记",
        detail=f"{who.leader}、{who.counters}、{who.supervisor}",
    )
    return Outcome(uow.reader.stock_take(ledger, day), Changes(counts=True, ledger=ledger))


def _persons(persons: Persons) -> Persons:
    """Their names; who watches is none of those who count."""
    leader = check_text(persons.leader, "清查负责人", NAME_LIMIT)
    counters = check_text(persons.counters, "清查人", NAME_LIMIT)
    supervisor = check_text(persons.supervisor, "监督人", NAME_LIMIT)
    if not (leader and counters and supervisor):
        raise StockTakeError("清查要写明负责人、清查人和监督人", "请填齐三处姓名。")
    if supervisor == leader or supervisor in _names(counters):
        raise StockTakeError(f"监督人 {supervisor} 不能自己清查", "请由监事会或村务监督委员会的人监督。")
    return Persons(leader, counters, supervisor)


def _names(text: str) -> list[str]:
    for mark in "，,;； ":
        text = text.replace(mark, "、")
    return [name for name in text.split("、") if name]


def fill(uow: UnitOfWork, ledger: str, day: date) -> Outcome[TakeView]:
    """Fill the sheets from the books at the end of the day, or again after the books changed: counts stay with their lines.

    Cash and bank take what their counts and statements of the day prove.
    """
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    take = uow.reader.stock_take(ledger, day)
    ensure_next(take.last, Step.FILLED)
    had = {line.book.key: line for line in uow.reader.stock_take_lines(take)}
    number = max((line.number for line in had.values()), default=0)
    lines: list[CountLine] = []
    for book in book_lines(uow.reader, ledger, day):
        old = had.pop(book.key, None)
        if old is None:
            number += 1
            lines.append(CountLine(number, book, count=_proved(uow.reader, ledger, day, book)))
        else:
            count = old.count or _proved(uow.reader, ledger, day, book)
            lines.append(CountLine(old.number, book, count=count))
    lines += [line for line in had.values() if line.found]
    lost = [line.book.name for line in had.values() if not line.found and line.count is not None]
    register = CountingRegister(uow)
    register.fill(take.id, lines)
    step_taken(uow, take, Step.FILLED, today(uow), words=f"{len(lines)} 行", digest=_as_filled(lines))
    waiting = len(uow.reader.unposted_ids(ledger, day.isoformat()))
    warnings = [f"账上已经没有：{'、'.join(lost)}，点到的数没有留下。"] if lost else []
    if waiting:
        warnings.append(f"截至 {day} 还有 {waiting} 张凭证没有记账，账面数里没有它们。")
    return Outcome(view(uow.reader, ledger, day), Changes(counts=True, ledger=ledger), tuple(warnings))


def _as_filled(lines: Iterable[CountLine]) -> bytes:
    """Digest of the lines of the books; those added by hand come and go until counting ends."""
    return book_digest(line for line in lines if not line.found)


def _proved(reader: Reader, ledger: str, day: date, book: BookLine) -> Count | None:
    """What a cash count or a bank statement of the day proves of a line of money."""
    if book.sheet != "01":
        return None
    account = reader.chart(ledger).get(book.account)
    if account.money is Money.CASH:
        counted = cash_counts.latest(reader, ledger, Span(day, day)).get(account.code)
        if counted is None:
            return None
        total = counted.found.total
        treatment = Treatment.ADJUST if total != book.value else Treatment.NONE
        return Count(total, cause=counted.found.reason, treatment=treatment, note="现金盘点表")
    bank = next((b for b in reader.bank_accounts(ledger) if b.account == account.code), None)
    if bank is None:
        return None
    proof = reconcile(reader, bank, day)
    if proof.bank_balance is None:
        return None
    differs = proof.bank_balance != book.value
    return Count(
        proof.bank_balance,
        cause="未达账项，见银行存款余额调节表" if differs and not proof.difference else "",
        treatment=Treatment.KEEP if differs else Treatment.NONE,
        note="银行对账单",
    )


def enter(
    uow: UnitOfWork, ledger: str, day: date, counts: Iterable[tuple[int, Count | None]]
) -> Outcome[int]:
    """Keep what was found for some lines (None takes an entry back); all or nothing, gives how many.

    Raises StockTakeError for a line that is not there, a number below zero, or once counting has ended.
    """
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    take = _open_take(uow, ledger, day)
    lines = {line.number: line for line in uow.reader.stock_take_lines(take)}
    register, entered = CountingRegister(uow), 0
    for number, count in counts:
        line = lines.get(number)
        if line is None:
            raise StockTakeError(f"清查表里没有第 {number} 行", "请重新打开清查表核对行号。")
        register.count(take.id, number, None if count is None else _checked(uow.reader, take, line, count))
        entered += 1
    _log_entry(uow, take, f"盘点 {entered} 行")
    return Outcome(entered, Changes(counts=True, ledger=ledger))


def agree(uow: UnitOfWork, ledger: str, day: date, sheet: str = "") -> Outcome[int]:
    """Everything not counted yet on a sheet (all sheets) was found as the books say; gives how many lines."""
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    take = _open_take(uow, ledger, day)
    lines = [
        line for line in uncounted(uow.reader.stock_take_lines(take)) if not sheet or line.book.sheet == sheet
    ]
    register = CountingRegister(uow)
    for line in lines:
        register.count(take.id, line.number, Count(line.book.value, line.book.quantity))
    _log_entry(uow, take, f"{sheet + '号表' if sheet else '各表'}其余 {len(lines)} 行相符")
    return Outcome(len(lines), Changes(counts=True, ledger=ledger))


def add_found(uow: UnitOfWork, ledger: str, day: date, book: BookLine, count: Count) -> Outcome[CountLine]:
    """Something that was found and is not in the books (账外): a line more on its sheet, booked value zero."""
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    take = _open_take(uow, ledger, day)
    sheet = sheet_of(family_of(uow.reader.ledger(ledger).chart_id), book.sheet)
    name = check_text(book.name, "名称", NAME_LIMIT)
    if not name:
        raise StockTakeError("账外的东西要写明名称", "请填上名称、数量和估价。")
    account = book.account
    if account or sheet.by != "parcel":
        path = uow.reader.chart(ledger)
        account = path.usable_leaf(account).code
        if not sheet.holds(account, path.path(account)):
            raise StockTakeError(
                f"{account} {path.get(account).name} 不在{sheet.short}清查表里", "请换一个科目，或换一张表。"
            )
    lines = uow.reader.stock_take_lines(take)
    number = max((line.number for line in lines), default=0) + 1
    unit = check_text(book.unit, "单位", NAME_LIMIT) or (
        uow.reader.chart(ledger).get(account).unit if account else ""
    )
    code = book.code or f"账外{sum(line.found for line in lines) + 1:02d}"
    while any(line.book.code == code for line in lines):
        code = f"账外{int(code.removeprefix('账外') or 0) + 1:02d}"
    added = BookLine(sheet.number, account, book.party, book.project, code, name, unit)
    line = CountLine(number, added, found=True)
    register = CountingRegister(uow)
    register.add_line(take.id, number, added, found=True)
    register.count(take.id, number, _checked(uow.reader, take, line, count))
    _log_entry(uow, take, f"账外：{sheet.number}号表 {name}")
    stored = next(one for one in uow.reader.stock_take_lines(take) if one.number == number)
    return Outcome(stored, Changes(counts=True, ledger=ledger))


def drop_found(uow: UnitOfWork, ledger: str, day: date, number: int) -> Outcome[None]:
    """Take back a line that was added by hand; those of the books stay."""
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    take = _open_take(uow, ledger, day)
    line = next((one for one in uow.reader.stock_take_lines(take) if one.number == number), None)
    if line is None or not line.found:
        raise StockTakeError(f"第 {number} 行不是手工加的", "账上的行不能去掉；东西没有了就填 0。")
    CountingRegister(uow).drop_line(take.id, number)
    _log_entry(uow, take, f"去掉账外：{line.book.name}")
    return Outcome(None, Changes(counts=True, ledger=ledger))


def _checked(reader: Reader, take: StockTake, line: CountLine, count: Count) -> Count:
    """A count as it is kept: texts plain, accounts there, a difference that can be treated so."""
    info, chart = reader.ledger(take.ledger), reader.chart(take.ledger)
    sheet: Sheet = sheet_of(family_of(info.chart_id), line.book.sheet)
    if count.account:
        chart.usable_leaf(count.account)
    if count.treatment is Treatment.ADJUST:
        _ensure_adjustable(chart, sheet, line, count)
        if line.book.account == RESULT:
            raise StockTakeError("本年收支差额由账簿算出，不能由清查调整", "请在凭证里更正收支。")
        if sheet.by == "money" and chart.get(line.book.account).money is Money.BANK:
            raise StockTakeError(
                f"“{line.book.name}”和银行的差额是未达账项，不能由清查调整",
                "请在银行对账里查清，处理意见写“不调整”。",
            )
    tidy = replace(
        count,
        cause=check_text(count.cause, "差异原因", SUMMARY_LIMIT),
        party=check_text(count.party, "责任人", NAME_LIMIT),
        user=check_text(count.user, "使用人", NAME_LIMIT),
        note=check_text(count.note, "备注", SUMMARY_LIMIT),
    )
    if tidy.value == line.book.value:
        tidy = replace(tidy, treatment=Treatment.NONE, account="")
    return checked_count(line.book, sheet, tidy)


def discard(uow: UnitOfWork, ledger: str, day: date) -> Outcome[None]:
    """Take back a registration nothing was filled for."""
    named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    take = uow.reader.stock_take(ledger, day)
    if take.last is not None:
        raise StockTakeError("已经开始的清查不能删除", "盘点没有结束的，可以接着盘；日期错了就另登记一次。")
    CountingRegister(uow).discard(take.id)
    uow.log.add(STOCK_TAKE, ledger=ledger, subject=f"{day} 取消登记")
    return Outcome(None, Changes(counts=True, ledger=ledger))


def _open_take(uow: UnitOfWork, ledger: str, day: date) -> StockTake:
    take = uow.reader.stock_take(ledger, day)
    if take.is_open:
        return take
    if take.last is None:
        raise StockTakeError("清查表还没有从账上填", "请先点“从账上填”。")
    raise StockTakeError(f"盘点已经结束（{take.stage}），不能再改", "审批以前可以退回盘点。")


def step_taken(
    uow: UnitOfWork,
    take: StockTake,
    step: Step,
    on: date,
    number: str = "",
    words: str = "",
    digest: bytes = b"",
) -> None:
    """Keep a step and say so in the operation log, with the digest of what it seals."""
    CountingRegister(uow).step(take.id, step, on, number, words, digest)
    subject, detail = record_of(take.day, step, on, number, words, digest)
    uow.log.add(STOCK_TAKE, ledger=take.ledger, subject=subject, detail=detail)


def _log_entry(uow: UnitOfWork, take: StockTake, what: str) -> None:
    uow.log.add("盘点登记", ledger=take.ledger, subject=str(take.day), detail=what)


def _ensure_adjustable(chart: Chart, sheet: Sheet, line: CountLine, count: Count) -> None:
    """What a stock-take may book: leaves, and of things with a card only what is wholly gone."""
    account = line.book.account
    if account and account != RESULT and not chart.get(account).is_leaf:
        raise StockTakeError(
            f"“{line.book.name}”记在有下级的科目 {account} 上，不能由清查调整",
            "请先登记资产卡片，或另填凭证。",
        )
    if sheet.by == "asset" and line.book.code and not line.found and count.value not in (0, line.book.value):
        raise StockTakeError(
            f"“{line.book.name}”有卡片，清查只能整件注销", "增值、部分报废请在资产卡片里办，这里选“不调整”。"
        )


def today(uow: UnitOfWork) -> date:
    """The day of the action."""
    return date.fromisoformat(uow.at[:10])


def find_day(reader: Reader, ledger: str, day: date | None) -> date:
    """The day of the stock-take meant: as said, else the newest; raises StockTakeError where there is none."""
    if day is not None:
        return day
    takes = reader.stock_takes(ledger)
    if not takes:
        raise StockTakeError("还没有登记过清查", "请先登记一次清查。")
    return takes[0].day
