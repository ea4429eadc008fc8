"""抽查清单 of the book in view, most often a package: drawn by a seed or by size, Enter opens a voucher."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.sampling import SampleOrder
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.ui.disclosure.public_table import PublicTablePage
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.review.sample_form import SampleForm

if TYPE_CHECKING:
    from village_ledger.domain.period import Span
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


class SamplePage(PublicTablePage):
    """The order over the list; Enter in a field draws."""

    nav: ClassVar[str] = "work"

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.report = "review-sample"
        self.form = SampleForm(self.theme)
        chosen = self.session.preferences.desk()
        self.form.put(chosen.seed, chosen.count, chosen.percent)
        self._order = SampleOrder()
        self.body.insertWidget(0, self.form)
        for field in (self.form.seed, self.form.count, self.form.percent):
            field.returnPressed.connect(self._draw)

    def reload(self) -> None:
        """Draw again by what is written, where it can be."""
        try:
            self._order = self.form.order
        except LedgerError as refusal:
            self.slip.say(describe(refusal))
            return
        super().reload()

    def status(self) -> str:
        """How it was drawn and what it covers."""
        return self._said or (self.made.notes[0] if self.made is not None else "")

    def make_table(self, reader: Reader, ledger: str, span: Span) -> Table:
        """Both ledgers together."""
        del ledger
        order = self._order
        request = ReportRequest(span=span, item=order.seed, count=order.count, percent=order.percent)
        return make(reader, self.report, request)

    def _draw(self) -> None:
        self.reload()
        self.table.setFocus()
