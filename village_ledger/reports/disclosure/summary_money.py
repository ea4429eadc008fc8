"""Money in and out by what stands beside it on the vouchers: what the first page groups, voucher by voucher."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from village_ledger.domain.chart import Chart
from village_ledger.domain.money_paths import paths
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.reports.disclosure.disclosure import flow_of

Parts = dict[str, int]
"""Account beside the money to its part of it, fen; empty for money with nothing beside it."""


@dataclass(slots=True)
class Paths:
    """Money by the account beside it, fen; money out above zero too."""

    received: Parts = field(default_factory=dict[str, int])
    paid: Parts = field(default_factory=dict[str, int])

    def add(self, voucher: StoredVoucher, chart: Chart) -> None:
        """Take in one voucher."""
        came, went = parts_of(voucher, chart)
        for parts, into in ((came, self.received), (went, self.paid)):
            for code, part in parts.items():
                into[code] = into.get(code, 0) + part


def parts_of(voucher: StoredVoucher, chart: Chart) -> tuple[Parts, Parts]:
    """A voucher's money in and its money out by the accounts beside it; each adds up to its flow to the fen."""
    flow = flow_of(voucher, chart)
    beside: dict[str, int] = {}
    for line in voucher.voucher.lines:
        if chart.get(line.account).money is None:
            beside[line.account] = beside.get(line.account, 0) + line.debit - line.credit
    return _shared(flow.income, beside, -1), _shared(flow.expense, beside, 1)


def _shared(total: int, beside: Mapping[str, int], sign: int) -> Parts:
    if not total:
        return {}
    return paths(total, {code: sign * net for code, net in beside.items()}) or {"": total}
