"""The sheets for the wall of a ledger and a month, quarter or year: seen as paper, saved, printed, registered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.reports.disclosure.catalogue_pack import SHEETS
from village_ledger.reports.disclosure.handing_out import log_sheets
from village_ledger.reports.pens.wall_layout import SHEET_A
from village_ledger.reports.table import Table
from village_ledger.services.changes import Changes
from village_ledger.ui.page import Page
from village_ledger.ui.sheets.pdf_pane import Fit, PdfPane
from village_ledger.ui.sheets.preview_page import Printout
from village_ledger.ui.sheets.print_source import PACK, WALLS, Prepared, Wanted
from village_ledger.ui.sheets.saving import save_tables
from village_ledger.ui.tables.table_style import TableStyle
from village_ledger.ui.transfers.side_rows import SideRow, SideRows
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.choices import Choices
from village_ledger.ui.widgets.pick_list import PickList
from village_ledger.ui.widgets.span_choice import SpanChoice, ask_span
from village_ledger.ui.widgets.state_mark import Check, CheckMark

if TYPE_CHECKING:
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

PANEL_CHARS = 15
_FIGURES = (("opening", "期初有钱"), ("income", "收入"), ("expense", "支出"), ("closing", "期末有钱"))


class CodeSheet(QFrame):
    """The check code in fours, and whether it is registered."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setProperty("look", "sheet")
        px = page.theme.px
        column = QVBoxLayout(self)
        column.setContentsMargins(px.gap, px.cell, px.gap, px.cell)
        name = QLabel(tr("校验码"))
        name.setProperty("look", "label")
        self.code = QLabel()
        self.code.setProperty("look", "figure")
        self.words = QLabel()
        self.words.setWordWrap(True)
        for widget in (name, self.code, self.words):
            column.addWidget(widget)

    def show_code(self, code: str | None, words: str) -> None:
        """A code, None where the sheet cannot be registered."""
        self.code.setText(" ".join(code[i : i + 4] for i in range(0, len(code), 4)) if code else tr("没有"))
        self.code.setAccessibleName(code or tr("没有校验码"))
        self.words.setText(words)


class DisclosurePage(Page):
    """One sheet or the whole pack; each is registered when it leaves the program, saved or printed."""

    scope = "preview"
    nav = "disclosure"
    shows = Changes(balances=True, settings=True, sheets=True, periods=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._paper = WALLS[0][0]
        self._said = ""
        self.prepared: Prepared | None = None
        self.printout = Printout(self)
        self.pane = PdfPane(self.theme)
        self.sheets = PickList(tr("哪一张表"))
        for sheet in SHEETS:
            self.sheets.addItem(f"{sheet.letter} {tr(sheet.title)}", sheet.report)
        self.sheets.addItem(tr("整套公开表"), PACK)
        self.sheets.setCurrentIndex(self.sheets.findData(SHEET_A))
        self.sheets.currentIndexChanged.connect(self.reload)
        self.papers = Choices(self.theme, tr("纸张"), WALLS, self._paper)
        self.papers.chosen.connect(self._choose_paper)
        self.pane.strip.add(self.papers, fill=self.papers.fold_into, at=0)
        self.pane.keep_amount_for_the_page()
        self.ask = AskBar(self.theme)
        self._build_panel()
        row = QHBoxLayout()
        row.setSpacing(self.theme.px.gap)
        row.addWidget(self.pane, 1)
        row.addWidget(self.panel)
        self.body.addLayout(row, 1)
        self.body.addWidget(self.ask)
        self._build_head()
        self.pane.page_changed.connect(self.status_changed)

    def _build_panel(self) -> None:
        self.panel = QWidget(self)
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.theme.px.cell)
        self.figures = SideRows(TableStyle(self.theme, self), bold_lead=False)
        self.code = CodeSheet(self)
        self.warnings = QVBoxLayout()
        self.warnings.setSpacing(self.theme.px.unit)
        column.addWidget(self.figures)
        column.addWidget(self.code)
        column.addLayout(self.warnings)
        column.addStretch(1)
        rows = Button(self.theme, tr("看数：从每个数到凭证"))
        rows.clicked.connect(self.look_into)
        column.addWidget(rows)
        for page, words in (("first_page", tr("明白纸：往里看、念")), ("unmasked", tr("写全名的清单"))):
            button = Button(self.theme, words)
            button.clicked.connect(partial(self.look_at, page))
            column.addWidget(button)
        self.restyle()

    def _build_head(self) -> None:
        self.span_choice = SpanChoice(self.theme, lambda: self.session.month)
        self.span_choice.changed.connect(self.reload)
        self.span_choice.other_asked.connect(self._ask_span)
        self.head.add_widget(self.sheets, keeps=1, fill=self.sheets.fold_into)
        self.head.add_widget(self.span_choice, keeps=2, fill=self.span_choice.fold_into)
        calendar = Button(self.theme, tr("日历…"))
        calendar.setAccessibleName(tr("公开日历：什么时候该公开什么"))
        calendar.clicked.connect(lambda: self.navigator.open("disclosure_calendar"))
        self.head.add_widget(calendar)
        prove = Button(self.theme, tr("核对…"))
        prove.setAccessibleName(tr("核对公开表：输入校验码"))
        prove.clicked.connect(lambda: self.navigator.open("sheet_check"))
        self.head.add_widget(prove)
        button = Button(self.theme, tr("存成 xlsx"))
        button.clicked.connect(lambda: self._leave_with("xlsx"))
        self.head.add_widget(button)
        self.add_button("save_pdf")
        self.add_button("print", Look.MAIN)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of the preview's actions."""
        return {
            "previous_sheet": lambda: self.pane.go_to(self.pane.page - 1),
            "next_sheet": lambda: self.pane.go_to(self.pane.page + 1),
            "save_pdf": lambda: self._leave_with("pdf"),
            "print": lambda: self._leave_with("print"),
        }

    def go(self, **where: Any) -> None:
        """``span`` of the sheet; ``sheet`` by its report's name."""
        if "sheet" in where:
            self.sheets.setCurrentIndex(max(self.sheets.findData(where["sheet"]), 0))
        if "month" in where:
            self.session.go_to_month(where["month"])
        if "span" in where:
            self.span_choice.set_span(where["span"])
        self.reload()
        self.pane.desk.setFocus()

    def where(self) -> dict[str, Any]:
        """The span of the sheet."""
        return {
            "span": self.span_choice.span(),
            "month": self.session.month,
            "sheet": self.sheets.currentData(),
        }

    def reload(self) -> None:
        """Make the sheet of the ledger and span again."""
        if not self.session.is_open:
            return
        self.span_choice.follow()
        span, ledger = self.span_choice.span(), self.session.ledger
        self.head.set_title(tr("公开"))
        report = str(self.sheets.currentData())
        wanted = Wanted(report, ledger.code, span, registers=not self.session.read_only)
        self.printout.make(wanted, self._paper, self._show)

    def restyle(self) -> None:
        """In 特大 and in a narrow window the paper takes the whole width; the status bar says what the panel would."""
        self.panel.setFixedWidth(PANEL_CHARS * self.theme.px.body)
        self.panel.setVisible(not self.theme.tokens.tight)
        self.pane.fit(Fit.WIDTH if self.theme.tokens.narrow else Fit.PAGE)

    def escape(self) -> bool:
        """Fold the question away before leaving."""
        if self.ask.asking:
            self.ask.put_away()
            return True
        return False

    def status(self) -> str:
        """What was done; else the check code and the equality of the sheet."""
        if self._said or self.prepared is None:
            return self._said
        table = self.prepared.tables[0]
        missing = self.prepared.result.missing
        if missing:
            return tr("这台电脑的字体里没有“{letters}”，纸上会空着，请用笔补写", letters="".join(missing))
        code = tr("校验码 {code}", code=table.check_code) if table.check_code else tr("未登记")
        return " · ".join([code, *(check.text for check in table.checks)])

    def hints(self) -> list[str]:
        """Keys in the status bar."""
        return ["previous_sheet", "next_sheet", "save_pdf"]

    # showing

    def _show(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.pane.show_pdf(prepared.pdf, prepared.result.paper_mm2)
        self.head.set_title(tr("公开"), self.pane.amount.text())
        self._show_facts(prepared.tables[0])
        self.status_changed.emit()

    def _show_facts(self, table: Table) -> None:
        rows = [
            SideRow("", tr(words), _money(table, key), total=key == "closing")
            for key, words in _FIGURES
            if key in table.facts
        ]
        self.figures.show_rows((tr("这张表"), tr("元")), rows)
        self.figures.setVisible(bool(rows))
        self.code.show_code(table.check_code, self._registered_words(table))
        while (item := self.warnings.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        failed = [(Check.FAIL, check.text) for check in table.checks if not check.ok]
        for check, text in [*failed, *((Check.WARN, text) for text in table.warnings)]:
            self.warnings.addWidget(_Remark(self, check, text))

    def _registered_words(self, table: Table) -> str:
        """When and by whom this very sheet was registered."""
        if table.check_code is None:
            return tr("这本账现在不能写，表没有登记。")
        sheet = self.session.reader.sheet(table.check_code)
        if sheet is None:
            return tr("存成文件或打印时登记。")
        return tr("{by} 已在 {day} 登记。", by=sheet.made_by, day=sheet.made_at[:10])

    def look_at(self, page: str) -> None:
        """A page about the sheets of these days."""
        self.navigator.open(page, span=self.span_choice.span())

    def look_into(self) -> None:
        """The figures of the sheet in view as a table that leads on."""
        self.navigator.open("sheet_rows", sheet=self.sheets.currentData(), span=self.span_choice.span())

    def _choose_paper(self, paper: str) -> None:
        self._paper = paper
        if self.prepared is not None:
            self.printout.make(self.prepared.wanted, paper, self._show, self.prepared.tables)

    def _ask_span(self) -> None:
        ask_span(self, self.pane.desk.setFocus, tr("公开哪些天"))

    # leaving the program

    def _leave_with(self, way: str) -> None:
        """Register the sheet, then save or print it."""
        prepared = self.prepared
        if prepared is None:
            return
        tables = [table for table in prepared.tables if table.check_code is not None]
        if not tables:
            self._hand_out(prepared, way)
            return
        self.operations.run(
            tr("登记公开表"),
            lambda uow, _: _register(uow, tables),
            then=lambda _: self._hand_out(prepared, way),
        )

    def _hand_out(self, prepared: Prepared, way: str) -> None:
        if way == "print":
            self.printout.print(prepared, self._say)
        else:
            save_tables(self, self.operations, prepared.tables, way, self._say, prepared.pdf)

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()


class _Remark(QWidget):
    """A mark and a sentence beside it."""

    def __init__(self, page: Page, check: Check, text: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(page.theme.px.unit)
        words = QLabel(text)
        words.setWordWrap(True)
        row.addWidget(CheckMark(page.theme, check))
        row.addWidget(words, 1)


def _money(table: Table, key: str) -> str:
    value = table.facts.get(key)
    return format_fen(value) if isinstance(value, int) else ""


def _register(uow: UnitOfWork, tables: Sequence[Table]) -> Outcome[bool]:
    """Keep each sheet's figures under its check code, the first new one's outcome standing for all."""
    from village_ledger.reports.disclosure.editions import register_all

    outcomes = register_all(uow, tables)
    log_sheets(uow, tables, ledger=tables[0].ledger)
    return next((outcome for outcome in outcomes if outcome.value), outcomes[0])
