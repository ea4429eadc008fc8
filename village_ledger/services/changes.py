"""What an action changed, so that only pages which show it reload."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Changes:
    """Flags of what changed; pages compare them with what they show."""

    vouchers: bool = False
    balances: bool = False
    accounts: bool = False
    counterparties: bool = False
    periods: bool = False
    drafts: bool = False
    settings: bool = False
    sheets: bool = False
    templates: bool = False
    """Templates, what recurs, advance rent, grant documents, budgets."""
    bank: bool = False
    """Bank accounts, statements, matches."""
    claims: bool = False
    """Claims, advances, receipt books."""
    cash: bool = False
    """Counts of the cash box."""
    members: bool = False
    """People, households, standing of members."""
    shares: bool = False
    """Share classes, events, cases, certificates."""
    dividends: bool = False
    """Dividends and their payments."""
    parcels: bool = False
    """Land, forest and water by parcel."""
    counts: bool = False
    """Stock-takes (清产核资)."""
    handovers: bool = False
    """Handovers and old matters."""
    attachments: bool = False
    """Attachments, electronic invoices."""
    decisions: bool = False
    """Decision files, panels."""
    limits: bool = False
    """Approval limits, approvals, payments with papers missing."""
    projects: bool = False
    """Projects and their steps."""
    contracts: bool = False
    """Contracts, their changes, what was booked and received for them."""
    assets: bool = False
    """Asset cards, what became of them, depreciation."""
    postings: bool = False
    """What hangs on the wall, objections to it."""
    ledger: str = ""
    """Ledger code the change is in, empty for both."""

    def __or__(self, other: Changes) -> Changes:
        flags = {
            f.name: getattr(self, f.name) or getattr(other, f.name)
            for f in fields(self)
            if f.name != "ledger"
        }
        return Changes(**flags, ledger=self.ledger if self.ledger == other.ledger else "")

    def touches(self, other: Changes) -> bool:
        """Whether any flag is set in both and the ledgers can be the same."""
        if self.ledger and other.ledger and self.ledger != other.ledger:
            return False
        return any(
            getattr(self, f.name) and getattr(other, f.name) for f in fields(self) if f.name != "ledger"
        )
