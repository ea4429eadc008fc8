"""V74: posted payments over the limit have their approval, under the version in force; versions are as adopted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from village_ledger.domain.finding import Finding
from village_ledger.domain.limit import Demand
from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.services.limits.demands import demands_by
from village_ledger.services.limits.limit_rules import vocabulary
from village_ledger.storage.reader import Reader

RULE = "V74"
_EVER = date(9999, 12, 31)


def payments_approved(reader: Reader, ledger: str) -> Iterator[Finding]:
    """Every posted payment after the first adoption is read again against the version of its day."""
    versions = reader.limit_sets(ledger)
    if not versions:
        return
    since = Span(min(one.valid_from for one in versions), _EVER)
    posted = reader.posted_vouchers(ledger, since)
    while some := list(islice(posted, 500)):
        approvals = reader.approvals([v.id for v in some])
        for stored in some:
            demands = [d for d in demands_by(reader, ledger, stored.voucher, versions) if d.rule.needs_record]
            kept = approvals.get(stored.id)
            if demands and kept is None:
                amount = format_fen(sum(d.amount for d in demands))
                yield Finding(RULE, f"凭证 {stored.ref}", f"付款 {amount} 超过限额，没有审批记录", ledger)
            elif kept is not None:
                yield from _agrees(str(stored.ref), ledger, demands, kept.demands, kept.stage, kept.version)


def _agrees(
    ref: str,
    ledger: str,
    demands: list[Demand],
    given: tuple[tuple[str, int], ...],
    stage: str,
    version: int,
) -> Iterator[Finding]:
    known = dict(given)
    for demand in demands:
        if known.get(demand.kind) != demand.amount or version != demand.rules.version:
            expected = f"{vocabulary().kinds[demand.kind]} {format_fen(demand.amount)}（第 {demand.rules.version} 版）"
            found = f"{format_fen(known.get(demand.kind, 0))}（第 {version} 版）"
            yield Finding(RULE, f"凭证 {ref}", "审批的金额或规则和凭证不符", ledger, expected, found)
        elif demand.rule.stage and stage not in vocabulary().reached(demand.rule.stage):
            yield Finding(
                RULE,
                f"凭证 {ref}",
                "审批时决策没有办到要求的一步",
                ledger,
                demand.rule.stage,
                stage or "没有",
            )
