"""A township's desk: what is known of each village's packages, and whether they follow one another.

A package names the one before by digest, carries the head of every chain, and is signed by the village's key. Therefore three
questions can be asked without a network: is it the same village, is nothing left out between two packages, and does the later
one still contain what the earlier one said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from itertools import pairwise
from typing import Any

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.finding import Finding
from village_ledger.domain.package import NO_PACKAGE, Manifest, fingerprint
from village_ledger.domain.review_check import Hit, Severity
from village_ledger.domain.village_key import Key, KnownVillage, standing_of

KEY, ORDER, HISTORY = "P4", "P5", "P6"
"""Rules: one key a village · packages follow one another · what was sent is still in the books."""
UNTRUSTED, TO_CHECK, SOUND, UNREAD, MISSING = "不能信", "要核对", "可看", "读不了", "没有送"
"""Verdicts on a village; the last two on a file that is no package, and on one that never came."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk remembers of a package it has seen."""

    book: str
    village: str
    number: int
    digest: str
    previous: str
    fingerprint: str
    first: str
    last: str
    heads: dict[str, tuple[str, int]]
    """Ledger → head of its chain and number of links."""

    @classmethod
    def of(cls, manifest: Manifest, digest: str) -> Known:
        """What is remembered of a package."""
        return cls(
            manifest.book,
            manifest.village,
            manifest.number,
            digest,
            manifest.previous,
            fingerprint(manifest.public_key),
            manifest.span.first.isoformat(),
            manifest.span.last.isoformat(),
            {entity.ledger: (entity.head, entity.links) for entity in manifest.entities},
        )

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Known:
        """What was kept as JSON; raises KeyError, TypeError or ValueError for what is none."""
        return cls(
            book=str(said["book"]),
            village=str(said["village"]),
            number=int(said["number"]),
            digest=str(said["digest"]),
            previous=str(said["previous"]),
            fingerprint=str(said["fingerprint"]),
            first=str(said["first"]),
            last=str(said["last"]),
            heads={str(ledger): (str(head), int(links)) for ledger, (head, links) in said["heads"].items()},
        )


class Figure(Enum):
    """What a ledger comes to, as the desk sums it over villages."""

    INCOME = "income"
    EXPENSE = "expense"
    CASH = "cash"
    BANK = "bank"
    OWED_TO = "owed_to"
    OWED_BY = "owed_by"

    @property
    def words(self) -> str:
        """As a head names it; owed to the village, owed by it."""
        return {
            "income": "收入",
            "expense": "支出",
            "cash": "现金",
            "bank": "存款",
            "owed_to": "别人欠的",
            "owed_by": "欠别人的",
        }[self.value]


MONEY = (Figure.CASH, Figure.BANK)
"""What the desk shows together: 现金和存款."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one account has in a figure, fen."""

    figure: Figure
    account: str
    name: str
    amount: int


@dataclass(frozen=True, slots=True)
class Totals:
    """What a village's ledger comes to, and of which accounts; fen."""

    ledger: str
    entity: str
    kind: LedgerKind = LedgerKind.COLLECTIVE
    parts: tuple[Part, ...] = ()

    def of(self, *figures: Figure) -> int:
        """What some figures come to."""
        return sum(part.amount for part in self.parts if part.figure in figures)

    @property
    def figures(self) -> tuple[int, ...]:
        """Every figure, in its order."""
        return tuple(self.of(figure) for figure in Figure)


@dataclass(slots=True)
class Reviewed:
    """A package after review: what it is, what does not hold, what the checks found."""

    file: str
    known: Known
    made_at: str
    closed: bool
    is_demo: bool
    findings: list[Finding]
    hits: list[Hit]
    totals: list[Totals] = field(default_factory=list[Totals])
    checked: int = 0
    signature_holds: bool = True
    key_compared: bool = True
    """Whether somebody has compared the fingerprint with the village."""

    @property
    def grave(self) -> int:
        """How many findings of the checks are grave."""
        return self.count(Severity.GRAVE)

    def count(self, severity: Severity) -> int:
        """How many findings of the checks have a weight."""
        return sum(hit.rule.severity is severity for hit in self.hits)

    def compared(self, severity: Severity) -> int:
        """The same of the rules that measure every village alike."""
        return sum(hit.rule.severity is severity and not hit.rule.by_village for hit in self.hits)

    @property
    def verdict(self) -> str:
        """In one word, for the table."""
        if self.findings:
            return UNTRUSTED
        return TO_CHECK if self.grave or self.count(Severity.PLAIN) else SOUND


def sequence_faults(
    packages: Iterable[Known], seen_before: Iterable[Known] = (), compared: Sequence[KnownVillage] = ()
) -> list[tuple[Known, Finding]]:
    """Where the packages of one village do not follow one another, each fault with the package it is said of.

    A key somebody compared is the village's; where nobody has, the first package's is.
    """
    before, now = list(seen_before), list(packages)
    faults: list[tuple[Known, Finding]] = []
    by_book: dict[str, list[Known]] = {}
    for one in [*before, *now]:
        if one.digest not in {other.digest for other in by_book.setdefault(one.book, [])}:
            by_book[one.book].append(one)
    fresh, trusted = {one.digest for one in now}, {one.digest for one in before}
    for known in by_book.values():
        known.sort(key=lambda one: one.number)
        faults += [(one, fault) for one, fault in _of_one_book(known) if one.digest in fresh]
        faults += _other_keys([one for one in known if one.digest not in trusted], known[0], compared)
    faults += _replayed(before, now)
    faults += _two_books(now)
    return faults


def _other_keys(
    fresh: Iterable[Known], first: Known, compared: Sequence[KnownVillage]
) -> Iterable[tuple[Known, Finding]]:
    """Packages of one book signed by another key than the village's; a renewed one is its own once somebody compared it."""
    for one in fresh:
        stands = standing_of(compared, one.book, one.village, one.fingerprint)
        known, text = stands.known, "签名密钥和核对过的不一样"
        if stands.key is Key.FIRST:
            known, text = first.fingerprint, "签名密钥和以前的不一样"
        if known != one.fingerprint or stands.key is Key.CHANGED:
            yield one, Finding(KEY, f"{one.village} 第{one.number}包", text, "", known, one.fingerprint)


def _of_one_book(known: Sequence[Known]) -> Iterable[tuple[Known, Finding]]:
    first = known[0]
    for earlier, later in pairwise(known):
        if later.number == earlier.number:
            yield later, Finding(ORDER, f"{later.village} 第{later.number}包", "有两个不同的包是同一个号")
        elif later.number == earlier.number + 1 and later.previous != earlier.digest:
            yield (
                later,
                Finding(
                    ORDER,
                    f"{later.village} 第{later.number}包",
                    "接的不是收到的上一包",
                    "",
                    earlier.digest[:16],
                    later.previous[:16],
                ),
            )
        elif later.number > earlier.number + 1:
            gap = f"第{earlier.number + 1}包" + (
                f"至第{later.number - 1}包" if later.number > earlier.number + 2 else ""
            )
            yield later, Finding(ORDER, f"{later.village} {gap}", "没有收到，中间缺了")
    if first.number == 1 and first.previous != NO_PACKAGE:
        yield first, Finding(ORDER, f"{first.village} 第1包", "说它前面还有别的包")


def _replayed(before: Sequence[Known], now: Sequence[Known]) -> Iterable[tuple[Known, Finding]]:
    """An older package handed in again as if it were the newest."""
    newest: dict[str, Known] = {}
    for one in before:
        if one.book not in newest or one.number > newest[one.book].number:
            newest[one.book] = one
    last_of: dict[str, Known] = {}
    for one in now:
        if one.book not in last_of or one.number > last_of[one.book].number:
            last_of[one.book] = one
    for book, one in last_of.items():
        latest = newest.get(book)
        if latest is not None and one.number < latest.number:
            yield (
                one,
                Finding(ORDER, f"{one.village} 第{one.number}包", f"是旧的，以前已经收过第{latest.number}包"),
            )


def _two_books(now: Sequence[Known]) -> Iterable[tuple[Known, Finding]]:
    """Two books under one village's name."""
    first: dict[str, Known] = {}
    for one in now:
        other = first.setdefault(one.village, one)
        if other.book != one.book:
            yield (
                one,
                Finding(KEY, f"{one.village} 第{one.number}包", "同一个村名有两本不同的账簿，签名也不是一家"),
            )


def history_faults(
    known: Known, earlier: Iterable[Known], head_at: dict[tuple[str, int], str]
) -> list[Finding]:
    """What an earlier package said that the later one's books do not contain; ``head_at`` of (ledger, links) in the later."""
    faults: list[Finding] = []
    for one in earlier:
        for ledger, (head, links) in one.heads.items():
            if one.number < known.number and links and head_at.get((ledger, links)) != head:
                faults.append(
                    Finding(
                        HISTORY,
                        f"{known.village} 第{known.number}包",
                        f"第{one.number}包里的凭证在这一包里变了或没有了",
                        ledger,
                        head[:16],
                        head_at.get((ledger, links), "")[:16],
                    )
                )
    return faults


def missing_villages(expected: Iterable[str], there: Iterable[str]) -> list[str]:
    """Villages that should have sent a package and did not."""
    present = set(there)
    return [village for village in expected if village not in present]


def period_of(known: Known) -> tuple[date, date]:
    """The days a package is about."""
    return date.fromisoformat(known.first), date.fromisoformat(known.last)
