"""四议两公开: every matter of the ledger with how far it is; Enter opens its file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.decision import Stage
from village_ledger.domain.panel import PLACES
from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.decisions.decision_words import following, strip
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look as ButtonLook

if TYPE_CHECKING:
    from village_ledger.storage.decisions.records import Decision
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

Line = tuple["Decision", "int | None"]
"""A matter, and how many of its panel's places have signed."""
COLUMNS = (
    ScreenColumn("number", "文号", Look.CODE, "青村决〔2025〕12号"),
    ScreenColumn("subject", "事项", Look.TEXT, "三组机耕道硬化工程", stretch=2),
    ScreenColumn("matter", "类别", Look.TEXT, "集体资产处置"),
    ScreenColumn("body", "由谁决定", Look.TEXT, "成员代表大会"),
    ScreenColumn("steps", "四议两公开", Look.TEXT, "●●●●●●●"),
    ScreenColumn("state", "办到", Look.TEXT, "党员大会审议"),
    ScreenColumn("next", "接下来", Look.TEXT, "公示还有 7 天，实施", stretch=1),
    ScreenColumn("signed", "六手印", Look.TEXT, "24/24"),
)


class DecisionsModel(FigureModel):
    """Matters as rows, the newest first."""

    def __init__(self, lines: Sequence[Line], today: date) -> None:
        super().__init__(COLUMNS)
        self.lines = tuple(lines)
        self._today = today

    def count(self) -> int:
        """Matters."""
        return len(self.lines)

    def text(self, row: int, column: int) -> str:
        """What the cell shows."""
        decision, signed = self.lines[row]
        progress = decision.progress
        return (
            decision.number,
            decision.subject,
            progress.matter.name,
            progress.body.name if progress.body else tr("两委"),
            strip(progress),
            decision.state,
            following(progress, self._today),
            "" if signed is None else f"{signed}/{PLACES * len(Stage)}",
        )[column]

    def words(self, row: int, column: int) -> str:
        """The strip of marks is read as how many of its steps are done."""
        if COLUMNS[column].key != "steps":
            return self.text(row, column)
        progress = self.lines[row][0].progress
        done = sum(progress.entry(step) is not None for step in progress.matter.steps)
        return tr("{done} 步，共 {all} 步", done=done, all=len(progress.matter.steps))


class DecisionsPage(Page):
    """The register of matters of the leading ledger."""

    scope = "decisions"
    nav = "works"
    shows: ClassVar[Changes] = Changes(decisions=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.lines: list[Line] = []
        self._every = False
        self._number = ""
        self.model = DecisionsModel([], date.min)
        self.table = FigureTable(self.theme, tr("四议两公开"))
        self.table.set_empty_words(tr("没有在办的事。按 Insert 给一件事开卷。"))
        self.table.opened.connect(lambda _row: self._open("decision"))
        self.table.current_moved.connect(lambda _row: self.follow_access())
        self.body.addWidget(self.table, 1)
        for name in ("all", "panel"):
            self.add_button(name)
        self.add_button("new", ButtonLook.MAIN)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "open": lambda: self._open("decision"),
            "all": self._turn,
            "panel": lambda: self._open("panel"),
            "new": lambda: self.navigator.open("decision_form", number=""),
            "print": self._print,
        }

    def go(self, **where: Any) -> None:
        """``number`` to stand on."""
        self._number = str(where.get("number", self._number))
        self.slip.fold()
        self.reload()
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The matter one stands on."""
        line = self.current()
        return {"number": line[0].number if line else ""}

    def reload(self) -> None:
        """Every matter of the ledger."""
        if not self.session.is_open:
            return
        ledger = self.session.ledger_code

        def look_up(reader: Reader) -> list[Line]:
            with reader.snapshot():
                signed = reader.signatures()
                return [(one, signed.get(one.id)) for one in reader.decisions(ledger)]

        self.operations.read(
            tr("读卷宗"),
            look_up,
            self._show,
            refused=lambda error: self.slip.say(describe(error)),
            key="decisions",
        )

    def status(self) -> str:
        """How many are under way."""
        going = sum(not one.progress.ended for one, _ in self.lines)
        return tr("共 {count} 件，在办 {going} 件", count=len(self.lines), going=going)

    def follow_access(self) -> None:
        """A panel belongs to a matter."""
        super().follow_access()
        self.action("panel").setEnabled(self.current() is not None)

    def current(self) -> Line | None:
        """The matter one stands on."""
        row = self.table.row
        return self.model.lines[row] if 0 <= row < self.model.count() else None

    # inside

    def _show(self, lines: list[Line]) -> None:
        self.lines = lines
        line = self.current()
        number = self._number or (line[0].number if line else "")
        self._number = ""
        going = [one for one in lines if not one[0].progress.ended]
        every = (
            self._every or not going
        )  # with nothing under way, what was decided is worth more than an empty page
        shown = lines if every else going
        self.model = DecisionsModel(shown, date.today())  # noqa: DTZ011  the village's wall calendar
        self.table.show_model(self.model)
        rows = {one[0].number: row for row, one in enumerate(self.model.lines)}
        if rows:
            self.table.go_to_row(rows.get(number, 0))
        which = tr("全部") if every else tr("在办的")
        self.head.set_title(tr("四议两公开"), f"{self.session.ledger.title} · {which}")
        self.follow_access()
        self.status_changed.emit()

    def _turn(self) -> None:
        self._every = not self._every
        self._show(self.lines)

    def _open(self, page: str) -> None:
        line = self.current()
        if line is not None:
            self.navigator.open(page, number=line[0].number)

    def _print(self) -> None:
        self.navigator.open("preview", report="decision-register", ledger=self.session.ledger_code)
