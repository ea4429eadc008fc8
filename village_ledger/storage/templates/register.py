"""Writing help to book: templates, what recurs, advance rent, grant documents, budgets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date

from village_ledger.domain.period import Month
from village_ledger.domain.prepaid import Basis, Part
from village_ledger.domain.rhythm import Rhythm
from village_ledger.domain.template import Template
from village_ledger.storage.registers import Register
from village_ledger.storage.templates.queries import BudgetLine, GrantDocument, Prepaid, template_body


class TemplatesRegister(Register):
    """One unit of work's hand in these tables."""

    def keep(self, template: Template) -> int:
        """Store a template; one of the same name in its ledger is replaced."""
        made = self._run(
            "INSERT INTO template (ledger_id, name, body, active, changed_by, changed_at) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (ledger_id, name) DO UPDATE SET body = excluded.body, active = excluded.active, "
            "changed_by = excluded.changed_by, changed_at = excluded.changed_at RETURNING id",
            (
                self._ledger_id(template.ledger),
                template.name,
                template_body(template),
                int(template.active),
                self._uow.by,
                self._uow.at,
            ),
        )
        return int(made.scalar_one())

    def rename(self, template_id: int, name: str) -> None:
        """Give a template another name."""
        self._run("UPDATE template SET name = ? WHERE id = ?", (name, template_id))

    # what comes round

    def recur(
        self,
        ledger: str,
        template_id: int,
        rhythm: Rhythm,
        day: int,
        months: tuple[Month, Month | None],
        given: Mapping[str, str],
    ) -> int:
        """Add a recurrence; returns its id."""
        start, end = months
        made = self._run(
            "INSERT INTO recurrence (ledger_id, template_id, months, day, start_month, end_month, given, active, made_by, "
            "made_at) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, ?) RETURNING id",
            (
                self._ledger_id(ledger),
                template_id,
                rhythm.value,
                day,
                str(start),
                "" if end is None else str(end),
                json.dumps(dict(given), ensure_ascii=False),
                self._uow.by,
                self._uow.at,
            ),
        )
        return int(made.scalar_one())

    def stop(self, recurrence_id: int) -> None:
        """Switch a recurrence off."""
        self._run("UPDATE recurrence SET active = 0 WHERE id = ?", (recurrence_id,))

    def done(
        self,
        recurrence_id: int,
        due: date,
        *,
        voucher: int | None = None,
        draft: int | None = None,
        reason: str = "",
    ) -> None:
        """Write down what was done about a due day; a run whose voucher no longer counts gives way."""
        key = (recurrence_id, due.isoformat())
        self._run(
            "DELETE FROM recurrence_run WHERE recurrence_id = ? AND due = ? AND voucher_id IS NOT NULL", key
        )
        self._run(
            "INSERT INTO recurrence_run VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*key, voucher, draft, reason, self._uow.by, self._uow.at),
        )

    def undone(self, recurrence_id: int, due: date) -> None:
        """Take back a skipped due day or one that is still a draft."""
        self._run(
            "DELETE FROM recurrence_run WHERE recurrence_id = ? AND due = ?", (recurrence_id, due.isoformat())
        )

    def draft_became(self, draft_id: int, voucher_id: int) -> None:
        """A draft made for a due day has been saved as a voucher."""
        self._run(
            "UPDATE recurrence_run SET draft_id = NULL, voucher_id = ? WHERE draft_id = ?",
            (voucher_id, draft_id),
        )

    # advance rent

    def choose_basis(self, ledger: str, basis: Basis) -> None:
        """Choose how a ledger releases advance rent; refused once it was used."""
        key = self._ledger_id(ledger)
        self._run("DELETE FROM prepaid_basis WHERE ledger_id = ?", (key,))
        self._run(
            "INSERT INTO prepaid_basis VALUES (?, ?, ?, ?)", (key, basis.value, self._uow.by, self._uow.at)
        )

    def add_prepaid(self, prepaid: Prepaid, line: int, parts: Sequence[Part]) -> int:
        """Store a schedule and its parts; ``line`` is the receipt's line from 1."""
        ids = self._uow.parties.id_of
        made = self._run(
            "INSERT INTO prepaid (ledger_id, voucher_id, line, account, revenue, counterparty_id, project_id, what, total, "
            "first_day, last_day, basis, made_by, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                self._ledger_id(prepaid.ledger),
                prepaid.voucher_id,
                line,
                prepaid.account,
                prepaid.revenue,
                ids("counterparty", prepaid.counterparty),
                ids("project", prepaid.project),
                prepaid.what,
                prepaid.total,
                prepaid.first.isoformat(),
                prepaid.last.isoformat(),
                prepaid.basis.value,
                self._uow.by,
                self._uow.at,
            ),
        )
        prepaid_id = int(made.scalar_one())
        self._run(
            "INSERT INTO prepaid_part VALUES (?, ?, ?, ?, ?, ?, NULL)",
            [
                (
                    prepaid_id,
                    number,
                    part.first.isoformat(),
                    part.last.isoformat(),
                    str(part.due),
                    part.amount,
                )
                for number, part in enumerate(parts, 1)
            ],
        )
        return prepaid_id

    def release(self, prepaid_id: int, numbers: Sequence[int], voucher_id: int) -> None:
        """Name the voucher that released some parts."""
        self._run(
            "UPDATE prepaid_part SET voucher_id = ? WHERE prepaid_id = ? AND number = ?",
            [(voucher_id, prepaid_id, number) for number in numbers],
        )

    # documents and plans

    def add_grant(self, ledger: str, document: GrantDocument) -> None:
        """Register a document; its project is made when new."""
        self._run(
            "INSERT INTO grant_document (ledger_id, project_id, account, number, purpose, granted_on, amount, made_by, "
            "made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._ledger_id(ledger),
                self._uow.parties.id_of("project", document.project),
                document.account,
                document.number,
                document.purpose,
                document.granted_on,
                document.amount,
                self._uow.by,
                self._uow.at,
            ),
        )

    def add_budget(self, ledger: str, year: int, resolution: str, lines: Sequence[BudgetLine]) -> int:
        """Store a plan as the newest version of its year; returns the version."""
        key = self._ledger_id(ledger)
        version = self._run(
            "SELECT 1 + coalesce(max(version), 0) FROM budget WHERE ledger_id = ? AND year = ?", (key, year)
        ).scalar_one()
        self._run(
            "INSERT INTO budget VALUES (?, ?, ?, ?, ?, ?)",
            (key, year, version, resolution, self._uow.by, self._uow.at),
        )
        self._run(
            "INSERT INTO budget_line VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    key,
                    year,
                    version,
                    line.account,
                    self._uow.parties.id_of("project", line.project) or 0,
                    line.amount,
                    line.note,
                )
                for line in lines
            ],
        )
        return int(version)
