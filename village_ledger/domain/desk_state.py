"""Where each village stands on the township's desk: all its packages as one row, and who has sent nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.finding import Finding
from village_ledger.domain.period import Month, Span
from village_ledger.domain.review_check import Severity
from village_ledger.domain.township import (
    HISTORY,
    KEY,
    MISSING,
    ORDER,
    SOUND,
    TO_CHECK,
    UNTRUSTED,
    Figure,
    Known,
    Part,
    Reviewed,
)

TRUSTED, NOT_COMPARED, FALSE_SIGNATURE, OTHER_KEY, GAP, BROKEN, REWRITTEN, FALSE_BOOKS = (
    "可信",
    "没核对指纹",
    "签名不对",
    "换了密钥",
    "少一包",
    "接不上",
    "改过以前的",
    "账对不上",
)
"""What the column 签名 says of a village."""
_WORST_FIRST = (UNTRUSTED, TO_CHECK, SOUND)


@dataclass(frozen=True, slots=True)
class VillageState:
    """A village's packages of this run, and every one known of it, by number."""

    packages: tuple[Reviewed, ...]
    chain: tuple[Known, ...]

    @property
    def newest(self) -> Reviewed:
        """The package that counts."""
        return self.packages[-1]

    @property
    def village(self) -> str:
        """Its name."""
        return self.newest.known.village

    @property
    def findings(self) -> list[Finding]:
        """What does not hold, of the newest package first."""
        return [fault for one in reversed(self.packages) for fault in one.findings]

    @property
    def is_trusted(self) -> bool:
        """Whether nothing about any of its packages is wrong: only then do its figures count."""
        return not self.findings

    @property
    def verdict(self) -> str:
        """The worst of its packages' verdicts, what was found weighed by the newest."""
        return UNTRUSTED if self.findings else self.newest.verdict

    @property
    def trust(self) -> str:
        """What is wrong with the packages themselves, in one word."""
        if not self.findings:
            return TRUSTED if self.newest.key_compared else NOT_COMPARED
        if not all(one.signature_holds for one in self.packages):
            return FALSE_SIGNATURE
        rules = {fault.rule for fault in self.findings}
        if KEY in rules:
            return OTHER_KEY
        if HISTORY in rules:
            return REWRITTEN
        if ORDER in rules:
            return GAP if self.gaps else BROKEN
        return FALSE_BOOKS

    @property
    def gaps(self) -> list[str]:
        """What never came: the days that are missing, 11月; where none are, the packages: 第2包, 第4包至第6包."""
        return [
            _days_between(earlier, later) or _numbers_between(earlier, later)
            for earlier, later in pairwise(self.chain)
            if later.number > earlier.number + 1
        ]

    @property
    def sequence(self) -> str:
        """Which packages follow one another."""
        if self.gaps:
            return f"缺{'、'.join(self.gaps)}"
        if any(fault.rule in (ORDER, HISTORY) for fault in self.findings):
            return f"第 {self.newest.known.number} 包"
        if len(self.chain) > 1:
            return f"{len(self.chain)} 包相连"
        return f"第 {self.newest.known.number} 包"

    @property
    def found(self) -> str:
        """What there is to look at: the first thing that does not hold, else how much the checks found."""
        if self.findings:
            fault = self.findings[0]
            return f"{fault.record.removeprefix(self.village).strip()}：{fault.text}"
        return found_words(self.newest)

    def parts(self, kind: LedgerKind, figures: Sequence[Figure]) -> list[tuple[str, Part]]:
        """Accounts of some figures in the ledgers of a kind, each with its ledger."""
        return [
            (total.ledger, part)
            for total in self.newest.totals
            if total.kind is kind
            for part in total.parts
            if part.figure in figures
        ]

    def amount(self, kind: LedgerKind, figures: Sequence[Figure]) -> int:
        """What they come to, fen."""
        return sum(part.amount for _, part in self.parts(kind, figures))


class Absent(NamedTuple):
    """A village that should have sent and did not, and its last package the desk has seen."""

    village: str
    last: Known | None
    file: str = ""
    """A file of its name that was handed in and does not read."""

    @property
    def words(self) -> str:
        """What the desk knows of it."""
        if self.file:
            return f"送来的 {self.file} 读不了"
        return (
            "从来没有收到过" if self.last is None else f"最后一包到 {month_words(self.last.last, long=True)}"
        )


@dataclass(frozen=True, slots=True)
class DeskState:
    """All villages, those with something wrong first."""

    villages: tuple[VillageState, ...]
    unread: tuple[tuple[str, str], ...]
    """Files that are no packages, and why."""
    absent: tuple[Absent, ...]
    due: str = ""
    """The month the books should go to (``2025-12``): what the reviewer said, else what most reach; empty where nobody sent."""

    @property
    def counted(self) -> list[VillageState]:
        """Whose figures are in the totals, by name."""
        return sorted((one for one in self.villages if one.is_trusted), key=lambda one: one.village)

    @property
    def by_name(self) -> list[VillageState]:
        """Every village that sent, by name."""
        return sorted(self.villages, key=lambda one: one.village)

    @property
    def behind(self) -> list[VillageState]:
        """Villages whose books do not go to the month due: their newest package has not come."""
        return [one for one in self.by_name if one.newest.known.last[:7] < self.due]

    def verdict_of(self, one: VillageState) -> str:
        """Its verdict; where the month due has not come there is something to ask, whatever the checks found."""
        late = one.newest.known.last[:7] < self.due
        return TO_CHECK if late and one.verdict == SOUND else one.verdict

    @property
    def to_remind(self) -> list[Absent]:
        """Who is written to: those that sent nothing, and those that are behind."""
        return [*self.absent, *(Absent(one.village, one.newest.known) for one in self.behind)]

    def of(self, digest: str) -> VillageState | None:
        """The village a package is of."""
        return next(
            (one for one in self.villages if digest in {kept.known.digest for kept in one.packages}), None
        )

    def counts(self) -> tuple[int, int, int, int, int]:
        """Villages; trusted without anything found, with something, not trusted or not read, not sent."""
        verdicts = [self.verdict_of(one) for one in self.villages]
        bad = verdicts.count(UNTRUSTED) + len(self.unread)
        return (
            len(verdicts) + len(self.absent),
            verdicts.count(SOUND),
            verdicts.count(TO_CHECK),
            bad,
            len(self.absent),
        )


def desk_state(
    reviewed: Iterable[Reviewed],
    unread: Iterable[tuple[str, str]] = (),
    missing: Iterable[str] = (),
    before: Iterable[Known] = (),
    due: str = "",
) -> DeskState:
    """What a run found, a row a village: exceptions first, the gravest of them first; ``due`` the month asked for."""
    by_book: dict[str, list[Reviewed]] = {}
    for one in reviewed:
        by_book.setdefault(one.known.book, []).append(one)
    kept = list(before)
    villages = [_state(some, kept) for some in by_book.values()]
    villages.sort(
        key=lambda one: (
            _WORST_FIRST.index(one.verdict),
            -one.newest.grave,
            -one.newest.count(Severity.PLAIN),
            one.village,
        )
    )
    files = list(unread)
    absent = tuple(
        Absent(name, _last_of(name, kept), next((file for file, _ in files if name in file), ""))
        for name in missing
    )
    return DeskState(tuple(villages), tuple(files), absent, due or _most_reach(villages))


def _most_reach(villages: Iterable[VillageState]) -> str:
    """The month most villages' books go to, the later one of two; empty where nobody sent."""
    months = [one.newest.known.last[:7] for one in villages]
    return max(sorted(set(months), reverse=True), key=months.count, default="")


def _state(packages: Sequence[Reviewed], before: Sequence[Known]) -> VillageState:
    ordered = tuple(sorted(packages, key=lambda one: one.known.number))
    book, here = ordered[-1].known.book, {one.known.digest: one.known for one in ordered}
    chain = {one.digest: one for one in before if one.book == book} | here
    return VillageState(ordered, tuple(sorted(chain.values(), key=lambda one: one.number)))


def _last_of(village: str, known: Sequence[Known]) -> Known | None:
    of_it = [one for one in known if one.village == village]
    return max(of_it, key=lambda one: one.number, default=None)


def _numbers_between(earlier: Known, later: Known) -> str:
    first, last = earlier.number + 1, later.number - 1
    return f"第{first}包" if first == last else f"第{first}包至第{last}包"


def _days_between(earlier: Known, later: Known) -> str:
    """The days neither package is about, empty where there are none."""
    day = timedelta(days=1)
    first, last = date.fromisoformat(earlier.last) + day, date.fromisoformat(later.first) - day
    if first > last:
        return ""
    return Span(first, last).words().removeprefix(f"{later.last[:4]}年")


def found_words(one: Reviewed) -> str:
    """How much the checks found: 错 what is grave, 疑 what is to be looked at, 轻 the rest."""
    grave, plain, slight = (one.count(weight) for weight in Severity)
    parts = [f"{grave} 错 · {plain} 疑"] if grave or plain else []
    if slight:
        parts.append(f"{slight} 轻")
    return " · ".join(parts) or "没有"


def month_words(day: str, *, year: int = 0, long: bool = False) -> str:
    """A day's month as a column shows it: 12月 of the year in view, else 2024-12."""
    month = Month.parse(day[:7])
    if long:
        return f"{month.year}年{month.month}月"
    return f"{month.month}月" if month.year == year else str(month)


VERDICT_WORDS: Mapping[str, str] = {
    SOUND: "可信，没查出问题",
    TO_CHECK: "可信，有疑问",
    UNTRUSTED: "验不过",
    MISSING: "没交",
}
