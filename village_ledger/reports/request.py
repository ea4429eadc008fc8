"""What is asked of a report, and what every report reads first: whose books, which days, what must be said of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from village_ledger.domain.period import Month, Span, months_of
from village_ledger.domain.voucher import StoredVoucher, VoucherRef
from village_ledger.reports.books.month_remarks import reopened, waived
from village_ledger.reports.books.operation_log import EVERYTHING, LogQuery
from village_ledger.reports.issuer import Issuer
from village_ledger.services.book.openings import PROVISIONAL

if TYPE_CHECKING:
    from village_ledger.domain.review_check import RulePack
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo

TELEPHONE = "disclosure.telephone"
"""Setting of the book: 监督电话 printed on wall sheets."""
CHIEF = "signer.chief"
"""Setting of the book: 主管 on vouchers."""
CASHIER = "signer.cashier"
"""Setting of the book: 出纳 on vouchers."""


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """What is asked for; ``ledger`` empty means both where a report allows it, ``span`` None the last open year."""

    ledger: str = ""
    span: Span | None = None
    account: str = ""
    voucher: VoucherRef | None = None
    columns: str = ""
    """Further columns of a statement: ``last-year``, ``quarter``, ``half-year`` or ``month``."""
    log: LogQuery = EVERYTHING
    household: str = ""
    """Household number of a certificate; empty for all."""
    sheets: tuple[str, ...] = ()
    """Letters of the disclosure sheets wanted; empty for all that apply."""
    level: str = ""  # L0 … L3 of a register of people
    known_on: date | None = None
    """A register of people as it stood at the end of this day."""
    item: str = ""
    """Code of the one thing a card is about: an asset, a parcel, a decision; the seed of a sample."""
    count: int = 0  # vouchers a sample draws; 0 leaves it to the sample
    percent: int = 0  # of the money it reaches
    pack: RulePack | None = None
    """Rules of the automatic checks; None for the program's own."""


def issuer_of(reader: Reader, ledger: str) -> Issuer:
    """Village and ledger as reports name them."""
    info, book = reader.ledger(ledger), reader.book()
    return Issuer(book.village, info.code, info.kind, info.title, info.entity, book.is_demo, book.uid)


def span_of(reader: Reader, request: ReportRequest) -> Span:
    """The days asked for; without any the last year with open months."""
    if request.span is not None:
        return request.span
    months = reader.months(request.ledger or reader.ledgers()[0].code)
    return Span.of_year(months[-1].month.year)


def vouchers_of(reader: Reader, request: ReportRequest) -> list[StoredVoucher]:
    """The vouchers a print of vouchers is about: one, or all numbered ones of a span, void ones too."""
    if request.voucher is not None:
        return [reader.find_voucher(request.ledger, request.voucher)]
    span = span_of(reader, request)
    ids = [
        summary.id
        for month in months_of(span)
        for summary in reader.vouchers(request.ledger, month=month)
        if span.first <= summary.day <= span.last
    ]
    return reader.vouchers_by_id(ids)


def warnings_of(reader: Reader, info: LedgerInfo, span: Span) -> list[str]:
    """What every page of a report on these days must say first."""
    first, last = Month.of(span.first), Month.of(span.last)
    return [*wall_warnings(reader, info, span), *waived(reader, info.code, first, last)]


def wall_warnings(reader: Reader, info: LedgerInfo, span: Span) -> list[str]:
    """The same without what months were closed with: on the wall that is said once, in the notes of sheets A and D."""
    warnings: list[str] = []
    if reader.opening_is_provisional(info.code):
        warnings.append(PROVISIONAL)
    warnings += _earlier_year(reader, info, span)
    if not reader.has_opening(info.code) and info.start.first > date(info.start.year, 1, 1):
        warnings.append("年中启用，期初余额还没有录入。")
    if unposted := len(reader.unposted_ids(info.code, span.last.isoformat())):
        warnings.append(f"截至 {span.last}，还有 {unposted} 张凭证没有记账，不在本表里。")
    if info.one_person_post and (pending := reader.awaiting_second_review(info.code, span)):
        warnings.append(f"有 {pending} 张凭证待补审：一人一岗，还没有第二个人审核。")
    return [*warnings, *reopened(reader, info.code, Month.of(span.first), Month.of(span.last))]


def _earlier_year(reader: Reader, info: LedgerInfo, span: Span) -> list[str]:
    """January is entered while December is still open: the year's openings roll with it, and the sheet says so."""
    year = span.last.year
    if year <= info.start.year:
        return []
    waiting = [m.month for m in reader.months(info.code) if m.month.year < year and m.state.accepts_vouchers]
    if waiting:
        first, last = waiting[0], waiting[-1]
        names = f"{first.year}年{first.month}月" + (f"至{last.year}年{last.month}月" if last != first else "")
        return [f"{names}还没有结账，{year}年的年初余额还会变动。"]
    if not reader.is_carried_forward(info.code, year - 1):
        return [f"{year - 1}年还没有年终结转，{year}年的年初余额里还有上年的收支。"]
    return []


def open_months(reader: Reader, ledger: str, span: Span) -> list[str]:
    """A warning naming the months of the span that are not closed yet."""
    last = Month.of(span.last)
    names = [
        f"{info.month.year}年{info.month.month}月"
        for info in reader.months(ledger)
        if info.state.accepts_vouchers and Month.of(span.first) <= info.month <= last
    ]
    if not names:
        return []
    shown = names[0] if len(names) == 1 else f"{names[0]}至{names[-1]}"
    return [f"{shown}还没有结账，数字可能变动。"]


def year_before(reader: Reader, info: LedgerInfo, code: str, span: Span) -> tuple[int, int]:
    """Debits and credits of the span's first year before the span, those of the opening document included."""
    debit = credit = 0
    if info.start.year == span.first.year:
        for line in reader.opening_lines(info.code):
            if line.account.startswith(code):
                debit += line.year_debit
                credit += line.year_credit
    first = date(span.first.year, 1, 1)
    if first < span.first:
        earlier = reader.account_ledger(info.code, code, Span(first, span.first - timedelta(days=1)))
        debit += sum(month[1] for month in earlier.months)
        credit += sum(month[2] for month in earlier.months)
    return debit, credit
