"""Sheets leave the program: registered under their codes first, then saved as PDF, spreadsheet or pictures, or printed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from village_ledger.i18n import tr
from village_ledger.reports.disclosure.handing_out import log_sheets
from village_ledger.ui.sheets.saving import ask_path, save_tables

if TYPE_CHECKING:
    from village_ledger.reports.pens.wall_groups import Grouping
    from village_ledger.reports.pens.wall_layout import WallSize
    from village_ledger.reports.table import Table
    from village_ledger.services.entry.progress import Progress
    from village_ledger.services.outcome import Outcome
    from village_ledger.storage.unit_of_work import UnitOfWork
    from village_ledger.ui.page import Page
    from village_ledger.ui.sheets.preview_page import Printout
    from village_ledger.ui.sheets.print_source import Prepared
    from village_ledger.ui.widgets.ask_bar import AskBar


class Choice(Protocol):
    """How sheets lie on paper."""

    @property
    def size(self) -> WallSize:
        """The size chosen."""
        ...

    @property
    def grouping(self) -> Grouping:
        """Which repeated lines stand together."""
        ...


class Leaving:
    """The ways out of the page."""

    def __init__(
        self, page: Page, printout: Printout, ask: AskBar, choice: Choice, said: Callable[[str], object]
    ) -> None:
        self._page = page
        self._printout = printout
        self._ask = ask
        self._choice = choice
        self._said = said

    def leave(self, prepared: Prepared, way: str, show: Callable[[Prepared], object]) -> None:
        """Register, then ``pdf``, ``xlsx``, ``png`` or ``print``; a correction asks for its reason first.

        With a reason the paper is another one: it is made anew and handed to ``show``.
        """
        from village_ledger.reports.disclosure.editions import corrections, with_reason

        due = corrections(prepared.tables, self._page.session.reader)
        if not due:
            self._register(prepared, way, "")
            return

        def told(reason: str) -> None:
            tables = tuple(with_reason(table, reason) for table in prepared.tables)

            def made(anew: Prepared) -> None:
                show(anew)
                self._register(anew, way, reason)

            self._printout.make(prepared.wanted, self._choice.size.name, made, tables)

        self._ask.ask(
            tr("更正公开：有 {count} 张表和公布过的不一样，为什么更正", count=len(due)),
            tr("登记"),
            told,
            self._page.setFocus,
            text=next((table.edition.reason for table in due if table.edition), ""),
            hint=tr("印在表上，给大家看"),
        )

    def _register(self, prepared: Prepared, way: str, reason: str) -> None:
        tables = [table for table in prepared.tables if table.check_code is not None]
        if not tables:
            self._hand_out(prepared, way)
            return
        self._page.operations.run(
            tr("登记公开表"),
            lambda uow, _: _registered(uow, tables, reason, self._choice),
            then=lambda _: self._hand_out(prepared, way),
        )

    def _hand_out(self, prepared: Prepared, way: str) -> None:
        if way == "print":
            self._printout.print(prepared, self._said)
        elif way == "pdf":
            save_tables(self._page, self._page.operations, prepared.tables, way, self._said, prepared.pdf)
        else:
            self._save(prepared, way)

    def _save(self, prepared: Prepared, way: str) -> None:
        """A spreadsheet or pictures, page by page on the worker."""
        path = ask_path(self._page, prepared.tables, way)
        if path is None:
            return
        size, grouping = self._choice.size, self._choice.grouping

        def work(progress: Progress) -> Path:
            if way == "xlsx":
                from village_ledger.reports.pens.xlsx_wall import write_wall_book

                write_wall_book(prepared.tables, path, size, grouping=grouping, progress=progress)
            else:
                _write_pictures(prepared, path, grouping, progress)
            return path

        self._page.operations.task(
            tr("存成 {name}", name=path.name), work, then=lambda at: self._said(tr("已存到 {path}", path=at))
        )


def _registered(uow: UnitOfWork, tables: Sequence[Table], reason: str, choice: Choice) -> Outcome[bool]:
    """Keep each sheet's figures under its check code, the first new one's outcome standing for all."""
    from village_ledger.reports.disclosure.editions import register_all
    from village_ledger.services.disclosure import wall_choice

    outcomes = register_all(uow, tables, reason)
    log_sheets(uow, tables, ledger=tables[0].ledger)
    wall_choice.remember(uow, choice.size.name, choice.grouping.value)
    return next((outcome for outcome in outcomes if outcome.value), outcomes[0])


def _write_pictures(prepared: Prepared, path: Path, grouping: Grouping, progress: Progress) -> None:
    """A tall one set for a telephone's screen, or the pages as they are in a zip."""
    from village_ledger.reports.pens.png_pages import DPI, PHONE_DPI, write_pictures
    from village_ledger.reports.pens.wall_layout import WallSize
    from village_ledger.reports.pens.wall_sheet import page_names, write_wall_sheet

    if path.suffix == ".zip":
        names = page_names(prepared.tables, prepared.result.sheets)
        write_pictures(prepared.pdf, path, names, dpi=DPI, progress=progress)
        return
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "phone.pdf"
        write_wall_sheet(prepared.tables, pdf, WallSize.PHONE, grouping=grouping, progress=progress)
        write_pictures(pdf, path, (), dpi=PHONE_DPI, progress=progress)
