"""Small powers and approval limits: what a payment needs before it is posted: reading."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from village_ledger.domain.limit import Approval, RuleSet, bands_of
from village_ledger.domain.period import Month
from village_ledger.domain.voucher import VoucherLine, VoucherRef
from village_ledger.storage.queries import Queries, Record, day_of, marks

_COUNTS = "v.state <> 'void' AND NOT EXISTS (SELECT 1 FROM voucher_link k WHERE k.kind = 'reverses' AND k.to_id = v.id)"
"""Whether voucher ``v`` counts: neither void nor reversed."""
_SET = (
    "SELECT s.version, s.name, s.preset, s.valid_from, s.source, s.body, s.reason, s.made_by, s.made_at, s.digest "
    "FROM limit_set s WHERE s.ledger_id = ?"
)


@dataclass(frozen=True, slots=True)
class StoredApproval:
    """An approval as kept: what it was given for, under which version, what was found."""

    voucher_id: int
    version: int
    demands: tuple[tuple[str, int], ...]
    approval: Approval
    stage: str
    made_by: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Waived:
    """Why a warning about a payment was let pass."""

    voucher_id: int
    kind: str
    facts: str
    reason: str
    made_by: str
    made_at: str


@dataclass(frozen=True, slots=True)
class IncompletePayment:
    """Money that left before its papers were complete, and the voucher that settled it, if one stands."""

    voucher_id: int
    ledger: str
    ref: VoucherRef
    day: date
    posted: bool
    account: str
    payee: str
    amount: int
    purpose: tuple[VoucherLine, ...]
    missing: str
    version: int
    made_by: str
    made_at: str
    cleared_id: int | None = None
    cleared: VoucherRef | None = None
    cleared_on: date | None = None
    cleared_posted: bool = False

    @property
    def what(self) -> str:
        """What it was for, in the words typed."""
        return "；".join(dict.fromkeys(line.summary for line in self.purpose))

    def open_on(self, day: date) -> bool:
        """Whether it was paid by a day and not settled by then."""
        return self.day <= day and (self.cleared_on is None or self.cleared_on > day)


@dataclass(frozen=True, slots=True)
class PaidBefore:
    """A line of another payment near in time: what is compared for split payments."""

    voucher_id: int
    ref: str
    day: date
    account: str
    summary: str
    debit: int
    parties: frozenset[str]


class LimitQueries(Queries):
    """Small powers and approval limits: what a payment needs before it is posted."""

    def limit_sets(self, ledger: str) -> list[RuleSet]:
        """Every version a ledger ever adopted, the oldest first."""
        rows = self._all(f"{_SET} ORDER BY s.version", self._ledger_id(ledger))
        return [_rule_set(ledger, row) for row in rows]

    def limit_set(self, ledger: str, day: date) -> RuleSet | None:
        """The rules in force on a day: the newest version whose day has come."""
        row = self._one(
            f"{_SET} AND s.valid_from <= ? ORDER BY s.version DESC LIMIT 1",
            self._ledger_id(ledger),
            day.isoformat(),
        )
        return None if row is None else _rule_set(ledger, row)

    def power_sets(self, day: date | None = None) -> list[tuple[int, date, str, str]]:
        """Versions of the village's own list of small powers begun by a day: version, from when, its text, its digest."""
        rows = self._all(
            "SELECT version, valid_from, body, digest FROM power_set WHERE valid_from <= ? ORDER BY version",
            "9" if day is None else day.isoformat(),
        )
        return [(version, day_of(since), body, digest) for version, since, body, digest in rows]

    def paid_since(self, ledger: str, day: date) -> tuple[int, str]:
        """How many posted vouchers paid money on or after a day, and the day of the last of them."""
        row = self._one(
            "SELECT count(DISTINCT l.voucher_id), coalesce(max(l.day), '') FROM voucher_line l "
            "JOIN posting p ON p.voucher_id = l.voucher_id JOIN account a ON a.ledger_id = l.ledger_id "
            "AND a.code = l.account WHERE l.ledger_id = ? AND l.day >= ? AND l.credit > 0 AND a.money <> ''",
            self._ledger_id(ledger),
            day.isoformat(),
        )
        return (0, "") if row is None else (row[0], row[1])

    def approvals(self, ids: Sequence[int]) -> dict[int, StoredApproval]:
        """The newest approval of each voucher that has one."""
        found: dict[int, StoredApproval] = {}
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            for row in self._all(
                "SELECT voucher_id, set_version, demands, decision, stage, signers, papers, made_by, made_at "
                f"FROM payment_approval WHERE voucher_id IN ({marks(part)}) ORDER BY id",
                *part,
            ):
                found[row[0]] = _approval(row)
        return found

    def approval(self, voucher_id: int) -> StoredApproval | None:
        """The newest approval of a voucher."""
        return self.approvals([voucher_id]).get(voucher_id)

    def approved_on(self, decision: str) -> list[StoredApproval]:
        """The newest approvals of standing vouchers that name a decision; nothing for no number."""
        if not decision:
            return []
        rows = self._all(
            "SELECT a.voucher_id, a.set_version, a.demands, a.decision, a.stage, a.signers, a.papers, a.made_by, a.made_at "
            f"FROM payment_approval a JOIN voucher v ON v.id = a.voucher_id WHERE a.decision = ? AND {_COUNTS} "
            "AND a.id = (SELECT max(b.id) FROM payment_approval b WHERE b.voucher_id = a.voucher_id) ORDER BY a.id",
            decision,
        )
        return [_approval(row) for row in rows]

    def payment_waivers(self, ids: Sequence[int]) -> dict[int, list[Waived]]:
        """Why warnings about vouchers were let pass."""
        found: dict[int, list[Waived]] = {}
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            for row in self._all(
                "SELECT voucher_id, kind, facts, reason, made_by, made_at FROM payment_waiver "
                f"WHERE voucher_id IN ({marks(part)}) ORDER BY id",
                *part,
            ):
                found.setdefault(row[0], []).append(Waived(*row))
        return found

    def incomplete_payments(self, ledger: str, voucher_id: int | None = None) -> list[IncompletePayment]:
        """Payments whose papers were missing, by day; those that count, settled ones included."""
        rows = self._all(
            "SELECT v.id, v.month, v.word, v.number, v.day, EXISTS (SELECT 1 FROM posting WHERE voucher_id = v.id), "
            "i.account, i.payee, i.amount, i.purpose, i.missing, i.set_version, i.made_by, i.made_at, "
            "c.id, c.month, c.word, c.number, c.day, EXISTS (SELECT 1 FROM posting WHERE voucher_id = c.id) "
            "FROM incomplete_payment i JOIN voucher v ON v.id = i.voucher_id LEFT JOIN (SELECT k.payment_id, v.* "
            f"FROM incomplete_clearing k JOIN voucher v ON v.id = k.voucher_id WHERE {_COUNTS}) c "
            f"ON c.payment_id = v.id WHERE v.ledger_id = ?1 AND {_COUNTS} AND (?2 IS NULL OR v.id = ?2) "
            "ORDER BY v.day, v.number",
            self._ledger_id(ledger),
            voucher_id,
        )
        return [_incomplete(ledger, row) for row in rows]

    def shared_household(self, one: str, other: str, day: date) -> str:
        """Number of a household people of these two names both lived in on a day, empty when there is none."""
        found = self._value(
            "WITH home (name, household_id) AS (SELECT f.value, (SELECT r.household_id FROM residence r "
            "WHERE r.person_id = f.person_id AND r.effective <= ?3 ORDER BY r.effective DESC, r.id DESC LIMIT 1) "
            "FROM person_fact f WHERE f.field = 'name' AND f.value IN (?1, ?2)) "
            "SELECT h.code FROM home a JOIN home b ON a.household_id = b.household_id "
            "JOIN household h ON h.id = a.household_id WHERE a.name = ?1 AND b.name = ?2 LIMIT 1",
            one,
            other,
            day.isoformat(),
        )
        return found or ""

    def is_member_name(self, name: str, day: date) -> bool:
        """Whether somebody of this name is a member on a day."""
        return bool(
            self._value(
                "SELECT 1 FROM person_fact f WHERE f.field = 'name' AND f.value = ?1 AND (SELECT m.status "
                "FROM member_status m WHERE m.person_id = f.person_id AND m.effective <= ?2 "
                "ORDER BY m.effective DESC, m.id DESC LIMIT 1) = 'member' LIMIT 1",
                name,
                day.isoformat(),
            )
        )

    def expenses_near(
        self, ledger: str, first: date, last: date, accounts: Sequence[str], without: int
    ) -> list[PaidBefore]:
        """Debits on some accounts between two days in vouchers that count, but one."""
        if not accounts:
            return []
        rows = self._all(
            "SELECT v.id, v.month, v.word, v.number, l.day, l.account, l.summary, l.debit, "
            "(SELECT group_concat(DISTINCT p.name) FROM voucher_line x JOIN party p ON p.id = x.counterparty_id "
            "WHERE x.voucher_id = v.id) FROM voucher_line l JOIN voucher v ON v.id = l.voucher_id "
            f"WHERE l.ledger_id = ? AND l.day BETWEEN ? AND ? AND l.debit > 0 AND v.id <> ? AND v.kind = 'normal' "
            f"AND {_COUNTS} AND l.account IN ({marks(accounts)}) ORDER BY l.day, v.id, l.line",
            self._ledger_id(ledger),
            first.isoformat(),
            last.isoformat(),
            without,
            *accounts,
        )
        return [
            PaidBefore(
                i,
                str(VoucherRef(Month.parse(month), word, number)),
                day_of(day),
                account,
                summary,
                debit,
                frozenset((parties or "").split(",")) - {""},
            )
            for i, month, word, number, day, account, summary, debit, parties in rows
        ]


def _rule_set(ledger: str, row: Record) -> RuleSet:
    version, name, preset, since, source, body, reason, by, at, _ = row
    return RuleSet(
        ledger,
        version,
        name,
        preset,
        date.fromisoformat(since),
        source,
        reason=reason,
        adopted_by=by,
        adopted_at=at,
        **bands_of(body),
    )


def _approval(row: Record) -> StoredApproval:
    voucher_id, version, demands, decision, stage, signers, papers, by, at = row
    return StoredApproval(
        voucher_id,
        version,
        tuple((kind, amount) for kind, amount in json.loads(demands)),
        Approval(decision, json.loads(signers), json.loads(papers)),
        stage,
        by,
        at,
    )


def _incomplete(ledger: str, row: Record) -> IncompletePayment:
    i, month, word, number, day, posted, account, payee, amount, purpose, missing, version, by, at = row[:14]
    cleared_id, c_month, c_word, c_number, c_day, c_posted = row[14:]
    return IncompletePayment(
        i,
        ledger,
        VoucherRef(Month.parse(month), word, number),
        day_of(day),
        bool(posted),
        account,
        payee,
        amount,
        tuple(VoucherLine(**line) for line in json.loads(purpose)),
        missing,
        version,
        by,
        at,
        cleared_id,
        None if cleared_id is None else VoucherRef(Month.parse(c_month), c_word, c_number),
        None if cleared_id is None else day_of(c_day),
        bool(c_posted),
    )
