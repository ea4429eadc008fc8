"""One parcel: what the register says of it, contracts and history beside its sketch; PgUp and PgDn go to others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QBoxLayout, QFrame, QVBoxLayout

from village_ledger.domain.attachment import Owner
from village_ledger.i18n import tr
from village_ledger.reports.parcels.sketch_picture import SketchPicture
from village_ledger.services.changes import Changes
from village_ledger.ui.attachments.attachment_fold import AttachmentFold
from village_ledger.ui.card_page import CardPage
from village_ledger.ui.parcels.parcel_figures import ParcelFigures, read_parcel
from village_ledger.ui.parcels.sketch_view import SketchView
from village_ledger.ui.tables.table_model import TableModel
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look

if TYPE_CHECKING:
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

_LEAST_ROWS = 5


class ParcelPage(CardPage):
    """A card of the register."""

    scope = "parcel"
    nav = "works"
    register, reading, reads = "parcels", "读这块地", staticmethod(read_parcel)
    shows = Changes(parcels=True, contracts=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.shown: ParcelFigures | None = None
        mark = tr("演示") if session.info.is_demo else ""
        self.table = FigureTable(self.theme, tr("地块资料"), watermark=mark)
        self.table.set_empty_words(tr("还没有登记地块。"))
        self.table.opened.connect(self._open_row)
        self.attachments = AttachmentFold(session, operations, self.slip)
        self.sketch = SketchView(self.theme, tr("还没有草图。按 F8 写界址点，或在方格纸上点。"))
        self._sheet = QFrame()
        self._sheet.setProperty("look", "sheet")
        self._inside = QVBoxLayout(self._sheet)
        self._inside.addWidget(self.sketch)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.addWidget(self.table, 58)
        self._sides.addWidget(self._sheet, 42)
        self.body.addWidget(self.ask)
        self.body.addLayout(self._sides, 1)
        self.body.addWidget(self.attachments)
        for name in ("end", "merge", "split", "card", "as_of", "sketch"):
            self.add_button(name)
        self.add_button("change", Look.MAIN)
        self.restyle()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        forms = {
            act: lambda act=act: self._form(act) for act in ("change", "sketch", "split", "merge", "end")
        }
        return {
            **super().handlers(),
            "card": self._print,
            **forms,
        }

    def main(self) -> FigureTable:
        """The card's lines."""
        return self.table

    def codes(self) -> Sequence[str]:
        """All cards there are."""
        return self.shown.codes if self.shown is not None else ()

    def restyle(self) -> None:
        """Side by side, or under each other where there is little room."""
        px, tight = self.theme.px, self.theme.tokens.tight
        down = QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(down if tight else QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(px.gap)
        self._inside.setContentsMargins(px.gap, px.cell, px.gap, px.cell)
        self.table.setMinimumHeight(_LEAST_ROWS * self.table.style_of.row)

    def status(self) -> str:
        """Which of how many, or that it is no more."""
        made = self.shown
        if made is None:
            return ""
        if made.parcel.ended is not None and made.parcel.ended_by is not None:
            return tr("{day} 已经{how}", day=made.parcel.ended, how=made.parcel.ended_by.words)
        place = self.place()
        return tr("第 {place} 块，共 {count} 块", place=place, count=len(made.codes)) if place else ""

    def follow_access(self) -> None:
        """Nothing can be written of a parcel that is no more."""
        super().follow_access()
        if self.shown is None or self.shown.parcel.ended is not None:
            for name in ("change", "sketch", "split", "merge", "end"):
                self.action(name).setEnabled(False)

    def show_card(self, made: ParcelFigures | None) -> None:
        """The card, or that there is none."""
        self.shown = made
        self.action("card").setEnabled(made is not None)
        if made is None:
            self.head.set_title(tr("一块地"))
            self.sketch.show_picture(None)
            self.attachments.strip.show_owner(None)
        else:
            self.code = made.parcel.code
            self.head.set_title(made.parcel.card.name, made.parcel.code, firm=True)
            self.table.show_model(TableModel(made.card))
            self.attachments.strip.show_owner(Owner("parcel", self.session.ledger_code, self.code))
            drawn = made.card.picture
            self.sketch.show_picture(drawn if isinstance(drawn, SketchPicture) else None)
        self.follow_access()
        self.status_changed.emit()

    # inside

    def _form(self, act: str) -> None:
        if self.shown is not None:
            self.navigator.open("parcel_form", act=act, code=self.code)

    def _open_row(self, row: int) -> None:
        """The contract the row stands for."""
        model = self.table.view.model()
        link = model.link(row) if isinstance(model, TableModel) and row >= 0 else None
        if link is not None and link.kind == "contract":
            self.navigator.open("contract", number=link.key)

    def _print(self) -> None:
        if self.shown is not None:
            self.navigator.open("preview", tables=(self.shown.card,))
