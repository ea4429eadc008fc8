"""Which pen draws a report on paper, and how large."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.errors import PeriodError
from village_ledger.reports.books.signoff_pdf import write_signoff
from village_ledger.reports.catalogue import make_all
from village_ledger.reports.disclosure.catalogue_pack import letter_of
from village_ledger.reports.limits.rule_marks import signers_of
from village_ledger.reports.pens.pdf_layout import Paper
from village_ledger.reports.pens.render_pdf import PdfResult, write_pdf
from village_ledger.reports.pens.wall_layout import WallSize
from village_ledger.reports.pens.wall_sheet import write_wall_sheet
from village_ledger.reports.request import ReportRequest, issuer_of, span_of, vouchers_of
from village_ledger.reports.separation.separation_list import for_wall
from village_ledger.reports.vouchers.voucher_pdf import write_vouchers
from village_ledger.reports.vouchers.voucher_plan import VoucherPaper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from village_ledger.domain.voucher import StoredVoucher
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


UPRIGHT = frozenset(
    {"combined", "cash-count", "share-register", "cap-check", "parcel", "panel-lots", "posting-record"}
)
"""Reports of few columns and many rows."""


def print_report(
    reader: Reader,
    name: str,
    request: ReportRequest,
    path: Path,
    size: WallSize = WallSize.A3,
    print_number: int = 1,
) -> PdfResult:
    """Make a report and print it with the pen it wants.

    Raises LedgerError, FontsMissing, OutputError, OutputDiskFull; then no file is left behind.
    """
    if name == "voucher":
        return print_vouchers(reader, request, path)
    if name == "certificate":
        from village_ledger.reports.shares.certificate_paper import print_certificates

        return print_certificates(reader, request, path)
    if name == "panel-sheet":
        from village_ledger.reports.decisions.catalogue_decisions import print_panel_sheet

        return print_panel_sheet(reader, request, path)
    return print_tables(make_all(reader, name, request), path, size, print_number)


def print_tables(
    tables: Sequence[Table],
    path: Path,
    size: WallSize = WallSize.A3,
    print_number: int = 1,
    paper: Paper | None = None,
) -> PdfResult:
    """Print reports already made: disclosure sheets on the wall sheet's pen, everything else on A4."""
    if tables and letter_of(tables[0].report):
        return write_wall_sheet(tables, path, size, print_number=print_number)
    if tables and tables[0].report == "separation-signoff":
        return write_signoff(tables[0], path, print_number=print_number)
    if tables and tables[0].report == "separation-list" and size is WallSize.A3:
        return write_pdf([for_wall(t) for t in tables], path, Paper.A3_WALL, print_number=print_number)
    usual = Paper.A4_PORTRAIT if tables and tables[0].report in UPRIGHT else Paper.A4_LANDSCAPE
    return write_pdf(tables, path, paper or usual, print_number=print_number)


def print_vouchers(
    reader: Reader, request: ReportRequest, path: Path, paper: VoucherPaper = VoucherPaper.FORM
) -> PdfResult:
    """Print one voucher, or all of a span, for the binding; raises PeriodError when there are none."""
    vouchers = _vouchers(reader, request)
    issuer, chart = issuer_of(reader, request.ledger), reader.chart(request.ledger)
    return write_vouchers(issuer, chart, vouchers, path, signers_of(reader, vouchers), paper=paper)


def print_bundle(reader: Reader, request: ReportRequest, path: Path, paper: VoucherPaper) -> PdfResult:
    """Print the vouchers of a span under their cover; raises PeriodError when there are none."""
    from village_ledger.reports.books.catalogue_volumes import bundle_of

    vouchers, span = _vouchers(reader, request), span_of(reader, request)
    return write_vouchers(
        issuer_of(reader, request.ledger),
        reader.chart(request.ledger),
        vouchers,
        path,
        signers_of(reader, vouchers),
        paper=paper,
        cover=bundle_of(reader, request.ledger, span),
    )


def _vouchers(reader: Reader, request: ReportRequest) -> list[StoredVoucher]:
    """What is to be printed: a file without a page is one that nobody can read."""
    if vouchers := vouchers_of(reader, request):
        return vouchers
    raise PeriodError(f"{span_of(reader, request).words()}没有凭证", "请换一个月份。")
