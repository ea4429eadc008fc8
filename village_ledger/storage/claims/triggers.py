"""What must hold of claims and receipts even for a raw connection: a booked claim stays, a number is accounted for once."""

from __future__ import annotations

from village_ledger.storage.trigger_words import append_only, refuse

_LIVE = (
    "EXISTS (SELECT 1 FROM claim_voucher c JOIN voucher v ON v.id = c.voucher_id "
    "WHERE c.claim_id = {claim} AND v.state <> 'void')"
)
_BOOKED = "这张报账单已经记成凭证，不能再改。"
_OTHER_LEDGER = "报账单的凭证要记在它自己那本账里，一部分单据只记一次。"

_CLAIM = [
    refuse(
        "claimant_insert",
        "INSERT",
        "claimant",
        "EXISTS (SELECT 1 FROM claimant WHERE id = NEW.id OR (ledger_id = NEW.ledger_id AND name = NEW.name))",
        "这个报账员已经登记过。",
    ),
    refuse(
        "claimant_identity",
        "UPDATE",
        "claimant",
        "NEW.id <> OLD.id OR NEW.ledger_id <> OLD.ledger_id OR NEW.name <> OLD.name",
        "报账员的姓名和账套不能改。",
    ),
    refuse("claimant_no_delete", "DELETE", "claimant", "", "报账员不能删除，只能停用。"),
    refuse(
        "claim_insert",
        "INSERT",
        "claim",
        "EXISTS (SELECT 1 FROM claim WHERE id = NEW.id OR (ledger_id = NEW.ledger_id AND year = NEW.year "
        "AND number = NEW.number)) OR (SELECT ledger_id FROM claimant WHERE id = NEW.claimant_id) IS NOT NEW.ledger_id",
        "这个报账单号已经有了，或报账员不是这本账的。",
    ),
    refuse(
        "claim_update",
        "UPDATE",
        "claim",
        f"{_LIVE.format(claim='OLD.id')} OR NEW.id <> OLD.id OR NEW.ledger_id <> OLD.ledger_id "
        "OR NEW.year <> OLD.year OR NEW.number <> OLD.number",
        _BOOKED,
    ),
    refuse("claim_no_delete", "DELETE", "claim", "", "报账单不能删除，只能退回。"),
    *(
        refuse(
            f"claim_line_{event.lower()}", event, "claim_line", _LIVE.format(claim=f"{row}.claim_id"), _BOOKED
        )
        for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD"))
    ),
    refuse(
        "claim_voucher_insert",
        "INSERT",
        "claim_voucher",
        "(SELECT ledger_id FROM voucher WHERE id = NEW.voucher_id) IS NOT "
        "(SELECT ledger_id FROM claim WHERE id = NEW.claim_id) "
        "OR EXISTS (SELECT 1 FROM claim_voucher WHERE voucher_id = NEW.voucher_id) "
        "OR EXISTS (SELECT 1 FROM claim_voucher c JOIN voucher v ON v.id = c.voucher_id "
        "WHERE c.claim_id = NEW.claim_id AND c.part = NEW.part AND v.state <> 'void')",
        _OTHER_LEDGER,
    ),
    refuse("claim_voucher_no_update", "UPDATE", "claim_voucher", "", _OTHER_LEDGER),
    refuse(
        "claim_voucher_delete",
        "DELETE",
        "claim_voucher",
        "EXISTS (SELECT 1 FROM voucher WHERE id = OLD.voucher_id)",
        "报账单和凭证的联系不能断开。",
    ),
]

_RECEIPT = [
    *append_only("advance_check", "备用金核对记录"),
    *append_only("receipt_book", "收据登记"),
    *append_only("receipt_event", "收据领用核销记录"),
    refuse(
        "receipt_book_insert",
        "INSERT",
        "receipt_book",
        "EXISTS (SELECT 1 FROM receipt_book WHERE id = NEW.id OR (kind = NEW.kind AND first <= NEW.last "
        "AND NEW.first <= last))",
        "这些收据号已经登记在另一本里。",
    ),
    refuse(
        "receipt_event_insert",
        "INSERT",
        "receipt_event",
        "EXISTS (SELECT 1 FROM receipt_event WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM receipt_book "
        "WHERE id = NEW.book_id AND (NEW.first < first OR NEW.last > last)) OR (NEW.act <> 'issue' "
        "AND EXISTS (SELECT 1 FROM receipt_event e WHERE e.book_id = NEW.book_id AND e.holder = NEW.holder "
        "AND e.act IN ('use', 'void') AND e.first <= NEW.last AND NEW.first <= e.last))",
        "这些收据号不在这本里，或已经用过、作废过。",
    ),
]

CLAIMS: tuple[str, ...] = (*_CLAIM, *_RECEIPT)
