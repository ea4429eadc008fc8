"""Writing approval limits: versions of the rules, approvals, reasons, advances with papers missing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from village_ledger.domain.limit import Approval, Demand, RuleSet
from village_ledger.domain.voucher import VoucherLine
from village_ledger.storage.registers import Register


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


class LimitRegister(Register):
    """One unit of work's hand in these tables."""

    def adopt(self, rules: RuleSet) -> None:
        """Store a version of a ledger's rules."""
        self._run(
            "INSERT INTO limit_set (ledger_id, version, name, preset, valid_from, source, body, digest, reason, made_by, "
            "made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._ledger_id(rules.ledger),
                rules.version,
                rules.name,
                rules.preset,
                rules.valid_from.isoformat(),
                rules.source,
                rules.body(),
                rules.digest(),
                rules.reason,
                self._uow.by,
                self._uow.at,
            ),
        )

    def adopt_powers(self, version: int, since: str, body: str, digest: str, reason: str) -> None:
        """Store a version of the village's own list of small powers."""
        self._run(
            "INSERT INTO power_set (version, valid_from, body, digest, reason, made_by, made_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (version, since, body, digest, reason, self._uow.by, self._uow.at),
        )

    def approve(self, voucher_id: int, demands: Sequence[Demand], approval: Approval, stage: str) -> None:
        """Keep what was shown for a payment."""
        self._run(
            "INSERT INTO payment_approval (voucher_id, set_version, demands, decision, stage, signers, papers, made_by, "
            "made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                voucher_id,
                demands[0].rules.version,
                _json([[d.kind, d.amount] for d in demands]),
                approval.decision,
                stage,
                _json(dict(approval.signers)),
                _json(dict(approval.papers)),
                self._uow.by,
                self._uow.at,
            ),
        )

    def waive(self, voucher_id: int, kind: str, facts: str, reason: str) -> None:
        """Keep why a warning was let pass."""
        self._run(
            "INSERT INTO payment_waiver (voucher_id, kind, facts, reason, made_by, made_at) VALUES (?, ?, ?, ?, ?, ?)",
            (voucher_id, kind, facts, reason, self._uow.by, self._uow.at),
        )

    def paid_incomplete(
        self,
        voucher_id: int,
        advance: VoucherLine,
        purpose: Sequence[VoucherLine],
        missing: str,
        version: int,
    ) -> None:
        """Keep what an advance was for."""
        self._run(
            "INSERT INTO incomplete_payment VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                voucher_id,
                advance.account,
                advance.counterparty,
                advance.debit,
                _json([asdict(line) for line in purpose]),
                missing,
                version,
                self._uow.by,
                self._uow.at,
            ),
        )

    def cleared(self, payment_id: int, voucher_id: int) -> None:
        """Name the voucher that settles an advance."""
        self._run(
            "INSERT INTO incomplete_clearing VALUES (?, ?, ?, ?)",
            (voucher_id, payment_id, self._uow.by, self._uow.at),
        )
