"""Versions of a registered sheet rest as they were written."""

from __future__ import annotations

from village_ledger.storage.trigger_words import append_only, refuse

_SAME = "ledger_id = NEW.ledger_id AND report = NEW.report AND first_day = NEW.first_day AND last_day = NEW.last_day"

VERSIONS: tuple[str, ...] = (
    refuse(
        "sheet_version_insert",
        "INSERT",
        "sheet_version",
        "NEW.seq <> 1 + (SELECT coalesce(max(seq), 0) FROM sheet_version) OR length(NEW.digest) <> 32 OR "
        "NEW.previous <> coalesce((SELECT digest FROM sheet_version ORDER BY seq DESC LIMIT 1), zeroblob(32))",
        "公开表的版本接不上，不能插入。",
    ),
    refuse(
        "sheet_version_of_sheet",
        "INSERT",
        "sheet_version",
        f"NOT EXISTS (SELECT 1 FROM sheet WHERE code = NEW.code AND {_SAME}) OR (NEW.corrects <> '' AND "
        f"NOT EXISTS (SELECT 1 FROM sheet WHERE code = NEW.corrects AND {_SAME})) OR "
        "NEW.corrects = NEW.code OR "
        f"NEW.number <= (SELECT coalesce(max(number), 0) FROM sheet_version WHERE {_SAME})",
        "公开表的版本和登记的表对不上，不能插入。",
    ),
    *append_only("sheet_version", "公开表的版本"),
)
