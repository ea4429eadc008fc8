"""What was found in a package: by the automatic checks, and by the proof of its books; rows lead to vouchers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.review.proof import proof_table
from village_ledger.ui.disclosure.public_table import PublicTablePage

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
