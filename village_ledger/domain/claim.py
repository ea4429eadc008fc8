"""Claims (报账单): receipts a 报账员 hands in, which become vouchers; and the advance (备用金) they are paid from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from itertools import groupby

from village_ledger.domain.errors import ClaimError
from village_ledger.domain.money import format_fen
from village_ledger.domain.voucher import Voucher, VoucherLine


class Settle(Enum):
    """How a claim is settled."""

    ADVANCE = "advance"
    BANK = "bank"
    CASH = "cash"

    @property
    def words(self) -> str:
        """As people say it."""
        return {Settle.ADVANCE: "冲备用金", Settle.BANK: "银行转账", Settle.CASH: "付现金"}[self]


class ClaimState(Enum):
    """How far a claim has come."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    BOOKED = "booked"

    @property
    def words(self) -> str:
        """As people say it."""
        return {"submitted": "待记", "returned": "退回", "booked": "已记"}[self.value]


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One receipt of a claim; ``amount`` in fen, above zero."""

    day: date
    summary: str
    amount: int
    account: str = ""
    """Where it is booked; may be left to the accountant."""
    counterparty: str = ""
    project: str = ""
    handler: str = ""
    """经手人"""
    witness: str = ""
    """证明人"""
    approver: str = ""
    """审批人"""
    invoice: str = ""
    """票据号"""
    attachments: int = 1

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise ClaimError(
                f"“{self.summary}”的金额 {format_fen(self.amount)} 不大于零", "退款请直接填凭证。"
            )
        if self.attachments < 1:
            raise ClaimError(f"“{self.summary}”没有单据", "没有单据的支出不能报账。")
        for place, who in (("经手人", self.handler), ("证明人", self.witness), ("审批人", self.approver)):
            if not who:
                raise ClaimError(f"“{self.summary}”没有{place}", "经手、证明、审批三个人都要写明。")
        if self.handler in {self.witness, self.approver}:
            raise ClaimError(
                f"“{self.summary}”的经手人和证明人、审批人是同一个人", "自己经手的不能自己证明、审批。"
            )

    @property
    def signers(self) -> tuple[str, str, str]:
        """Who handled, witnessed and approved it."""
        return self.handler, self.witness, self.approver


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim as handed in."""

    claimant: str
    day: date
    settle: Settle
    pays: str
    """The account credited: the advance's, a bank account's, cash."""
    lines: tuple[ClaimLine, ...]
    note: str = ""

    def __post_init__(self) -> None:
        if not self.lines:
            raise ClaimError("报账单上一张单据也没有", "请至少填一张。")
        late = next((line for line in self.lines if line.day > self.day), None)
        if late is not None:
            raise ClaimError(f"“{late.summary}”的单据日期 {late.day} 晚于报账日期 {self.day}", "请核对日期。")

    @property
    def total(self) -> int:
        """Sum of all receipts, fen."""
        return sum(line.amount for line in self.lines)

    def parts(self) -> list[tuple[ClaimLine, ...]]:
        """Receipts that go onto one voucher: those with the same people, since a voucher names each place once."""
        ordered = sorted(enumerate(self.lines), key=lambda pair: (pair[1].signers, pair[0]))
        groups = [
            [line for _, line in some] for _, some in groupby(ordered, key=lambda pair: pair[1].signers)
        ]
        first = {id(line): place for place, line in enumerate(self.lines)}
        return [tuple(some) for some in sorted(groups, key=lambda some: first[id(some[0])])]

    def voucher(self, part: Sequence[ClaimLine], day: date) -> Voucher:
        """The voucher of one part; raises ClaimError for a receipt without an account."""
        bare = next((line for line in part if not line.account), None)
        if bare is not None:
            raise ClaimError(f"“{bare.summary}”还没有写记到哪个科目", "请先填上科目。")
        lines = [
            VoucherLine(
                line.summary,
                line.account,
                debit=line.amount,
                counterparty=line.counterparty,
                project=line.project,
            )
            for line in part
        ]
        who = self.claimant if self.settle is Settle.ADVANCE else ""
        total = sum(line.amount for line in part)
        summary = f"{self.claimant}报账" if len(part) > 1 else part[0].summary
        handler, witness, approver = part[0].signers
        return Voucher(
            day=day,
            lines=(*lines, VoucherLine(summary, self.pays, credit=total, counterparty=who)),
            attachments=sum(line.attachments for line in part),
            handler=handler,
            witness=witness,
            approver=approver,
        )


@dataclass(frozen=True, slots=True)
class AdvanceCheck:
    """A month's reconciliation of an advance (备用金核对), fen."""

    claimant: str
    month: str
    book: int
    """Debit balance of the advance in the books at the month's end."""
    cash: int
    """Cash counted."""
    receipts: int
    """Receipts in hand not yet handed in."""
    reason: str = ""

    @property
    def difference(self) -> int:
        """What is there beyond what should be; below zero something is missing."""
        return self.cash + self.receipts - self.book

    def checked(self) -> AdvanceCheck:
        """The check itself; raises ClaimError for a difference nobody explains."""
        if self.cash < 0 or self.receipts < 0:
            raise ClaimError("现金和未报单据不能是负数", "请核对。")
        if self.difference and not self.reason:
            word = "多" if self.difference > 0 else "少"
            raise ClaimError(
                f"{self.claimant} 的备用金账上 {format_fen(self.book)}，实有 {format_fen(self.cash + self.receipts)}，"
                f"{word} {format_fen(abs(self.difference))}",
                "请查清，查不清的写明原因再登记。",
            )
        return replace(self, reason=self.reason.strip())
