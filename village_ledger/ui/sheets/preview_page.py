"""Print preview (打印预览): the real PDF, to be printed or saved; what you see is what lies on the table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTemporaryDir

from village_ledger.i18n import tr
from village_ledger.services.changes import Changes
from village_ledger.ui.page import Page
from village_ledger.ui.sheets.pdf_pane import Fit, PdfPane
from village_ledger.ui.sheets.print_source import Prepared, Wanted, prepare
from village_ledger.ui.sheets.saving import save_tables
from village_ledger.ui.widgets.buttons import Button, Look
from village_ledger.ui.widgets.choices import Choices

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


class Printout:
    """Makes PDFs on the worker into a folder of its own and counts what was printed."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._folder = QTemporaryDir()
        self._made = 0

    def make(
        self, wanted: Wanted, paper: str, then: Callable[[Prepared], object], tables: tuple[Table, ...] = ()
    ) -> None:
        """Draw; ``then`` gets the newest only."""
        self._made += 1
        pdf = Path(self._folder.path()) / f"{self._made}.pdf"

        def done(prepared: Prepared) -> None:
            for old in Path(self._folder.path()).glob("*.pdf"):
                if old != prepared.pdf:
                    old.unlink()
            then(prepared)

        self._page.operations.watch(
            tr("排版"),
            lambda reader, progress: prepare(reader, wanted, paper, pdf, tables, progress),
            done,
            key=f"printout {id(self)}",
        )

    def print(self, prepared: Prepared, said: Callable[[str], object]) -> None:
        """Ask for a printer, print page by page on the worker, count; without one say what to do instead."""
        from village_ledger.ui.sheets.printing import ask_printer, onto, printer_present

        if not printer_present():
            said(tr("这台电脑没有装打印机，可以存成 PDF，拿到有打印机的地方去打"))
            return
        chosen = ask_printer(prepared.pdf, self._page, self._page.session.preferences)
        if chosen is None:
            return
        pdf = prepared.pdf.read_bytes()  # another paper may be asked for while this one is printed

        def sent(_: object) -> None:
            said(tr("已送去打印"))
            self.count(prepared)

        self._page.operations.task(
            tr("打印"), lambda progress: onto(chosen.printer, pdf, chosen.offset, progress), sent
        )

    def count(self, prepared: Prepared) -> None:
        """One more print of what was printed; a read-only book counts nothing."""
        if self._page.session.read_only:
            return
        from village_ledger.services.entry import prints

        wanted, words = prepared.wanted, prepared.words
        ledger = wanted.ledger or prepared.tables[0].ledger
        self._page.operations.run(
            tr("记下打印"), lambda uow, _: prints.count(uow, wanted.subjects(), words, ledger)
        )


class PreviewPage(Page):
    """One thing at a time: vouchers, a report, tables another page has made."""

    scope = "preview"
    shows = Changes()

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        super().__init__(session, operations, navigator)
        self._wanted = Wanted()
        self._paper = ""
        self._said = ""
        self.prepared: Prepared | None = None
        self.printout = Printout(self)
        self.pane = PdfPane(self.theme)
        self.papers: Choices | None = None
        self.body.addWidget(self.pane, 1)
        for ending in ("csv", "xlsx"):
            button = Button(self.theme, tr("存成 {ending}", ending=ending))
            button.clicked.connect(lambda _checked=False, ending=ending: self._save(ending))
            self.head.add_widget(button)
        self.add_button("calibrate")
        self.add_button("save_pdf")
        self.add_button("print", Look.MAIN)
        self.pane.page_changed.connect(self.status_changed)

    # the page

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Slots of the preview's actions."""
        return {
            "previous_sheet": lambda: self.pane.go_to(self.pane.page - 1),
            "next_sheet": lambda: self.pane.go_to(self.pane.page + 1),
            "calibrate": lambda: self.navigator.open("calibration", paper=self._paper),
            "save_pdf": lambda: self._save("pdf"),
            "print": self._print,
        }

    def go(self, **where: Any) -> None:
        """``report`` with ``span`` and what it is of, or ``vouchers``, ``certificates``, ``tables`` made, ``draw``."""
        known = {"report", "span", "account", "vouchers", "household", "certificates", "tables", "draw"}
        asked = {key: value for key, value in where.items() if key in known}
        self._wanted = Wanted(ledger=self.session.ledger_code, **asked)
        self._paper = where.get("paper", self._wanted.papers[0][0])
        self._said = ""
        self._offer_papers()
        self.prepared = None
        self.pane.clear("")
        self.pane.fit(Fit.WIDTH)
        self.head.set_title(tr("打印预览"))
        self._make()
        self.pane.desk.setFocus()

    def where(self) -> dict[str, Any]:
        """What is shown, on which paper."""
        wanted = self._wanted
        return {
            "report": wanted.report,
            "span": wanted.span,
            "account": wanted.account,
            "vouchers": wanted.vouchers,
            "household": wanted.household,
            "certificates": wanted.certificates,
            "tables": wanted.tables,
            "draw": wanted.draw,
            "paper": self._paper,
        }

    def reload(self) -> None:
        """The other ledger or month was chosen above: what was to be printed belongs to the former one."""
        if self._wanted.kind and self._wanted.ledger != self.session.ledger_code:
            self.navigator.back()

    def status(self) -> str:
        """What was done, or characters that cannot be printed."""
        if self._said or self.prepared is None:
            return self._said
        missing = self.prepared.result.missing
        if missing:
            return tr("这台电脑的字体里没有“{letters}”，纸上会空着，请用笔补写", letters="".join(missing))
        return self.prepared.words

    def hints(self) -> list[str]:
        """Keys in the status bar."""
        return ["previous_sheet", "next_sheet", "save_pdf"]

    # making

    def _offer_papers(self) -> None:
        """The choice of papers, if there is one."""
        if self.papers is not None:
            self.pane.strip.remove(self.papers)
            self.papers.deleteLater()
            self.papers = None
        if len(self._wanted.papers) > 1:
            self.papers = Choices(self.theme, tr("纸张"), self._wanted.papers, self._paper)
            self.papers.chosen.connect(self._choose_paper)
            self.pane.strip.add(self.papers, fill=self.papers.fold_into, at=0)

    def _choose_paper(self, paper: str) -> None:
        self._paper = paper
        self._make()

    def _make(self) -> None:
        tables = self.prepared.tables if self.prepared is not None else ()
        self.printout.make(self._wanted, self._paper, self._show, tables)

    def _show(self, prepared: Prepared) -> None:
        self.prepared = prepared
        self.head.set_title(tr("打印预览"), prepared.words)
        self.pane.show_pdf(prepared.pdf, prepared.result.paper_mm2)
        whole = self._wanted.kind in {"voucher", "disclosure"} or bool(self._wanted.certificates)
        if whole and not self.theme.tokens.narrow:
            self.pane.fit(Fit.PAGE)
        self.status_changed.emit()

    def _say(self, sentence: str) -> None:
        self._said = sentence
        self.status_changed.emit()

    def _save(self, ending: str) -> None:
        if self.prepared is not None:
            save_tables(self, self.operations, self.prepared.tables, ending, self._say, self.prepared.pdf)

    def _print(self) -> None:
        if self.prepared is not None:
            self.printout.print(self.prepared, self._say)
