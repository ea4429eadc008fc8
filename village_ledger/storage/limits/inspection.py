"""Small powers and approval limits: what a payment needs before it is posted: proof."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256

from village_ledger.domain.finding import Finding
from village_ledger.domain.money import format_fen
from village_ledger.storage.limits.queries import LimitQueries

RULE = "V74"
ADOPTED, APPROVED, BOOKED, LET_PASS = "采用审批限额", "付款审批", "记成暂付（手续不全）", "放行付款提醒"
POWERS = "采用小微权力清单"
"""Words of the operation log."""


class LimitInspection(LimitQueries):
    """Findings about 审批手续 (V74)."""

    def findings(self) -> Iterator[Finding]:
        """Versions are as adopted, every record is in the log, advances are what their vouchers say."""
        yield from self._versions()
        yield from self._powers()
        yield from self._records()
        yield from self._advances()

    def _versions(self) -> Iterator[Finding]:
        for (ledger,) in self._all("SELECT code FROM ledger ORDER BY id"):
            logged = [
                (subject, detail.rpartition(" ")[2])
                for subject, detail in self._all(
                    "SELECT subject, detail FROM operation WHERE action = ? AND ledger = ? ORDER BY seq",
                    ADOPTED,
                    ledger,
                )
            ]
            kept = [(rules.title, rules.digest()[:16]) for rules in self.limit_sets(ledger)]
            stored = [
                digest[:16]
                for (digest,) in self._all(
                    "SELECT s.digest FROM limit_set s JOIN ledger g ON g.id = s.ledger_id WHERE g.code = ? "
                    "ORDER BY s.version",
                    ledger,
                )
            ]
            if kept != logged or [digest for _, digest in kept] != stored:
                yield Finding(
                    RULE, "审批限额", "和采用时的记录不符", ledger, str(len(logged)), str(len(kept))
                )

    def _powers(self) -> Iterator[Finding]:
        logged = [
            detail.rpartition(" ")[2]
            for (detail,) in self._all("SELECT detail FROM operation WHERE action = ? ORDER BY seq", POWERS)
        ]
        kept = [sha256(body.encode()).hexdigest()[:16] for _, _, body, _ in self.power_sets()]
        if kept != logged or kept != [digest[:16] for _, _, _, digest in self.power_sets()]:
            yield Finding(RULE, "小微权力清单", "和采用时的记录不符", "", str(len(logged)), str(len(kept)))

    def _records(self) -> Iterator[Finding]:
        """As many approvals, reasons and advances as the log says were written; drafts deleted since are fewer."""
        for table, action, what in (
            ("payment_approval", APPROVED, "审批记录"),
            ("payment_waiver", LET_PASS, "放行的原因"),
        ):
            rows = self._all(
                f"SELECT g.code, v.month || '/' || v.word || '-' || printf('%04d', v.number), count(*), "
                f"(SELECT count(*) FROM operation o WHERE o.action = ? AND o.ledger = g.code AND o.subject = v.month || '/' "
                f"|| v.word || '-' || printf('%04d', v.number)) FROM {table} t JOIN voucher v ON v.id = t.voucher_id "
                "JOIN ledger g ON g.id = v.ledger_id JOIN posting p ON p.voucher_id = v.id GROUP BY v.id",
                action,
            )
            for ledger, ref, kept, logged in rows:
                if kept > logged and not self._renumbered(ledger, ref):
                    yield Finding(
                        RULE, f"凭证 {ref}", f"{what}比操作日志里的多", ledger, str(logged), str(kept)
                    )

    def _renumbered(self, ledger: str, ref: str) -> bool:
        """Whether vouchers of the month were renumbered: the log then knows the record under another number."""
        month = ref.partition("/")[0]
        return bool(
            self._one(
                "SELECT 1 FROM operation WHERE action = '重排凭证号' AND ledger = ? AND subject = ?",
                ledger,
                month,
            )
        )

    def _advances(self) -> Iterator[Finding]:
        rows = self._all(
            "SELECT g.code, v.month || '/' || v.word || '-' || printf('%04d', v.number), i.amount, "
            "coalesce((SELECT sum(l.debit) FROM voucher_line l JOIN party c ON c.id = l.counterparty_id "
            "WHERE l.voucher_id = v.id AND l.account = i.account AND c.name = i.payee), 0) "
            "FROM incomplete_payment i JOIN voucher v ON v.id = i.voucher_id JOIN ledger g ON g.id = v.ledger_id "
            "WHERE v.state <> 'void'"
        )
        for ledger, ref, amount, booked in rows:
            if amount != booked:
                yield Finding(
                    RULE, f"暂付 {ref}", "和凭证上的金额不同", ledger, format_fen(amount), format_fen(booked)
                )
