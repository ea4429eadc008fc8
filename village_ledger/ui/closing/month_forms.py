"""Two small forms about a closed month: opening it again (反结账), and sealing it on a signed sheet (封存)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from village_ledger.domain.period import Month
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.staff.keyring import LONGEST
from village_ledger.ui.beginning.lock_screen import pin_field
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page, scrolled
from village_ledger.ui.staff.second_person import HINT, all_confirmed
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.form import Section

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


class MonthForm(Page):
    """A form about one month: fields, one act, Esc goes back. Subclasses say the words and carry it out."""

    scope = "month_form"
    nav = "closing"
    shows = Changes(periods=True)
    name: ClassVar[str]

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.month = session.month
        self.fields: list[QLineEdit] = []
        self._pin_rows: list[QWidget] = []
        self.section = Section(self.theme, tr(self.name))
        self.build()
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section)
        column.addStretch(1)
        self.body.addWidget(scrolled(sheet), 1)
        self.add_button("act", Look.MAIN)

    def build(self) -> None:
        """Add the fields."""
        raise NotImplementedError

    def carry_out(self, uow: UnitOfWork, ledger: str) -> Outcome[Any]:
        """The act, with what stands in the fields."""
        raise NotImplementedError

    def words(self) -> str:
        """What the button says."""
        raise NotImplementedError

    def field(self, label: str, hint: str = "", limit: int = 100) -> QLineEdit:
        """One more field; Enter goes to the next, in the last one acts."""
        made = QLineEdit()
        made.setMaxLength(limit)
        self._take_in(label, made, hint)
        return made

    def pin_of(self, whose: str, hint: str = HINT) -> QLineEdit:
        """A field for another person's PIN, there in books with staff only."""
        made = pin_field(whose)
        made.setMaxLength(LONGEST)
        self._pin_rows += self._take_in(whose, made, tr(hint))
        return made

    def _take_in(self, label: str, field: QLineEdit, hint: str) -> tuple[QWidget, ...]:
        field.returnPressed.connect(lambda: self._after(field))
        self.fields.append(field)
        return self.section.add_row(label, field, hint)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """The act."""
        return {"act": self._act}

    def go(self, **where: Any) -> None:
        """``month`` the form is about."""
        self.month = where.get("month", self.session.month)
        self.slip.fold()
        for field in self.fields:
            field.clear()
        self.reload()
        self.fields[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def where(self) -> dict[str, Any]:
        """The month."""
        return {"month": self.month}

    def reload(self) -> None:
        """Title and button of the month."""
        title = self.session.ledger.title
        said = tr("{title} · {year}年{month}月", title=title, year=self.month.year, month=self.month.month)
        self.head.set_title(tr(self.name), said)
        self.action("act").setText(self.words())
        for widget in self._pin_rows:
            widget.setVisible(bool(self.session.staff))

    def _after(self, field: QLineEdit) -> None:
        later = [one for one in self.fields[self.fields.index(field) + 1 :] if one.isVisibleTo(self)]
        if later:
            later[0].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._act()

    def others(self) -> list[tuple[str, str]]:
        """Name and PIN of everybody else the act names."""
        return []

    def _act(self) -> None:
        """The PINs of the others first, where there are staff."""
        self.slip.fold()
        all_confirmed(self, self.others(), self._go_on)

    def _go_on(self) -> None:
        ledger = self.session.ledger_code
        self.operations.run(
            tr(self.name),
            lambda uow, _: self.carry_out(uow, ledger),
            then=lambda _: self.navigator.back(),
            refused=lambda error: self.slip.say(describe(error)),
        )


class ReopenPage(MonthForm):
    """反结账: the second person and why."""

    name = "反结账"

    def build(self) -> None:
        """Who approves, and why."""
        self.approver = self.field(tr("批准人"), tr("另一个人的姓名，不能是现在操作的人。"), 30)
        self.pin = self.pin_of(tr("批准人的密码"))
        self.reason = self.field(
            tr("原因"), tr("会一直显示在这个月上，以后每次打印这个月的表都会写明曾反结账和这个原因。")
        )
        self.on_the_wall = QLabel()
        self.on_the_wall.setWordWrap(True)
        self._wall_row = self.section.add_row(tr("公开表"), self.on_the_wall)

    def reload(self) -> None:
        """Says which sheets of the month are on the wall."""
        from village_ledger.services.disclosure.outdated import reopening_warnings

        super().reload()
        said = reopening_warnings(self.session.reader, self.session.ledger_code, self.month)
        self.on_the_wall.setText("".join(said))
        for widget in self._wall_row:
            widget.setVisible(bool(said))

    def words(self) -> str:
        """Names the month."""
        return tr("反结账 {month} 月", month=self.month.month)

    def others(self) -> list[tuple[str, str]]:
        """Whoever approves."""
        return [(self.approver.text(), self.pin.text())]

    def carry_out(self, uow: UnitOfWork, ledger: str) -> Outcome[Month]:
        """Reopen the month."""
        from village_ledger.services.closing.closing import reopen

        return reopen(uow, ledger, self.month, self.approver.text(), self.reason.text())


class SealPage(MonthForm):
    """封存: the two supervisors and the sheet they signed."""

    name = "监事签字封存"

    def build(self) -> None:
        """Who signed what."""
        self.first = self.field(tr("监事"), tr("在检查单上签了字的两名监事。"), 30)
        self.first_pin = self.pin_of(tr("他的密码"))
        self.second = self.field(tr("另一名监事"), "", 30)
        self.second_pin = self.pin_of(tr("另一名的密码"))
        self.sheet = self.field(
            tr("签字单"),
            tr(
                "签过字的检查单的编号或日期，纸和账一起存档。前面已结账、还没封存的月份一起封存，封存后不能反结账。"
            ),
        )

    def words(self) -> str:
        """Names the month."""
        return tr("封存到 {month} 月", month=self.month.month)

    def others(self) -> list[tuple[str, str]]:
        """Both supervisors."""
        return [(self.first.text(), self.first_pin.text()), (self.second.text(), self.second_pin.text())]

    def carry_out(self, uow: UnitOfWork, ledger: str) -> Outcome[list[Month]]:
        """Seal up to the month."""
        from village_ledger.services.book.month_states import seal

        signed = (self.first.text(), self.second.text())
        return seal(uow, ledger, self.month, signed, self.sheet.text())
