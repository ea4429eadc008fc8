"""The forms of the staff page: a person with roles, and one's own PIN. They stand in the page, under the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from village_ledger.domain.duty import Role, duty_rules
from village_ledger.i18n import tr
from village_ledger.ui.beginning.lock_screen import pin_field
from village_ledger.ui.widgets.form_sheet import FormSheet
from village_ledger.ui.widgets.pick_list import PickList

if TYPE_CHECKING:
    from village_ledger.storage.staff.queries import StaffMember
    from village_ledger.ui.look.theme import Theme
    from village_ledger.ui.session import Session

NONE, BOTH = "-", ""
Wanted = list[tuple[Role, str]]


class RolesForm(FormSheet):
    """Somebody new, or the roles of somebody there: each role nowhere, in both ledgers or in one."""

    done = Signal()

    def __init__(self, theme: Theme, session: Session) -> None:
        super().__init__(theme)
        self._session = session
        self.member: StaffMember | None = None
        """Whose roles are changed; None for somebody new."""
        self.name = QLineEdit()
        self.pin = pin_field(tr("密码"))
        self.again = pin_field(tr("密码再打一遍"))
        self._new = [self.name, self.pin, self.again]
        self._new_words = [
            self.put(0, 0, tr("姓名"), self.name),
            self.put(0, 1, tr("密码"), self.pin),
            self.put(1, 1, tr("再打一遍"), self.again),
        ]
        self.roles: dict[Role, PickList] = {}
        for place, role in enumerate(Role):
            self.roles[role] = choice = PickList()
            self.put(2 + place // 2, place % 2, role.words, choice)
            choice.setToolTip(duty_rules().says[role])
            choice.setAccessibleDescription(duty_rules().says[role])
            choice.currentIndexChanged.connect(lambda _: self._follow())
        for field in self._new:
            field.returnPressed.connect(self.act.click)
            field.textChanged.connect(lambda _: self._follow())
        self.act.clicked.connect(lambda: self.done.emit())  # noqa: PLW0108  clicked hands over a flag

    def ask_new(self, *, first: bool) -> None:
        """Somebody new; the first of a book is the administrator."""
        self.member = None
        self._offer()
        for field in self._new:
            field.clear()
        if first:
            self._choose(Role.ADMINISTRATOR, BOTH)
        self.heading.setText(tr("登记管理员") if first else tr("登记一个人"))
        self.act.setText(tr("登记"))
        self._open(new=True)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask_roles(self, member: StaffMember) -> None:
        """The roles of somebody there, as they stand now."""
        self.member = member
        self._offer()
        for held in member.roles:
            if held.until is None:
                self._choose(held.role, held.ledger)
        self.heading.setText(tr("{name} 的角色", name=member.name))
        self.act.setText(tr("改角色"))
        self._open(new=False)
        next(iter(self.roles.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def wanted(self) -> Wanted:
        """Roles as chosen."""
        return [(role, str(c.currentData())) for role, c in self.roles.items() if c.currentData() != NONE]

    def given(self) -> Wanted:
        """Roles to be given."""
        return [one for one in self.wanted() if one not in self._held()]

    def taken(self) -> Wanted:
        """Roles to be taken."""
        return [one for one in self._held() if one not in self.wanted()]

    def _held(self) -> Wanted:
        roles = self.member.roles if self.member is not None else ()
        return [(held.role, held.ledger) for held in roles if held.until is None]

    def _offer(self) -> None:
        for choice in self.roles.values():
            choice.blockSignals(True)
            choice.clear()
            choice.addItem(tr("不做"), NONE)
            choice.addItem(tr("全部账"), BOTH)
            if len(self._session.ledgers) > 1:
                for info in self._session.ledgers:
                    choice.addItem(tr("只在{title}", title=info.title), info.code)
            choice.blockSignals(False)

    def _choose(self, role: Role, ledger: str) -> None:
        choice = self.roles[role]
        choice.setCurrentIndex(max(choice.findData(ledger), 0))

    def _open(self, *, new: bool) -> None:
        for part in (*self._new, *self._new_words):
            part.setVisible(new)
        self.show()
        self._follow()

    def _follow(self) -> None:
        """Say what is still missing; the rules themselves are the service's."""
        missing = ""
        if self.member is None:
            shortest = duty_rules().pin.shortest
            if not self.name.text().strip():
                missing = tr("还没有写姓名；同名的人请写得能分清，如 李建国（二组）。")
            elif len(self.pin.text()) < shortest:
                missing = tr(
                    "请 {name} 本人设密码，至少 {count} 个数字或字母。", name=self.name.text(), count=shortest
                )
            elif self.pin.text() != self.again.text():
                missing = tr("两遍密码还不一样。")
        self.act.setEnabled(not missing)
        chosen = "；".join(f"{role.words}：{duty_rules().says[role]}" for role, _ in self.wanted())
        self.say(missing or chosen, needed=bool(missing))


class PinForm(FormSheet):
    """One's own PIN: the old one, the new one twice."""

    done = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.old, self.new, self.again = (pin_field("") for _ in range(3))
        self.put(0, 0, tr("现在的密码"), self.old)
        self.put(1, 0, tr("新密码"), self.new)
        self.put(1, 1, tr("再打一遍"), self.again)
        self.act.setText(tr("改密码"))
        for field in (self.old, self.new, self.again):
            field.returnPressed.connect(self.act.click)
            field.textChanged.connect(lambda _: self._follow())
        self.act.clicked.connect(lambda: self.done.emit(self.old.text(), self.new.text()))

    def ask(self, name: str) -> None:
        """For the person signed in."""
        self.heading.setText(tr("{name} 改密码", name=name))
        for field in (self.old, self.new, self.again):
            field.clear()
        self._follow()
        self.show()
        self.old.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self) -> None:
        shortest = duty_rules().pin.shortest
        same = self.new.text() == self.again.text()
        self.act.setEnabled(bool(self.old.text()) and len(self.new.text()) >= shortest and same)
        shape = tr("至少 {count} 个数字或字母，不要用 123456 这样的。", count=shortest)
        self.say(shape if same else tr("两遍新密码还不一样。"), needed=not same)
