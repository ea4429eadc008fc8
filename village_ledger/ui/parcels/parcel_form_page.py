"""Forms about one parcel: entering, changing, splitting, merging, striking off, sketching. One act, Esc goes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QVBoxLayout

from village_ledger.domain.area import mu_text, sqm_text
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.parcel import corners_text, parse_corners
from village_ledger.i18n import tr
from village_ledger.services.parcels.parcels import sketch_differs
from village_ledger.ui.act_page import ActPage
from village_ledger.ui.page import scrolled
from village_ledger.ui.parcels.parcel_acts import ACTS, filled
from village_ledger.ui.parcels.sketch_view import SketchPad

if TYPE_CHECKING:
    from village_ledger.domain.parcel import Parcel, Sketch
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


class ParcelFormPage(ActPage):
    """The form of one act; another act builds another form in its place. The pad stands beside the sketch's."""

    scope = "parcel_form"
    nav = "works"
    acts = ACTS

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.parcel: Parcel | None = None
        self._code = ""
        self.pad = SketchPad(self.theme)
        self.pad.changed.connect(self._from_pad)
        self.area = QLabel()
        self.area.setWordWrap(True)
        self._drawing = QFrame()
        column = QVBoxLayout(self._drawing)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pad, 1)
        column.addWidget(self.area)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.addWidget(scrolled(self.form), 1)
        self._sides.addWidget(self._drawing, 1)
        self.body.addLayout(self._sides, 1)
        self.form.edited.connect(self._from_text)
        self.show_act()
        self.restyle()

    # the page

    def go(self, **where: Any) -> None:
        """``act`` of ``ACTS`` and the ``code`` of the parcel it is about."""
        self.act, self._code = where.get("act", self.act), str(where.get("code", self._code))
        self.parcel = None
        self.show_act()
        self.reload()
        self.form.begin()

    def where(self) -> dict[str, Any]:
        """The act and the parcel."""
        return {"act": self.act, "code": self._code}

    def reload(self) -> None:
        """Title, button, and the parcel as the register has it."""
        self.name_act(self._code if self.act != "add" else "")
        if not self.session.is_open or self.act == "add" or not self._code:
            return
        ledger, code = self.session.ledger_code, self._code
        self.operations.read(
            tr("读这块地"),
            lambda reader: (reader.parcel(ledger, code), reader.parcel_sketch(ledger, code)),
            self._fill,
            refused=self.refuse,
            key="parcel_form",
        )

    def restyle(self) -> None:
        """The pad beside the form, or below it where there is little room."""
        tight = self.theme.tokens.tight
        self._sides.setDirection(
            QBoxLayout.Direction.TopToBottom if tight else QBoxLayout.Direction.LeftToRight
        )
        self._sides.setSpacing(self.theme.px.gap)

    def show_act(self) -> None:
        """The fields of the act in force, and the pad where it draws."""
        super().show_act()
        self.form.put("day", str(date.today()))  # noqa: DTZ011  the village's wall calendar
        self._drawing.setVisible(self.act == "sketch")
        self.pad.show_corners([])
        self.area.clear()

    def bound(self, said: Mapping[str, str]) -> Callable[[UnitOfWork], Outcome[Any]]:
        """The act on the parcel with what stands in the fields."""
        act, ledger, code = ACTS[self.act], self.session.ledger_code, self._code
        return lambda uow: act.carry_out(uow, ledger, code, said)

    # inside

    def _fill(self, found: tuple[Parcel, Sketch | None]) -> None:
        """What is there already; what was typed meanwhile stays."""
        self.parcel = found[0]
        if self.act in {"change", "sketch"}:
            for key, text in filled(*found).items():
                self.form.put(key, text)
        elif self.act == "merge":
            self.form.put("name", found[0].card.name)
        self._from_text()

    def _from_text(self) -> None:
        """The pad follows the corners as typed; half a line is waited for."""
        if self.act != "sketch":
            return
        try:
            drawn = parse_corners(self.said()["corners"])
        except LedgerError as error:
            self.area.setText(error.what if self.said()["corners"].strip() else "")
            return
        self.pad.show_corners(list(drawn.corners))
        said = tr("围成 {mu} 亩（{sqm} 平方米）", mu=mu_text(drawn.area), sqm=sqm_text(drawn.area))
        if self.parcel is not None:
            off = sketch_differs(self.parcel, drawn)
            register = tr("登记 {mu} 亩，相符", mu=mu_text(self.parcel.card.area))
            said = f"▲ {off}。" if off else f"{said}，{register}。"
        self.area.setText(said)

    def _from_pad(self) -> None:
        """The text follows the mouse."""
        self.form.put("corners", corners_text(self.pad.corners).replace(" ", "\n"))
