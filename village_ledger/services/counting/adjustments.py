"""From approved differences to vouchers (盘盈盘亏): to 待处理财产损溢 and from there to gain, loss or whoever answers for it.

A sheet becomes at most two vouchers, entered and not posted; voided or deleted ones free the sheet again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from village_ledger.domain.asset import AssetEventKind
from village_ledger.domain.chart import Chart, Dimension, Money
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ChartError, LedgerError, StockTakeError
from village_ledger.domain.period import Month, Span
from village_ledger.domain.stock_take import CountLine, Step, StockTake, ensure_next
from village_ledger.domain.stock_take_sheets import AdjustRule, Sheet, adjust_rule, family_of, sheet_of
from village_ledger.domain.voucher import SUMMARY_LIMIT, StoredVoucher, Voucher, VoucherLine
from village_ledger.services.assets.disposal import ending, last_month, leave, leaving, out_of_books
from village_ledger.services.bank import cash_counts
from village_ledger.services.book import accounts
from village_ledger.services.changes import Changes
from village_ledger.services.counting.stock_takes import step_taken
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.counting.register import CountingRegister
from village_ledger.storage.unit_of_work import UnitOfWork

FOUND, SETTLED = "found", "settled"


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the vouchers of one stock-take are made with."""

    uow: UnitOfWork
    take: StockTake
    day: date
    rule: AdjustRule
    number: str
    """Of the approval."""

    @property
    def chart(self) -> Chart:
        return self.uow.reader.chart(self.take.ledger)

    def summary(self, what: str, line: CountLine) -> str:
        cause = line.count.cause if line.count else ""
        return f"{what}：{line.book.name}{f'，{cause}' if cause else ''}（{self.number}）"[:SUMMARY_LIMIT]

    def leaf(self, code: str, name: str) -> str:
        """The leaf a gain or loss goes to: the account itself, its detail of that name, made when it has others."""
        account = self.chart.get(code)
        if account.is_leaf:
            return account.code
        below = [a for a in self.chart if a.parent == code and a.active]
        for leaf in below:
            if leaf.is_leaf and leaf.name == name:
                return leaf.code
        return accounts.add(self.uow, self.take.ledger, code, name).value.code

    def pending(self) -> str:
        """The leaf of 待处理财产损溢."""
        for account in self.chart:
            if account.is_leaf and account.active and account.code.startswith(self.rule.through):
                return account.code
        raise ChartError("科目表里没有待处理财产损溢", "请先在科目页启用或增设，再出凭证。")

    def target(self, line: CountLine, sheet: Sheet, *, gain: bool) -> tuple[str, str]:
        """Account and counterparty a difference goes to in the end."""
        asked = line.count.account if line.count else ""
        party = line.count.party if line.count else ""
        if asked:
            account = self.chart.usable_leaf(asked)
            demands = Dimension.COUNTERPARTY in account.demands
            if demands and not party:
                raise StockTakeError(
                    f"“{line.book.name}”转给 {account.code} {account.name}，还没有写责任人",
                    "请填上由谁负责。",
                )
            return asked, party if demands else ""
        code = (sheet.gain or self.rule.gain) if gain else (sheet.loss or self.rule.loss)
        name = self.rule.gain_name if gain else self.rule.loss_name
        return self.leaf(code, name), ""


def adjust(
    uow: UnitOfWork, ledger: str, take_day: date, on: date | None = None
) -> Outcome[list[StoredVoucher]]:
    """Make the vouchers of every approved difference that is to be booked, dated the day of the stock-take or ``on``.

    Raises StockTakeError before approval and when every sheet has its vouchers already; nothing is posted.
    """
    vouchers.named(uow.by)
    require(uow, Duty.PREPARE, ledger)
    take = uow.reader.stock_take(ledger, take_day)
    lines = [line for line in uow.reader.stock_take_lines(take) if line.adjusts]
    stands = {(one.sheet, one.stage, one.line) for one in uow.reader.stock_take_vouchers(take.id)}
    family = family_of(uow.reader.ledger(ledger).chart_id)
    again = take.last is Step.ADJUSTED and any((line.book.sheet, SETTLED, 0) not in stands for line in lines)
    if not again:
        ensure_next(take.last, Step.ADJUSTED)
    approved = take.done(Step.APPROVED)
    day = _voucher_day(uow, take, on)
    desk = _Desk(uow, take, day, adjust_rule(family), approved.number if approved else "")
    made: list[StoredVoucher] = []
    for number in sorted({line.book.sheet for line in lines}):
        sheet = sheet_of(family, number)
        of_sheet = [line for line in lines if line.book.sheet == number]
        made += _of_sheet(desk, sheet, of_sheet, stands)
    if not again:
        words = f"{len(made)} 张凭证" if made else "没有要调整的差异"
        step_taken(uow, take, Step.ADJUSTED, day, words=words)
    changes = Changes(vouchers=True, counts=True, accounts=True, counterparties=True, ledger=ledger)
    return Outcome(made, changes)


def _voucher_day(uow: UnitOfWork, take: StockTake, on: date | None) -> date:
    """The day asked for, else the day of the stock-take where its month is open; raises PeriodError, StockTakeError."""
    if on is not None:
        if on < take.day:
            raise StockTakeError(f"调整日期 {on} 在清查日 {take.day} 以前", "请用清查日或以后的日期。")
        return on
    state = uow.reader.month_state(take.ledger, Month.of(take.day))
    if not state.accepts_vouchers:
        raise StockTakeError(
            f"{take.day.year}年{take.day.month}月已经结账", "请写明调整凭证记在以后哪一天，或先反结账。"
        )
    return take.day


def _of_sheet(
    desk: _Desk, sheet: Sheet, lines: Sequence[CountLine], stands: set[tuple[str, str, int]]
) -> list[StoredVoucher]:
    """The vouchers of a sheet that are not there yet."""
    made: list[StoredVoucher] = []
    if sheet.route in {"through", "cash"}:
        gone = [line for line in lines if sheet.by == "asset" and line.book.code and not line.found]
        made += [
            _card_gone(desk, sheet, line) for line in gone if (sheet.number, FOUND, line.number) not in stands
        ]
        if (sheet.number, FOUND, 0) not in stands:
            made += _found(desk, sheet, [line for line in lines if line not in gone])
        if (sheet.number, SETTLED, 0) not in stands:
            made.append(_store(desk, sheet, SETTLED, _settlement(desk, sheet, lines)))
    elif (sheet.number, SETTLED, 0) not in stands:
        made.append(_store(desk, sheet, SETTLED, _direct(desk, sheet, lines)))
    return made


def _card_gone(desk: _Desk, sheet: Sheet, line: CountLine) -> StoredVoucher:
    """A thing with a card leaves by an event of its card, on the same voucher: cards and ledger stay tied."""
    uow, code, book = desk.uow, line.book.code, line.book
    thing = leaving(uow, desk.take.ledger, code, desk.day)
    last = last_month(uow, thing, desk.day)
    if (thing.cost, last.taken) != (book.value, book.less):
        raise StockTakeError(
            f"“{book.name}”的折旧或原值填表以后变了", "请先提完当月折旧再填表盘点，或在资产卡片里办报废。"
        )
    said = desk.summary("盘亏", line)
    entries = [*last.lines]
    if book.net:
        entries.append(VoucherLine(said, desk.pending(), debit=book.net))
    entries += out_of_books(uow, thing, last.taken, said)
    cause = line.count.cause if line.count else ""
    event = replace(
        ending(thing, desk.day, AssetEventKind.DISPOSE, last.taken, desk.number, cause), way="盘亏"
    )
    stored = leave(uow, thing, event, entries, last, f"资产 {code} 盘亏").value
    CountingRegister(uow).link(desk.take.id, sheet.number, FOUND, stored.id, line.number)
    return stored


def _found(desk: _Desk, sheet: Sheet, lines: Sequence[CountLine]) -> list[StoredVoucher]:
    """To 待处理财产损溢; cash that was counted that day takes the voucher of its own count."""
    rest, made = list(lines), list[StoredVoucher]()
    if sheet.route == "cash":
        counts = cash_counts.latest(desk.uow.reader, desk.take.ledger, Span(desk.take.day, desk.take.day))
        for line in lines:
            counted = counts.get(line.book.account)
            if counted is None or desk.chart.get(line.book.account).money is not Money.CASH:
                continue
            rest.remove(line)
            if not counted.voucher_id:
                made.append(
                    cash_counts.propose(desk.uow, desk.take.ledger, line.book.account, desk.take.day).value
                )
    if rest:
        made.append(_store(desk, sheet, FOUND, [x for line in rest for x in _to_pending(desk, line)]))
    return made


def _to_pending(desk: _Desk, line: CountLine) -> Iterable[VoucherLine]:
    book, pending = line.book, desk.pending()
    if line.surplus:
        said = desk.summary("盘盈", line)
        yield _own(line, said, line.surplus, debit=True)
        yield VoucherLine(said, pending, credit=line.surplus)
        return
    said = desk.summary("盘亏", line)
    if line.shortage - line.less_gone:
        yield VoucherLine(said, pending, debit=line.shortage - line.less_gone)
    if line.less_gone:
        yield VoucherLine(said, book.less_account, debit=line.less_gone)
    yield _own(line, said, line.shortage, debit=False)


def _own(line: CountLine, said: str, amount: int, *, debit: bool) -> VoucherLine:
    """The line on the account of the thing itself, with its dimensions and quantity."""
    moved = line.quantity_difference if debit else -line.quantity_difference
    return VoucherLine(
        said,
        line.book.account,
        debit=amount if debit else 0,
        credit=0 if debit else amount,
        counterparty=line.book.party,
        project=line.book.project,
        quantity=max(moved, 0) if line.book.unit and not line.book.code else 0,
    )


def _settlement(desk: _Desk, sheet: Sheet, lines: Sequence[CountLine]) -> list[VoucherLine]:
    """From 待处理财产损溢 to gain and loss, as approved."""
    entries: list[VoucherLine] = []
    pending = desk.pending()
    for line in lines:
        gain = bool(line.surplus)
        said = desk.summary("盘盈转收入" if gain else "盘亏处理", line)
        account, party = desk.target(line, sheet, gain=gain)
        amount = line.surplus or line.shortage - line.less_gone
        if not amount:
            continue
        if gain:
            entries.append(VoucherLine(said, pending, debit=amount))
            entries.append(VoucherLine(said, account, credit=amount, counterparty=party))
        else:
            entries.append(VoucherLine(said, account, debit=amount, counterparty=party))
            entries.append(VoucherLine(said, pending, credit=amount))
    return entries


def _direct(desk: _Desk, sheet: Sheet, lines: Sequence[CountLine]) -> list[VoucherLine]:
    """Claims, investments, works and debts: to gain or loss at once, after approval."""
    entries: list[VoucherLine] = []
    for line in lines:
        more = bool(line.surplus)
        debit = more is not sheet.is_credit
        gain = debit
        said = desk.summary("核增" if more else "核销" if not sheet.is_credit else "核减", line)
        amount = line.surplus or line.shortage
        account, party = desk.target(line, sheet, gain=gain)
        own = _own(line, said, amount, debit=debit)
        other = amount - line.less_gone
        if debit:
            entries += [own, VoucherLine(said, account, credit=other, counterparty=party)]
            continue
        if other:
            entries.append(VoucherLine(said, account, debit=other, counterparty=party))
        if line.less_gone:
            entries.append(VoucherLine(said, line.book.less_account, debit=line.less_gone))
        entries.append(own)
    return entries


def _store(desk: _Desk, sheet: Sheet, stage: str, entries: Sequence[VoucherLine]) -> StoredVoucher:
    if not entries:
        raise LedgerError(f"{sheet.short}的差异没有可记的金额", "净值已经提足的，请另填凭证转销。")
    voucher = Voucher(desk.day, tuple(entries), attachments=1)
    stored = vouchers.store(desk.uow, desk.take.ledger, voucher).value
    CountingRegister(desk.uow).link(desk.take.id, sheet.number, stage, stored.id)
    return stored
