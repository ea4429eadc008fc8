"""缺附件: what lacks its paper in the month or the year; below, the attachments of the row in view, to put it right at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from village_ledger.domain.attachment import Owner
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.period import Span
from village_ledger.i18n import tr
from village_ledger.services.attachments.evidence import Lack, Missing, missing
from village_ledger.services.changes import Changes
from village_ledger.ui.attachments.attachment_strip import AttachmentStrip
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import TableModel
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.choices import Choices

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

_PAGES = {Lack.CONTRACT: "contracts", Lack.DECISION: "decisions"}


class EvidencePage(Page):
    """The list, and the strip of what is chosen in it."""

    scope = "evidence"
    nav = "works"
    shows = Changes(attachments=True, vouchers=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.missing: list[Missing] = []
        self.shown: Table | None = None
        self._said = ""
        self.table = FigureTable(self.theme, tr("缺附件清单"))
        self.table.set_empty_words(tr("没有缺附件的。"))
        self.table.opened.connect(lambda _row: self.open_current())
        self.table.current_moved.connect(lambda _row: self._follow())
        self.table.setMinimumHeight(5 * self.table.style_of.row)
        self.reach = Choices(self.theme, tr("看多久"), (("month", tr("本月")), ("year", tr("全年"))), "month")
        self.reach.chosen.connect(lambda _value: self.reload())
        self.strip = AttachmentStrip(session, operations, self.slip)
        self.strip.said.connect(self._say)
        self.body.addWidget(self.table, 3)
        self.body.addWidget(self.strip, 2)
        self.head.add_widget(self.reach, keeps=2, fill=self.reach.fold_into)
        self.add_button("print")

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Print, and the other reach."""
        return {"print": self._print, "reach": self._turn}

    def go(self, **where: Any) -> None:
        """``row`` to stand on."""
        self.slip.fold()
        self._said = ""
        self.reload(row=where.get("row", -1))
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The row one stands on."""
        return {"row": max(self.table.row, 0)}

    def reload(self, row: int = -1) -> None:
        """Look again."""
        if not self.session.is_open:
            return
        ledger, month = self.session.ledger_code, self.session.month
        span = Span.of_year(month.year) if self.reach.value == "year" else Span.of_month(month)
        row = row if row >= 0 else self.table.row

        def look(reader: Reader) -> tuple[list[Missing], Table]:
            from village_ledger.reports.attachments.evidence_sheet import missing_evidence
            from village_ledger.reports.catalogue import issuer_of

            found = missing(reader, ledger, span)
            return found, missing_evidence(issuer_of(reader, ledger), found, span)

        self.operations.read(
            tr("缺附件清单"),
            look,
            lambda read: self._show(read[0], read[1], row),
            refused=self._refused,
            key=self.scope,
        )

    def status(self) -> str:
        """What was done."""
        return self._said

    # inside

    def _show(self, found: list[Missing], table: Table, row: int) -> None:
        self.missing, self.shown = found, table
        self.head.set_title(tr("缺附件"), " · ".join(table.heading))
        self.table.show_model(TableModel(table))
        if found:
            self.table.go_to_row(min(max(row, 0), len(found) - 1))
        self._follow()
        self.status_changed.emit()

    def current(self) -> Missing | None:
        """What the row in view lacks."""
        row = self.table.row
        return self.missing[row] if 0 <= row < len(self.missing) else None

    def _follow(self) -> None:
        one = self.current()
        self.strip.show_owner(None if one is None else self._owner(one))

    def _owner(self, one: Missing) -> Owner:
        ledger = self.session.ledger_code
        if one.lack is Lack.FILE:
            return self.session.reader.attachment(int(one.key)).owner
        kind = {Lack.CONTRACT: "contract", Lack.DECISION: "decision"}.get(one.lack, "voucher")
        return Owner(kind, ledger, one.key)

    def open_current(self) -> None:
        """Go to the voucher, the contracts or the decisions."""
        one = self.current()
        if one is None:
            return
        owner = self._owner(one)
        if owner.kind == "voucher":
            self.navigator.open("voucher", voucher_id=int(owner.key))
        elif one.lack in _PAGES:
            self.navigator.open(_PAGES[one.lack])

    def _turn(self) -> None:
        self.reach.set_value("month" if self.reach.value == "year" else "year")
        self.reload()

    def _print(self) -> None:
        if self.shown is not None:
            self.navigator.open("preview", tables=(self.shown,))

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()

    def _refused(self, error: LedgerError) -> None:
        self.slip.say(describe(error))
