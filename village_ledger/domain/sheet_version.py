"""Versions of a public sheet: each hangs under its own number, and what replaces it names it (更正公开)."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from village_ledger.domain.period import Month, Span


class VersionKind(Enum):
    """Why a sheet of a ledger and span was registered."""

    FIRST = "first"
    AGAIN = "again"
    """The same figures once more: from closed months now, or in place of a version that never hung."""
    REDONE = "redone"
    """Other figures, in place of a sheet that was never posted: the supervisors asked for it, or it was seen in time."""
    CORRECTION = "correction"
    """Other figures, in place of a sheet that was, or may have been, on the wall (更正公开)."""


CORRECTED = "更正公开"
UNCLOSED = "未结账"
_WORDS = {
    VersionKind.FIRST: "",
    VersionKind.AGAIN: "数字没有变",
    VersionKind.REDONE: "张贴前重做",
    VersionKind.CORRECTION: CORRECTED,
}


@dataclass(frozen=True, slots=True)
class SheetVersion:
    """One version of a sheet as registered; ``number`` runs 1, 2, 3 … for a ledger, report and span."""

    code: str
    ledger: str
    report: str
    span: Span
    number: int
    closed: bool
    """Whether every month of the span was closed; otherwise the sheet says 未结账."""
    kind: VersionKind
    corrects: str
    """Check code of the version it replaces, empty for the first and for the same figures again."""
    reason: str
    at: str
    by: str
    postings: int | None = None
    """So many vouchers of the ledger were posted when it was made; None for sheets of older books."""

    @property
    def mark(self) -> str:
        """What stands on the sheet beside its title: 更正公开, or nothing."""
        return CORRECTED if self.kind is VersionKind.CORRECTION else ""

    @property
    def kind_words(self) -> str:
        """What its kind is called, nothing for the first."""
        return _WORDS[self.kind]

    @property
    def words(self) -> str:
        """第 2 版，更正公开 …, 未结账."""
        said = [f"第 {self.number} 版", self.kind_words, "" if self.closed else UNCLOSED]
        return "，".join(filter(None, said))

    @property
    def detail(self) -> str:
        """What the operation log says of it; ``verify`` holds the version to it."""
        said = f"{self.report}，{self.span.words()}，{self.words}"
        if self.corrects:
            said += f"，替换 {self.corrects}"
        return f"{said}，原因：{self.reason}" if self.reason else said


@dataclass(frozen=True, slots=True)
class Planned:
    """What registering a sheet would make of it; ``standing`` is the version it already is."""

    number: int
    kind: VersionKind
    closed: bool
    corrects: str = ""
    standing: SheetVersion | None = None


def plan(
    versions: Sequence[SheetVersion], code: str, *, closed: bool, never_posted: Container[str] = ()
) -> Planned:
    """The version a sheet of this code is or would become after those there are.

    ``never_posted``: codes on record as never having hung anywhere. What is corrected is the sheet people may have read:
    the newest that is not among them.
    """
    if not versions:
        return Planned(1, VersionKind.FIRST, closed)
    newest = versions[-1]
    if newest.code == code and (newest.closed or not closed):
        return Planned(newest.number, newest.kind, newest.closed, newest.corrects, newest)
    number = newest.number + 1
    read = next((one.code for one in reversed(versions) if one.code not in never_posted), "")
    if code in (newest.code, read):
        return Planned(number, VersionKind.AGAIN, closed)
    kind = VersionKind.CORRECTION if read else VersionKind.REDONE
    return Planned(number, kind, closed, read or newest.code)


def unclosed_months(months: Sequence[tuple[Month, bool]], span: Span) -> list[Month]:
    """Months of a span that are not closed, by (month, accepts vouchers) of a ledger; later ones than it knows are not.

    Months before the ledger's first are no part of it.
    """
    if not months:
        return []
    found = [m for m, is_open in months if is_open and Month.of(span.first) <= m <= Month.of(span.last)]
    month = max(months[-1][0].next(), Month.of(span.first))
    while month <= Month.of(span.last):
        found.append(month)
        month = month.next()
    return found


def months_words(months: Sequence[Month]) -> str:
    """2025年3月, 2025年1月至3月; runs named apart: 2025年1月、2025年3月."""
    runs: list[list[Month]] = []
    for month in months:
        if runs and runs[-1][-1].next() == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return "、".join(_run_words(run[0], run[-1]) for run in runs)


def _run_words(first: Month, last: Month) -> str:
    words = f"{first.year}年{first.month}月"
    if first == last:
        return words
    return f"{words}至{last.month}月" if first.year == last.year else f"{words}至{last.year}年{last.month}月"


def span_of(first: str, last: str) -> Span:
    """A span from stored days."""
    return Span(date.fromisoformat(first), date.fromisoformat(last))
