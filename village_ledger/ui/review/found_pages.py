"""What was found in a package: by the automatic checks, and by the proof of its books; rows lead to vouchers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.review_check import Severity
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.review.proof import proof_table
from village_ledger.ui.disclosure.public_table import PublicTablePage
from village_ledger.ui.review.pin import Pin

if TYPE_CHECKING:
    from village_ledger.domain.period import Span
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


class ChecksPage(PublicTablePage):
    """自动审查 of the days in view, in a package or in one's own book before it is sent."""

    nav: ClassVar[str] = "work"

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.report = "review-checks"

    def make_table(self, reader: Reader, ledger: str, span: Span) -> Table:
        """Both ledgers, the gravest first."""
        del ledger
        return make(reader, self.report, ReportRequest(span=span))

    def pinned_at(self) -> Pin | None:
        """The finding one stands on: its voucher, severity, rule and words."""
        row = self.row()
        if row is None:
            return None
        severity, rule, name, title, place, text = (str(cell or "") for cell in row.cells[:6])
        weight = next((one for one in Severity if one.words == severity), None)
        ledger = next((info.code for info in self.session.ledgers if info.title == title), "")
        if weight is None or not ledger:
            return None
        is_voucher = row.link is not None and row.link.kind == "voucher"
        return Pin(ledger, place if is_voucher else "", f"{name}：{text}", rule, weight)


class ProofPage(PublicTablePage):
    """核对结果: everything that was looked at, what does not hold first."""

    nav: ClassVar[str] = "work"

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.report = "package-proof"

    def make_table(self, reader: Reader, ledger: str, span: Span) -> Table:
        """What was proven when the package was opened."""
        del ledger
        opened = self.session.package
        checks = () if opened is None else opened.package.checks
        return proof_table(reader.book().village, checks, span)
