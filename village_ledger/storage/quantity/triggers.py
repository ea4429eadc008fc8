"""What must hold of quantities for a raw connection too: as fixed as their line, in the unit they were typed in."""

from __future__ import annotations

from village_ledger.storage.setup.triggers import opening_frozen
from village_ledger.storage.trigger_words import FIXED, refuse

_FIXED_WORDS = "已记账或作废的凭证，数量不能修改、删除或插入。"
_UNFIT_WORDS = "这一行的科目不按数量核算，或数量和金额的正负不同。"
_UNIT_WORDS = "这个科目已经记了数量，计量单位不能再改。"
_OPENING_WORDS = "期初余额已经定下来，或这个科目不按数量核算，期初数量不能改。"

_LINE_FITS = (
    "(SELECT (l.debit + l.credit > 0) = ({row}.quantity > 0) FROM voucher_line l JOIN quantity_account a "
    "ON a.ledger_id = l.ledger_id AND a.account = l.account WHERE l.voucher_id = {row}.voucher_id AND l.line = {row}.line) IS 1"
)
_MEASURED = (
    "(EXISTS (SELECT 1 FROM voucher_line l JOIN line_quantity q ON q.voucher_id = l.voucher_id AND q.line = l.line "
    "WHERE l.ledger_id = OLD.ledger_id AND l.account = OLD.account) "
    "OR EXISTS (SELECT 1 FROM opening o JOIN opening_quantity q ON q.opening_id = o.id "
    "WHERE o.ledger_id = OLD.ledger_id AND o.account = OLD.account))"
)
_OPENING_FITS = (
    "(SELECT (o.debit + o.credit > 0) = (NEW.quantity > 0) AND o.debit + o.credit <> 0 FROM opening o JOIN quantity_account a "
    "ON a.ledger_id = o.ledger_id AND a.account = o.account WHERE o.id = NEW.opening_id) IS 1"
)


def _ledger_of(row: str) -> str:
    return f"(SELECT ledger_id FROM opening WHERE id = {row}.opening_id)"


_ACCOUNT = [
    refuse(
        "quantity_account_insert",
        "INSERT",
        "quantity_account",
        "EXISTS (SELECT 1 FROM quantity_account WHERE ledger_id = NEW.ledger_id AND account = NEW.account) "
        "OR (SELECT is_leaf FROM account WHERE ledger_id = NEW.ledger_id AND code = NEW.account) IS NOT 1",
        "这个科目已经按数量核算，或不是末级科目。",
    ),
    refuse(
        "quantity_account_update",
        "UPDATE",
        "quantity_account",
        f"NEW.ledger_id <> OLD.ledger_id OR NEW.account <> OLD.account OR (NEW.unit <> OLD.unit AND {_MEASURED})",
        _UNIT_WORDS,
    ),
    refuse("quantity_account_delete", "DELETE", "quantity_account", _MEASURED, _UNIT_WORDS),
]

_LINE = [
    refuse(
        "line_quantity_insert",
        "INSERT",
        "line_quantity",
        f"{FIXED.format(id='NEW.voucher_id')} OR NOT {_LINE_FITS.format(row='NEW')} OR EXISTS (SELECT 1 FROM line_quantity "
        "WHERE voucher_id = NEW.voucher_id AND line = NEW.line)",
        _UNFIT_WORDS,
    ),
    refuse("line_quantity_no_update", "UPDATE", "line_quantity", "", _FIXED_WORDS),
    refuse(
        "line_quantity_delete", "DELETE", "line_quantity", FIXED.format(id="OLD.voucher_id"), _FIXED_WORDS
    ),
    # a line may have been given another account or amount while its voucher was still open
    refuse(
        "posting_quantity",
        "INSERT",
        "posting",
        f"EXISTS (SELECT 1 FROM line_quantity q WHERE q.voucher_id = NEW.voucher_id AND NOT {_LINE_FITS.format(row='q')})",
        _UNFIT_WORDS,
    ),
]

_OPENING = [
    refuse(
        "opening_quantity_insert",
        "INSERT",
        "opening_quantity",
        f"{opening_frozen(_ledger_of('NEW'))} OR NOT {_OPENING_FITS} "
        "OR EXISTS (SELECT 1 FROM opening_quantity WHERE opening_id = NEW.opening_id)",
        _OPENING_WORDS,
    ),
    refuse("opening_quantity_no_update", "UPDATE", "opening_quantity", "", _OPENING_WORDS),
    refuse(
        "opening_quantity_delete",
        "DELETE",
        "opening_quantity",
        opening_frozen(_ledger_of("OLD")),
        _OPENING_WORDS,
    ),
]

QUANTITY: tuple[str, ...] = (*_ACCOUNT, *_LINE, *_OPENING)
RESTING_QUANTITY = ("posting_quantity",)
"""Rests while a first large import writes; ``STRAY_QUANTITY`` asks it of all new rows together."""
STRAY_QUANTITY = (
    f"SELECT 1 FROM line_quantity AS q WHERE q.voucher_id >= ?1 AND NOT {_LINE_FITS.format(row='q')} LIMIT 1",
    _UNFIT_WORDS,
)
