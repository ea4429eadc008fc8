"""A posted voucher as a reviewer looks at it: what money went out, to whom, for what."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from village_ledger.domain.chart import Chart, Money
from village_ledger.domain.voucher import StoredVoucher, VoucherKind


@dataclass(frozen=True)
class Seen:
    """A posted voucher and the chart it is read by; amounts in fen."""

    stored: StoredVoucher
    chart: Chart

    @property
    def ref(self) -> str:
        """Its number such as ``2025-03/记-0012``."""
        return str(self.stored.ref)

    @cached_property
    def paid(self) -> int:
        """Money that left the ledger: credits of money less what only went from one purse to another."""
        return max(self.paid_in(Money.CASH) + self.paid_in(Money.BANK) - self._received, 0)

    def paid_in(self, kind: Money) -> int:
        """Credits of cash, or of bank accounts."""
        return sum(
            line.credit for line in self.stored.voucher.lines if self.chart.get(line.account).money is kind
        )

    def received_in(self, kind: Money) -> int:
        """Debits of cash, or of bank accounts."""
        return sum(
            line.debit for line in self.stored.voucher.lines if self.chart.get(line.account).money is kind
        )

    @cached_property
    def _received(self) -> int:
        return sum(
            line.debit for line in self.stored.voucher.lines if self.chart.get(line.account).money is not None
        )

    @cached_property
    def is_ordinary(self) -> bool:
        """Neither a red-letter correction nor a carry-forward."""
        return self.stored.voucher.kind is VoucherKind.NORMAL and not self.stored.voucher.closing

    @cached_property
    def summary(self) -> str:
        """Its summaries as one text."""
        return "；".join(dict.fromkeys(line.summary for line in self.stored.voucher.lines))

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """Counterparties it names, each once."""
        return tuple(dict.fromkeys(x.counterparty for x in self.stored.voucher.lines if x.counterparty))

    def says(self, words: tuple[str, ...]) -> str:
        """The first of some words its summaries hold, or nothing."""
        return next((word for word in words if word in self.summary), "")
