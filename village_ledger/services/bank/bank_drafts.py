"""What the bank has and the books have not (interest, fees): vouchers filled in from the bank's lines, in one action.

The account against the bank is proposed by rules; the accountant confirms it or names another. Nothing is posted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.bank_matching import matching_rules
from village_ledger.domain.chart import Chart
from village_ledger.domain.duty import Duty
from village_ledger.domain.errors import ChartError, LedgerError
from village_ledger.domain.money import format_fen, plain_fen
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import Draft, DraftLine, StoredVoucher
from village_ledger.services.changes import Changes
from village_ledger.services.duties import require
from village_ledger.services.entry import vouchers
from village_ledger.services.outcome import Outcome
from village_ledger.storage.bank.queries import BankAccount, BankLine
from village_ledger.storage.bank.register import BankRegister
from village_ledger.storage.reader import Reader
from village_ledger.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Proposal:
    """The voucher proposed for a bank line; ``counter`` is empty where the accountant has to choose."""

    line: BankLine
    day: date
    counter: str
    summary: str
    source: str
    """Where the rule comes from, empty without one."""


def propose(reader: Reader, account: BankAccount, lines: Sequence[int] = ()) -> list[Proposal]:
    """Vouchers for the bank's lines that are not in the books, all of them or those named."""
    chart, chart_id = reader.chart(account.ledger), reader.ledger(account.ledger).chart_id
    wanted = set(lines)
    found: list[Proposal] = []
    for line in reader.bank_lines(account.id):
        if line.match or line.mark or line.drafted or (wanted and line.id not in wanted):
            continue
        rule = _rule_for(line)
        counter = _counter(rule, chart, chart_id) if rule else ""
        words = str(rule["summary"]) if rule and counter else (line.remark or line.counterparty or "银行收付")
        day = _open_day(reader, account.ledger, line.day)
        if day != line.day:
            words = f"{words}（银行 {line.day}）"
        found.append(Proposal(line, day, counter, words, str(rule["source"]) if rule and counter else ""))
    return found


def fill_in(
    uow: UnitOfWork,
    account: BankAccount,
    lines: Sequence[int] = (),
    counters: Mapping[int, str] | None = None,
) -> Outcome[list[StoredVoucher]]:
    """Enter a voucher for each of the bank's lines; ``counters`` are accounts the accountant chose, by line.

    A line of a closed month goes to the first open day after it. Raises LedgerError for a line that is matched, marked or
    has a voucher already, and for one without an account against the bank.
    """
    require(uow, Duty.PREPARE, account.ledger)
    proposed = propose(uow.reader, account, lines)
    missing = set(lines) - {p.line.id for p in proposed}
    if missing or not proposed:
        raise LedgerError("选中的行里有已经勾对、标了错账或填过凭证的，或没有要补记的行", "请刷新后重新选。")
    chosen = dict(counters or {})
    made: list[StoredVoucher] = []
    changes, warnings = Changes(bank=True, ledger=account.ledger), list[str]()
    for p in proposed:
        counter = chosen.get(p.line.id, p.counter)
        if not counter:
            raise LedgerError(
                f"{p.line.day} {p.line.remark or p.line.counterparty} {format_fen(p.line.amount)} 不知道对方科目",
                "请给这一行选一个科目。",
            )
        if counter == account.account:
            raise LedgerError(f"{counter} 就是这个银行账户自己", "请选另一个科目。")
        done = vouchers.save(uow, _draft(account, p, counter))
        BankRegister(uow).drafted(p.line.id, done.value.id)
        made.append(done.value)
        changes, warnings = changes | done.changes, [*warnings, *done.warnings]
    return Outcome(made, changes, tuple(dict.fromkeys(warnings)))


def _draft(account: BankAccount, p: Proposal, counter: str) -> Draft:
    """The voucher of a bank line: the bank's receipt (回单) is its one attachment."""
    amount = plain_fen(abs(p.line.amount))
    into, out = (account.account, counter) if p.line.amount > 0 else (counter, account.account)
    lines = [DraftLine(p.summary, into, amount, ""), DraftLine(p.summary, out, "", amount)]
    return Draft(account.ledger, p.day.isoformat(), attachments="1", lines=lines)


def _rule_for(line: BankLine) -> Mapping[str, str] | None:
    sign = "in" if line.amount > 0 else "out"
    for rule in matching_rules()["counter"]:
        if rule["sign"] == sign and any(word in line.remark for word in rule["words"]):
            return rule
    return None


def _counter(rule: Mapping[str, str], chart: Chart, chart_id: str) -> str:
    """The rule's account in this chart, empty when it cannot be named there."""
    code = rule["committee_surplus" if chart_id == "committee_surplus" else "collective"]
    try:
        return chart.usable_leaf(code).code
    except ChartError:
        return ""


def _open_day(reader: Reader, ledger: str, day: date) -> date:
    """The day itself, or the first of the first open month after it."""
    months = {m.month: m.state for m in reader.months(ledger)}
    month = Month.of(day)
    if month not in months or months[month].accepts_vouchers:
        return day
    later = (m for m, state in sorted(months.items()) if m > month and state.accepts_vouchers)
    return next(later, max(months).next()).first
