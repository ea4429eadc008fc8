"""Small powers and approval limits: what a payment needs before it is posted: what must hold against raw SQL."""

from __future__ import annotations

from village_ledger.storage.trigger_words import POSTED, append_only, refuse

_PAID_SINCE = (
    "EXISTS (SELECT 1 FROM voucher_line l JOIN posting p ON p.voucher_id = l.voucher_id JOIN account a "
    "ON a.ledger_id = l.ledger_id AND a.code = l.account WHERE l.ledger_id = NEW.ledger_id "
    "AND l.day >= NEW.valid_from AND l.credit > 0 AND a.money <> '')"
)
"""Whether money left, posted, on or after the day the rules begin."""


def _of_voucher(table: str, key: str, what: str, *, before_posting: bool = True) -> tuple[str, ...]:
    """Rows that hang on a voucher: added once and before it is posted, never changed, gone only with it."""
    posted = f" OR {POSTED.format(id='NEW.voucher_id')}" if before_posting else ""
    return (
        refuse(
            f"{table}_insert",
            "INSERT",
            table,
            f"EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}){posted}",
            f"{what}已经有了，或凭证已经记账，不能再记。",
        ),
        refuse(f"{table}_no_update", "UPDATE", table, "", f"{what}不能修改。"),
        refuse(
            f"{table}_no_delete",
            "DELETE",
            table,
            "EXISTS (SELECT 1 FROM voucher WHERE id = OLD.voucher_id)",
            f"{what}不能删除。",
        ),
    )


LIMITS: tuple[str, ...] = (
    refuse(
        "limit_set_insert",
        "INSERT",
        "limit_set",
        "EXISTS (SELECT 1 FROM limit_set WHERE id = NEW.id) OR NEW.version <> 1 + (SELECT coalesce(max(version), 0) "
        f"FROM limit_set WHERE ledger_id = NEW.ledger_id) OR {_PAID_SINCE}",
        "审批限额的版本接不上，或生效日之后已经有记账的付款。",
    ),
    *append_only("limit_set", "审批限额"),
    refuse(
        "power_set_insert",
        "INSERT",
        "power_set",
        "EXISTS (SELECT 1 FROM power_set WHERE id = NEW.id) "
        "OR NEW.version <> 1 + (SELECT coalesce(max(version), 0) FROM power_set)",
        "小微权力清单的版本接不上。",
    ),
    *append_only("power_set", "小微权力清单"),
    *_of_voucher("payment_approval", "id", "付款的审批记录"),
    *_of_voucher("payment_waiver", "id", "放行的原因", before_posting=False),
    *_of_voucher("incomplete_payment", "voucher_id", "手续不全的付款"),
    *_of_voucher("incomplete_clearing", "voucher_id", "手续不全的结清记录"),
)
