"""What must hold of parcels even for raw SQL: nothing once written is changed, deleted or written over."""

from __future__ import annotations

from village_ledger.storage.trigger_words import append_only, refuse

_TABLES = {
    "parcel": "资源台账的地块",
    "parcel_state": "地块资料的每一次登记",
    "parcel_event": "地块的分割、合并和注销",
    "parcel_step": "分割、合并和注销的地块",
    "parcel_sketch": "地块的草图",
}
_LINKS = "资源台账的链"
_TAKEN = "EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id{same})"
"""OR REPLACE deletes without asking the trigger for deletes, so it is refused before it begins."""
_SAME = {
    "parcel": " OR (ledger_id = NEW.ledger_id AND code = NEW.code)) "
    "OR EXISTS (SELECT 1 FROM asset WHERE ledger_id = NEW.ledger_id AND code = NEW.code",
    "parcel_step": " OR (parcel_id = NEW.parcel_id AND side = NEW.side)",
}

PARCELS: tuple[str, ...] = (
    *(
        trigger
        for table, what in _TABLES.items()
        for trigger in (
            refuse(
                f"{table}_insert",
                "INSERT",
                table,
                _TAKEN.format(table=table, same=_SAME.get(table, "")),
                f"{what}不能覆盖。",
            ),
            *append_only(table, what),
        )
    ),
    refuse(
        "parcel_state_ended",
        "INSERT",
        "parcel_state",
        "EXISTS (SELECT 1 FROM parcel_step WHERE parcel_id = NEW.parcel_id AND side = 'before')",
        "这块地已经分割、合并或注销，不能再登记。",
    ),
    refuse(
        "parcel_chain_insert",
        "INSERT",
        "parcel_chain",
        "NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM parcel_chain)",
        f"{_LINKS}只能一节接一节。",
    ),
    *append_only("parcel_chain", _LINKS),
)
