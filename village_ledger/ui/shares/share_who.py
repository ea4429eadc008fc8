"""The second step of a share event: who, how much, when – the fields the kind needs, and no others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.share import EventKind
from village_ledger.domain.share_events import Part
from village_ledger.i18n import tr
from village_ledger.ui.look.theme import Theme
from village_ledger.ui.people.person_field import PersonField
from village_ledger.ui.shares.share_figures import Lists
from village_ledger.ui.shares.share_request import PLEDGE, Field, fields_of
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.money_edit import MoneyEdit
from village_ledger.ui.widgets.pick_list import PickList

_LIMITS = {"quantity": 30, "day": 20, "until": 20, "price": 20}


class PartsEdit(QWidget):
    """Several accounts with their quantities; a new line comes by itself when the last one is begun."""

    edited = Signal()
    left = Signal()
    """Enter in an empty line: there are no more."""

    def __init__(self, theme: Theme, quantity_words: str) -> None:
        super().__init__()
        self._theme = theme
        self._quantity_words = quantity_words
        self.lines: list[tuple[PersonField, QLineEdit]] = []
        self._lists = Lists()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._add()

    def parts(self) -> tuple[Part, ...]:
        """What stands in the lines that are not empty."""
        found = [Part(account.account(), quantity.text().strip()) for account, quantity in self.lines]
        return tuple(part for part in found if part.account or part.quantity)

    def set_parts(self, parts: Sequence[Part]) -> None:
        """Show these, and an empty line behind them."""
        while len(self.lines) <= len(parts):
            self._add()
        for place, (account, quantity) in enumerate(self.lines):
            part = parts[place] if place < len(parts) else Part("", "")
            account.setText(part.account)
            quantity.setText(part.quantity)

    def set_lists(self, lists: Lists) -> None:
        """Whom the fields find."""
        self._lists = lists
        for account, _ in self.lines:
            account.set_people(lists.people)

    def _add(self) -> None:
        number = len(self.lines) + 1
        account, quantity = PersonField(self._theme), QLineEdit()
        account.set_people(self._lists.people)
        account.setAccessibleName(tr("第 {number} 个账户", number=number))
        account.setPlaceholderText(tr("姓名、拼音或户编号"))
        quantity.setAccessibleName(tr("第 {number} 个的份额", number=number))
        quantity.setPlaceholderText(self._quantity_words)
        quantity.setMaxLength(_LIMITS["quantity"])
        quantity.setMaximumWidth(self._theme.px.form * 7)
        account.taken.connect(lambda: self._after_account(account, quantity))
        quantity.returnPressed.connect(lambda: self._after_quantity(quantity))
        for field in (account, quantity):
            field.setMinimumWidth(1)
            field.textEdited.connect(self._on_edited)
        line = QHBoxLayout()
        line.addWidget(account, 1)
        line.addWidget(quantity)
        self._column.addLayout(line)
        self.lines.append((account, quantity))
        if number == 1:
            self.setFocusProxy(account)

    def _on_edited(self) -> None:
        last = self.lines[-1]
        if last[0].text().strip():
            self._add()
        self.edited.emit()

    def _after_account(self, account: PersonField, quantity: QLineEdit) -> None:
        if account.text().strip():
            quantity.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left.emit()

    def _after_quantity(self, quantity: QLineEdit) -> None:
        place = next(at for at, line in enumerate(self.lines) if line[1] is quantity)
        if place + 1 < len(self.lines):
            self.lines[place + 1][0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.left.emit()


AnyField = QLineEdit | PickList | PartsEdit


class WhoForm(QWidget):
    """The fields of one kind; what was typed stays when another kind has the same field."""

    edited = Signal()
    entered = Signal()
    """Enter in the last field."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.kind: EventKind | None = None
        self.fields: dict[str, AnyField] = {}
        self._section: Section | None = None
        self._said: dict[str, str] = {}
        self._parts: tuple[Part, ...] = ()
        self._lists = Lists()
        self._hint: QWidget | None = None
        self._hint_words = ""
        self._offered_to = ""
        self._awaited: set[str] = set()
        """Lists that do not offer what is to be chosen, because they have not been read yet."""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.edited.connect(self._follow)

    # what stands in it

    def said(self) -> dict[str, str]:
        """The texts, also of fields only another kind has."""
        for key, field in self.fields.items():
            if isinstance(field, PickList):
                if key not in self._awaited:
                    self._said[key] = str(field.currentData() or "")
            elif isinstance(field, PersonField):
                self._said[key] = field.account()
            elif isinstance(field, QLineEdit):
                self._said[key] = field.text()
        return dict(self._said)

    def parts(self) -> tuple[Part, ...]:
        """The several accounts."""
        field = self.fields.get("parts")
        if isinstance(field, PartsEdit):
            self._parts = field.parts()
        return self._parts

    def fill(self, said: Mapping[str, str], parts: Sequence[Part] = ()) -> None:
        """Put texts into the fields."""
        self._said = dict(said)
        self._parts = tuple(parts)
        for key, field in self.fields.items():
            self._put(key, field)
        self._follow()

    def show_kind(self, kind: EventKind) -> None:
        """The fields of a kind, with what was typed so far."""
        if kind is self.kind:
            return
        if self.kind is not None:
            self.said()
            self.parts()
        self.kind, self._hint = kind, None
        old, self.fields = self._section, {}
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._section = Section(self._theme, kind.words)
        for spec in fields_of(kind):
            field = self._made(spec)
            self.fields[spec.key] = field
            row = self._section.add_row(tr(spec.label), field, tr(spec.hint) if spec.hint else "")
            if spec.key == "from_":
                self._hint, self._hint_words = row[-1], tr(spec.hint)
            self._offer(spec, field)
            self._put(spec.key, field)
            if isinstance(field, PickList):
                field.currentIndexChanged.connect(lambda _, key=spec.key: self._awaited.discard(key))
            _listen(field, self)
        self._column.addWidget(self._section)
        self._follow()

    def set_lists(self, lists: Lists) -> None:
        """What the fields offer."""
        self.said()
        self._lists = lists
        for spec in fields_of(self.kind) if self.kind else ():
            self._offer(spec, self.fields[spec.key])
            if isinstance(self.fields[spec.key], PickList):
                self._put(spec.key, self.fields[spec.key])
        self._follow()

    def first_empty(self) -> QWidget:
        """Where one begins."""
        order = list(self.fields.values())
        empty = (one for one in order if isinstance(one, QLineEdit) and not one.text().strip())
        return next(empty, order[0])

    # inside

    def _made(self, spec: Field) -> AnyField:
        if spec.of in {"class", "pledge", "event", "dividend_to"}:
            return PickList()
        if spec.of == "parts":
            optional = self.kind is EventKind.INHERIT
            return PartsEdit(self._theme, tr("均分就空着") if optional else tr("份额"))
        field = PersonField(self._theme) if spec.of == "person" else _line(spec)
        field.setMinimumWidth(1)
        return field

    def _offer(self, spec: Field, field: AnyField) -> None:
        """The choices of a list, whom a field finds."""
        lists = self._lists
        if isinstance(field, PersonField | PartsEdit):
            if isinstance(field, PersonField):
                field.set_people(lists.people)
            else:
                field.set_lists(lists)
            return
        if not isinstance(field, PickList):
            return
        choices: list[tuple[str, str]] = []
        if spec.of == "class":
            choices = [(one.name, one.name) for one in lists.classes]
        elif spec.of == "dividend_to":
            choices = [("holder", tr("持有人")), ("creditor", tr("债权人"))]
        elif spec.of == "pledge":
            owner = self._offered_to
            own = [one for one in lists.pledges if owner in {"", one.account}]
            choices = [("", tr("照账户找")), *((one.number, one.words) for one in own)]
        elif spec.of == "event":
            choices = [("", tr("没有选")), *lists.events]
        field.blockSignals(True)
        field.clear()
        for value, words in choices:
            field.addItem(words, value)
        field.blockSignals(False)

    def _follow(self) -> None:
        """Under the account what it has; of pledges those of the account, its only one chosen, with what is left of it."""
        said = self.said()
        owner, class_name = said.get("from_", ""), said.get("class_name", "")
        if isinstance(self._hint, QLabel):
            self._hint.setText(self._lists.held.get((owner, class_name), self._hint_words))
        field, quantity = self.fields.get("pledge"), self.fields.get("quantity")
        if not isinstance(field, PickList) or not isinstance(quantity, QLineEdit) or not self._lists.classes:
            return
        known = owner if owner in self._lists.people else ""
        if known != self._offered_to or field.count() == 0:
            self._offered_to = known
            self._offer(PLEDGE, field)
            self._put("pledge", field)
        own = [
            one
            for one in self._lists.pledges
            if known and one.account == known and one.class_name == class_name
        ]
        if len(own) == 1 and not said.get("pledge"):
            self._said["pledge"] = own[0].number
            self._put("pledge", field)
        chosen = next((one for one in self._lists.pledges if one.number == str(field.currentData())), None)
        if chosen is not None and not quantity.text():
            quantity.setText(chosen.left)

    def _put(self, key: str, field: AnyField) -> None:
        text = self._said.get(key, "")
        if isinstance(field, PartsEdit):
            field.set_parts(self._parts)
        elif isinstance(field, PickList):
            field.blockSignals(True)
            at = field.findData(text)
            (self._awaited.add if text and at < 0 else self._awaited.discard)(key)
            field.setCurrentIndex(max(0, at))
            field.blockSignals(False)
        else:
            field.setText(text)

    def after(self, field: QWidget) -> None:
        """To the next field; from the last one on."""
        order = list(self.fields.values())
        place = next((at for at, one in enumerate(order) if one is field), len(order)) + 1
        if place < len(order):
            order[place].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.entered.emit()


def _line(spec: Field) -> QLineEdit:
    line = MoneyEdit() if spec.of == "price" else QLineEdit()
    line.setMaxLength(_LIMITS.get(spec.of, 100))
    return line


def _listen(field: AnyField, form: WhoForm) -> None:
    if isinstance(field, PartsEdit):
        field.edited.connect(form.edited)
        field.left.connect(lambda: form.after(field))
    elif isinstance(field, PickList):
        field.currentIndexChanged.connect(lambda _: form.edited.emit())
    else:
        field.textEdited.connect(lambda _: form.edited.emit())
        if isinstance(field, PersonField):
            field.taken.connect(lambda: form.after(field))
        else:
            field.returnPressed.connect(lambda: form.after(field))
