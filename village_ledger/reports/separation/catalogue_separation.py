"""Reports of the split a book was made from: read from the sealed document, never from memory of the wizard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.errors import LedgerError

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.separation.separation_list import SplitPaper
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader


def paper_of(reader: Reader) -> SplitPaper:
    """The papers of the split this book was made from; raises LedgerError in a book that was not."""
    from village_ledger.domain.separation import prove
    from village_ledger.domain.separation_openings import Parties
    from village_ledger.reports.separation.separation_list import SplitPaper
    from village_ledger.services.separation.separation import rules_for
    from village_ledger.storage.spec import CHART_OF, CommitteeChart

    stored = reader.separation()
    if stored is None:
        raise LedgerError("这个账簿不是分账建成的，没有分账清单", "分账在开始页或用 separate 命令做。")
    book = reader.book()
    village = reader.main_ledgers()
    if village is None:
        raise LedgerError("这个账簿只有一本账，没有分账清单", "分账在开始页或用 separate 命令做。")
    collective, committee = village
    preset = next(x for x in CommitteeChart if CHART_OF[LedgerKind.COMMITTEE, x] == committee.chart_id)
    return SplitPaper(
        book.village,
        Parties(collective.entity, committee.entity),
        preset,
        stored.source,
        date.fromisoformat(stored.cutoff) + timedelta(days=1),
        stored.lines,
        prove(stored.lines),
        rules_for(preset).mirror,
        stored.decided_by,
        book.is_demo,
    )


def _list(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.separation.separation_list import separation_list

    del request
    return separation_list(paper_of(reader))


def _signoff(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.separation.separation_signoff import separation_signoff

    del request
    return separation_signoff(paper_of(reader))


def _opening(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.separation.separation_list import separation_opening

    return separation_opening(paper_of(reader), reader.ledger(request.ledger).kind)


MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    "separation-list": _list,
    "separation-signoff": _signoff,
    "separation-opening": _opening,
}
OVER_BOTH = frozenset({"separation-list", "separation-signoff"})
