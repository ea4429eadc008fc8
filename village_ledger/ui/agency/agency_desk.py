"""What the agency's pages share: the workspace somebody is signed in to, the way into a village's book, and what is fresh."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer

from village_ledger.i18n import tr
from village_ledger.ui.agency.agency_bar import AgencyBar
from village_ledger.ui.error_presenter import describe
from village_ledger.ui.front_page import FrontPage
from village_ledger.ui.sheets.saving import ask_path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QShowEvent

    from village_ledger.domain.agency import KeptBook, VillageTodos
    from village_ledger.domain.errors import LedgerError
    from village_ledger.reports.table import Table
    from village_ledger.services.entry.progress import Progress
    from village_ledger.ui.agency.agency_work import AgencyWork
    from village_ledger.ui.operations import Operations
    from village_ledger.ui.page import Navigator
    from village_ledger.ui.session import Session


def today() -> date:
    """The wall calendar of the agency."""
    return date.today()  # noqa: DTZ011  the wall calendar of the agency


NOT_OPEN = "没有打开代管工作区。到开始页打开一个。"
"""What a page says without a workspace."""


class AgencyDeskPage(FrontPage):
    """A page of the workspace: it needs no book; a village's book opened from it comes back to it."""

    nav: ClassVar[str] = "work"

    def __init__(self, session: Session, operations: Operations, navigator: Navigator) -> None:
        self.bar = AgencyBar(session.theme)
        super().__init__(session, operations, navigator, self.bar)
        self._said = ""
        self._away: KeptBook | None = None
        session.book_changed.connect(self._on_book)

    @property
    def work(self) -> AgencyWork:
        """The workspace; asking without one is a mistake of ours."""
        if self.session.agency is None:
            raise RuntimeError("no workspace is open")
        return self.session.agency

    @property
    def is_signed_in(self) -> bool:
        """Whether a workspace is open; without one the page says so."""
        return self.session.agency is not None

    # for subclasses

    def came_back(self, book: KeptBook) -> None:
        """A village's book was put away again: what it shows of it may be other."""

    def enter(
        self, book: KeptBook, page: str = "home", where: dict[str, Any] | None = None, ledger: str = ""
    ) -> None:
        """Open a village's book at a page, signed in; Esc there comes back here."""
        self._away = book
        self.work.touched.add(book.uid)
        self.session.village_asked.emit(book, page or "home", where or {}, ledger)

    def look_again(self, then: Callable[[], object]) -> None:
        """Look at the villages that were worked in since, and at those that came into the workspace; the others stand."""
        work, day = self.work, today()
        books = {one.uid: one for one in work.books}
        known = {one.book.uid: one for one in work.known}
        again = [book for uid, book in books.items() if uid in work.touched or uid not in known]
        if not again and set(known) <= set(books):
            return

        def look(progress: Progress) -> dict[str, VillageTodos]:
            found: dict[str, VillageTodos] = {}
            for place, book in enumerate(again):
                progress.step(place, len(again), book.village)
                found[book.uid] = work.todos_of(book, day)
            return found

        def done(found: dict[str, VillageTodos]) -> None:
            work.touched -= set(found)
            seen = known | {one.book.uid: one for one in work.known} | found
            work.known = tuple(seen[one.uid] for one in work.books if one.uid in seen)
            then()

        self.operations.task(tr("再看一遍"), look, then=done, refused=self.refuse)

    def say(self, sentence: str) -> None:
        """A sentence in the status bar."""
        self._said = sentence
        self.status_changed.emit()

    def refuse(self, refusal: LedgerError) -> None:
        """A refusal in the page's slip."""
        self.slip.say(describe(refusal))

    def save_as(self, tables: Sequence[Table], ending: str) -> None:
        """Ask for a place and write there, on the worker."""
        path = ask_path(self, tables, ending)
        if path is None:
            return

        def write(_: object) -> None:
            if ending == "pdf":
                from village_ledger.reports.pens.render_pdf import write_pdf

                write_pdf(tables, path)
            else:
                from village_ledger.reports.pens.render_xlsx import write_xlsx

                write_xlsx(tables, path)

        self.operations.task(
            tr("存成 {name}", name=path.name),
            write,
            then=lambda _: self.say(tr("已存到 {path}", path=path)),
            refused=self.refuse,
        )

    # inside

    def showEvent(self, event: QShowEvent) -> None:
        """The bar says who is here now."""
        super().showEvent(event)
        agency = self.session.agency
        self.bar.setVisible(agency is not None)
        if agency is not None:
            self.bar.show_workspace(agency.workspace, agency.identity.name, today())

    def _on_book(self) -> None:
        """A book was opened or put away; back at this page the village is looked at again."""
        if not self.session.is_open and self._away is not None:
            QTimer.singleShot(0, self, self._arrive_back)

    def _arrive_back(self) -> None:
        if self._away is None or not self.isVisible():
            return
        book, self._away = self._away, None
        self.came_back(book)
