"""Forms about one asset: one act, Esc goes back; what is done stands in the status bar of the page before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from village_ledger.i18n import tr
from village_ledger.services.assets import cards
from village_ledger.services.assets.asset_words import classes
from village_ledger.services.changes import Changes
from village_ledger.ui.assets.asset_acts import ACTS, filled
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.notice_bar import NoticeBar
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.domain.errors import LedgerError
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.assets.records import Standing
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.people.member_acts import FieldSpec
    from village_ledger.ui.session import Session

_NEW = frozenset({"add"})
"""Acts that are about no card yet."""


class AssetFormPage(Page):
    """The form of one act; another act builds another form in its place."""

    scope = "asset_form"
    nav = "works"
    shows = Changes()

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.act = "add"
        self.fields: dict[str, QLineEdit | PickList] = {}
        self._code = ""
        self._section: Section | None = None
        content = QWidget()
        self._form = QVBoxLayout(content)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.addStretch(1)
        self.notice = NoticeBar(self.theme, "", [(tr("知道了"), self.navigator.back)])
        self.body.addWidget(self.notice)
        self.body.addWidget(content)
        self.add_button("act", Look.MAIN)
        self._build()

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The act."""
        return {"act": self._act}

    def go(self, **where: Any) -> None:
        """``act`` of ``ACTS`` and the ``code`` of the card it is about."""
        self.act, self._code = where.get("act", self.act), str(where.get("code", self._code))
        self._build()
        self.slip.fold()
        self.reload()
        self._first_empty().setFocus(Qt.FocusReason.OtherFocusReason)

    def where(self) -> dict[str, Any]:
        """The act and the card."""
        return {"act": self.act, "code": self._code}

    def reload(self) -> None:
        """Title, button, and the card as the book has it."""
        act = ACTS[self.act]
        self.head.set_title(tr(act.title), "" if self.act in _NEW else self._code)
        self.action("act").setText(tr(act.words))
        if not self.session.is_open or self.act in _NEW or not self._code:
            return
        ledger, code = self.session.ledger_code, self._code
        self.operations.read(
            tr("读资产卡片"),
            lambda reader: cards.standing(reader, ledger, code),
            self._fill,
            refused=self._refuse,
            key="asset_form",
        )

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
            field = self.fields[spec.key] = self._field(self._offered(spec))
            self._section.add_row(tr(spec.label), field, tr(spec.hint) if spec.hint else "")
        self._form.insertWidget(0, self._section)
        if self.act != "add":
            self._put("day", str(date.today()))  # noqa: DTZ011  the village's wall calendar
        self._put("month", str(self.session.month))
        category = self.fields.get("category")
        if isinstance(category, PickList):
            category.currentIndexChanged.connect(lambda _: self._by_class())
            self._by_class()
        self.notice.hide()

    def _offered(self, spec: FieldSpec) -> FieldSpec:
        """Other ledgers of the book are choices only the book knows."""
        if spec.key != "to" or not self.session.is_open:
            return spec
        others = tuple(
            (one.code, one.title)
            for one in self.session.reader.ledgers()
            if one.code != self.session.ledger_code
        )
        return replace(spec, choices=others)

    def _field(self, spec: FieldSpec) -> QLineEdit | PickList:
        if spec.choices:
            made = PickList()
            for value, words in spec.choices:
                made.addItem(words, value)
            return made
        line = QLineEdit()
        line.setMaxLength(spec.limit)
        line.returnPressed.connect(lambda: self._after(line))
        return line

    def _by_class(self) -> None:
        """Usual months of the class, while nothing was typed; a class that is not charged has none."""
        rule = next((r for r in classes() if r["name"] == _text_of(self.fields["category"])), None)
        months = self.fields.get("months")
        if rule is None or not isinstance(months, QLineEdit):
            return
        usual = {str(r["months"]) for r in classes()} | {""}
        if months.text() in usual:
            months.setText(str(rule["months"] or ""))
            self._put("method", "straight" if rule["months"] else "none")

    def _fill(self, one: Standing) -> None:
        """What is there already."""
        for key, text in filled(self.act, one).items():
            self._put(key, text)

    def _put(self, key: str, text: str) -> None:
        field = self.fields.get(key)
        if isinstance(field, PickList):
            place = field.findData(text)
            if place < 0 and text:
                field.addItem(text, text)
                place = field.count() - 1
            field.setCurrentIndex(max(0, place))
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
        """Back; what is worth a look is said here first."""
        if not outcome.warnings:
            self.navigator.back()
            return
        self.notice.sentence.setText(tr("办好了。{said}", said="".join(outcome.warnings)))
        self.notice.show()
        self.notice.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)


def _text_of(field: QLineEdit | PickList) -> str:
    if isinstance(field, PickList):
        return str(field.currentData() or "")
    return field.text()
