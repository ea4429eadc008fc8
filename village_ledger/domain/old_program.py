"""What another bookkeeping program printed of its books: balances and vouchers under its own codes, nothing mapped yet.

OldAccount    an account of the old chart by its bare code, with the names above it
OldBalance    one balance of a leaf, or of one counterparty on it
OldVoucher    one voucher with its lines
OldRecords    all that the files of one import said, and what proves them
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Month, Span


class OldProgram(Enum):
    """Whose layout the files have."""

    KINGDEE = "kingdee"
    YONYOU = "t3"

    @property
    def words(self) -> str:
        """What people call it."""
        return {"kingdee": "金蝶 KIS", "t3": "用友 T3"}[self.value]


@dataclass(frozen=True, slots=True)
class OldAccount:
    """An account of the old program."""

    code: str
    """Digits only, 1120101."""
    shown: str
    """As the file writes it, 112.01.01."""
    path: tuple[str, ...]
    """Names from the first level down."""

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path[-1]

    @property
    def words(self) -> str:
        """The whole path, as Kingdee writes it."""
        return " - ".join(self.path)


@dataclass(frozen=True, slots=True)
class OldItem:
    """What stands beside an account (核算项目): a member, a customer, a project."""

    kind: str
    code: str
    name: str

    @property
    def is_project(self) -> bool:
        """Whether it is a project rather than somebody."""
        return "项目" in self.kind or "工程" in self.kind


@dataclass(frozen=True, slots=True)
class OldBalance:
    """The figures of a leaf over the span of its file, debit − credit, fen; ``item`` where it has its own row."""

    row: int
    code: str
    item: OldItem | None
    opening: int
    debit: int
    credit: int
    closing: int
    year_debit: int = 0
    year_credit: int = 0


@dataclass(frozen=True, slots=True)
class OldLine:
    """One line of a voucher; exactly one of debit and credit is not zero."""

    row: int
    summary: str
    code: str
    item: OldItem | None
    debit: int
    credit: int


@dataclass(slots=True)
class OldVoucher:
    """A voucher as the old program numbered it."""

    row: int
    day: date
    word: str
    number: int
    lines: list[OldLine] = field(default_factory=list[OldLine])
    attachments: int = 0
    maker: str = ""
    reviewer: str = ""

    @property
    def month(self) -> Month:
        """The month it is numbered in."""
        return Month.of(self.day)

    @property
    def key(self) -> tuple[Month, str, int]:
        """What names it in its ledger."""
        return self.month, self.word, self.number

    @property
    def ref(self) -> str:
        """As people name it."""
        return f"{self.month}/{self.word}-{self.number:04d}"


@dataclass(slots=True)
class OldRecords:
    """All that was read; ``span`` is that of the balances, else of the vouchers."""

    program: OldProgram
    entity: str
    span: Span
    accounts: dict[str, OldAccount]
    balances: list[OldBalance]
    vouchers: list[OldVoucher]
    sources: list[str]
    """Names of the files."""
    digest: str
    """SHA-256 over the files, in the order of their own digests."""
    notices: list[str] = field(default_factory=list[str])

    @property
    def used(self) -> list[OldAccount]:
        """The leaves that have a balance, a movement or a line, by code."""
        codes = {x.code for x in self.balances} | {x.code for v in self.vouchers for x in v.lines}
        return [self.accounts[code] for code in sorted(codes)]


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers of a month and word that no voucher has."""

    month: Month
    word: str
    first: int
    last: int

    def __str__(self) -> str:
        numbers = f"{self.word}-{self.first:04d}"
        if self.last > self.first:
            numbers += f"～{self.last:04d}"
        return f"{self.month} 缺 {numbers}"


def gaps_of(vouchers: Iterable[OldVoucher], last: Mapping[tuple[Month, str], int] | None = None) -> list[Gap]:
    """Missing numbers, month by month and word by word; ``last`` are the numbers a book has already."""
    found: list[Gap] = []
    numbers: dict[tuple[Month, str], list[int]] = {}
    for one in vouchers:
        numbers.setdefault((one.month, one.word), []).append(one.number)
    for (month, word), taken in sorted(numbers.items(), key=lambda x: (x[0][0], x[0][1])):
        before = (last or {}).get((month, word), 0)
        for number in sorted(taken):
            if number > before + 1:
                found.append(Gap(month, word, before + 1, number - 1))
            before = max(before, number)
    return found


def faults_of(records: OldRecords) -> list[str]:
    """What in the files contradicts itself, in words; empty when they prove each other."""
    return [
        *_balance_faults(records.balances, records.accounts),
        *_voucher_faults(records.vouchers),
        *_movement_faults(records),
    ]


def _balance_faults(balances: Sequence[OldBalance], accounts: Mapping[str, OldAccount]) -> list[str]:
    found: list[str] = []
    for one in balances:
        reached = one.opening + one.debit - one.credit
        if reached != one.closing:
            found.append(
                f"第{one.row}行：{accounts[one.code].shown} 期初加减发生额得 {format_fen(reached)}，"
                f"期末写的是 {format_fen(one.closing)}，对不上。"
            )
    for word, total in (
        ("期初余额", sum(x.opening for x in balances)),
        ("本期发生", sum(x.debit - x.credit for x in balances)),
    ):
        if total:
            found.append(f"科目余额表的{word}借贷不平，相差 {format_fen(abs(total))}。")
    return found


def _voucher_faults(vouchers: Iterable[OldVoucher]) -> list[str]:
    found: list[str] = []
    for one in vouchers:
        debit, credit = sum(x.debit for x in one.lines), sum(x.credit for x in one.lines)
        if debit != credit:
            found.append(
                f"第{one.row}行：凭证 {one.ref} 借贷不平：借方合计 {format_fen(debit)}，贷方合计 {format_fen(credit)}。"
            )
        elif len(one.lines) < 2:
            found.append(f"第{one.row}行：凭证 {one.ref} 只有一行，凭证要有借有贷。")
    return found


def _movement_faults(records: OldRecords) -> list[str]:
    """Vouchers and balances of the same months must tell the same; vouchers of other months are not asked."""
    if not records.balances or not records.vouchers:
        return []
    span = records.span
    inside = [v for v in records.vouchers if span.first <= v.day <= span.last]
    if len(inside) < len(records.vouchers):
        strange = next(v for v in records.vouchers if v not in inside)
        return [
            f"第{strange.row}行：凭证 {strange.ref} 不在科目余额表的期间（{span.words()}）里，请导出同一期间的两张表。"
        ]
    moved: dict[str, list[int]] = {}
    for voucher in inside:
        for line in voucher.lines:
            both = moved.setdefault(line.code, [0, 0])
            both[0] += line.debit
            both[1] += line.credit
    said: dict[str, list[int]] = {}
    for one in records.balances:
        both = said.setdefault(one.code, [0, 0])
        both[0] += one.debit
        both[1] += one.credit
    found: list[str] = []
    for code in sorted({*moved, *said}):
        vouchers, balances = moved.get(code, [0, 0]), said.get(code, [0, 0])
        if vouchers != balances:
            found.append(
                f"{records.accounts[code].shown} {records.accounts[code].words}：序时账发生额 借 {format_fen(vouchers[0])} "
                f"贷 {format_fen(vouchers[1])}，科目余额表 借 {format_fen(balances[0])} 贷 {format_fen(balances[1])}，对不上。"
            )
    return found
