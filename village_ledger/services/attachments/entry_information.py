"""入账信息: how the books took an electronic source document, one file each, archived with it (财会〔2024〕12号 art. 21(4)).

Several documents on one voucher give several files with the same voucher number; one document on several vouchers (an allocation
slip, an instalment) gives one file that names them all by the document's own number.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from village_ledger.domain.chart import Chart
from village_ledger.domain.errors import AttachmentError
from village_ledger.domain.money import plain_fen
from village_ledger.domain.voucher import StoredVoucher, VoucherLine, VoucherState

if TYPE_CHECKING:
    from village_ledger.domain.electronic_invoice import ElectronicInvoice
    from village_ledger.storage.reader import Reader

VERSION = "1"
"""Of the elements around those of the guide, which names no root."""


def files_of(reader: Reader, stored: StoredVoucher) -> dict[str, str]:
    """The entry-information files of a posted voucher: invoice number → XML.

    Raises AttachmentError for a voucher that is not posted or books no electronic invoice.
    """
    if stored.state is not VoucherState.POSTED:
        raise AttachmentError(f"{stored.ref} 还没有记账，没有入账信息", "记账以后再出。")
    found = {
        number: _document(reader, invoice)
        for number in reader.invoices_of(stored.id)
        if (invoice := reader.electronic_invoice(number)) is not None
    }
    if not found:
        raise AttachmentError(
            f"{stored.ref} 没有电子发票，没有入账信息", "只有收了电子发票的凭证才出入账信息文件。"
        )
    return found


def _document(reader: Reader, invoice: ElectronicInvoice) -> str:
    ids = reader.vouchers_of_invoice(invoice.key)
    posted = [v for v in reader.vouchers_by_id(ids) if v.state is VoucherState.POSTED]
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<AccountingEntryInformation version="{VERSION}">',
        "<SourceDocument>",
        _element("KindOfSourceDocument", invoice.kind.words),
        _element("UniqueIdentifierOfSourceDocument", invoice.key),
        *(_element("SHA256OfSourceFile", one.original_digest) for one in reader.invoice_files(invoice.key)),
        "</SourceDocument>",
    ]
    for stored in posted:
        lines += _voucher(reader, stored)
    return "\n".join([*lines, "</AccountingEntryInformation>", ""])


def _voucher(reader: Reader, stored: StoredVoucher) -> Iterator[str]:
    info, chart = reader.ledger(stored.ledger), reader.chart(stored.ledger)
    ref = stored.ref
    yield "<AccountingDocument>"
    yield _element("UnifiedSocialCreditCodeOfAccountingEntity", info.registration_code)
    yield _element("NameOfAccountingEntity", info.entity)
    yield _element("NumberOfAccountingDocuments", ref.short)
    yield _element("PostingDate", stored.voucher.day.isoformat())
    yield _element("AccountingPeriod", str(ref.month))
    for line in stored.voucher.lines:
        yield from _entry(chart, line)
    yield "</AccountingDocument>"


def _entry(chart: Chart, line: VoucherLine) -> Iterator[str]:
    general, _, detail = chart.path(line.account).partition("—")
    yield "<Entry>"
    yield _element("SummaryOfAccountingDocuments", line.summary)
    yield _element("DebitOrCredit", "借" if line.debit else "贷")
    yield _element("NameOfGeneralLedgerSubject", general)
    yield _element("NameOfSubsidiaryLedgerSubject", detail)
    yield _element("RecordedAmount", plain_fen(line.debit or line.credit))
    yield "</Entry>"


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text, quote=False)}</{name}>"
