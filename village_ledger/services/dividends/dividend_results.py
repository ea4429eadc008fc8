"""What the bank was told to pay and has not answered, and its answers held against it, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.errors import ImportRefused
from village_ledger.domain.masking import HIDDEN
from village_ledger.domain.money import format_fen
from village_ledger.services.dividends.dividend_files import Payees
from village_ledger.services.dividends.dividend_payments import BANK, DONE, FAILED, Paying, Result

if TYPE_CHECKING:
    from village_ledger.domain.voucher import VoucherRef
    from village_ledger.storage.people.records import Dividend
    from village_ledger.storage.reader import Reader


@dataclass(frozen=True, slots=True)
class Waiting:
    """One row of a bank's pay list that it has not answered: the payments that went in it together."""

    voucher_id: int
    voucher: VoucherRef
    day: date
    household: str
    holder: str
    account: str
    amount: int
    payments: tuple[int, ...]
    posted: bool
    """Whether its voucher is in the books: before that nothing can be sent back."""

    def results(self, result: str, note: str = "") -> list[Result]:
        """The answer to all of its payments."""
        return [Result(payment, result, note) for payment in self.payments]


@dataclass(frozen=True, slots=True)
class Answer:
    """One row of the bank's file."""

    row: int
    holder: str
    account: str
    amount: int
    paid: bool
    note: str


def waiting_for(reader: Reader, dividend: Dividend) -> list[Waiting]:
    """What the bank has still to answer, in the order it was told."""
    payees = Payees(reader, dividend)
    posted = {one.voucher_id: one.posted for one in reader.bookings(dividend.id)}
    found: dict[tuple[int, str, str, str], Waiting] = {}
    for payment in reader.dividend_payments(dividend.id):
        if payment.method != BANK or payment.result or not payment.counts:
            continue
        to = payees.of(Paying(payment.line, payment.amount, payment.receiver, payment.relation))
        key = (payment.voucher_id, to.household, to.holder, to.account)
        before = found.get(key)
        found[key] = Waiting(
            payment.voucher_id,
            payment.voucher,
            payment.day,
            to.household,
            to.holder,
            to.account,
            payment.amount + (before.amount if before else 0),
            (*(before.payments if before else ()), payment.id),
            posted.get(payment.voucher_id, False),
        )
    return list(found.values())


def matched(waiting: Sequence[Waiting], answers: Sequence[Answer]) -> list[Result]:
    """The answers as results of payments. Raises ImportRefused naming every row that fits nothing, or more than one thing."""
    left = list(waiting)
    results: list[Result] = []
    faults: list[str] = []
    for answer in answers:
        fitting = [one for one in left if _fits(one, answer)]
        if not fitting:
            amount = format_fen(answer.amount)
            faults.append(f"第{answer.row}行：没有等银行答复的“{answer.holder}”{amount} 元")
        elif len({(one.household, one.holder, one.account) for one in fitting}) > 1:
            places = "、".join(f"{one.household}/{one.holder}" for one in fitting)
            faults.append(
                f"第{answer.row}行：“{answer.holder}”{format_fen(answer.amount)} 元对得上 {places}，分不清是哪一个"
            )
        else:
            one = fitting[0]
            left.remove(one)
            results += one.results(DONE if answer.paid else FAILED, "" if answer.paid else answer.note)
    if faults:
        raise ImportRefused(faults)
    return results


def _fits(one: Waiting, answer: Answer) -> bool:
    """The same money to the same account; half hidden by its end and the name; where either has none to the same name."""
    if one.amount != answer.amount:
        return False
    if not answer.account or not one.account.isdecimal():
        return one.holder == answer.holder
    if HIDDEN in answer.account:
        return one.holder == answer.holder and one.account.endswith(answer.account.rpartition(HIDDEN)[2])
    return one.account == answer.account
