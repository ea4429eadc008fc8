"""What must hold of dividends even for raw SQL: whole or not at all, never changed, no line paid beyond its amount."""

from __future__ import annotations

from village_ledger.storage.trigger_words import append_only, refuse

STANDS = (
    "(SELECT w.state <> 'void' AND NOT EXISTS (SELECT 1 FROM voucher_link k JOIN posting q ON q.voucher_id = k.from_id "
    "WHERE k.kind = 'reverses' AND k.to_id = w.id) FROM voucher w WHERE w.id = {id})"
)
"""Whether the voucher ``{id}`` is neither void nor undone by a posted red letter."""
LIVE = (
    "EXISTS (SELECT 1 FROM dividend_voucher b WHERE b.dividend_id = {id} AND b.part <> 'payment' AND "
    + STANDS.format(id="b.voucher_id")
    + ")"
)
"""Whether the dividend ``{id}`` still stands."""
COUNTS = (
    "(NOT EXISTS (SELECT 1 FROM dividend_payment_result f WHERE f.payment_id = {p}.id AND f.result = 'failed') AND "
    + STANDS.format(id="{p}.voucher_id")
    + ")"
)
"""Whether a payment (alias ``{p}``) is money that was paid: its voucher stands and the bank did not send it back."""
_SUM = "coalesce((SELECT sum(amount) FROM dividend_line WHERE dividend_id = NEW.id{only}), 0)"
_BOOKED = (
    "coalesce((SELECT sum(l.debit) FROM dividend_voucher b JOIN voucher_line l ON l.voucher_id = b.voucher_id "
    "WHERE b.dividend_id = NEW.id AND b.part = '{part}'), 0)"
)
_OF_DIVIDEND = "EXISTS (SELECT 1 FROM dividend_voucher WHERE voucher_id = {id})"
_PAID_ON = (
    "EXISTS (SELECT 1 FROM dividend_voucher b JOIN dividend_payment y ON y.dividend_id = b.dividend_id "
    "WHERE b.voucher_id = {id} AND b.part <> 'payment' AND " + COUNTS.format(p="y") + ")"
)
_NOT_EDITED = "这张凭证记的是分红，不能单独修改或删除；记错了请作废或红字冲销后重做。"
_PAID_ALREADY = "这次分红已经发放过，凭证不能作废或冲销；请先冲销发放的凭证。"

_VOUCHER = [
    refuse(
        "dividend_voucher_changed",
        "UPDATE",
        "voucher",
        f"(NEW.day <> OLD.day OR NEW.month <> OLD.month OR NEW.kind <> OLD.kind) AND {_OF_DIVIDEND.format(id='OLD.id')}",
        _NOT_EDITED,
    ),
    refuse(
        "dividend_voucher_void",
        "UPDATE",
        "voucher",
        f"NEW.state = 'void' AND OLD.state <> 'void' AND {_PAID_ON.format(id='OLD.id')}",
        _PAID_ALREADY,
    ),
    refuse("dividend_voucher_deleted", "DELETE", "voucher", _OF_DIVIDEND.format(id="OLD.id"), _NOT_EDITED),
    refuse(
        "dividend_voucher_reversed",
        "INSERT",
        "voucher_link",
        f"NEW.kind = 'reverses' AND {_PAID_ON.format(id='NEW.to_id')}",
        _PAID_ALREADY,
    ),
    *(
        refuse(f"dividend_voucher_line_{event.lower()}", event, "voucher_line", when, _NOT_EDITED)
        for event, when in (
            ("INSERT", _OF_DIVIDEND.format(id="NEW.voucher_id")),
            (
                "UPDATE",
                f"{_OF_DIVIDEND.format(id='OLD.voucher_id')} OR {_OF_DIVIDEND.format(id='NEW.voucher_id')}",
            ),
            ("DELETE", _OF_DIVIDEND.format(id="OLD.voucher_id")),
        )
    ),
]

_WRITTEN = "EXISTS (SELECT 1 FROM dividend WHERE id = NEW.dividend_id)"
_PARTS = [
    refuse(
        "dividend_class_insert",
        "INSERT",
        "dividend_class",
        f"{_WRITTEN} OR EXISTS (SELECT 1 FROM dividend_class WHERE dividend_id = NEW.dividend_id AND class_id = NEW.class_id)",
        "分红记下以后不能再加股份类别。",
    ),
    *append_only("dividend_class", "参加分红的股份类别"),
    refuse(
        "dividend_line_insert",
        "INSERT",
        "dividend_line",
        f"{_WRITTEN} OR EXISTS (SELECT 1 FROM dividend_line WHERE dividend_id = NEW.dividend_id AND line = NEW.line)",
        "分红记下以后不能再加明细。",
    ),
    *append_only("dividend_line", "分红明细"),
    refuse(
        "dividend_voucher_insert",
        "INSERT",
        "dividend_voucher",
        "EXISTS (SELECT 1 FROM dividend_voucher WHERE voucher_id = NEW.voucher_id) "
        f"OR (NEW.part = 'payment') <> {_WRITTEN} "
        "OR (NEW.part = 'payment' AND (SELECT v.ledger_id = d.ledger_id FROM voucher v, dividend d "
        "WHERE v.id = NEW.voucher_id AND d.id = NEW.dividend_id) IS NOT 1)",
        "分红的凭证要和分红一起记，发放的凭证要属于同一本账。",
    ),
    *append_only("dividend_voucher", "分红的凭证"),
]

_DIVIDEND = [
    refuse(
        "dividend_insert",
        "INSERT",
        "dividend",
        "EXISTS (SELECT 1 FROM dividend WHERE id = NEW.id) "
        f"OR {_SUM.format(only='')} <> NEW.amount OR NEW.record_date > NEW.day "
        "OR NOT EXISTS (SELECT 1 FROM dividend_class WHERE dividend_id = NEW.id) "
        "OR EXISTS (SELECT 1 FROM dividend_line l JOIN share_account a ON a.id = l.account_id WHERE l.dividend_id = NEW.id "
        "AND NOT EXISTS (SELECT 1 FROM dividend_class c WHERE c.dividend_id = NEW.id AND c.class_id = a.class_id)) "
        "OR NOT EXISTS (SELECT 1 FROM resolution r WHERE r.number = NEW.resolution AND r.day <= NEW.day "
        "AND r.body IN ('assembly', 'representatives') AND r.published <> '')",
        "分红明细加起来要等于分红总额，并有公示过的成员（代表）大会决议。",
    ),
    refuse(
        "dividend_insert_booked",
        "INSERT",
        "dividend",
        " OR ".join(
            f"{_BOOKED.format(part=part)} <> {_SUM.format(only=f' AND kind IN ({kinds})')}"
            for part, kinds in (("members", "'member'"), ("outsiders", "'outsider', 'estate'"))
        )
        + f" OR {_BOOKED.format(part='reserve')} NOT IN (0, "
        + _SUM.format(only=" AND kind = 'collective'")
        + ") OR EXISTS (SELECT 1 FROM dividend_voucher b JOIN voucher v ON v.id = b.voucher_id WHERE b.dividend_id = NEW.id "
        "AND (v.ledger_id <> NEW.ledger_id OR v.day <> NEW.day OR v.state <> 'entered'))",
        "分红的凭证和明细对不上。",
    ),
    refuse(
        "dividend_insert_twice",
        "INSERT",
        "dividend",
        "EXISTS (SELECT 1 FROM dividend d WHERE d.ledger_id = NEW.ledger_id AND d.year = NEW.year AND d.id <> NEW.id "
        f"AND {LIVE.format(id='d.id')})",
        "这一年已经分过红。",
    ),
    *append_only("dividend", "分红"),
]

_PAYMENT = [
    refuse(
        "dividend_payment_insert",
        "INSERT",
        "dividend_payment",
        f"EXISTS (SELECT 1 FROM dividend_payment WHERE id = NEW.id) OR NOT {LIVE.format(id='NEW.dividend_id')} "
        "OR NOT EXISTS (SELECT 1 FROM dividend_voucher WHERE voucher_id = NEW.voucher_id AND part = 'payment' "
        "AND dividend_id = NEW.dividend_id) "
        "OR (SELECT l.kind <> 'collective' AND NEW.amount + coalesce((SELECT sum(p.amount) FROM dividend_payment p "
        f"WHERE p.dividend_id = l.dividend_id AND p.line = l.line AND {COUNTS.format(p='p')}), 0) <= l.amount "
        "FROM dividend_line l WHERE l.dividend_id = NEW.dividend_id AND l.line = NEW.line) IS NOT 1",
        "发放的钱超过了应领的数，或没有发放的凭证。",
    ),
    *append_only("dividend_payment", "分红的发放记录"),
    refuse(
        "dividend_payment_result_insert",
        "INSERT",
        "dividend_payment_result",
        "EXISTS (SELECT 1 FROM dividend_payment_result WHERE id = NEW.id) "
        f"OR (SELECT p.method = 'bank' AND {COUNTS.format(p='p')} FROM dividend_payment p WHERE p.id = NEW.payment_id) IS NOT 1",
        "只有还算数的银行发放才有银行的结果。",
    ),
    *append_only("dividend_payment_result", "银行的结果"),
]

DIVIDENDS: tuple[str, ...] = (*_VOUCHER, *_PARTS, *_DIVIDEND, *_PAYMENT)
RESTING_DIVIDENDS = ("dividend_voucher_line_insert",)
"""Rests in a large first import: no dividend names its vouchers yet."""
