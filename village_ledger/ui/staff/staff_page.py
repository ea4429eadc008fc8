"""Staff (人员): who works here, what each may do, and how somebody comes, goes, is let in again. Forms open in the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.services.staff import staff
from village_ledger.ui.page import Page
from village_ledger.ui.staff.staff_code import CodePanel
from village_ledger.ui.staff.staff_form import PinForm, RolesForm
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Look as Weight

if TYPE_CHECKING:
    from village_ledger.services.entry.progress import Progress
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.staff.queries import StaffMember
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

COLUMNS = (
    ScreenColumn("name", "姓名", Look.CODE, "李建国（二组）"),
    ScreenColumn("roles", "角色", Look.TEXT, "制单 · 记账（集体经济组织账）", stretch=2),
    ScreenColumn("says", "能办的事", Look.TEXT, "填凭证、做报账单", stretch=3),
    ScreenColumn("state", "在不在岗", Look.TEXT, "锁到 11-29 10:05"),
)
NOBODY = (
    "还没有登记人员：谁都能记账，不用密码。"
    "登记第一个人（管理员）以后，每个人都要用自己的密码登录，只能办自己角色的事。"
)


class StaffModel(FigureModel):
    """Everybody, who has left last."""

    def __init__(
        self, people: tuple[StaffMember, ...], titles: Mapping[str, str], shut: Mapping[str, str]
    ) -> None:
        super().__init__(COLUMNS)
        self.people = tuple(sorted(people, key=lambda one: bool(one.left_at)))
        self._titles = titles
        self._shut = shut

    def count(self) -> int:
        """People."""
        return len(self.people)

    def text(self, row: int, column: int) -> str:
        """Name, roles, what they do, state."""
        one = self.people[row]
        held = [h for h in one.roles if h.until is None]
        if column == 0:
            return one.name
        if column == 1:
            return " · ".join(
                h.role.words + (f"（{self._titles[h.ledger]}）" if h.ledger else "") for h in held
            )
        if column == 2:
            from village_ledger.reports.staff.staff_list import may_words

            return "；".join(dict.fromkeys(map(may_words, held)))
        if one.left_at:
            return tr("{day} 离任", day=one.left_at[:10])
        until = self._shut.get(one.name, "")
        return tr("锁到 {time}", time=until[5:16].replace("T", " ")) if until else tr("在岗")


class StaffPage(Page):
    """The list, and one form at a time under it."""

    scope: ClassVar[str] = "staff"
    nav: ClassVar[str] = "settings"
    shows: ClassVar[Changes] = Changes(settings=True)
    follows_ledger: ClassVar[bool] = False

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.table = FigureTable(self.theme, tr("人员"))
        self.table.set_empty_words(tr(NOBODY))
        self.table.opened.connect(lambda _row: self._ask_roles())
        self.table.current_moved.connect(lambda _row: self.follow_access())
        self.model = StaffModel((), {}, {})
        self.roles = RolesForm(self.theme, session)
        self.pins = PinForm(self.theme)
        self.code = CodePanel(self.theme, session, operations)
        self.question = AskBar(self.theme)
        self.body.addWidget(self.table, 1)
        for form in (self.question, self.roles, self.pins, self.code):
            form.hide()
            self.body.addWidget(form)
        for opened in (self.roles, self.pins):
            opened.closed.connect(self._show_list)
        self.body.addStretch()
        self.roles.done.connect(self._save_roles)
        self.pins.done.connect(self._save_pin)
        self.code.put_away.connect(self._after_code)
        self._said = ""

    # the page

    def bind_actions(self) -> None:
        """Buttons once there are actions."""
        super().bind_actions()
        self.head.tools.offer([self.action(name) for name in ("own_pin", "recovery", "log", "print")])
        for name in ("dismiss", "unlock", "roles"):
            self.add_button(name)
        self.add_button("add", Weight.MAIN)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What its keys do."""
        return {
            "add": self._ask_new,
            "roles": self._ask_roles,
            "unlock": self._unlock,
            "dismiss": self._ask_dismissal,
            "own_pin": self._ask_pin,
            "recovery": self._ask_code,
            "log": lambda: self.navigator.open("operation_log"),
            "print": lambda: self.navigator.open("preview", report="staff-list"),
        }

    def hints(self) -> list[str]:
        """Keys in the status bar."""
        return ["roles", "add"]

    def go(self, **where: Any) -> None:
        """``row`` to stand on."""
        self.reload()
        self.table.go_to_row(where.get("row", 0))
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The row one stands on."""
        return {"row": max(self.table.row, 0)}

    def reload(self) -> None:
        """Everybody as they are now."""
        if not self.session.is_open:
            return
        reader, row = self.session.reader, max(self.table.row, 0)
        from village_ledger.storage.clock import now_text

        now = now_text()
        people = tuple(reader.staff())
        shut = {one.name: staff.shut_until(reader, one.name, now) for one in people}
        titles = {info.code: info.title for info in self.session.ledgers}
        self.model = StaffModel(people, titles, shut)
        self.table.show_model(self.model)
        self.table.go_to_row(row)
        here = sum(not one.left_at for one in people)
        self.head.set_title(tr("人员"), tr("在岗 {count} 人", count=here) if people else tr("还没有登记"))
        self.action("add").setText(tr("登记…") if people else tr("登记管理员…"))
        self.follow_access()

    def follow_access(self) -> None:
        """Beside duties: what the person in the row allows."""
        super().follow_access()
        one = self._current()
        for name in ("roles", "unlock", "dismiss"):
            action = self.action(name)
            action.setEnabled(action.isEnabled() and one is not None and not one.left_at)
        self.action("own_pin").setEnabled(bool(self.session.staff and self.session.by))
        self.action("recovery").setEnabled(self.action("recovery").isEnabled() and bool(self.session.staff))

    def escape(self) -> bool:
        """Put an open form away."""
        for form in (self.roles, self.pins):
            if form.isVisible():
                form.hide()
                return True
        if self.question.asking:
            self.question.put_away()
            return True
        return self.code.isVisible()

    def leave(self) -> bool:
        """A recovery code is shown once: it is not passed by."""
        return not self.code.isVisible()

    def status(self) -> str:
        """What was done."""
        return self._said

    # asking

    def _current(self) -> StaffMember | None:
        row = self.table.row
        return self.model.people[row] if 0 <= row < self.model.count() else None

    def _only(self, form: object) -> None:
        """One form at a time."""
        self.slip.fold()
        for other in (self.roles, self.pins, self.question):
            if other is not form:
                other.hide()
        self.table.setVisible(form is self.question)

    def _show_list(self) -> None:
        """The list again where a form stood."""
        if self.roles.isHidden() and self.pins.isHidden():
            self.table.show()
            self.table.setFocus()

    def _ask_new(self) -> None:
        self._only(self.roles)
        self.roles.ask_new(first=not self.session.staff)

    def _ask_roles(self) -> None:
        one = self._current()
        if one is not None and self.action("roles").isEnabled():
            self._only(self.roles)
            self.roles.ask_roles(one)

    def _ask_pin(self) -> None:
        self._only(self.pins)
        self.pins.ask(self.session.by)

    def _ask_dismissal(self) -> None:
        one = self._current()
        if one is not None:
            self._only(self.question)
            self.question.ask(
                tr("{name} 离任：角色都收回，密码不能再用，凭证上的名字不变。", name=one.name),
                tr("让他离任"),
                lambda _: self._run(tr("离任"), lambda uow, _: staff.dismiss(uow, one.name)),
                self.table.setFocus,
                wants_text=False,
            )

    def _ask_code(self) -> None:
        self._only(self.question)
        self.question.ask(
            tr("换一张新的恢复码，旧的马上作废。请准备好打印和封存。"),
            tr("换恢复码"),
            lambda _: self._run(
                tr("换恢复码"),
                lambda uow, _: staff.new_recovery_code(uow),
                lambda o: self.code.show_code(o.value),
            ),
            self.table.setFocus,
            wants_text=False,
        )

    # doing

    def _unlock(self) -> None:
        one = self._current()
        if one is not None:
            self._run(tr("解锁"), lambda uow, _: staff.unlock(uow, one.name))

    def _save_roles(self) -> None:
        form = self.roles
        if form.member is None:
            name, pin, roles = form.name.text().strip(), form.pin.text(), form.wanted()
            self._run(tr("登记人员"), lambda uow, _: staff.add(uow, name, pin, roles), self._added)
            return
        name, given, taken = form.member.name, form.given(), form.taken()

        def change(uow: UnitOfWork, _: Progress) -> Outcome[Any]:
            return staff.change_roles(uow, name, given, taken)

        self._run(tr("改角色"), change, lambda _: form.hide())

    def _added(self, outcome: Outcome[staff.Added]) -> None:
        self.roles.hide()
        if outcome.value.recovery_code:
            self.session.stand_up()
            self.code.show_code(outcome.value.recovery_code)
        else:
            self.table.setFocus()

    def _save_pin(self, old: str, new: str) -> None:
        book, name = self.session.book, self.session.by

        def changed(outcome: Outcome[StaffMember]) -> None:
            self.pins.hide()
            self._say(tr("密码改好了，下次用新的。"))
            self.session.tell(outcome.changes)

        self.operations.task(
            tr("改密码"), lambda _: staff.change_pin(book, name, old, new), changed, self._refused
        )

    def _after_code(self) -> None:
        """The code was copied or printed; after the first registration the door shuts."""
        if self.session.staff and not self.session.book.signed_in:
            self.session.door_asked.emit()
        else:
            self.table.setFocus()

    def _run(
        self,
        label: str,
        action: Callable[[UnitOfWork, Progress], Outcome[Any]],
        then: Callable[[Any], object] = lambda _: None,
    ) -> None:
        def done(outcome: Outcome[Any]) -> None:
            self._say(tr("{label}：办好了。", label=label))
            then(outcome)

        self.operations.run(label, action, done)

    def _refused(self, error: Exception) -> None:
        self.operations.refused.emit(error)

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()
