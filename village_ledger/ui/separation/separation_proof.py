"""The proof beside a split in words and figures, as look 15 has it."""

from __future__ import annotations

from village_ledger.domain.chart import LedgerKind
from village_ledger.domain.money import format_fen
from village_ledger.domain.separation import Proof, Sums
from village_ledger.i18n import tr
from village_ledger.ui.widgets.proof_panel import ProofBlock
from village_ledger.ui.widgets.state_mark import Check


def blocks_of(proof: Proof) -> list[ProofBlock]:
    """The old book, both new ones, and that they add up."""
    ours, theirs = proof.side(LedgerKind.COLLECTIVE), proof.side(LedgerKind.COMMITTEE)
    open_ = proof.lines - proof.decided
    mirror = abs(proof.mirror)
    debtor = tr("集体欠村委会") if proof.mirror > 0 else tr("村委会欠集体")
    together = tr(
        "{ours} + {theirs}\n− 两账往来 {mirror}",
        ours=format_fen(ours.debit),
        theirs=format_fen(theirs.debit),
        mirror=format_fen(mirror),
    )
    said = (
        tr("逐行相加，{lines} 行都等于旧账", lines=proof.lines)
        if proof.holds
        else tr("还有 {count} 处没有分清", count=len(proof.faults))
    )
    return [
        ProofBlock(tr("旧账（一本）"), _mark(proof.old.is_even), _lines(proof.old)),
        ProofBlock(
            tr("集体经济组织账"),
            _mark(ours.is_even and not open_),
            _lines(ours),
            LedgerKind.COLLECTIVE,
        ),
        ProofBlock(
            tr("村民委员会账"), _mark(theirs.is_even and not open_), _lines(theirs), LedgerKind.COMMITTEE
        ),
        ProofBlock(
            tr("两账往来（镜像）"),
            None,
            ((debtor, format_fen(mirror)),) if mirror else ((tr("互不相欠"), ""),),
        ),
        ProofBlock(
            said,
            _mark(proof.holds),
            big=format_fen(ours.debit + theirs.debit - mirror) if not open_ else "",
            words=together if not open_ else "",
        ),
    ]


def brief_of(proof: Proof) -> str:
    """The same in one line for a narrow window."""
    open_ = proof.lines - proof.decided
    if open_:
        return tr("没定的 {open} 行", open=open_)
    if not proof.holds:
        return tr("还有 {count} 处没有分清", count=len(proof.faults))
    ours, theirs = proof.side(LedgerKind.COLLECTIVE), proof.side(LedgerKind.COMMITTEE)
    return tr(
        "✓ 集体 {ours}，村委会 {theirs}，逐行等于旧账",
        ours=format_fen(ours.debit),
        theirs=format_fen(theirs.debit),
    )


def _lines(sums: Sums) -> tuple[tuple[str, str], ...]:
    return ((tr("借方"), format_fen(sums.debit)), (tr("贷方"), format_fen(sums.credit)))


def _mark(good: bool) -> Check:
    return Check.GOOD if good else Check.WAITING
