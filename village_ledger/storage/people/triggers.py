"""What must hold of people even for raw SQL: nothing once written is changed, deleted or written over."""

from __future__ import annotations

from village_ledger.storage.trigger_words import append_only, refuse

_TABLES = {
    "person": "名册里的人",
    "person_fact": "人员资料的每一次登记",
    "household": "户",
    "household_fact": "户资料的每一次登记",
    "residence": "迁户登记",
    "member_status": "成员身份登记",
    "register_filing": "成员名册的备案",
}
_LINKS = "成员名册的链"
_TAKEN = "EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
"""OR REPLACE deletes without asking the trigger for deletes, so it is refused before it begins."""

_ROWS = [
    trigger
    for table, what in _TABLES.items()
    for trigger in (
        refuse(
            f"{table}_insert",
            "INSERT",
            table,
            _TAKEN.format(table=table)
            + (" OR EXISTS (SELECT 1 FROM household WHERE code = NEW.code)" if table == "household" else ""),
            f"{what}不能覆盖。",
        ),
        *append_only(table, what),
    )
]
PEOPLE: tuple[str, ...] = (
    *_ROWS,
    refuse(
        "people_chain_insert",
        "INSERT",
        "people_chain",
        "NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM people_chain)",
        f"{_LINKS}只能一节接一节。",
    ),
    *append_only("people_chain", _LINKS),
)
