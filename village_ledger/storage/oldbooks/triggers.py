"""An import is written once; its files are not taken into the same ledger a second time."""

from __future__ import annotations

from village_ledger.storage.trigger_words import append_only, refuse

OLDBOOKS: tuple[str, ...] = (
    refuse(
        "old_import_insert",
        "INSERT",
        "old_import",
        "EXISTS (SELECT 1 FROM old_import WHERE id = NEW.id OR (ledger_id = NEW.ledger_id AND mark = NEW.mark))",
        "这几个文件已经导入过。",
    ),
    *append_only("old_import", "旧账导入的记录"),
)
