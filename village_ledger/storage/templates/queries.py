"""Reading help to book: templates, what recurs, advance rent, grant documents, budgets and what they have used."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from village_ledger.domain.period import Month
from village_ledger.domain.prepaid import Basis
from village_ledger.domain.project_money import FundAccounts, VoucherSums
from village_ledger.domain.rhythm import Rhythm
from village_ledger.domain.template import Template, Variable, VariableKind
from village_ledger.domain.voucher import DraftLine
from village_ledger.storage.queries import Queries, Record, day_of, marks


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A template that comes round, with the values given to its variables."""

    id: int
    ledger: str
    template_id: int
    name: str
    rhythm: Rhythm
    day: int
    start: Month
    end: Month | None
    given: dict[str, str]
    active: bool


@dataclass(frozen=True, slots=True)
class Run:
    """What was done about a due day: exactly one of voucher, draft and reason."""

    recurrence_id: int
    due: date
    voucher_id: int | None
    draft_id: int | None
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class PrepaidPart:
    """One part of an advance as stored; ``voucher_id`` None while it is not released."""

    number: int
    first: date
    last: date
    due: Month
    amount: int
    voucher_id: int | None
    voucher: str
    """Ref of the releasing voucher, empty when none counts."""


@dataclass(frozen=True, slots=True)
class Prepaid:
    """Rent received in advance and its parts; amounts in fen."""

    id: int
    ledger: str
    voucher_id: int
    voucher: str
    stands: bool
    """Whether the receipt still counts: neither void nor reversed."""
    account: str
    revenue: str
    counterparty: str
    project: str
    what: str
    total: int
    first: date
    last: date
    basis: Basis
    parts: tuple[PrepaidPart, ...]

    @property
    def released(self) -> int:
        """What has become revenue."""
        return sum(part.amount for part in self.parts if part.voucher_id is not None)

    @property
    def left(self) -> int:
        """What still waits."""
        return self.total - self.released


@dataclass(frozen=True, slots=True)
class GrantDocument:
    """A document that gave a project money."""

    project: str
    account: str
    number: str
    purpose: str
    granted_on: str
    amount: int


@dataclass(frozen=True, slots=True)
class ProjectFund:
    """What came in for a project and what went out, fen; vouchers entered count, void ones do not."""

    project: str
    received: int
    spent: int

    @property
    def left(self) -> int:
        """Below zero when more was spent than came in."""
        return self.received - self.spent


@dataclass(frozen=True, slots=True)
class BudgetVersion:
    """A year's plan or a revision of it."""

    year: int
    version: int
    resolution: str
    made_by: str
    made_at: str


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A planned amount; an empty project means whatever the account bears."""

    account: str
    project: str
    amount: int
    note: str = ""


def template_body(template: Template) -> str:
    """A template as stored."""
    body = {
        "lines": [{name: getattr(line, name) for name in DraftLine.__slots__} for line in template.lines],
        "variables": [[v.name, v.kind.value, v.default] for v in template.variables],
        **{name: getattr(template, name) for name in _HEAD},
    }
    return json.dumps(body, ensure_ascii=False)


_HEAD = ("attachments", "no_attachment_reason", "handler", "witness", "approver")
_COUNTS = "v.state <> 'void' AND NOT EXISTS (SELECT 1 FROM voucher_link k WHERE k.kind = 'reverses' AND k.to_id = v.id)"
"""Whether voucher ``v`` counts: neither void nor reversed."""
_REF = "v.month || '/' || v.word || '-' || printf('%04d', v.number)"


def _template(row: Record) -> Template:
    template_id, ledger, name, text, active = row
    body: dict[str, Any] = json.loads(text)
    return Template(
        ledger,
        name,
        tuple(DraftLine(**line) for line in body["lines"]),
        tuple(Variable(n, VariableKind(kind), default) for n, kind, default in body["variables"]),
        **{key: body[key] for key in _HEAD},
        id=template_id,
        active=bool(active),
    )


class TemplateQueries(Queries):
    """What the tables of templates hold."""

    def templates(self, ledger: str, *, with_inactive: bool = False) -> list[Template]:
        """The templates of a ledger by name."""
        rows = self._all(
            "SELECT t.id, l.code, t.name, t.body, t.active FROM template t JOIN ledger l ON l.id = t.ledger_id "
            "WHERE t.ledger_id = ? AND t.active >= ? ORDER BY t.name",
            self._ledger_id(ledger),
            0 if with_inactive else 1,
        )
        return [_template(row) for row in rows]

    def template(self, template_id: int) -> Template | None:
        """A template by its id."""
        row = self._one(
            "SELECT t.id, l.code, t.name, t.body, t.active FROM template t JOIN ledger l ON l.id = t.ledger_id "
            "WHERE t.id = ?",
            template_id,
        )
        return None if row is None else _template(row)

    def recurrences(self, ledger: str, *, with_inactive: bool = False) -> list[Recurrence]:
        """What comes round in a ledger, by the name of its template."""
        rows = self._all(
            "SELECT r.id, r.template_id, t.name, r.months, r.day, r.start_month, r.end_month, r.given, r.active "
            "FROM recurrence r JOIN template t ON t.id = r.template_id WHERE r.ledger_id = ? AND r.active >= ? "
            "ORDER BY t.name, r.id",
            self._ledger_id(ledger),
            0 if with_inactive else 1,
        )
        return [
            Recurrence(
                i,
                ledger,
                template_id,
                name,
                Rhythm(months),
                day,
                Month.parse(start),
                Month.parse(end) if end else None,
                json.loads(given or "{}"),
                bool(active),
            )
            for i, template_id, name, months, day, start, end, given, active in rows
        ]

    def recurrence_runs(self, ledger: str) -> list[Run]:
        """What was done about due days; a run whose voucher is void or reversed no longer counts."""
        rows = self._all(
            "SELECT u.recurrence_id, u.due, u.voucher_id, u.draft_id, u.reason, u.done_by FROM recurrence_run u "
            "JOIN recurrence r ON r.id = u.recurrence_id LEFT JOIN voucher v ON v.id = u.voucher_id "
            f"WHERE r.ledger_id = ? AND (u.voucher_id IS NULL OR ({_COUNTS})) ORDER BY u.due, u.recurrence_id",
            self._ledger_id(ledger),
        )
        return [
            Run(i, day_of(due), voucher, draft, reason, by) for i, due, voucher, draft, reason, by in rows
        ]

    def prepaid_basis(self, ledger: str) -> Basis | None:
        """How the ledger releases advance rent; None while it has not been chosen."""
        value = self._value("SELECT basis FROM prepaid_basis WHERE ledger_id = ?", self._ledger_id(ledger))
        return None if value is None else Basis(value)

    def prepaids(self, ledger: str, prepaid_id: int | None = None) -> list[Prepaid]:
        """Advances of a ledger with their parts, by first day."""
        parts: dict[int, list[PrepaidPart]] = {}
        for i, number, first, last, due, amount, voucher_id, ref, counts in self._all(
            "SELECT p.prepaid_id, p.number, p.first_day, p.last_day, p.due_month, p.amount, p.voucher_id, "
            f"{_REF}, coalesce({_COUNTS}, 0) FROM prepaid_part p JOIN prepaid a ON a.id = p.prepaid_id "
            "LEFT JOIN voucher v ON v.id = p.voucher_id WHERE a.ledger_id = ? ORDER BY p.prepaid_id, p.number",
            self._ledger_id(ledger),
        ):
            done = voucher_id is not None and bool(counts)
            parts.setdefault(i, []).append(
                PrepaidPart(
                    number,
                    day_of(first),
                    day_of(last),
                    Month.parse(due),
                    amount,
                    voucher_id if done else None,
                    ref if done else "",
                )
            )
        rows = self._all(
            f"SELECT a.id, a.voucher_id, {_REF}, coalesce({_COUNTS}, 0), a.account, a.revenue, c.name, "
            "coalesce(j.name, ''), a.what, a.total, a.first_day, a.last_day, a.basis FROM prepaid a "
            "JOIN party c ON c.id = a.counterparty_id LEFT JOIN party j ON j.id = a.project_id "
            "LEFT JOIN voucher v ON v.id = a.voucher_id WHERE a.ledger_id = ?1 AND (?2 IS NULL OR a.id = ?2) "
            "ORDER BY a.first_day, a.id",
            self._ledger_id(ledger),
            prepaid_id,
        )
        return [
            Prepaid(
                i,
                ledger,
                voucher_id,
                ref or "",
                bool(stands),
                account,
                revenue,
                party,
                project,
                what,
                total,
                day_of(first),
                day_of(last),
                Basis(basis),
                tuple(parts.get(i, ())),
            )
            for i, voucher_id, ref, stands, account, revenue, party, project, what, total, first, last, basis in rows
        ]

    def grant_documents(self, ledger: str, project: str = "") -> list[GrantDocument]:
        """The documents of a ledger's projects, or of one project, in the order registered."""
        rows = self._all(
            "SELECT p.name, g.account, g.number, g.purpose, g.granted_on, g.amount FROM grant_document g "
            "JOIN party p ON p.id = g.project_id WHERE g.ledger_id = ?1 AND (?2 = '' OR p.name = ?2) "
            "ORDER BY p.name, g.id",
            self._ledger_id(ledger),
            project,
        )
        return [GrantDocument(*row) for row in rows]

    def project_fund(self, ledger: str, project: str, kinds: FundAccounts, through: str = "9") -> ProjectFund:
        """What a project received and spent up to a day (ISO).

        Money spent is, voucher by voucher, what expenses took for the project, what its assets gained from elsewhere, and
        what left the funds without passing to equity or income (a direct payment, a return): the transfers 241 → 311
        and 153 → 151 are no spending.
        """
        party = self._value("SELECT id FROM party WHERE kind = 'project' AND name = ?", project)
        if party is None:
            return ProjectFund(project, 0, 0)
        ledger_id = self._ledger_id(ledger)
        received = self._value(
            "SELECT coalesce(sum(credit - debit), 0) FROM opening WHERE ledger_id = ? AND project_id = ? "
            f"AND account IN ({marks(kinds.funds)})",
            ledger_id,
            party,
            *kinds.funds,
        )
        vouchers: dict[int, VoucherSums] = {}
        for voucher_id, account, debit, credit in self._all(
            "SELECT l.voucher_id, l.account, l.debit, l.credit FROM voucher_line l JOIN voucher v ON v.id = l.voucher_id "
            "WHERE l.project_id = ? AND l.ledger_id = ? AND l.day <= ? AND v.state <> 'void'",
            party,
            ledger_id,
            through,
        ):
            vouchers.setdefault(voucher_id, VoucherSums()).take(kinds, account, debit, credit)
        spent = 0
        for voucher_id, sums in vouchers.items():
            received += sums.came
            spent += sums.spent(self._passed_on(voucher_id) if sums.left else 0)
        return ProjectFund(project, received, spent)

    def _passed_on(self, voucher_id: int) -> int:
        """What a voucher credits to equity and income."""
        return self._value(
            "SELECT coalesce(sum(l.credit), 0) FROM voucher_line l JOIN account a ON a.ledger_id = l.ledger_id "
            "AND a.code = l.account WHERE l.voucher_id = ? AND (a.category IN ('所有者权益', '净资产', '收入') "
            "OR (a.category = '损益' AND a.side = '贷'))",
            voucher_id,
        )

    def budget_versions(self, ledger: str, year: int) -> list[BudgetVersion]:
        """The plan of a year and its revisions, oldest first."""
        rows = self._all(
            "SELECT year, version, resolution, made_by, made_at FROM budget WHERE ledger_id = ? AND year = ? "
            "ORDER BY version",
            self._ledger_id(ledger),
            year,
        )
        return [BudgetVersion(*row) for row in rows]

    def budget_lines(self, ledger: str, year: int, version: int | None = None) -> list[BudgetLine]:
        """The lines of a version, by default the newest; by account, those without a project first."""
        ledger_id = self._ledger_id(ledger)
        rows = self._all(
            "SELECT b.account, coalesce(p.name, ''), b.amount, b.note FROM budget_line b LEFT JOIN party p "
            "ON p.id = b.project_id WHERE b.ledger_id = ?1 AND b.year = ?2 AND b.version = coalesce(?3, (SELECT "
            "max(version) FROM budget WHERE ledger_id = ?1 AND year = ?2)) ORDER BY b.account, 2",
            ledger_id,
            year,
            version,
        )
        return [BudgetLine(*row) for row in rows]

    def year_used(self, ledger: str, year: int, leaves: Sequence[str], project: str = "") -> tuple[int, int]:
        """(debits, credits) of accounts in a year, vouchers entered included, void and carry-forward ones not."""
        if not leaves:
            return 0, 0
        ledger_id, codes = self._ledger_id(ledger), marks(leaves)
        if project:
            row = self._one(
                "SELECT coalesce(sum(l.debit), 0), coalesce(sum(l.credit), 0) FROM party p JOIN voucher_line l "
                "ON l.project_id = p.id AND l.ledger_id = ? JOIN voucher v ON v.id = l.voucher_id AND v.state <> 'void' "
                f"AND substr(v.month, 6) <> '13' WHERE p.kind = 'project' AND p.name = ? AND l.account IN ({codes}) "
                "AND l.day >= ? AND l.day <= ?",
                ledger_id,
                project,
                *leaves,
                f"{year}-01-01",
                f"{year}-12-31",
            )
            return (row[0], row[1]) if row is not None else (0, 0)
        posted = self._one(
            "SELECT coalesce(sum(debit), 0), coalesce(sum(credit), 0) FROM month_total WHERE ledger_id = ? "
            f"AND account IN ({codes}) AND month >= ? AND month <= ?",
            ledger_id,
            *leaves,
            f"{year}-01",
            f"{year}-12",
        ) or (0, 0)
        waiting = self._one(
            "SELECT coalesce(sum(l.debit), 0), coalesce(sum(l.credit), 0) FROM unposted u JOIN voucher_line l "
            f"ON l.voucher_id = u.voucher_id WHERE u.ledger_id = ? AND l.account IN ({codes}) AND u.day >= ? "
            "AND u.day <= ?",
            ledger_id,
            *leaves,
            f"{year}-01-01",
            f"{year}-12-31",
        ) or (0, 0)
        return posted[0] + waiting[0], posted[1] + waiting[1]
