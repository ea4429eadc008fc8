"""代管人员: who of the agency works in which village, one PIN for all; forms and what came of an act stand in the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QFileDialog

from village_ledger.exchange.agency import agency_people
from village_ledger.i18n import tr
from village_ledger.reports.agency.people import VillageStaff, people_table
from village_ledger.reports.agency.verdicts import FAILED
from village_ledger.storage.clock import now_text
from village_ledger.ui.agency.agency_desk import NOT_OPEN, AgencyDeskPage
from village_ledger.ui.agency.ask_form import AskForm
from village_ledger.ui.agency.outcome_panel import OutcomePanel
from village_ledger.ui.agency.people_acts import PeopleActs
from village_ledger.ui.agency.people_model import PeopleModel
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Look

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex

    from village_ledger.domain.agency import AgencyMember, KeptBook, VillageVerdict, Workspace
    from village_ledger.exchange.agency.agency_staff import Identity
    from village_ledger.services.entry.progress import Progress
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

BOOK_FILTER = "村账账簿 (*.vledger)"
LEAST_ROWS = 5
"""Rows that stay in view."""
_HEADS = ("enrol", "add", "add_book", "drop_book", "renew", "unlock", "head", "dismiss", "days")
"""Acts of whoever administers the workspace."""
_OF_PERSON = ("enrol", "renew", "unlock", "head", "dismiss")


class AgencyStaffPage(AgencyDeskPage):
    """Villages × people; after an act a verdict a village in their place."""

    scope: ClassVar[str] = "agency_staff"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.marked: set[str] = set()
        self.found: tuple[VillageStaff, ...] = ()
        self.model: PeopleModel | None = None
        self.table = FigureTable(self.theme, tr("代管人员"))
        self.table.set_empty_words(tr("按 F9 看各村的人员。"))
        self.table.keep_in_view(3)
        self.outcome = OutcomePanel(self.theme, operations, self.refuse)
        self.form = AskForm(self.theme)
        self.question = AskBar(self.theme)
        self.acts = PeopleActs(self)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.outcome, 1)
        self.body.addWidget(self.question)
        self.body.addWidget(self.form)
        self.body.addStretch()
        self.form.closed.connect(self._show_table)
        self.outcome.closed.connect(self._show_table)
        self.table.opened.connect(lambda _row: self.acts.roles())
        self.table.marked.connect(self._mark)
        self.table.sideways.connect(self._sideways)
        self.table.current_moved.connect(lambda _row: self._follow())
        self.table.view.clicked.connect(self._clicked)
        self.outcome.opened.connect(lambda book: self.enter(book, "staff"))
        self.restyle()

    # the page

    def bind_actions(self) -> None:
        """Buttons once there are actions."""
        super().bind_actions()
        names = ("log", "days", "own_pin", "match", "renew", "unlock", "head", "dismiss", "drop_book")
        self.head.tools.offer([self.action(name) for name in (*names, "export", "paper")])
        for name in ("add_book", "add"):
            self.add_button(name)
        self.add_button("enrol", Look.MAIN)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Everything the page answers."""
        acts = self.acts
        return {
            "roles": acts.roles,
            "mark": lambda: self._mark(self.table.row),
            "all": self._mark_all,
            "enrol": acts.enrol,
            "add": acts.add,
            "add_book": self._add_books,
            "drop_book": acts.drop_book,
            "own_pin": acts.own_pin,
            "match": acts.match,
            "renew": acts.renew,
            "unlock": acts.unlock,
            "head": acts.let_administer,
            "dismiss": acts.dismiss,
            "days": acts.days,
            "log": lambda: self.navigator.open("agency_log"),
            "refresh": self.reload,
            "export": lambda: self._save("xlsx"),
            "paper": lambda: self._save("pdf"),
        }

    def hints(self) -> list[str]:
        """Of the table, or nothing while something is asked."""
        return ["roles", "people", "mark", "enrol", "add"] if self.table.isVisible() else []

    def go(self, **where: Any) -> None:
        """``uid`` and ``name`` to stand on; another workspace than before is read anew."""
        if not self.is_signed_in:
            self.head.set_title(tr("代管人员"))
            self.table.set_empty_words(tr(NOT_OPEN))
            return
        kept = {one.uid for one in self.work.books}
        if not self.found or {one.book.uid for one in self.found} != kept:
            self.found = ()
            self.reload()
        self._show(where.get("uid", ""), where.get("name", ""))

    def where(self) -> dict[str, Any]:
        """The village and the person one stands on."""
        village, person = self.village, self.person
        return {
            "uid": village.book.uid if village else "",
            "name": person.name if person else "",
        }

    def restyle(self) -> None:
        """Some rows stay in view at every size."""
        rows = 3 if self.theme.tokens.narrow else LEAST_ROWS
        for table in (self.table, self.outcome.table):
            table.setMinimumHeight((rows + 1) * (self.theme.px.row + 1))

    def escape(self) -> bool:
        """Put away what is asked, then what came of the last act; recovery codes only on purpose."""
        if self.question.asking:
            self.question.put_away()
        elif not self.form.isHidden():
            self.form.hide()
        elif not self.outcome.isHidden():
            self.outcome.put_away()
        else:
            return False
        return True

    def leave(self) -> bool:
        """Recovery codes are shown once: they are not passed by, nor is a PIN left in a form."""
        self.form.hide()
        if self.outcome.codes:
            self.outcome.put_away()
            return False
        return True

    def follow_access(self) -> None:
        """Beside whether one administers the workspace: what the framed person allows."""
        super().follow_access()
        if not self.is_signed_in:
            return
        heads = self._administers()
        person = self.person
        here = person is not None and not person.left_at
        refused = tr("这件事由工作区的管理员来办。")
        for name in _HEADS:
            action = self.action(name)
            action.setEnabled(heads and (here or name not in _OF_PERSON))
            if not heads:
                action.setToolTip(refused)
        if heads and person is not None and person.left_at:
            self.action("dismiss").setEnabled(True)  # books that still know somebody
        self.action("drop_book").setEnabled(heads and self.village is not None)
        self.action("match").setEnabled(self.village is not None)

    def status(self) -> str:
        """What was done; else how somebody stands in a village."""
        if self._said:
            return self._said
        village, person, model = self.village, self.person, self.model
        if model is None or person is None:
            return ""
        where = village.book.village if village else tr("工作区")
        told = model.text(self.table.row, model.chosen)
        trouble = f"；{village.trouble}" if village and village.trouble else ""
        return f"{person.name} · {where}：{told or tr('没有登记')}{trouble}"

    # where one stands

    @property
    def identity(self) -> Identity:
        """Who is at the keyboard."""
        return self.work.identity

    @property
    def says(self) -> Workspace:
        """The workspace as last read."""
        return self.work.workspace

    @property
    def village(self) -> VillageStaff | None:
        """The village one stands on."""
        return self.model.village(self.table.row) if self.model is not None else None

    @property
    def person(self) -> AgencyMember | None:
        """The framed person."""
        return self.model.person if self.model is not None else None

    @property
    def chosen(self) -> list[KeptBook]:
        """The marked villages, or every one where none is marked."""
        return [one.book for one in self.found if not self.marked or one.book.uid in self.marked]

    def _administers(self) -> bool:
        name = self.identity.name
        return any(one.name == name and one.administers for one in self.says.members)

    # reading and showing

    def reload(self) -> None:
        """Look into every village's book, on the worker; it can be cancelled."""
        if not self.is_signed_in:
            return
        work = self.work

        def look(progress: Progress) -> list[VillageStaff]:
            work.read_again()
            return agency_people.roster(work.path, progress)

        def done(found: list[VillageStaff]) -> None:
            at, said = self.where(), self._said
            self.found = tuple(found)
            self.marked &= {one.book.uid for one in found}
            self._show(at["uid"], at["name"])
            self.say(said)

        self.operations.task(tr("看各村的人员"), look, then=done, refused=self.refuse)

    def came_back(self, book: KeptBook) -> None:
        """The village's staff may be other now."""
        del book
        self.reload()

    def _show(self, uid: str, name: str) -> None:
        """The table as it is known, standing on a village and a person."""
        here = [one for one in self.says.members if not one.left_at]
        self.head.set_title(
            tr("代管人员"),
            tr("{people} 人 · {villages} 个村", people=len(here), villages=len(self.says.books)),
        )
        self.model = PeopleModel(self.says, self.found, now_text(), self.marked)
        self.model.frame(name or self.identity.name)
        self.table.show_model(self.model)
        self.table.go_to_row(self.model.row_of(uid))
        if self.table.isVisible():
            self.table.setFocus()
        self._follow()

    def _follow(self) -> None:
        self._said = ""
        self.follow_access()
        self.status_changed.emit()

    def _sideways(self, row: int, step: int) -> None:
        if self.model is not None and self.model.choose(self.model.chosen + step):
            self.table.view.scrollTo(self.model.index(row, self.model.chosen))
            self.table.view.viewport().update()
            self._follow()

    def _clicked(self, index: QModelIndex) -> None:
        """A click on somebody's cell frames it."""
        if self.model is not None and self.model.choose(index.column()):
            self.table.view.viewport().update()
            self._follow()

    def _mark(self, row: int) -> None:
        village = self.model.village(row) if self.model is not None else None
        if village is not None:
            self.marked ^= {village.book.uid}
            self.table.view.viewport().update()
            self.say(tr("选了 {count} 个村", count=len(self.marked)))

    def _mark_all(self) -> None:
        every = {one.book.uid for one in self.found}
        now = set() if self.marked == every else every
        self.marked.clear()
        self.marked |= now
        self.table.view.viewport().update()
        self.say(tr("选了 {count} 个村", count=len(self.marked)))

    # asking and doing

    def alone(self, *, form: bool) -> None:
        """One thing asked at a time; a form stands in the table's place, a question under it."""
        self.slip.fold()
        if self.question.asking:
            self.question.put_away()
        self.outcome.hide()
        self.table.setVisible(not form)
        self.status_changed.emit()

    def do(
        self, label: str, act: Callable[[Progress], Any], then: Callable[[Any], object] | None = None
    ) -> None:
        """Do it on the worker, then look at the villages again; a refusal leaves the form as it is."""

        def done(result: Any) -> None:
            self.form.hide()
            self.reload()
            if then is not None:
                then(result)
            self._said = self._said or tr("{label}：办好了。", label=label)
            self.status_changed.emit()

        self.slip.fold()
        self.operations.task(label, act, then=done, refused=self.refuse)

    def show_outcome(
        self, verdicts: Sequence[VillageVerdict], codes: Mapping[str, str] | None = None, said: str = ""
    ) -> None:
        """A verdict a village; with recovery codes nobody gets past them unawares."""
        failed = sum(one.result in FAILED for one in verdicts)
        if not said:
            said = tr("{count} 个村办了", count=len(verdicts) - failed)
            if failed:
                said = tr("{said}，{failed} 个村没有办成", said=said, failed=failed)
        self.table.hide()
        self.outcome.show_verdicts(verdicts, said, self.identity.name, codes or {})
        self.say(said)

    def _show_table(self) -> None:
        """The table again where a form or an outcome stood."""
        if self.form.isHidden() and self.outcome.isHidden():
            self.table.show()
            self.table.setFocus()
            self.follow_access()
            self.status_changed.emit()

    def _add_books(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, tr("加账簿"), str(self.work.path.parent), tr(BOOK_FILTER)
        )
        if names:
            self.take_books([Path(name) for name in names])

    def take_books(self, files: Sequence[Path]) -> None:
        """Keep these books, or take note where they are now."""
        path, by = self.work.path, self.identity
        self.do(
            tr("加账簿"),
            lambda progress: agency_people.take_books(path, by, files, progress),
            self.show_outcome,
        )

    def _save(self, ending: str) -> None:
        """The table as it stands."""
        if self.found:
            self.save_as((people_table(self.says, self.found, now_text()),), ending)
