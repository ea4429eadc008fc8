"""What was found in a package: by the automatic checks, and by the proof of its books; rows lead to vouchers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.period import Month
from village_ledger.domain.review_check import LeadTo, Severity, place_led_to
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.reports.review.proof import proof_table
from village_ledger.ui.disclosure.public_table import PublicTablePage
from village_ledger.ui.review.pin import Pin

if TYPE_CHECKING:
    from village_ledger.domain.period import Span
    from village_ledger.reports.table import Link, Table
    from village_ledger.storage.reader import Reader


class ChecksPage(PublicTablePage):
    """自动审查 of the days in view, in a package or in one's own book before it is sent."""

    nav: ClassVar[str] = "work"

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.report = "review-checks"
        self._rule = ""

    def go(self, **where: Any) -> None:
        """``rule`` to stand on the first finding of; else as any report."""
        self._rule = where.get("rule", "")
        super().go(**where)

    def make_table(self, reader: Reader, ledger: str, span: Span) -> Table:
        """Both ledgers, the gravest first; a package from the desk by the rules of the desk."""
        del ledger
        pack = self.session.review_pack if self.session.from_desk else None
        return make(reader, self.report, ReportRequest(span=span, pack=pack))

    def show_made(self, made: Table, row: int) -> None:
        """Stand on the first finding of the rule one came for."""
        if self._rule:
            numbers = [str(one.cells[1] or "") for one in made.rows]
            row, self._rule = (numbers.index(self._rule) if self._rule in numbers else row), ""
        super().show_made(made, row)

    def open_link(self, link: Link) -> None:
        """To the voucher or account of a finding, the month it is about, or the page it is looked up on."""
        if link.ledger and link.ledger != self.session.ledger_code:
            self.session.switch_ledger(link.ledger)
        if link.kind == "month":
            self.navigator.open("closing", month=Month.parse(link.key))
        elif link.kind == "page":
            self.navigator.open(link.key)
        else:
            super().open_link(link)

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
        return Pin(ledger, self._led_to(row.link, place), f"{name}：{text}", rule, weight)

    def _led_to(self, link: Link | None, voucher: str) -> str:
        """Where the row leads, as the automatic remark is pinned too."""
        if link is None or self.made is None or self.made.span is None:
            return ""
        to = LeadTo(link.kind)
        return place_led_to(to, voucher if to is LeadTo.VOUCHER else link.key, self.made.span)


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
