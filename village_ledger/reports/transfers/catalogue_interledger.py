"""What the reports of money between the ledgers are read from."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from village_ledger.domain.capital import capital
from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.inter_ledger import DocumentNumber
from village_ledger.domain.period import Span
from village_ledger.domain.voucher import VoucherState
from village_ledger.reports.transfers.inter_ledger import Between, allocation_slip, borne, inter_ledger
from village_ledger.services.transfers.mirrors import mirrors, subsidies
from village_ledger.services.transfers.transfers import rules

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader
    from village_ledger.storage.records import LedgerInfo


def inter_ledger_of(reader: Reader, request: ReportRequest) -> Table:
    """两账往来: the documents of a span and the mirrors at its end."""
    from village_ledger.reports.request import span_of

    return inter_ledger(_between(reader, request.ledger, span_of(reader, request)))


def _between(reader: Reader, ledger: str, span: Span) -> Between:
    village = reader.main_ledgers()
    if village is None:
        raise LedgerError("这个账簿只有一本账（合账），没有两账往来", "分账以后才有两本账之间的往来。")
    documents = [d for d in reader.transfers(span) if not d.is_void]
    posted = [d for d in documents if d.state is VoucherState.POSTED]
    book = reader.book()
    year = date(span.last.year, 1, 1)
    return Between(
        village=book.village,
        entities=(village[0].entity, village[1].entity),
        span=span,
        documents=posted,
        waiting=len(documents) - len(posted),
        names={kind.id: kind.name for kind in rules().kinds.values()},
        mirrors=mirrors(reader, span.after),
        subsidies=subsidies(reader, year.year, span.last),
        ledger=ledger,
        is_demo=book.is_demo,
    )


def slip_sheet(reader: Reader, number: DocumentNumber) -> Table:
    """The allocation slip of a shared bill; raises LedgerError for a document that has none."""
    document = reader.transfer(number)
    slip = reader.slip_of(document.id)
    if slip is None:
        raise LedgerError(f"{number} 不是分摊的往来单，没有分割单", "只有“共同费用分摊（T8）”有分割单。")
    figures = _between(reader, "", Span(document.day, document.day))
    amounts = (slip.whole, slip.collective, slip.committee)
    return allocation_slip(figures, document, slip, {fen: capital(fen) for fen in amounts})


def borne_notes(reader: Reader, info: LedgerInfo, span: Span) -> tuple[str, ...]:
    """On the committee's wall sheet: what the collective paid for it and bears."""
    if info.kind is not LedgerKind.COMMITTEE or reader.main_ledgers() is None:
        return ()
    posted = [d for d in reader.transfers(span) if d.state is VoucherState.POSTED]
    return tuple(borne(posted))
