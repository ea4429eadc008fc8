"""Vouchers (记账凭证): a value that cannot exist unbalanced, and the half-typed draft before it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from village_ledger.domain.chart import Chart, Dimension
from village_ledger.domain.errors import TextError, UnbalancedVoucher, VoucherError
from village_ledger.domain.period import CLOSING, Month
from village_ledger.domain.private_use import own_code_points
from village_ledger.domain.unseen import unseen_in

SUMMARY_LIMIT = 500
"""Longest summary kept; print wraps, so nothing is cut (a 10,000-character paste is a mistake)."""
NAME_LIMIT = 120


class VoucherState(Enum):
    """How far a voucher has come; shown as shape and word (look.md, States)."""

    DRAFT = "draft"
    ENTERED = "entered"
    REVIEWED = "reviewed"
    POSTED = "posted"
    VOID = "void"


STATE_NAMES = {
    VoucherState.DRAFT: "草稿",
    VoucherState.ENTERED: "待审核",
    VoucherState.REVIEWED: "已审核",
    VoucherState.POSTED: "已记账",
    VoucherState.VOID: "作废",
}


class VoucherKind(Enum):
    """Why a voucher exists; decides what may be done with it."""

    NORMAL = "normal"
    REVERSAL = "reversal"
    """Red-letter copy (红字冲销) of a voucher of the same year."""
    CORRECTION = "correction"
    """The right one beside a red-letter copy (订正)."""
    PRIOR_YEAR = "prior-year"
    """Blue voucher correcting an earlier year (规范 art. 51)."""
    GENERATED = "generated"
    """Made by the program by a rule the user can see (closing, depreciation)."""


NEEDS_NO_ATTACHMENT = frozenset(
    {VoucherKind.REVERSAL, VoucherKind.CORRECTION, VoucherKind.PRIOR_YEAR, VoucherKind.GENERATED}
)


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """One line (分录); exactly one of debit and credit (fen) is not zero, a negative one is a red letter."""

    summary: str
    account: str
    debit: int = 0
    credit: int = 0
    counterparty: str = ""
    project: str = ""
    group: str = ""
    quantity: int = 0
    """Thousandths of the account's unit, of the amount's sign; 0 on accounts not kept by quantity."""

    def __post_init__(self) -> None:
        if (self.debit == 0) == (self.credit == 0):
            problem = "没有金额" if self.debit == 0 else "借贷两边都有金额"
            raise VoucherError(f"“{self.summary}”这一行{problem}", "请只在借方或贷方填一个不为零的金额。")
        if self.quantity and (self.quantity < 0) != (self.debit + self.credit < 0):
            raise VoucherError(f"“{self.summary}”这一行数量和金额的正负不同", "红字的数量和金额都是负数。")

    def dimension(self, dimension: Dimension) -> str:
        """The value this line carries for a dimension, empty when none."""
        if dimension is Dimension.COUNTERPARTY:
            return self.counterparty
        return self.project if dimension is Dimension.PROJECT else self.group


@dataclass(frozen=True, slots=True)
class Voucher:
    """A dated set of at least two lines whose debits equal its credits (会计基础工作规范 art. 50–55)."""

    day: date
    lines: tuple[VoucherLine, ...]
    word: str = "记"
    attachments: int = 0
    no_attachment_reason: str = ""
    kind: VoucherKind = VoucherKind.NORMAL
    handler: str = ""
    """经手人"""
    witness: str = ""
    """证明人 or 验收人"""
    approver: str = ""
    """审批人"""
    closing: bool = False
    """Belongs to the closing period of its year (carry-forward at year end), not to December."""

    def __post_init__(self) -> None:
        if len(self.lines) < 2:
            raise VoucherError("凭证至少要有两行，有借有贷", "请补上另一行。")
        debit = sum(line.debit for line in self.lines)
        credit = sum(line.credit for line in self.lines)
        if debit != credit:
            raise UnbalancedVoucher(debit, credit)
        if self.attachments < 0:
            raise VoucherError("附件张数不能是负数", "请填实际张数。")

    @property
    def month(self) -> Month:
        """The month it is numbered in."""
        return Month(self.day.year, CLOSING) if self.closing else Month.of(self.day)

    @property
    def amount(self) -> int:
        """Total of the debit side in fen."""
        return sum(line.debit for line in self.lines)

    def reversed(self, day: date, summary: str) -> Voucher:
        """Red-letter copy: same sides, negative amounts, one summary naming the original."""
        lines = tuple(
            replace(x, summary=summary, debit=-x.debit, credit=-x.credit, quantity=-x.quantity)
            for x in self.lines
        )
        return replace(
            self,
            day=day,
            lines=lines,
            kind=VoucherKind.REVERSAL,
            attachments=0,
            no_attachment_reason="红字冲销",
        )

    def counter_entry(self, day: date, summary: str) -> Voucher:
        """Blue voucher for an earlier year's mistake: sides exchanged, amounts positive (规范 art. 51)."""
        lines = tuple(replace(x, summary=summary, debit=x.credit, credit=x.debit) for x in self.lines)
        return replace(
            self,
            day=day,
            lines=lines,
            kind=VoucherKind.PRIOR_YEAR,
            attachments=0,
            no_attachment_reason="更正以前年度",
        )


@dataclass(frozen=True, slots=True)
class VoucherRef:
    """How people name a voucher: month, word and number, ``2025-03/记-0012``."""

    month: Month
    word: str
    number: int

    @classmethod
    def parse(cls, text: str) -> VoucherRef:
        """Read ``2025-03/记-0012`` (leading zeros free); raises VoucherError."""
        month, slash, rest = text.strip().partition("/")
        word, dash, number = rest.partition("-")
        if not (slash and dash and word and number.isascii() and number.isdigit() and len(number) <= 9):
            raise VoucherError(f"“{text}”不是凭证号", "请写成 2025-03/记-0012 的样子。")
        return cls(Month.parse(month), word, int(number))

    @property
    def short(self) -> str:
        """Word and number as printed: 记-0012."""
        return f"{self.word}-{self.number:04d}"

    def __str__(self) -> str:
        return f"{self.month}/{self.short}"


@dataclass(frozen=True, slots=True)
class StoredVoucher:
    """A numbered voucher as the book holds it, with who did what and how far it has come."""

    id: int
    ledger: str
    ref: VoucherRef
    voucher: Voucher
    state: VoucherState
    prepared_by: str
    prepared_at: str
    reviewed_by: str = ""
    posted_by: str = ""
    return_reason: str = ""
    awaits_second_review: bool = False
    """Posted by a one-person post: 待补审 until a return file passes it."""
    links: tuple[tuple[str, str], ...] = ()
    """(word shown, other voucher's ref) such as (已冲, 2025-06/记-0013)."""
    invoices: tuple[str, ...] = ()
    """Invoice numbers (票据号) it books."""
    document: str = ""
    """Number of the inter-ledger document it is one side of, empty for a voucher of its own."""


@dataclass(slots=True)
class DraftLine:
    """One line as typed; nothing in it needs to be right yet. Amounts are the text typed."""

    summary: str = ""
    account: str = ""
    debit: str = ""
    credit: str = ""
    counterparty: str = ""
    project: str = ""
    group: str = ""
    quantity: str = ""
    price: str = ""
    """Unit price as typed; kept with the draft, never with the voucher."""

    @property
    def is_blank(self) -> bool:
        """Whether nothing but a summary has been typed."""
        return not (self.account or self.debit or self.credit)


@dataclass(slots=True)
class Draft:
    """A voucher being typed; autosaved with the cell the cursor was in (row, column key)."""

    ledger: str
    day: str
    word: str = "记"
    attachments: str = ""
    no_attachment_reason: str = ""
    handler: str = ""
    witness: str = ""
    approver: str = ""
    lines: list[DraftLine] = field(default_factory=list[DraftLine])
    cursor: tuple[int, str] = (0, "summary")
    editing: int | None = None
    """Id of the entered voucher being changed, None for a new one."""
    kind: VoucherKind = VoucherKind.NORMAL
    corrects: int | None = None
    """Id of the voucher this one puts right (订正)."""
    invoices: str = ""
    """Invoice numbers (票据号) as typed, beside the voucher and no part of it."""
    papers: list[int] = field(default_factory=list[int])
    """Ids of waiting attachments that become the voucher's when it is saved."""


def check_text(text: str, what: str, limit: int) -> str:
    """The text without outer blanks, an old program's private characters as their own (``private_use``).

    Raises TextError for what cannot be seen (NUL, zero width …) or excess length.
    """
    if not text.isprintable():
        text = own_code_points(text)
        if unseen := unseen_in(text):
            raise TextError(f"{what}里有看不见的控制字符（U+{ord(unseen):04X}）", "请删掉后重填。")
    if len(text) > limit:
        raise TextError(f"{what}有 {len(text)} 个字，超过了 {limit} 个字", "请写短一些，细节放在附件里。")
    return text.strip()


def check_against_chart(voucher: Voucher, chart: Chart) -> None:
    """Every line on a usable leaf of this ledger with the dimensions it demands.

    Raises ChartError or VoucherError naming the line.
    """
    for number, line in enumerate(voucher.lines, 1):
        account = chart.usable_leaf(line.account)
        for dimension in account.demands:
            if not line.dimension(dimension):
                raise VoucherError(
                    f"第 {number} 行 {account.code} {account.name} 要写明{dimension.value}",
                    f"请在这一行补上{dimension.value}。",
                )
        if line.quantity and not account.unit:
            raise VoucherError(
                f"第 {number} 行 {account.code} {account.name} 不按数量核算，不能写数量",
                "请去掉数量，或先给科目设计量单位。",
            )
        if account.quantity_required and not line.quantity:
            raise VoucherError(
                f"第 {number} 行 {account.code} {account.name} 要写明数量",
                f"请在这一行补上数量（{account.unit}）。",
            )
