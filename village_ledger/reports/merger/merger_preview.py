"""The comparison before anything is made: what the merger would give, as the wizard shows it and as it is signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.reports.merger.merger_comparison import LedgerFigures, merger_comparison
from village_ledger.reports.merger.merger_words import MergerPaper
from village_ledger.storage.merger.records import MergerSource, StoredMerger, StoredOrigin

if TYPE_CHECKING:
    from village_ledger.domain.merger import Origin
    from village_ledger.reports.table import Table
    from village_ledger.services.merger.merger import MergerPreview
    from village_ledger.services.merger.merging import MergerRequest


def preview_comparison(request: MergerRequest, found: MergerPreview) -> Table:
    """The same table as the merged book gives, marked as not made yet."""
    sources = tuple(
        MergerSource(number, village, "", "", "", "", {}, b"")
        for number, village in enumerate(found.villages, 1)
    )
    stored = StoredMerger(
        request.option.value,
        request.day,
        request.shares.value,
        request.approved_on,
        "、".join(request.resolutions),
        request.decided.reason,
        request.by,
        "",
        b"",
        sources,
    )
    entities = "、".join(entity for _, entity, _ in found.ledgers.values())
    paper = MergerPaper(request.village, entities, "", stored)
    ledgers: list[LedgerFigures] = []
    for code, (title, entity, chart) in found.ledgers.items():
        origins = [_stored(one) for one in found.plan.origins if one.ledger == code]
        opening: dict[str, int] = {}
        for one in found.plan.openings:
            if one.ledger == code:
                opening[one.account] = opening.get(one.account, 0) + one.balance
        if origins:
            ledgers.append(LedgerFigures(title, entity, chart, origins, opening))
    return merger_comparison(paper, ledgers)


def _stored(one: Origin) -> StoredOrigin:
    return StoredOrigin(
        one.source,
        one.old_ledger,
        one.old.account,
        one.old_name,
        one.old.party,
        one.old.project,
        one.ledger,
        one.account,
        one.party,
        one.project,
        one.old.balance,
        one.old.year_debit,
        one.old.year_credit,
        one.old.quantity,
        one.eliminated,
        one.pair,
    )
