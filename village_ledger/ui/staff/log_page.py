"""The operation log (操作日志): by person, time, action and content, as 财会〔2024〕12号 art. 32 asks; printed as it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from village_ledger.domain.errors import LedgerError
from village_ledger.i18n import tr
from village_ledger.reports.books.operation_log import LogQuery
from village_ledger.reports.catalogue import ReportRequest, make
from village_ledger.services.changes import Changes
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import TableModel
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Look as Weight
from village_ledger.ui.widgets.pick_list import PickList
from village_ledger.ui.widgets.span_choice import parse_span

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

REPORT = "operation-log"


class LogPage(Page):
    """Four fields over the records; Enter in any of them asks again."""

    scope: ClassVar[str] = "operation_log"
    nav: ClassVar[str] = "reports"
    shows: ClassVar[Changes] = Changes(
        vouchers=True, balances=True, accounts=True, periods=True, settings=True, sheets=True
    )
    follows_ledger: ClassVar[bool] = False

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self.person = PickList()
        self.person.setEditable(True)
        self.days = QLineEdit()
        self.act = QLineEdit()
        self.text = QLineEdit()
        self.table = FigureTable(self.theme, tr("操作日志"))
        self.shown: Table | None = None
        """The report as it stands in the table; what is printed."""
        self.body.addWidget(self._fields())
        self.body.addWidget(self.table, 1)
        line = self.person.lineEdit()
        for field in (line, self.days, self.act, self.text):
            if field is not None:
                field.returnPressed.connect(self.reload)

    def bind_actions(self) -> None:
        """Buttons once there are actions."""
        super().bind_actions()
        self.add_button("everything")
        self.add_button("print")
        self.add_button("ask", Weight.MAIN)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What its keys do."""
        return {
            "ask": self.reload,
            "everything": self._everything,
            "find": lambda: self.text.setFocus(),  # noqa: PLW0108  the action hands over nothing
            "print": self._print,
        }

    def go(self, **where: Any) -> None:
        """``person``, ``days``, ``action`` and ``text`` to ask for, and the row to stand on."""
        self._offer_people()
        if where:
            self.person.setCurrentText(where.get("person", ""))
            self.days.setText(where.get("days", ""))
            self.act.setText(where.get("action", ""))
            self.text.setText(where.get("text", ""))
        self.reload(where.get("row"))
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """What was asked for, and the row."""
        return {
            "person": self.person.currentText(),
            "days": self.days.text(),
            "action": self.act.text(),
            "text": self.text.text(),
            "row": max(self.table.row, 0),
        }

    def reload(self, row: int | None = None) -> None:
        """Ask with what stands in the fields; a span that cannot be read is said."""
        if not self.session.is_open:
            return
        self.slip.fold()
        try:
            span = parse_span(self.days.text()) if self.days.text().strip() else None
        except LedgerError as error:
            self.slip.say(describe(error))
            self.days.setFocus()
            return
        query = LogQuery(self.person.currentText().strip(), self.act.text().strip(), self.text.text().strip())
        request = ReportRequest(span=span, log=query)
        self.operations.read(
            tr("查日志"),
            lambda reader: make(reader, REPORT, request),
            lambda table: self._show(table, row),
            key=REPORT,
        )

    def status(self) -> str:
        """How many records."""
        return " · ".join(self.shown.heading) if self.shown is not None else ""

    def _show(self, table: Table, row: int | None) -> None:
        self.shown = table
        model = TableModel(table)
        self.table.show_model(model)
        self.table.set_empty_words(tr("没有这样的记录。"))
        self.table.go_to_row(model.count() - 1 if row is None else row)
        self.head.set_title(tr("操作日志"), " · ".join(table.heading))
        self.status_changed.emit()

    def _print(self) -> None:
        if self.shown is not None:
            self.navigator.open("preview", tables=(self.shown,))

    def _everything(self) -> None:
        self.person.setCurrentText("")
        for field in (self.days, self.act, self.text):
            field.clear()
        self.reload()

    def _offer_people(self) -> None:
        asked = self.person.currentText()
        names = [one.name for one in self.session.staff] or self.session.preferences.people(
            self.session.book.path
        )
        self.person.clear()
        self.person.addItems(["", *names])
        self.person.setCurrentText(asked)

    def _fields(self) -> QWidget:
        """Four labelled fields, two and two."""
        sheet = QWidget()
        grid = QGridLayout(sheet)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(self.theme.px.gap)
        fields: tuple[tuple[str, QWidget, str], ...] = (
            (tr("操作人"), self.person, tr("空着是所有人")),
            (tr("起止日期"), self.days, tr("如 2025-01-01 至 2025-06-30")),
            (tr("操作"), self.act, tr("如 反结账")),
            (tr("内容里有"), self.text, tr("如 记-0012")),
        )
        for place, (label, field, example) in enumerate(fields):
            words = QLabel(label)
            words.setProperty("look", "label")
            words.setBuddy(field)
            field.setAccessibleName(label)
            field.setToolTip(example)
            row, column = divmod(place, 2)
            grid.addWidget(words, row, 2 * column)
            grid.addWidget(field, row, 2 * column + 1)
            grid.setColumnStretch(2 * column + 1, 1)
        return sheet
