"""Projects: budget, tender, contract, acceptance, final account: proof."""

from __future__ import annotations

from collections.abc import Iterator

from village_ledger.domain.finding import Finding
from village_ledger.domain.project import ProjectStep, entry_of
from village_ledger.storage.projects.queries import ProjectQueries

RULE = "V75"
WRITTEN = "项目"
"""Word of the operation log."""


class ProjectInspection(ProjectQueries):
    """Findings about 项目 (V75)."""

    def findings(self) -> Iterator[Finding]:
        """Every step is as it was written, in the log, and in an order that can be."""
        logged = {
            (ledger, subject, detail.rpartition(" ")[2])
            for ledger, subject, detail in self._all(
                "SELECT ledger, subject, detail FROM operation WHERE action = ?", WRITTEN
            )
        }
        seen: dict[tuple[str, str], set[ProjectStep]] = {}
        count = 0
        for ledger, project, step, day, body, digest in self._all(
            "SELECT g.code, p.name, e.step, e.day, e.body, e.digest FROM project_entry e JOIN ledger g ON g.id = e.ledger_id "
            "JOIN party p ON p.id = e.project_id ORDER BY e.id"
        ):
            entry = entry_of(step, day, body)
            count += 1
            record = f"项目 {project} {entry.step.words}"
            found = entry.digest(ledger, project)
            if found != digest:
                yield Finding(RULE, record, "和写下时不一样", ledger, digest[:16], found[:16])
            elif (ledger, project, digest[:16]) not in logged:
                yield Finding(RULE, record, "操作日志里没有这一步", ledger)
            done = seen.setdefault((ledger, project), set())
            if entry.step is ProjectStep.ACCEPTANCE and ProjectStep.CONTRACT not in done:
                yield Finding(RULE, record, "验收在合同之前", ledger)
            if ProjectStep.FINAL in done:
                yield Finding(RULE, record, "决算以后还有记录", ledger)
            done.add(entry.step)
        if len(logged) > count:
            yield Finding(RULE, "项目", "操作日志里的步骤比账里的多", "", str(len(logged)), str(count))
