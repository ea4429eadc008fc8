"""When what stands on a voucher counts, as SQL: while the voucher is neither void nor reversed, now or on a day."""

from __future__ import annotations

COUNTS = "v.state <> 'void' AND NOT EXISTS (SELECT 1 FROM voucher_link k WHERE k.kind = 'reverses' AND k.to_id = v.id)"
"""Whether voucher ``v`` counts now."""
COUNTED = (
    "v.state <> 'void' AND v.day <= {day} AND NOT EXISTS (SELECT 1 FROM voucher_link k JOIN voucher r "
    "ON r.id = k.from_id WHERE k.kind = 'reverses' AND k.to_id = v.id AND r.state <> 'void' AND r.day <= {day})"
)
"""Whether voucher ``v`` counted at the end of a day."""
POSTED = (
    "v.day <= {day} AND EXISTS (SELECT 1 FROM posting p WHERE p.voucher_id = v.id) AND NOT EXISTS (SELECT 1 FROM voucher_link k "
    "JOIN voucher r ON r.id = k.from_id JOIN posting q ON q.voucher_id = r.id WHERE k.kind = 'reverses' AND k.to_id = v.id "
    "AND r.day <= {day})"
)
"""Whether voucher ``v`` was in the books at the end of a day: posted, and no posted one undid it."""
EVENTS = (
    "asset_event e JOIN asset_event_voucher ev ON ev.event_id = e.id JOIN voucher v ON v.id = ev.voucher_id"
)
"""Events and the vouchers they stand on."""
LINES = "depreciation_line d JOIN depreciation_voucher dv ON dv.run_id = d.run_id JOIN voucher v ON v.id = dv.voucher_id"
"""Months of depreciation and the vouchers they stand on."""
ENDING = "('dispose', 'hand-over', 'complete', 'turn')"
CARD = "c.version = (SELECT max(x.version) FROM asset_card x WHERE x.asset_id = c.asset_id)"
"""Whether ``c`` is the newest version of its card."""
REF = "v.month || '/' || v.word || '-' || printf('%04d', v.number)"
