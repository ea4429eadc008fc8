"""Splitting one old ledger in two (分账): every old balance gets an owner, and nothing is lost or made.

    OldLine     one closing balance of the old book
    Part        what one owner gets of it, and where it stands in his new ledger
    SplitLine   an old line with its parts
    Proof       both new trial balances held against the old one

The collective and the committee owe each other what the split leaves over: the mirror (两账往来), the only line that is new.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from hashlib import sha256

from village_ledger.domain.chain import FIELD, LINE
from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.money import format_fen


class Owner(Enum):
    """Whose a balance is; what is passed on to people (代管代发) stands in the committee's ledger."""

    COLLECTIVE = "集体"
    COMMITTEE = "村委会"
    TRUST = "代管代发"
    UNDECIDED = "待定"

    @property
    def ledger(self) -> LedgerKind | None:
        """The ledger the balance goes to; None while nobody has decided."""
        return _LEDGER_OF.get(self)


_LEDGER_OF = {
    Owner.COLLECTIVE: LedgerKind.COLLECTIVE,
    Owner.COMMITTEE: LedgerKind.COMMITTEE,
    Owner.TRUST: LedgerKind.COMMITTEE,
}


@dataclass(frozen=True, slots=True)
class OldLine:
    """One closing balance of the old book, fen; exactly one of debit and credit is not zero."""

    row: int
    """The number a spreadsheet shows beside it: the line's name in every sentence and file."""
    code: str
    name: str
    item: str = ""
    """Counterparty, project or asset card, as the old book has it."""
    debit: int = 0
    credit: int = 0
    note: str = ""

    @property
    def amount(self) -> int:
        """The balance on its own side."""
        return self.debit or self.credit

    @property
    def is_debit(self) -> bool:
        """Whether it stands on the debit side."""
        return bool(self.debit)

    @property
    def side(self) -> str:
        """借 or 贷."""
        return "借" if self.is_debit else "贷"

    @property
    def detail(self) -> str:
        """The last part of a name such as 银行存款/农商行基本户."""
        _, _, below = self.name.partition("/")
        return below.strip().rsplit("/", 1)[-1].strip()

    @property
    def words(self) -> str:
        """Account and item as people read them."""
        return f"{self.name} {self.item}".strip().replace("/", "—")


@dataclass(frozen=True, slots=True)
class Part:
    """What one owner gets of a line, on the line's side, fen; and its place in his ledger."""

    owner: Owner
    amount: int
    account: str = ""
    detail: str = ""
    """Name of a sub-account below ``account``, made when the book is made; empty for none."""
    counterparty: str = ""
    project: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SplitLine:
    """An old line, its parts, and what the rules thought of it first."""

    line: OldLine
    parts: tuple[Part, ...]
    guess: Owner = Owner.UNDECIDED
    certainty: str = ""
    """A sure, B reasonable, C to be agreed upon: of the first guess."""
    source: str = ""
    hint: str = ""
    """What to look at before leaving the guess as it is."""

    @property
    def is_decided(self) -> bool:
        """Whether every part has an owner."""
        return bool(self.parts) and all(part.owner is not Owner.UNDECIDED for part in self.parts)

    @property
    def is_split(self) -> bool:
        """Whether more than one part was made of it."""
        return len(self.parts) > 1

    @property
    def gap(self) -> int:
        """What the parts still lack of the line, fen."""
        return self.line.amount - sum(part.amount for part in self.parts)

    @property
    def owner_words(self) -> str:
        """Whose it is in one word: an owner, or 拆分."""
        owners = {part.owner for part in self.parts}
        return next(iter(owners)).value if len(owners) == 1 else "拆分"

    def given_to(self, ledger: LedgerKind) -> int:
        """What a ledger gets of the line, fen."""
        return sum(part.amount for part in self.parts if part.owner.ledger is ledger)


@dataclass(frozen=True, slots=True)
class Sums:
    """Debits and credits of one trial balance, fen."""

    debit: int = 0
    credit: int = 0

    @property
    def is_even(self) -> bool:
        """Whether both sides agree."""
        return self.debit == self.credit

    def plus(self, *, is_debit: bool, amount: int) -> Sums:
        """These sums and one balance more."""
        if is_debit:
            return replace(self, debit=self.debit + amount)
        return replace(self, credit=self.credit + amount)


@dataclass(frozen=True, slots=True)
class Proof:
    """The old trial balance and the two new ones, worked out from the parts each time."""

    old: Sums
    sides: dict[LedgerKind, Sums]
    """With the mirror line."""
    mirror: int
    """What the collective owes the committee, fen; negative when it is the other way round."""
    lines: int
    decided: int
    split: int
    faults: tuple[str, ...] = field(default=())
    """Everything that stands in the way, a sentence each."""

    @property
    def holds(self) -> bool:
        """Whether the split may be made."""
        return not self.faults

    def side(self, ledger: LedgerKind) -> Sums:
        """One new trial balance."""
        return self.sides[ledger]


def prove(lines: Sequence[SplitLine]) -> Proof:
    """Hold a split against the old balances: owners, sums line by line, both new trial balances."""
    old, sides = Sums(), {kind: Sums() for kind in LedgerKind}
    for split in lines:
        old = old.plus(is_debit=split.line.is_debit, amount=split.line.amount)
        for part in split.parts:
            if part.owner.ledger is not None:
                sides[part.owner.ledger] = sides[part.owner.ledger].plus(
                    is_debit=split.line.is_debit, amount=part.amount
                )
    ours = sides[LedgerKind.COLLECTIVE]
    mirror = ours.debit - ours.credit
    with_mirror = {
        LedgerKind.COLLECTIVE: ours.plus(is_debit=mirror < 0, amount=abs(mirror)),
        LedgerKind.COMMITTEE: sides[LedgerKind.COMMITTEE].plus(is_debit=mirror > 0, amount=abs(mirror)),
    }
    return Proof(
        old,
        with_mirror,
        mirror,
        lines=len(lines),
        decided=sum(split.is_decided for split in lines),
        split=sum(split.is_split for split in lines),
        faults=tuple(_faults(lines, old, with_mirror)),
    )


def _faults(lines: Sequence[SplitLine], old: Sums, sides: dict[LedgerKind, Sums]) -> Iterable[str]:
    """What is wrong: the old book, line by line, and a side that is off although every line is right."""
    if not old.is_even:
        gap = format_fen(abs(old.debit - old.credit))
        yield f"旧账不平：借方合计 {format_fen(old.debit)}，贷方合计 {format_fen(old.credit)}，相差 {gap}。"
        return
    found = [fault for split in lines for fault in _line_faults(split)]
    yield from found
    for kind, words in ((LedgerKind.COLLECTIVE, "集体账"), (LedgerKind.COMMITTEE, "村委会账")):
        if not found and not sides[kind].is_even:
            yield f"{words}的期初借贷相差 {format_fen(abs(sides[kind].debit - sides[kind].credit))}。"


def _line_faults(split: SplitLine) -> Iterable[str]:
    where = f"第{split.line.row}行 {split.line.words}"
    if not split.is_decided:
        yield f"{where}：还没有定归谁（待定）。"
        return
    if split.gap:
        word = "少" if (split.gap > 0) == (split.line.amount > 0) else "多"
        yield f"{where}：各份合计比旧账{word} {format_fen(abs(split.gap))}。"
    for part in split.parts:
        mine = f"{where}：归{part.owner.value}的一份"
        if not part.amount or (part.amount > 0) != (split.line.amount > 0):
            yield f"{mine}是 {format_fen(part.amount)}，每一份都要和旧账同号，不能是零。"
        if not part.account:
            yield f"{mine}还没有科目。"


def document_digest(lines: Sequence[SplitLine]) -> bytes:
    """Digest of a whole split: every old line, its parts, owners and reasons, in order."""
    texts: list[str] = []
    for split in lines:
        x = split.line
        texts.append(FIELD.join(map(str, (x.row, x.code, x.name, x.item, x.debit, x.credit, x.note))))
        texts += [
            FIELD.join(
                map(
                    str,
                    (
                        part.owner.value,
                        part.amount,
                        part.account,
                        part.detail,
                        part.counterparty,
                        part.project,
                        part.reason,
                    ),
                )
            )
            for part in split.parts
        ]
    return sha256(LINE.join(texts).encode()).digest()
