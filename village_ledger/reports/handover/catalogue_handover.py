"""Reports of handovers and old matters by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from village_ledger.reports.request import ReportRequest
    from village_ledger.reports.table import Table
    from village_ledger.storage.reader import Reader

OVER_BOTH = frozenset({"handover"})
"""Reports that speak of the whole book when no ledger is named."""


def _handover(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.domain.errors import HandoverError
    from village_ledger.reports.handover.handover_sheet import HandoverPaper, handover_sheet
    from village_ledger.reports.issuer import DEMO
    from village_ledger.services.handover.handovers import view

    known = [one for one in reader.handovers() if not request.ledger or one.ledger in ("", request.ledger)]
    if not request.item and not known:
        raise HandoverError("还没有登记过交接", "请先登记一次交接。")
    seen = view(reader, request.item or known[0].number)
    handover = seen.handover
    entities = [
        info.entity for info in reader.ledgers() if not handover.ledger or info.code == handover.ledger
    ]
    book = reader.book()
    paper = HandoverPaper(
        book.village,
        "、".join(dict.fromkeys(entities)),
        DEMO if book.is_demo else "",
        handover,
        seen.items,
        seen.changed,
    )
    return handover_sheet(paper)


def _old_matters(reader: Reader, request: ReportRequest) -> Table:
    from village_ledger.reports.handover.handover_sheet import old_matters_sheet
    from village_ledger.reports.request import issuer_of, span_of
    from village_ledger.services.handover.old_matters import matters

    span = span_of(reader, request)
    found = matters(reader, request.ledger, span.last)
    return old_matters_sheet(issuer_of(reader, request.ledger), found, span)


HANDOVER_MAKERS: Mapping[str, Callable[[Reader, ReportRequest], Table]] = {
    "handover": _handover,
    "old-matters": _old_matters,
}
