"""Forms about one parcel: entering, changing, splitting, merging, striking off, sketching. One act, Esc goes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QLabel, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from village_ledger.domain.area import mu_text, sqm_text
from village_ledger.domain.errors import LedgerError
from village_ledger.domain.parcel import corners_text, parse_corners
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.parcels.parcels import sketch_differs
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page, scrolled
from village_ledger.ui.parcels.parcel_acts import ACTS, LONG, filled
from village_ledger.ui.parcels.sketch_view import SketchPad
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.notice_bar import NoticeBar
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.domain.parcel import Parcel, Sketch
    from village_ledger.services.outcome import Outcome
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.people.member_acts import FieldSpec
    from village_ledger.ui.session import Session

_LINES = 7
"""Lines seen of a field of several."""


class ParcelFormPage(Page):
    """The form of one act; another act builds another form in its place. The pad stands beside the sketch's."""

    scope = "parcel_form"
    nav = "works"
    shows = Changes()

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.act = "add"
        self.parcel: Parcel | None = None
        self.fields: dict[str, QLineEdit | PickList | QPlainTextEdit] = {}
        self._code = ""
        self._section: Section | None = None
        content = QWidget()
        self._form = QVBoxLayout(content)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.addStretch(1)
        self.pad = SketchPad(self.theme)
        self.pad.changed.connect(self._from_pad)
        self.area = QLabel()
        self.area.setWordWrap(True)
        self._drawing = QFrame()
        column = QVBoxLayout(self._drawing)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pad, 1)
        column.addWidget(self.area)
        self.notice = NoticeBar(self.theme, "", [(tr("知道了"), self.navigator.back)])
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.addWidget(scrolled(content), 1)
        self._sides.addWidget(self._drawing, 1)
        self.body.addWidget(self.notice)
        self.body.addLayout(self._sides, 1)
        self.add_button("act", Look.MAIN)
        self._build()
        self.restyle()

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The act."""
        return {"act": self._act}

    def go(self, **where: Any) -> None:
        """``act`` of ``ACTS`` and the ``code`` of the parcel it is about."""
        self.act, self._code = where.get("act", self.act), str(where.get("code", self._code))
        self.parcel = None
        self._build()
        self.slip.fold()
        self.reload()
        self._first_empty().setFocus(Qt.FocusReason.OtherFocusReason)

    def where(self) -> dict[str, Any]:
        """The act and the parcel."""
        return {"act": self.act, "code": self._code}

    def reload(self) -> None:
        """Title, button, and the parcel as the register has it."""
        act = ACTS[self.act]
        self.head.set_title(tr(act.title), self._code if self.act != "add" else "")
        self.action("act").setText(tr(act.words))
        if not self.session.is_open or self.act == "add" or not self._code:
            return
        ledger, code = self.session.ledger_code, self._code
        self.operations.read(
            tr("读这块地"),
            lambda reader: (reader.parcel(ledger, code), reader.parcel_sketch(ledger, code)),
            self._fill,
            refused=self._refuse,
            key="parcel_form",
        )

    def restyle(self) -> None:
        """The pad beside the form, or below it where there is little room."""
        tight = self.theme.tokens.tight
        self._sides.setDirection(
            QBoxLayout.Direction.TopToBottom if tight else QBoxLayout.Direction.LeftToRight
        )
        self._sides.setSpacing(self.theme.px.gap)
        for field in self.fields.values():
            if isinstance(field, QPlainTextEdit):
                field.setFixedHeight(_LINES * (self.theme.px.form + self.theme.px.cell))

    def said(self) -> dict[str, str]:
        """What stands in the fields."""
        return {key: _text_of(field) for key, field in self.fields.items()}

    # inside

    def _build(self) -> None:
        act, old = ACTS[self.act], self._section
        if old is not None:
            self._form.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._section = Section(self.theme, tr(act.title))
        self.fields = {}
        for spec in act.fields:
            field = self.fields[spec.key] = self._field(spec)
            self._section.add_row(tr(spec.label), field, tr(spec.hint) if spec.hint else "")
        self._form.insertWidget(0, self._section)
        self._put("day", str(date.today()))  # noqa: DTZ011  the village's wall calendar
        self._drawing.setVisible(self.act == "sketch")
        self.pad.show_corners([])
        self.area.clear()
        self.notice.hide()
        self.restyle()

    def _field(self, spec: FieldSpec) -> QLineEdit | PickList | QPlainTextEdit:
        if spec.choices:
            made = PickList()
            for value, words in spec.choices:
                made.addItem(words, value)
            return made
        if spec.key in LONG:
            several = QPlainTextEdit()
            several.setTabChangesFocus(True)
            if spec.key == "corners":
                several.textChanged.connect(self._from_text)
            return several
        line = QLineEdit()
        line.setMaxLength(spec.limit)
        line.returnPressed.connect(lambda: self._after(line))
        return line

    def _fill(self, found: tuple[Parcel, Sketch | None]) -> None:
        """What is there already; what was typed meanwhile stays."""
        self.parcel = found[0]
        if self.act in {"change", "sketch"}:
            for key, text in filled(*found).items():
                self._put(key, text)
        elif self.act == "merge":
            self._put("name", found[0].card.name)
        self._from_text()

    def _put(self, key: str, text: str) -> None:
        field = self.fields.get(key)
        if isinstance(field, PickList):
            field.setCurrentIndex(max(0, field.findData(text)))
        elif isinstance(field, QPlainTextEdit):
            field.setPlainText(text)
        elif field is not None:
            field.setText(text)

    def _after(self, field: QWidget) -> None:
        """Enter goes to the next field, in the last one acts."""
        order = list(self.fields.values())
        place = next(i for i, one in enumerate(order) if one is field)
        if place + 1 < len(order):
            order[place + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._act()

    def _first_empty(self) -> QWidget:
        order = list(self.fields.values())
        return next((one for one in order if not _text_of(one)), order[0])

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
        self._put("corners", corners_text(self.pad.corners).replace(" ", "\n"))

    def _act(self) -> None:
        said, act, ledger, code = self.said(), ACTS[self.act], self.session.ledger_code, self._code
        self.slip.fold()
        self.notice.hide()
        self.operations.run(
            tr(act.title),
            lambda uow, _: act.carry_out(uow, ledger, code, said),
            then=self._done,
            refused=self._refuse,
        )

    def _refuse(self, error: LedgerError) -> None:
        self.slip.say(describe(error))

    def _done(self, outcome: Outcome[Any]) -> None:
        """Back; what is still to be done is said here first."""
        if not outcome.warnings:
            self.navigator.back()
            return
        self.notice.sentence.setText(tr("登记好了。{said}", said="".join(outcome.warnings)))
        self.notice.show()
        self.notice.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)


def _text_of(field: QLineEdit | PickList | QPlainTextEdit) -> str:
    if isinstance(field, PickList):
        return str(field.currentData() or "")
    return field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
