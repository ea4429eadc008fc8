"""Tables about public sheets on screen: the list behind a figure, whoever is named in full; rows lead on to their vouchers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.period import Span
from village_ledger.i18n import tr
from village_ledger.reports.disclosure.lines import lines_of
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.sheets.report_table_page import ReportTablePage

if TYPE_CHECKING:
    from village_ledger.reports.table import Link, Table
    from village_ledger.storage.reader import Reader


class PublicTablePage(ReportTablePage):
    """A report whose rows lead to vouchers, accounts, lists, or a sheet of the pack."""

    nav: ClassVar[str] = "disclosure"

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._stands = 0

    def go(self, **where: Any) -> None:
        """``report``, ``span``, and the ``row`` to stand on once the figures are there."""
        self._stands = where.get("row", 0)
        super().go(**where)

    def reload(self) -> None:
        """Make the report on the worker: a pack of many entries takes its time."""
        if not self.session.is_open:
            return
        self.span_choice.follow()
        ledger, span = self.session.ledger_code, self.span_choice.span()
        if self.made is not None and self.table.row >= 0:
            self._stands = self._stands or self.table.row
        self.operations.read(
            tr("做表"),
            lambda reader: self.make_table(reader, ledger, span),
            then=self._show,
            refused=lambda refusal: self.slip.say(describe(refusal)),
            key=f"public {self.report}",
        )

    def _show(self, made: Table) -> None:
        self.show_made(made, self._stands)
        self._stands = 0
        self.status_changed.emit()

    def open_link(self, link: Link) -> None:
        """Go where a row leads, in its ledger."""
        if link.ledger and link.ledger != self.session.ledger_code:
            self.session.switch_ledger(link.ledger)
        span = self.span_choice.span()
        ways: dict[str, tuple[str, dict[str, Any]]] = {
            "lines": ("disclosure_lines", {"key": link.key, "span": span}),
            "sheet": ("disclosure", {"sheet": link.key, "span": span}),
            "asset": ("asset_card", {"code": link.key, "day": span.last}),
            "parcel": ("parcel", {"code": link.key, "day": span.last}),
            "contract": ("contract", {"number": link.key}),
            "project": ("project", {"project": link.key}),
            "household": ("household", {"household": link.key}),
            "decision": ("decision", {"number": link.key}),
            "resolution": ("resolutions", {}),
        }
        if link.kind == "voucher":
            self.navigator.open("voucher", voucher_id=int(link.key))
        elif link.kind in ways:
            page, where = ways[link.kind]
            self.navigator.open(page, **where)
        else:
            super().open_link(link)


class LinesPage(PublicTablePage):
    """The entries or accounts that make up one figure of a public sheet."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._key, self.report = "", "disclosure-lines"
        self.head.set_title(tr("这个数的明细"))

    def go(self, **where: Any) -> None:
        """``key`` of the figure (report and place), ``span``."""
        self._key = where.get("key", self._key)
        super().go(**where)

    def where(self) -> dict[str, Any]:
        """The figure, its days, the row one stands on."""
        return {**super().where(), "key": self._key}

    def make_table(self, reader: Reader, ledger: str, span: Span) -> Table:
        """What adds up to the figure."""
        return lines_of(reader, self._key, ledger, span)


class UnmaskedPage(PublicTablePage):
    """公开表上写全名的清单: looked at before the sheets hang."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.report = "disclosure-unmasked"

    def hints(self) -> list[str]:
        """Keys in the status bar."""
        return ["into", "explain"]

    def status(self) -> str:
        """Whether everybody in full has a reason."""
        if self._said or self.made is None:
            return self._said
        failed = [check.text for check in self.made.checks if not check.ok]
        return failed[0] if failed else tr("写全名的都有理由；没有证件号、账号、电话")
