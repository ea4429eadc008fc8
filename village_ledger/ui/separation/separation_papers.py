"""What the 分账 page writes to disk before a book is made: its draft, the list, the sign-off sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from village_ledger.domain.errors import LedgerError
from village_ledger.exchange.separation.separation_draft import ENDING, SplitDraft, save_draft
from village_ledger.i18n import tr

if TYPE_CHECKING:
    from village_ledger.reports.separation.separation_list import SplitPaper
    from village_ledger.ui.page import Page

FILES = "PDF (*.pdf);;Excel (*.xlsx)"


class SplitPapers:
    """Writes on the worker; ``said`` is what the status line says of it."""

    def __init__(self, page: Page, refused: Callable[[LedgerError], object]) -> None:
        self._page = page
        self._refused = refused
        self.said = ""

    def keep(self, draft: SplitDraft, book: Path) -> None:
        """Keep the draft beside the book it will become."""
        path = draft_path(book)

        def work(_progress: object) -> None:
            path.parent.mkdir(parents=True, exist_ok=True)
            save_draft(path, draft)

        self._task(tr("存草稿"), work, tr("草稿已存：{name} · 签字前旧账不动", name=path.name))

    def print_list(self, draft: SplitDraft, folder: Path, *, wall: bool) -> None:
        """The list for publication, on A3 for the wall or with both opening tables."""
        from village_ledger.reports.separation.separation_printing import write_list

        path, paper = (
            self._ask(folder, tr("分账公示清单.pdf") if wall else tr("分账清单和期初.pdf")),
            _paper(draft),
        )
        if path is not None:
            self._task(
                tr("打印"), lambda _: write_list(paper, path, wall=wall), tr("存好了：{path}", path=path)
            )

    def print_signoff(self, draft: SplitDraft, folder: Path) -> None:
        """The sign-off sheet."""
        from village_ledger.reports.separation.separation_printing import write_signoff_sheet

        path, paper = self._ask(folder, tr("分账签字表.pdf")), _paper(draft)
        if path is not None:
            self._task(
                tr("打印"), lambda _: write_signoff_sheet(paper, path), tr("存好了：{path}", path=path)
            )

    def _ask(self, folder: Path, name: str) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(self._page, tr("存到哪里"), str(folder / name), FILES)
        return Path(chosen) if chosen else None

    def _task(self, label: str, work: Callable[[object], object], said: str) -> None:
        def done(_: object) -> None:
            self.said = said
            self._page.status_changed.emit()

        self._page.operations.task(label, work, then=done, refused=self._refused)


def draft_path(book: Path) -> Path:
    """Where the draft of a book to be lies."""
    return book.with_suffix(ENDING)


def _paper(draft: SplitDraft) -> SplitPaper:
    from village_ledger.reports.separation.separation_list import SplitPaper

    return SplitPaper.of(draft.spec, draft.old.source, draft.lines, draft.person)
