"""代管工作台: what waits in every village of an agency, late first; Enter opens a village's book where it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QModelIndex

from village_ledger.domain.agency import Todo, VillageTodos, Waiting
from village_ledger.i18n import tr
from village_ledger.reports.agency.todo import in_order, things_table, todo_table
from village_ledger.ui.agency.agency_desk import NOT_OPEN, AgencyDeskPage, today
from village_ledger.ui.agency.agency_rows import (
    TodosModel,
    VillagesModel,
    by_urgency,
    explained,
    standing,
)
from village_ledger.ui.review.verdict_strip import VerdictStrip
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look
from village_ledger.ui.widgets.explain_bar import ExplainBar
from village_ledger.ui.widgets.state_mark import Check

if TYPE_CHECKING:
    from village_ledger.domain.agency import KeptBook
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

_CELLS = (
    ("个村", None),
    ("有逾期", Check.WARN),
    ("有事要办", Check.WAITING),
    ("没有事", Check.GOOD),
    ("打不开", Check.FAIL),
)
LEAST_ROWS = 5
"""Rows that stay in view."""


class AgencyPage(AgencyDeskPage):
    """Villages × kinds of work, or one thing after another in its place."""

    scope: ClassVar[str] = "agency"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._one_by_one = False
        self._kind: Waiting | None = None
        self.model: VillagesModel | TodosModel = VillagesModel((), None, session.theme.tokens)
        self.strip = VerdictStrip(self.theme, [(tr(words), check) for words, check in _CELLS])
        self.strip.chosen.connect(self._choose)
        self.table = FigureTable(self.theme, tr("各村等着办的事"))
        self.table.show_model(self.model)
        self.explain = ExplainBar(self.theme, tr("等着办的"))
        for part in (self.strip, self.table, self.explain):
            self.body.addWidget(part, 1 if part is self.table else 0)
        self.explain.hide()
        self.table.opened.connect(self._open)
        self.table.current_moved.connect(lambda _row: self._follow())
        self.table.sideways.connect(self._sideways)
        self.table.view.clicked.connect(self._clicked)
        for action_id in ("refresh", "staff", "summary", "turn", "review"):
            self.add_button(action_id)
        self.add_button("batch", Look.MAIN)
        self.head.tools.offer([self.action("export"), self.action("paper")])
        self.restyle()

    # the page

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Everything the page answers."""
        return {
            "open": lambda: self._open(self.table.row),
            "review": lambda: self.navigator.open("agency_review", uid=self._uid()),
            "batch": lambda: self.navigator.open("agency_batch"),
            "staff": lambda: self.navigator.open("agency_staff", uid=self._uid()),
            "summary": lambda: self.navigator.open("agency_summary"),
            "turn": self._turn,
            "explain": self._explain,
            "refresh": self.reload,
            "export": lambda: self._save("xlsx"),
            "paper": lambda: self._save("pdf"),
        }

    def go(self, **where: Any) -> None:
        """``uid`` and ``kind`` to stand on; villages worked in since are looked at again."""
        if not self.is_signed_in:
            self.head.set_title(tr("代管工作台"))
            self.table.set_empty_words(tr(NOT_OPEN))
            return
        self._kind = where.get("kind", self._kind)
        if where.get("one_by_one") is not None:
            self._one_by_one = where["one_by_one"]
        self._show(where.get("uid", self._uid()))
        self.table.setFocus()
        if not self.work.known and self.work.books:
            self.reload()
        else:
            self.look_again(lambda: self._show(self._uid()))

    def where(self) -> dict[str, Any]:
        """The village and the kind of work one stands on."""
        return {"uid": self._uid(), "kind": self._kind_here(), "one_by_one": self._one_by_one}

    def hints(self) -> list[str]:
        """One by one there are no kinds to go along, and the button says the way back."""
        return [one for one in super().hints() if not self._one_by_one or one not in {"kinds", "turn"}]

    def restyle(self) -> None:
        """Where there is little room the strip's figures stand in the status bar, and heads are short."""
        self.strip.setVisible(not self.theme.tokens.narrow)
        if self.theme.tokens.narrow:
            self.strip.choose(0)
        rows = 3 if self.theme.tokens.narrow else LEAST_ROWS
        self.table.setMinimumHeight((rows + 2) * (self.theme.px.row + 1))
        if self.is_signed_in and self.model.count():
            self._show(self._uid())

    def escape(self) -> bool:
        """From the explanation, the things one by one and some villages alone back to all of them."""
        if not self.explain.isHidden():
            self.explain.hide()
            return True
        if self._one_by_one:
            self._turn()
            return True
        if self.strip.place:
            self.strip.choose(0)
            self._choose(0)
            return True
        return False

    def status(self) -> str:
        """What was done; else what waits where one stands; where there is little room the counts too."""
        if self._said:
            return self._said
        todo = self._todo(self.table.row)
        if todo is not None:
            return todo.words
        village = self._village(self.table.row)
        if village is None:
            return tr("还没有看各村的账")
        return village.trouble or tr("{village}没有等着办的事", village=village.book.village)

    # reading

    def reload(self) -> None:
        """Look into every village's book, on the worker; it can be cancelled."""
        if not self.is_signed_in:
            return
        work, day = self.work, today()

        def done(found: list[VillageTodos]) -> None:
            self.slip.fold()
            work.known = tuple(found)
            work.touched.clear()
            self._said = ""
            self._show(self._uid())

        self.operations.task(
            tr("看各村等着办的事"), lambda progress: work.todos(day, progress), then=done, refused=self.refuse
        )

    def came_back(self, book: KeptBook) -> None:
        """Look at the village again, standing where one stood."""
        del book
        self.look_again(lambda: self._show(self._uid()))

    # showing

    def _show(self, uid: str) -> None:
        """Rows as they are known, standing on a village."""
        only = _CELLS[self.strip.place][1]
        villages = [one for one in in_order(self.work.known) if only in {None, standing(one)}]
        kind = self._kind_here() or self._kind
        totals = None
        if self._one_by_one:
            self.model = TodosModel(villages, self.theme.tokens)
            row = self.model.row_of(uid, kind)
        else:
            self.model = VillagesModel(villages, kind, self.theme.tokens)
            row, totals = self.model.row_of(uid), self.model.totals()
        stand = [standing(one) for one in self.work.known]
        self.strip.show_counts([len(stand) if check is None else stand.count(check) for _, check in _CELLS])
        self.head.set_title(tr("代管工作台"))
        self.action("turn").setText(tr("一村一行看") if self._one_by_one else tr("一件一件看"))
        self.table.set_empty_words(self._empty_words())
        self.explain.hide()
        self.table.show_model(self.model, totals)
        self.table.go_to_row(row or 0)
        self._follow()

    def _empty_words(self) -> str:
        if not self.work.books:
            return tr(
                "工作区里还没有村的账簿。按 Ctrl+B 到“人员和账簿”加账簿；加进来的村，等着办的事都在这里。"
            )
        if self.strip.place:
            return tr("没有这样的村。")
        return tr("各村都没有等着办的事。") if self.work.known else tr("按 F9 看各村等着办的事。")

    def _choose(self, _place: int) -> None:
        """A cell of the strip: its villages alone."""
        if self.is_signed_in:
            self._show(self._uid())
            self.table.setFocus()

    def _turn(self) -> None:
        uid, self._kind = self._uid(), self._kind_here()
        self._one_by_one = not self._one_by_one
        self._said = ""
        self._show(uid)

    def _village(self, row: int) -> VillageTodos | None:
        """The village a row is of."""
        if not 0 <= row < self.model.count():
            return None
        if isinstance(self.model, VillagesModel):
            return self.model.villages[row]
        uid = self.model.rows[row][0].uid
        return next((one for one in self.work.known if one.book.uid == uid), None)

    def _todo(self, row: int) -> Todo | None:
        """What one stands on: the first of its kind in the village; None where nothing of it waits."""
        if not 0 <= row < self.model.count():
            return None
        if isinstance(self.model, TodosModel):
            return self.model.rows[row][1]
        kind = self.model.kind
        return next(iter(self.model.found(row, kind)), None) if kind is not None else None

    def _uid(self) -> str:
        village = self._village(self.table.row)
        return village.book.uid if village is not None else ""

    def _kind_here(self) -> Waiting | None:
        if isinstance(self.model, VillagesModel):
            return self.model.kind
        todo = self._todo(self.table.row)
        return todo.kind if todo is not None and todo.kind is not Waiting.UNREACHED else None

    def _follow(self) -> None:
        """Another row: the frame goes to what waits there."""
        self._said = ""
        row = self.table.row
        if isinstance(self.model, VillagesModel) and 0 <= row < self.model.count():
            self.model.rest(row)
            self.table.view.viewport().update()
        if not self.explain.isHidden():
            self._explain()
        self.status_changed.emit()

    def _sideways(self, row: int, step: int) -> None:
        if isinstance(self.model, VillagesModel) and 0 <= row < self.model.count():
            self.model.step(row, step)
            self.table.view.viewport().update()
            self.status_changed.emit()

    def _clicked(self, index: QModelIndex) -> None:
        """A click on a count frames it."""
        if isinstance(self.model, VillagesModel) and self.model.choose(index.column()):
            self.table.view.viewport().update()
            self.status_changed.emit()

    # acting

    def _explain(self) -> None:
        village = self._village(self.table.row)
        if village is not None:
            self.explain.explain(f"{village.book.village}：{explained(village)}")

    def _open(self, row: int) -> None:
        """The village's book, where what one stands on is done; where nothing waits at its first page."""
        village, todo = self._village(row), self._todo(row)
        if village is None:
            return
        if todo is None:
            todo = next(iter(by_urgency(village.todos)), None)
        if todo is None or not todo.page:
            self.enter(village.book)
        else:
            self.enter(village.book, todo.page, dict(todo.where), todo.ledger)

    def _save(self, ending: str) -> None:
        """The table as it stands: villages, or one thing after another."""
        if self.is_signed_in and self.work.known:
            make = things_table if self._one_by_one else todo_table
            self.save_as((make(self.work.workspace.office, self.work.known, today()),), ending)
