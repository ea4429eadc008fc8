"""What must hold of cash counts against raw SQL: they only grow, in open months, and pieces never exceed the sum."""

from __future__ import annotations

from village_ledger.storage.trigger_words import POSTED, append_only, closed, refuse

CASH_COUNTS: tuple[str, ...] = (
    refuse(
        "cash_count_insert",
        "INSERT",
        "cash_count",
        "EXISTS (SELECT 1 FROM cash_count WHERE id = NEW.id) "
        f"OR {closed('NEW.ledger_id', 'substr(NEW.day, 1, 7)')}",
        "这个月已结账，现金盘点要在结账以前登记。",
    ),
    *append_only("cash_count", "现金盘点的记录"),
    refuse(
        "cash_count_piece_insert",
        "INSERT",
        "cash_count_piece",
        "EXISTS (SELECT 1 FROM cash_count_piece WHERE count_id = NEW.count_id AND denomination = NEW.denomination) "
        "OR ((SELECT coalesce(sum(denomination * pieces), 0) FROM cash_count_piece WHERE count_id = NEW.count_id) "
        "+ NEW.denomination * NEW.pieces <= (SELECT total FROM cash_count WHERE id = NEW.count_id)) IS NOT 1",
        "点到的张数和合计对不上。",
    ),
    *append_only("cash_count_piece", "现金盘点的张数"),
    refuse(
        "cash_count_voucher_insert",
        "INSERT",
        "cash_count_voucher",
        "EXISTS (SELECT 1 FROM cash_count_voucher WHERE voucher_id = NEW.voucher_id) "
        "OR (SELECT ledger_id FROM voucher WHERE id = NEW.voucher_id) IS NOT "
        "(SELECT ledger_id FROM cash_count WHERE id = NEW.count_id)",
        "这张凭证已经记作现金盘点的差额，或不是这本账的凭证。",
    ),
    refuse(
        "cash_count_voucher_no_update", "UPDATE", "cash_count_voucher", "", "现金盘点差额的凭证不能改换。"
    ),
    refuse(
        "cash_count_voucher_no_delete",
        "DELETE",
        "cash_count_voucher",
        POSTED.format(id="OLD.voucher_id"),
        "现金盘点差额的凭证已记账，不能删除，请用红字冲销。",
    ),
)
