"""Projects: budget, tender, contract, acceptance, final account: reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.errors import ProjectError
from village_ledger.domain.period import Month
from village_ledger.domain.project import Project, ProjectEntry, entry_of
from village_ledger.domain.voucher import VoucherRef
from village_ledger.storage.queries import Queries, day_of, marks

_COUNTS = "v.state <> 'void'"


@dataclass(frozen=True, slots=True)
class ProjectPayment:
    """Money a voucher paid for a project, and to whom as far as it is written."""

    voucher_id: int
    ref: VoucherRef
    day: date
    summary: str
    amount: int
    payees: frozenset[str]
    posted: bool


class ProjectQueries(Queries):
    """Projects: budget, tender, contract, acceptance, final account."""

    def project_files(self, ledger: str) -> list[Project]:
        """Projects of a ledger in the order they were opened."""
        found: dict[str, list[ProjectEntry]] = {}
        for name, *row in self._all(
            "SELECT p.name, e.step, e.day, e.body, e.made_by, e.made_at FROM project_entry e "
            "JOIN party p ON p.id = e.project_id WHERE e.ledger_id = ? ORDER BY e.id",
            self._ledger_id(ledger),
        ):
            found.setdefault(name, []).append(entry_of(*row))
        return [Project.folded(ledger, name, entries) for name, entries in found.items()]

    def project_file(self, ledger: str, name: str) -> Project:
        """One project; raises ProjectError naming those there are."""
        known = self.project_files(ledger)
        found = next((one for one in known if one.name == name), None)
        if found is None:
            there = "、".join(one.name for one in known) or "还没有"
            raise ProjectError(f"没有立项的项目“{name}”", f"立了项的有：{there}。")
        return found

    def project_payments(
        self, ledger: str, project: str, uses: Sequence[str], through: str = "9"
    ) -> list[ProjectPayment]:
        """What vouchers that count paid for a project, by day.

        Of a voucher, money paid is its credits on money accounts, as far as debits on the project's own lines go
        (``uses``: leaves a project's money is spent on, payables included); red letters take it back.
        """
        if not uses:
            return []
        rows = self._all(
            "SELECT v.id, v.month, v.word, v.number, v.day, min(l.summary), sum(l.debit), (SELECT sum(m.credit) "
            "FROM voucher_line m JOIN account a ON a.ledger_id = m.ledger_id AND a.code = m.account "
            "WHERE m.voucher_id = v.id AND a.money <> ''), (SELECT group_concat(DISTINCT c.name) FROM voucher_line x "
            "JOIN party c ON c.id = x.counterparty_id WHERE x.voucher_id = v.id), EXISTS (SELECT 1 FROM posting "
            "WHERE voucher_id = v.id) FROM party p JOIN voucher_line l ON l.project_id = p.id AND l.ledger_id = ? "
            f"JOIN voucher v ON v.id = l.voucher_id WHERE p.kind = 'project' AND p.name = ? AND l.account IN ({marks(uses)}) "
            f"AND l.day <= ? AND l.debit <> 0 AND {_COUNTS} GROUP BY v.id ORDER BY v.day, v.id",
            self._ledger_id(ledger),
            project,
            *uses,
            through,
        )
        found: list[ProjectPayment] = []
        for i, month, word, number, day, summary, debit, money, payees, posted in rows:
            paid = min(debit, money or 0) if debit > 0 else max(debit, money or 0)
            if paid:
                found.append(
                    ProjectPayment(
                        i,
                        VoucherRef(Month.parse(month), word, number),
                        day_of(day),
                        summary,
                        paid,
                        frozenset((payees or "").split(",")) - {""},
                        bool(posted),
                    )
                )
        return found

    def project_balance(self, ledger: str, project: str, accounts: Sequence[str], through: str = "9") -> int:
        """Debits minus credits of some leaves that name a project, opening included, vouchers that count."""
        if not accounts:
            return 0
        key = (self._ledger_id(ledger), project, *accounts)
        of_project = (
            "JOIN party p ON p.id = l.project_id WHERE l.ledger_id = ? AND p.name = ? "
            f"AND l.account IN ({marks(accounts)})"
        )
        opening = self._value(
            f"SELECT coalesce(sum(l.debit - l.credit), 0) FROM opening l {of_project}", *key
        )
        moved = self._value(
            "SELECT coalesce(sum(l.debit - l.credit), 0) FROM voucher_line l JOIN voucher v ON v.id = l.voucher_id "
            f"AND {_COUNTS} {of_project} AND l.day <= ?",
            *key,
            through,
        )
        return opening + moved

    def without_project(self, ledger: str, accounts: Sequence[str], through: str) -> list[tuple[str, int]]:
        """Leaves and what stands on them without naming a project, where that is not nothing."""
        if not accounts:
            return []
        codes = marks(accounts)
        rows = self._all(
            "SELECT account, sum(net) FROM (SELECT account, debit - credit AS net FROM opening WHERE ledger_id = ? "
            f"AND account IN ({codes}) AND coalesce(project_id, 0) = 0 UNION ALL SELECT l.account, l.debit - l.credit "
            "FROM voucher_line l JOIN voucher v ON v.id = l.voucher_id WHERE l.ledger_id = ? "
            f"AND l.account IN ({codes}) AND coalesce(l.project_id, 0) = 0 AND v.state <> 'void' AND l.day <= ?) "
            "GROUP BY account HAVING sum(net) <> 0 ORDER BY account",
            self._ledger_id(ledger),
            *accounts,
            self._ledger_id(ledger),
            *accounts,
            through,
        )
        return [(account, net) for account, net in rows]
