"""Contracts (合同): who uses what of the village's, since when and until when, for how much, agreed by whom.

A contract is a draft until it is signed; from then on its terms stay as signed, and what comes later (another rent, term or
party, an early end, a dispute) is a dated change beside it. The status follows from the changes; what is in force on a day
follows from the terms and the changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from village_ledger.domain.errors import ContractError
from village_ledger.domain.half_width import half_width
from village_ledger.domain.money import quoted
from village_ledger.domain.rent_schedule import RentRow, RentTerms, rent_rows

NUMBER_LIMIT = 40
DAYS_PER_YEAR = 365


class Status(Enum):
    """How far a contract has come."""

    DRAFT = "draft"
    SIGNED = "signed"
    PERFORMING = "performing"
    CHANGED = "changed"
    ENDED = "ended"
    TERMINATED = "terminated"
    DISPUTE = "dispute"
    LAWSUIT = "lawsuit"

    @property
    def words(self) -> str:
        """What people call it."""
        return _STATUS_WORDS[self]

    @property
    def over(self) -> bool:
        """Whether nothing more falls due after its last row."""
        return self in (Status.ENDED, Status.TERMINATED)


_STATUS_WORDS = {
    Status.DRAFT: "草拟",
    Status.SIGNED: "已签",
    Status.PERFORMING: "履行中",
    Status.CHANGED: "已变更",
    Status.ENDED: "已终止",
    Status.TERMINATED: "提前解除",
    Status.DISPUTE: "有纠纷",
    Status.LAWSUIT: "诉讼中",
}


class Act(Enum):
    """What happened to a contract after it was drawn up."""

    SIGN = "sign"
    PERFORM = "perform"
    AMOUNT = "amount"
    TERM = "term"
    PARTY = "party"
    TERMINATE = "terminate"
    END = "end"
    DISPUTE = "dispute"
    LAWSUIT = "lawsuit"
    SETTLE = "settle"
    """A dispute or lawsuit is over; it goes on as before."""

    @property
    def words(self) -> str:
        """What people call it."""
        return _ACT_WORDS[self]


_ACT_WORDS = {
    Act.SIGN: "签订",
    Act.PERFORM: "开始履行",
    Act.AMOUNT: "改租金",
    Act.TERM: "改期限",
    Act.PARTY: "换承租方",
    Act.TERMINATE: "提前解除",
    Act.END: "到期终止",
    Act.DISPUTE: "发生纠纷",
    Act.LAWSUIT: "提起诉讼",
    Act.SETTLE: "纠纷了结",
}
_RUNNING = frozenset({Status.SIGNED, Status.PERFORMING, Status.CHANGED})
_TROUBLED = frozenset({Status.DISPUTE, Status.LAWSUIT})
_LIVE = _RUNNING | _TROUBLED
_MOVES: dict[Act, tuple[frozenset[Status], Status]] = {
    Act.SIGN: (frozenset({Status.DRAFT}), Status.SIGNED),
    Act.PERFORM: (frozenset({Status.SIGNED}), Status.PERFORMING),
    Act.AMOUNT: (_LIVE, Status.CHANGED),
    Act.TERM: (_LIVE, Status.CHANGED),
    Act.PARTY: (_LIVE, Status.CHANGED),
    Act.TERMINATE: (_LIVE, Status.TERMINATED),
    Act.END: (_LIVE, Status.ENDED),
    Act.DISPUTE: (_RUNNING, Status.DISPUTE),
    Act.LAWSUIT: (_LIVE, Status.LAWSUIT),
    Act.SETTLE: (_TROUBLED, Status.PERFORMING),
}
MOVES: tuple[tuple[str, str, str], ...] = tuple(
    (act.value, before.value, after.value)
    for act, (befores, after) in _MOVES.items()
    for before in sorted(befores, key=lambda one: one.value)
)
"""(act, status before, status after): the same rule for the guards of the book."""


def moved(number: str, status: Status, act: Act) -> Status:
    """The status after an act; raises ContractError when the act cannot follow."""
    befores, after = _MOVES[act]
    if status in befores:
        return status if status in _TROUBLED and after is Status.CHANGED else after
    if status is Status.DRAFT:
        raise ContractError(f"合同 {number} 还没有签订，不能{act.words}", "请先登记签订。")
    raise ContractError(f"合同 {number} 现在是“{status.words}”，不能{act.words}", "请核对合同状态。")


class Item(NamedTuple):
    """What is let: a card's or parcel's code, or only a name; the area let in 1/10000 of its unit."""

    code: str
    name: str
    kind: str = ""
    """``asset``, ``parcel`` or nothing when no card is known."""
    area: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Penalty:
    """Late money (违约金): millionths of what is open for every day late, after some days of grace."""

    rate: int = 0
    grace: int = 0


@dataclass(frozen=True, slots=True)
class Papers:
    """How it was agreed and where it lies (governance.md §5)."""

    way: str = ""
    """公开招标, 竞价, 协议 …"""
    platform_number: str = ""
    floor: int = 0
    """底价 of a whole period, fen; 0 when none was set."""
    valuation: str = ""
    resolution: str = ""
    vote: str = ""
    noticed: str = ""
    """When signing and performing were published."""
    filing: str = ""
    """备案号 of the township."""
    legal_opinion: str = ""
    signed_on: date | None = None
    signers: str = ""
    archive: str = ""
    written: bool = True


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract as drawn up; raises ContractError for what no contract can be."""

    number: str
    kind: str
    """Id of a kind in rules/contracts.toml."""
    party: str
    terms: RentTerms
    items: tuple[Item, ...]
    member: bool = False
    party_code: str = ""
    """Registration code of a firm; identity numbers are kept in no contract."""
    related: str = ""
    """How the party is related to the village's officers, empty when not."""
    purpose: str = ""
    price_words: str = ""
    handover: date | None = None
    deposit: int = 0
    penalty: Penalty = Penalty()
    papers: Papers = Papers()
    kept_from: date | None = None
    """Rows due before this day are settled outside this book; None: the ledger's start."""
    note: str = ""

    def __post_init__(self) -> None:
        if not self.number:
            raise ContractError("没有写合同编号", "请填合同编号。")
        if not self.party:
            raise ContractError(f"合同 {self.number} 没有写对方", "请填承租（承包）方。")
        if not self.items:
            raise ContractError(f"合同 {self.number} 没有写标的", "请填资产编号，或写清楚租的是什么。")
        if self.deposit < 0 or self.papers.floor < 0:
            raise ContractError(f"合同 {self.number} 的押金和底价不能小于零", "请核对。")
        if any(item.area < 0 for item in self.items):
            raise ContractError(f"合同 {self.number} 的面积小于零", "请核对面积。")
        if not 0 <= self.penalty.rate <= MOST_PENALTY or not 0 <= self.penalty.grace <= DAYS_PER_YEAR:
            raise ContractError(f"合同 {self.number} 的违约金约定不合常理", "每日不超过千分之十，请核对。")
        codes = [item.code for item in self.items if item.code]
        if len(codes) != len(set(codes)):
            raise ContractError(f"合同 {self.number} 的同一个标的写了两次", "请合成一行。")


MOST_PENALTY = 10_000
"""1 % a day: more is a slip of the hand."""


class Change(NamedTuple):
    """Something dated that happened to a contract; what it does not change is None or empty."""

    day: date
    act: Act
    status: Status
    """After it."""
    amount: int = 0
    end: date | None = None
    party: str = ""
    member: bool = False
    basis: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class InForce:
    """Terms after the changes, and the parties from day to day."""

    terms: RentTerms
    parties: tuple[tuple[date, str, bool], ...]
    """(from, name, member) in order."""

    @property
    def end(self) -> date:
        """The last day let."""
        return self.terms.end

    def party_on(self, day: date) -> tuple[str, bool]:
        """Whose rent a row that begins on a day is."""
        found = self.parties[0]
        for one in self.parties[1:]:
            if one[0] <= day:
                found = one
        return found[1], found[2]


def in_force(contract: Contract, changes: Sequence[Change]) -> InForce:
    """What holds after the changes, in the order they were made."""
    terms = contract.terms
    parties = [(terms.start, contract.party, contract.member)]
    for change in changes:
        if change.act is Act.AMOUNT:
            terms = terms.changed(change.day, change.amount)
        elif change.act in (Act.TERM, Act.TERMINATE) and change.end is not None:
            terms = terms.until(change.end)
        elif change.act is Act.PARTY:
            parties.append((change.day, change.party, change.member))
    return InForce(terms, tuple(parties))


def ensure_change(contract: Contract, before: InForce, change: Change, settled: Sequence[date]) -> InForce:
    """What holds after one more change; raises ContractError for one that cannot be.

    ``settled`` are first days of rows money or a voucher hangs on: they must come out as they were.
    """
    number, terms = contract.number, before.terms
    if change.act is Act.AMOUNT and change.amount <= 0:
        raise ContractError(f"合同 {number} 的新租金要大于零", "请核对金额。")
    if change.act in (Act.AMOUNT, Act.PARTY) and not terms.start <= change.day <= terms.end:
        raise ContractError(f"变更日 {change.day} 不在合同 {number} 的租期里", "请核对日期。")
    if change.act is Act.PARTY and not change.party:
        raise ContractError(f"没有写合同 {number} 换成谁", "请填新的承租方。")
    if change.act in (Act.TERM, Act.TERMINATE):
        _ensure_end(contract, before, change)
    after = _with(before, change)
    old = {row.first: (row, before.party_on(row.first)) for row in rent_rows(terms)}
    new = {row.first: (row, after.party_on(row.first)) for row in rent_rows(after.terms)}
    for first in settled:
        if old.get(first) != new.get(first):
            row = old[first][0]
            raise ContractError(
                f"{row.first} 至 {row.last} 这一期已经收过租金或记过应收，不能从 {change.day} 改",
                "请从下一期起改，或先冲销那一期的凭证。",
            )
    return after


def _ensure_end(contract: Contract, before: InForce, change: Change) -> None:
    if change.end is None or change.end < before.terms.start:
        raise ContractError(
            f"合同 {contract.number} 的新终止日早于起始日 {before.terms.start}", "请核对日期。"
        )
    if change.act is Act.TERMINATE and change.end > before.terms.end:
        raise ContractError(
            f"解除日 {change.end} 晚于合同 {contract.number} 的终止日 {before.terms.end}",
            "延长请用“改期限”，到期请用“到期终止”。",
        )


def _with(before: InForce, change: Change) -> InForce:
    if change.act is Act.AMOUNT:
        return replace(before, terms=before.terms.changed(change.day, change.amount))
    if change.act in (Act.TERM, Act.TERMINATE) and change.end is not None:
        return replace(before, terms=before.terms.until(change.end))
    if change.act is Act.PARTY:
        return replace(before, parties=(*before.parties, (change.day, change.party, change.member)))
    return before


@dataclass(frozen=True, slots=True)
class RowState:
    """A row, what was booked as owed for it, what came in for it, and when."""

    row: RentRow
    party: str
    member: bool
    accrued: int = 0
    """Booked as receivable, fen."""
    received: int = 0
    unaccrued: int = 0
    """Part of what came in that was income at once: no receivable is booked for it."""
    before: bool = False
    """Due before the book kept it: settled elsewhere."""

    @property
    def open(self) -> int:
        """Still to come in."""
        return 0 if self.before else self.row.amount - self.received

    @property
    def to_accrue(self) -> int:
        """Still to be booked as receivable."""
        return 0 if self.before else self.row.amount - self.accrued - self.unaccrued

    def late(self, today: date) -> int:
        """Days late, 0 when nothing is."""
        return (today - self.row.due).days if self.open > 0 and self.row.due < today else 0


def penalty_of(row: RowState, receipts: Sequence[tuple[date, int]], terms: Penalty, today: date) -> int:
    """Late money of a row through a day, fen half up: every part by the days it came late, what is open by the days until now."""
    if not terms.rate or row.before:
        return 0
    from_day = row.row.due + timedelta(days=terms.grace)
    parts = [*receipts, (today, row.open)]
    weighed = sum(fen * max(0, (day - row.row.due).days) for day, fen in parts if day > from_day and fen > 0)
    return (2 * weighed * terms.rate + 1_000_000) // 2_000_000


AREA_SCALE = 10_000
_AREA = re.compile(r"(\d{1,9})(?:\.(\d{1,4}))?")


def read_item_area(text: str) -> int:
    """What is let of something, 11.5, in 1/10000 of its unit; blank is 0. Raises ContractError."""
    tidy = half_width(text).strip().replace(",", "")
    if not tidy:
        return 0
    found = _AREA.fullmatch(tidy)
    if found is None:
        raise ContractError(f"面积“{quoted(text)}”不对", "请写成 11.5 的样子，最多四位小数，不能小于零。")
    area = int(found[1]) * AREA_SCALE + int((found[2] or "").ljust(4, "0"))
    if area == 0:
        raise ContractError(f"面积“{quoted(text)}”是零", "请核对；不知道面积就空着。")
    return area


def item_area_text(area: int) -> str:
    """As people write it: 11.5; nothing for none."""
    whole, part = divmod(area, AREA_SCALE)
    return f"{whole}.{part:04d}".rstrip("0").rstrip(".") if area else ""


_BETWEEN = re.compile(r"[;；、,，]")


def items_of(codes: str, what: str, area: int = 0, unit: str = "") -> tuple[Item, ...]:
    """What is let, from codes parted by ; or 、 and a name; nothing where neither is said. Raises ContractError."""
    found = [code.strip() for code in _BETWEEN.split(half_width(codes)) if code.strip()]
    if len(found) > 1 and area:
        raise ContractError(
            "写了几个编号，面积不知道是哪一个的", "分块出租的地一块写一份合同；几样一起租的不写面积。"
        )
    if len(found) > 1:
        return tuple(Item(code, "") for code in found)
    return (
        (Item(found[0] if found else "", what.strip(), "", area, unit.strip()),)
        if found or what.strip()
        else ()
    )
