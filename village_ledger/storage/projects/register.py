"""Writing projects: one step at a time."""

from __future__ import annotations

from village_ledger.domain.project import ProjectEntry
from village_ledger.storage.registers import Register


class ProjectRegister(Register):
    """One unit of work's hand in these tables."""

    def write(self, ledger: str, project: str, entry: ProjectEntry) -> None:
        """Add a step; the project's name is made when new."""
        self._run(
            "INSERT INTO project_entry (ledger_id, project_id, step, day, body, digest, made_by, made_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._ledger_id(ledger),
                self._uow.parties.id_of("project", project),
                entry.step.value,
                entry.day.isoformat(),
                entry.text(),
                entry.digest(ledger, project),
                self._uow.by,
                self._uow.at,
            ),
        )
