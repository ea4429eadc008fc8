"""提折旧: a month's depreciation worked out asset by asset, entered with one button, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLabel

from village_ledger.domain.period import Month, Span
from village_ledger.i18n import tr
from village_ledger.services.assets import depreciation
from village_ledger.services.changes import Changes
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import TableModel
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.domain.voucher import StoredVoucher
    from village_ledger.reports.table import Table
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.assets.records import Run
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


@dataclass(frozen=True, slots=True)
class MonthFound:
    """A month as the page shows it: its sheet, the run it stands on, what is worth knowing."""

    month: Month
    sheet: Table
    run: Run | None
    missed: tuple[Month, ...]
    closed: bool
    months: tuple[Month, ...]


def read_month(reader: Reader, ledger: str, month: Month) -> MonthFound:
    """Read a month; one outside the ledger's months becomes the nearest of them."""
    from village_ledger.reports.assets.catalogue_assets import depreciation_of
    from village_ledger.reports.catalogue import ReportRequest

    with reader.snapshot():
        states = [one for one in reader.months(ledger) if not one.month.is_closing]
        months = tuple(one.month for one in states)
        near = min(max(month, months[0]), months[-1])
        sheet = depreciation_of(reader, ReportRequest(ledger, Span.of_month(near)))
        run = next((one for one in reader.depreciation_runs(ledger, near) if one.whole), None)
        missed = () if run else tuple(depreciation.uncharged_before(reader, ledger, near))
        closed = not next(one for one in states if one.month == near).state.accepts_vouchers
        return MonthFound(near, sheet, run, missed, closed, months)


class DepreciationPage(Page):
    """The month, its table, the button."""

    scope = "depreciation"
    nav = "works"
    shows = Changes(assets=True, vouchers=True, periods=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.found: MonthFound | None = None
        self._month: Month | None = None
        self._said = ""
        self.choice = PickList(tr("月份"))
        self.choice.activated.connect(lambda _: self._turn())
        self.words = QLabel()
        self.words.setWordWrap(True)
        label = QLabel(tr("月份"))
        label.setProperty("look", "label")
        label.setBuddy(self.choice)
        self._row = QHBoxLayout()
        self._row.addWidget(label)
        self._row.addWidget(self.choice)
        self._row.addWidget(self.words, 1)
        mark = tr("演示") if session.info.is_demo else ""
        self.table = FigureTable(self.theme, tr("折旧计算表"), watermark=mark)
        self.table.set_empty_words(tr("这个月没有应提的折旧。"))
        self.table.opened.connect(lambda _row: self._open())
        self.body.addLayout(self._row)
        self.body.addWidget(self.table, 1)
        for name in ("sheet", "voucher", "card"):
            self.add_button(name)
        self.add_button("charge", Look.MAIN)
        self.restyle()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "previous": lambda: self._step(-1),
            "next": lambda: self._step(1),
            "charge": self._charge,
            "voucher": self._voucher,
            "card": self._open,
            "sheet": self._print,
        }

    def go(self, **where: Any) -> None:
        """``month`` to look at, the month in view unless told."""
        month = where.get("month")
        self._month = Month.parse(month) if isinstance(month, str) else month or self._month
        self._said = ""
        self.slip.fold()
        self.reload()
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The month."""
        return {"month": self._month}

    def reload(self) -> None:
        """The month's table."""
        if not self.session.is_open:
            return
        ledger, month = self.session.ledger_code, self._month or self.session.month
        self.operations.read(
            tr("算折旧"),
            lambda reader: read_month(reader, ledger, month),
            self._show,
            refused=lambda error: self.slip.say(describe(error)),
            key="depreciation",
        )

    def restyle(self) -> None:
        """Spaces of the size in force."""
        self._row.setSpacing(self.theme.px.cell)
        self.table.setMinimumHeight(4 * self.table.style_of.row)

    def status(self) -> str:
        """What was done."""
        return self._said

    def follow_access(self) -> None:
        """A month is charged once, and only while it takes vouchers."""
        super().follow_access()
        found = self.found
        self.action("voucher").setEnabled(found is not None and found.run is not None)
        if found is None or found.run is not None or found.closed or not tuple(found.sheet.rows):
            self.action("charge").setEnabled(False)

    # inside

    def _show(self, found: MonthFound) -> None:
        self.found, self._month = found, found.month
        self.head.set_title(tr("提折旧"), self.session.ledger.title)
        self.choice.clear()
        for month in found.months:
            self.choice.addItem(tr("{year}年{month}月", year=month.year, month=month.month), str(month))
        self.choice.setCurrentIndex(found.months.index(found.month))
        self.table.show_model(TableModel(found.sheet))
        self.words.setText(self._words(found))
        self.follow_access()
        self.status_changed.emit()

    def _words(self, found: MonthFound) -> str:
        counted = found.sheet.heading[1]
        if found.run is not None:
            how = tr("已记账") if found.run.posted else tr("等待审核记账")
            return tr(
                "✓ 已提：{voucher}，{how}；{counted}", voucher=found.run.voucher, how=how, counted=counted
            )
        if found.closed:
            return tr("这个月已经结账，没有提折旧。")
        said = [tr("还没有提：{counted}", counted=counted)] if tuple(found.sheet.rows) else []
        if found.missed:
            said.append(tr("▲ 前面 {months} 没有提", months="、".join(map(str, found.missed))))
        return "；".join([*said, *found.sheet.notes])

    def _turn(self) -> None:
        self._month = Month.parse(str(self.choice.currentData()))
        self.slip.fold()
        self.reload()

    def _step(self, by: int) -> None:
        if self.found is None:
            return
        place = self.found.months.index(self.found.month) + by
        if 0 <= place < len(self.found.months):
            self._month = self.found.months[place]
            self.slip.fold()
            self.reload()

    def _charge(self) -> None:
        found = self.found
        if found is None:
            return
        ledger, month = self.session.ledger_code, found.month
        self.slip.fold()
        self.operations.run(
            tr("提折旧"),
            lambda uow, _: depreciation.depreciate(uow, ledger, month),
            then=self._done,
            refused=lambda error: self.slip.say(describe(error)),
        )

    def _done(self, outcome: Outcome[StoredVoucher | None]) -> None:
        voucher = outcome.value
        said = tr("{ref} 填好了，等待审核和记账。", ref=voucher.ref) if voucher is not None else ""
        self._said = " ".join([said, *outcome.warnings]).strip()
        self.status_changed.emit()

    def _voucher(self) -> None:
        if self.found is not None and self.found.run is not None:
            self.navigator.open("voucher", voucher_id=self.found.run.voucher_id)

    def _open(self) -> None:
        model, row = self.table.view.model(), self.table.row
        if isinstance(model, TableModel) and row >= 0 and model.text(row, 0):
            self.navigator.open("asset_card", code=model.text(row, 0))

    def _print(self) -> None:
        if self.found is not None:
            self.navigator.open("preview", tables=(self.found.sheet,))
