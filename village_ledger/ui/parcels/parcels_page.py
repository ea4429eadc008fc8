"""资源台账: the parcels of a ledger on a day; look for one by any word of it, Enter opens it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout

from village_ledger.domain.period import Span
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.parcels.parcel_figures import ParcelList, ParcelsModel, read_parcels
from village_ledger.ui.register_page import RegisterPage
from village_ledger.ui.widgets.buttons import Look

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

EMPTY = "还没有登记地块。按 Ctrl+O 导入资源台账（xlsx 或 csv），或者按 Insert 登记一块。"


class ParcelsPage(RegisterPage):
    """The list, and the way to each parcel."""

    scope = "parcels"
    nav = "works"
    shows = Changes(parcels=True, contracts=True)
    named, empty = "资源台账", EMPTY
    looked_for = ("找地块", "编号、名称、类别、使用人")
    reading, reads = "读资源台账", staticmethod(read_parcels)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.shown: ParcelList | None = None
        self._said = ""
        self._row = QHBoxLayout()
        self._row.addWidget(self.search_label)
        self._row.addWidget(self.search, 2)
        self._row.addStretch(3)
        self.body.addLayout(self._row)
        self.body.addWidget(self.ask)
        self.body.addWidget(self.table, 1)
        for name in ("take_in", "register", "as_of", "add"):
            self.add_button(name)
        self.add_button("open", Look.MAIN)
        self.restyle()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            **super().handlers(),
            "register": self._print,
            "add": lambda: self.navigator.open("parcel_form", act="add"),
            "take_in": self._take_in,
        }

    def go(self, **where: Any) -> None:
        """``code`` to stand on, ``text`` to look for, ``day`` to look at."""
        self._said = ""
        super().go(**where)

    def restyle(self) -> None:
        """Spaces of the size in force."""
        self._row.setSpacing(self.theme.px.cell)
        super().restyle()

    def status(self) -> str:
        """What was done, else how many ask for a look."""
        if self._said or self.shown is None:
            return self._said
        marked = len(self.shown.remarks)
        count = len(self.shown.parcels)
        if not marked:
            return tr("{count} 块", count=count)
        return tr("{count} 块 · {marked} 块要看一看", count=count, marked=marked)

    def current(self) -> str:
        """Code of the parcel one stands on."""
        model, row = self.table.view.model(), self.table.row
        return model.parcels[row].code if isinstance(model, ParcelsModel) and row >= 0 else ""

    def show_register(self, made: ParcelList) -> None:
        """The list of the day."""
        self.shown = made
        self.head.set_title(tr("资源台账"), self.session.ledger.title)
        self.look_through(self.wanted)
        self.status_changed.emit()

    def look_through(self, code: str = "") -> None:
        """Parcels that fit the words."""
        if self.shown is None:
            return
        text = self.search.text().strip()
        found = self.shown.found(text)
        nothing = tr("没有“{text}”。", text=text)
        self.table.set_empty_words(nothing if self.shown.parcels else tr(EMPTY))
        model = ParcelsModel(self.shown, found)
        self.table.show_model(model, model.totals())
        codes = [one.code for one in found]
        self.table.go_to_row(codes.index(code) if code in codes else 0)
        self.action("open").setEnabled(bool(found))

    def open_card(self) -> None:
        """The parcel one stands on."""
        if self.current():
            self.navigator.open("parcel", code=self.current(), day=self.as_of.day)

    # inside

    def _print(self) -> None:
        day = self.as_of.day
        self.navigator.open("preview", report="resource-register", span=Span(day, day), paper="A4_LANDSCAPE")

    def _take_in(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("资源台账"), "", tr("表格 (*.xlsx *.csv)"))
        if path:
            self.take_in(Path(path))

    def take_in(self, path: Path) -> None:
        """Import a file; a refusal names every row at fault."""
        from village_ledger.exchange.import_parcels import import_parcels

        self.slip.fold()
        ledger = self.session.ledger_code
        self.operations.run(
            tr("导入资源台账"),
            lambda uow, _: import_parcels(uow, ledger, path),
            then=partial(self._taken, path.name),
            refused=lambda error: self.slip.say(describe(error)),
        )

    def _taken(self, name: str, done: Outcome[int]) -> None:
        self._said = tr("“{name}”里的 {count} 块地登记好了", name=name, count=done.value)
        self.status_changed.emit()
