"""这张表的数: a public sheet as a table on screen; Enter on any figure leads to the entries, cards and vouchers behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.i18n import tr
from village_ledger.reports.disclosure.catalogue_pack import SHEETS
from village_ledger.reports.pens.wall_layout import SHEET_A
from village_ledger.ui.disclosure.public_table import PublicTablePage
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.pick_list import PickList
from village_ledger.ui.widgets.span_choice import step_month

if TYPE_CHECKING:
    from village_ledger.reports.table import Link


class SheetRowsPage(PublicTablePage):
    """Any sheet of the pack, by letter; on paper it goes from the page of paper, with its check code."""

    scope: ClassVar[str] = "sheet_rows"

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.report = SHEET_A

    def build_buttons(self) -> None:
        """Which sheet, and onto paper."""
        self.sheets = PickList(tr("哪一张表"))
        for sheet in SHEETS:
            self.sheets.addItem(f"{sheet.letter} {tr(sheet.title)}", sheet.report)
        self.sheets.setCurrentIndex(self.sheets.findData(SHEET_A))
        self.sheets.currentIndexChanged.connect(self._choose)
        self.head.add_widget(self.sheets, keeps=1, fill=self.sheets.fold_into)
        self.add_button("paper", Look.MAIN)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "explain": self._explain,
            "earlier": lambda: step_month(self.session, -1),
            "later": lambda: step_month(self.session, 1),
            "sheet_before": lambda: self._step(-1),
            "sheet_after": lambda: self._step(1),
            "paper": self.to_paper,
        }

    def hints(self) -> list[str]:
        """Keys in the status bar."""
        return ["into", "sheet_after", "explain"]

    def go(self, **where: Any) -> None:
        """``sheet`` by its report's name, ``span``, the ``row`` to stand on."""
        sheet = where.get("sheet", where.get("report", self.report))
        place = self.sheets.findData(sheet)
        if place >= 0:
            self.sheets.blockSignals(True)
            self.sheets.setCurrentIndex(place)
            self.sheets.blockSignals(False)
            where = {**where, "report": sheet}
        super().go(**where)

    def open_link(self, link: Link) -> None:
        """Another sheet of the pack opens here too."""
        if link.kind == "sheet" and self.sheets.findData(link.key) >= 0:
            self.go(sheet=link.key)
            return
        super().open_link(link)

    def to_paper(self) -> None:
        """The same sheet on the page of paper, registered when it leaves."""
        self.navigator.open("disclosure", sheet=self.report, span=self.span_choice.span())

    def _choose(self) -> None:
        self.report = str(self.sheets.currentData())
        self.table.go_to_row(0)
        self.reload()

    def _step(self, by: int) -> None:
        self.sheets.setCurrentIndex((self.sheets.currentIndex() + by) % self.sheets.count())
