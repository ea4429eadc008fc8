"""核对公开表: any sheet by its check code, and below the register of every sheet that was ever registered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from village_ledger.domain.sheet_version import CORRECTED, UNCLOSED
from village_ledger.i18n import tr
from village_ledger.reports.catalogue import ReportRequest
from village_ledger.reports.disclosure.sheet_archive import kept_sheet
from village_ledger.reports.disclosure.version_list import versions_of
from village_ledger.services.changes import Changes
from village_ledger.ui.disclosure.links import open_link
from village_ledger.ui.disclosure.verify_panel import VerifyPanel
from village_ledger.ui.page import Page
from village_ledger.ui.sheets.saving import save_tables
from village_ledger.ui.tables.table_model import FigureModel, Look, ScreenColumn
from village_ledger.ui.tables.table_view import FigureTable
from village_ledger.ui.widgets.stamp import brief_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from village_ledger.reports.disclosure.sheet_check import SheetVerdict
    from village_ledger.reports.table import Link, Table
    from village_ledger.ui.look.tokens import Tokens
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


COLUMNS = (
    ScreenColumn("ledger", "账", Look.TEXT, "村委"),
    ScreenColumn("period", "期间", Look.TEXT, "2025年第1季度", stretch=1),
    ScreenColumn("sheet", "表", Look.TEXT, "A 收支公开表（逐笔）", stretch=3),
    ScreenColumn("number", "版", Look.TEXT, "2 更正公开", stretch=1),
    ScreenColumn("code", "校验码", Look.CODE, "WWWWWWWWWWWW"),
    ScreenColumn("now", "现在", Look.TEXT, "不一致，应更正公开", stretch=1),
    ScreenColumn("posted", "张贴", Look.TEXT, "2025-01 张贴中", stretch=1),
)
_TIGHT = frozenset({"ledger", "period", "sheet", "number", "code", "now"})
_NARROW = frozenset({"period", "sheet", "code", "now"})
"""Columns of 特大 and of a narrow window; the others are said when the sheet is checked."""


class RegisterModel(FigureModel):
    """The register of sheets, with the columns there is room for."""

    def __init__(self, table: Table, tokens: Tokens, ledgers: Mapping[str, str]) -> None:
        """``ledgers``: short names by code."""
        kept = _NARROW if tokens.narrow else _TIGHT if tokens.tight else {c.key for c in COLUMNS}
        super().__init__([column for column in COLUMNS if column.key in kept])
        self._ledgers = ledgers
        self._rows = tuple(table.rows)
        self._at = {column.key: place for place, column in enumerate(table.columns)}

    def count(self) -> int:
        """Versions."""
        return len(self._rows)

    def text(self, row: int, column: int) -> str:
        """What the cell shows; beside its number a version says whether it corrects another or is of open months."""
        key, link = self.columns[column].key, self._rows[row].link
        if key == "ledger" and link is not None:
            return self._ledgers.get(link.ledger) or self._cell(row, key)
        if key == "posted":
            number, _, days = self._cell(row, key).partition(" ")
            return f"{number} {tr('张贴中') if days.endswith('张贴中') else tr('已取下')}" if number else ""
        if key != "number":
            return self._cell(row, key)
        marks = [
            word
            for word in (CORRECTED, UNCLOSED)
            if word in self._cell(row, "kind") + self._cell(row, "closed")
        ]
        return " ".join([self._cell(row, key), *marks])

    def _cell(self, row: int, key: str) -> str:
        return str(self._rows[row].cells[self._at[key]] or "")

    def link(self, row: int) -> Link | None:
        """Its check code."""
        return self._rows[row].link


class SheetCheckPage(Page):
    """Type a code, or choose a sheet of the register with Enter; Esc leads back from a verdict to the register."""

    scope = "sheet_check"
    nav = "disclosure"
    shows = Changes(sheets=True, balances=True, periods=True)
    follows_ledger: ClassVar[bool] = False

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._said = ""
        self.made: Table | None = None
        self.model: RegisterModel | None = None
        self._wanted = ""
        self.panel = VerifyPanel(self)
        self.panel.checked.connect(self._checked)
        self.panel.opened.connect(self._follow_figure)
        self.table = FigureTable(self.theme, tr("公开表登记簿"))
        self.table.set_empty_words(tr("还没有登记过公开表。公开表存成文件或打印时登记。"))
        self.table.opened.connect(self._check_row)
        self.table.current_moved.connect(lambda _row: self.status_changed.emit())
        self.body.addWidget(self.panel)
        self.body.addWidget(self.table, 1)
        self.add_button("save")
        self.add_button("again")

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of the page's actions."""
        return {
            "open": self._enter,
            "again": self._print_again,
            "code": self._to_the_field,
            "save": self._save,
        }

    def go(self, **where: Any) -> None:
        """``code`` to be checked, or the ``row`` of the register to stand on."""
        self._wanted = where.get("code", "")
        self.reload()
        if self._wanted:
            self.panel.ask(self._wanted)
        else:
            self._to_the_field()

    def where(self) -> dict[str, Any]:
        """The code that was checked."""
        return {"code": self.panel.found.code if self.panel.found is not None else ""}

    def reload(self) -> None:
        """Read the register again; every newest sheet is held to the ledger."""
        if not self.session.is_open:
            return
        self.head.set_title(tr("核对公开表"), tr("输入校验码，或在登记簿里选一张"))
        self.operations.read(
            tr("核对登记过的公开表"),
            lambda reader: versions_of(reader, ReportRequest()),
            self._show,
            key="register of sheets",
        )

    def escape(self) -> bool:
        """From a verdict back to the register."""
        if self.panel.answered:
            self.panel.clear()
            self.panel.field.clear()
            self.table.show()
            self.status_changed.emit()
            self.table.setFocus()
            return True
        return False

    def status(self) -> str:
        """What was done; else what the register says in short."""
        if self._said or self.made is None:
            return self._said
        return " · ".join(self.made.heading)

    def restyle(self) -> None:
        """Fewer columns in a narrow window."""
        if self.made is not None:
            self._show(self.made)

    # showing

    def _show(self, table: Table) -> None:
        row = max(self.table.row, 0)
        self.made, self.model = table, RegisterModel(table, self.theme.tokens, self._ledgers())
        self.table.show_model(self.model)
        self.table.go_to_row(row)
        self._offer()
        self.status_changed.emit()

    def _ledgers(self) -> dict[str, str]:
        return {
            info.code: brief_of(info.code, info.kind, info.title) for info in self.session.reader.ledgers()
        }

    def _checked(self, found: SheetVerdict) -> None:
        """A verdict with figures has the page; any other stands over the register."""
        self._said = ""
        self.table.setVisible(not found.figures and not self.theme.tokens.narrow)
        self._offer()
        self.status_changed.emit()

    def _offer(self) -> None:
        self.action("again").setEnabled(bool(self._code()))

    def _code(self) -> str:
        """The sheet that is meant: the one checked, else the one of the row."""
        found = self.panel.found
        if found is not None:
            return found.code if found.versions else ""
        link = self.model.link(self.table.row) if self.model is not None and self.table.row >= 0 else None
        return link.key if link is not None else ""

    # acting

    def _to_the_field(self) -> None:
        self.panel.field.setFocus()
        self.panel.field.selectAll()

    def _enter(self) -> None:
        if self.table.view.hasFocus():
            self._check_row(self.table.row)
        elif self.panel.figures.view.hasFocus():
            self.panel.figures.opened.emit(self.panel.figures.row)
        else:
            self.panel.check()

    def _check_row(self, row: int) -> None:
        link = self.model.link(row) if self.model is not None and row >= 0 else None
        if link is not None:
            self.panel.ask(link.key)

    def _follow_figure(self, link: Link) -> None:
        found = self.panel.found
        version = found.version if found is not None else None
        open_link(self, link, version.span if version is not None else None)

    def _print_again(self) -> None:
        """The sheet as it was registered, in the preview."""
        code = self._code()
        if code:
            self.operations.read(
                tr("重印公开表"),
                lambda reader: kept_sheet(reader, code),
                lambda table: self.navigator.open("preview", tables=(table,)),
            )

    def _save(self) -> None:
        if self.made is not None:
            save_tables(self, self.operations, (self.made,), "xlsx", self._say)

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()
