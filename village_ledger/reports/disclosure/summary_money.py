"""Money in and out by what stands beside it on the vouchers: what the first page groups."""

from __future__ import annotations

from dataclasses import dataclass, field

from village_ledger.domain.chart import Chart
from village_ledger.domain.voucher import StoredVoucher
from village_ledger.reports.disclosure.disclosure import flow_of
from village_ledger.reports.disclosure.money_items import Parts, beside_money


@dataclass(slots=True)
class Paths:
    """Money by the account beside it, fen; money out above zero too."""

    received: Parts = field(default_factory=dict[str, int])
    paid: Parts = field(default_factory=dict[str, int])

    def add(self, voucher: StoredVoucher, chart: Chart) -> None:
        """Take in one voucher."""
        for parts, into in zip(parts_of(voucher, chart), (self.received, self.paid), strict=True):
            for code, part in parts.items():
                into[code] = into.get(code, 0) + part


def parts_of(voucher: StoredVoucher, chart: Chart) -> tuple[Parts, Parts]:
    """A voucher's money in and its money out by the accounts beside it; each adds up to its flow to the fen."""
    flow = flow_of(voucher, chart)
    return beside_money(voucher, chart, flow.income, flow.expense)
