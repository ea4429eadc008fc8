"""``bind``: a year's book or a month's vouchers as they go into the binding."""

from __future__ import annotations

from argparse import Namespace

from village_ledger.cli.arguments import UsageError
from village_ledger.cli.choose import ledger_of
from village_ledger.cli.talk import say
from village_ledger.domain.period import Span
from village_ledger.i18n import tr
from village_ledger.storage.file.book_file import Access, open_book


def run_bind(asked: Namespace) -> int:
    """Print one volume into a file; the book is only read."""
    from village_ledger.reports.pens.pdf_furniture import missing_sentence

    if asked.output.exists() and asked.output.samefile(asked.book):
        raise UsageError(tr("-o 不能写到账簿文件自己身上"), tr("请另起一个文件名。"))
    if asked.month is not None and asked.kind != "vouchers":
        raise UsageError(tr("账簿按年装订"), tr("请把 --month 改成 --year。"))
    span = Span.of_year(asked.year) if asked.month is None else Span.of_month(asked.month)
    with open_book(asked.book, Access.READ) as book:
        reader = book.reader()
        ledger = ledger_of(reader, asked.ledger)
        if asked.kind == "vouchers":
            from village_ledger.reports.catalogue import ReportRequest
            from village_ledger.reports.printing import print_bundle
            from village_ledger.reports.vouchers.voucher_plan import VoucherPaper

            paper = VoucherPaper.FORM if asked.paper == "form" else VoucherPaper.A4_TWO
            done = print_bundle(reader, ReportRequest(ledger, span), asked.output, paper)
        else:
            from village_ledger.reports.books.catalogue_volumes import print_volume

            done = print_volume(reader, asked.kind, ledger, span, asked.output)
    if done.missing:
        say(missing_sentence(done.missing))
    say(tr("写好了：{file}，共 {pages} 页。", file=asked.output, pages=done.pages))
    return 0
