"""What must hold of money between the ledgers even for raw SQL: both sides or neither, one invoice number once."""

from __future__ import annotations

from village_ledger.storage.trigger_words import POSTED, append_only, refuse

_SIDE = "EXISTS (SELECT 1 FROM transfer_side WHERE voucher_id = {id})"
"""Whether the voucher ``{id}`` is a side of a document."""
_LIVE_SIDE = (
    "EXISTS (SELECT 1 FROM transfer_side s JOIN transfer t ON t.id = s.transfer_id "
    "WHERE s.voucher_id = {id} AND t.state = 'live')"
)
_NOT_ALONE = "这张凭证是两账往来的一边，不能单独修改、作废或删除，请到两账往来里两边一起办。"

_VOUCHER = [
    refuse(
        "transfer_side_voucher_update",
        "UPDATE",
        "voucher",
        f"(NEW.state = 'void' OR NEW.day <> OLD.day OR NEW.month <> OLD.month OR NEW.kind <> OLD.kind) "
        f"AND {_LIVE_SIDE.format(id='OLD.id')}",
        _NOT_ALONE,
    ),
    refuse("transfer_side_voucher_delete", "DELETE", "voucher", _SIDE.format(id="OLD.id"), _NOT_ALONE),
    *(
        refuse(f"transfer_side_line_{event.lower()}", event, "voucher_line", when, _NOT_ALONE)
        for event, when in (
            ("INSERT", _SIDE.format(id="NEW.voucher_id")),
            ("UPDATE", f"{_SIDE.format(id='OLD.voucher_id')} OR {_SIDE.format(id='NEW.voucher_id')}"),
            ("DELETE", _SIDE.format(id="OLD.voucher_id")),
        )
    ),
]

# A side is posted only when the other is posted or stands as it must to be posted; the rest is a deferred foreign key.
OTHER_READY = (
    "EXISTS (SELECT 1 FROM transfer_side s JOIN voucher o ON o.id = s.other_id WHERE s.voucher_id = NEW.voucher_id "
    f"AND NOT {POSTED.format(id='o.id')} AND o.state <> CASE NEW.basis WHEN 'reviewed' THEN 'reviewed' ELSE 'entered' END)"
)
_POSTING = [
    refuse(
        "transfer_posting_alone",
        "INSERT",
        "posting",
        OTHER_READY,
        "这张凭证是两账往来的一边，另一边还不能记账，两边要一起记。",
    ),
    (
        "CREATE TRIGGER transfer_posting_pair AFTER INSERT ON posting "
        f"WHEN {_SIDE.format(id='NEW.voucher_id')} BEGIN INSERT INTO transfer_posted (voucher_id, other_id) "
        "SELECT voucher_id, other_id FROM transfer_side WHERE voucher_id = NEW.voucher_id AND other_id IS NOT NULL; END"
    ),
    refuse(
        "transfer_posted_insert",
        "INSERT",
        "transfer_posted",
        f"NOT {POSTED.format(id='NEW.voucher_id')} OR EXISTS (SELECT 1 FROM transfer_posted WHERE voucher_id = NEW.voucher_id)",
        "两账往来的记账记录只由记账写入。",
    ),
    *append_only("transfer_posted", "两账往来的记账记录"),
]

_LINK = [
    refuse(
        "transfer_reversed_alone",
        "INSERT",
        "voucher_link",
        f"NEW.kind = 'reverses' AND {_SIDE.format(id='NEW.to_id')} AND NOT EXISTS (SELECT 1 FROM transfer_side f "
        "JOIN transfer t ON t.id = f.transfer_id JOIN transfer_side o ON o.voucher_id = NEW.to_id "
        "WHERE f.voucher_id = NEW.from_id AND t.reverses_id = o.transfer_id AND f.ledger_id = o.ledger_id)",
        "这张凭证是两账往来的一边，不能单独冲销，请到两账往来里两边一起冲销。",
    ),
]

_TRANSFER = [
    refuse(
        "transfer_insert",
        "INSERT",
        "transfer",
        "NEW.state <> 'live' OR EXISTS (SELECT 1 FROM transfer WHERE id = NEW.id OR (year = NEW.year AND number = NEW.number)) "
        "OR NEW.number <> 1 + (SELECT coalesce(max(number), 0) FROM transfer WHERE year = NEW.year) "
        "OR (NEW.kind IN ('T1', 'T2', 'T3') AND NOT EXISTS (SELECT 1 FROM resolution WHERE number = NEW.resolution)) "
        "OR (NEW.reverses_id IS NOT NULL AND (SELECT t.kind = NEW.kind AND t.amount = -NEW.amount AND t.state = 'live' "
        "AND t.reverses_id IS NULL AND NOT EXISTS (SELECT 1 FROM transfer b WHERE b.reverses_id = t.id AND b.state = 'live') "
        "FROM transfer t WHERE t.id = NEW.reverses_id) IS NOT 1)",
        "往来单号要连续，补助和直接承担要有决议，冲销要和原单金额相等。",
    ),
    refuse(
        "transfer_update",
        "UPDATE",
        "transfer",
        "OLD.state <> 'live' OR NEW.state <> 'void' OR NEW.id <> OLD.id OR NEW.year <> OLD.year OR NEW.number <> OLD.number "
        "OR NEW.kind <> OLD.kind OR NEW.step <> OLD.step OR NEW.day <> OLD.day OR NEW.amount <> OLD.amount "
        "OR NEW.summary <> OLD.summary OR NEW.resolution IS NOT OLD.resolution OR NEW.plan_item <> OLD.plan_item "
        "OR NEW.made_by <> OLD.made_by OR NEW.made_at <> OLD.made_at "
        "OR EXISTS (SELECT 1 FROM transfer_side s WHERE s.transfer_id = OLD.id "
        f"AND {POSTED.format(id='s.voucher_id')}) OR coalesce((SELECT sum(s.amount) FROM transfer_settlement s "
        "JOIN transfer b ON b.id = s.transfer_id WHERE s.settles_id = OLD.id AND b.state = 'live'), 0) <> 0",
        "两账往来单不能修改；没有记账的只能两边一起作废，已记账的两边一起冲销。",
    ),
    # Voiding a document voids both its vouchers: the database does it, so that nobody voids one.
    (
        "CREATE TRIGGER transfer_void_both AFTER UPDATE OF state ON transfer WHEN NEW.state = 'void' BEGIN "
        "UPDATE voucher SET state = 'void', reviewed_by = '', reviewed_at = '' "
        "WHERE id IN (SELECT voucher_id FROM transfer_side WHERE transfer_id = NEW.id); "
        "DELETE FROM unposted WHERE voucher_id IN (SELECT voucher_id FROM transfer_side WHERE transfer_id = NEW.id); "
        "DELETE FROM voucher_link WHERE from_id IN (SELECT voucher_id FROM transfer_side WHERE transfer_id = NEW.id); "
        "DELETE FROM invoice WHERE voucher_id IN (SELECT voucher_id FROM transfer_side WHERE transfer_id = NEW.id); END"
    ),
    refuse("transfer_no_delete", "DELETE", "transfer", "", "两账往来单不能删除。"),
    refuse(
        "transfer_side_insert",
        "INSERT",
        "transfer_side",
        "EXISTS (SELECT 1 FROM transfer_side WHERE voucher_id = NEW.voucher_id "
        "OR (transfer_id = NEW.transfer_id AND ledger_id = NEW.ledger_id)) "
        f"OR {POSTED.format(id='NEW.voucher_id')} "
        "OR (SELECT v.ledger_id = NEW.ledger_id AND v.state = 'entered' AND v.day = t.day FROM voucher v "
        "JOIN transfer t ON t.id = NEW.transfer_id WHERE v.id = NEW.voucher_id) IS NOT 1 "
        "OR (NEW.other_id IS NULL) <> ((SELECT kind FROM transfer WHERE id = NEW.transfer_id) = 'T3') "
        "OR (NEW.other_id IS NOT NULL AND (SELECT ledger_id <> NEW.ledger_id FROM voucher WHERE id = NEW.other_id) IS NOT 1)",
        "两账往来的一边要是本单当天、还没有记账的凭证，另一边在另一本账。",
    ),
    *append_only("transfer_side", "两账往来的凭证"),
    refuse(
        "transfer_settlement_insert",
        "INSERT",
        "transfer_settlement",
        "EXISTS (SELECT 1 FROM transfer_settlement WHERE transfer_id = NEW.transfer_id AND settles_id = NEW.settles_id) "
        "OR (SELECT t.amount - coalesce((SELECT sum(s.amount) FROM transfer_settlement s JOIN transfer b "
        "ON b.id = s.transfer_id WHERE s.settles_id = NEW.settles_id AND b.state = 'live'), 0) >= NEW.amount "
        "FROM transfer t WHERE t.id = NEW.settles_id AND t.state = 'live') IS NOT 1",
        "归还、转交的金额超过了那一份没结清的数。",
    ),
    *append_only("transfer_settlement", "两账往来的归还记录"),
]

_RESOLUTION = [
    refuse(
        "resolution_insert",
        "INSERT",
        "resolution",
        "EXISTS (SELECT 1 FROM resolution WHERE number = NEW.number)",
        "这个决议文号已经有了。",
    ),
    *append_only("resolution", "决议"),
]

# A number is free again once its voucher is void or its red letter is posted.
INVOICE_TAKEN = (
    "EXISTS (SELECT 1 FROM invoice i JOIN voucher v ON v.id = i.voucher_id WHERE i.number = NEW.number AND i.id <> NEW.id "
    "AND v.state <> 'void' AND NOT EXISTS (SELECT 1 FROM voucher_link k JOIN posting p ON p.voucher_id = k.from_id "
    "WHERE k.kind = 'reverses' AND k.to_id = v.id) AND (NEW.slip_id IS NULL OR i.slip_id IS NOT NEW.slip_id))"
)
_INVOICE = [
    refuse(
        "invoice_insert",
        "INSERT",
        "invoice",
        f"{INVOICE_TAKEN} OR EXISTS (SELECT 1 FROM invoice WHERE id = NEW.id OR (voucher_id = NEW.voucher_id "
        "AND number = NEW.number)) OR trim(NEW.number) = '' "
        "OR (SELECT v.ledger_id = NEW.ledger_id FROM voucher v WHERE v.id = NEW.voucher_id) IS NOT 1 "
        "OR (NEW.slip_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM allocation_slip a JOIN transfer_side s "
        "ON s.transfer_id = a.transfer_id JOIN ledger g ON g.id = NEW.ledger_id WHERE a.id = NEW.slip_id "
        "AND a.invoice = NEW.number AND s.voucher_id = NEW.voucher_id "
        "AND NEW.amount = CASE g.kind WHEN 'collective' THEN a.collective ELSE a.committee END))",
        "这个票据号已经入过账，同一张票只能入一次；两家共用的凭分割单分摊。",
    ),
    refuse("invoice_update", "UPDATE", "invoice", "", "已登记的票据号不能修改。"),
    refuse(
        "invoice_delete",
        "DELETE",
        "invoice",
        POSTED.format(id="OLD.voucher_id"),
        "已记账凭证的票据号不能删除。",
    ),
    (
        "CREATE TRIGGER invoice_of_void AFTER UPDATE OF state ON voucher WHEN NEW.state = 'void' BEGIN "
        "DELETE FROM invoice WHERE voucher_id = NEW.id; END"
    ),
    refuse(
        "allocation_slip_insert",
        "INSERT",
        "allocation_slip",
        "EXISTS (SELECT 1 FROM allocation_slip WHERE id = NEW.id OR transfer_id = NEW.transfer_id) "
        "OR NEW.collective + NEW.committee <> NEW.whole "
        "OR (SELECT kind = 'T8' AND amount = NEW.whole FROM transfer WHERE id = NEW.transfer_id) IS NOT 1",
        "分割单各家分摊的金额加起来要等于整张票。",
    ),
    *append_only("allocation_slip", "原始凭证分割单"),
]

INTERLEDGER: tuple[str, ...] = (
    *_VOUCHER,
    *_POSTING,
    *_LINK,
    *_TRANSFER,
    *_RESOLUTION,
    *_INVOICE,
)
RESTING_INTERLEDGER = ("transfer_side_line_insert", "transfer_posting_alone", "transfer_posting_pair")
"""Triggers that rest in a large first import: its vouchers are new, no document names them yet."""
