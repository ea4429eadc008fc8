"""Which books are bound at a year's end, and what stands in each: read from a book, account by account."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.chart import INCOME_AND_EXPENSE, Account, Money
from village_ledger.domain.errors import LedgerError, PeriodError
from village_ledger.domain.period import Month, Span
from village_ledger.reports.books.bound_book import Chapter, write_volume
from village_ledger.reports.books.covers import Front, VoucherBundle
from village_ledger.reports.catalogue import make
from village_ledger.reports.request import CHIEF, ReportRequest, issuer_of

if TYPE_CHECKING:
    from village_ledger.reports.pens.render_pdf import PdfResult
    from village_ledger.storage.reader import Reader

VOLUMES = {
    "general-ledger": "总账",
    "account-ledger": "明细账",
    "cash-journal": "库存现金日记账",
    "bank-journal": "银行存款日记账",
    "multi-column": "多栏明细账",
    "quantity-ledger": "数量金额账",
}
"""Books that are bound, by the report each of their pages is."""


def chapters_of(reader: Reader, volume: str, ledger: str, span: Span) -> list[Chapter]:
    """The accounts of a volume in the order of their codes.

    Raises LedgerError for a book that is not bound, PeriodError when nothing was booked in it.
    """
    if volume not in VOLUMES:
        raise LedgerError(f"没有叫“{volume}”的账簿", f"可以装订：{'、'.join(VOLUMES)}。")
    chart = reader.chart(ledger)
    used = {a.code for a in chart if a.is_leaf and _has_lines(reader, ledger, a.code, span)}
    chapters = [
        Chapter(
            a.code, chart.path(a.code), partial(make, reader, volume, ReportRequest(ledger, span, a.code))
        )
        for a in chart
        if _belongs(volume, a, used)
    ]
    if not chapters:
        raise PeriodError(f"{span.words()}的{VOLUMES[volume]}里没有账", "请换一个年度。")
    return chapters


def volumes_of(reader: Reader, ledger: str, span: Span) -> list[str]:
    """The books that have something in them to bind, by their names in ``VOLUMES``."""
    used = {t.account for t in reader.turnovers(ledger, span) if t.debit or t.credit or t.opening}
    chart = reader.chart(ledger)
    return [volume for volume in VOLUMES if any(_belongs(volume, a, used) for a in chart)]


def _belongs(volume: str, account: Account, used: Iterable[str]) -> bool:
    """Whether an account has pages in a volume; ``used`` are the leaves that were used."""
    if not any(code.startswith(account.code) for code in used):
        return False
    match volume:
        case "general-ledger":
            return account.level == 1
        case "multi-column":
            return account.level == 1 and not account.is_leaf and account.category in INCOME_AND_EXPENSE
        case "quantity-ledger":
            return account.is_leaf and bool(account.unit)
        case _:
            money = {"cash-journal": Money.CASH, "bank-journal": Money.BANK}.get(volume)
            return account.is_leaf and account.money is money


def _has_lines(reader: Reader, ledger: str, code: str, span: Span) -> bool:
    """Whether a leaf had a balance or a line, one that a red letter took back included."""
    lines = reader.account_ledger(ledger, code, span)
    return bool(lines.count or lines.opening)


def print_volume(
    reader: Reader, volume: str, ledger: str, span: Span, path: Path, print_number: int = 1
) -> PdfResult:
    """Print a bound book of a ledger's span, of one state of the book; raises what ``chapters_of`` raises."""
    with reader.snapshot():
        chapters = chapters_of(reader, volume, ledger, span)
        info = reader.ledger(ledger)
        posters = sorted(
            {v.posted_by for v in reader.vouchers(ledger, month=Month.of(span.last)) if v.posted_by}
        )
        front = Front(
            title=VOLUMES[volume],
            issuer=issuer_of(reader, ledger),
            period=span.words(),
            begun=max(span.first, info.start.first),
            pages=0,
            chief=reader.setting(CHIEF),
            bookkeeper="、".join(posters),
        )
        return write_volume(front, chapters, path, print_number)


def bundle_of(reader: Reader, ledger: str, span: Span) -> VoucherBundle:
    """What the cover of a span's vouchers says."""
    runs = list(reader.number_runs(ledger, span))
    return VoucherBundle(
        issuer=issuer_of(reader, ledger),
        month=span.words(),
        runs=[(run.word, run.first, run.last) for run in runs],
        count=sum(run.count for run in runs),
        attachments=sum(run.attachments for run in runs),
        chief=reader.setting(CHIEF),
    )
