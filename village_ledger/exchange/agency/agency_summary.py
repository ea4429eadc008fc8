"""What the villages of a workspace come to on some days (代管村汇总), read from each book in turn and put away again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from village_ledger.domain.errors import LedgerError
from village_ledger.exchange.agency.agency_books import books_of, guarded, told
from village_ledger.exchange.agency.agency_file import open_kept
from village_ledger.exchange.agency.agency_todo import closed_through
from village_ledger.exchange.review.review_totals import totals_of
from village_ledger.i18n import tr
from village_ledger.reports.agency.summary import LedgerFigures
from village_ledger.services.entry.progress import SILENT, Progress
from village_ledger.storage.file.book_file import Access

if TYPE_CHECKING:
    from village_ledger.domain.agency import KeptBook
    from village_ledger.domain.period import Span


def summarise(
    workspace: Path, span: Span, progress: Progress = SILENT, villages: Sequence[str] = ()
) -> list[LedgerFigures]:
    """Every ledger of every village, in the workspace's order; a book that cannot be read stands there with its trouble.

    Raises LedgerError where the workspace itself cannot be read, Cancelled.
    """
    kept = books_of(workspace, villages)
    found: list[LedgerFigures] = []
    for place, one in enumerate(kept):
        progress.step(place, len(kept), one.village)
        try:
            found += _of_village(workspace, one, span)
        except LedgerError as refusal:
            found.append(LedgerFigures(one, trouble=told(refusal)))
    progress.step(len(kept), len(kept), tr("看完了"))
    return found


def _of_village(workspace: Path, kept: KeptBook, span: Span) -> list[LedgerFigures]:
    with guarded(kept), open_kept(workspace, kept, Access.READ) as book:
        reader = book.reader()
        with reader.snapshot():
            return [
                LedgerFigures(
                    kept,
                    totals_of(reader, span, info.code),
                    sum(one.count for one in reader.unposted_groups(info.code)),
                    str(closed_through(reader, info.code) or ""),
                )
                for info in reader.ledgers()
            ]
