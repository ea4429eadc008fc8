"""The village's own reports (自定义报表): which there are, from a file into the book, rows changed with figures beside."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout

from village_ledger.domain.errors import LedgerError
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.reports.catalogue import ReportRequest
from village_ledger.reports.statements.catalogue_statements import statement_sheet
from village_ledger.reports.table import Kind
from village_ledger.services.changes import Changes
from village_ledger.services.closing import own_statements
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.page import Page
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.buttons import Button
from village_ledger.ui.widgets.buttons import Look as ButtonLook
from village_ledger.ui.widgets.span_choice import Reach, span_of

if TYPE_CHECKING:
    from village_ledger.domain.statement import Statement
    from village_ledger.storage.statements.queries_own import OwnStatement
    from village_ledger.ui.look.theme import Theme
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

_ENDINGS = "报表定义 (*.toml)"


class KeptModel(FigureModel):
    """The reports in use."""

    def __init__(self, kept: list[OwnStatement]) -> None:
        super().__init__(
            (
                ScreenColumn("title", tr("报表"), Look.LINK, "村级资金情况表", stretch=1),
                ScreenColumn("name", tr("名字"), Look.CODE, "own:rent-by-kind"),
                ScreenColumn("version", tr("版"), Look.CENTRED, "第12版"),
                ScreenColumn("by", tr("存入"), Look.TEXT, "王秀英 2025-01-01"),
            )
        )
        self.kept = kept

    def count(self) -> int:
        """Reports."""
        return len(self.kept)

    def text(self, row: int, column: int) -> str:
        """Title, name, version, who and when."""
        one = self.kept[row]
        return (
            one.title,
            f"{own_statements.PREFIX}{one.name}",
            tr("第{n}版", n=one.version),
            f"{one.stored_by} {one.stored_at[:10]}",
        )[column]


class LinesModel(FigureModel):
    """The rows of one definition with their figures of today."""

    def __init__(self, statement: Statement | None, figures: dict[str, str]) -> None:
        super().__init__(
            (
                ScreenColumn("line", tr("行号"), Look.CODE, "A12"),
                ScreenColumn("name", tr("行名"), Look.TEXT, "其中：租金收入", stretch=1),
                ScreenColumn("formula", tr("公式"), Look.TEXT, "F(501.租金)-F(511)", stretch=1),
                ScreenColumn("amount", tr("现在的数"), Look.MONEY, "9,999,999.99"),
            )
        )
        self.lines = [line for line in statement.lines if line.id] if statement else []
        self._figures = figures

    def count(self) -> int:
        """Rows with a figure."""
        return len(self.lines)

    def text(self, row: int, column: int) -> str:
        """Id, name, formula, figure."""
        line = self.lines[row]
        return (line.id, line.name, line.formula.text, self._figures.get(line.id, ""))[column]


class LineEditor(QFrame):
    """One row's name and formula."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        px = theme.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px.gap, px.cell, px.gap, px.cell)
        row.setSpacing(px.cell)
        self.title = QLabel()
        self.title.setProperty("look", "strong")
        self.name, self.formula = QLineEdit(), QLineEdit()
        self.name.setAccessibleName(tr("行名"))
        self.formula.setAccessibleName(tr("公式"))
        self.save = Button(theme, tr("存成新的一版"), ButtonLook.MAIN, "Enter")
        self.leave = Button(theme, tr("不改"), ButtonLook.PLAIN, "Esc")
        for widget, stretch in (
            (self.title, 0),
            (QLabel(tr("行名")), 0),
            (self.name, 2),
            (QLabel(tr("公式")), 0),
            (self.formula, 3),
            (self.save, 0),
            (self.leave, 0),
        ):
            row.addWidget(widget, stretch)
        self.hide()


class OwnStatementsPage(Page):
    """Reports above, the rows of the one stood on below; Enter shows the report, or changes a row."""

    scope = "table"
    nav = "reports"
    shows = Changes(settings=True, balances=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._said = ""
        self.kept = KeptModel([])
        self.lines = LinesModel(None, {})
        self.table = FigureTable(self.theme, tr("自定义报表"))
        self.table.set_empty_words(tr("还没有自定义报表。按“从文件添加”，文件的写法见说明书的“自定义报表”。"))
        self.rows = FigureTable(self.theme, tr("报表的行"))
        self.rows.set_empty_words(tr("上面选一张报表，这里列出每一行的公式和现在的数。"))
        self.editor = LineEditor(self.theme)
        column = QVBoxLayout()
        column.addWidget(self.table, 1)
        column.addWidget(self.rows, 2)
        self.body.addLayout(column, 1)
        self.body.addWidget(self.editor)
        self.add = Button(self.theme, tr("从文件添加…"), ButtonLook.MAIN)
        self.remove = Button(self.theme, tr("停用"))
        self.head.add_widget(self.add, keeps=3)
        self.head.add_widget(self.remove, keeps=1)
        self.add.clicked.connect(self._ask_file)
        self.remove.clicked.connect(self._remove)
        self.table.opened.connect(self._open)
        self.table.current_moved.connect(lambda _row: self._follow())
        self.rows.opened.connect(self._edit)
        self.editor.save.clicked.connect(self._save_line)
        self.editor.formula.returnPressed.connect(self._save_line)
        self.editor.name.returnPressed.connect(self._save_line)
        self.editor.leave.clicked.connect(self._leave)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Nothing beside the keys of the tables."""
        return {}

    def hints(self) -> list[str]:
        """Keys in the status bar."""
        return ["into"]

    def go(self, **where: Any) -> None:
        """``row`` to stand on."""
        self.reload()
        self.table.go_to_row(where.get("row", 0))
        self.table.setFocus()

    def where(self) -> dict[str, Any]:
        """The report one stands on."""
        return {"row": max(self.table.row, 0)}

    def reload(self) -> None:
        """The reports in use, keeping the row."""
        if not self.session.is_open:
            return
        row = max(self.table.row, 0)
        self.head.set_title(tr("自定义报表"), tr("格式和法定报表的定义一样，每一版都留在账簿里"))
        self.kept = KeptModel(own_statements.in_use(self.session.reader))
        self.table.show_model(self.kept)
        self.table.go_to_row(row)
        writable = not self.session.read_only
        self.add.setEnabled(writable)
        self.remove.setEnabled(writable and bool(self.kept.kept))
        self._follow()

    def escape(self) -> bool:
        """Leave the row before leaving the page."""
        if self.editor.isVisible():
            self._leave()
            return True
        return False

    def status(self) -> str:
        """What was done."""
        return self._said

    def _one(self) -> OwnStatement | None:
        row = self.table.row
        return self.kept.kept[row] if 0 <= row < self.kept.count() else None

    def _follow(self) -> None:
        """The rows of the report stood on, with their figures."""
        one = self._one()
        place = max(self.rows.row, 0)
        statement, figures = (None, {}) if one is None else self._read(one)
        self.lines = LinesModel(statement, figures)
        self.rows.show_model(self.lines)
        self.rows.go_to_row(place)

    def _read(self, one: OwnStatement) -> tuple[Statement | None, dict[str, str]]:
        name = f"{own_statements.PREFIX}{one.name}"
        request = ReportRequest(self.session.ledger_code, span_of(Reach.YEAR_TO_MONTH, self.session.month))
        try:
            sheet = statement_sheet(self.session.reader, name, request)
        except LedgerError:  # of another ledger, or not in force yet: its rows without figures
            newest = list(own_statements.definitions(self.session.reader, name))
            return (newest[-1] if newest else None), {}
        first = next(i for i, c in enumerate(sheet.table.columns) if c.kind is Kind.MONEY)
        amounts = {
            key: format_fen(cell) if isinstance(cell := row.cells[first], int) else ""
            for key, row in zip(sheet.keys, sheet.table.rows, strict=True)
            if key
        }
        return sheet.working.statement, amounts

    def _open(self, row: int) -> None:
        """The report itself."""
        if 0 <= row < self.kept.count():
            span = span_of(Reach.YEAR_TO_MONTH, self.session.month)
            name = f"{own_statements.PREFIX}{self.kept.kept[row].name}"
            self.navigator.open("statement", report=name, span=span)

    def _ask_file(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("哪个定义文件"), "", _ENDINGS)
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Store a definition from a file; a refusal names the file's line."""
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError):
            unreadable = LedgerError(
                tr("读不了 {file}", file=path.name), tr("请核对位置，并存成 UTF-8 编码。")
            )
            self.slip.say(describe(unreadable))
            return
        self._store(text, path.name)

    def _store(self, text: str, file: str) -> None:
        self.operations.run(
            tr("存自定义报表"),
            lambda uow, _: own_statements.store(uow, text, file),
            then=self._stored,
        )

    def _stored(self, kept: object) -> None:
        self._said = tr(
            "存好了：{title}，第 {n} 版", title=getattr(kept, "title", ""), n=getattr(kept, "version", "")
        )
        self.slip.fold()
        self._leave()
        self.reload()
        self.status_changed.emit()

    def _remove(self) -> None:
        one = self._one()
        if one is not None:
            self.operations.run(
                tr("停用自定义报表"),
                lambda uow, _: own_statements.remove(uow, one.name),
                then=lambda _: self.reload(),
            )

    def _edit(self, row: int) -> None:
        if self.session.read_only or not 0 <= row < self.lines.count():
            return
        line = self.lines.lines[row]
        self.editor.title.setText(line.id)
        self.editor.name.setText(line.name)
        self.editor.formula.setText(line.formula.text)
        self.editor.show()
        self.editor.formula.setFocus()

    def _save_line(self) -> None:
        """The definition with this row's name and formula changed, as a further version."""
        one = self._one()
        if one is None:
            return
        line, name, formula = self.editor.title.text(), self.editor.name.text(), self.editor.formula.text()
        self._store(with_line(one.body, line, name.strip(), formula.strip()), f"{one.name}.toml")

    def _leave(self) -> None:
        self.editor.hide()
        self.rows.setFocus()


def with_line(body: str, line: str, name: str, formula: str) -> str:
    """A definition's text with one row's name and formula changed, everything else as it was written."""
    row = re.compile(r'(\{[^{}]*\bline\s*=\s*"' + re.escape(line) + r'"[^{}]*\})')

    def changed(match: re.Match[str]) -> str:
        text = match[1]
        for key, value in (("name", name), ("formula", formula)):
            safe = value.replace("\\", "\\\\").replace('"', '\\"')
            text = re.sub(
                rf'\b{key}\s*=\s*"[^"]*"', lambda _, key=key, safe=safe: f'{key} = "{safe}"', text, count=1
            )
        return text

    return row.sub(changed, body, count=1)
