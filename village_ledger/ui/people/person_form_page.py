"""Forms about one person: a death, admission, leaving, a new head of the household, somebody new. One act, Esc goes back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.errors import LedgerError
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page, scrolled
from village_ledger.ui.people.member_acts import ACTS, Act, FieldSpec
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.form import Section
from village_ledger.ui.widgets.notice_bar import NoticeBar
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.interledger.records import Resolution
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


class PersonFormPage(Page):
    """The form of one act; another act builds another form in its place."""

    scope = "person_form"
    nav = "members"
    shows = Changes(settings=True)
    acts: ClassVar[Mapping[str, Act]] = ACTS

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.act = "add"
        self.fields: dict[str, QLineEdit | PickList] = {}
        self._section: Section | None = None
        self._household = ""
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.notice = NoticeBar(self.theme, "", [(tr("知道了"), self.navigator.back)])
        self.notice.hide()
        self._column.addStretch(1)
        self.body.addWidget(self.notice)
        self.body.addWidget(scrolled(content), 1)
        self.add_button("act", Look.MAIN)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The act."""
        return {"act": self._act}

    def go(self, **where: Any) -> None:
        """``act`` of ``ACTS``, the ``person`` (户编号/姓名) or ``household`` it is about."""
        self.act = where.get("act", self.act)
        self._household = str(where.get("household", ""))
        self._build(self.acts[self.act])
        who = where.get("person", "")
        said = {"who": who, "household": self._household}
        said["day"] = "" if self.act == "death" else str(date.today())  # noqa: DTZ011  the village's wall calendar
        for key, text in said.items():
            field = self.fields.get(key)
            if isinstance(field, QLineEdit):
                field.setText(str(text))
        self.slip.fold()
        self.notice.hide()
        self.reload()
        self._first_empty().setFocus(Qt.FocusReason.OtherFocusReason)

    def where(self) -> dict[str, Any]:
        """The act and whom it is about."""
        return {"act": self.act, "person": self.said().get("who", ""), "household": self._household}

    def reload(self) -> None:
        """Title, button, the resolutions there are."""
        act = self.acts[self.act]
        self.head.set_title(tr(act.title), self.session.info.village if self.session.is_open else "")
        self.action("act").setText(tr(act.words))
        if self.session.is_open and "resolution" in self.fields:
            self.operations.read(
                tr("读决议"), lambda r: r.resolutions(), self._offer, key="person_form.resolutions"
            )

    def said(self) -> dict[str, str]:
        """What stands in the fields."""
        return {
            key: str(field.currentData() or "") if isinstance(field, PickList) else field.text()
            for key, field in self.fields.items()
        }

    # inside

    def _build(self, act: Act) -> None:
        old = self._section
        if old is not None:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._section = Section(self.theme, tr(act.title))
        self.fields = {}
        for spec in act.fields:
            field = self._field(spec)
            self.fields[spec.key] = field
            self._section.add_row(tr(spec.label), field, tr(spec.hint) if spec.hint else "")
        self._column.insertWidget(0, self._section)

    def _field(self, spec: FieldSpec) -> QLineEdit | PickList:
        if spec.choices or spec.key == "resolution":
            made = PickList()
            for value, words in spec.choices or (("", tr("没有")),):
                made.addItem(words, value)
            return made
        line = QLineEdit()
        line.setMaxLength(spec.limit)
        line.returnPressed.connect(lambda: self._after(line))
        return line

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
        return next((f for f in order if isinstance(f, QLineEdit) and not f.text()), order[0])

    def _offer(self, listed: list[Resolution]) -> None:
        field = self.fields.get("resolution")
        if not isinstance(field, PickList):
            return
        chosen = field.currentData()
        field.clear()
        field.addItem(tr("没有"), "")
        for one in listed:
            field.addItem(f"{one.number} {one.subject}", one.number)
        field.setCurrentIndex(max(0, field.findData(chosen)))

    def _act(self) -> None:
        said = self.said()
        self.slip.fold()
        self.notice.hide()
        act = self.acts[self.act]
        self.operations.run(
            tr(act.title), lambda uow, _: act.carry_out(uow, said), then=self._done, refused=self._refuse
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
