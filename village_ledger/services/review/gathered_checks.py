"""Looks that need many vouchers: told each one as it passes, asked at the end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from village_ledger.domain.money import format_fen
from village_ledger.domain.period import Span
from village_ledger.domain.review_check import Hit, LeadTo, ReviewRule
from village_ledger.services.review.payments import Seen


class Payment(NamedTuple):
    """What is kept of a payment: its day, voucher, whom it went to, how much."""

    day: int
    """Ordinal of the day."""
    ref: str
    party: str
    paid: int


class Gatherer(Protocol):
    """A look over many vouchers."""

    rule: ReviewRule

    def tell(self, seen: Seen) -> None:
        """One posted voucher, in the order of days."""
        ...

    def found(self) -> Iterator[Hit]:
        """What there is to say once all have passed."""
        ...


@dataclass
class _Payments:
    """Payments by whom they went to."""

    rule: ReviewRule
    ledger: str
    span: Span

    def __post_init__(self) -> None:
        self.by_party: dict[str, list[Payment]] = defaultdict(list)
        self.total = 0

    def tell(self, seen: Seen) -> None:
        if seen.paid and seen.is_ordinary:
            self.total += seen.paid
            if len(seen.parties) == 1:
                (party,) = seen.parties
                self.by_party[party].append(
                    Payment(seen.stored.voucher.day.toordinal(), seen.ref, party, seen.paid)
                )

    def _hit(self, text: str, payments: list[Payment]) -> Hit:
        refs = [payment.ref for payment in payments]
        amount = sum(payment.paid for payment in payments)
        return Hit(self.rule, self.ledger, text, amount, LeadTo.VOUCHER, refs[0], tuple(refs[1:]))


class Twice(_Payments):
    """The same sum to the same party within a few days."""

    def found(self) -> Iterator[Hit]:
        """Each pair."""
        for party, payments in self.by_party.items():
            last: dict[int, Payment] = {}
            for payment in payments:
                before = last.get(payment.paid)
                last[payment.paid] = payment
                if payment.paid < self.rule.fen("from_fen") or before is None:
                    continue
                if payment.day - before.day <= self.rule.count("days"):
                    text = f"{party} 在 {payment.day - before.day} 天里收了两次 {format_fen(payment.paid)} 元"
                    yield self._hit(text, [before, payment])


class Split(_Payments):
    """Several sums to one party, each below a limit, together above it."""

    def found(self) -> Iterator[Hit]:
        """Each run of payments, however the days are cut."""
        limit = self.rule.fen("limit_fen")
        for party, payments in self.by_party.items():
            for run in self._runs([one for one in payments if one.paid < limit]):
                total, days = format_fen(sum(one.paid for one in run)), run[-1].day - run[0].day + 1
                yield self._hit(
                    f"{party} 在 {days} 天里分 {len(run)} 笔收了 {total} 元，每笔都不到 {format_fen(limit)} 元",
                    run,
                )

    def _runs(self, payments: list[Payment]) -> list[list[Payment]]:
        """Payments that within the days come to the limit; what overlaps is one run."""
        runs: list[list[Payment]] = []
        near: list[Payment] = []
        for payment in payments:
            near = [one for one in near if payment.day - one.day < self.rule.count("days")] + [payment]
            if len(near) < 2 or sum(one.paid for one in near) < self.rule.fen("limit_fen"):
                continue
            if runs and runs[-1][-1] in near:
                runs[-1] += near[near.index(runs[-1][-1]) + 1 :]
            else:
                runs.append(near)
        return runs


class Concentration(_Payments):
    """Much of the year's money to one party."""

    def found(self) -> Iterator[Hit]:
        """Each such party."""
        for party, payments in self.by_party.items():
            paid = sum(payment.paid for payment in payments)
            if paid >= self.rule.fen("from_fen") and paid * 100 >= self.total * self.rule.count("percent"):
                share = paid * 100 // self.total
                yield self._hit(
                    f"{party} 收了全部付款的 {share}%，共 {format_fen(paid)} 元，{len(payments)} 笔", payments
                )


@dataclass
class YearlyLimit:
    """A kind of expense over its limit of a year."""

    rule: ReviewRule
    ledger: str
    span: Span

    def __post_init__(self) -> None:
        self.years: dict[int, list[tuple[str, int]]] = defaultdict(list)

    def tell(self, seen: Seen) -> None:
        """Counts what was spent on it, corrections with their sign."""
        for line in seen.stored.voucher.lines:
            spends = seen.chart.get(line.account).money is None and line.debit
            if spends and any(word in line.summary for word in self.rule.words("words")):
                self.years[seen.stored.voucher.day.year].append((seen.ref, line.debit))

    def found(self) -> Iterator[Hit]:
        """One sentence a year."""
        for year, spent in self.years.items():
            total = sum(fen for _, fen in spent)
            if total > self.rule.fen("from_fen"):
                refs = list(dict.fromkeys(ref for ref, _ in spent))
                text = f"{year}年共 {format_fen(total)} 元，超过 {format_fen(self.rule.fen('from_fen'))} 元"
                yield Hit(self.rule, self.ledger, text, total, LeadTo.VOUCHER, refs[0], tuple(refs[1:]))


@dataclass
class LateEntry:
    """Vouchers written long after their day; many written on one day are said at once."""

    rule: ReviewRule
    ledger: str
    span: Span

    def __post_init__(self) -> None:
        self.written: dict[str, list[tuple[str, int]]] = defaultdict(list)

    def tell(self, seen: Seen) -> None:
        """Counts it by the day it was written when that was too late."""
        written = seen.stored.prepared_at[:10]
        late = (date.fromisoformat(written) - seen.stored.voucher.day).days
        if late > self.rule.count("days"):
            self.written[written].append((seen.ref, late))

    def found(self) -> Iterator[Hit]:
        """One sentence for each day of writing."""
        for written, late in sorted(self.written.items()):
            refs, longest = [ref for ref, _ in late], max(days for _, days in late)
            text = f"{written} 补记了 {len(late)} 张，最晚的晚了 {longest} 天"
            yield Hit(self.rule, self.ledger, text, 0, LeadTo.VOUCHER, refs[0], tuple(refs[1:]))


GATHERERS: dict[str, Callable[[ReviewRule, str, Span], Gatherer]] = {
    "twice": Twice,
    "split": Split,
    "concentration": Concentration,
    "yearly-limit": YearlyLimit,
    "late-entry": LateEntry,
}
