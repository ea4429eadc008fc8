"""What must hold of closing against raw SQL: its records only grow, and only where the months allow them."""

from __future__ import annotations

from village_ledger.storage.trigger_words import POSTED, append_only, closed, refuse

_SEALABLE = (
    "EXISTS (SELECT 1 FROM period WHERE ledger_id = NEW.ledger_id AND month = NEW.month "
    "AND state = 'closed' AND head IS NEW.head)"
)

TRIGGERS_CLOSING: tuple[str, ...] = (
    refuse(
        "waiver_insert",
        "INSERT",
        "waiver",
        f"EXISTS (SELECT 1 FROM waiver WHERE id = NEW.id) OR {closed('NEW.ledger_id', 'NEW.month')}",
        "这个月已结账，提醒的说明要在结账以前写。",
    ),
    *append_only("waiver", "放行提醒的说明"),
    refuse(
        "month_check_insert",
        "INSERT",
        "month_check",
        f"EXISTS (SELECT 1 FROM month_check WHERE id = NEW.id) OR {closed('NEW.ledger_id', 'NEW.month')}",
        "这个月已结账，不用再检查。",
    ),
    *append_only("month_check", "结账检查的记录"),
    refuse(
        "reopening_insert",
        "INSERT",
        "reopening",
        "EXISTS (SELECT 1 FROM reopening WHERE id = NEW.id)",
        "这条反结账记录已经有了。",
    ),
    *append_only("reopening", "反结账的记录"),
    refuse(
        "month_seal_insert",
        "INSERT",
        "month_seal",
        "EXISTS (SELECT 1 FROM month_seal WHERE ledger_id = NEW.ledger_id AND month = NEW.month) "
        f"OR NOT {_SEALABLE}",
        "只有已结账、还没封存的月份能封存。",
    ),
    *append_only("month_seal", "封存的记录"),
    refuse(
        "distribution_part_insert",
        "INSERT",
        "distribution_part",
        "EXISTS (SELECT 1 FROM distribution_part WHERE voucher_id = NEW.voucher_id) "
        "OR (SELECT ledger_id FROM voucher WHERE id = NEW.voucher_id) IS NOT NEW.ledger_id",
        "这张凭证已经记作收益分配，或不是这本账的凭证。",
    ),
    refuse("distribution_part_no_update", "UPDATE", "distribution_part", "", "收益分配的记录不能修改。"),
    refuse(
        "distribution_part_no_delete",
        "DELETE",
        "distribution_part",
        POSTED.format(id="OLD.voucher_id"),
        "已记账的收益分配不能删除，请用红字冲销。",
    ),
)
