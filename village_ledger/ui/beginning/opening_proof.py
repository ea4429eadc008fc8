"""What is proved of opening balances while they are typed: the difference, large, and the state of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.money import format_fen
from village_ledger.i18n import tr
from village_ledger.ui.beginning.opening_rows import Sums
from village_ledger.ui.widgets.proof_panel import ProofBlock
from village_ledger.ui.widgets.state_mark import Check

if TYPE_CHECKING:
    from village_ledger.storage.setup.queries import OpeningDocument


def blocks(
    found: Sums, kind: LedgerKind, document: OpeningDocument | None, *, mid_year: bool
) -> list[ProofBlock]:
    """Debits against credits, 本年累计 where there is one, the document."""
    gap = abs(found.gap)
    side = tr("贷方还差") if found.gap > 0 else tr("借方还差")
    made = [
        ProofBlock(
            tr("期初借贷"),
            Check.WARN if gap else Check.GOOD,
            _both(found.debit, found.credit),
            kind,
            big=format_fen(gap),
            words=side if gap else tr("借贷平了。"),
        )
    ]
    if mid_year:
        year = abs(found.year_gap)
        words = tr("相差 {gap}", gap=format_fen(year)) if year else tr("平了；年初数加减本年累计就是期初。")
        check = Check.WARN if year else Check.GOOD
        made.append(
            ProofBlock(tr("本年累计"), check, _both(found.year_debit, found.year_credit), words=words)
        )
    if document is not None:
        who = tr(
            "{by} 于 {day} 录入，{rows} 行。",
            by=document.entered_by,
            day=document.entered_at[:10],
            rows=document.rows,
        )
        state = (tr("期初未定"), Check.WAITING) if document.provisional else (tr("已经定下来"), Check.GOOD)
        made.append(ProofBlock(*state, words=who))
    return made


def brief(found: Sums) -> str:
    """The same in one line, for a window without room for the panel."""
    gap = tr("相差 {gap}", gap=format_fen(abs(found.gap))) if found.gap else tr("平了")
    return tr(
        "借 {debit}，贷 {credit}，{gap}",
        debit=format_fen(found.debit),
        credit=format_fen(found.credit),
        gap=gap,
    )


def _both(debit: int, credit: int) -> tuple[tuple[str, str], tuple[str, str]]:
    return (tr("借方"), format_fen(debit)), (tr("贷方"), format_fen(credit))
