"""What else goes along: each kind of thing has a carrier, in the order they name each other."""

from __future__ import annotations

from collections.abc import Callable

from village_ledger.services.merger.carry_bank import carry_bank_accounts
from village_ledger.services.merger.carry_cards import carry_cards
from village_ledger.services.merger.carry_certificates import list_certificates
from village_ledger.services.merger.carry_claims import carry_claimants, carry_receipt_books
from village_ledger.services.merger.carry_contracts import carry_contracts
from village_ledger.services.merger.carry_planning import carry_grants, list_prepaids
from village_ledger.services.merger.merging import Merging

CARRIERS: tuple[Callable[[Merging], None], ...] = (
    carry_bank_accounts,
    carry_claimants,
    carry_receipt_books,
    carry_grants,
    list_prepaids,
    list_certificates,
)


def carry_all(merging: Merging) -> None:
    """Everything that has no place of its own in the plan."""
    carry_contracts(merging, carry_cards(merging))
    for carry in CARRIERS:
        carry(merging)
