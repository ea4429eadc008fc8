"""The sheets for the wall of a ledger and a month, quarter or year: seen as paper, saved, printed, registered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout

from village_ledger.i18n import tr
from village_ledger.reports.disclosure.catalogue_pack import SHEETS
from village_ledger.reports.pens.wall_layout import SHEET_A
from village_ledger.reports.table import Table
from village_ledger.services.changes import Changes
from village_ledger.services.disclosure import wall_choice
from village_ledger.ui import actions
from village_ledger.ui.disclosure.paper_choice import PaperChoice
from village_ledger.ui.disclosure.sheet_leaving import Leaving
from village_ledger.ui.disclosure.sheet_side import PANEL_CHARS, SheetSide
from village_ledger.ui.page import Page
from village_ledger.ui.sheets.pdf_pane import Fit, PdfPane
from village_ledger.ui.sheets.preview_page import Printout
from village_ledger.ui.sheets.print_source import PACK, Prepared, Wanted
from village_ledger.ui.widgets.ask_bar import AskBar
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.pick_list import PickList
from village_ledger.ui.widgets.span_choice import SpanChoice, ask_span, step_month
from village_ledger.ui.widgets.tool_row import ToolRow

if TYPE_CHECKING:
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session

BOTH = "disclosure-both"
"""The whole pack of both ledgers."""
_LINKS = ("calendar", "postings", "check", "figures", "first", "unmasked")
"""The ways on from here: buttons above the paper, in a narrow window entries of the menu."""


class DisclosurePage(Page):
    """One sheet or the whole pack; each is registered when it leaves the program, saved or printed."""

    scope: ClassVar[str] = "wall"
    nav: ClassVar[str] = "disclosure"
    shows: ClassVar[Changes] = Changes(balances=True, settings=True, sheets=True, periods=True)

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._said = ""
        self.prepared: Prepared | None = None
        self.printout = Printout(self)
        self.pane = PdfPane(self.theme)
        self.ask = AskBar(self.theme)
        self.side = SheetSide(self)
        self._build_choices()
        self.leaving = Leaving(self, self.printout, self.ask, self.paper, self._say)
        self.links = self._build_links()
        row = QHBoxLayout()
        row.setSpacing(self.theme.px.gap)
        row.addWidget(self.pane, 1)
        row.addWidget(self.side)
        self.body.addWidget(self.links)
        self.body.addLayout(row, 1)
        self.body.addWidget(self.ask)
        self._build_head()
        self.pane.page_changed.connect(self.status_changed)
        self.restyle()

    def _build_choices(self) -> None:
        """Which sheet, on which paper, how close."""
        self.sheets = PickList(tr("哪一张表"))
        for sheet in SHEETS:
            self.sheets.addItem(f"{sheet.letter} {tr(sheet.title)}", sheet.report)
        self.sheets.addItem(tr("整套公开表"), PACK)
        self.sheets.addItem(tr("整套公开表（两本账）"), BOTH)
        self.sheets.setCurrentIndex(self.sheets.findData(SHEET_A))
        self.sheets.currentIndexChanged.connect(self.reload)
        self.paper = PaperChoice(self.operations, "", "")
        self.paper.chosen.connect(self._lay_anew)
        self.paper.counted.connect(self._show_papers)
        self.pane.strip.add(self.paper.sizes, fill=self.paper.sizes.fold_into, at=0)
        self.pane.strip.add(self.paper.groupings, fill=self.paper.groupings.fold_into, at=1)
        self.pane.keep_amount_for_the_page()

    def _build_links(self) -> ToolRow:
        """The door to all that has to do with the wall."""
        row = ToolRow(self.theme, self.theme.px.unit * 2, more_first=False)
        for name in _LINKS:
            row.add(Button.of_action(self.theme, self.action(name), actions.spec(self.scope, name)))
        return row

    def _build_head(self) -> None:
        self.span_choice = SpanChoice(self.theme, lambda: self.session.month)
        self.span_choice.changed.connect(self.reload)
        self.span_choice.other_asked.connect(self._ask_span)
        self.head.add_widget(self.sheets, keeps=1, fill=self.sheets.fold_into)
        self.head.add_widget(self.span_choice, keeps=2, fill=self.span_choice.fold_into)
        self.add_button("save_pictures")
        self.add_button("save_xlsx")
        self.add_button("save_pdf")
        self.add_button("print", Look.MAIN)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of its actions."""
        return {
            "previous_sheet": lambda: self.pane.go_to(self.pane.page - 1),
            "next_sheet": lambda: self.pane.go_to(self.pane.page + 1),
            "earlier": lambda: step_month(self.session, -1),
            "later": lambda: step_month(self.session, 1),
            "save_pdf": lambda: self._leave_with("pdf"),
            "save_xlsx": lambda: self._leave_with("xlsx"),
            "save_pictures": lambda: self._leave_with("png"),
            "print": lambda: self._leave_with("print"),
            "calendar": lambda: self.navigator.open("disclosure_calendar"),
            "postings": lambda: self.navigator.open("postings"),
            "check": lambda: self.navigator.open("sheet_check"),
            "figures": self.look_into,
            "first": lambda: self.look_at("first_page"),
            "unmasked": lambda: self.look_at("unmasked"),
        }

    def go(self, **where: Any) -> None:
        """``span`` of the sheet; ``sheet`` by its report's name; ``ledger`` it is of."""
        if where.get("ledger", self.session.ledger_code) != self.session.ledger_code:
            self.session.switch_ledger(where["ledger"])
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

    def leave(self) -> bool:
        """How much paper other sizes take is of no interest elsewhere."""
        self.paper.stop()
        return True

    def reload(self) -> None:
        """Make the sheet of the ledger and span again."""
        if not self.session.is_open:
            return
        self.span_choice.follow()
        self.head.set_title(tr("公开"))
        reader = self.session.reader
        if self.prepared is None:
            self.paper.use(reader.setting(wall_choice.SIZE), reader.setting(wall_choice.GROUPING))
        self.printout.make(self._wanted(), self.paper.size.name, self._show)

    def _wanted(self) -> Wanted:
        report = str(self.sheets.currentData())
        both = report == BOTH
        return Wanted(
            PACK if both else report,
            "" if both else self.session.ledger_code,
            self.span_choice.span(),
            grouping=self.paper.grouping.value,
            registers=not self.session.read_only,
        )

    def restyle(self) -> None:
        """In 特大 and in a narrow window the paper takes the whole width; the status bar says what the panel would."""
        self.side.setFixedWidth(PANEL_CHARS * self.theme.px.body)
        self.side.setVisible(not self.theme.tokens.tight)
        narrow = self.theme.tokens.narrow
        self.links.setVisible(not narrow)
        self.head.tools.offer([self.action(name) for name in _LINKS] if narrow else ())
        self.pane.fit(Fit.WIDTH if narrow else Fit.PAGE)

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
        result, table = self.prepared.result, self.prepared.tables[0]
        if result.missing:
            return tr(
                "这台电脑的字体里没有“{letters}”，纸上会空着，请用笔补写", letters="".join(result.missing)
            )
        if result.tight:
            return tr("这种纸放不下这么大的数，数字印得窄了；换 A3 或小一号字就不用压")
        code = tr("校验码 {code}", code=table.check_code) if table.check_code else tr("未登记")
        return " · ".join([code, *(check.text for check in table.checks)])

    # showing

    def _show(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.pane.show_pdf(prepared.pdf, prepared.result.paper_mm2)
        self.head.set_title(tr("公开"), self.pane.amount.text())
        self.side.show_sheets(prepared.tables, self._registered_words(prepared.tables[0]))
        self.paper.count(prepared.tables)
        self._show_papers()
        self.status_changed.emit()

    def _show_papers(self) -> None:
        self.side.show_papers(self.paper.plans, self.paper.size)

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

    def _lay_anew(self) -> None:
        """The same figures on another paper, or with other lines together."""
        if self.prepared is not None:
            tables = self.prepared.tables
            self.printout.make(self._wanted(), self.paper.size.name, self._show, tables)

    def _ask_span(self) -> None:
        ask_span(self, self.pane.desk.setFocus, tr("公开哪些天"))

    def _leave_with(self, way: str) -> None:
        """Register the sheet, then save or print it."""
        if self.prepared is not None:
            self.leaving.leave(self.prepared, way, self._show)

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()
