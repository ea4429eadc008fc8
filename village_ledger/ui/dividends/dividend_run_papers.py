"""What leaves the page of a dividend: the sheets of its households as paper or file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from village_ledger.i18n import tr
from village_ledger.ui.dividends import dividend_papers
from village_ledger.ui.page import Page
from village_ledger.ui.sheets.saving import save_tables

if TYPE_CHECKING:
    from village_ledger.reports.table import Table
    from village_ledger.services.dividends.dividends import Preview
    from village_ledger.storage.reader import Reader
    from village_ledger.ui.dividends.dividend_figures import RunFigures


class RunPapers(Page):
    """Of the dividend in view, worked out or given."""

    shown: RunFigures | None = None

    def _worked_out(self) -> Preview | None:
        """What papers are made of; None, saying so, while there is nothing worked out."""
        if self.shown is None or self.shown.made is None:
            self._say(tr("先写上这次一共分多少。"))
            return None
        return self.shown.made

    def _export(self, ending: str) -> None:
        made = self._worked_out()
        if made is not None:
            table = dividend_papers.account_table(self.session.reader, made)
            save_tables(self, self.operations, (table,), ending, self._say)

    def _preview(self, table_of: Callable[[Reader, Preview], Table]) -> None:
        made = self._worked_out()
        if made is not None:
            self.navigator.open("preview", tables=(table_of(self.session.reader, made),))

    def _sheet(self) -> None:
        """Of the dividend that stands, with what was paid; else of the one being worked out."""
        subject = self.shown.done if self.shown is not None and self.shown.done else self._worked_out()
        if subject is not None:
            reader, by = self.session.reader, self.session.by
            self.navigator.open("preview", **dividend_papers.signing_sheet(reader, subject, by))

    def _say(self, sentence: str) -> None:
        raise NotImplementedError
