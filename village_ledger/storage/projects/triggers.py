"""Projects: budget, tender, contract, acceptance, final account: what must hold against raw SQL."""

from __future__ import annotations

from village_ledger.storage.trigger_words import append_only, refuse

_OWN = "FROM project_entry WHERE ledger_id = NEW.ledger_id AND project_id = NEW.project_id"

PROJECTS: tuple[str, ...] = (
    refuse(
        "project_entry_insert",
        "INSERT",
        "project_entry",
        "EXISTS (SELECT 1 FROM project_entry WHERE id = NEW.id) OR EXISTS (SELECT 1 FROM party "
        "WHERE id = NEW.project_id AND kind <> 'project') "
        f"OR (NEW.step <> 'card' AND NOT EXISTS (SELECT 1 {_OWN} AND step = 'card')) "
        f"OR EXISTS (SELECT 1 {_OWN} AND step = 'final') "
        f"OR (NEW.step IN ('change', 'acceptance', 'final') AND NOT EXISTS (SELECT 1 {_OWN} AND step = 'contract')) "
        f"OR (NEW.step = 'final' AND NOT EXISTS (SELECT 1 {_OWN} AND step = 'acceptance'))",
        "项目的这一步前面还有没办的，或已经决算，不能写。",
    ),
    *append_only("project_entry", "项目的记录"),
)
