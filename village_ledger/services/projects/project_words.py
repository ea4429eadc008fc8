"""A project's step in words: (what it says, its amount as shown)."""

from __future__ import annotations

from village_ledger.domain.money import format_fen
from village_ledger.domain.project import (
    Acceptance,
    Body,
    Budget,
    Card,
    Change,
    Contract,
    FinalAccount,
    Tender,
)
from village_ledger.services.projects.project_rules import kinds, ways


def entry_words(body: Body) -> tuple[str, str]:
    """What a step says, and its figure."""
    match body:
        case Card():
            return _joined(kinds()[body.kind], body.content, body.place, body.keeper, body.decision), ""
        case Budget():
            parts = "、".join(f"{what} {format_fen(amount)}" for what, amount in body.lines)
            return _joined(parts, body.basis), format_fen(body.total)
        case Tender():
            return _joined(ways()[body.way], body.winner, f"{len(body.bids)} 家报价"), format_fen(body.price)
        case Contract():
            kept = f"质保金 {format_fen(body.warranty)}" if body.warranty else ""
            return _joined(body.number, body.party, kept), format_fen(body.amount)
        case Change():
            return _joined(body.reason, body.decision), format_fen(body.amount)
        case Acceptance():
            result = "合格" if body.passed else "要整改"
            return _joined(result, "、".join(body.people), body.note), ""
        case FinalAccount():
            kept = f"留质保金 {format_fen(body.warranty)}" if body.warranty else ""
            return _joined(kept, body.audit, body.note), format_fen(body.amount)


def _joined(*parts: str) -> str:
    return "，".join(filter(None, parts))
